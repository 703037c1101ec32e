/* SPDX-License-Identifier: MIT
 *
 * Axis ranges and tics, chosen here rather than by gnuplot, so that tic labels
 * have the same digits and units as the values in the chart.
 */
#include "chart/axis.h"

#include "base/units.h"
#include "chart/theme.h"

#include <math.h>

static void
clear_tick (gpointer data)
{
  g_free (((ChartTick *)data)->text);
}

static void
add_tick (ChartAxis *axis, double at, char *text)
{
  ChartTick tick = { at, text };
  g_array_append_val (axis->ticks, tick);
}

/* The least 1, 2 or 5 times a power of ten that is not below `rough`. */
static double
nice_step (double rough)
{
  double power = pow (10.0, floor (log10 (rough)));
  double share = rough / power;
  return (share <= 1.0 ? 1.0 : share <= 2.0 ? 2.0 : share <= 5.0 ? 5.0 : 10.0) * power;
}

static void
linear_ticks (ChartAxis *axis, guint tics, gboolean snug, gboolean whole)
{
  double step = nice_step ((axis->high - axis->low) / tics);
  if (whole)
    step = MAX (step, 1.0);
  double first = floor (axis->low / step + 1e-9);
  double last = ceil (axis->high / step - 1e-9);
  guint decimals = step >= 1.0 ? 0 : (guint)MIN (12.0, ceil (-log10 (step) - 1e-9));

  if (snug)
    {
      first = ceil (axis->low / step - 1e-9);
      last = floor (axis->high / step + 1e-9);
    }
  else
    {
      axis->low = first * step;
      axis->high = last * step;
    }
  for (double k = first; k <= last + 0.5 && axis->ticks->len < 100; k += 1.0)
    add_tick (axis, k * step, hansa_format_plain (k * step, decimals));
}

static void
log_ticks (ChartAxis *axis)
{
  static const double parts[] = { 1.0, 2.0, 5.0 };
  double decades = log10 (axis->high / axis->low);

  if (decades < 0.5)
    {
      axis->low *= pow (10.0, -(0.5 - decades) / 2.0);
      axis->high *= pow (10.0, (0.5 - decades) / 2.0);
    }
  double margin = pow (axis->high / axis->low, 0.04);
  axis->low /= margin;
  axis->high *= margin;
  int last = (int)ceil (log10 (axis->high));
  for (int power = (int)floor (log10 (axis->low)); power <= last; power++)
    for (guint i = 0; i < (decades > 3.0 ? 1 : G_N_ELEMENTS (parts)); i++)
      {
        double at = parts[i] * pow (10.0, power);
        if (at >= axis->low && at <= axis->high)
          add_tick (axis, at, hansa_format_plain (at, power < 0 ? (guint)-power : 0));
      }
}

/* Days from 1970-01-01 to the first of that month. */
static double
days_of (int year, int month)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, (GDateMonth)month, (GDateYear)CLAMP (year, 1, 9999));
  return (double)g_date_get_julian (&date) - 719163.0;
}

/* Years, or months where the whole range is short. */
static void
date_ticks (ChartAxis *axis, guint tics)
{
  /* The years 1 to 9999: a plugin may answer any integer as a date. */
  int first = 1970 + (int)floor (CLAMP (axis->low, -719162.0, 2932896.0) / 365.2425);
  int last = 1970 + (int)ceil (CLAMP (axis->high, -719162.0, 2932896.0) / 365.2425);
  int step = (int)MAX (1.0, nice_step (MAX ((double)(last - first) / tics, 0.1)));
  gboolean months = axis->high - axis->low < 800.0;
  int months_step = axis->high - axis->low < 250.0 ? 1 : 3;

  for (int year = first - first % step; year <= last && axis->ticks->len < 100; year += step)
    for (int month = 1; month <= (months ? 12 : 1); month += months_step)
      {
        double at = days_of (year, month);
        if (at < axis->low - 0.5 || at > axis->high + 0.5)
          continue;
        add_tick (axis, at,
                  months ? g_strdup_printf ("%d-%02d", year, month) : g_strdup_printf ("%d", year));
      }
}

static void
year_ticks (ChartAxis *axis, guint tics)
{
  double step = MAX (1.0, nice_step (MAX ((axis->high - axis->low) / tics, 0.1)));
  for (double at = ceil (axis->low / step) * step;
       at <= axis->high + 1e-9 && axis->ticks->len < 100; at += step)
    add_tick (axis, at, g_strdup_printf ("%.0f", at));
}

ChartAxis *
axis_new (ChartRange range, guint tics, guint flags, const ChartMeasure *measure)
{
  ChartAxis *axis = g_new0 (ChartAxis, 1);

  axis->ticks = g_array_new (FALSE, FALSE, sizeof (ChartTick));
  g_array_set_clear_func (axis->ticks, clear_tick);
  if (range_is_empty (range))
    range = (ChartRange){ 0.0, 1.0 };
  if (flags & AXIS_ZERO)
    range_add (&range, 0.0);
  axis->low = range.low;
  axis->high = range.high;
  axis->is_log = (flags & AXIS_LOG) && range.low > 0.0;
  if (!axis->is_log && axis->high - axis->low <= 1e-12 * MAX (fabs (axis->low), 1e-300))
    { /* one value: some room around it */
      double room = axis->low < 0.0 || axis->low > 0.0 ? fabs (axis->low) * 0.1 : 1.0;
      axis->low -= measure->is_year ? 1.0 : room;
      axis->high += measure->is_year ? 1.0 : room;
    }
  if (axis->is_log)
    log_ticks (axis);
  else if (measure->is_date)
    date_ticks (axis, tics);
  else if (measure->is_year)
    year_ticks (axis, tics);
  else
    linear_ticks (axis, tics, (flags & AXIS_SNUG) != 0,
                  measure->column != NULL && measure->column->type == HANSA_INTEGER
                      && !(measure->scale > 1.0 || measure->scale < 1.0));
  return axis;
}

void
axis_free (ChartAxis *axis)
{
  g_array_unref (axis->ticks);
  g_free (axis);
}

double
axis_widest (const ChartAxis *axis, double size)
{
  double widest = 0.0;
  for (guint i = 0; i < axis->ticks->len; i++)
    widest = MAX (widest, chart_text_width (g_array_index (axis->ticks, ChartTick, i).text, size));
  return widest;
}
