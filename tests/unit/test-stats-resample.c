/* SPDX-License-Identifier: MIT
 *
 * Bootstrap and leave-one-out.
 */
#include "test-stats-support.h"

static HansaValue
mean_of (const double *x, const double *w, size_t n, void *data)
{
  if (data != NULL)
    ++*(size_t *)data;
  return hansa_mean (x, w, n);
}

static HansaValue
gini_of (const double *x, const double *w, size_t n, void *data)
{
  (void)data;
  return hansa_gini (x, w, n);
}

static HansaValue
mld_of (const double *x, const double *w, size_t n, void *data)
{
  (void)data;
  return hansa_theil_l (x, w, n);
}

static HansaResampling
exactly (HansaStatistic statistic, uint32_t method)
{
  return (HansaResampling){ .statistic = statistic,
                            .level = 0.9,
                            .method = HANSA_BOOTSTRAP_EXACT | method };
}

static const double five[] = { 4.0, 1.0, 30.0, 2.0, 9.0 };

START_TEST (exact_by_enumeration_of_sequences)
{
  /* All 5^5 sequences, each once, in place of 126 weighted multisets. */
  enum
  {
    ALL = 3125
  };
  static double means[ALL];
  for (size_t s = 0; s < ALL; s++)
    {
      double x[5];
      for (size_t i = 0, rest = s; i < 5; i++, rest /= 5)
        x[i] = five[rest % 5];
      means[s] = hansa_gini (x, NULL, 5).number;
    }
  ck_assert_int_eq (hansa_sort (means, ALL, means), HANSA_DEFINED);
  HansaResampling how = exactly (gini_of, 0);
  HansaBootstrap b = hansa_bootstrap (five, NULL, 5, &how);
  /* 5 % of 3125 is 156.25: the 157th; 95 %: the 2969th. */
  ck_number (b.low, means[156], 1e-15);
  ck_number (b.high, means[2968], 1e-15);
  ck_same (b.estimate, hansa_gini (five, NULL, 5));
  ck_number (b.bias, hansa_mean (means, NULL, ALL).number - b.estimate.number, 1e-15);
  ck_number (b.standard_error, sqrt (hansa_variance (means, NULL, ALL).number), 1e-15);
  ck_assert_uint_eq (b.replicates, 126);
  ck_assert_uint_eq (b.undefined, 0);
}
END_TEST

START_TEST (exact_of_the_mean_by_hand)
{
  /* The bootstrap variance of a mean is the population variance over n. */
  size_t calls = 0;
  HansaResampling how = exactly (mean_of, 0);
  how.data = &calls;
  HansaBootstrap b = hansa_bootstrap (five, NULL, 5, &how);
  ck_number (b.estimate, 9.2, 1e-15);
  ck_number (b.bias, 0.0, 1e-14);
  ck_number (b.standard_error, sqrt (hansa_variance (five, NULL, 5).number / 5.0), 1e-14);
  ck_assert_uint_eq (calls, 127);
  /* The 157th and 2969th of all 3125 means, by Python. */
  ck_number (b.low, 2.6, 1e-15);
  ck_number (b.high, 18.6, 1e-15);
}
END_TEST

START_TEST (exact_bca_against_python)
{
  /* Computed apart, over all 3125 sequences, with statistics.NormalDist of
   * Python 3.11: z0 = 0.11576, a = 0.09496, tails moved to 0.11134, 0.98712. */
  HansaResampling how = exactly (mean_of, HANSA_BOOTSTRAP_BCA);
  HansaBootstrap b = hansa_bootstrap (five, NULL, 5, &how);
  ck_number (b.low, 3.4, 1e-15);
  ck_number (b.high, 20.6, 1e-15);
}
END_TEST

