/* SPDX-License-Identifier: MIT
 *
 * Files of a report folder: written whole or reported, removed, and told from
 * files that are not the report's.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* HANSA_EXIT_OUTPUT with what failed (`what`: a sentence with one %s, the
 * path), the system's reason, and what to do about it. Always FALSE. */
gboolean hansa_files_fail (const char *what, const char *path, int reason, GError **error);
/* Creates FOLDER/NAME with these bytes; refuses to overwrite. */
gboolean hansa_files_write (const char *folder, const char *name, const char *bytes,
                            GError **error);
/* Brings all files below `folder`, and the folders, to the disk. */
gboolean hansa_files_sync (const char *folder, GError **error);
/* Removes a folder and all in it; follows no link. */
void hansa_files_remove (const char *folder);
/* FALSE with HANSA_EXIT_OUTPUT when `target` exists and is neither empty nor a
 * report of Hansa without other files in it. */
gboolean hansa_files_may_replace (const char *target, GError **error);

G_END_DECLS
