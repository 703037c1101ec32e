/* SPDX-License-Identifier: MIT
 *
 * Reading ties and activities. Both are sorted by all that they say, so that
 * the order of rows decides nothing.
 */
#include "tiering.h"

#include <stdlib.h>
#include <string.h>

#define NOT_KEPT SIZE_MAX

/* A row of the register: the tie, and where it went. */
typedef struct Entry
{
  Tie tie;
  size_t kept; /* index in Tiering.ties, or NOT_KEPT */
} Entry;

bool
rows_room (Rows *rows, const char *input, size_t n)
{
  rows->input = input;
  rows->n = 0;
  rows->rows = malloc ((n + 1) * sizeof (uint64_t));
  return rows->rows != NULL;
}

void
rows_add (Rows *rows, size_t row)
{
  rows->rows[rows->n++] = row;
}

static int
compare_entries (const void *a, const void *b)
{
  const Tie *first = &((const Entry *)a)->tie, *second = &((const Entry *)b)->tie;
  const char *const one[]
      = { first->id,         first->region,     first->level_text, first->status,
          first->partner_en, first->partner_zh, first->country };
  const char *const two[]
      = { second->id,         second->region,     second->level_text, second->status,
          second->partner_en, second->partner_zh, second->country };
  int order = 0;

  for (size_t i = 0; i < sizeof one / sizeof one[0] && order == 0; i++)
    order = strcmp (one[i], two[i]);
  if (order == 0)
    order = (int)first->has_since - (int)second->has_since;
  return order != 0 ? order : (first->since > second->since) - (first->since < second->since);
}

static uint32_t
level_of (const char *word)
{
  static const char *const words[] = { "province", "prefecture", "county" };
  uint32_t level = 0;

  while (level < OTHER && strcmp (word, words[level]) != 0)
    level++;
  return level;
}

static Tie
read_tie (const HansaTable *table, size_t r)
{
  Tie tie = { .id = hansa_text_at (table, TIE_ID, r),
              .region = hansa_text_at (table, TIE_REGION, r),
              .level_text = hansa_text_at (table, TIE_LEVEL, r),
              .partner_en = hansa_text_at (table, TIE_PARTNER_EN, r),
              .partner_zh = hansa_text_at (table, TIE_PARTNER_ZH, r),
              .country = hansa_text_at (table, TIE_COUNTRY, r),
              .status = hansa_text_at (table, TIE_STATUS, r),
              .has_since = hansa_is_present (table, TIE_SINCE, r),
              .row = r };

  if (tie.has_since)
    tie.since = hansa_dates (table, TIE_SINCE)[r];
  tie.level = level_of (tie.level_text);
  return tie;
}

/* Whether a tie is in the register at as_of; counts it where not. */
static bool
is_in (Tiering *t, const Tie *tie)
{
  bool later = strcmp (tie->status, "later") == 0;
  bool counted = strcmp (tie->status, "counted") == 0;
  bool unconfirmed = tie->status[0] == '\0' || strcmp (tie->status, "unconfirmed") == 0;
  uint64_t *reason = NULL;

  if (later && !t->options.with_later)
    reason = &t->dropped.later;
  else if (!later && !counted && !unconfirmed)
    reason = &t->dropped.bad_status;
  else if (unconfirmed && t->options.counted_only && t->status_known)
    reason = &t->dropped.unconfirmed;
  else if (tie->has_since && tie->since > t->options.as_of)
    reason = &t->dropped.after;
  if (reason != NULL)
    (*reason)++;
  return reason == NULL;
}

static Entry *
read_entries (Tiering *t, size_t *n_entries)
{
  const HansaTable *table = hansa_table (t->job, "tie");
  size_t n = hansa_table_rows (table), kept = 0;
  Entry *entries = calloc (n + 1, sizeof *entries);

  t->ties = calloc (n + 1, sizeof *t->ties);
  if (entries == NULL || t->ties == NULL || !rows_room (&t->from[FROM_TIES], "tie", n))
    {
      free (entries);
      return NULL;
    }
  for (size_t r = 0; r < n; r++)
    {
      entries[r].tie = read_tie (table, r);
      t->status_known = t->status_known || entries[r].tie.status[0] != '\0';
    }
  qsort (entries, n, sizeof *entries, compare_entries);
  for (size_t i = 0; i < n; i++)
    if (kept > 0 && strcmp (entries[kept - 1].tie.id, entries[i].tie.id) == 0)
      t->dropped.repeated_ties++;
    else
      entries[kept++] = entries[i];
  for (size_t i = 0; i < kept; i++)
    {
      entries[i].kept = NOT_KEPT;
      if (!is_in (t, &entries[i].tie))
        continue;
      entries[i].kept = t->n_ties;
      t->ties[t->n_ties++] = entries[i].tie;
      rows_add (&t->from[FROM_TIES], entries[i].tie.row);
    }
  *n_entries = kept;
  return entries;
}

