/* SPDX-License-Identifier: MIT
 *
 * Table Schemas. A rule that Hansa cannot hold data against is refused, not
 * passed over. A table that our own reader read has met every rule its schema
 * names; of one that an engine read, the cells used have met theirs, and keys are
 * checked by hansa_dataset_validate().
 */
#pragma once

#include "dataset/dataset.h"
#include "dataset/json.h"

G_BEGIN_DECLS

HansaSchema *hansa_schema_parse (JsonNode *node, HansaJsonPlace place, GError **error);
void hansa_schema_free (HansaSchema *schema);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaSchema, hansa_schema_free)

/* Index of the field of that name, or -1. */
int hansa_schema_find (const HansaSchema *schema, const char *name);
/* All names, for "did you mean"; the list is the caller's, the words are not. */
const char **hansa_schema_names (const HansaSchema *schema);

G_END_DECLS
