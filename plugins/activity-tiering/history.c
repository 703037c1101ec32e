/* SPDX-License-Identifier: MIT
 *
 * The tiers of every year at the anniversary of as_of, and what their moves
 * say: how long ties stay, where they end.
 */
#include "tiering.h"

#include <stdlib.h>

#define YEARS_AT_MOST 120
#define YEARS_UNASKED 15 /* what an office looks back on, unless first_year asks for more */

/* Where a tie stands in its activities on a day. */
typedef struct Cursor
{
  size_t seen; /* activities up to the day */
  size_t old;  /* of these, before the active months */
} Cursor;

static int32_t
anniversary (const Tiering *t, int64_t year)
{
  return date_add_months (t->options.as_of, (year - date_year (t->options.as_of)) * 12);
}

/* Unless first_year is set: the years whose windows lie within the record, the
 * latest YEARS_UNASKED of them. */
static HansaStatus
choose_years (Tiering *t)
{
  History *h = &t->history;
  int64_t last = date_year (t->options.as_of), whole = last;

  if (t->n_activities > 0)
    {
      int32_t start = date_add_months (t->first_activity, t->options.dormant_months);
      whole = date_year (start);
      whole += anniversary (t, whole) < start ? 1 : 0;
    }
  h->first = t->options.has_first_year ? t->options.first_year : whole;
  if (t->options.has_first_year && h->first > last)
    return hansa_fail (t->job, "The parameter first_year lies after the year of as_of.",
                       "参数 first_year 晚于基准日 as_of 所在年份。");
  if (!t->options.has_first_year && last - h->first >= YEARS_UNASKED)
    h->first = last - YEARS_UNASKED + 1;
  if (h->first > last)
    h->first = last;
  if (last - h->first >= YEARS_AT_MOST)
    h->first = last - YEARS_AT_MOST + 1;
  if (h->first < 1) /* no year is written so */
    h->first = last < 1 ? last : 1;
  h->too_early = t->n_activities > 0 && h->first < last && h->first < whole;
  h->n_years = (size_t)(last - h->first + 1);
  h->n_periods = h->n_years - 1;
  return HANSA_OK;
}

/* The tier of a tie on a day, or NO_TIER. A tie without a date is known to
 * exist from its first activity on. That the register lists it on the last day
 * does not count here: the series would jump by ties that were there before. */
static int32_t
state_on (const Tiering *t, const Tie *tie, Cursor *c, int32_t day, int32_t window)
{
  const Activity *record = &t->activities[tie->first];
  bool founded = tie->has_since && tie->since <= day;
  int32_t contact = founded ? tie->since : 0;

  while (c->seen < tie->n_activities && record[c->seen].date <= day)
    c->seen++;
  while (c->old < c->seen && record[c->old].date <= window)
    c->old++;
  if (tie->has_since ? !founded : c->seen == 0)
    return NO_TIER;
  if (c->seen > 0 && (!founded || record[c->seen - 1].date > contact))
    contact = record[c->seen - 1].date;
  return (int32_t)tier_of (&t->options, c->seen - c->old, founded || c->seen > 0, contact, day);
}

static void
fill_year (Tiering *t, size_t y, Cursor *cursors, int32_t *states)
{
  History *h = &t->history;
  int32_t day = anniversary (t, h->first + (int64_t)y);
  int32_t window = date_add_months (day, -(int64_t)t->options.active_months);

  for (size_t i = 0; i < t->n_ties; i++)
    {
      states[i] = state_on (t, &t->ties[i], &cursors[i], day, window);
      if (states[i] != NO_TIER)
        h->mix[y * N_TIERS + (size_t)states[i]]++;
    }
}

static HansaStatus
walk_years (Tiering *t)
{
  History *h = &t->history;
  Cursor *cursors = calloc (t->n_ties + 1, sizeof *cursors);
  int32_t *before = calloc (t->n_ties + 1, sizeof *before);
  int32_t *after = calloc (t->n_ties + 1, sizeof *after);
  HansaStatus status = HANSA_OUT_OF_MEMORY;

  if (cursors != NULL && before != NULL && after != NULL)
    {
      status = HANSA_OK;
      for (size_t y = 0; y < h->n_years; y++)
        {
          size_t gaps;
          int32_t *swap = before;
          before = after;
          after = swap;
          fill_year (t, y, cursors, after);
          if (y > 0)
            hansa_transition_counts (before, after, t->n_ties, N_TIERS,
                                     &h->periods[(y - 1) * N_TIERS * N_TIERS], &gaps);
        }
    }
  free (cursors);
  free (before);
  free (after);
  return status;
}

static void
pool (History *h)
{
  for (size_t p = 0; p < h->n_periods; p++)
    for (size_t i = 0; i < N_TIERS * N_TIERS; i++)
      {
        h->pooled[i] += h->periods[p * N_TIERS * N_TIERS + i];
        h->moves += (size_t)h->periods[p * N_TIERS * N_TIERS + i];
      }
  for (size_t i = 0; i < N_TIERS; i++)
    h->empty[i]
        = h->pooled[i * N_TIERS] + h->pooled[i * N_TIERS + 1] + h->pooled[i * N_TIERS + 2] <= 0.0;
}

static void
measure_moves (History *h)
{
  double shares[N_TIERS];
  HansaReason reason = hansa_transition_probabilities (h->pooled, N_TIERS, h->p, h->error);

  for (size_t i = 0; i < N_TIERS * N_TIERS && reason != HANSA_DEFINED; i++)
    h->p[i] = h->error[i] = hansa_undefined (reason);
  h->shorrocks = hansa_shorrocks_mobility (h->p, N_TIERS);
  h->n_absorbing
      = reason == HANSA_DEFINED ? hansa_absorbing_states (h->p, N_TIERS, h->absorbing) : 0;
  reason = hansa_stationary (h->p, N_TIERS, shares);
  for (size_t i = 0; i < N_TIERS; i++)
    h->stationary[i]
        = reason == HANSA_DEFINED ? hansa_value (shares[i] * 100.0) : hansa_undefined (reason);
  reason = hansa_first_passage (h->p, N_TIERS, DORMANT, h->to_dormant);
  for (size_t i = 0; i < N_TIERS && reason != HANSA_DEFINED; i++)
    h->to_dormant[i] = hansa_undefined (reason);
  h->homogeneity = hansa_markov_homogeneity (h->periods, h->n_periods, N_TIERS);
}

HansaStatus
tiering_history (Tiering *t)
{
  History *h = &t->history;
  HansaStatus status = choose_years (t);

  if (status != HANSA_OK)
    return status;
  h->mix = calloc (h->n_years * N_TIERS, sizeof *h->mix);
  h->periods = calloc (h->n_years * N_TIERS * N_TIERS, sizeof *h->periods);
  if (h->mix == NULL || h->periods == NULL)
    return HANSA_OUT_OF_MEMORY;
  status = walk_years (t);
  if (status != HANSA_OK)
    return status;
  pool (h);
  measure_moves (h);
  return HANSA_OK;
}
