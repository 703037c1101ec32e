/* SPDX-License-Identifier: MIT
 *
 * hansa check: the conformance suite, for authors of plugins.
 */
#include "commands/commands.h"

#include "base/paths.h"
#include "check/report.h"
#include "plugin/registry.h"

#define SECONDS 5.0
#define SECONDS_THOROUGH 60.0

/* Beside the plugin, then where the author stands. (transfer full) */
static char *
find_cases (const char *plugin)
{
  g_autofree char *folder = g_path_get_dirname (plugin);
  char *beside = g_build_filename (folder, "cases", NULL);

  if (g_file_test (beside, G_FILE_TEST_IS_DIR))
    return beside;
  g_free (beside);
  return g_file_test ("cases", G_FILE_TEST_IS_DIR) ? g_canonicalize_filename ("cases", NULL) : NULL;
}

static int
run_check (HansaCheckOptions *options, gboolean json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HansaCheck) check = hansa_check_run (options, &error);

  if (check == NULL || (options->keep != NULL && !hansa_check_keep (check, &error)))
    return hansa_command_fail (error);
  if (json)
    hansa_check_print_json (check);
  else
    hansa_check_print (check);
  return hansa_check_failed (check) ? HANSA_EXIT_PLUGIN : HANSA_EXIT_OK;
}

int
hansa_command_check (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *cases = NULL, *only = NULL, *keep = NULL;
  gboolean json = FALSE, thorough = FALSE;
  gint64 seed = 1;
  double seconds = 0.0;
  int exit_code;
  const GOptionEntry entries[] = {
    { "cases", 0, 0, G_OPTION_ARG_FILENAME, &cases,
      N_ ("Its cases (default: the folder \"cases\" beside the plugin, or here)"), "DIR" },
    { "only", 0, 0, G_OPTION_ARG_STRING, &only, N_ ("Run this test alone"), "TEST" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, N_ ("Generate other tables (default: 1)"), "N" },
    { "thorough", 0, 0, G_OPTION_ARG_NONE, &thorough, N_ ("More tables, for some minutes"), NULL },
    { "timeout", 0, 0, G_OPTION_ARG_DOUBLE, &seconds,
      N_ ("Limit of one run (default: 5; 60 when thorough)"), "SECONDS" },
    { "keep", 0, 0, G_OPTION_ARG_FILENAME, &keep,
      N_ ("Write the tables that show a fault to folders here"), "DIR" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print as JSON"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!hansa_command_options (&argc, &argv, N_ ("ANALYSIS|FILE.so"),
                              N_ ("Holds a plugin to what Hansa expects of it: its descriptor, its "
                                  "texts, its cases,\nand its answers to generated tables. Exit "
                                  "code 5 when a test fails; docs/plugin-check.md\nsays what each "
                                  "test means."),
                              entries, &exit_code))
    return exit_code;
  if (argc != 2)
    return hansa_command_usage (_ ("one analysis is needed, by its id or its file"));
  g_autoptr (GPtrArray) files = hansa_registry_scan (NULL);
  g_autoptr (HansaPluginFile) file = hansa_registry_find (files, argv[1], &error);
  if (file == NULL)
    return hansa_command_fail (error);
  if (cases == NULL)
    cases = find_cases (file->path);
  HansaCheckOptions options = { .plugin = file->path,
                                .cases = cases,
                                .only = only,
                                .keep = keep,
                                .seed = (guint64)seed,
                                .thorough = thorough };
  options.seconds = seconds > 0.0 ? seconds : thorough ? SECONDS_THOROUGH : SECONDS;
  return run_check (&options, json);
}
