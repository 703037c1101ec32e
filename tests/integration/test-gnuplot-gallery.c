/* SPDX-License-Identifier: MIT
 *
 * Draws every kind of chart in both languages and in monochrome. Where
 * HANSA_GALLERY names a folder, the pictures stay there: SVGs, the PNGs of
 * them, and, with HANSA_BENCH set, what a warm chart takes.
 */
#include "test-gnuplot-sample.h"

static HansaChartPool *pool;
static HansaResult *result;
static char *folder;

static void
setup (void)
{
  g_autoptr (GError) error = NULL;

  result = sample_gallery ();
  folder
      = g_getenv ("HANSA_GALLERY") != NULL ? g_strdup (g_getenv ("HANSA_GALLERY")) : sample_dir ();
  g_mkdir_with_parents (folder, 0755);
  pool = hansa_chart_pool_new (2, -1, &error);
  ck_assert_msg (pool != NULL, "%s", error != NULL ? error->message : "");
}

static void
teardown (void)
{
  g_clear_pointer (&pool, hansa_chart_pool_free);
  g_clear_pointer (&result, hansa_result_free);
  if (g_getenv ("HANSA_GALLERY") == NULL)
    sample_remove (folder);
  else
    g_free (folder);
}

static void
draw_all (HansaChartStyle style, const char *suffix)
{
  for (guint i = 0; i < result->charts->len; i++)
    {
      g_autoptr (GError) error = NULL;
      const HansaResultChart *chart = result->charts->pdata[i];
      g_autofree char *name = g_strdup_printf ("%s.%s", chart->id, suffix);
      gboolean drawn = hansa_chart_pool_draw (pool, result, chart, &style, folder, name, &error);
      ck_assert_msg (drawn, "%s: %s", name, error != NULL ? error->message : "");
      g_autofree char *missing = hansa_chart_missing_glyphs (result, chart, style.language);
      ck_assert_str_eq (missing, "");
    }
}

START_TEST (test_svg)
{
  draw_all ((HansaChartStyle){ HANSA_SVG, HANSA_ZH, FALSE }, "zh");
  draw_all ((HansaChartStyle){ HANSA_SVG, HANSA_EN, FALSE }, "en");
  draw_all ((HansaChartStyle){ HANSA_SVG, HANSA_ZH, TRUE }, "zh-mono");
}
END_TEST

START_TEST (test_png_and_pdf)
{
  draw_all ((HansaChartStyle){ HANSA_PNG, HANSA_ZH, FALSE }, "zh-png");
  draw_all ((HansaChartStyle){ HANSA_PDF, HANSA_EN, TRUE }, "en-pdf");
}
END_TEST

START_TEST (test_bench)
{
  HansaChartStyle style = { HANSA_SVG, HANSA_ZH, FALSE };
  const int rounds = 60;

  draw_all (style, "bench");
  for (guint i = 0; i < result->charts->len; i++)
    {
      const HansaResultChart *chart = result->charts->pdata[i];
      g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
      for (int round = 0; round < rounds; round++)
        {
          gint64 start = g_get_monotonic_time ();
          ck_assert (hansa_chart_pool_draw (pool, result, chart, &style, folder, "bench", NULL));
          double ms = (double)(g_get_monotonic_time () - start) / 1e3;
          g_array_append_val (times, ms);
        }
      g_array_sort (times, sample_descending);
      g_print ("%-12s median %.2f ms, least %.2f ms\n", chart->id,
               g_array_index (times, double, rounds / 2), g_array_index (times, double, 0));
    }
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("gnuplot gallery");
  TCase *test = tcase_create ("gallery");

  tcase_set_timeout (test, 120);
  tcase_add_checked_fixture (test, setup, teardown);
  tcase_add_test (test, test_svg);
  tcase_add_test (test, test_png_and_pdf);
  if (g_getenv ("HANSA_BENCH") != NULL)
    tcase_add_test (test, test_bench);
  suite_add_tcase (suite, test);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? 0 : 1;
}
