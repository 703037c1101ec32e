/* SPDX-License-Identifier: MIT
 *
 * Seconds that the Gini and Theil T of values in a file take (raw doubles),
 * reading left out: the best of five.
 *
 *   measures FILE
 */
#include <hansa/stats.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

static double
now (void)
{
  struct timespec time;
  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

int
main (int argc, char **argv)
{
  struct stat status;
  FILE *file = argc == 2 ? fopen (argv[1], "rb") : NULL;
  if (file == NULL || fstat (fileno (file), &status) != 0)
    {
      fprintf (stderr, "usage: measures FILE\n");
      return 2;
    }
  size_t n = (size_t)status.st_size / sizeof (double);
  double *x = malloc (n * sizeof *x), best_gini = 1e9, best_theil = 1e9;
  if (x == NULL || fread (x, sizeof *x, n, file) != n)
    return 1;
  HansaValue gini = { 0 }, theil = { 0 };
  for (int i = 0; i < 5; i++)
    {
      double start = now ();
      gini = hansa_gini (x, NULL, n);
      double middle = now ();
      theil = hansa_theil_t (x, NULL, n);
      double end = now ();
      best_gini = middle - start < best_gini ? middle - start : best_gini;
      best_theil = end - middle < best_theil ? end - middle : best_theil;
    }
  printf (
      "{\"n\":%zu,\"gini\":%.17g,\"theil\":%.17g,\"gini_seconds\":%.6f,\"theil_seconds\":%.6f}\n",
      n, gini.number, theil.number, best_gini, best_theil);
  free (x);
  fclose (file);
  return 0;
}
