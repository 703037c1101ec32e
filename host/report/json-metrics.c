/* SPDX-License-Identifier: MIT
 *
 * The metrics of one analysis in report.json, each with what it rests on.
 */
#include "base/units.h"
#include "report/report-private.h"

static void
emit_interval (HansaEmit *emit, const HansaResultMetric *metric)
{
  if (!hansa_is_defined (metric->low) || !hansa_is_defined (metric->high))
    {
      hansa_emit_string (emit, "interval", NULL);
      return;
    }
  hansa_emit_open (emit, "interval", '{');
  hansa_emit_number (emit, "low", metric->low.number);
  hansa_emit_number (emit, "high", metric->high.number);
  if (metric->level > 0.0)
    hansa_emit_number (emit, "level", metric->level);
  else
    hansa_emit_string (emit, "level", NULL);
  hansa_emit_close (emit, '}');
}

static void
emit_rows (HansaEmit *emit, const HansaTrace *trace)
{
  if (trace->all)
    hansa_emit_string (emit, "rows", "all");
  else
    {
      hansa_emit_open (emit, "rows", '[');
      for (guint i = 0; i < trace->rows->len; i++)
        hansa_emit_unsigned (emit, NULL, g_array_index (trace->rows, guint64, i));
      hansa_emit_close (emit, ']');
    }
  hansa_emit_unsigned (emit, "n_rows", trace->n_rows);
}

static void
emit_lines (HansaEmit *emit, const HansaTrace *trace, HansaSources *sources)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  hansa_emit_string (emit, "file", trace->path);
  hansa_emit_open (emit, "lines", '[');
  for (guint i = 0; i < trace->lines->len; i++)
    hansa_emit_unsigned (emit, NULL, g_array_index (trace->lines, guint32, i));
  hansa_emit_close (emit, ']');
  hansa_emit_unsigned (emit, "n_lines", trace->n_lines);
  /* As many as the page shows: each is read from the file. */
  for (guint i = 0; i < MIN (trace->lines->len, 12u); i++)
    hansa_sources_of_line (sources, trace, g_array_index (trace->lines, guint32, i), ids);
  g_ptr_array_add (ids, NULL);
  hansa_emit_strings (emit, "sources", (const char *const *)ids->pdata);
}

static void
emit_basis (HansaEmit *emit, const HansaRun *run, const HansaAnalysis *owner,
            const HansaResultMetric *metric, HansaSources *sources)
{
  g_autoptr (HansaTrace) trace = hansa_trace_new (run, owner, metric);

  hansa_emit_open (emit, "rests_on", '{');
  hansa_emit_string (emit, "table", metric->table);
  hansa_emit_string (emit, "row", metric->row);
  hansa_emit_string (emit, "input", metric->input);
  if (trace->input != NULL)
    {
      emit_rows (emit, trace);
      emit_lines (emit, trace, sources);
    }
  hansa_emit_close (emit, '}');
}

static void
emit_metric (HansaEmit *emit, const HansaRun *run, const HansaAnalysis *owner,
             const HansaResultMetric *metric, HansaSources *sources)
{
  g_autofree char *en
      = hansa_format_value (metric->value, metric->unit, metric->decimals, metric->why, HANSA_EN);
  g_autofree char *zh
      = hansa_format_value (metric->value, metric->unit, metric->decimals, metric->why, HANSA_ZH);

  hansa_emit_open (emit, NULL, '{');
  hansa_emit_string (emit, "id", metric->id);
  hansa_emit_text (emit, "title", metric->title);
  hansa_emit_value (emit, "value", metric->value, metric->why);
  hansa_emit_string (emit, "unit", metric->unit);
  hansa_emit_unsigned (emit, "decimals", metric->decimals);
  hansa_emit_text (emit, "shown", (HansaText){ en, zh });
  emit_interval (emit, metric);
  hansa_emit_string (emit, "variant", metric->variant);
  hansa_emit_text (emit, "formula", metric->formula);
  emit_basis (emit, run, owner, metric, sources);
  hansa_emit_close (emit, '}');
}

void
hansa_emit_metrics (HansaEmit *emit, const HansaRun *run, guint analysis, HansaSources *sources)
{
  const HansaAnalysis *owner = g_ptr_array_index (run->analyses, analysis);

  hansa_emit_open (emit, "metrics", '[');
  for (guint i = 0; i < owner->result->metrics->len; i++)
    emit_metric (emit, run, owner, g_ptr_array_index (owner->result->metrics, i), sources);
  hansa_emit_close (emit, ']');
}
