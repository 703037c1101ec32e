/* SPDX-License-Identifier: MIT
 *
 * Bootstrap intervals, drawn or enumerated, and leaving one row out.
 */
#include "internal.h"
#include <stdlib.h>

/* Values of the statistic over resamples, each with its probability. */
typedef struct Replicates
{
  double *value, *probability;
  size_t n, undefined;
  double defined_probability; /* of all in `value` */
} Replicates;

static HansaBootstrap
undefined_bootstrap (HansaReason reason)
{
  HansaValue none = hansa_undefined (reason);
  return (HansaBootstrap){ none, none, none, none, none, 0, 0 };
}

static void
add_replicate (Replicates *replicates, HansaValue value, double probability)
{
  if (!hansa_is_defined (value))
    {
      replicates->undefined++;
      return;
    }
  replicates->value[replicates->n] = value.number;
  replicates->probability[replicates->n++] = probability;
}

/* Draws rows with replacement. */
static void
draw_replicates (Replicates *replicates, const double *x, const double *w, size_t n,
                 const HansaResampling *how, double *buffer)
{
  double *xs = buffer, *ws = w == NULL ? NULL : buffer + n;
  for (size_t r = 0; r < how->replicates; r++)
    {
      for (size_t i = 0; i < n; i++)
        {
          size_t row = (size_t)(how->uniform (how->source) * (double)n);
          row = row < n ? row : n - 1;
          xs[i] = x[row];
          if (ws != NULL)
            ws[i] = w[row];
        }
      add_replicate (replicates, how->statistic (xs, ws, n, how->data), 1.0);
    }
}

/* All multisets of n rows out of n: counts of how often each row is drawn. */
static void
enumerate_replicates (Replicates *replicates, const double *x, const double *w, size_t n,
                      const HansaResampling *how, double *buffer)
{
  static const double factorial[] = { 1, 1, 2, 6, 24, 120, 720, 5040 };
  size_t pick[HANSA_EXACT_ROWS] = { 0 }; /* never falling */
  double *xs = buffer, *ws = w == NULL ? NULL : buffer + n;
  for (;;)
    {
      size_t times[HANSA_EXACT_ROWS] = { 0 };
      double ways = factorial[n];
      for (size_t i = 0; i < n; i++)
        {
          times[pick[i]]++;
          xs[i] = x[pick[i]];
          if (ws != NULL)
            ws[i] = w[pick[i]];
        }
      for (size_t i = 0; i < n; i++)
        ways /= factorial[times[i]];
      add_replicate (replicates, how->statistic (xs, ws, n, how->data), ways);
      size_t last = n;
      while (last > 0 && pick[last - 1] == n - 1)
        last--;
      if (last == 0)
        return;
      size_t next = pick[last - 1] + 1;
      for (size_t i = last - 1; i < n; i++)
        pick[i] = next;
    }
}

/* Sorts values, and probabilities with them; ties are merged so that their
 * order does not matter. */
static bool
sort_replicates (Replicates *replicates)
{
  Row *rows
      = hansa_priv_sorted_rows (replicates->value, replicates->probability, replicates->n, 1.0);
  if (rows == NULL)
    return false;
  size_t kept = 0;
  double total = 0.0;
  for (size_t i = 0; i < replicates->n; i++)
    {
      double value = value_of (rows[i].key), probability;
      memcpy (&probability, &rows[i].payload, sizeof probability);
      total += probability; /* whole numbers: exact */
      if (kept > 0 && replicates->value[kept - 1] == value)
        replicates->probability[kept - 1] += probability;
      else
        {
          replicates->value[kept] = value;
          replicates->probability[kept++] = probability;
        }
    }
  free (rows);
  replicates->n = kept;
  replicates->defined_probability = total;
  return true;
}

/* The quantile p: of an enumeration, the smallest value whose cumulated
 * probability is p or more; of draws, interpolated at (R + 1) p. */
