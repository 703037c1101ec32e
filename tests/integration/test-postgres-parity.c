/* SPDX-License-Identifier: MIT
 *
 * The same tables, from files through DuckDB and from a real server: the inputs
 * of every analysis, and SELECTs in the words that both engines share, are the
 * same to the last bit.
 */
#include "unit/test-dataset-kit.h"

#include "commands/inspect.h"
#include "plugin/registry.h"
#include "support/harness.h"
#include "support/server.h"

#include <math.h>
#include <stdlib.h>

static Server *server;
static char *folder;

static void
set_up (void)
{
  folder = folder_new ();
  server = server_start (NULL);
  g_setenv ("HANSA_ENGINE_ABOVE", "0", TRUE); /* all files through DuckDB */
}

static void
tear_down (void)
{
  server_stop (server);
  folder_remove (folder);
}

static HansaDataset *
open_files (const char *package)
{
  return kit_open (package);
}

/* Nothing of another test stays. */
static void
load (const char *package)
{
  g_free (server_sql (server, "DROP SCHEMA IF EXISTS hansa CASCADE"));
  server_load (server, package);
}

static HansaDataset *
open_server (const char *package)
{
  HansaDataset *dataset = kit_open (package);
  g_autoptr (GError) error = NULL;
  ck_assert_msg (hansa_dataset_use_server (dataset, server_local_address (server), &error), "%s",
                 error != NULL ? error->message : "");
  return dataset;
}

/* ---- comparing --------------------------------------------------------------- */

static void
append_cell (GString *line, const HansaTable *table, guint column, gsize row)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (line, '|');
  if (!hansa_is_present (table, column, row))
    return;
  switch (table->columns[column].type)
    {
    case HANSA_REAL:
      g_string_append (line,
                       g_ascii_dtostr (digits, sizeof digits, hansa_reals (table, column)[row]));
      break;
    case HANSA_INTEGER:
      g_string_append_printf (line, "%" G_GINT64_FORMAT, hansa_integers (table, column)[row]);
      break;
    case HANSA_DATE:
      g_string_append_printf (line, "%d", hansa_dates (table, column)[row]);
      break;
    default:
      g_string_append (line, hansa_text_at (table, column, row));
    }
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* The rows as text, numbers to the last bit. A plain scan of a file keeps its
 * order, which a server's table does not have. */
static char *
table_text (HansaDataset *dataset, const HansaInput *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HansaSealedTable) sealed = hansa_dataset_input (dataset, input, &error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  ck_assert_msg (sealed != NULL, "%s: %s", input->query != NULL ? input->query : input->name,
                 error != NULL ? error->message : "");
  const HansaTable *table = hansa_sealed_table_view (sealed);
  for (gsize row = 0; row < table->n_rows; row++)
    {
      GString *line = g_string_new (NULL);
      for (guint i = 0; i < table->n_columns; i++)
        append_cell (line, table, i, row);
      g_ptr_array_add (lines, g_string_free (line, FALSE));
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **)lines->pdata);
}

static void
assert_same (HansaDataset *files, HansaDataset *tables, const HansaInput *input, const char *whose)
{
  g_autofree char *from_files = table_text (files, input);
  g_autofree char *from_server = table_text (tables, input);

  for (gsize i = 0; from_files[i] != '\0' || from_server[i] != '\0'; i++)
    if (from_files[i] != from_server[i])
      {
        gsize start = i > 60 ? i - 60 : 0;
        ck_abort_msg ("%s, %s: …%.90s… from files, …%.90s… from the server", whose, input->name,
                      from_files + start, from_server + start);
      }
}

/* ---- analyses ------------------------------------------------------------------ */

/* How many inputs were held against each other. */
static guint
compare_inputs (HansaDataset *files, HansaDataset *tables)
{
  g_autoptr (GPtrArray) plugins = hansa_registry_scan (NULL);
  guint n = 0;

  for (guint i = 0; i < plugins->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HansaDescription) description = hansa_inspect (NULL, plugins->pdata[i], &error);
      ck_assert_msg (description != NULL, "%s", error != NULL ? error->message : "");
      for (guint k = 0; k < description->plugin.n_inputs; k++)
        {
          const HansaInput *input = &description->plugin.inputs[k];
          if (!hansa_dataset_can_answer (files, input, NULL))
            continue;
          assert_same (files, tables, input, description->plugin.id);
          n++;
        }
    }
  return n;
}

static void
compare_package (const char *package)
{
  g_autoptr (HansaDataset) files = open_files (package);
  load (package);
  g_autoptr (HansaDataset) tables = open_server (package);

  ck_assert_uint_ge (compare_inputs (files, tables), 2);
}

START_TEST (test_analyses_on_packages)
{
  static const char *const names[] = { "hunan", "hunan-illustrative" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *package
          = g_build_filename (g_getenv ("HANSA_SOURCE_DIR"), "datasets", names[i], NULL);
      compare_package (package);
    }
}
END_TEST

/* ---- constructed records --------------------------------------------------------- */

#define RECORDS 30000

