/* SPDX-License-Identifier: MIT
 *
 * DuckDB itself: the same numbers as our own reader's, and a lock that holds.
 */
#include "unit/test-dataset-kit.h"

#include "engine/engine.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#define FIELDS                                                                                     \
  "{'name':'region','constraints':{'required':true}},{'name':'day','type':'date'},"                \
  "{'name':'value','type':'number','unit':'万美元','constraints':{'minimum':0}},"               \
  "{'name':'n','type':'integer','unit':'1'},{'name':'kept','type':'boolean'}"

static char *folder;

static void
setup (void)
{
  folder = kit_folder ();
}

static void
teardown (void)
{
  kit_remove (g_steal_pointer (&folder));
}

static void
write_rows (guint n)
{
  g_autoptr (GString) csv = g_string_new ("region,day,value,n,kept\n");
  guint64 state = 42;

  for (guint i = 0; i < n; i++)
    {
      state = state * 6364136223846793005u + 1442695040888963407u;
      guint r = (guint)(state >> 40);
      g_string_append_printf (csv, "r%u,%u-%02u-%02u,", r % 97, 2010 + r % 8, 1 + r % 12,
                              1 + r % 28);
      if (r % 13 != 0)
        g_string_append_printf (csv, "%u.%02u", r % 1000000, r % 100);
      g_string_append_printf (csv, ",%u,%s\n", r % 7, r % 2 == 0 ? "true" : "false");
    }
  kit_package (folder, FIELDS, "");
  kit_text (folder, "t.csv", csv->str);
}

static const HansaColumn sums[] = {
  { .name = "region", .type = HANSA_TEXT },
  { .name = "value", .type = HANSA_REAL, .flags = HANSA_SUM | HANSA_NULLABLE, .unit = "USD" },
  { .name = "n", .type = HANSA_INTEGER, .flags = HANSA_SUM },
};

static HansaSealedTable *
ask (const HansaColumn *columns, guint n, const char *query, gboolean engine, GError **error)
{
  HansaInput input = { .name = "t", .columns = columns, .n_columns = n, .query = query };
  g_setenv ("HANSA_ENGINE_ABOVE", engine ? "0" : "1000000000", TRUE);
  g_autoptr (HansaDataset) dataset = kit_open (folder);
  return hansa_dataset_input (dataset, &input, error);
}

static HansaSealedTable *
must (const HansaColumn *columns, guint n, const char *query, gboolean engine)
{
  g_autoptr (GError) error = NULL;
  HansaSealedTable *table = ask (columns, n, query, engine, &error);
  ck_assert_msg (table != NULL, "%s", error != NULL ? error->message : "");
  return table;
}

START_TEST (sums_equal_on_both_ways)
{
  write_rows (20000);
  g_autoptr (HansaSealedTable) ours = must (sums, 3, NULL, FALSE);
  g_autoptr (HansaSealedTable) theirs = must (sums, 3, NULL, TRUE);
  const HansaTable *a = kit_view (ours), *b = kit_view (theirs);

  ck_assert_uint_eq (a->n_rows, 97);
  ck_assert_uint_eq (b->n_rows, 97);
  for (gsize i = 0; i < a->n_rows; i++)
    for (gsize j = 0; j < b->n_rows; j++)
      if (g_str_equal (hansa_text_at (a, 0, i), hansa_text_at (b, 0, j)))
        {
          double x = hansa_reals (a, 1)[i], y = hansa_reals (b, 1)[j];
          ck_assert_msg (fabs (x - y) <= 4e-16 * fabs (x), "%.17g %.17g", x, y);
          ck_assert_int_eq (hansa_integers (a, 2)[i], hansa_integers (b, 2)[j]);
        }
}
END_TEST

