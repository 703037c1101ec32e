/* SPDX-License-Identifier: MIT
 *
 * Growth, its parts, and differences of rates.
 */
#include "test-stats-support.h"

START_TEST (growth_by_hand)
{
  ck_number (hansa_growth (200.0, 274.6), 0.373, 1e-15);
  ck_number (hansa_growth (100.0, 0.0), -1.0, 0.0);
  ck_number (hansa_growth (100.0, -50.0), -1.5, 0.0);
  /* Digits are kept where value / base - 1 would lose them: 2^-40. */
  ck_same (hansa_growth (1.0, 1.0 + 0x1p-40), hansa_value (0x1p-40));
}
END_TEST

START_TEST (growth_from_nothing_is_undefined)
{
  /* EconGeo shows 0/0 as growth of 0 %. */
  ck_reason (hansa_growth (0.0, 0.0), HANSA_BASE_NOT_POSITIVE);
  ck_reason (hansa_growth (0.0, 5.0), HANSA_BASE_NOT_POSITIVE);
  ck_reason (hansa_growth (-5.0, 5.0), HANSA_BASE_NOT_POSITIVE);
  ck_reason (hansa_growth (NAN, 5.0), HANSA_NOT_FINITE);
  ck_reason (hansa_growth (5.0, INFINITY), HANSA_NOT_FINITE);
  ck_reason (hansa_growth (0x1p-1074, DBL_MAX), HANSA_NOT_FINITE);
}
END_TEST

START_TEST (cagr_divides_once)
{
  /* REAT 3's growth (100, 121, time.periods = 2) is -19.75 %. */
  ck_number (hansa_cagr (100.0, 121.0, 2.0), 0.1, 1e-15);
  ck_number (hansa_cagr (100.0, 121.0, 1.0), 0.21, 1e-15);
  /* Half a year: 1.21^2 - 1. */
  ck_number (hansa_cagr (100.0, 121.0, 0.5), 0.4641, 1e-15);
  ck_number (hansa_cagr (100.0, 0.0, 3.0), -1.0, 0.0);
  ck_number (hansa_cagr (100.0, 100.0, 3.0), 0.0, 0.0);
}
END_TEST

START_TEST (cagr_reasons)
{
  ck_reason (hansa_cagr (0.0, 1.0, 1.0), HANSA_BASE_NOT_POSITIVE);
  ck_reason (hansa_cagr (1.0, -1.0, 1.0), HANSA_NEGATIVE_VALUE);
  ck_reason (hansa_cagr (1.0, 2.0, 0.0), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_cagr (1.0, 2.0, NAN), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_cagr (1.0, NAN, 1.0), HANSA_NOT_FINITE);
  ck_reason (hansa_cagr (1.0, 2.0, 1e-9), HANSA_NOT_FINITE);
}
END_TEST

START_TEST (annualised_growth_by_hand)
{
  /* 44 % over two years: 20 %. */
  ck_number (hansa_annualised_growth (0.44, 2.0), 0.2, 1e-15);
  ck_number (hansa_annualised_growth (-1.0, 2.0), -1.0, 0.0);
  ck_reason (hansa_annualised_growth (-1.1, 2.0), HANSA_NEGATIVE_VALUE);
  ck_reason (hansa_annualised_growth (0.1, 0.0), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_annualised_growth (NAN, 1.0), HANSA_NOT_FINITE);
}
END_TEST

START_TEST (compound_growth_leads_back)
{
  uint64_t state = 4;
  for (int round = 0; round < 1000; round++)
    {
      double base = 1.0 + 100.0 * random_unit (&state), value = 100.0 * random_unit (&state);
      double periods = 0.5 + 10.0 * random_unit (&state);
      double rate = hansa_cagr (base, value, periods).number;
      ck_number (hansa_value (base * pow (1.0 + rate, periods)), value, 1e-11);
      ck_number (hansa_annualised_growth (hansa_growth (base, value).number, periods), rate, 1e-13);
      ck_number (hansa_implied_base (value, hansa_growth (base, value).number), base, 1e-11);
    }
}
END_TEST

START_TEST (log_growth_by_hand)
{
  ck_number (hansa_log_growth (100.0, 200.0), log (2.0), 1e-15);
  ck_number (hansa_log_growth (1.0, 1.0 + 0x1p-40), 0x1p-40 - 0x1p-81, 1e-27);
  /* Growing and falling by the same factor cancel. */
  ck_number (hansa_log_growth (80.0, 100.0), -hansa_log_growth (100.0, 80.0).number, 1e-15);
  ck_reason (hansa_log_growth (100.0, 0.0), HANSA_ZERO_VALUE);
  ck_reason (hansa_log_growth (100.0, -1.0), HANSA_NEGATIVE_VALUE);
  ck_reason (hansa_log_growth (0.0, 1.0), HANSA_BASE_NOT_POSITIVE);
  ck_reason (hansa_log_growth (1.0, NAN), HANSA_NOT_FINITE);
}
END_TEST

