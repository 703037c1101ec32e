/* SPDX-License-Identifier: MIT
 *
 * Points; with reference lines both ways, the quadrants of a plan.
 */
#include "chart/kinds.h"

#include <math.h>

typedef struct
{
  ChartCanvas *canvas;
  ChartMeasure *x, *y;
  ChartNames *names;
  ChartInk *inks;
  guint label; /* column, G_MAXUINT: none */
  gsize *rows; /* drawn */
  guint n;
  guint accent; /* of rows: the highlighted one, G_MAXUINT */
} Points;

static void
collect (Points *points)
{
  const ChartCanvas *canvas = points->canvas;
  const char *key = canvas->chart->highlight;
  guint n = 0;

  points->rows = g_new (gsize, points->x->n + 1);
  for (gsize row = 0; row < points->x->n; row++)
    {
      double x = points->x->cells[row];
      double y = points->y->cells[row];
      if (!isnan (x) && !isnan (y) && !(canvas->chart->flags & HANSA_LOG_X && x <= 0.0)
          && !(canvas->chart->flags & HANSA_LOG_Y && y <= 0.0)
          && points->names->of_row[row] != G_MAXUINT)
        points->rows[n++] = row;
    }
  gsize step = thin_step (points->canvas, n);
  for (guint i = 0; i < n; i++)
    {
      gsize row = points->rows[i];
      gboolean accent
          = cell_is (canvas->table, row, 0, key)
            || (points->label != G_MAXUINT && cell_is (canvas->table, row, points->label, key));
      if (i % step != 0 && !accent)
        continue;
      if (accent)
        points->accent = points->n;
      points->rows[points->n++] = row;
    }
}

static void
draw_group (const Points *points, guint name, ChartInk ink)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < points->n; i++)
    if (points->names->of_row[points->rows[i]] == name && i != points->accent)
      CANVAS_ROW (lines, points->x->cells[points->rows[i]], points->y->cells[points->rows[i]]);
  canvas_plot (points->canvas, lines, "using 1:2 with points pt %d ps %s lc rgb '#%06x'", ink.point,
               points->n > 200 ? "0.4" : "0.85", ink.colour);
}

static void
draw_points (const Points *points, gboolean grouped)
{
  gboolean mono = points->canvas->monochrome;

  for (guint name = 0; name < points->names->names->len; name++)
    draw_group (points, name,
                grouped                       ? points->inks[name]
                : points->accent != G_MAXUINT ? chart_ink_muted (mono)
                                              : chart_ink_plain (mono));
  if (points->accent != G_MAXUINT)
    {
      g_autoptr (GString) lines = g_string_new (NULL);
      gsize row = points->rows[points->accent];
      ChartInk ink = chart_ink_accent (mono);
      CANVAS_ROW (lines, points->x->cells[row], points->y->cells[row]);
      canvas_plot (points->canvas, lines, "using 1:2 with points pt %d ps 1.15 lc rgb '#%06x'",
                   mono ? 5 : 7, ink.colour);
    }
}

static void
write_labels (const Points *points)
{
  ChartCanvas *canvas = points->canvas;
  g_autofree ChartPlacement *labels = g_new0 (ChartPlacement, points->n + 1);

  /* Beyond this, names hide the cloud that the chart is about. */
  gboolean few = points->n <= 80;
  for (guint i = 0; i < points->n; i++)
    {
      gsize row = points->rows[i];
      labels[i].x = canvas_x (canvas, points->x->cells[row]);
      labels[i].y = canvas_y (canvas, points->y->cells[row]);
      if (points->label == G_MAXUINT || !(few || i == points->accent))
        continue;
      g_autofree char *text = cell_words (canvas->table, row, points->label, canvas->language);
      g_auto (GStrv) line = chart_text_wrap (text, SIZE_SMALL, 180.0, 1);
      labels[i].width = chart_text_width (line[0], SIZE_SMALL);
    }
  guint left_out = place_labels (labels, points->n, canvas, points->accent);
  for (guint i = 0; i < points->n; i++)
    {
      const ChartPlacement *label = &labels[i];
      if (!label->placed)
        continue;
      g_autofree char *text
          = cell_words (canvas->table, points->rows[i], points->label, canvas->language);
      g_auto (GStrv) line = chart_text_wrap (text, SIZE_SMALL, 180.0, 1);
      if (label->leader)
        canvas_line (canvas, label->x, label->y,
                     CLAMP (label->x, label->label_x, label->label_x + label->width),
                     label->label_y
                         + (label->label_y < label->y - 8.0   ? 7.0
                            : label->label_y > label->y + 8.0 ? -7.0
                                                              : 0.0),
                     INK_MUTED, 0.8, 1, FALSE);
      canvas_label (canvas, label->label_x, label->label_y, ALIGN_LEFT, SIZE_SMALL, INK,
                    i == points->accent, line[0]);
    }
  if (left_out > 0)
    canvas_note (canvas, g_strdup_printf (canvas->language == HANSA_ZH
                                              ? "%u 个点因位置拥挤未标名称。"
                                              : "%u points are not named for want of room.",
                                          left_out));
}

