/* SPDX-License-Identifier: MIT
 *
 * Competition ranks, Kendall's tau-b, Spearman's rho.
 */
#include "test-stats-support.h"

static void
check_ranks (const double *x, size_t n, double tolerance, bool descending, const size_t *expected)
{
  size_t rank[16];
  ck_assert_int_eq (hansa_rank (x, n, tolerance, descending, rank), HANSA_DEFINED);
  for (size_t i = 0; i < n; i++)
    ck_assert_msg (rank[i] == expected[i], "row %zu has rank %zu, not %zu", i, rank[i],
                   expected[i]);
}

START_TEST (ranks_are_1224)
{
  const double x[] = { 30.0, 10.0, 20.0, 20.0, 40.0 };
  check_ranks (x, 5, 0.0, false, (const size_t[]){ 4, 1, 2, 2, 5 });
  check_ranks (x, 5, 0.0, true, (const size_t[]){ 2, 5, 3, 3, 1 });
  const double same[] = { 5.0, 5.0, 5.0 };
  check_ranks (same, 3, 0.0, true, (const size_t[]){ 1, 1, 1 });
}
END_TEST

START_TEST (ranks_tie_by_tolerance)
{
  const double x[] = { 0.1 + 0.2, 0.3, 0.2 };
  check_ranks (x, 3, 0.0, true, (const size_t[]){ 1, 2, 3 });
  check_ranks (x, 3, 1e-9, true, (const size_t[]){ 1, 1, 3 });
  /* Relative: 1000 and 1001 tie at 1 %, 1 and 2 do not. */
  const double scales[] = { 1000.0, 1001.0, 1.0, 2.0 };
  check_ranks (scales, 4, 0.01, false, (const size_t[]){ 3, 3, 1, 2 });
}
END_TEST

START_TEST (ties_do_not_chain)
{
  /* At 10 %, neighbours are near; 100 and 118 are not. From the top, 118 takes
   * 109 along (9 of 118), and 100 stands alone; from below, 100 takes 109. */
  const double x[] = { 109.0, 100.0, 118.0 };
  check_ranks (x, 3, 0.1, true, (const size_t[]){ 1, 3, 1 });
  check_ranks (x, 3, 0.1, false, (const size_t[]){ 1, 1, 3 });
}
END_TEST

START_TEST (ranks_of_negative_and_extreme)
{
  const double x[] = { -1.0, 0.0, -DBL_MAX, DBL_MAX, -0.0 };
  check_ranks (x, 5, 0.1, true, (const size_t[]){ 4, 2, 5, 1, 2 });
}
END_TEST

START_TEST (rank_reasons)
{
  const double x[] = { 1.0, NAN };
  size_t rank[2];
  ck_assert_int_eq (hansa_rank (x, 0, 0.0, true, rank), HANSA_NO_DATA);
  ck_assert_int_eq (hansa_rank (x, 2, 0.0, true, rank), HANSA_NOT_FINITE);
  ck_assert_int_eq (hansa_rank (x, 1, -0.1, true, rank), HANSA_BAD_ARGUMENT);
  ck_assert_int_eq (hansa_rank (x, 1, 1.0, true, rank), HANSA_BAD_ARGUMENT);
  ck_assert_int_eq (hansa_rank (x, 1, NAN, true, rank), HANSA_BAD_ARGUMENT);
}
END_TEST

START_TEST (ranks_move_with_their_rows)
{
  double x[64], row[64];
  size_t rank[64], expected[64];
  uint64_t state = 19;
  random_amounts (&state, x, 64);
  for (size_t i = 0; i < 64; i++)
    row[i] = (double)i;
  ck_assert_int_eq (hansa_rank (x, 64, 0.05, true, expected), HANSA_DEFINED);
  for (int round = 0; round < 50; round++)
    {
      shuffle_rows (&state, x, row, NULL, 64);
      ck_assert_int_eq (hansa_rank (x, 64, 0.05, true, rank), HANSA_DEFINED);
      for (size_t i = 0; i < 64; i++)
        ck_assert_uint_eq (rank[i], expected[(size_t)row[i]]);
    }
}
END_TEST