START_TEST (rows_equal_on_both_ways)
{
  static const HansaColumn rows[] = {
    { .name = "region", .type = HANSA_TEXT },
    { .name = "day", .type = HANSA_DATE },
    { .name = "value", .type = HANSA_REAL, .flags = HANSA_NULLABLE, .unit = "亿美元" },
    { .name = "n", .type = HANSA_REAL, .unit = "%" },
    { .name = "kept", .type = HANSA_INTEGER },
  };
  write_rows (5000);
  g_autoptr (HansaSealedTable) ours = must (rows, 5, NULL, FALSE);
  g_autoptr (HansaSealedTable) theirs = must (rows, 5, NULL, TRUE);
  ck_assert_str_eq (hansa_sealed_table_hash (ours), hansa_sealed_table_hash (theirs));
}
END_TEST

START_TEST (threads_do_not_change_sums)
{
  write_rows (300000);
  g_setenv ("HANSA_ENGINE_THREADS", "1", TRUE);
  g_autoptr (HansaSealedTable) one = must (sums, 3, NULL, TRUE);
  g_setenv ("HANSA_ENGINE_THREADS", "4", TRUE);
  g_autoptr (HansaSealedTable) four = must (sums, 3, NULL, TRUE);
  g_unsetenv ("HANSA_ENGINE_THREADS");
  ck_assert_str_eq (hansa_sealed_table_hash (one), hansa_sealed_table_hash (four));
}
END_TEST

static HansaSealedTable *
sum_of (const char *numbers, GError **error)
{
  HansaField field = { "x", NULL, HANSA_REAL };
  g_autofree char *sql = g_strdup_printf (
      "SELECT hansa_sum(CAST(x AS DOUBLE)) AS x FROM (VALUES %s) AS t(x)", numbers);
  g_autoptr (HansaEngine) engine = hansa_engine_open ("duckdb", error);
  g_autoptr (HansaTableBuilder) builder = hansa_table_builder_new ("x", &field, 1, 0, NULL);

  ck_assert (engine != NULL && hansa_engine_lock (engine, NULL));
  if (!hansa_engine_select (engine, sql, &field, 1, builder, -1, error))
    return NULL;
  return hansa_table_builder_seal (g_steal_pointer (&builder), NULL, error);
}

START_TEST (sums_exactly)
{
  static const struct
  {
    const char *numbers;
    double sum;
  } cases[] = {
    { "(1e17), (1), (-1e17), (0.25), (NULL)", 1.25 },
    { "(0.25), (-1e17), (1), (1e17)", 1.25 },
    { "(0.1), (0.1), (0.1), (0.1), (0.1), (0.1), (0.1), (0.1), (0.1), (0.1)", 1.0 },
    { "(-1.5), (-0.75)", -2.25 },
    { "(-0.0009765625), (1e-17)", -0.00097656249999999 },
    { "(9007199254740993), (2)", 9007199254740994.0 },
    { "(1e25), (3), (-1e25)", 3.0 },
    { "(0)", 0.0 },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (HansaSealedTable) sealed = sum_of (cases[_i].numbers, &error);

  ck_assert_msg (sealed != NULL, "%s", error != NULL ? error->message : "");
  ck_assert_double_eq (hansa_reals (kit_view (sealed), 0)[0], cases[_i].sum);
}
END_TEST

START_TEST (sums_nothing_and_too_much)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HansaSealedTable) nothing = sum_of ("(NULL), (NULL)", &error);

  ck_assert_ptr_nonnull (nothing);
  ck_assert (!hansa_is_present (kit_view (nothing), 0, 0));
  ck_assert_ptr_null (sum_of ("(1), (1e300)", &error));
  ck_assert_int_eq (error->code, HANSA_EXIT_DATA);
  ck_assert_msg (strstr (error->message, "too large") != NULL, "%s", error->message);
}
END_TEST

START_TEST (reads_a_million_rows)
{
  write_rows (1000000);
  g_autoptr (HansaSealedTable) table = must (sums, 3, NULL, TRUE);
  gint64 total = 0;
  for (gsize i = 0; i < kit_view (table)->n_rows; i++)
    total += hansa_integers (kit_view (table), 2)[i];
  ck_assert_uint_eq (kit_view (table)->n_rows, 97);
  ck_assert_int_gt (total, 2900000);
}
END_TEST

