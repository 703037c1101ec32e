/* SPDX-License-Identifier: MIT
 *
 * One analysis of a run, in a thread of its own: describe, check, read inputs;
 * wait for the others; run, draw.
 */
#pragma once

#include "run/session.h"

G_BEGIN_DECLS

/* What the threads of a run share. */
typedef struct
{
  const HansaSession *session;
  HansaChartPool *charts; /* NULL: no gnuplot */
  const char *folder;     /* where the report grows */
  int cancel_fd;

  GMutex mutex;
  GCond changed;
  guint free_slots; /* analyses that may work now */
  guint preparing;  /* analyses that are not ready yet */
  guint finished;
  GError *failure; /* the first error that ends the run as a whole */
} HansaCrew;

typedef struct
{
  HansaCrew *crew;
  HansaAnalysis *analysis;
  GError *unusable; /* set when left out (skip_unusable) */
  char *key;        /* of the result; NULL: not known, or not to be kept */
} HansaTask;

/* Takes from the store what is known of the analysis without reading data or
 * starting anything: description, parameters, result. */
void hansa_task_look_up (HansaTask *task);
/* Its two halves, for an analysis that is described. FALSE when it cannot go on:
 * left out (task->unusable), or an error. */
gboolean hansa_task_check (HansaTask *task, GError **error);
/* By the inputs that were read, or that the store knows. */
void hansa_task_look_up_result (HansaTask *task);
/* Whether there is nothing left to find out but charts. */
gboolean hansa_task_is_settled (const HansaTask *task);

/* GThreadFunc over a HansaTask. */
gpointer hansa_task_run (gpointer task);

HansaAnalysis *hansa_analysis_new (const char *id, const char *path);
void hansa_analysis_free (HansaAnalysis *analysis);

G_END_DECLS
