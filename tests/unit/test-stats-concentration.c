/* SPDX-License-Identifier: MIT
 *
 * Concentration, diversity and specialisation.
 */
#include "test-stats-support.h"

/* Shares 1/2, 1/4, 1/4. */
static const double three[] = { 2.0, 4.0, 2.0 };

START_TEST (hhi_by_hand)
{
  /* 1/4 + 1/16 + 1/16 = 3/8; (3/8 - 1/3) / (2/3) = 1/16; 8/3. */
  ck_number (hansa_hhi (three, 3), 0.375, 0.0);
  ck_number (hansa_hhi_normalised (three, 3), 0.0625, 1e-16);
  ck_number (hansa_equivalent_number (three, 3), 8.0 / 3.0, 1e-15);
  const double one[] = { 0.0, 9.0 };
  ck_number (hansa_hhi (one, 2), 1.0, 0.0);
  ck_number (hansa_hhi_normalised (one, 2), 1.0, 0.0);
}
END_TEST

START_TEST (listed_parts_count_even_at_zero)
{
  const double x[] = { 2.0, 4.0, 2.0, 0.0 };
  /* (3/8 - 1/4) / (3/4) = 1/6. */
  ck_number (hansa_hhi (x, 4), 0.375, 0.0);
  ck_number (hansa_hhi_normalised (x, 4), 1.0 / 6.0, 1e-16);
}
END_TEST

START_TEST (hill_by_hand)
{
  /* q = 0: 3; 1: exp (ln 2 / 2 + ln 4 / 2) = 2 sqrt 2; 2: 8/3; 3: (1/8 + 2/64)
   * ^(-1/2) = sqrt (32/5); 1/2: (sqrt 1/2 + 1)^2; infinite: 2. */
  ck_number (hansa_hill (three, 3, 0.0), 3.0, 0.0);
  ck_number (hansa_hill (three, 3, 1.0), 2.0 * sqrt (2.0), 1e-15);
  ck_number (hansa_hill (three, 3, 2.0), 8.0 / 3.0, 1e-15);
  ck_number (hansa_hill (three, 3, 3.0), sqrt (6.4), 1e-15);
  ck_number (hansa_hill (three, 3, 0.5), (sqrt (0.5) + 1.0) * (sqrt (0.5) + 1.0), 1e-14);
  ck_number (hansa_hill (three, 3, INFINITY), 2.0, 0.0);
  ck_number (hansa_hill (three, 3, 1e5), 2.0, 1e-4);
  const double with_zero[] = { 0.0, 2.0, 4.0, 2.0 };
  ck_number (hansa_hill (with_zero, 4, 0.0), 3.0, 0.0);
  ck_number (hansa_hill (with_zero, 4, 1.0), 2.0 * sqrt (2.0), 1e-15);
}
END_TEST

START_TEST (hill_falls_smoothly)
{
  const double x[] = { 1.0, 2.0, 3.0, 40.0 };
  double before = 4.0;
  for (double q = 0.01; q < 4.0; q += 0.01)
    {
      double now = hansa_hill (x, 4, q).number;
      ck_assert_double_lt (now, before);
      ck_assert_double_gt (now, before - 0.06);
      before = now;
    }
  ck_number (hansa_hill (x, 4, 1.0 + 1e-12), hansa_hill (x, 4, 1.0).number, 1e-11);
  ck_number (hansa_hill (x, 4, 1.0 - 1e-12), hansa_hill (x, 4, 1.0).number, 1e-11);
}
END_TEST

START_TEST (hill_of_equal_parts_is_their_number)
{
  double x[37];
  for (size_t i = 0; i < 37; i++)
    x[i] = 0.7;
  for (double q = 0.0; q < 6.0; q += 0.3)
    ck_number (hansa_hill (x, 37, q), 37.0, 1e-13);
}
END_TEST

START_TEST (shannon_is_natural_and_not_rounded)
{
  /* EconGeo's entropy takes log2 of s + 1e-9 and rounds to three digits. */
  const double x[] = { 1.0, 1.0, 0.0 };
  ck_number (hansa_shannon (x, 3), log (2.0), 1e-16);
  ck_number (hansa_shannon (three, 3), 1.5 * log (2.0), 1e-16);
  const double one[] = { 3.0 };
  ck_number (hansa_shannon (one, 1), 0.0, 0.0);
}
END_TEST

