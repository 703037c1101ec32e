/* SPDX-License-Identifier: MIT
 *
 * Opens engine modules. A module stays loaded once it was: what an engine's
 * library costs is its start.
 */
#include "engine/engine.h"

#include "base/error.h"
#include "base/paths.h"
#include "postgres/address.h"

#include <dlfcn.h>

struct HansaEngine
{
  const HansaEngineModule *module;
  gpointer state;
};

static GMutex mutex;
static GHashTable *modules; /* name -> HansaEngineModule */

static const HansaEngineModule *
load_module (const char *name, GError **error)
{
  g_autofree char *file = g_strdup_printf ("hansa-engine-%s.so", name);
  g_autofree char *path = hansa_path_module (file);

  const char *given = hansa_path_given (HANSA_ENGINE_VARIABLE);

  if (path == NULL && given != NULL)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP,
                   _ ("%s is “%s”, where there is no %s; correct it or unset it"),
                   HANSA_ENGINE_VARIABLE, given, file);
      return NULL;
    }
  if (path == NULL)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP,
                   _ ("The engine “%s” is not installed (%s). DuckDB is needed for Parquet, large "
                      "files and analyses that ask in SQL; PostgreSQL for tables of a server."),
                   name, file);
      return NULL;
    }
  void *library = dlopen (path, RTLD_NOW | RTLD_LOCAL);
  const HansaEngineModule *module = library != NULL ? dlsym (library, "hansa_engine_module") : NULL;
  if (module == NULL)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP, _ ("%s cannot be loaded: %s"), path,
                   dlerror ());
      return NULL;
    }
  if (module->api != HANSA_ENGINE_API)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP,
                   _ ("%s belongs to another version of Hansa: it speaks engine interface %u, this "
                      "program %u. Install Hansa again."),
                   path, module->api, HANSA_ENGINE_API);
      return NULL;
    }
  return module;
}

static const HansaEngineModule *
find_module (const char *name, GError **error)
{
  g_mutex_lock (&mutex);
  if (modules == NULL)
    modules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const HansaEngineModule *module = g_hash_table_lookup (modules, name);
  if (module == NULL)
    {
      module = load_module (name, error);
      if (module != NULL)
        g_hash_table_insert (modules, g_strdup (name), (gpointer)module);
    }
  g_mutex_unlock (&mutex);
  return module;
}

HansaEngine *
hansa_engine_open (const char *name, GError **error)
{
  gboolean server = hansa_is_server_address (name);
  const HansaEngineModule *module = find_module (server ? "postgresql" : name, error);
  gpointer state = module != NULL ? module->open (name, error) : NULL;

  if (state == NULL)
    return NULL;
  HansaEngine *engine = g_new (HansaEngine, 1);
  engine->module = module;
  engine->state = state;
  return engine;
}

void
hansa_engine_close (HansaEngine *engine)
{
  if (engine == NULL)
    return;
  engine->module->close (engine->state);
  g_free (engine);
}

gboolean
hansa_engine_add_file (HansaEngine *engine, const char *name, const HansaResource *resource,
                       const char *file, GError **error)
{
  return engine->module->add_file (engine->state, name, resource, file, error);
}

gboolean
hansa_engine_add_table (HansaEngine *engine, const char *name, HansaSealedTable *table,
                        GError **error)
{
  return engine->module->add_table (engine->state, name, table, error);
}

gboolean
hansa_engine_add_view (HansaEngine *engine, const char *name, const char *select, GError **error)
{
  return engine->module->add_view (engine->state, name, select, error);
}

gboolean
hansa_engine_lock (HansaEngine *engine, GError **error)
{
  return engine->module->lock (engine->state, error);
}

gboolean
hansa_engine_select (HansaEngine *engine, const char *sql, const HansaField *fields, guint n_fields,
                     HansaTableBuilder *builder, int cancel_fd, GError **error)
{
  return engine->module->select (engine->state, sql, fields, n_fields, builder, cancel_fd, error);
}

JsonNode *
hansa_engine_catalog (HansaEngine *engine, GError **error)
{
  return engine->module->catalog (engine->state, error);
}

const char *
hansa_engine_version (HansaEngine *engine)
{
  return engine->module->version (engine->state);
}
