/* SPDX-License-Identifier: MIT
 *
 * Inequality within and between groups.
 */
#include "test-stats-support.h"

static void
check_sum (HansaDecomposition d, double tolerance)
{
  ck_number (d.total, d.within.number + d.between.number + d.rest.number, tolerance);
  ck_assert_double_ge (d.within.number, 0.0);
  ck_assert_double_ge (d.between.number, 0.0);
}

/* Two groups, {1, 3} and {4, 8}: m = 4, group means 2 and 6, population shares
 * 1/2, value shares 1/4 and 3/4. */
static const double four[] = { 4.0, 1.0, 8.0, 3.0 };
static const uint32_t two[] = { 1, 0, 1, 0 };

START_TEST (theil_by_hand)
{
  /* T_0 of ratios 1/2, 3/2; T_1 of 2/3, 4/3; between of 1/2, 3/2. */
  double t0 = (0.5 * log (0.5) + 1.5 * log (1.5)) / 2.0;
  double t1 = (2.0 * log (2.0 / 3.0) + 4.0 * log (4.0 / 3.0)) / 6.0;
  HansaGroupPart parts[2];
  HansaDecomposition d = hansa_decompose_entropy (four, NULL, two, 4, 2, 1.0, parts);
  ck_number (d.within, t0 / 4.0 + t1 * 0.75, 1e-15);
  ck_number (d.between, t0, 1e-15);
  ck_number (d.rest, 0.0, 0.0);
  check_sum (d, 1e-15);
  ck_number (parts[0].population_share, 0.5, 0.0);
  ck_number (parts[0].value_share, 0.25, 0.0);
  ck_number (parts[1].value_share, 0.75, 0.0);
  ck_number (parts[0].mean, 2.0, 0.0);
  ck_number (parts[1].mean, 6.0, 0.0);
  ck_number (parts[0].measure, t0, 1e-15);
  ck_number (parts[1].measure, t1, 1e-15);
  ck_number (parts[0].contribution, t0 / 4.0, 1e-15);
  ck_number (parts[1].contribution, t1 * 0.75, 1e-15);
  ck_assert_uint_eq (parts[0].count, 2);
}
END_TEST

START_TEST (mld_and_ge2_by_hand)
{
  /* L: weights are population shares: (ln (4/3) + ln (9/8)) / 4; between
   * ln (4/3) / 2. GE(2): p^-1 s^2: 2/16 and 2 9/16 of 1/8 and 1/18; between
   * 1/8. */
  HansaDecomposition d = hansa_decompose_entropy (four, NULL, two, 4, 2, 0.0, NULL);
  ck_number (d.within, (log (4.0 / 3.0) + log (9.0 / 8.0)) / 4.0, 1e-15);
  ck_number (d.between, log (4.0 / 3.0) / 2.0, 1e-15);
  d = hansa_decompose_entropy (four, NULL, two, 4, 2, 2.0, NULL);
  ck_number (d.within, 2.0 / 16.0 / 8.0 + 18.0 / 16.0 / 18.0, 1e-15);
  ck_number (d.between, 0.125, 1e-15);
  check_sum (d, 1e-15);
}
END_TEST

START_TEST (gini_by_hand)
{
  /* {1, 3} {4, 8} do not overlap. G_0 = 1/4, G_1 = 4/(2 2 6) = 1/6; within
   * 1/8 1/4 + 3/8 1/6 = 3/32; between {2, 6}: 4/(2 2 4) = 1/4. All: pairs
   * 2 (3 + 2 + 7 + 1 + 5 + 4) = 44, over 2 16 4: 11/32. */
  HansaGroupPart parts[2];
  HansaDecomposition d = hansa_decompose_gini (four, NULL, two, 4, 2, parts);
  ck_number (d.total, 11.0 / 32.0, 1e-16);
  ck_number (d.within, 3.0 / 32.0, 1e-16);
  ck_number (d.between, 0.25, 1e-16);
  ck_number (d.rest, 0.0, 1e-16);
  ck_number (parts[1].contribution, 1.0 / 16.0, 1e-16);
  /* {1, 4} {3, 8} do: G_0 = 3/(2 2 2.5) = 3/10, G_1 = 5/22; within
   * (5/16 3/10 + 11/16 5/22) / 2 = 1/8; between 3/(2 2 4) = 3/16; overlap
   * 11/32 - 10/32 = 1/32. */
  const uint32_t crossed[] = { 0, 0, 1, 1 };
  d = hansa_decompose_gini (four, NULL, crossed, 4, 2, NULL);
  ck_number (d.within, 0.125, 1e-16);
  ck_number (d.between, 3.0 / 16.0, 1e-16);
  ck_number (d.rest, 1.0 / 32.0, 1e-16);
}
END_TEST

