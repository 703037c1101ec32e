/* SPDX-License-Identifier: MIT
 *
 * Rules of a table that only an engine can hold, checked where it is read.
 */
#include "base/error.h"
#include "dataset/bulk.h"
#include "dataset/load.h"
#include "dataset/sql-keys.h"
#include "dataset/sql-private.h"

#define FILE_RELATION "hansa_file"
#define CHECKED_RELATION "hansa_checked"

/* A foreign key's table as a relation; NULL and an error without. */
static HansaKeyTable *
add_target (HansaDataset *dataset, HansaEngine *engine, const HansaResource *resource, guint i,
            GError **error)
{
  const HansaForeignKey *key = g_ptr_array_index (resource->schema->foreign_keys, i);
  const HansaResource *target = hansa_dataset_find (dataset, key->resource);
  g_autofree char *name = g_strdup_printf ("hansa_target_%u", i);

  if (key->resource[0] == '\0')
    return hansa_key_table_new (resource, g_strdup (FILE_RELATION));
  if (hansa_resource_needs_engine (dataset, target))
    return hansa_bulk_add_file (dataset, engine, name, target, error)
               ? hansa_key_table_new (target, g_steal_pointer (&name))
               : NULL;
  g_autoptr (HansaSealedTable) table = hansa_dataset_table (dataset, target, error);
  if (table == NULL || !hansa_engine_add_table (engine, name, table, error))
    return NULL;
  return hansa_key_table_new (target, g_steal_pointer (&name));
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
      g_autofree char *name = hansa_sql_name (field->name);
      g_string_append_printf (sql, " + count(f.%s)", name);
    }
  g_string_append (sql, " AS cells FROM " CHECKED_RELATION " AS f");
  g_autoptr (HansaSealedTable) table = hansa_bulk_run (engine, sql->str, &input, error);
  return table != NULL;
}

static gboolean
validate (HansaDataset *dataset, HansaEngine *engine, const HansaResource *resource,
          HansaProblems *problems, GError **error)
{
  HansaKeyTable table = { resource, FILE_RELATION };
  g_autoptr (GPtrArray) targets
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_key_table_free);

  if (!hansa_bulk_add_file (dataset, engine, FILE_RELATION, resource, error))
    return FALSE;
  g_autofree char *view
      = hansa_sql_view (dataset, resource->table, resource, FILE_RELATION, TRUE, error);
  if (view == NULL || !hansa_engine_add_view (engine, CHECKED_RELATION, view, error))
    return FALSE;
  for (guint i = 0; i < resource->schema->foreign_keys->len; i++)
    {
      HansaKeyTable *target = add_target (dataset, engine, resource, i, error);
      if (target == NULL)
        return FALSE;
      g_ptr_array_add (targets, target);
    }
  return hansa_engine_lock (engine, error) && check_cells (engine, resource, error)
         && hansa_check_keys_by_sql (engine, &table, targets, problems, error);
}

/* What the data are to blame for is a problem of theirs. */
static gboolean
is_problem (const GError *error)
{
  return g_error_matches (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA)
         || g_error_matches (error, HANSA_HOST_ERROR, HANSA_EXIT_MISSING);
}

gboolean
hansa_bulk_validate (HansaDataset *dataset, const HansaResource *resource, HansaProblems *problems,
                     GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (HansaEngine) engine = hansa_engine_open (HANSA_BULK_ENGINE, error);

  if (engine == NULL)
    return FALSE;
  if (validate (dataset, engine, resource, problems, &failure))
    return TRUE;
  if (is_problem (failure))
    {
      hansa_problems_add (problems, 0, NULL, NULL, "type", g_strdup (failure->message));
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
