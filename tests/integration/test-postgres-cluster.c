/* SPDX-License-Identifier: MIT
 *
 * One table spread over three real servers: the sums are made where the rows are,
 * they are those of the files, and a server that goes is told of.
 */
#include "unit/test-dataset-kit.h"

#include "dataset/sql.h"
#include "support/harness.h"
#include "support/server.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>

#define SERVERS 3
#define RECORDS 30000

/* The first one is asked; it has a share of the rows itself. */
static Server *servers[SERVERS];
static char *folder;

static void
sql (const Server *server, const char *text)
{
  g_free (server_sql (server, text));
}

/* ---- records ----------------------------------------------------------------- */

static char *
write_records (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2018);
  g_autoptr (GString) csv = g_string_new ("month,region,partner,hs,flow,value\n");
  g_autofree char *bench
      = g_build_filename (g_getenv ("HANSA_SOURCE_DIR"), "tests", "bench", "customs-data", NULL);
  g_autofree char *manifest = read_file (bench, "csv.json");
  g_autofree char *regions = read_file (bench, "region.csv");

  for (guint i = 0; i < RECORDS; i++)
    g_string_append_printf (
        csv, "%d-%02d-01,43%02d00,%s,%04d,%s,%d.%02d\n", g_rand_int_range (random, 2014, 2019),
        g_rand_int_range (random, 1, 13), g_rand_int_range (random, 1, 15),
        i % 3 == 0   ? "JPN"
        : i % 3 == 1 ? "DEU"
                     : "ETH",
        g_rand_int_range (random, 0, 97), i % 2 == 0 ? "export" : "import",
        g_rand_int_range (random, 0, 10000000), g_rand_int_range (random, 0, 100));
  write_file (folder, "customs.csv", csv->str);
  write_file (folder, "datapackage.json", manifest);
  write_file (folder, "region.csv", regions);
  return g_build_filename (folder, "customs.csv", NULL);
}

/* ---- servers ----------------------------------------------------------------- */

#define COLUMNS                                                                                    \
  "(month date, region text NOT NULL, partner text, hs text, flow text, value double precision)"

/* As docs/cluster.md has it. */
static void
make_share (int i)
{
  g_autoptr (GString) text = g_string_new (NULL);

  sql (servers[i], "CREATE SCHEMA hansa; CREATE TABLE hansa.customs_share " COLUMNS);
  g_string_printf (
      text,
      "CREATE SERVER share%d FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', "
      "port '%d', dbname 'postgres', async_capable 'true', fetch_size '10000', batch_size '1000');"
      "CREATE USER MAPPING FOR CURRENT_USER SERVER share%d OPTIONS (user 'hansa', password '%s');"
      "CREATE FOREIGN TABLE hansa.customs_%d PARTITION OF hansa.customs "
      "FOR VALUES WITH (MODULUS 3, REMAINDER %d) SERVER share%d "
      "OPTIONS (schema_name 'hansa', table_name 'customs_share')",
      i, server_port (servers[i]), i, SERVER_PASSWORD, i, i, i);
  sql (servers[0], text->str);
}

static void
spread_table (const char *csv)
{
  g_autofree char *copy = g_strdup_printf ("\\copy hansa.customs FROM '%s' CSV HEADER", csv);

  sql (servers[0], "CREATE EXTENSION postgres_fdw; CREATE SCHEMA hansa;"
                   "CREATE TABLE hansa.customs " COLUMNS " PARTITION BY HASH (region);"
                   "CREATE TABLE hansa.customs_0 PARTITION OF hansa.customs "
                   "FOR VALUES WITH (MODULUS 3, REMAINDER 0);"
                   "CREATE TABLE hansa.region (code text, name_en text, name_zh text, level text, "
                   "parent text, zone text, zone_en text, zone_zh text)");
  for (int i = 1; i < SERVERS; i++)
    make_share (i);
  sql (servers[0], copy);
  g_autofree char *regions
      = g_strdup_printf ("\\copy hansa.region FROM '%s/region.csv' CSV HEADER", folder);
  sql (servers[0], regions);
  sql (servers[0], "ANALYZE hansa.customs_1; ANALYZE hansa.customs_2; ANALYZE hansa.customs_0");
}

