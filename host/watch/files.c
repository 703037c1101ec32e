/* SPDX-License-Identifier: MIT
 *
 * Which files count. Folders are watched, not files: editors write a new file
 * and rename it over the old one.
 */
#include "watch/watch.h"

#include <gio/gio.h>

struct _HansaWatchedFiles
{
  GHashTable *monitors; /* folder -> GFileMonitor */
  char *report, *page;  /* names in their folder, not to be taken for data */
  GSourceFunc changed;
  gpointer data;
};

HansaWatchedFiles *
hansa_watched_files_new (const char *out, GSourceFunc changed, gpointer data)
{
  HansaWatchedFiles *files = g_new0 (HansaWatchedFiles, 1);

  files->monitors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  files->report = g_path_get_basename (out);
  files->page = g_strconcat (files->report, ".watch", NULL);
  files->changed = changed;
  files->data = data;
  return files;
}

void
hansa_watched_files_free (HansaWatchedFiles *files)
{
  g_hash_table_unref (files->monitors);
  g_free (files->report);
  g_free (files->page);
  g_free (files);
}

/* Not the report, nor what editors leave beside the file they save. */
static gboolean
counts (const HansaWatchedFiles *files, GFile *file)
{
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;

  return name != NULL && *name != '.' && *name != '#' && !g_str_has_suffix (name, "~")
         && !g_str_has_suffix (name, ".swp") && !g_str_has_suffix (name, ".tmp")
         && !g_str_equal (name, files->report) && !g_str_equal (name, files->page);
}

static void
on_event (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer data)
{
  HansaWatchedFiles *files = data;

  (void)monitor;
  if (event != G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED
      && (counts (files, file) || counts (files, other)))
    files->changed (files->data);
}

gboolean
hansa_watched_files_add (HansaWatchedFiles *files, const char *folder, GError **error)
{
  g_autofree char *path = g_canonicalize_filename (folder, NULL);

  if (g_hash_table_contains (files->monitors, path))
    return TRUE;
  g_autoptr (GFile) place = g_file_new_for_path (path);
  GFileMonitor *monitor = g_file_monitor_directory (place, G_FILE_MONITOR_WATCH_MOVES, NULL, error);
  if (monitor == NULL)
    return FALSE;
  g_file_monitor_set_rate_limit (monitor, 50);
  g_signal_connect (monitor, "changed", G_CALLBACK (on_event), files);
  g_hash_table_insert (files->monitors, g_steal_pointer (&path), monitor);
  return TRUE;
}