typedef struct
{
  guint64 rows, largest, sum;
} Batches;

static gboolean
add_batch (HansaSealedTable *sealed, gpointer data, GError **error)
{
  const HansaTable *table = hansa_sealed_table_view (sealed);
  Batches *batches = data;

  batches->rows += table->n_rows;
  batches->largest = MAX (batches->largest, table->n_rows);
  for (gsize row = 0; row < table->n_rows; row++)
    batches->sum += (guint64)hansa_integers (table, 1)[row];
  if (batches->sum == 0)
    g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_OUTPUT, "enough");
  return batches->sum > 0;
}

START_TEST (hands_over_batches)
{
  static const HansaColumn columns[]
      = { { .name = "region", .type = HANSA_TEXT }, { .name = "n", .type = HANSA_INTEGER } };
  HansaInput input = { .name = "t", .columns = columns, .n_columns = 2 };
  g_autoptr (GError) error = NULL;
  Batches batches = { 0 };

  write_rows (300000);
  g_setenv ("HANSA_ENGINE_ABOVE", "0", TRUE);
  g_autoptr (HansaDataset) dataset = kit_open (folder);
  ck_assert_msg (hansa_dataset_each_batch (dataset, &input, add_batch, &batches, &error), "%s",
                 error != NULL ? error->message : "");
  g_autoptr (HansaSealedTable) whole = must (columns, 2, NULL, TRUE);
  guint64 sum = 0;
  for (gsize row = 0; row < kit_view (whole)->n_rows; row++)
    sum += (guint64)hansa_integers (kit_view (whole), 1)[row];
  ck_assert_uint_eq (batches.rows, 300000);
  ck_assert_uint_eq (batches.sum, sum);
  ck_assert_uint_lt (batches.largest, 70000);
}
END_TEST

/* Who takes the rows may end it. */
START_TEST (stops_handing_over)
{
  static const HansaColumn columns[]
      = { { .name = "region", .type = HANSA_TEXT }, { .name = "n", .type = HANSA_INTEGER } };
  HansaInput input = { .name = "t", .columns = columns, .n_columns = 2 };
  g_autoptr (GString) csv = g_string_new ("region,day,value,n,kept\n");
  g_autoptr (GError) error = NULL;
  Batches batches = { 0 };

  for (guint i = 0; i < 200000; i++)
    g_string_append (csv, "r,2017-01-01,1,0,true\n");
  kit_package (folder, FIELDS, "");
  kit_text (folder, "t.csv", csv->str);
  g_setenv ("HANSA_ENGINE_ABOVE", "0", TRUE);
  g_autoptr (HansaDataset) dataset = kit_open (folder);
  ck_assert (!hansa_dataset_each_batch (dataset, &input, add_batch, &batches, &error));
  ck_assert_int_eq (error->code, HANSA_EXIT_OUTPUT);
  ck_assert_uint_lt (batches.rows, 70000);
}
END_TEST

START_TEST (answers_queries)
{
  static const HansaColumn columns[]
      = { { .name = "year", .type = HANSA_INTEGER },
          { .name = "value", .type = HANSA_REAL, .unit = "USD" },
          { .name = "ratio", .type = HANSA_REAL, .flags = HANSA_NULLABLE, .unit = "1" },
          { .name = "first", .type = HANSA_TEXT },
          { .name = "last", .type = HANSA_DATE } };
  const char *query = "SELECT extract(year FROM day) AS year, count(*) AS value,\n"
                      " sum(value) / (sum(value) * 0) AS ratio, min(region), max(day)\n"
                      "FROM t GROUP BY 1; -- all";
  write_rows (3000);
  for (guint engine = 0; engine < 2; engine++)
    {
      g_autoptr (HansaSealedTable) sealed = must (columns, 5, query, engine == 1);
      const HansaTable *table = kit_view (sealed);
      ck_assert_uint_eq (table->n_rows, 8);
      ck_assert_int_eq (hansa_integers (table, 0)[0], 2010);
      ck_assert (!hansa_is_present (table, 2, 0));
      ck_assert_str_eq (hansa_text_at (table, 3, 0), "r0");
    }
}
END_TEST

