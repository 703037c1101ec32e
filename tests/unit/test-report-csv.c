/* SPDX-License-Identifier: MIT
 *
 * Tables as CSV, and how numbers, dates and ids are written.
 */
#include "test-report-sample.h"

#include <float.h>
#include <math.h>

/* Reads RFC 4180 back: records of fields. */
static GPtrArray *
read_csv (const char *text)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  GPtrArray *record = g_ptr_array_new_with_free_func (g_free);
  GString *field = g_string_new (NULL);
  gboolean quoted = FALSE;

  for (const char *p = text; *p != '\0'; p++)
    if (quoted && p[0] == '"' && p[1] == '"')
      g_string_append_c (field, *p++);
    else if (*p == '"')
      quoted = !quoted;
    else if (quoted || (*p != ',' && *p != '\r'))
      g_string_append_c (field, *p);
    else
      {
        g_ptr_array_add (record, g_strdup (field->str));
        g_string_truncate (field, 0);
        if (*p == ',')
          continue;
        ck_assert_int_eq (*++p, '\n');
        g_ptr_array_add (records, record);
        record = g_ptr_array_new_with_free_func (g_free);
      }
  ck_assert (!quoted);
  ck_assert_uint_eq (record->len, 0);
  g_ptr_array_unref (record);
  g_string_free (field, TRUE);
  return records;
}

static const char *
field_at (GPtrArray *records, guint row, guint column)
{
  GPtrArray *record = g_ptr_array_index (records, row);
  ck_assert_uint_lt (column, record->len);
  return g_ptr_array_index (record, column);
}

START_TEST (test_round_trip)
{
  static const char *const header[]
      = { "key",           "name_en",     "name_zh", "growth [%]", "growth_why_en",
          "growth_why_zh", "value [USD]", "day",     "rank" };
  const HansaOutColumn columns[] = { { "key", HANSA_TEXT, 0, NULL, { "k", "k" } },
                                     { "name", HANSA_LABEL, 0, NULL, { "k", "k" } },
                                     { "growth", HANSA_REAL, 1, "%", { "k", "k" } },
                                     { "value", HANSA_REAL, 1, "USD", { "k", "k" } },
                                     { "day", HANSA_DATE, 0, NULL, { "k", "k" } },
                                     { "rank", HANSA_INTEGER, 0, "rank", { "k", "k" } } };
  g_autoptr (HansaResult) result = hansa_result_new ();
  HansaResultTable *table
      = sample_table (result, "t", (HansaText){ "t", "t" }, G_N_ELEMENTS (columns), columns);
  const HansaCell rows[][6]
      = { { hansa_cell_text ("a,\"b\"\r\nc"), hansa_cell_label ("Hunan", "湖南"),
            hansa_cell_real (-0.1), hansa_cell_real (36033297000.0), hansa_cell_date (17167),
            hansa_cell_integer (4) },
          { hansa_cell_text (" x "), hansa_cell_missing (),
            hansa_cell_value (hansa_undefined (HANSA_ZERO_TOTAL)), hansa_cell_missing (),
            hansa_cell_missing (), hansa_cell_integer (G_MININT64) } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    sample_row (result, table, rows[i]);
  g_autofree char *csv = hansa_report_csv (table);
  ck_assert (g_str_has_prefix (csv, "\xEF\xBB\xBF"));
  g_autoptr (GPtrArray) records = read_csv (csv + 3);
  ck_assert_uint_eq (records->len, 3);
  for (guint c = 0; c < 9; c++)
    ck_assert_str_eq (field_at (records, 0, c), header[c]);
  ck_assert_str_eq (field_at (records, 1, 0), "a,\"b\"\r\nc");
  ck_assert_str_eq (field_at (records, 1, 2), "湖南");
  ck_assert_str_eq (field_at (records, 1, 3), "-0.1"); /* a number stays one */
  ck_assert_str_eq (field_at (records, 1, 6), "36033297000");
  ck_assert_str_eq (field_at (records, 1, 7), "2017-01-01");
  ck_assert_str_eq (field_at (records, 2, 0), " x ");
  ck_assert_str_eq (field_at (records, 2, 3), "");
  ck_assert_str_eq (field_at (records, 2, 5), "所有数值均为零");
  ck_assert_str_eq (field_at (records, 2, 8), "-9223372036854775808");
}
END_TEST

START_TEST (test_names_that_meet)
{
  const HansaOutColumn columns[] = { { "name", HANSA_LABEL, 0, NULL, { "k", "k" } },
                                     { "name_en", HANSA_TEXT, 0, NULL, { "k", "k" } } };
  g_autoptr (HansaResult) result = hansa_result_new ();
  HansaResultTable *table = sample_table (result, "t", (HansaText){ "t", "t" }, 2, columns);
  g_autofree char *csv = hansa_report_csv (table);

  ck_assert_str_eq (csv, "\xEF\xBB\xBFname_en_,name_zh,name_en\r\n");
}
END_TEST

START_TEST (test_formulas)
{
  static const char *const texts[] = { "=1+1", "+1",  "-1",  "@SUM(A1)", "\tx",
                                       "\r=1", " =1", "＝1", "＠x",      "=cmd|' /C calc'!A0" };
  const HansaOutColumn columns[] = { { "key", HANSA_TEXT, 0, NULL, { "k", "k" } } };
  g_autoptr (HansaResult) result = hansa_result_new ();
  HansaResultTable *table = sample_table (result, "t", (HansaText){ "t", "t" }, 1, columns);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      HansaCell cell = hansa_cell_text (texts[i]);
      sample_row (result, table, &cell);
    }
  g_autofree char *csv = hansa_report_csv (table);
  g_autoptr (GPtrArray) records = read_csv (csv + 3);
  ck_assert_uint_eq (records->len, G_N_ELEMENTS (texts) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      ck_assert_int_eq (field_at (records, i + 1, 0)[0], '\'');
      ck_assert_str_eq (field_at (records, i + 1, 0) + 1, texts[i]);
    }
}
END_TEST

