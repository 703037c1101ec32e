/* SPDX-License-Identifier: MIT
 *
 * Slope charts: ranks at two or more stages, the first on top.
 */
#include "chart/kinds.h"

#include <math.h>

typedef struct
{
  ChartCanvas *canvas;
  ChartMeasure *rank;
  ChartNames *stages, *lines;
  guint *order;      /* stages from left to right */
  double *cells;     /* lines x stages, in that order */
  gboolean *present; /* has any rank */
} Slopes;

/* Numbers and dates go by value, texts by first appearance. */
static void
order_stages (Slopes *slopes, guint column)
{
  guint n = slopes->stages->names->len;
  guint32 type = slopes->canvas->table->columns[column].type;

  slopes->order = g_new (guint, n + 1);
  for (guint i = 0; i < n; i++)
    slopes->order[i] = i;
  if (type == HANSA_TEXT || type == HANSA_LABEL)
    return;
  g_autoptr (ChartMeasure) at = measure_new (slopes->canvas->table, column, HANSA_EN);
  for (guint i = 1; i < n; i++)
    for (guint k = i; k > 0; k--)
      {
        gsize before = g_array_index (slopes->stages->first_row, gsize, slopes->order[k - 1]);
        gsize after = g_array_index (slopes->stages->first_row, gsize, slopes->order[k]);
        if (at->cells[before] <= at->cells[after])
          break;
        guint swap = slopes->order[k];
        slopes->order[k] = slopes->order[k - 1];
        slopes->order[k - 1] = swap;
      }
}

static void
collect (Slopes *slopes)
{
  guint n = slopes->stages->names->len;
  guint m = slopes->lines->names->len;
  g_autofree guint *place = g_new (guint, n + 1);

  slopes->cells = g_new0 (double, (gsize)n *m + 1);
  slopes->present = g_new0 (gboolean, m + 1);
  for (gsize i = 0; i < (gsize)n * m; i++)
    slopes->cells[i] = (double)NAN;
  for (guint i = 0; i < n; i++)
    place[slopes->order[i]] = i;
  for (gsize row = 0; row < slopes->rank->n; row++)
    {
      guint stage = slopes->stages->of_row[row];
      guint line = slopes->lines->of_row[row];
      if (stage == G_MAXUINT || line == G_MAXUINT || isnan (slopes->rank->cells[row]))
        continue;
      slopes->cells[(gsize)line * n + place[stage]] = slopes->rank->cells[row];
      slopes->present[line] = TRUE;
    }
}

/* First and last stage at which a line has a rank. */
static void
ends (const Slopes *slopes, guint line, guint *first, guint *last)
{
  guint n = slopes->stages->names->len;
  const double *cells = &slopes->cells[(gsize)line * n];

  *first = 0;
  *last = n - 1;
  while (*first < n - 1 && isnan (cells[*first]))
    (*first)++;
  while (*last > *first && isnan (cells[*last]))
    (*last)--;
}

typedef enum
{
  CHANGE_NONE,
  CHANGE_UP,
  CHANGE_DOWN,
  CHANGE_ENTRY,
  CHANGE_EXIT
} Change;

static Change
change_of (const Slopes *slopes, guint line)
{
  guint n = slopes->stages->names->len;
  const double *cells = &slopes->cells[(gsize)line * n];

  if (isnan (cells[0]))
    return CHANGE_ENTRY;
  if (isnan (cells[n - 1]))
    return CHANGE_EXIT;
  return cells[n - 1] < cells[0] ? CHANGE_UP : cells[n - 1] > cells[0] ? CHANGE_DOWN : CHANGE_NONE;
}

static ChartInk
change_ink (Change change, gboolean mono)
{
  switch (change)
    {
    case CHANGE_UP:
    case CHANGE_ENTRY:
      return (ChartInk){ mono ? 0x1a1a1au : 0x0072b2u, 0, 0, 1, 7 };
    case CHANGE_DOWN:
    case CHANGE_EXIT:
      return (ChartInk){ mono ? 0x6e6e6eu : 0xd55e00u, 0, 0, mono ? 2 : 1, mono ? 6 : 7 };
    case CHANGE_NONE:
    default:
      return (ChartInk){ mono ? 0xb5b5b5u : 0x8a949eu, 0, 0, 1, 7 };
    }
}

