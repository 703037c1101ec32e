/* SPDX-License-Identifier: MIT
 *
 * Two reports held against each other: results by content, records by cause.
 */
#pragma once

#include "replay/record.h"
#include "replay/replay.h"

G_BEGIN_DECLS

/* Adds to `replay` what came out otherwise in each analysis of `before`. FALSE
 * when a report.json cannot be read. */
gboolean hansa_compare_results (const HansaRecord *before, const HansaRecord *after,
                                HansaReplay *replay, GError **error);
/* Adds what the two records name differently. */
void hansa_compare_causes (const HansaRecord *before, const HansaRecord *after,
                           HansaReplay *replay);

/* Adds a change unless both are the same. `shown`: the texts mean something to
 * a reader, as a version does and a sum does not. */
void hansa_replay_add_change (HansaReplay *replay, HansaCause cause, const char *what,
                              const char *before, const char *after, gboolean shown);

G_END_DECLS
