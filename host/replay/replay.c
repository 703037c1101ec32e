/* SPDX-License-Identifier: MIT
 *
 * From the record to a session like the one that made it.
 */
#include "replay/replay.h"

#include "plugin/registry.h"
#include "postgres/address.h"
#include "replay/compare.h"
#include "report/files.h"
#include "run/session.h"

#include <string.h>

/* ---- data ------------------------------------------------------------------------ */

/* Every data file that the run used is there; else which one is not. */
static gboolean
find_files (const HansaRecord *record, const char *dataset, GError **error)
{
  for (guint i = 0; i < json_array_get_length (record->files); i++)
    {
      JsonObject *entry = json_array_get_object_element (record->files, i);
      const char *name = hansa_record_text (entry, "path");
      g_autofree char *file = g_build_filename (dataset, name, NULL);
      if (name == NULL || g_file_test (file, G_FILE_TEST_IS_REGULAR))
        continue;
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                   _ ("the data file %s, which the run used, is missing. Put it back, or say with "
                      "--dataset DIR where the package is now"),
                   file);
      return FALSE;
    }
  return TRUE;
}

static HansaDataset *
open_package (const HansaRecord *record, const char *folder, GError **error)
{
  g_autofree char *manifest = g_build_filename (folder, "datapackage.json", NULL);

  if (g_file_test (manifest, G_FILE_TEST_IS_REGULAR))
    return find_files (record, folder, error) ? hansa_dataset_open (folder, error) : NULL;
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
               _ ("the data are not in %s any more. If they were moved, or the run was started in "
                  "another folder, say with --dataset DIR where they are"),
               folder);
  return NULL;
}

static HansaDataset *
open_data (const HansaRecord *record, const HansaReplayChoice *choice, GError **error)
{
  const char *engine = hansa_record_text (record->object, "engine");
  const char *path
      = choice->dataset != NULL ? choice->dataset : hansa_record_text (record->dataset, "path");

  if (hansa_is_server_address (path))
    return hansa_dataset_open (path, error);
  if (engine == NULL || choice->engine == NULL)
    {
      if (engine == NULL)
        return open_package (record, path, error);
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
                   _ ("the run read its tables from %s; say with --engine ADDRESS where they are "
                      "now (the record keeps no address that could be used by others)"),
                   engine);
      return NULL;
    }
  g_autoptr (HansaDataset) dataset = hansa_dataset_open (path, error);
  if (dataset == NULL || !hansa_dataset_use_server (dataset, choice->engine, error))
    return NULL;
  return g_steal_pointer (&dataset);
}

/* ---- the session ----------------------------------------------------------------- */

/* Where it was, else by its id. */
static gboolean
add_plugin (HansaSession *session, GPtrArray *files, JsonObject *analysis, GError **error)
{
  const char *path = hansa_record_text (analysis, "path");
  const char *id = hansa_record_text (analysis, "id");
  gboolean there
      = path != NULL && strchr (path, '/') != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR);
  HansaPluginFile *file = hansa_registry_find (files, there ? path : id, error);

  if (file == NULL)
    {
      g_prefix_error (error, _ ("the plugin %s of the run is not at %s any more: "), id,
                      path != NULL ? path : "?");
      return FALSE;
    }
  g_ptr_array_add (session->plugins, file);
  return TRUE;
}

static void
add_settings (HansaSession *session, JsonObject *analysis)
{
  const char *id = hansa_record_text (analysis, "id");
  JsonObject *parameters = json_object_get_object_member (analysis, "parameters");
  g_autoptr (GList) names = json_object_get_members (parameters);

  for (GList *name = names; name != NULL; name = name->next)
    {
      const char *text = hansa_record_text (parameters, name->data);
      if (text != NULL)
        g_hash_table_insert (session->settings,
                             g_strdup_printf ("%s.%s", id, (const char *)name->data),
                             g_strdup (text));
    }
}

static gboolean
add_analyses (HansaSession *session, const HansaRecord *record, const char *const *folders,
              GError **error)
{
  g_autoptr (GPtrArray) files = hansa_registry_scan (folders);

  for (guint i = 0; i < json_array_get_length (record->analyses); i++)
    {
      JsonObject *analysis = json_array_get_object_element (record->analyses, i);
      if (!add_plugin (session, files, analysis, error))
        return FALSE;
      add_settings (session, analysis);
    }
  return TRUE;
}

