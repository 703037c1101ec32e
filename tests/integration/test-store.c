/* SPDX-License-Identifier: MIT
 *
 * Runs that take from the store what earlier runs made: the same bytes, and
 * only what depends on a change made again.
 */
#include "support/harness.h"

#include <check.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *folder;
static char *environment[3]; /* a store of this test alone */

static void
set_up (void)
{
  folder = folder_new ();
  environment[0] = g_strdup_printf ("HANSA_CACHE=%s/cache", folder);
  environment[1] = g_strdup ("HANSA_CACHE_LIMIT=");
}

static void
tear_down (void)
{
  g_clear_pointer (&environment[0], g_free);
  g_clear_pointer (&environment[1], g_free);
  folder_remove (folder);
}

#define assert_exit(outcome, code)                                                                 \
  ck_assert_msg ((outcome).exit_code == (code), "exit %d, expected %d\n%s%s", (outcome).exit_code, \
                 (code), (outcome).out, (outcome).err)
#define assert_says(text, part)                                                                    \
  ck_assert_msg (strstr ((text), (part)) != NULL, "\"%s\" is not in:\n%s", (part), (text))

/* ---- asking ------------------------------------------------------------------ */

static char *
hunan (void)
{
  return g_build_filename (g_getenv ("HANSA_SOURCE_DIR"), "datasets", "hunan", NULL);
}

/* The "reuse" member of a run with --json: reused and made of one stage. */
static void
assert_stage (const Outcome *outcome, const char *stage, gint64 reused, gint64 made)
{
  g_autoptr (JsonNode) root = json_from_string (outcome->out, NULL);
  ck_assert_ptr_nonnull (root);
  JsonObject *reuse = json_object_get_object_member (json_node_get_object (root), "reuse");
  JsonObject *counts = json_object_get_object_member (reuse, stage);
  ck_assert_msg (json_object_get_int_member (counts, "reused") == reused
                     && json_object_get_int_member (counts, "made") == made,
                 "%s: %d reused, %d made", stage,
                 (int)json_object_get_int_member (counts, "reused"),
                 (int)json_object_get_int_member (counts, "made"));
}

static gboolean
is_current (const Outcome *outcome)
{
  g_autoptr (JsonNode) root = json_from_string (outcome->out, NULL);
  ck_assert_ptr_nonnull (root);
  JsonObject *reuse = json_object_get_object_member (json_node_get_object (root), "reuse");
  return json_object_get_boolean_member (reuse, "report");
}

/* The sum of every file below a folder, by name; (transfer full). */
static char *
digest (const char *name)
{
  g_autofree char *script = g_strdup_printf (
      "cd '%s/%s' && find . -type f | LC_ALL=C sort | xargs sha256sum", folder, name);
  const char *argv[] = { "sh", "-c", script, NULL };
  char *out = NULL;
  int status = 1;

  ck_assert (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL,
                           &status, NULL));
  ck_assert_int_eq (status, 0);
  ck_assert_uint_gt (strlen (out), 0);
  return out;
}

static char *
cache (void)
{
  return g_build_filename (folder, "cache", NULL);
}

/* ---- reuse --------------------------------------------------------------------- */

START_TEST (test_reused_is_the_same_bytes)
{
  g_autofree char *data = hunan ();
  g_auto (Outcome) first
      = run_hansa_env (folder, environment, "run", data, "-o", "a", "--json", NULL);
  assert_exit (first, 0);
  g_autofree char *fresh = digest ("a");
  assert_stage (&first, "results", 0, 3);

  /* All is there: nothing is done. */
  g_auto (Outcome) second
      = run_hansa_env (folder, environment, "run", data, "-o", "a", "--json", NULL);
  assert_exit (second, 0);
  ck_assert (is_current (&second));
  g_autofree char *untouched = digest ("a");
  ck_assert_str_eq (fresh, untouched);

  /* A file of the report is gone: it is written again, from the store. */
  g_autofree char *page = g_build_filename (folder, "a", "index.html", NULL);
  ck_assert_int_eq (g_unlink (page), 0);
  g_auto (Outcome) third
      = run_hansa_env (folder, environment, "run", data, "-o", "a", "--json", NULL);
  assert_exit (third, 0);
  ck_assert (!is_current (&third));
  assert_stage (&third, "results", 3, 0);
  assert_stage (&third, "tables", 0, 0);
  g_autofree char *again = digest ("a");
  ck_assert_str_eq (fresh, again);
}
END_TEST

