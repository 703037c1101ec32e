/* SPDX-License-Identifier: MIT
 *
 * Compares what the server has with what the package's schemas ask for. Tables and
 * columns are added; rules and comments follow the package where the publisher owns
 * the table; a column of another type, or one that the package does not know and
 * that may not be empty, is refused.
 */
#include "publish/server-private.h"

#include "base/error.h"
#include "base/language.h"

typedef struct
{
  char *type;
  gboolean required;
  char *comment; /* "" for none */
} Column;

typedef struct
{
  gboolean own; /* the publisher may alter it */
  char *comment;
  GHashTable *columns; /* name -> Column */
  GHashTable *rules;   /* name -> definition */
} Existing;

static void
column_free (Column *column)
{
  g_free (column->type);
  g_free (column->comment);
  g_free (column);
}

static void
existing_free (Existing *existing)
{
  g_free (existing->comment);
  g_hash_table_unref (existing->columns);
  g_hash_table_unref (existing->rules);
  g_free (existing);
}

/* ---- what is there --------------------------------------------------------- */

static gboolean
read_columns (HansaPublisher *publisher, GHashTable *tables, GError **error)
{
  g_autofree char *schema = hansa_server_text (publisher->options->schema);
  g_autoptr (PGresult) rows = hansa_server_query (
      publisher, error,
      "SELECT c.relname, pg_has_role(c.relowner, 'USAGE'), obj_description(c.oid, 'pg_class'),"
      " a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,"
      " col_description(c.oid, a.attnum)"
      " FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace"
      " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
      " WHERE s.nspname = %s AND c.relkind IN ('r', 'p')",
      schema);

  for (int i = 0; rows != NULL && i < PQntuples (rows); i++)
    {
      const char *name = PQgetvalue (rows, i, 0);
      Existing *existing = g_hash_table_lookup (tables, name);
      if (existing == NULL)
        {
          existing = g_new0 (Existing, 1);
          existing->own = PQgetvalue (rows, i, 1)[0] == 't';
          existing->comment = g_strdup (PQgetvalue (rows, i, 2));
          existing->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                     (GDestroyNotify)column_free);
          existing->rules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
          g_hash_table_insert (tables, g_strdup (name), existing);
        }
      Column *column = g_new (Column, 1);
      column->type = g_strdup (PQgetvalue (rows, i, 4));
      column->required = PQgetvalue (rows, i, 5)[0] == 't';
      column->comment = g_strdup (PQgetvalue (rows, i, 6));
      g_hash_table_insert (existing->columns, g_strdup (PQgetvalue (rows, i, 3)), column);
    }
  return rows != NULL;
}

static gboolean
read_rules (HansaPublisher *publisher, GHashTable *tables, GError **error)
{
  g_autofree char *schema = hansa_server_text (publisher->options->schema);
  g_autoptr (PGresult) rows
      = hansa_server_query (publisher, error,
                            "SELECT c.relname, k.conname, obj_description(k.oid, 'pg_constraint')"
                            " FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid"
                            " JOIN pg_namespace s ON s.oid = c.relnamespace WHERE s.nspname = %s",
                            schema);

  for (int i = 0; rows != NULL && i < PQntuples (rows); i++)
    {
      Existing *existing = g_hash_table_lookup (tables, PQgetvalue (rows, i, 0));
      if (existing != NULL)
        g_hash_table_insert (existing->rules, g_strdup (PQgetvalue (rows, i, 1)),
                             g_strdup (PQgetvalue (rows, i, 2)));
    }
  return rows != NULL;
}

/* ---- what is refused ------------------------------------------------------- */

static gboolean
check_columns (const HansaPublishTable *table, const Existing *existing, GError **error)
{
  for (guint i = 0; i < table->fields->len; i++)
    {
      const HansaSchemaField *field = g_ptr_array_index (table->fields, i);
      const Column *column = g_hash_table_lookup (existing->columns, field->name);
      if (column == NULL || g_str_equal (column->type, hansa_server_type (field)))
        continue;
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                   _ ("The column %s.%s is %s on the server and %s in %s. A column's type is not "
                      "changed by publishing: correct the package's schema, or have the "
                      "administrator alter the table."),
                   table->name, field->name, column->type, hansa_server_type (field), table->path);
      return FALSE;
    }
  return TRUE;
}

static gboolean
has_field (const HansaPublishTable *table, const char *name)
{
  for (guint i = 0; i < table->fields->len; i++)
    if (g_str_equal (((const HansaSchemaField *)table->fields->pdata[i])->name, name))
      return TRUE;
  return FALSE;
}

