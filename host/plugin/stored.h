/* SPDX-License-Identifier: MIT
 *
 * What plugins said before, by way of the store: descriptions by the hash of
 * the plugin, results by the hash of all that a plugin is given. Kept as the
 * worker sent it and decoded as if it were sent again.
 */
#pragma once

#include "plugin/supervisor.h"
#include "store/store.h"

G_BEGIN_DECLS

/* NULL when it is not known; else `outcome` is that of hansa_worker_describe(). */
HansaDescription *hansa_stored_description (HansaStore *store, const char *path, const char *hash,
                                            HansaOutcome *outcome);
void hansa_store_description (HansaStore *store, const char *hash, HansaWorker *worker);

/* An input, as far as a result depends on it. */
typedef struct
{
  char *hash; /* of hansa_sealed_table_hash(); owned */
  guint64 n_rows;
} HansaInputDigest;

/* The key of a result; `inputs`: HansaInputDigest, in the descriptor's order.
 * (transfer full) */
char *hansa_result_key (HansaStore *store, const char *plugin_hash, const HansaLimits *limits,
                        guint64 seed, const GArray *params, const GArray *inputs);
/* NULL when it is not known, or cannot be decoded. */
HansaResult *hansa_stored_result (HansaStore *store, const char *key,
                                  const HansaDescription *description, const HansaLimits *limits,
                                  const GArray *inputs);
/* After hansa_worker_run() ended well. */
void hansa_store_result (HansaStore *store, const char *key, HansaWorker *worker);

G_END_DECLS
