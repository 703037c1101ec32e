/* SPDX-License-Identifier: MIT
 *
 * Running a plugin the way `hansa check` asks: more than once, in memory that
 * is not zero and has fences, at another time, in another locale; and noticing
 * what it read and what it left behind.
 */
#include "worker.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

static Worker *probed; /* for the signal handler */

/* A name that ends where the probe's text does. */
static bool
parse_one (char *item, WorkerProbe *probe)
{
  char *value = strchr (item, '=');

  if (value == NULL)
    return false;
  *value++ = '\0';
  if (strcmp (item, "rehearsals") == 0)
    probe->rehearsals = (uint32_t)strtoul (value, NULL, 10);
  else if (strcmp (item, "guard") == 0)
    {
      probe->guard = true;
      probe->poison = (uint8_t)strtoul (value, NULL, 10);
    }
  else if (strcmp (item, "clock") == 0)
    probe->clock = strtoll (value, NULL, 10);
  else if (strcmp (item, "locale") == 0)
    probe->locale = value;
  else
    return strcmp (item, "watch") == 0;
  return true;
}

bool
worker_probe_parse (char *text, WorkerProbe *probe)
{
  char *rest = text, *item;

  probe->on = true;
  while ((item = strsep (&rest, ",")) != NULL)
    if (!parse_one (item, probe))
      return false;
  return true;
}

/* The fault's address says what was read; a fault elsewhere comes again, and
 * is then reported as any crash is. */
static void
faulted (int number, siginfo_t *info, void *context)
{
  char call[192] = "memory";
  const char *why;

  (void)context;
  if (worker_guard_touch (info->si_addr))
    return;
  worker_fence_on = false;
  why = worker_guard_explain (info->si_addr, call, sizeof call);
  if (why == NULL)
    why = worker_fence_explain (info->si_addr);
  if (why != NULL)
    worker_bad (probed, call, "%s", why);
  worker_watch_fault (number);
}

void
worker_probe_begin (Worker *worker)
{
  struct sigaction action = { .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER };

  worker->asked_tables = calloc (worker->plugin->n_inputs + 1, sizeof (bool));
  worker->asked_params = calloc (worker->plugin->n_params + 1, sizeof (bool));
  if (worker->asked_tables == NULL || worker->asked_params == NULL)
    worker_done (worker, HANSA_OUT_OF_MEMORY, 0.0);
  worker_clock_ahead = worker->probe.clock;
  if (!worker->probe.guard)
    return;
  probed = worker;
  worker_guard_tables (worker);
  sigemptyset (&action.sa_mask);
  action.sa_sigaction = faulted;
  sigaction (SIGSEGV, &action, NULL);
  worker_fence_fill = worker->probe.poison;
}

/* What lies on the stack below is what earlier calls left there. */
__attribute__ ((noinline)) static void
poison_stack (uint8_t with)
{
  volatile unsigned char room[256 << 10];

  for (size_t i = 0; i < sizeof room; i++)
    room[i] = with;
}

static HansaStatus
run_once (Worker *worker)
{
  HansaStatus status;
  const char *damage;

  if (!worker->probe.guard)
    return worker->plugin->run (&worker->job);
  poison_stack (worker->probe.poison);
  worker_fence_on = !HANSA_SANITIZED;
  status = worker->plugin->run (&worker->job);
  worker_fence_on = false;
  damage = worker_fence_damage ();
  if (damage != NULL)
    worker_bad (worker, "memory", "%s", damage);
  return status;
}

/* As if nothing had been said yet. */
static void
forget (Worker *worker)
{
  worker_forget_tables (worker);
  hansa_writer_clear (&worker->out);
  worker->progress = 0.0;
  worker->n_log = 0;
  worker_job_init (worker, worker->seed);
}

HansaStatus
worker_probe_run (Worker *worker)
{
  uint64_t blocks[2] = { 0, 0 }, bytes[2] = { 0, 0 };

  for (uint32_t i = 0; i < worker->probe.rehearsals; i++)
    {
      HansaStatus status;
      uint64_t n = 0, size = 0;

      worker->rehearsing = true;
      status = run_once (worker);
      forget (worker);
      worker->rehearsing = false;
      if (status != HANSA_OK)
        break; /* the run that counts says why */
      worker_fence_count (&n, &size);
      /* The first run may set up what libc keeps: only growth after it counts. */
      if (i > 0)
        {
          worker->leaked_blocks = n - blocks[0];
          worker->leaked_bytes = size - bytes[0];
        }
      blocks[0] = n;
      bytes[0] = size;
    }
  return run_once (worker);
}

void
worker_probe_say (Worker *worker)
{
  const HansaPlugin *plugin = worker->plugin;

  hansa_writer_begin (&worker->out, HANSA_FRAME_WATCHED);
  hansa_writer_u64 (&worker->out, worker->leaked_blocks);
  hansa_writer_u64 (&worker->out, worker->leaked_bytes);
  hansa_writer_u32 (&worker->out, plugin->n_params);
  for (uint32_t i = 0; i < plugin->n_params; i++)
    hansa_writer_u8 (&worker->out, worker->asked_params[i]);
  hansa_writer_u32 (&worker->out, plugin->n_inputs);
  for (uint32_t i = 0; i < plugin->n_inputs; i++)
    {
      hansa_writer_u8 (&worker->out, worker->asked_tables[i]);
      hansa_writer_u32 (&worker->out, plugin->inputs[i].n_columns);
      for (uint32_t j = 0; j < plugin->inputs[i].n_columns; j++)
        hansa_writer_u8 (&worker->out, worker_guard_was_read (worker, i, j));
    }
  hansa_writer_end (&worker->out);
}
