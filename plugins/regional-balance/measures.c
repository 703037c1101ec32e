/* SPDX-License-Identifier: MIT
 *
 * The measures: all formulas are those of hansa/stats.h; what is decided here
 * is what goes into them.
 */
#include "balance.h"

#include <stdlib.h>

/* Leaving every region out costs regions times regions. */
#define LEAVE_OUT_LIMIT 4000

static double
draw (void *source)
{
  return hansa_random (source);
}

/* `data`: whether memory ran out. */
/* `data`: whether memory ran out, as a resample that found none must not pass
 * for one without ties. */
static HansaValue
gini (const double *x, const double *weights, size_t n, void *data)
{
  HansaValue value = hansa_gini (x, weights, n);
  bool *no_memory = data;

  *no_memory = *no_memory || value.reason == HANSA_NO_MEMORY;
  return value;
}

/* The value, unless the measures as a whole have none. */
static HansaValue
gated (const Balance *b, HansaValue value)
{
  return b->gate == HANSA_DEFINED ? value : hansa_undefined (b->gate);
}

static HansaStatus
fill_arrays (Balance *b)
{
  size_t n = b->n_units;

  b->x = calloc (n + 1, sizeof (double));
  b->counts = calloc (n + 1, sizeof (double));
  b->group = calloc (n + 1, sizeof (uint32_t));
  if (b->options.weighted)
    b->weights = calloc (n + 1, sizeof (double));
  if (b->x == NULL || b->counts == NULL || b->group == NULL
      || (b->options.weighted && b->weights == NULL))
    return HANSA_OUT_OF_MEMORY;
  b->gate = HANSA_DEFINED;
  for (size_t i = 0; i < n; i++)
    {
      Unit *unit = &b->units[i];
      b->counts[i] = b->x[i] = (double)unit->ties;
      b->group[i] = unit->zone;
      if (!b->options.weighted)
        continue;
      b->x[i] = unit->per_million.number;
      b->weights[i] = unit->population.number;
      if (!hansa_is_defined (unit->population))
        b->gate = (HansaReason)unit->population.reason;
    }
  return HANSA_OK;
}

static void
measure_inequality (Balance *b)
{
  Measures *m = &b->m;
  size_t n = b->n_units;

  m->mean = hansa_mean (b->counts, NULL, n);
  m->gini = gated (b, hansa_gini (b->x, b->weights, n));
  m->gini_corrected = gated (b, hansa_gini_corrected (b->x, b->weights, n));
  m->gini_counts = hansa_gini (b->counts, NULL, n);
  m->theil_t = gated (b, hansa_theil_t (b->x, b->weights, n));
  m->theil_l = gated (b, hansa_theil_l (b->x, b->weights, n));
  m->hoover = gated (b, hansa_hoover (b->x, b->weights, n));
  m->atkinson = gated (b, hansa_atkinson (b->x, b->weights, n, b->options.epsilon));
  m->cv = gated (b, hansa_cv (b->x, b->weights, n));
  m->hhi = hansa_hhi (b->counts, n);
  m->hhi_normalised = hansa_hhi_normalised (b->counts, n);
  m->equivalent_number = hansa_equivalent_number (b->counts, n);
  m->top_share = hansa_top_share (b->counts, n, b->options.top, 1e-9, &m->tied);
  if (hansa_is_defined (m->top_share))
    m->top_share = hansa_value (m->top_share.number * 100.0);
  m->low_share
      = n == 0 ? hansa_undefined (HANSA_NO_DATA) : hansa_value ((double)b->low / (double)n * 100.0);
}

static HansaDecomposition
no_decomposition (HansaReason reason)
{
  HansaValue none = hansa_undefined (reason);
  HansaDecomposition d = { none, none, none, none };
  return d;
}

static HansaStatus
measure_zones (Balance *b)
{
  Measures *m = &b->m;
  size_t n = b->n_units;
  HansaReason reason = b->gate != HANSA_DEFINED ? b->gate : HANSA_MISSING_INPUT;

  m->theil = m->entropy = no_decomposition (n == 0 ? HANSA_NO_DATA : reason);
  m->between_share = m->between_p = m->theil.total;
  if (!b->has_zones || b->gate != HANSA_DEFINED)
    return HANSA_OK;
  m->theil_parts = calloc (b->n_zones, sizeof *m->theil_parts);
  m->entropy_parts = calloc (b->n_zones, sizeof *m->entropy_parts);
  if (m->theil_parts == NULL || m->entropy_parts == NULL)
    return HANSA_OUT_OF_MEMORY;
  m->theil
      = hansa_decompose_entropy (b->x, b->weights, b->group, n, b->n_zones, 1.0, m->theil_parts);
  m->entropy = hansa_decompose_entropy (b->x, b->weights, b->group, n, b->n_zones, b->options.alpha,
                                        m->entropy_parts);
  HansaPermutation test = hansa_permutation_between (b->x, b->weights, b->group, n, b->n_zones, 1.0,
                                                     b->options.replicates, draw, b->job);
  m->between_share = test.share;
  if (hansa_is_defined (test.share))
    m->between_share = hansa_value (test.share.number * 100.0);
  /* Where there is one zone, no label can move. */
  m->between_p = b->n_zones > 1 ? test.p_value : hansa_undefined (HANSA_TOO_FEW);
  m->permutation_exact = test.exact;
  m->arrangements = test.arrangements;
  return HANSA_OK;
}

