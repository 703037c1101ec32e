/* SPDX-License-Identifier: MIT
 *
 * Timelines: one mark an event, a lane a category. Events of one lane that
 * would hide each other are piled up, and the lane grows with the pile.
 */
#include "chart/kinds.h"

#include <math.h>
#include <stdlib.h>

#define MARK 11.0 /* pixels that a mark takes */

typedef struct
{
  gsize row;
  guint lane, group;
  double at;
  guint level; /* in the pile */
} Event;

typedef struct
{
  ChartCanvas *canvas;
  ChartMeasure *x;
  ChartNames *lanes, *groups;
  guint label;
  GArray *events; /* Event, by lane and time */
  guint *depth;   /* piled events of each lane, at most */
  guint *count;
  double *centre; /* pixels */
} Timeline;

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const Event *left = a;
  const Event *right = b;

  if (left->lane != right->lane)
    return left->lane < right->lane ? -1 : 1;
  if (left->at < right->at || left->at > right->at)
    return left->at < right->at ? -1 : 1;
  return left->row < right->row ? -1 : left->row > right->row;
}

static void
collect (Timeline *timeline)
{
  gsize step = thin_step (timeline->canvas, timeline->x->n);

  timeline->events = g_array_new (FALSE, FALSE, sizeof (Event));
  timeline->count = g_new0 (guint, timeline->lanes->names->len + 1);
  for (gsize row = 0; row < timeline->x->n; row += step)
    {
      Event event = { row, timeline->lanes->of_row[row], timeline->groups->of_row[row],
                      timeline->x->cells[row], 0 };
      if (event.lane == G_MAXUINT || isnan (event.at))
        continue;
      g_array_append_val (timeline->events, event);
      timeline->count[event.lane]++;
    }
  g_array_sort (timeline->events, compare_events);
}

/* The lowest level at which nothing is in the way. */
static void
pile (Timeline *timeline)
{
  guint n = timeline->lanes->names->len;
  g_autoptr (GArray) busy = g_array_new (FALSE, TRUE, sizeof (double)); /* per level, until x */
  guint lane = G_MAXUINT;

  timeline->depth = g_new0 (guint, n + 1);
  for (guint i = 0; i < timeline->events->len; i++)
    {
      Event *event = &g_array_index (timeline->events, Event, i);
      double x = canvas_x (timeline->canvas, event->at);
      if (event->lane != lane)
        g_array_set_size (busy, 0);
      lane = event->lane;
      while (event->level < busy->len && g_array_index (busy, double, event->level) > x)
        event->level++;
      if (event->level == busy->len)
        g_array_set_size (busy, busy->len + 1);
      g_array_index (busy, double, event->level) = x + MARK;
      timeline->depth[lane] = MAX (timeline->depth[lane], busy->len);
    }
}

static double
lane_height (const Timeline *timeline, guint lane)
{
  return MAX (30.0, MARK * timeline->depth[lane] + 12.0);
}

static double
event_y (const Timeline *timeline, const Event *event)
{
  double pile = MARK * (timeline->depth[event->lane] - 1.0);
  return timeline->centre[event->lane] + pile / 2.0 - MARK * event->level;
}

static void
place_lanes (Timeline *timeline, double room)
{
  ChartCanvas *canvas = timeline->canvas;
  double y = canvas->top;

  timeline->centre = g_new0 (double, timeline->lanes->names->len + 1);
  for (guint lane = 0; lane < timeline->lanes->names->len; lane++)
    {
      double height = lane_height (timeline, lane);
      g_auto (GStrv) lines
          = chart_text_wrap (names_get (timeline->lanes, lane), SIZE_LABEL, room, 2);
      guint n = g_strv_length (lines);
      timeline->centre[lane] = y + height / 2.0;
      canvas_line (canvas, canvas->left, y, canvas->right, y, INK_GRID, 1.0, 1, FALSE);
      for (guint i = 0; i < n; i++)
        canvas_label (canvas, canvas->left - 10.0,
                      timeline->centre[lane] + (n > 1 ? 14.0 : 16.0) * (i - (n - 1) / 2.0),
                      ALIGN_RIGHT, SIZE_LABEL, INK, FALSE, lines[i]);
      g_autofree char *count = g_strdup_printf ("%u", timeline->count[lane]);
      canvas_label (canvas, canvas->width - CHART_PAD, timeline->centre[lane], ALIGN_RIGHT,
                    SIZE_SMALL, INK_SOFT, FALSE, count);
      y += height;
    }
  canvas->bottom = y;
  canvas->y_low = y; /* pixels downwards are the y of the plot */
  canvas->y_high = canvas->top;
}

