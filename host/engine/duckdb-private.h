/* SPDX-License-Identifier: MIT
 *
 * Inside of the DuckDB module.
 */
#pragma once

#include "engine/engine.h"

#include <duckdb.h>

G_BEGIN_DECLS

/* The functions of libduckdb that we call. The library is opened at run time:
 * linking it would load 60 MB before the first small CSV is read. */
#define DUCKDB_FUNCTIONS(F)                                                                        \
  F (aggregate_function_add_parameter)                                                             \
  F (aggregate_function_set_error)                                                                 \
  F (aggregate_function_set_functions)                                                             \
  F (aggregate_function_set_name)                                                                  \
  F (aggregate_function_set_return_type)                                                           \
  F (append_data_chunk)                                                                            \
  F (appender_create)                                                                              \
  F (appender_destroy)                                                                             \
  F (appender_error)                                                                               \
  F (close)                                                                                        \
  F (column_count)                                                                                 \
  F (column_logical_type)                                                                          \
  F (column_name)                                                                                  \
  F (connect)                                                                                      \
  F (create_aggregate_function)                                                                    \
  F (create_config)                                                                                \
  F (create_data_chunk)                                                                            \
  F (create_logical_type)                                                                          \
  F (data_chunk_get_size)                                                                          \
  F (data_chunk_get_vector)                                                                        \
  F (data_chunk_reset)                                                                             \
  F (data_chunk_set_size)                                                                          \
  F (decimal_internal_type)                                                                        \
  F (decimal_scale)                                                                                \
  F (destroy_aggregate_function)                                                                   \
  F (destroy_config)                                                                               \
  F (destroy_data_chunk)                                                                           \
  F (destroy_extracted)                                                                            \
  F (destroy_logical_type)                                                                         \
  F (destroy_pending)                                                                              \
  F (destroy_prepare)                                                                              \
  F (destroy_result)                                                                               \
  F (disconnect)                                                                                   \
  F (execute_pending)                                                                              \
  F (extract_statements)                                                                           \
  F (extract_statements_error)                                                                     \
  F (fetch_chunk)                                                                                  \
  F (free)                                                                                         \
  F (get_type_id)                                                                                  \
  F (hugeint_to_double)                                                                            \
  F (interrupt)                                                                                    \
  F (library_version)                                                                              \
  F (open_ext)                                                                                     \
  F (pending_error)                                                                                \
  F (pending_prepared_streaming)                                                                   \
  F (prepare_error)                                                                                \
  F (prepare_extracted_statement)                                                                  \
  F (prepared_statement_type)                                                                      \
  F (query)                                                                                        \
  F (register_aggregate_function)                                                                  \
  F (result_error)                                                                                 \
  F (set_config)                                                                                   \
  F (string_t_data)                                                                                \
  F (string_t_length)                                                                              \
  F (validity_set_row_invalid)                                                                     \
  F (vector_assign_string_element_len)                                                             \
  F (vector_ensure_validity_writable)                                                              \
  F (vector_get_data)                                                                              \
  F (vector_get_validity)                                                                          \
  F (vector_size)

typedef struct
{
#define DECLARE(name) __typeof__ (duckdb_##name) *name;
  DUCKDB_FUNCTIONS (DECLARE)
#undef DECLARE
} HansaDuckdbLibrary;

/* Opened once and kept. */
const HansaDuckdbLibrary *hansa_duckdb_library (GError **error);

typedef struct
{
  const HansaDuckdbLibrary *db;
  duckdb_database database;
  duckdb_connection connection;
  GPtrArray *files; /* paths that stay readable once locked */
  gboolean locked;
  char *version;
} HansaDuckdb;

/* Runs statements of ours. */
gboolean hansa_duckdb_run (HansaDuckdb *self, const char *sql, GError **error);

/* Makes hansa_sum known to the engine's SQL. */
gboolean hansa_duckdb_add_sum (HansaDuckdb *self);

/* `text` in the marks of SQL, appended. */
void hansa_duckdb_quote_name (GString *sql, const char *text);
void hansa_duckdb_quote_text (GString *sql, const char *text);

gboolean hansa_duckdb_add_file (gpointer state, const char *name, const HansaResource *resource,
                                const char *file, GError **error);
gboolean hansa_duckdb_add_table (gpointer state, const char *name, HansaSealedTable *table,
                                 GError **error);
gboolean hansa_duckdb_select (gpointer state, const char *sql, const HansaField *fields,
                              guint n_fields, HansaTableBuilder *builder, int cancel_fd,
                              GError **error);

/* Sets an error from what the library said, in words of ours where it tells
 * which cell of a file is wrong. */
void hansa_duckdb_set_error (HansaDuckdb *self, const char *message, GError **error);

/* Adds a chunk's rows to the builder; `types` are those of its columns. */
gboolean hansa_duckdb_copy_chunk (HansaDuckdb *self, duckdb_data_chunk chunk,
                                  const duckdb_logical_type *types, const HansaField *fields,
                                  guint n_columns, HansaTableBuilder *builder, GError **error);
/* Whether a column of that type can become a HansaType. */
gboolean hansa_duckdb_type_fits (duckdb_type type, guint32 wanted);

G_END_DECLS