START_TEST (test_no_cache_is_the_same_bytes)
{
  g_autofree char *data = hunan ();
  char *env[] = { environment[0], environment[1], "SOURCE_DATE_EPOCH=1500000000", NULL };
  g_auto (Outcome) kept = run_hansa_env (folder, env, "run", data, "-o", "a", NULL);
  assert_exit (kept, 0);
  g_autofree char *one = digest ("a");
  g_auto (Outcome) fresh = run_hansa_env (folder, env, "run", data, "-o", "a", "--no-cache", NULL);
  assert_exit (fresh, 0);
  g_autofree char *two = digest ("a");
  ck_assert_str_eq (one, two);
  ck_assert_ptr_null (strstr (fresh.out, "Reused"));
}
END_TEST

START_TEST (test_cell_changes_what_depends_on_it)
{
  g_autofree char *data = copy_dataset (folder, "hunan");
  g_auto (Outcome) first = run_hansa_env (folder, environment, "run", data, "--json", NULL);
  assert_exit (first, 0);

  /* Trade of Hunan in 2017: nothing but trade-growth reads it. */
  edit_file (data, "trade.csv", "36033297000", "36033298000");
  g_auto (Outcome) second = run_hansa_env (folder, environment, "run", data, "--json", NULL);
  assert_exit (second, 0);
  assert_stage (&second, "results", 2, 1);
  assert_stage (&second, "tables", 0, 1);

  /* Back again: nothing is to be made. */
  edit_file (data, "trade.csv", "36033298000", "36033297000");
  g_auto (Outcome) third = run_hansa_env (folder, environment, "run", data, "--json", NULL);
  assert_exit (third, 0);
  assert_stage (&third, "results", 3, 0);
  assert_stage (&third, "tables", 0, 0);
}
END_TEST

START_TEST (test_same_size_and_times)
{
  /* A change within one tick of the file system's clock, with the times put
   * back: the change time and the care for young files tell it. */
  g_autofree char *data = copy_dataset (folder, "hunan");
  g_autofree char *file = g_build_filename (data, "trade.csv", NULL);
  GStatBuf before;
  g_auto (Outcome) first
      = run_hansa_env (folder, environment, "run", data, "-p", "trade-growth", "--json", NULL);
  assert_exit (first, 0);
  ck_assert_int_eq (g_stat (file, &before), 0);
  edit_file (data, "trade.csv", "36033297000", "36033297001");
  struct timespec times[] = { before.st_atim, before.st_mtim };
  ck_assert_int_eq (utimensat (AT_FDCWD, file, times, 0), 0);
  g_auto (Outcome) second
      = run_hansa_env (folder, environment, "run", data, "-p", "trade-growth", "--json", NULL);
  assert_stage (&second, "results", 0, 1);
}
END_TEST

START_TEST (test_parameter_changes_its_own_plugin)
{
  g_autofree char *data = hunan ();
  g_auto (Outcome) first = run_hansa_env (folder, environment, "run", data, "-q", NULL);
  assert_exit (first, 0);
  g_auto (Outcome) second = run_hansa_env (folder, environment, "run", data, "--set",
                                           "trade-growth.year=2016", "--json", NULL);
  assert_exit (second, 0);
  assert_stage (&second, "results", 2, 1);
  assert_stage (&second, "tables", 0, 0);
  g_autofree char *reused = digest ("report");
  g_auto (Outcome) fresh = run_hansa_env (folder, environment, "run", data, "--set",
                                          "trade-growth.year=2016", "--json", "--no-cache", NULL);
  assert_exit (fresh, 0);
  g_autoptr (JsonNode) root = json_from_string (second.out, NULL);
  ck_assert_double_eq (find_metric (find_analysis (root, "trade-growth"), "year"), 2016);
}
END_TEST

/* ---- what can go wrong ----------------------------------------------------------- */

