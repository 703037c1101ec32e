/* SPDX-License-Identifier: MIT
 *
 * Title, legend, axes and reference lines: what every kind of chart shares.
 */
#include "base/units.h"
#include "chart/canvas.h"

#include <math.h>

void
canvas_fit_width (ChartCanvas *canvas, double width)
{
  canvas->width = CLAMP (ceil (width), 560.0, CHART_WIDTH);
}

double
canvas_title (ChartCanvas *canvas)
{
  const char *title = canvas_text (canvas, canvas->chart->title);
  double y = 26.0;

  if (*title == '\0')
    return CHART_PAD;
  g_auto (GStrv) lines
      = chart_text_wrap (title, SIZE_TITLE * 1.05, canvas->width - 2.0 * CHART_PAD, 3);
  for (char **line = lines; *line != NULL; line++, y += 24.0)
    canvas_label (canvas, CHART_PAD, y, ALIGN_LEFT, SIZE_TITLE, INK, TRUE, *line);
  return y - 4.0;
}

static void
put_swatch (ChartCanvas *canvas, double x, double y, ChartLegendShape shape, ChartInk ink)
{
  if (shape == LEGEND_BOX)
    canvas_box (canvas, x, y - 6.0, x + 13.0, y + 6.0, ink, canvas->monochrome);
  else if (shape == LEGEND_POINT)
    canvas_mark (canvas, x + 6.0, y, ink, 0.8);
  else
    canvas_line (canvas, x - 4.0, y, x + 14.0, y, ink.colour, 2.2, ink.dash, TRUE);
}

double
canvas_legend (ChartCanvas *canvas, double y, ChartLegendShape shape, guint n,
               const char *const *names, const ChartInk *inks)
{
  double x = CHART_PAD + (shape == LEGEND_LINE ? 4.0 : 0.0);
  double start = x;

  y += 10.0;
  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) name = chart_text_wrap (names[i], SIZE_SMALL, canvas->width / 2.0, 1);
      double width = chart_text_width (name[0], SIZE_SMALL);
      if (x > start && x + 20.0 + width > canvas->width - CHART_PAD)
        {
          x = start;
          y += 20.0;
        }
      put_swatch (canvas, x, y, shape, inks[i]);
      canvas_label (canvas, x + 20.0, y, ALIGN_LEFT, SIZE_SMALL, INK, FALSE, name[0]);
      x += 20.0 + width + 22.0;
    }
  return y + 12.0;
}

void
canvas_axis_x (ChartCanvas *canvas, const ChartAxis *axis, const char *title, gboolean grid)
{
  double free_from = -1.0;

  for (guint i = 0; i < axis->ticks->len; i++)
    {
      const ChartTick *tick = &g_array_index (axis->ticks, ChartTick, i);
      double x = canvas_x (canvas, tick->at);
      double half = chart_text_width (tick->text, SIZE_SMALL) / 2.0;

      if (x < canvas->left - 0.5 || x > canvas->right + 0.5)
        continue;
      if (grid)
        canvas_line (canvas, x, canvas->top, x, canvas->bottom, INK_GRID, 1.0, 1, FALSE);
      if (x - half < free_from)
        continue; /* log axes crowd their tics */
      canvas_label (canvas, x, canvas->bottom + 14.0, ALIGN_CENTER, SIZE_SMALL, INK_SOFT, FALSE,
                    tick->text);
      free_from = x + half + 6.0;
    }
  if (title != NULL)
    {
      g_auto (GStrv) lines = chart_text_wrap (title, SIZE_SMALL, canvas->right - canvas->left, 1);
      canvas_label (canvas, (canvas->left + canvas->right) / 2.0, canvas->bottom + 34.0,
                    ALIGN_CENTER, SIZE_SMALL, INK_SOFT, FALSE, lines[0]);
    }
}

void
canvas_axis_y (ChartCanvas *canvas, const ChartAxis *axis, const char *title, gboolean grid)
{
  double free_from = G_MAXDOUBLE;

  for (guint i = 0; i < axis->ticks->len; i++)
    {
      const ChartTick *tick = &g_array_index (axis->ticks, ChartTick, i);
      double y = canvas_y (canvas, tick->at);

      if (y < canvas->top - 0.5 || y > canvas->bottom + 0.5)
        continue;
      if (grid)
        canvas_line (canvas, canvas->left, y, canvas->right, y,
                     tick->at < 0.0 || tick->at > 0.0 ? INK_GRID : INK_ZERO, 1.0, 1, FALSE);
      if (y + 7.0 > free_from)
        continue;
      canvas_label (canvas, canvas->left - 8.0, y, ALIGN_RIGHT, SIZE_SMALL, INK_SOFT, FALSE,
                    tick->text);
      free_from = y - 8.0;
    }
  /* Level and above the axis: Chinese does not turn well. */
  if (title != NULL)
    {
      g_auto (GStrv) lines
          = chart_text_wrap (title, SIZE_SMALL, canvas->width - 2.0 * CHART_PAD, 1);
      canvas_label (canvas, CHART_PAD, canvas->top - 18.0, ALIGN_LEFT, SIZE_SMALL, INK_SOFT, FALSE,
                    lines[0]);
    }
}

