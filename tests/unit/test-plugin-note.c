/* SPDX-License-Identifier: MIT
 *
 * The section that tells a plugin from any other file, read without loading it.
 */
#include "unit/test-supervisor-kit.h"

#include <unistd.h>

START_TEST (notes)
{
  g_autofree char *good = menagerie ("well-behaved");
  g_autofree char *old = menagerie ("wrong-abi");
  g_autofree char *none = menagerie ("no-section");
  const char *others[] = { "/bin/true", "/dev/null", "/etc/passwd", "/nowhere", "/tmp" };
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_plugin;
  HansaNote note;
  gsize length;

  ck_assert (hansa_note_read (good, &note, &is_plugin, NULL));
  ck_assert (is_plugin);
  ck_assert_str_eq (note.id, "well-behaved");
  ck_assert (!hansa_note_read (old, &note, &is_plugin, &error));
  ck_assert (is_plugin);
  ck_assert (strstr (error->message, "99.0") != NULL && strstr (error->message, "1.0") != NULL);
  ck_assert (!hansa_note_read (none, &note, &is_plugin, NULL));
  ck_assert (!is_plugin);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      ck_assert (!hansa_note_read (others[i], &note, &is_plugin, NULL));
      ck_assert (!is_plugin);
    }

  /* Damaged in any byte of its headers, or cut: an answer, never a crash. */
  ck_assert (g_file_get_contents (good, &bytes, &length, NULL));
  g_autofree char *copy = g_strdup_printf ("%s/hansa-note-%d", g_get_tmp_dir (), (int)getpid ());
  for (gsize at = 0; at < length; at += at < 64 ? 1 : MAX (length / 200, 1))
    {
      char old_byte = bytes[at];

      bytes[at] = (char)0xff;
      ck_assert (g_file_set_contents (copy, bytes, (gssize)length, NULL));
      hansa_note_read (copy, &note, &is_plugin, NULL);
      bytes[at] = old_byte;
      ck_assert (g_file_set_contents (copy, bytes, (gssize)at, NULL));
      ck_assert (!hansa_note_read (copy, &note, &is_plugin, NULL) || at + 64 > length);
    }
  unlink (copy);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("plugin note");
  TCase *tcase = tcase_create ("plugin note");

  tcase_set_timeout (tcase, 240.0);
  tcase_add_test (tcase, notes);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
