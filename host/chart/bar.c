/* SPDX-License-Identifier: MIT
 *
 * Bars: one a row of the table, lying, so that names of any length read level.
 */
#include "chart/kinds.h"

#include <math.h>

typedef struct
{
  ChartCanvas *canvas;
  ChartRows *rows;
  ChartMeasure *value;
  guint category, group;
} Bars;

/* Rows that stand out do so among groups only by their bold name; without
 * groups, by colour. */
static gboolean
row_stands_out (const Bars *bars, gsize row)
{
  const char *key = bars->canvas->chart->highlight;
  return cell_is (bars->canvas->table, row, 0, key)
         || cell_is (bars->canvas->table, row, bars->category, key);
}

static void
draw_bars_of (const Bars *bars, const ChartNames *names, guint group, gboolean accent_only,
              ChartInk ink)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *fill = canvas_fill (ink, bars->canvas->monochrome);

  for (guint i = 0; i < bars->rows->n; i++)
    {
      gsize row = bars->rows->rows[i];
      double value = bars->value->cells[row];
      if (names->of_row[row] != group || isnan (value))
        continue;
      if (bars->group == G_MAXUINT && accent_only != row_stands_out (bars, row))
        continue;
      CANVAS_ROW (lines, value / 2.0, i, MIN (value, 0.0), MAX (value, 0.0), i - 0.34, i + 0.34);
    }
  canvas_plot (bars->canvas, lines, "using 1:2:3:4:5:6 with boxxyerror %s", fill);
}

static void
draw_bars (const Bars *bars, const ChartNames *names, const ChartInk *inks)
{
  gboolean mono = bars->canvas->monochrome;

  if (bars->group == G_MAXUINT)
    {
      ChartInk rest
          = canvas_has_highlight (bars->canvas) ? chart_ink_muted (mono) : chart_ink_plain (mono);
      draw_bars_of (bars, names, 0, FALSE, rest);
      draw_bars_of (bars, names, 0, TRUE, chart_ink_accent (mono));
      return;
    }
  for (guint group = 0; group < names->names->len; group++)
    draw_bars_of (bars, names, group, FALSE, inks[group]);
  draw_bars_of (bars, names, G_MAXUINT, FALSE, chart_ink_muted (mono));
}

/* Beyond a reference line that would run through the text. */
static double
clear_of_lines (const ChartCanvas *canvas, double x, double width, gboolean leftwards)
{
  for (guint i = 0; i < canvas->upright->len; i++)
    {
      double line = g_array_index (canvas->upright, double, i);
      double from = leftwards ? x - width : x;
      if (line > from - 2.0 && line < from + width + 2.0)
        x = leftwards ? line - 4.0 : line + 4.0;
    }
  return x;
}

static void
write_values (const Bars *bars)
{
  ChartCanvas *canvas = bars->canvas;
  gboolean any_gap = FALSE;

  for (guint i = 0; i < bars->rows->n; i++)
    {
      gsize row = bars->rows->rows[i];
      double value = bars->value->cells[row];
      double y = canvas_y (canvas, i);

      if (isnan (value))
        {
          canvas_label (canvas, canvas_x (canvas, 0.0) + 6.0, y, ALIGN_LEFT, SIZE_SMALL, INK_SOFT,
                        FALSE, "–");
          any_gap = TRUE;
          continue;
        }
      g_autofree char *text = measure_format (bars->value, value);
      double x = clear_of_lines (canvas, canvas_x (canvas, value) + (value < 0.0 ? -5.0 : 5.0),
                                 chart_text_width (text, SIZE_SMALL), value < 0.0);
      canvas_label (canvas, x, y, value < 0.0 ? ALIGN_RIGHT : ALIGN_LEFT, SIZE_SMALL, INK,
                    row_stands_out (bars, row), text);
    }
  if (any_gap)
    canvas_gap_note (canvas);
}

static void
value_room (const Bars *bars, double *low, double *high)
{
  *low = 0.0;
  *high = 8.0;
  for (guint i = 0; i < bars->rows->n; i++)
    {
      double value = bars->value->cells[bars->rows->rows[i]];
      if (isnan (value))
        continue;
      g_autofree char *text = measure_format (bars->value, value);
      double *side = value < 0.0 ? low : high;
      *side = MAX (*side, chart_text_width (text, SIZE_SMALL) + 10.0);
    }
}

static double
draw (const Bars *bars)
{
  ChartCanvas *canvas = bars->canvas;
  g_autoptr (ChartNames) names = groups_new (canvas, bars->group);
  g_autofree ChartInk *inks = group_inks (canvas, names, bars->group, NULL);
  ChartRange range = bars->value->range;
  double y = canvas_title (canvas);
  double room_low, room_high;

  if (bars->group != G_MAXUINT && names->names->len > 0)
    y = canvas_legend (canvas, y, LEGEND_BOX, names->names->len,
                       (const char *const *)names->names->pdata, inks);
  y += 15.0 * canvas_reference_range (canvas, canvas->chart->y_lines, bars->value, &range);
  rows_place (canvas, bars->rows, bars->category, y + 8.0);
  g_autoptr (ChartAxis) axis = axis_new (range, 6, AXIS_ZERO | AXIS_SNUG, bars->value);
  value_room (bars, &room_low, &room_high);
  rows_value_range (canvas, axis, room_low, room_high);

  canvas_axis_x (canvas, axis, bars->value->title, TRUE);
  draw_bars (bars, names, inks);
  canvas_references (canvas, canvas->chart->y_lines, bars->value, FALSE);
  write_values (bars);
  double zero = canvas_x (canvas, 0.0);
  canvas_line (canvas, zero, canvas->top, zero, canvas->bottom, INK_ZERO, 1.0, 1, TRUE);
  return canvas->bottom + 44.0;
}

gboolean
chart_bar (ChartCanvas *canvas, double *end, GError **error)
{
  const HansaResultChart *chart = canvas->chart;
  guint category, number;

  if (!chart_need_any (canvas->table, chart->x, "x", &category, error)
      || !chart_need_number (canvas->table, chart->y, "y", &number, error))
    return FALSE;
  g_autoptr (ChartMeasure) value = measure_new (canvas->table, number, canvas->language);
  if (range_is_empty (value->range))
    return chart_nothing (chart, error);
  g_autoptr (ChartRows) rows = rows_new (canvas, category, value);
  Bars bars
      = { canvas, rows, value, category, hansa_result_table_column (canvas->table, chart->group) };
  *end = draw (&bars);
  return TRUE;
}
