/* SPDX-License-Identifier: MIT
 *
 * Where labels go. Nothing random, and ties go by position, so that the same
 * chart is always drawn the same.
 */
#include "chart/kinds.h"

#include <math.h>
#include <stdlib.h>

#define LABEL_HEIGHT 15.0
#define POINT_RADIUS 5.5

typedef struct
{
  double at; /* where it wants to be */
  guint which;
} Wish;

static int
compare_wishes (gconstpointer a, gconstpointer b)
{
  const Wish *left = a;
  const Wish *right = b;

  if (left->at < right->at || left->at > right->at)
    return left->at < right->at ? -1 : 1;
  return left->which < right->which ? -1 : left->which > right->which;
}

/* Isotonic regression (pool adjacent violators) of the wishes less their rank
 * times the gap: the least total move. */
void
spread (double *positions, guint n, double gap, double low, double high)
{
  g_autofree Wish *wishes = g_new (Wish, n + 1);
  g_autofree double *mean = g_new (double, n + 1);
  g_autofree guint *count = g_new (guint, n + 1);
  guint blocks = 0;

  if (n == 0)
    return;
  gap = n > 1 ? MIN (gap, (high - low) / (n - 1)) : gap;
  for (guint i = 0; i < n; i++)
    wishes[i] = (Wish){ positions[i], i };
  qsort (wishes, n, sizeof *wishes, compare_wishes);
  for (guint i = 0; i < n; i++)
    {
      mean[blocks] = wishes[i].at - gap * i;
      count[blocks++] = 1;
      while (blocks > 1 && mean[blocks - 2] > mean[blocks - 1])
        {
          guint both = count[blocks - 2] + count[blocks - 1];
          mean[blocks - 2]
              = (mean[blocks - 2] * count[blocks - 2] + mean[blocks - 1] * count[blocks - 1])
                / both;
          count[blocks - 2] = both;
          blocks--;
        }
    }
  for (guint block = 0, i = 0; block < blocks; block++)
    for (guint k = 0; k < count[block]; k++, i++)
      positions[wishes[i].which] = CLAMP (mean[block], low, high - gap * (n - 1)) + gap * i;
}

static gboolean
boxes_meet (double ax, double ay, double aw, double bx, double by, double bw)
{
  return ax < bx + bw && bx < ax + aw && fabs (ay - by) < LABEL_HEIGHT;
}

static gboolean
hides_point (double x, double y, double width, const ChartPlacement *point)
{
  return point->x > x - POINT_RADIUS && point->x < x + width + POINT_RADIUS
         && fabs (point->y - y) < LABEL_HEIGHT / 2.0 + POINT_RADIUS - 1.0;
}

static gboolean
crosses_line (const ChartCanvas *canvas, double x, double y, double width)
{
  for (guint i = 0; i < canvas->upright->len; i++)
    {
      double line = g_array_index (canvas->upright, double, i);
      if (line > x - 2.0 && line < x + width + 2.0)
        return TRUE;
    }
  for (guint i = 0; i < canvas->level->len; i++)
    if (fabs (g_array_index (canvas->level, double, i) - y) < LABEL_HEIGHT / 2.0)
      return TRUE;
  return FALSE;
}

static gboolean
is_free (const ChartPlacement *labels, guint n, const ChartCanvas *canvas, double x, double y,
         double width)
{
  if (x < canvas->left + 2.0 || x + width > canvas->right + 4.0 || y - 8.0 < canvas->top
      || y + 8.0 > canvas->bottom)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (hides_point (x, y, width, &labels[i])
        || (labels[i].placed
            && boxes_meet (x, y, width, labels[i].label_x, labels[i].label_y, labels[i].width)))
      return FALSE;
  return TRUE;
}

/* A leader must not run through another point: it would name that one. */
static gboolean
leader_is_clear (const ChartPlacement *labels, guint n, const ChartPlacement *label, double x,
                 double y)
{
  double dx = CLAMP (label->x, x, x + label->width) - label->x;
  double dy = y - label->y;
  double length = sqrt (dx * dx + dy * dy);

  for (guint i = 0; i < n; i++)
    {
      double px = labels[i].x - label->x;
      double py = labels[i].y - label->y;
      double along = (px * dx + py * dy) / length;
      double off = fabs (px * dy - py * dx) / length;
      if (&labels[i] != label && along > 2.0 && along < length + 2.0 && off < POINT_RADIUS + 1.0)
        return FALSE;
    }
  return TRUE;
}

/* Right, left, above, below, then the corners; rings further out need a line.
 * A label may lie on a reference line only where all else is taken. */
static gboolean
place_one (ChartPlacement *labels, guint n, const ChartCanvas *canvas, ChartPlacement *label,
           guint n_rings, gboolean may_cross)
{
  static const double ways[][2] = { { 1, 0 },      { -1, 0 },    { 0, -1 },      { 0, 1 },
                                    { 0.8, -0.7 }, { 0.8, 0.7 }, { -0.8, -0.7 }, { -0.8, 0.7 } };
  static const double rings[] = { 8.0, 14.0, 24.0, 36.0, 50.0 };

  for (guint ring = 0; ring < MIN (n_rings, G_N_ELEMENTS (rings)); ring++)
    for (guint way = 0; way < G_N_ELEMENTS (ways); way++)
      {
        double dx = ways[way][0] * rings[ring];
        double dy = ways[way][1] * (rings[ring] + 5.0);
        double x = label->x + dx;
        x -= dx < 0.0 ? label->width : dx > 0.0 ? 0.0 : label->width / 2.0;
        if (!is_free (labels, n, canvas, x, label->y + dy, label->width)
            || (ring >= 2 && !leader_is_clear (labels, n, label, x, label->y + dy))
            || (!may_cross && crosses_line (canvas, x, label->y + dy, label->width)))
          continue;
        label->label_x = x;
        label->label_y = label->y + dy;
        label->placed = TRUE;
        label->leader = ring >= 2;
        return TRUE;
      }
  return FALSE;
}

/* Points at the rim are the ones that readers ask about: they choose first. */
static double
centrality (const ChartPlacement *label, const ChartCanvas *canvas)
{
  double dx = (label->x - (canvas->left + canvas->right) / 2.0) / (canvas->right - canvas->left);
  double dy = (label->y - (canvas->top + canvas->bottom) / 2.0) / (canvas->bottom - canvas->top);
  return -(dx * dx + dy * dy);
}

guint
place_labels (ChartPlacement *labels, guint n, const ChartCanvas *canvas, guint first)
{
  g_autofree Wish *order = g_new (Wish, n + 1);
  guint left_out = 0;

  for (guint i = 0; i < n; i++)
    order[i] = (Wish){ i == first ? -G_MAXDOUBLE : centrality (&labels[i], canvas), i };
  qsort (order, n, sizeof *order, compare_wishes);
  for (guint i = 0; i < n; i++)
    {
      ChartPlacement *label = &labels[order[i].which];
      if (label->width > 0.0 && !place_one (labels, n, canvas, label, 3, FALSE)
          && !place_one (labels, n, canvas, label, 3, TRUE)
          && !place_one (labels, n, canvas, label, 5, TRUE))
        left_out++;
    }
  return left_out;
}
