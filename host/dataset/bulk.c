/* SPDX-License-Identifier: MIT */
#include "dataset/bulk.h"

#include "base/cancel.h"
#include "base/error.h"
#include "dataset/encoding.h"
#include "dataset/load.h"
#include "dataset/query.h"
#include "dataset/shape.h"
#include "dataset/sql.h"
#include "engine/engine.h"

#include <glib/gstdio.h>

/* Our own reader tells which line each number comes from and holds a table to
 * every rule; an engine costs 45 ms before the first row and reads four times
 * as fast. They meet at 2 MiB; up to here our own costs a tenth of a second more
 * at most. docs/decisions/0002-small-tables-without-engine.md has the figures. */
#define LARGE_FILE (8u << 20)
#define FILE_RELATION "hansa_file"
/* Some megabytes, as tables go. */
#define BATCH_ROWS 65536

static guint64
large_file (void)
{
  const char *given = g_getenv ("HANSA_ENGINE_ABOVE");
  guint64 bytes;

  if (given != NULL && g_ascii_string_to_unsigned (given, 10, 0, G_MAXUINT64, &bytes, NULL))
    return bytes;
  return LARGE_FILE;
}

gboolean
hansa_resource_needs_engine (HansaDataset *dataset, const HansaResource *resource)
{
  g_autofree char *file = hansa_resource_file (dataset, resource);
  GStatBuf status;

  if (g_str_equal (resource->format, "parquet"))
    return TRUE;
  /* Engines read UTF-8 only. */
  return hansa_encoding_is_utf8 (resource->encoding) && g_stat (file, &status) == 0
         && S_ISREG (status.st_mode) && (guint64)status.st_size > large_file ();
}

static gboolean
fill (HansaEngine *engine, const char *sql, const HansaInput *input, HansaTableBuilder *builder,
      GError **error)
{
  g_autofree HansaField *fields = g_new0 (HansaField, input->n_columns);

  for (guint i = 0; i < input->n_columns; i++)
    fields[i]
        = (HansaField){ input->columns[i].name, input->columns[i].unit, input->columns[i].type };
  return hansa_engine_select (engine, sql, fields, input->n_columns, builder,
                              hansa_cancel_descriptor (), error);
}

HansaSealedTable *
hansa_bulk_run (HansaEngine *engine, const char *sql, const HansaInput *input, GError **error)
{
  g_autoptr (HansaTableBuilder) builder = hansa_input_builder (input, 0, error);

  if (builder == NULL || !fill (engine, sql, input, builder, error))
    return NULL;
  return hansa_table_builder_seal (g_steal_pointer (&builder), NULL, error);
}

/* Before the engine is loaded, which keeps one core busy only. */
static void
begin_sum (HansaDataset *dataset, const HansaResource *resource)
{
  g_autofree char *file = hansa_resource_file (dataset, resource);

  hansa_sums_begin (dataset->sums, dataset->store, file);
}

gboolean
hansa_bulk_add_file (HansaDataset *dataset, HansaEngine *engine, const char *name,
                     const HansaResource *resource, GError **error)
{
  g_autofree char *file = hansa_resource_file (dataset, resource);

  return hansa_file_readable (file, error)
         && hansa_engine_add_file (engine, name, resource, file, error);
}

/* An engine that knows the resource's file and nothing else. */
static HansaEngine *
open_file (HansaDataset *dataset, const HansaResource *resource, GError **error)
{
  g_autoptr (HansaEngine) engine = hansa_engine_open (HANSA_BULK_ENGINE, error);

  if (engine == NULL || !hansa_bulk_add_file (dataset, engine, FILE_RELATION, resource, error)
      || !hansa_engine_lock (engine, error))
    return NULL;
  return g_steal_pointer (&engine);
}

HansaSealedTable *
hansa_bulk_input (HansaDataset *dataset, const HansaInput *input, const HansaBinding *binding,
                  GError **error)
{
  begin_sum (dataset, binding->resource);
  g_autoptr (HansaEngine) engine = open_file (dataset, binding->resource, error);
  g_autofree char *sql = hansa_sql_input (binding, input, FILE_RELATION);

  return engine != NULL ? hansa_bulk_run (engine, sql, input, error) : NULL;
}

gboolean
hansa_bulk_each_batch (HansaDataset *dataset, const HansaInput *input, const HansaBinding *binding,
                       HansaTableFunc func, gpointer data, GError **error)
{
  g_autoptr (HansaEngine) engine = open_file (dataset, binding->resource, error);
  g_autofree char *sql = hansa_sql_input (binding, input, FILE_RELATION);
  g_autoptr (HansaTableBuilder) builder
      = engine != NULL ? hansa_input_builder (input, BATCH_ROWS, error) : NULL;

  if (builder == NULL)
    return FALSE;
  hansa_table_builder_hand_over (builder, BATCH_ROWS, func, data);
  return fill (engine, sql, input, builder, error) && hansa_table_builder_drain (builder, error);
}

/* A model table as a relation of its name: a view over the file or table. */
static gboolean
add_model_table (HansaDataset *dataset, HansaEngine *engine, const char *table, GError **error)
{
  const HansaResource *resource = hansa_dataset_resource (dataset, table);
  gboolean raw = hansa_resource_needs_engine (dataset, resource);
  g_autofree char *source = g_strconcat ("hansa_source_", table, NULL);

  if (raw)
    {
      if (!hansa_bulk_add_file (dataset, engine, source, resource, error))
        return FALSE;
    }
  else
    {
      g_autoptr (HansaSealedTable) sealed = hansa_dataset_sound_table (dataset, resource, error);
      if (sealed == NULL || !hansa_engine_add_table (engine, source, sealed, error))
        return FALSE;
    }
  g_autofree char *view = hansa_sql_view (dataset, table, resource, source, raw, error);
  return view != NULL && hansa_engine_add_view (engine, table, view, error);
}

HansaSealedTable *
hansa_bulk_query (HansaDataset *dataset, const HansaInput *input, GError **error)
{
  g_autofree char *query = hansa_query_body (input->query);
  g_auto (GStrv) tables = hansa_query_tables (dataset, query);

  for (char **table = tables; *table != NULL; table++)
    begin_sum (dataset, hansa_dataset_resource (dataset, *table));
  g_autoptr (HansaEngine) engine = hansa_engine_open (HANSA_BULK_ENGINE, error);
  if (engine == NULL)
    return NULL;
  for (char **table = tables; *table != NULL; table++)
    if (!add_model_table (dataset, engine, *table, error))
      return NULL;
  if (!hansa_engine_lock (engine, error))
    return NULL;
  /* Number and types of its columns first: sorting by a column that is not
   * there would end in words about the sorting. */
  g_autofree char *shape = g_strdup_printf ("SELECT * FROM (%s\n) AS q LIMIT 0", query);
  g_autoptr (HansaSealedTable) empty = hansa_bulk_run (engine, shape, input, error);
  if (empty == NULL)
    return NULL;
  /* A plain scan has an order: that of the file. */
  g_autofree char *sql = hansa_query_is_rowwise (query)
                             ? g_strdup_printf ("SELECT * FROM (%s\n) AS q", query)
                             : hansa_sql_ordered (input, query, FALSE);
  return hansa_bulk_run (engine, sql, input, error);
}
