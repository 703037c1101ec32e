/* SPDX-License-Identifier: MIT
 *
 * report.json: everything that the report says, for programs.
 * docs/reference/report-json.md describes it.
 */
#include "report/report-private.h"

static void
emit_dataset (HansaEmit *emit, HansaDataset *dataset)
{
  hansa_emit_open (emit, "dataset", '{');
  hansa_emit_string (emit, "name", hansa_dataset_name (dataset));
  hansa_emit_text (emit, "title", hansa_dataset_title (dataset));
  hansa_emit_text (emit, "description", hansa_dataset_description (dataset));
  hansa_emit_boolean (emit, "synthetic", hansa_dataset_is_synthetic (dataset));
  hansa_emit_close (emit, '}');
}

static void
emit_plugin (HansaEmit *emit, const HansaAnalysis *analysis)
{
  const HansaPlugin *plugin = analysis->description != NULL ? &analysis->description->plugin : NULL;

  if (plugin == NULL)
    {
      hansa_emit_string (emit, "plugin", NULL);
      return;
    }
  hansa_emit_open (emit, "plugin", '{');
  hansa_emit_string (emit, "id", plugin->id);
  hansa_emit_string (emit, "version", plugin->version);
  hansa_emit_string (emit, "sha256", analysis->hash);
  hansa_emit_text (emit, "title", plugin->title);
  hansa_emit_text (emit, "summary", plugin->summary);
  hansa_emit_string (emit, "licence", plugin->licence);
  hansa_emit_string (emit, "citation", plugin->citation);
  hansa_emit_strings (emit, "tags", plugin->tags);
  hansa_emit_close (emit, '}');
}

void
hansa_emit_params (HansaEmit *emit, const HansaRun *run, const HansaAnalysis *analysis)
{
  const HansaPlugin *plugin = &analysis->description->plugin;
  guint n = MIN (analysis->params != NULL ? analysis->params->len : 0, plugin->n_params);

  hansa_emit_open (emit, "parameters", '[');
  for (guint i = 0; i < n; i++)
    {
      const HansaParam *param = &plugin->params[i];
      const HansaParamValue *value = &g_array_index (analysis->params, HansaParamValue, i);
      hansa_emit_open (emit, NULL, '{');
      hansa_emit_string (emit, "id", param->id);
      hansa_emit_text (emit, "title", param->title);
      hansa_emit_string (emit, "value", value->text);
      hansa_emit_string (emit, "unit", param->unit);
      hansa_emit_string (emit, "origin", hansa_param_origin (run, analysis, param, value));
      hansa_emit_close (emit, '}');
    }
  hansa_emit_close (emit, ']');
}

static void
emit_input (HansaEmit *emit, const HansaRun *run, const HansaInput *input, HansaSealedTable *table)
{
  const HansaResource *resource = hansa_input_resource (run, input, table);

  hansa_emit_open (emit, NULL, '{');
  hansa_emit_string (emit, "name", input->name);
  hansa_emit_string (emit, "resource", resource != NULL ? resource->name : NULL);
  hansa_emit_string (emit, "file", resource != NULL ? resource->path : NULL);
  hansa_emit_text (emit, "title", resource != NULL ? resource->title : (HansaText){ NULL, NULL });
  hansa_emit_text (emit, "coverage",
                   resource != NULL ? resource->coverage : (HansaText){ NULL, NULL });
  hansa_emit_string (emit, "query", input->query);
  if (table != NULL)
    hansa_emit_unsigned (emit, "n_rows", hansa_sealed_table_view (table)->n_rows);
  else
    hansa_emit_string (emit, "n_rows", NULL);
  hansa_emit_string (emit, "xxh3_128", table != NULL ? hansa_sealed_table_hash (table) : NULL);
  hansa_emit_close (emit, '}');
}

static void
emit_outcome (HansaEmit *emit, const HansaOutcome *outcome)
{
  hansa_emit_string (emit, "end", hansa_end_id (outcome->end));
  hansa_emit_text (emit, "end_text", hansa_end_text (outcome->end));
  hansa_emit_text (emit, "message", outcome->message);
  hansa_emit_string (emit, "detail", outcome->detail);
  hansa_emit_string (emit, "output", outcome->output);
  hansa_emit_strings (emit, "log", (const char *const *)outcome->log);
}

static void
emit_analysis (HansaEmit *emit, const HansaRun *run, guint i, HansaSources *sources)
{
  const HansaAnalysis *analysis = g_ptr_array_index (run->analyses, i);
  g_autofree char *slug = hansa_analysis_slug (run, i);

  hansa_emit_open (emit, NULL, '{');
  hansa_emit_string (emit, "id", analysis->id);
  hansa_emit_string (emit, "anchor", slug);
  emit_outcome (emit, &analysis->outcome);
  emit_plugin (emit, analysis);
  if (analysis->description != NULL)
    {
      const HansaPlugin *plugin = &analysis->description->plugin;
      hansa_emit_params (emit, run, analysis);
      hansa_emit_open (emit, "inputs", '[');
      for (guint n = 0; n < plugin->n_inputs; n++)
        emit_input (emit, run, &plugin->inputs[n], hansa_analysis_input (analysis, n));
      hansa_emit_close (emit, ']');
    }
  if (hansa_analysis_ok (analysis))
    hansa_emit_result (emit, run, i, sources);
  hansa_emit_close (emit, '}');
}

static void
emit_sources (HansaEmit *emit, HansaSources *sources)
{
  g_autoptr (GPtrArray) ids = hansa_sources_cited (sources);

  hansa_emit_open (emit, "sources", '[');
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      const HansaSource *source = hansa_sources_find (sources, id);
      hansa_emit_open (emit, NULL, '{');
      hansa_emit_string (emit, "id", id);
      hansa_emit_string (emit, "title", source != NULL ? source->title : NULL);
      hansa_emit_string (emit, "url", source != NULL && *source->url != '\0' ? source->url : NULL);
      hansa_emit_close (emit, '}');
    }
  hansa_emit_close (emit, ']');
}

char *
hansa_report_json (const HansaRun *run)
{
  HansaEmit emit = { g_string_sized_new (1 << 16), 0, TRUE };
  g_autoptr (HansaSources) sources = hansa_sources_new (run);

  hansa_emit_open (&emit, NULL, '{');
  hansa_emit_string (&emit, "format", "hansa-report/1");
  hansa_emit_string (&emit, "hansa", HANSA_VERSION);
  hansa_emit_string (&emit, "created", run->created);
  hansa_emit_string (&emit, "language", hansa_language_id (run->language));
  hansa_emit_text (&emit, "title", run->title);
  if (run->dataset != NULL)
    emit_dataset (&emit, run->dataset);
  else
    hansa_emit_string (&emit, "dataset", NULL);
  hansa_emit_open (&emit, "analyses", '[');
  for (guint i = 0; i < run->analyses->len; i++)
    emit_analysis (&emit, run, i, sources);
  hansa_emit_close (&emit, ']');
  emit_sources (&emit, sources);
  hansa_emit_close (&emit, '}');
  g_string_append_c (emit.out, '\n');
  return g_string_free (emit.out, FALSE);
}
