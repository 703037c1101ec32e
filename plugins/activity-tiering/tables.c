/* SPDX-License-Identifier: MIT
 *
 * The result tables on ties. Tables on years are in history-tables.c.
 */
#include "tiering.h"

#include <stdlib.h>
#include <string.h>

#define N_OF(array) ((uint32_t)(sizeof (array) / sizeof ((array)[0])))
#define TIMELINE_TIES 30
#define TIMELINE_MARKS 3000

bool
tie_label (const Tie *tie, Pair *label)
{
  const char *zh = tie->partner_zh[0] != '\0' ? tie->partner_zh : tie->partner_en;

  pair_add (label, tie->region_en, tie->region_zh);
  pair_add (label, " - ", "—");
  pair_add (label, tie->partner_en, zh);
  return !pair_failed (label);
}

static HansaValue
percent (uint64_t part, uint64_t whole)
{
  return whole == 0 ? hansa_undefined (HANSA_NO_DATA)
                    : hansa_value ((double)part / (double)whole * 100.0);
}

static HansaCell
label (HansaText text)
{
  return hansa_cell_label (text.en, text.zh);
}

/* A key out of two words. */
static HansaCell
join (Tiering *t, Pair *key, const char *first, const char *second)
{
  pair_add (key, first, first);
  pair_add (key, "/", "/");
  pair_add (key, second, second);
  t->no_memory = t->no_memory || pair_failed (key);
  return hansa_cell_text (pair_text (key).en);
}

static void
table_tiers (Tiering *t)
{
  static const HansaOutColumn columns[] = {
    { "key", HANSA_TEXT, 0, NULL, { "Key", "键" } },
    { "name", HANSA_LABEL, 0, NULL, { "Tier", "层级" } },
    { "ties", HANSA_INTEGER, 0, "ties", { "Ties", "友城数量" } },
    { "share", HANSA_REAL, 1, "%", { "Share", "占比" } },
    { "third", HANSA_REAL, 1, "ties", { "An equal third", "三等分数量" } },
  };
  uint32_t table = hansa_out_table (t->job, .id = "tiers", .title = { "Tiers", "活跃程度分层" },
                                    .columns = columns, .n_columns = N_OF (columns));

  for (size_t i = 0; i < N_TIERS; i++)
    hansa_out_row (t->job, table, hansa_cell_text (tier_ids[i]), label (tier_names[i]),
                   hansa_cell_integer ((int64_t)t->tiers[i]),
                   hansa_cell_value (percent (t->tiers[i], t->n_ties)),
                   hansa_cell_real ((double)t->n_ties / N_TIERS));
}

static void
table_levels (Tiering *t)
{
  static const HansaOutColumn columns[] = {
    { "key", HANSA_TEXT, 0, NULL, { "Key", "键" } },
    { "tier", HANSA_LABEL, 0, NULL, { "Tier", "层级" } },
    { "level", HANSA_LABEL, 0, NULL, { "Level", "友城级别" } },
    { "ties", HANSA_INTEGER, 0, "ties", { "Ties", "友城数量" } },
  };
  static const char *const ids[N_LEVELS] = { "province", "prefecture", "county", "other" };
  uint32_t table
      = hansa_out_table (t->job, .id = "levels", .title = { "Tiers by level", "各级友城活跃程度" },
                         .columns = columns, .n_columns = N_OF (columns));

  for (size_t i = 0; i < N_TIERS; i++)
    for (size_t level = 0; level < N_LEVELS; level++)
      {
        const uint64_t *n = t->by_level[level];
        Pair key = { 0 };
        if (n[ACTIVE] + n[UNSTABLE] + n[DORMANT] > 0)
          {
            HansaCell cell = join (t, &key, tier_ids[i], ids[level]);
            hansa_out_row (t->job, table, cell, label (tier_names[i]), label (level_names[level]),
                           hansa_cell_integer ((int64_t)n[i]));
          }
        pair_clear (&key);
      }
}

static void
table_zones (Tiering *t)
{
  static const HansaOutColumn columns[] = {
    { "key", HANSA_TEXT, 0, NULL, { "Key", "键" } },
    { "zone", HANSA_LABEL, 0, NULL, { "Zone", "区域板块" } },
    { "tier", HANSA_LABEL, 0, NULL, { "Tier", "层级" } },
    { "ties", HANSA_INTEGER, 0, "ties", { "Ties", "友城数量" } },
    { "share", HANSA_REAL, 1, "%", { "Share in the zone", "占本板块比重" } },
  };
  uint32_t table
      = hansa_out_table (t->job, .id = "zones", .title = { "Tiers by zone", "各板块友城活跃程度" },
                         .columns = columns, .n_columns = N_OF (columns));

  for (size_t z = 0; z < t->n_zones; z++)
    for (size_t i = 0; i < N_TIERS; i++)
      {
        const Zone *zone = &t->zones[z];
        uint64_t all = zone->counts[ACTIVE] + zone->counts[UNSTABLE] + zone->counts[DORMANT];
        Pair key = { 0 };
        HansaCell cell = join (t, &key, zone->code, tier_ids[i]);
        hansa_out_row (t->job, table, cell, hansa_cell_label (zone->en, zone->zh),
                       label (tier_names[i]), hansa_cell_integer ((int64_t)zone->counts[i]),
                       hansa_cell_value (percent (zone->counts[i], all)));
        pair_clear (&key);
      }
}

