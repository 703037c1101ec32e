/* SPDX-License-Identifier: MIT
 *
 * Running a plugin under observation, for `hansa check`: more than once, in
 * guarded and poisoned memory, at another time, in another locale.
 */
#pragma once

#include "plugin/supervisor.h"

G_BEGIN_DECLS

typedef struct
{
  guint rehearsals;        /* runs in the same process before the one that counts */
  gboolean guard;          /* fences around tables and heap; columns are watched */
  guint8 poison;           /* with guard: what fresh memory and stack hold */
  gint64 clock;            /* seconds that the plugin's clock is ahead */
  const char *locale;      /* for LC_NUMERIC; NULL: C */
  const char *locale_path; /* LOCPATH: a folder made by localedef; NULL: the system's */
} HansaProbe;

/* As hansa_worker_spawn(), with `probe` (not NULL) in force. */
HansaWorker *hansa_worker_spawn_probed (const char *plugin_path, const HansaLimits *limits,
                                        const HansaProbe *probe, GError **error);

/* What was seen. Byte arrays hold 0 or 1. */
typedef struct
{
  guint64 leaked_blocks, leaked_bytes; /* a run; needs guard and three rehearsals */
  GByteArray *params;                  /* by parameter: it was asked for */
  GByteArray *tables;                  /* by input: it was asked for */
  GPtrArray *columns;                  /* by input, GByteArray by column: read (guard) */
} HansaWatch;

void hansa_watch_free (HansaWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaWatch, hansa_watch_free)

/* After the run; NULL when the plugin did not end by itself. (transfer full) */
HansaWatch *hansa_worker_take_watch (HansaWorker *worker);

/* For the supervisor: the probe as the worker's argument (transfer full), and
 * the payload of a WATCHED frame (NULL when damaged). */
char *hansa_probe_argument (const HansaProbe *probe);
HansaWatch *hansa_watch_decode (gconstpointer payload, gsize length);

G_END_DECLS
