/* SPDX-License-Identifier: MIT
 *
 * Dots with whiskers: an estimate and the interval around it.
 */
#include "chart/kinds.h"

#include <math.h>

typedef struct
{
  ChartCanvas *canvas;
  ChartRows *rows;
  ChartMeasure *value, *low, *high;
  guint category, group;
  gboolean is_way; /* see ends_at_value() */
} Intervals;

/* Where every value is an end of its interval, this is no estimate with its
 * uncertainty but a way from somewhere: written as such, it would mislead. */
static gboolean
ends_at_value (const ChartMeasure *value, const ChartMeasure *low, const ChartMeasure *high)
{
  for (gsize row = 0; row < value->n; row++)
    if (value->cells[row] > low->cells[row] && value->cells[row] < high->cells[row])
      return FALSE;
  return TRUE;
}

static void
draw_of (const Intervals *intervals, const ChartNames *names, guint group, int accent, ChartInk ink)
{
  const ChartCanvas *canvas = intervals->canvas;
  g_autoptr (GString) whiskers = g_string_new (NULL);
  g_autoptr (GString) dots = g_string_new (NULL);

  for (guint i = 0; i < intervals->rows->n; i++)
    {
      gsize row = intervals->rows->rows[i];
      gboolean is_accent
          = cell_is (canvas->table, row, intervals->category, canvas->chart->highlight)
            || cell_is (canvas->table, row, 0, canvas->chart->highlight);
      double value = intervals->value->cells[row];
      double low = intervals->low->cells[row];
      double high = intervals->high->cells[row];
      if (names->of_row[row] != group || (accent >= 0 && is_accent != accent))
        continue;
      if (!isnan (low) && !isnan (high))
        CANVAS_ROW (whiskers, isnan (value) ? (low + high) / 2.0 : value, i, low, high);
      if (!isnan (value))
        CANVAS_ROW (dots, value, i);
    }
  canvas_plot (intervals->canvas, whiskers,
               "using 1:2:3:4 with xerrorbars pt 0 ps 0 lw 1.8 lc rgb '#%06x'", ink.colour);
  canvas_plot (intervals->canvas, dots, "using 1:2 with points pt %d ps 0.95 lc rgb '#%06x'",
               ink.point, ink.colour);
}

static char *
value_text (const Intervals *intervals, gsize row)
{
  double value = intervals->value->cells[row];
  double low = intervals->low->cells[row];
  double high = intervals->high->cells[row];
  g_autofree char *middle
      = isnan (value) ? g_strdup ("–") : measure_format (intervals->value, value);

  if (isnan (low) || isnan (high) || intervals->is_way)
    return g_steal_pointer (&middle);
  g_autofree char *from = measure_format (intervals->value, low);
  g_autofree char *to = measure_format (intervals->value, high);
  return g_strdup_printf ("%s [%s, %s]", middle, from, to);
}

/* Numbers in one column at the right edge, where they can be compared. */
static double
write_values (const Intervals *intervals, gboolean measure)
{
  ChartCanvas *canvas = intervals->canvas;
  double widest = 0.0;

  for (guint i = 0; i < intervals->rows->n; i++)
    {
      gsize row = intervals->rows->rows[i];
      g_autofree char *text = value_text (intervals, row);
      widest = MAX (widest, chart_text_width (text, SIZE_SMALL));
      if (!measure)
        canvas_label (canvas, canvas->width - CHART_PAD, canvas_y (canvas, i), ALIGN_RIGHT,
                      SIZE_SMALL, INK, FALSE, text);
    }
  return widest;
}

static void
draw_all (const Intervals *intervals, const ChartNames *names, const ChartInk *inks)
{
  gboolean mono = intervals->canvas->monochrome;

  if (intervals->group != G_MAXUINT)
    for (guint group = 0; group < names->names->len; group++)
      draw_of (intervals, names, group, -1, inks[group]);
  else
    {
      draw_of (intervals, names, 0, FALSE,
               canvas_has_highlight (intervals->canvas) ? chart_ink_muted (mono)
                                                        : chart_ink_plain (mono));
      draw_of (intervals, names, 0, TRUE, chart_ink_accent (mono));
    }
}

static double
draw (const Intervals *intervals)
{
  ChartCanvas *canvas = intervals->canvas;
  const HansaResultChart *chart = canvas->chart;
  g_autoptr (ChartNames) names = groups_new (canvas, intervals->group);
  g_autofree ChartInk *inks = group_inks (canvas, names, intervals->group, NULL);
  ChartRange range = intervals->value->range;
  double y = canvas_title (canvas);

  range_add (&range, intervals->low->range.low);
  range_add (&range, intervals->high->range.high);
  if (intervals->group != G_MAXUINT)
    y = canvas_legend (canvas, y, LEGEND_POINT, names->names->len,
                       (const char *const *)names->names->pdata, inks);
  y += 15.0 * canvas_reference_range (canvas, chart->y_lines, intervals->value, &range);
  canvas->right = canvas->width - CHART_PAD - write_values (intervals, TRUE) - 14.0;
  rows_place (canvas, intervals->rows, intervals->category, y + 8.0);
  g_autoptr (ChartAxis) axis
      = axis_new (range, 6, chart->flags & HANSA_LOG_Y ? AXIS_LOG : 0, intervals->value);
  rows_value_range (canvas, axis, 8.0, 8.0);
  canvas_axis_x (canvas, axis, intervals->value->title, TRUE);
  if (!axis->is_log && axis->low <= 0.0 && axis->high >= 0.0)
    canvas_line (canvas, canvas_x (canvas, 0.0), canvas->top, canvas_x (canvas, 0.0),
                 canvas->bottom, INK_ZERO, 1.0, 1, FALSE);
  draw_all (intervals, names, inks);
  write_values (intervals, FALSE);
  canvas_references (canvas, chart->y_lines, intervals->value, FALSE);
  return canvas->bottom + 44.0;
}

gboolean
chart_interval (ChartCanvas *canvas, double *end, GError **error)
{
  const HansaResultChart *chart = canvas->chart;
  guint category, number, low_column, high_column;

  if (!chart_need_any (canvas->table, chart->x, "x", &category, error)
      || !chart_need_number (canvas->table, chart->y, "y", &number, error)
      || !chart_need_number (canvas->table, chart->low, "low", &low_column, error)
      || !chart_need_number (canvas->table, chart->high, "high", &high_column, error))
    return FALSE;
  g_autoptr (ChartMeasure) value = measure_new (canvas->table, number, canvas->language);
  g_autoptr (ChartMeasure) low = measure_new (canvas->table, low_column, canvas->language);
  g_autoptr (ChartMeasure) high = measure_new (canvas->table, high_column, canvas->language);
  if (range_is_empty (value->range) && range_is_empty (low->range))
    return chart_nothing (chart, error);
  measure_rescale (low, value);
  measure_rescale (high, value);
  g_autoptr (ChartRows) rows = rows_new (canvas, category, value);
  Intervals intervals = { canvas,
                          rows,
                          value,
                          low,
                          high,
                          category,
                          hansa_result_table_column (canvas->table, chart->group),
                          ends_at_value (value, low, high) };
  *end = draw (&intervals);
  return TRUE;
}
