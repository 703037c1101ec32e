/* SPDX-License-Identifier: MIT
 *
 * A run once more, from its record: what came out otherwise, and what is no
 * longer what it was.
 */
#pragma once

#include "base/language.h"

#include <glib.h>

G_BEGIN_DECLS

/* Something that the record names and that is another one now. */
typedef enum
{
  HANSA_CAUSE_DATA,
  HANSA_CAUSE_PLUGIN,
  HANSA_CAUSE_PARAMETER,
  HANSA_CAUSE_HOST,
  HANSA_CAUSE_ENGINE,
  HANSA_CAUSE_GNUPLOT,
  HANSA_CAUSE_FONTS
} HansaCause;

typedef struct
{
  HansaCause cause;
  char *what;           /* file, plugin, parameter; NULL where the cause says it */
  char *before, *after; /* NULL: not there, or a sum that tells a reader nothing */
} HansaChange;

/* A metric that came out otherwise. */
typedef struct
{
  char *id;
  HansaText title;
  HansaText before, after; /* as shown, or at full precision where that looks the same */
} HansaMetricChange;

typedef struct
{
  char *id;
  HansaText title;
  guint n_metrics, n_files; /* compared */
  GPtrArray *metrics;       /* HansaMetricChange */
  GPtrArray *parts;         /* const char *: "end", "findings", "evidence", "tables", ... */
  GPtrArray *files;         /* char *: tables and pictures whose bytes differ */
} HansaReplayed;

typedef struct
{
  char *created;       /* when the report was made */
  GPtrArray *analyses; /* HansaReplayed */
  GPtrArray *changes;  /* HansaChange */
  guint n_different;   /* analyses */
} HansaReplay;

typedef struct
{
  const char *report;                /* the folder, or its run.json */
  const char *dataset;               /* where the data are now; NULL: where they were */
  const char *engine;                /* the server that has the tables; NULL: files */
  const char *const *plugin_folders; /* searched first; may be NULL */
} HansaReplayChoice;

/* Runs the record again into a folder of its own, without the store, and
 * compares. The report stays as it is. NULL with what is in the way: no record
 * or a damaged one, data moved or gone, plugin gone. */
HansaReplay *hansa_replay (const HansaReplayChoice *choice, GError **error);
/* The same for two reports that are there; of each, run.json and report.json suffice. */
HansaReplay *hansa_compare_reports (const char *before, const char *after, GError **error);
void hansa_replay_free (HansaReplay *replay);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaReplay, hansa_replay_free)

G_END_DECLS
