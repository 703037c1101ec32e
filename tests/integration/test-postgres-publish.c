/* SPDX-License-Identifier: MIT
 *
 * Publishing into a real server: what stands there afterwards, what does not, and
 * who may write what.
 */
#include "engine/engine.h"
#include "postgres/connect.h"
#include "support/harness.h"
#include "support/server.h"

#include <check.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static Server *server;
static char *folder, *data;

static void
set_up (void)
{
  server = server_start (NULL);
  folder = folder_new ();
  data = copy_dataset (folder, "hunan");
}

static void
tear_down (void)
{
  g_free (data);
  folder_remove (folder);
  server_stop (server);
}

/* The server as another user. */
static char *
address_of (const char *user)
{
  g_auto (GStrv) parts = g_strsplit (server_local_address (server), "user=hansa", 2);
  g_autofree char *with = g_strconcat ("user=", user, NULL);
  return g_strjoinv (with, parts);
}

static void
assert_ended (const Outcome *outcome, int exit_code, const char *says)
{
  g_autofree char *all = g_strconcat (outcome->out, outcome->err, NULL);
  ck_assert_msg (outcome->exit_code == exit_code && strstr (all, says) != NULL,
                 "exit code %d, not %d, or no “%s” in: %s", outcome->exit_code, exit_code, says,
                 all);
  ck_assert_ptr_null (strstr (all, SERVER_PASSWORD));
}

static void
assert_publishes (const char *user, int exit_code, const char *says)
{
  g_autofree char *address = address_of (user);
  g_auto (Outcome) outcome = run_hansa (folder, "data", "publish", data, address, NULL);
  assert_ended (&outcome, exit_code, says);
}

static void
assert_sql (const char *sql, const char *expected)
{
  g_autofree char *found = server_sql (server, sql);
  ck_assert_str_eq (found, expected);
}

START_TEST (test_twice)
{
  assert_publishes ("hansa", 0, "hunan: 4755 added, 0 changed, 0 removed");
  assert_sql ("SELECT count(*) FROM hansa.tie", "64");
  assert_sql ("SELECT count(*) FROM hansa.history WHERE operation = 'insert'", "4755");
  assert_sql ("SELECT hansa_file, hansa_line FROM hansa.region WHERE code = '100000'",
              "region.csv|2");
  assert_sql ("SELECT col_description('hansa.trade'::regclass, attnum) LIKE '% / %(USD)'"
              " FROM pg_attribute WHERE attrelid = 'hansa.trade'::regclass"
              " AND attname = 'value'",
              "t");
  assert_sql ("SELECT package, version, office, added FROM hansa.publication",
              "hunan|1.0.0|hansa|4755");
  assert_sql ("SELECT schema ->> 'table', schema -> 'package' ->> 'synthetic' FROM hansa.resource"
              " WHERE name = 'tie'",
              "tie|false");
  assert_publishes ("hansa", 0, "hunan: 0 added, 0 changed, 0 removed");
  assert_sql ("SELECT count(*) FROM hansa.history", "4755");
  assert_sql ("SELECT count(*) FROM hansa.publication", "1");
}
END_TEST

START_TEST (test_change_and_removal)
{
  assert_publishes ("hansa", 0, "4755 added");
  edit_file (data, "country.csv", "Afghanistan", "Afghanistan*");
  assert_publishes ("hansa", 0, "0 added, 1 changed, 0 removed");
  assert_sql ("SELECT operation, key ->> 'code', old_row ->> 'name_en', publication > 1, changed_by"
              " FROM hansa.history WHERE operation <> 'insert'",
              "update|AF|Afghanistan|t|hansa");
  g_autofree char *claims = read_file (data, "claim.csv");
  *strchr (strchr (claims, '\n') + 1, '\n') = '\0';
  write_file (data, "claim.csv", claims);
  assert_publishes ("hansa", 0, "0 added, 0 changed, 57 removed");
  assert_sql ("SELECT count(*) FROM hansa.history WHERE operation = 'delete'"
              " AND table_name = 'claim' AND old_row IS NOT NULL",
              "57");
}
END_TEST