START_TEST (atkinson_by_hand)
{
  /* e = 1: equivalents sqrt 3 and sqrt 32; within 1 - (sqrt 3 + sqrt 32) / 2 / 4;
   * between 1 - sqrt (sqrt 96) / ((sqrt 3 + sqrt 32) / 2). */
  double mean = (sqrt (3.0) + sqrt (32.0)) / 2.0;
  HansaGroupPart parts[2];
  HansaDecomposition d = hansa_decompose_atkinson (four, NULL, two, 4, 2, 1.0, parts);
  ck_number (d.within, 1.0 - mean / 4.0, 1e-15);
  ck_number (d.between, 1.0 - pow (96.0, 0.25) / mean, 1e-15);
  ck_number (d.total, 1.0 - pow (96.0, 0.25) / 4.0, 1e-15);
  check_sum (d, 1e-15);
  ck_number (parts[0].contribution, 0.25 * (1.0 - sqrt (3.0) / 2.0), 1e-15);
}
END_TEST

START_TEST (parts_add_up)
{
  enum
  {
    N = 200,
    GROUPS = 7
  };
  static const double alphas[] = { 0.0, 1.0, 2.0, -1.0, 0.5, 3.3, 1.0 + 1e-7 };
  double x[N], w[N];
  uint32_t group[N];
  uint64_t state = 31;
  for (int round = 0; round < 40; round++)
    {
      const double *weights = round % 2 == 0 ? NULL : w;
      random_amounts (&state, x, N);
      for (size_t i = 0; i < N; i++)
        {
          x[i] += 0.25;
          w[i] = random_unit (&state);
          group[i] = (uint32_t)random_below (&state, GROUPS);
        }
      HansaGroupPart parts[GROUPS];
      for (size_t a = 0; a < N_ROWS (alphas); a++)
        {
          HansaDecomposition d
              = hansa_decompose_entropy (x, weights, group, N, GROUPS, alphas[a], parts);
          check_sum (d, 1e-12);
          ck_same (d.total, hansa_generalised_entropy (x, weights, N, alphas[a]));
          double within = 0.0, people = 0.0, value = 0.0;
          for (size_t g = 0; g < GROUPS; g++)
            {
              within += parts[g].contribution.number;
              people += parts[g].population_share.number;
              value += parts[g].value_share.number;
            }
          ck_number (d.within, within, 1e-12);
          ck_number (hansa_value (people), 1.0, 1e-14);
          ck_number (hansa_value (value), 1.0, 1e-14);
        }
      check_sum (hansa_decompose_gini (x, weights, group, N, GROUPS, NULL), 1e-12);
      for (double epsilon = 0.0; epsilon < 4.0; epsilon += 0.5)
        check_sum (hansa_decompose_atkinson (x, weights, group, N, GROUPS, epsilon, NULL), 1e-12);
    }
}
END_TEST

START_TEST (overlap_is_none_where_ranges_do_not_meet)
{
  enum
  {
    N = 90
  };
  double x[N];
  uint32_t group[N];
  uint64_t state = 17;
  for (size_t i = 0; i < N; i++)
    {
      group[i] = (uint32_t)(i % 3);
      x[i] = 10.0 * (double)group[i] + 9.0 * random_unit (&state);
    }
  HansaDecomposition d = hansa_decompose_gini (x, NULL, group, N, 3, NULL);
  ck_number (d.rest, 0.0, 1e-14);
  x[0] = 25.0;
  d = hansa_decompose_gini (x, NULL, group, N, 3, NULL);
  ck_assert_double_gt (d.rest.number, 1e-5);
}
END_TEST

