/* SPDX-License-Identifier: MIT
 *
 * Inside of a plan; only for the files that make one.
 */
#pragma once

#include "publish/publish.h"

G_BEGIN_DECLS

/* The table's description as JSON: the Table Schema in the model's names and units,
 * with texts and sources of the resource and its package. (transfer full) */
char *hansa_publish_describe (HansaDataset *dataset, const HansaResource *resource,
                              const HansaPublishTable *table, JsonObject *manifest);

G_END_DECLS
