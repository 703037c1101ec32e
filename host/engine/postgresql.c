/* SPDX-License-Identifier: MIT
 *
 * The PostgreSQL module: one connection, one snapshot, reading only.
 */
#include "engine/postgresql-private.h"

#include "base/error.h"

#include <string.h>

/* Sums over servers behind this one are made there only where these are on. A
 * query that runs for ten minutes is a mistake, unless the user said how long. */
static const char settings[]
    = "SELECT set_config(name, 'on', false) FROM pg_catalog.pg_settings "
      "WHERE name IN ('enable_partitionwise_aggregate', 'enable_partitionwise_join'); "
      "SELECT CASE WHEN current_setting('statement_timeout') = '0' "
      "THEN set_config('statement_timeout', '600s', false) END";
/* All inputs of a run see the same data. */
static const char snapshot[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

static void
engine_close (gpointer state)
{
  HansaPostgres *self = state;

  g_clear_pointer (&self->connection, PQfinish);
  g_clear_pointer (&self->views, g_hash_table_unref);
  g_clear_error (&self->failure);
  g_mutex_clear (&self->mutex);
  g_free (self->version);
  g_free (self);
}

static gpointer
engine_open (const char *address, GError **error)
{
  g_autoptr (PGconn) connection = hansa_postgres_open (address, error);

  if (connection == NULL || !hansa_postgres_run (connection, settings, -1, error)
      || !hansa_postgres_run (connection, snapshot, -1, error))
    return NULL;
  HansaPostgres *self = g_new0 (HansaPostgres, 1);
  g_autofree char *name = hansa_postgres_name (connection);
  const char *version = PQparameterStatus (connection, "server_version");
  self->version
      = g_strdup_printf ("PostgreSQL %.*s, %s", (int)strcspn (version, " "), version, name);
  self->connection = g_steal_pointer (&connection);
  self->views = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_init (&self->mutex);
  return self;
}

static const char *
engine_version (gpointer state)
{
  return ((HansaPostgres *)state)->version;
}

static gboolean
engine_add_view (gpointer state, const char *name, const char *select, GError **error)
{
  HansaPostgres *self = state;
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  (void)error;
  g_hash_table_replace (self->views, g_strdup (name), g_strdup (select));
  return TRUE;
}

/* The transaction is the lock. */
static gboolean
engine_lock (gpointer state, GError **error)
{
  (void)state;
  (void)error;
  return TRUE;
}

/* What the host looks up. */
extern const HansaEngineModule hansa_engine_module;

HANSA_EXPORT const HansaEngineModule hansa_engine_module = {
  .api = HANSA_ENGINE_API,
  .name = "postgresql",
  .open = engine_open,
  .close = engine_close,
  .add_view = engine_add_view,
  .lock = engine_lock,
  .select = hansa_postgres_select,
  .version = engine_version,
  .catalog = hansa_postgres_catalog,
};
