/* SPDX-License-Identifier: MIT
 *
 * Studies on tables of a real server.
 */
#include "support/harness.h"
#include "support/server.h"

#include <check.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static Server *server;
static char *folder;

static char *
dataset (const char *name)
{
  return g_build_filename (g_getenv ("HANSA_SOURCE_DIR"), "datasets", name, NULL);
}

static void
start (void)
{
  g_autofree char *data = dataset ("hunan");
  server = server_start ("lc_messages = 'C'");
  server_load (server, data);
}

static void
stop (void)
{
  server_stop (server);
}

static void
set_up (void)
{
  folder = folder_new ();
}

static void
tear_down (void)
{
  folder_remove (folder);
}

static void
assert_ends (Outcome outcome, int code, const char *says)
{
  ck_assert_msg (outcome.exit_code == code && strstr (outcome.err, says) != NULL,
                 "exit %d, expected %d and “%s”:\n%s%s", outcome.exit_code, code, says, outcome.out,
                 outcome.err);
}

/* Puts SQL before a test and its opposite after it. */
static void
sql (const char *text)
{
  g_free (server_sql (server, text));
}

START_TEST (test_package_on_a_server)
{
  g_autofree char *data = dataset ("hunan");
  g_auto (Outcome) outcome = run_hansa (folder, "run", data, "--engine",
                                        server_local_address (server), "-p", "trade-growth", NULL);
  assert_ends (outcome, 0, "");
  g_autofree char *report = g_build_filename (folder, "report", NULL);
  g_autoptr (JsonNode) root = read_report (report);
  ck_assert_double_eq_tol (find_metric (find_analysis (root, "trade-growth"), "growth"), 37.3,
                           0.05);
  g_autofree char *record = read_file (report, "run.json");
  ck_assert_ptr_nonnull (strstr (record, "PostgreSQL 1"));
}
END_TEST

START_TEST (test_server_as_dataset)
{
  g_auto (Outcome) outcome
      = run_hansa (folder, "run", server_local_address (server), "-p", "trade-growth", "--set",
                   "trade-growth.region=430000", "--set", "trade-growth.nation=100000", "--set",
                   "trade-growth.year=2017", NULL);
  assert_ends (outcome, 0, "");
  g_autofree char *report = g_build_filename (folder, "report", NULL);
  g_autoptr (JsonNode) root = read_report (report);
  ck_assert_double_eq_tol (find_metric (find_analysis (root, "trade-growth"), "growth"), 37.3,
                           0.05);
}
END_TEST

/* The record keeps no address; told where the server is, a replay asks it again. */
START_TEST (test_replay)
{
  g_autofree char *data = dataset ("hunan");
  g_auto (Outcome) run = run_hansa (folder, "run", data, "--engine", server_local_address (server),
                                    "-p", "trade-growth", NULL);
  assert_ends (run, 0, "");
  g_auto (Outcome) untold = run_hansa (folder, "replay", "report", NULL);
  assert_ends (untold, 2, "--engine");
  g_auto (Outcome) same
      = run_hansa (folder, "replay", "report", "--engine", server_local_address (server), NULL);
  assert_ends (same, 0, "");

  sql ("UPDATE hansa.trade SET value = value * 2 WHERE region = '430000' AND year = 2017");
  g_auto (Outcome) other
      = run_hansa (folder, "replay", "report", "--engine", server_local_address (server), NULL);
  sql ("UPDATE hansa.trade SET value = value / 2 WHERE region = '430000' AND year = 2017");
  assert_ends (other, 10, "");
  ck_assert_ptr_nonnull (strstr (other.out, "data trade"));
}
END_TEST

START_TEST (test_study_names_the_server)
{
  g_autofree char *data = dataset ("hunan");
  g_autofree char *text
      = g_strdup_printf ("[study]\ndataset = %s\nengine = %s\nplugins = trade-growth\n", data,
                         server_local_address (server));
  write_file (folder, "hunan.study", text);
  g_auto (Outcome) outcome = run_hansa (folder, "run", "hunan.study", NULL);
  assert_ends (outcome, 0, "");
}
END_TEST