START_TEST (test_bad_row)
{
  edit_file (data, "tie.csv", ",counted,", ",countd,");
  assert_publishes ("hansa", 3, "status: “countd”");
  assert_publishes ("hansa", 3, "tie.csv:");
  assert_publishes ("hansa", 3, "[enum]");
  assert_publishes ("hansa", 3, "nothing was published");
  assert_sql ("SELECT count(*) FROM pg_namespace WHERE nspname = 'hansa'", "0");
}
END_TEST

START_TEST (test_constructed_apart)
{
  g_autofree char *other
      = g_build_filename (g_getenv ("HANSA_SOURCE_DIR"), "datasets", "hunan-illustrative", NULL);
  const char *address = server_local_address (server);

  assert_publishes ("hansa", 0, "4755 added");
  g_auto (Outcome) mixed = run_hansa (folder, "data", "publish", other, address, NULL);
  assert_ended (&mixed, 3, "constructed");
  g_auto (Outcome) apart
      = run_hansa (folder, "data", "publish", other, address, "--schema", "hansa_example", NULL);
  assert_ended (&apart, 0, " added, 0 changed, 0 removed");
  assert_sql ("SELECT count(*) FROM hansa_example.tie", "82");
  assert_sql ("SELECT count(*) FROM hansa.tie", "64");
}
END_TEST

/* A small package: regions of one office. */
static void
make_package (const char *name, const char *rows, const char *type)
{
  g_autofree char *json = g_strdup_printf (
      "{\"name\": \"%s\", \"resources\": [{\"name\": \"place\", \"path\": \"place.csv\","
      " \"schema\": {\"fields\": [{\"name\": \"code\", \"type\": \"string\"},"
      " {\"name\": \"parent\", \"type\": \"string\"}, {\"name\": \"note\", \"type\": \"%s\"}],"
      " \"primaryKey\": \"code\", \"foreignKeys\": [{\"fields\": \"parent\","
      " \"reference\": {\"resource\": \"\", \"fields\": \"code\"}}]}}]}",
      name, type);
  g_autofree char *text = g_strconcat ("code,parent,note\n", rows, NULL);
  write_file (data, "datapackage.json", json);
  write_file (data, "place.csv", text);
}

static void
make_offices (void)
{
  make_package ("base", "", "string");
  g_auto (Outcome) made = run_hansa (folder, "data", "publish", data, server_local_address (server),
                                     "--tables-only", NULL);
  assert_ended (&made, 0, "tables made");
  g_free (server_sql (server, "CREATE ROLE changsha LOGIN IN ROLE hansa_contributor;"
                              "CREATE ROLE yueyang LOGIN IN ROLE hansa_contributor;"
                              "CREATE ROLE library LOGIN IN ROLE hansa_reader"));
}

START_TEST (test_offices)
{
  make_offices ();
  make_package ("changsha", "A,,1\nB,A,2\n", "string");
  assert_publishes ("changsha", 0, "2 added");
  assert_publishes ("library", 9, "right");
  make_package ("yueyang", "A,,1\nC,A,3\n", "string");
  assert_publishes ("yueyang", 0, "1 added");
  assert_publishes ("yueyang", 0, "0 added, 0 changed, 0 removed");
  assert_sql ("SELECT code, office, hansa_package FROM hansa.place ORDER BY code",
              "A|changsha|changsha\nB|changsha|changsha\nC|yueyang|yueyang");
  make_package ("yueyang", "A,,9\nC,A,3\n", "string");
  assert_publishes ("yueyang", 3, "place.csv:2: code = “A”");
  assert_publishes ("yueyang", 3, "[owner]");
  assert_sql ("SET ROLE yueyang; UPDATE hansa.place SET note = 'x';"
              " DELETE FROM hansa.place; RESET ROLE; SELECT code FROM hansa.place ORDER BY code",
              "A\nB");
}
END_TEST