START_TEST (exact_bca_at_many_levels)
{
  /* {1, 2, 7}, sum 10: of 27 sequences 11 have less and 6 as much, so z0 is the
   * quantile of 14/27; a = 0.060709; tails by Python as above. Sums at which BCa reads
   * the tails of level 0.1, 0.2, ... 0.9. */
  static const double low[] = { 10, 10, 9, 9, 6, 5, 5, 4, 4 };
  static const double high[] = { 10, 11, 11, 11, 15, 15, 16, 16, 21 };
  const double x[] = { 1.0, 2.0, 7.0 };
  HansaResampling how = exactly (mean_of, HANSA_BOOTSTRAP_BCA);
  for (size_t i = 0; i < N_ROWS (low); i++)
    {
      how.level = 0.1 * (double)(i + 1);
      HansaBootstrap b = hansa_bootstrap (x, NULL, 3, &how);
      ck_number (b.low, low[i] / 3.0, 1e-15);
      ck_number (b.high, high[i] / 3.0, 1e-15);
    }
}
END_TEST

START_TEST (exact_counts_multisets)
{
  /* C (2n - 1, n). */
  static const size_t expected[] = { 1, 3, 10, 35, 126, 462, 1716 };
  const double x[] = { 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0 };
  HansaResampling how = exactly (mean_of, 0);
  for (size_t n = 1; n <= 7; n++)
    {
      HansaBootstrap b = hansa_bootstrap (x, NULL, n, &how);
      ck_assert_uint_eq (b.replicates, expected[n - 1]);
      ck_number (b.bias, 0.0, 1e-13);
    }
  ck_reason (hansa_bootstrap (x, NULL, 8, &how).low, HANSA_BAD_ARGUMENT);
}
END_TEST

START_TEST (drawn_nears_exact)
{
  uint64_t state = 1;
  HansaResampling how = exactly (gini_of, 0), draw = how;
  draw.method = 0;
  draw.replicates = 40000;
  draw.uniform = random_unit;
  draw.source = &state;
  for (int bca = 0; bca < 2; bca++)
    {
      how.method = HANSA_BOOTSTRAP_EXACT | (bca ? HANSA_BOOTSTRAP_BCA : 0);
      draw.method = bca ? HANSA_BOOTSTRAP_BCA : 0;
      HansaBootstrap a = hansa_bootstrap (five, NULL, 5, &how);
      HansaBootstrap b = hansa_bootstrap (five, NULL, 5, &draw);
      ck_assert_uint_eq (b.replicates, 40000);
      ck_number (b.low, a.low.number, 0.02);
      ck_number (b.high, a.high.number, 0.02);
      ck_number (b.standard_error, a.standard_error.number, 0.003);
    }
}
END_TEST

/* Draws rows 0, 0, 1, 1, 2, 2, ... of four. */
static double
in_turn (void *source)
{
  size_t *step = source;
  return (double)((*step)++ / 2 % 4) / 4.0;
}

START_TEST (quantile_of_draws_by_hand)
{
  /* Four rows a draw: 1 1 2 2, 3 3 4 4, 1 1 2 2, ...: of R = 9 means, five are
   * 1.5 and four 3.5. At level 0.6, (R + 1) p is 2 and 8. */
  const double x[] = { 1.0, 2.0, 3.0, 4.0 };
  size_t step = 0;
  HansaResampling how = {
    .statistic = mean_of, .level = 0.6, .replicates = 9, .uniform = in_turn, .source = &step
  };
  HansaBootstrap b = hansa_bootstrap (x, NULL, 4, &how);
  ck_number (b.low, 1.5, 0.0);
  ck_number (b.high, 3.5, 0.0);
  /* Variance 4 5/9 4/9 9/8 = 10/9. */
  ck_number (b.standard_error, sqrt (10.0) / 3.0, 1e-15);
  /* At level 0.1, 5.5 is half way from the 5th to the 6th: 2.5. */
  how.level = 0.1;
  step = 0;
  b = hansa_bootstrap (x, NULL, 4, &how);
  ck_number (b.high, 2.5, 1e-14);
  ck_number (b.low, 1.5, 0.0);
}
END_TEST

/* Answers what `data` points at, one number after the other. */
static HansaValue
scripted (const double *x, const double *w, size_t n, void *data)
{
  const double **next = data;
  (void)x;
  (void)w;
  (void)n;
  return hansa_value (*(*next)++);
}

