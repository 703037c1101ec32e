/* SPDX-License-Identifier: MIT */
#include "chart/encode.h"

#include <check.h>
#include <math.h>
#include <string.h>

static void
check_string (const char *text, gboolean format, const char *expected)
{
  g_autofree char *encoded = hansa_encode_string (text, format);
  ck_assert_str_eq (encoded, expected);
}

START_TEST (test_strings)
{
  check_string ("湖南", FALSE, "'湖南'");
  check_string ("it's", FALSE, "'it’s'");
  check_string ("30%", FALSE, "'30%'");
  check_string ("30%", TRUE, "'30%%'");
  check_string ("a\\", FALSE, "'a\\'");
  check_string ("`id` $x @y {z}", FALSE, "'`id` $x @y {z}'");
  check_string ("a\nset output 'x'", FALSE, "'a set output ’x’'");
  check_string ("a\x01\x1b\x7f\xc2\x9f"
                "b",
                FALSE, "'ab'");
  check_string ("a\xe2\x80\xae"
                "b\xef\xbb\xbf",
                FALSE, "'ab'");                 /* U+202E, U+FEFF */
  check_string ("\xef\xbf\xbe!", FALSE, "'!'"); /* U+FFFE: not XML */
  check_string ("שלום", FALSE, "'שלום'");
  check_string ("a\xff"
                "b",
                FALSE,
                "'a\xef\xbf\xbd"
                "b'");
  check_string ("'''", FALSE, "'’’’'");
  check_string (NULL, FALSE, "''");
}
END_TEST

START_TEST (test_limit)
{
  g_autofree char *many = g_strnfill (10000, 'x');
  g_autofree char *short_one = hansa_encode_clean (many, 200);
  ck_assert_int_eq (g_utf8_strlen (short_one, -1), 200);
  ck_assert (g_str_has_suffix (short_one, "x…"));
  g_autofree char *whole = g_strnfill (200, 'x');
  g_autofree char *same = hansa_encode_clean (whole, 200);
  ck_assert_str_eq (same, whole);
  /* Cut inside a character: still valid. */
  GString *wide = g_string_new (NULL);
  for (int i = 0; i < 4000; i++)
    g_string_append (wide, "\xf0\x9f\x98\x80");
  g_autofree char *cut = hansa_encode_clean (wide->str, 7);
  ck_assert (g_utf8_validate (cut, -1, NULL));
  ck_assert_int_eq (g_utf8_strlen (cut, -1), 7);
  g_string_free (wide, TRUE);
}
END_TEST

START_TEST (test_numbers)
{
  static const double numbers[] = { 0.1, 1.0 / 3.0, 360.33297e8, -2.5e-300, 1e15 + 0.125, 17.0 };
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      hansa_encode_number (text, numbers[i]);
      ck_assert_double_eq (g_ascii_strtod (text->str, NULL), numbers[i]);
      ck_assert_ptr_null (strchr (text->str, ','));
    }
  g_autoptr (GString) text = g_string_new (NULL);
  hansa_encode_number (text, (double)NAN);
  g_string_append_c (text, ' ');
  hansa_encode_number (text, (double)INFINITY);
  g_string_append_c (text, ' ');
  hansa_encode_number (text, -0.0);
  ck_assert_str_eq (text->str, "NaN NaN 0");
}
END_TEST

START_TEST (test_block_terminator)
{
  g_autoptr (GString) block = g_string_new (NULL);
  hansa_encode_block (block, "d", "1 2\n");
  g_auto (GStrv) lines = g_strsplit (block->str, "\n", -1);
  ck_assert (g_str_has_prefix (lines[0], "$d << END_"));
  ck_assert_str_eq (lines[1], "1 2");
  ck_assert_str_eq (lines[2], lines[0] + 6);
  /* A content that holds its own terminator gets another. */
  g_autofree char *terminator = g_strdup_printf ("END_%08x", g_str_hash ("END"));
  g_autoptr (GString) again = g_string_new (NULL);
  hansa_encode_block (again, "d", "END");
  ck_assert_ptr_nonnull (strstr (again->str, terminator));
  g_autoptr (GString) same = g_string_new (NULL);
  hansa_encode_block (same, "d", "END");
  ck_assert_str_eq (again->str, same->str);
}
END_TEST

START_TEST (test_file_names)
{
  static const char *const good[] = { "a.svg", "gini-lorenz.zh.svg", "图.png", "A_1.pdf" };
  static const char *const bad[] = { "",
                                     ".a",
                                     "-a",
                                     "a/b",
                                     "|touch x",
                                     "<x",
                                     "a b",
                                     "a'b",
                                     "a\nb",
                                     "~a",
                                     "a`b`",
                                     "a\xff",
                                     ("a\xe2\x80\xae"
                                      "b"),
                                     "$HOME" };
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    ck_assert_msg (hansa_encode_is_file_name (good[i]), "%s", good[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    ck_assert_msg (!hansa_encode_is_file_name (bad[i]), "%s", bad[i]);
  ck_assert (!hansa_encode_is_file_name (NULL));
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("chart encoder");
  TCase *test = tcase_create ("encode");

  tcase_add_test (test, test_strings);
  tcase_add_test (test, test_limit);
  tcase_add_test (test, test_numbers);
  tcase_add_test (test, test_block_terminator);
  tcase_add_test (test, test_file_names);
  suite_add_tcase (suite, test);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? 0 : 1;
}