START_TEST (test_reference_of_another_office)
{
  make_offices ();
  make_package ("changsha", "A,,1\n", "string");
  assert_publishes ("changsha", 0, "1 added");
  make_package ("yueyang", "A,,1\nC,A,3\n", "string");
  assert_publishes ("yueyang", 0, "1 added");
  make_package ("changsha", "B,,2\n", "string");
  assert_publishes ("changsha", 3,
                    "place.csv:3: parent: this row of the office “yueyang” refers to “A”");
  assert_publishes ("changsha", 3, "[foreign-key]");
  assert_sql ("SELECT code FROM hansa.place ORDER BY code", "A\nC");
}
END_TEST

START_TEST (test_for_an_office)
{
  make_offices ();
  make_package ("changsha", "A,,1\n", "string");
  g_auto (Outcome) done = run_hansa (folder, "data", "publish", data, server_local_address (server),
                                     "--office", "changsha", NULL);
  assert_ended (&done, 0, "1 added");
  assert_sql ("SELECT office FROM hansa.place", "changsha");
  assert_sql ("SELECT office, published_by FROM hansa.publication WHERE added = 1",
              "changsha|hansa");
  g_autofree char *address = address_of ("yueyang");
  g_auto (Outcome) refused
      = run_hansa (folder, "data", "publish", data, address, "--office", "changsha", NULL);
  assert_ended (&refused, 9, "cannot publish for the office");
}
END_TEST

START_TEST (test_schema_differs)
{
  make_offices ();
  make_package ("base", "A,,1\n", "integer");
  assert_publishes ("hansa", 3, "place.note is text on the server and bigint");
  make_package ("base", "A,,1\n", "string");
  edit_file (data, "datapackage.json", "{\"name\": \"note\"",
             "{\"name\": \"more\", \"type\": \"number\"}, {\"name\": \"note\"");
  write_file (data, "place.csv", "code,parent,more,note\nA,,1.5,1\n");
  assert_publishes ("changsha", 9, "--tables-only");
  assert_publishes ("hansa", 0, "1 added");
  assert_sql ("SELECT code, more FROM hansa.place", "A|1.5");
}
END_TEST

/* Waits until somebody waits for a lock on the table. */
static char *
wait_blocked (void)
{
  for (int i = 0; i < 600; i++)
    {
      g_autofree char *pid = server_sql (server, "SELECT l.pid FROM pg_locks l"
                                                 " WHERE l.relation = 'hansa.source'::regclass"
                                                 " AND NOT l.granted");
      if (*pid != '\0')
        return g_steal_pointer (&pid);
      g_usleep (50 * 1000);
    }
  ck_abort_msg ("publishing did not come as far as the last table");
}

START_TEST (test_killed_in_the_middle)
{
  assert_publishes ("hansa", 0, "4755 added");
  edit_file (data, "region.csv", "Hunan", "Hunan*");
  edit_file (data, "source.csv", "\n", "\nZ99,one more,,,\n");
  g_autoptr (PGconn) other = hansa_postgres_open (server_local_address (server), NULL);
  ck_assert (hansa_postgres_run (other, "BEGIN; LOCK TABLE hansa.source IN SHARE MODE", -1, NULL));
  GPid pid = start_hansa (folder, "data", "publish", data, server_local_address (server), NULL);
  g_autofree char *blocked = wait_blocked ();
  g_autofree char *end = g_strdup_printf ("SELECT pg_terminate_backend(%s)", blocked);
  g_free (server_sql (server, end));
  int status;
  waitpid (pid, &status, 0);
  ck_assert_int_eq (WEXITSTATUS (status), 9);
  ck_assert (hansa_postgres_run (other, "ROLLBACK", -1, NULL));
  assert_sql ("SELECT count(*) FROM hansa.region WHERE name_en LIKE '%*'", "0");
  assert_sql ("SELECT count(*) FROM hansa.history", "4755");
  assert_publishes ("hansa", 0, "1 added, 1 changed, 0 removed");
}
END_TEST

