/* SPDX-License-Identifier: MIT */
#include "run/analysis.h"

#include "base/cancel.h"
#include "base/error.h"
#include "plugin/stored.h"
#include "store/key.h"

#include <string.h>

/* ---- life -------------------------------------------------------------- */

static void
free_drawn (gpointer data)
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
free_input (gpointer data)
{
  hansa_sealed_table_unref (data);
}

HansaAnalysis *
hansa_analysis_new (const char *id, const char *path)
{
  HansaAnalysis *analysis = g_new0 (HansaAnalysis, 1);
  analysis->id = g_strdup (id);
  analysis->path = g_strdup (path);
  analysis->inputs = g_ptr_array_new_with_free_func (free_input);
  analysis->charts = g_ptr_array_new_with_free_func (free_drawn);
  return analysis;
}

void
hansa_analysis_free (HansaAnalysis *analysis)
{
  if (analysis == NULL)
    return;
  g_free (analysis->id);
  g_free (analysis->path);
  g_free (analysis->hash);
  g_clear_pointer (&analysis->params, g_array_unref);
  g_ptr_array_unref (analysis->inputs);
  g_ptr_array_unref (analysis->charts);
  hansa_outcome_clear (&analysis->outcome);
  hansa_result_free (analysis->result);
  hansa_description_free (analysis->description);
  g_free (analysis);
}

/* ---- taking turns ------------------------------------------------------ */

static void
take_slot (HansaCrew *crew)
{
  g_mutex_lock (&crew->mutex);
  while (crew->free_slots == 0)
    g_cond_wait (&crew->changed, &crew->mutex);
  crew->free_slots--;
  g_mutex_unlock (&crew->mutex);
}

static void
give_slot (HansaCrew *crew)
{
  g_mutex_lock (&crew->mutex);
  crew->free_slots++;
  g_cond_broadcast (&crew->changed);
  g_mutex_unlock (&crew->mutex);
}

/* Tells the others that this one is ready (or failed for all) and waits until
 * every one is. FALSE when the run as a whole has failed. */
static gboolean
meet_others (HansaCrew *crew, GError *failure)
{
  g_mutex_lock (&crew->mutex);
  if (failure != NULL && crew->failure == NULL)
    crew->failure = failure;
  else
    g_clear_error (&failure);
  crew->preparing--;
  g_cond_broadcast (&crew->changed);
  while (crew->preparing > 0)
    g_cond_wait (&crew->changed, &crew->mutex);
  gboolean go = crew->failure == NULL;
  g_mutex_unlock (&crew->mutex);
  return go;
}

/* ---- before ------------------------------------------------------------ */

static gboolean
read_inputs (HansaAnalysis *analysis, const HansaSession *session, GError **error)
{
  const HansaPlugin *plugin = &analysis->description->plugin;

  for (guint i = 0; i < plugin->n_inputs; i++)
    {
      HansaSealedTable *table = hansa_dataset_input (session->dataset, &plugin->inputs[i], error);
      if (table == NULL)
        return FALSE;
      g_ptr_array_add (analysis->inputs, table);
    }
  return TRUE;
}

/* Whether the file is still the one whose hash the run names. */
static gboolean
is_same_plugin (const HansaTask *task)
{
  HansaStore *store = task->crew->session->store;
  g_autofree char *hash
      = store != NULL ? hansa_file_sum (store, task->analysis->path, HANSA_SHA256) : NULL;

  return g_strcmp0 (hash, task->analysis->hash) == 0;
}

static HansaWorker *
start_worker (HansaTask *task, GError **error)
{
  HansaAnalysis *analysis = task->analysis;
  const HansaSession *session = task->crew->session;
  g_autoptr (HansaWorker) worker
      = hansa_worker_spawn (analysis->path, &session->limits, task->crew->cancel_fd, error);

  if (worker == NULL)
    return NULL;
  g_autoptr (HansaDescription) description = hansa_worker_describe (worker, &analysis->outcome);
  if (description == NULL)
    return NULL;
  if (analysis->description == NULL)
    {
      analysis->description = g_steal_pointer (&description);
      if (is_same_plugin (task))
        hansa_store_description (session->store, analysis->hash, worker);
    }
  return g_steal_pointer (&worker);
}

