/* SPDX-License-Identifier: MIT
 *
 * The permutation test of the share between groups.
 */
#include "test-stats-support.h"

START_TEST (permutation_exact_by_hand)
{
  /* {1, 2} {8, 9}: of C (4, 2) = 6 ways, this and its mirror are the widest. */
  const double x[] = { 8.0, 1.0, 9.0, 2.0 };
  const uint32_t group[] = { 1, 0, 1, 0 };
  HansaPermutation test = hansa_permutation_between (x, NULL, group, 4, 2, 1.0, 0, NULL, NULL);
  HansaDecomposition d = hansa_decompose_entropy (x, NULL, group, 4, 2, 1.0, NULL);
  ck_assert (test.exact);
  ck_assert_uint_eq (test.arrangements, 6);
  ck_number (test.p_value, 2.0 / 6.0, 1e-16);
  ck_number (test.share, d.between.number / d.total.number, 1e-15);
  /* Groups of 3, 2, 2: 7! / (3! 2! 2!) = 210. The least share: p = 1. */
  const double seven[] = { 1.0, 4.0, 1.0, 1.0, 4.0, 1.0, 16.0 };
  const uint32_t three[] = { 0, 0, 1, 1, 2, 2, 0 };
  test = hansa_permutation_between (seven, NULL, three, 7, 3, 0.0, 0, NULL, NULL);
  ck_assert_uint_eq (test.arrangements, 210);
  const double level[] = { 1.0, 2.0, 3.0, 1.0, 2.0, 3.0 };
  const uint32_t halves[] = { 0, 0, 0, 1, 1, 1 };
  test = hansa_permutation_between (level, NULL, halves, 6, 2, 1.0, 0, NULL, NULL);
  ck_number (test.share, 0.0, 0.0);
  ck_number (test.p_value, 1.0, 0.0);
}
END_TEST

START_TEST (permutation_drawn)
{
  enum
  {
    N = 40
  };
  double x[N], w[N];
  uint32_t group[N];
  uint64_t state = 7, seed = 3;
  for (size_t i = 0; i < N; i++)
    {
      group[i] = (uint32_t)(i % 4);
      x[i] = 10.0 + random_unit (&state) + 3.0 * (double)group[i];
      w[i] = 1.0 + random_unit (&state);
    }
  HansaPermutation test
      = hansa_permutation_between (x, w, group, N, 4, 1.0, 999, random_unit, &seed);
  ck_assert (!test.exact);
  ck_assert_uint_eq (test.arrangements, 999);
  /* Nothing drawn comes near: (0 + 1) / (999 + 1). */
  ck_number (test.p_value, 0.001, 1e-16);
  ck_reason (hansa_permutation_between (x, w, group, N, 4, 1.0, 0, random_unit, &seed).p_value,
             HANSA_BAD_ARGUMENT);
  /* Without a difference, p is anywhere in between, and does not depend on the
   * order of rows. */
  for (size_t i = 0; i < N; i++)
    x[i] = 10.0 + random_unit (&state);
  seed = 3;
  test = hansa_permutation_between (x, w, group, N, 4, 1.0, 999, random_unit, &seed);
  ck_assert_double_gt (test.p_value.number, 0.01);
  ck_assert_double_lt (test.p_value.number, 1.0);
  for (int round = 0; round < 5; round++)
    {
      shuffle_rows (&state, x, w, group, N);
      seed = 3;
      HansaPermutation again
          = hansa_permutation_between (x, w, group, N, 4, 1.0, 999, random_unit, &seed);
      ck_same (again.p_value, test.p_value);
      ck_same (again.share, test.share);
    }
}
END_TEST

START_TEST (permutation_exact_agrees_with_drawn)
{
  const double x[] = { 1.0, 2.0, 5.0, 3.0, 9.0, 4.0, 7.0, 8.0 };
  const uint32_t group[] = { 0, 0, 0, 1, 1, 0, 1, 1 };
  HansaPermutation exact = hansa_permutation_between (x, NULL, group, 8, 2, 1.0, 0, NULL, NULL);
  ck_assert_uint_eq (exact.arrangements, 70);
  /* Count for itself: all 2^8 masks of four rows. Value: T of two means. */
  size_t large = 0;
  for (unsigned mask = 0; mask < 256; mask++)
    {
      double sums[2] = { 0.0, 0.0 };
      unsigned ones = 0;
      for (unsigned i = 0; i < 8; i++)
        {
          sums[(mask >> i) & 1u] += x[i];
          ones += (mask >> i) & 1u;
        }
      /* Equal sizes: the wider apart, the larger. Observed: 12 and 27. */
      large += ones == 4u && fabs (sums[0] - sums[1]) >= 15.0;
    }
  ck_number (exact.p_value, (double)large / 70.0, 1e-16);
}
END_TEST

START_TEST (permutation_reasons)
{
  const double x[] = { 1.0, 2.0, 0.0 }, same[] = { 2.0, 2.0, 2.0 };
  const uint32_t group[] = { 0, 1, 1 };
  ck_reason (hansa_permutation_between (same, NULL, group, 3, 2, 1.0, 9, NULL, NULL).p_value,
             HANSA_ZERO_DENOMINATOR);
  ck_reason (hansa_permutation_between (x, NULL, group, 3, 2, 0.0, 9, NULL, NULL).share,
             HANSA_ZERO_VALUE);
  ck_reason (hansa_permutation_between (x, NULL, group, 3, 1, 1.0, 9, NULL, NULL).share,
             HANSA_BAD_ARGUMENT);
  ck_reason (hansa_permutation_between (x, NULL, group, 0, 1, 1.0, 9, NULL, NULL).share,
             HANSA_NO_DATA);
}
END_TEST

START_TEST (permutation_is_exact_up_to_the_limit)
{
  /* C (19, 9) = 92378 arrangements; C (20, 10) = 184756. */
  double x[20];
  uint32_t group[20];
  uint64_t state = 10;
  for (size_t i = 0; i < 20; i++)
    {
      x[i] = (double)(i + 1);
      group[i] = i % 2;
    }
  HansaPermutation test
      = hansa_permutation_between (x, NULL, group, 19, 2, 1.0, 99, random_unit, &state);
  ck_assert (test.exact);
  ck_assert_uint_eq (test.arrangements, 92378);
  test = hansa_permutation_between (x, NULL, group, 20, 2, 1.0, 99, random_unit, &state);
  ck_assert (!test.exact);
  ck_assert_uint_eq (test.arrangements, 99);
}
END_TEST

int
main (void)
{
  const TTest *const tests[]
      = { permutation_exact_by_hand, permutation_drawn, permutation_exact_agrees_with_drawn,
          permutation_reasons, permutation_is_exact_up_to_the_limit };
  return run_suite ("stats: permutation", tests, N_ROWS (tests));
}
