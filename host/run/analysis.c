/* SPDX-License-Identifier: MIT */
#include "run/analysis.h"

#include "base/cancel.h"
#include "base/error.h"
#include "run/params.h"

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

typedef struct
{
  const HansaSession *session;
  GPtrArray *texts;
} Lookup;

static const char *
look_up (const char *plugin, const char *param, gpointer data)
{
  Lookup *lookup = data;
  g_autofree char *key = g_strdup_printf ("%s.%s", plugin, param);
  const char *text = g_hash_table_lookup (lookup->session->settings, key);

  if (text != NULL)
    return text;
  if (lookup->session->study != NULL)
    {
      char *said = hansa_study_param (lookup->session->study, plugin, param);
      if (said != NULL)
        {
          g_ptr_array_add (lookup->texts, said);
          return said;
        }
    }
  return hansa_dataset_parameter (lookup->session->dataset, plugin, param);
}

static gboolean
check_names (const HansaSession *session, const HansaDescription *description, GError **error)
{
  g_autofree char *prefix = g_strdup_printf ("%s.", description->plugin.id);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, session->settings);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_str_has_prefix (key, prefix)
        && !hansa_params_known (description, (char *)key + strlen (prefix), error))
      return FALSE;
  if (session->study == NULL)
    return TRUE;
  g_auto (GStrv) names = hansa_study_params (session->study, description->plugin.id);
  for (char **name = names; *name != NULL; name++)
    if (!hansa_params_known (description, *name, error))
      {
        g_prefix_error (error, "%s: ", session->study->path);
        return FALSE;
      }
  return TRUE;
}

static gboolean
resolve_params (HansaAnalysis *analysis, const HansaSession *session, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  Lookup lookup = { .session = session, .texts = texts };

  if (!check_names (session, analysis->description, error))
    return FALSE;
  analysis->params = hansa_params_resolve (analysis->description, look_up, &lookup, error);
  return analysis->params != NULL;
}

gboolean
hansa_session_usable (const HansaDescription *description, HansaDataset *dataset, GError **error)
{
  for (guint i = 0; i < description->plugin.n_inputs; i++)
    if (!hansa_dataset_can_answer (dataset, &description->plugin.inputs[i], error))
      {
        g_prefix_error (error, "%s: ", description->plugin.id);
        return FALSE;
      }
  return TRUE;
}

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

/* Everything that needs no plugin code beyond its description. NULL when the
 * plugin cannot go on; `failure` is set when that ends the run as a whole. */
static HansaWorker *
prepare (HansaTask *task, GError **failure)
{
  HansaAnalysis *analysis = task->analysis;
  const HansaSession *session = task->crew->session;
  g_autoptr (HansaWorker) worker
      = hansa_worker_spawn (analysis->path, &session->limits, task->crew->cancel_fd, failure);

  if (worker == NULL)
    return NULL;
  analysis->description = hansa_worker_describe (worker, &analysis->outcome);
  if (analysis->description == NULL)
    return NULL;
  if (!hansa_session_usable (analysis->description, session->dataset, failure))
    {
      if (session->skip_unusable)
        task->unusable = g_steal_pointer (failure);
      return NULL;
    }
  if (!resolve_params (analysis, session, failure) || !read_inputs (analysis, session, failure))
    return NULL;
  return g_steal_pointer (&worker);
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

gpointer
hansa_task_run (gpointer data)
{
  HansaTask *task = data;
  HansaAnalysis *analysis = task->analysis;
  GError *failure = NULL;

  take_slot (task->crew);
  g_autoptr (HansaWorker) worker = prepare (task, &failure);
  give_slot (task->crew);
  if (!meet_others (task->crew, failure) || worker == NULL)
    return NULL;

  take_slot (task->crew);
  analysis->result
      = hansa_worker_run (worker, (const HansaParamValue *)(const void *)analysis->params->data,
                          analysis->params->len, (HansaSealedTable *const *)analysis->inputs->pdata,
                          analysis->inputs->len, task->crew->session->seed, &analysis->outcome);
  if (analysis->result != NULL)
    draw_charts (task);
  report_progress (task);
  give_slot (task->crew);
  return NULL;
}
