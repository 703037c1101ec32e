/* SPDX-License-Identifier: MIT
 *
 * What the DuckDB module is given to read: files and sealed tables.
 */
#include "engine/duckdb-private.h"

#include "base/error.h"

#include <string.h>

static const char *
sql_type (guint32 type, gboolean boolean)
{
  switch (type)
    {
    case HANSA_REAL:
      return "DOUBLE";
    case HANSA_INTEGER:
      return boolean ? "BOOLEAN" : "BIGINT";
    case HANSA_DATE:
      return "DATE";
    default:
      return "VARCHAR";
    }
}

/* Nothing is guessed: types, quotes and header are as the package declares. */
static void
append_csv (GString *sql, const HansaResource *resource, const char *file, gchar **header)
{
  g_string_append (sql, "read_csv(");
  hansa_duckdb_quote_text (sql, file);
  g_string_append (sql, ", auto_detect=false, header=true, delim=',', quote='\"', escape='\"', "
                        "strict_mode=true, null_padding=false, columns={");
  for (guint i = 0; header[i] != NULL; i++)
    {
      const HansaSchemaField *field = NULL;
      for (guint j = 0; j < resource->schema->fields->len && field == NULL; j++)
        {
          const HansaSchemaField *candidate = g_ptr_array_index (resource->schema->fields, j);
          if (g_str_equal (candidate->name, header[i]))
            field = candidate;
        }
      if (i > 0)
        g_string_append (sql, ", ");
      hansa_duckdb_quote_text (sql, header[i]);
      g_string_append_printf (sql, ": '%s'",
                              field != NULL ? sql_type (field->type, field->boolean) : "VARCHAR");
    }
  g_string_append (sql, "}, nullstr=[");
  for (char **mark = resource->schema->missing_values; *mark != NULL; mark++)
    {
      if (mark != resource->schema->missing_values)
        g_string_append (sql, ", ");
      hansa_duckdb_quote_text (sql, *mark);
    }
  g_string_append (sql, "])");
}

/* The names in the first line, in its order: read_csv goes by place. */
static GStrv
read_header (const char *file, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GIOChannel) channel = g_io_channel_new_file (file, "r", &cause);
  g_autofree char *line = NULL;
  gsize end = 0;

  if (channel == NULL
      || g_io_channel_read_line (channel, &line, NULL, &end, &cause) != G_IO_STATUS_NORMAL)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA, _ ("%s cannot be read: %s"), file,
                   cause != NULL ? cause->message : _ ("the file is empty."));
      return NULL;
    }
  line[end] = '\0';
  const char *start = g_str_has_prefix (line, "\xEF\xBB\xBF") ? line + 3 : line;
  GStrv names = g_strsplit (start, ",", -1);
  for (char **name = names; *name != NULL; name++)
    {
      gsize length = strlen (*name);
      if (length >= 2 && (*name)[0] == '"' && (*name)[length - 1] == '"')
        {
          (*name)[length - 1] = '\0';
          memmove (*name, *name + 1, length - 1);
        }
    }
  return names;
}

static gboolean
check_header (const HansaResource *resource, GStrv header, GError **error)
{
  for (guint i = 0; i < resource->schema->fields->len; i++)
    {
      const HansaSchemaField *field = g_ptr_array_index (resource->schema->fields, i);
      if (!g_strv_contains ((const char *const *)header, field->name))
        {
          g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                       _ ("%s, line 1: the file has no column “%s”. Add it, empty if nothing is "
                          "known."),
                       resource->path, field->name);
          return FALSE;
        }
    }
  for (guint i = 0; header[i] != NULL; i++)
    for (guint j = 0; j < i; j++)
      if (g_str_equal (header[i], header[j]))
        {
          g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                       _ ("%s, line 1: there are two columns named “%s”. Keep one of them."),
                       resource->path, header[i]);
          return FALSE;
        }
  return TRUE;
}

/* Parquet brings its own types; they are held to the declared ones. */
static void
append_parquet (GString *sql, const HansaResource *resource, const char *file)
{
  g_string_append (sql, "(SELECT ");
  for (guint i = 0; i < resource->schema->fields->len; i++)
    {
      const HansaSchemaField *field = g_ptr_array_index (resource->schema->fields, i);
      g_string_append (sql, i > 0 ? ", " : "");
      g_string_append (sql, "CAST(");
      hansa_duckdb_quote_name (sql, field->name);
      g_string_append_printf (sql, " AS %s) AS ", sql_type (field->type, field->boolean));
      hansa_duckdb_quote_name (sql, field->name);
    }
  g_string_append (sql, " FROM read_parquet(");
  hansa_duckdb_quote_text (sql, file);
  g_string_append (sql, "))");
}

