/* SPDX-License-Identifier: MIT
 *
 * Which rules of its fields the rows of a table break, found by one query where
 * they are.
 */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

typedef struct
{
  const HansaSchemaField *field;
  const char *rule;
  char *condition; /* in SQL: the row breaks it */
  gint64 n_rows;
} HansaSqlRule;

/* The rules that some row of `relation` breaks: HansaSqlRule. NULL with an error. */
GArray *hansa_sql_broken_rules (HansaEngine *engine, const HansaResource *resource,
                                const char *relation, GError **error);

G_END_DECLS