START_TEST (test_password_stays_secret)
{
  g_autofree char *data = dataset ("hunan");
  g_autofree char *address = g_strdup_printf ("postgresql://hansa:%s@127.0.0.1:%d/postgres",
                                              SERVER_PASSWORD, server_port (server));
  g_auto (Outcome) outcome
      = run_hansa (folder, "run", data, "--engine", address, "-p", "trade-growth", NULL);
  assert_ends (outcome, 0, "");
  static const char *const files[]
      = { "report/run.json", "report/report.json", "report/index.html" };
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *bytes = read_file (folder, files[i]);
      ck_assert_ptr_null (strstr (bytes, SERVER_PASSWORD));
    }
  ck_assert_ptr_null (strstr (outcome.out, SERVER_PASSWORD));
  ck_assert_ptr_null (strstr (outcome.err, SERVER_PASSWORD));
}
END_TEST

START_TEST (test_other_commands)
{
  g_auto (Outcome) why
      = run_hansa (folder, "why", "trade-growth", server_local_address (server), NULL);
  assert_ends (why, 0, "");
  ck_assert_ptr_nonnull (strstr (why.out, "hansa.trade"));
  g_auto (Outcome) show
      = run_hansa (folder, "data", "show", server_local_address (server), "trade", NULL);
  assert_ends (show, 0, "");
  g_auto (Outcome) validate
      = run_hansa (folder, "data", "validate", server_local_address (server), NULL);
  ck_assert_msg (validate.exit_code == 0, "%s%s", validate.out, validate.err);
}
END_TEST

/* ---- what goes wrong --------------------------------------------------------- */

static Outcome
run_growth (const char *address)
{
  g_autofree char *data = dataset ("hunan");
  return run_hansa (folder, "run", data, "--engine", address, "-p", "trade-growth", NULL);
}

START_TEST (test_no_server)
{
  g_auto (Outcome) outcome = run_growth ("postgresql://hansa@127.0.0.1:1/postgres");
  assert_ends (outcome, 9, "127.0.0.1");
  ck_assert (!exists (folder, "report"));
}
END_TEST

START_TEST (test_messages_in_chinese)
{
  g_autofree char *data = dataset ("hunan");
  g_auto (Outcome) outcome
      = run_hansa (folder, "run", data, "--engine", "postgresql://hansa@127.0.0.1:1/postgres",
                   "--lang", "zh", NULL);
  assert_ends (outcome, 9, "服务器");
}
END_TEST

START_TEST (test_missing_table_and_column)
{
  sql ("ALTER TABLE hansa.trade RENAME TO trades");
  g_auto (Outcome) table = run_growth (server_local_address (server));
  sql ("ALTER TABLE hansa.trades RENAME TO trade");
  assert_ends (table, 4, "trade");
  sql ("ALTER TABLE hansa.trade RENAME value TO amount");
  g_auto (Outcome) column = run_growth (server_local_address (server));
  sql ("ALTER TABLE hansa.trade RENAME amount TO value");
  assert_ends (column, 4, "value");
}
END_TEST

START_TEST (test_wrong_type)
{
  sql ("ALTER TABLE hansa.trade ALTER value TYPE text");
  g_auto (Outcome) outcome = run_growth (server_local_address (server));
  sql ("ALTER TABLE hansa.trade ALTER value TYPE double precision USING value::double precision");
  assert_ends (outcome, 3, "value");
}
END_TEST

START_TEST (test_broken_rule)
{
  sql ("INSERT INTO hansa.trade (region, year, months, value) VALUES ('430000', 2017, 13, 1)");
  g_auto (Outcome) outcome = run_growth (server_local_address (server));
  g_auto (Outcome) validate
      = run_hansa (folder, "data", "validate", server_local_address (server), NULL);
  g_auto (Outcome) chinese
      = run_hansa (folder, "data", "validate", server_local_address (server), "--lang", "zh", NULL);
  sql ("DELETE FROM hansa.trade WHERE months = 13");
  assert_ends (outcome, 3, "maximum");
  ck_assert_int_eq (validate.exit_code, 3);
  ck_assert_ptr_nonnull (strstr (validate.out, "1 row breaks the rule “maximum”"));
  ck_assert_ptr_nonnull (strstr (chinese.out, "有 1 行不符合规则“maximum”"));
}
END_TEST

