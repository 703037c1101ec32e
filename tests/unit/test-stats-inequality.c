/* SPDX-License-Identifier: MIT
 *
 * Generalised entropy, Theil, Atkinson, Hoover, variation, Williamson, Kolm.
 */
#include "test-stats-support.h"

/* {1, 3}: mean 2, ratios 1/2 and 3/2. */
static const double pair[] = { 1.0, 3.0 };

START_TEST (entropy_by_hand)
{
  /* T = (1/2 ln 1/2 + 3/2 ln 3/2) / 2; L = (ln 2 + ln 2/3) / 2 = ln (4/3) / 2;
   * GE(2) = CV^2 / 2 = (1/4) / 2; GE(-1) = (mean 1/r - 1) / 2
   * = ((2 + 2/3) / 2 - 1) / 2 = 1/6. */
  ck_number (hansa_theil_t (pair, NULL, 2), (0.5 * log (0.5) + 1.5 * log (1.5)) / 2.0, 1e-16);
  ck_number (hansa_theil_l (pair, NULL, 2), log (4.0 / 3.0) / 2.0, 1e-16);
  ck_number (hansa_generalised_entropy (pair, NULL, 2, 2.0), 0.125, 1e-16);
  ck_number (hansa_generalised_entropy (pair, NULL, 2, -1.0), 1.0 / 6.0, 1e-16);
  /* a = 1/2: (mean sqrt r - 1) / (-1/4) = 4 - 2 (sqrt 1/2 + sqrt 3/2). */
  ck_number (hansa_generalised_entropy (pair, NULL, 2, 0.5), 4.0 - 2.0 * (sqrt (0.5) + sqrt (1.5)),
             1e-15);
  /* One of n has all: T = ln n. */
  const double all[] = { 0.0, 4.0, 0.0, 0.0, 0.0 };
  ck_number (hansa_theil_t (all, NULL, 5), log (5.0), 1e-15);
}
END_TEST

START_TEST (published_incomes)
{
  /* The ten incomes of R's package ineq; values by the definitions with
   * Python's math.fsum. */
  const double x[]
      = { 541.0, 1463.0, 2445.0, 3438.0, 4437.0, 5401.0, 6392.0, 8304.0, 11904.0, 22261.0 };
  ck_number (hansa_theil_t (x, NULL, 10), 0.3623412423438949, 1e-15);
  ck_number (hansa_theil_l (x, NULL, 10), 0.433594649520446, 1e-15);
  ck_number (hansa_atkinson (x, NULL, 10, 0.5), 0.17965909804634195, 1e-15);
  ck_number (hansa_hoover (x, NULL, 10), 0.33780674616285705, 1e-15);
  ck_number (hansa_cv (x, NULL, 10), 0.9169581828823237, 1e-15);
}
END_TEST

START_TEST (theil_t_is_not_the_mean_log_deviation)
{
  /* REAT 3's theil () is the latter. */
  const double x[] = { 1.0, 1.0, 10.0 };
  /* m = 4: T = (2 1/4 ln 1/4 + 10/4 ln 10/4) / 3; L = (2 ln 4 + ln 0.4) / 3. */
  ck_number (hansa_theil_t (x, NULL, 3), (0.5 * log (0.25) + 2.5 * log (2.5)) / 3.0, 1e-15);
  ck_number (hansa_theil_l (x, NULL, 3), (2.0 * log (4.0) + log (0.4)) / 3.0, 1e-15);
}
END_TEST

START_TEST (theil_t_keeps_zeros)
{
  /* ineq and dineq drop zeros and shrink n, which would give 0; PySAL puts a
   * tiny number in their place. 0 ln 0 = 0: {0, 2} is (2 ln 2) / 2. */
  const double x[] = { 0.0, 2.0 }, w[] = { 3.0, 1.0 };
  ck_number (hansa_theil_t (x, NULL, 2), log (2.0), 0.0);
  /* Three quarters have nothing: ratio 4 for a quarter. */
  ck_number (hansa_theil_t (x, w, 2), log (4.0), 1e-16);
}
END_TEST

