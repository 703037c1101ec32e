/* SPDX-License-Identifier: MIT
 *
 * The messages in Chinese: every one of the sources is translated, and the
 * program finds the translations.
 */
#include "base/language.h"

#include <check.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

START_TEST (every_message_is_translated)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *update
      = g_build_filename (g_getenv ("HANSA_SOURCE_DIR"), "host", "po", "update", NULL);
  g_autofree char *errors = NULL;
  char *arguments[] = { update, "--check", NULL };
  int status = -1;

  ck_assert_msg (g_spawn_sync (NULL, arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &errors,
                               &status, &error),
                 "%s: %s", update, error != NULL ? error->message : "");
  ck_assert_msg (status == 0, "host/po/update, then translate:\n%s", errors);
}
END_TEST

START_TEST (chinese_is_found)
{
  hansa_language_use (HANSA_ZH);
  ck_assert_str_eq (_ ("Parameters:"), "参数：");
  hansa_language_use (HANSA_EN);
  ck_assert_str_eq (_ ("Parameters:"), "Parameters:");
}
END_TEST

/* xgettext knows no macro of GLib: these would be cut off at the number. */
START_TEST (numbers_stay_in_messages)
{
  hansa_language_use (HANSA_ZH);
  const char *rows = _ ("… %" G_GUINT64_FORMAT " rows in all; --rows N shows more\n");
  ck_assert_ptr_nonnull (strstr (rows, "共 %" G_GUINT64_FORMAT " 行"));
}
END_TEST

START_TEST (one_form_for_any_number)
{
  hansa_language_use (HANSA_ZH);
  for (guint n = 0; n < 3; n++)
    {
      const char *format = ngettext ("%s: %u problem\n", "%s: %u problems\n", n);
      g_autofree char *text = g_strdup_printf (format, "x", n);
      g_autofree char *expected = g_strdup_printf ("x：发现 %u 个问题\n", n);
      ck_assert_str_eq (text, expected);
    }
}
END_TEST

/* The language asked for holds in whatever locale the process was started. */
START_TEST (any_locale_will_do)
{
  static const char *const locales[] = { "C", "POSIX", "C.UTF-8", "xx_XX.UTF-8", "" };

  g_setenv ("LC_ALL", locales[_i], TRUE);
  hansa_language_use (HANSA_ZH);
  ck_assert_str_eq (_ ("Parameters:"), "参数：");
  ck_assert_str_eq (localeconv ()->decimal_point, ".");
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("messages");
  TCase *tests = tcase_create ("messages");
  SRunner *runner = srunner_create (suite);

  suite_add_tcase (suite, tests);
  tcase_set_timeout (tests, 60);
  tcase_add_test (tests, every_message_is_translated);
  tcase_add_test (tests, chinese_is_found);
  tcase_add_test (tests, numbers_stay_in_messages);
  tcase_add_test (tests, one_form_for_any_number);
  tcase_add_loop_test (tests, any_locale_will_do, 0, 5);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
