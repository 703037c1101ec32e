/* SPDX-License-Identifier: MIT
 *
 * Rows go by COPY into a temporary table, and from there into the model table: those
 * that are gone, changed and new, each by one statement.
 */
#include "publish/server-private.h"

#include <string.h>

#define CHUNK (1u << 16)

char *
hansa_server_staged (guint index)
{
  return g_strdup_printf ("pg_temp.hansa_new_%u", index);
}

/* ---- COPY ------------------------------------------------------------------ */

static void
append_text (GString *out, const char *text)
{
  for (; *text != '\0'; text++)
    switch (*text)
      {
      case '\\':
        g_string_append (out, "\\\\");
        break;
      case '\n':
        g_string_append (out, "\\n");
        break;
      case '\r':
        g_string_append (out, "\\r");
        break;
      case '\t':
        g_string_append (out, "\\t");
        break;
      default:
        g_string_append_c (out, *text);
      }
}

static void
append_cell (GString *out, const HansaTable *table, guint column, gsize row, gboolean boolean)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  GDate date;

  if (!hansa_is_present (table, column, row))
    {
      g_string_append (out, "\\N");
      return;
    }
  switch (table->columns[column].type)
    {
    case HANSA_REAL:
      g_string_append (out,
                       g_ascii_dtostr (digits, sizeof digits, hansa_reals (table, column)[row]));
      break;
    case HANSA_INTEGER:
      if (boolean)
        g_string_append (out, hansa_integers (table, column)[row] != 0 ? "t" : "f");
      else
        g_string_append_printf (out, "%" G_GINT64_FORMAT, hansa_integers (table, column)[row]);
      break;
    case HANSA_DATE: /* day 1 of GDate is 0001-01-01 */
      g_date_clear (&date, 1);
      g_date_set_julian (&date, (guint32)(hansa_dates (table, column)[row] + 719163));
      g_string_append_printf (out, "%04d-%02d-%02d", g_date_get_year (&date),
                              (int)g_date_get_month (&date), g_date_get_day (&date));
      break;
    default:
      append_text (out, hansa_text_at (table, column, row));
    }
}

static void
append_row (GString *out, const HansaPublishTable *table, HansaSealedTable *rows, gsize row)
{
  const HansaTable *view = hansa_sealed_table_view (rows);
  const HansaLineage *lineage = hansa_sealed_table_lineage (rows);

  for (guint i = 0; i < table->fields->len; i++)
    {
      const HansaSchemaField *field = g_ptr_array_index (table->fields, i);
      append_cell (out, view, i, row, field->boolean);
      g_string_append_c (out, '\t');
    }
  if (lineage != NULL)
    {
      guint32 first = g_array_index (lineage->first, guint32, row);
      g_string_append_printf (out, "%u\n", g_array_index (lineage->lines, guint32, first));
    }
  else
    g_string_append (out, "\\N\n");
}

typedef struct
{
  const HansaPublisher *publisher;
  const HansaPublishTable *table;
} Copy;

static gboolean
send_rows (HansaSealedTable *rows, gpointer data, GError **error)
{
  const Copy *copy = data;
  PGconn *connection = copy->publisher->connection;
  gsize n_rows = hansa_sealed_table_view (rows)->n_rows;
  g_autoptr (GString) out = g_string_sized_new (CHUNK + 4096);

  for (gsize row = 0; row < n_rows; row++)
    {
      append_row (out, copy->table, rows, row);
      if (out->len < CHUNK && row + 1 < n_rows)
        continue;
      if (PQputCopyData (connection, out->str, (int)out->len) != 1)
        {
          hansa_postgres_set_error (connection, NULL, error);
          return FALSE;
        }
      g_string_truncate (out, 0);
    }
  return TRUE;
}