START_TEST (zero_has_no_logarithm)
{
  /* ineq answers infinity, IC2 NULL. */
  const double x[] = { 0.0, 2.0 }, w[] = { 0.0, 1.0 };
  ck_reason (hansa_theil_l (x, NULL, 2), HANSA_ZERO_VALUE);
  ck_reason (hansa_generalised_entropy (x, NULL, 2, -0.5), HANSA_ZERO_VALUE);
  /* a = 1/2: (sqrt 2 / 2 - 1) / (-1/4). */
  ck_number (hansa_generalised_entropy (x, NULL, 2, 0.5), 4.0 - 2.0 * sqrt (2.0), 1e-15);
  /* Unless the zero counts for nothing. */
  ck_number (hansa_theil_l (x, w, 2), 0.0, 0.0);
}
END_TEST

START_TEST (entropy_is_smooth_in_its_parameter)
{
  const double x[] = { 1.0, 2.0, 3.0, 10.0 };
  for (int k = 5; k < 40; k++)
    {
      double step = ldexp (1.0, -k);
      ck_number (hansa_generalised_entropy (x, NULL, 4, step), hansa_theil_l (x, NULL, 4).number,
                 step);
      ck_number (hansa_generalised_entropy (x, NULL, 4, 1.0 - step),
                 hansa_theil_t (x, NULL, 4).number, step);
      ck_number (hansa_atkinson (x, NULL, 4, 1.0 + step), hansa_atkinson (x, NULL, 4, 1.0).number,
                 step);
    }
}
END_TEST

START_TEST (entropy_of_nearly_equal_rows_keeps_digits)
{
  /* Ratios 1 - e and 1 + e, e = 2^-30: every GE is e^2 / 2 (1 + O (e^2)),
   * which the textbook sums lose entirely. */
  const double x[] = { 1.0 - 0x1p-30, 1.0 + 0x1p-30 };
  static const double alphas[] = { -1.0, 0.0, 0.3, 1.0, 2.0, 5.0 };
  for (size_t i = 0; i < N_ROWS (alphas); i++)
    {
      HansaValue value = hansa_generalised_entropy (x, NULL, 2, alphas[i]);
      ck_number (hansa_value (value.number / 0x1p-61), 1.0, 1e-12);
    }
  /* Atkinson is e GE to that order. */
  ck_number (hansa_value (hansa_atkinson (x, NULL, 2, 0.5).number / 0x1p-62), 1.0, 1e-12);
}
END_TEST

START_TEST (atkinson_by_hand)
{
  /* e = 1/2: 1 - ((1 + sqrt 3) / 2)^2 / 2; e = 1: 1 - sqrt 3 / 2; e = 2:
   * harmonic mean 1.5, 1 - 1.5 / 2. */
  double root = (1.0 + sqrt (3.0)) / 2.0;
  ck_number (hansa_atkinson (pair, NULL, 2, 0.0), 0.0, 0.0);
  ck_number (hansa_atkinson (pair, NULL, 2, 0.5), 1.0 - root * root / 2.0, 1e-15);
  ck_number (hansa_atkinson (pair, NULL, 2, 1.0), 1.0 - sqrt (3.0) / 2.0, 1e-15);
  ck_number (hansa_atkinson (pair, NULL, 2, 2.0), 0.25, 1e-15);
}
END_TEST

START_TEST (atkinson_of_large_aversion_nears_the_smallest)
{
  /* As e grows, 1 - min / mean (2^(1/(e-1)) min / mean on the way). */
  const double x[] = { 1e-3, 3.0 };
  double m = 1.5005;
  ck_number (hansa_atkinson (x, NULL, 2, 1001.0), 1.0 - 1e-3 / m * pow (2.0, 1e-3), 1e-13);
  ck_number (hansa_atkinson (x, NULL, 2, 1e8), 1.0 - 1e-3 / m, 1e-10);
  ck_number (hansa_atkinson (pair, NULL, 2, 1e6), 0.5, 1e-6);
}
END_TEST