static ChartInk
line_ink (const Slopes *slopes, guint line, guint highlighted)
{
  gboolean mono = slopes->canvas->monochrome;

  if (highlighted == G_MAXUINT)
    return change_ink (change_of (slopes, line), mono);
  return line == highlighted ? chart_ink_accent (mono) : chart_ink_muted (mono);
}

static void
draw_slope (const Slopes *slopes, guint line, ChartInk ink, gboolean strong)
{
  guint n = slopes->stages->names->len;
  g_autoptr (GString) rows = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    CANVAS_ROW (rows, i, slopes->cells[(gsize)line * n + i]);
  canvas_plot (slopes->canvas, rows,
               "using 1:2 with linespoints lw %s dt %d pt %d ps 0.75 lc rgb '#%06x'",
               strong ? "2.8" : "1.8", ink.dash, ink.point, ink.colour);
}

static char *
slope_text (const Slopes *slopes, guint line, guint stage, gboolean left)
{
  static const HansaText entry = { " (new)", "（新进）" };
  static const HansaText leaving = { " (out)", "（退出）" };
  const ChartCanvas *canvas = slopes->canvas;
  guint n = slopes->stages->names->len;
  guint first, last;
  g_autofree char *rank = measure_format (slopes->rank, slopes->cells[(gsize)line * n + stage]);
  g_auto (GStrv) name = chart_text_wrap (names_get (slopes->lines, line), SIZE_SMALL, 200.0, 1);

  ends (slopes, line, &first, &last);
  const char *in = first > 0 && (left || first == last) ? canvas_text (canvas, entry) : "";
  const char *out = last < n - 1 && (!left || first == last) ? canvas_text (canvas, leaving) : "";
  if (left)
    return g_strdup_printf ("%s%s%s  %s", name[0], in, out, rank);
  return g_strdup_printf ("%s  %s%s%s", rank, name[0], in, out);
}

/* Labels at one end of all lines whose end is at that stage. */
static double
name_ends (const Slopes *slopes, guint stage, gboolean left, guint highlighted, gboolean measure)
{
  ChartCanvas *canvas = slopes->canvas;
  guint m = slopes->lines->names->len;
  g_autofree double *at = g_new (double, m + 1);
  g_autofree guint *which = g_new (guint, m + 1);
  guint first, last, count = 0;
  double widest = 0.0;

  for (guint line = 0; line < m; line++)
    {
      ends (slopes, line, &first, &last);
      if (!slopes->present[line] || (left ? first : last) != stage)
        continue;
      /* Seen at one stage only: named once, outside the plot. */
      if (first == last && left != (first == 0))
        continue;
      which[count++] = line;
    }
  for (guint i = 0; i < count && !measure; i++)
    at[i] = canvas_y (canvas, slopes->cells[(gsize)which[i] * slopes->stages->names->len + stage]);
  if (!measure)
    spread (at, count, 16.0, canvas->top - 4.0, canvas->bottom + 4.0);
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *text = slope_text (slopes, which[i], stage, left);
      widest = MAX (widest, chart_text_width (text, SIZE_SMALL));
      if (!measure)
        canvas_label (canvas, canvas_x (canvas, stage) + (left ? -9.0 : 9.0), at[i],
                      left ? ALIGN_RIGHT : ALIGN_LEFT, SIZE_SMALL,
                      highlighted != G_MAXUINT && which[i] != highlighted ? INK_SOFT : INK,
                      which[i] == highlighted, text);
    }
  return widest;
}