static GStrv
field_names (const HansaPublishTable *table, gboolean with_key)
{
  GStrvBuilder *builder = g_strv_builder_new ();

  for (guint i = 0; i < table->fields->len; i++)
    {
      const char *name = ((const HansaSchemaField *)table->fields->pdata[i])->name;
      if (with_key || !g_strv_contains ((const char *const *)table->primary_key, name))
        g_strv_builder_add (builder, name);
    }
  GStrv names = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return names;
}

/* Leaves the connection waiting for rows. */
static gboolean
begin_copy (HansaPublisher *publisher, const char *staged, const char *columns, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("COPY %s (%s, hansa_line) FROM STDIN", staged, columns);

  if (PQsendQuery (publisher->connection, sql) == 0)
    {
      hansa_postgres_set_error (publisher->connection, NULL, error);
      return FALSE;
    }
  g_autoptr (PGresult) ready
      = hansa_postgres_next (publisher->connection, publisher->options->cancel_fd, error);
  return ready != NULL;
}

gboolean
hansa_server_stage (HansaPublisher *publisher, guint index, GError **error)
{
  HansaPublishTable *table = publisher->plan->tables->pdata[index];
  Copy copy = { publisher, table };
  g_autofree char *staged = hansa_server_staged (index);
  g_autofree char *name = hansa_server_name (table->name);
  g_auto (GStrv) fields = field_names (table, TRUE);
  g_autofree char *columns = hansa_server_names (fields, "");

  if (!hansa_server_run (publisher, error,
                         "CREATE TEMPORARY TABLE hansa_new_%u ON COMMIT DROP AS"
                         " SELECT * FROM %s.%s WITH NO DATA",
                         index, publisher->schema, name)
      || !begin_copy (publisher, staged, columns, error)
      || !hansa_publish_each_batch (table, send_rows, &copy, error))
    return FALSE;
  if (PQputCopyEnd (publisher->connection, NULL) != 1)
    {
      hansa_postgres_set_error (publisher->connection, NULL, error);
      return FALSE;
    }
  g_autoptr (GError) failure = NULL;
  PGresult *result;
  while ((result
          = hansa_postgres_next (publisher->connection, publisher->options->cancel_fd, &failure))
         != NULL)
    PQclear (result);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return hansa_server_run (publisher, error, "ANALYZE %s", staged);
}

/* ---- into the model table -------------------------------------------------- */

static gboolean
count (HansaPublisher *publisher, guint64 *counter, const char *sql, GError **error)
{
  g_autoptr (PGresult) result = hansa_server_query (publisher, error, "%s", sql);

  if (result != NULL)
    *counter += g_ascii_strtoull (PQcmdTuples (result), NULL, 10);
  return result != NULL;
}

/* "t.office = current_user AND t.hansa_package = 'name'" */
static char *
own_rows (const HansaPublisher *publisher)
{
  g_autofree char *package = hansa_server_text (publisher->plan->package);
  return g_strdup_printf ("t.office = current_user AND t.hansa_package = %s", package);
}

static char *
update_sql (const HansaPublisher *publisher, const HansaPublishTable *table, const char *staged,
            const char *own)
{
  g_auto (GStrv) fields = field_names (table, FALSE);
  g_autofree char *name = hansa_server_name (table->name);
  g_autofree char *file = hansa_server_text (table->path);
  g_autofree char *set = hansa_server_names (fields, "");
  g_autofree char *theirs = hansa_server_names (fields, "t.");
  g_autofree char *ours = hansa_server_names (fields, "n.");
  g_autofree char *same_key = hansa_server_same_key (table->primary_key);

  return g_strdup_printf ("UPDATE %s.%s AS t SET (%s, hansa_publication, hansa_file, hansa_line)"
                          " = ROW(%s, %" G_GINT64_FORMAT ", %s, n.hansa_line) FROM %s AS n"
                          " WHERE %s AND %s AND (%s) IS DISTINCT FROM (%s)",
                          publisher->schema, name, set, ours, publisher->outcome->publication, file,
                          staged, same_key, own, theirs, ours);
}