static gboolean
is_chosen (const HansaRecord *record, const char *choice)
{
  return json_object_get_boolean_member_with_default (record->choices, choice, FALSE);
}

static void
add_choices (HansaSession *session, const HansaRecord *record)
{
  const char *language = hansa_record_text (record->object, "language");

  session->png = is_chosen (record, "png");
  session->pdf = is_chosen (record, "pdf");
  session->monochrome = is_chosen (record, "monochrome");
  session->seed = (guint64)json_object_get_int_member (record->object, "seed");
  session->created = hansa_record_text (record->object, "created");
  session->command = hansa_record_text (record->object, "command");
  if (language != NULL)
    hansa_language_parse (language, &session->language);
  session->limits.memory = (guint64)json_object_get_int_member (record->limits, "memory");
  session->limits.result = (guint64)json_object_get_int_member (record->limits, "result");
  session->limits.output = (guint64)json_object_get_int_member (record->limits, "output");
  session->limits.seconds = json_object_get_double_member (record->limits, "seconds");
  session->limits.grace = json_object_get_double_member (record->limits, "grace");
}

/* The tables that the run's study file mapped, and the report's title, as a
 * study of their own. */
static HansaStudy *
make_study (const HansaRecord *record)
{
  HansaStudy *study = g_new0 (HansaStudy, 1);
  g_autoptr (GList) tables = record->map != NULL ? json_object_get_members (record->map) : NULL;

  study->path = g_build_filename (record->folder, "run.json", NULL);
  study->title = hansa_text_copy (hansa_record_words (record->object, "title"));
  study->keys = g_key_file_new ();
  for (GList *table = tables; table != NULL; table = table->next)
    {
      JsonObject *columns = hansa_record_object (record->map, table->data);
      g_autoptr (GList) names = columns != NULL ? json_object_get_members (columns) : NULL;
      g_autofree char *group = g_strconcat ("map.", (const char *)table->data, NULL);
      for (GList *name = names; name != NULL; name = name->next)
        if (hansa_record_text (columns, name->data) != NULL)
          g_key_file_set_string (study->keys, group, name->data,
                                 hansa_record_text (columns, name->data));
    }
  return study;
}

/* ---- running ---------------------------------------------------------------------- */

static gboolean
run_again (HansaSession *session, const HansaRecord *record, const HansaReplayChoice *choice,
           GError **error)
{
  g_autoptr (GPtrArray) skipped
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_skipped_free);
  g_autoptr (HansaStudy) study = make_study (record);
  g_autoptr (HansaDataset) dataset = open_data (record, choice, error);
  HansaExit status;

  session->dataset = dataset;
  session->study = study;
  add_choices (session, record);
  if (dataset == NULL || !hansa_study_map (study, dataset, error)
      || !add_analyses (session, record, choice->plugin_folders, error))
    return FALSE;
  hansa_session_begin (session);
  g_autoptr (HansaRun) run = hansa_session_run (session, &status, skipped, error);
  hansa_session_end (session);
  return run != NULL;
}

HansaReplay *
hansa_replay (const HansaReplayChoice *choice, GError **error)
{
  g_autoptr (HansaRecord) record = hansa_record_read (choice->report, error);
  g_autofree char *folder = record != NULL ? g_dir_make_tmp ("hansa-replay-XXXXXX", error) : NULL;
  g_autofree char *out = folder != NULL ? g_build_filename (folder, "report", NULL) : NULL;

  if (out == NULL)
    {
      if (record != NULL)
        g_prefix_error (error, _ ("no room for the second report: "));
      return NULL;
    }
  g_autoptr (GPtrArray) plugins
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_plugin_file_free);
  g_autoptr (GHashTable) settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  HansaSession session
      = { .plugins = plugins, .settings = settings, .out = out, .jobs = g_get_num_processors () };
  HansaReplay *replay = run_again (&session, record, choice, error)
                            ? hansa_compare_reports (record->folder, out, error)
                            : NULL;
  hansa_files_remove (folder);
  return replay;
}
