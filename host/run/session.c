/* SPDX-License-Identifier: MIT */
#include "run/session.h"

#include "base/cancel.h"
#include "base/error.h"
#include "chart/fonts.h"
#include "plugin/registry.h"
#include "run/analysis.h"
#include "run/current.h"
#include "store/key.h"

#include <stdlib.h>

void
hansa_skipped_free (HansaSkipped *skipped)
{
  g_free (skipped->plugin);
  g_free (skipped->reason);
  g_free (skipped);
}

void
hansa_run_free (HansaRun *run)
{
  if (run == NULL)
    return;
  hansa_text_clear (&run->title);
  g_clear_pointer (&run->analyses, g_ptr_array_unref);
  g_clear_pointer (&run->study, g_key_file_unref);
  g_free (run->gnuplot);
  g_free (run->engine);
  g_free (run->created);
  g_free (run->command);
  g_free (run);
}

/* ---- what a run begins with -------------------------------------------- */

/* Reproducible builds' clock, where set, so that equal runs are equal bytes. */
static char *
creation_time (void)
{
  const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
  g_autoptr (GDateTime) now
      = epoch != NULL ? g_date_time_new_from_unix_utc (g_ascii_strtoll (epoch, NULL, 10))
                      : g_date_time_new_now_utc ();
  return now != NULL ? g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
}

static HansaAnalysis *
begin_analysis (const HansaSession *session, const HansaPluginFile *file)
{
  HansaAnalysis *analysis = hansa_analysis_new (file->id, file->path);
  analysis->hash = hansa_file_sum (session->store, file->path, HANSA_SHA256);
  if (file->problem != NULL)
    {
      analysis->outcome.end = HANSA_END_REFUSED;
      analysis->outcome.detail = g_strdup (file->problem);
    }
  return analysis;
}

static HansaRun *
begin_run (const HansaSession *session)
{
  HansaRun *run = g_new0 (HansaRun, 1);
  HansaText title = hansa_dataset_title (session->dataset);

  if (session->study != NULL && session->study->title.en != NULL)
    title = session->study->title;
  run->title = hansa_text_copy (title);
  run->language = session->language;
  run->dataset = session->dataset;
  run->engine = g_strdup (hansa_dataset_engine (session->dataset));
  run->seed = session->seed;
  run->created = session->created != NULL ? g_strdup (session->created) : creation_time ();
  run->command = g_strdup (session->command);
  run->limits = session->limits;
  run->png = session->png;
  run->pdf = session->pdf;
  run->monochrome = session->monochrome;
  run->study = session->study != NULL ? g_key_file_ref (session->study->keys) : NULL;
  run->analyses = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_analysis_free);
  for (guint i = 0; i < session->plugins->len; i++)
    g_ptr_array_add (run->analyses, begin_analysis (session, session->plugins->pdata[i]));
  return run;
}

/* ---- the crew ---------------------------------------------------------- */

static void
clear_task (gpointer data)
{
  HansaTask *task = data;
  g_clear_error (&task->unusable);
  g_free (task->key);
}

static GArray *
make_tasks (HansaCrew *crew, HansaRun *run)
{
  GArray *tasks = g_array_new (FALSE, TRUE, sizeof (HansaTask));

  g_array_set_clear_func (tasks, clear_task);
  for (guint i = 0; i < run->analyses->len; i++)
    {
      HansaTask task = { .crew = crew, .analysis = run->analyses->pdata[i] };
      if (task.analysis->outcome.end != HANSA_END_REFUSED)
        g_array_append_val (tasks, task);
    }
  return tasks;
}

/* How many results are not known yet. */
static guint
look_up (const HansaSession *session, GArray *tasks)
{
  guint unknown = 0;

  for (guint i = 0; i < tasks->len; i++)
    {
      HansaTask *task = &g_array_index (tasks, HansaTask, i);
      if (session->store != NULL)
        hansa_task_look_up (task);
      unknown += hansa_task_is_settled (task) ? 0 : 1;
    }
  return unknown;
}

/* So that gnuplot starts while the data are being read. The charts of one analysis
 * are drawn by one gnuplot before a second has started, which takes from the
 * plugin's core what it would give. */
static void
warm_charts (const HansaSession *session, guint n_unknown)
{
  if (n_unknown > 1 || session->png || session->pdf)
    hansa_chart_pool_grow (session->charts, MIN (session->jobs, 2));
  hansa_chart_pool_warm (session->charts);
}

static void
run_tasks (HansaCrew *crew, GArray *tasks)
{
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();

  for (guint i = 0; i < tasks->len; i++)
    crew->preparing += g_array_index (tasks, HansaTask, i).unusable == NULL;
  crew->free_slots = MAX (crew->session->jobs, 1);
  for (guint i = 0; i < tasks->len; i++)
    if (g_array_index (tasks, HansaTask, i).unusable == NULL)
      g_ptr_array_add (
          threads, g_thread_new ("analysis", hansa_task_run, &g_array_index (tasks, HansaTask, i)));
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (threads->pdata[i]);
}

/* Analyses that the dataset cannot answer leave the report; the caller says so. */
static void
collect_skipped (HansaRun *run, GArray *tasks, GPtrArray *skipped)
{
  for (guint i = 0; i < tasks->len; i++)
    {
      HansaTask *task = &g_array_index (tasks, HansaTask, i);
      if (task->unusable == NULL)
        continue;
      HansaSkipped *entry = g_new0 (HansaSkipped, 1);
      entry->plugin = g_strdup (task->analysis->id);
      entry->reason = g_strdup (task->unusable->message);
      g_ptr_array_add (skipped, entry);
      g_ptr_array_remove (run->analyses, task->analysis);
    }
}

