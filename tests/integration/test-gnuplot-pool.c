/* SPDX-License-Identifier: MIT
 *
 * The pool: one chart's end is not another's.
 */
#include "base/paths.h"
#include "chart/encode.h"
#include "chart/gnuplot.h"
#include "test-gnuplot-sample.h"

#include <signal.h>
#include <unistd.h>

static const HansaChartStyle svg = { HANSA_SVG, HANSA_EN, FALSE };
static HansaResult *result;
static char *dir;

static void
setup (void)
{
  dir = sample_dir ();
  result = sample_gallery ();
}

static void
teardown (void)
{
  g_clear_pointer (&result, hansa_result_free);
  sample_remove (dir);
}

static ChartGnuplot *
spawn (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *launcher = hansa_path_program ("hansa-launch", "HANSA_LAUNCH", &error);
  g_autofree char *path = launcher != NULL ? gnuplot_find (&error) : NULL;
  ChartGnuplot *gnuplot = path != NULL ? gnuplot_spawn (launcher, path, &error) : NULL;
  ck_assert_msg (gnuplot != NULL, "%s", error != NULL ? error->message : "");
  return gnuplot;
}

/* Draws a script of parts; answers how it went and says why. */
static GnuplotAnswer
try_script (ChartGnuplot *gnuplot, const char *data, const char *plot, double seconds, char **why)
{
  g_autofree char *script = g_strdup_printf (
      "reset session\nset terminal svg\nset output 'x.svg'\n%s\nplot %s\n", data, plot);
  g_autoptr (GError) error = NULL;
  GBytes *picture = NULL;
  GnuplotAnswer answer = gnuplot_draw (gnuplot, script, seconds, -1, &picture, &error);

  g_clear_pointer (&picture, g_bytes_unref);
  if (why != NULL)
    *why = g_strdup (error != NULL ? error->message : "");
  return answer;
}

START_TEST (test_errors_are_found)
{
  static const struct
  {
    const char *data, *plot, *why;
  } cases[] = { { "nonsense here", "x", "plotting" },
                { "", "undefined_function(x)", "plotting" },
                { "set print '-'\nprint 'hansa'", "x", "not asked for" },
                { "print 1", "x", "not asked for" }, /* after `set print` of the setup */
                { "system('echo hello')", "x", "" },
                { "set output '/tmp/hansa-never.svg'", "x", "denied" },
                { "load '/etc/passwd'", "x", "plotting" },
                { "exit gnuplot", "x", "ended" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ChartGnuplot) gnuplot = spawn ();
      g_autofree char *why = NULL;
      GnuplotAnswer answer = try_script (gnuplot, cases[i].data, cases[i].plot, 5.0, &why);
      if (cases[i].why[0] == '\0')
        continue; /* whether it fails is gnuplot's; that nothing runs is tested below */
      ck_assert_msg (answer == GNUPLOT_FAILED, "%s: %d", cases[i].data, (int)answer);
      ck_assert_msg (strstr (why, cases[i].why) != NULL
                         || strstr (why, "Permission denied") != NULL,
                     "%s: %s", cases[i].data, why);
    }
  ck_assert (!g_file_test ("/tmp/hansa-never.svg", G_FILE_TEST_EXISTS));
}
END_TEST

START_TEST (test_sandbox)
{
  g_auto (GStrv) missing = hansa_chart_missing_layers ();
  g_autofree char *canary = g_build_filename (dir, "canary", NULL);
  g_autofree char *data
      = g_strdup_printf ("system(\"touch %s\")\n!touch %s\nx = system('touch %s')\n"
                         "set print '%s'\nset table '%s'\n",
                         canary, canary, canary, canary, canary);
  g_autoptr (ChartGnuplot) gnuplot = spawn ();

  if (missing[0] != NULL)
    return; /* this kernel cannot, and says so */
  try_script (gnuplot, data, "x", 5.0, NULL);
  ck_assert (!g_file_test (canary, G_FILE_TEST_EXISTS));
}
END_TEST

START_TEST (test_deadline)
{
  g_autoptr (ChartGnuplot) gnuplot = spawn ();
  g_autofree char *why = NULL;
  gint64 start = g_get_monotonic_time ();

  ck_assert_int_eq (try_script (gnuplot, "pause 30", "x", 0.5, &why), GNUPLOT_FAILED);
  ck_assert_int_lt (g_get_monotonic_time () - start, 3 * G_USEC_PER_SEC);
  ck_assert_ptr_nonnull (strstr (why, "no answer in time"));
}
END_TEST

static gpointer
kill_soon (gpointer data)
{
  g_usleep (200000);
  kill (GPOINTER_TO_INT (data), SIGKILL);
  return NULL;
}

