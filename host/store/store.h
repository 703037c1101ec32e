/* SPDX-License-Identifier: MIT
 *
 * The store: what a stage of a run made, under a hash of all that the stage
 * read. One file an entry, each with its own checksum; written beside its place
 * and renamed, so that runs may share a store, be killed, and find a full disk.
 * Nothing depends on an entry being there: what is missing or damaged is made
 * again. All functions take a NULL store (nothing is found, nothing kept) and
 * may be called from any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct HansaStore HansaStore;

/* The user's store: HANSA_CACHE, else hansa in the user's cache folder. Makes
 * nothing yet. NULL without an error when HANSA_CACHE_LIMIT is 0; NULL with
 * HANSA_EXIT_USAGE when it is no size. */
HansaStore *hansa_store_open (GError **error);
/* Brings the store under its limit, if this run added to it, and frees. */
void hansa_store_close (HansaStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaStore, hansa_store_close)

const char *hansa_store_folder (const HansaStore *store);

/* The entry, whole and sound, or NULL; a damaged one is removed. Keys come from
 * hansa_key_end(). (transfer full) */
GBytes *hansa_store_get (HansaStore *store, const char *key);
/* Keeps the parts, one after the other, as one entry. The first failure (no
 * space, no right) is said once on stderr, and nothing more is kept. */
void hansa_store_put (HansaStore *store, const char *key, guint n_parts, GBytes *const *parts);

/* ---- what a run found there ---------------------------------------------- */

typedef enum
{
  HANSA_STAGE_TABLE,  /* a file, read and checked */
  HANSA_STAGE_INPUT,  /* an input of an analysis */
  HANSA_STAGE_RESULT, /* what a plugin answered */
  HANSA_STAGE_CHART,  /* a picture */
  HANSA_N_STAGES
} HansaStage;

void hansa_store_count (HansaStore *store, HansaStage stage, gboolean reused);
guint hansa_store_reused (HansaStore *store, HansaStage stage);
guint hansa_store_made (HansaStore *store, HansaStage stage);

/* ---- for `hansa cache` ----------------------------------------------------- */

typedef struct
{
  guint64 entries, bytes, limit;
} HansaStoreUsage;

HansaStoreUsage hansa_store_usage (HansaStore *store);
/* Removes all entries. FALSE with HANSA_EXIT_OUTPUT when one of them stays. */
gboolean hansa_store_clear (HansaStore *store, GError **error);

G_END_DECLS
