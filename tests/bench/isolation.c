/* SPDX-License-Identifier: MIT
 *
 * What isolating a plugin costs: a worker is spawned, sandboxed, loads the
 * plugin, describes it and ends; beside it the bare spawn of /bin/true.
 *
 *   isolation PLUGIN.so [RUNS]
 */
#include "plugin/supervisor.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

static int
compare (const void *a, const void *b)
{
  double first = *(const double *)a, second = *(const double *)b;
  return first < second ? -1 : first > second;
}

static double
median (double *samples, int n)
{
  qsort (samples, (size_t)n, sizeof *samples, compare);
  return samples[n / 2];
}

static void
spawn_bare (void)
{
  char *argv[] = { (char *)"/bin/true", NULL };
  char *none[] = { NULL };
  pid_t pid;

  if (posix_spawn (&pid, argv[0], NULL, NULL, argv, none) == 0)
    waitpid (pid, NULL, 0);
}

static void
spawn_worker (const char *plugin)
{
  HansaOutcome outcome = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (HansaWorker) worker = hansa_worker_spawn (plugin, &hansa_limits_default, -1, &error);
  if (worker == NULL)
    g_error ("%s", error->message);
  g_autoptr (HansaDescription) description = hansa_worker_describe (worker, &outcome);
  if (description == NULL)
    g_error ("%s", outcome.detail);
  hansa_outcome_clear (&outcome);
}

int
main (int argc, char **argv)
{
  int runs = argc > 2 ? atoi (argv[2]) : 301;
  g_autofree double *bare = g_new (double, runs);
  g_autofree double *whole = g_new (double, runs);

  if (argc < 2 || runs < 1)
    return 2;
  for (int i = 0; i < runs; i++)
    {
      gint64 start = g_get_monotonic_time ();
      spawn_bare ();
      gint64 between = g_get_monotonic_time ();
      spawn_worker (argv[1]);
      bare[i] = (double)(between - start) / 1000.0;
      whole[i] = (double)(g_get_monotonic_time () - between) / 1000.0;
    }
  double first = median (bare, runs), second = median (whole, runs);
  printf (
      "bare spawn %.2f ms, isolated plugin %.2f ms, of which isolation %.2f ms (median of %d)\n",
      first, second, second - first, runs);
  return 0;
}
