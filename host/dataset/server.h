/* SPDX-License-Identifier: MIT
 *
 * A dataset whose tables are on a server: what it has there, fitted to what is
 * declared of it, and the rules of its cells. docs/reference/server-tables.md.
 */
#pragma once

#include "dataset/mapping.h"
#include "dataset/problem.h"

G_BEGIN_DECLS

/* What a server has, as a dataset. */
HansaDataset *hansa_server_open (const char *address, GError **error);

/* Holds a table to the rules of its fields, where the data are: a problem for
 * each rule that some rows break. FALSE with an error where it cannot. */
gboolean hansa_server_check (HansaDataset *dataset, const HansaResource *resource,
                             HansaProblems *problems, GError **error);
/* Holds a table to its keys, and its references to the tables that they go into. */
gboolean hansa_server_check_keys (HansaDataset *dataset, const HansaResource *resource,
                                  HansaProblems *problems, GError **error);
/* hansa_server_check() of a table that an input reads, once a dataset; the error holds the
 * problems. */
gboolean hansa_server_sound (HansaDataset *dataset, const HansaResource *resource, GError **error);

/* Inputs of a dataset that is on a server. */
HansaSealedTable *hansa_server_input (HansaDataset *dataset, const HansaInput *input,
                                      const HansaBinding *binding, GError **error);
HansaSealedTable *hansa_server_query (HansaDataset *dataset, const HansaInput *input,
                                      GError **error);

G_END_DECLS
