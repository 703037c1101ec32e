/* SPDX-License-Identifier: MIT
 *
 * The calls that make up a result, tables excepted: each is checked, written
 * as a frame, and so copied before it returns.
 */
#include "worker.h"

#include <stdio.h>
#include <string.h>

static uint32_t
find_input (Worker *worker, const char *call, const char *name)
{
  worker_check_string (worker, call, "input", name, true);
  for (uint32_t i = 0; i < worker->plugin->n_inputs; i++)
    if (strcmp (worker->plugin->inputs[i].name, name) == 0)
      return i;
  worker_bad (worker, call, "no input \"%.200s\" is declared", name);
}

static void
put_evidence (Worker *worker, const char *call, const HansaMetric *metric)
{
  worker_put_string (worker, call, "table", metric->table, false);
  worker_put_string (worker, call, "row", metric->row, false);
  /* On none of the input's rows is on no input. */
  const char *input = metric->rows != NULL && metric->n_rows == 0 ? NULL : metric->input;
  worker_put_string (worker, call, "input", input, false);
  if (metric->input == NULL && metric->n_rows > 0)
    worker_bad (worker, call, "rows are given, but not the input that they are of");
  if (metric->n_rows > HANSA_FRAME_MAX / sizeof (uint64_t))
    worker_bad (worker, call, "too many rows; NULL means all rows of the input");
  if (metric->n_rows > 0 && metric->rows == NULL)
    worker_bad (worker, call, "rows is NULL, but n_rows is not 0");
  if (metric->input != NULL)
    {
      uint64_t n = worker->tables[find_input (worker, call, metric->input)].n_rows;

      for (uint64_t i = 0; i < metric->n_rows; i++)
        if (metric->rows[i] >= n)
          worker_bad (worker, call, "row %llu of input \"%.100s\" does not exist",
                      (unsigned long long)metric->rows[i], metric->input);
    }
  hansa_writer_u32 (&worker->out, (uint32_t)metric->n_rows);
  hansa_writer_bytes (&worker->out, metric->rows, (size_t)metric->n_rows * sizeof (uint64_t));
}

static void
check_interval (Worker *worker, const char *call, const HansaMetric *metric)
{
  if (hansa_is_defined (metric->low) != hansa_is_defined (metric->high))
    worker_bad (worker, call, "an interval needs both ends, or none");
  if (hansa_is_defined (metric->low) && metric->low.number > metric->high.number)
    worker_bad (worker, call, "low is above high");
  if (!(metric->level >= 0.0 && metric->level < 1.0))
    worker_bad (worker, call, "level is not between zero and one");
}

void
worker_metric (HansaJob *job, const HansaMetric *given)
{
  Worker *worker = (Worker *)job;
  HansaMetric metric;
  char call[96] = "hansa_metric()";

  worker_take (worker, call, given, sizeof metric, &metric);
  /* Left out: three zeroes are no interval. */
  if (hansa_is_defined (metric.low) && hansa_is_defined (metric.high) && metric.level == 0.0
      && metric.low.number == 0.0 && metric.high.number == 0.0)
    metric.low = metric.high = hansa_undefined (HANSA_NO_DATA);
  worker_rows_end (worker);
  hansa_writer_begin (&worker->out, HANSA_FRAME_METRIC);
  worker_put_id (worker, call, metric.id);
  snprintf (call, sizeof call, "hansa_metric(\"%s\")", metric.id);
  worker_put_text (worker, call, "title", metric.title, true);
  worker_put_value (worker, call, "value", metric.value);
  worker_put_string (worker, call, "unit", metric.unit, true);
  worker_put_string (worker, call, "variant", metric.variant, false);
  worker_put_text (worker, call, "formula", metric.formula, false);
  worker_put_text (worker, call, "why", metric.why, false);
  worker_check_range (worker, call, "decimals", metric.decimals, 0, 15);
  hansa_writer_u32 (&worker->out, metric.decimals);
  check_interval (worker, call, &metric);
  worker_put_value (worker, call, "low", metric.low);
  worker_put_value (worker, call, "high", metric.high);
  hansa_writer_f64 (&worker->out, metric.level);
  put_evidence (worker, call, &metric);
  worker_frame_end (worker);
}

