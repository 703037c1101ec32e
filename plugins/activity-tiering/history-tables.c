/* SPDX-License-Identifier: MIT
 *
 * The result tables on years, and all charts.
 */
#include "tiering.h"

#define N_OF(array) ((uint32_t)(sizeof (array) / sizeof ((array)[0])))

static HansaCell
label (HansaText text)
{
  return hansa_cell_label (text.en, text.zh);
}

static const HansaText years_note = {
  "Each year at the anniversary of the day looked from. Ties without a date of founding are "
  "in from their first activity on; those that have neither are left out.",
  "各年均按基准日的同月同日计算；无结好日期的友城自首次活动起计入，既无日期又无活动的未计入。"
};

static void
table_years (Tiering *t)
{
  static const HansaOutColumn columns[] = {
    { "key", HANSA_TEXT, 0, NULL, { "Key", "键" } },
    { "year", HANSA_TEXT, 0, NULL, { "Year", "年份" } },
    { "tier", HANSA_LABEL, 0, NULL, { "Tier", "层级" } },
    { "ties", HANSA_INTEGER, 0, "ties", { "Ties", "友城数量" } },
    { "share", HANSA_REAL, 1, "%", { "Share", "占比" } },
  };
  const History *h = &t->history;
  uint32_t table = hansa_out_table (
      t->job, .id = "years", .title = { "Tiers over the years", "历年活跃程度分层" },
      .columns = columns, .n_columns = N_OF (columns), .note = years_note);

  for (size_t y = 0; y < h->n_years; y++)
    for (size_t i = 0; i < N_TIERS; i++)
      {
        const uint64_t *n = &h->mix[y * N_TIERS];
        uint64_t all = n[ACTIVE] + n[UNSTABLE] + n[DORMANT];
        Pair year = { 0 }, key = { 0 };
        int64_t number = h->first + (int64_t)y;
        pair_number (&year, number > 0 ? (uint64_t)number : 0);
        pair_number (&key, number > 0 ? (uint64_t)number : 0);
        pair_add (&key, "/", "/");
        pair_add (&key, tier_ids[i], tier_ids[i]);
        t->no_memory = t->no_memory || pair_failed (&year) || pair_failed (&key);
        hansa_out_row (t->job, table, hansa_cell_text (pair_text (&key).en),
                       hansa_cell_text (pair_text (&year).en), label (tier_names[i]),
                       hansa_cell_integer ((int64_t)n[i]),
                       hansa_cell_value (all == 0
                                             ? hansa_undefined (HANSA_NO_DATA)
                                             : hansa_value ((double)n[i] / (double)all * 100.0)));
        pair_clear (&year);
        pair_clear (&key);
      }
}

static HansaValue
as_percent (HansaValue value)
{
  return hansa_is_defined (value) ? hansa_value (value.number * 100.0) : value;
}

static void
table_transitions (Tiering *t)
{
  static const HansaOutColumn columns[] = {
    { "key", HANSA_TEXT, 0, NULL, { "Key", "键" } },
    { "from", HANSA_LABEL, 0, NULL, { "From", "上年" } },
    { "to", HANSA_LABEL, 0, NULL, { "To, a year later", "次年" } },
    { "moves", HANSA_INTEGER, 0, "count", { "Times seen", "观测次数" } },
    { "share", HANSA_REAL, 1, "%", { "Share", "转移概率" } },
    { "error", HANSA_REAL, 1, "pp", { "Standard error", "标准误" } },
  };
  const History *h = &t->history;
  uint32_t table = hansa_out_table (
      t->job, .id = "transitions", .title = { "Moves from one year to the next", "逐年转移情况" },
      .columns = columns, .n_columns = N_OF (columns),
      .note = { "All pairs of years together; a tier in which no tie was seen has no shares.",
                "各年合并计算；从未有友城处于的层级不给出概率。" });

  for (size_t i = 0; i < N_TIERS * N_TIERS; i++)
    {
      Pair key = { 0 };
      pair_add (&key, tier_ids[i / N_TIERS], tier_ids[i / N_TIERS]);
      pair_add (&key, "/", "/");
      pair_add (&key, tier_ids[i % N_TIERS], tier_ids[i % N_TIERS]);
      t->no_memory = t->no_memory || pair_failed (&key);
      hansa_out_row (
          t->job, table, hansa_cell_text (pair_text (&key).en), label (tier_names[i / N_TIERS]),
          label (tier_names[i % N_TIERS]), hansa_cell_integer ((int64_t)h->pooled[i]),
          hansa_cell_value (as_percent (h->p[i])), hansa_cell_value (as_percent (h->error[i])));
      pair_clear (&key);
    }
}

