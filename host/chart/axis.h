/* SPDX-License-Identifier: MIT
 *
 * Axis ranges and tics.
 */
#pragma once

#include "chart/model.h"

G_BEGIN_DECLS

typedef struct
{
  double at;
  char *text;
} ChartTick;

typedef struct
{
  double low, high;
  gboolean is_log;
  GArray *ticks; /* of ChartTick */
} ChartAxis;

enum
{
  AXIS_ZERO = 1 << 0, /* the range contains zero */
  AXIS_LOG = 1 << 1,
  AXIS_SNUG = 1 << 2 /* ends at the data, not at a tic */
};

/* Tics at 1, 2 or 5 times a power of ten, about `tics` of them. */
ChartAxis *axis_new (ChartRange range, guint tics, guint flags, const ChartMeasure *measure);
void axis_free (ChartAxis *axis);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChartAxis, axis_free)
double axis_widest (const ChartAxis *axis, double size);

G_END_DECLS
