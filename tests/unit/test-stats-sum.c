/* SPDX-License-Identifier: MIT
 *
 * Sums, means, variances; sorting and order.
 */
#include "test-stats-support.h"

START_TEST (sum_is_exact)
{
  /* Added one by one in double, these give 0, 0 and 1e16. */
  const double cancel[] = { 1e308, 1.0, -1e308 };
  const double spread[] = { 0x1p-1074, 1.0, -1.0 };
  const double small[] = { 1e16, 1.0, 1.0 };
  ck_number (hansa_sum (cancel, 3), 1.0, 0.0);
  ck_same (hansa_sum (spread, 3), hansa_value (0x1p-1074));
  ck_number (hansa_sum (small, 3), 1e16 + 2.0, 0.0);
  /* Ten times the double nearest 0.1, 1000000000000000055511151231257827e-34, is
   * nearest to 1; added one by one it is 1 - 2^-53. */
  double tenth[10];
  for (size_t i = 0; i < 10; i++)
    tenth[i] = 0.1;
  ck_number (hansa_sum (tenth, 10), 1.0, 0.0);
}
END_TEST

START_TEST (sum_rounds_to_nearest_even)
{
  /* 2^53 + 1 lies between neighbours: to even; a bit more: up. */
  const double half[] = { 0x1p53, 1.0 };
  const double above[] = { 0x1p53, 1.0, 0x1p-1074 };
  const double negative[] = { -0x1p53, -1.0, -0x1p-1074 };
  ck_number (hansa_sum (half, 2), 0x1p53, 0.0);
  ck_number (hansa_sum (above, 3), 0x1p53 + 2.0, 0.0);
  ck_number (hansa_sum (negative, 3), -(0x1p53 + 2.0), 0.0);
}
END_TEST

START_TEST (sum_has_a_sign_and_carries)
{
  /* More terms than an accumulator takes without passing carries on. */
  enum
  {
    N = 10000
  };
  static double x[N];
  for (size_t i = 0; i < N; i++)
    x[i] = i % 2 == 0 ? -0x1.fffffffffffffp500 : 0x1.ffffffffffffep500;
  /* N/2 times -2^-52 2^500. */
  ck_number (hansa_sum (x, N), -(N / 2) * 0x1p448, 0.0);
  for (size_t i = 0; i < N; i++)
    x[i] = -1.5;
  ck_number (hansa_sum (x, N), -15000.0, 0.0);
}
END_TEST

START_TEST (sum_of_extremes_has_a_reason)
{
  const double large[] = { DBL_MAX, DBL_MAX };
  const double infinite[] = { INFINITY, 1.0 };
  const double nan[] = { 1.0, NAN };
  ck_reason (hansa_sum (large, 2), HANSA_NOT_FINITE);
  ck_reason (hansa_sum (infinite, 2), HANSA_NOT_FINITE);
  ck_reason (hansa_sum (nan, 2), HANSA_NOT_FINITE);
  ck_reason (hansa_sum (NULL, 0), HANSA_NO_DATA);
  /* The mean of the same is a number all the same. */
  ck_number (hansa_mean (large, NULL, 2), DBL_MAX, 0.0);
}
END_TEST

START_TEST (mean_and_variance)
{
  const double x[] = { 1.0, 2.0, 6.0 };
  const double w[] = { 2.0, 1.0, 1.0 };
  /* Mean 3, squares 4 + 1 + 9 = 14. Weighted: (2 + 2 + 6) / 4 = 2.5, squares
   * 2 2.25 + 0.25 + 12.25 = 17, by 4. */
  ck_number (hansa_mean (x, NULL, 3), 3.0, 0.0);
  ck_number (hansa_mean (x, w, 3), 2.5, 0.0);
  ck_number (hansa_variance (x, NULL, 3), 14.0 / 3.0, 1e-15);
  ck_number (hansa_variance (x, w, 3), 4.25, 1e-15);
  ck_number (hansa_variance_sample (x, 3), 7.0, 1e-15);
}
END_TEST

START_TEST (mean_and_variance_of_negative_and_zero)
{
  const double x[] = { -3.0, 3.0 };
  const double zero[] = { 0.0, 0.0 };
  ck_number (hansa_mean (x, NULL, 2), 0.0, 0.0);
  ck_number (hansa_variance (x, NULL, 2), 9.0, 0.0);
  ck_number (hansa_mean (zero, NULL, 2), 0.0, 0.0);
  ck_number (hansa_variance (zero, NULL, 2), 0.0, 0.0);
}
END_TEST

START_TEST (variance_keeps_digits_far_from_zero)
{
  /* The textbook formula E x^2 - m^2 loses everything here. */
  const double x[] = { 1e9 + 4.0, 1e9 + 7.0, 1e9 + 13.0, 1e9 + 16.0 };
  ck_number (hansa_variance_sample (x, 4), 30.0, 1e-14);
}
END_TEST

START_TEST (variance_reasons)
{
  const double x[] = { 1.0, 2.0 };
  const double bad[] = { 1.0, -1.0 };
  const double none[] = { 0.0, 0.0 };
  const double nan[] = { 1.0, NAN };
  ck_reason (hansa_variance_sample (x, 1), HANSA_TOO_FEW);
  ck_reason (hansa_variance_sample (x, 0), HANSA_NO_DATA);
  ck_reason (hansa_variance (x, bad, 2), HANSA_BAD_WEIGHT);
  ck_reason (hansa_mean (x, none, 2), HANSA_BAD_WEIGHT);
  ck_reason (hansa_mean (x, nan, 2), HANSA_BAD_WEIGHT);
  ck_reason (hansa_mean (nan, NULL, 2), HANSA_NOT_FINITE);
}
END_TEST

