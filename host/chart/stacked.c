/* SPDX-License-Identifier: MIT
 *
 * Stacked bars: upright while the names of the categories fit below, lying
 * otherwise.
 */
#include "chart/kinds.h"

#include <math.h>

#define HALF_BAR 0.36
#define HEIGHT 340.0 /* of upright bars, pixels */

typedef struct
{
  ChartCanvas *canvas;
  ChartMeasure *value;
  ChartNames *categories, *parts;
  ChartInk *inks;
  double *cells;     /* categories x parts; NaN: a gap */
  double *above;     /* sum of the positive parts of each category */
  double *below;     /* of the negative ones */
  gboolean *partial; /* categories of which a part is missing */
  gboolean any_below;
  gboolean upright;
} Stacks;

static void
collect (Stacks *stacks)
{
  guint n = stacks->categories->names->len;
  guint m = stacks->parts->names->len;

  stacks->cells = g_new0 (double, (gsize)n *m + 1);
  stacks->above = g_new0 (double, n + 1);
  stacks->below = g_new0 (double, n + 1);
  stacks->partial = g_new0 (gboolean, n + 1);
  for (gsize i = 0; i < (gsize)n * m; i++)
    stacks->cells[i] = (double)NAN;
  for (gsize row = 0; row < stacks->value->n; row++)
    {
      guint category = stacks->categories->of_row[row];
      guint part = stacks->parts->of_row[row];
      double value = stacks->value->cells[row];
      if (category != G_MAXUINT && isnan (value))
        stacks->partial[category] = TRUE;
      if (category == G_MAXUINT || part == G_MAXUINT || isnan (value))
        continue;
      double *cell = &stacks->cells[(gsize)category * m + part];
      *cell = isnan (*cell) ? value : *cell + value;
    }
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < m; k++)
      {
        double value = stacks->cells[(gsize)i * m + k];
        if (value > 0.0)
          stacks->above[i] += value;
        else if (value < 0.0)
          stacks->below[i] += value;
        stacks->any_below = stacks->any_below || value < 0.0;
      }
}

/* From where to where a part reaches; FALSE when there is nothing of it. */
static gboolean
segment (const Stacks *stacks, guint category, guint part, double *from, double *to)
{
  guint m = stacks->parts->names->len;
  const double *cells = &stacks->cells[(gsize)category * m];

  if (isnan (cells[part]))
    return FALSE;
  *from = 0.0;
  for (guint k = 0; k < part; k++)
    if ((cells[k] > 0.0 && cells[part] >= 0.0) || (cells[k] < 0.0 && cells[part] < 0.0))
      *from += cells[k];
  *to = *from + cells[part];
  return TRUE;
}

static void
draw_part (const Stacks *stacks, guint part)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *fill = canvas_fill (stacks->inks[part], stacks->canvas->monochrome);
  double from, to;

  for (guint i = 0; i < stacks->categories->names->len; i++)
    {
      if (!segment (stacks, i, part, &from, &to))
        continue;
      double low = MIN (from, to);
      double high = MAX (from, to);
      if (stacks->upright)
        CANVAS_ROW (lines, i, (low + high) / 2.0, i - HALF_BAR, i + HALF_BAR, low, high);
      else
        CANVAS_ROW (lines, (low + high) / 2.0, i, low, high, i - HALF_BAR, i + HALF_BAR);
    }
  canvas_plot (stacks->canvas, lines, "using 1:2:3:4:5:6 with boxxyerror %s", fill);
}

/* A part's number inside it, where it has the room. */
static void
write_part (const Stacks *stacks, guint category, guint part)
{
  const ChartCanvas *canvas = stacks->canvas;
  double from, to;

  if (!segment (stacks, category, part, &from, &to) || stacks->inks[part].pattern > 0)
    return;
  g_autofree char *text = measure_format (stacks->value, to - from);
  double width = chart_text_width (text, SIZE_NOTE) + 6.0;
  double middle = (from + to) / 2.0;
  guint32 colour = chart_text_on (stacks->inks[part].fill);

  if (stacks->upright)
    {
      double slot = fabs (canvas_x (canvas, HALF_BAR) - canvas_x (canvas, -HALF_BAR));
      if (fabs (canvas_y (canvas, to) - canvas_y (canvas, from)) >= 15.0 && width <= slot)
        canvas_label (stacks->canvas, canvas_x (canvas, category), canvas_y (canvas, middle),
                      ALIGN_CENTER, SIZE_NOTE, colour, FALSE, text);
    }
  else if (fabs (canvas_x (canvas, to) - canvas_x (canvas, from)) >= width)
    canvas_label (stacks->canvas, canvas_x (canvas, middle), canvas_y (canvas, category),
                  ALIGN_CENTER, SIZE_NOTE, colour, FALSE, text);
}

