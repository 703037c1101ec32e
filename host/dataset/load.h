/* SPDX-License-Identifier: MIT
 *
 * A resource's CSV file as a checked, sealed table: columns in the order of
 * its schema, lines as lineage.
 */
#pragma once

#include "dataset/package.h"
#include "dataset/problem.h"

G_BEGIN_DECLS

/* Reads the file and holds it against its schema, foreign keys apart. NULL
 * with problems, or with an error where it cannot be read at all. */
HansaSealedTable *hansa_load_csv (HansaDataset *dataset, const HansaResource *resource,
                                  HansaProblems *problems, GError **error);

/* unique and primaryKey, on a table that was read. */
void hansa_check_keys (const HansaResource *resource, HansaSealedTable *table,
                       HansaProblems *problems);
/* foreignKeys; reads the tables that they name. FALSE with an error when one of
 * those cannot be read. */
gboolean hansa_check_foreign_keys (HansaDataset *dataset, const HansaResource *resource,
                                   HansaSealedTable *table, HansaProblems *problems,
                                   GError **error);

/* A resource's table, read once: without and with foreign keys checked. An
 * error holds the first problems. */
HansaSealedTable *hansa_dataset_table (HansaDataset *dataset, const HansaResource *resource,
                                       GError **error);
HansaSealedTable *hansa_dataset_sound_table (HansaDataset *dataset, const HansaResource *resource,
                                             GError **error);

/* Appends a key's cells to `key`, each ended by a unit separator; FALSE when
 * one of them is missing. */
gboolean hansa_key_append (GString *key, const HansaTable *table, const guint *columns, guint n,
                           gsize row);

/* Whether the resource is left to an engine: Parquet, and CSV too large. */
gboolean hansa_resource_needs_engine (HansaDataset *dataset, const HansaResource *resource);

G_END_DECLS