/* Everything that needs no plugin code beyond its description. FALSE when the
 * plugin cannot go on; `failure` is set when that ends the run as a whole.
 * `worker` stays NULL where there is a result already. */
static gboolean
prepare (HansaTask *task, HansaWorker **worker, GError **failure)
{
  HansaAnalysis *analysis = task->analysis;

  if (analysis->result == NULL)
    {
      *worker = start_worker (task, failure);
      if (*worker == NULL)
        return FALSE;
    }
  if (!hansa_task_check (task, failure) || !read_inputs (analysis, task->crew->session, failure))
    return FALSE;
  /* Another file may hold the same table. */
  if (analysis->result == NULL)
    hansa_task_look_up_result (task);
  if (analysis->result != NULL)
    g_clear_pointer (worker, hansa_worker_free);
  return TRUE;
}

/* ---- after ------------------------------------------------------------- */

/* One chart in one language: the SVG of the report, and what else was asked. */
static gboolean
draw_chart (HansaTask *task, HansaDrawnChart *drawn, HansaLanguage language, GError **error)
{
  const HansaSession *session = task->crew->session;
  const HansaResult *result = task->analysis->result;
  g_autofree char *dir = g_build_filename (task->crew->folder, "charts", NULL);
  g_autofree char *name = g_strdup_printf ("%s.%s.%s", task->analysis->id, drawn->chart->id,
                                           hansa_language_id (language));
  const struct
  {
    HansaChartFormat format;
    gboolean wanted;
  } formats[] = { { HANSA_PNG, session->png }, { HANSA_PDF, session->pdf }, { HANSA_SVG, TRUE } };

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      HansaChartStyle style = { formats[i].format, language, session->monochrome };
      if (formats[i].wanted
          && !hansa_chart_pool_draw (task->crew->charts, result, drawn->chart, &style, dir, name,
                                     error))
        return FALSE;
    }
  drawn->files[language] = g_strdup_printf ("charts/%s.svg", name);
  drawn->scripts[language] = g_strdup_printf ("charts/%s.gp", name);
  return TRUE;
}

typedef struct
{
  HansaTask *task;
  HansaLanguage language;
  char **problems; /* one a chart; NULL: none */
} Drawing;

/* A full disk is no matter of one chart: the run as a whole has failed. */
static void
fail_run (HansaCrew *crew, GError *failure)
{
  g_mutex_lock (&crew->mutex);
  if (crew->failure == NULL)
    crew->failure = failure;
  else
    g_error_free (failure);
  g_mutex_unlock (&crew->mutex);
}

/* All charts of an analysis in one language. */
static gpointer
draw_language (gpointer data)
{
  Drawing *drawing = data;
  GPtrArray *charts = drawing->task->analysis->charts;

  for (guint i = 0; i < charts->len && !hansa_is_run_cancelled (); i++)
    {
      HansaDrawnChart *drawn = charts->pdata[i];
      g_autoptr (GError) error = NULL;
      if (draw_chart (drawing->task, drawn, drawing->language, &error))
        continue;
      drawing->problems[i] = g_strdup (error->message);
      if (error->code == HANSA_EXIT_OUTPUT)
        fail_run (drawing->task->crew, g_steal_pointer (&error));
    }
  return NULL;
}

/* The languages side by side: one gnuplot draws while the other one's picture
 * is being checked and written. */
static void
draw_languages (HansaTask *task)
{
  GPtrArray *charts = task->analysis->charts;
  Drawing drawings[HANSA_N_LANGUAGES];
  GThread *threads[HANSA_N_LANGUAGES];

  for (int i = 0; i < HANSA_N_LANGUAGES; i++)
    {
      drawings[i] = (Drawing){ task, (HansaLanguage)i, g_new0 (char *, charts->len + 1) };
      threads[i] = g_thread_new ("charts", draw_language, &drawings[i]);
    }
  for (int i = 0; i < HANSA_N_LANGUAGES; i++)
    {
      g_thread_join (threads[i]);
      for (guint k = 0; k < charts->len; k++)
        {
          HansaDrawnChart *drawn = charts->pdata[k];
          if (drawings[i].problems[k] == NULL)
            continue;
          g_free (drawn->problem);
          drawn->problem = drawings[i].problems[k];
        }
      g_free (drawings[i].problems);
    }
}