START_TEST (test_show)
{
  assert_publishes ("hansa", 0, "4755 added");
  g_auto (Outcome) all = run_hansa (folder, "data", "show", server_local_address (server), NULL);
  assert_ended (&all, 0, "Division code");
  g_auto (Outcome) table
      = run_hansa (folder, "data", "show", server_local_address (server), "region", NULL);
  assert_ended (&table, 0, "430000");
}
END_TEST

/* A schema of its own has its own descriptions. */
START_TEST (test_show_another_schema)
{
  g_autofree char *other
      = g_build_filename (g_getenv ("HANSA_SOURCE_DIR"), "datasets", "hunan-illustrative", NULL);
  g_autofree char *address
      = g_strconcat (server_local_address (server), "&options=-csearch_path%3Dhansa_example", NULL);

  assert_publishes ("hansa", 0, "4755 added");
  g_auto (Outcome) apart
      = run_hansa (folder, "data", "publish", other, server_local_address (server), "--schema",
                   "hansa_example", NULL);
  assert_ended (&apart, 0, " added, 0 changed, 0 removed");
  g_auto (Outcome) all = run_hansa (folder, "data", "show", address, NULL);
  assert_ended (&all, 0, "CONSTRUCTED DATA");
  ck_assert_ptr_null (strstr (all.out, "(hansa.tie)"));
  ck_assert_ptr_null (strstr (all.out, "(hansa_example.publication)"));
  g_auto (Outcome) table = run_hansa (folder, "data", "show", address, "tie", NULL);
  assert_ended (&table, 0, "82 rows in all");
  g_auto (Outcome) sound = run_hansa (folder, "data", "validate", address, NULL);
  assert_ended (&sound, 0, "no problem");
  g_auto (Outcome) first
      = run_hansa (folder, "data", "validate", server_local_address (server), NULL);
  assert_ended (&first, 0, "hunan: 14 tables, no problem");
}
END_TEST

/* ---- a package's own columns and units ------------------------------------- */

/* Trade under another name, in 10,000 dollars, by month. */
static void
make_mapped (const char *columns)
{
  g_autofree char *json = g_strdup_printf (
      "{\"name\": \"customs\", \"resources\": [{\"name\": \"records\", \"table\": \"trade\","
      " \"path\": \"records.csv\", \"columns\": {%s}, \"schema\": {\"fields\": ["
      "{\"name\": \"area\"}, {\"name\": \"until\", \"type\": \"date\"},"
      " {\"name\": \"amount\", \"type\": \"number\", \"unit\": \"万美元\"}]}}]}",
      columns);
  write_file (data, "datapackage.json", json);
  write_file (data, "records.csv", "area,until,amount\n430000,2017-06-30,12.5\n");
}

#define MAPPED                                                                                     \
  "\"region\": \"area\", \"year\": \"year(until)\", \"months\": \"month(until)\","                 \
  " \"value\": \"amount\", \"source\": \"'S01'\""

START_TEST (test_mapped_columns)
{
  make_mapped (MAPPED ", \"basis\": \"'goods_place'\"");
  assert_publishes ("hansa", 0, "1 added, 0 changed, 0 removed");
  assert_sql ("SELECT region, year, months, basis, value, source, hansa_file, hansa_line"
              " FROM hansa.trade",
              "430000|2017|6|goods_place|125000|S01|records.csv|2");
  assert_publishes ("hansa", 0, "0 added, 0 changed, 0 removed");
  g_auto (Outcome) sound
      = run_hansa (folder, "data", "validate", server_local_address (server), NULL);
  assert_ended (&sound, 0, "1 tables, no problem");
}
END_TEST

START_TEST (test_mapped_without_key)
{
  make_mapped (MAPPED);
  assert_publishes ("hansa", 3, "basis");
  assert_sql ("SELECT count(*) FROM pg_namespace WHERE nspname = 'hansa'", "0");
}
END_TEST

/* ---- files that an engine reads -------------------------------------------- */

