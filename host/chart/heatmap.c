/* SPDX-License-Identifier: MIT
 *
 * Heat maps: a matrix whose cells show their value and a colour for it.
 */
#include "chart/kinds.h"

#include <math.h>

#define MAX_SIDE 60 /* names a side; beyond, nothing in it can be read */

typedef struct
{
  ChartCanvas *canvas;
  ChartMeasure *value;
  ChartNames *across, *down;
  guint n_across, n_down;
  gsize *rows; /* of the table, down x across; G_MAXSIZE: none */
  guint label; /* column of the second line of a cell */
  double cell_width, cell_height;
} Matrix;

static void
collect (Matrix *matrix)
{
  gsize n = (gsize)matrix->n_across * matrix->n_down;

  matrix->rows = g_new (gsize, n + 1);
  for (gsize i = 0; i < n; i++)
    matrix->rows[i] = G_MAXSIZE;
  for (gsize row = 0; row < matrix->value->n; row++)
    {
      guint x = matrix->across->of_row[row];
      guint y = matrix->down->of_row[row];
      if (x < matrix->n_across && y < matrix->n_down)
        matrix->rows[(gsize)y * matrix->n_across + x] = row;
    }
}

static guint32
cell_colour (const Matrix *matrix, double value)
{
  ChartRange range = matrix->value->range;

  if (isnan (value))
    return 0xf0f0f0;
  /* Where all values are of one sign, the ramp starts at zero unless they are
   * so close that nothing would be seen. */
  double base = range.low >= 0.0 && range.low < 0.6 * range.high ? 0.0
                : range.low < 0.0                                ? 0.0
                                                                 : range.low;
  double largest = range_largest (range) - base;
  return chart_ramp (largest > 0.0 ? (value - base) / largest : 0.0, matrix->canvas->monochrome);
}

/* The value, and below it in brackets the label. */
static void
write_cell (const Matrix *matrix, guint x, guint y, gsize row, double value, guint32 colour)
{
  ChartCanvas *canvas = matrix->canvas;
  double size = matrix->cell_width > 70.0 ? SIZE_LABEL : SIZE_SMALL;
  guint32 ink = isnan (value) ? INK_SOFT : chart_text_on (colour);
  gboolean two = matrix->label != G_MAXUINT && row != G_MAXSIZE && matrix->cell_height >= 34.0;
  double middle = canvas_y (canvas, y) - (two ? 8.0 : 0.0);
  g_autofree char *text = isnan (value) ? g_strdup ("–") : measure_format (matrix->value, value);

  if (matrix->cell_height >= 15.0
      && chart_text_width (text, SIZE_SMALL) + 2.0 <= matrix->cell_width)
    canvas_label (canvas, canvas_x (canvas, x), middle, ALIGN_CENTER, size, ink, FALSE, text);
  if (!two)
    return;
  g_autofree char *words = cell_words (canvas->table, row, matrix->label, canvas->language);
  g_autofree char *below = *words != '\0' ? g_strdup_printf ("(%s)", words) : g_strdup ("");
  if (chart_text_width (below, SIZE_NOTE) + 2.0 <= matrix->cell_width)
    canvas_label (canvas, canvas_x (canvas, x), middle + 17.0, ALIGN_CENTER, SIZE_NOTE, ink, FALSE,
                  below);
}

static void
note_label (const Matrix *matrix)
{
  ChartCanvas *canvas = matrix->canvas;

  if (matrix->label != G_MAXUINT)
    canvas_note (canvas, g_strdup_printf (
                             canvas->language == HANSA_ZH ? "括号内为%s。" : "In brackets: %s.",
                             canvas_text (canvas, canvas->table->columns[matrix->label].title)));
}

static void
draw_cells (const Matrix *matrix)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  gboolean any_gap = FALSE;

  for (guint y = 0; y < matrix->n_down; y++)
    for (guint x = 0; x < matrix->n_across; x++)
      {
        gsize row = matrix->rows[(gsize)y * matrix->n_across + x];
        double value = row != G_MAXSIZE ? matrix->value->cells[row] : (double)NAN;
        guint32 colour = cell_colour (matrix, value);

        any_gap = any_gap || isnan (value);
        CANVAS_ROW (lines, x, y, x - 0.5, x + 0.5, y - 0.5, y + 0.5, colour);
        write_cell (matrix, x, y, row, value, colour);
      }
  canvas_plot (matrix->canvas, lines,
               "using 1:2:3:4:5:6:7 with boxxyerror fs solid 1.0 border lc rgb '#ffffff' lw 2 "
               "fc rgb variable");
  if (any_gap)
    canvas_gap_note (matrix->canvas);
  note_label (matrix);
}

/* Names above the columns: level where they fit in up to three lines. */
static void
name_columns (const Matrix *matrix, guint lines_needed)
{
  ChartCanvas *canvas = matrix->canvas;

  for (guint x = 0; x < matrix->n_across; x++)
    {
      g_auto (GStrv) lines = chart_text_wrap (names_get (matrix->across, x), SIZE_SMALL,
                                              matrix->cell_width - 6.0, lines_needed);
      guint n = g_strv_length (lines);
      for (guint i = 0; i < n; i++)
        canvas_label (canvas, canvas_x (canvas, x), canvas->top - 12.0 - 15.0 * (n - 1 - i),
                      ALIGN_CENTER, SIZE_SMALL, INK, FALSE, lines[i]);
    }
}