/* "𰻝 (U+30EDD)": the code finds it where the character itself shows as a box. */
static void
append_characters (GString *words, const char *characters)
{
  for (const char *at = characters; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      g_string_append (words, words->len > 0 ? ", " : "");
      if (g_unichar_isdefined (c) && g_unichar_type (c) != G_UNICODE_PRIVATE_USE)
        {
          g_string_append_unichar (words, c);
          g_string_append_c (words, ' ');
        }
      g_string_append_printf (words, "(U+%04X)", c);
    }
}

/* Boxes in place of characters are seen late: said before drawing, whatever
 * else is printed, and kept for the report. */
static void
warn_of_glyphs (HansaTask *task)
{
  const HansaAnalysis *analysis = task->analysis;

  for (guint i = 0; i < analysis->charts->len; i++)
    {
      HansaDrawnChart *drawn = analysis->charts->pdata[i];
      g_autoptr (GString) words = g_string_new (NULL);
      for (int language = 0; language < HANSA_N_LANGUAGES && words->len == 0; language++)
        {
          g_autofree char *missing = hansa_chart_missing_glyphs (analysis->result, drawn->chart,
                                                                 (HansaLanguage)language);
          append_characters (words, missing);
        }
      if (words->len == 0)
        continue;
      drawn->problem = g_strdup_printf (
          _ ("no installed font can draw %s: boxes stand in their place. Install a font that has "
             "them (Debian: fonts-noto-cjk for Chinese, fonts-noto-core for other scripts)."),
          words->str);
      g_printerr (_ ("hansa: chart %s of %s: %s\n"), drawn->chart->id, analysis->id,
                  drawn->problem);
    }
}

static void
draw_charts (HansaTask *task)
{
  const HansaResult *result = task->analysis->result;

  for (guint i = 0; i < result->charts->len; i++)
    {
      HansaDrawnChart *drawn = g_new0 (HansaDrawnChart, 1);
      drawn->chart = result->charts->pdata[i];
      if (task->crew->charts == NULL)
        drawn->problem = g_strdup (_ ("gnuplot is not installed"));
      g_ptr_array_add (task->analysis->charts, drawn);
    }
  if (task->crew->charts == NULL)
    return;
  warn_of_glyphs (task);
  draw_languages (task);
}

static void
report_progress (HansaTask *task)
{
  HansaCrew *crew = task->crew;

  g_mutex_lock (&crew->mutex);
  crew->finished++;
  if (crew->session->show_progress)
    g_printerr ("\r\033[K%u/%u  %s", crew->finished, crew->session->plugins->len,
                task->analysis->id);
  g_mutex_unlock (&crew->mutex);
}

static void
run_plugin (HansaTask *task, HansaWorker *worker)
{
  HansaAnalysis *analysis = task->analysis;

  analysis->result
      = hansa_worker_run (worker, (const HansaParamValue *)(const void *)analysis->params->data,
                          analysis->params->len, (HansaSealedTable *const *)analysis->inputs->pdata,
                          analysis->inputs->len, task->crew->session->seed, &analysis->outcome);
  /* What it printed and logged stands in the report, but not in a kept result. */
  gboolean silent = *analysis->outcome.output == '\0' && *analysis->outcome.log == NULL;
  if (analysis->result != NULL && silent && is_same_plugin (task))
    hansa_store_result (task->crew->session->store, task->key, worker);
}

gpointer
hansa_task_run (gpointer data)
{
  HansaTask *task = data;
  HansaAnalysis *analysis = task->analysis;
  g_autoptr (HansaWorker) worker = NULL;
  GError *failure = NULL;

  take_slot (task->crew);
  gboolean ready = prepare (task, &worker, &failure);
  give_slot (task->crew);
  if (!meet_others (task->crew, failure) || !ready)
    return NULL;

  take_slot (task->crew);
  if (analysis->result == NULL)
    run_plugin (task, worker);
  hansa_store_count (task->crew->session->store, HANSA_STAGE_RESULT, analysis->reused);
  if (analysis->result != NULL)
    draw_charts (task);
  report_progress (task);
  give_slot (task->crew);
  return NULL;
}
