/* SPDX-License-Identifier: MIT
 *
 * Disks that are full or read-only: real ones, small tmpfs mounted in a
 * namespace of the test's own, and a limit on the size of files, which needs
 * no rights to mount.
 */
#define _GNU_SOURCE
#include "support/harness.h"

#include <check.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

static char *folder, *data, *disk;

/* ---- a disk ----------------------------------------------------------------- */

/* Mounts of our own, which end with us. Without root, in a user namespace where
 * the system grants one. */
static gboolean
write_map (const char *file, const char *text)
{
  return g_file_set_contents_full (file, text, -1, G_FILE_SET_CONTENTS_NONE, 0644, NULL);
}

static gboolean
own_mounts (void)
{
  g_autofree char *uid_map = g_strdup_printf ("0 %d 1\n", (int)getuid ());
  g_autofree char *gid_map = g_strdup_printf ("0 %d 1\n", (int)getgid ());

  if (geteuid () != 0
      && (unshare (CLONE_NEWUSER) != 0 || !write_map ("/proc/self/uid_map", uid_map)
          || !write_map ("/proc/self/setgroups", "deny")
          || !write_map ("/proc/self/gid_map", gid_map)))
    return FALSE;
  return unshare (CLONE_NEWNS) == 0 && mount ("none", "/", "none", MS_REC | MS_PRIVATE, NULL) == 0;
}

static gboolean
change_disk (unsigned long flags, guint64 bytes)
{
  g_autofree char *options = g_strdup_printf ("size=%" G_GUINT64_FORMAT, bytes);
  return mount ("none", disk, "tmpfs", flags, options) == 0;
}

#define LARGE (64u << 20)

/* FALSE where this system lets nobody mount: the test of limits stands in. */
static gboolean
mount_disk (void)
{
  if (own_mounts () && change_disk (0, LARGE))
    return TRUE;
  g_printerr ("no right to mount: not tested on a disk of its own\n");
  return FALSE;
}

static guint64
used_bytes (void)
{
  struct statvfs status;
  ck_assert_int_eq (statvfs (disk, &status), 0);
  return (guint64)(status.f_blocks - status.f_bfree) * status.f_bsize;
}

static void
set_up (void)
{
  folder = folder_new ();
  data = copy_dataset (folder, "hunan");
  disk = g_build_filename (folder, "disk", NULL);
  g_mkdir_with_parents (disk, 0755);
}

static void
tear_down (void)
{
  umount2 (disk, MNT_DETACH);
  folder_remove (folder);
  g_clear_pointer (&data, g_free);
  g_clear_pointer (&disk, g_free);
}

static Outcome
run_on_disk (const char *language)
{
  return run_hansa (folder, "run", "data", "-p", "trade-growth", "-o", "disk/report", "--lang",
                    language, NULL);
}

/* Needs room for all of its files: none is as it was. */
static Outcome
run_anew_on_disk (const char *language)
{
  return run_hansa (folder, "run", "data", "-p", "trade-growth", "-o", "disk/report", "--lang",
                    language, "--monochrome", NULL);
}

#define assert_exit(outcome, code)                                                                 \
  ck_assert_msg ((outcome).exit_code == (code), "exit %d, expected %d\n%s%s", (outcome).exit_code, \
                 (code), (outcome).out, (outcome).err)

#define assert_says(text, part)                                                                    \
  ck_assert_msg (strstr ((text), (part)) != NULL, "\"%s\" is not in:\n%s", (part), (text))

/* ---- tests ------------------------------------------------------------------ */

/* Whatever part of the report is the one that no longer fits. */
START_TEST (test_full_disk_keeps_the_old_report)
{
  static const guint64 left[] = { 0, 4, 16, 48, 128, 384 }; /* KiB */

  if (!mount_disk ())
    return;
  g_auto (Outcome) first = run_on_disk ("en");
  assert_exit (first, 0);
  g_autofree char *page = read_file (disk, "report/index.html");
  g_autofree char *record = read_file (disk, "report/report.json");
  guint64 report = used_bytes ();

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (left); i++)
    {
      const gboolean chinese = i % 2 == 1;
      ck_assert_uint_lt (left[i / 2] << 10, report);
      ck_assert (change_disk (MS_REMOUNT, report + (left[i / 2] << 10)));
      g_auto (Outcome) full = run_anew_on_disk (chinese ? "zh" : "en");
      assert_exit (full, 7);
      assert_says (full.err, disk);
      assert_says (full.err, chinese ? "腾出" : "No space left on device. Free some space");
      assert_says (full.err, "--out");
      g_autofree char *page_now = read_file (disk, "report/index.html");
      g_autofree char *record_now = read_file (disk, "report/report.json");
      ck_assert (g_str_equal (page, page_now) && g_str_equal (record, record_now));
      ck_assert_uint_eq (count_files (disk, "."), 0); /* nothing half-written */
      ck_assert_uint_eq (used_bytes (), report);
    }
  ck_assert (change_disk (MS_REMOUNT, LARGE));
  g_auto (Outcome) last = run_on_disk ("en");
  assert_exit (last, 0);
}
END_TEST

