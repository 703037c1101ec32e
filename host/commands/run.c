/* SPDX-License-Identifier: MIT
 *
 * hansa run: options in, a session, and what to tell the user.
 */
#include "commands/commands.h"
#include "commands/run-options.h"

#include "base/paths.h"
#include "plugin/registry.h"
#include "postgres/address.h"
#include "run/session.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---- which analyses ---------------------------------------------------- */

static gboolean
add_plugin (GPtrArray *chosen, GPtrArray *files, const char *id, GError **error)
{
  HansaPluginFile *file = hansa_registry_find (files, id, error);
  if (file != NULL)
    g_ptr_array_add (chosen, file);
  return file != NULL;
}

static gboolean
choose_plugins (HansaSession *session, const HansaRunOptions *options, GError **error)
{
  g_autoptr (GPtrArray) files = hansa_registry_scan ((const char *const *)options->plugin_dirs);
  char **ids = options->plugins;

  if (ids == NULL && session->study != NULL)
    ids = session->study->plugins;
  for (char **id = ids; id != NULL && *id != NULL; id++)
    if (**id != '\0' && !add_plugin (session->plugins, files, *id, error))
      return FALSE;
  if (ids != NULL)
    return TRUE;

  session->skip_unusable = TRUE;
  for (guint i = 0; i < files->len; i++)
    {
      const HansaPluginFile *file = files->pdata[i];
      if (file->problem == NULL && !add_plugin (session->plugins, files, file->id, error))
        return FALSE;
    }
  if (session->plugins->len > 0)
    return TRUE;
  g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP,
                       _ ("no analysis is installed; HANSA_PLUGIN_PATH or --plugin-dir names a "
                          "folder with plugins"));
  return FALSE;
}

static gboolean
is_chosen (const HansaSession *session, const char *id, gsize length)
{
  for (guint i = 0; i < session->plugins->len; i++)
    {
      const HansaPluginFile *file = session->plugins->pdata[i];
      if (strlen (file->id) == length && strncmp (file->id, id, length) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
read_settings (HansaSession *session, char **settings, GError **error)
{
  for (char **setting = settings; setting != NULL && *setting != NULL; setting++)
    {
      const char *dot = strchr (*setting, '.');
      const char *equals = strchr (*setting, '=');
      if (dot == NULL || equals == NULL || dot > equals)
        {
          g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
                       _ ("--set %s: write it as ANALYSIS.PARAMETER=VALUE"), *setting);
          return FALSE;
        }
      if (!is_chosen (session, *setting, (gsize)(dot - *setting)))
        {
          g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
                       _ ("--set %s: analysis \"%.*s\" is not part of this run"), *setting,
                       (int)(dot - *setting), *setting);
          return FALSE;
        }
      g_hash_table_insert (session->settings, g_strndup (*setting, (gsize)(equals - *setting)),
                           g_strdup (equals + 1));
    }
  return TRUE;
}

static gboolean
read_formats (HansaSession *session, const char *formats, GError **error)
{
  g_auto (GStrv) names = g_strsplit (formats != NULL ? formats : "", ",", -1);

  for (char **name = names; *name != NULL; name++)
    if (g_str_equal (*name, "png"))
      session->png = TRUE;
    else if (g_str_equal (*name, "pdf"))
      session->pdf = TRUE;
    else if (!g_str_equal (*name, "svg") && **name != '\0')
      {
        g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
                     _ ("--formats %s: it must be png, pdf or both"), *name);
        return FALSE;
      }
  return TRUE;
}

/* ---- what was reused ---------------------------------------------------- */

static const char *const stage_ids[] = { "tables", "inputs", "results", "charts" };

/* One member more than report.json has: the report itself does not tell how it
 * came about, so that equal runs are equal bytes. */
static void
print_json (const HansaRun *run, HansaStore *store, const char *out)
{
  g_autofree char *path = g_build_filename (out, "report.json", NULL);
  g_autofree char *json = NULL;

  if (!g_file_get_contents (path, &json, NULL, NULL))
    json = hansa_report_json (run);
  char *end = strrchr (json, '}');
  *end = '\0';
  printf ("%s,\n  \"reuse\": {\n    \"report\": %s", g_strchomp (json),
          run->current ? "true" : "false");
  for (gsize i = 0; i < G_N_ELEMENTS (stage_ids); i++)
    printf (",\n    \"%s\": {\"reused\": %u, \"made\": %u}", stage_ids[i],
            hansa_store_reused (store, (HansaStage)i), hansa_store_made (store, (HansaStage)i));
  printf ("\n  }\n}\n");
}

static void
print_reuse (const HansaRun *run, HansaStore *store)
{
  guint results = hansa_store_reused (store, HANSA_STAGE_RESULT);
  guint charts = hansa_store_reused (store, HANSA_STAGE_CHART);

  if (run->current)
    printf ("%s\n", _ ("Nothing changed since this report was written."));
  else if (results > 0 || charts > 0)
    printf (_ ("Reused from earlier runs: %u of %u results, %u of %u charts.\n"), results,
            results + hansa_store_made (store, HANSA_STAGE_RESULT), charts,
            charts + hansa_store_made (store, HANSA_STAGE_CHART));
}

/* ---- what came out ----------------------------------------------------- */

static const char *
severity_mark (guint32 severity)
{
  return severity >= HANSA_CONCERN ? "!" : severity == HANSA_NOTABLE ? "*" : "-";
}

