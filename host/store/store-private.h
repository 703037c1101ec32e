/* SPDX-License-Identifier: MIT
 *
 * Between the files of the store.
 */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

#define HANSA_MEMO "files"
#define HANSA_DRAFT ".draft-"

struct HansaStore
{
  char *folder;
  guint64 limit;
  GMutex mutex;
  gboolean grew;
  gboolean broken; /* cannot be written: not tried again */
  guint counts[HANSA_N_STAGES][2];
  GHashTable *files; /* of memo.c; NULL: not read yet */
  gboolean learned;  /* `files` holds what the store does not */
  char *programs;    /* of key.c: sums of hansa and its worker; NULL: not known yet */
};

/* Whether a file of that name in the folder is ours to remove. */
gboolean hansa_store_is_entry (const char *name);
/* Removes the entries used longest ago until `limit` bytes are left, and drafts
 * that a killed run left behind. */
void hansa_store_sweep (const char *folder, guint64 limit);
/* What is known of files, kept for the next run. */
void hansa_memo_save (HansaStore *store);

G_END_DECLS
