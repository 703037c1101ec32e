/* SPDX-License-Identifier: MIT */
#include "base/nearest.h"

#include <string.h>

/* Longer words than this are not compared: the distance is quadratic, and
 * nobody mistypes a paragraph. */
#define LONGEST 64

/* Edits (insert, delete, replace, swap of neighbours) between two words of
 * characters, not bytes: one Chinese character is one edit. */
static guint
distance (const gunichar *a, guint n_a, const gunichar *b, guint n_b)
{
  guint row[3][LONGEST + 1];
  guint *before = row[0], *last = row[1], *now = row[2];

  for (guint j = 0; j <= n_b; j++)
    last[j] = before[j] = j;
  for (guint i = 1; i <= n_a; i++)
    {
      now[0] = i;
      for (guint j = 1; j <= n_b; j++)
        {
          guint best = last[j - 1] + (a[i - 1] != b[j - 1]);
          best = MIN (best, MIN (last[j], now[j - 1]) + 1);
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            best = MIN (best, before[j - 2] + 1);
          now[j] = best;
        }
      guint *spare = before;
      before = last;
      last = now;
      now = spare;
    }
  return last[n_b];
}

/* Characters of a word without regard to case; 0 when there are too many. */
static guint
fold (const char *word, gunichar *characters)
{
  guint n = 0;

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (n == LONGEST)
        return 0;
      characters[n++] = g_unichar_tolower (g_utf8_get_char (p));
    }
  return n;
}

const char *
hansa_nearest (const char *word, const char *const *candidates)
{
  gunichar asked[LONGEST], known[LONGEST];
  const char *nearest = NULL;
  guint best = G_MAXUINT;

  if (word == NULL || candidates == NULL || !g_utf8_validate (word, -1, NULL))
    return NULL;
  guint n_asked = fold (word, asked);
  if (n_asked == 0)
    return NULL;
  for (; *candidates != NULL; candidates++)
    {
      guint n_known = g_utf8_validate (*candidates, -1, NULL) ? fold (*candidates, known) : 0;
      if (n_known == 0)
        continue;
      guint edits = distance (asked, n_asked, known, n_known);
      /* A third of the longer word may be wrong; one edit in a word of two. */
      guint allowed = MAX (MAX (n_asked, n_known) / 3, 1);
      if (edits < best && edits <= allowed && edits < MIN (n_asked, n_known))
        {
          best = edits;
          nearest = *candidates;
        }
    }
  return nearest;
}
