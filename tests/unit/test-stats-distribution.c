/* SPDX-License-Identifier: MIT
 *
 * Distribution functions and tests of counts. Values called R are R 4.2.2's.
 */
#include "test-stats-support.h"

/* Within `tolerance`, relative to the expected value however small. */
static void
check_relative (HansaValue value, double expected, double tolerance)
{
  ck_assert_uint_eq (value.reason, HANSA_DEFINED);
  ck_number (hansa_value (value.number / expected), 1.0, tolerance);
}

START_TEST (chi_square_against_r)
{
  /* R: pchisq (x, df, lower.tail = FALSE). */
  static const double x[] = { 0.5, 3.841458820694124, 10.0, 100.0, 1200.0, 30.0 };
  static const double freedom[] = { 1.0, 1.0, 3.0, 50.0, 1000.0, 7.0 };
  static const double p[]
      = { 4.7950012218695348e-01, 4.9999999999999975e-02, 1.8566135463043233e-02,
          3.4549313829848641e-05, 1.2255942330622908e-05, 9.4959725081341848e-05 };
  for (size_t i = 0; i < N_ROWS (x); i++)
    check_relative (hansa_chi_square_upper (x[i], freedom[i]), p[i], 1e-12);
}
END_TEST

START_TEST (chi_square_closed_forms)
{
  /* f = 2: exp (-x/2); f = 4: exp (-x/2) (1 + x/2); f = 1: erfc (sqrt (x/2)). */
  for (double x = 0.01; x < 400.0; x *= 1.3)
    {
      check_relative (hansa_chi_square_upper (x, 2.0), exp (-x / 2.0), 1e-12);
      check_relative (hansa_chi_square_upper (x, 4.0), exp (-x / 2.0) * (1.0 + x / 2.0), 1e-12);
      check_relative (hansa_chi_square_upper (x, 1.0), erfc (sqrt (x / 2.0)), 1e-12);
    }
  ck_number (hansa_chi_square_upper (0.0, 3.0), 1.0, 0.0);
  ck_number (hansa_chi_square_upper (1e6, 3.0), 0.0, 0.0);
}
END_TEST

START_TEST (chi_square_reasons)
{
  ck_reason (hansa_chi_square_upper (-1.0, 3.0), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_chi_square_upper (1.0, 0.0), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_chi_square_upper (NAN, 3.0), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_chi_square_upper (INFINITY, 3.0), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_chi_square_upper (1.0, NAN), HANSA_BAD_ARGUMENT);
}
END_TEST

START_TEST (normal_against_r)
{
  /* R: qnorm (p). */
  static const double p[] = { 0.975, 0.6, 0.999, 1e-10, 1e-300 };
  static const double z[] = { 1.95996398454005361, 0.25334710313579978, 3.09023230616781319,
                              -6.36134090240405570, -37.04709629936120052 };
  for (size_t i = 0; i < N_ROWS (p); i++)
    check_relative (hansa_normal_quantile (p[i]), z[i], 1e-15);
  for (double q = 0.001; q < 1.0; q += 0.001)
    ck_number (hansa_normal_lower (hansa_normal_quantile (q).number), q, 1e-15);
  ck_number (hansa_normal_quantile (0.5), 0.0, 0.0);
  ck_number (hansa_normal_lower (INFINITY), 1.0, 0.0);
  ck_reason (hansa_normal_lower (NAN), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_normal_quantile (0.0), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_normal_quantile (1.0), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_normal_quantile (NAN), HANSA_BAD_ARGUMENT);
}
END_TEST

/* 82 ties: a third active, a third unstable, a third dormant? */
static const uint64_t tiers[] = { 20, 35, 27 };
static const double thirds[] = { 1.0, 1.0, 1.0 };

