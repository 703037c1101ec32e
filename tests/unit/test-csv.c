/* SPDX-License-Identifier: MIT */
#include "dataset/csv.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* The records of a text as "line:cell|cell" lines, faults as "line!cell". */
static char *
dump (const char *text, gsize length)
{
  g_autoptr (HansaCsv) csv = hansa_csv_new (text, length);
  GString *out = g_string_new (NULL);
  HansaCsvRecord record;
  HansaCsvStep step;

  while ((step = hansa_csv_next (csv, &record)) != HANSA_CSV_END)
    {
      if (step == HANSA_CSV_FAULT)
        {
          ck_assert_ptr_nonnull (record.message);
          g_string_append_printf (out, "%u!%u\n", record.line, record.cell);
          continue;
        }
      g_string_append_printf (out, "%u:", record.line);
      for (guint i = 0; i < record.n_cells; i++)
        {
          ck_assert_uint_eq (strlen (record.cells[i]), record.lengths[i]);
          g_string_append_printf (out, "%s%s", i > 0 ? "|" : "", record.cells[i]);
        }
      g_string_append_c (out, '\n');
    }
  ck_assert_int_eq (hansa_csv_next (csv, &record), HANSA_CSV_END);
  return g_string_free (out, FALSE);
}

static const struct
{
  const char *text, *expected;
} cases[] = {
  { "", "" },
  { "a,b\n1,2\n", "1:a|b\n2:1|2\n" },
  { "a,b\r\n1,2", "1:a|b\n2:1|2\n" },
  { "a,b\r1,2\r", "1:a|b\n2:1|2\n" },
  { "a,b\n\n1,2\n\n", "1:a|b\n3:1|2\n" },
  { "a,\n,b\n,\n", "1:a|\n2:|b\n3:|\n" },
  { "\"a,b\",c\n", "1:a,b|c\n" },
  { "\"a\"\"b\",c\n", "1:a\"b|c\n" },
  { "\"a\nb\",c\nd,e\n", "1:a\nb|c\n3:d|e\n" },
  { "\"a\n\nb\"\nd\n", "1:a\n\nb\n4:d\n" },
  { " a , b \n", "1: a | b \n" },
  { "\"\",x\n", "1:|x\n" },
  { "湖南,长沙\n", "1:湖南|长沙\n" },
  /* faults, and reading on after them */
  { "a,b\nx\"y,2\n3,4\n", "1:a|b\n2!0\n3:3|4\n" },
  { "a,b\n1,\"x\"y\n3,4\n", "1:a|b\n2!1\n3:3|4\n" },
  { "a,b\n1,\"x\n3,4\n", "1:a|b\n2!1\n" },
  { "\"", "1!0\n" },
};

START_TEST (reads_records)
{
  g_autofree char *out = dump (cases[_i].text, strlen (cases[_i].text));
  ck_assert_str_eq (out, cases[_i].expected);
}
END_TEST

START_TEST (reports_nul)
{
  g_autofree char *out = dump ("a,b\n1,\0002\n3,4\n", 13);
  ck_assert_str_eq (out, "1:a|b\n2!0\n3:3|4\n");
}
END_TEST

/* Every cut of a text reads to its end without harm. */
START_TEST (survives_every_cut)
{
  static const char text[] = "a,\"b\"\"\n\",c\r\n\"x\",y\"z,\r\n,,\"\"\n";
  for (gsize n = 0; n <= sizeof text; n++)
    {
      g_autofree char *copy = g_memdup2 (text, n > 0 ? n : 1);
      g_autofree char *out = dump (copy, n);
      ck_assert_ptr_nonnull (out);
    }
}
END_TEST

START_TEST (reads_long_cells)
{
  g_autofree char *cell = g_strnfill (1u << 20, 'x');
  g_autofree char *text = g_strdup_printf ("a,b\n%s,\"%s\"\n", cell, cell);
  g_autofree char *expected = g_strdup_printf ("1:a|b\n2:%s|%s\n", cell, cell);
  g_autofree char *out = dump (text, strlen (text));
  ck_assert_int_eq (strcmp (out, expected), 0);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("csv");
  TCase *test = tcase_create ("csv");
  tcase_add_loop_test (test, reads_records, 0, (int)G_N_ELEMENTS (cases));
  tcase_add_test (test, reports_nul);
  tcase_add_test (test, survives_every_cut);
  tcase_add_test (test, reads_long_cells);
  suite_add_tcase (suite, test);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