static gboolean
has_any (const Stacks *stacks, guint category)
{
  guint m = stacks->parts->names->len;
  for (guint k = 0; k < m; k++)
    if (!isnan (stacks->cells[(gsize)category * m + k]))
      return TRUE;
  return FALSE;
}

/* The sum, where all parts are known (what is missing is not zero) and none in
 * the chart is below zero. */
static void
write_total (const Stacks *stacks, guint category)
{
  ChartCanvas *canvas = stacks->canvas;
  double total = stacks->above[category];

  if (!(total > 0.0) && !(stacks->below[category] < 0.0))
    {
      canvas_label (canvas,
                    canvas_x (canvas, stacks->upright ? category : 0.0)
                        + (stacks->upright ? 0.0 : 6.0),
                    stacks->upright ? canvas_y (canvas, 0.0) - 10.0 : canvas_y (canvas, category),
                    stacks->upright ? ALIGN_CENTER : ALIGN_LEFT, SIZE_SMALL, INK_SOFT, FALSE,
                    has_any (stacks, category) ? "0" : "–");
      return;
    }
  if (stacks->any_below || stacks->partial[category] || stacks->parts->names->len < 2)
    return;
  g_autofree char *text = measure_format (stacks->value, total);
  if (stacks->upright)
    canvas_label (canvas, canvas_x (canvas, category), canvas_y (canvas, total) - 10.0,
                  ALIGN_CENTER, SIZE_SMALL, INK, TRUE, text);
  else
    canvas_label (canvas, canvas_x (canvas, total) + 5.0, canvas_y (canvas, category), ALIGN_LEFT,
                  SIZE_SMALL, INK, TRUE, text);
}

/* Names beside the last column, at the height of its parts. */
static void
name_parts (const Stacks *stacks)
{
  ChartCanvas *canvas = stacks->canvas;
  guint m = stacks->parts->names->len;
  guint last = stacks->categories->names->len - 1;
  g_autofree double *at = g_new (double, m + 1);
  double from = 0.0, to = 0.0;

  for (guint k = 0; k < m; k++)
    at[k] = canvas_y (canvas, segment (stacks, last, k, &from, &to) ? (from + to) / 2.0
                                                                    : stacks->above[last]);
  spread (at, m, 17.0, canvas->top + 6.0, canvas->bottom - 6.0);
  for (guint k = 0; k < m; k++)
    {
      canvas_box (canvas, canvas->right + 6.0, at[k] - 5.0, canvas->right + 16.0, at[k] + 5.0,
                  stacks->inks[k], canvas->monochrome);
      canvas_label (canvas, canvas->right + 21.0, at[k], ALIGN_LEFT, SIZE_SMALL, INK, FALSE,
                    names_get (stacks->parts, k));
    }
}

static ChartAxis *
value_axis (const Stacks *stacks)
{
  ChartRange range = CHART_RANGE_NONE;

  for (guint i = 0; i < stacks->categories->names->len; i++)
    {
      range_add (&range, stacks->above[i]);
      range_add (&range, stacks->below[i]);
    }
  canvas_reference_range (stacks->canvas, stacks->canvas->chart->y_lines, stacks->value, &range);
  return axis_new (range, 6, AXIS_ZERO | (stacks->upright ? 0 : AXIS_SNUG), stacks->value);
}

/* Where the axis has to end for the highest sum to stand below the axis's title. */
static double
room_for_sum (const Stacks *stacks, double low)
{
  double highest = low;

  for (guint i = 0; i < stacks->categories->names->len; i++)
    highest = MAX (highest, stacks->above[i]);
  return low + (highest - low) / (1.0 - 20.0 / HEIGHT);
}

