/* SPDX-License-Identifier: MIT
 *
 * Keys of the store: SHA-256 of all that a stage reads, each part with its
 * length. Every key holds the program and worker that would make the entry.
 */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

typedef struct HansaKey HansaKey;

/* NULL without a store, or when our own programs cannot be read; the functions
 * below take it and end in NULL, which finds and keeps nothing. */
HansaKey *hansa_key_new (HansaStore *store, const char *stage);
/* NULL is another text than "". */
void hansa_key_text (HansaKey *key, const char *text);
void hansa_key_number (HansaKey *key, guint64 number);
/* The content of a file; a file that cannot be read makes the key NULL. */
void hansa_key_file (HansaKey *key, const char *path);
/* What is read here cannot be told unchanged: the key becomes NULL. */
void hansa_key_give_up (HansaKey *key);
/* Hexadecimal; frees the key. (transfer full) */
char *hansa_key_end (HansaKey *key);

/* ---- files ------------------------------------------------------------------ */

typedef enum
{
  HANSA_XXH3,  /* data: noticing a change at the speed of reading */
  HANSA_SHA256 /* programs: naming them */
} HansaSum;

/* Hexadecimal sum of a file's content. A file whose device, inode, size and
 * times are those that were seen is not read again, unless it was written so
 * shortly before it was read that a second change may show the same times.
 * NULL when it is no regular file or cannot be read. (transfer full) */
char *hansa_file_sum (HansaStore *store, const char *path, HansaSum sum);

G_END_DECLS
