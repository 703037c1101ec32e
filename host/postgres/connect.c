/* SPDX-License-Identifier: MIT */
#include "postgres/connect.h"

#include "base/error.h"
#include "base/language.h"
#include "postgres/address.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

/* ---- opening --------------------------------------------------------------- */

/* What libpq says of an address that it cannot read may hold pieces of it, so it
 * is asked about the address without its password. */
static gboolean
check_address (const char *address, GError **error)
{
  g_autofree char *shown = hansa_without_password (address);
  char *message = NULL;

  if (!hansa_server_address_check (address, error))
    return FALSE;
  PQconninfoOption *options = PQconninfoParse (address, NULL);
  if (options != NULL)
    {
      PQconninfoFree (options);
      return TRUE;
    }
  PQconninfoFree (PQconninfoParse (shown, &message));
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE, _ ("%s is no address of a server: %s"),
               shown, message != NULL ? g_strchomp (message) : "?");
  PQfreemem (message);
  return FALSE;
}

static void
set_refused (PGconn *connection, GError **error)
{
  g_autofree char *name = hansa_postgres_name (connection);
  g_autofree char *message = g_strdup (PQerrorMessage (connection));

  if (PQconnectionNeedsPassword (connection))
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SERVER,
                 _ ("The server %s asks for a password. Put it into ~/.pgpass or into the "
                    "environment variable PGPASSWORD."),
                 name);
  else
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SERVER,
                 _ ("The server %s cannot be reached, or refuses: %s"), name, g_strchomp (message));
}

PGconn *
hansa_postgres_open (const char *address, GError **error)
{
  /* Those before the address give way to it, those after it do not. */
  const char *const keys[] = { "connect_timeout",
                               "keepalives_idle",
                               "tcp_user_timeout",
                               "fallback_application_name",
                               "dbname",
                               "client_encoding",
                               NULL };
  const char *const values[] = { "10", "30", "60000", "hansa", address, "UTF8", NULL };

  if (!check_address (address, error))
    return NULL;
  g_autoptr (PGconn) connection = PQconnectdbParams (keys, values, 1);
  if (PQstatus (connection) != CONNECTION_OK)
    {
      set_refused (connection, error);
      return NULL;
    }
  if (!hansa_postgres_run (connection,
                           "SET timezone = 'UTC'; SET datestyle = 'ISO'; "
                           "SELECT set_config('search_path', 'hansa, ' || setting, false) "
                           "FROM pg_catalog.pg_settings "
                           "WHERE name = 'search_path' AND source <> 'client'",
                           -1, error))
    return NULL;
  return g_steal_pointer (&connection);
}

char *
hansa_postgres_name (const PGconn *connection)
{
  const char *user = PQuser (connection), *host = PQhost (connection);
  const char *port = PQport (connection), *database = PQdb (connection);
  gboolean local = host == NULL || host[0] == '/' || host[0] == '\0';

  return g_strdup_printf ("%s@%s%s%s/%s", user != NULL ? user : "", local ? "localhost" : host,
                          port != NULL && port[0] != '\0' ? ":" : "", port != NULL ? port : "",
                          database != NULL ? database : "");
}

/* ---- running --------------------------------------------------------------- */

/* Waits until a result is there. FALSE where `cancel_fd` became readable first. */
static gboolean
wait_result (PGconn *connection, int cancel_fd)
{
  while (PQisBusy (connection))
    {
      struct pollfd fds[] = { { PQsocket (connection), POLLIN, 0 }, { cancel_fd, POLLIN, 0 } };
      if (poll (fds, 2, -1) < 0 && errno != EINTR)
        return TRUE;
      if (fds[1].revents != 0)
        return FALSE;
      if (fds[0].revents != 0 && PQconsumeInput (connection) == 0)
        return TRUE;
    }
  return TRUE;
}

void
hansa_postgres_drain (PGconn *connection)
{
  PGresult *rest;

  while ((rest = PQgetResult (connection)) != NULL)
    PQclear (rest);
}

void
hansa_postgres_stop (PGconn *connection)
{
  PGcancel *request = PQgetCancel (connection);
  char ignored[256];

  if (request != NULL && PQtransactionStatus (connection) == PQTRANS_ACTIVE)
    (void)PQcancel (request, ignored, sizeof ignored);
  PQfreeCancel (request);
  hansa_postgres_drain (connection);
}

PGresult *
hansa_postgres_next (PGconn *connection, int cancel_fd, GError **error)
{
  if (!wait_result (connection, cancel_fd))
    {
      hansa_postgres_stop (connection);
      g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_CANCELLED, _ ("cancelled"));
      return NULL;
    }
  g_autoptr (PGresult) result = PQgetResult (connection);
  ExecStatusType status = PQresultStatus (result);
  if (result == NULL && PQstatus (connection) == CONNECTION_OK)
    return NULL;
  if (result != NULL && status != PGRES_FATAL_ERROR && status != PGRES_BAD_RESPONSE)
    return g_steal_pointer (&result);
  hansa_postgres_set_error (connection, result, error);
  return NULL;
}

/* Sends `sql` and waits for its end; the last result that is none of an error. */
static PGresult *
send_and_wait (PGconn *connection, const char *sql, int cancel_fd, GError **error)
{
  g_autoptr (GError) failure = NULL;
  PGresult *last = NULL, *result;

  if (PQsendQuery (connection, sql) == 0)
    {
      hansa_postgres_set_error (connection, NULL, error);
      return NULL;
    }
  while ((result = hansa_postgres_next (connection, cancel_fd, &failure)) != NULL)
    {
      PQclear (last);
      last = result;
    }
  if (failure == NULL)
    return last;
  PQclear (last);
  hansa_postgres_drain (connection);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

PGresult *
hansa_postgres_query (PGconn *connection, const char *sql, int cancel_fd, GError **error)
{
  return send_and_wait (connection, sql, cancel_fd, error);
}

gboolean
hansa_postgres_run (PGconn *connection, const char *sql, int cancel_fd, GError **error)
{
  g_autoptr (PGresult) result = send_and_wait (connection, sql, cancel_fd, error);
  return result != NULL;
}

void
hansa_postgres_quote_name (GString *sql, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\"", -1);
  g_autofree char *safe = g_strjoinv ("\"\"", parts);
  g_string_append_printf (sql, "\"%s\"", safe);
}

/* E'' means the same whatever standard_conforming_strings says. */
void
hansa_postgres_quote_text (GString *sql, const char *text)
{
  g_string_append (sql, strchr (text, '\\') != NULL ? "E'" : "'");
  for (; *text != '\0'; text++)
    {
      if (*text == '\'' || *text == '\\')
        g_string_append_c (sql, *text);
      g_string_append_c (sql, *text);
    }
  g_string_append_c (sql, '\'');
}