static gboolean
check_unknown (const HansaPublishTable *table, const Existing *existing, GError **error)
{
  GHashTableIter iterator;
  gpointer name, value;

  if (!g_hash_table_contains (existing->columns, "hansa_package"))
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                   _ ("The server has a table “%s” that was not made by publishing. Choose another "
                      "schema with --schema, or have that table moved away."),
                   table->name);
      return FALSE;
    }
  g_hash_table_iter_init (&iterator, existing->columns);
  while (g_hash_table_iter_next (&iterator, &name, &value))
    {
      if (!((const Column *)value)->required || g_str_equal (name, "office")
          || has_field (table, name))
        continue;
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                   _ ("The server's table %s requires the column “%s”, which %s does not have: the "
                      "package is older than the server. Add the column to the file and its "
                      "schema."),
                   table->name, (const char *)name, table->path);
      return FALSE;
    }
  return TRUE;
}

/* FALSE, and says who can do it, where somebody else would have to alter the table. */
static gboolean
check_own (const HansaPublishTable *table, const Existing *existing, GError **error)
{
  for (guint i = 0; i < table->fields->len; i++)
    {
      const HansaSchemaField *field = g_ptr_array_index (table->fields, i);
      if (existing->own || g_hash_table_contains (existing->columns, field->name))
        continue;
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SERVER,
                   _ ("The server's table %s has no column “%s”: it is older than the package, and "
                      "only its owner may add it. Have the administrator run “hansa data publish "
                      "PACKAGE ADDRESS --tables-only” with this package."),
                   table->name, field->name);
      return FALSE;
    }
  return TRUE;
}

/* ---- what is to be done ---------------------------------------------------- */

static void
add_columns (HansaPublisher *publisher, const HansaPublishTable *table, const Existing *existing,
             GString *sql)
{
  g_autofree char *name = hansa_server_name (table->name);

  for (guint i = 0; i < table->fields->len; i++)
    {
      const HansaSchemaField *field = g_ptr_array_index (table->fields, i);
      const Column *column = g_hash_table_lookup (existing->columns, field->name);
      g_autofree char *column_name = hansa_server_name (field->name);
      if (column == NULL)
        g_string_append_printf (sql, "ALTER TABLE %s.%s ADD COLUMN %s %s%s;", publisher->schema,
                                name, column_name, hansa_server_type (field),
                                field->required ? " NOT NULL" : "");
      else if (field->required && !column->required)
        g_string_append_printf (sql, "ALTER TABLE %s.%s ALTER COLUMN %s SET NOT NULL;",
                                publisher->schema, name, column_name);
      else if (!field->required && column->required
               && !g_strv_contains ((const char *const *)table->primary_key, field->name))
        g_string_append_printf (sql, "ALTER TABLE %s.%s ALTER COLUMN %s DROP NOT NULL;",
                                publisher->schema, name, column_name);
    }
}

static void
set_rules (HansaPublisher *publisher, const HansaPublishTable *table, const Existing *existing,
           gboolean foreign, GString *sql)
{
  g_autoptr (GPtrArray) rules = hansa_server_rules (publisher, table, foreign);
  g_autofree char *name = hansa_server_name (table->name);

  for (guint i = 0; i < rules->len; i++)
    {
      const HansaServerRule *rule = rules->pdata[i];
      const char *there
          = existing != NULL ? g_hash_table_lookup (existing->rules, rule->name) : NULL;
      g_autofree char *rule_name = hansa_server_name (rule->name);
      g_autofree char *definition = hansa_server_text (rule->definition);
      if (g_strcmp0 (there, rule->definition) == 0)
        continue;
      if (there != NULL)
        g_string_append_printf (sql, "ALTER TABLE %s.%s DROP CONSTRAINT %s;", publisher->schema,
                                name, rule_name);
      g_string_append_printf (sql,
                              "ALTER TABLE %1$s.%2$s ADD CONSTRAINT %3$s %4$s;"
                              "COMMENT ON CONSTRAINT %3$s ON %1$s.%2$s IS %5$s;",
                              publisher->schema, name, rule_name, rule->definition, definition);
    }
}