START_TEST (test_read_only_disk)
{
  if (!mount_disk ())
    return;
  g_auto (Outcome) first = run_on_disk ("en");
  assert_exit (first, 0);
  ck_assert (change_disk (MS_REMOUNT | MS_RDONLY, LARGE));
  g_auto (Outcome) english = run_on_disk ("en");
  assert_exit (english, 7);
  assert_says (english.err, disk);
  assert_says (english.err, "The disk is read-only; write to another place with --out.");
  g_auto (Outcome) chinese = run_on_disk ("zh");
  assert_exit (chinese, 7);
  assert_says (chinese.err, "只读");
  ck_assert (exists (disk, "report/index.html"));
}
END_TEST

/* Nothing that a run of this size makes goes through TMPDIR. */
START_TEST (test_full_temporary_folder)
{
  if (!mount_disk ())
    return;
  ck_assert (change_disk (MS_REMOUNT, 4096));
  g_autofree char *variable = g_strconcat ("TMPDIR=", disk, NULL);
  char *env[] = { variable, (char *)"HANSA_ENGINE_ABOVE=0", NULL };
  g_auto (Outcome) own = run_hansa_env (folder, env + 2, "run", "data", "-p", "trade-growth", NULL);
  assert_exit (own, 0);
  g_auto (Outcome) engine = run_hansa_env (folder, env, "run", "data", "-p", "trade-growth", NULL);
  assert_exit (engine, 0);
}
END_TEST

/* A limit of the shell's is told from a full disk, and ends no process. */
START_TEST (test_limited_file_size)
{
  struct rlimit before, limited;
  g_auto (Outcome) first = run_on_disk ("en");
  assert_exit (first, 0);
  g_autofree char *page = read_file (disk, "report/index.html");

  ck_assert_int_eq (getrlimit (RLIMIT_FSIZE, &before), 0);
  limited = before;
  limited.rlim_cur = strlen (page) - 1;
  ck_assert_int_eq (setrlimit (RLIMIT_FSIZE, &limited), 0);
  g_auto (Outcome) english = run_anew_on_disk ("en");
  g_auto (Outcome) chinese = run_anew_on_disk ("zh");
  ck_assert_int_eq (setrlimit (RLIMIT_FSIZE, &before), 0);
  assert_exit (english, 7);
  assert_says (english.err, "index.html");
  assert_says (english.err, "ulimit -f");
  assert_exit (chinese, 7);
  assert_says (chinese.err, "ulimit -f");
  g_autofree char *page_now = read_file (disk, "report/index.html");
  ck_assert (g_str_equal (page, page_now));
  ck_assert_uint_eq (count_files (disk, "."), 0);
}
END_TEST

START_TEST (test_full_output)
{
  static const char *const said[] = { "could not be written", "无法写入" };
  static const char *const languages[] = { "en", "zh" };

  for (gsize i = 0; i < G_N_ELEMENTS (said); i++)
    {
      const char *argv[] = { "sh", "-c", "exec \"$HANSA_BINARY\" list --lang \"$0\" >/dev/full",
                             languages[i], NULL };
      g_autofree char *err = NULL;
      int status = 0;
      ck_assert (g_spawn_sync (folder, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               &err, &status, NULL));
      ck_assert_int_eq (WEXITSTATUS (status), 7);
      assert_says (err, said[i]);
    }
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("full disk");
  TCase *tcase = tcase_create ("full disk");
  tcase_add_checked_fixture (tcase, set_up, tear_down);
  tcase_set_timeout (tcase, 120);
  tcase_add_test (tcase, test_limited_file_size);
  tcase_add_test (tcase, test_full_output);
  tcase_add_test (tcase, test_full_disk_keeps_the_old_report);
  tcase_add_test (tcase, test_read_only_disk);
  tcase_add_test (tcase, test_full_temporary_folder);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