START_TEST (test_killed_while_drawing)
{
  g_autoptr (ChartGnuplot) gnuplot = spawn ();
  g_autofree char *why = NULL;
  GThread *thread = g_thread_new ("kill", kill_soon, GINT_TO_POINTER (gnuplot_pid (gnuplot)));

  ck_assert_int_eq (try_script (gnuplot, "pause 30", "x", 8.0, &why), GNUPLOT_FAILED);
  ck_assert_ptr_nonnull (strstr (why, "ended unexpectedly"));
  g_thread_join (thread);
}
END_TEST

START_TEST (test_killed_while_waiting)
{
  g_autoptr (ChartGnuplot) gnuplot = spawn ();

  ck_assert_int_eq (try_script (gnuplot, "", "x", 8.0, NULL), GNUPLOT_DREW);
  kill (gnuplot_pid (gnuplot), SIGKILL);
  g_usleep (50000);
  ck_assert_int_eq (try_script (gnuplot, "", "x", 8.0, NULL), GNUPLOT_GONE);
}
END_TEST

START_TEST (test_state_does_not_leak)
{
  g_autoptr (ChartGnuplot) gnuplot = spawn ();
  g_autofree char *why = NULL;

  ck_assert_int_eq (
      try_script (gnuplot, "leak = 1\n$leak << E\n1\nE\nset label 'leaked' at 0,0", "x", 8.0, NULL),
      GNUPLOT_DREW);
  ck_assert_int_eq (try_script (gnuplot, "if (exists('leak')) { nonsense }", "x", 8.0, &why),
                    GNUPLOT_DREW);
  ck_assert_int_eq (try_script (gnuplot, "", "$leak", 8.0, NULL), GNUPLOT_FAILED);
}
END_TEST

static HansaResultChart *
empty_chart (void)
{
  static const HansaOutColumn columns[]
      = { { "a", HANSA_TEXT, 0, "", { "a", "a" } }, { "n", HANSA_REAL, 1, "%", { "n", "n" } } };
  HansaResultTable *table = sample_table (result, "empty", 2, columns);

  SAMPLE_ROW (result, table, hansa_cell_text ("x"),
              hansa_cell_value (hansa_undefined (HANSA_NO_DATA)));
  return SAMPLE_CHART (result, .kind = HANSA_CHART_BAR, .id = "empty", .title = { "t", "t" },
                       .table = "empty", .x = "a", .y = "n");
}