START_TEST (contributions_by_hand)
{
  /* 40 to 50 and 60 to 70, 100 to 120 in all: each adds 0.1, half of it. */
  ck_number (hansa_growth_contribution (40.0, 50.0, 100.0), 0.1, 1e-16);
  ck_number (hansa_growth_share (40.0, 50.0, 100.0, 120.0), 0.5, 1e-16);
  /* A new part has no growth of its own, but a contribution. */
  ck_number (hansa_growth_contribution (0.0, 10.0, 100.0), 0.1, 1e-16);
  /* Share 40 % to 50/120. */
  ck_number (hansa_share_change (40.0, 50.0, 100.0, 120.0), 5.0 / 12.0 - 0.4, 1e-16);
}
END_TEST

START_TEST (contributions_add_up)
{
  double base[9], value[9];
  uint64_t state = 2;
  for (size_t i = 0; i < 9; i++)
    {
      base[i] = 50.0 * random_unit (&state);
      value[i] = 70.0 * random_unit (&state);
    }
  double from = hansa_sum (base, 9).number, to = hansa_sum (value, 9).number;
  double contributions = 0.0, shares = 0.0, changes = 0.0;
  for (size_t i = 0; i < 9; i++)
    {
      contributions += hansa_growth_contribution (base[i], value[i], from).number;
      shares += hansa_growth_share (base[i], value[i], from, to).number;
      changes += hansa_share_change (base[i], value[i], from, to).number;
    }
  ck_number (hansa_growth (from, to), contributions, 1e-14);
  ck_number (hansa_value (shares), 1.0, 1e-13);
  ck_number (hansa_value (changes), 0.0, 1e-14);
}
END_TEST

START_TEST (contribution_reasons)
{
  ck_reason (hansa_growth_contribution (1.0, 2.0, 0.0), HANSA_BASE_NOT_POSITIVE);
  ck_reason (hansa_growth_contribution (NAN, 2.0, 1.0), HANSA_NOT_FINITE);
  ck_reason (hansa_growth_share (1.0, 2.0, 5.0, 5.0), HANSA_ZERO_DENOMINATOR);
  ck_reason (hansa_growth_share (1.0, NAN, 5.0, 6.0), HANSA_NOT_FINITE);
  ck_reason (hansa_share_change (1.0, 2.0, 0.0, 5.0), HANSA_ZERO_DENOMINATOR);
  ck_reason (hansa_share_change (1.0, 2.0, 5.0, 0.0), HANSA_ZERO_DENOMINATOR);
  ck_reason (hansa_share_change (1.0, 2.0, -5.0, 5.0), HANSA_NEGATIVE_VALUE);
  ck_reason (hansa_share_change (INFINITY, 2.0, 5.0, 5.0), HANSA_NOT_FINITE);
}
END_TEST

START_TEST (implied_base_by_hand)
{
  /* 360.33 after growth of 37.3 %: 262.44. */
  ck_number (hansa_implied_base (360.33, 0.373), 262.4399, 1e-6);
  ck_reason (hansa_implied_base (5.0, -1.0), HANSA_ZERO_DENOMINATOR);
  ck_reason (hansa_implied_base (5.0, -2.0), HANSA_BASE_NOT_POSITIVE);
  ck_reason (hansa_implied_base (0.0, 0.1), HANSA_BASE_NOT_POSITIVE);
  ck_reason (hansa_implied_base (NAN, 0.1), HANSA_NOT_FINITE);
}
END_TEST

START_TEST (gaps)
{
  HansaValue a = hansa_growth (100.0, 137.3), b = hansa_growth (100.0, 114.2);
  ck_number (hansa_gap (a, b), 0.231, 1e-15);
  HansaValue none = hansa_growth (0.0, 1.0), missing = hansa_undefined (HANSA_MISSING_INPUT);
  ck_reason (hansa_gap (none, b), HANSA_BASE_NOT_POSITIVE);
  ck_reason (hansa_gap (a, missing), HANSA_MISSING_INPUT);
  ck_reason (hansa_gap (none, missing), HANSA_BASE_NOT_POSITIVE);
  /* (15 - 10) - (8 - 6). */
  ck_number (hansa_double_difference (10.0, 15.0, 6.0, 8.0), 3.0, 0.0);
  ck_number (hansa_double_difference (-10.0, 0.0, 0.0, 8.0), 2.0, 0.0);
  ck_reason (hansa_double_difference (10.0, NAN, 6.0, 8.0), HANSA_NOT_FINITE);
  ck_reason (hansa_double_difference (-DBL_MAX, DBL_MAX, 0.0, 0.0), HANSA_NOT_FINITE);
}
END_TEST

int
main (void)
{
  const TTest *const tests[] = { growth_by_hand,
                                 growth_from_nothing_is_undefined,
                                 cagr_divides_once,
                                 cagr_reasons,
                                 annualised_growth_by_hand,
                                 compound_growth_leads_back,
                                 log_growth_by_hand,
                                 contributions_by_hand,
                                 contributions_add_up,
                                 contribution_reasons,
                                 implied_base_by_hand,
                                 gaps };
  return run_suite ("stats: growth", tests, N_ROWS (tests));
}