START_TEST (refuses_queries)
{
  static const struct
  {
    const char *query, *says;
  } cases[] = {
    { "SELECT region FROM t, '/etc/passwd'", "/etc/passwd" },
    { "SELECT region FROM t, \"passwd\"", "passwd" },
    { "SELECT n FROM t", "column “x”" },
    { "SELECT region, n FROM t", "gives 2 columns, the analysis declares 1" },
    { "SELECT regoin FROM t", "regoin" },
  };
  static const HansaColumn column = { .name = "x", .type = HANSA_TEXT };
  g_autoptr (GError) error = NULL;

  write_rows (10);
  ck_assert_ptr_null (ask (&column, 1, cases[_i].query, FALSE, &error));
  ck_assert_msg (strstr (error->message, cases[_i].says) != NULL, "%s", error->message);
}
END_TEST

/* The engine's own lock, without the host's check of the words before it. */
START_TEST (lock_holds)
{
  static const char *const attacks[] = {
    "SELECT content FROM read_text('/etc/passwd')",
    "SELECT * FROM read_csv('/etc/passwd', columns={'x':'VARCHAR'}, delim='|', auto_detect=false)",
    "SELECT file FROM glob('/etc/*')",
    "SELECT * FROM '/etc/passwd.csv'",
    "COPY (SELECT 1) TO '/tmp/hansa-lock-test'",
    "ATTACH '/tmp/hansa-lock-test.db'",
    "SET enable_external_access=true",
    "SET lock_configuration=false",
    "INSTALL httpfs",
    "CREATE TABLE x AS SELECT 1",
    "EXPORT DATABASE '/tmp/hansa-lock-test'",
    "SELECT 'a'; SELECT 'b'",
  };
  HansaField field = { "x", NULL, HANSA_TEXT };
  g_autoptr (GError) error = NULL;
  g_autoptr (HansaEngine) engine = hansa_engine_open ("duckdb", &error);
  ck_assert_msg (engine != NULL, "%s", error != NULL ? error->message : "");
  g_autoptr (HansaTableBuilder) builder = hansa_table_builder_new ("x", &field, 1, 0, NULL);

  ck_assert (hansa_engine_lock (engine, NULL));
  ck_assert_msg (!hansa_engine_select (engine, attacks[_i], &field, 1, builder, -1, &error), "%s",
                 attacks[_i]);
  ck_assert_int_eq (error->code, HANSA_EXIT_DATA);
  ck_assert (!g_file_test ("/tmp/hansa-lock-test", G_FILE_TEST_EXISTS));
}
END_TEST

START_TEST (names_bad_cells)
{
  static const struct
  {
    const char *row, *says;
  } cases[] = {
    { "r1,2017-01-01,1x,1,true", "t.csv, line 4, column “value”: “1x” cannot be read as" },
    { "r1,2017-02-30,1,1,true", "line 4, column “day”" },
    { "r1,2017-01-01,-5,1,true", "column “value”: “-5.0” breaks the rule “minimum”" },
    { ",2017-01-01,5,1,true", "column “region”: “” breaks the rule “required”" },
    { "r1,2017-01-01,nan,1,true", "breaks the rule “type”" },
    { "r1,2017-01-01,1,1", "line 4" },
  };
  static const HansaColumn columns[]
      = { { .name = "region", .type = HANSA_TEXT },
          { .name = "day", .type = HANSA_DATE, .flags = HANSA_NULLABLE },
          { .name = "value", .type = HANSA_REAL, .flags = HANSA_SUM, .unit = "USD" } };
  g_autofree char *csv = g_strdup_printf ("region,day,value,n,kept\nr0,2017-01-01,1,1,true\n"
                                          "r0,2017-01-01,1,1,true\n%s\n",
                                          cases[_i].row);
  g_autoptr (GError) error = NULL;

  kit_package (folder, FIELDS, "");
  kit_text (folder, "t.csv", csv);
  ck_assert_ptr_null (ask (columns, 3, NULL, TRUE, &error));
  ck_assert_int_eq (error->code, HANSA_EXIT_DATA);
  ck_assert_msg (strstr (error->message, cases[_i].says) != NULL, "%s", error->message);
}
END_TEST

