/* SPDX-License-Identifier: MIT
 *
 * Checks of what a plugin hands in. The host checks again what reaches it; the
 * checks here are for the author, who is told which call was wrong.
 */
#include "worker.h"

#include <string.h>

/* Length of the UTF-8 sequence at `at`; 0 when it is none. Overlong forms,
 * surrogates and what lies past U+10FFFF are none. */
static size_t
sequence (const unsigned char *at)
{
  unsigned low = 0x80, high = 0xbf;
  size_t length;

  if (at[0] < 0x80)
    return 1;
  if (at[0] >= 0xc2 && at[0] <= 0xdf)
    length = 2;
  else if ((at[0] & 0xf0) == 0xe0)
    length = 3;
  else if (at[0] >= 0xf0 && at[0] <= 0xf4)
    length = 4;
  else
    return 0;
  if (at[0] == 0xe0)
    low = 0xa0;
  else if (at[0] == 0xed)
    high = 0x9f;
  else if (at[0] == 0xf0)
    low = 0x90;
  else if (at[0] == 0xf4)
    high = 0x8f;
  /* A NUL is no continuation byte, so this never looks past the end. */
  if (at[1] < low || at[1] > high)
    return 0;
  for (size_t i = 2; i < length; i++)
    if ((at[i] & 0xc0) != 0x80)
      return 0;
  return length;
}

bool
worker_is_utf8 (const char *text)
{
  const unsigned char *at = (const unsigned char *)text;

  while (*at != '\0')
    {
      size_t length = sequence (at);

      if (length == 0)
        return false;
      at += length;
    }
  return true;
}

void
worker_take (Worker *worker, const char *call, const void *given, size_t known, void *copy)
{
  const unsigned char *bytes = given;
  uint32_t size;

  if (given == NULL)
    worker_bad (worker, call, "it was given NULL");
  memcpy (&size, given, sizeof size);
  if (size < sizeof size || size > 4096)
    worker_bad (worker, call, "struct_size is %u; set it to the struct's size", size);
  for (size_t i = known; i < size; i++)
    if (bytes[i] != 0)
      worker_bad (worker, call, "the struct has members that this host does not know");
  memset (copy, 0, known);
  memcpy (copy, given, size < known ? size : known);
}

void
worker_check_string (Worker *worker, const char *call, const char *what, const char *text,
                     bool required)
{
  if (text == NULL && required)
    worker_bad (worker, call, "%s is missing", what);
  if (text != NULL && !worker_is_utf8 (text))
    worker_bad (worker, call, "%s is not UTF-8", what);
}

void
worker_check_range (Worker *worker, const char *call, const char *what, uint32_t value,
                    uint32_t least, uint32_t most)
{
  if (value < least || value > most)
    worker_bad (worker, call, "%s is %u; it goes from %u to %u", what, value, least, most);
}

void
worker_put_string (Worker *worker, const char *call, const char *what, const char *text,
                   bool required)
{
  worker_check_string (worker, call, what, text, required);
  hansa_writer_string (&worker->out, text);
}

void
worker_put_text (Worker *worker, const char *call, const char *what, HansaText text, bool required)
{
  /* Half a text is a mistake, also where the whole may be left out. */
  if ((text.en == NULL) != (text.zh == NULL))
    worker_bad (worker, call, "%s is given in one language only", what);
  worker_put_string (worker, call, what, text.en, required);
  worker_put_string (worker, call, what, text.zh, required);
}

void
worker_put_id (Worker *worker, const char *call, const char *id)
{
  size_t length = 0;

  if (id == NULL)
    worker_bad (worker, call, "id is missing");
  for (; id[length] != '\0'; length++)
    if (strchr ("abcdefghijklmnopqrstuvwxyz0123456789_-", id[length]) == NULL || length >= 63)
      worker_bad (worker, call,
                  "id is not 1 to 63 lower case letters, digits, hyphens and underscores");
  if (length == 0)
    worker_bad (worker, call, "id is empty");
  hansa_writer_string (&worker->out, id);
}

void
worker_put_value (Worker *worker, const char *call, const char *what, HansaValue value)
{
  worker_check_range (worker, call, "the reason of a value", value.reason, 0,
                      HANSA_REASON_COUNT - 1);
  if (value.reason == HANSA_DEFINED && !isfinite (value.number))
    worker_bad (worker, call, "%s is not finite; use hansa_value()", what);
  hansa_writer_u8 (&worker->out, (uint8_t)value.reason);
  if (value.reason == HANSA_DEFINED)
    hansa_writer_f64 (&worker->out, value.number);
}
