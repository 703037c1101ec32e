/* SPDX-License-Identifier: MIT
 *
 * Measures of inequality that need no order: generalised entropy and the
 * Theil indices, Atkinson, Hoover, coefficient of variation, Kolm. Every sum
 * is exact, so results do not depend on the order of rows.
 */
#include "internal.h"

/* (r^a - 1 - a d) / (a (a - 1)), with its limits at a = 0 and a = 1. d = r - 1
 * is given apart, because either holds digits that the other has lost. It is never negative; summed
 * over rows it gives the generalised entropy, because the deviations d sum to 0, and loses no
 * digits where all values are nearly equal. At r = 0 it is 1 / a (a > 0). */
static double
entropy_term (double a, double r, double d)
{
  if (fabs (d) * (2.0 + fabs (a)) < 0.25)
    {
      double term = d * d / 2.0, sum = term;
      for (int k = 2; k < 60 && fabs (term) > sum * 1e-18; k++)
        {
          term *= (a - k) / (k + 1) * d;
          sum += term;
        }
      return sum;
    }
  if (r == 0.0)
    return 1.0 / a;
  double l = fabs (d) < 0.5 ? log1p (d) : log (r);
  if (a < 0.5)
    return (l * expm1_ratio (a * l) - d) / (a - 1.0);
  return (r * l * expm1_ratio ((a - 1.0) * l) - d) / a;
}

static bool
has_zero (const Sample *sample)
{
  return sample->min == 0.0;
}

/* Of a sample with its mean. */
static double
entropy_of (const Sample *sample, double alpha)
{
  Exact sum;
  double mean = sample->mean;
  exact_init (&sum);
  for (size_t i = 0; i < sample->n; i++)
    {
      double x = sample_x (sample, i), w = sample_w (sample, i);
      if (w > 0.0)
        exact_add (&sum, w * entropy_term (alpha, x / mean, (x - mean) / mean));
    }
  return hansa_priv_exact_value (&sum) / sample->weight;
}

HansaValue
hansa_generalised_entropy (const double *x, const double *weights, size_t n, double alpha)
{
  Sample sample;
  if (!isfinite (alpha))
    return hansa_undefined (HANSA_BAD_ARGUMENT);
  HansaReason reason = hansa_priv_sample (&sample, x, weights, n, 0);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  if (has_zero (&sample) && alpha <= 0.0)
    return hansa_undefined (HANSA_ZERO_VALUE);
  if (sample.min == sample.max)
    return hansa_value (0.0);
  hansa_priv_sample_mean (&sample);
  return hansa_value (entropy_of (&sample, alpha));
}

HansaValue
hansa_theil_t (const double *x, const double *weights, size_t n)
{
  return hansa_generalised_entropy (x, weights, n, 1.0);
}

HansaValue
hansa_theil_l (const double *x, const double *weights, size_t n)
{
  return hansa_generalised_entropy (x, weights, n, 0.0);
}

/* 1 - (sum p r^a)^(1/a), a < 0, with the smallest ratio as the unit, so that
 * no power overflows. */
static double
atkinson_by_powers (const Sample *sample, double a)
{
  Exact sum;
  exact_init (&sum);
  for (size_t i = 0; i < sample->n; i++)
    {
      double w = sample_w (sample, i);
      if (w > 0.0)
        exact_add (&sum, w * pow (sample_x (sample, i) / sample->min, a));
    }
  double mean = hansa_priv_exact_value (&sum) / sample->weight;
  return 1.0 - sample->min / sample->mean * pow (mean, 1.0 / a);
}

HansaValue
hansa_atkinson (const double *x, const double *weights, size_t n, double epsilon)
{
  Sample sample;
  if (!(epsilon >= 0.0 && epsilon <= DBL_MAX))
    return hansa_undefined (HANSA_BAD_ARGUMENT);
  HansaReason reason = hansa_priv_sample (&sample, x, weights, n, 0);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  if (epsilon == 0.0 || sample.min == sample.max)
    return hansa_value (0.0);
  if (has_zero (&sample) && epsilon >= 1.0)
    return hansa_value (1.0);
  hansa_priv_sample_mean (&sample);
  double a = 1.0 - epsilon;
  double entropy = entropy_of (&sample, a);
  /* The mean of r^a is 1 + z. */
  double z = a * (a - 1.0) * entropy;
  double result;
  if (a < 0.0 && !(z < 1.0))
    result = atkinson_by_powers (&sample, a);
  else if (z <= -1.0)
    result = 1.0;
  else
    result = -expm1 ((a - 1.0) * entropy * log1p_ratio (z));
  return hansa_value (fmin (fmax (result, 0.0), 1.0));
}

/* The weighted mean of |x - mean|, or of its square. */
static double
mean_deviation (const Sample *sample, bool squared)
{
  Exact sum;
  exact_init (&sum);
  for (size_t i = 0; i < sample->n; i++)
    {
      double d = fabs (sample_x (sample, i) - sample->mean);
      exact_add (&sum, sample_w (sample, i) * (squared ? d * d : d));
    }
  return hansa_priv_exact_value (&sum) / sample->weight;
}

HansaValue
hansa_hoover (const double *x, const double *weights, size_t n)
{
  Sample sample;
  HansaReason reason = hansa_priv_sample (&sample, x, weights, n, 0);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  hansa_priv_sample_mean (&sample);
  return hansa_value (mean_deviation (&sample, false) / 2.0 / sample.mean);
}

HansaValue
hansa_cv (const double *x, const double *weights, size_t n)
{
  Sample sample;
  HansaReason reason = hansa_priv_sample (&sample, x, weights, n, 0);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  hansa_priv_sample_mean (&sample);
  return hansa_value (sqrt (mean_deviation (&sample, true)) / sample.mean);
}

HansaValue
hansa_cv_sample (const double *x, size_t n)
{
  HansaValue cv = hansa_cv (x, NULL, n);
  if (!hansa_is_defined (cv))
    return cv;
  if (n < 2)
    return hansa_undefined (HANSA_TOO_FEW);
  return hansa_value (cv.number * sqrt ((double)n / ((double)n - 1.0)));
}

HansaValue
hansa_williamson (const double *per_head, const double *population, size_t n)
{
  if (population == NULL)
    return hansa_undefined (HANSA_BAD_ARGUMENT);
  return hansa_cv (per_head, population, n);
}

HansaValue
hansa_kolm (const double *x, const double *weights, size_t n, double alpha)
{
  Sample sample;
  if (!(alpha > 0.0 && alpha <= DBL_MAX))
    return hansa_undefined (HANSA_BAD_ARGUMENT);
  HansaReason reason = hansa_priv_sample (&sample, x, weights, n, ALLOW_ZERO_TOTAL | KEEP_UNITS);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  if (sample.min == sample.max)
    return hansa_value (0.0);
  hansa_priv_sample_mean (&sample);
  /* Where exponents are large, the smallest value is the unit; else terms
   * exp (z) - 1 - z, which sum to the mean of exp (z), less 1. */
  double largest = alpha * (sample.mean - sample.min);
  bool large = largest > 1.0;
  Exact sum;
  exact_init (&sum);
  for (size_t i = 0; i < n; i++)
    {
      double z = alpha * (sample.mean - sample_x (&sample, i));
      exact_add (&sum, sample_w (&sample, i) * (large ? exp (z - largest) : expm1 (z) - z));
    }
  double mean = hansa_priv_exact_value (&sum) / sample.weight;
  double result = large ? (largest + log (mean)) / alpha : log1p (mean) / alpha;
  return hansa_value (fmax (result, 0.0));
}
