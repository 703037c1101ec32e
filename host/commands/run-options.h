/* SPDX-License-Identifier: MIT
 *
 * The options of a run, which `hansa run` and `hansa watch` take alike.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char **plugins, **settings, **plugin_dirs;
  char *out, *formats, *engine;
  gint64 seed;
  int jobs;
  double timeout, memory;
  gboolean json, monochrome, quiet, no_cache;
} HansaRunOptions;

/* Parses options; what is left in argv is the name of the command and one dataset
 * or study. FALSE with the exit code when that is all there is to do. */
gboolean hansa_run_options_parse (HansaRunOptions *options, int *argc, char ***argv,
                                  const char *summary, int *exit_code);
void hansa_run_options_clear (HansaRunOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HansaRunOptions, hansa_run_options_clear)

G_END_DECLS
