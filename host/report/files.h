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
/* Creates FOLDER/NAME with these bytes; refuses to overwrite. `earlier`, or NULL:
 * a folder that may hold the same file already. */
gboolean hansa_files_write (const char *folder, const char *name, const char *bytes,
                            const char *earlier, GError **error);
/* Where `earlier` is a file of these bytes, gives it the name `path` too, which
 * costs much less than a new file does, and later its removal. FALSE when that
 * cannot be: the caller writes. */
gboolean hansa_files_link (const char *earlier, const char *path, const char *bytes, gsize length);
/* Brings the folder and the files below it to the disk, but not those of an
 * earlier report that were linked: they are there. */
gboolean hansa_files_sync (const char *folder, GError **error);
/* Removes a folder and all in it; follows no link. */
void hansa_files_remove (const char *folder);
/* FALSE with HANSA_EXIT_OUTPUT when `target` exists and is neither empty nor a
 * report of Hansa without other files in it. */
gboolean hansa_files_may_replace (const char *target, GError **error);

G_END_DECLS
