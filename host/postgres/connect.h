/* SPDX-License-Identifier: MIT
 *
 * Connections to a server that speaks PostgreSQL's protocol: opening, running,
 * and what went wrong in the words and exit codes of Hansa. Only engine modules
 * are built with this; the program itself does not need libpq.
 */
#pragma once

#include <glib.h>
#include <libpq-fe.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGconn, PQfinish)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, PQclear)

/* Opens a connection; `address` is a postgresql:// address. A password comes from
 * it, from PGPASSWORD or from ~/.pgpass. The session speaks UTF-8, ISO dates and
 * UTC, and finds tables in the schema `hansa` before those of its search path.
 * NULL with HANSA_EXIT_USAGE (no address) or HANSA_EXIT_SERVER. */
PGconn *hansa_postgres_open (const char *address, GError **error);

/* "user@host:5432/database": never a password. (transfer full) */
char *hansa_postgres_name (const PGconn *connection);

/* Runs statements, with nothing to give back. `cancel_fd` (-1: none) becoming
 * readable ends them with HANSA_EXIT_CANCELLED, here and below. */
gboolean hansa_postgres_run (PGconn *connection, const char *sql, int cancel_fd, GError **error);
/* Runs one statement that gives rows, as text. (transfer full) */
PGresult *hansa_postgres_query (PGconn *connection, const char *sql, int cancel_fd, GError **error);
/* The next result of what was sent with PQsend...(), waiting for it; NULL with
 * no error at the end. */
PGresult *hansa_postgres_next (PGconn *connection, int cancel_fd, GError **error);

/* Reads the rest of what was sent, without looking at it. */
void hansa_postgres_drain (PGconn *connection);
/* The same, after asking the server to stop. */
void hansa_postgres_stop (PGconn *connection);

/* What went wrong with `result` (NULL: with the connection), as HansaError:
 * HANSA_EXIT_MISSING (table, column), HANSA_EXIT_SERVER (lost, refused, no right,
 * too slow), HANSA_EXIT_DATA (everything else that the server refuses). */
void hansa_postgres_set_error (PGconn *connection, const PGresult *result, GError **error);

/* `text` in the marks of SQL, appended. */
void hansa_postgres_quote_name (GString *sql, const char *text);
void hansa_postgres_quote_text (GString *sql, const char *text);

G_END_DECLS
