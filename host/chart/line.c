/* SPDX-License-Identifier: MIT
 *
 * Lines over numbers, years or dates, each named at its right end.
 */
#include "chart/kinds.h"

#include <math.h>
#include <stdlib.h>

typedef struct
{
  ChartCanvas *canvas;
  ChartMeasure *x, *y;
  ChartNames *names;
  ChartInk *inks;
  gsize *order; /* rows by x */
  gsize n, step;
} Lines;

static int
by_x (gconstpointer a, gconstpointer b, gpointer data)
{
  const double *x = data;
  gsize left = *(const gsize *)a;
  gsize right = *(const gsize *)b;

  if (x[left] < x[right] || x[left] > x[right])
    return x[left] < x[right] ? -1 : 1;
  return left < right ? -1 : left > right;
}

static void
sort_rows (Lines *lines)
{
  lines->order = g_new (gsize, lines->x->n + 1);
  for (gsize row = 0; row < lines->x->n; row++)
    if (!isnan (lines->x->cells[row]) && lines->names->of_row[row] != G_MAXUINT)
      lines->order[lines->n++] = row;
  g_qsort_with_data (lines->order, (int)lines->n, sizeof *lines->order, by_x, lines->x->cells);
  lines->step = thin_step (lines->canvas, lines->n);
}

/* From the first to the last x at which any line has a value. */
static ChartRange
drawn_range (const Lines *lines)
{
  ChartRange range = CHART_RANGE_NONE;

  for (gsize i = 0; i < lines->n; i++)
    if (!isnan (lines->y->cells[lines->order[i]]))
      range_add (&range, lines->x->cells[lines->order[i]]);
  return range_is_empty (range) ? lines->x->range : range;
}

static gboolean
fits_log (const ChartCanvas *canvas, double x, double y)
{
  return !((canvas->log_x && x <= 0.0) || (canvas->log_y && y <= 0.0));
}

/* Answers the last row drawn, for its label; G_MAXSIZE when there is none. */
static gsize
draw_line (const Lines *lines, guint name)
{
  ChartCanvas *canvas = lines->canvas;
  g_autoptr (GString) rows = g_string_new (NULL);
  ChartInk ink = lines->inks[name];
  gsize last = G_MAXSIZE;
  guint n = 0, seen = 0;

  for (gsize i = 0; i < lines->n; i++)
    {
      gsize row = lines->order[i];
      double y = lines->y->cells[row];
      if (lines->names->of_row[row] != name || seen++ % lines->step != 0)
        continue;
      if (!fits_log (canvas, lines->x->cells[row], y))
        y = (double)NAN;
      CANVAS_ROW (rows, lines->x->cells[row], y);
      if (!isnan (y))
        last = row;
      n++;
    }
  if (last == G_MAXSIZE)
    return last;
  /* A point between two gaps shows only as a mark. */
  canvas_plot (canvas, rows, "using 1:2 with %s lw %s dt %d pt %d ps 0.6 lc rgb '#%06x'",
               n <= 40 ? "linespoints" : "lines",
               ink.colour == INK_MUTED || ink.colour == 0xb5b5b5 ? "1.4" : "2.2", ink.dash,
               ink.point, ink.colour);
  return last;
}

/* The name and the last value; where the line ends early, also when. */
static char *
end_text (const Lines *lines, guint name, gsize row)
{
  g_autofree char *value = measure_format (lines->y, lines->y->cells[row]);
  g_auto (GStrv) words = chart_text_wrap (names_get (lines->names, name), SIZE_SMALL, 150.0, 1);
  GString *text = g_string_new (words[0]);

  g_string_append_printf (text, "%s%s", text->len > 0 ? "  " : "", value);
  if (lines->x->cells[row] < lines->x->range.high && (lines->x->is_year || lines->x->is_date))
    {
      g_autofree char *when = measure_format (lines->x, lines->x->cells[row]);
      g_string_append_printf (text, lines->canvas->language == HANSA_ZH ? "（%s）" : " (%s)", when);
    }
  return g_string_free (text, FALSE);
}

static double
widest_end (const Lines *lines)
{
  guint n = lines->names->names->len;
  g_autofree gsize *last = g_new (gsize, n + 1);
  double widest = 0.0;

  for (guint i = 0; i < n; i++)
    last[i] = G_MAXSIZE;
  for (gsize i = 0; i < lines->n; i++)
    if (!isnan (lines->y->cells[lines->order[i]]))
      last[lines->names->of_row[lines->order[i]]] = lines->order[i];
  for (guint i = 0; i < n; i++)
    if (last[i] != G_MAXSIZE)
      {
        g_autofree char *text = end_text (lines, i, last[i]);
        widest = MAX (widest, chart_text_width (text, SIZE_SMALL));
      }
  return widest;
}

