/* SPDX-License-Identifier: MIT
 *
 * The Gini coefficient, the Lorenz curve, and ratios of shares read off it.
 */
#include "internal.h"
#include <stdlib.h>

/* Values in order: sum (2 i - 1 - n) x_i / (n sum x), i from 1. */
static double
gini_of_keys (const uint64_t *keys, size_t n)
{
  Sum moments = { 0.0, 0.0 }, total = { 0.0, 0.0 };
  double factor = 1.0 - (double)n;
  for (size_t i = 0; i < n; i++)
    {
      double x = value_of (keys[i]);
      sum_add (&moments, factor * x);
      sum_add (&total, x);
      factor += 2.0;
    }
  return sum_value (&moments) / sum_value (&total) / (double)n;
}

/* The same with weights; rows of equal values count as one row, whose weight
 * is an exact sum, so that their order does not matter. */
static double
gini_of_rows (const Row *rows, size_t n, double w_scale)
{
  Exact all;
  exact_init (&all);
  for (size_t i = 0; i < n; i++)
    {
      double w;
      memcpy (&w, &rows[i].payload, sizeof w);
      exact_add (&all, w * w_scale);
    }
  double weight = hansa_priv_exact_value (&all);
  Sum moments = { 0.0, 0.0 }, total = { 0.0, 0.0 }, below = { 0.0, 0.0 };
  for (size_t i = 0, end; i < n; i = end)
    {
      double w, more;
      memcpy (&w, &rows[i].payload, sizeof w);
      w *= w_scale;
      end = i + 1;
      if (end < n && rows[end].key == rows[i].key)
        {
          exact_init (&all);
          exact_add (&all, w);
          for (; end < n && rows[end].key == rows[i].key; end++)
            {
              memcpy (&more, &rows[end].payload, sizeof more);
              exact_add (&all, more * w_scale);
            }
          w = hansa_priv_exact_value (&all);
        }
      double x = value_of (rows[i].key);
      double before = sum_value (&below);
      sum_add (&below, w);
      sum_add (&moments, w * x * ((before - weight) + sum_value (&below)));
      sum_add (&total, w * x);
    }
  return sum_value (&moments) / sum_value (&total) / weight;
}

static HansaValue
gini (const double *x, const double *weights, size_t n, size_t *n_used)
{
  Sample sample;
  HansaReason reason = hansa_priv_sample (&sample, x, weights, n, 0);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  *n_used = sample.n_used;
  if (sample.min == sample.max)
    return hansa_value (0.0);
  double result;
  if (weights == NULL)
    {
      uint64_t *keys = hansa_priv_sorted_keys (x, n, sample.x_scale);
      if (keys == NULL)
        return hansa_undefined (HANSA_NO_MEMORY);
      result = gini_of_keys (keys, n);
      free (keys);
    }
  else
    {
      Row *rows = hansa_priv_sorted_rows (x, weights, n, sample.x_scale);
      if (rows == NULL)
        return hansa_undefined (HANSA_NO_MEMORY);
      result = gini_of_rows (rows, n, sample.w_scale);
      free (rows);
    }
  return hansa_value (fmax (result, 0.0));
}

HansaValue
hansa_gini (const double *x, const double *weights, size_t n)
{
  size_t n_used;
  return gini (x, weights, n, &n_used);
}

HansaValue
hansa_gini_corrected (const double *x, const double *weights, size_t n)
{
  size_t n_used = 0;
  HansaValue value = gini (x, weights, n, &n_used);
  if (!hansa_is_defined (value))
    return value;
  if (n_used < 2)
    return hansa_undefined (HANSA_TOO_FEW);
  return hansa_value (value.number * ((double)n_used / ((double)n_used - 1.0)));
}

static void
fill_lorenz (const double *xs, const double *ws, const Sample *sample, double *population,
             double *cumulative)
{
  Sum weight = { 0.0, 0.0 }, total = { 0.0, 0.0 };
  population[0] = cumulative[0] = 0.0;
  for (size_t i = 0; i < sample->n; i++)
    {
      double w = ws[i] * sample->w_scale;
      sum_add (&weight, w);
      sum_add (&total, w * (xs[i] * sample->x_scale));
      population[i + 1] = sum_value (&weight);
      cumulative[i + 1] = sum_value (&total);
    }
  double whole = population[sample->n], amount = cumulative[sample->n];
  for (size_t i = 1; i <= sample->n; i++)
    {
      population[i] = fmin (population[i] / whole, 1.0);
      cumulative[i] = fmin (cumulative[i] / amount, population[i]);
    }
}

HansaReason
hansa_lorenz (const double *x, const double *weights, size_t n, double *population_share,
              double *cumulative_share)
{
  Sample sample;
  HansaReason reason = hansa_priv_sample (&sample, x, weights, n, 0);
  if (reason != HANSA_DEFINED)
    return reason;
  double *xs, *ws;
  if (!hansa_priv_canonical (x, weights, n, &xs, &ws))
    return HANSA_NO_MEMORY;
  fill_lorenz (xs, ws, &sample, population_share, cumulative_share);
  free (xs);
  free (ws);
  return HANSA_DEFINED;
}

/* The curve at population share p, by linear interpolation. */
static double
lorenz_at (const double *population, const double *cumulative, size_t n, double p)
{
  size_t i = 1;
  while (i < n && population[i] < p)
    i++;
  double width = population[i] - population[i - 1];
  if (width <= 0.0)
    return cumulative[i];
  double step = fmin ((p - population[i - 1]) / width, 1.0);
  return cumulative[i - 1] + step * (cumulative[i] - cumulative[i - 1]);
}

HansaValue
hansa_share_ratio (const double *x, const double *weights, size_t n, double top, double bottom)
{
  if (!(top > 0.0 && top <= 1.0 && bottom > 0.0 && bottom <= 1.0))
    return hansa_undefined (HANSA_BAD_ARGUMENT);
  double *curve = n < SIZE_MAX / 32 ? malloc (2 * (n + 1) * sizeof *curve) : NULL;
  if (curve == NULL)
    return hansa_undefined (HANSA_NO_MEMORY);
  double *population = curve, *cumulative = curve + n + 1;
  HansaValue result;
  HansaReason reason = hansa_lorenz (x, weights, n, population, cumulative);
  if (reason != HANSA_DEFINED)
    result = hansa_undefined (reason);
  else
    {
      double rich = 1.0 - lorenz_at (population, cumulative, n, 1.0 - top);
      double poor = lorenz_at (population, cumulative, n, bottom);
      result = poor > 0.0 ? hansa_value (rich / poor) : hansa_undefined (HANSA_ZERO_DENOMINATOR);
    }
  free (curve);
  return result;
}

HansaValue
hansa_palma (const double *x, const double *weights, size_t n)
{
  return hansa_share_ratio (x, weights, n, 0.1, 0.4);
}

HansaValue
hansa_quintile_ratio (const double *x, const double *weights, size_t n)
{
  return hansa_share_ratio (x, weights, n, 0.2, 0.2);
}
