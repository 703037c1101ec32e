/* SPDX-License-Identifier: MIT
 *
 * From a file's columns to those that an analysis asks for.
 */
#include "unit/test-dataset-kit.h"

#include "dataset/query.h"

#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#define FIELDS                                                                                        \
  "{'name':'region'},{'name':'day','type':'date'},{'name':'usd','type':'number','unit':'万美元'}," \
  "{'name':'cny','type':'number','unit':'CNY'},{'name':'bare','type':'number'},"                      \
  "{'name':'n','type':'integer','unit':'万人'}"

#define CSV                                                                                        \
  "region,day,usd,cny,bare,n\n"                                                                    \
  "a,2017-01-31,1.5,7,1,2\n"                                                                       \
  "b,2017-02-01,2,,2,\n"                                                                           \
  "a,2017-12-31,,8,3,3\n"                                                                          \
  "a,2018-01-01,0.1,,4,4\n"                                                                        \
  "c,2018-01-01,,,5,5\n"

static char *folder;
static HansaDataset *dataset;

static void
setup (void)
{
  folder = kit_folder ();
  kit_package (folder, FIELDS, "");
  kit_text (folder, "t.csv", CSV);
  dataset = kit_open (folder);
}

static void
teardown (void)
{
  g_clear_pointer (&dataset, hansa_dataset_free);
  kit_remove (g_steal_pointer (&folder));
}

static void
map (const char *column, const char *expression)
{
  g_autoptr (GHashTable) columns = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (columns, (gpointer)column, (gpointer)expression);
  ck_assert (hansa_dataset_map (dataset, "m", "t", columns, NULL));
}

START_TEST (groups_and_sums)
{
  HansaColumn columns[] = {
    { .name = "usd", .type = HANSA_REAL, .flags = HANSA_SUM | HANSA_NULLABLE, .unit = "USD" },
    { .name = "region", .type = HANSA_TEXT },
    { .name = "n", .type = HANSA_INTEGER, .flags = HANSA_SUM | HANSA_NULLABLE, .unit = "persons" },
  };
  HansaInput input = { .name = "t", .columns = columns, .n_columns = 3 };
  g_autoptr (GError) error = NULL;
  g_autoptr (HansaSealedTable) sealed = hansa_dataset_input (dataset, &input, &error);
  ck_assert_msg (sealed != NULL, "%s", error != NULL ? error->message : "");
  const HansaTable *table = kit_view (sealed);
  const HansaLineage *lineage = hansa_sealed_table_lineage (sealed);

  ck_assert_uint_eq (table->n_rows, 3);
  ck_assert_str_eq (hansa_text_at (table, 1, 0), "a");
  ck_assert_double_eq (hansa_reals (table, 0)[0], 16000.0);
  ck_assert_int_eq (hansa_integers (table, 2)[0], 90000);
  ck_assert_double_eq (hansa_reals (table, 0)[1], 20000.0);
  ck_assert (!hansa_is_present (table, 2, 1));
  ck_assert_str_eq (hansa_text_at (table, 1, 2), "c");
  ck_assert (!hansa_is_present (table, 0, 2));
  /* rows of "a": lines 2, 4, 5 */
  ck_assert_uint_eq (g_array_index (lineage->first, guint32, 1), 3);
  ck_assert_uint_eq (g_array_index (lineage->lines, guint32, 1), 4);
  ck_assert_uint_eq (g_array_index (lineage->lines, guint32, 2), 5);
  ck_assert_uint_eq (lineage->first->len, 4);
  ck_assert_str_eq (lineage->path, "t.csv");
}
END_TEST

