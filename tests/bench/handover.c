/* SPDX-License-Identifier: MIT
 *
 * What it costs that a plugin reads its table in a process of its own: a sealed
 * table of doubles is added up in this process, and by a plugin in
 * its sandboxed worker (spawn, sandbox, loading and answer included).
 *
 *   handover add-up.so [MEBIBYTES]
 */
#include "add-up.h"
#include "plugin/supervisor.h"

#include <stdio.h>
#include <stdlib.h>

enum
{
  RUNS = 7,
  BATCH = 1 << 16
};

static HansaSealedTable *
make_table (gsize rows)
{
  static const HansaField field = { "value", "1", HANSA_REAL };
  g_autofree double *cells = g_new (double, BATCH);
  HansaTableBuilder *builder = hansa_table_builder_new ("values", &field, 1, rows + 1, NULL);

  for (gsize row = 0; row < rows; row += BATCH)
    {
      for (gsize i = 0; i < BATCH; i++)
        cells[i] = (double)((row + i) % 1000);
      if (!hansa_table_builder_reserve (builder, BATCH, NULL))
        g_error ("no memory");
      hansa_table_builder_cells (builder, 0, cells, NULL, BATCH);
      hansa_table_builder_end_rows (builder, BATCH, NULL);
    }
  return hansa_table_builder_seal (builder, NULL, NULL);
}

/* On the mapping that this process has, whose pages are all there. */
static double
here (HansaSealedTable *table)
{
  const HansaTable *view = hansa_sealed_table_view (table);
  gint64 start = g_get_monotonic_time ();
  volatile double total = add_up (hansa_reals (view, 0), hansa_table_rows (view));

  (void)total;
  return (double)(g_get_monotonic_time () - start) / 1000.0;
}

static double
there (HansaSealedTable *table, const char *plugin)
{
  HansaLimits limits = hansa_limits_default;
  HansaOutcome outcome = { 0 };
  gint64 start = g_get_monotonic_time ();
  g_autoptr (HansaWorker) worker = hansa_worker_spawn (plugin, &limits, -1, NULL);
  g_autoptr (HansaDescription) description
      = worker != NULL ? hansa_worker_describe (worker, &outcome) : NULL;
  g_autoptr (HansaResult) result
      = description != NULL ? hansa_worker_run (worker, NULL, 0, &table, 1, 0, &outcome) : NULL;

  if (result == NULL)
    g_error ("the worker did not answer: %s", outcome.detail);
  hansa_outcome_clear (&outcome);
  return (double)(g_get_monotonic_time () - start) / 1000.0;
}

static int
compare (const void *a, const void *b)
{
  double first = *(const double *)a, second = *(const double *)b;
  return (first > second) - (first < second);
}

int
main (int argc, char **argv)
{
  gsize mebibytes = argc > 2 ? strtoul (argv[2], NULL, 10) : 1024;
  double inside[RUNS], outside[RUNS];

  if (argc < 2 || mebibytes == 0)
    return 2;
  g_autoptr (HansaSealedTable) table = make_table (mebibytes * (1u << 17));
  for (int i = 0; i < RUNS; i++)
    {
      inside[i] = here (table);
      outside[i] = there (table, argv[1]);
    }
  qsort (inside, RUNS, sizeof *inside, compare);
  qsort (outside, RUNS, sizeof *outside, compare);
  printf ("%zu MiB: in process %.1f ms, in a worker %.1f ms, ratio %.2f (median of %d)\n",
          mebibytes, inside[RUNS / 2], outside[RUNS / 2], outside[RUNS / 2] / inside[RUNS / 2],
          RUNS);
  return 0;
}