/* A Parquet file, made by DuckDB before it is locked. */
static void
write_parquet (const char *select)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HansaEngine) engine = hansa_engine_open ("duckdb", &error);
  g_autofree char *sql = g_strdup_printf (
      "SELECT 1 AS x; COPY (%s) TO '%s/cargo.parquet' (FORMAT parquet)", select, data);

  ck_assert_ptr_nonnull (engine);
  ck_assert_msg (hansa_engine_add_view (engine, "v", sql, &error), "%s",
                 error != NULL ? error->message : "");
}

static void
make_cargo (const char *file)
{
  g_autofree char *json = g_strdup_printf (
      "{\"name\": \"rail\", \"resources\": [{\"name\": \"cargo\", \"path\": \"%s\","
      " \"schema\": {\"fields\": [{\"name\": \"id\"}, {\"name\": \"day\", \"type\": \"date\"},"
      " {\"name\": \"value\", \"type\": \"number\", \"unit\": \"USD\"},"
      " {\"name\": \"full\", \"type\": \"boolean\"}], \"primaryKey\": \"id\"}}]}",
      file);
  write_file (data, "datapackage.json", json);
}

START_TEST (test_parquet)
{
  make_cargo ("cargo.parquet");
  write_parquet ("SELECT 'T' || i AS id, DATE '2017-01-01' + i::INTEGER AS day, CASE WHEN i = 1 "
                 "THEN 'NaN'::DOUBLE ELSE i / 4 END AS value, i % 2 = 0 AS \"full\" FROM range(3) "
                 "r(i)");
  assert_publishes ("hansa", 0, "3 added, 0 changed, 0 removed");
  assert_sql (
      "SELECT id, day, value, \"full\", hansa_file, hansa_line FROM hansa.cargo ORDER BY id",
      "T0|2017-01-01|0|t|cargo.parquet|\n"
      "T1|2017-01-02||f|cargo.parquet|\n"
      "T2|2017-01-03|0.5|t|cargo.parquet|");
  write_parquet (
      "SELECT 'T' || i AS id, DATE '2017-01-01' + i::INTEGER AS day, i::DOUBLE AS value, "
      "true AS \"full\" FROM range(1, 4) r(i)");
  assert_publishes ("hansa", 0, "1 added, 2 changed, 1 removed");
}
END_TEST

#define MANY 1000000

static void
write_many (void)
{
  g_autoptr (GString) csv = g_string_new ("id,day,value,full\n");

  for (guint i = 0; i < MANY; i++)
    g_string_append_printf (csv, "T%07u,2017-01-%02u,%u.25,%s\n", i, 1 + i % 28, i % 1000,
                            i % 2 == 0 ? "true" : "");
  write_file (data, "cargo.csv", csv->str);
  make_cargo ("cargo.csv");
}

START_TEST (test_a_million_rows)
{
  write_many ();
  assert_publishes ("hansa", 0, "1000000 added, 0 changed, 0 removed");
  assert_sql ("SELECT count(*), count(DISTINCT id), sum(value), count(\"full\") FROM hansa.cargo",
              "1000000|1000000|499750000|500000");
  assert_sql ("SELECT f ->> 'rows' FROM hansa.publication, jsonb_array_elements(files) f",
              "1000000");
}
END_TEST

/* Waits until the server does something of hansa's that `condition` tells. */
static void
wait_for (const char *condition)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count(*) > 0 FROM pg_stat_activity WHERE application_name = 'hansa'"
      " AND state = 'active' AND %s",
      condition);

  for (int i = 0; i < 1200; i++)
    {
      g_autofree char *found = server_sql (server, sql);
      if (g_str_equal (found, "t"))
        return;
      g_usleep (20 * 1000);
    }
  ck_abort_msg ("never: %s", condition);
}