static void
put_list (Worker *worker, const char *call, const char *what, const char *const *ids)
{
  uint32_t n = 0;

  while (ids != NULL && ids[n] != NULL)
    if (++n > 256)
      worker_bad (worker, call, "%s has no NULL at its end", what);
  hansa_writer_u32 (&worker->out, n);
  for (uint32_t i = 0; i < n; i++)
    worker_put_string (worker, call, what, ids[i], true);
}

void
worker_chart (HansaJob *job, const HansaChart *given)
{
  Worker *worker = (Worker *)job;
  HansaChart chart;
  char call[96] = "hansa_chart()";

  worker_take (worker, call, given, sizeof chart, &chart);
  worker_rows_end (worker);
  hansa_writer_begin (&worker->out, HANSA_FRAME_CHART);
  worker_put_id (worker, call, chart.id);
  snprintf (call, sizeof call, "hansa_chart(\"%s\")", chart.id);
  worker_check_range (worker, call, "kind", chart.kind, HANSA_CHART_BAR, HANSA_CHART_TIMELINE);
  worker_check_range (worker, call, "flags", chart.flags, 0, (HANSA_LOG_Y << 1) - 1);
  hansa_writer_u32 (&worker->out, chart.kind);
  hansa_writer_u32 (&worker->out, chart.flags);
  worker_put_text (worker, call, "title", chart.title, true);
  worker_put_text (worker, call, "note", chart.note, false);
  worker_put_string (worker, call, "table", chart.table, true);
  worker_put_string (worker, call, "x", chart.x, false);
  worker_put_string (worker, call, "y", chart.y, false);
  worker_put_string (worker, call, "group", chart.group, false);
  worker_put_string (worker, call, "label", chart.label, false);
  worker_put_string (worker, call, "low", chart.low, false);
  worker_put_string (worker, call, "high", chart.high, false);
  worker_put_string (worker, call, "size", chart.size, false);
  worker_put_string (worker, call, "highlight", chart.highlight, false);
  put_list (worker, call, "x_lines", chart.x_lines);
  put_list (worker, call, "y_lines", chart.y_lines);
  worker_frame_end (worker);
}

void
worker_finding (HansaJob *job, const HansaFinding *given)
{
  Worker *worker = (Worker *)job;
  HansaFinding finding;
  char call[96] = "hansa_finding()";

  worker_take (worker, call, given, sizeof finding, &finding);
  worker_rows_end (worker);
  hansa_writer_begin (&worker->out, HANSA_FRAME_FINDING);
  worker_put_id (worker, call, finding.id);
  snprintf (call, sizeof call, "hansa_finding(\"%s\")", finding.id);
  worker_check_range (worker, call, "severity", finding.severity, HANSA_INFO, HANSA_CONCERN);
  hansa_writer_u32 (&worker->out, finding.severity);
  worker_put_string (worker, call, "metric", finding.metric, true);
  worker_put_text (worker, call, "text", finding.text, true);
  worker_check_range (worker, call, "n_names", finding.n_names, 0, 256);
  if (finding.n_names > 0 && finding.names == NULL)
    worker_bad (worker, call, "names is NULL, but n_names is not 0");
  hansa_writer_u32 (&worker->out, finding.n_names);
  for (uint32_t i = 0; i < finding.n_names; i++)
    {
      worker_put_id (worker, call, finding.names[i].id);
      worker_put_text (worker, call, "the text of a name", finding.names[i].text, true);
    }
  worker_frame_end (worker);
}

void
worker_note (HansaJob *job, uint32_t kind, HansaText text)
{
  Worker *worker = (Worker *)job;

  worker_rows_end (worker);
  hansa_writer_begin (&worker->out, HANSA_FRAME_NOTE);
  worker_check_range (worker, "hansa_note()", "kind", kind, HANSA_NOTE_METHOD, HANSA_NOTE_DROPPED);
  hansa_writer_u32 (&worker->out, kind);
  worker_put_text (worker, "hansa_note()", "text", text, true);
  worker_frame_end (worker);
}
