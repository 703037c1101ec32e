/* SPDX-License-Identifier: MIT
 *
 * Gini, Lorenz, ratios of shares.
 */
#include "test-stats-support.h"

/* Ten incomes: the example of the help of R's package ineq. */
static const double incomes[]
    = { 541.0, 1463.0, 2445.0, 3438.0, 4437.0, 5401.0, 6392.0, 8304.0, 11904.0, 22261.0 };

/* The definition, sum w w |x - x| / (2 W^2 m), pair by pair. */
static double
gini_by_pairs (const double *x, const double *w, size_t n)
{
  double pairs = 0.0, weight = 0.0, total = 0.0;
  for (size_t i = 0; i < n; i++)
    {
      double wi = w == NULL ? 1.0 : w[i];
      weight += wi;
      total += wi * x[i];
      for (size_t j = 0; j < n; j++)
        pairs += wi * (w == NULL ? 1.0 : w[j]) * fabs (x[i] - x[j]);
    }
  return pairs / (2.0 * weight * total);
}

START_TEST (gini_by_hand)
{
  /* {1, 3}: mean 2; pairs 2 |3 - 1| = 4; 4 / (2 4 2) = 1/4; times 2/1: 1/2. */
  const double x[] = { 1.0, 3.0 };
  ck_number (hansa_gini (x, NULL, 2), 0.25, 0.0);
  ck_number (hansa_gini_corrected (x, NULL, 2), 0.5, 0.0);
  /* {1, 3} of weights 3, 1: mean 1.5; pairs 2 3 1 2 = 12; 12 / (2 16 1.5). */
  const double w[] = { 3.0, 1.0 };
  ck_number (hansa_gini (x, w, 2), 0.25, 1e-16);
  /* One has all: 1 - 1/n; corrected 1. */
  const double all[] = { 0.0, 0.0, 8.0, 0.0 };
  ck_number (hansa_gini (all, NULL, 4), 0.75, 0.0);
  ck_number (hansa_gini_corrected (all, NULL, 4), 1.0, 0.0);
}
END_TEST

START_TEST (gini_published)
{
  /* ineq's documentation prints 0.4620911 for these. By pairs, exactly:
   * sum |x - x| = 615376, over 2 10 66586: 615376 / 1331720. */
  ck_number (hansa_gini (incomes, NULL, 10), 0.4620911, 5e-8);
  ck_number (hansa_gini (incomes, NULL, 10), 615376.0 / 1331720.0, 1e-16);
  ck_number (hansa_gini_corrected (incomes, NULL, 10), 0.4620911 / 0.9, 1e-7);
}
END_TEST

START_TEST (gini_of_equal_rows_is_zero)
{
  double x[1000], w[1000];
  uint64_t state = 3;
  for (size_t i = 0; i < 1000; i++)
    {
      x[i] = 0.1;
      w[i] = random_unit (&state);
    }
  ck_same (hansa_gini (x, NULL, 1000), hansa_value (0.0));
  ck_same (hansa_gini (x, w, 1000), hansa_value (0.0));
  ck_same (hansa_gini (x, NULL, 1), hansa_value (0.0));
}
END_TEST

START_TEST (gini_is_that_of_pairs)
{
  double x[400], w[400];
  uint64_t state = 21;
  for (size_t n = 2; n < 400; n = n * 3 / 2 + 1)
    {
      random_amounts (&state, x, n);
      for (size_t i = 0; i < n; i++)
        w[i] = floor (random_unit (&state) * 10.0) + (i == 0);
      ck_number (hansa_gini (x, NULL, n), gini_by_pairs (x, NULL, n), 1e-13);
      x[0] = 5.0;
      ck_number (hansa_gini (x, w, n), gini_by_pairs (x, w, n), 1e-13);
    }
}
END_TEST

START_TEST (gini_weights_go_with_their_rows)
{
  /* REAT 3's gini (weighting =) sorts x and leaves the weights where they
   * were. By pairs: 3 (9) and 1 (1): mean 2.8, pairs 2 9 1 2 = 36, over
   * 2 100 2.8: 9/140, whichever comes first. */
  const double x[] = { 3.0, 1.0 }, w[] = { 9.0, 1.0 };
  const double y[] = { 1.0, 3.0 }, v[] = { 1.0, 9.0 };
  ck_number (hansa_gini (x, w, 2), 9.0 / 140.0, 1e-16);
  ck_same (hansa_gini (x, w, 2), hansa_gini (y, v, 2));
}
END_TEST

START_TEST (gini_weights_are_copies)
{
  /* 2 twice, 7 three times, 0 once. */
  const double x[] = { 7.0, 0.0, 2.0 }, w[] = { 3.0, 1.0, 2.0 };
  const double copies[] = { 2.0, 7.0, 0.0, 7.0, 2.0, 7.0 };
  ck_number (hansa_gini (x, w, 3), hansa_gini (copies, NULL, 6).number, 1e-15);
}
END_TEST

