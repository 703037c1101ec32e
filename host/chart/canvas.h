/* SPDX-License-Identifier: MIT
 *
 * What a chart is drawn on. gnuplot draws marks from data blocks in axis
 * coordinates; every text, grid line and legend is placed here, in pixels from
 * the top left, so that nothing is left to gnuplot's own layout and overlaps
 * can be known before drawing.
 */
#pragma once

#include "chart/axis.h"
#include "chart/chart.h"
#include "chart/model.h"
#include "chart/theme.h"

G_BEGIN_DECLS

typedef enum
{
  ALIGN_LEFT,
  ALIGN_CENTER,
  ALIGN_RIGHT
} ChartAlign;

typedef struct
{
  const HansaResult *result;
  const HansaResultChart *chart;
  const HansaResultTable *table;
  HansaLanguage language;
  gboolean monochrome;
  double width;                    /* of the canvas; set before anything is put on it */
  double height;                   /* known when the layout is done */
  double left, right, top, bottom; /* of the plot */
  double x_low, x_high, y_low, y_high;
  gboolean log_x, log_y;
  gboolean is_svg;
  double aside;            /* x of names of level reference lines; 0: inside */
  GArray *upright, *level; /* of double: pixels of reference lines */
  GArray *labels;          /* of ChartLabel */
  GArray *lines;           /* of ChartLine */
  GArray *boxes;           /* of ChartBox: legend swatches, bands */
  GString *blocks;         /* data blocks */
  GString *plots;          /* plot elements */
  guint n_blocks;
  GPtrArray *notes; /* lines below the chart */
} ChartCanvas;

ChartCanvas *canvas_new (const HansaResult *result, const HansaResultChart *chart,
                         const HansaChartStyle *style);
void canvas_free (ChartCanvas *canvas);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChartCanvas, canvas_free)

/* The text in the language of the chart. */
const char *canvas_text (const ChartCanvas *canvas, HansaText text);

/* Pixels of a point of the plot. */
double canvas_x (const ChartCanvas *canvas, double x);
double canvas_y (const ChartCanvas *canvas, double y);

/* One line of text, centred vertically on y. */
void canvas_label (ChartCanvas *canvas, double x, double y, ChartAlign align, double size,
                   guint32 colour, gboolean bold, const char *text);
/* A mark without text, for legends. */
void canvas_mark (ChartCanvas *canvas, double x, double y, ChartInk ink, double size);
void canvas_line (ChartCanvas *canvas, double x0, double y0, double x1, double y1, guint32 colour,
                  double width, int dash, gboolean front);
void canvas_box (ChartCanvas *canvas, double x0, double y0, double x1, double y1, ChartInk ink,
                 gboolean outlined);

/* Adds a data block of those lines (numbers only) and a plot element on it:
 * `format` is what follows the block's name. Nothing when there is no line. */
void canvas_plot (ChartCanvas *canvas, const GString *lines, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
/* A line of numbers for a block. */
void canvas_row (GString *lines, guint n, const double *numbers);
#define CANVAS_ROW(lines, ...)                                                                     \
  canvas_row ((lines), (guint)G_N_ELEMENTS (((const double[]){ __VA_ARGS__ })),                    \
              (const double[]){ __VA_ARGS__ })

/* Fill and outline of bars of that ink, as gnuplot words. */
char *canvas_fill (ChartInk ink, gboolean monochrome);

/* Narrows the canvas to what is drawn, but not so far that titles break. */
void canvas_fit_width (ChartCanvas *canvas, double width);
/* Title lines from the top; answers the y below them. */
double canvas_title (ChartCanvas *canvas);

typedef enum
{
  LEGEND_BOX,
  LEGEND_POINT,
  LEGEND_LINE
} ChartLegendShape;
/* Rows of swatches from y down; answers the y below them. */
double canvas_legend (ChartCanvas *canvas, double y, ChartLegendShape shape, guint n,
                      const char *const *names, const ChartInk *inks);

/* Adds a line below the chart. */
void canvas_note (ChartCanvas *canvas, char *note /* (transfer full) */);
/* The script of all that was put on the canvas. `y` is where the notes start. */
char *canvas_finish (ChartCanvas *canvas, double y, const HansaChartStyle *style,
                     const char *output);

/* Grid, tic labels and titles of a plot whose rectangle and ranges are set. */
void canvas_axis_x (ChartCanvas *canvas, const ChartAxis *axis, const char *title, gboolean grid);
void canvas_axis_y (ChartCanvas *canvas, const ChartAxis *axis, const char *title, gboolean grid);

/* Reference lines: the metrics of `ids` that are defined and of the unit of
 * `measure`, as lines across the plot with their names. `horizontal`: at that
 * y. */
void canvas_references (ChartCanvas *canvas, GStrv ids, const ChartMeasure *measure,
                        gboolean horizontal);
/* The same values, for the range of an axis; answers how many lines there are. */
guint canvas_reference_range (const ChartCanvas *canvas, GStrv ids, const ChartMeasure *measure,
                              ChartRange *range);

/* Width that names of level reference lines take beside the plot (`aside`). */
double canvas_reference_room (const ChartCanvas *canvas, GStrv ids, const ChartMeasure *measure);
/* Says below the chart what "–" means. */
void canvas_gap_note (ChartCanvas *canvas);

/* Whether the chart names something to stand out. */
gboolean canvas_has_highlight (const ChartCanvas *canvas);

G_END_DECLS
