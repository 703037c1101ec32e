/* SPDX-License-Identifier: MIT
 *
 * hansa-worker: loads one plugin, inside a sandbox, for one host. Libc and
 * libseccomp only, because linking is most of what a short process costs.
 */
#pragma once

#include "../plugin/sheet.h"
#include "../plugin/wire.h"
#include <hansa/plugin.h>
#include <sys/types.h>

/* Sanitizers need threads, ptrace and address space; such a build gives up the
 * layers that they break, and says so in its description. */
#ifndef HANSA_SANITIZED
#if defined(__SANITIZE_ADDRESS__)
#define HANSA_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HANSA_SANITIZED 1
#endif
#endif
#endif
#ifndef HANSA_SANITIZED
#define HANSA_SANITIZED 0
#endif

#define WORKER_STACK ((size_t)8 << 20)

/* Exit codes, for people who watch with strace; the host goes by frames. */
enum
{
  WORKER_EXIT_BAD = 121,
  WORKER_EXIT_DENIED = 122,
  WORKER_EXIT_REFUSED = 123,
  WORKER_EXIT_ORPHAN = 124,
  WORKER_EXIT_USAGE = 125
};

/* How `hansa check` has a plugin run (probe.c); all zero: a run like any other. */
typedef struct
{
  bool on;
  uint32_t rehearsals; /* runs whose result is thrown away, before the one that counts */
  bool guard;          /* fences around tables and heap, memory that is not zero */
  uint8_t poison;      /* with guard: what fresh memory holds */
  int64_t clock;       /* seconds that the clock is set forward */
  const char *locale;  /* for LC_NUMERIC; NULL: C */
} WorkerProbe;

typedef struct
{
  int socket;
  pid_t parent;
  uint64_t memory;  /* bytes of private memory */
  uint64_t seconds; /* of CPU time */
  const char *plugin;
  WorkerProbe probe;
} WorkerOptions;

/* One process, one plugin, one thread: the rest of the state is here. */
typedef struct
{
  HansaJob job; /* first: what the plugin holds */
  const HansaPlugin *plugin;
  HansaWriter out;
  int socket;
  bool cancelled;

  unsigned char *run; /* the RUN frame: parameters point into it */
  HansaTable *tables; /* as many as plugin->n_inputs */
  const char **param_texts;
  double *param_numbers;
  uint64_t random[4];
  double progress; /* last said */
  uint32_t n_log;

  WorkerProbe probe;
  bool rehearsing; /* nothing is sent */
  uint64_t seed;
  bool *asked_tables; /* of the plugin's inputs and parameters: which it asked for */
  bool *asked_params;
  uint64_t leaked_blocks, leaked_bytes; /* a run */

  struct WorkerOutTable *out_tables;
  uint32_t n_out_tables;
  uint32_t rows_table; /* of the open ROWS frame; UINT32_MAX: none is open */
} Worker;

/* ---- output (output.c) --------------------------------------------------- */

void worker_flush (Worker *worker);
/* Closes the open frame; flushes once enough has gathered. */
void worker_frame_end (Worker *worker);
void worker_rows_end (Worker *worker); /* closes an open ROWS frame */
/* A call that breaks the rules: says which and why, and ends the process. */
_Noreturn void worker_bad (Worker *worker, const char *call, const char *format, ...)
    __attribute__ ((format (printf, 3, 4)));
_Noreturn void worker_refuse (Worker *worker, const char *format, ...)
    __attribute__ ((format (printf, 2, 3)));
_Noreturn void worker_done (Worker *worker, HansaStatus status, double seconds);
bool worker_is_utf8 (const char *text);

/* ---- sandbox (sandbox.c, landlock.c, filter.c) --------------------------- */

/* Names of the layers that this kernel or build lacks. */
typedef struct
{
  const char *names[8];
  uint32_t n_names;
} WorkerLayers;