/* Keys are held where the rows are; what breaks one is named by its value. */
START_TEST (test_broken_key)
{
  static const struct
  {
    const char *break_it, *mend_it, *says, *says_chinese;
  } cases[] = {
    { "INSERT INTO hansa.region SELECT * FROM hansa.region WHERE code = '430100'",
      "DELETE FROM hansa.region WHERE ctid = (SELECT max(ctid) FROM hansa.region"
      " WHERE code = '430100')",
      "hansa.region: code: “430100” stands in 2 rows, but may stand only once. [primary-key]",
      "“430100”出现在 2 行中" },
    { "INSERT INTO hansa.trade SELECT * FROM hansa.trade"
      " WHERE region = '430000' AND year = 2017 AND months = 12",
      "DELETE FROM hansa.trade t USING hansa.trade u WHERE t.region = u.region"
      " AND t.year = u.year AND t.months = u.months AND t.basis = u.basis AND t.ctid > u.ctid",
      "hansa.trade: region, year, months, basis: “430000, 2017, 12, ", "出现在 2 行中" },
    { "UPDATE hansa.region SET parent = '999999' WHERE code = '430100'",
      "UPDATE hansa.region SET parent = '430000' WHERE code = '430100'",
      "hansa.region: parent: “999999” is not in column code of hansa.region.", "“999999”" },
    { "UPDATE hansa.tie SET country = 'QQ' WHERE id = 'SC001'",
      "UPDATE hansa.tie SET country = 'JP' WHERE id = 'SC001'",
      "hansa.tie: country: “QQ” is not in column code of hansa.country.", "“QQ”" },
    { "UPDATE hansa.economy SET region = NULL WHERE region = '430100'",
      "UPDATE hansa.economy SET region = '430100' WHERE region IS NULL",
      "a cell of the primary key is empty. [primary-key]", "主键" },
  };

  sql (cases[_i].break_it);
  g_auto (Outcome) validate
      = run_hansa (folder, "data", "validate", server_local_address (server), NULL);
  g_auto (Outcome) json
      = run_hansa (folder, "data", "validate", server_local_address (server), "--json", NULL);
  g_auto (Outcome) chinese
      = run_hansa (folder, "data", "validate", server_local_address (server), "--lang", "zh", NULL);
  sql (cases[_i].mend_it);
  ck_assert_int_eq (validate.exit_code, 3);
  ck_assert_msg (strstr (chinese.out, cases[_i].says_chinese) != NULL, "%s", chinese.out);
  ck_assert_msg (strstr (validate.out, cases[_i].says) != NULL, "%s", validate.out);
  ck_assert_int_eq (json.exit_code, 3);
  ck_assert_ptr_nonnull (strstr (json.out, "-key\""));
  g_auto (Outcome) mended
      = run_hansa (folder, "data", "validate", server_local_address (server), NULL);
  ck_assert_msg (mended.exit_code == 0, "%s%s", mended.out, mended.err);
}
END_TEST

/* A code that is a number, or sorted in another language, is the same code. */
START_TEST (test_keys_of_other_types)
{
  static const char *const types[]
      = { "bigint USING code::bigint", "text COLLATE \"de-x-icu\"", "char(6)", "text" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *alter
          = g_strconcat ("ALTER TABLE hansa.region ALTER code TYPE ", types[i], NULL);
      sql (alter);
      g_auto (Outcome) validate
          = run_hansa (folder, "data", "validate", server_local_address (server), NULL);
      ck_assert_msg (validate.exit_code == 0, "%s: %s%s", types[i], validate.out, validate.err);
    }
}
END_TEST

/* A key into a table or column that the server lacks is none of its faults. */
START_TEST (test_key_into_nothing)
{
  sql ("ALTER TABLE hansa.region RENAME TO regions");
  g_auto (Outcome) table
      = run_hansa (folder, "data", "validate", server_local_address (server), NULL);
  sql ("ALTER TABLE hansa.regions RENAME TO region; ALTER TABLE hansa.trade RENAME region TO r");
  g_auto (Outcome) column
      = run_hansa (folder, "data", "validate", server_local_address (server), NULL);
  sql ("ALTER TABLE hansa.trade RENAME r TO region");
  ck_assert_msg (table.exit_code == 0, "%s%s", table.out, table.err);
  ck_assert_msg (column.exit_code == 0, "%s%s", column.out, column.err);
}
END_TEST

