/* SPDX-License-Identifier: MIT
 *
 * Rules of a table that only an engine can hold, checked where it is read.
 */
#include "base/error.h"
#include "dataset/bulk.h"
#include "dataset/load.h"
#include "dataset/sql.h"

#include <string.h>

#define FILE_RELATION "hansa_file"
#define CHECKED_RELATION "hansa_checked"
#define SHOWN 20

static void
append_name (GString *sql, const char *relation, const char *name)
{
  g_autofree char *safe = g_strdup (name);
  g_auto (GStrv) parts = g_strsplit (safe, "\"", -1);
  g_autofree char *escaped = g_strjoinv ("\"\"", parts);

  g_string_append_printf (sql, "%s.\"%s\"", relation, escaped);
}

/* "CAST(f.a AS VARCHAR) || ', ' || ...": a key for reading. */
static void
append_shown (GString *sql, GStrv names)
{
  for (char **name = names; *name != NULL; name++)
    {
      g_string_append (sql, name != names ? " || ', ' || CAST(" : "CAST(");
      append_name (sql, "f", *name);
      g_string_append (sql, " AS VARCHAR)");
    }
}

static void
append_present (GString *sql, GStrv names)
{
  for (char **name = names; *name != NULL; name++)
    {
      g_string_append (sql, name != names ? " AND " : " WHERE ");
      append_name (sql, "f", *name);
      g_string_append (sql, " IS NOT NULL");
    }
}

/* Reports each row of a SELECT of keys as a breach of `rule`. */
static void
report_keys (HansaEngine *engine, const char *sql, GStrv names, const char *rule,
             const char *message, HansaProblems *problems)
{
  static const HansaColumn column = { .name = "key", .type = HANSA_TEXT, .flags = HANSA_NULLABLE };
  HansaInput input = { .name = "keys", .columns = &column, .n_columns = 1 };
  g_autofree char *shown_names = g_strjoinv (", ", names);
  g_autoptr (GError) error = NULL;
  g_autoptr (HansaSealedTable) sealed = hansa_bulk_run (engine, sql, &input, &error);

  if (sealed == NULL)
    {
      hansa_problems_add (problems, 0, shown_names, NULL, rule, g_strdup (error->message));
      return;
    }
  const HansaTable *table = hansa_sealed_table_view (sealed);
  for (gsize row = 0; row < table->n_rows; row++)
    {
      const char *key = hansa_text_at (table, 0, row);
      hansa_problems_add (problems, 0, shown_names, key, rule,
                          g_strdup_printf ("“%s” %s", key, message));
    }
}

static void
check_once (HansaEngine *engine, GStrv names, const char *rule, HansaProblems *problems)
{
  g_autoptr (GString) sql = g_string_new ("SELECT ");

  append_shown (sql, names);
  g_string_append (sql, " AS key FROM " FILE_RELATION " AS f");
  append_present (sql, names);
  g_string_append_printf (sql, " GROUP BY ALL HAVING count(*) > 1 ORDER BY 1 LIMIT %d", SHOWN);
  report_keys (engine, sql->str, names, rule,
               _ ("stands in several lines, but may stand only once."), problems);
}

static void
check_keys (HansaEngine *engine, const HansaResource *resource, HansaProblems *problems)
{
  if (resource->schema->primary_key[0] != NULL)
    check_once (engine, resource->schema->primary_key, "primary-key", problems);
  for (guint i = 0; i < resource->schema->fields->len; i++)
    {
      const HansaSchemaField *field = g_ptr_array_index (resource->schema->fields, i);
      char *names[] = { field->name, NULL };
      if (field->unique)
        check_once (engine, names, "unique", problems);
    }
}