/* Values with cents, very large and very small ones, negative ones, none. */
static void
append_value (GString *csv, GRand *random)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  double size = pow (10.0, g_rand_double_range (random, -9.0, 14.0));

  if (g_rand_int_range (random, 0, 20) == 0)
    return;
  g_string_append (
      csv, g_ascii_dtostr (digits, sizeof digits, g_rand_double_range (random, -1.0, 9.0) * size));
}

static void
write_records (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2018);
  g_autoptr (GString) csv = g_string_new ("month,region,partner,hs,flow,value\n");
  g_autofree char *bench
      = g_build_filename (g_getenv ("HANSA_SOURCE_DIR"), "tests", "bench", "customs-data", NULL);
  g_autofree char *manifest = read_file (bench, "csv.json");
  g_autofree char *regions = read_file (bench, "region.csv");

  for (guint i = 0; i < RECORDS; i++)
    {
      g_string_append_printf (csv, "%d-%02d-01,430%d00,%s,%04d,%s,",
                              g_rand_int_range (random, 2010, 2019),
                              g_rand_int_range (random, 1, 13), g_rand_int_range (random, 1, 9),
                              i % 3 == 0   ? "JPN"
                              : i % 3 == 1 ? "德国"
                                           : "Äthiopien",
                              g_rand_int_range (random, 0, 97), i % 2 == 0 ? "export" : "import");
      append_value (csv, random);
      g_string_append_c (csv, '\n');
    }
  write_file (folder, "customs.csv", csv->str);
  write_file (folder, "datapackage.json", manifest);
  write_file (folder, "region.csv", regions);
}

START_TEST (test_analyses_on_records)
{
  write_records ();
  compare_package (folder);
}
END_TEST

/* Integers and decimals on the server where the package says number. */
START_TEST (test_other_types_on_the_server)
{
  write_records ();
  g_autoptr (HansaDataset) files = open_files (folder);
  load (folder);
  g_free (server_sql (server, "ALTER TABLE hansa.customs ALTER value TYPE numeric "
                              "USING value::text::numeric, ALTER region TYPE char(8), "
                              "ALTER partner TYPE varchar(40)"));
  g_autoptr (HansaDataset) tables = open_server (folder);
  ck_assert_uint_ge (compare_inputs (files, tables), 1);
}
END_TEST

/* ---- SELECTs ---------------------------------------------------------------------- */

static const HansaColumn real[] = {
  { .name = "key", .type = HANSA_TEXT, .flags = HANSA_NULLABLE },
  { .name = "value", .type = HANSA_REAL, .flags = HANSA_NULLABLE },
};
static const HansaColumn whole[] = {
  { .name = "key", .type = HANSA_TEXT, .flags = HANSA_NULLABLE },
  { .name = "n", .type = HANSA_INTEGER, .flags = HANSA_NULLABLE },
};
static const HansaColumn days[] = {
  { .name = "key", .type = HANSA_TEXT, .flags = HANSA_NULLABLE },
  { .name = "day", .type = HANSA_DATE, .flags = HANSA_NULLABLE },
};

static const struct
{
  const HansaColumn *columns;
  const char *query;
} queries[] = {
  { whole, "SELECT region, count(*) FROM trade GROUP BY region" },
  { whole, "SELECT partner, count(value) FROM trade GROUP BY partner ORDER BY 2 DESC;" },
  { whole, "SELECT flow, sum(months) FROM trade GROUP BY flow" },
  { whole, "SELECT region, max(year) - min(year) FROM trade GROUP BY region" },
  { whole, "SELECT t.region, count(*) FROM trade AS t JOIN region AS r ON r.code = t.region "
           "WHERE r.level = 'prefecture' GROUP BY t.region" },
  { whole, "WITH big AS (SELECT region, value FROM trade WHERE value > 1e6) "
           "SELECT region, count(*) FROM big GROUP BY region" },
  { whole,
    "SELECT region, CAST(extract(month FROM month) AS BIGINT) FROM trade WHERE value > 1e14" },
  { whole, "SELECT hs, row_number() OVER (PARTITION BY region ORDER BY value DESC, month, hs, "
           "partner, flow) FROM trade WHERE value > 1e13" },
  { whole, "SELECT upper(substring(partner, 1, 2)) || '-' || lpad(hs, 6, '0'), length(partner) "
           "FROM trade WHERE value > 5e13" },
  { whole, "SELECT CASE WHEN value >= 0 THEN 'plus' WHEN value < 0 THEN 'minus' END, count(*) "
           "FROM trade GROUP BY 1" },
  { whole, "SELECT coalesce(nullif(flow, 'export'), 'out'), count(DISTINCT partner) FROM trade "
           "GROUP BY 1" },
  { days, "SELECT region, max(month) FROM trade GROUP BY region" },
  { days, "SELECT DISTINCT flow, CAST(date_trunc('year', month) AS DATE) FROM trade" },
  { real, "SELECT region, max(value) FROM trade GROUP BY region" },
  { real, "SELECT region, min(abs(value)) FROM trade GROUP BY region" },
  { real, "SELECT hs, value * 2 + 1 FROM trade WHERE value > 1e13" },
  { real, "SELECT hs, sqrt(value) FROM trade WHERE value > 1e12" },
  { real, "SELECT hs, round(value / 1e6) FROM trade WHERE value > 1e12" },
  { real, "SELECT hs, floor(value) FROM trade WHERE value BETWEEN 0 AND 1e6" },
  { real, "SELECT region, percentile_cont(0.5) WITHIN GROUP (ORDER BY value) FROM trade "
          "GROUP BY region" },
  { real, "SELECT hs, value - lag(value) OVER (PARTITION BY region ORDER BY month, hs, partner, "
          "flow, value) FROM trade WHERE value > 1e13" },
};