static double
draw (Points *points, gboolean grouped)
{
  ChartCanvas *canvas = points->canvas;
  const HansaResultChart *chart = canvas->chart;
  ChartRange x_range = CHART_RANGE_NONE, y_range = CHART_RANGE_NONE;
  double top = canvas_title (canvas);

  for (guint i = 0; i < points->n; i++)
    {
      range_add (&x_range, points->x->cells[points->rows[i]]);
      range_add (&y_range, points->y->cells[points->rows[i]]);
    }
  guint upright = canvas_reference_range (canvas, chart->x_lines, points->x, &x_range);
  canvas_reference_range (canvas, chart->y_lines, points->y, &y_range);
  g_autoptr (ChartAxis) x
      = axis_new (x_range, 8, chart->flags & HANSA_LOG_X ? AXIS_LOG : 0, points->x);
  g_autoptr (ChartAxis) y
      = axis_new (y_range, 7, chart->flags & HANSA_LOG_Y ? AXIS_LOG : 0, points->y);
  if (grouped)
    top = canvas_legend (canvas, top, LEGEND_POINT, points->names->names->len,
                         (const char *const *)points->names->names->pdata, points->inks);
  canvas->top = top + 36.0 + 15.0 * upright;
  canvas->bottom = canvas->top + 420.0;
  canvas->left = CHART_PAD + axis_widest (y, SIZE_SMALL) + 12.0;
  double room = canvas_reference_room (canvas, chart->y_lines, points->y);
  canvas->right = canvas->width - CHART_PAD - 4.0 - (room > 0.0 ? room + 8.0 : 8.0);
  canvas->aside = canvas->right + 6.0;
  canvas->x_low = x->low;
  canvas->x_high = x->high;
  canvas->y_low = y->low;
  canvas->y_high = y->high;
  canvas->log_x = x->is_log;
  canvas->log_y = y->is_log;
  canvas_axis_x (canvas, x, points->x->title, TRUE);
  canvas_axis_y (canvas, y, NULL, TRUE);
  canvas_label (canvas, CHART_PAD, canvas->top - 18.0 - 15.0 * upright, ALIGN_LEFT, SIZE_SMALL,
                INK_SOFT, FALSE, points->y->title);
  canvas_references (canvas, chart->x_lines, points->x, FALSE);
  canvas_references (canvas, chart->y_lines, points->y, TRUE);
  draw_points (points, grouped);
  write_labels (points);
  return canvas->bottom + 46.0;
}

gboolean
chart_scatter (ChartCanvas *canvas, double *end, GError **error)
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
  g_autofree ChartInk *inks = group_inks (canvas, names, group, NULL);
  Points points
      = { canvas, x, y,        names, inks, hansa_result_table_column (canvas->table, chart->label),
          NULL,   0, G_MAXUINT };
  collect (&points);
  gboolean any = points.n > 0;
  if (any)
    *end = draw (&points, group != G_MAXUINT);
  g_free (points.rows);
  return any ? TRUE : chart_nothing (chart, error);
}