START_TEST (test_numbers)
{
  static const struct
  {
    double number;
    const char *text;
  } cases[] = { { 0.1, "0.1" },
                { -0.0, "0" },
                { 37.3, "37.3" },
                { 1e300, "1e+300" },
                { 0x1p-1074, "5e-324" },
                { 36033297000.0, "36033297000" },
                { 2.0 / 3.0, "0.6666666666666666" } };
  char buffer[HANSA_NUMBER_SIZE];

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    ck_assert_str_eq (hansa_number_exact (buffer, cases[i].number), cases[i].text);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  for (guint i = 0; i < 100000; i++)
    {
      union
      {
        guint64 bits;
        double number;
      } any = { .bits = ((guint64)g_rand_int (rand) << 32) | g_rand_int (rand) };
      if (isfinite (any.number))
        ck_assert (g_ascii_strtod (hansa_number_exact (buffer, any.number), NULL) == any.number);
    }
}
END_TEST

START_TEST (test_words)
{
  static const struct
  {
    guint number;
    const char *text;
  } numbers[] = { { 1, "一" },    { 10, "十" },     { 11, "十一" },
                  { 20, "二十" }, { 99, "九十九" }, { 100, "100" } };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = hansa_chinese_number (numbers[i].number);
      ck_assert_str_eq (text, numbers[i].text);
    }
  g_autofree char *zh = hansa_date_words ("2018-07-01T08:00:00Z", HANSA_ZH);
  g_autofree char *en = hansa_date_words ("2018-07-01T08:00:00Z", HANSA_EN);
  g_autofree char *odd = hansa_date_words ("soon", HANSA_EN);
  g_autofree char *far = hansa_date_iso (G_MAXINT64);
  ck_assert_str_eq (zh, "2018年7月1日");
  ck_assert_str_eq (en, "1 July 2018");
  ck_assert_str_eq (odd, "soon");
  ck_assert_str_eq (far, "9223372036854775807");
  for (guint w = 0; w < HANSA_N_WORDS; w++)
    {
      HansaText text = hansa_word ((HansaWord)w);
      ck_assert_msg (text.en != NULL && text.zh != NULL, "word %u lacks a language", w);
    }
}
END_TEST

START_TEST (test_lines)
{
  static const guint32 numbers[] = { 2, 3, 4, 7, 9, 10 };
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (guint32));

  g_array_append_vals (lines, numbers, G_N_ELEMENTS (numbers));
  g_autofree char *whole = hansa_line_ranges (lines, 9);
  g_autofree char *part = hansa_line_ranges (lines, 1);
  ck_assert_str_eq (whole, "2–4, 7, 9, 10");
  ck_assert_str_eq (part, "2–4");
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("report-csv");
  TCase *tests = tcase_create ("csv");

  tcase_add_test (tests, test_round_trip);
  tcase_add_test (tests, test_names_that_meet);
  tcase_add_test (tests, test_formulas);
  tcase_add_test (tests, test_numbers);
  tcase_add_test (tests, test_words);
  tcase_add_test (tests, test_lines);
  suite_add_tcase (suite, tests);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? 0 : 1;
}