static void
start (void)
{
  folder = folder_new ();
  for (int i = 0; i < SERVERS; i++)
    servers[i]
        = server_start ("lc_messages = 'C'\nlog_statement = 'all'\nlog_filename = 'all.log'");
  g_autofree char *csv = write_records ();
  spread_table (csv);
}

static void
stop (void)
{
  for (int i = 0; i < SERVERS; i++)
    server_stop (servers[i]);
  folder_remove (folder);
}

static Outcome
run (const char *out)
{
  return run_hansa (folder, "run", folder, "--engine", server_local_address (servers[0]), "-p",
                    "trade-growth", "--out", out, NULL);
}

static void
assert_ends (Outcome outcome, int code, const char *says)
{
  ck_assert_msg (outcome.exit_code == code && strstr (outcome.err, says) != NULL,
                 "exit %d, expected %d and “%s”:\n%s%s", outcome.exit_code, code, says, outcome.out,
                 outcome.err);
}

/* ---- tests ------------------------------------------------------------------- */

/* Metrics and tables of the analysis as text. */
static char *
result_text (const char *report)
{
  g_autofree char *path = g_build_filename (folder, report, NULL);
  g_autoptr (JsonNode) root = read_report (path);
  JsonObject *analysis = find_analysis (root, "trade-growth");
  g_autofree char *metrics = json_to_string (json_object_get_member (analysis, "metrics"), TRUE);
  g_autofree char *tables = json_to_string (json_object_get_member (analysis, "tables"), TRUE);

  return g_strconcat (metrics, "\n", tables, NULL);
}

START_TEST (test_same_result_as_files)
{
  char *env[] = { "HANSA_ENGINE_ABOVE=0", NULL };
  g_auto (Outcome) files
      = run_hansa_env (folder, env, "run", folder, "-p", "trade-growth", "--out", "files", NULL);
  assert_ends (files, 0, "");
  g_auto (Outcome) spread = run ("spread");
  assert_ends (spread, 0, "");
  if (!under_valgrind ())              /* which warns of system calls it does not know */
    ck_assert_str_eq (spread.err, ""); /* no warning of rows on their way */
  g_autofree char *one = result_text ("files");
  g_autofree char *other = result_text ("spread");
  ck_assert_str_eq (one, other);
}
END_TEST

/* Each statement that the first server sent to another asks for groups. */
START_TEST (test_shares_are_added_up_where_they_are)
{
  g_auto (Outcome) spread = run ("logged");
  assert_ends (spread, 0, "");
  for (int i = 1; i < SERVERS; i++)
    {
      g_autofree char *log = server_log (servers[i]);
      /* A statement may take several lines. */
      g_auto (GStrv) lines = g_strsplit (log, "LOG:", -1);
      guint n = 0;
      for (char **line = lines; *line != NULL; line++)
        if (strstr (*line, "DECLARE c") != NULL && strstr (*line, "customs_share") != NULL
            && strstr (*line, "sum(") != NULL)
          {
            ck_assert_msg (strstr (*line, "GROUP BY") != NULL, "%s", *line);
            n++;
          }
      ck_assert_msg (n > 0, "server %d was not asked for sums", i);
    }
}
END_TEST

static double
foreign_rows (JsonNode *node, guint *scans)
{
  JsonObject *object = json_node_get_object (node);
  double rows = 0.0;

  if (g_str_equal (json_object_get_string_member (object, "Node Type"), "Foreign Scan"))
    {
      const char *relations = json_object_get_string_member_with_default (object, "Relations", "");
      ck_assert_msg (g_str_has_prefix (relations, "Aggregate on"), "“%s”", relations);
      rows = json_object_get_double_member (object, "Actual Rows");
      ++*scans;
    }
  if (json_object_has_member (object, "Plans"))
    {
      JsonArray *plans = json_object_get_array_member (object, "Plans");
      for (guint i = 0; i < json_array_get_length (plans); i++)
        rows += foreign_rows (json_array_get_element (plans, i), scans);
    }
  return rows;
}