START_TEST (validates_large_files)
{
  static const struct
  {
    const char *rows, *rule, *says;
    guint32 line;
  } cases[] = {
    { "a,\nb,a\n", NULL, NULL, 0 },
    { "a,\nb,a\na,b\n", "primary-key", "“a” stands in 2 rows", 4 },
    { "a,\nb,q\n", "foreign-key", "“q” is not in column a of t.csv", 3 },
    { "a,\n,a\n", "required", "the cell is empty", 3 },
    { "a,\nlong,a\n", "pattern", "“long” does not have the form", 3 },
    { "a,\nb,\"x\n\"\"y\"\"\"\nlong,a\n", "pattern", "“long”", 5 },
  };
  g_autofree char *csv = g_strconcat ("a,up\n", cases[_i].rows, NULL);
  g_autoptr (GPtrArray) problems
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_problem_free);

  g_setenv ("HANSA_ENGINE_ABOVE", "0", TRUE);
  kit_package (folder,
               "{'name':'a','constraints':{'required':true,'pattern':'[a-z]'}},{'name':'up'}",
               ",'primaryKey':'a','foreignKeys':[{'fields':'up','reference':{'resource':'',"
               "'fields':'a'}}]");
  kit_text (folder, "t.csv", csv);
  g_autoptr (HansaDataset) dataset = kit_open (folder);
  gboolean sound = hansa_dataset_validate (dataset, 10, problems, NULL);
  ck_assert (sound == (cases[_i].rule == NULL));
  gboolean said = sound;
  for (guint i = 0; i < problems->len && !said; i++)
    {
      const HansaProblem *problem = g_ptr_array_index (problems, i);
      said = g_str_equal (problem->rule, cases[_i].rule)
             && strstr (problem->message, cases[_i].says) != NULL && problem->line == cases[_i].line
             && problem->row == 0;
    }
  ck_assert_msg (said, "%s", cases[_i].says);
}
END_TEST

/* A Parquet file, made by DuckDB before it is locked. */
static void
write_parquet (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HansaEngine) engine = hansa_engine_open ("duckdb", &error);
  g_autofree char *path = g_build_filename (folder, "t.parquet", NULL);
  g_autofree char *sql = g_strdup_printf (
      "SELECT 1 AS x; COPY (SELECT 'r' || (i %% 3) AS region, DATE '2017-01-01' + i::INTEGER AS "
      "day, "
      "CASE WHEN i = 5 THEN 'NaN'::DOUBLE ELSE i END AS value, i AS n, i %% 2 = 0 AS kept "
      "FROM range(10) r(i)) TO '%s' (FORMAT parquet)",
      path);
  ck_assert_ptr_nonnull (engine);
  ck_assert_msg (hansa_engine_add_view (engine, "v", sql, &error), "%s",
                 error != NULL ? error->message : "");
  g_autofree char *json = g_strdup ("{'name':'p','resources':[{'name':'t','path':'t.parquet',"
                                    "'schema':{'fields':[" FIELDS "]}}]}");
  kit_text (folder, "datapackage.json", g_strdelimit (json, "'", '"'));
}

START_TEST (reads_parquet)
{
  write_parquet ();
  g_autoptr (HansaSealedTable) sealed = must (sums, 3, NULL, FALSE);
  const HansaTable *table = kit_view (sealed);
  ck_assert_uint_eq (table->n_rows, 3);
  ck_assert_str_eq (hansa_text_at (table, 0, 0), "r0");
  ck_assert_double_eq (hansa_reals (table, 1)[0], 180000.0);
  ck_assert_double_eq (hansa_reals (table, 1)[2], 100000.0); /* 2 + 8; NaN is missing */
}
END_TEST