static void
table_dynamics (Tiering *t)
{
  static const HansaOutColumn columns[] = {
    { "key", HANSA_TEXT, 0, NULL, { "Key", "键" } },
    { "name", HANSA_LABEL, 0, NULL, { "Tier", "层级" } },
    { "to_dormant", HANSA_REAL, 1, "years", { "Years to dormancy", "转入休眠预期年数" } },
    { "stationary", HANSA_REAL, 1, "%", { "Share in the long run", "长期占比" } },
    { "left", HANSA_LABEL, 0, NULL, { "Ever left", "是否曾转出" } },
  };
  static const HansaText words[]
      = { { "yes", "是" }, { "never", "否" }, { "never seen", "无记录" } };
  const History *h = &t->history;
  uint32_t table = hansa_out_table (
      t->job, .id = "dynamics", .title = { "Where the moves lead", "变动趋势" }, .columns = columns,
      .n_columns = N_OF (columns),
      .note = { "If the shares of moves stayed as they were. For dormant ties: years until dormant "
                "again, the year counted.",
                "按转移概率保持不变推算；休眠一行为再次处于休眠的平均年数（含当年）。" });

  for (size_t i = 0; i < N_TIERS; i++)
    hansa_out_row (t->job, table, hansa_cell_text (tier_ids[i]), label (tier_names[i]),
                   hansa_cell_value (h->to_dormant[i]), hansa_cell_value (h->stationary[i]),
                   label (words[h->empty[i]       ? 2
                                : h->absorbing[i] ? 1
                                                  : 0]));
}

void
history_tables (Tiering *t)
{
  table_years (t);
  table_transitions (t);
  table_dynamics (t);
}

static void
charts_history (Tiering *t)
{
  if (t->history.moves > 0)
    hansa_chart (t->job, .id = "moves", .kind = HANSA_CHART_HEATMAP,
                 .title = { "Moves between tiers from one year to the next", "各层级友城逐年变动" },
                 .table = "transitions", .x = "to", .y = "from", .size = "share", .label = "moves");
  if (t->history.n_years > 1)
    hansa_chart (t->job, .id = "mix", .kind = HANSA_CHART_STACKED,
                 .title = { "Tiers over the years", "历年活跃程度分层" }, .table = "years",
                 .x = "year", .y = "ties", .group = "tier", .note = years_note);
}

void
tiering_charts (Tiering *t)
{
  if (t->n_ties == 0)
    return;
  hansa_chart (t->job, .id = "tier_bars", .kind = HANSA_CHART_STACKED,
               .title = { "Ties by tier and level", "各层级友城数量（按级别）" }, .table = "levels",
               .x = "tier", .y = "ties", .group = "level");
  hansa_chart (t->job, .id = "zone_bars", .kind = HANSA_CHART_STACKED,
               .title = { "Ties by zone and tier", "各板块友城活跃程度" }, .table = "zones",
               .x = "zone", .y = "ties", .group = "tier");
  charts_history (t);
  if (t->n_activities > 0)
    hansa_chart (t->job, .id = "activity_timeline", .kind = HANSA_CHART_TIMELINE,
                 .title = { "Activities of the busiest ties", "往来最多友城的活动时间" },
                 .table = "timeline", .x = "date", .y = "name", .group = "tier");
  if (t->n_revive > 0)
    hansa_chart (t->job, .id = "revive_bars", .kind = HANSA_CHART_BAR,
                 .title = { "Ties worth reviving: months since the last contact",
                            "宜重点激活的友城：距最近往来月数" },
                 .table = "revive", .x = "name", .y = "months", .group = "tier",
                 .note = { "In the order of the scores of past frequency and money, the highest "
                           "first.",
                           "按历史频度和金额得分由高到低排列。" });
}
