/* SPDX-License-Identifier: MIT
 *
 * Quantiles, type 7 of Hyndman and Fan.
 */
#include "test-stats-support.h"

START_TEST (medians)
{
  const double odd[] = { 30.0, -10.0, 100.0 };
  const double even[] = { 4.0, 1.0, 3.0, 2.0 };
  ck_number (hansa_median (odd, 3), 30.0, 0.0);
  ck_number (hansa_median (even, 4), 2.5, 0.0);
  ck_number (hansa_median (odd, 1), 30.0, 0.0);
}
END_TEST

/* Position (n - 1) p: (5 - 1) 0.9 = 3.6, so 40 + 0.6 (100 - 40) = 76; R's
 * quantile (c (10, 20, 30, 40, 100), 0.9) is 76. */
START_TEST (quantiles_interpolate)
{
  const double x[] = { 100.0, 10.0, 40.0, 20.0, 30.0 };
  ck_number (hansa_quantile (x, 5, 0.0), 10.0, 0.0);
  ck_number (hansa_quantile (x, 5, 0.25), 20.0, 0.0);
  ck_number (hansa_quantile (x, 5, 0.9), 76.0, 1e-15);
  ck_number (hansa_quantile (x, 5, 1.0), 100.0, 0.0);
}
END_TEST

START_TEST (quantiles_never_fall)
{
  const double x[] = { -DBL_MAX, 0.1 + 0.2, 0.3, 0.3, DBL_MAX, 0.0, -0.0 };
  double last = -DBL_MAX;
  for (int step = 0; step <= 1000; step++)
    {
      HansaValue value = hansa_quantile (x, N_ROWS (x), step / 1000.0);
      ck_assert (hansa_is_defined (value));
      ck_assert_msg (value.number >= last, "%d: %.17g after %.17g", step, value.number, last);
      last = value.number;
    }
}
END_TEST

START_TEST (reasons)
{
  const double x[] = { 1.0, 2.0 };
  const double broken[] = { 1.0, (double)NAN };
  ck_reason (hansa_quantile (x, 2, -0.1), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_quantile (x, 2, 1.1), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_quantile (x, 2, (double)NAN), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_median (x, 0), HANSA_NO_DATA);
  ck_reason (hansa_median (broken, 2), HANSA_NOT_FINITE);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("quantiles");
  TCase *tcase = tcase_create ("quantiles");
  tcase_add_test (tcase, medians);
  tcase_add_test (tcase, quantiles_interpolate);
  tcase_add_test (tcase, quantiles_never_fall);
  tcase_add_test (tcase, reasons);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