START_TEST (test_no_right)
{
  sql ("CREATE ROLE guest LOGIN; GRANT USAGE ON SCHEMA hansa TO guest");
  g_autofree char *address = g_strconcat (server_local_address (server), "&user=guest", NULL);
  g_auto (Outcome) outcome = run_growth (address);
  sql ("REVOKE USAGE ON SCHEMA hansa FROM guest; DROP ROLE guest");
  assert_ends (outcome, 9, "right");
}
END_TEST

/* A view that takes its time. */
static void
make_slow (gboolean slow)
{
  sql (slow ? "ALTER TABLE hansa.trade RENAME TO trade_rows; CREATE VIEW hansa.trade AS SELECT t.* "
              "FROM hansa.trade_rows t, (SELECT pg_sleep(60)::text AS s) p WHERE p.s IS NOT NULL"
            : "DROP VIEW hansa.trade; ALTER TABLE hansa.trade_rows RENAME TO trade");
}

START_TEST (test_timeout)
{
  make_slow (TRUE);
  g_autofree char *address
      = g_strconcat (server_local_address (server), "&options=-cstatement_timeout%3D300ms", NULL);
  g_auto (Outcome) outcome = run_growth (address);
  make_slow (FALSE);
  assert_ends (outcome, 9, "statement_timeout");
  ck_assert (!exists (folder, "report"));
}
END_TEST

/* Waits until the server works on the query of a run; how many there are then. */
static void
wait_for_query (const char *count)
{
  g_autofree char *running = NULL;

  for (int i = 0; i < 200 && g_strcmp0 (running, count) != 0; i++)
    {
      g_usleep (50 * 1000);
      g_free (running);
      running
          = server_sql (server, "SELECT count(*) FROM pg_stat_activity WHERE application_name = "
                                "'hansa' AND wait_event = 'PgSleep'");
    }
  ck_assert_str_eq (running, count);
}

START_TEST (test_interrupt)
{
  g_autofree char *data = dataset ("hunan");
  int status;

  make_slow (TRUE);
  GPid pid = start_hansa (folder, "run", data, "--engine", server_local_address (server), "-p",
                          "trade-growth", NULL);
  wait_for_query ("1");
  kill (pid, SIGINT);
  ck_assert_int_eq (waitpid (pid, &status, 0), pid);
  wait_for_query ("0"); /* the server was told as well */
  make_slow (FALSE);
  ck_assert_msg (WIFEXITED (status) && WEXITSTATUS (status) == 130, "status %x", (guint)status);
  ck_assert (!exists (folder, "report"));
}
END_TEST

START_TEST (test_lost_in_the_middle)
{
  g_autofree char *data = dataset ("hunan");
  int status;

  make_slow (TRUE);
  GPid pid = start_hansa (folder, "run", data, "--engine", server_local_address (server), "-p",
                          "trade-growth", NULL);
  wait_for_query ("1");
  server_kill (server);
  ck_assert_int_eq (waitpid (pid, &status, 0), pid);
  server_resume (server);
  make_slow (FALSE);
  ck_assert_msg (WIFEXITED (status) && WEXITSTATUS (status) == 9, "status %x", (guint)status);
  ck_assert (!exists (folder, "report"));
  g_auto (Outcome) again = run_growth (server_local_address (server));
  assert_ends (again, 0, "");
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("postgres run");
  TCase *tcase = tcase_create ("run");
  tcase_add_unchecked_fixture (tcase, start, stop);
  tcase_add_checked_fixture (tcase, set_up, tear_down);
  tcase_add_test (tcase, test_package_on_a_server);
  tcase_add_test (tcase, test_server_as_dataset);
  tcase_add_test (tcase, test_replay);
  tcase_add_test (tcase, test_study_names_the_server);
  tcase_add_test (tcase, test_password_stays_secret);
  tcase_add_test (tcase, test_other_commands);
  tcase_add_test (tcase, test_no_server);
  tcase_add_test (tcase, test_messages_in_chinese);
  tcase_add_test (tcase, test_missing_table_and_column);
  tcase_add_test (tcase, test_wrong_type);
  tcase_add_test (tcase, test_broken_rule);
  tcase_add_loop_test (tcase, test_broken_key, 0, 5);
  tcase_add_test (tcase, test_keys_of_other_types);
  tcase_add_test (tcase, test_key_into_nothing);
  tcase_add_test (tcase, test_no_right);
  tcase_add_test (tcase, test_timeout);
  tcase_add_test (tcase, test_interrupt);
  tcase_add_test (tcase, test_lost_in_the_middle);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
