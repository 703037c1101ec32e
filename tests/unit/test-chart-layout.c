/* SPDX-License-Identifier: MIT
 *
 * What a layout rests on: widths, wrapping, tics, spreading, placing.
 */
#include "chart/kinds.h"

#include <check.h>
#include <math.h>
#include <string.h>

START_TEST (test_wrap)
{
  g_auto (GStrv) latin = chart_text_wrap ("one two three four", 10.0, 50.0, 9);
  for (char **line = latin; *line != NULL; line++)
    ck_assert_double_le (chart_text_width (*line, 10.0), 50.0);
  ck_assert_str_eq (latin[0], "one two");
  g_auto (GStrv) chinese = chart_text_wrap ("湖南省对外开放，水平", 10.0, 70.0, 9);
  ck_assert_str_eq (chinese[0], "湖南省对外开");
  ck_assert_str_eq (chinese[1], "放，水平"); /* no line starts with a comma */
  g_auto (GStrv) cut = chart_text_wrap ("湖南省对外开放", 10.0, 40.0, 1);
  ck_assert_str_eq (cut[0], "湖南省…");
  ck_assert_ptr_null (cut[1]);
  g_auto (GStrv) narrow = chart_text_wrap ("abcdefgh", 10.0, 1.0, 3);
  ck_assert_int_eq ((int)g_strv_length (narrow), 3);
  g_auto (GStrv) none = chart_text_wrap ("", 10.0, 10.0, 3);
  ck_assert_str_eq (none[0], "");
}
END_TEST

START_TEST (test_spread)
{
  double at[] = { 10.0, 10.0, 11.0, 90.0, 50.0 };
  double again[] = { 10.0, 10.0, 11.0, 90.0, 50.0 };

  spread (at, 5, 12.0, 0.0, 100.0);
  spread (again, 5, 12.0, 0.0, 100.0);
  for (guint i = 0; i < 5; i++)
    {
      ck_assert_double_eq (at[i], again[i]);
      ck_assert (at[i] >= -1e-9 && at[i] <= 100.0 + 1e-9);
      for (guint k = 0; k < i; k++)
        ck_assert_double_ge (fabs (at[i] - at[k]), 12.0 - 1e-9);
    }
  ck_assert_double_eq (at[3], 90.0); /* what has room does not move */
  double crowd[30] = { 0.0 };
  spread (crowd, 30, 12.0, 0.0, 100.0);
  ck_assert_double_le (crowd[29], 100.0 + 1e-9);
}
END_TEST

START_TEST (test_axes)
{
  ChartMeasure plain = { .scale = 1.0 };
  static const ChartRange ranges[]
      = { { 0.0, 1.0 }, { -57.1, 54.9 },   { 1e-12, 2e-12 },  { 5.0, 5.0 },
          { 0.0, 0.0 }, { -1e300, 1e300 }, { 1e15, 1e15 + 4 } };
  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    for (guint flags = 0; flags < 8; flags++)
      {
        g_autoptr (ChartAxis) axis = axis_new (ranges[i], 6, flags, &plain);
        ck_assert (axis->low < axis->high);
        ck_assert_uint_le (axis->ticks->len, 100);
        ck_assert (axis->low <= ranges[i].low + fabs (ranges[i].low) * 1e-9
                   && axis->high >= ranges[i].high - fabs (ranges[i].high) * 1e-9);
      }
  g_autoptr (ChartAxis) axis = axis_new ((ChartRange){ 0.0, 0.93 }, 5, 0, &plain);
  ck_assert_str_eq (g_array_index (axis->ticks, ChartTick, 1).text, "0.2");
  ChartMeasure dates = { .scale = 1.0, .is_date = TRUE };
  g_autoptr (ChartAxis) time = axis_new ((ChartRange){ 4000.0, 20000.0 }, 9, AXIS_SNUG, &dates);
  ck_assert_str_eq (g_array_index (time->ticks, ChartTick, 0).text, "1985");
  g_autoptr (ChartAxis) wild = axis_new ((ChartRange){ -1e18, 1e18 }, 9, AXIS_SNUG, &dates);
  ck_assert_uint_le (wild->ticks->len, 100);
}
END_TEST

START_TEST (test_colours)
{
  ck_assert_uint_eq (chart_text_on (0xffffff), 0x000000);
  ck_assert_uint_eq (chart_text_on (0x08457e), 0xffffff);
  for (int mono = 0; mono < 2; mono++)
    for (guint i = 0; i < 6; i++)
      for (guint k = 0; k < i; k++)
        {
          ChartInk a = chart_ink (i, 6, mono), b = chart_ink (k, 6, mono);
          ck_assert (a.colour != b.colour || a.point != b.point);
          ck_assert (a.fill != b.fill || a.pattern != b.pattern);
        }
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("chart layout");
  TCase *test = tcase_create ("layout");

  tcase_add_test (test, test_wrap);
  tcase_add_test (test, test_spread);
  tcase_add_test (test, test_axes);
  tcase_add_test (test, test_colours);
  suite_add_tcase (suite, test);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? 0 : 1;
}
