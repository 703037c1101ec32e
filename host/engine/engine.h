/* SPDX-License-Identifier: MIT
 *
 * A relational engine: answers SELECTs over model tables. Engines are modules
 * (hansa-engine-NAME.so) that the host opens when one is first needed, so that
 * reading a small CSV loads none of them.
 */
#pragma once

#include "dataset/dataset.h"

G_BEGIN_DECLS

typedef struct HansaEngine HansaEngine;

/* The name says which module: "duckdb", or a server's postgresql:// address. */
HansaEngine *hansa_engine_open (const char *name, GError **error);
void hansa_engine_close (HansaEngine *engine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaEngine, hansa_engine_close)

/* Makes a file known as the relation `name`, with the resource's declared
 * types: a CSV (UTF-8) or a Parquet file. Nothing is read yet. */
gboolean hansa_engine_add_file (HansaEngine *engine, const char *name,
                                const HansaResource *resource, const char *file, GError **error);
/* Makes a sealed table known as the relation `name`. */
gboolean hansa_engine_add_table (HansaEngine *engine, const char *name, HansaSealedTable *table,
                                 GError **error);
/* A view: the model table `name` is what `select` gives. */
gboolean hansa_engine_add_view (HansaEngine *engine, const char *name, const char *select,
                                GError **error);
/* After this the engine reads nothing but the files it was given and writes
 * nothing; SELECTs of plugins run from then on. */
gboolean hansa_engine_lock (HansaEngine *engine, GError **error);
/* Runs a SELECT and fills `builder`. SQL of the host may call hansa_sum (DOUBLE),
 * the exact sum, whatever the order of rows. The fields are given again: what comes is
 * checked against them, by place, number and type. A number that is not finite
 * becomes a missing cell. Errors in data name file, line, column where known.
 * `cancel_fd` (-1: none) becoming readable ends it with HANSA_EXIT_CANCELLED. */
gboolean hansa_engine_select (HansaEngine *engine, const char *sql, const HansaField *fields,
                              guint n_fields, HansaTableBuilder *builder, int cancel_fd,
                              GError **error);
/* What a server has: {"database", "tables": [{"name", "path" (as SQL names it),
 * "fields": [{"name", "type", "comment"}], "shard": [column] or null}], "resources": the
 * rows of hansa.resource, absent or null}. NULL with an error. */
JsonNode *hansa_engine_catalog (HansaEngine *engine, GError **error);
/* "DuckDB 1.4.4"; (transfer none). */
const char *hansa_engine_version (HansaEngine *engine);

/* What a module exports as `hansa_engine_module`: the functions above, on its
 * own state. `api` must be HANSA_ENGINE_API. `open` gets the name it was asked by.
 * A module of servers has no add_file and add_table, but a catalog. */
#define HANSA_ENGINE_API 2
typedef struct
{
  guint32 api;
  const char *name;
  gpointer (*open) (const char *name, GError **error);
  void (*close) (gpointer state);
  gboolean (*add_file) (gpointer state, const char *name, const HansaResource *resource,
                        const char *file, GError **error);
  gboolean (*add_table) (gpointer state, const char *name, HansaSealedTable *table, GError **error);
  gboolean (*add_view) (gpointer state, const char *name, const char *select, GError **error);
  gboolean (*lock) (gpointer state, GError **error);
  gboolean (*select) (gpointer state, const char *sql, const HansaField *fields, guint n_fields,
                      HansaTableBuilder *builder, int cancel_fd, GError **error);
  const char *(*version) (gpointer state);
  JsonNode *(*catalog) (gpointer state, GError **error);
} HansaEngineModule;

G_END_DECLS