/* A grouping that does not hold the column by which the rows are spread. */
START_TEST (test_aggregates_travel_not_rows)
{
  static const HansaColumn columns[] = {
    { .name = "year", .type = HANSA_INTEGER },
    { .name = "value", .type = HANSA_REAL, .flags = HANSA_SUM, .unit = "USD" },
  };
  HansaInput input = { .name = "trade", .columns = columns, .n_columns = 2 };
  g_autoptr (HansaDataset) dataset = kit_open (folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (HansaBinding) binding = NULL;
  guint scans = 0;

  ck_assert (hansa_dataset_use_server (dataset, server_local_address (servers[0]), &error));
  ck_assert (hansa_bind (dataset, &input, &binding, &error));
  g_autofree char *select = hansa_sql_input (binding, &input, NULL);
  g_autofree char *explain = g_strconcat (
      "SET enable_partitionwise_aggregate = on; EXPLAIN (ANALYZE, FORMAT JSON) ", select, NULL);
  g_autofree char *plan = server_sql (servers[0], explain);
  g_autoptr (JsonNode) root = json_from_string (plan, NULL);
  JsonObject *whole = json_array_get_object_element (json_node_get_array (root), 0);
  double rows = foreign_rows (json_object_get_member (whole, "Plan"), &scans);
  ck_assert_uint_eq (scans, SERVERS - 1);
  /* Months by regions at most, of thirty thousand rows. */
  ck_assert_msg (rows > 0 && rows <= 60 * 14, "%g rows came", rows);
}
END_TEST

/* Tables that are wholly on other servers are brought here: that is said. */
START_TEST (test_rows_on_their_way_are_told_of)
{
  sql (servers[1], "CREATE TABLE hansa.big AS SELECT 'r' || i AS code, i::float8 AS value "
                   "FROM generate_series(1, 150000) AS i");
  sql (servers[0], "CREATE FOREIGN TABLE hansa.big (code text, value float8) SERVER share1 "
                   "OPTIONS (schema_name 'hansa'); ANALYZE hansa.big");
  g_auto (Outcome) outcome = run_hansa (folder, "data", "show", server_local_address (servers[0]),
                                        "big", "--rows", "1", NULL);
  sql (servers[0], "DROP FOREIGN TABLE hansa.big");
  sql (servers[1], "DROP TABLE hansa.big");
  assert_ends (outcome, 0, "150000 rows");
  ck_assert_ptr_nonnull (strstr (outcome.err, "docs/cluster.md"));
}
END_TEST

START_TEST (test_lost_share)
{
  int status;
  g_autofree char *running = NULL;

  sql (servers[2],
       "ALTER TABLE hansa.customs_share RENAME TO rows; CREATE VIEW hansa.customs_share "
       "AS SELECT r.* FROM hansa.rows r, (SELECT pg_sleep(60)::text AS s) p "
       "WHERE p.s IS NOT NULL");
  GPid pid = start_hansa (folder, "run", folder, "--engine", server_local_address (servers[0]),
                          "-p", "trade-growth", "--out", "lost", NULL);
  for (int i = 0; i < 200 && g_strcmp0 (running, "1") != 0; i++)
    {
      g_usleep (50 * 1000);
      g_free (running);
      running = server_sql (servers[2], "SELECT count(*) FROM pg_stat_activity "
                                        "WHERE wait_event = 'PgSleep'");
    }
  ck_assert_str_eq (running, "1");
  server_kill (servers[2]);
  ck_assert_int_eq (waitpid (pid, &status, 0), pid);
  ck_assert_msg (WIFEXITED (status) && WEXITSTATUS (status) == 9, "status %x", (guint)status);
  ck_assert (!exists (folder, "lost"));

  /* Still away: said in words, with the server's name. */
  g_auto (Outcome) away = run ("away");
  assert_ends (away, 9, "share2");
  ck_assert (!exists (folder, "away"));

  server_resume (servers[2]);
  sql (servers[2], "DROP VIEW hansa.customs_share; ALTER TABLE hansa.rows RENAME TO customs_share");
  g_auto (Outcome) again = run ("again");
  assert_ends (again, 0, "");
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("postgres cluster");
  TCase *tcase = tcase_create ("cluster");
  tcase_add_unchecked_fixture (tcase, start, stop);
  tcase_add_test (tcase, test_same_result_as_files);
  tcase_add_test (tcase, test_shares_are_added_up_where_they_are);
  tcase_add_test (tcase, test_aggregates_travel_not_rows);
  tcase_add_test (tcase, test_rows_on_their_way_are_told_of);
  tcase_add_test (tcase, test_lost_share);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
