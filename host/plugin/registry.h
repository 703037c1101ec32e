/* SPDX-License-Identifier: MIT
 *
 * The plugins on this machine, found by reading their ".hansa" sections. No
 * plugin is loaded for it.
 */
#pragma once

#include <glib.h>
#include <hansa/plugin.h>

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *version;
  char *path;
  char *problem; /* why it is refused; NULL: usable */
} HansaPluginFile;

void hansa_plugin_file_free (HansaPluginFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaPluginFile, hansa_plugin_file_free)

/* All plugins of the search path and of `extra` (folders; may be NULL), by id.
 * Of two with the same id the first found counts; the other one is listed with
 * a problem that names both paths. Other shared objects are passed over. */
GPtrArray *hansa_registry_scan (const char *const *extra);

/* The plugin of that id, or at that path. NULL with HANSA_EXIT_USAGE (near ids
 * suggested) or HANSA_EXIT_PLUGIN (refused). (transfer full) */
HansaPluginFile *hansa_registry_find (GPtrArray *files, const char *id_or_path, GError **error);

G_END_DECLS