START_TEST (maps_columns)
{
  static const struct
  {
    const char *expression;
    guint32 type;
    const char *first;
  } cases[] = { { "year(day)", HANSA_INTEGER, "2017" }, { "month( day )", HANSA_INTEGER, "1" },
                { "region", HANSA_TEXT, "a" },          { "'it''s'", HANSA_TEXT, "it's" },
                { "42", HANSA_INTEGER, "42" },          { "42", HANSA_REAL, "42" },
                { "-0.5", HANSA_REAL, "-0.5" },         { "'1970-01-02'", HANSA_DATE, "1" } };
  HansaColumn column = { .name = "x", .type = cases[_i].type, .unit = "1" };
  HansaInput input = { .name = "m", .columns = &column, .n_columns = 1 };
  g_autoptr (GError) error = NULL;

  map ("x", cases[_i].expression);
  g_autoptr (HansaSealedTable) sealed = hansa_dataset_input (dataset, &input, &error);
  ck_assert_msg (sealed != NULL, "%s", error != NULL ? error->message : "");
  const HansaTable *table = kit_view (sealed);
  g_autofree char *found
      = column.type == HANSA_TEXT      ? g_strdup (hansa_text_at (table, 0, 0))
        : column.type == HANSA_REAL    ? g_strdup_printf ("%g", hansa_reals (table, 0)[0])
        : column.type == HANSA_INTEGER ? g_strdup_printf ("%ld", (long)hansa_integers (table, 0)[0])
                                       : g_strdup_printf ("%d", hansa_dates (table, 0)[0]);
  ck_assert_str_eq (found, cases[_i].first);
  ck_assert_uint_eq (table->n_rows, 5);
}
END_TEST

START_TEST (refuses)
{
  static const struct
  {
    HansaColumn column;
    const char *table, *expression;
    int code;
    const char *says;
  } cases[] = {
    { { .name = "usd", .type = HANSA_REAL, .unit = "CNY" },
      "t",
      NULL,
      HANSA_EXIT_DATA,
      "One currency is never converted" },
    { { .name = "usd", .type = HANSA_REAL, .unit = "persons" },
      "t",
      NULL,
      HANSA_EXIT_DATA,
      "does not convert to persons" },
    { { .name = "bare", .type = HANSA_REAL, .unit = "USD" },
      "t",
      NULL,
      HANSA_EXIT_DATA,
      "its \"unit\" is not declared" },
    { { .name = "region", .type = HANSA_REAL, .unit = "1" },
      "t",
      NULL,
      HANSA_EXIT_DATA,
      "as a number, but what provides it is a text" },
    { { .name = "usd", .type = HANSA_INTEGER }, "t", NULL, HANSA_EXIT_DATA, "whole number" },
    { { .name = "regoin", .type = HANSA_TEXT },
      "t",
      NULL,
      HANSA_EXIT_MISSING,
      "Is it the one named “region”?" },
    { { .name = "region", .type = HANSA_TEXT }, "u", NULL, HANSA_EXIT_MISSING, "no table “u”" },
    { { .name = "x", .type = HANSA_TEXT },
      "m",
      "regoin",
      HANSA_EXIT_MISSING,
      "Did you mean “region”?" },
    { { .name = "x", .type = HANSA_INTEGER },
      "m",
      "year(region)",
      HANSA_EXIT_MISSING,
      "month(column) of a date" },
  };
  HansaInput input = { .name = cases[_i].table, .columns = &cases[_i].column, .n_columns = 1 };
  g_autoptr (GError) error = NULL, again = NULL;

  if (cases[_i].expression != NULL)
    map ("x", cases[_i].expression);
  ck_assert (!hansa_dataset_can_answer (dataset, &input, &error));
  ck_assert_int_eq (error->code, cases[_i].code);
  ck_assert_msg (strstr (error->message, cases[_i].says) != NULL, "%s", error->message);
  ck_assert_ptr_null (hansa_dataset_input (dataset, &input, &again));
  ck_assert_str_eq (again->message, error->message);
}
END_TEST

START_TEST (missing_cells_need_leave)
{
  HansaColumn column = { .name = "usd", .type = HANSA_REAL, .unit = "USD" };
  HansaInput input = { .name = "t", .columns = &column, .n_columns = 1 };
  g_autoptr (GError) error = NULL;

  ck_assert (hansa_dataset_can_answer (dataset, &input, NULL));
  ck_assert_ptr_null (hansa_dataset_input (dataset, &input, &error));
  ck_assert_ptr_nonnull (strstr (error->message, "t.csv, line 4"));
}
END_TEST