START_TEST (atkinson_with_a_zero)
{
  /* {0, 2}, e = 1/2: 1 - (sqrt 2 / 2)^2 = 1/2; 1 from e = 1 on. PySAL raises. */
  const double x[] = { 0.0, 2.0 };
  ck_number (hansa_atkinson (x, NULL, 2, 0.5), 0.5, 1e-15);
  ck_number (hansa_atkinson (x, NULL, 2, 1.0), 1.0, 0.0);
  ck_number (hansa_atkinson (x, NULL, 2, 3.0), 1.0, 0.0);
  ck_number (hansa_atkinson (x, NULL, 2, 1.0 - 1e-9), 1.0, 1e-8);
}
END_TEST

START_TEST (hoover_and_variation_by_hand)
{
  /* |1 - 2| + |3 - 2| = 2, over 2 2 2; deviation 1 over mean 2. */
  ck_number (hansa_hoover (pair, NULL, 2), 0.25, 0.0);
  ck_number (hansa_cv (pair, NULL, 2), 0.5, 0.0);
  ck_number (hansa_cv_sample (pair, 2), sqrt (2.0) / 2.0, 1e-16);
  /* Weights 3, 1: mean 1.5; deviations 3 0.5 + 1.5 = 3, over 2 4 1.5; squares
   * 3 0.25 + 2.25 = 3, over 4, root over 1.5. REAT 3 multiplies the deviations
   * by the weights twice. */
  const double w[] = { 3.0, 1.0 };
  ck_number (hansa_hoover (pair, w, 2), 0.25, 1e-16);
  ck_number (hansa_cv (pair, w, 2), sqrt (0.75) / 1.5, 1e-16);
}
END_TEST

START_TEST (hoover_is_the_share_to_be_moved)
{
  /* Half the sum of |share of amount - share of heads|: {2, 6, 4} for heads
   * {1, 1, 2} is amounts {2, 6, 8} of 16, heads of 4: |1/8 - 1/4| + |3/8 - 1/4|
   * + |1/2 - 1/2| = 1/4, half of it. */
  const double x[] = { 2.0, 6.0, 4.0 }, w[] = { 1.0, 1.0, 2.0 };
  ck_number (hansa_hoover (x, w, 3), 0.125, 1e-16);
}
END_TEST

START_TEST (williamson_is_about_the_national_mean)
{
  /* REAT 3 takes the unweighted mean (here 2). With 3/4 of heads at 1 the
   * national mean is 1.5; see above. */
  const double population[] = { 3e6, 1e6 };
  ck_number (hansa_williamson (pair, population, 2), sqrt (0.75) / 1.5, 1e-15);
  ck_reason (hansa_williamson (pair, NULL, 2), HANSA_BAD_ARGUMENT);
}
END_TEST

START_TEST (kolm_by_hand)
{
  /* ln ((e^1 + e^-1) / 2) = ln cosh 1; a = 2: ln cosh 2 / 2. */
  const double zero[] = { 0.0, 0.0 }, shifted[] = { 101.0, 103.0 };
  ck_number (hansa_kolm (pair, NULL, 2, 1.0), log (cosh (1.0)), 1e-15);
  ck_number (hansa_kolm (pair, NULL, 2, 2.0), log (cosh (2.0)) / 2.0, 1e-15);
  /* Absolute: adding 100 to all changes nothing. */
  ck_number (hansa_kolm (shifted, NULL, 2, 1.0), log (cosh (1.0)), 1e-14);
  /* Large a: mean - min; small a: a variance / 2. */
  ck_number (hansa_kolm (pair, NULL, 2, 1e4), 1.0, 1e-4);
  ck_number (hansa_value (hansa_kolm (pair, NULL, 2, 1e-4).number / 1e-4), 0.5, 1e-7);
  ck_number (hansa_kolm (zero, NULL, 2, 1.0), 0.0, 0.0);
  ck_reason (hansa_kolm (pair, NULL, 2, 0.0), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_kolm (pair, NULL, 2, NAN), HANSA_BAD_ARGUMENT);
}
END_TEST