START_TEST (top_share_by_hand)
{
  const double x[] = { 1.0, 5.0, 2.0, 2.0 };
  size_t tied = 99;
  ck_number (hansa_top_share (x, 4, 1, 0.0, &tied), 0.5, 0.0);
  ck_assert_uint_eq (tied, 0);
  ck_number (hansa_top_share (x, 4, 2, 0.0, &tied), 0.7, 1e-16);
  ck_assert_uint_eq (tied, 1);
  ck_number (hansa_top_share (x, 4, 3, 0.0, NULL), 0.9, 1e-16);
  ck_number (hansa_top_share (x, 4, 9, 0.0, &tied), 1.0, 0.0);
  ck_assert_uint_eq (tied, 0);
}
END_TEST

START_TEST (top_share_ties_by_tolerance)
{
  /* 0.1 + 0.2 is not 0.3 in double, but ties with it. */
  const double x[] = { 0.3, 0.1 + 0.2, 0.05, 0.3 };
  size_t tied;
  hansa_top_share (x, 4, 1, 0.0, &tied);
  ck_assert_uint_eq (tied, 0);
  hansa_top_share (x, 4, 1, 1e-9, &tied);
  ck_assert_uint_eq (tied, 2);
  ck_reason (hansa_top_share (x, 4, 0, 0.0, &tied), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_top_share (x, 4, 1, -1.0, &tied), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_top_share (x, 4, 1, NAN, &tied), HANSA_BAD_ARGUMENT);
}
END_TEST

START_TEST (location_quotient_by_hand)
{
  /* (20 / 100) / (50 / 1000) = 4; not rounded: (1/3) / (1/7). */
  ck_number (hansa_location_quotient (20.0, 100.0, 50.0, 1000.0), 4.0, 1e-15);
  ck_number (hansa_location_quotient (1.0, 3.0, 1.0, 7.0), 7.0 / 3.0, 1e-15);
  ck_number (hansa_location_quotient (0.0, 3.0, 1.0, 7.0), 0.0, 0.0);
}
END_TEST

START_TEST (location_quotient_of_nothing_is_undefined)
{
  /* EconGeo shows 0/0 as 0. */
  ck_reason (hansa_location_quotient (0.0, 3.0, 0.0, 7.0), HANSA_ZERO_DENOMINATOR);
  ck_reason (hansa_location_quotient (0.0, 0.0, 1.0, 7.0), HANSA_ZERO_DENOMINATOR);
  ck_reason (hansa_location_quotient (0.0, 0.0, 0.0, 0.0), HANSA_ZERO_DENOMINATOR);
  ck_reason (hansa_location_quotient (4.0, 3.0, 5.0, 7.0), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_location_quotient (1.0, 3.0, 8.0, 7.0), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_location_quotient (-1.0, 3.0, 5.0, 7.0), HANSA_NEGATIVE_VALUE);
  ck_reason (hansa_location_quotient (1.0, NAN, 5.0, 7.0), HANSA_NOT_FINITE);
}
END_TEST

START_TEST (specialisation_by_hand)
{
  /* {1/2, 1/2, 0} against {1/4, 1/4, 1/2}: 1/4 + 1/4 + 1/2 = 1, half 1/2;
   * Hachman 1 / (1/4 / 1/4 + 1/4 / 1/4) = 1/2. */
  const double x[] = { 3.0, 3.0, 0.0 }, reference[] = { 10.0, 10.0, 20.0 };
  ck_number (hansa_krugman (x, reference, 3), 1.0, 1e-16);
  ck_number (hansa_specialisation (x, reference, 3), 0.5, 1e-16);
  ck_number (hansa_hachman (x, reference, 3), 0.5, 1e-16);
  /* The same mix, and nothing in common. */
  const double other[] = { 0.0, 0.0, 7.0 };
  ck_number (hansa_krugman (x, x, 3), 0.0, 0.0);
  ck_number (hansa_hachman (x, x, 3), 1.0, 1e-16);
  ck_number (hansa_krugman (x, other, 3), 2.0, 0.0);
  ck_reason (hansa_hachman (x, other, 3), HANSA_ZERO_DENOMINATOR);
}
END_TEST

