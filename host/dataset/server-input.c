/* SPDX-License-Identifier: MIT
 *
 * Inputs whose tables are on a server, which groups, adds up and answers queries
 * there.
 */
#include "base/error.h"
#include "dataset/bulk.h"
#include "dataset/query.h"
#include "dataset/server.h"
#include "dataset/sql-breaches.h"
#include "dataset/sql-keys.h"
#include "dataset/sql.h"

/* ---- the rules of a table ------------------------------------------------------ */

gboolean
hansa_server_check (HansaDataset *dataset, const HansaResource *resource, HansaProblems *problems,
                    GError **error)
{
  g_autoptr (GArray) rules
      = hansa_sql_broken_rules (dataset->server, resource, resource->path, error);

  for (guint i = 0; rules != NULL && i < rules->len; i++)
    {
      const HansaSqlRule *rule = &g_array_index (rules, HansaSqlRule, i);
      hansa_problems_add (
          problems, 0, rule->field->name, NULL, rule->rule,
          g_strdup_printf (ngettext ("%" G_GINT64_FORMAT " row breaks the rule “%s”.",
                                     "%" G_GINT64_FORMAT " rows break the rule “%s”.",
                                     (gulong)rule->n_rows),
                           rule->n_rows, rule->rule));
    }
  return rules != NULL;
}

/* The table that a key refers to: the model's keys name tables, others resources. */
static HansaKeyTable *
key_target (HansaDataset *dataset, const HansaResource *resource, const HansaForeignKey *key)
{
  const HansaResource *target = resource;

  if (key->resource[0] != '\0')
    target = hansa_dataset_find (dataset, key->resource);
  if (target == NULL)
    target = hansa_dataset_resource (dataset, key->resource);
  return target != NULL ? hansa_key_table_new (target, g_strdup (target->path)) : NULL;
}

gboolean
hansa_server_check_keys (HansaDataset *dataset, const HansaResource *resource,
                         HansaProblems *problems, GError **error)
{
  HansaKeyTable table = { resource, resource->path, NULL };
  g_autoptr (GPtrArray) targets
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_key_table_free);

  for (guint i = 0; i < resource->schema->foreign_keys->len; i++)
    g_ptr_array_add (targets, key_target (dataset, resource,
                                          g_ptr_array_index (resource->schema->foreign_keys, i)));
  return hansa_check_keys_by_sql (dataset->server, &table, targets, problems, error);
}

/* A memo keeps tables; of this one only that it is there counts. */
static gpointer
make_sound (gpointer data, GError **error)
{
  static const HansaField none = { "sound", NULL, HANSA_INTEGER };
  gpointer *wanted = data;
  g_auto (HansaProblems) problems;

  hansa_problems_init (&problems, wanted[1], 0);
  if (!hansa_server_check (wanted[0], wanted[1], &problems, error))
    return NULL;
  if (hansa_problems_any (&problems))
    {
      hansa_problems_set_error (&problems, error);
      return NULL;
    }
  g_autoptr (HansaTableBuilder) builder = hansa_table_builder_new ("sound", &none, 1, 0, error);
  return builder != NULL ? hansa_table_builder_seal (g_steal_pointer (&builder), NULL, error)
                         : NULL;
}

gboolean
hansa_server_sound (HansaDataset *dataset, const HansaResource *resource, GError **error)
{
  gpointer wanted[] = { dataset, (gpointer)resource };
  g_autoptr (HansaSealedTable) sound
      = hansa_memo_get (dataset->sound, resource->name, make_sound, wanted, error);

  return sound != NULL;
}

/* ---- inputs ---------------------------------------------------------------------- */

HansaSealedTable *
hansa_server_input (HansaDataset *dataset, const HansaInput *input, const HansaBinding *binding,
                    GError **error)
{
  if (!hansa_server_sound (dataset, binding->resource, error))
    return NULL;
  g_autofree char *sql = hansa_sql_input (binding, input, NULL);
  return hansa_bulk_run (dataset->server, sql, input, error);
}

HansaSealedTable *
hansa_server_query (HansaDataset *dataset, const HansaInput *input, GError **error)
{
  g_autofree char *query = hansa_query_body (input->query);
  g_auto (GStrv) tables = hansa_query_tables (dataset, query);

  for (char **table = tables; *table != NULL; table++)
    {
      const HansaResource *resource = hansa_dataset_resource (dataset, *table);
      g_autofree char *view = hansa_sql_view (dataset, *table, resource, NULL, FALSE, error);
      if (view == NULL || !hansa_server_sound (dataset, resource, error)
          || !hansa_engine_add_view (dataset->server, *table, view, error))
        return NULL;
    }
  g_autofree char *sql = hansa_sql_ordered (input, query, TRUE);
  return hansa_bulk_run (dataset->server, sql, input, error);
}
