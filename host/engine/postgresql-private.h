/* SPDX-License-Identifier: MIT
 *
 * Inside of the PostgreSQL module.
 */
#pragma once

#include "engine/engine.h"
#include "postgres/connect.h"

G_BEGIN_DECLS

typedef struct
{
  PGconn *connection;
  /* Analyses ask from several threads; one connection is one snapshot, and it
   * answers them in turn. */
  GMutex mutex;
  GHashTable *views; /* name -> SELECT; nothing is created on the server */
  GError *failure;   /* ends the transaction, and so everything after it */
  gboolean has_foreign;
  char *version;
} HansaPostgres;

JsonNode *hansa_postgres_catalog (gpointer state, GError **error);
gboolean hansa_postgres_select (gpointer state, const char *sql, const HansaField *fields,
                                guint n_fields, HansaTableBuilder *builder, int cancel_fd,
                                GError **error);

/* Tells the user where `sql` would bring the rows of other servers here instead
 * of their sums. */
gboolean hansa_postgres_check_plan (HansaPostgres *self, const char *sql, int cancel_fd,
                                    GError **error);

/* Whether a column of that type (an OID) can become a HansaType. */
gboolean hansa_postgres_type_fits (Oid type, guint32 wanted);
/* Puts one present cell, in the server's binary form, into the builder. */
gboolean hansa_postgres_put_cell (HansaTableBuilder *builder, guint column, const HansaField *field,
                                  Oid type, const char *bytes, gsize length, GError **error);

G_END_DECLS
