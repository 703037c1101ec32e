/* SPDX-License-Identifier: MIT
 *
 * Runs built by hand, for the tests of the report: a small package in a
 * temporary folder, analyses, results, and texts that mean harm.
 */
#pragma once

#include "report/report-private.h"

#include <check.h>
#include <glib/gstdio.h>
#include <string.h>

#define HOSTILE                                                                                    \
  "<script>alert(\"x\")</script>&amp;'\xE2\x80\xAE"                                                \
  "fdp.exe ]]> {id} \x01\x7F"

/* Ten thousand characters without a blank. */
G_GNUC_UNUSED static const char *
sample_long (void)
{
  static char text[3 * 10000 + 1];
  if (text[0] == '\0')
    for (guint i = 0; i < 10000; i++)
      memcpy (text + 3 * i, "长", 3);
  return text;
}

G_GNUC_UNUSED static char *
sample_dir (void)
{
  g_autoptr (GError) error = NULL;
  char *dir = g_dir_make_tmp ("hansa-test-report-XXXXXX", &error);
  ck_assert_msg (dir != NULL, "%s", error != NULL ? error->message : "");
  return dir;
}

G_GNUC_UNUSED static void
sample_put (const char *dir, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  ck_assert (g_file_set_contents (path, text, -1, NULL));
}

G_GNUC_UNUSED static void
sample_remove (char *dir)
{
  const char *argv[] = { "rm", "-rf", "--", dir, NULL };
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  g_free (dir);
}

/* A package of two tables; the third line of data holds hostile text. */
G_GNUC_UNUSED static HansaDataset *
sample_dataset (const char *dir, gboolean synthetic)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *manifest = g_strdup_printf (
      "{\"name\": \"sample\", \"title\": \"A <b>sample</b>\", \"title_zh\": \"示例“数据”\","
      " \"synthetic\": %s, \"resources\": ["
      "{\"name\": \"trade\", \"path\": \"trade.csv\", \"title\": \"Trade\", \"title_zh\": \"外贸\","
      " \"coverage\": \"All & none\", \"coverage_zh\": \"全部\", \"schema\": {\"fields\": ["
      "{\"name\": \"region\", \"type\": \"string\", \"title\": \"Region\", \"title_zh\": \"地区\"},"
      "{\"name\": \"value\", \"type\": \"number\", \"unit\": \"USD\"},"
      "{\"name\": \"source\", \"type\": \"string\"}]}},"
      "{\"name\": \"source\", \"path\": \"source.csv\", \"schema\": {\"fields\": ["
      "{\"name\": \"id\", \"type\": \"string\"}, {\"name\": \"title\", \"type\": \"string\"},"
      "{\"name\": \"url\", \"type\": \"string\"}]}}]}",
      synthetic ? "true" : "false");

  sample_put (dir, "datapackage.json", manifest);
  sample_put (dir, "trade.csv",
              "region,value,source\n430000,36033297000,S1 S2\n440000,1006628000000,S1\n"
              "\"<i>\"\"x\"\"</i>\",1,S3 S9\n");
  sample_put (dir, "source.csv",
              "id,title,url\nS1,Customs <2017>,https://example.org/?a=1&b=2\n"
              "S2,海关统计,\nS3,Bad,javascript:alert(1)\n");
  HansaDataset *dataset = hansa_dataset_open (dir, &error);
  ck_assert_msg (dataset != NULL, "%s", error != NULL ? error->message : "");
  return dataset;
}

/* ---- results ----------------------------------------------------------------- */

G_GNUC_UNUSED static HansaText
sample_text (const char *en, const char *zh)
{
  return hansa_text_copy ((HansaText){ en, zh });
}

G_GNUC_UNUSED static HansaResultMetric *
sample_metric (HansaResult *result, const char *id, HansaText title, HansaValue value,
               const char *unit, guint decimals)
{
  HansaResultMetric *metric = g_new0 (HansaResultMetric, 1);

  metric->id = g_strdup (id);
  metric->title = hansa_text_copy (title);
  metric->value = value;
  metric->unit = g_strdup (unit);
  metric->decimals = decimals;
  metric->low = metric->high = hansa_undefined (HANSA_NO_DATA);
  metric->rows = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_ptr_array_add (result->metrics, metric);
  return metric;
}

G_GNUC_UNUSED static HansaResultTable *
sample_table (HansaResult *result, const char *id, HansaText title, guint n_columns,
              const HansaOutColumn *columns)
{
  HansaResultTable *table = g_new0 (HansaResultTable, 1);

  table->id = g_strdup (id);
  table->title = hansa_text_copy (title);
  table->n_columns = n_columns;
  table->columns = g_new0 (HansaResultColumn, n_columns);
  for (guint i = 0; i < n_columns; i++)
    table->columns[i] = (HansaResultColumn){
      g_strdup (columns[i].id), g_strdup (columns[i].unit != NULL ? columns[i].unit : ""),
      hansa_text_copy (columns[i].title), columns[i].type, columns[i].decimals
    };
  table->cells = g_array_new (FALSE, FALSE, sizeof (HansaCell));
  g_ptr_array_add (result->tables, table);
  return table;
}