gboolean
hansa_duckdb_add_file (gpointer state, const char *name, const HansaResource *resource,
                       const char *file, GError **error)
{
  HansaDuckdb *self = state;
  g_autofree char *path = g_canonicalize_filename (file, NULL);
  g_autoptr (GString) sql = g_string_new ("CREATE VIEW ");

  hansa_duckdb_quote_name (sql, name);
  g_string_append (sql, " AS SELECT * FROM ");
  if (g_str_equal (resource->format, "parquet"))
    append_parquet (sql, resource, path);
  else
    {
      g_auto (GStrv) header = read_header (path, error);
      if (header == NULL || !check_header (resource, header, error))
        return FALSE;
      append_csv (sql, resource, path, header);
    }
  g_ptr_array_add (self->files, g_steal_pointer (&path));
  return hansa_duckdb_run (self, sql->str, error);
}

/* ---- sealed tables ------------------------------------------------------- */

static duckdb_type
column_type (guint32 type)
{
  switch (type)
    {
    case HANSA_REAL:
      return DUCKDB_TYPE_DOUBLE;
    case HANSA_INTEGER:
      return DUCKDB_TYPE_BIGINT;
    case HANSA_DATE:
      return DUCKDB_TYPE_DATE;
    default:
      return DUCKDB_TYPE_VARCHAR;
    }
}

static void
fill_vector (HansaDuckdb *self, duckdb_vector vector, const HansaTable *table, guint column,
             gsize first, gsize n)
{
  static const gsize sizes[] = { 0, sizeof (double), sizeof (gint64), 0, sizeof (gint32) };
  guint32 type = table->columns[column].type;

  if (type == HANSA_TEXT)
    {
      for (gsize i = 0; i < n; i++)
        {
          const char *text = hansa_text_at (table, column, first + i);
          self->db->vector_assign_string_element_len (vector, i, text, strlen (text));
        }
    }
  else
    memcpy (self->db->vector_get_data (vector),
            (const char *)table->columns[column].cells + first * sizes[type], n * sizes[type]);
  if (table->columns[column].valid == NULL)
    return;
  self->db->vector_ensure_validity_writable (vector);
  guint64 *valid = self->db->vector_get_validity (vector);
  for (gsize i = 0; i < n; i++)
    if (!hansa_is_present (table, column, first + i))
      self->db->validity_set_row_invalid (valid, i);
}

static gboolean
append_rows (HansaDuckdb *self, const char *name, const HansaTable *table, GError **error)
{
  g_autofree duckdb_logical_type *types = g_new (duckdb_logical_type, table->n_columns);
  duckdb_appender appender = NULL;
  gsize step = self->db->vector_size ();
  gboolean ok
      = self->db->appender_create (self->connection, NULL, name, &appender) == DuckDBSuccess;

  for (guint i = 0; i < table->n_columns; i++)
    types[i] = self->db->create_logical_type (column_type (table->columns[i].type));
  duckdb_data_chunk chunk = self->db->create_data_chunk (types, table->n_columns);
  for (gsize first = 0; ok && first < table->n_rows; first += step)
    {
      gsize n = MIN (step, table->n_rows - first);
      self->db->data_chunk_reset (chunk);
      for (guint i = 0; i < table->n_columns; i++)
        fill_vector (self, self->db->data_chunk_get_vector (chunk, i), table, i, first, n);
      self->db->data_chunk_set_size (chunk, n);
      ok = self->db->append_data_chunk (appender, chunk) == DuckDBSuccess;
    }
  if (!ok)
    hansa_duckdb_set_error (self, self->db->appender_error (appender), error);
  /* This also writes what is still held back. */
  if (self->db->appender_destroy (&appender) != DuckDBSuccess && ok)
    {
      hansa_duckdb_set_error (self, NULL, error);
      ok = FALSE;
    }
  self->db->destroy_data_chunk (&chunk);
  for (guint i = 0; i < table->n_columns; i++)
    self->db->destroy_logical_type (&types[i]);
  return ok;
}

gboolean
hansa_duckdb_add_table (gpointer state, const char *name, HansaSealedTable *sealed, GError **error)
{
  HansaDuckdb *self = state;
  const HansaTable *table = hansa_sealed_table_view (sealed);
  g_autoptr (GString) sql = g_string_new ("CREATE TABLE ");

  hansa_duckdb_quote_name (sql, name);
  for (guint i = 0; i < table->n_columns; i++)
    {
      g_string_append (sql, i == 0 ? " (" : ", ");
      hansa_duckdb_quote_name (sql, table->columns[i].name);
      g_string_append_printf (sql, " %s", sql_type (table->columns[i].type, FALSE));
    }
  g_string_append_c (sql, ')');
  return hansa_duckdb_run (self, sql->str, error) && append_rows (self, name, table, error);
}
