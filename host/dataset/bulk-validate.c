/* SPDX-License-Identifier: MIT
 *
 * Rules of a table that only an engine can hold, checked where it is read.
 */
#include "base/error.h"
#include "dataset/bulk.h"
#include "dataset/cell.h"
#include "dataset/csv-lines.h"
#include "dataset/load.h"
#include "dataset/sql-breaches.h"
#include "dataset/sql-keys.h"
#include "dataset/sql-private.h"

#include <string.h>

#define FILE_RELATION "hansa_file"
/* Rows of a rule, for who wants them all. */
#define MANY 100
#define MODEL_RELATION "hansa_model"
/* The rows as they stand in the file, numbered from 1. */
#define NUMBERED "(SELECT row_number() OVER () AS hansa_row, * FROM " FILE_RELATION ")"

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
  g_string_append (sql, " AS cells FROM " MODEL_RELATION " AS f");
  g_autoptr (HansaSealedTable) table = hansa_bulk_run (engine, sql->str, &input, error);
  return table != NULL;
}

/* In the words of our own reader. */
static void
report_cell (const HansaResource *resource, const HansaSqlRule *broken, guint64 row,
             const char *text, HansaProblems *problems)
{
  HansaCellValue value;
  const char *rule = broken->rule;
  const char *missing = resource->schema->missing_values[0];
  char *message = NULL;

  if (g_str_equal (rule, "required") && missing != NULL)
    text = missing; /* however the file says so */

  if (hansa_cell_read (resource->schema, broken->field, text, strlen (text), &value, &rule,
                       &message))
    message = g_strdup_printf (_ ("“%s” breaks the rule “%s”."), text, rule);
  hansa_problems_add_row (problems, row, broken->field->name, text, rule, message);
}

static gboolean
report_rows (HansaEngine *engine, const HansaResource *resource, const HansaSqlRule *broken,
             HansaProblems *problems, GError **error)
{
  static const HansaColumn columns[]
      = { { .name = "row", .type = HANSA_INTEGER }, { .name = "cell", .type = HANSA_TEXT } };
  HansaInput input = { .name = "rows", .columns = columns, .n_columns = G_N_ELEMENTS (columns) };
  g_autofree char *name = hansa_sql_name (broken->field->name);
  g_autofree char *sql
      = g_strdup_printf ("SELECT hansa_row, coalesce(CAST(%s AS VARCHAR), '') FROM " NUMBERED
                         " AS f WHERE %s ORDER BY 1 LIMIT %u",
                         name, broken->condition, problems->limit > 0 ? problems->limit : MANY);
  g_autoptr (HansaSealedTable) rows = hansa_bulk_run (engine, sql, &input, error);

  if (rows == NULL)
    return FALSE;
  const HansaTable *table = hansa_sealed_table_view (rows);
  for (gsize row = 0; row < table->n_rows; row++)
    report_cell (resource, broken, (guint64)hansa_integers (table, 0)[row],
                 hansa_text_at (table, 1, row), problems);
  return TRUE;
}

static gboolean
check_rules (HansaEngine *engine, const HansaResource *resource, HansaProblems *problems,
             GError **error)
{
  g_autoptr (GArray) rules = hansa_sql_broken_rules (engine, resource, FILE_RELATION, error);

  for (guint i = 0; rules != NULL && i < rules->len; i++)
    if (!report_rows (engine, resource, &g_array_index (rules, HansaSqlRule, i), problems, error))
      return FALSE;
  return rules != NULL;
}

/* Rows of a CSV file are shown by their lines, in their order. */
static gboolean
find_lines (HansaDataset *dataset, const HansaResource *resource, HansaProblems *problems,
            GError **error)
{
  g_autofree char *file = hansa_resource_file (dataset, resource);

  return g_str_equal (resource->format, "parquet")
         || hansa_csv_find_lines (file, problems->found, error);
}

static gboolean
validate (HansaDataset *dataset, HansaEngine *engine, const HansaResource *resource,
          HansaProblems *problems, GError **error)
{
  HansaKeyTable table = { resource, NUMBERED, "hansa_row" };
  g_autoptr (GPtrArray) targets
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_key_table_free);

  if (!hansa_bulk_add_file (dataset, engine, FILE_RELATION, resource, error))
    return FALSE;
  g_autofree char *view
      = hansa_sql_view (dataset, resource->table, resource, FILE_RELATION, FALSE, error);
  if (view == NULL || !hansa_engine_add_view (engine, MODEL_RELATION, view, error))
    return FALSE;
  for (guint i = 0; i < resource->schema->foreign_keys->len; i++)
    {
      HansaKeyTable *target = add_target (dataset, engine, resource, i, error);
      if (target == NULL)
        return FALSE;
      g_ptr_array_add (targets, target);
    }
  return hansa_engine_lock (engine, error) && check_cells (engine, resource, error)
         && check_rules (engine, resource, problems, error)
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
    return find_lines (dataset, resource, problems, error);
  if (is_problem (failure))
    {
      hansa_problems_add (problems, 0, NULL, NULL, "type", g_strdup (failure->message));
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
