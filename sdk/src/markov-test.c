/* SPDX-License-Identifier: MIT
 *
 * Whether transition probabilities are the same in all periods.
 */
#include "internal.h"
#include <stdlib.h>

static double
row_total (const double *row, size_t n)
{
  Sum sum = { 0.0, 0.0 };
  for (size_t j = 0; j < n; j++)
    sum_add (&sum, row[j]);
  return sum_value (&sum);
}

/* Adds what row `state` of all periods gives; its degrees of freedom. */
static double
add_row (const double *counts, size_t n_periods, size_t n, size_t state, double *pooled,
         Sum *statistic)
{
  double periods = 0.0, targets = 0.0;
  for (size_t j = 0; j < n; j++)
    {
      Sum sum = { 0.0, 0.0 };
      for (size_t t = 0; t < n_periods; t++)
        sum_add (&sum, counts[(t * n + state) * n + j]);
      pooled[j] = sum_value (&sum);
      targets += pooled[j] > 0.0;
    }
  double whole = row_total (pooled, n);
  for (size_t t = 0; t < n_periods; t++)
    {
      const double *row = counts + (t * n + state) * n;
      double total = row_total (row, n);
      if (total == 0.0)
        continue;
      periods += 1.0;
      for (size_t j = 0; j < n; j++)
        if (pooled[j] > 0.0)
          {
            double expected = total * (pooled[j] / whole);
            sum_add (statistic, (row[j] - expected) * (row[j] - expected) / expected);
          }
    }
  return periods > 0.0 && targets > 0.0 ? (periods - 1.0) * (targets - 1.0) : 0.0;
}

HansaTest
hansa_markov_homogeneity (const double *counts, size_t n_periods, size_t n_states)
{
  HansaValue none = hansa_undefined (HANSA_TOO_FEW);
  HansaTest test = { none, none, 0.0 };
  Sum statistic = { 0.0, 0.0 };
  if (n_periods < 2 || n_states < 2)
    return test;
  for (size_t i = 0; i < n_periods * n_states * n_states; i++)
    if (!(counts[i] >= 0.0 && counts[i] <= DBL_MAX))
      {
        none = hansa_undefined (counts[i] < 0.0 && isfinite (counts[i]) ? HANSA_NEGATIVE_VALUE
                                                                        : HANSA_NOT_FINITE);
        return (HansaTest){ none, none, 0.0 };
      }
  double *pooled = calloc (n_states, sizeof *pooled);
  if (pooled == NULL)
    {
      none = hansa_undefined (HANSA_NO_MEMORY);
      return (HansaTest){ none, none, 0.0 };
    }
  for (size_t i = 0; i < n_states; i++)
    test.freedom += add_row (counts, n_periods, n_states, i, pooled, &statistic);
  free (pooled);
  if (test.freedom == 0.0)
    return test;
  test.statistic = hansa_value (sum_value (&statistic));
  test.p_value = hansa_chi_square_upper (test.statistic.number, test.freedom);
  return test;
}
