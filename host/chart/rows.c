/* SPDX-License-Identifier: MIT
 *
 * Lists of categories: the frame of bar, interval and timeline charts.
 */
#include "chart/kinds.h"

#include <math.h>
#include <stdlib.h>

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const double *cells = data;
  gsize left = *(const gsize *)a;
  gsize right = *(const gsize *)b;
  gboolean left_gap = isnan (cells[left]);
  gboolean right_gap = isnan (cells[right]);

  if (left_gap != right_gap)
    return left_gap ? 1 : -1;
  if (!left_gap && (cells[left] < cells[right] || cells[left] > cells[right]))
    return cells[left] > cells[right] ? -1 : 1;
  return left < right ? -1 : left > right;
}

ChartRows *
rows_new (ChartCanvas *canvas, guint column, const ChartMeasure *by)
{
  ChartRows *rows = g_new0 (ChartRows, 1);
  gsize total = hansa_result_table_rows (canvas->table);

  rows->rows = g_new (gsize, total + 1);
  for (gsize row = 0; row < total; row++)
    if (hansa_result_table_cell (canvas->table, row, column)->type != 0)
      rows->rows[rows->n++] = row;
  if (canvas->chart->flags & HANSA_SORT_DESCENDING)
    g_qsort_with_data (rows->rows, (int)rows->n, sizeof *rows->rows, compare_rows, by->cells);
  if (rows->n > CHART_MAX_ROWS)
    {
      canvas_note (canvas,
                   g_strdup_printf (canvas->language == HANSA_ZH ? "共 %u 行，图中为前 %d 行。"
                                                                 : "The first %2$d of %1$u rows.",
                                    rows->n, CHART_MAX_ROWS));
      rows->n = CHART_MAX_ROWS;
    }
  return rows;
}

void
rows_free (ChartRows *rows)
{
  g_free (rows->rows);
  g_free (rows);
}

void
rows_place (ChartCanvas *canvas, ChartRows *rows, guint column, double top)
{
  double room = 0.34 * canvas->width;
  double widest = 0.0;
  gboolean wraps = FALSE;

  for (guint i = 0; i < rows->n; i++)
    {
      g_autofree char *name = cell_words (canvas->table, rows->rows[i], column, canvas->language);
      double width = chart_text_width (name, SIZE_LABEL);
      wraps = wraps || width > room;
      widest = MAX (widest, MIN (width, room));
    }
  rows->pitch = rows->n <= 8 ? 34.0 : rows->n <= 16 ? 28.0 : 22.0;
  if (wraps)
    rows->pitch = MAX (rows->pitch, 38.0);
  canvas->left = CHART_PAD + widest + 10.0;
  canvas->top = top;
  canvas->bottom = top + rows->pitch * rows->n;
  canvas->y_low = rows->n - 0.5;
  canvas->y_high = -0.5;

  for (guint i = 0; i < rows->n; i++)
    {
      g_autofree char *name = cell_words (canvas->table, rows->rows[i], column, canvas->language);
      g_auto (GStrv) lines = chart_text_wrap (name, SIZE_LABEL, room, 2);
      guint n = g_strv_length (lines);
      gboolean bold = cell_is (canvas->table, rows->rows[i], column, canvas->chart->highlight)
                      || cell_is (canvas->table, rows->rows[i], 0, canvas->chart->highlight);
      for (guint line = 0; line < n; line++)
        canvas_label (canvas, canvas->left - 8.0,
                      canvas_y (canvas, i) + 16.0 * (line - (n - 1) / 2.0), ALIGN_RIGHT, SIZE_LABEL,
                      INK, bold, lines[line]);
    }
}

void
rows_value_range (ChartCanvas *canvas, const ChartAxis *axis, double room_low, double room_high)
{
  double width = canvas->right - canvas->left;
  double span = axis->high - axis->low;

  /* Texts take a share of the plot; on a logarithmic axis, of its decades. */
  double part_low = MIN (room_low / width, 0.4);
  double part_high = MIN (room_high / width, 0.4);
  canvas->log_x = axis->is_log;
  if (axis->is_log)
    span = log (axis->high / axis->low);
  span /= 1.0 - part_low - part_high;
  canvas->x_low = axis->is_log ? axis->low * exp (-part_low * span) : axis->low - part_low * span;
  canvas->x_high
      = axis->is_log ? axis->high * exp (part_high * span) : axis->high + part_high * span;
}

gsize
thin_step (ChartCanvas *canvas, gsize n)
{
  gsize step = (n + CHART_MAX_POINTS - 1) / CHART_MAX_POINTS;

  if (n <= CHART_MAX_POINTS)
    return 1;
  canvas_note (canvas, g_strdup_printf (canvas->language == HANSA_ZH
                                            ? "共 %" G_GSIZE_FORMAT " 个点，图中每 %" G_GSIZE_FORMAT
                                              " 个取一个。"
                                            : "Of %" G_GSIZE_FORMAT
                                              " points, one in %" G_GSIZE_FORMAT " is drawn.",
                                        n, step));
  return step;
}
