/* SPDX-License-Identifier: MIT
 *
 * Between the files of the supervisor.
 */
#pragma once

#include "plugin/probe.h"
#include "plugin/wire.h"

#include <sys/resource.h>
#include <sys/types.h>

G_BEGIN_DECLS

/* What stopped a worker from our side; the first reason counts. */
typedef enum
{
  HANSA_STOP_NONE,
  HANSA_STOP_CANCEL,
  HANSA_STOP_DEADLINE,
  HANSA_STOP_NONSENSE /* it said what cannot be understood, or too much */
} HansaStop;

struct HansaWorker
{
  char *path;
  HansaLimits limits;
  char *refusal; /* never spawned: why */
  pid_t pid;     /* 0: none, or reaped */
  int pidfd;     /* -1: this kernel has none */
  int socket;
  int output_fd;
  int cancel_fd;
  HansaProgressFunc progress;
  gpointer progress_data;

  gboolean described;
  GStrv inputs;        /* their names, in order */
  GBytes *description; /* as it came */
  GByteArray *frames;  /* of the result, as they came; NULL: not asked for, or too many */
  GByteArray *input;   /* frames that arrived */
  gsize taken;         /* bytes of `input` that were understood */
  GString *output;
  guint64 output_dropped;
  GPtrArray *log;
  gsize log_bytes;
  GStrv layers;
  char *probe;       /* the worker's argument; NULL: not observed */
  char *locale_path; /* with probe, may be NULL */
  HansaWatch *watch;

  HansaStop stop;
  char *nonsense;  /* HANSA_STOP_NONSENSE: what */
  gint64 deadline; /* monotonic, microseconds */
  gboolean killed; /* by us */
  gboolean reaped;
  int status; /* of wait4() */
  struct rusage usage;
  guint64 peak;

  /* The worker's last words; 0: none. */
  guint32 last;
  char *words[2]; /* BAD: call and why; REFUSED: why; FAIL: both languages */
  guint32 done_status;
  double done_seconds;
  guint32 crash_signal;
  guint64 crash_address;
  gboolean crash_overflow;
  gboolean crash_no_memory;
  guint32 denied_call;
};

/* ---- supervisor-spawn.c -------------------------------------------------- */

gboolean hansa_worker_start (HansaWorker *worker, GError **error);
/* Waits for the process to end until the deadline, then kills the group; reaps. */
void hansa_worker_reap (HansaWorker *worker, gint64 deadline);
void hansa_worker_kill (HansaWorker *worker);

/* ---- supervisor-io.c ----------------------------------------------------- */

/* A frame in place, good until the next call; FALSE when none will come: the
 * worker closed the stream, or was stopped (see worker->stop). */
gboolean hansa_worker_next (HansaWorker *worker, HansaFrameHeader *header, gconstpointer *payload);
/* FALSE when the worker would not take it. `fds` go in messages of their own. */
gboolean hansa_worker_send (HansaWorker *worker, const HansaWriter *frame, const int *fds,
                            guint n_fds);
void hansa_worker_stop (HansaWorker *worker, HansaStop stop);
void hansa_worker_nonsense (HansaWorker *worker, const char *what);
void hansa_worker_drain (HansaWorker *worker);

/* ---- supervisor-end.c ---------------------------------------------------- */

/* Remembers LOG, PROGRESS, FAIL and last words. FALSE when the frame is none
 * of these. */
gboolean hansa_worker_note (HansaWorker *worker, const HansaFrameHeader *header,
                            gconstpointer payload);
/* Fills the outcome of a worker that was reaped. */
void hansa_worker_conclude (HansaWorker *worker, HansaOutcome *outcome);
const char *hansa_syscall_name (guint32 number);

G_END_DECLS
