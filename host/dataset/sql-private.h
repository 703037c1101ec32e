/* SPDX-License-Identifier: MIT
 *
 * Pieces of SQL, for the files that make it. What they say is common to DuckDB and
 * PostgreSQL, but for what only files need.
 */
#pragma once

#include "dataset/sql.h"

G_BEGIN_DECLS

/* Appends `text` in marks, those within it doubled. */
void hansa_sql_append_quoted (GString *sql, const char *text, char mark);
void hansa_sql_append_number (GString *sql, double number);
/* Appends to a list, parted by commas. */
void hansa_sql_append_item (GString *list, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* A name in its marks; (transfer full), as below. */
char *hansa_sql_name (const char *name);

gboolean hansa_sql_is_parquet (const HansaResource *resource);
gboolean hansa_sql_on_server (const HansaResource *resource);

/* Whether the table's rows are spread over several servers. */
gboolean hansa_sql_is_spread (const HansaResource *resource);

/* Largest finite double. Engines sort NaN above infinity, so one comparison
 * tells that a number is finite. */
#define HANSA_SQL_LARGEST "CAST(1.7976931348623157e308 AS DOUBLE PRECISION)"

/* A bound of the field; "cell IN (choices)", where `operator` is IN or NOT IN. */
void hansa_sql_append_bound_value (GString *sql, const HansaSchemaField *field, double bound);
void hansa_sql_append_choices (GString *sql, const HansaSchemaField *field, const char *cell,
                               const char *operator);

/* `cell` with the field's rules around it. `nan_is_missing`: in Parquet, where
 * some writers say so that there is no number; in CSV it is no number. */
char *hansa_sql_checked (const HansaSchemaField *field, const char *cell, gboolean nan_is_missing);
/* A source's value in the file's own unit. */
char *hansa_sql_source (const HansaResource *resource, const HansaSource *source, guint32 type,
                        gboolean check);
/* `value` in the unit asked for. */
char *hansa_sql_scaled (const char *value, guint32 type, double factor);

/* The columns of an input that groups and sums, from `from`. */
char *hansa_sql_grouped (const HansaBinding *binding, const HansaInput *input, const char *from);

G_END_DECLS
