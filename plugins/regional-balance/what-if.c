/* SPDX-License-Identifier: MIT
 *
 * How many new ties, each given to a region with the fewest, would bring the
 * Gini of the counts to a target; and how few regions would stay under the
 * threshold if the ties missing from the list were placed best.
 */
#include "balance.h"

#include <stdlib.h>

typedef struct Fill
{
  const double *counts;
  const size_t *order; /* units, fewest ties first, then by code */
  double *filled;
  size_t n;
} Fill;

/* Fills every region below `level` up to it, and `more` of the lowest by one
 * above it. The number of ties added. */
static double
pour (const Fill *f, double level, size_t more)
{
  double added = 0.0;

  for (size_t i = 0; i < f->n; i++)
    {
      size_t unit = f->order[i];
      double before = f->counts[unit];
      double after = before < level ? level : before;
      if (i < more)
        after = level + 1.0;
      f->filled[unit] = after;
      added += after - before;
    }
  return added;
}

static bool
reaches (const Fill *f, double level, size_t more, double target, HansaValue *gini)
{
  pour (f, level, more);
  *gini = hansa_gini (f->filled, NULL, f->n);
  return hansa_is_defined (*gini) && gini->number <= target + 1e-12;
}

/* Regions that stand at `level` once it is full: those are the first ones. */
static size_t
standing (const Fill *f, double level)
{
  size_t n = 0;

  while (n < f->n && f->counts[f->order[n]] <= level)
    n++;
  return n;
}

/* The fewest ties that do it. Full levels lower the Gini, one by one. Between
 * two of them it may rise before it falls (its numerator is concave and its
 * denominator linear along the way), so that it crosses the target once, on
 * the way to the first full level that is at or under it: two bisections. */
static double
fewest (const Fill *f, double target, HansaValue *gini)
{
  double low = f->counts[f->order[0]], high = f->counts[f->order[f->n - 1]];

  if (reaches (f, low, 0, target, gini))
    return pour (f, low, 0);
  high = high > 0.0 ? high : 1.0;
  while (high - low > 1.5)
    {
      double middle = floor ((low + high) / 2.0);
      if (reaches (f, middle, 0, target, gini))
        high = middle;
      else
        low = middle;
    }
  size_t some = 0, all = standing (f, low);
  while (all - some > 1)
    {
      size_t middle = some + (all - some) / 2;
      if (reaches (f, low, middle, target, gini))
        all = middle;
      else
        some = middle;
    }
  reaches (f, low, all, target, gini);
  return pour (f, low, all);
}

static void
place_new_ties (Balance *b, const Fill *f)
{
  Measures *m = &b->m;

  m->added = hansa_value (fewest (f, b->options.target, &m->gini_after));
  for (size_t i = 0; i < b->n_units; i++)
    b->units[i].added = (uint64_t)(f->filled[i] - f->counts[i]);
}

/* The list may lack ties of the regions' own level. Were these where they
 * lift most regions over the threshold, so many would still be under it. */
static void
bound_low (Balance *b, const Fill *f)
{
  HansaValue claimed = b->coverage[1 + b->options.level].claimed;
  double limit = (double)b->options.threshold + (b->options.inclusive ? 1.0 : 0.0);
  double low = (double)b->low;

  if (b->options.with_counties || b->options.with_later)
    claimed = hansa_undefined (HANSA_NOT_COMPARABLE);
  b->m.low_least = claimed;
  if (!hansa_is_defined (claimed))
    return;
  double spare = claimed.number - (double)b->coverage[1 + b->options.level].listed;
  for (size_t i = f->n; i > 0; i--)
    {
      double count = f->counts[f->order[i - 1]];
      if (count >= limit)
        continue;
      if (limit - count > spare)
        break;
      spare -= limit - count;
      low -= 1.0;
    }
  b->m.low_least = hansa_value (low);
}

HansaStatus
balance_what_if (Balance *b)
{
  size_t n = b->n_units;
  double *filled = calloc (n + 1, sizeof *filled);
  size_t *order = calloc (n + 1, sizeof *order);
  Fill f = { b->counts, order, filled, n };
  HansaReason reason = HANSA_NO_MEMORY;

  b->m.added = b->m.gini_after = b->m.low_least = hansa_undefined (HANSA_NO_DATA);
  if (filled != NULL && order != NULL)
    reason = n == 0 ? HANSA_NO_DATA : hansa_order (b->counts, n, order);
  if (reason == HANSA_DEFINED)
    {
      bound_low (b, &f);
      if (b->options.has_target)
        place_new_ties (b, &f);
    }
  free (filled);
  free (order);
  return reason == HANSA_NO_MEMORY ? HANSA_OUT_OF_MEMORY : HANSA_OK;
}