START_TEST (optional_may_be_absent)
{
  HansaColumn columns[]
      = { { .name = "region", .type = HANSA_TEXT },
          { .name = "extra", .type = HANSA_REAL, .flags = HANSA_OPTIONAL, .unit = "1" } };
  HansaInput input = { .name = "t", .columns = columns, .n_columns = 2 };
  HansaInput other = { .name = "u", .columns = columns, .n_columns = 2, .flags = HANSA_OPTIONAL };
  g_autoptr (HansaSealedTable) table = hansa_dataset_input (dataset, &input, NULL);
  g_autoptr (HansaSealedTable) empty = hansa_dataset_input (dataset, &other, NULL);

  ck_assert_uint_eq (kit_view (table)->n_rows, 5);
  ck_assert (!hansa_is_present (kit_view (table), 1, 0));
  ck_assert_uint_eq (kit_view (empty)->n_rows, 0);
  ck_assert_uint_eq (kit_view (empty)->n_columns, 2);
}
END_TEST

START_TEST (broken_file_gives_nothing)
{
  HansaColumn column = { .name = "region", .type = HANSA_TEXT };
  HansaInput input = { .name = "t", .columns = &column, .n_columns = 1 };
  g_autoptr (GError) error = NULL;

  kit_text (folder, "t.csv", CSV "d,2018-01-01,x,,5,5\ne,,y,,z,\n");
  ck_assert_ptr_null (hansa_dataset_input (dataset, &input, &error));
  ck_assert_int_eq (error->code, HANSA_EXIT_DATA);
  ck_assert_ptr_nonnull (strstr (error->message, "3 problems"));
  ck_assert_ptr_nonnull (strstr (error->message, "t.csv:7: usd: “x” is not a number"));
}
END_TEST

static gpointer
ask (gpointer data)
{
  return hansa_dataset_input (dataset, data, NULL);
}

START_TEST (reads_once_for_many_threads)
{
  HansaColumn column = { .name = "region", .type = HANSA_TEXT };
  HansaInput input = { .name = "t", .columns = &column, .n_columns = 1 };
  GThread *threads[8];
  HansaSealedTable *tables[8];

  for (guint i = 0; i < 8; i++)
    threads[i] = g_thread_new ("ask", ask, &input);
  for (guint i = 0; i < 8; i++)
    tables[i] = g_thread_join (threads[i]);
  for (guint i = 0; i < 8; i++)
    {
      ck_assert_ptr_eq (tables[i], tables[0]);
      hansa_sealed_table_unref (tables[i]);
    }
}
END_TEST

START_TEST (holds_queries_to_select)
{
  static const struct
  {
    const char *query;
    gboolean good;
  } cases[] = {
    { "SELECT region, sum(usd) FROM t GROUP BY region", TRUE },
    { "SELECT 1 FROM t;  ", TRUE },
    { "WITH a AS (SELECT * FROM t) SELECT count(*) FROM a -- ; drop", TRUE },
    { "SELECT extract(year FROM day) FROM t WHERE region IS DISTINCT FROM 'a'", TRUE },
    { "SELECT 'it''s; (x)' AS \"a b\" FROM t /* ; */", TRUE },
    { "SELECT a FROM t WHERE b IN (SELECT b FROM t) AND (a OR NOT (b))", TRUE },
    { "", FALSE },
    { "INSERT INTO t VALUES (1)", FALSE },
    { "SELECT 1; SELECT 2", FALSE },
    { "WITH a AS (DELETE FROM t RETURNING *) SELECT * FROM a", FALSE },
    { "SELECT * INTO u FROM t", FALSE },
    { "COPY t TO 'x'", FALSE },
    { "ATTACH 'x'", FALSE },
    { "PRAGMA version", FALSE },
    { "SET threads = 1", FALSE },
    { "SELECT * FROM read_csv('/etc/passwd')", FALSE },
    { "SELECT * FROM READ_TEXT ('/etc/passwd')", FALSE },
    { "SELECT * FROM \"read_csv\"('/etc/passwd')", FALSE },
    { "SELECT * FROM glob('/*')", FALSE },
    { "SELECT getenv('HOME') FROM t", FALSE },
    { "SELECT * FROM query('SELECT 1')", FALSE },
    { "SELECT pg_read_file('x') FROM t", FALSE },
    { "SELECT * FROM '/etc/passwd'", FALSE },
    { "SELECT * FROM \"x.csv\"", FALSE },
    { "SELECT $$x$$ FROM t", FALSE },
    { "SELECT 'open FROM t", FALSE },
  };
  g_autoptr (GError) error = NULL;

  ck_assert_msg (hansa_query_check (cases[_i].query, &error) == cases[_i].good, "%s: %s",
                 cases[_i].query, error != NULL ? error->message : "");
}
END_TEST

