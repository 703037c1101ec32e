/* SPDX-License-Identifier: MIT
 *
 * The model's vocabulary (datasets/model), where it says what the package at
 * hand leaves open: the unit in which a query sees a column.
 */
#pragma once

#include "dataset/mapping.h"

G_BEGIN_DECLS

/* The vocabulary's file on a table, or NULL. (transfer full) */
char *hansa_model_file (HansaDataset *dataset, const char *table);
/* The schema of a table; NULL where the vocabulary does not have it. */
HansaSchema *hansa_model_schema (HansaDataset *dataset, const char *table);
/* Sets the source's factor into the model's unit of `column`. A table that the
 * vocabulary does not have keeps the units its package declares. FALSE when
 * the units do not convert. */
gboolean hansa_model_factor (HansaDataset *dataset, const char *table, const char *column,
                             const HansaResource *resource, HansaSource *source, GError **error);

G_END_DECLS