static void
print_analysis (const HansaAnalysis *analysis, HansaLanguage language)
{
  const char *title = analysis->id;
  if (analysis->description != NULL)
    title = hansa_text_in (analysis->description->plugin.title, language);
  printf ("\n%s (%s): %s", title, analysis->id,
          hansa_text_in (hansa_end_text (analysis->outcome.end), language));
  const char *said = hansa_text_in (analysis->outcome.message, language);
  if (*said == '\0' && analysis->outcome.detail != NULL)
    said = analysis->outcome.detail;
  printf (*said != '\0' ? ": %s\n" : "%s\n", said);
  if (analysis->result == NULL)
    return;
  for (guint i = 0; i < analysis->result->findings->len; i++)
    {
      const HansaResultFinding *finding = analysis->result->findings->pdata[i];
      g_autofree char *sentence = hansa_finding_sentence (analysis->result, finding, language);
      printf ("  %s %s\n", severity_mark (finding->severity), sentence);
    }
  for (guint i = 0; i < analysis->charts->len; i++)
    {
      const HansaDrawnChart *drawn = analysis->charts->pdata[i];
      if (drawn->problem != NULL)
        printf (_ ("  chart %s: %s\n"), drawn->chart->id, drawn->problem);
    }
}

static void
print_run (const HansaRun *run, GPtrArray *skipped, const HansaSession *session)
{
  printf ("%s\n", hansa_text_in (run->title, session->language));
  if (hansa_dataset_is_synthetic (run->dataset))
    printf ("%s\n", _ ("CONSTRUCTED DATA: the numbers below describe no real region."));
  for (guint i = 0; i < run->analyses->len; i++)
    print_analysis (run->analyses->pdata[i], session->language);
  for (guint i = 0; i < skipped->len; i++)
    {
      const HansaSkipped *entry = skipped->pdata[i];
      printf (_ ("\nleft out: %s\n"), entry->reason);
    }
  g_autofree char *page = g_build_filename (session->out, "index.html", NULL);
  printf (_ ("\nReport: %s\n"), page);
  print_reuse (run, session->store);
}

static int
run_session (HansaSession *session, const HansaRunOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) skipped
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_skipped_free);
  HansaExit status = HANSA_EXIT_OK;

  g_autoptr (HansaRun) run = hansa_session_run (session, &status, skipped, &error);
  if (run == NULL)
    return hansa_command_fail (error);
  if (options->json)
    print_json (run, session->store, session->out);
  else if (!options->quiet)
    print_run (run, skipped, session);
  return (int)status;
}

static gboolean
use_engine (HansaDataset *dataset, const char *engine, GError **error)
{
  if (hansa_is_server_address (engine) && hansa_dataset_engine (dataset) == NULL)
    return hansa_dataset_use_server (dataset, engine, error);
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
               _ ("--engine names the server that has a package's tables, as "
                  "postgresql://USER@HOST/DATABASE; a dataset that is a server needs none."));
  return FALSE;
}

static gboolean
open_data (HansaSession *session, const char *path, const char *engine, HansaStudy **study,
           GError **error)
{
  g_autofree char *dataset = NULL;

  if (hansa_study_looks_like (path))
    {
      *study = hansa_study_read (path, error);
      if (*study == NULL)
        return FALSE;
      dataset = g_strdup ((*study)->dataset);
    }
  else
    dataset = hansa_path_dataset (path);
  session->study = *study;
  if (engine == NULL && *study != NULL)
    engine = (*study)->engine;
  session->dataset = hansa_dataset_open (dataset, error);
  return session->dataset != NULL
         && (engine == NULL || use_engine (session->dataset, engine, error))
         && (*study == NULL || hansa_study_map (*study, session->dataset, error));
}

/* For the record, which others read: what decides what the report says. */
static char *
command_line (char **argv)
{
  GString *line = g_string_new (NULL);

  for (char **word = argv; *word != NULL; word++)
    if (!g_str_equal (*word, "--no-cache"))
      {
        g_autofree char *shown = hansa_without_password (*word);
        g_string_append_printf (line, "%s%s", word != argv ? " " : "", shown);
      }
  return g_string_free (line, FALSE);
}

int
hansa_command_run (int argc, char **argv)
{
  g_auto (HansaRunOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (HansaStudy) study = NULL;
  g_autofree char *command = command_line (argv);
  int exit_code;

  if (!hansa_run_options_parse (
          &options, &argc, &argv,
          N_ ("Runs analyses on a data package, a server's tables "
              "(postgresql://USER@HOST/DATABASE), or as a study file says, and "
              "writes the report folder."),
          &exit_code))
    return exit_code;

  g_autoptr (GPtrArray) plugins
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_plugin_file_free);
  g_autoptr (GHashTable) settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *out
      = g_canonicalize_filename (options.out != NULL ? options.out : "report", NULL);
  HansaSession session = {
    .plugins = plugins,
    .settings = settings,
    .out = out,
    .language = hansa_command_language (),
    .jobs = (guint)options.jobs,
    .seed = (guint64)options.seed,
    .limits = hansa_limits_default,
    .monochrome = options.monochrome,
    .show_progress = !options.quiet && hansa_command_is_terminal (STDERR_FILENO),
    .command = command,
  };
  session.limits.seconds = options.timeout;
  session.limits.memory = (guint64)(options.memory * (1 << 20));

  g_autoptr (HansaStore) store = options.no_cache ? NULL : hansa_store_open (&error);
  session.store = store;
  if (error == NULL)
    hansa_session_begin (&session);

  gboolean ready = error == NULL && open_data (&session, argv[1], options.engine, &study, &error)
                   && choose_plugins (&session, &options, &error)
                   && read_settings (&session, options.settings, &error)
                   && read_formats (&session, options.formats, &error);
  G_GNUC_UNUSED g_autoptr (HansaDataset) dataset = session.dataset;
  exit_code = ready ? run_session (&session, &options) : hansa_command_fail (error);
  hansa_session_end (&session);
  return exit_code;
}