static void
check_foreign_key (HansaEngine *engine, const HansaForeignKey *key, const char *target,
                   HansaProblems *problems)
{
  g_autoptr (GString) sql = g_string_new ("SELECT DISTINCT ");

  append_shown (sql, key->fields);
  g_string_append (sql, " AS key FROM " FILE_RELATION " AS f");
  append_present (sql, key->fields);
  g_string_append_printf (sql, " AND NOT EXISTS (SELECT 1 FROM %s AS t WHERE ", target);
  for (guint i = 0; key->fields[i] != NULL; i++)
    {
      g_string_append (sql, i > 0 ? " AND " : "");
      append_name (sql, "t", key->reference[i]);
      g_string_append (sql, " = ");
      append_name (sql, "f", key->fields[i]);
    }
  g_string_append_printf (sql, ") ORDER BY 1 LIMIT %d", SHOWN);
  report_keys (engine, sql->str, key->fields, "foreign-key",
               _ ("is not in the table that it refers to. Add it there, or correct it here."),
               problems);
}

/* A foreign key's table as a relation; its name, NULL and an error without. */
static char *
add_target (HansaDataset *dataset, HansaEngine *engine, const HansaForeignKey *key, guint i,
            GError **error)
{
  const HansaResource *target = hansa_dataset_find (dataset, key->resource);
  g_autofree char *name = g_strdup_printf ("hansa_target_%u", i);

  if (key->resource[0] == '\0')
    return g_strdup (FILE_RELATION);
  if (hansa_resource_needs_engine (dataset, target))
    return hansa_bulk_add_file (dataset, engine, name, target, error) ? g_steal_pointer (&name)
                                                                      : NULL;
  g_autoptr (HansaSealedTable) table = hansa_dataset_table (dataset, target, error);
  if (table == NULL || !hansa_engine_add_table (engine, name, table, error))
    return NULL;
  return g_steal_pointer (&name);
}

/* Counting every column makes the engine look at every cell. */
static gboolean
check_cells (HansaEngine *engine, const HansaResource *resource, GError **error)
{
  static const HansaColumn column = { .name = "cells", .type = HANSA_INTEGER };
  HansaInput input = { .name = "cells", .columns = &column, .n_columns = 1 };
  g_autoptr (GString) sql = g_string_new ("SELECT 0");

  for (guint i = 0; i < resource->schema->fields->len; i++)
    {
      const HansaSchemaField *field = g_ptr_array_index (resource->schema->fields, i);
      g_string_append (sql, " + count(");
      append_name (sql, "f", field->name);
      g_string_append_c (sql, ')');
    }
  g_string_append (sql, " AS cells FROM " CHECKED_RELATION " AS f");
  g_autoptr (HansaSealedTable) table = hansa_bulk_run (engine, sql->str, &input, error);
  return table != NULL;
}

static gboolean
validate (HansaDataset *dataset, HansaEngine *engine, const HansaResource *resource,
          HansaProblems *problems, GError **error)
{
  GPtrArray *keys = resource->schema->foreign_keys;
  g_autoptr (GPtrArray) targets = g_ptr_array_new_with_free_func (g_free);

  if (!hansa_bulk_add_file (dataset, engine, FILE_RELATION, resource, error))
    return FALSE;
  g_autofree char *view
      = hansa_sql_view (dataset, resource->table, resource, FILE_RELATION, TRUE, error);
  if (view == NULL || !hansa_engine_add_view (engine, CHECKED_RELATION, view, error))
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    {
      char *target = add_target (dataset, engine, g_ptr_array_index (keys, i), i, error);
      if (target == NULL)
        return FALSE;
      g_ptr_array_add (targets, target);
    }
  if (!hansa_engine_lock (engine, error) || !check_cells (engine, resource, error))
    return FALSE;
  check_keys (engine, resource, problems);
  for (guint i = 0; i < keys->len; i++)
    check_foreign_key (engine, g_ptr_array_index (keys, i), g_ptr_array_index (targets, i),
                       problems);
  return TRUE;
}

void
hansa_bulk_validate (HansaDataset *dataset, const HansaResource *resource, HansaProblems *problems)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HansaEngine) engine = hansa_engine_open (HANSA_BULK_ENGINE, &error);

  if (engine == NULL || !validate (dataset, engine, resource, problems, &error))
    hansa_problems_add (problems, 0, NULL, NULL, "type", g_strdup (error->message));
}
