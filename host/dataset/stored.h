/* SPDX-License-Identifier: MIT
 *
 * Tables and inputs by way of the store; only for the files of this folder.
 */
#pragma once

#include "dataset/package.h"

G_BEGIN_DECLS

/* All that a thing depends on, as a key of the store; NULL: not to be kept.
 * (transfer full) */
typedef char *(*HansaKeyFunc) (HansaDataset *dataset, gconstpointer of);

/* Of a HansaResource, read and checked: its file and its description, and those
 * of the tables that its foreign keys name. */
char *hansa_table_key (HansaDataset *dataset, gconstpointer resource);
/* Of a HansaInput. */
char *hansa_input_key (HansaDataset *dataset, gconstpointer input);

/* What `make (data)` makes, or made before. It is kept only when the key is
 * the same afterwards: no file changed while it was read. */
HansaSealedTable *hansa_stored_table (HansaDataset *dataset, HansaStage stage, HansaKeyFunc key,
                                      gconstpointer of, HansaMemoMake make, gpointer data,
                                      GError **error);

G_END_DECLS