/* All measures of (x, w), at parameters that take every branch. */
enum
{
  MEASURES = 11
};

static void
measure_all (const double *x, const double *w, size_t n, HansaValue *values)
{
  static const double alphas[] = { 0.25, 1.0, 2.0, 7.0 }, epsilons[] = { 0.5, 1.0, 3.0 };
  for (size_t i = 0; i < 4; i++)
    values[i] = hansa_generalised_entropy (x, w, n, alphas[i]);
  for (size_t i = 0; i < 3; i++)
    values[4 + i] = hansa_atkinson (x, w, n, epsilons[i]);
  values[7] = hansa_hoover (x, w, n);
  values[8] = hansa_cv (x, w, n);
  values[9] = hansa_palma (x, w, n);
  values[10] = hansa_theil_l (x, w, n);
}

START_TEST (order_of_rows_changes_no_bit)
{
  enum
  {
    N = 131
  };
  double x[N], w[N];
  HansaValue first[MEASURES], now[MEASURES];
  uint64_t state = 99;
  for (int zeros = 0; zeros < 2; zeros++)
    {
      random_amounts (&state, x, N);
      for (size_t i = 0; i < N; i++)
        {
          w[i] = random_unit (&state);
          x[i] += zeros == 0 ? 0.25 : 0.0;
        }
      measure_all (x, w, N, first);
      for (int round = 0; round < 100; round++)
        {
          shuffle_rows (&state, x, w, NULL, N);
          measure_all (x, w, N, now);
          ck_assert_mem_eq (first, now, sizeof first);
        }
    }
}
END_TEST

START_TEST (scale_and_copies_change_nothing)
{
  enum
  {
    N = 60
  };
  double x[N], w[N], scaled[N], copies[N * 4];
  HansaValue a[MEASURES], b[MEASURES];
  uint64_t state = 41;
  for (int round = 0; round < 50; round++)
    {
      size_t n = 0;
      random_amounts (&state, x, N);
      for (size_t i = 0; i < N; i++)
        {
          x[i] += 0.5;
          scaled[i] = x[i] * 1.37e-9;
          w[i] = (double)(1 + random_below (&state, 4));
          for (double k = 0.0; k < w[i]; k += 1.0)
            copies[n++] = x[i];
        }
      measure_all (x, w, N, a);
      measure_all (scaled, w, N, b);
      for (size_t i = 0; i < MEASURES; i++)
        ck_number (b[i], a[i].number, 1e-12);
      /* REAT 3's weighted forms fail this. */
      measure_all (copies, NULL, n, b);
      for (size_t i = 0; i < MEASURES; i++)
        ck_number (b[i], a[i].number, 1e-12);
    }
}
END_TEST

START_TEST (transfer_to_a_richer_row_adds_inequality)
{
  /* The principle of transfers (Dalton 1920), which Hoover does not keep. */
  double x[20];
  uint64_t state = 6;
  for (int round = 0; round < 200; round++)
    {
      HansaValue before[MEASURES], after[MEASURES];
      for (size_t i = 0; i < 20; i++)
        x[i] = 1.0 + 9.0 * random_unit (&state);
      measure_all (x, NULL, 20, before);
      size_t i = random_below (&state, 20), j = (i + 1 + random_below (&state, 19)) % 20;
      double step = fmin (x[i], x[j]) / 10.0;
      x[x[i] < x[j] ? i : j] -= step;
      x[x[i] < x[j] ? j : i] += step;
      measure_all (x, NULL, 20, after);
      for (size_t k = 0; k < 7; k++)
        ck_assert_msg (after[k].number > before[k].number, "measure %zu", k);
      ck_assert (after[10].number > before[10].number);
    }
}
END_TEST