START_TEST (group_of_zeros_is_not_negative)
{
  /* pysal/inequality#15. {0, 0} {1, 3}: m = 1. T: all 0 0 1/4 ln 1 + 3/4 ln 3;
   * between: ratio 2 for half: ln 2; within: T_1. */
  const double x[] = { 0.0, 0.0, 1.0, 3.0 };
  const uint32_t group[] = { 0, 0, 1, 1 };
  HansaGroupPart parts[2];
  HansaDecomposition d = hansa_decompose_entropy (x, NULL, group, 4, 2, 1.0, parts);
  ck_number (d.total, 0.75 * log (3.0), 1e-15);
  ck_number (d.between, log (2.0), 1e-15);
  ck_number (d.within, (0.5 * log (0.5) + 1.5 * log (1.5)) / 2.0, 1e-15);
  check_sum (d, 1e-15);
  ck_reason (parts[0].measure, HANSA_ZERO_TOTAL);
  ck_number (parts[0].contribution, 0.0, 0.0);
  ck_number (parts[0].mean, 0.0, 0.0);
  ck_number (parts[0].population_share, 0.5, 0.0);
  check_sum (hansa_decompose_gini (x, NULL, group, 4, 2, NULL), 1e-15);
  check_sum (hansa_decompose_atkinson (x, NULL, group, 4, 2, 0.5, NULL), 1e-15);
  check_sum (hansa_decompose_atkinson (x, NULL, group, 4, 2, 1.0, NULL), 1e-15);
}
END_TEST

START_TEST (empty_group_is_named)
{
  const double w[] = { 1.0, 1.0, 1.0, 1.0 };
  const uint32_t group[] = { 3, 1, 3, 1 };
  HansaGroupPart parts[5];
  HansaDecomposition d = hansa_decompose_entropy (four, w, group, 4, 5, 1.0, parts);
  HansaDecomposition plain = hansa_decompose_entropy (four, NULL, two, 4, 2, 1.0, NULL);
  ck_same (d.within, plain.within);
  ck_same (d.between, plain.between);
  for (size_t g = 0; g < 5; g += 2)
    {
      ck_assert_uint_eq (parts[g].count, 0);
      ck_number (parts[g].population_share, 0.0, 0.0);
      ck_number (parts[g].value_share, 0.0, 0.0);
      ck_number (parts[g].contribution, 0.0, 0.0);
      ck_reason (parts[g].mean, HANSA_NO_DATA);
      ck_reason (parts[g].measure, HANSA_NO_DATA);
    }
}
END_TEST

START_TEST (group_of_no_weight_is_empty)
{
  const double x[] = { 1.0, 3.0, 50.0 }, w[] = { 1.0, 1.0, 0.0 };
  const uint32_t group[] = { 0, 0, 1 };
  HansaGroupPart parts[2];
  HansaDecomposition d = hansa_decompose_gini (x, w, group, 3, 2, parts);
  ck_number (d.total, 0.25, 1e-16);
  ck_number (d.within, 0.25, 1e-16);
  ck_number (d.between, 0.0, 0.0);
  ck_assert_uint_eq (parts[1].count, 1);
  ck_reason (parts[1].measure, HANSA_NO_DATA);
}
END_TEST

START_TEST (one_group_is_all_within)
{
  const uint32_t one[] = { 0, 0, 0, 0 }, each[] = { 0, 1, 2, 3 };
  HansaDecomposition d = hansa_decompose_entropy (four, NULL, one, 4, 1, 0.0, NULL);
  ck_number (d.between, 0.0, 0.0);
  ck_number (d.within, d.total.number, 1e-16);
  d = hansa_decompose_gini (four, NULL, each, 4, 4, NULL);
  ck_number (d.within, 0.0, 0.0);
  ck_number (d.between, 11.0 / 32.0, 1e-16);
}
END_TEST