static double
quantile (const Replicates *replicates, double p, bool exact)
{
  double total = replicates->defined_probability;
  double position = exact ? p * total - 1e-9 : (total + 1.0) * p;
  double below = 0.0;
  for (size_t i = 0; i < replicates->n; i++)
    {
      double upto = below + replicates->probability[i];
      if (upto >= position || i + 1 == replicates->n)
        {
          /* Draws below + 1 to upto have this value. */
          if (exact || i == 0 || position >= below + 1.0)
            return replicates->value[i];
          double step = position - below;
          return replicates->value[i - 1]
                 + step * (replicates->value[i] - replicates->value[i - 1]);
        }
      below = upto;
    }
  return 0.0;
}

/* The acceleration of BCa: sum d^3 / (6 (sum d^2)^(3/2)), d the deviation of
 * the leave-one-out values from their mean, turned. */
static HansaValue
acceleration (const double *x, const double *w, size_t n, const HansaResampling *how)
{
  HansaValue *left_out = malloc (n * sizeof *left_out);
  double *values = malloc (n * sizeof *values);
  HansaReason reason = left_out == NULL || values == NULL ? HANSA_NO_MEMORY : HANSA_DEFINED;
  if (reason == HANSA_DEFINED)
    reason = hansa_leave_one_out (x, w, n, how->statistic, how->data, left_out);
  for (size_t i = 0; i < n && reason == HANSA_DEFINED; i++)
    {
      values[i] = left_out[i].number;
      reason = (HansaReason)left_out[i].reason;
    }
  HansaValue result = hansa_undefined (reason);
  if (reason == HANSA_DEFINED)
    {
      double mean = hansa_mean (values, NULL, n).number;
      Exact squares, cubes;
      exact_init (&squares);
      exact_init (&cubes);
      for (size_t i = 0; i < n; i++)
        {
          double d = mean - values[i];
          exact_add (&squares, d * d);
          exact_add (&cubes, d * d * d);
        }
      double spread = hansa_priv_exact_value (&squares);
      result = spread == 0.0
                   ? hansa_undefined (HANSA_ZERO_DENOMINATOR)
                   : hansa_value (hansa_priv_exact_value (&cubes) / (6.0 * spread * sqrt (spread)));
    }
  free (left_out);
  free (values);
  return result;
}

/* The share of replicates below the estimate; those equal to it, up to
 * rounding, count half. */
static double
share_below (const Replicates *replicates, double estimate)
{
  double below = 0.0;
  for (size_t i = 0; i < replicates->n; i++)
    {
      double d = replicates->value[i] - estimate;
      bool equal = fabs (d) <= 1e-12 * fabs (estimate);
      below += equal ? replicates->probability[i] / 2.0
                     : (d < 0.0 ? replicates->probability[i] : 0.0);
    }
  return below / replicates->defined_probability;
}

/* Moves the tail p to where BCa reads the quantile. */
static double
adjusted (double p, double bias, double acceleration)
{
  double z = bias + hansa_normal_quantile (p).number;
  double denominator = 1.0 - acceleration * z;
  if (denominator <= 0.0)
    return z > 0.0 ? 1.0 : 0.0;
  return hansa_normal_lower (bias + z / denominator).number;
}

static void
set_interval (HansaBootstrap *result, const Replicates *replicates, const double *x,
              const double *w, size_t n, const HansaResampling *how)
{
  bool exact = how->method & HANSA_BOOTSTRAP_EXACT;
  double low = (1.0 - how->level) / 2.0, high = 1.0 - low;
  if (how->method & HANSA_BOOTSTRAP_BCA)
    {
      HansaValue a = acceleration (x, w, n, how);
      HansaValue bias = hansa_normal_quantile (share_below (replicates, result->estimate.number));
      if (!hansa_is_defined (a) || !hansa_is_defined (bias))
        {
          HansaReason reason
              = hansa_is_defined (a) ? HANSA_ZERO_DENOMINATOR : (HansaReason)a.reason;
          result->low = result->high = hansa_undefined (reason);
          return;
        }
      low = adjusted (low, bias.number, a.number);
      high = adjusted (high, bias.number, a.number);
    }
  result->low = hansa_value (quantile (replicates, low, exact));
  result->high = hansa_value (quantile (replicates, high, exact));
}

