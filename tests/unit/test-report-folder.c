/* SPDX-License-Identifier: MIT
 *
 * The report folder: put in place whole, or not at all.
 */
#include "base/error.h"
#include "test-report-sample.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char *dir;
static char *target;
static HansaDataset *dataset;
static HansaRun *run;

static void
setup (void)
{
  dir = sample_dir ();
  target = g_build_filename (dir, "out", NULL);
  dataset = sample_dataset (dir, FALSE);
  run = sample_run (dataset, HANSA_ZH);
  HansaAnalysis *analysis = sample_analysis (run, "a", NULL, HANSA_END_OK);
  const HansaOutColumn columns[] = { { "key", HANSA_TEXT, 0, NULL, { "k", "k" } } };
  HansaResultTable *table
      = sample_table (analysis->result, "t", (HansaText){ "t", "t" }, 1, columns);
  for (guint i = 0; i < 300; i++)
    {
      HansaCell cell = hansa_cell_text (HOSTILE);
      sample_row (analysis->result, table, &cell);
    }
}

static void
teardown (void)
{
  sample_free_run (run);
  hansa_dataset_free (dataset);
  g_free (target);
  sample_remove (dir);
}

static gboolean
write_report (const char *command, GError **error)
{
  run->command = (char *)command;
  g_autofree char *folder = hansa_report_begin (target, error);
  if (folder == NULL)
    return FALSE;
  if (hansa_report_finish (run, folder, target, error))
    return TRUE;
  hansa_report_abandon (folder);
  return FALSE;
}

static void
must_write (const char *command)
{
  g_autoptr (GError) error = NULL;
  gboolean done = write_report (command, &error);
  ck_assert_msg (done, "%s", error != NULL ? error->message : "");
}

static gboolean
reads (const char *name, const char *needle)
{
  g_autofree char *path = g_build_filename (target, name, NULL);
  g_autofree char *text = NULL;
  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, needle) != NULL;
}

/* All files are there and closed as they should be. */
static gboolean
is_whole (void)
{
  return reads ("index.html", "</html>\n") && reads ("report.json", "\n}\n")
         && reads ("run.json", "\n}\n") && reads ("tables/a.t.csv", "key\r\n");
}

/* Names beside the target that a run left. */
static guint
count_left (void)
{
  g_autoptr (GDir) list = g_dir_open (dir, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (list)) != NULL)
    n += strstr (name, ".hansa-") != NULL ? 1 : 0;
  return n;
}

static void
must_refuse (const char *words)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!write_report ("refused", &error));
  ck_assert_int_eq (error->code, HANSA_EXIT_OUTPUT);
  ck_assert_msg (strstr (error->message, words) != NULL, "%s", error->message);
  ck_assert_uint_eq (count_left (), 0);
}

START_TEST (test_new_and_again)
{
  must_write ("first");
  ck_assert (is_whole () && reads ("run.json", "first"));
  must_write ("second");
  ck_assert (is_whole () && reads ("run.json", "second"));
  ck_assert_uint_eq (count_left (), 0);
  /* Rights are those of the umask, not of mkdtemp(). */
  struct stat status;
  mode_t mask = umask (0);
  umask (mask);
  ck_assert_int_eq (stat (target, &status), 0);
  ck_assert_uint_eq (status.st_mode & 0777u, 0777u & ~mask);
}
END_TEST

static struct stat
look_at (const char *name)
{
  g_autofree char *path = g_build_filename (target, name, NULL);
  struct stat status = { 0 };
  ck_assert_int_eq (stat (path, &status), 0);
  return status;
}

/* A file that stays as it was stays the same file; all others are new ones. */
START_TEST (test_unchanged_files_stay)
{
  must_write ("first");
  struct stat table = look_at ("tables/a.t.csv"), record = look_at ("run.json");
  must_write ("second");
  ck_assert_uint_eq (look_at ("tables/a.t.csv").st_ino, table.st_ino);
  ck_assert_uint_eq (look_at ("tables/a.t.csv").st_nlink, 1);
  ck_assert_uint_ne (look_at ("run.json").st_ino, record.st_ino);
}
END_TEST

