/* SPDX-License-Identifier: MIT
 *
 * The DuckDB module: opening, locking, statements of ours.
 */
#include "engine/duckdb-private.h"

#include "base/error.h"

#include <dlfcn.h>
#include <unistd.h>

#ifndef HANSA_DUCKDB_PATH
#define HANSA_DUCKDB_PATH ""
#endif

/* ---- the library --------------------------------------------------------- */

static void *
open_library (GError **error)
{
  const char *given = g_getenv ("HANSA_DUCKDB");
  Dl_info self;
  g_autofree char *beside = NULL;

  if (dladdr ((void *)&hansa_duckdb_library, &self) != 0 && self.dli_fname != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (self.dli_fname);
      beside = g_build_filename (folder, "libduckdb.so", NULL);
    }
  if (given != NULL && *given == '\0')
    given = NULL;
  if (given != NULL && !g_file_test (given, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP,
                   _ ("HANSA_DUCKDB is “%s”, which is no file; correct it or unset it"), given);
      return NULL;
    }
  const char *candidates[] = { given != NULL ? given : beside, HANSA_DUCKDB_PATH };
  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      if (candidates[i] == NULL || !g_file_test (candidates[i], G_FILE_TEST_IS_REGULAR))
        continue;
      void *library = dlopen (candidates[i], RTLD_LAZY | RTLD_LOCAL);
      if (library != NULL)
        return library;
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP, _ ("%s cannot be loaded: %s"),
                   candidates[i], dlerror ());
      return NULL;
    }
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP,
               _ ("DuckDB's library, libduckdb.so, is not there. Get it with scripts/fetch-duckdb, "
                  "or name it in the environment variable HANSA_DUCKDB."));
  return NULL;
}

static gboolean
resolve (HansaDuckdbLibrary *functions, GError **error)
{
  void *library = open_library (error);
  const char *absent = NULL;

  if (library == NULL)
    return FALSE;
    /* ISO C has no conversion from an object pointer to a function pointer. */
#define RESOLVE(name)                                                                              \
  *(void **)(&functions->name) = dlsym (library, "duckdb_" #name);                                 \
  if (functions->name == NULL)                                                                     \
    absent = "duckdb_" #name;
  DUCKDB_FUNCTIONS (RESOLVE)
#undef RESOLVE
  if (absent != NULL)
    g_set_error (
        error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP,
        _ ("DuckDB's library lacks the function %s: another version of it is needed. Get it "
           "with scripts/fetch-duckdb."),
        absent);
  return absent == NULL;
}

const HansaDuckdbLibrary *
hansa_duckdb_library (GError **error)
{
  static GMutex mutex;
  static HansaDuckdbLibrary functions;
  static gboolean ready;

  g_mutex_lock (&mutex);
  if (!ready)
    ready = resolve (&functions, error);
  g_mutex_unlock (&mutex);
  return ready ? &functions : NULL;
}

/* ---- statements ---------------------------------------------------------- */

void
hansa_duckdb_quote_name (GString *sql, const char *text)
{
  g_string_append_c (sql, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (sql, '"');
      g_string_append_c (sql, *text);
    }
  g_string_append_c (sql, '"');
}

void
hansa_duckdb_quote_text (GString *sql, const char *text)
{
  g_string_append_c (sql, '\'');
  for (; *text != '\0'; text++)
    {
      if (*text == '\'')
        g_string_append_c (sql, '\'');
      g_string_append_c (sql, *text);
    }
  g_string_append_c (sql, '\'');
}

gboolean
hansa_duckdb_run (HansaDuckdb *self, const char *sql, GError **error)
{
  duckdb_result result;
  gboolean ok = self->db->query (self->connection, sql, &result) == DuckDBSuccess;

  if (!ok)
    hansa_duckdb_set_error (self, self->db->result_error (&result), error);
  self->db->destroy_result (&result);
  return ok;
}

/* ---- opening and closing ------------------------------------------------- */

/* Where it spills what does not fit into memory. The default is a folder of
 * whatever directory the user happens to stand in. */
static char *
spill_folder (gconstpointer self)
{
  return g_strdup_printf ("%s/hansa-%d-%p", g_get_tmp_dir (), (int)getpid (), self);
}

static gboolean
open_database (HansaDuckdb *self, GError **error)
{
  g_autofree char *threads = g_strdup_printf ("%u", g_get_num_processors ());
  g_autofree char *spill = spill_folder (self);
  const char *given_threads = g_getenv ("HANSA_ENGINE_THREADS");
  const char *memory = g_getenv ("HANSA_ENGINE_MEMORY"); /* "2GB"; else DuckDB's 80% */
  duckdb_config config = NULL;
  char *message = NULL;

  self->db->create_config (&config);
  self->db->set_config (config, "threads", given_threads != NULL ? given_threads : threads);
  self->db->set_config (config, "temp_directory", spill);
  self->db->set_config (config, "autoinstall_known_extensions", "false");
  self->db->set_config (config, "autoload_known_extensions", "false");
  self->db->set_config (config, "allow_community_extensions", "false");
  gboolean good_memory
      = memory == NULL || self->db->set_config (config, "memory_limit", memory) == DuckDBSuccess;
  gboolean opened = good_memory
                    && self->db->open_ext (NULL, &self->database, config, &message) == DuckDBSuccess
                    && self->db->connect (self->database, &self->connection) == DuckDBSuccess
                    && hansa_duckdb_add_sum (self);
  self->db->destroy_config (&config);
  if (!opened)
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP, _ ("DuckDB does not open: %s"),
                 message != NULL ? message
                                 : _ ("are HANSA_ENGINE_THREADS (a number) and HANSA_ENGINE_MEMORY "
                                      "(such as 2GB) well written?"));
  if (message != NULL)
    self->db->free (message);
  return opened;
}