START_TEST (kendall_by_hand)
{
  /* {1, 2, 3, 4} against {1, 3, 2, 4}: 5 concordant, 1 discordant: 4/6. */
  const double x[] = { 1.0, 2.0, 3.0, 4.0 }, y[] = { 1.0, 3.0, 2.0, 4.0 };
  const double down[] = { 9.0, 8.0, 7.0, 6.0 };
  ck_number (hansa_kendall (x, y, 4), 2.0 / 3.0, 1e-16);
  ck_number (hansa_kendall (x, x, 4), 1.0, 0.0);
  ck_number (hansa_kendall (x, down, 4), -1.0, 0.0);
  /* R 4.2.2, cor (method = "kendall") and "spearman", ties in both. */
  const double a[] = { 1.0, 2.0, 2.0, 4.0, 5.0, 3.0 }, b[] = { 2.0, 1.0, 3.0, 3.0, 6.0, 5.0 };
  ck_number (hansa_kendall (a, b, 6), 0.64285714285714279, 1e-15);
  ck_number (hansa_spearman (a, b, 6), 0.77941176470588225, 1e-15);
}
END_TEST

static int
sign (double d)
{
  return (d > 0.0) - (d < 0.0);
}

START_TEST (kendall_is_that_of_pairs)
{
  double x[150], y[150];
  uint64_t state = 23;
  for (int round = 0; round < 60; round++)
    {
      size_t n = 2 + random_below (&state, 149);
      for (size_t i = 0; i < n; i++)
        {
          x[i] = floor (10.0 * random_unit (&state));
          y[i] = floor (x[i] / 2.0 + 6.0 * random_unit (&state));
        }
      x[0] = y[0] = -1.0;
      double score = 0.0, free_x = 0.0, free_y = 0.0;
      for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
          {
            score += sign (x[i] - x[j]) * sign (y[i] - y[j]);
            free_x += x[i] != x[j];
            free_y += y[i] != y[j];
          }
      HansaValue tau = hansa_kendall (x, y, n), rho = hansa_spearman (x, y, n);
      ck_number (tau, score / sqrt (free_x * free_y), 1e-14);
      ck_same (hansa_kendall (y, x, n), tau);
      shuffle_rows (&state, x, y, NULL, n);
      ck_same (hansa_kendall (x, y, n), tau);
      ck_same (hansa_spearman (x, y, n), rho);
    }
}
END_TEST

START_TEST (spearman_by_hand)
{
  /* No ties: 1 - 6 sum d^2 / (n (n^2 - 1)) = 1 - 12/60. */
  const double x[] = { 1.0, 2.0, 3.0, 4.0 }, y[] = { 10.0, 30.0, 20.0, 400.0 };
  const double down[] = { 9.0, 8.0, 7.0, 6.0 };
  ck_number (hansa_spearman (x, y, 4), 0.8, 1e-16);
  ck_number (hansa_spearman (x, down, 4), -1.0, 0.0);
}
END_TEST

START_TEST (correlation_reasons)
{
  const double x[] = { 1.0, 2.0 }, same[] = { 3.0, 3.0 }, nan[] = { 1.0, NAN };
  ck_reason (hansa_kendall (x, x, 0), HANSA_NO_DATA);
  ck_reason (hansa_kendall (x, x, 1), HANSA_TOO_FEW);
  ck_reason (hansa_kendall (x, same, 2), HANSA_ZERO_DENOMINATOR);
  ck_reason (hansa_kendall (same, x, 2), HANSA_ZERO_DENOMINATOR);
  ck_reason (hansa_kendall (x, nan, 2), HANSA_NOT_FINITE);
  ck_reason (hansa_spearman (x, x, 0), HANSA_NO_DATA);
  ck_reason (hansa_spearman (x, x, 1), HANSA_TOO_FEW);
  ck_reason (hansa_spearman (x, same, 2), HANSA_ZERO_DENOMINATOR);
  ck_reason (hansa_spearman (nan, x, 2), HANSA_NOT_FINITE);
}
END_TEST

int
main (void)
{
  const TTest *const tests[] = { ranks_are_1224,    ranks_tie_by_tolerance,
                                 ties_do_not_chain, ranks_of_negative_and_extreme,
                                 rank_reasons,      ranks_move_with_their_rows,
                                 kendall_by_hand,   kendall_is_that_of_pairs,
                                 spearman_by_hand,  correlation_reasons };
  return run_suite ("stats: ranks", tests, N_ROWS (tests));
}