static double
draw_upright (Stacks *stacks)
{
  ChartCanvas *canvas = stacks->canvas;
  guint n = stacks->categories->names->len;
  g_autoptr (ChartAxis) axis = value_axis (stacks);
  double names = names_widest (stacks->parts, SIZE_SMALL);
  gboolean direct = stacks->parts->names->len <= 10 && names < 220.0;
  double beside = CHART_PAD + (direct ? names + 24.0 : 0.0);

  canvas->left = CHART_PAD + axis_widest (axis, SIZE_SMALL) + 10.0;
  /* Few columns stay columns, not slabs. */
  canvas->right = MIN (canvas->width - beside, canvas->left + 130.0 * n);
  canvas_fit_width (canvas, canvas->right + beside);
  double y = canvas_title (canvas);
  if (!direct)
    y = canvas_legend (canvas, y, LEGEND_BOX, stacks->parts->names->len,
                       (const char *const *)stacks->parts->names->pdata, stacks->inks);
  canvas->top = y + 36.0;
  canvas->bottom = canvas->top + HEIGHT;
  canvas->x_low = -0.5;
  canvas->x_high = n - 0.5;
  canvas->y_low = axis->low;
  canvas->y_high = MAX (axis->high, room_for_sum (stacks, axis->low));
  canvas_axis_y (canvas, axis, stacks->value->title, TRUE);
  for (guint i = 0; i < n; i++)
    canvas_label (canvas, canvas_x (canvas, i), canvas->bottom + 14.0, ALIGN_CENTER, SIZE_LABEL,
                  INK, FALSE, names_get (stacks->categories, i));
  if (direct)
    name_parts (stacks);
  canvas_references (canvas, canvas->chart->y_lines, stacks->value, TRUE);
  return canvas->bottom + 28.0;
}

static double
draw_lying (Stacks *stacks, guint column)
{
  ChartCanvas *canvas = stacks->canvas;
  g_autoptr (ChartAxis) axis = value_axis (stacks);
  ChartRows rows = { stacks->categories->names->len, NULL, 0.0 };
  ChartRange unused = CHART_RANGE_NONE;

  rows.rows = (gsize *)(void *)stacks->categories->first_row->data;
  double y = canvas_legend (canvas, canvas_title (canvas), LEGEND_BOX, stacks->parts->names->len,
                            (const char *const *)stacks->parts->names->pdata, stacks->inks);
  y += 15.0 * canvas_reference_range (canvas, canvas->chart->y_lines, stacks->value, &unused);
  rows_place (canvas, &rows, column, y + 8.0);
  rows_value_range (canvas, axis, axis->low < 0.0 ? 10.0 : 0.0, 64.0);
  canvas_axis_x (canvas, axis, stacks->value->title, TRUE);
  canvas_references (canvas, canvas->chart->y_lines, stacks->value, FALSE);
  return canvas->bottom + 44.0;
}

static void
draw_parts (const Stacks *stacks)
{
  for (guint k = 0; k < stacks->parts->names->len; k++)
    {
      draw_part (stacks, k);
      for (guint i = 0; i < stacks->categories->names->len; i++)
        write_part (stacks, i, k);
    }
  gboolean any_gap = FALSE;
  for (guint i = 0; i < stacks->categories->names->len; i++)
    {
      write_total (stacks, i);
      any_gap = any_gap || !has_any (stacks, i);
    }
  if (any_gap)
    canvas_gap_note (stacks->canvas);
}

gboolean
chart_stacked (ChartCanvas *canvas, double *end, GError **error)
{
  const HansaResultChart *chart = canvas->chart;
  guint category, number;
  guint group = hansa_result_table_column (canvas->table, chart->group);

  if (!chart_need_any (canvas->table, chart->x, "x", &category, error)
      || !chart_need_number (canvas->table, chart->y, "y", &number, error))
    return FALSE;
  g_autoptr (ChartMeasure) value = measure_new (canvas->table, number, canvas->language);
  g_autoptr (ChartNames) categories = names_new (canvas->table, category, canvas->language);
  g_autoptr (ChartNames) parts = groups_new (canvas, group);
  if (range_is_empty (value->range) || categories->names->len == 0 || parts->names->len == 0)
    return chart_nothing (chart, error);

  g_autofree ChartInk *inks = group_inks (canvas, parts, group, NULL);
  Stacks stacks = {
    .canvas = canvas, .value = value, .categories = categories, .parts = parts, .inks = inks
  };
  double slot = 640.0 / categories->names->len;
  stacks.upright = slot >= 36.0 && names_widest (categories, SIZE_LABEL) + 8.0 <= MIN (slot, 130.0);
  collect (&stacks);
  *end = stacks.upright ? draw_upright (&stacks) : draw_lying (&stacks, category);
  draw_parts (&stacks);
  g_free (stacks.cells);
  g_free (stacks.above);
  g_free (stacks.below);
  g_free (stacks.partial);
  return TRUE;
}
