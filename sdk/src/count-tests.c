/* SPDX-License-Identifier: MIT
 *
 * Tests of counts: goodness of fit, exact multinomial, Fisher; and the Wilson
 * interval of a share.
 */
#include "internal.h"

static HansaTest
undefined_test (HansaReason reason)
{
  HansaValue none = hansa_undefined (reason);
  return (HansaTest){ none, none, 0.0 };
}

HansaTest
hansa_goodness_of_fit (const uint64_t *counts, const double *shares, size_t n)
{
  HansaTest test = undefined_test (HANSA_DEFINED);
  Sample sample;
  double total = 0.0, categories = 0.0;
  HansaReason reason = hansa_priv_sample (&sample, shares, NULL, n, 0);
  if (reason != HANSA_DEFINED)
    return undefined_test (reason);
  HansaValue all = hansa_sum (shares, n);
  if (!hansa_is_defined (all))
    return undefined_test ((HansaReason)all.reason);
  for (size_t i = 0; i < n; i++)
    total += (double)counts[i];
  if (total == 0.0)
    return undefined_test (HANSA_ZERO_TOTAL);
  Exact statistic;
  exact_init (&statistic);
  for (size_t i = 0; i < n; i++)
    {
      double expected = shares[i] / all.number * total;
      double difference = (double)counts[i] - expected;
      if (expected > 0.0)
        {
          categories += 1.0;
          exact_add (&statistic, difference * difference / expected);
        }
      else if (counts[i] > 0)
        return undefined_test (HANSA_ZERO_DENOMINATOR);
    }
  if (categories < 2.0)
    return undefined_test (HANSA_TOO_FEW);
  test.freedom = categories - 1.0;
  test.statistic = hansa_value (hansa_priv_exact_value (&statistic));
  if (hansa_is_defined (test.statistic))
    test.p_value = hansa_chi_square_upper (test.statistic.number, test.freedom);
  else
    test.p_value = test.statistic;
  return test;
}

enum
{
  MAX_CATEGORIES = 4,
  MAX_TABLES = 10000000
};

/* What the enumeration of all tables carries along. */
typedef struct Tables
{
  double log_share[MAX_CATEGORIES];
  size_t categories;
  double limit; /* logarithm of the observed table's probability, and a bit */
  Sum as_rare;
} Tables;

/* The logarithm of count objects' factor in a table's probability. */
static double
log_factor (double log_share, uint64_t count)
{
  return (double)count * log_share - lgamma ((double)count + 1.0);
}

static void
enumerate (Tables *tables, size_t category, uint64_t left, double log_p)
{
  if (category + 1 == tables->categories)
    {
      log_p += log_factor (tables->log_share[category], left);
      if (log_p <= tables->limit)
        sum_add (&tables->as_rare, exp (log_p));
      return;
    }
  for (uint64_t count = 0; count <= left; count++)
    enumerate (tables, category + 1, left - count,
               log_p + log_factor (tables->log_share[category], count));
}

/* Ways to spread `total` over categories; more than MAX_TABLES is enough. */
static double
count_tables (uint64_t total, size_t categories)
{
  double tables = 1.0;
  for (size_t i = 1; i < categories; i++)
    tables *= ((double)total + (double)i) / (double)i;
  return tables;
}

HansaValue
hansa_multinomial_exact (const uint64_t *counts, const double *shares, size_t n)
{
  Tables tables = { .as_rare = { 0.0, 0.0 } };
  uint64_t kept[MAX_CATEGORIES], total = 0;
  Sample sample;
  HansaReason reason = hansa_priv_sample (&sample, shares, NULL, n, 0);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  if (n > MAX_CATEGORIES)
    return hansa_undefined (HANSA_BAD_ARGUMENT);
  HansaValue all = hansa_sum (shares, n);
  if (!hansa_is_defined (all))
    return all;
  for (size_t i = 0; i < n; i++)
    if (shares[i] > 0.0)
      {
        if (counts[i] > MAX_TABLES)
          return hansa_undefined (HANSA_BAD_ARGUMENT);
        kept[tables.categories] = counts[i];
        tables.log_share[tables.categories++] = log (shares[i] / all.number);
        total += counts[i];
      }
    else if (counts[i] > 0)
      return hansa_value (0.0);
  if (total == 0)
    return hansa_undefined (HANSA_ZERO_TOTAL);
  if (tables.categories < 2)
    return hansa_undefined (HANSA_TOO_FEW);
  if (count_tables (total, tables.categories) > MAX_TABLES)
    return hansa_undefined (HANSA_BAD_ARGUMENT);
  double all_ways = lgamma ((double)total + 1.0);
  tables.limit = all_ways + 1e-7;
  for (size_t i = 0; i < tables.categories; i++)
    tables.limit += log_factor (tables.log_share[i], kept[i]);
  enumerate (&tables, 0, total, all_ways);
  return hansa_value (fmin (sum_value (&tables.as_rare), 1.0));
}

HansaInterval
hansa_wilson (uint64_t successes, uint64_t trials, double level)
{
  HansaValue none = hansa_undefined (HANSA_NO_DATA);
  if (!(level > 0.0 && level < 1.0) || successes > trials)
    none = hansa_undefined (HANSA_BAD_ARGUMENT);
  else if (trials > 0)
    {
      double z = hansa_normal_quantile (0.5 + level / 2.0).number;
      double n = (double)trials, p = (double)successes / n, z2 = z * z;
      double middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
      double half = z * sqrt (p * (1.0 - p) / n + z2 / (4.0 * n * n)) / (1.0 + z2 / n);
      HansaInterval interval;
      interval.low = hansa_value (successes == 0 ? 0.0 : fmax (middle - half, 0.0));
      interval.high = hansa_value (successes == trials ? 1.0 : fmin (middle + half, 1.0));
      return interval;
    }
  return (HansaInterval){ none, none };
}

static double
log_choose (double n, double k)
{
  return lgamma (n + 1.0) - lgamma (k + 1.0) - lgamma (n - k + 1.0);
}

HansaValue
hansa_fisher_exact (uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
  const uint64_t limit = UINT64_C (1) << 40;
  if (a >= limit || b >= limit || c >= limit || d >= limit)
    return hansa_undefined (HANSA_BAD_ARGUMENT);
  uint64_t row = a + b, column = a + c, total = row + c + d;
  if (total == 0)
    return hansa_undefined (HANSA_NO_DATA);
  uint64_t low = row + column > total ? row + column - total : 0;
  uint64_t high = row < column ? row : column;
  if (high - low > MAX_TABLES)
    return hansa_undefined (HANSA_BAD_ARGUMENT);
  double all = log_choose ((double)total, (double)column);
  double rest = (double)(total - row);
  double observed = log_choose ((double)row, (double)a) + log_choose (rest, (double)c) - all;
  Sum as_rare = { 0.0, 0.0 };
  for (uint64_t k = low; k <= high; k++)
    {
      double log_p
          = log_choose ((double)row, (double)k) + log_choose (rest, (double)(column - k)) - all;
      if (log_p <= observed + 1e-7)
        sum_add (&as_rare, exp (log_p));
    }
  return hansa_value (fmin (sum_value (&as_rare), 1.0));
}