START_TEST (names_rows_of_parquet)
{
  g_autoptr (GPtrArray) problems
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_problem_free);
  g_autofree char *json = NULL;

  write_parquet ();
  json = g_strdup ("{'name':'p','resources':[{'name':'t','path':'t.parquet','schema':{'fields':["
                   "{'name':'region'},{'name':'day','type':'date'},{'name':'value',"
                   "'type':'number','constraints':{'maximum':7,'required':true}},"
                   "{'name':'n','type':'integer'},{'name':'kept','type':'boolean'}],"
                   "'primaryKey':'region'}}]}");
  kit_text (folder, "datapackage.json", g_strdelimit (json, "'", '"'));
  g_autoptr (HansaDataset) dataset = kit_open (folder);
  ck_assert (!hansa_dataset_validate (dataset, 10, problems, NULL));
  static const struct
  {
    const char *rule;
    guint64 row;
  } expected[] = { { "required", 6 },     { "maximum", 9 },     { "maximum", 10 },
                   { "primary-key", 10 }, { "primary-key", 8 }, { "primary-key", 9 } };
  ck_assert_uint_eq (problems->len, G_N_ELEMENTS (expected));
  for (guint i = 0; i < problems->len; i++)
    {
      const HansaProblem *problem = g_ptr_array_index (problems, i);
      ck_assert_str_eq (problem->rule, expected[i].rule);
      ck_assert_uint_eq (problem->row, expected[i].row);
      ck_assert_uint_eq (problem->line, 0);
    }
}
END_TEST

START_TEST (cancels)
{
  HansaField field = { "x", NULL, HANSA_INTEGER };
  g_autoptr (GError) error = NULL;
  g_autoptr (HansaEngine) engine = hansa_engine_open ("duckdb", &error);
  g_autoptr (HansaTableBuilder) builder = hansa_table_builder_new ("x", &field, 1, 0, NULL);
  int ends[2];

  ck_assert_ptr_nonnull (engine);
  ck_assert_int_eq (pipe (ends), 0);
  ck_assert_int_eq (write (ends[1], "x", 1), 1);
  ck_assert (hansa_engine_lock (engine, NULL));
  ck_assert (!hansa_engine_select (
      engine,
      "SELECT count(*) AS x FROM range(1000000) a(i), range(1000000) b(j) WHERE a.i * b.j % 7 = 3",
      &field, 1, builder, ends[0], &error));
  ck_assert_int_eq (error->code, HANSA_EXIT_CANCELLED);
  close (ends[0]);
  close (ends[1]);
}
END_TEST

START_TEST (says_what_is_not_there)
{
  g_autoptr (GError) error = NULL;
  ck_assert_ptr_null (hansa_engine_open ("nonesuch", &error));
  ck_assert_int_eq (error->code, HANSA_EXIT_SETUP);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("engine");
  TCase *test = tcase_create ("duckdb");
  tcase_add_checked_fixture (test, setup, teardown);
  tcase_set_timeout (test, 240);
  tcase_add_test (test, sums_equal_on_both_ways);
  tcase_add_test (test, rows_equal_on_both_ways);
  tcase_add_test (test, threads_do_not_change_sums);
  tcase_add_loop_test (test, sums_exactly, 0, 8);
  tcase_add_test (test, sums_nothing_and_too_much);
  tcase_add_test (test, reads_a_million_rows);
  tcase_add_test (test, hands_over_batches);
  tcase_add_test (test, stops_handing_over);
  tcase_add_test (test, answers_queries);
  tcase_add_loop_test (test, refuses_queries, 0, 5);
  tcase_add_loop_test (test, lock_holds, 0, 12);
  tcase_add_loop_test (test, names_bad_cells, 0, 6);
  tcase_add_loop_test (test, validates_large_files, 0, 6);
  tcase_add_test (test, reads_parquet);
  tcase_add_test (test, names_rows_of_parquet);
  tcase_add_test (test, cancels);
  tcase_add_test (test, says_what_is_not_there);
  suite_add_tcase (suite, test);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
