/* SPDX-License-Identifier: MIT
 *
 * run.json: the record from which a run can be repeated and compared. It holds
 * no time but `created` and nothing of the environment.
 */
#include "base/paths.h"
#include "chart/fonts.h"
#include "report/report-private.h"

#include "store/key.h"
#include <string.h>

#include <string.h>

static char *
hash_file (const char *folder, const char *file)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  if (!g_file_get_contents (path, &bytes, &length, NULL))
    return NULL;
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, length);
}

/* ---- dataset --------------------------------------------------------------- */

/* Whether any analysis was given a table of that resource. */
static gboolean
resource_is_used (const HansaRun *run, const HansaResource *resource)
{
  for (guint i = 0; i < run->analyses->len; i++)
    {
      const HansaAnalysis *analysis = g_ptr_array_index (run->analyses, i);
      guint n = analysis->description != NULL ? analysis->description->plugin.n_inputs : 0;
      for (guint j = 0; j < n; j++)
        {
          const HansaInput *input = &analysis->description->plugin.inputs[j];
          HansaSealedTable *table = hansa_analysis_input (analysis, j);
          /* A query may read any table. */
          if (table != NULL
              && (input->query != NULL || hansa_input_resource (run, input, table) == resource))
            return TRUE;
        }
    }
  return FALSE;
}

static void
emit_dataset (HansaEmit *emit, const HansaRun *run)
{
  GPtrArray *resources = hansa_dataset_resources (run->dataset);
  g_autofree char *manifest = hash_file (hansa_dataset_dir (run->dataset), "datapackage.json");

  hansa_emit_open (emit, "dataset", '{');
  hansa_emit_string (emit, "path", hansa_dataset_dir (run->dataset));
  hansa_emit_string (emit, "name", hansa_dataset_name (run->dataset));
  hansa_emit_string (emit, "sha256", manifest);
  hansa_emit_open (emit, "files", '[');
  for (guint i = 0; i < resources->len; i++)
    {
      const HansaResource *resource = g_ptr_array_index (resources, i);
      if (!resource_is_used (run, resource))
        continue;
      g_autofree char *hash = hansa_dataset_file_hash (run->dataset, resource, NULL);
      hansa_emit_open (emit, NULL, '{');
      hansa_emit_string (emit, "resource", resource->name);
      hansa_emit_string (emit, "path", resource->path);
      hansa_emit_string (emit, "xxh3_128", hash);
      hansa_emit_close (emit, '}');
    }
  hansa_emit_close (emit, ']');
  hansa_emit_close (emit, '}');
}

static void
emit_limits (HansaEmit *emit, const HansaLimits *limits)
{
  if (limits->memory == 0 && limits->result == 0)
    {
      hansa_emit_string (emit, "limits", NULL);
      return;
    }
  hansa_emit_open (emit, "limits", '{');
  hansa_emit_unsigned (emit, "memory", limits->memory);
  hansa_emit_number (emit, "seconds", limits->seconds);
  hansa_emit_number (emit, "grace", limits->grace);
  hansa_emit_unsigned (emit, "result", limits->result);
  hansa_emit_unsigned (emit, "output", limits->output);
  hansa_emit_close (emit, '}');
}

/* ---- what ran ---------------------------------------------------------------- */

/* This very program and its worker: a build tells what a version does not. */
static void
emit_programs (HansaEmit *emit)
{
  g_autofree char *worker = hansa_path_program ("hansa-worker", "HANSA_WORKER", NULL);
  g_autofree char *program_sum = hansa_file_sum (NULL, "/proc/self/exe", HANSA_XXH3);
  g_autofree char *worker_sum = worker != NULL ? hansa_file_sum (NULL, worker, HANSA_XXH3) : NULL;

  hansa_emit_string (emit, "program", program_sum);
  hansa_emit_string (emit, "worker", worker_sum);
}

static void
emit_choices (HansaEmit *emit, const HansaRun *run)
{
  hansa_emit_open (emit, "choices", '{');
  hansa_emit_boolean (emit, "png", run->png);
  hansa_emit_boolean (emit, "pdf", run->pdf);
  hansa_emit_boolean (emit, "monochrome", run->monochrome);
  hansa_emit_close (emit, '}');
}

/* The tables of the user's own that a study file gave the model's names. */
static void
emit_map (HansaEmit *emit, const HansaRun *run)
{
  g_auto (GStrv) groups = run->study != NULL ? g_key_file_get_groups (run->study, NULL) : NULL;

  hansa_emit_open (emit, "map", '{');
  for (char **group = groups; group != NULL && *group != NULL; group++)
    {
      if (!g_str_has_prefix (*group, "map."))
        continue;
      g_auto (GStrv) keys = g_key_file_get_keys (run->study, *group, NULL, NULL);
      hansa_emit_open (emit, *group + strlen ("map."), '{');
      for (char **key = keys; key != NULL && *key != NULL; key++)
        {
          g_autofree char *text = g_key_file_get_string (run->study, *group, *key, NULL);
          hansa_emit_string (emit, *key, text);
        }
      hansa_emit_close (emit, '}');
    }
  hansa_emit_close (emit, '}');
}

