/* SPDX-License-Identifier: MIT */
#include "common/words.h"

#include <stdlib.h>
#include <string.h>

static void
words_add (Words *words, const char *text)
{
  size_t more = strlen (text);

  if (words->failed)
    return;
  if (words->room - words->length <= more)
    {
      size_t room = 2 * words->room + more + 64;
      char *grown = realloc (words->text, room);
      if (grown == NULL)
        {
          words->failed = true;
          return;
        }
      words->text = grown;
      words->room = room;
    }
  memcpy (words->text + words->length, text, more + 1);
  words->length += more;
}

void
pair_add (Pair *pair, const char *en, const char *zh)
{
  words_add (&pair->en, en);
  words_add (&pair->zh, zh);
}

void
pair_number (Pair *pair, uint64_t number)
{
  char digits[24];
  size_t at = sizeof digits;

  digits[--at] = '\0';
  do
    {
      digits[--at] = (char)('0' + number % 10);
      number /= 10;
    }
  while (number > 0);
  pair_add (pair, &digits[at], &digits[at]);
}

void
pair_item (Pair *pair, const char *en, const char *zh, size_t at, size_t n)
{
  if (at > 0)
    pair_add (pair, at + 1 == n ? " and " : ", ", "、");
  pair_add (pair, en, zh);
}

bool
pair_failed (const Pair *pair)
{
  return pair->en.failed || pair->zh.failed;
}

HansaText
pair_text (const Pair *pair)
{
  HansaText text
      = { pair->en.text != NULL ? pair->en.text : "", pair->zh.text != NULL ? pair->zh.text : "" };
  return text;
}

void
pair_clear (Pair *pair)
{
  free (pair->en.text);
  free (pair->zh.text);
  memset (pair, 0, sizeof *pair);
}

bool
pair_note (Pair *pair, HansaJob *job, HansaNoteKind kind)
{
  bool whole = !pair_failed (pair);

  if (whole)
    {
      HansaText text = pair_text (pair);
      hansa_note (job, kind, text.en, text.zh);
    }
  pair_clear (pair);
  return whole;
}
