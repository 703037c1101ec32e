/* SPDX-License-Identifier: MIT
 *
 * The plain layers of the sandbox: life bound to the host's, limits, clean
 * surroundings. Landlock and seccomp have files of their own.
 */
#include "worker.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_FILES 64

void
worker_layer_missing (WorkerLayers *layers, const char *name)
{
  for (uint32_t i = 0; i < layers->n_names; i++)
    if (layers->names[i] == name)
      return;
  if (layers->n_names < sizeof layers->names / sizeof layers->names[0])
    layers->names[layers->n_names++] = name;
}

void
worker_leave_parent (const WorkerOptions *options)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  /* The host may have died before that took hold. */
  if (getppid () != options->parent)
    _exit (WORKER_EXIT_ORPHAN);
#if !HANSA_SANITIZED
  /* Other processes of the same user cannot look into this one. */
  prctl (PR_SET_DUMPABLE, 0);
#endif
#ifdef SYS_close_range
  syscall (SYS_close_range, (unsigned)options->socket + 1, ~0u, 0);
#endif
  if (chdir ("/") != 0)
    _exit (WORKER_EXIT_USAGE);
}

/* Soft and hard, never above what is inherited. FALSE when it did not take. */
static bool
limit_to (__rlimit_resource_t resource, rlim_t soft, rlim_t hard)
{
  struct rlimit limit;

  if (getrlimit (resource, &limit) != 0)
    return false;
  if (hard < limit.rlim_max)
    limit.rlim_max = hard;
  limit.rlim_cur = soft < limit.rlim_max ? soft : limit.rlim_max;
  return setrlimit (resource, &limit) == 0;
}

void
worker_limit (const WorkerOptions *options, WorkerLayers *layers)
{
#if HANSA_SANITIZED
  worker_layer_missing (layers, "memory limit (sanitizer build)");
  worker_layer_missing (layers, "process limit (sanitizer build)");
#else
  /* Private memory only: shared inputs of any size do not count. */
  if (!limit_to (RLIMIT_DATA, options->memory, options->memory))
    worker_layer_missing (layers, "memory limit");
  if (!limit_to (RLIMIT_NPROC, 0, 0))
    worker_layer_missing (layers, "process limit");
#endif
  /* SIGXCPU at the soft limit says why; the hard one cannot be caught. */
  if (!limit_to (RLIMIT_CPU, options->seconds, options->seconds + 1))
    worker_layer_missing (layers, "CPU time limit");
  if (!limit_to (RLIMIT_FSIZE, 0, 0))
    worker_layer_missing (layers, "file size limit");
  if (!limit_to (RLIMIT_NOFILE, MAX_FILES, MAX_FILES))
    worker_layer_missing (layers, "open file limit");
  if (!limit_to (RLIMIT_STACK, WORKER_STACK, WORKER_STACK))
    worker_layer_missing (layers, "stack limit");
  limit_to (RLIMIT_CORE, 0, 0);
}