START_TEST (test_parallel_runs)
{
  g_autofree char *data = hunan ();
  GPid pids[2];
  g_setenv ("HANSA_CACHE", environment[0] + strlen ("HANSA_CACHE="), TRUE);
  g_setenv ("HANSA_CACHE_LIMIT", "", TRUE);
  pids[0] = start_hansa (folder, "run", data, "-o", "a", NULL);
  pids[1] = start_hansa (folder, "run", data, "-o", "b", NULL);
  for (guint i = 0; i < 2; i++)
    {
      int status = 1;
      ck_assert_int_eq (waitpid (pids[i], &status, 0), pids[i]);
      ck_assert_msg (WIFEXITED (status) && WEXITSTATUS (status) == 0, "status %d", status);
    }
  g_auto (Outcome) after = run_hansa (folder, "run", data, "-o", "c", "--json", NULL);
  assert_exit (after, 0);
  assert_stage (&after, "results", 3, 0);
}
END_TEST

START_TEST (test_killed_run_leaves_a_good_store)
{
  g_autofree char *data = hunan ();
  g_setenv ("HANSA_CACHE", environment[0] + strlen ("HANSA_CACHE="), TRUE);
  g_setenv ("HANSA_CACHE_LIMIT", "", TRUE);
  /* At every stage of a run, as far as sleeping can tell. */
  for (guint i = 0; i < 12; i++)
    {
      GPid pid = start_hansa (folder, "run", data, "-o", "a", NULL);
      int status;
      g_usleep (i * 12000);
      kill (pid, SIGKILL);
      waitpid (pid, &status, 0);
    }
  g_auto (Outcome) stored = run_hansa (folder, "run", data, "-o", "a", "--json", NULL);
  assert_exit (stored, 0);
  g_autofree char *kept = digest ("a/tables");
  g_autofree char *charts = digest ("a/charts");
  g_auto (Outcome) fresh = run_hansa (folder, "run", data, "-o", "a", "--json", "--no-cache", NULL);
  assert_exit (fresh, 0);
  g_autofree char *kept_fresh = digest ("a/tables");
  g_autofree char *charts_fresh = digest ("a/charts");
  ck_assert_str_eq (kept, kept_fresh);
  ck_assert_str_eq (charts, charts_fresh);
}
END_TEST

static void
flip_byte (const char *path)
{
  int fd = open (path, O_RDWR);
  guchar byte;
  off_t middle = lseek (fd, 0, SEEK_END) / 2;
  ck_assert_int_ge (fd, 0);
  ck_assert_int_eq (pread (fd, &byte, 1, middle), 1);
  byte ^= 0x10;
  ck_assert_int_eq (pwrite (fd, &byte, 1, middle), 1);
  close (fd);
}

START_TEST (test_damaged_entries_heal)
{
  g_autofree char *data = hunan ();
  g_autofree char *store = cache ();
  g_auto (Outcome) first = run_hansa_env (folder, environment, "run", data, "-q", NULL);
  assert_exit (first, 0);
  g_autofree char *sound = digest ("report/charts");

  g_autoptr (GDir) dir = g_dir_open (store, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (store, name, NULL);
      flip_byte (path);
    }
  g_auto (Outcome) second = run_hansa_env (folder, environment, "run", data, "--json", NULL);
  assert_exit (second, 0);
  assert_stage (&second, "results", 0, 3);
  g_autofree char *healed = digest ("report/charts");
  ck_assert_str_eq (sound, healed);
  g_auto (Outcome) third
      = run_hansa_env (folder, environment, "run", data, "-o", "b", "--json", NULL);
  assert_exit (third, 0);
  assert_stage (&third, "results", 3, 0);
}
END_TEST

START_TEST (test_store_that_cannot_be_written)
{
  g_autofree char *data = hunan ();
  char *env[] = { "HANSA_CACHE=/dev/null/cache", environment[1], NULL };
  g_auto (Outcome) outcome = run_hansa_env (folder, env, "run", data, "-o", "a", NULL);
  assert_exit (outcome, 0);
  const char *said = strstr (outcome.err, "cannot write to the cache");
  ck_assert_ptr_nonnull (said);
  ck_assert_ptr_null (strstr (said + 1, "cannot write to the cache"));
}
END_TEST