static void
draw_lines (const Lines *lines, guint highlighted)
{
  ChartCanvas *canvas = lines->canvas;
  guint n = lines->names->names->len;
  g_autofree gsize *last = g_new (gsize, n + 1);
  g_autofree double *at = g_new (double, n + 1);
  guint labels = 0;

  for (guint i = 0; i < n; i++) /* the highlighted one on top of the others */
    if (i != highlighted)
      last[i] = draw_line (lines, i);
  if (highlighted < n)
    last[highlighted] = draw_line (lines, highlighted);
  for (guint i = 0; i < n; i++)
    if (last[i] != G_MAXSIZE)
      at[labels++] = canvas_y (canvas, lines->y->cells[last[i]]);
  spread (at, labels, 15.0, canvas->top, canvas->bottom);
  for (guint i = 0, label = 0; i < n; i++)
    {
      if (last[i] == G_MAXSIZE)
        continue;
      double x = canvas_x (canvas, lines->x->cells[last[i]]);
      double y = canvas_y (canvas, lines->y->cells[last[i]]);
      double y_label = at[label++];
      g_autofree char *text = end_text (lines, i, last[i]);
      gboolean muted = highlighted != G_MAXUINT && i != highlighted;
      if (fabs (y_label - y) > 4.0 || canvas->right - x > 12.0)
        canvas_line (canvas, x + 5.0, y, canvas->right + 8.0, y_label, INK_MUTED, 0.8, 1, FALSE);
      canvas_label (canvas, canvas->right + 10.0, y_label, ALIGN_LEFT, SIZE_SMALL,
                    muted || canvas->monochrome ? INK_SOFT
                                                : chart_text_tint (lines->inks[i].colour),
                    i == highlighted, text);
    }
}

static guint
y_flags (const Lines *lines)
{
  if (lines->canvas->chart->flags & HANSA_LOG_Y)
    return AXIS_LOG;
  /* A line may leave zero out; it must not when zero is near. */
  ChartRange range = lines->y->range;
  return range.low >= 0.0 && range.low < 0.5 * range.high ? AXIS_ZERO : 0;
}

static double
draw (Lines *lines, guint highlighted)
{
  ChartCanvas *canvas = lines->canvas;
  const HansaResultChart *chart = canvas->chart;
  ChartRange x_range = drawn_range (lines);
  ChartRange y_range = lines->y->range;
  guint n = lines->names->names->len;

  canvas_reference_range (canvas, chart->x_lines, lines->x, &x_range);
  canvas_reference_range (canvas, chart->y_lines, lines->y, &y_range);
  g_autoptr (ChartAxis) x
      = axis_new (x_range, 9, (chart->flags & HANSA_LOG_X ? AXIS_LOG : 0) | AXIS_SNUG, lines->x);
  g_autoptr (ChartAxis) y = axis_new (y_range, 6, y_flags (lines), lines->y);
  canvas->top = canvas_title (canvas) + 38.0;
  canvas->bottom = canvas->top + MAX (330.0, 15.0 * n);
  canvas->left = CHART_PAD + axis_widest (y, SIZE_SMALL) + 14.0;
  canvas->right = canvas->width - CHART_PAD - MIN (widest_end (lines), 260.0) - 12.0;
  canvas->x_low = x->low;
  canvas->x_high = x->high;
  canvas->y_low = y->low;
  canvas->y_high = y->high;
  canvas->log_x = x->is_log;
  canvas->log_y = y->is_log;
  canvas_axis_y (canvas, y, lines->y->title, TRUE);
  gboolean bare = lines->x->is_date || lines->x->is_year; /* years need no title */
  canvas_axis_x (canvas, x, bare ? NULL : lines->x->title, FALSE);
  canvas_references (canvas, chart->x_lines, lines->x, FALSE);
  canvas_references (canvas, chart->y_lines, lines->y, TRUE);
  draw_lines (lines, highlighted);
  return canvas->bottom + (bare ? 26.0 : 46.0);
}

gboolean
chart_line (ChartCanvas *canvas, double *end, GError **error)
{
  const HansaResultChart *chart = canvas->chart;
  guint x_column, y_column, highlighted;
  guint group = hansa_result_table_column (canvas->table, chart->group);

  if (!chart_need_number (canvas->table, chart->x, "x", &x_column, error)
      || !chart_need_number (canvas->table, chart->y, "y", &y_column, error))
    return FALSE;
  g_autoptr (ChartMeasure) x = measure_new (canvas->table, x_column, canvas->language);
  g_autoptr (ChartMeasure) y = measure_new (canvas->table, y_column, canvas->language);
  g_autoptr (ChartNames) names = groups_new (canvas, group);
  if (range_is_empty (x->range) || range_is_empty (y->range) || names->names->len == 0)
    return chart_nothing (chart, error);

  g_autofree ChartInk *inks = group_inks (canvas, names, group, &highlighted);
  Lines lines = { canvas, x, y, names, inks, NULL, 0, 1 };
  sort_rows (&lines);
  *end = draw (&lines, highlighted);
  g_free (lines.order);
  return TRUE;
}
