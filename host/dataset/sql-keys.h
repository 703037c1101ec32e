/* SPDX-License-Identifier: MIT
 *
 * Primary keys, unique columns and foreign keys, held by queries where the rows
 * are: in a file that an engine reads, or on a server.
 */
#pragma once

#include "dataset/problem.h"
#include "engine/engine.h"

G_BEGIN_DECLS

typedef struct
{
  const HansaResource *resource;
  char *relation;  /* as SQL names it */
  const char *row; /* its column with the number of a row; NULL: rows have none */
} HansaKeyTable;

HansaKeyTable *hansa_key_table_new (const HansaResource *resource, char *relation);
void hansa_key_table_free (HansaKeyTable *table);

/* `targets`: the table of each foreign key, in the order of the schema; NULL where
 * there is none to hold it against. A key whose columns are not all there is passed
 * over as well. FALSE with an error where the engine fails. */
gboolean hansa_check_keys_by_sql (HansaEngine *engine, const HansaKeyTable *table,
                                  const GPtrArray *targets, HansaProblems *problems,
                                  GError **error);

G_END_DECLS
