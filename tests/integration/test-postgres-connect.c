/* SPDX-License-Identifier: MIT
 *
 * Connecting to a real server: what goes wrong, in which words and codes, and
 * that no password is in them.
 */
#include "base/error.h"
#include "postgres/address.h"
#include "postgres/connect.h"
#include "support/server.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

static Server *server;

static void
set_up (void)
{
  server = server_start ("lc_messages = 'C'");
}

static void
tear_down (void)
{
  server_stop (server);
}

static PGconn *
connect_server (void)
{
  g_autoptr (GError) error = NULL;
  PGconn *connection = hansa_postgres_open (server_local_address (server), &error);
  ck_assert_msg (connection != NULL, "%s", error != NULL ? error->message : "");
  return connection;
}

static void
assert_failure (const GError *error, int code, const char *says)
{
  ck_assert_ptr_nonnull (error);
  ck_assert_msg (error->code == code && strstr (error->message, says) != NULL, "%d: %s",
                 error->code, error->message);
  ck_assert_ptr_null (strstr (error->message, SERVER_PASSWORD));
}

START_TEST (test_password_is_left_out)
{
  static const char *const cases[][2] = {
    { "postgresql://u:geheim-42@h:1/d", "postgresql://u@h:1/d" },
    { "run postgres://u:geheim-42@h/d -q", "run postgres://u@h/d -q" },
    { "--engine=postgresql://u:geheim-42@h", "--engine=postgresql://u@h" },
    { "postgresql://u:a@geheim-42@h/d", "postgresql://u@h/d" },
    { "postgresql://u:a/geheim-42@h/d", "postgresql://u@h/d" },
    { "postgresql://h/d?user=u&password=geheim-42&x=1",
      "postgresql://h/d?user=u&password=***&x=1" },
    { "postgresql://u@h:5432/d", "postgresql://u@h:5432/d" },
    { "datasets/hunan", "datasets/hunan" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = hansa_without_password (cases[i][0]);
      ck_assert_str_eq (shown, cases[i][1]);
    }
}
END_TEST

START_TEST (test_addresses_that_are_none)
{
  static const char *const cases[]
      = { "postgresql://u:geheim-42@x@h/d", "postgresql://u:a/geheim-42@h/d", "mysql://h/d",
          "postgresql://u:geheim-42@h/d?colour=red", "postgresql://u:geheim-42@[h/d" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      ck_assert_ptr_null (hansa_postgres_open (cases[i], &error));
      assert_failure (error, HANSA_EXIT_USAGE, "address");
    }
}
END_TEST

START_TEST (test_password_is_used)
{
  g_autofree char *with = g_strdup_printf ("postgresql://hansa:%s@127.0.0.1:%d/postgres",
                                           SERVER_PASSWORD, server_port (server));
  g_autoptr (GError) error = NULL;
  g_autoptr (PGconn) connection = hansa_postgres_open (with, &error);

  ck_assert_msg (connection != NULL, "%s", error != NULL ? error->message : "");
  g_autofree char *name = hansa_postgres_name (connection);
  ck_assert_ptr_null (strstr (name, SERVER_PASSWORD));
  ck_assert_ptr_nonnull (strstr (name, "hansa@127.0.0.1"));
}
END_TEST

START_TEST (test_refused)
{
  g_autofree char *wrong
      = g_strdup_printf ("postgresql://hansa:no@127.0.0.1:%d/postgres", server_port (server));
  g_autofree char *database = g_strdup_printf (
      "postgresql://hansa:" SERVER_PASSWORD "@127.0.0.1:%d/nowhere", server_port (server));
  g_autofree char *home = g_get_current_dir ();
  const struct
  {
    const char *address, *says;
  } cases[] = { { wrong, "password authentication failed" },
                { server_address (server), "asks for a password" },
                { database, "nowhere" },
                { "postgresql://hansa@127.0.0.1:1/postgres", "127.0.0.1:1" } };

  g_unsetenv ("PGPASSWORD");
  g_setenv ("PGPASSFILE", "/nonexistent", TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      ck_assert_ptr_null (hansa_postgres_open (cases[i].address, &error));
      assert_failure (error, HANSA_EXIT_SERVER, cases[i].says);
    }
}
END_TEST

START_TEST (test_statements_that_fail)
{
  static const struct
  {
    const char *sql;
    int code;
    const char *says;
  } cases[] = {
    { "SELECT * FROM absent", HANSA_EXIT_MISSING, "absent" },
    { "SELECT absent FROM pg_class", HANSA_EXIT_MISSING, "absent" },
    { "SELECT 1/0", HANSA_EXIT_DATA, "division by zero" },
    { "SET statement_timeout = 20; SELECT pg_sleep(60)", HANSA_EXIT_SERVER, "statement_timeout" },
    { "SET ROLE pg_monitor; SELECT * FROM pg_authid", HANSA_EXIT_SERVER, "right" },
    { "SELECT pg_terminate_backend(pg_backend_pid())", HANSA_EXIT_SERVER, "lost" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PGconn) connection = connect_server ();
      g_autoptr (GError) error = NULL;
      ck_assert (!hansa_postgres_run (connection, cases[i].sql, -1, &error));
      assert_failure (error, cases[i].code, cases[i].says);
    }
}
END_TEST

START_TEST (test_cancel)
{
  g_autoptr (PGconn) connection = connect_server ();
  g_autoptr (GError) error = NULL;
  int fd = eventfd (1, EFD_CLOEXEC);

  ck_assert (!hansa_postgres_run (connection, "SELECT pg_sleep(60)", fd, &error));
  assert_failure (error, HANSA_EXIT_CANCELLED, "cancelled");
  close (fd);
  g_autoptr (PGresult) result = hansa_postgres_query (connection, "SELECT 'still here'", -1, NULL);
  ck_assert_str_eq (PQgetvalue (result, 0, 0), "still here");
}
END_TEST

START_TEST (test_session)
{
  g_autoptr (PGconn) connection = connect_server ();
  g_autoptr (PGresult) result = hansa_postgres_query (connection, "SHOW search_path", -1, NULL);
  ck_assert_msg (g_str_has_prefix (PQgetvalue (result, 0, 0), "hansa, "), "%s",
                 PQgetvalue (result, 0, 0));
}
END_TEST

START_TEST (test_marks)
{
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  g_autoptr (PGconn) connection = connect_server ();

  hansa_postgres_quote_text (sql, "it's \\ 通");
  g_string_append (sql, " AS ");
  hansa_postgres_quote_name (sql, "a \"b\"");
  g_autoptr (PGresult) result = hansa_postgres_query (connection, sql->str, -1, NULL);
  ck_assert_str_eq (PQgetvalue (result, 0, 0), "it's \\ 通");
  ck_assert_str_eq (PQfname (result, 0), "a \"b\"");
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("postgres connect");
  TCase *tcase = tcase_create ("connect");
  tcase_add_unchecked_fixture (tcase, set_up, tear_down);
  tcase_add_test (tcase, test_password_is_left_out);
  tcase_add_test (tcase, test_addresses_that_are_none);
  tcase_add_test (tcase, test_password_is_used);
  tcase_add_test (tcase, test_refused);
  tcase_add_test (tcase, test_statements_that_fail);
  tcase_add_test (tcase, test_cancel);
  tcase_add_test (tcase, test_session);
  tcase_add_test (tcase, test_marks);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
