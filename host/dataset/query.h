/* SPDX-License-Identifier: MIT
 *
 * What a plugin's query may say, before any engine sees it: one SELECT over
 * model tables, in functions that DuckDB and PostgreSQL share.
 */
#pragma once

#include "dataset/package.h"

G_BEGIN_DECLS

/* FALSE with HANSA_EXIT_DATA where the query is none that may run. */
gboolean hansa_query_check (const char *query, GError **error);

/* hansa_dataset_can_answer() for an input with a query. `there` becomes FALSE
 * for an optional input one of whose tables is not there. */
gboolean hansa_query_can_answer (HansaDataset *dataset, const HansaInput *input, gboolean *there,
                                 GError **error);

/* The tables of the dataset whose names occur as words; (transfer full). */
GStrv hansa_query_tables (HansaDataset *dataset, const char *query);

/* TRUE where each row of the answer comes from one row of one table, so that a
 * scan in the order of the file gives them in that order. FALSE when in doubt. */
gboolean hansa_query_is_rowwise (const char *query);

/* The query without the semicolon at its end; (transfer full). */
char *hansa_query_body (const char *query);

G_END_DECLS
