/* SPDX-License-Identifier: MIT
 *
 * Runs one plugin in one worker process and says how it ended. A worker is
 * spawned once: it loads the plugin inside its sandbox, describes it, and then
 * waits for a job or for the end. All calls block the calling thread, which
 * must outlive the worker (PDEATHSIG follows the thread that spawned it).
 */
#pragma once

#include "dataset/table.h"
#include "plugin/description.h"
#include "plugin/result.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 memory; /* bytes of private memory beyond the inputs */
  double seconds; /* wall time from job to result */
  double grace;   /* between cancelling and killing */
  guint64 result; /* bytes of result at most */
  guint64 output; /* bytes of captured stdout and stderr kept */
} HansaLimits;

extern const HansaLimits hansa_limits_default; /* 1 GiB, 60 s, 0.5 s, 256 MiB, 64 KiB */

typedef struct HansaWorker HansaWorker;

/* Spawns. `cancel_fd` becomes readable when the run is to be stopped; -1: never. */
HansaWorker *hansa_worker_spawn (const char *plugin_path, const HansaLimits *limits, int cancel_fd,
                                 GError **error);
/* Kills what still runs (the whole process group), reaps, frees. */
void hansa_worker_free (HansaWorker *worker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaWorker, hansa_worker_free)

typedef struct
{
  HansaEnd end;
  char *detail;         /* one line: signal, system call, message, limit; "" when ok */
  HansaText message;    /* HANSA_END_ERROR: the plugin's own words; else empty */
  char *output;         /* what it wrote to stdout and stderr, valid UTF-8, capped */
  double seconds;       /* wall time of run() */
  guint64 peak_memory;  /* bytes, resident; 0: not known (it left without a word) */
  GStrv log;            /* lines of hansa_log() */
  GStrv missing_layers; /* sandbox layers that this kernel lacks; empty: all in force */
} HansaOutcome;

/* An outcome is zeroed before its first use; each call below clears it first. */
void hansa_outcome_clear (HansaOutcome *outcome);

/* Waits for the description. NULL when the plugin could not be loaded: then
 * `outcome` says how it ended. */
HansaDescription *hansa_worker_describe (HansaWorker *worker, HansaOutcome *outcome);

typedef struct
{
  const char *id;
  const char *text; /* checked and canonical; NULL: unset */
  double number;    /* for INTEGER, REAL, BOOLEAN */
} HansaParamValue;

/* Runs the job: params in the descriptor's order, tables in the order of its
 * inputs. NULL unless outcome->end is HANSA_END_OK. */
HansaResult *hansa_worker_run (HansaWorker *worker, const HansaParamValue *params, guint n_params,
                               HansaSealedTable *const *tables, guint n_tables, guint64 seed,
                               HansaOutcome *outcome);

/* What the worker said, as it said it, for the store; decoded again as
 * defensively as at first. NULL when there is none: not described, not ok, or a
 * result too large to be worth keeping. (transfer none) */
GBytes *hansa_worker_description (HansaWorker *worker);
/* (transfer full), once. */
GBytes *hansa_worker_take_frames (HansaWorker *worker);

/* Optional progress of hansa_worker_run(): called from the same thread. */
typedef void (*HansaProgressFunc) (double done, gpointer data);
void hansa_worker_set_progress (HansaWorker *worker, HansaProgressFunc func, gpointer data);

/* Asks a plugin file for its id, version and ABI without loading it. FALSE
 * with HANSA_EXIT_PLUGIN when it has no ".hansa" section (`is_plugin` FALSE) or
 * asks for another ABI (`is_plugin` TRUE; the message names both versions). */
gboolean hansa_note_read (const char *path, HansaNote *note, gboolean *is_plugin, GError **error);

/* Sandbox layers of this machine, for `hansa doctor`: "landlock 6", "seccomp", ...
 * A layer that is not there is prefixed with '-'. (transfer full) */
GStrv hansa_sandbox_layers (void);

G_END_DECLS