G_GNUC_UNUSED static void
sample_row (HansaResult *result, HansaResultTable *table, const HansaCell *cells)
{
  for (guint i = 0; i < table->n_columns; i++)
    {
      HansaCell cell = cells[i];
      if (cell.type == HANSA_TEXT || cell.type == HANSA_LABEL)
        {
          cell.as.text.en = g_string_chunk_insert (result->text, cell.as.text.en);
          cell.as.text.zh = g_string_chunk_insert (result->text, cell.as.text.zh);
        }
      g_array_append_val (table->cells, cell);
    }
}

G_GNUC_UNUSED static void
sample_finding (HansaResult *result, guint32 severity, const char *id, const char *metric,
                HansaText text)
{
  HansaResultFinding *finding = g_new0 (HansaResultFinding, 1);

  finding->severity = severity;
  finding->id = g_strdup (id);
  finding->metric = g_strdup (metric);
  finding->text = hansa_text_copy (text);
  g_ptr_array_add (result->findings, finding);
}

G_GNUC_UNUSED static void
sample_note (HansaResult *result, guint32 kind, HansaText text)
{
  HansaResultNote *note = g_new0 (HansaResultNote, 1);

  note->kind = kind;
  note->text = hansa_text_copy (text);
  g_ptr_array_add (result->notes, note);
}

G_GNUC_UNUSED static HansaResultChart *
sample_chart (HansaResult *result, guint32 kind, const char *id, HansaText title, const char *table)
{
  HansaResultChart *chart = g_new0 (HansaResultChart, 1);

  chart->kind = kind;
  chart->id = g_strdup (id);
  chart->title = hansa_text_copy (title);
  chart->table = g_strdup (table);
  chart->x_lines = g_new0 (char *, 1);
  chart->y_lines = g_new0 (char *, 1);
  g_ptr_array_add (result->charts, chart);
  return chart;
}

/* ---- runs -------------------------------------------------------------------- */

static void
sample_free_drawn (gpointer data)
{
  HansaDrawnChart *drawn = data;
  for (guint i = 0; i < HANSA_N_LANGUAGES; i++)
    {
      g_free (drawn->files[i]);
      g_free (drawn->scripts[i]);
    }
  g_free (drawn->problem);
  g_free (drawn);
}

static void
sample_free_analysis (gpointer data)
{
  HansaAnalysis *analysis = data;

  g_free (analysis->id);
  g_free (analysis->description);
  g_clear_pointer (&analysis->params, g_array_unref);
  g_clear_pointer (&analysis->inputs, g_ptr_array_unref);
  g_clear_pointer (&analysis->charts, g_ptr_array_unref);
  g_clear_pointer (&analysis->result, hansa_result_free);
  g_free (analysis);
}

G_GNUC_UNUSED static HansaAnalysis *
sample_analysis (HansaRun *run, const char *id, const HansaPlugin *plugin, HansaEnd end)
{
  HansaAnalysis *analysis = g_new0 (HansaAnalysis, 1);

  analysis->id = g_strdup (id);
  analysis->path = (char *)"/plugins/sample.so";
  analysis->hash = (char *)"00ff";
  if (plugin != NULL)
    {
      analysis->description = g_new0 (HansaDescription, 1);
      analysis->description->plugin = *plugin;
    }
  analysis->params = g_array_new (FALSE, FALSE, sizeof (HansaParamValue));
  analysis->inputs = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_sealed_table_unref);
  analysis->charts = g_ptr_array_new_with_free_func (sample_free_drawn);
  analysis->outcome.end = end;
  analysis->outcome.detail = (char *)"";
  analysis->outcome.output = (char *)"";
  analysis->result = end == HANSA_END_OK ? hansa_result_new () : NULL;
  g_ptr_array_add (run->analyses, analysis);
  return analysis;
}

G_GNUC_UNUSED static HansaRun *
sample_run (HansaDataset *dataset, HansaLanguage language)
{
  HansaRun *run = g_new0 (HansaRun, 1);

  run->title = (HansaText){ "Foreign trade of Hunan, 2017", "湖南省2017年对外贸易分析报告" };
  run->language = language;
  run->dataset = dataset;
  run->analyses = g_ptr_array_new_with_free_func (sample_free_analysis);
  run->seed = 42;
  run->created = (char *)"2018-07-01T08:00:00Z";
  run->command = (char *)"hansa run trade-growth --dataset hunan";
  return run;
}

G_GNUC_UNUSED static void
sample_free_run (HansaRun *run)
{
  g_ptr_array_unref (run->analyses);
  g_free (run);
}
