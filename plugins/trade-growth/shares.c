/* SPDX-License-Identifier: MIT
 *
 * A region against the total.
 */
#include "study.h"

#include <hansa/stats.h>

HansaValue
measure_percent (HansaValue ratio)
{
  return hansa_is_defined (ratio) ? hansa_value (100.0 * ratio.number) : ratio;
}

/* Of two figures, or the reason of the first that has none. */
typedef HansaValue (*OfPair) (double base, double value, double total_base, double total_value);

static HansaValue
against_total (const Line *line, const Line *total, OfPair measure)
{
  const HansaValue parts[] = { line->base, line->value, total->base, total->value };
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    if (!hansa_is_defined (parts[i]))
      return parts[i];
  return measure (line->base.number, line->value.number, total->base.number, total->value.number);
}

static HansaValue
contribution_of (double base, double value, double total_base, double total_value)
{
  (void)total_value;
  return hansa_growth_contribution (base, value, total_base);
}

static HansaValue
rest_of (double base, double value, double total_base, double total_value)
{
  return hansa_growth (total_base - base, total_value - value);
}

HansaValue
measure_against (const Line *line, const Line *total, Against what)
{
  static const OfPair measures[] = { [CONTRIBUTION] = contribution_of,
                                     [GROWTH_SHARE] = hansa_growth_share,
                                     [SHARE_CHANGE] = hansa_share_change,
                                     [REST_GROWTH] = rest_of };
  return against_total (line, total, measures[what]);
}

HansaValue
measure_share (HansaValue part, HansaValue whole)
{
  if (!hansa_is_defined (part))
    return part;
  if (!hansa_is_defined (whole))
    return whole;
  if (whole.number < 0.0)
    return hansa_undefined (HANSA_NEGATIVE_VALUE);
  return whole.number > 0.0 ? hansa_value (part.number / whole.number)
                            : hansa_undefined (HANSA_ZERO_DENOMINATOR);
}
