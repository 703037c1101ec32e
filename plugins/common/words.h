/* SPDX-License-Identifier: MIT
 *
 * Texts of any length in both languages, put together piece by piece: names
 * come from data, so no fixed buffer is long enough.
 */
#ifndef WORDS_H
#define WORDS_H

#include <hansa/plugin.h>

typedef struct Words
{
  char *text; /* NULL: empty */
  size_t length, room;
  bool failed; /* out of memory; what is there is not whole */
} Words;

/* One text in both languages; start from { 0 }. */
typedef struct Pair
{
  Words en, zh;
} Pair;

void pair_add (Pair *pair, const char *en, const char *zh);
void pair_number (Pair *pair, uint64_t number);
/* Item `at` of `n` in a list: "a, b and c", "a、b、c". */
void pair_item (Pair *pair, const char *en, const char *zh, size_t at, size_t n);
bool pair_failed (const Pair *pair);
HansaText pair_text (const Pair *pair); /* lives as long as the pair */
void pair_clear (Pair *pair);

/* Hands the text in as a note and clears it. False: out of memory. */
bool pair_note (Pair *pair, HansaJob *job, HansaNoteKind kind);

#endif