START_TEST (order_of_rows_changes_no_bit)
{
  enum
  {
    N = 150
  };
  double x[N], w[N];
  uint32_t group[N];
  uint64_t state = 55;
  random_amounts (&state, x, N);
  for (size_t i = 0; i < N; i++)
    {
      w[i] = random_unit (&state);
      group[i] = (uint32_t)random_below (&state, 5);
    }
  HansaGroupPart parts[5], first_parts[5];
  memset (parts, 0, sizeof parts);
  memset (first_parts, 0, sizeof first_parts);
  HansaDecomposition entropy = hansa_decompose_entropy (x, w, group, N, 5, 1.0, first_parts);
  HansaDecomposition gini = hansa_decompose_gini (x, w, group, N, 5, NULL);
  HansaDecomposition atkinson = hansa_decompose_atkinson (x, w, group, N, 5, 0.5, NULL);
  for (int round = 0; round < 50; round++)
    {
      shuffle_rows (&state, x, w, group, N);
      HansaDecomposition d = hansa_decompose_entropy (x, w, group, N, 5, 1.0, parts);
      ck_assert_mem_eq (&d, &entropy, sizeof d);
      ck_assert_mem_eq (parts, first_parts, sizeof parts);
      d = hansa_decompose_gini (x, w, group, N, 5, NULL);
      ck_assert_mem_eq (&d, &gini, sizeof d);
      d = hansa_decompose_atkinson (x, w, group, N, 5, 0.5, NULL);
      ck_assert_mem_eq (&d, &atkinson, sizeof d);
    }
}
END_TEST

static void
check_undefined (HansaDecomposition d, HansaReason reason)
{
  ck_reason (d.total, reason);
  ck_reason (d.within, reason);
  ck_reason (d.between, reason);
  ck_reason (d.rest, reason);
}

START_TEST (reasons)
{
  const double zero[] = { 0.0, 0.0, 0.0, 0.0 }, with_zero[] = { 0.0, 1.0, 2.0, 3.0 };
  const double negative[] = { 1.0, -1.0, 1.0, 1.0 }, nan[] = { 1.0, NAN, 1.0, 1.0 };
  HansaGroupPart parts[2];
  static const HansaReason expected[]
      = { HANSA_NO_DATA,        HANSA_ZERO_TOTAL, HANSA_BAD_WEIGHT,
          HANSA_NEGATIVE_VALUE, HANSA_NOT_FINITE, HANSA_BAD_ARGUMENT };
  for (size_t k = 0; k < N_ROWS (expected); k++)
    {
      const double *x = k == 1 ? zero : k == 3 ? negative : k == 4 ? nan : four;
      const double *w = k == 2 ? zero : NULL;
      size_t n = k == 0 ? 0 : 4, groups = k == 5 ? 1 : 2;
      check_undefined (hansa_decompose_entropy (x, w, two, n, groups, 1.0, parts), expected[k]);
      ck_reason (parts[0].contribution, expected[k]);
      check_undefined (hansa_decompose_gini (x, w, two, n, groups, parts), expected[k]);
      ck_reason (parts[0].mean, expected[k]);
      check_undefined (hansa_decompose_atkinson (x, w, two, n, groups, 1.0, parts), expected[k]);
      ck_reason (parts[0].value_share, expected[k]);
    }
  check_undefined (hansa_decompose_entropy (with_zero, NULL, two, 4, 2, 0.0, parts),
                   HANSA_ZERO_VALUE);
  check_undefined (hansa_decompose_atkinson (four, NULL, two, 4, 2, -1.0, parts),
                   HANSA_BAD_ARGUMENT);
}
END_TEST

START_TEST (atkinson_where_every_group_has_a_zero)
{
  const double x[] = { 0.0, 1.0, 0.0, 2.0 };
  const uint32_t group[] = { 0, 0, 1, 1 };
  HansaDecomposition d = hansa_decompose_atkinson (x, NULL, group, 4, 2, 1.0, NULL);
  ck_number (d.total, 1.0, 0.0);
  ck_number (d.within, 1.0, 0.0);
  ck_reason (d.between, HANSA_ZERO_DENOMINATOR);
  ck_reason (d.rest, HANSA_ZERO_DENOMINATOR);
}
END_TEST

int
main (void)
{
  const TTest *const tests[] = { theil_by_hand,
                                 mld_and_ge2_by_hand,
                                 gini_by_hand,
                                 atkinson_by_hand,
                                 parts_add_up,
                                 overlap_is_none_where_ranges_do_not_meet,
                                 group_of_zeros_is_not_negative,
                                 empty_group_is_named,
                                 group_of_no_weight_is_empty,
                                 one_group_is_all_within,
                                 order_of_rows_changes_no_bit,
                                 reasons,
                                 atkinson_where_every_group_has_a_zero };
  return run_suite ("stats: decomposition", tests, N_ROWS (tests));
}