START_TEST (gini_zeros_stay_in)
{
  /* dineq drops them: {5, 5} would be 0. {0, 5, 5}: mean 10/3, pairs 4 5 = 20,
   * over 2 9 10/3 = 60: 1/3. */
  const double x[] = { 5.0, 0.0, 5.0 }, w[] = { 1.0, 1.0, 1.0 };
  ck_number (hansa_gini (x, NULL, 3), 1.0 / 3.0, 1e-15);
  ck_number (hansa_gini (x, w, 3), 1.0 / 3.0, 1e-15);
}
END_TEST

START_TEST (gini_row_of_no_weight_counts_for_nothing)
{
  const double x[] = { 1.0, 1000.0, 3.0 }, w[] = { 1.0, 0.0, 1.0 };
  ck_number (hansa_gini (x, w, 3), 0.25, 0.0);
  ck_number (hansa_gini_corrected (x, w, 3), 0.5, 0.0);
  const double one[] = { 0.0, 1.0, 0.0 };
  ck_reason (hansa_gini_corrected (x, one, 3), HANSA_TOO_FEW);
}
END_TEST

START_TEST (gini_invariances)
{
  enum
  {
    N = 257
  };
  double x[N], w[N], scaled[N], twice[2 * N];
  uint64_t state = 8;
  random_amounts (&state, x, N);
  for (size_t i = 0; i < N; i++)
    {
      w[i] = random_unit (&state);
      scaled[i] = x[i] * 3.7e5;
      twice[i] = twice[N + i] = x[i];
    }
  HansaValue plain = hansa_gini (x, NULL, N), weighted = hansa_gini (x, w, N);
  ck_number (hansa_gini (scaled, NULL, N), plain.number, 1e-14);
  ck_number (hansa_gini (twice, NULL, 2 * N), plain.number, 1e-14);
  for (int round = 0; round < 100; round++)
    {
      shuffle_rows (&state, x, w, NULL, N);
      ck_same (hansa_gini (x, NULL, N), plain);
      ck_same (hansa_gini (x, w, N), weighted);
    }
}
END_TEST

START_TEST (gini_at_the_edges_of_double)
{
  const double large[] = { DBL_MAX / 3.0, DBL_MAX }, small[] = { 0x1p-1074, 0x3p-1074 };
  const double w[] = { 1e-300, 1e-300 };
  ck_number (hansa_gini (large, NULL, 2), 0.25, 1e-15);
  ck_number (hansa_gini (small, NULL, 2), 0.25, 1e-15);
  ck_number (hansa_gini (small, w, 2), 0.25, 1e-15);
  double population[3], cumulative[3];
  ck_assert_int_eq (hansa_lorenz (large, w, 2, population, cumulative), HANSA_DEFINED);
  ck_assert_double_eq_tol (population[1], 0.5, 1e-15);
  ck_assert_double_eq_tol (cumulative[1], 0.25, 1e-15);
}
END_TEST

START_TEST (gini_reasons)
{
  const double x[] = { 1.0, 2.0 }, zero[] = { 0.0, 0.0 }, negative[] = { 1.0, -1.0 };
  const double nan[] = { NAN, -1.0 }, infinite[] = { INFINITY, 1.0 };
  ck_reason (hansa_gini (x, NULL, 0), HANSA_NO_DATA);
  ck_reason (hansa_gini (zero, NULL, 2), HANSA_ZERO_TOTAL);
  ck_reason (hansa_gini (negative, NULL, 2), HANSA_NEGATIVE_VALUE);
  ck_reason (hansa_gini (nan, NULL, 2), HANSA_NOT_FINITE);
  ck_reason (hansa_gini (infinite, NULL, 2), HANSA_NOT_FINITE);
  ck_reason (hansa_gini (x, zero, 2), HANSA_BAD_WEIGHT);
  ck_reason (hansa_gini (x, negative, 2), HANSA_BAD_WEIGHT);
  ck_reason (hansa_gini (x, infinite, 2), HANSA_BAD_WEIGHT);
  ck_reason (hansa_gini (nan, nan, 2), HANSA_BAD_WEIGHT);
  ck_reason (hansa_gini_corrected (x, NULL, 1), HANSA_TOO_FEW);
  ck_reason (hansa_gini_corrected (zero, NULL, 2), HANSA_ZERO_TOTAL);
}
END_TEST

