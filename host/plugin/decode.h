/* SPDX-License-Identifier: MIT
 *
 * Turns a worker's frames into descriptions and results. The worker is not
 * trusted: every count, length, range, id and string is checked here, whatever
 * the worker's own code has checked before.
 */
#pragma once

#include "plugin/description.h"
#include "plugin/result.h"

G_BEGIN_DECLS

/* The payload of a DESCRIPTION frame. `layers` (optional) answers the sandbox
 * layers that are missing; set also when this fails, unless they were damaged
 * themselves. NULL with HANSA_EXIT_PLUGIN and what is wrong. */
HansaDescription *hansa_decode_description (const char *path, gconstpointer payload, gsize length,
                                            GStrv *layers, GError **error);

/* A result, frame by frame, so that it is never held twice. */
typedef struct HansaDecoder HansaDecoder;

/* `limit`: bytes of result at most, as decoded. */
HansaDecoder *hansa_decoder_new (guint64 limit);
void hansa_decoder_free (HansaDecoder *decoder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaDecoder, hansa_decoder_free)

/* An input that metrics may rest on. */
void hansa_decoder_add_input (HansaDecoder *decoder, const char *name, guint64 n_rows);

/* METRIC, TABLE, ROWS, CHART, FINDING or NOTE. After a failure the decoder is
 * only good for freeing. */
gboolean hansa_decoder_frame (HansaDecoder *decoder, guint32 type, gconstpointer payload,
                              gsize length, GError **error);

/* The whole, checked by hansa_result_check(). Once. */
HansaResult *hansa_decoder_finish (HansaDecoder *decoder, GError **error);

/* A result from its frames as a worker once sent them; `decoder` knows the
 * inputs. NULL when they are not whole or sound. */
HansaResult *hansa_decode_frames (HansaDecoder *decoder, GBytes *frames, GError **error);

/* What the decoders share: a reader that remembers what was wrong first. */
typedef struct
{
  const char *wrong; /* to be translated; NULL: nothing yet */
  gpointer reader;   /* HansaReader */
} HansaTaker;

void hansa_taker_fail (HansaTaker *taker, const char *wrong);
const char *hansa_take_string (HansaTaker *taker, gboolean required, gsize *length);
HansaText hansa_take_text (HansaTaker *taker, gboolean required); /* in place */
/* [a-z0-9_-], 1 to 63 bytes. */
const char *hansa_take_id (HansaTaker *taker);
guint32 hansa_take_range (HansaTaker *taker, guint32 least, guint32 most);
gboolean hansa_taker_done (HansaTaker *taker, const char *part, GError **error);

G_END_DECLS
