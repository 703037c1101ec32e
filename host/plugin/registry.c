/* SPDX-License-Identifier: MIT */
#include "plugin/registry.h"

#include "base/error.h"
#include "base/language.h"
#include "base/nearest.h"
#include "base/paths.h"
#include "plugin/supervisor.h"

#include <string.h>

void
hansa_plugin_file_free (HansaPluginFile *file)
{
  if (file == NULL)
    return;
  g_free (file->id);
  g_free (file->version);
  g_free (file->path);
  g_free (file->problem);
  g_free (file);
}

/* NULL when the file is no plugin of Hansa at all. */
static HansaPluginFile *
inspect_file (const char *path, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean is_plugin = FALSE;
  HansaNote note = { 0 };
  gboolean usable = hansa_note_read (path, &note, &is_plugin, &problem);

  if (!is_plugin)
    {
      if (problem != NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  HansaPluginFile *file = g_new0 (HansaPluginFile, 1);
  file->id = g_strndup (note.id, sizeof note.id);
  file->version = g_strndup (note.version, sizeof note.version);
  file->path = g_canonicalize_filename (path, NULL);
  file->problem = usable ? NULL : g_strdup (problem->message);
  return file;
}

static int
compare_files (gconstpointer a, gconstpointer b)
{
  const HansaPluginFile *first = *(HansaPluginFile *const *)a;
  const HansaPluginFile *second = *(HansaPluginFile *const *)b;
  return strcmp (first->id, second->id);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static void
add_file (GPtrArray *files, const char *path)
{
  HansaPluginFile *file = inspect_file (path, NULL);
  if (file == NULL)
    return;
  for (guint i = 0; i < files->len; i++)
    {
      const HansaPluginFile *known = files->pdata[i];
      if (g_str_equal (known->path, file->path))
        {
          hansa_plugin_file_free (file);
          return;
        }
      if (g_str_equal (known->id, file->id) && known->problem == NULL && file->problem == NULL)
        file->problem = g_strdup_printf (
            _ ("%s has the same id and comes first; remove one of the two"), known->path);
    }
  g_ptr_array_add (files, file);
}

static void
scan_folder (GPtrArray *files, const char *folder)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &problem);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL)
    g_printerr (_ ("hansa: the folder %s cannot be searched for plugins: %s\n"), folder,
                problem->message);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".so"))
      g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_paths);
  for (guint i = 0; i < names->len; i++)
    add_file (files, names->pdata[i]);
}

GPtrArray *
hansa_registry_scan (const char *const *extra)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_plugin_file_free);
  g_auto (GStrv) folders = hansa_path_plugins ();

  for (gsize i = 0; extra != NULL && extra[i] != NULL; i++)
    scan_folder (files, extra[i]);
  for (gsize i = 0; folders[i] != NULL; i++)
    scan_folder (files, folders[i]);
  g_ptr_array_sort (files, compare_files);
  return files;
}

static HansaPluginFile *
copy_file (const HansaPluginFile *file)
{
  HansaPluginFile *copy = g_new0 (HansaPluginFile, 1);
  copy->id = g_strdup (file->id);
  copy->version = g_strdup (file->version);
  copy->path = g_strdup (file->path);
  copy->problem = g_strdup (file->problem);
  return copy;
}

static HansaPluginFile *
find_by_path (const char *path, GError **error)
{
  g_autoptr (GError) problem = NULL;
  HansaPluginFile *file = inspect_file (path, &problem);

  if (file == NULL && problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (file == NULL)
    g_set_error (
        error, HANSA_HOST_ERROR, HANSA_EXIT_PLUGIN,
        _ ("%s is no Hansa plugin: it has no \".hansa\" section; build it with HANSA_PLUGIN()"),
        path);
  return file;
}

static void
unknown_plugin (GPtrArray *files, const char *id, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (ids, ((HansaPluginFile *)files->pdata[i])->id);
  g_ptr_array_add (ids, NULL);

  const char *near = hansa_nearest (id, (const char *const *)ids->pdata);
  if (near != NULL)
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
                 _ ("there is no plugin \"%s\"; did you mean \"%s\"?"), id, near);
  else
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
                 _ ("there is no plugin \"%s\"; \"hansa list\" names those that there are"), id);
}

HansaPluginFile *
hansa_registry_find (GPtrArray *files, const char *id_or_path, GError **error)
{
  if (strchr (id_or_path, '/') != NULL)
    return find_by_path (id_or_path, error);

  const HansaPluginFile *refused = NULL;
  for (guint i = 0; i < files->len; i++)
    {
      const HansaPluginFile *file = files->pdata[i];
      if (!g_str_equal (file->id, id_or_path))
        continue;
      if (file->problem == NULL)
        return copy_file (file);
      refused = file;
    }
  if (refused != NULL)
    return copy_file (refused);
  unknown_plugin (files, id_or_path, error);
  return NULL;
}
