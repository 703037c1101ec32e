/* SPDX-License-Identifier: MIT
 *
 * Sums, means and variances, and the check that every measure starts with.
 */
#include "internal.h"

/* Passes carries on, so that every chunk but the last is in [0, 2^32). */
void
hansa_priv_exact_carry (Exact *exact)
{
  const int64_t base = INT64_C (1) << 32;
  for (size_t i = 0; i + 1 < EXACT_CHUNKS; i++)
    {
      int64_t rest = exact->chunk[i] % base;
      int64_t carry = exact->chunk[i] / base;
      if (rest < 0)
        {
          rest += base;
          carry--;
        }
      exact->chunk[i] = rest;
      exact->chunk[i + 1] += carry;
    }
  exact->adds = 0;
}

static bool
negate_if_negative (Exact *exact)
{
  if (exact->chunk[EXACT_CHUNKS - 1] >= 0)
    return false;
  for (size_t i = 0; i < EXACT_CHUNKS; i++)
    exact->chunk[i] = -exact->chunk[i];
  hansa_priv_exact_carry (exact);
  return true;
}

/* The leading 64 bits, with a sticky last bit, rounded by the conversion to
 * double. Subnormal results have fewer than 53 bits and are exact. */
double
hansa_priv_exact_value (Exact *exact)
{
  if (exact->not_finite)
    return NAN;
  hansa_priv_exact_carry (exact);
  bool negative = negate_if_negative (exact);
  size_t top = EXACT_CHUNKS - 1;
  while (top > 0 && exact->chunk[top] == 0)
    top--;
  uint64_t chunk[3] = { 0, 0, 0 };
  for (size_t i = 0; i < 3 && i <= top; i++)
    chunk[i] = (uint64_t)exact->chunk[top - i];
  uint64_t bits = (chunk[0] << 32) | chunk[1];
  if (bits == 0)
    return 0.0;
  int shift = 0;
  while (((bits << shift) >> 63) == 0 && shift < 32)
    shift++;
  bits = (bits << shift) | (chunk[2] >> (32 - shift));
  bool sticky = ((chunk[2] << shift) & UINT64_C (0xffffffff)) != 0;
  for (size_t i = 3; i <= top && !sticky; i++)
    sticky = exact->chunk[top - i] != 0;
  double value = ldexp ((double)(bits | sticky), 32 * ((int)top - 1) - 1075 - shift);
  return negative ? -value : value;
}

/* Weights: false when one is negative or not finite, or when all are zero. */
static bool
weights_are_good (Sample *sample)
{
  double largest = 0.0;
  bool good = true;
  for (size_t i = 0; i < sample->n; i++)
    {
      double w = sample->w[i];
      good = good && w >= 0.0 && w <= DBL_MAX;
      if (w > largest)
        largest = w;
      sample->n_used += w > 0.0;
    }
  sample->w_scale = safe_scale (largest);
  return good && largest > 0.0;
}

static HansaReason
check_values (Sample *sample, unsigned flags)
{
  bool finite = true, negative = false;
  double min = INFINITY, max = -INFINITY;
  for (size_t i = 0; i < sample->n; i++)
    {
      double x = sample->x[i];
      finite &= fabs (x) <= DBL_MAX;
      negative |= x < 0.0;
      if (sample->w == NULL || sample->w[i] > 0.0)
        {
          min = x < min ? x : min;
          max = x > max ? x : max;
        }
    }
  if (!finite)
    return HANSA_NOT_FINITE;
  if (negative && !(flags & ALLOW_NEGATIVE))
    return HANSA_NEGATIVE_VALUE;
  double largest = fmax (fabs (min), fabs (max));
  if (largest == 0.0 && !(flags & ALLOW_ZERO_TOTAL))
    return HANSA_ZERO_TOTAL;
  sample->x_scale = (flags & KEEP_UNITS) ? 1.0 : safe_scale (largest);
  sample->min = min * sample->x_scale;
  sample->max = max * sample->x_scale;
  return HANSA_DEFINED;
}

HansaReason
hansa_priv_sample (Sample *sample, const double *x, const double *w, size_t n, unsigned flags)
{
  *sample = (Sample){ .x = x, .w = w, .n = n, .x_scale = 1.0, .w_scale = 1.0 };
  if (n == 0)
    return HANSA_NO_DATA;
  if (w == NULL)
    sample->n_used = n;
  else if (!weights_are_good (sample))
    return HANSA_BAD_WEIGHT;
  return check_values (sample, flags);
}

void
hansa_priv_sample_mean (Sample *sample)
{
  Exact total, weight;
  exact_init (&total);
  exact_init (&weight);
  if (sample->w == NULL)
    {
      for (size_t i = 0; i < sample->n; i++)
        exact_add (&total, sample_x (sample, i));
      sample->weight = (double)sample->n;
    }
  else
    {
      for (size_t i = 0; i < sample->n; i++)
        {
          double w = sample_w (sample, i);
          exact_add (&weight, w);
          exact_add (&total, w * sample_x (sample, i));
        }
      sample->weight = hansa_priv_exact_value (&weight);
    }
  double mean = hansa_priv_exact_value (&total) / sample->weight;
  /* Rounding must not take the mean out of the range of the values. */
  sample->mean = fmin (fmax (mean, sample->min), sample->max);
}

HansaValue
hansa_sum (const double *x, size_t n)
{
  if (n == 0)
    return hansa_undefined (HANSA_NO_DATA);
  Exact exact;
  exact_init (&exact);
  for (size_t i = 0; i < n; i++)
    exact_add (&exact, x[i]);
  return hansa_value (hansa_priv_exact_value (&exact));
}

HansaValue
hansa_mean (const double *x, const double *weights, size_t n)
{
  Sample sample;
  HansaReason reason
      = hansa_priv_sample (&sample, x, weights, n, ALLOW_NEGATIVE | ALLOW_ZERO_TOTAL);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  hansa_priv_sample_mean (&sample);
  return hansa_value (sample.mean / sample.x_scale);
}

/* The sum of squared deviations over `divisor`, or over the total weight. */
static HansaValue
variance (const double *x, const double *weights, size_t n, double divisor)
{
  Sample sample;
  HansaReason reason
      = hansa_priv_sample (&sample, x, weights, n, ALLOW_NEGATIVE | ALLOW_ZERO_TOTAL);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  hansa_priv_sample_mean (&sample);
  Exact squares;
  exact_init (&squares);
  for (size_t i = 0; i < n; i++)
    {
      double deviation = sample_x (&sample, i) - sample.mean;
      exact_add (&squares, sample_w (&sample, i) * (deviation * deviation));
    }
  double mean_square
      = hansa_priv_exact_value (&squares) / (divisor > 0.0 ? divisor : sample.weight);
  return hansa_value (mean_square / sample.x_scale / sample.x_scale);
}

HansaValue
hansa_variance (const double *x, const double *weights, size_t n)
{
  return variance (x, weights, n, 0.0);
}

HansaValue
hansa_variance_sample (const double *x, size_t n)
{
  if (n == 1)
    return hansa_undefined (HANSA_TOO_FEW);
  return variance (x, NULL, n, (double)n - 1.0);
}