static void
draw_group (const Timeline *timeline, guint group, ChartInk ink)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < timeline->events->len; i++)
    {
      const Event *event = &g_array_index (timeline->events, Event, i);
      if (event->group == group)
        CANVAS_ROW (lines, event->at, event_y (timeline, event));
    }
  canvas_plot (timeline->canvas, lines, "using 1:2 with points pt %d ps 0.8 lc rgb '#%06x'",
               ink.point, ink.colour);
}

/* Names of events, where the lane leaves room up to the next one. */
static void
write_labels (const Timeline *timeline)
{
  ChartCanvas *canvas = timeline->canvas;

  for (guint i = 0; i < timeline->events->len && timeline->label != G_MAXUINT; i++)
    {
      const Event *event = &g_array_index (timeline->events, Event, i);
      const Event *next
          = i + 1 < timeline->events->len ? &g_array_index (timeline->events, Event, i + 1) : NULL;
      double x = canvas_x (canvas, event->at) + 8.0;
      double until = next != NULL && next->lane == event->lane ? canvas_x (canvas, next->at) - 8.0
                                                               : canvas->right;
      g_autofree char *text
          = cell_words (canvas->table, event->row, timeline->label, canvas->language);
      if (x + chart_text_width (text, SIZE_NOTE) <= until)
        canvas_label (canvas, x, event_y (timeline, event), ALIGN_LEFT, SIZE_NOTE, INK_SOFT, FALSE,
                      text);
    }
}

static double
draw (Timeline *timeline, const ChartInk *inks, gboolean grouped)
{
  static const HansaText count = { "Count", "次数" };
  ChartCanvas *canvas = timeline->canvas;
  double room = MIN (names_widest (timeline->lanes, SIZE_LABEL), 0.3 * canvas->width);
  double y = canvas_title (canvas);
  g_autoptr (ChartAxis) axis = axis_new (timeline->x->range, 9, AXIS_SNUG, timeline->x);

  if (grouped)
    y = canvas_legend (canvas, y, LEGEND_POINT, timeline->groups->names->len,
                       (const char *const *)timeline->groups->names->pdata, inks);
  double margin = (axis->high - axis->low) * 0.02;
  canvas->left = CHART_PAD + room + 14.0;
  canvas->right = canvas->width - CHART_PAD - 40.0;
  canvas->top = y + 26.0;
  canvas->x_low = axis->low - margin;
  canvas->x_high = axis->high + margin;
  canvas_label (canvas, canvas->width - CHART_PAD, canvas->top - 12.0, ALIGN_RIGHT, SIZE_SMALL,
                INK_SOFT, FALSE, canvas_text (canvas, count));
  pile (timeline);
  place_lanes (timeline, room);
  canvas_line (canvas, canvas->left, canvas->bottom, canvas->right, canvas->bottom, INK_ZERO, 1.0,
               1, FALSE);
  canvas_axis_x (canvas, axis, NULL, TRUE);
  for (guint group = 0; group < timeline->groups->names->len; group++)
    draw_group (timeline, group, grouped ? inks[group] : chart_ink_plain (canvas->monochrome));
  draw_group (timeline, G_MAXUINT, chart_ink_muted (canvas->monochrome));
  write_labels (timeline);
  return canvas->bottom + 26.0;
}

gboolean
chart_timeline (ChartCanvas *canvas, double *end, GError **error)
{
  const HansaResultChart *chart = canvas->chart;
  guint date, category;
  guint group = hansa_result_table_column (canvas->table, chart->group);

  if (!chart_need_number (canvas->table, chart->x, "x", &date, error)
      || !chart_need_any (canvas->table, chart->y, "y", &category, error))
    return FALSE;
  g_autoptr (ChartMeasure) x = measure_new (canvas->table, date, canvas->language);
  g_autoptr (ChartNames) lanes = names_new (canvas->table, category, canvas->language);
  g_autoptr (ChartNames) groups = groups_new (canvas, group);
  g_autofree ChartInk *inks = group_inks (canvas, groups, group, NULL);
  Timeline timeline
      = { canvas, x,    lanes, groups, hansa_result_table_column (canvas->table, chart->label),
          NULL,   NULL, NULL,  NULL };
  collect (&timeline);
  gboolean any = timeline.events->len > 0;
  if (any)
    *end = draw (&timeline, inks, group != G_MAXUINT);
  g_array_unref (timeline.events);
  g_free (timeline.depth);
  g_free (timeline.count);
  g_free (timeline.centre);
  return any ? TRUE : chart_nothing (chart, error);
}
