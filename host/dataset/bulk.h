/* SPDX-License-Identifier: MIT
 *
 * Inputs that an engine answers.
 */
#pragma once

#include "dataset/mapping.h"
#include "dataset/problem.h"
#include "engine/engine.h"

G_BEGIN_DECLS

#define HANSA_BULK_ENGINE "duckdb"

HansaSealedTable *hansa_bulk_input (HansaDataset *dataset, const HansaInput *input,
                                    const HansaBinding *binding, GError **error);
/* The same, never all in memory. */
gboolean hansa_bulk_each_batch (HansaDataset *dataset, const HansaInput *input,
                                const HansaBinding *binding, HansaTableFunc func, gpointer data,
                                GError **error);
HansaSealedTable *hansa_bulk_query (HansaDataset *dataset, const HansaInput *input, GError **error);

/* Holds a resource that an engine reads to its types, rules and keys. FALSE with an
 * error where it cannot. */
gboolean hansa_bulk_validate (HansaDataset *dataset, const HansaResource *resource,
                              HansaProblems *problems, GError **error);

/* The resource's file as relation `name`. */
gboolean hansa_bulk_add_file (HansaDataset *dataset, HansaEngine *engine, const char *name,
                              const HansaResource *resource, GError **error);
/* What a SELECT gives, as the columns of `input`; the engine must be locked. */
HansaSealedTable *hansa_bulk_run (HansaEngine *engine, const char *sql, const HansaInput *input,
                                  GError **error);

G_END_DECLS
