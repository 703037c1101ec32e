/* SPDX-License-Identifier: MIT
 *
 * Inside of the module: one publishing, in one transaction.
 */
#pragma once

#include "postgres/connect.h"
#include "publish/publish.h"

G_BEGIN_DECLS

typedef struct
{
  PGconn *connection;
  const HansaPublishPlan *plan;
  const HansaPublishOptions *options;
  HansaPublishOutcome *outcome;
  char *schema; /* quoted for SQL */
} HansaPublisher;

/* ---- SQL (server-sql.c) ---- */

/* Quoted for SQL; (transfer full). */
char *hansa_server_name (const char *name);
char *hansa_server_text (const char *text);
/* "a", "b"; each after `prefix` ("t."); (transfer full) */
char *hansa_server_names (char *const *names, const char *prefix);
/* ("t"."a", "t"."b") = ("n"."a", "n"."b") */
char *hansa_server_same_key (char *const *names);
gboolean hansa_server_run (HansaPublisher *publisher, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
PGresult *hansa_server_query (HansaPublisher *publisher, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* ---- what stands around the tables (server-base.c) ---- */

/* Makes the schema, its roles and its own tables where they are not there. */
gboolean hansa_server_ensure_base (HansaPublisher *publisher, GError **error);

/* ---- what a table is to be (server-table.c) ---- */

typedef struct
{
  char *name;
  char *definition; /* also kept as the constraint's comment, to be compared */
} HansaServerRule;

/* Keys and checks, or foreign keys, that the schema asks for. */
GPtrArray *hansa_server_rules (HansaPublisher *publisher, const HansaPublishTable *table,
                               gboolean foreign);
const char *hansa_server_type (const HansaSchemaField *field);
/* "Title / 标题 (unit)"; (transfer full). */
char *hansa_server_comment (HansaText title, const char *unit);
/* CREATE TABLE with its rights and history, without rules and comments. */
void hansa_server_create_table (HansaPublisher *publisher, const HansaPublishTable *table,
                                GString *sql);

/* ---- the tables as they are, and what brings them there (server-migrate.c) ---- */

/* Sets outcome->tables_changed. */
gboolean hansa_server_migrate (HansaPublisher *publisher, GError **error);

/* ---- rows (server-rows.c) ---- */

/* The temporary table that holds the package's rows; (transfer full). */
char *hansa_server_staged (guint index);
gboolean hansa_server_stage (HansaPublisher *publisher, guint index, GError **error);
gboolean hansa_server_merge (HansaPublisher *publisher, guint index, GError **error);
/* Rows of this package and office in tables that the package has no more. */
gboolean hansa_server_withdraw (HansaPublisher *publisher, GError **error);

/* ---- rows that the server cannot take, by name (server-breach.c) ---- */

gboolean hansa_server_find_foreign_rows (HansaPublisher *publisher, guint index, GError **error);
gboolean hansa_server_find_broken_rules (HansaPublisher *publisher, guint index, GError **error);
gboolean hansa_server_find_dangling (HansaPublisher *publisher, GError **error);

G_END_DECLS