/* ---- analyses -------------------------------------------------------------- */

static void
emit_params (HansaEmit *emit, const HansaAnalysis *analysis)
{
  hansa_emit_open (emit, "parameters", '{');
  for (guint i = 0; analysis->params != NULL && i < analysis->params->len; i++)
    {
      const HansaParamValue *value = &g_array_index (analysis->params, HansaParamValue, i);
      hansa_emit_string (emit, value->id, value->text);
    }
  hansa_emit_close (emit, '}');
}

static void
emit_inputs (HansaEmit *emit, const HansaAnalysis *analysis)
{
  const HansaPlugin *plugin = analysis->description != NULL ? &analysis->description->plugin : NULL;

  hansa_emit_open (emit, "inputs", '[');
  for (guint i = 0; plugin != NULL && i < plugin->n_inputs; i++)
    {
      HansaSealedTable *table = hansa_analysis_input (analysis, i);
      hansa_emit_open (emit, NULL, '{');
      hansa_emit_string (emit, "name", plugin->inputs[i].name);
      hansa_emit_string (emit, "xxh3_128", table != NULL ? hansa_sealed_table_hash (table) : NULL);
      hansa_emit_close (emit, '}');
    }
  hansa_emit_close (emit, ']');
}

static void
emit_charts (HansaEmit *emit, const HansaAnalysis *analysis, const char *folder)
{
  hansa_emit_open (emit, "charts", '[');
  for (guint i = 0; analysis->charts != NULL && i < analysis->charts->len; i++)
    {
      const HansaDrawnChart *drawn = g_ptr_array_index (analysis->charts, i);
      for (guint l = 0; l < HANSA_N_LANGUAGES; l++)
        {
          if (drawn->scripts[l] == NULL)
            continue;
          g_autofree char *hash = folder != NULL ? hash_file (folder, drawn->scripts[l]) : NULL;
          hansa_emit_open (emit, NULL, '{');
          hansa_emit_string (emit, "script", drawn->scripts[l]);
          hansa_emit_string (emit, "sha256", hash);
          hansa_emit_close (emit, '}');
        }
    }
  hansa_emit_close (emit, ']');
}

static void
emit_analysis (HansaEmit *emit, const HansaAnalysis *analysis, const char *folder)
{
  const HansaPlugin *plugin = analysis->description != NULL ? &analysis->description->plugin : NULL;

  hansa_emit_open (emit, NULL, '{');
  hansa_emit_string (emit, "id", analysis->id);
  hansa_emit_string (emit, "path", analysis->path);
  hansa_emit_string (emit, "sha256", analysis->hash);
  hansa_emit_string (emit, "version", plugin != NULL ? plugin->version : NULL);
  emit_params (emit, analysis);
  emit_inputs (emit, analysis);
  hansa_emit_string (emit, "end", hansa_end_id (analysis->outcome.end));
  hansa_emit_string (emit, "detail", analysis->outcome.detail);
  hansa_emit_strings (emit, "missing_layers",
                      (const char *const *)analysis->outcome.missing_layers);
  emit_charts (emit, analysis, folder);
  hansa_emit_close (emit, '}');
}

gboolean
hansa_report_is_of (const char *folder, const char *command)
{
  HansaEmit line = { g_string_new (NULL), 0, TRUE };
  g_autofree char *path = g_build_filename (folder, "run.json", NULL);
  g_autofree char *record = NULL;

  hansa_emit_string (&line, "command", command);
  gboolean is
      = g_file_get_contents (path, &record, NULL, NULL) && strstr (record, line.out->str) != NULL;
  g_string_free (line.out, TRUE);
  return is;
}

char *
hansa_report_record (const HansaRun *run, const char *folder)
{
  HansaEmit emit = { g_string_sized_new (4096), 0, TRUE };

  hansa_emit_open (&emit, NULL, '{');
  hansa_emit_string (&emit, "format", "hansa-run/1");
  hansa_emit_string (&emit, "hansa", HANSA_VERSION);
  emit_programs (&emit);
  hansa_emit_string (&emit, "created", run->created);
  hansa_emit_string (&emit, "command", run->command);
  hansa_emit_text (&emit, "title", run->title);
  hansa_emit_string (&emit, "language", hansa_language_id (run->language));
  hansa_emit_unsigned (&emit, "seed", run->seed);
  hansa_emit_string (&emit, "gnuplot", run->gnuplot);
  hansa_emit_string (&emit, "fonts", hansa_fonts_digest ());
  hansa_emit_string (&emit, "engine", run->engine);
  emit_choices (&emit, run);
  emit_map (&emit, run);
  emit_limits (&emit, &run->limits);
  if (run->dataset != NULL)
    emit_dataset (&emit, run);
  else
    hansa_emit_string (&emit, "dataset", NULL);
  hansa_emit_open (&emit, "analyses", '[');
  for (guint i = 0; i < run->analyses->len; i++)
    emit_analysis (&emit, g_ptr_array_index (run->analyses, i), folder);
  hansa_emit_close (&emit, ']');
  hansa_emit_close (&emit, '}');
  g_string_append_c (emit.out, '\n');
  return g_string_free (emit.out, FALSE);
}
