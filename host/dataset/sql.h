/* SPDX-License-Identifier: MIT
 *
 * The SQL that the host makes: an input over a large file, and the views
 * through which a plugin's query sees a model table.
 */
#pragma once

#include "dataset/mapping.h"

G_BEGIN_DECLS

/* An input's columns from `relation`, which holds the resource's file as it is:
 * mapped, converted, held to the rules of each field, grouped and summed. */
/* A server's table is read under its own name, whatever `relation` says. */
char *hansa_sql_input (const HansaBinding *binding, const HansaInput *input, const char *relation);

/* All columns that the resource has as model table `table`, in model units.
 * `raw`: the relation is the file, whose cells are still to be checked. */
char *hansa_sql_view (HansaDataset *dataset, const char *table, const HansaResource *resource,
                      const char *relation, gboolean raw, GError **error);

/* The rows of `select`, which gives the input's columns, in a fixed order: equal
 * data are equal bytes. `collated`: text is put in order by its bytes, which is no
 * matter of course on a server. */
char *hansa_sql_ordered (const HansaInput *input, const char *select, gboolean collated);

G_END_DECLS
