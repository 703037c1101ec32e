/* SPDX-License-Identifier: MIT
 *
 * Life and lookup of results, and the words for how a plugin ended.
 */
#include "plugin/result.h"

static const struct
{
  const char *id;
  HansaText text;
} ends[] = {
  [HANSA_END_OK] = { "ok", { "finished", "正常完成" } },
  [HANSA_END_ERROR] = { "error", { "reported an error", "报告错误" } },
  [HANSA_END_CRASHED] = { "crashed", { "crashed", "程序异常终止" } },
  [HANSA_END_TIMED_OUT] = { "timed-out", { "ran out of time", "超时" } },
  [HANSA_END_OUT_OF_MEMORY] = { "out-of-memory", { "ran out of memory", "内存耗尽" } },
  [HANSA_END_EXITED_EARLY] = { "exited-early", { "left without a result", "未给出结果即退出" } },
  [HANSA_END_DENIED]
  = { "denied", { "was stopped for a forbidden operation", "因越权操作被终止" } },
  [HANSA_END_BAD_RESULT]
  = { "bad-result", { "gave a result that breaks the rules", "结果不合规范" } },
  [HANSA_END_CANCELLED] = { "cancelled", { "was cancelled", "已取消" } },
  [HANSA_END_REFUSED] = { "refused", { "was not run", "未予运行" } },
};

const char *
hansa_end_id (HansaEnd end)
{
  return ends[end].id;
}

HansaText
hansa_end_text (HansaEnd end)
{
  return ends[end].text;
}

static void
free_metric (gpointer data)
{
  HansaResultMetric *metric = data;
  g_free (metric->id);
  hansa_text_clear (&metric->title);
  g_free (metric->unit);
  g_free (metric->variant);
  hansa_text_clear (&metric->formula);
  hansa_text_clear (&metric->why);
  g_free (metric->table);
  g_free (metric->row);
  g_free (metric->input);
  g_clear_pointer (&metric->rows, g_array_unref);
  g_free (metric);
}

static void
free_table (gpointer data)
{
  HansaResultTable *table = data;
  g_free (table->id);
  hansa_text_clear (&table->title);
  hansa_text_clear (&table->note);
  for (guint i = 0; i < table->n_columns; i++)
    {
      g_free (table->columns[i].id);
      g_free (table->columns[i].unit);
      hansa_text_clear (&table->columns[i].title);
    }
  g_free (table->columns);
  g_clear_pointer (&table->cells, g_array_unref);
  g_free (table);
}

static void
free_chart (gpointer data)
{
  HansaResultChart *chart = data;
  char *const names[] = { chart->id,    chart->table, chart->x,    chart->y,    chart->group,
                          chart->label, chart->low,   chart->high, chart->size, chart->highlight };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_free (names[i]);
  hansa_text_clear (&chart->title);
  hansa_text_clear (&chart->note);
  g_strfreev (chart->x_lines);
  g_strfreev (chart->y_lines);
  g_free (chart);
}

static void
free_finding (gpointer data)
{
  HansaResultFinding *finding = data;
  g_free (finding->id);
  g_free (finding->metric);
  hansa_text_clear (&finding->text);
  for (guint i = 0; i < finding->n_names; i++)
    {
      g_free ((char *)finding->names[i].id);
      hansa_text_clear (&finding->names[i].text);
    }
  g_free (finding->names);
  g_free (finding);
}

static void
free_note (gpointer data)
{
  HansaResultNote *note = data;
  hansa_text_clear (&note->text);
  g_free (note);
}

HansaResult *
hansa_result_new (void)
{
  HansaResult *result = g_new0 (HansaResult, 1);
  result->metrics = g_ptr_array_new_with_free_func (free_metric);
  result->tables = g_ptr_array_new_with_free_func (free_table);
  result->charts = g_ptr_array_new_with_free_func (free_chart);
  result->findings = g_ptr_array_new_with_free_func (free_finding);
  result->notes = g_ptr_array_new_with_free_func (free_note);
  result->text = g_string_chunk_new (4096);
  return result;
}

void
hansa_result_free (HansaResult *result)
{
  if (result == NULL)
    return;
  g_ptr_array_unref (result->metrics);
  g_ptr_array_unref (result->tables);
  g_ptr_array_unref (result->charts);
  g_ptr_array_unref (result->findings);
  g_ptr_array_unref (result->notes);
  g_string_chunk_free (result->text);
  g_free (result);
}

const HansaResultMetric *
hansa_result_metric (const HansaResult *result, const char *id)
{
  for (guint i = 0; id != NULL && i < result->metrics->len; i++)
    {
      const HansaResultMetric *metric = g_ptr_array_index (result->metrics, i);
      if (g_str_equal (metric->id, id))
        return metric;
    }
  return NULL;
}

const HansaResultTable *
hansa_result_table (const HansaResult *result, const char *id)
{
  for (guint i = 0; id != NULL && i < result->tables->len; i++)
    {
      const HansaResultTable *table = g_ptr_array_index (result->tables, i);
      if (g_str_equal (table->id, id))
        return table;
    }
  return NULL;
}

gsize
hansa_result_table_rows (const HansaResultTable *table)
{
  return table->n_columns == 0 ? 0 : table->cells->len / table->n_columns;
}

const HansaCell *
hansa_result_table_cell (const HansaResultTable *table, gsize row, guint column)
{
  return &g_array_index (table->cells, HansaCell, row * table->n_columns + column);
}

guint
hansa_result_table_column (const HansaResultTable *table, const char *id)
{
  for (guint i = 0; id != NULL && i < table->n_columns; i++)
    if (g_str_equal (table->columns[i].id, id))
      return i;
  return G_MAXUINT;
}
