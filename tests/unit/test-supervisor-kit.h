/* SPDX-License-Identifier: MIT
 *
 * Running plugins of the menagerie in workers, for tests.
 */
#pragma once

#include "dataset/table.h"
#include "plugin/supervisor.h"

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED TRUE
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED TRUE
#endif
#endif
#ifndef SANITIZED
#define SANITIZED FALSE
#endif

static const HansaLimits quick = { (guint64)128 << 20, 1.0, 0.3, (guint64)256 << 20, 64 << 10 };
/* For those that are to end by themselves: a busy machine is no timeout. */
static const HansaLimits patient = { (guint64)128 << 20, 60.0, 0.5, (guint64)256 << 20, 64 << 10 };

static inline char *
menagerie (const char *name)
{
  const char *folder = g_getenv ("HANSA_MENAGERIE");
  g_autofree char *file = g_strconcat (name, ".so", NULL);

  ck_assert_msg (folder != NULL, "HANSA_MENAGERIE is not set");
  return g_build_filename (folder, file, NULL);
}

static inline HansaSealedTable *
trade_table (void)
{
  const HansaField fields[] = { { "region", "", HANSA_TEXT },
                                { "value", "USD", HANSA_REAL },
                                { "year", "1", HANSA_INTEGER },
                                { "day", "", HANSA_DATE } };
  HansaTableBuilder *builder = hansa_table_builder_new ("trade", fields, 4, 3, NULL);
  const char *names[] = { "Changsha", "Yueyang", "Xiangxi" };

  for (guint i = 0; i < 3; i++)
    {
      hansa_table_builder_text (builder, 0, names[i], strlen (names[i]));
      if (i != 2)
        hansa_table_builder_real (builder, 1, 10.0 * (i + 1));
      hansa_table_builder_integer (builder, 2, 2018);
      if (i != 1)
        hansa_table_builder_date (builder, 3, 17000 + (gint32)i);
      ck_assert (hansa_table_builder_end_row (builder, NULL));
    }
  return hansa_table_builder_seal (builder, NULL, NULL);
}

typedef struct
{
  HansaOutcome outcome;
  HansaResult *result;
  gboolean described;
  double wall;
} Ran;

static inline void
ran_clear (Ran *ran)
{
  hansa_outcome_clear (&ran->outcome);
  hansa_result_free (ran->result);
}

/* Progress that a test counts; NULL: nobody listens. */
static inline void
count_progress (double done, gpointer data)
{
  ck_assert_double_ge (done, 0.0);
  ++*(guint *)data;
}

static inline void
run_plugin (const char *name, const HansaLimits *limits, int cancel_fd, guint64 seed,
            guint *progress, Ran *ran)
{
  g_autofree char *path = menagerie (name);
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (HansaWorker) worker = hansa_worker_spawn (path, limits, cancel_fd, &error);
  g_autoptr (HansaDescription) description = NULL;

  memset (ran, 0, sizeof *ran);
  ck_assert_msg (worker != NULL, "%s: %s", name, error == NULL ? "" : error->message);
  if (progress != NULL)
    hansa_worker_set_progress (worker, count_progress, progress);
  description = hansa_worker_describe (worker, &ran->outcome);
  if (description != NULL)
    {
      const HansaPlugin *plugin = &description->plugin;
      g_autofree HansaParamValue *params = g_new0 (HansaParamValue, plugin->n_params + 1);
      g_autofree HansaSealedTable **tables = g_new0 (HansaSealedTable *, plugin->n_inputs + 1);
      g_autoptr (HansaSealedTable) trade = trade_table ();

      ran->described = TRUE;
      for (guint i = 0; i < plugin->n_params; i++)
        params[i] = (HansaParamValue){ plugin->params[i].id, plugin->params[i].fallback, 1.0 };
      /* An input without a table is an optional one that is absent. */
      for (guint i = 0; i < plugin->n_inputs; i++)
        tables[i] = (plugin->inputs[i].flags & HANSA_OPTIONAL) == 0 ? trade : NULL;
      hansa_outcome_clear (&ran->outcome);
      ran->result = hansa_worker_run (worker, params, plugin->n_params, tables, plugin->n_inputs,
                                      seed, &ran->outcome);
    }
  ran->wall = (double)(g_get_monotonic_time () - start) * 1e-6;
}

static inline guint
open_fds (void)
{
  DIR *folder = opendir ("/proc/self/fd");
  guint n = 0;

  while (readdir (folder) != NULL)
    n++;
  closedir (folder);
  return n;
}

static inline void
assert_no_children (const char *after)
{
  siginfo_t info = { 0 };
  int got = waitid (P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT);

  ck_assert_msg (got < 0 && errno == ECHILD, "%s left a process", after);
}