START_TEST (test_changed_files_do_not_stay)
{
  g_autofree char *path = g_build_filename (target, "tables", "a.t.csv", NULL);
  g_autofree char *text = NULL;
  gsize length;

  must_write ("first");
  ck_assert (g_file_get_contents (path, &text, &length, NULL));
  text[length / 2] ^= 1;
  ck_assert (g_file_set_contents (path, text, (gssize)length, NULL));
  must_write ("second");
  text[length / 2] ^= 1;
  g_autofree char *again = NULL;
  ck_assert (g_file_get_contents (path, &again, NULL, NULL));
  ck_assert_str_eq (again, text);

  mode_t rights = look_at ("run.json").st_mode;
  ck_assert_int_eq (chmod (path, 0600), 0);
  must_write ("third");
  ck_assert_uint_eq (look_at ("tables/a.t.csv").st_mode, rights);

  g_autofree char *aside = g_build_filename (dir, "aside", NULL);
  ck_assert_int_eq (rename (path, aside), 0);
  ck_assert_int_eq (symlink (aside, path), 0);
  must_write ("fourth");
  g_autofree char *resolved = g_file_read_link (path, NULL);
  ck_assert_ptr_null (resolved);
}
END_TEST

START_TEST (test_same_bytes)
{
  g_autofree char *first = NULL, *second = NULL;
  g_autofree char *path = g_build_filename (target, "index.html", NULL);

  must_write ("same");
  ck_assert (g_file_get_contents (path, &first, NULL, NULL));
  must_write ("same");
  ck_assert (g_file_get_contents (path, &second, NULL, NULL));
  ck_assert_str_eq (first, second);
}
END_TEST

START_TEST (test_empty_folder)
{
  ck_assert_int_eq (mkdir (target, 0777), 0);
  must_write ("first");
  ck_assert (is_whole ());
}
END_TEST

START_TEST (test_through_link)
{
  g_autofree char *real = g_build_filename (dir, "real", NULL);

  ck_assert_int_eq (mkdir (real, 0777), 0);
  ck_assert_int_eq (symlink ("real", target), 0);
  must_write ("first");
  must_write ("second");
  ck_assert (is_whole ());
  ck_assert (g_file_test (target, G_FILE_TEST_IS_SYMLINK));
}
END_TEST

START_TEST (test_refuses_other_folders)
{
  ck_assert_int_eq (mkdir (target, 0777), 0);
  sample_put (target, "thesis.docx", "years of work");
  must_refuse ("not a Hansa report");
  sample_put (target, "run.json", "{\"scripts\": {\"start\": \"x\"}}");
  must_refuse ("not a Hansa report");
  ck_assert (reads ("thesis.docx", "years"));
}
END_TEST

START_TEST (test_refuses_to_lose_files)
{
  must_write ("first");
  sample_put (target, "tables/mine.xlsx", "notes");
  must_refuse ("mine.xlsx");
  ck_assert (reads ("tables/mine.xlsx", "notes") && reads ("run.json", "first"));
}
END_TEST

START_TEST (test_refuses_file)
{
  sample_put (dir, "out", "text");
  must_refuse ("is a file");
  g_free (target);
  target = g_strdup ("/");
  must_refuse ("cannot replace");
  target = (g_free (target), g_build_filename (dir, "trade.csv", "x", NULL));
  must_refuse ("trade.csv");
}
END_TEST

