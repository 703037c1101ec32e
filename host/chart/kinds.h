/* SPDX-License-Identifier: MIT
 *
 * The kinds of chart, one file each, and what several of them share.
 */
#pragma once

#include "chart/canvas.h"

G_BEGIN_DECLS

/* Each puts its chart on the canvas and answers in `end` the y where notes
 * start. FALSE with HANSA_EXIT_CHART when there is nothing to draw. */
typedef gboolean (*ChartKindFunc) (ChartCanvas *canvas, double *end, GError **error);
gboolean chart_bar (ChartCanvas *canvas, double *end, GError **error);
gboolean chart_stacked (ChartCanvas *canvas, double *end, GError **error);
gboolean chart_line (ChartCanvas *canvas, double *end, GError **error);
gboolean chart_scatter (ChartCanvas *canvas, double *end, GError **error);
gboolean chart_lorenz (ChartCanvas *canvas, double *end, GError **error);
gboolean chart_heatmap (ChartCanvas *canvas, double *end, GError **error);
gboolean chart_slope (ChartCanvas *canvas, double *end, GError **error);
gboolean chart_interval (ChartCanvas *canvas, double *end, GError **error);
gboolean chart_timeline (ChartCanvas *canvas, double *end, GError **error);

/* Points beyond which a chart is thinned, and rows of a list of categories. */
#define CHART_MAX_POINTS 5000
#define CHART_MAX_ROWS 120

/* Categories listed from the top down, one a row of the plot, row 0 on top. */
typedef struct
{
  guint n;
  gsize *rows;  /* of the table */
  double pitch; /* pixels a row */
} ChartRows;

/* Rows with a category; by `by` downwards where the chart asks for sorting;
 * at most CHART_MAX_ROWS, with a note. */
ChartRows *rows_new (ChartCanvas *canvas, guint column, const ChartMeasure *by);
void rows_free (ChartRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChartRows, rows_free)
/* Sets left, top, bottom and the y range; writes the names at the left. */
void rows_place (ChartCanvas *canvas, ChartRows *rows, guint column, double top);
/* Sets right and the x range so that texts of those widths fit beside the
 * lowest and the highest value. */
void rows_value_range (ChartCanvas *canvas, const ChartAxis *axis, double room_low,
                       double room_high);

/* The names of a column that colours tell apart, in the order that all charts of
 * the result share. */
ChartNames *groups_new (const ChartCanvas *canvas, guint column);
/* The ink of each name of `names`: the highlighted one and muted others, or
 * the palette. `highlighted` (may be NULL) is its index, G_MAXUINT when none. */
ChartInk *group_inks (const ChartCanvas *canvas, const ChartNames *names, guint column,
                      guint *highlighted);

/* Moves positions as little as it takes to be `gap` apart and within low and
 * high (as far as there is room). Any order; deterministic. */
void spread (double *positions, guint n, double gap, double low, double high);

/* Labels of points that hide neither each other nor points. */
typedef struct
{
  double x, y;             /* the point, pixels */
  double width;            /* of its text */
  double label_x, label_y; /* answer: left end, middle height */
  gboolean placed;         /* answer */
  gboolean leader;         /* answer: far enough to need a line */
} ChartPlacement;
/* `first` (or G_MAXUINT) is placed before all others. Returns how many found
 * no room. */
guint place_labels (ChartPlacement *labels, guint n, const ChartCanvas *canvas, guint first);

/* Each how-many-th row to draw, so that no more than CHART_MAX_POINTS remain;
 * adds a note when it is not 1. */
gsize thin_step (ChartCanvas *canvas, gsize n);

G_END_DECLS
