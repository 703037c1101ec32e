/* SPDX-License-Identifier: MIT
 *
 * hansa watch: the report follows the real data, and a mistake in them is told.
 */
#include "support/harness.h"

#include <check.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#define OLD_CELL "430000,2017,12,importer_exporter,36033297000"
#define NEW_CELL "430000,2017,12,importer_exporter,36933297000"

#define NO_PROBLEM ", \"\")"

static char *folder;
static char *data;
static GPid watch;

static gboolean
holds (const char *file, const char *text)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *all = NULL;

  return g_file_get_contents (path, &all, NULL, NULL) && strstr (all, text) != NULL;
}

/* Waits until the file holds the text; a minute is for slow machines. */
static void
await (const char *file, const char *text)
{
  for (int i = 0; i < 6000 && !holds (file, text); i++)
    g_usleep (10 * 1000);
  ck_assert_msg (holds (file, text), "%s: no \"%s\"", file, text);
}

static void
set_up (void)
{
  folder = folder_new ();
  data = copy_dataset (folder, "hunan");
  watch = start_hansa (folder, "watch", "data", "-p", "trade-growth", NULL);
  await ("report.watch/now.js", "hansaNow(1, \"\")");
}

static int
end_watch (void)
{
  int status;

  kill (watch, SIGINT);
  ck_assert_int_eq (waitpid (watch, &status, 0), watch);
  return WIFEXITED (status) ? WEXITSTATUS (status) : -1;
}

static void
tear_down (void)
{
  g_free (data);
  folder_remove (folder);
}

START_TEST (test_cell)
{
  edit_file (data, "trade.csv", OLD_CELL, NEW_CELL);
  await ("report/report.json", "40.7%");
  await ("report.watch/index.html", "40.7%");
  ck_assert (holds ("report.watch/index.html", "hansaNow"));
  ck_assert (holds ("report.watch/index.html", "href=\"../report/charts/"));
  ck_assert (!holds ("report/index.html", "hansaNow"));

  ck_assert_int_eq (end_watch (), 0);
  ck_assert (exists (folder, "report/index.html"));
  ck_assert (!exists (folder, "report.watch"));
}
END_TEST

/* Written in pieces, wrong for a while, then as a new file of that name. */
START_TEST (test_mistake_and_mending)
{
  g_autofree char *whole = read_file (data, "trade.csv");
  g_autofree char *file = g_build_filename (data, "trade.csv", NULL);
  g_autofree char *draft = g_build_filename (data, ".trade.csv.draft", NULL);

  edit_file (data, "trade.csv", OLD_CELL, "430000,2017,12,importer_exporter,x");
  await ("report.watch/now.js", "trade.csv:247");
  ck_assert (holds ("report/report.json", "37.3%"));
  ck_assert (holds ("report.watch/now.js", "hansaNow(1, "));

  edit_file (data, "trade.csv", "importer_exporter,x", "importer_exporter,36933297000");
  await ("report/report.json", "40.7%");
  await ("report.watch/now.js", NO_PROBLEM);

  ck_assert (g_file_set_contents (draft, whole, -1, NULL));
  ck_assert_int_eq (g_rename (draft, file), 0);
  await ("report/report.json", "37.3%");

  ck_assert_int_eq (g_unlink (file), 0);
  await ("report.watch/now.js", "trade.csv");
  ck_assert (exists (folder, "report/index.html"));
  ck_assert (g_file_set_contents (file, whole, -1, NULL));
  await ("report.watch/now.js", NO_PROBLEM);
  ck_assert_int_eq (end_watch (), 0);
}
END_TEST

START_TEST (test_ends_in_mid_run)
{
  edit_file (data, "trade.csv", OLD_CELL, NEW_CELL);
  g_usleep (90 * 1000);
  ck_assert_int_eq (end_watch (), 0);
  ck_assert (exists (folder, "report/run.json"));
  ck_assert (!exists (folder, "report.watch"));
}
END_TEST

/* A plugin that is built anew counts as data do. */
START_TEST (test_plugin)
{
  g_autofree char *from
      = g_build_filename (g_getenv ("HANSA_PLUGIN_PATH"), "trade-growth.so", NULL);
  g_autofree char *plugins = g_build_filename (folder, "plugins", NULL);
  g_autofree char *to = g_build_filename (plugins, "trade-growth.so", NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  ck_assert_int_eq (end_watch (), 0);
  ck_assert (g_file_get_contents (from, &bytes, &length, NULL));
  ck_assert_int_eq (g_mkdir (plugins, 0755), 0);
  ck_assert (g_file_set_contents (to, bytes, (gssize)length, NULL));
  watch = start_hansa (folder, "watch", "data", "--plugin-dir", "plugins", "-p", "trade-growth",
                       "--out", "other", NULL);
  await ("other.watch/now.js", "hansaNow(1, \"\")");
  bytes = g_realloc (bytes, length + 1);
  bytes[length] = '\0'; /* after the sections, where nothing reads */
  ck_assert (g_file_set_contents (to, bytes, (gssize)length + 1, NULL));
  await ("other.watch/now.js", "hansaNow(2, \"\")");
  ck_assert_int_eq (end_watch (), 0);
}
END_TEST

START_TEST (test_usage)
{
  ck_assert_int_eq (end_watch (), 0);
  g_auto (Outcome) json = run_hansa (folder, "watch", "data", "--json", NULL);
  ck_assert_int_eq (json.exit_code, 2);
  g_auto (Outcome) none = run_hansa (folder, "watch", NULL);
  ck_assert_int_eq (none.exit_code, 2);
  g_auto (Outcome) jobs = run_hansa (folder, "watch", "data", "--jobs", "0", NULL);
  ck_assert_int_eq (jobs.exit_code, 2);
}
END_TEST

static Suite *
watch_suite (void)
{
  Suite *suite = suite_create ("watch");
  TCase *tests = tcase_create ("watch");

  tcase_add_checked_fixture (tests, set_up, tear_down);
  tcase_add_test (tests, test_cell);
  tcase_add_test (tests, test_mistake_and_mending);
  tcase_add_test (tests, test_ends_in_mid_run);
  tcase_add_test (tests, test_plugin);
  tcase_add_test (tests, test_usage);
  suite_add_tcase (suite, tests);
  return suite;
}

int
main (void)
{
  SRunner *runner = srunner_create (watch_suite ());
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? 0 : 1;
}
