/* SPDX-License-Identifier: MIT
 *
 * Concentration of a total in few parts, and specialisation against a
 * reference. Sums are exact, so the order of parts does not matter.
 */
#include "internal.h"
#include <stdlib.h>

/* Amounts that are checked, with their total. */
typedef struct Shares
{
  Sample sample;
  double total;
} Shares;

static HansaReason
make_shares (Shares *shares, const double *x, size_t n)
{
  HansaReason reason = hansa_priv_sample (&shares->sample, x, NULL, n, 0);
  if (reason != HANSA_DEFINED)
    return reason;
  Exact sum;
  exact_init (&sum);
  for (size_t i = 0; i < n; i++)
    exact_add (&sum, sample_x (&shares->sample, i));
  shares->total = hansa_priv_exact_value (&sum);
  return isfinite (shares->total) ? HANSA_DEFINED : HANSA_NOT_FINITE;
}

static inline double
share_of (const Shares *shares, size_t i)
{
  return sample_x (&shares->sample, i) / shares->total;
}

HansaValue
hansa_hhi (const double *x, size_t n)
{
  Shares shares;
  HansaReason reason = make_shares (&shares, x, n);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  Exact sum;
  exact_init (&sum);
  for (size_t i = 0; i < n; i++)
    exact_add (&sum, share_of (&shares, i) * share_of (&shares, i));
  return hansa_value (fmin (hansa_priv_exact_value (&sum), 1.0));
}

HansaValue
hansa_hhi_normalised (const double *x, size_t n)
{
  HansaValue hhi = hansa_hhi (x, n);
  if (!hansa_is_defined (hhi))
    return hhi;
  if (n < 2)
    return hansa_undefined (HANSA_TOO_FEW);
  double least = 1.0 / (double)n;
  return hansa_value (fmax ((hhi.number - least) / (1.0 - least), 0.0));
}

HansaValue
hansa_equivalent_number (const double *x, size_t n)
{
  HansaValue hhi = hansa_hhi (x, n);
  return hansa_is_defined (hhi) ? hansa_value (1.0 / hhi.number) : hhi;
}

HansaValue
hansa_shannon (const double *x, size_t n)
{
  Shares shares;
  HansaReason reason = make_shares (&shares, x, n);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  Exact sum;
  exact_init (&sum);
  for (size_t i = 0; i < n; i++)
    {
      double s = share_of (&shares, i);
      if (s > 0.0)
        exact_add (&sum, -s * log (s));
    }
  return hansa_value (fmax (hansa_priv_exact_value (&sum), 0.0));
}

/* The logarithm of the Hill number, for orders near 1:
 * -ln (1 + sum s (s^(q - 1) - 1)) / (q - 1). */
static double
log_hill_near_one (const Shares *shares, size_t n, double q)
{
  double b = q - 1.0;
  Exact sum;
  exact_init (&sum);
  for (size_t i = 0; i < n; i++)
    {
      double s = share_of (shares, i);
      if (s > 0.0)
        exact_add (&sum, s * log (s) * expm1_ratio (b * log (s)));
    }
  double u = hansa_priv_exact_value (&sum);
  return -u * log1p_ratio (b * u);
}

/* The same for other orders, with the largest share as the unit, so that no
 * power overflows or vanishes. */
static double
log_hill (const Shares *shares, size_t n, double q)
{
  Exact sum;
  exact_init (&sum);
  for (size_t i = 0; i < n; i++)
    {
      double x = sample_x (&shares->sample, i);
      if (x > 0.0)
        exact_add (&sum, pow (x / shares->sample.max, q));
    }
  double largest = shares->sample.max / shares->total;
  return (q * log (largest) + log (hansa_priv_exact_value (&sum))) / (1.0 - q);
}

static size_t
count_positive (const double *x, size_t n)
{
  size_t count = 0;
  for (size_t i = 0; i < n; i++)
    count += x[i] > 0.0;
  return count;
}

