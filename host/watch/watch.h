/* SPDX-License-Identifier: MIT
 *
 * A report that follows its data: runs again when a file that it rests on
 * changes, and shows the newest in a page that reloads by itself.
 */
#pragma once

#include "base/language.h"

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *data;                  /* dataset or study, as the user named it */
  const char *out;                   /* the report's folder, canonical */
  const char *const *plugin_folders; /* of --plugin-dir; may be NULL */
  const char *const *arguments;      /* of `hansa run` */
  HansaLanguage language;
} HansaWatchChoice;

/* Returns when the user ends it (Ctrl-C), with the exit code. */
int hansa_watch (const HansaWatchChoice *choice);

/* ---- the page (page.c) ------------------------------------------------------------- */

/* A copy of the report's page in FOLDER/index.html that asks FOLDER/now.js what is
 * the newest; links lead to `report`. */
gboolean hansa_watch_page_write (const char *folder, const char *report, guint stamp,
                                 GError **error);
/* What that page is to know: the newest stamp, and why the report shown is not
 * of the data as they are (NULL: it is). */
gboolean hansa_watch_page_tell (const char *folder, guint stamp, const char *problem,
                                GError **error);

/* ---- files (files.c) --------------------------------------------------------------- */

typedef struct _HansaWatchedFiles HansaWatchedFiles;

/* Calls back at each change of a file that counts. */
HansaWatchedFiles *hansa_watched_files_new (const char *out, GSourceFunc changed, gpointer data);
/* All files of a folder but what a report leaves there; what is watched already
 * stays. FALSE when the folder cannot be watched. */
gboolean hansa_watched_files_add (HansaWatchedFiles *files, const char *folder, GError **error);
void hansa_watched_files_free (HansaWatchedFiles *files);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaWatchedFiles, hansa_watched_files_free)

G_END_DECLS
