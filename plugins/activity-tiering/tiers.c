/* SPDX-License-Identifier: MIT
 *
 * The rule that sorts ties into tiers, and the test of three equal thirds.
 */
#include "tiering.h"

#include <stdlib.h>

const HansaText tier_names[N_TIERS]
    = { { "active", "活跃" }, { "unstable", "不稳定" }, { "dormant", "休眠" } };
const char *const tier_ids[N_TIERS] = { "active", "unstable", "dormant" };
const HansaText level_names[N_LEVELS] = { { "provincial ties", "省级友城" },
                                          { "prefecture ties", "市级友城" },
                                          { "county ties", "县级友城" },
                                          { "other ties", "其他友城" } };

/* Windows are half-open: (day - months, day]. */
Tier
tier_of (const Options *o, size_t recent, bool has_contact, int32_t last_contact, int32_t day)
{
  if (recent >= o->active_count)
    return ACTIVE;
  if (!has_contact || last_contact <= date_add_months (day, -(int64_t)o->dormant_months))
    return DORMANT;
  return UNSTABLE;
}

static void
read_record (Tiering *t, Tie *tie, double *values)
{
  const Activity *first = &t->activities[tie->first];
  int32_t window = date_add_months (t->options.as_of, -(int64_t)t->options.active_months);
  size_t n_values = 0;

  tie->has_contact = tie->has_since;
  tie->last_contact = tie->since;
  tie->value = hansa_undefined (HANSA_MISSING_INPUT);
  for (size_t i = 0; i < tie->n_activities; i++)
    {
      tie->n_recent += first[i].date > window ? 1 : 0;
      if (hansa_is_defined (first[i].value))
        values[n_values++] = first[i].value.number;
    }
  if (n_values > 0)
    tie->value = hansa_sum (values, n_values);
  if (tie->n_activities > 0)
    {
      tie->last_activity = first[tie->n_activities - 1].date;
      if (!tie->has_contact || tie->last_activity > tie->last_contact)
        tie->last_contact = tie->last_activity;
      tie->has_contact = true;
    }
  if (tie->has_contact)
    tie->months_since = date_months_between (tie->last_contact, t->options.as_of);
  tie->tier
      = tier_of (&t->options, tie->n_recent, tie->has_contact, tie->last_contact, t->options.as_of);
}

static void
file_tie (Tiering *t, const Tie *tie)
{
  t->tiers[tie->tier]++;
  t->by_level[tie->level][tie->tier]++;
  t->zones[tie->zone].counts[tie->tier]++;
  rows_add (&t->from[FROM_ACTIVE + (int)tie->tier], tie->row);
  rows_add (&t->from[tie->n_activities > 0 ? FROM_RECORDED : FROM_UNRECORDED], tie->row);
  t->recorded += tie->n_activities > 0 ? 1 : 0;
  if (tie->n_activities > 0)
    return;
  if (tie->tier == DORMANT)
    {
      t->silent++;
      rows_add (&t->from[FROM_SILENT], tie->row);
    }
  if (!tie->has_since)
    {
      t->undated++;
      rows_add (&t->from[FROM_UNDATED], tie->row);
    }
}

HansaStatus
tiering_classify (Tiering *t)
{
  static const double thirds[N_TIERS] = { 1.0, 1.0, 1.0 };
  double *values = calloc (t->n_activities + 1, sizeof *values);

  for (int i = FROM_ACTIVE; i <= FROM_REVIVE && values != NULL; i++)
    if (!rows_room (&t->from[i], "tie", t->n_ties))
      {
        free (values);
        values = NULL;
      }
  if (values == NULL)
    return HANSA_OUT_OF_MEMORY;
  for (size_t i = 0; i < t->n_ties; i++)
    {
      read_record (t, &t->ties[i], values);
      file_tie (t, &t->ties[i]);
    }
  free (values);
  t->chi_square = hansa_goodness_of_fit (t->tiers, thirds, N_TIERS);
  t->exact = hansa_multinomial_exact (t->tiers, thirds, N_TIERS);
  return HANSA_OK;
}
