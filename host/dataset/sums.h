/* SPDX-License-Identifier: MIT
 *
 * Sums of large files, taken while an engine reads the same files: a record needs
 * them at the end only. Safe to call from several threads.
 */
#pragma once

#include "store/key.h"

G_BEGIN_DECLS

typedef struct HansaSums HansaSums;

HansaSums *hansa_sums_new (void);
/* Waits for what was begun. */
void hansa_sums_free (HansaSums *sums);
/* Begins to sum a file, once, and returns. `store` may be NULL, must outlive. */
void hansa_sums_begin (HansaSums *sums, HansaStore *store, const char *path);
/* As hansa_file_sum() with HANSA_XXH3: waits where that was begun, or sums now. */
char *hansa_sums_get (HansaSums *sums, HansaStore *store, const char *path);

G_END_DECLS
