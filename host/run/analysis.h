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
} HansaTask;

/* GThreadFunc over a HansaTask. */
gpointer hansa_task_run (gpointer task);

HansaAnalysis *hansa_analysis_new (const char *id, const char *path);
void hansa_analysis_free (HansaAnalysis *analysis);

G_END_DECLS
