/* SPDX-License-Identifier: MIT
 *
 * From a metric back to lines of files.
 */
#include "report/report-private.h"

#include <string.h>

static gint
compare_lines (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  return x < y ? -1 : x > y;
}

static void
drop_repeated (GArray *lines)
{
  guint kept = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      guint32 line = g_array_index (lines, guint32, i);
      if (kept == 0 || g_array_index (lines, guint32, kept - 1) != line)
        g_array_index (lines, guint32, kept++) = line;
    }
  g_array_set_size (lines, kept);
}

/* Lines of row `row`, as far as there is room. */
static void
add_lines (HansaTrace *trace, const HansaLineage *lineage, guint64 row)
{
  if (row + 1 >= lineage->first->len)
    return;
  guint32 begin = g_array_index (lineage->first, guint32, row);
  guint32 end = MIN (g_array_index (lineage->first, guint32, row + 1), lineage->lines->len);

  if (begin >= end)
    return;
  trace->n_lines += end - begin;
  guint room = HANSA_TRACE_LINES - trace->lines->len;
  g_array_append_vals (trace->lines, &g_array_index (lineage->lines, guint32, begin),
                       MIN (end - begin, room));
}

static void
collect (HansaTrace *trace, const HansaResultMetric *metric)
{
  const HansaTable *view = hansa_sealed_table_view (trace->table);
  const HansaLineage *lineage = hansa_sealed_table_lineage (trace->table);
  guint64 n = trace->all ? view->n_rows : metric->rows->len;

  for (guint64 i = 0; i < n; i++)
    {
      guint64 row = trace->all ? i : g_array_index (metric->rows, guint64, i);
      if (row >= view->n_rows)
        continue;
      trace->n_rows++;
      if (trace->rows->len < HANSA_TRACE_LINES)
        g_array_append_val (trace->rows, row);
      if (lineage != NULL)
        add_lines (trace, lineage, row);
    }
  gboolean whole = trace->n_lines == trace->lines->len;
  g_array_sort (trace->lines, compare_lines);
  drop_repeated (trace->lines);
  if (whole) /* a line under two rows counts once */
    trace->n_lines = trace->lines->len;
}

HansaTrace *
hansa_trace_new (const HansaRun *run, const HansaAnalysis *analysis,
                 const HansaResultMetric *metric)
{
  HansaTrace *trace = g_new0 (HansaTrace, 1);
  const HansaPlugin *plugin = analysis->description != NULL ? &analysis->description->plugin : NULL;

  trace->rows = g_array_new (FALSE, FALSE, sizeof (guint64));
  trace->lines = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; plugin != NULL && metric->input != NULL && i < plugin->n_inputs; i++)
    if (g_str_equal (plugin->inputs[i].name, metric->input))
      {
        trace->input = &plugin->inputs[i];
        trace->table = hansa_analysis_input (analysis, i);
      }
  if (trace->input == NULL)
    return trace;

  trace->resource = hansa_input_resource (run, trace->input, trace->table);
  trace->all = metric->rows == NULL || metric->rows->len == 0;
  if (trace->table != NULL)
    {
      const HansaLineage *lineage = hansa_sealed_table_lineage (trace->table);
      trace->path = lineage != NULL ? lineage->path : NULL;
      collect (trace, metric);
    }
  return trace;
}

void
hansa_trace_free (HansaTrace *trace)
{
  if (trace == NULL)
    return;
  g_array_unref (trace->rows);
  g_array_unref (trace->lines);
  g_free (trace);
}

char *
hansa_trace_key (const HansaTrace *trace)
{
  if (trace->input == NULL)
    return NULL;
  GString *key = g_string_new (trace->input->name);
  g_string_append_printf (key, "\n%" G_GUINT64_FORMAT, trace->n_rows);
  for (guint i = 0; i < trace->rows->len && !trace->all; i++)
    g_string_append_printf (key, " %" G_GUINT64_FORMAT, g_array_index (trace->rows, guint64, i));
  return g_string_free (key, FALSE);
}

char *
hansa_line_ranges (const GArray *lines, guint limit)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0, end, written = 0; i < lines->len && written < limit; i = end, written++)
    {
      guint32 first = g_array_index (lines, guint32, i);
      for (end = i + 1;
           end < lines->len && g_array_index (lines, guint32, end) == first + (end - i); end++)
        ;
      g_string_append_printf (text, text->len > 0 ? ", %u" : "%u", first);
      if (end - i > 1)
        g_string_append_printf (text, end - i == 2 ? ", %u" : "–%u", first + (end - i) - 1);
    }
  return g_string_free (text, FALSE);
}
