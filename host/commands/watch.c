/* SPDX-License-Identifier: MIT
 *
 * hansa watch: a run that begins again whenever its data change.
 */
#include "watch/watch.h"
#include "commands/commands.h"
#include "commands/run-options.h"

/* `hansa run`, quiet, with the user's own options. */
static GStrv
run_arguments (GStrv given, const HansaRunOptions *options, const char *out)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);

  g_strv_builder_add_many (words, self != NULL ? self : "hansa", "run", NULL);
  for (char **word = given + 1; *word != NULL; word++)
    g_strv_builder_add (words, *word);
  if (options->out == NULL)
    g_strv_builder_add_many (words, "--out", out, NULL);
  if (!options->quiet)
    g_strv_builder_add (words, "--quiet");
  g_strv_builder_add_many (words, "--lang", hansa_language_id (hansa_command_language ()), NULL);
  return g_strv_builder_end (words);
}

int
hansa_command_watch (int argc, char **argv)
{
  g_auto (HansaRunOptions) options = { 0 };
  g_auto (GStrv) given = g_strdupv (argv);
  int exit_code;

  if (!hansa_run_options_parse (
          &options, &argc, &argv,
          N_ ("Runs analyses as hansa run does, again whenever a data file, the study or a plugin\n"
              "changes, and says which numbers became others. A page beside the report, in\n"
              "REPORT.watch, shows the newest by itself. Ctrl-C ends; the report stays."),
          &exit_code))
    return exit_code;
  if (options.json)
    return hansa_command_usage (_ ("hansa watch prints no JSON; --json is for hansa run"));
  g_autofree char *out
      = g_canonicalize_filename (options.out != NULL ? options.out : "report", NULL);
  g_auto (GStrv) arguments = run_arguments (given, &options, out);
  const HansaWatchChoice choice = { .data = argv[1],
                                    .out = out,
                                    .plugin_folders = (const char *const *)options.plugin_dirs,
                                    .arguments = (const char *const *)arguments,
                                    .language = hansa_command_language () };
  return hansa_watch (&choice);
}