START_TEST (goodness_of_fit_by_hand)
{
  /* Expected 10 30: 25/10 + 25/30 = 10/3, f = 1. */
  const uint64_t counts[] = { 15, 25 };
  const double shares[] = { 0.25, 0.75 };
  HansaTest test = hansa_goodness_of_fit (counts, shares, 2);
  ck_number (test.statistic, 10.0 / 3.0, 1e-15);
  ck_assert (test.freedom == 1.0);
  ck_number (test.p_value, erfc (sqrt (5.0 / 3.0)), 1e-14);
  /* R: chisq.test (c (20, 35, 27), p = c (1, 1, 1) / 3). */
  test = hansa_goodness_of_fit (tiers, thirds, 3);
  ck_number (test.statistic, 4.1219512195121952, 1e-15);
  ck_number (test.p_value, 0.12732968519487889, 1e-14);
}
END_TEST

START_TEST (goodness_of_fit_edges)
{
  const uint64_t counts[] = { 15, 0, 25 }, none[] = { 0, 0, 0 };
  const double shares[] = { 0.25, 0.0, 0.75 }, bad[] = { 0.0, 0.25, 0.75 };
  const double one[] = { 1.0 }, negative[] = { 1.0, -1.0, 1.0 }, zero[] = { 0.0, 0.0, 0.0 };
  ck_assert (hansa_goodness_of_fit (counts, shares, 3).freedom == 1.0);
  ck_number (hansa_goodness_of_fit (counts, shares, 3).statistic, 10.0 / 3.0, 1e-15);
  ck_reason (hansa_goodness_of_fit (counts, bad, 3).p_value, HANSA_ZERO_DENOMINATOR);
  ck_reason (hansa_goodness_of_fit (none, shares, 3).p_value, HANSA_ZERO_TOTAL);
  ck_reason (hansa_goodness_of_fit (counts, one, 1).p_value, HANSA_TOO_FEW);
  ck_reason (hansa_goodness_of_fit (counts, one, 0).p_value, HANSA_NO_DATA);
  ck_reason (hansa_goodness_of_fit (counts, negative, 3).statistic, HANSA_NEGATIVE_VALUE);
  ck_reason (hansa_goodness_of_fit (counts, zero, 3).statistic, HANSA_ZERO_TOTAL);
}
END_TEST

START_TEST (multinomial_by_hand)
{
  /* 3 0 of fair halves: 3 0 and 0 3: 2/8. 2 1: all. */
  const uint64_t three[] = { 3, 0 }, two[] = { 2, 1 };
  ck_number (hansa_multinomial_exact (three, thirds, 2), 0.25, 1e-15);
  ck_number (hansa_multinomial_exact (two, thirds, 2), 1.0, 1e-15);
  /* 2 0 0 of thirds: the three such tables, 3/9. */
  const uint64_t pair[] = { 2, 0, 0 };
  ck_number (hansa_multinomial_exact (pair, thirds, 3), 1.0 / 3.0, 1e-15);
  /* R: sums of dmultinom () over all tables that are as rare. */
  ck_number (hansa_multinomial_exact (tiers, thirds, 3), 0.13168136067313085, 1e-12);
  const uint64_t four[] = { 3, 0, 5, 2 };
  const double uneven[] = { 1.0, 2.0, 3.0, 4.0 };
  ck_number (hansa_multinomial_exact (four, uneven, 4), 0.03065992960000016, 1e-13);
}
END_TEST

START_TEST (multinomial_edges)
{
  const uint64_t counts[] = { 1, 2, 0, 1, 1 }, none[] = { 0, 0, 0 }, many[] = { 2000, 2000, 471 };
  const uint64_t huge[] = { UINT64_MAX, 5 };
  const double shares[] = { 0.5, 0.0, 0.5 }, halves[] = { 0.5, 0.5, 0.0 };
  ck_number (hansa_multinomial_exact (counts, shares, 3), 0.0, 0.0);
  /* Share 0 without a count is left out: {1, 2} of halves. */
  ck_number (hansa_multinomial_exact (counts, halves, 3), 1.0, 1e-15);
  ck_reason (hansa_multinomial_exact (none, thirds, 3), HANSA_ZERO_TOTAL);
  ck_reason (hansa_multinomial_exact (counts, thirds, 1), HANSA_TOO_FEW);
  ck_reason (hansa_multinomial_exact (counts, thirds, 0), HANSA_NO_DATA);
  ck_reason (hansa_multinomial_exact (many, thirds, 3), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_multinomial_exact (huge, thirds, 2), HANSA_BAD_ARGUMENT);
  /* 4473 4472 / 2 tables are too many, 3167 3166 / 2 are not. */
  const uint64_t few[] = { 1055, 1055, 1055 };
  ck_number (hansa_multinomial_exact (few, thirds, 3), 1.0, 1e-9);
  const double five[] = { 1.0, 1.0, 1.0, 1.0, 1.0 };
  ck_reason (hansa_multinomial_exact (counts, five, 5), HANSA_BAD_ARGUMENT);
}
END_TEST

