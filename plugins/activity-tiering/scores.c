/* SPDX-License-Identifier: MIT
 *
 * Scores of recency, frequency and money, and the ties most worth reviving.
 * Scores come from ranks alone, so that units and scales cannot touch them.
 */
#include "tiering.h"

#include <stdlib.h>
#include <string.h>

#define CLASSES 5
#define HIGH_SCORE 4

/* Stands for "nothing on record", which ranks below everything. */
#define NOTHING (-1e300)

/* One plus five times the share of ties that are beaten: equal ties have equal
 * scores, however many they are. */
static unsigned
score_of (size_t rank, size_t n)
{
  return 1u + (unsigned)(CLASSES * (rank - 1) / n);
}

static HansaReason
score_all (Tiering *t, double *x, size_t *rank)
{
  size_t n = t->n_ties;
  HansaReason reason = HANSA_DEFINED;

  for (int what = 0; what < 3 && reason == HANSA_DEFINED; what++)
    {
      for (size_t i = 0; i < n; i++)
        {
          const Tie *tie = &t->ties[i];
          const double values[]
              = { tie->has_contact ? (double)tie->last_contact : NOTHING, (double)tie->n_activities,
                  hansa_is_defined (tie->value) ? tie->value.number : NOTHING };
          x[i] = values[what];
        }
      reason = hansa_rank (x, n, what == 2 ? 1e-9 : 0.0, false, rank);
      for (size_t i = 0; i < n && reason == HANSA_DEFINED; i++)
        {
          unsigned *const scores[]
              = { &t->ties[i].recency, &t->ties[i].frequency, &t->ties[i].money };
          *scores[what] = score_of (rank[i], n);
        }
    }
  for (size_t i = 0; i < n; i++)
    t->ties[i].score = t->ties[i].recency + t->ties[i].frequency + t->ties[i].money;
  return reason;
}

/* The past first: its frequency and money, then the number of activities, then
 * the money itself; ids decide between equals. */
static int
compare_worth (const void *a, const void *b)
{
  const Tie *first = *(Tie *const *)a, *second = *(Tie *const *)b;
  unsigned one = first->frequency + first->money, two = second->frequency + second->money;

  if (one != two)
    return one > two ? -1 : 1;
  if (first->n_activities != second->n_activities)
    return first->n_activities > second->n_activities ? -1 : 1;
  if (first->value.number != second->value.number)
    return first->value.number > second->value.number ? -1 : 1;
  return strcmp (first->id, second->id);
}

static HansaStatus
list_revival (Tiering *t)
{
  Tie **worth = calloc (t->n_ties + 1, sizeof (Tie *));

  t->revive = calloc (t->options.revive + 1, sizeof *t->revive);
  if (worth == NULL || t->revive == NULL)
    {
      free (worth);
      return HANSA_OUT_OF_MEMORY;
    }
  for (size_t i = 0; i < t->n_ties; i++)
    {
      Tie *tie = &t->ties[i];
      /* Where most ties have nothing on record, one activity ranks high: it
       * must also have been as many as make a tie active, or have had money. */
      bool busy = tie->frequency >= HIGH_SCORE && tie->n_activities >= t->options.active_count;
      if (tie->tier != ACTIVE && (busy || tie->money >= HIGH_SCORE))
        worth[t->n_candidates++] = tie;
    }
  qsort (worth, t->n_candidates, sizeof (Tie *), compare_worth);
  for (size_t i = 0; i < t->n_candidates; i++)
    {
      rows_add (&t->from[FROM_REVIVE], worth[i]->row);
      if (t->n_revive < t->options.revive)
        t->revive[t->n_revive++] = (size_t)(worth[i] - t->ties);
    }
  free (worth);
  return HANSA_OK;
}

HansaStatus
tiering_score (Tiering *t)
{
  double *x = calloc (t->n_ties + 1, sizeof *x);
  size_t *rank = calloc (t->n_ties + 1, sizeof *rank);
  HansaReason reason = HANSA_NO_MEMORY;

  if (x != NULL && rank != NULL)
    reason = t->n_ties > 0 ? score_all (t, x, rank) : HANSA_NO_DATA;
  free (x);
  free (rank);
  return reason == HANSA_NO_MEMORY ? HANSA_OUT_OF_MEMORY : list_revival (t);
}