static gboolean
reference (const ChartCanvas *canvas, const char *id, const ChartMeasure *measure, double *at)
{
  const HansaResultMetric *metric = hansa_result_metric (canvas->result, id);
  double factor = 1.0;

  if (metric == NULL || !hansa_is_defined (metric->value) || !isfinite (metric->value.number))
    return FALSE;
  /* A metric in another unit than the column's would stand at a wrong place. */
  if (!hansa_unit_factor (metric->unit, measure->column->unit, &factor))
    return FALSE;
  *at = metric->value.number * factor / measure->scale;
  return TRUE;
}

guint
canvas_reference_range (const ChartCanvas *canvas, GStrv ids, const ChartMeasure *measure,
                        ChartRange *range)
{
  guint n = 0;
  double at;

  for (char **id = ids; id != NULL && *id != NULL; id++)
    if (reference (canvas, *id, measure, &at))
      {
        range_add (range, at);
        n++;
      }
  return n;
}

static char *
reference_name (const ChartCanvas *canvas, const char *id)
{
  const HansaResultMetric *metric = hansa_result_metric (canvas->result, id);
  g_autofree char *value = hansa_format_value (metric->value, metric->unit, metric->decimals,
                                               metric->why, canvas->language);
  return g_strdup_printf ("%s %s", canvas_text (canvas, metric->title), value);
}

/* Names of upright lines stand above the plot, side by side or stepped. */
static void
name_upright (ChartCanvas *canvas, double x, guint nth, const char *name)
{
  double width = chart_text_width (name, SIZE_NOTE);
  gboolean fits = x + 4.0 + width < canvas->width - CHART_PAD;

  canvas_label (canvas, fits ? x + 3.0 : x - 3.0, canvas->top - 9.0 - 15.0 * nth,
                fits ? ALIGN_LEFT : ALIGN_RIGHT, SIZE_NOTE, INK_SOFT, FALSE, name);
}

/* Names of level lines stand beside the plot, or above the line within it. */
static void
name_level (ChartCanvas *canvas, double y, const char *name)
{
  if (!(canvas->aside > 0.0))
    {
      canvas_label (canvas, canvas->right, y - 9.0, ALIGN_RIGHT, SIZE_NOTE, INK_SOFT, FALSE, name);
      return;
    }
  g_auto (GStrv) lines
      = chart_text_wrap (name, SIZE_NOTE, canvas->width - CHART_PAD - canvas->aside, 3);
  guint n = g_strv_length (lines);
  for (guint i = 0; i < n; i++)
    canvas_label (canvas, canvas->aside, y + 14.0 * (i - (n - 1) / 2.0), ALIGN_LEFT, SIZE_NOTE,
                  INK_SOFT, FALSE, lines[i]);
}

double
canvas_reference_room (const ChartCanvas *canvas, GStrv ids, const ChartMeasure *measure)
{
  double widest = 0.0, at;

  for (char **id = ids; id != NULL && *id != NULL; id++)
    if (reference (canvas, *id, measure, &at))
      {
        g_autofree char *name = reference_name (canvas, *id);
        widest = MAX (widest, chart_text_width (name, SIZE_NOTE));
      }
  return MIN (widest, 110.0);
}

void
canvas_gap_note (ChartCanvas *canvas)
{
  canvas_note (canvas, g_strdup (canvas->language == HANSA_ZH ? "–：没有数据或无法计算。"
                                                              : "–: no data, or undefined."));
}

void
canvas_references (ChartCanvas *canvas, GStrv ids, const ChartMeasure *measure, gboolean horizontal)
{
  guint nth = 0;
  double at;

  for (char **id = ids; id != NULL && *id != NULL; id++)
    {
      if (!reference (canvas, *id, measure, &at))
        continue;
      g_autofree char *name = reference_name (canvas, *id);
      double pixel = horizontal ? canvas_y (canvas, at) : canvas_x (canvas, at);
      if (!isfinite (pixel))
        continue; /* zero on a logarithmic axis */
      if (horizontal)
        {
          g_array_append_val (canvas->level, pixel);
          canvas_line (canvas, canvas->left, pixel, canvas->right, pixel, INK_SOFT, 1.2, 2, TRUE);
          name_level (canvas, pixel, name);
        }
      else
        {
          g_array_append_val (canvas->upright, pixel);
          canvas_line (canvas, pixel, canvas->top - 4.0 - 15.0 * nth, pixel, canvas->bottom,
                       INK_SOFT, 1.2, 2, TRUE);
          name_upright (canvas, pixel, nth++, name);
        }
    }
}
