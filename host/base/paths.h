/* SPDX-License-Identifier: MIT
 *
 * Where Hansa's own files are: where an environment variable says, and nowhere
 * else when it is set; else beside the running program (a build tree or a
 * relocated install), then where it was installed.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an environment variable says; NULL when unset or empty. (transfer none) */
const char *hansa_path_given (const char *variable);

/* A program of ours, "hansa-worker" or "hansa-launch"; its own variable is
 * HANSA_WORKER or HANSA_LAUNCH. NULL with HANSA_EXIT_SETUP, also when the
 * variable names what is no program. (transfer full) */
char *hansa_path_program (const char *name, const char *variable, GError **error);

/* Folders with plugins, in order of search: HANSA_PLUGIN_PATH (colon-separated,
 * then nothing else), the user's own, ours. Only those that exist; one that was
 * named and does not is told of on stderr. */
GStrv hansa_path_plugins (void);

/* A module of ours such as "hansa-engine-duckdb.so", or NULL. (transfer full) */
#define HANSA_ENGINE_VARIABLE "HANSA_ENGINE_DIR"
char *hansa_path_module (const char *name);

/* A file or folder of our data ("template", "datasets/model"), or NULL. (transfer full) */
char *hansa_path_data (const char *name);

/* A dataset by path, or by the name of one that is installed. (transfer full) */
char *hansa_path_dataset (const char *name);

/* The folder of message catalogues; HANSA_LOCALE_DIR first. (transfer full) */
char *hansa_path_locale (void);

G_END_DECLS
