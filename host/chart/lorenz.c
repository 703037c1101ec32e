/* SPDX-License-Identifier: MIT
 *
 * Lorenz curves: cumulative shares against cumulative shares, on a square.
 */
#include "chart/kinds.h"

#include <math.h>

#define SIDE 440.0

typedef struct
{
  ChartCanvas *canvas;
  ChartMeasure *x, *y;
  ChartNames *names;
  ChartInk *inks;
} Curves;

static double
whole_of (const ChartMeasure *measure)
{
  return g_str_equal (measure->column->unit, "%") ? 100.0 : 1.0;
}

typedef struct
{
  double x, y;
} CurvePoint;

static int
compare_points (gconstpointer a, gconstpointer b)
{
  const CurvePoint *left = a;
  const CurvePoint *right = b;

  if (left->x < right->x || left->x > right->x)
    return left->x < right->x ? -1 : 1;
  return left->y < right->y ? -1 : left->y > right->y;
}

static void
draw_curve (const Curves *curves, guint name, gsize step)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (CurvePoint));
  g_autoptr (GString) lines = g_string_new (NULL);
  ChartInk ink = curves->inks[name];

  for (gsize row = 0; row < curves->x->n; row++)
    {
      CurvePoint point = { curves->x->cells[row] / whole_of (curves->x),
                           curves->y->cells[row] / whole_of (curves->y) };
      if (curves->names->of_row[row] == name && !isnan (point.x) && !isnan (point.y))
        g_array_append_val (points, point);
    }
  if (points->len == 0)
    return;
  g_array_sort (points, compare_points);
  /* A curve starts at nothing, whether or not the table says so. */
  CANVAS_ROW (lines, 0.0, 0.0);
  for (guint i = 0; i < points->len; i++)
    {
      const CurvePoint *point = &g_array_index (points, CurvePoint, i);
      if (i % step == 0 || i + 1 == points->len)
        CANVAS_ROW (lines, point->x, point->y);
    }
  canvas_plot (curves->canvas, lines, "using 1:2 with %s lw 2.4 dt %d pt %d ps 0.5 lc rgb '#%06x'",
               points->len <= 40 ? "linespoints" : "lines", ink.dash, ink.point, ink.colour);
}

static ChartAxis *
share_axis (const ChartMeasure *measure)
{
  static const char *const texts[] = { "0%", "20%", "40%", "60%", "80%", "100%" };
  ChartAxis *axis = axis_new ((ChartRange){ 0.0, 1.0 }, 5, 0, measure);

  g_array_set_size (axis->ticks, 0);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      ChartTick tick = { 0.2 * i, g_strdup (texts[i]) };
      g_array_append_val (axis->ticks, tick);
    }
  axis->low = 0.0;
  axis->high = 1.0;
  return axis;
}

/* Names stand in the corner that a Lorenz curve never enters. */
static void
name_curves (const Curves *curves)
{
  static const HansaText equality = { "Perfect equality", "绝对平均线" };
  ChartCanvas *canvas = curves->canvas;
  double x = canvas->left + 18.0;
  double y = canvas->top + 20.0;

  canvas_line (canvas, x, y, x + 22.0, y, INK_ZERO, 1.4, 2, TRUE);
  canvas_label (canvas, x + 30.0, y, ALIGN_LEFT, SIZE_SMALL, INK_SOFT, FALSE,
                canvas_text (canvas, equality));
  for (guint i = 0; i < curves->names->names->len && i < 12; i++)
    {
      const char *name = names_get (curves->names, i);
      if (*name == '\0')
        name = canvas_text (canvas, curves->y->column->title);
      g_auto (GStrv) line = chart_text_wrap (name, SIZE_SMALL, SIDE / 2.0 - 20.0, 1);
      y += 19.0;
      canvas_line (canvas, x, y, x + 22.0, y, curves->inks[i].colour, 2.4, curves->inks[i].dash,
                   TRUE);
      canvas_label (canvas, x + 30.0, y, ALIGN_LEFT, SIZE_SMALL, INK, FALSE, line[0]);
    }
}

static double
draw (const Curves *curves)
{
  ChartCanvas *canvas = curves->canvas;
  g_autoptr (ChartAxis) x = share_axis (curves->x);
  g_autoptr (ChartAxis) y = share_axis (curves->y);
  gsize step = thin_step (canvas, curves->x->n);

  canvas->width = 560.0;
  canvas->top = canvas_title (canvas) + 38.0;
  canvas->bottom = canvas->top + SIDE;
  canvas->left = CHART_PAD + 50.0;
  canvas->right = canvas->left + SIDE;
  canvas->x_high = canvas->y_high = 1.0;
  canvas_axis_x (canvas, x, canvas_text (canvas, curves->x->column->title), TRUE);
  canvas_axis_y (canvas, y, canvas_text (canvas, curves->y->column->title), TRUE);
  canvas_line (canvas, canvas->left, canvas->bottom, canvas->right, canvas->top, INK_ZERO, 1.4, 2,
               FALSE);
  for (guint i = 0; i < curves->names->names->len; i++)
    draw_curve (curves, i, step);
  name_curves (curves);
  return canvas->bottom + 46.0;
}

gboolean
chart_lorenz (ChartCanvas *canvas, double *end, GError **error)
{
  const HansaResultChart *chart = canvas->chart;
  guint x_column, y_column;
  guint group = hansa_result_table_column (canvas->table, chart->group);

  if (!chart_need_number (canvas->table, chart->x, "x", &x_column, error)
      || !chart_need_number (canvas->table, chart->y, "y", &y_column, error))
    return FALSE;
  g_autoptr (ChartMeasure) x = measure_new (canvas->table, x_column, canvas->language);
  g_autoptr (ChartMeasure) y = measure_new (canvas->table, y_column, canvas->language);
  g_autoptr (ChartNames) names = groups_new (canvas, group);
  if (range_is_empty (x->range) || range_is_empty (y->range) || names->names->len == 0)
    return chart_nothing (chart, error);
  g_autofree ChartInk *inks = group_inks (canvas, names, group, NULL);
  Curves curves = { canvas, x, y, names, inks };
  *end = draw (&curves);
  return TRUE;
}