START_TEST (order_of_rows_changes_no_bit)
{
  enum
  {
    N = 300
  };
  double x[N], w[N];
  uint64_t state = 5;
  for (size_t i = 0; i < N; i++)
    {
      x[i] = ldexp (random_unit (&state) - 0.5, (int)random_below (&state, 120));
      w[i] = random_unit (&state);
    }
  HansaValue sum = hansa_sum (x, N), mean = hansa_mean (x, w, N);
  HansaValue variance = hansa_variance (x, w, N);
  for (int round = 0; round < 50; round++)
    {
      shuffle_rows (&state, x, w, NULL, N);
      ck_same (hansa_sum (x, N), sum);
      ck_same (hansa_mean (x, w, N), mean);
      ck_same (hansa_variance (x, w, N), variance);
    }
}
END_TEST

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Kinds of data that a radix sort may stumble over. */
static double
awkward (uint64_t *state, int kind)
{
  double u = random_unit (state);
  switch (kind)
    {
    case 0:
      return u;
    case 1: /* both signs, all magnitudes */
      return ldexp (u - 0.5, (int)random_below (state, 2000) - 1000);
    case 2: /* many ties */
      return floor (u * 5.0) - 2.0;
    case 3: /* all but one close together */
      return u < 0.001 ? DBL_MAX : 1.0 + u * 1e-10;
    case 4: /* subnormal */
      return u * 0x1p-1030;
    default: /* bunches inside bunches */
      return 1.0 + ldexp (1.0, -(int)random_below (state, 53));
    }
}

START_TEST (sort_agrees_with_qsort)
{
  static const size_t sizes[] = { 1, 2, 23, 24, 25, 26, 300, 4097, 70000 };
  uint64_t state = 11;
  for (int kind = 0; kind < 6; kind++)
    for (size_t s = 0; s < N_ROWS (sizes); s++)
      {
        size_t n = sizes[s];
        double *x = malloc (n * sizeof *x), *y = malloc (n * sizeof *y);
        for (size_t i = 0; i < n; i++)
          x[i] = awkward (&state, kind);
        ck_assert_int_eq (hansa_sort (x, n, y), HANSA_DEFINED);
        qsort (x, n, sizeof *x, compare);
        for (size_t i = 0; i < n; i++)
          ck_assert_msg (x[i] == y[i], "kind %d, n %zu, row %zu", kind, n, i);
        free (x);
        free (y);
      }
}
END_TEST

START_TEST (order_is_a_stable_permutation)
{
  enum
  {
    N = 50000
  };
  uint64_t state = 12;
  double *x = malloc (N * sizeof *x);
  size_t *order = malloc (N * sizeof *order);
  char *seen = calloc (N, 1);
  for (int kind = 0; kind < 6; kind++)
    {
      memset (seen, 0, N);
      for (size_t i = 0; i < N; i++)
        x[i] = awkward (&state, kind);
      ck_assert_int_eq (hansa_order (x, N, order), HANSA_DEFINED);
      for (size_t i = 0; i < N; i++)
        {
          ck_assert_uint_lt (order[i], N);
          ck_assert_int_eq (seen[order[i]]++, 0);
          if (i > 0)
            ck_assert (x[order[i - 1]] < x[order[i]]
                       || (x[order[i - 1]] == x[order[i]] && order[i - 1] < order[i]));
        }
    }
  free (x);
  free (order);
  free (seen);
}
END_TEST

START_TEST (order_takes_zeros_as_equal)
{
  const double x[] = { 0.0, -0.0, -1.0, 0.0 };
  size_t order[4];
  ck_assert_int_eq (hansa_order (x, 4, order), HANSA_DEFINED);
  ck_assert_uint_eq (order[0], 2);
  ck_assert_uint_eq (order[1], 0);
  ck_assert_uint_eq (order[2], 1);
  ck_assert_uint_eq (order[3], 3);
}
END_TEST

START_TEST (sort_reasons)
{
  double x[] = { 1.0, NAN };
  size_t order[2];
  ck_assert_int_eq (hansa_sort (x, 2, x), HANSA_NOT_FINITE);
  ck_assert_int_eq (hansa_order (x, 2, order), HANSA_NOT_FINITE);
  ck_assert_int_eq (hansa_sort (x, 0, x), HANSA_NO_DATA);
  x[0] = 3.0;
  x[1] = -3.0;
  ck_assert_int_eq (hansa_sort (x, 2, x), HANSA_DEFINED);
  ck_assert (x[0] == -3.0 && x[1] == 3.0);
}
END_TEST

int
main (void)
{
  const TTest *const tests[] = { sum_is_exact,
                                 sum_rounds_to_nearest_even,
                                 sum_has_a_sign_and_carries,
                                 sum_of_extremes_has_a_reason,
                                 mean_and_variance,
                                 mean_and_variance_of_negative_and_zero,
                                 variance_keeps_digits_far_from_zero,
                                 variance_reasons,
                                 order_of_rows_changes_no_bit,
                                 sort_agrees_with_qsort,
                                 order_is_a_stable_permutation,
                                 order_takes_zeros_as_equal,
                                 sort_reasons };
  return run_suite ("stats: sums and order", tests, N_ROWS (tests));
}