static void
engine_close (gpointer state)
{
  HansaDuckdb *self = state;

  if (self->connection != NULL)
    self->db->disconnect (&self->connection);
  if (self->database != NULL)
    self->db->close (&self->database);
  g_ptr_array_unref (self->files);
  g_free (self->version);
  g_free (self);
}

static gpointer
engine_open (const char *name, GError **error)
{
  const HansaDuckdbLibrary *library = hansa_duckdb_library (error);

  (void)name;
  if (library == NULL)
    return NULL;
  HansaDuckdb *self = g_new0 (HansaDuckdb, 1);
  self->db = library;
  self->files = g_ptr_array_new_with_free_func (g_free);
  const char *version = library->library_version ();
  self->version = g_strdup_printf ("DuckDB %s", version[0] == 'v' ? version + 1 : version);
  if (open_database (self, error))
    return self;
  engine_close (self);
  return NULL;
}

static const char *
engine_version (gpointer state)
{
  return ((HansaDuckdb *)state)->version;
}

/* ---- views and the lock -------------------------------------------------- */

static gboolean
engine_add_view (gpointer state, const char *name, const char *select, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("CREATE VIEW ");

  hansa_duckdb_quote_name (sql, name);
  g_string_append_printf (sql, " AS %s", select);
  return hansa_duckdb_run (state, sql->str, error);
}

/* The files given stay readable, since views read them when asked. Everything
 * else on disk and network is shut, and the door cannot be opened from SQL. */
static gboolean
engine_lock (gpointer state, GError **error)
{
  HansaDuckdb *self = state;
  g_autoptr (GString) sql = g_string_new ("SET allowed_paths=[");

  for (guint i = 0; i < self->files->len; i++)
    {
      if (i > 0)
        g_string_append_c (sql, ',');
      hansa_duckdb_quote_text (sql, g_ptr_array_index (self->files, i));
    }
  g_string_append (sql, "]; SET enable_external_access=false; SET lock_configuration=true;");
  self->locked = hansa_duckdb_run (self, sql->str, error);
  return self->locked;
}

/* What the host looks up. */
extern const HansaEngineModule hansa_engine_module;

HANSA_EXPORT const HansaEngineModule hansa_engine_module = {
  .api = HANSA_ENGINE_API,
  .name = "duckdb",
  .open = engine_open,
  .close = engine_close,
  .add_file = hansa_duckdb_add_file,
  .add_table = hansa_duckdb_add_table,
  .add_view = engine_add_view,
  .lock = engine_lock,
  .select = hansa_duckdb_select,
  .version = engine_version,
};