START_TEST (test_nothing_to_draw)
{
  g_autoptr (HansaChartPool) pool = hansa_chart_pool_new (1, -1, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (dir, "e.svg", NULL);

  ck_assert (!hansa_chart_pool_draw (pool, result, empty_chart (), &svg, dir, "e", &error));
  ck_assert (g_error_matches (error, HANSA_HOST_ERROR, HANSA_EXIT_CHART));
  ck_assert (!g_file_test (path, G_FILE_TEST_EXISTS));
  ck_assert (hansa_chart_pool_draw (pool, result, result->charts->pdata[0], &svg, dir, "e", NULL));
  ck_assert (g_file_test (path, G_FILE_TEST_EXISTS));
}
END_TEST

START_TEST (test_folder_that_is_not_there)
{
  g_autoptr (HansaChartPool) pool = hansa_chart_pool_new (1, -1, NULL);
  g_autoptr (GError) error = NULL;
  const HansaResultChart *chart = result->charts->pdata[0];

  ck_assert (!hansa_chart_pool_draw (pool, result, chart, &svg, "/nowhere/at/all", "c", &error));
  ck_assert (g_error_matches (error, HANSA_HOST_ERROR, HANSA_EXIT_OUTPUT));
  g_clear_error (&error);
  /* /proc takes no file, not even from root. */
  ck_assert (!hansa_chart_pool_draw (pool, result, chart, &svg, "/proc", "c", &error));
  ck_assert (g_error_matches (error, HANSA_HOST_ERROR, HANSA_EXIT_OUTPUT));
  g_clear_error (&error);
  ck_assert (!hansa_chart_pool_draw (pool, result, chart, &svg, dir, "../c", &error));
  ck_assert (g_error_matches (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE));
  ck_assert (hansa_chart_pool_draw (pool, result, chart, &svg, dir, "c", NULL));
}
END_TEST

START_TEST (test_missing_gnuplot)
{
  g_autoptr (GError) error = NULL;

  g_setenv ("HANSA_GNUPLOT", "/nowhere/gnuplot", TRUE);
  ck_assert_ptr_null (hansa_chart_pool_new (1, -1, &error));
  ck_assert (g_error_matches (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP));
  g_clear_error (&error);
  ck_assert_ptr_null (hansa_gnuplot_version (&error));
  g_clear_error (&error);
  g_unsetenv ("HANSA_GNUPLOT");
  g_autofree char *version = hansa_gnuplot_version (NULL);
  ck_assert (g_str_has_prefix (version, "gnuplot "));
}
END_TEST

START_TEST (test_program_that_is_no_gnuplot)
{
  g_autoptr (GError) error = NULL;

  g_setenv ("HANSA_GNUPLOT", "/bin/true", TRUE);
  g_autoptr (HansaChartPool) pool = hansa_chart_pool_new (1, -1, &error);
  ck_assert_ptr_nonnull (pool);
  ck_assert (
      !hansa_chart_pool_draw (pool, result, result->charts->pdata[0], &svg, dir, "c", &error));
  ck_assert (g_error_matches (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP));
  g_unsetenv ("HANSA_GNUPLOT");
}
END_TEST

START_TEST (test_cancel)
{
  int fds[2];
  g_autoptr (GError) error = NULL;

  ck_assert_int_eq (pipe (fds), 0);
  g_autoptr (HansaChartPool) pool = hansa_chart_pool_new (1, fds[0], NULL);
  ck_assert (hansa_chart_pool_draw (pool, result, result->charts->pdata[0], &svg, dir, "c", NULL));
  ck_assert_int_eq ((int)write (fds[1], "x", 1), 1);
  ck_assert (
      !hansa_chart_pool_draw (pool, result, result->charts->pdata[0], &svg, dir, "c", &error));
  ck_assert (g_error_matches (error, HANSA_HOST_ERROR, HANSA_EXIT_CANCELLED));
  close (fds[0]);
  close (fds[1]);
}
END_TEST

typedef struct
{
  HansaChartPool *pool;
  guint which;
  gboolean ok;
} Job;

static gpointer
draw_many (gpointer data)
{
  Job *job = data;
  job->ok = TRUE;
  for (guint i = 0; i < result->charts->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("c%u-%u", job->which, i);
      job->ok = job->ok
                && hansa_chart_pool_draw (job->pool, result, result->charts->pdata[i], &svg, dir,
                                          name, NULL);
    }
  return NULL;
}

START_TEST (test_threads_and_determinism)
{
  g_autoptr (HansaChartPool) pool = hansa_chart_pool_new (2, -1, NULL);
  Job jobs[4];
  GThread *threads[4];

  for (guint i = 0; i < 4; i++)
    {
      jobs[i] = (Job){ pool, i, FALSE };
      threads[i] = g_thread_new ("draw", draw_many, &jobs[i]);
    }
  for (guint i = 0; i < 4; i++)
    {
      g_thread_join (threads[i]);
      ck_assert (jobs[i].ok);
    }
  for (guint i = 0; i < result->charts->len; i++)
    {
      g_autofree char *first = NULL;
      for (guint k = 0; k < 4; k++)
        {
          g_autofree char *name = g_strdup_printf ("c%u-%u.svg", k, i);
          g_autofree char *path = g_build_filename (dir, name, NULL);
          g_autofree char *svg_text = NULL;
          ck_assert (g_file_get_contents (path, &svg_text, NULL, NULL));
          if (first == NULL)
            first = g_steal_pointer (&svg_text);
          else
            ck_assert (g_str_equal (first, svg_text)); /* too long for a message */
        }
    }
}
END_TEST

START_TEST (test_pool_outlives_the_thread_that_made_it_busy)
{
  /* PDEATHSIG follows threads: a gnuplot must not die with a caller's. */
  g_autoptr (HansaChartPool) pool = hansa_chart_pool_new (1, -1, NULL);
  for (guint i = 0; i < 3; i++)
    {
      Job job = { pool, i, FALSE };
      g_thread_join (g_thread_new ("draw", draw_many, &job));
      ck_assert (job.ok);
    }
}
END_TEST

START_TEST (test_missing_glyphs)
{
  g_autoptr (HansaResult) small = hansa_result_new ();
  const HansaResultChart *chart = sample_bar (small, "湖南 \xf3\xb0\x80\x80 A"); /* private use */
  g_autofree char *missing = hansa_chart_missing_glyphs (small, chart, HANSA_ZH);
  ck_assert_str_eq (missing, "\xf3\xb0\x80\x80");
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("gnuplot pool");
  TCase *test = tcase_create ("pool");

  tcase_set_timeout (test, 120);
  tcase_add_checked_fixture (test, setup, teardown);
  tcase_add_test (test, test_errors_are_found);
  tcase_add_test (test, test_sandbox);
  tcase_add_test (test, test_deadline);
  tcase_add_test (test, test_killed_while_drawing);
  tcase_add_test (test, test_killed_while_waiting);
  tcase_add_test (test, test_state_does_not_leak);
  tcase_add_test (test, test_nothing_to_draw);
  tcase_add_test (test, test_folder_that_is_not_there);
  tcase_add_test (test, test_missing_gnuplot);
  tcase_add_test (test, test_program_that_is_no_gnuplot);
  tcase_add_test (test, test_cancel);
  tcase_add_test (test, test_threads_and_determinism);
  tcase_add_test (test, test_pool_outlives_the_thread_that_made_it_busy);
  tcase_add_test (test, test_missing_glyphs);
  suite_add_tcase (suite, test);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? 0 : 1;
}