START_TEST (wilson_published)
{
  /* Newcombe (1998), Statistics in Medicine 17, table I, method 3. */
  static const uint64_t k[] = { 81, 15, 0, 1 }, n[] = { 263, 148, 20, 29 };
  static const double low[] = { 0.2553, 0.0624, 0.0, 0.0061 };
  static const double high[] = { 0.3662, 0.1605, 0.1611, 0.1718 };
  for (size_t i = 0; i < N_ROWS (k); i++)
    {
      HansaInterval interval = hansa_wilson (k[i], n[i], 0.95);
      ck_number (interval.low, low[i], 5.1e-5);
      ck_number (interval.high, high[i], 5.1e-5);
    }
  /* R: prop.test (81, 263, correct = FALSE). */
  ck_number (hansa_wilson (81, 263, 0.95).low, 0.25528851987827428, 1e-14);
  ck_number (hansa_wilson (81, 263, 0.95).high, 0.36620957698280016, 1e-14);
}
END_TEST

START_TEST (wilson_edges)
{
  ck_same (hansa_wilson (0, 20, 0.95).low, hansa_value (0.0));
  ck_same (hansa_wilson (20, 20, 0.95).high, hansa_value (1.0));
  ck_number (hansa_wilson (20, 20, 0.95).low, 1.0 - hansa_wilson (0, 20, 0.95).high.number, 1e-15);
  ck_reason (hansa_wilson (0, 0, 0.95).low, HANSA_NO_DATA);
  ck_reason (hansa_wilson (3, 2, 0.95).high, HANSA_BAD_ARGUMENT);
  ck_reason (hansa_wilson (1, 2, 1.0).low, HANSA_BAD_ARGUMENT);
  ck_reason (hansa_wilson (1, 2, NAN).low, HANSA_BAD_ARGUMENT);
}
END_TEST

START_TEST (fisher_published)
{
  /* Fisher's lady tasting tea, 3 1 / 1 3: (16 + 1 + 1 + 16) / 70. */
  ck_number (hansa_fisher_exact (3, 1, 1, 3), 34.0 / 70.0, 1e-15);
  ck_number (hansa_fisher_exact (4, 0, 0, 4), 2.0 / 70.0, 1e-15);
  /* R: fisher.test () of 2 10 / 15 3. */
  check_relative (hansa_fisher_exact (2, 10, 15, 3), 0.00053672411914343593, 1e-12);
  ck_number (hansa_fisher_exact (2, 15, 10, 3), hansa_fisher_exact (2, 10, 15, 3).number, 1e-15);
}
END_TEST

START_TEST (fisher_edges)
{
  ck_number (hansa_fisher_exact (0, 0, 5, 7), 1.0, 1e-15);
  ck_number (hansa_fisher_exact (5, 0, 0, 0), 1.0, 1e-15);
  ck_reason (hansa_fisher_exact (0, 0, 0, 0), HANSA_NO_DATA);
  ck_reason (hansa_fisher_exact (UINT64_MAX, 1, 1, 1), HANSA_BAD_ARGUMENT);
  const uint64_t large = UINT64_C (1) << 39;
  ck_reason (hansa_fisher_exact (large, large, large, large), HANSA_BAD_ARGUMENT);
}
END_TEST

int
main (void)
{
  const TTest *const tests[]
      = { chi_square_against_r, chi_square_closed_forms, chi_square_reasons,
          normal_against_r,     goodness_of_fit_by_hand, goodness_of_fit_edges,
          multinomial_by_hand,  multinomial_edges,       wilson_published,
          wilson_edges,         fisher_published,        fisher_edges };
  return run_suite ("stats: distributions and tests", tests, N_ROWS (tests));
}