static const HansaOutColumn tie_out[] = {
  { "tie", HANSA_TEXT, 0, NULL, { "Id", "编号" } },
  { "name", HANSA_LABEL, 0, NULL, { "Tie", "友城" } },
  { "country", HANSA_TEXT, 0, NULL, { "Country", "国别" } },
  { "tier", HANSA_LABEL, 0, NULL, { "Tier", "层级" } },
  { "last", HANSA_DATE, 0, NULL, { "Last contact", "最近往来" } },
  { "months", HANSA_INTEGER, 0, "months", { "Months since", "距今月数" } },
  { "activities", HANSA_INTEGER, 0, "activities", { "Activities", "活动次数" } },
  { "value", HANSA_REAL, 0, "CNY", { "Value agreed", "协议金额" } },
  { "recency", HANSA_INTEGER, 0, "points", { "Recency", "近度得分" } },
  { "frequency", HANSA_INTEGER, 0, "points", { "Frequency", "频度得分" } },
  { "money", HANSA_INTEGER, 0, "points", { "Money", "金额得分" } },
  { "score", HANSA_INTEGER, 0, "points", { "Score", "综合得分" } },
};

static void
tie_row (Tiering *t, uint32_t table, const Tie *tie)
{
  Pair name = { 0 };
  bool known = tie->has_contact;

  t->no_memory = !tie_label (tie, &name) || t->no_memory;
  HansaText text = pair_text (&name);
  hansa_out_row (t->job, table, hansa_cell_text (tie->id), hansa_cell_label (text.en, text.zh),
                 hansa_cell_text (tie->country[0] != '\0' ? tie->country : NULL),
                 label (tier_names[tie->tier]),
                 known ? hansa_cell_date (tie->last_contact) : hansa_cell_missing (),
                 known ? hansa_cell_integer (tie->months_since) : hansa_cell_missing (),
                 hansa_cell_integer ((int64_t)tie->n_activities), hansa_cell_value (tie->value),
                 hansa_cell_integer (tie->recency), hansa_cell_integer (tie->frequency),
                 hansa_cell_integer (tie->money), hansa_cell_integer (tie->score));
  pair_clear (&name);
}

static void
table_ties (Tiering *t)
{
  uint32_t table = hansa_out_table (
      t->job, .id = "ties", .title = { "Every tie", "各友城情况" }, .columns = tie_out,
      .n_columns = N_OF (tie_out),
      .note = { "Scores run from one to five by rank among all ties; equal ties have equal scores, "
                "and nothing on record ranks last. Months are whole ones.",
                "得分按在全部友城中的位次分为1至5分，相同者同分，无记录者位列最后；月数取整月。" });

  for (size_t i = 0; i < t->n_ties; i++)
    tie_row (t, table, &t->ties[i]);
}

static void
table_revive (Tiering *t)
{
  uint32_t table = hansa_out_table (
      t->job, .id = "revive", .title = { "Ties worth reviving", "宜重点激活的友城" },
      .columns = tie_out, .n_columns = N_OF (tie_out),
      .note = { "Unstable or dormant ties whose past frequency or money scores four or five, the "
                "highest first.",
                "不稳定或休眠、但历史频度或金额得分在4分以上的友城，按得分由高到低排列。" });

  for (size_t i = 0; i < t->n_revive; i++)
    tie_row (t, table, &t->ties[t->revive[i]]);
}

static int
compare_busy (const void *a, const void *b)
{
  const Tie *first = *(const Tie *const *)a, *second = *(const Tie *const *)b;

  if (first->n_activities != second->n_activities)
    return first->n_activities > second->n_activities ? -1 : 1;
  return strcmp (first->id, second->id);
}

/* The latest marks of one tie. */
static void
timeline_marks (Tiering *t, uint32_t table, const Tie *tie, size_t most, int64_t *mark)
{
  Pair name = { 0 };
  size_t skip = tie->n_activities > most ? tie->n_activities - most : 0;

  t->no_memory = !tie_label (tie, &name) || t->no_memory;
  HansaText text = pair_text (&name);
  for (size_t i = skip; i < tie->n_activities; i++)
    {
      ++*mark;
      hansa_out_row (t->job, table, hansa_cell_integer (*mark),
                     hansa_cell_date (t->activities[tie->first + i].date),
                     hansa_cell_label (text.en, text.zh), label (tier_names[tie->tier]));
    }
  pair_clear (&name);
}

static void
table_timeline (Tiering *t)
{
  static const HansaOutColumn columns[] = {
    { "mark", HANSA_INTEGER, 0, "count", { "Number", "序号" } },
    { "date", HANSA_DATE, 0, NULL, { "Date", "日期" } },
    { "name", HANSA_LABEL, 0, NULL, { "Tie", "友城" } },
    { "tier", HANSA_LABEL, 0, NULL, { "Tier", "层级" } },
  };
  uint32_t table = hansa_out_table (
      t->job, .id = "timeline",
      .title = { "Activities of the busiest ties", "往来最多友城的活动时间" }, .columns = columns,
      .n_columns = N_OF (columns),
      .note = { "The thirty ties with most activities; of each the latest hundred at most.",
                "列出活动最多的30对友城，每对至多列最近100次。" });
  const Tie **busy = calloc (t->n_ties + 1, sizeof (Tie *));
  size_t n = 0;
  int64_t mark = 0;

  if (busy == NULL)
    {
      t->no_memory = true;
      return;
    }
  for (size_t i = 0; i < t->n_ties; i++)
    if (t->ties[i].n_activities > 0)
      busy[n++] = &t->ties[i];
  qsort (busy, n, sizeof (Tie *), compare_busy);
  for (size_t i = 0; i < n && i < TIMELINE_TIES; i++)
    timeline_marks (t, table, busy[i], TIMELINE_MARKS / TIMELINE_TIES, &mark);
  free (busy);
}

void
tiering_tables (Tiering *t)
{
  table_tiers (t);
  table_levels (t);
  table_zones (t);
  table_ties (t);
  table_revive (t);
  table_timeline (t);
  history_tables (t);
}
