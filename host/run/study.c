/* SPDX-License-Identifier: MIT */
#include "run/study.h"

#include "base/error.h"
#include "base/nearest.h"
#include "base/paths.h"
#include "postgres/address.h"

#include <string.h>

static const char *const study_keys[]
    = { "title", "title[zh]", "title[en]", "dataset", "engine", "plugins", NULL };

void
hansa_study_free (HansaStudy *study)
{
  if (study == NULL)
    return;
  g_free (study->path);
  g_free (study->dataset);
  g_free (study->engine);
  hansa_text_clear (&study->title);
  g_strfreev (study->plugins);
  g_clear_pointer (&study->keys, g_key_file_unref);
  g_free (study);
}

gboolean
hansa_study_looks_like (const char *path)
{
  return g_str_has_suffix (path, ".study")
         || (g_file_test (path, G_FILE_TEST_IS_REGULAR) && !g_str_has_suffix (path, ".json"));
}

static gboolean
check_keys (const HansaStudy *study, GError **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (study->keys, "study", NULL, NULL);

  if (keys == NULL)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
                   _ ("%s: a study file begins with a group [study]"), study->path);
      return FALSE;
    }
  for (char **key = keys; *key != NULL; key++)
    if (!g_strv_contains (study_keys, *key))
      {
        const char *near = hansa_nearest (*key, study_keys);
        g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
                     _ ("%s: unknown key \"%s\" in [study]; did you mean \"%s\"?"), study->path,
                     *key, near != NULL ? near : "dataset");
        return FALSE;
      }
  return TRUE;
}

static char *
resolve_dataset (const HansaStudy *study, const char *name)
{
  if (hansa_is_server_address (name))
    return g_strdup (name);
  g_autofree char *folder = g_path_get_dirname (study->path);
  g_autofree char *beside = g_canonicalize_filename (name, folder);
  if (g_file_test (beside, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&beside);
  return hansa_path_dataset (name);
}

HansaStudy *
hansa_study_read (const char *path, GError **error)
{
  g_autoptr (HansaStudy) study = g_new0 (HansaStudy, 1);
  g_autoptr (GError) problem = NULL;

  study->path = g_canonicalize_filename (path, NULL);
  study->keys = g_key_file_new ();
  g_key_file_set_list_separator (study->keys, ';');
  if (!g_key_file_load_from_file (study->keys, path, G_KEY_FILE_KEEP_TRANSLATIONS, &problem))
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
                   _ ("cannot read the study file %s: %s"), path, problem->message);
      return NULL;
    }
  if (!check_keys (study, error))
    return NULL;

  g_autofree char *dataset = g_key_file_get_string (study->keys, "study", "dataset", NULL);
  if (dataset == NULL)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
                   _ ("%s: [study] lacks \"dataset\", the folder of the data package"), path);
      return NULL;
    }
  study->dataset = resolve_dataset (study, dataset);
  study->engine = g_key_file_get_string (study->keys, "study", "engine", NULL);
  study->title.en = g_key_file_get_string (study->keys, "study", "title", NULL);
  study->title.zh = g_key_file_get_string (study->keys, "study", "title[zh]", NULL);
  study->plugins = g_key_file_get_string_list (study->keys, "study", "plugins", NULL, NULL);
  for (char **id = study->plugins; id != NULL && *id != NULL; id++)
    g_strstrip (*id);
  return g_steal_pointer (&study);
}

char *
hansa_study_param (const HansaStudy *study, const char *plugin, const char *param)
{
  return g_key_file_get_string (study->keys, plugin, param, NULL);
}

GStrv
hansa_study_params (const HansaStudy *study, const char *plugin)
{
  GStrv keys = g_key_file_get_keys (study->keys, plugin, NULL, NULL);
  return keys != NULL ? keys : g_new0 (char *, 1);
}

static gboolean
map_table (const HansaStudy *study, const char *group, HansaDataset *dataset, GError **error)
{
  g_autoptr (GHashTable) columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *resource = g_key_file_get_string (study->keys, group, "resource", NULL);
  g_auto (GStrv) keys = g_key_file_get_keys (study->keys, group, NULL, NULL);
  const char *table = group + strlen ("map.");

  for (char **key = keys; key != NULL && *key != NULL; key++)
    if (!g_str_equal (*key, "resource"))
      g_hash_table_insert (columns, g_strdup (*key),
                           g_key_file_get_string (study->keys, group, *key, NULL));
  return hansa_dataset_map (dataset, table, resource != NULL ? resource : table, columns, error);
}

gboolean
hansa_study_map (const HansaStudy *study, HansaDataset *dataset, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (study->keys, NULL);

  for (char **group = groups; *group != NULL; group++)
    if (g_str_has_prefix (*group, "map.") && !map_table (study, *group, dataset, error))
      {
        g_prefix_error (error, "%s: [%s]: ", study->path, *group);
        return FALSE;
      }
  return TRUE;
}