START_TEST (quantile_between_draws)
{
  /* The estimate, then R = 4 replicates: 1, 2, 4, 8. (R + 1) p is 1.25 and 3.75
   * at level 0.5: 1 + 1/4, 4 + 3/4 4; 2 and 3 at level 0.2. */
  const double script[] = { 3.0, 8.0, 1.0, 4.0, 2.0 }, *next = script;
  const double x[] = { 1.0, 2.0 };
  HansaResampling how = { .statistic = scripted,
                          .data = &next,
                          .level = 0.5,
                          .replicates = 4,
                          .uniform = in_turn,
                          .source = &(size_t){ 0 } };
  HansaBootstrap b = hansa_bootstrap (x, NULL, 2, &how);
  ck_number (b.low, 1.25, 1e-15);
  ck_number (b.high, 7.0, 1e-15);
  ck_number (b.bias, 0.75, 1e-15);
  next = script;
  how.level = 0.2;
  b = hansa_bootstrap (x, NULL, 2, &how);
  ck_number (b.low, 2.0, 1e-14);
  ck_number (b.high, 4.0, 1e-14);
  /* Past either end, the end. */
  next = script;
  how.level = 0.99;
  b = hansa_bootstrap (x, NULL, 2, &how);
  ck_number (b.low, 1.0, 0.0);
  ck_number (b.high, 8.0, 0.0);
}
END_TEST

static double
always_one (void *source)
{
  (void)source;
  return 1.0;
}

START_TEST (draw_of_one_stays_inside)
{
  /* A source must answer below 1; one that does not draws the last row. */
  const double x[] = { 1.0, 2.0, 3.0, 4.0 };
  HansaResampling how
      = { .statistic = mean_of, .level = 0.6, .replicates = 3, .uniform = always_one };
  ck_number (hansa_bootstrap (x, NULL, 4, &how).low, 4.0, 0.0);
}
END_TEST

START_TEST (order_of_rows_changes_no_bit)
{
  double x[] = { 4.0, 1.0, 30.0, 2.0, 9.0, 9.0 }, w[] = { 1.0, 2.0, 3.0, 1.0, 5.0, 1.0 };
  uint64_t state = 9, seed = 5;
  HansaResampling how = { .statistic = gini_of,
                          .level = 0.95,
                          .method = HANSA_BOOTSTRAP_BCA,
                          .replicates = 500,
                          .uniform = random_unit,
                          .source = &seed };
  HansaResampling exact = exactly (gini_of, HANSA_BOOTSTRAP_BCA);
  HansaBootstrap first = hansa_bootstrap (x, w, 6, &how);
  HansaBootstrap first_exact = hansa_bootstrap (x, w, 6, &exact);
  ck_assert_uint_eq (first.low.reason, HANSA_DEFINED);
  for (int round = 0; round < 20; round++)
    {
      shuffle_rows (&state, x, w, NULL, 6);
      seed = 5;
      HansaBootstrap now = hansa_bootstrap (x, w, 6, &how);
      ck_assert_mem_eq (&now, &first, sizeof now);
      now = hansa_bootstrap (x, w, 6, &exact);
      ck_assert_mem_eq (&now, &first_exact, sizeof now);
    }
}
END_TEST

START_TEST (replicates_without_value_are_counted)
{
  /* {0, 5}: (0, 0) has no Gini, 1 of 4; (0, 5) 1/2, twice; (5, 5) 0. */
  const double x[] = { 0.0, 5.0 };
  HansaResampling how = exactly (gini_of, 0);
  HansaBootstrap b = hansa_bootstrap (x, NULL, 2, &how);
  ck_assert_uint_eq (b.replicates, 3);
  ck_assert_uint_eq (b.undefined, 1);
  ck_number (b.low, 0.0, 0.0);
  ck_number (b.high, 0.5, 0.0);
  ck_number (b.bias, -0.5 / 3.0, 1e-15);
}
END_TEST