START_TEST (test_full_disk)
{
  /* A file system of 256 KiB, seen by this one command only. */
  g_autofree char *data = hunan ();
  g_autofree char *store = cache ();
  g_autofree char *mount = g_strdup_printf (
      "mount -t tmpfs -o size=256k none '%s' && \"$0\" run '%s' -o a -q", store, data);
  const char *argv[] = { "unshare", "-rm", "sh", "-c", mount, g_getenv ("HANSA_BINARY"), NULL };
  const char *can[] = { "unshare", "-rm", "sh", "-c", "mount -t tmpfs none /mnt", NULL };
  g_autofree char *err = NULL;
  int status = 1;

  if (!g_spawn_sync (NULL, (char **)can, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                     NULL, NULL, NULL, NULL, &status, NULL)
      || status != 0)
    return; /* no name spaces here; test_store_that_cannot_be_written() still holds */
  g_mkdir (store, 0700);
  g_auto (GStrv) env = g_environ_setenv (g_get_environ (), "HANSA_CACHE", store, TRUE);
  env = g_environ_setenv (env, "HANSA_CACHE_LIMIT", "", TRUE);
  ck_assert (g_spawn_sync (folder, (char **)argv, env, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &err,
                           &status, NULL));
  ck_assert_msg (status == 0, "status %d: %s", status, err);
  const char *said = strstr (err, "No space left on device");
  ck_assert_msg (said != NULL, "%s", err);
  ck_assert_ptr_null (strstr (said + 1, "No space left on device"));
}
END_TEST

/* ---- hansa cache ------------------------------------------------------------------- */

static gint64
cache_number (char **env, const char *member)
{
  g_auto (Outcome) shown = run_hansa_env (folder, env, "cache", "show", "--json", NULL);
  assert_exit (shown, 0);
  g_autoptr (JsonNode) root = json_from_string (shown.out, NULL);
  return json_object_get_int_member (json_node_get_object (root), member);
}

START_TEST (test_limit)
{
  g_autofree char *data = hunan ();
  char *env[] = { environment[0], "HANSA_CACHE_LIMIT=300K", NULL };
  g_auto (Outcome) first = run_hansa_env (folder, env, "run", data, "-o", "a", NULL);
  assert_exit (first, 0);
  ck_assert_int_gt (cache_number (env, "entries"), 0);
  ck_assert_int_le (cache_number (env, "bytes"), 300 << 10);
  ck_assert_int_eq (cache_number (env, "limit"), 300 << 10);

  char *wrong[] = { environment[0], "HANSA_CACHE_LIMIT=much", NULL };
  g_auto (Outcome) refused = run_hansa_env (folder, wrong, "run", data, "-o", "b", NULL);
  assert_exit (refused, 2);
  assert_says (refused.err, "500M");
}
END_TEST

START_TEST (test_clear_takes_nothing_else)
{
  g_autofree char *data = hunan ();
  g_autofree char *store = cache ();
  g_mkdir (store, 0700);
  write_file (store, "thesis.txt", "mine");
  g_auto (Outcome) first
      = run_hansa_env (folder, environment, "run", data, "-p", "trade-growth", NULL);
  assert_exit (first, 0);
  ck_assert_int_gt (cache_number (environment, "entries"), 0);
  g_auto (Outcome) cleared = run_hansa_env (folder, environment, "cache", "clear", NULL);
  assert_exit (cleared, 0);
  ck_assert_int_eq (cache_number (environment, "entries"), 0);
  ck_assert (exists (store, "thesis.txt"));
  ck_assert_uint_eq (count_files (store, ""), 1);

  g_auto (Outcome) unsaid = run_hansa_env (folder, environment, "cache", NULL);
  assert_exit (unsaid, 2);
  g_auto (Outcome) chinese
      = run_hansa_env (folder, environment, "cache", "show", "--lang", "zh", NULL);
  assert_exit (chinese, 0);
  assert_says (chinese.out, "上限");
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("store");
  TCase *tests = tcase_create ("store");

  tcase_add_checked_fixture (tests, set_up, tear_down);
  tcase_add_test (tests, test_reused_is_the_same_bytes);
  tcase_add_test (tests, test_no_cache_is_the_same_bytes);
  tcase_add_test (tests, test_cell_changes_what_depends_on_it);
  tcase_add_test (tests, test_same_size_and_times);
  tcase_add_test (tests, test_parameter_changes_its_own_plugin);
  tcase_add_test (tests, test_parallel_runs);
  tcase_add_test (tests, test_killed_run_leaves_a_good_store);
  tcase_add_test (tests, test_damaged_entries_heal);
  tcase_add_test (tests, test_store_that_cannot_be_written);
  tcase_add_test (tests, test_full_disk);
  tcase_add_test (tests, test_limit);
  tcase_add_test (tests, test_clear_takes_nothing_else);
  suite_add_tcase (suite, tests);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