START_TEST (lorenz_by_hand)
{
  /* {6, 1, 3}: 1/10, 4/10, 1. Weights 1, 2, 1: 1 1 | 3 | 6 = 2, 5, 11 of 11. */
  const double x[] = { 6.0, 1.0, 3.0 }, w[] = { 1.0, 2.0, 1.0 };
  double population[4], cumulative[4];
  ck_assert_int_eq (hansa_lorenz (x, NULL, 3, population, cumulative), HANSA_DEFINED);
  const double thirds[] = { 0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0 }, tenths[] = { 0.0, 0.1, 0.4, 1.0 };
  for (size_t i = 0; i < 4; i++)
    {
      ck_assert_double_eq_tol (population[i], thirds[i], 1e-16);
      ck_assert_double_eq_tol (cumulative[i], tenths[i], 1e-16);
    }
  ck_assert_int_eq (hansa_lorenz (x, w, 3, population, cumulative), HANSA_DEFINED);
  const double parts[] = { 0.0, 0.5, 0.75, 1.0 };
  const double elevenths[] = { 0.0, 2.0 / 11.0, 5.0 / 11.0, 1.0 };
  for (size_t i = 0; i < 4; i++)
    {
      ck_assert_double_eq_tol (population[i], parts[i], 1e-16);
      ck_assert_double_eq_tol (cumulative[i], elevenths[i], 1e-16);
    }
}
END_TEST

START_TEST (lorenz_encloses_the_gini)
{
  enum
  {
    N = 100
  };
  double x[N], w[N], population[N + 1], cumulative[N + 1], first[N + 1];
  uint64_t state = 77;
  random_amounts (&state, x, N);
  for (size_t i = 0; i < N; i++)
    w[i] = random_unit (&state);
  for (int round = 0; round < 20; round++)
    {
      ck_assert_int_eq (hansa_lorenz (x, w, N, population, cumulative), HANSA_DEFINED);
      double area = 0.0;
      for (size_t i = 1; i <= N; i++)
        {
          ck_assert (population[i] >= population[i - 1] && cumulative[i] >= cumulative[i - 1]);
          ck_assert (cumulative[i] <= population[i]);
          area += (population[i] - population[i - 1]) * (cumulative[i] + cumulative[i - 1]);
        }
      ck_assert (population[N] == 1.0 && cumulative[N] == 1.0);
      ck_number (hansa_gini (x, w, N), 1.0 - area, 1e-13);
      if (round == 0)
        memcpy (first, cumulative, sizeof first);
      ck_assert_mem_eq (first, cumulative, sizeof first);
      shuffle_rows (&state, x, w, NULL, N);
    }
}
END_TEST

START_TEST (lorenz_reasons)
{
  const double zero[] = { 0.0, 0.0 };
  double a[3], b[3];
  ck_assert_int_eq (hansa_lorenz (zero, NULL, 2, a, b), HANSA_ZERO_TOTAL);
  ck_assert_int_eq (hansa_lorenz (zero, NULL, 0, a, b), HANSA_NO_DATA);
  ck_assert_int_eq (hansa_lorenz (zero, zero, 2, a, b), HANSA_BAD_WEIGHT);
}
END_TEST

START_TEST (share_ratios_by_hand)
{
  /* 1 to 10 sum to 55. Palma: 10 / (1 + 2 + 3 + 4) = 1. S80/S20: 19 / 3. */
  double x[10];
  for (size_t i = 0; i < 10; i++)
    x[i] = (double)(10 - i);
  ck_number (hansa_palma (x, NULL, 10), 1.0, 1e-14);
  ck_number (hansa_quintile_ratio (x, NULL, 10), 19.0 / 3.0, 1e-14);
  /* Two rows, 1 and 3: the poorest 40 % have 0.8 of the first, 0.2 of all; the
   * richest 10 % have 0.2 of the second, 0.15 of all. */
  const double two[] = { 3.0, 1.0 };
  ck_number (hansa_palma (two, NULL, 2), 0.75, 1e-14);
}
END_TEST

START_TEST (share_ratio_reasons)
{
  const double x[] = { 0.0, 0.0, 1.0 };
  ck_reason (hansa_palma (x, NULL, 3), HANSA_ZERO_DENOMINATOR);
  ck_reason (hansa_share_ratio (x, NULL, 3, 0.0, 0.4), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_share_ratio (x, NULL, 3, 0.1, 1.1), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_share_ratio (x, NULL, 3, 1.1, 0.4), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_share_ratio (x, NULL, 3, 0.1, 0.0), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_share_ratio (x, NULL, 3, NAN, 0.4), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_share_ratio (x, NULL, 2, 0.1, 0.4), HANSA_ZERO_TOTAL);
  ck_number (hansa_share_ratio (x, NULL, 3, 1.0, 1.0), 1.0, 0.0);
}
END_TEST

int
main (void)
{
  const TTest *const tests[] = { gini_by_hand,
                                 gini_published,
                                 gini_of_equal_rows_is_zero,
                                 gini_is_that_of_pairs,
                                 gini_weights_go_with_their_rows,
                                 gini_weights_are_copies,
                                 gini_zeros_stay_in,
                                 gini_row_of_no_weight_counts_for_nothing,
                                 gini_invariances,
                                 gini_at_the_edges_of_double,
                                 gini_reasons,
                                 lorenz_by_hand,
                                 lorenz_encloses_the_gini,
                                 lorenz_reasons,
                                 share_ratios_by_hand,
                                 share_ratio_reasons };
  return run_suite ("stats: Gini and Lorenz", tests, N_ROWS (tests));
}