HansaValue
hansa_hill (const double *x, size_t n, double order)
{
  Shares shares;
  if (!(order >= 0.0))
    return hansa_undefined (HANSA_BAD_ARGUMENT);
  HansaReason reason = make_shares (&shares, x, n);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  if (order == 0.0)
    return hansa_value ((double)count_positive (x, n));
  if (!isfinite (order))
    return hansa_value (shares.total / shares.sample.max);
  if (fabs (order - 1.0) < 0.5)
    return hansa_value (exp (log_hill_near_one (&shares, n, order)));
  return hansa_value (exp (log_hill (&shares, n, order)));
}

HansaValue
hansa_top_share (const double *x, size_t n, size_t k, double tolerance, size_t *tied)
{
  Shares shares;
  if (tied != NULL)
    *tied = 0;
  if (k == 0 || !(tolerance >= 0.0 && tolerance < 1.0))
    return hansa_undefined (HANSA_BAD_ARGUMENT);
  HansaReason reason = make_shares (&shares, x, n);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  if (k >= n)
    return hansa_value (1.0);
  uint64_t *keys = hansa_priv_sorted_keys (x, n, shares.sample.x_scale);
  if (keys == NULL)
    return hansa_undefined (HANSA_NO_MEMORY);
  Exact sum;
  exact_init (&sum);
  for (size_t i = n - k; i < n; i++)
    exact_add (&sum, value_of (keys[i]));
  double last = value_of (keys[n - k]);
  for (size_t i = n - k; tied != NULL && i-- > 0 && last - value_of (keys[i]) <= tolerance * last;)
    ++*tied;
  free (keys);
  return hansa_value (fmin (hansa_priv_exact_value (&sum) / shares.total, 1.0));
}

HansaValue
hansa_location_quotient (double part, double total, double reference_part, double reference_total)
{
  double given[4] = { part, total, reference_part, reference_total };
  Sample sample;
  HansaReason reason = hansa_priv_sample (&sample, given, NULL, 4, ALLOW_ZERO_TOTAL);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  if (part > total || reference_part > reference_total)
    return hansa_undefined (HANSA_BAD_ARGUMENT);
  if (total == 0.0 || reference_part == 0.0)
    return hansa_undefined (HANSA_ZERO_DENOMINATOR);
  return hansa_value (part / total / (reference_part / reference_total));
}

HansaValue
hansa_krugman (const double *x, const double *reference, size_t n)
{
  Shares own, other;
  HansaReason reason = make_shares (&own, x, n);
  if (reason == HANSA_DEFINED)
    reason = make_shares (&other, reference, n);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  Exact sum;
  exact_init (&sum);
  for (size_t i = 0; i < n; i++)
    exact_add (&sum, fabs (share_of (&own, i) - share_of (&other, i)));
  return hansa_value (fmin (hansa_priv_exact_value (&sum), 2.0));
}

HansaValue
hansa_specialisation (const double *x, const double *reference, size_t n)
{
  HansaValue krugman = hansa_krugman (x, reference, n);
  return hansa_is_defined (krugman) ? hansa_value (krugman.number / 2.0) : krugman;
}

HansaValue
hansa_hachman (const double *x, const double *reference, size_t n)
{
  Shares own, other;
  HansaReason reason = make_shares (&own, x, n);
  if (reason == HANSA_DEFINED)
    reason = make_shares (&other, reference, n);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  Exact sum;
  exact_init (&sum);
  for (size_t i = 0; i < n; i++)
    {
      double s = share_of (&own, i), r = share_of (&other, i);
      if (s > 0.0 && r == 0.0)
        return hansa_undefined (HANSA_ZERO_DENOMINATOR);
      if (s > 0.0)
        exact_add (&sum, s / r * s);
    }
  return hansa_value (fmin (1.0 / hansa_priv_exact_value (&sum), 1.0));
}
