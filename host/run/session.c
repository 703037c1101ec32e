/* SPDX-License-Identifier: MIT */
#include "run/session.h"

#include "base/cancel.h"
#include "base/error.h"
#include "plugin/registry.h"
#include "run/analysis.h"

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

static char *
hash_file (const char *path)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  if (file == NULL)
    return NULL;
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                      (const guchar *)g_mapped_file_get_contents (file),
                                      g_mapped_file_get_length (file));
}

static HansaAnalysis *
begin_analysis (const HansaPluginFile *file)
{
  HansaAnalysis *analysis = hansa_analysis_new (file->id, file->path);
  analysis->hash = hash_file (file->path);
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
  run->created = creation_time ();
  run->command = g_strdup (session->command);
  run->analyses = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_analysis_free);
  for (guint i = 0; i < session->plugins->len; i++)
    g_ptr_array_add (run->analyses, begin_analysis (session->plugins->pdata[i]));
  return run;
}

/* ---- the crew ---------------------------------------------------------- */

static void
run_tasks (HansaCrew *crew, GArray *tasks)
{
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();

  crew->preparing = tasks->len;
  crew->free_slots = MAX (crew->session->jobs, 1);
  for (guint i = 0; i < tasks->len; i++)
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
      g_clear_error (&task->unusable);
      g_ptr_array_remove (run->analyses, task->analysis);
    }
}

static gboolean
run_crew (HansaCrew *crew, HansaRun *run, GPtrArray *skipped, GError **error)
{
  g_autoptr (GArray) tasks = g_array_new (FALSE, TRUE, sizeof (HansaTask));

  for (guint i = 0; i < run->analyses->len; i++)
    {
      HansaTask task = { .crew = crew, .analysis = run->analyses->pdata[i] };
      if (task.analysis->outcome.end != HANSA_END_REFUSED)
        g_array_append_val (tasks, task);
    }
  g_mutex_init (&crew->mutex);
  g_cond_init (&crew->changed);
  run_tasks (crew, tasks);
  g_mutex_clear (&crew->mutex);
  g_cond_clear (&crew->changed);
  if (crew->session->show_progress)
    g_printerr ("\r\033[K");

  collect_skipped (run, tasks, skipped);
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

HansaRun *
hansa_session_run (const HansaSession *session, HansaExit *status, GPtrArray *skipped,
                   GError **error)
{
  int cancel_fd = hansa_cancel_install ();
  g_autoptr (GError) no_gnuplot = NULL;
  /* First, so that gnuplot starts while the data are being read. */
  g_autoptr (HansaChartPool) charts
      = hansa_chart_pool_new (CLAMP (session->jobs, 1, 2), cancel_fd, &no_gnuplot);
  if (charts == NULL)
    g_printerr ("hansa: %s\n", no_gnuplot->message);

  g_autofree char *folder = hansa_report_begin (session->out, error);
  if (folder == NULL)
    return NULL;

  g_autoptr (HansaRun) run = begin_run (session);
  HansaCrew crew
      = { .session = session, .charts = charts, .folder = folder, .cancel_fd = cancel_fd };
  run->limits = session->limits;
  gboolean done = run_crew (&crew, run, skipped, error);
  run->gnuplot = done && charts != NULL ? hansa_chart_pool_version (charts) : NULL;
  if (!done || !hansa_report_finish (run, folder, session->out, error))
    {
      hansa_report_abandon (folder);
      return NULL;
    }
  *status = judge (run, charts != NULL);
  return g_steal_pointer (&run);
}