void worker_layer_missing (WorkerLayers *layers, const char *name);
void worker_leave_parent (const WorkerOptions *options);
void worker_limit (const WorkerOptions *options, WorkerLayers *layers);
void worker_landlock (const char *plugin, WorkerLayers *layers);
void worker_filter_load (int socket, WorkerLayers *layers); /* before the plugin is loaded */
void worker_filter_run (WorkerLayers *layers);              /* after */

/* ---- crashes (crash.c, memory.c) ----------------------------------------- */

void worker_watch (int socket, const void *stack_top);
void worker_watch_fault (int number); /* again, after somebody else took the signal */
extern volatile bool worker_malloc_failed;
void worker_memory_open (void);     /* while /proc can still be opened */
uint64_t worker_memory_peak (void); /* async-signal-safe */

/* ---- the job -------------------------------------------------------------- */

/* load.c */
const HansaPlugin *worker_load (Worker *worker, const char *path);
void worker_describe (Worker *worker, const WorkerLayers *layers);
/* inputs.c: FALSE at the end of the stream. */
bool worker_receive (Worker *worker);
/* job.c */
void worker_job_init (Worker *worker, uint64_t seed);
/* service.c */
const void *worker_service (HansaJob *job, const char *id);
void worker_random_seed (Worker *worker, uint64_t seed);
/* answer.c: the calls that make up a result */
void worker_metric (HansaJob *job, const HansaMetric *metric);
void worker_chart (HansaJob *job, const HansaChart *chart);
void worker_finding (HansaJob *job, const HansaFinding *finding);
void worker_note (HansaJob *job, uint32_t kind, HansaText text);
/* rows.c */
uint32_t worker_out_table (HansaJob *job, const HansaOutTable *table);
void worker_out_row (HansaJob *job, uint32_t table, const HansaCell *cells, uint32_t n_cells);

void worker_forget_tables (Worker *worker);

/* ---- probing a plugin (probe.c, fence.c, guard.c, clock.c) ---------------- */

/* "rehearsals=3,guard=170,clock=86400,locale=comma"; false when it is nothing. */
bool worker_probe_parse (char *text, WorkerProbe *probe);
void worker_probe_begin (Worker *worker); /* once the job is there */
HansaStatus worker_probe_run (Worker *worker);
void worker_probe_say (Worker *worker); /* the WATCHED frame */

/* Blocks of memory, each with a page after it that nobody may touch. */
extern bool worker_fence_on;
extern uint8_t worker_fence_fill;
void *worker_fence_alloc (size_t size); /* NULL: no room left here */
bool worker_fence_owns (const void *memory);
size_t worker_fence_size (const void *memory);
void worker_fence_free (void *memory);
/* Blocks that are in use, and their bytes. */
void worker_fence_count (uint64_t *blocks, uint64_t *bytes);
/* What is wrong with a block that was written around; NULL: nothing. */
const char *worker_fence_damage (void);
/* What touching that address means; NULL: it is not in a fence. */
const char *worker_fence_explain (const void *address);

void worker_guard_tables (Worker *worker);
/* True: the first look at a column, which now can be read. */
bool worker_guard_touch (const void *address);
const char *worker_guard_explain (const void *address, char *call, size_t room);
bool worker_guard_was_read (const Worker *worker, uint32_t input, uint32_t column);

extern int64_t worker_clock_ahead;

/* Checks of what a plugin hands in (check.c); each ends the process on
 * nonsense. `what` names the argument. */
void worker_take (Worker *worker, const char *call, const void *given, size_t known, void *copy);
void worker_put_string (Worker *worker, const char *call, const char *what, const char *text,
                        bool required);
void worker_put_text (Worker *worker, const char *call, const char *what, HansaText text,
                      bool required);
void worker_put_id (Worker *worker, const char *call, const char *id);
void worker_put_value (Worker *worker, const char *call, const char *what, HansaValue value);
void worker_check_string (Worker *worker, const char *call, const char *what, const char *text,
                          bool required);
void worker_check_range (Worker *worker, const char *call, const char *what, uint32_t value,
                         uint32_t least, uint32_t most);