static void
name_rows (const Matrix *matrix, double room)
{
  ChartCanvas *canvas = matrix->canvas;
  gboolean two = matrix->cell_height >= 34.0;

  for (guint y = 0; y < matrix->n_down; y++)
    {
      const char *name = names_get (matrix->down, y);
      g_auto (GStrv) lines = chart_text_wrap (name, SIZE_LABEL, room, two ? 2 : 1);
      guint n = g_strv_length (lines);
      gboolean bold = cell_is (canvas->table, g_array_index (matrix->down->first_row, gsize, y),
                               hansa_result_table_column (canvas->table, canvas->chart->y),
                               canvas->chart->highlight);
      for (guint i = 0; i < n; i++)
        canvas_label (canvas, canvas->left - 9.0, canvas_y (canvas, y) + 16.0 * (i - (n - 1) / 2.0),
                      ALIGN_RIGHT, SIZE_LABEL, INK, bold, lines[i]);
    }
}

static guint
header_lines (const Matrix *matrix)
{
  guint most = 1;
  for (guint x = 0; x < matrix->n_across; x++)
    {
      g_auto (GStrv) lines = chart_text_wrap (names_get (matrix->across, x), SIZE_SMALL,
                                              matrix->cell_width - 6.0, 3);
      most = MAX (most, g_strv_length (lines));
    }
  return most;
}

static double
draw (Matrix *matrix, HansaText x_title, HansaText y_title)
{
  ChartCanvas *canvas = matrix->canvas;
  const char *down = canvas_text (canvas, y_title);
  double room = MAX (MIN (names_widest (matrix->down, SIZE_LABEL), 0.3 * CHART_WIDTH),
                     MIN (chart_text_width (down, SIZE_SMALL), 0.3 * CHART_WIDTH));

  canvas->left = CHART_PAD + room + 12.0;
  double space = CHART_WIDTH - CHART_PAD - canvas->left;
  matrix->cell_width = MIN (space / matrix->n_across, 124.0);
  matrix->cell_height = CLAMP (matrix->cell_width * 0.6, 22.0, matrix->n_down > 8 ? 32.0 : 62.0);
  canvas->right = canvas->left + matrix->cell_width * matrix->n_across;
  canvas_fit_width (canvas, canvas->right + CHART_PAD);
  double y = canvas_title (canvas);
  canvas_label (canvas, CHART_PAD, y + 9.0, ALIGN_LEFT, SIZE_SMALL, INK_SOFT, FALSE,
                matrix->value->title);
  guint lines = header_lines (matrix);
  canvas->top = y + 48.0 + 15.0 * lines;
  canvas->bottom = canvas->top + matrix->cell_height * matrix->n_down;
  canvas->x_low = -0.5;
  canvas->x_high = matrix->n_across - 0.5;
  canvas->y_low = matrix->n_down - 0.5;
  canvas->y_high = -0.5;

  canvas_label (canvas, (canvas->left + canvas->right) / 2.0, y + 34.0, ALIGN_CENTER, SIZE_SMALL,
                INK_SOFT, FALSE, canvas_text (canvas, x_title));
  canvas_label (canvas, canvas->left - 9.0, canvas->top - 12.0, ALIGN_RIGHT, SIZE_SMALL, INK_SOFT,
                FALSE, down);
  name_columns (matrix, lines);
  name_rows (matrix, room);
  draw_cells (matrix);
  return canvas->bottom + 8.0;
}

gboolean
chart_heatmap (ChartCanvas *canvas, double *end, GError **error)
{
  const HansaResultChart *chart = canvas->chart;
  guint x, y, number;

  if (!chart_need_any (canvas->table, chart->x, "x", &x, error)
      || !chart_need_any (canvas->table, chart->y, "y", &y, error)
      || !chart_need_number (canvas->table, chart->size, "size", &number, error))
    return FALSE;
  g_autoptr (ChartMeasure) value = measure_new (canvas->table, number, canvas->language);
  g_autoptr (ChartNames) across = names_new (canvas->table, x, canvas->language);
  g_autoptr (ChartNames) down = names_new (canvas->table, y, canvas->language);
  if (range_is_empty (value->range) || across->names->len == 0 || down->names->len == 0)
    return chart_nothing (chart, error);
  Matrix matrix = { canvas,
                    value,
                    across,
                    down,
                    MIN (across->names->len, MAX_SIDE),
                    MIN (down->names->len, MAX_SIDE),
                    NULL,
                    hansa_result_table_column (canvas->table, chart->label),
                    0.0,
                    0.0 };
  if (matrix.n_across < across->names->len || matrix.n_down < down->names->len)
    canvas_note (canvas,
                 g_strdup_printf (canvas->language == HANSA_ZH
                                      ? "共 %u 行 %u 列，图中每边至多 %d。"
                                      : "%u rows by %u columns; at most %d a side are drawn.",
                                  down->names->len, across->names->len, MAX_SIDE));
  collect (&matrix);
  *end = draw (&matrix, canvas->table->columns[x].title, canvas->table->columns[y].title);
  g_free (matrix.rows);
  return TRUE;
}
