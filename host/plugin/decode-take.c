/* SPDX-License-Identifier: MIT
 *
 * What both decoders take by: texts, ids and numbers within bounds.
 */
#include "plugin/decode.h"

#include "base/error.h"
#include "plugin/wire.h"

#include <string.h>

void
hansa_taker_fail (HansaTaker *taker, const char *wrong)
{
  HansaReader *reader = taker->reader;

  if (taker->wrong == NULL)
    taker->wrong = wrong;
  reader->failed = true;
}

const char *
hansa_take_string (HansaTaker *taker, gboolean required, gsize *length)
{
  HansaReader *reader = taker->reader;
  gsize size = 0;
  const char *string = hansa_reader_string (reader, &size);

  if (string == NULL && required && !reader->failed)
    hansa_taker_fail (taker, N_ ("a text is missing"));
  else if (string != NULL && !g_utf8_validate_len (string, size, NULL))
    {
      hansa_taker_fail (taker, N_ ("a text is not UTF-8"));
      string = NULL;
    }
  if (length != NULL)
    *length = string == NULL ? 0 : size;
  return string;
}

HansaText
hansa_take_text (HansaTaker *taker, gboolean required)
{
  HansaText text;

  text.en = hansa_take_string (taker, required, NULL);
  text.zh = hansa_take_string (taker, required, NULL);
  if ((text.en == NULL) != (text.zh == NULL))
    hansa_taker_fail (taker, N_ ("a text is given in one language only"));
  return text;
}

const char *
hansa_take_id (HansaTaker *taker)
{
  gsize length;
  const char *id = hansa_take_string (taker, TRUE, &length);

  if (id != NULL
      && (length < 1 || length > 63
          || strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789_-") != length))
    hansa_taker_fail (taker, N_ ("an id is not 1 to 63 lower case letters, digits, hyphens and "
                                 "underscores"));
  return id;
}

guint32
hansa_take_range (HansaTaker *taker, guint32 least, guint32 most)
{
  guint32 value = hansa_reader_u32 (taker->reader);

  if (value >= least && value <= most)
    return value;
  hansa_taker_fail (taker, N_ ("a number is out of bounds"));
  return least;
}

gboolean
hansa_taker_done (HansaTaker *taker, const char *part, GError **error)
{
  if (taker->wrong == NULL && !hansa_reader_done (taker->reader))
    taker->wrong = N_ ("its bytes are damaged");
  if (taker->wrong == NULL)
    return TRUE;
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_PLUGIN, "%s: %s", part, _ (taker->wrong));
  return FALSE;
}
