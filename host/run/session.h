/* SPDX-License-Identifier: MIT
 *
 * One run: dataset and plugins in, report folder out. Plugins work side by
 * side; nothing is written where the user looks until all is done.
 */
#pragma once

#include "base/error.h"
#include "report/report.h"
#include "run/study.h"

G_BEGIN_DECLS

typedef struct
{
  HansaStore *store;       /* (transfer none); NULL: nothing is reused or kept */
  HansaDataset *dataset;   /* (transfer none) */
  const HansaStudy *study; /* may be NULL */
  GPtrArray *plugins;      /* HansaPluginFile, in the order of the report */
  gboolean skip_unusable;  /* leave out what the dataset cannot answer, and say so */
  GHashTable *settings;    /* "plugin.param" -> text, from the command line */
  char *out;
  HansaLanguage language;
  guint jobs;
  guint64 seed;
  HansaLimits limits;
  gboolean png, pdf, monochrome;
  gboolean show_progress; /* on stderr */
  const char *command;    /* for the record */
  const char *created;    /* when, for the record; NULL: now */
  HansaChartPool *charts; /* from hansa_session_begin(); NULL: no gnuplot */
} HansaSession;

typedef struct
{
  char *plugin;
  char *reason;
} HansaSkipped;

/* First of all: opens the charts, and starts the gnuplots at once where the report
 * cannot be current; dataset and plugins need not be known yet. Says on stderr
 * where there is no gnuplot. */
void hansa_session_begin (HansaSession *session);
/* Frees what that made. */
void hansa_session_end (HansaSession *session);

/* Runs and writes the report. Returns the run (the report is in place), or NULL
 * with nothing written. `status` is the exit code that the run as a whole
 * deserves (HANSA_EXIT_OK, _PLUGIN, _CHART, _SETUP). `skipped` gets
 * HansaSkipped. */
HansaRun *hansa_session_run (const HansaSession *session, HansaExit *status, GPtrArray *skipped,
                             GError **error);

void hansa_run_free (HansaRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaRun, hansa_run_free)
void hansa_skipped_free (HansaSkipped *skipped);

/* Why a plugin can or cannot work on a dataset: TRUE, or FALSE with the reason;
 * used by `hansa why`, and by a run before it begins. */
gboolean hansa_session_usable (const HansaDescription *description, HansaDataset *dataset,
                               GError **error);

G_END_DECLS