START_TEST (test_queries)
{
  write_records ();
  g_autoptr (HansaDataset) files = open_files (folder);
  load (folder);
  g_autoptr (HansaDataset) tables = open_server (folder);

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      HansaInput input = {
        .name = "answer", .columns = queries[i].columns, .n_columns = 2, .query = queries[i].query
      };
      assert_same (files, tables, &input, queries[i].query);
    }
}
END_TEST

/* ---- a whole run of a plugin that asks in SQL --------------------------------------- */

/* A table of the report, its rows in one order: those of a plain scan are the file's
 * here and the columns' there. */
static char *
report_table (const char *report, const char *input)
{
  g_autofree char *name = g_strdup_printf ("tables/asks-in-sql.%s.csv", input);
  g_autofree char *text = read_file (report, name);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  qsort (lines, g_strv_length (lines), sizeof *lines, compare_lines);
  return g_strjoinv ("\n", lines);
}

static char *
run_in_sql (const char *name, const char *package, const char *engine)
{
  char *report = g_build_filename (folder, name, NULL);
  g_autofree char *plugins = g_strconcat ("HANSA_PLUGIN_PATH=", g_getenv ("HANSA_MENAGERIE"), NULL);
  char *environment[] = { plugins, NULL };
  g_auto (Outcome) outcome
      = run_hansa_env (folder, environment, "run", package, "-p", "asks-in-sql", "-o", report,
                       engine != NULL ? "--engine" : NULL, engine, NULL);

  ck_assert_msg (outcome.exit_code == 0, "%s%s", outcome.out, outcome.err);
  return report;
}

START_TEST (test_plugin_in_sql)
{
  static const char *const inputs[] = { "growth", "counts", "shares", "rows", "absent" };
  g_autofree char *package
      = g_build_filename (g_getenv ("HANSA_SOURCE_DIR"), "datasets", "hunan", NULL);
  const char *address = server_local_address (server);

  load (package);
  g_autofree char *files = run_in_sql ("files", package, NULL);
  g_autofree char *engine = run_in_sql ("engine", package, address);
  g_autofree char *alone = run_in_sql ("alone", address, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      g_autofree char *from_files = report_table (files, inputs[i]);
      g_autofree char *from_engine = report_table (engine, inputs[i]);
      g_autofree char *from_alone = report_table (alone, inputs[i]);
      ck_assert_str_eq (from_files, from_engine);
      ck_assert_str_eq (from_files, from_alone);
      ck_assert_msg (g_str_equal (inputs[i], "absent") || strchr (from_files, '4') != NULL,
                     "%s is empty: %s", inputs[i], from_files);
    }
}
END_TEST

/* Both refuse the same things, with the same code. */
START_TEST (test_refused_queries)
{
  static const char *const refused[]
      = { "SELECT region, absent FROM trade", "SELECT region FROM trade",
          "SELECT value, region FROM trade",  "DELETE FROM trade",
          "SELECT 'a', pg_sleep(1)",          "SELECT region, value FROM trade; DROP TABLE trade" };

  write_records ();
  g_autoptr (HansaDataset) files = open_files (folder);
  load (folder);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      HansaInput input = { .name = "answer", .columns = real, .n_columns = 2, .query = refused[i] };
      g_autoptr (HansaDataset) tables = open_server (folder);
      g_autoptr (GError) one = NULL;
      g_autoptr (GError) other = NULL;
      ck_assert_ptr_null (hansa_dataset_input (files, &input, &one));
      ck_assert_ptr_null (hansa_dataset_input (tables, &input, &other));
      ck_assert_msg (one->code == other->code || other->code == HANSA_EXIT_MISSING,
                     "%s: %d %s, %d %s", refused[i], one->code, one->message, other->code,
                     other->message);
    }
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("postgres parity");
  TCase *tcase = tcase_create ("parity");
  tcase_add_unchecked_fixture (tcase, set_up, tear_down);
  tcase_add_test (tcase, test_analyses_on_packages);
  tcase_add_test (tcase, test_analyses_on_records);
  tcase_add_test (tcase, test_other_types_on_the_server);
  tcase_add_test (tcase, test_queries);
  tcase_add_test (tcase, test_plugin_in_sql);
  tcase_add_test (tcase, test_refused_queries);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