static void
set_comments (HansaPublisher *publisher, const HansaPublishTable *table, const Existing *existing,
              GString *sql)
{
  g_autofree char *name = hansa_server_name (table->name);
  g_autofree char *comment = hansa_server_comment (table->title, NULL);
  g_autofree char *text = hansa_server_text (comment);

  if (existing == NULL || !g_str_equal (existing->comment, comment))
    g_string_append_printf (sql, "COMMENT ON TABLE %s.%s IS %s;", publisher->schema, name, text);
  for (guint i = 0; i < table->fields->len; i++)
    {
      const HansaSchemaField *field = g_ptr_array_index (table->fields, i);
      const Column *column
          = existing != NULL ? g_hash_table_lookup (existing->columns, field->name) : NULL;
      g_autofree char *words = hansa_server_comment (field->title, field->unit);
      g_autofree char *words_text = hansa_server_text (words);
      g_autofree char *column_name = hansa_server_name (field->name);
      if (g_strcmp0 (column != NULL ? column->comment : "", words) != 0)
        g_string_append_printf (sql, "COMMENT ON COLUMN %s.%s.%s IS %s;", publisher->schema, name,
                                column_name, words_text);
    }
}

/* Constructed rows and real ones never stand in one table. */
static gboolean
check_synthetic (HansaPublisher *publisher, GError **error)
{
  const HansaPublishPlan *plan = publisher->plan;
  g_autoptr (PGresult) rows = hansa_server_query (
      publisher, error,
      "SELECT package FROM %s.resource"
      " WHERE coalesce((schema -> 'package' ->> 'synthetic')::boolean, false) <> %s LIMIT 1",
      publisher->schema, plan->synthetic ? "true" : "false");

  if (rows == NULL)
    return FALSE;
  if (PQntuples (rows) == 0)
    return TRUE;
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
               plan->synthetic
                   ? _ ("The package %s holds constructed data, the schema “%s” real ones (%s). "
                        "They do not go together: publish it into a schema of its own, such as "
                        "--schema hansa_example.")
                   : _ ("The package %s holds real data, the schema “%s” constructed ones (%s). "
                        "They do not go together: publish it into a schema of its own with "
                        "--schema."),
               plan->package, publisher->options->schema, PQgetvalue (rows, 0, 0));
  return FALSE;
}

/* The row of `resource` is the owner's to write, by the package that made it. */
static gboolean
describe_table (HansaPublisher *publisher, const HansaPublishTable *table, GError **error)
{
  g_autofree char *name = hansa_server_text (table->name);
  g_autofree char *package = hansa_server_text (publisher->plan->package);
  g_autofree char *json = hansa_server_text (table->json);
  g_autoptr (PGresult) changed = hansa_server_query (
      publisher, error,
      "INSERT INTO %s.resource AS r (name, package, schema) VALUES (%s, %s, %s)"
      " ON CONFLICT (name) DO UPDATE SET schema = excluded.schema"
      " WHERE r.package = excluded.package AND r.schema <> excluded.schema",
      publisher->schema, name, package, json);

  if (changed != NULL && !g_str_equal (PQcmdTuples (changed), "0"))
    publisher->outcome->tables_changed = TRUE;
  return changed != NULL;
}

static gboolean
check_table (const HansaPublishTable *table, const Existing *existing, GError **error)
{
  return existing == NULL
         || (check_columns (table, existing, error) && check_unknown (table, existing, error)
             && check_own (table, existing, error));
}

gboolean
hansa_server_migrate (HansaPublisher *publisher, GError **error)
{
  g_autoptr (GHashTable) tables
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)existing_free);
  g_autoptr (GString) sql = g_string_new (NULL), foreign = g_string_new (NULL);
  GPtrArray *planned = publisher->plan->tables;

  if (!read_columns (publisher, tables, error) || !read_rules (publisher, tables, error)
      || !check_synthetic (publisher, error))
    return FALSE;
  for (guint i = 0; i < planned->len; i++)
    {
      const HansaPublishTable *table = planned->pdata[i];
      const Existing *existing = g_hash_table_lookup (tables, table->name);
      if (!check_table (table, existing, error))
        return FALSE;
      if (existing == NULL)
        hansa_server_create_table (publisher, table, sql);
      else if (!existing->own)
        continue;
      else
        add_columns (publisher, table, existing, sql);
      set_rules (publisher, table, existing, FALSE, sql);
      set_rules (publisher, table, existing, TRUE, foreign);
      set_comments (publisher, table, existing, foreign);
    }
  g_string_append (sql, foreign->str);
  if (sql->len > 0)
    {
      publisher->outcome->tables_changed = TRUE;
      if (!hansa_postgres_run (publisher->connection, sql->str, publisher->options->cancel_fd,
                               error))
        return FALSE;
    }
  for (guint i = 0; i < planned->len; i++)
    {
      const HansaPublishTable *table = planned->pdata[i];
      const Existing *existing = g_hash_table_lookup (tables, table->name);
      if ((existing == NULL || existing->own) && !describe_table (publisher, table, error))
        return FALSE;
    }
  return TRUE;
}
