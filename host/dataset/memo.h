/* SPDX-License-Identifier: MIT
 *
 * Things made once, however many threads ask: the first to ask makes it, the
 * others wait for that one thing only. A failure is remembered like a result.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct HansaMemo HansaMemo;

typedef gpointer (*HansaMemoMake) (gpointer data, GError **error);
typedef gpointer (*HansaMemoRef) (gpointer value);

HansaMemo *hansa_memo_new (HansaMemoRef ref, GDestroyNotify unref);
void hansa_memo_free (HansaMemo *memo);

/* The value of `key`, made with `make (data)` when it is asked for first; a new
 * reference, or NULL and the error. */
gpointer hansa_memo_get (HansaMemo *memo, const char *key, HansaMemoMake make, gpointer data,
                         GError **error);

G_END_DECLS
