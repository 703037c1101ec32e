/* SPDX-License-Identifier: MIT
 *
 * hansa-worker SOCKET PARENT MEMORY SECONDS PLUGIN [PROBE]
 *
 * Started by the host, never by hand. The order below is the point of this
 * program: no byte of the plugin runs before the sandbox stands.
 */
#include "worker.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

static bool
parse_number (const char *text, uint64_t *number)
{
  char *end;

  errno = 0;
  *number = strtoull (text, &end, 10);
  return errno == 0 && end != text && *end == '\0';
}

static bool
parse (int argc, char **argv, WorkerOptions *options)
{
  uint64_t socket, parent;

  if (argc < 6 || argc > 7 || !parse_number (argv[1], &socket) || !parse_number (argv[2], &parent)
      || !parse_number (argv[3], &options->memory) || !parse_number (argv[4], &options->seconds)
      || argv[5][0] != '/' || socket > 1023 || parent > INT32_MAX)
    return false;
  options->socket = (int)socket;
  options->parent = (pid_t)parent;
  options->plugin = argv[5];
  return argc == 6 || worker_probe_parse (argv[6], &options->probe);
}

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static _Noreturn void
run (Worker *worker)
{
  double start = now ();
  HansaStatus status
      = worker->probe.on ? worker_probe_run (worker) : worker->plugin->run (&worker->job);

  if ((uint32_t)status > HANSA_CANCELLED)
    worker_bad (worker, "run()", "it returned %u, which is no HansaStatus", (unsigned)status);
  worker_done (worker, status, now () - start);
}

int
main (int argc, char **argv)
{
  WorkerOptions options = { 0 };
  WorkerLayers layers = { { NULL }, 0 };
  Worker worker = { .rows_table = UINT32_MAX };

  if (!parse (argc, argv, &options))
    {
      fputs ("hansa-worker: started by hansa, not by hand\n", stderr);
      return WORKER_EXIT_USAGE;
    }
  worker.socket = options.socket;
  worker.probe = options.probe;
  if (worker.probe.locale != NULL && setlocale (LC_NUMERIC, worker.probe.locale) == NULL)
    return WORKER_EXIT_USAGE;
  worker_leave_parent (&options);
  worker_memory_open ();
  worker_limit (&options, &layers);
  worker_watch (options.socket, __builtin_frame_address (0));
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    worker_layer_missing (&layers, "no_new_privs");
  worker_landlock (options.plugin, &layers);
  worker_filter_load (options.socket, &layers);

  worker.plugin = worker_load (&worker, options.plugin);
  worker_filter_run (&layers);
  worker_describe (&worker, &layers);
  if (!worker_receive (&worker))
#if HANSA_SANITIZED
    return 0;
#else
    _exit (0); /* only the description was wanted */
#endif
  if (worker.probe.on)
    worker_probe_begin (&worker);
  run (&worker);
}