static void
summarise (HansaBootstrap *result, Replicates *replicates, const double *x, const double *w,
           size_t n, const HansaResampling *how)
{
  result->replicates = replicates->n + replicates->undefined;
  result->undefined = replicates->undefined;
  if (replicates->n == 0)
    return;
  if (!sort_replicates (replicates))
    {
      *result = undefined_bootstrap (HANSA_NO_MEMORY);
      return;
    }
  HansaValue mean = hansa_mean (replicates->value, replicates->probability, replicates->n);
  HansaValue variance = hansa_variance (replicates->value, replicates->probability, replicates->n);
  result->bias = hansa_gap (mean, result->estimate);
  double total = replicates->defined_probability;
  bool exact = how->method & HANSA_BOOTSTRAP_EXACT;
  if (hansa_is_defined (variance) && (exact || total > 1.0))
    result->standard_error
        = hansa_value (sqrt (variance.number * (exact ? 1.0 : total / (total - 1.0))));
  set_interval (result, replicates, x, w, n, how);
}

/* Room for the replicates: C (2 n - 1, n) when enumerated. */
static size_t
count_replicates (const HansaResampling *how, size_t n)
{
  size_t count = 1;
  if (!(how->method & HANSA_BOOTSTRAP_EXACT))
    return how->replicates;
  for (size_t i = 1; i <= n; i++)
    count = count * (n - 1 + i) / i;
  return count;
}

static HansaReason
check_resampling (const HansaResampling *how, const double *x, const double *w, size_t n)
{
  Sample sample;
  bool exact = how->method & HANSA_BOOTSTRAP_EXACT;
  if (!(how->level > 0.0 && how->level < 1.0) || how->statistic == NULL
      || (!exact && (how->replicates == 0 || how->uniform == NULL))
      || (exact && n > HANSA_EXACT_ROWS))
    return HANSA_BAD_ARGUMENT;
  return hansa_priv_sample (&sample, x, w, n, ALLOW_NEGATIVE | ALLOW_ZERO_TOTAL);
}

HansaBootstrap
hansa_bootstrap (const double *x, const double *weights, size_t n, const HansaResampling *how)
{
  double *xs = NULL, *ws = NULL;
  HansaReason reason = check_resampling (how, x, weights, n);
  if (reason != HANSA_DEFINED)
    return undefined_bootstrap (reason);
  HansaBootstrap result = undefined_bootstrap (HANSA_NO_DATA);
  result.estimate = how->statistic (x, weights, n, how->data);
  if (!hansa_is_defined (result.estimate))
    return undefined_bootstrap ((HansaReason)result.estimate.reason);
  size_t count = count_replicates (how, n);
  Replicates replicates = { NULL, NULL, 0, 0, 0.0 };
  double *buffer = calloc (n, 2 * sizeof *buffer);
  replicates.value = calloc (count, sizeof *replicates.value);
  replicates.probability = calloc (count, sizeof *replicates.probability);
  if (buffer == NULL || replicates.value == NULL || replicates.probability == NULL
      || !hansa_priv_canonical (x, weights, n, &xs, &ws))
    result = undefined_bootstrap (HANSA_NO_MEMORY);
  else
    {
      const double *rows_w = weights == NULL ? NULL : ws;
      if (how->method & HANSA_BOOTSTRAP_EXACT)
        enumerate_replicates (&replicates, xs, rows_w, n, how, buffer);
      else
        draw_replicates (&replicates, xs, rows_w, n, how, buffer);
      summarise (&result, &replicates, xs, rows_w, n, how);
    }
  free (buffer);
  free (replicates.value);
  free (replicates.probability);
  free (xs);
  free (ws);
  return result;
}

HansaReason
hansa_leave_one_out (const double *x, const double *weights, size_t n, HansaStatistic statistic,
                     void *data, HansaValue *values)
{
  if (n == 0)
    return HANSA_NO_DATA;
  double *xs = calloc (n, 2 * sizeof *xs);
  if (xs == NULL)
    return HANSA_NO_MEMORY;
  double *ws = weights == NULL ? NULL : xs + n;
  for (size_t left_out = 0; left_out < n; left_out++)
    {
      for (size_t i = 0, kept = 0; i < n; i++)
        if (i != left_out)
          {
            xs[kept] = x[i];
            if (ws != NULL)
              ws[kept] = weights[i];
            kept++;
          }
      values[left_out] = statistic (xs, ws, n - 1, data);
    }
  free (xs);
  return HANSA_DEFINED;
}
