/* SPDX-License-Identifier: MIT
 *
 * Checking a whole package.
 */
#include "base/error.h"
#include "dataset/bulk.h"
#include "dataset/load.h"

/* A large file is read by the engine, every column of it, so that each cell's
 * type and rules are checked; it stops at the first breach. */
static void
validate_bulk (HansaDataset *dataset, const HansaResource *resource, HansaProblems *problems)
{
  guint n = resource->schema->fields->len;
  g_autofree HansaColumn *columns = g_new0 (HansaColumn, n);
  g_autoptr (HansaBinding) binding = g_new0 (HansaBinding, 1);
  g_autoptr (GError) error = NULL;

  binding->resource = resource;
  binding->n_sources = n;
  binding->sources = g_new0 (HansaSource, n);
  for (guint i = 0; i < n; i++)
    {
      const HansaSchemaField *field = g_ptr_array_index (resource->schema->fields, i);
      columns[i] = (HansaColumn){
        .name = field->name, .type = field->type, .flags = HANSA_NULLABLE, .unit = field->unit
      };
      binding->sources[i] = (HansaSource){
        .kind = HANSA_FROM_COLUMN, .column = i, .field = field, .type = field->type, .factor = 1.0
      };
    }
  HansaInput input = { .name = resource->table, .columns = columns, .n_columns = n };
  g_autoptr (HansaSealedTable) table = hansa_bulk_input (dataset, &input, binding, &error);
  if (table == NULL)
    hansa_problems_add (problems, 0, NULL, NULL, "type", g_strdup (error->message));
}

static gboolean
validate_resource (HansaDataset *dataset, const HansaResource *resource, HansaProblems *problems,
                   GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (hansa_resource_needs_engine (dataset, resource))
    {
      validate_bulk (dataset, resource, problems);
      return TRUE;
    }
  g_autoptr (HansaSealedTable) table = hansa_load_csv (dataset, resource, problems, &cause);
  if (table != NULL)
    {
      /* A target with problems of its own is reported where it stands. */
      (void)hansa_check_foreign_keys (dataset, resource, table, problems, NULL);
      return TRUE;
    }
  if (cause == NULL)
    return TRUE;
  if (g_error_matches (cause, HANSA_HOST_ERROR, HANSA_EXIT_DATA))
    {
      hansa_problems_add (problems, 0, NULL, NULL, "structure", g_strdup (cause->message));
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

gboolean
hansa_dataset_validate (HansaDataset *dataset, guint limit, GPtrArray *problems, GError **error)
{
  guint before = problems->len;

  for (guint i = 0; i < dataset->resources->len; i++)
    {
      const HansaResource *resource = g_ptr_array_index (dataset->resources, i);
      g_auto (HansaProblems) found;
      hansa_problems_init (&found, resource, limit);
      if (!validate_resource (dataset, resource, &found, error))
        return FALSE;
      while (found.found->len > 0)
        g_ptr_array_add (problems, g_ptr_array_steal_index (found.found, 0));
    }
  return problems->len == before;
}
