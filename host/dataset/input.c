/* SPDX-License-Identifier: MIT
 *
 * Inputs of analyses, each made once.
 */
#include "base/cancel.h"
#include "base/error.h"
#include "dataset/bulk.h"
#include "dataset/load.h"
#include "dataset/query.h"
#include "dataset/server.h"
#include "dataset/shape.h"
#include "dataset/stored.h"

#include <string.h>

/* All that an input's table depends on, as one word. */
static char *
memo_key (const HansaInput *input)
{
  GString *key = g_string_new (input->name);

  g_string_append_printf (key, "\n%u\n%s", input->flags, input->query != NULL ? input->query : "");
  for (guint i = 0; i < input->n_columns; i++)
    {
      const HansaColumn *column = &input->columns[i];
      g_string_append_printf (key, "\n%s\t%u\t%u\t%s", column->name, column->type, column->flags,
                              column->unit != NULL ? column->unit : "");
    }
  return g_string_free (key, FALSE);
}

typedef struct
{
  HansaDataset *dataset;
  const HansaInput *input;
} Wanted;

static HansaSealedTable *
empty_table (const HansaInput *input, GError **error)
{
  g_autoptr (HansaTableBuilder) builder = hansa_input_builder (input, 0, error);

  if (builder == NULL)
    return NULL;
  return hansa_table_builder_seal (g_steal_pointer (&builder), NULL, error);
}

static HansaSealedTable *
read_input (HansaDataset *dataset, const HansaInput *input, GError **error)
{
  g_autoptr (HansaBinding) binding = NULL;

  if (input->query != NULL)
    {
      gboolean there;
      if (!hansa_query_can_answer (dataset, input, &there, error))
        return NULL;
      if (!there)
        return empty_table (input, error);
      return dataset->server != NULL ? hansa_server_query (dataset, input, error)
                                     : hansa_bulk_query (dataset, input, error);
    }
  if (!hansa_bind (dataset, input, &binding, error))
    return NULL;
  if (binding == NULL)
    return empty_table (input, error);
  if (dataset->server != NULL)
    return hansa_server_input (dataset, input, binding, error);
  if (hansa_resource_needs_engine (dataset, binding->resource))
    return hansa_bulk_input (dataset, input, binding, error);
  g_autoptr (HansaSealedTable) table
      = hansa_dataset_sound_table (dataset, binding->resource, error);
  return table != NULL ? hansa_shape (binding, input, table, error) : NULL;
}

static gpointer
compute_input (gpointer data, GError **error)
{
  const Wanted *wanted = data;

  if (hansa_is_run_cancelled ())
    {
      g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_CANCELLED, _ ("cancelled"));
      return NULL;
    }
  g_autoptr (HansaSealedTable) table = read_input (wanted->dataset, wanted->input, error);
  if (table == NULL || !hansa_check_missing (wanted->input, table, error))
    return NULL;
  return g_steal_pointer (&table);
}

static gpointer
make_input (gpointer data, GError **error)
{
  const Wanted *wanted = data;
  return hansa_stored_table (wanted->dataset, HANSA_STAGE_INPUT, hansa_input_key, wanted->input,
                             compute_input, data, error);
}

HansaSealedTable *
hansa_dataset_input (HansaDataset *dataset, const HansaInput *input, GError **error)
{
  g_autofree char *key = memo_key (input);
  Wanted wanted = { dataset, input };

  return hansa_memo_get (dataset->inputs, key, make_input, &wanted, error);
}

typedef struct
{
  const HansaInput *input;
  HansaTableFunc func;
  gpointer data;
} Batches;

static gboolean
take_batch (HansaSealedTable *table, gpointer data, GError **error)
{
  const Batches *batches = data;

  return hansa_check_missing (batches->input, table, error)
         && batches->func (table, batches->data, error);
}

gboolean
hansa_dataset_each_batch (HansaDataset *dataset, const HansaInput *input, HansaTableFunc func,
                          gpointer data, GError **error)
{
  g_autoptr (HansaBinding) binding = NULL;
  Batches batches = { input, func, data };

  if (input->query == NULL && !hansa_bind (dataset, input, &binding, error))
    return FALSE;
  if (binding != NULL && dataset->server == NULL
      && hansa_resource_needs_engine (dataset, binding->resource))
    return hansa_bulk_each_batch (dataset, input, binding, take_batch, &batches, error);
  g_autoptr (HansaSealedTable) table = hansa_dataset_input (dataset, input, error);
  return table != NULL && func (table, data, error);
}

gboolean
hansa_dataset_can_answer (HansaDataset *dataset, const HansaInput *input, GError **error)
{
  g_autoptr (HansaBinding) binding = NULL;
  gboolean there;

  return input->query != NULL ? hansa_query_can_answer (dataset, input, &there, error)
                              : hansa_bind (dataset, input, &binding, error);
}

static gboolean
can_read_table (HansaDataset *dataset, const char *table, GError **error)
{
  const HansaResource *resource = hansa_dataset_resource (dataset, table);
  g_autofree char *file = resource != NULL && dataset->server == NULL
                              ? hansa_resource_file (dataset, resource)
                              : NULL;

  return file == NULL || hansa_file_readable (file, error);
}

gboolean
hansa_dataset_can_read (HansaDataset *dataset, const HansaInput *input, GError **error)
{
  if (input->query == NULL)
    return can_read_table (dataset, input->name, error);
  g_auto (GStrv) tables = hansa_query_tables (dataset, input->query);
  for (char **table = tables; *table != NULL; table++)
    if (!can_read_table (dataset, *table, error))
      return FALSE;
  return TRUE;
}