static const Entry *
find_entry (const Entry *entries, size_t n, const char *id)
{
  size_t low = 0, high = n;

  while (low < high)
    {
      size_t middle = low + (high - low) / 2;
      if (strcmp (entries[middle].tie.id, id) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low < n && strcmp (entries[low].tie.id, id) == 0 ? &entries[low] : NULL;
}

static int
compare_activities (const void *a, const void *b)
{
  const Activity *first = a, *second = b;
  int order = (first->tie > second->tie) - (first->tie < second->tie);

  if (order == 0)
    order = (first->date > second->date) - (first->date < second->date);
  if (order == 0)
    order = strcmp (first->kind, second->kind);
  if (order == 0)
    order = (first->value.reason > second->value.reason)
            - (first->value.reason < second->value.reason);
  return order != 0 ? order
                    : (first->value.number > second->value.number)
                          - (first->value.number < second->value.number);
}

static void
take_activity (Tiering *t, const HansaTable *table, size_t r, const Entry *entries, size_t n)
{
  const char *id = hansa_text_at (table, ACTIVITY_TIE, r);
  const char *kind = hansa_text_at (table, ACTIVITY_KIND, r);
  const Entry *entry = id[0] != '\0' ? find_entry (entries, n, id) : NULL;
  int32_t date = hansa_dates (table, ACTIVITY_DATE)[r];

  if (id[0] == '\0')
    t->dropped.no_tie++;
  else if (entry == NULL)
    t->dropped.unknown_tie++;
  else if (date > t->options.as_of)
    t->dropped.future++;
  else if (entry->kept == NOT_KEPT)
    t->dropped.other_tie++;
  else if (kind[0] != '\0' && strcmp (kind, t->options.skip_kind) == 0)
    t->dropped.skipped++;
  else
    {
      t->activities[t->n_activities++]
          = (Activity){ entry->kept, date, hansa_real_at (table, ACTIVITY_VALUE, r), kind, r };
      rows_add (&t->from[FROM_ACTIVITIES], r);
    }
}

static HansaStatus
read_activities (Tiering *t, const Entry *entries, size_t n_entries)
{
  const HansaTable *table = hansa_table (t->job, "activity");
  size_t n = hansa_table_rows (table);

  t->activities = calloc (n + 1, sizeof *t->activities);
  if (t->activities == NULL || !rows_room (&t->from[FROM_ACTIVITIES], "activity", n))
    return HANSA_OUT_OF_MEMORY;
  for (size_t r = 0; r < n; r++)
    take_activity (t, table, r, entries, n_entries);
  qsort (t->activities, t->n_activities, sizeof *t->activities, compare_activities);
  for (size_t i = 0; i < t->n_activities; i++)
    {
      const Activity *a = &t->activities[i];
      Tie *tie = &t->ties[a->tie];
      if (tie->n_activities++ == 0)
        tie->first = i;
      t->first_activity = i == 0 || a->date < t->first_activity ? a->date : t->first_activity;
      t->any_value = t->any_value || hansa_is_defined (a->value);
    }
  return HANSA_OK;
}

/* The day looked from: as set, or that of the last activity. */
static HansaStatus
find_as_of (Tiering *t)
{
  const HansaTable *table = hansa_table (t->job, "activity");
  size_t n = hansa_table_rows (table);

  if (t->options.as_of_text[0] != '\0')
    return date_parse (t->options.as_of_text, &t->options.as_of)
               ? HANSA_OK
               : hansa_fail (t->job,
                             "The parameter as_of is no date. Write year, month and day, such as "
                             "2018-07-01.",
                             "参数 as_of 不是有效日期，请按年-月-日填写，如 2018-07-01。");
  for (size_t r = 0; r < n; r++)
    if (r == 0 || hansa_dates (table, ACTIVITY_DATE)[r] > t->options.as_of)
      t->options.as_of = hansa_dates (table, ACTIVITY_DATE)[r];
  if (n == 0)
    return hansa_fail (t->job,
                       "There is no activity to take a date from: set the parameter as_of to the "
                       "day to look from, such as 2018-07-01.",
                       "没有活动记录可供确定基准日：请用参数 as_of 指定，如 2018-07-01。");
  return HANSA_OK;
}

HansaStatus
tiering_read (Tiering *t)
{
  size_t n = 0;
  HansaStatus status = find_as_of (t);

  if (status != HANSA_OK)
    return status;
  Entry *entries = read_entries (t, &n);
  status = entries != NULL ? read_activities (t, entries, n) : HANSA_OUT_OF_MEMORY;
  free (entries);
  return status;
}