START_TEST (order_and_scale_of_parts)
{
  enum
  {
    N = 80
  };
  double x[N], reference[N], scaled[N];
  uint64_t state = 13;
  random_amounts (&state, x, N);
  for (size_t i = 0; i < N; i++)
    reference[i] = 1.0 + random_unit (&state);
  HansaValue hhi = hansa_hhi (x, N), shannon = hansa_shannon (x, N);
  HansaValue hill = hansa_hill (x, N, 1.3), top = hansa_top_share (x, N, 5, 0.0, NULL);
  HansaValue krugman = hansa_krugman (x, reference, N), hachman = hansa_hachman (x, reference, N);
  for (int round = 0; round < 50; round++)
    {
      shuffle_rows (&state, x, reference, NULL, N);
      ck_same (hansa_hhi (x, N), hhi);
      ck_same (hansa_shannon (x, N), shannon);
      ck_same (hansa_hill (x, N, 1.3), hill);
      ck_same (hansa_top_share (x, N, 5, 0.0, NULL), top);
      ck_same (hansa_krugman (x, reference, N), krugman);
      ck_same (hansa_hachman (x, reference, N), hachman);
    }
  for (size_t i = 0; i < N; i++)
    scaled[i] = x[i] * 1e-4;
  ck_number (hansa_hhi (scaled, N), hhi.number, 1e-14);
  ck_number (hansa_krugman (scaled, reference, N), krugman.number, 1e-14);
}
END_TEST

START_TEST (edges_of_double)
{
  const double large[] = { DBL_MAX, DBL_MAX }, small[] = { 0x1p-1074, 0x1p-1074 };
  ck_number (hansa_hhi (large, 2), 0.5, 0.0);
  ck_number (hansa_hhi (small, 2), 0.5, 0.0);
  ck_number (hansa_hill (large, 2, 5.0), 2.0, 1e-15);
  ck_number (hansa_top_share (large, 2, 1, 0.0, NULL), 0.5, 0.0);
}
END_TEST

START_TEST (reasons)
{
  const double zero[] = { 0.0, 0.0 }, negative[] = { 3.0, -1.0 }, nan[] = { NAN, 1.0 };
  static const HansaReason expected[]
      = { HANSA_NO_DATA, HANSA_ZERO_TOTAL, HANSA_NEGATIVE_VALUE, HANSA_NOT_FINITE };
  for (size_t k = 0; k < N_ROWS (expected); k++)
    {
      const double *x = k == 1 ? zero : k == 2 ? negative : k == 3 ? nan : three;
      size_t n = k == 0 ? 0 : 2;
      ck_reason (hansa_hhi (x, n), expected[k]);
      ck_reason (hansa_hhi_normalised (x, n), expected[k]);
      ck_reason (hansa_equivalent_number (x, n), expected[k]);
      ck_reason (hansa_hill (x, n, 2.0), expected[k]);
      ck_reason (hansa_shannon (x, n), expected[k]);
      ck_reason (hansa_top_share (x, n, 1, 0.0, NULL), expected[k]);
      ck_reason (hansa_krugman (x, three, n), expected[k]);
      ck_reason (hansa_krugman (three, x, n), expected[k]);
      ck_reason (hansa_specialisation (x, three, n), expected[k]);
      ck_reason (hansa_hachman (three, x, n), expected[k]);
    }
  ck_reason (hansa_hhi_normalised (three, 1), HANSA_TOO_FEW);
  ck_reason (hansa_hill (three, 3, -1.0), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_hill (three, 3, NAN), HANSA_BAD_ARGUMENT);
}
END_TEST

int
main (void)
{
  const TTest *const tests[] = { hhi_by_hand,
                                 listed_parts_count_even_at_zero,
                                 hill_by_hand,
                                 hill_falls_smoothly,
                                 hill_of_equal_parts_is_their_number,
                                 shannon_is_natural_and_not_rounded,
                                 top_share_by_hand,
                                 top_share_ties_by_tolerance,
                                 location_quotient_by_hand,
                                 location_quotient_of_nothing_is_undefined,
                                 specialisation_by_hand,
                                 order_and_scale_of_parts,
                                 edges_of_double,
                                 reasons };
  return run_suite ("stats: concentration", tests, N_ROWS (tests));
}