START_TEST (edges_of_double)
{
  const double large[] = { DBL_MAX / 3.0, DBL_MAX }, small[] = { 0x1p-1074, 0x3p-1074 };
  const double w[] = { DBL_MAX, DBL_MAX };
  ck_number (hansa_generalised_entropy (large, w, 2, 2.0), 0.125, 1e-15);
  ck_number (hansa_generalised_entropy (small, w, 2, 2.0), 0.125, 1e-15);
  ck_number (hansa_hoover (large, NULL, 2), 0.25, 1e-15);
  ck_number (hansa_cv (small, NULL, 2), 0.5, 1e-15);
  /* L = ln of arithmetic over geometric mean: ln (1/2) - ln (1e-300) / 2. */
  const double wide[] = { 1e-300, 1.0 };
  ck_number (hansa_theil_l (wide, NULL, 2), log (0.5) + 150.0 * log (10.0), 1e-15);
  /* A power that leaves the range is said, not answered. */
  ck_reason (hansa_generalised_entropy (wide, NULL, 2, -3.0), HANSA_NOT_FINITE);
}
END_TEST

START_TEST (reasons)
{
  const double zero[] = { 0.0, 0.0 }, negative[] = { 1.0, -1.0 }, nan[] = { 1.0, NAN };
  HansaValue values[MEASURES];
  static const HansaReason expected[] = { HANSA_NO_DATA,    HANSA_ZERO_TOTAL, HANSA_NEGATIVE_VALUE,
                                          HANSA_NOT_FINITE, HANSA_BAD_WEIGHT, HANSA_BAD_WEIGHT };
  for (size_t k = 0; k < N_ROWS (expected); k++)
    {
      const double *x = k == 1 ? zero : k == 2 ? negative : k == 3 ? nan : pair;
      const double *w = k == 4 ? zero : k == 5 ? nan : NULL;
      measure_all (x, w, k == 0 ? 0 : 2, values);
      for (size_t i = 0; i < MEASURES; i++)
        ck_reason (values[i], expected[k]);
      if (k != 1)
        ck_reason (hansa_kolm (x, w, k == 0 ? 0 : 2, 1.0), expected[k]);
    }
  ck_reason (hansa_generalised_entropy (pair, NULL, 2, NAN), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_atkinson (pair, NULL, 2, -0.1), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_atkinson (pair, NULL, 2, INFINITY), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_cv_sample (pair, 1), HANSA_TOO_FEW);
  ck_reason (hansa_cv_sample (zero, 2), HANSA_ZERO_TOTAL);
}
END_TEST

int
main (void)
{
  const TTest *const tests[] = { entropy_by_hand,
                                 published_incomes,
                                 theil_t_is_not_the_mean_log_deviation,
                                 theil_t_keeps_zeros,
                                 zero_has_no_logarithm,
                                 entropy_is_smooth_in_its_parameter,
                                 entropy_of_nearly_equal_rows_keeps_digits,
                                 atkinson_by_hand,
                                 atkinson_of_large_aversion_nears_the_smallest,
                                 atkinson_with_a_zero,
                                 hoover_and_variation_by_hand,
                                 hoover_is_the_share_to_be_moved,
                                 williamson_is_about_the_national_mean,
                                 kolm_by_hand,
                                 order_of_rows_changes_no_bit,
                                 scale_and_copies_change_nothing,
                                 transfer_to_a_richer_row_adds_inequality,
                                 edges_of_double,
                                 reasons };
  return run_suite ("stats: inequality", tests, N_ROWS (tests));
}
