/* SPDX-License-Identifier: MIT
 *
 * "Did you mean ...?": the known word nearest to one that is not known.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The candidate (NULL-terminated) that a writer of `word` most likely meant:
 * equal but for case, or few edits away. NULL when none is near. (transfer none) */
const char *hansa_nearest (const char *word, const char *const *candidates);

G_END_DECLS
