/* SPDX-License-Identifier: MIT
 *
 * A run as a whole: when all that it reads is as it was, the report that it
 * would write is known.
 */
#pragma once

#include "run/session.h"

G_BEGIN_DECLS

/* The key of all that is read before anything is drawn: plugins, data files,
 * choices. NULL without a store. (transfer full) */
char *hansa_run_key (const HansaSession *session, HansaText title);
/* The key of the run as a whole: that key, gnuplot and fonts. `charts`: NULL, no
 * gnuplot. (transfer full) */
char *hansa_run_whole_key (const HansaSession *session, const char *key, HansaChartPool *charts);

/* From here on, `key` is the whole one. When a run of it was made first; NULL:
 * never. (transfer full) */
char *hansa_run_created (HansaStore *store, const char *key);
/* Whether the target folder holds, byte by byte, the report of a run of that key. */
gboolean hansa_run_is_current (const HansaSession *session, const HansaRun *run, const char *key);
/* Keeps both for the next run. */
void hansa_run_remember (const HansaSession *session, const HansaRun *run, const char *key);

G_END_DECLS
