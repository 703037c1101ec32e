/* SPDX-License-Identifier: MIT
 *
 * Running one SELECT on the server, its rows one by one into the builder.
 */
#include "engine/postgresql-private.h"

#include "base/error.h"

#include <string.h>

/* The views that the host made stand before the query that reads them: a
 * transaction that only reads cannot create any. */
static char *
with_views (HansaPostgres *self, const char *sql)
{
  GString *text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer name, select;

  g_hash_table_iter_init (&iter, self->views);
  while (g_hash_table_iter_next (&iter, &name, &select))
    {
      g_string_append (text, text->len == 0 ? "WITH " : ", ");
      hansa_postgres_quote_name (text, name);
      g_string_append_printf (text, " AS NOT MATERIALIZED (%s)", (char *)select);
    }
  g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sql);
  return g_string_free (text, FALSE);
}

static gboolean
check_columns (const PGresult *result, const HansaField *fields, guint n_fields, GError **error)
{
  guint n = (guint)PQnfields (result);

  if (n != n_fields)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                   _ ("The query gives %u columns, the analysis declares %u."), n, n_fields);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    if (!hansa_postgres_type_fits (PQftype (result, (int)i), fields[i].type))
      {
        g_set_error (
            error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
            _ ("The query does not give column “%s” in the type that the analysis declares. CAST "
               "it in the query."),
            fields[i].name);
        return FALSE;
      }
  return TRUE;
}

/* Waits for the answer to what was sent (`sent`), and for its end. */
static PGresult *
answer (HansaPostgres *self, int sent, int cancel_fd, GError **error)
{
  if (sent == 0)
    {
      hansa_postgres_set_error (self->connection, NULL, error);
      return NULL;
    }
  g_autoptr (PGresult) result = hansa_postgres_next (self->connection, cancel_fd, error);
  hansa_postgres_drain (self->connection);
  return g_steal_pointer (&result);
}

/* One statement only, by the protocol. */
static gboolean
prepare (HansaPostgres *self, const char *sql, const HansaField *fields, guint n_fields,
         int cancel_fd, GError **error)
{
  g_autoptr (PGresult) prepared
      = answer (self, PQsendPrepare (self->connection, "", sql, 0, NULL), cancel_fd, error);
  if (prepared == NULL)
    return FALSE;
  g_autoptr (PGresult) described
      = answer (self, PQsendDescribePrepared (self->connection, ""), cancel_fd, error);
  return described != NULL && check_columns (described, fields, n_fields, error);
}

static gboolean
copy_rows (const PGresult *result, const HansaField *fields, guint n_fields,
           HansaTableBuilder *builder, GError **error)
{
  for (int row = 0; row < PQntuples (result); row++)
    {
      for (guint i = 0; i < n_fields; i++)
        if (!PQgetisnull (result, row, (int)i)
            && !hansa_postgres_put_cell (builder, i, &fields[i], PQftype (result, (int)i),
                                         PQgetvalue (result, row, (int)i),
                                         (gsize)PQgetlength (result, row, (int)i), error))
          return FALSE;
      if (!hansa_table_builder_end_row (builder, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
execute (HansaPostgres *self, const HansaField *fields, guint n_fields, HansaTableBuilder *builder,
         int cancel_fd, GError **error)
{
  g_autoptr (GError) failure = NULL;
  PGresult *result;

  if (PQsendQueryPrepared (self->connection, "", 0, NULL, NULL, NULL, 1) == 0)
    {
      hansa_postgres_set_error (self->connection, NULL, error);
      return FALSE;
    }
  PQsetSingleRowMode (self->connection);
  while (failure == NULL
         && (result = hansa_postgres_next (self->connection, cancel_fd, &failure)) != NULL)
    {
      (void)copy_rows (result, fields, n_fields, builder, &failure);
      PQclear (result);
    }
  if (failure == NULL)
    return TRUE;
  hansa_postgres_stop (self->connection);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
hansa_postgres_select (gpointer state, const char *sql, const HansaField *fields, guint n_fields,
                       HansaTableBuilder *builder, int cancel_fd, GError **error)
{
  HansaPostgres *self = state;
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autofree char *whole = with_views (self, sql);

  if (self->failure == NULL && hansa_postgres_check_plan (self, whole, cancel_fd, &self->failure)
      && prepare (self, whole, fields, n_fields, cancel_fd, &self->failure)
      && execute (self, fields, n_fields, builder, cancel_fd, &self->failure))
    return TRUE;
  if (error != NULL)
    *error = g_error_copy (self->failure);
  return FALSE;
}