START_TEST (bootstrap_reasons)
{
  const double x[] = { 0.0, 1.0, 2.0 }, same[] = { 2.0, 2.0, 2.0 }, nan[] = { 1.0, NAN };
  HansaResampling how = exactly (mld_of, 0);
  ck_reason (hansa_bootstrap (x, NULL, 3, &how).estimate, HANSA_ZERO_VALUE);
  ck_reason (hansa_bootstrap (x, NULL, 3, &how).high, HANSA_ZERO_VALUE);
  ck_reason (hansa_bootstrap (x, NULL, 0, &how).low, HANSA_NO_DATA);
  ck_reason (hansa_bootstrap (nan, NULL, 2, &how).low, HANSA_NOT_FINITE);
  ck_reason (hansa_bootstrap (x, x, 1, &how).low, HANSA_BAD_WEIGHT);
  /* Equal rows: no spread for BCa, but a percentile interval of one point. */
  how = exactly (mean_of, HANSA_BOOTSTRAP_BCA);
  ck_reason (hansa_bootstrap (same, NULL, 3, &how).low, HANSA_ZERO_DENOMINATOR);
  how = exactly (mean_of, 0);
  ck_number (hansa_bootstrap (same, NULL, 3, &how).low, 2.0, 0.0);
  ck_number (hansa_bootstrap (same, NULL, 3, &how).standard_error, 0.0, 0.0);
  how.level = 1.0;
  ck_reason (hansa_bootstrap (same, NULL, 3, &how).low, HANSA_BAD_ARGUMENT);
  how.level = 0.9;
  how.method = 0; /* drawn, but neither how often nor from what */
  ck_reason (hansa_bootstrap (same, NULL, 3, &how).low, HANSA_BAD_ARGUMENT);
  how.replicates = 10;
  ck_reason (hansa_bootstrap (same, NULL, 3, &how).low, HANSA_BAD_ARGUMENT);
  /* Leaving out the only amount of two leaves no Gini for BCa. */
  const double one[] = { 0.0, 5.0 };
  how = exactly (gini_of, HANSA_BOOTSTRAP_BCA);
  HansaBootstrap b = hansa_bootstrap (one, NULL, 2, &how);
  ck_reason (b.low, HANSA_ZERO_TOTAL);
  ck_number (b.estimate, 0.5, 0.0);
}
END_TEST

START_TEST (leave_one_out_by_hand)
{
  const double x[] = { 1.0, 2.0, 6.0 }, w[] = { 1.0, 1.0, 3.0 };
  HansaValue values[3];
  ck_assert_int_eq (hansa_leave_one_out (x, NULL, 3, mean_of, NULL, values), HANSA_DEFINED);
  ck_number (values[0], 4.0, 0.0);
  ck_number (values[1], 3.5, 0.0);
  ck_number (values[2], 1.5, 0.0);
  ck_assert_int_eq (hansa_leave_one_out (x, w, 3, mean_of, NULL, values), HANSA_DEFINED);
  ck_number (values[0], 5.0, 0.0);
  ck_number (values[2], 1.5, 0.0);
  ck_assert_int_eq (hansa_leave_one_out (x, NULL, 1, mean_of, NULL, values), HANSA_DEFINED);
  ck_reason (values[0], HANSA_NO_DATA);
  ck_assert_int_eq (hansa_leave_one_out (x, NULL, 0, mean_of, NULL, values), HANSA_NO_DATA);
}
END_TEST

int
main (void)
{
  const TTest *const tests[] = { exact_by_enumeration_of_sequences,
                                 exact_of_the_mean_by_hand,
                                 exact_bca_against_python,
                                 exact_bca_at_many_levels,
                                 exact_counts_multisets,
                                 drawn_nears_exact,
                                 quantile_of_draws_by_hand,
                                 quantile_between_draws,
                                 draw_of_one_stays_inside,
                                 order_of_rows_changes_no_bit,
                                 replicates_without_value_are_counted,
                                 bootstrap_reasons,
                                 leave_one_out_by_hand };
  return run_suite ("stats: resampling", tests, N_ROWS (tests));
}