static gboolean
run_crew (HansaCrew *crew, GArray *tasks, GError **error)
{
  g_mutex_init (&crew->mutex);
  g_cond_init (&crew->changed);
  run_tasks (crew, tasks);
  g_mutex_clear (&crew->mutex);
  g_cond_clear (&crew->changed);
  if (crew->session->show_progress)
    g_printerr ("\r\033[K");

  if (hansa_is_run_cancelled ())
    {
      g_clear_error (&crew->failure);
      g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_CANCELLED,
                           _ ("cancelled; nothing was written"));
      return FALSE;
    }
  if (crew->failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&crew->failure));
  return FALSE;
}

/* ---- what it comes to -------------------------------------------------- */

static HansaExit
judge (const HansaRun *run, gboolean has_gnuplot)
{
  HansaExit status = HANSA_EXIT_OK;

  for (guint i = 0; i < run->analyses->len; i++)
    {
      const HansaAnalysis *analysis = run->analyses->pdata[i];
      if (analysis->outcome.end != HANSA_END_OK)
        return HANSA_EXIT_PLUGIN;
      for (guint k = 0; k < analysis->charts->len; k++)
        {
          const HansaDrawnChart *drawn = analysis->charts->pdata[k];
          if (drawn->files[HANSA_EN] == NULL || drawn->files[HANSA_ZH] == NULL)
            status = HANSA_EXIT_CHART;
        }
    }
  return status == HANSA_EXIT_CHART && !has_gnuplot ? HANSA_EXIT_SETUP : status;
}

static void
take_created (const HansaSession *session, HansaRun *run, const char *whole)
{
  char *created = hansa_run_created (session->store, whole);

  if (created == NULL)
    return;
  g_free (run->created);
  run->created = created;
}

static gboolean
has_chart_problem (const HansaRun *run)
{
  for (guint i = 0; i < run->analyses->len; i++)
    {
      const HansaAnalysis *analysis = run->analyses->pdata[i];
      for (guint k = 0; k < analysis->charts->len; k++)
        if (((const HansaDrawnChart *)analysis->charts->pdata[k])->problem != NULL)
          return TRUE;
    }
  return FALSE;
}

/* Everything that is not known yet, then the report. `key`: of the run, when it
 * began. */
static gboolean
make_report (HansaCrew *crew, GArray *tasks, HansaRun *run, const char *key, GPtrArray *skipped,
             GError **error)
{
  const HansaSession *session = crew->session;
  g_autofree char *folder = hansa_report_begin (session->out, error);
  if (folder == NULL)
    return FALSE;

  crew->folder = folder;
  if (crew->charts != NULL)
    {
      g_autofree char *earlier = g_build_filename (session->out, "charts", NULL);
      hansa_chart_pool_use_earlier (crew->charts, earlier);
    }
  gboolean done = run_crew (crew, tasks, error);
  g_autofree char *whole = done ? hansa_run_whole_key (session, key, crew->charts) : NULL;
  if (done)
    {
      collect_skipped (run, tasks, skipped);
      if (crew->charts != NULL)
        {
          run->gnuplot = hansa_chart_pool_version (crew->charts);
          hansa_chart_pool_retire (crew->charts);
        }
      take_created (session, run, whole);
    }
  if (!done || !hansa_report_finish (run, folder, session->out, error))
    {
      hansa_report_abandon (folder);
      return FALSE;
    }
  /* To be said again next time, or mixed of files before and after a change:
   * not to be taken for the report of this key. */
  g_autofree char *now = hansa_run_key (session, run->title);
  if (judge (run, crew->charts != NULL) == HANSA_EXIT_OK && !has_chart_problem (run)
      && g_strcmp0 (key, now) == 0)
    hansa_run_remember (session, run, whole);
  return TRUE;
}

/* Whether the report stands there already. */
static gboolean
is_current (const HansaSession *session, HansaRun *run, const char *key, HansaChartPool *charts)
{
  g_autofree char *whole = hansa_run_whole_key (session, key, charts);

  take_created (session, run, whole);
  return hansa_run_is_current (session, run, whole);
}

void
hansa_session_begin (HansaSession *session)
{
  g_autoptr (GError) no_gnuplot = NULL;

  hansa_fonts_use_store (session->store);
  session->charts = hansa_chart_pool_new (1, hansa_cancel_install (), &no_gnuplot);
  if (session->charts == NULL)
    {
      g_printerr ("hansa: %s\n", no_gnuplot->message);
      return;
    }
  hansa_chart_pool_use_store (session->charts, session->store);
  /* A report that another command made cannot be current. */
  if (session->store == NULL || !hansa_report_is_of (session->out, session->command))
    hansa_chart_pool_warm (session->charts);
}

void
hansa_session_end (HansaSession *session)
{
  g_clear_pointer (&session->charts, hansa_chart_pool_free);
}

HansaRun *
hansa_session_run (const HansaSession *session, HansaExit *status, GPtrArray *skipped,
                   GError **error)
{
  HansaChartPool *charts = session->charts;
  g_autoptr (HansaRun) run = begin_run (session);
  HansaCrew crew = { .session = session, .charts = charts, .cancel_fd = hansa_cancel_install () };
  g_autoptr (GArray) tasks = make_tasks (&crew, run);

  hansa_dataset_use_store (session->dataset, session->store);
  guint n_unknown = look_up (session, tasks);
  gboolean settled = session->store != NULL && n_unknown == 0;
  if (!settled && charts != NULL)
    warm_charts (session, n_unknown);
  g_autofree char *key = hansa_run_key (session, run->title);
  run->current = settled && is_current (session, run, key, charts);
  if (run->current)
    collect_skipped (run, tasks, skipped);
  else if (!make_report (&crew, tasks, run, key, skipped, error))
    return NULL;
  *status = judge (run, charts != NULL);
  return g_steal_pointer (&run);
}
