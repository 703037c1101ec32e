/* SPDX-License-Identifier: MIT */
#include "commands/run-options.h"

#include "commands/commands.h"
#include "plugin/supervisor.h"

void
hansa_run_options_clear (HansaRunOptions *options)
{
  g_strfreev (options->plugins);
  g_strfreev (options->settings);
  g_strfreev (options->plugin_dirs);
  g_free (options->out);
  g_free (options->formats);
  g_free (options->engine);
}

gboolean
hansa_run_options_parse (HansaRunOptions *options, int *argc, char ***argv, const char *summary,
                         int *exit_code)
{
  const GOptionEntry entries[] = {
    { "plugin", 'p', 0, G_OPTION_ARG_STRING_ARRAY, &options->plugins,
      N_ ("An analysis to run, by id or path; again for more (default: all that can)"), "ID" },
    { "set", 's', 0, G_OPTION_ARG_STRING_ARRAY, &options->settings,
      N_ ("Set a parameter of an analysis"), "ID.PARAM=VALUE" },
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &options->out,
      N_ ("Folder of the report (default: report)"), "DIR" },
    { "engine", 0, 0, G_OPTION_ARG_STRING, &options->engine,
      N_ ("A server that has the package's tables: postgresql://USER@HOST/DATABASE"), "ADDRESS" },
    { "jobs", 'j', 0, G_OPTION_ARG_INT, &options->jobs,
      N_ ("Analyses at work at the same time (default: cores)"), "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &options->seed, N_ ("Seed of random numbers (default: 1)"),
      "N" },
    { "timeout", 0, 0, G_OPTION_ARG_DOUBLE, &options->timeout,
      N_ ("Seconds an analysis may take (default: 60)"), "S" },
    { "memory", 0, 0, G_OPTION_ARG_DOUBLE, &options->memory,
      N_ ("MiB an analysis may use (default: 1024)"), "MIB" },
    { "formats", 0, 0, G_OPTION_ARG_STRING, &options->formats,
      N_ ("More pictures of each chart: png, pdf"), "LIST" },
    { "monochrome", 0, 0, G_OPTION_ARG_NONE, &options->monochrome,
      N_ ("Charts for black-and-white print"), NULL },
    { "no-cache", 0, 0, G_OPTION_ARG_NONE, &options->no_cache,
      N_ ("Make everything anew, and keep nothing for the next run"), NULL },
    { "plugin-dir", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->plugin_dirs,
      N_ ("A folder with plugins, searched first"), "DIR" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print the result as JSON"), NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options->quiet, N_ ("Print nothing but errors"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  options->seed = 1;
  options->jobs = (int)g_get_num_processors ();
  options->timeout = hansa_limits_default.seconds;
  options->memory = (double)hansa_limits_default.memory / (1 << 20);
  if (!hansa_command_options (argc, argv, N_ ("DATASET|STUDY"), summary, entries, exit_code))
    return FALSE;
  if (*argc == 2 && options->jobs >= 1 && options->timeout > 0 && options->memory >= 16)
    return TRUE;
  if (*argc != 2)
    *exit_code = hansa_command_usage (_ ("one dataset or study file is needed"));
  else if (options->jobs < 1)
    *exit_code = hansa_command_usage (_ ("--jobs must be at least 1"));
  else if (options->timeout <= 0)
    *exit_code = hansa_command_usage (_ ("--timeout must be more than 0"));
  else
    *exit_code = hansa_command_usage (_ ("--memory must be at least 16"));
  return FALSE;
}
