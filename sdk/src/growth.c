/* SPDX-License-Identifier: MIT
 *
 * Growth, its parts, and differences of rates. All rates are ratios.
 */
#include "internal.h"

static bool
all_finite (double a, double b, double c, double d)
{
  return isfinite (a) && isfinite (b) && isfinite (c) && isfinite (d);
}

/* Reasons that a base and a value share. */
static HansaReason
check_pair (double base, double value)
{
  if (!all_finite (base, value, 0.0, 0.0))
    return HANSA_NOT_FINITE;
  return base > 0.0 ? HANSA_DEFINED : HANSA_BASE_NOT_POSITIVE;
}

HansaValue
hansa_growth (double base, double value)
{
  HansaReason reason = check_pair (base, value);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  return hansa_value ((value - base) / base);
}

HansaValue
hansa_log_growth (double base, double value)
{
  HansaReason reason = check_pair (base, value);
  if (reason == HANSA_DEFINED && value == 0.0)
    reason = HANSA_ZERO_VALUE;
  if (reason == HANSA_DEFINED && value < 0.0)
    reason = HANSA_NEGATIVE_VALUE;
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  double d = (value - base) / base;
  return hansa_value (fabs (d) < 0.5 ? log1p (d) : log (value) - log (base));
}

HansaValue
hansa_cagr (double base, double value, double periods)
{
  HansaReason reason = check_pair (base, value);
  if (reason == HANSA_DEFINED && value < 0.0)
    reason = HANSA_NEGATIVE_VALUE;
  if (reason == HANSA_DEFINED && !(periods > 0.0 && periods <= DBL_MAX))
    reason = HANSA_BAD_ARGUMENT;
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  if (value == 0.0)
    return hansa_value (-1.0);
  return hansa_value (expm1 (hansa_log_growth (base, value).number / periods));
}

HansaValue
hansa_annualised_growth (double growth, double years)
{
  if (!isfinite (growth))
    return hansa_undefined (HANSA_NOT_FINITE);
  if (growth < -1.0)
    return hansa_undefined (HANSA_NEGATIVE_VALUE);
  if (!(years > 0.0 && years <= DBL_MAX))
    return hansa_undefined (HANSA_BAD_ARGUMENT);
  if (growth == -1.0)
    return hansa_value (-1.0);
  return hansa_value (expm1 (log1p (growth) / years));
}

HansaValue
hansa_growth_contribution (double base, double value, double total_base)
{
  if (!all_finite (base, value, total_base, 0.0))
    return hansa_undefined (HANSA_NOT_FINITE);
  if (!(total_base > 0.0))
    return hansa_undefined (HANSA_BASE_NOT_POSITIVE);
  return hansa_value ((value - base) / total_base);
}

HansaValue
hansa_growth_share (double base, double value, double total_base, double total_value)
{
  if (!all_finite (base, value, total_base, total_value))
    return hansa_undefined (HANSA_NOT_FINITE);
  if (total_value == total_base)
    return hansa_undefined (HANSA_ZERO_DENOMINATOR);
  return hansa_value ((value - base) / (total_value - total_base));
}

HansaValue
hansa_share_change (double base, double value, double total_base, double total_value)
{
  if (!all_finite (base, value, total_base, total_value))
    return hansa_undefined (HANSA_NOT_FINITE);
  if (total_base < 0.0 || total_value < 0.0)
    return hansa_undefined (HANSA_NEGATIVE_VALUE);
  if (total_base == 0.0 || total_value == 0.0)
    return hansa_undefined (HANSA_ZERO_DENOMINATOR);
  return hansa_value (value / total_value - base / total_base);
}

HansaValue
hansa_implied_base (double value, double growth)
{
  if (!all_finite (value, growth, 0.0, 0.0))
    return hansa_undefined (HANSA_NOT_FINITE);
  if (growth == -1.0)
    return hansa_undefined (HANSA_ZERO_DENOMINATOR);
  double base = value / (1.0 + growth);
  if (!(base > 0.0))
    return hansa_undefined (HANSA_BASE_NOT_POSITIVE);
  return hansa_value (base);
}

HansaValue
hansa_gap (HansaValue rate, HansaValue reference)
{
  if (!hansa_is_defined (rate))
    return rate;
  if (!hansa_is_defined (reference))
    return reference;
  return hansa_value (rate.number - reference.number);
}

HansaValue
hansa_double_difference (double before, double after, double reference_before,
                         double reference_after)
{
  if (!all_finite (before, after, reference_before, reference_after))
    return hansa_undefined (HANSA_NOT_FINITE);
  return hansa_value ((after - before) - (reference_after - reference_before));
}