/* The disk is full for any file over 4 KiB. */
START_TEST (test_no_room)
{
  struct rlimit limit;

  must_write ("first");
  signal (SIGXFSZ, SIG_IGN);
  ck_assert_int_eq (getrlimit (RLIMIT_FSIZE, &limit), 0);
  struct rlimit small = { 4096, limit.rlim_max };
  ck_assert_int_eq (setrlimit (RLIMIT_FSIZE, &small), 0);
  g_autoptr (GError) error = NULL;
  gboolean done = write_report ("second", &error);
  ck_assert_int_eq (setrlimit (RLIMIT_FSIZE, &limit), 0);
  ck_assert (!done);
  ck_assert_int_eq (error->code, HANSA_EXIT_OUTPUT);
  ck_assert_msg (strstr (error->message, "index.html") != NULL, "%s", error->message);
  ck_assert (is_whole () && reads ("run.json", "first"));
  ck_assert_uint_eq (count_left (), 0);
}
END_TEST

START_TEST (test_stale_and_live)
{
  pid_t child = fork ();
  if (child == 0)
    _exit (0);
  ck_assert_int_eq (waitpid (child, NULL, 0), child);
  g_autofree char *dead = g_strdup_printf ("%s/.out.hansa-%d-abcdef", dir, (int)child);
  g_autofree char *live = g_strdup_printf ("%s/.out.hansa-%d-abcdef", dir, (int)getppid ());
  g_autofree char *other = g_strdup_printf ("%s/.out2.hansa-%d-abcdef", dir, (int)child);
  g_autofree char *old = g_strdup_printf ("%s/.out.hansa-%d-abcdee.old", dir, (int)child);
  ck_assert_int_eq (mkdir (dead, 0777), 0);
  ck_assert_int_eq (mkdir (live, 0777), 0);
  ck_assert_int_eq (mkdir (other, 0777), 0);
  sample_put (dead, "index.html", "half");
  must_write ("first");
  ck_assert (!g_file_test (dead, G_FILE_TEST_EXISTS));
  ck_assert (g_file_test (live, G_FILE_TEST_EXISTS));
  ck_assert (g_file_test (other, G_FILE_TEST_EXISTS));
  /* Killed between two renames: the old report comes back. */
  ck_assert_int_eq (rename (target, old), 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = hansa_report_begin (target, &error);
  ck_assert_ptr_nonnull (folder);
  ck_assert (is_whole () && reads ("run.json", "first"));
  hansa_report_abandon (folder);
}
END_TEST

/* Killed at any time, one whole report stands there; what is left is cleaned. */
START_TEST (test_killed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  must_write ("0");
  for (guint i = 0; i < 60; i++)
    {
      pid_t child = fork ();
      if (child == 0)
        for (guint n = 0;; n++)
          {
            g_autofree char *command = g_strdup_printf ("%u", n);
            if (!write_report (command, NULL))
              _exit (1);
          }
      g_usleep ((gulong)g_rand_int_range (rand, 100, 40000));
      ck_assert_int_eq (kill (child, SIGKILL), 0);
      int status;
      ck_assert_int_eq (waitpid (child, &status, 0), child);
      ck_assert (WIFSIGNALED (status));
      ck_assert_msg (is_whole (), "broken after kill %u", i);
    }
  must_write ("last");
  ck_assert_uint_eq (count_left (), 0);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("report-folder");
  TCase *tests = tcase_create ("folder");

  tcase_set_timeout (tests, 60);
  tcase_add_checked_fixture (tests, setup, teardown);
  tcase_add_test (tests, test_new_and_again);
  tcase_add_test (tests, test_unchanged_files_stay);
  tcase_add_test (tests, test_changed_files_do_not_stay);
  tcase_add_test (tests, test_same_bytes);
  tcase_add_test (tests, test_empty_folder);
  tcase_add_test (tests, test_through_link);
  tcase_add_test (tests, test_refuses_other_folders);
  tcase_add_test (tests, test_refuses_to_lose_files);
  tcase_add_test (tests, test_refuses_file);
  tcase_add_test (tests, test_no_room);
  tcase_add_test (tests, test_stale_and_live);
  tcase_add_test (tests, test_killed);
  suite_add_tcase (suite, tests);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? 0 : 1;
}
