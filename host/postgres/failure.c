/* SPDX-License-Identifier: MIT
 *
 * What a server says went wrong, by its SQLSTATE, in words of ours.
 */
#include "postgres/connect.h"

#include "base/error.h"
#include "base/language.h"

#include <string.h>

typedef struct
{
  const char *state; /* an SQLSTATE, or the class it begins with */
  HansaExit code;
  const char *format; /* name of the server, what it said */
} Failure;

/* The first that fits. */
static const Failure failures[] = {
  { "57014", HANSA_EXIT_SERVER,
    N_ ("The server %s ended the query: %s. It took longer than the server allows (its "
        "statement_timeout). Ask for less, or have the time raised.") },
  { "08", HANSA_EXIT_SERVER,
    N_ ("The server %s lost one of the servers behind it, or could not reach it: %s. Nothing was "
        "written; run it again when that server is back.") },
  { "57P", HANSA_EXIT_SERVER,
    N_ ("The connection to the server %s was lost: %s. Nothing was written; run it again.") },
  { "42501", HANSA_EXIT_SERVER,
    N_ ("The server %s does not give the right to this: %s. Have it granted.") },
  { "28", HANSA_EXIT_SERVER, N_ ("The server %s refuses the user or the password: %s.") },
  { "53", HANSA_EXIT_SERVER, N_ ("The server %s is short of means: %s.") },
  { "42P01", HANSA_EXIT_MISSING, N_ ("The server %s lacks a table: %s.") },
  { "3F000", HANSA_EXIT_MISSING, N_ ("The server %s lacks a table: %s.") },
  { "42703", HANSA_EXIT_MISSING, N_ ("The server %s lacks a column: %s.") },
  { "", HANSA_EXIT_DATA, N_ ("The server %s says: %s.") },
};

/* Without the stop at its end: it goes into a sentence. */
static char *
said_by (const PGconn *connection, const PGresult *result)
{
  const char *primary
      = result != NULL ? PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
  const char *detail = result != NULL ? PQresultErrorField (result, PG_DIAG_MESSAGE_DETAIL) : NULL;

  if (primary == NULL)
    {
      g_autofree char *message = g_strchomp (g_strdup (PQerrorMessage (connection)));
      if (g_str_has_suffix (message, "."))
        message[strlen (message) - 1] = '\0';
      return g_strdelimit (g_steal_pointer (&message), "\n", ' ');
    }
  return detail != NULL ? g_strdup_printf ("%s (%s)", primary, detail) : g_strdup (primary);
}

void
hansa_postgres_set_error (PGconn *connection, const PGresult *result, GError **error)
{
  g_autofree char *name = hansa_postgres_name (connection);
  g_autofree char *said = said_by (connection, result);
  const char *state = result != NULL ? PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL;
  const Failure *failure = failures;

  if (PQstatus (connection) != CONNECTION_OK)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SERVER,
                   _ ("The connection to the server %s was lost: %s. Nothing was written; run it "
                      "again."),
                   name, said);
      return;
    }
  while (!g_str_has_prefix (state != NULL ? state : "", failure->state))
    failure++;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, HANSA_HOST_ERROR, (gint)failure->code, gettext (failure->format), name, said);
#pragma GCC diagnostic pop
}