static char *
insert_sql (const HansaPublisher *publisher, const HansaPublishTable *table, const char *staged)
{
  g_auto (GStrv) fields = field_names (table, TRUE);
  g_autofree char *name = hansa_server_name (table->name);
  g_autofree char *package = hansa_server_text (publisher->plan->package);
  g_autofree char *file = hansa_server_text (table->path);
  g_autofree char *columns = hansa_server_names (fields, "");
  g_autofree char *ours = hansa_server_names (fields, "n.");
  g_autofree char *same_key = hansa_server_same_key (table->primary_key);

  return g_strdup_printf (
      "INSERT INTO %1$s.%2$s (%3$s, hansa_package, hansa_publication, hansa_file, hansa_line)"
      " SELECT %4$s, %5$s, %6$" G_GINT64_FORMAT ", %7$s, n.hansa_line FROM %8$s AS n"
      " WHERE NOT EXISTS (SELECT FROM %1$s.%2$s AS t WHERE %9$s)",
      publisher->schema, name, columns, ours, package, publisher->outcome->publication, file,
      staged, same_key);
}

static gboolean
count_shared (HansaPublisher *publisher, const HansaPublishTable *table, const char *staged,
              const char *own, GError **error)
{
  g_autofree char *name = hansa_server_name (table->name);
  g_autofree char *same_key = hansa_server_same_key (table->primary_key);
  g_autoptr (PGresult) result
      = hansa_server_query (publisher, error,
                            "SELECT count(*) FROM %s AS n JOIN %s.%s AS t ON %s"
                            " WHERE (%s) IS NOT TRUE",
                            staged, publisher->schema, name, same_key, own);

  if (result != NULL)
    publisher->outcome->shared += g_ascii_strtoull (PQgetvalue (result, 0, 0), NULL, 10);
  return result != NULL;
}

gboolean
hansa_server_merge (HansaPublisher *publisher, guint index, GError **error)
{
  const HansaPublishTable *table = publisher->plan->tables->pdata[index];
  HansaPublishOutcome *outcome = publisher->outcome;
  gboolean only_key = g_strv_length (table->primary_key) == table->fields->len;
  g_autofree char *staged = hansa_server_staged (index);
  g_autofree char *own = own_rows (publisher);
  g_autofree char *name = hansa_server_name (table->name);
  g_autofree char *same_key = hansa_server_same_key (table->primary_key);
  g_autofree char *remove = g_strdup_printf ("DELETE FROM %s.%s AS t WHERE %s"
                                             " AND NOT EXISTS (SELECT FROM %s AS n WHERE %s)",
                                             publisher->schema, name, own, staged, same_key);
  g_autofree char *update = update_sql (publisher, table, staged, own);
  g_autofree char *insert = insert_sql (publisher, table, staged);

  return count_shared (publisher, table, staged, own, error)
         && count (publisher, &outcome->removed, remove, error)
         && (only_key || count (publisher, &outcome->changed, update, error))
         && count (publisher, &outcome->added, insert, error);
}

gboolean
hansa_server_withdraw (HansaPublisher *publisher, GError **error)
{
  g_autoptr (PGresult) names
      = hansa_server_query (publisher, error, "SELECT name FROM %s.resource", publisher->schema);
  g_autofree char *own = own_rows (publisher);

  for (int i = 0; names != NULL && i < PQntuples (names); i++)
    {
      gboolean planned = FALSE;
      for (guint k = 0; k < publisher->plan->tables->len && !planned; k++)
        planned = g_str_equal (((const HansaPublishTable *)publisher->plan->tables->pdata[k])->name,
                               PQgetvalue (names, i, 0));
      if (planned)
        continue;
      g_autofree char *name = hansa_server_name (PQgetvalue (names, i, 0));
      g_autofree char *remove
          = g_strdup_printf ("DELETE FROM %s.%s AS t WHERE %s", publisher->schema, name, own);
      if (!count (publisher, &publisher->outcome->removed, remove, error))
        return FALSE;
    }
  return names != NULL;
}