/* While rows are sent, and while they are written. */
START_TEST (test_interrupted)
{
  static const char *const moments[] = { "query LIKE 'COPY%'", "query LIKE 'INSERT INTO %cargo%'" };
  int status;

  write_many ();
  GPid pid = start_hansa (folder, "data", "publish", data, server_local_address (server), NULL);
  wait_for (moments[_i]);
  kill (pid, SIGINT);
  ck_assert_int_eq (waitpid (pid, &status, 0), pid);
  ck_assert_msg (WIFEXITED (status) && WEXITSTATUS (status) == 130, "status %x", (guint)status);
  for (int i = 0; i < 600; i++)
    {
      g_autofree char *sessions = server_sql (
          server, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'hansa'");
      if (g_str_equal (sessions, "0"))
        break;
      g_usleep (50 * 1000);
    }
  assert_sql ("SELECT count(*) FROM pg_namespace WHERE nspname = 'hansa'", "0");
}
END_TEST

/* ---- for programs ----------------------------------------------------------- */

static JsonObject *
publish_json (int exit_code, JsonNode **root)
{
  g_auto (Outcome) outcome
      = run_hansa (folder, "data", "publish", data, server_local_address (server), "--json", NULL);

  ck_assert_int_eq (outcome.exit_code, exit_code);
  *root = json_from_string (outcome.out, NULL);
  ck_assert_msg (*root != NULL, "%s", outcome.out);
  return json_node_get_object (*root);
}

START_TEST (test_json)
{
  g_autoptr (JsonNode) done = NULL, again = NULL, refused = NULL;

  make_package ("changsha", "A,,1\nB,A,2\n", "string");
  JsonObject *first = publish_json (0, &done);
  ck_assert_str_eq (json_object_get_string_member (first, "package"), "changsha");
  ck_assert_int_eq (json_object_get_int_member (first, "added"), 2);
  ck_assert_int_eq (json_object_get_int_member (first, "publication"), 1);
  JsonObject *second = publish_json (0, &again);
  ck_assert_int_eq (json_object_get_int_member (second, "added"), 0);
  ck_assert (json_object_get_null_member (second, "publication"));
  make_package ("changsha", "A,Q,1\n", "string");
  JsonObject *third = publish_json (3, &refused);
  ck_assert (!json_object_get_boolean_member (third, "valid"));
  JsonObject *problem
      = json_array_get_object_element (json_object_get_array_member (third, "problems"), 0);
  ck_assert_str_eq (json_object_get_string_member (problem, "rule"), "foreign-key");
  ck_assert_str_eq (json_object_get_string_member (problem, "value"), "Q");
  ck_assert_int_eq (json_object_get_int_member (problem, "line"), 2);
}
END_TEST

START_TEST (test_no_server_and_wrong_words)
{
  const struct
  {
    const char *package, *address;
    int exit_code;
    const char *says;
  } cases[]
      = { { data, "postgresql://u:" SERVER_PASSWORD "@127.0.0.1:1/d", 9, "cannot be reached" },
          { data, "mysql://h/d", 2, "postgresql://" },
          { "postgresql:///d", "postgresql:///d", 2, "package first" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Outcome) outcome
          = run_hansa (folder, "data", "publish", cases[i].package, cases[i].address, NULL);
      assert_ended (&outcome, cases[i].exit_code, cases[i].says);
    }
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("postgres publish");
  TCase *tcase = tcase_create ("publish");
  tcase_add_checked_fixture (tcase, set_up, tear_down);
  tcase_add_test (tcase, test_twice);
  tcase_add_test (tcase, test_change_and_removal);
  tcase_add_test (tcase, test_bad_row);
  tcase_add_test (tcase, test_constructed_apart);
  tcase_add_test (tcase, test_offices);
  tcase_add_test (tcase, test_reference_of_another_office);
  tcase_add_test (tcase, test_for_an_office);
  tcase_add_test (tcase, test_schema_differs);
  tcase_add_test (tcase, test_killed_in_the_middle);
  tcase_add_test (tcase, test_show);
  tcase_add_test (tcase, test_show_another_schema);
  tcase_add_test (tcase, test_mapped_columns);
  tcase_add_test (tcase, test_mapped_without_key);
  tcase_add_test (tcase, test_parquet);
  tcase_add_test (tcase, test_a_million_rows);
  tcase_add_loop_test (tcase, test_interrupted, 0, 2);
  tcase_add_test (tcase, test_json);
  tcase_add_test (tcase, test_no_server_and_wrong_words);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