START_TEST (query_needs_its_tables)
{
  HansaColumn column = { .name = "x", .type = HANSA_TEXT };
  HansaInput input = { .name = "q",
                       .columns = &column,
                       .n_columns = 1,
                       .query = "WITH a AS (SELECT * FROM t) SELECT region FROM a JOIN u ON true" };
  g_autoptr (GError) error = NULL;

  ck_assert (!hansa_dataset_can_answer (dataset, &input, &error));
  ck_assert_int_eq (error->code, HANSA_EXIT_MISSING);
  ck_assert_ptr_nonnull (strstr (error->message, "“u”"));
  input.query = "WITH a AS (SELECT * FROM t) SELECT region FROM a";
  ck_assert (hansa_dataset_can_answer (dataset, &input, NULL));
  input.query = "SELECT region FROM u";
  input.flags = HANSA_OPTIONAL;
  ck_assert (hansa_dataset_can_answer (dataset, &input, NULL));
}
END_TEST

START_TEST (hashes_file)
{
  g_autofree char *hash
      = hansa_dataset_file_hash (dataset, hansa_dataset_resource (dataset, "t"), NULL);
  XXH128_hash_t expected = XXH3_128bits (CSV, strlen (CSV));
  g_autofree char *text = g_strdup_printf ("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x",
                                           (guint64)expected.high64, (guint64)expected.low64);
  ck_assert_str_eq (hash, text);
  ck_assert_ptr_null (hansa_dataset_raw_line (dataset, "t", 99));
  ck_assert_ptr_null (hansa_dataset_raw_line (dataset, "u", 2));
}
END_TEST

START_TEST (knows_rowwise_queries)
{
  static const struct
  {
    const char *query;
    gboolean rowwise;
  } cases[] = {
    { "SELECT region, value * 2 FROM trade", TRUE },
    { "SELECT extract(year FROM day), value FROM t WHERE value > 0", TRUE },
    { "SELECT 'group, by' FROM trade", TRUE },
    { "SELECT region, sum(value) FROM trade GROUP BY region", FALSE },
    { "SELECT max(value) FROM trade", FALSE },
    { "SELECT DISTINCT region FROM trade", FALSE },
    { "SELECT a.x FROM a, b", FALSE },
    { "SELECT a.x FROM a JOIN b USING (x)", FALSE },
    { "SELECT x FROM a WHERE x IN (SELECT x FROM b)", FALSE },
    { "SELECT rank() OVER (PARTITION BY x) FROM a", FALSE },
    { "SELECT x FROM a LIMIT 3", FALSE },
  };
  ck_assert_int_eq (hansa_query_is_rowwise (cases[_i].query), cases[_i].rowwise);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("dataset-input");
  TCase *test = tcase_create ("input");
  tcase_add_checked_fixture (test, setup, teardown);
  tcase_set_timeout (test, 60);
  tcase_add_test (test, groups_and_sums);
  tcase_add_loop_test (test, maps_columns, 0, 8);
  tcase_add_loop_test (test, refuses, 0, 9);
  tcase_add_test (test, missing_cells_need_leave);
  tcase_add_test (test, optional_may_be_absent);
  tcase_add_test (test, broken_file_gives_nothing);
  tcase_add_test (test, reads_once_for_many_threads);
  tcase_add_loop_test (test, holds_queries_to_select, 0, 26);
  tcase_add_loop_test (test, knows_rowwise_queries, 0, 11);
  tcase_add_test (test, query_needs_its_tables);
  tcase_add_test (test, hashes_file);
  suite_add_tcase (suite, test);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