static double
legend (const Slopes *slopes, double y)
{
  static const HansaText names[] = { { "Risen or new", "上升或新进" },
                                     { "Fallen or out", "下降或退出" },
                                     { "Unchanged", "不变" } };
  static const Change changes[] = { CHANGE_UP, CHANGE_DOWN, CHANGE_NONE };
  const char *texts[3];
  ChartInk inks[3];

  for (guint i = 0; i < 3; i++)
    {
      texts[i] = canvas_text (slopes->canvas, names[i]);
      inks[i] = change_ink (changes[i], slopes->canvas->monochrome);
    }
  return canvas_legend (slopes->canvas, y, LEGEND_LINE, 3, texts, inks);
}

static double
draw (const Slopes *slopes, guint highlighted)
{
  ChartCanvas *canvas = slopes->canvas;
  guint n = slopes->stages->names->len;
  guint m = slopes->lines->names->len;
  ChartRange range = slopes->rank->range;
  double left = name_ends (slopes, 0, TRUE, highlighted, TRUE);
  double right = name_ends (slopes, n - 1, FALSE, highlighted, TRUE);
  double y;

  canvas->left = CHART_PAD + left + 14.0;
  canvas->width
      = MIN (CHART_WIDTH, ceil (canvas->left + 330.0 * (n - 1) + right + 14.0 + CHART_PAD));
  canvas->right = canvas->width - CHART_PAD - right - 14.0;
  y = canvas_title (canvas);
  if (highlighted == G_MAXUINT)
    y = legend (slopes, y);
  canvas_label (canvas, CHART_PAD, y + 10.0, ALIGN_LEFT, SIZE_SMALL, INK_SOFT, FALSE,
                slopes->rank->title);
  canvas->top = y + 54.0;
  canvas->bottom = canvas->top + 20.0 * CLAMP (MAX (m - 1.0, range.high - range.low), 6.0, 60.0);
  canvas->x_high = n - 1.0;
  canvas->y_low = range.high > range.low ? range.high : range.low + 1.0;
  canvas->y_high = range.low;
  for (guint i = 0; i < n; i++)
    {
      double x = canvas_x (canvas, i);
      canvas_line (canvas, x, canvas->top - 10.0, x, canvas->bottom + 8.0, INK_GRID, 1.2, 1, FALSE);
      canvas_label (canvas, x, canvas->top - 24.0, ALIGN_CENTER, SIZE_LABEL, INK, TRUE,
                    names_get (slopes->stages, slopes->order[i]));
    }
  for (guint line = 0; line < m; line++)
    if (slopes->present[line] && line != highlighted)
      draw_slope (slopes, line, line_ink (slopes, line, highlighted), FALSE);
  if (highlighted < m && slopes->present[highlighted])
    draw_slope (slopes, highlighted, line_ink (slopes, highlighted, highlighted), TRUE);
  for (guint i = 0; i < n; i++)
    {
      name_ends (slopes, i, TRUE, highlighted, FALSE);
      name_ends (slopes, i, FALSE, highlighted, FALSE);
    }
  return canvas->bottom + 18.0;
}

gboolean
chart_slope (ChartCanvas *canvas, double *end, GError **error)
{
  const HansaResultChart *chart = canvas->chart;
  guint stage, number, group;

  if (!chart_need_any (canvas->table, chart->x, "x", &stage, error)
      || !chart_need_any (canvas->table, chart->group, "group", &group, error)
      || !chart_need_number (canvas->table, chart->y, "y", &number, error))
    return FALSE;
  g_autoptr (ChartMeasure) rank = measure_new (canvas->table, number, canvas->language);
  g_autoptr (ChartNames) stages = names_new (canvas->table, stage, canvas->language);
  g_autoptr (ChartNames) lines = names_new (canvas->table, group, canvas->language);
  if (range_is_empty (rank->range) || stages->names->len < 2 || lines->names->len == 0)
    return chart_nothing (chart, error);

  guint highlighted = names_find (lines, canvas->table, group, chart->highlight);
  Slopes slopes = { canvas, rank, stages, lines, NULL, NULL, NULL };
  order_stages (&slopes, stage);
  collect (&slopes);
  *end = draw (&slopes, highlighted);
  g_free (slopes.order);
  g_free (slopes.cells);
  g_free (slopes.present);
  return TRUE;
}