static void
measure_interval (Balance *b)
{
  Measures *m = &b->m;

  m->gini_low = m->gini_high = hansa_undefined (HANSA_NO_DATA);
  m->boot_exact = b->n_units <= HANSA_EXACT_ROWS;
  m->boot_percentile = b->options.percentile;
  if (!hansa_is_defined (m->gini))
    return;
  HansaResampling how = { .statistic = gini,
                          .data = &b->no_memory,
                          .level = b->options.confidence,
                          .method = (m->boot_exact ? HANSA_BOOTSTRAP_EXACT : 0u)
                                    | (m->boot_percentile ? 0u : HANSA_BOOTSTRAP_BCA),
                          .replicates = b->options.replicates,
                          .uniform = draw,
                          .source = b->job };
  HansaBootstrap boot = hansa_bootstrap (b->x, b->weights, b->n_units, &how);
  b->no_memory = b->no_memory || boot.low.reason == HANSA_NO_MEMORY;
  m->replicates = boot.replicates;
  m->undefined_replicates = boot.undefined;
  if (hansa_is_defined (boot.low) && hansa_is_defined (boot.high))
    {
      m->gini_low = boot.low;
      m->gini_high = boot.high;
    }
}

/* How far the Gini moves when each region is left out; the one that moves it
 * most, the first by code of equals. */
static HansaStatus
measure_influence (Balance *b)
{
  Measures *m = &b->m;
  size_t n = b->n_units;
  HansaValue *values = calloc (n + 1, sizeof *values);
  HansaReason reason = HANSA_TOO_FEW;
  double furthest = -1.0;

  if (values == NULL)
    return HANSA_OUT_OF_MEMORY;
  m->loo_low = m->loo_high = m->loo_most = hansa_undefined (HANSA_TOO_FEW);
  if (n >= 2 && n <= LEAVE_OUT_LIMIT && b->gate == HANSA_DEFINED)
    reason = hansa_leave_one_out (b->x, b->weights, n, gini, &b->no_memory, values);
  for (size_t i = 0; i < n; i++)
    {
      HansaValue without = reason == HANSA_DEFINED ? values[i] : hansa_undefined (reason);
      b->units[i].without = without;
      if (!hansa_is_defined (without) || !hansa_is_defined (m->gini))
        continue;
      double change = fabs (without.number - m->gini.number);
      if (!hansa_is_defined (m->loo_low) || without.number < m->loo_low.number)
        m->loo_low = without;
      if (!hansa_is_defined (m->loo_high) || without.number > m->loo_high.number)
        m->loo_high = without;
      if (change > furthest + 1e-12)
        {
          furthest = change;
          m->most = i;
          m->loo_most = without;
        }
    }
  free (values);
  return reason == HANSA_NO_MEMORY ? HANSA_OUT_OF_MEMORY : HANSA_OK;
}

/* Ties per million of the regions whose population is known, as a ratio of
 * sums; and whether ties go with the size of the economy. */
static HansaStatus
measure_per_head (Balance *b)
{
  Measures *m = &b->m;
  double *ties = calloc (b->n_units + 1, sizeof *ties);
  double *other = calloc (b->n_units + 1, sizeof *other);
  size_t n = 0;

  if (ties == NULL || other == NULL)
    {
      free (ties);
      free (other);
      return HANSA_OUT_OF_MEMORY;
    }
  for (size_t i = 0; i < b->n_units; i++)
    if (hansa_is_defined (b->units[i].population))
      {
        ties[n] = b->counts[i];
        other[n++] = b->units[i].population.number;
      }
  HansaValue sum = hansa_sum (ties, n), heads = hansa_sum (other, n);
  m->per_million = hansa_undefined (HANSA_MISSING_INPUT);
  if (n > 0 && hansa_is_defined (heads))
    m->per_million = hansa_value (sum.number / heads.number * 1e6);
  n = 0;
  for (size_t i = 0; i < b->n_units; i++)
    if (hansa_is_defined (b->units[i].gdp))
      {
        ties[n] = b->counts[i];
        other[n++] = b->units[i].gdp.number;
      }
  m->gdp_rank = n == 0   ? hansa_undefined (HANSA_MISSING_INPUT)
                : n <= 2 ? hansa_undefined (HANSA_TOO_FEW)
                         : hansa_spearman (ties, other, n);
  free (ties);
  free (other);
  return HANSA_OK;
}

static HansaStatus
rank_units (Balance *b)
{
  size_t *rank = calloc (b->n_units + 1, sizeof *rank);
  HansaReason reason = HANSA_NO_MEMORY;

  if (rank != NULL)
    reason = hansa_rank (b->counts, b->n_units, 0.0, true, rank);
  for (size_t i = 0; i < b->n_units && reason == HANSA_DEFINED; i++)
    b->units[i].rank = rank[i];
  free (rank);
  return reason == HANSA_NO_MEMORY ? HANSA_OUT_OF_MEMORY : HANSA_OK;
}

HansaStatus
balance_measure (Balance *b)
{
  HansaStatus status = fill_arrays (b);

  if (status == HANSA_OK)
    status = rank_units (b);
  if (status == HANSA_OK)
    {
      measure_inequality (b);
      status = measure_zones (b);
    }
  hansa_progress (b->job, 0.4);
  if (status == HANSA_OK && hansa_is_cancelled (b->job))
    return HANSA_CANCELLED;
  if (status == HANSA_OK)
    {
      measure_interval (b);
      status = measure_influence (b);
    }
  return status == HANSA_OK ? measure_per_head (b) : status;
}
