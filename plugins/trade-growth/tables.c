/* SPDX-License-Identifier: MIT
 *
 * The result tables.
 */
#include "study.h"

#include <hansa/stats.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) ((uint32_t)(sizeof (array) / sizeof *(array)))

static HansaCell
percent (HansaValue ratio)
{
  return hansa_cell_value (measure_percent (ratio));
}

static HansaCell
rank_cell (size_t rank)
{
  return rank > 0 ? hansa_cell_integer ((int64_t)rank) : hansa_cell_missing ();
}

static HansaCell
label (HansaText text)
{
  return hansa_cell_label (text.en, text.zh);
}

/* ---- growth ------------------------------------------------------------- */

static const HansaOutColumn growth_columns[] = {
  { "code", HANSA_TEXT, 0, NULL, { "Code", "代码" } },
  { "name", HANSA_LABEL, 0, NULL, { "Region", "地区" } },
  { "zone", HANSA_LABEL, 0, NULL, { "Zone", "区域板块" } },
  { "base", HANSA_REAL, 2, "USD", { "Trade of the year before", "上年同期进出口总额" } },
  { "value", HANSA_REAL, 2, "USD", { "Trade of the year", "进出口总额" } },
  { "growth", HANSA_REAL, 1, "%", { "Growth", "同比增速" } },
  { "gap", HANSA_REAL, 1, "pp", { "Above the total", "高于总体" } },
  { "rank", HANSA_INTEGER, 0, "rank", { "Rank", "位次" } },
  { "rank_best", HANSA_INTEGER, 0, "rank", { "Best rank by rounding", "取整误差内最好位次" } },
  { "rank_worst", HANSA_INTEGER, 0, "rank", { "Worst rank by rounding", "取整误差内最差位次" } },
  { "rank_zone", HANSA_INTEGER, 0, "rank", { "Rank in the zone", "板块内位次" } },
  { "increase", HANSA_REAL, 2, "USD", { "Increase", "增加额" } },
  { "contribution", HANSA_REAL, 2, "pp", { "Adds to the growth of the total", "拉动总体增长" } },
  { "growth_share",
    HANSA_REAL,
    1,
    "%",
    { "Share of the growth of the total", "对总体增长的贡献率" } },
  { "share", HANSA_REAL, 2, "%", { "Share of the total", "占总体比重" } },
  { "share_change", HANSA_REAL, 2, "pp", { "Change of the share", "比重变化" } },
  { "rest_growth",
    HANSA_REAL,
    1,
    "%",
    { "Growth of the total without it", "总体剔除该地区后的增速" } },
};

static void
growth_row (Study *study, uint32_t table, size_t member)
{
  const Region *region = study_member (study, member);
  const Line *line = &study->now.lines[member];
  const Line *total = &study->now.total;
  HansaText zone = { "No zone", "未分区" };

  if (*region->zone != '\0')
    zone = region->zone_name;
  hansa_out_row (study->job, table, hansa_cell_text (region->code), label (region->name),
                 study->n_zones > 0 ? label (zone) : hansa_cell_missing (),
                 hansa_cell_value (line->base), hansa_cell_value (line->value),
                 percent (line->growth), percent (hansa_gap (line->growth, total->growth)),
                 rank_cell (line->place[BY_GROWTH]), rank_cell (line->best),
                 rank_cell (line->worst), rank_cell (line->place[IN_ZONE]),
                 hansa_cell_value (measure_increase (line)),
                 percent (measure_against (line, total, CONTRIBUTION)),
                 percent (measure_against (line, total, GROWTH_SHARE)),
                 percent (measure_share (line->value, total->value)),
                 percent (measure_against (line, total, SHARE_CHANGE)),
                 percent (measure_against (line, total, REST_GROWTH)));
}

typedef struct Ordered
{
  size_t rank, member;
} Ordered;

/* By rank; what has none comes last, by code. */
static int
compare_ordered (const void *a, const void *b)
{
  const Ordered *x = a, *y = b;
  size_t left = x->rank - 1, right = y->rank - 1; /* none becomes the largest */
  if (left != right)
    return left < right ? -1 : 1;
  return (x->member > y->member) - (x->member < y->member);
}

static void
growth_table (Study *study)
{
  uint32_t table = hansa_out_table (
      study->job, .id = "growth", .title = { "Growth by region", "各地区进出口增速" },
      .columns = growth_columns, .n_columns = COUNT (growth_columns),
      .note = { "Fastest first. Regions without a rate come last; empty ranks are not zeros.",
                "按增速由高到低排列；无法计算增速的列在最后，不参与排位。" });
  Ordered *order = memory_take (&study->panel.memory, study->n_members, sizeof *order);
  if (order == NULL)
    return;
  for (size_t i = 0; i < study->n_members; i++)
    order[i] = (Ordered){ study->now.lines[i].place[BY_GROWTH], i };
  qsort (order, study->n_members, sizeof *order, compare_ordered);
  for (size_t i = 0; i < study->n_members; i++)
    growth_row (study, table, order[i].member);
}

/* ---- zones -------------------------------------------------------------- */

static const HansaOutColumn zone_columns[] = {
  { "zone", HANSA_TEXT, 0, NULL, { "Code", "代码" } },
  { "name", HANSA_LABEL, 0, NULL, { "Zone", "区域板块" } },
  { "n", HANSA_INTEGER, 0, "1", { "Regions with both years", "两年数据齐全的地区数" } },
  { "n_all", HANSA_INTEGER, 0, "1", { "Regions", "地区数" } },
  { "base", HANSA_REAL, 2, "USD", { "Trade of the year before", "上年同期进出口总额" } },
  { "value", HANSA_REAL, 2, "USD", { "Trade of the year", "进出口总额" } },
  { "growth", HANSA_REAL, 1, "%", { "Growth", "同比增速" } },
  { "gap", HANSA_REAL, 1, "pp", { "Above the total", "高于总体" } },
  { "contribution", HANSA_REAL, 2, "pp", { "Adds to the growth of the total", "拉动总体增长" } },
  { "share", HANSA_REAL, 2, "%", { "Share of the total", "占总体比重" } },
};

static void
zone_table (Study *study)
{
  const Line *total = &study->now.total;
  uint32_t table = hansa_out_table (
      study->job, .id = "zones", .title = { "Growth by zone", "各区域板块进出口增速" },
      .columns = zone_columns, .n_columns = COUNT (zone_columns),
      .note = { "Growth of the sum, not mean of growth rates; regions with both years only.",
                "先汇总、后计算增速，不是增速的平均数；只汇总两年数据齐全的地区。" });
  for (size_t i = 0; i < study->n_zones; i++)
    {
      const Zone *zone = &study->zones[i];
      const Line *line = &zone->line;
      hansa_out_row (study->job, table, hansa_cell_text (zone->region->zone),
                     label (zone->region->zone_name), hansa_cell_integer ((int64_t)line->n),
                     hansa_cell_integer ((int64_t)zone->n), hansa_cell_value (line->base),
                     hansa_cell_value (line->value), percent (line->growth),
                     percent (hansa_gap (line->growth, total->growth)),
                     percent (measure_against (line, total, CONTRIBUTION)),
                     percent (measure_share (line->value, total->value)));
    }
}

/* ---- history and ranks --------------------------------------------------- */

static const HansaOutColumn history_columns[] = {
  { "key", HANSA_TEXT, 0, NULL, { "Row", "行" } },
  { "year", HANSA_INTEGER, 0, "year", { "Year", "年份" } },
  { "series", HANSA_LABEL, 0, NULL, { "Series", "对象" } },
  { "value", HANSA_REAL, 2, "USD", { "Trade", "进出口总额" } },
  { "growth", HANSA_REAL, 1, "%", { "Growth", "同比增速" } },
  { "gap", HANSA_REAL, 1, "pp", { "Above the total", "高于总体" } },
  { "rank", HANSA_INTEGER, 0, "rank", { "Rank", "位次" } },
  { "n", HANSA_INTEGER, 0, "1", { "Regions ranked", "参评地区数" } },
};

static const HansaOutColumn rank_columns[] = {
  { "key", HANSA_TEXT, 0, NULL, { "Row", "行" } },
  { "year", HANSA_INTEGER, 0, "year", { "Year", "年份" } },
  { "code", HANSA_TEXT, 0, NULL, { "Code", "代码" } },
  { "name", HANSA_LABEL, 0, NULL, { "Region", "地区" } },
  { "growth", HANSA_REAL, 1, "%", { "Growth", "同比增速" } },
  { "rank", HANSA_INTEGER, 0, "rank", { "Rank among all", "总位次" } },
  { "rank_peers", HANSA_INTEGER, 0, "rank", { "Rank among peers", "对比地区内位次" } },
};

/* "2017-430000"; until the next call. */
static const char *
key_of (Study *study, int64_t year, const char *what)
{
  study->key.length = 0;
  text_add_integer (&study->key, year);
  text_add (&study->key, "-");
  text_add (&study->key, what);
  return text_of (&study->key);
}

static void
history_row (Study *study, uint32_t table, const Ranking *ranking, const char *what, HansaText name,
             const Line *line)
{
  bool ranked = line->place[BY_GROWTH] > 0;
  hansa_out_row (study->job, table, hansa_cell_text (key_of (study, ranking->year, what)),
                 hansa_cell_integer (ranking->year), label (name), hansa_cell_value (line->value),
                 percent (line->growth), percent (hansa_gap (line->growth, ranking->total.growth)),
                 rank_cell (line->place[BY_GROWTH]),
                 ranked ? hansa_cell_integer ((int64_t)ranking->n_ranked) : hansa_cell_missing ());
}

static void
history_year (Study *study, uint32_t table, const Ranking *ranking)
{
  if (study->focus != NONE)
    history_row (study, table, ranking, "region", study->panel.regions[study->focus].name,
                 &ranking->lines[study->focus_member]);
  history_row (study, table, ranking, "nation", study_total_name (study), &ranking->total);
  if (study->n_peers > 1)
    history_row (study, table, ranking, "peers", study_peers_name (study), &ranking->peers);
}

static void
rank_year (Study *study, uint32_t table, const Ranking *ranking)
{
  for (size_t i = 0; i < study->n_peers; i++)
    {
      const Region *region = study_member (study, study->peers[i]);
      const Line *line = &ranking->lines[study->peers[i]];
      if (line->place[BY_GROWTH] == 0)
        continue;
      hansa_out_row (study->job, table,
                     hansa_cell_text (key_of (study, ranking->year, region->code)),
                     hansa_cell_integer (ranking->year), hansa_cell_text (region->code),
                     label (region->name), percent (line->growth),
                     rank_cell (line->place[BY_GROWTH]), rank_cell (line->place[AMONG_PEERS]));
    }
}

/* First year of the history: not so far back that a wrong year makes it endless. */
static int64_t
first_year (const Study *study)
{
  int64_t from = study->has_from ? study->from : study->year;
  return from < study->year - 199 ? study->year - 199 : from;
}

static void
history_tables (Study *study)
{
  Ranking past = { 0 };
  uint32_t history = hansa_out_table (
      study->job, .id = "history", .title = { "Growth over the years", "历年增速" },
      .columns = history_columns, .n_columns = COUNT (history_columns),
      .note = { "Peers: growth of their sum, the region among them.",
                "对比地区为合计数增速，含所分析地区。" });
  uint32_t ranks
      = hansa_out_table (study->job, .id = "ranks",
                         .title = { "Ranks of the peers over the years", "对比地区历年位次" },
                         .columns = rank_columns, .n_columns = COUNT (rank_columns));
  past.lines = memory_take (&study->panel.memory, study->n_members, sizeof *past.lines);
  if (past.lines == NULL || !study->has_year)
    return;
  for (int64_t year = first_year (study); year <= study->year; year++)
    {
      measure_ranking (study, &study->series, year, &past);
      history_year (study, history, &past);
      rank_year (study, ranks, &past);
      for (size_t i = 0; i < study->n_peers; i++)
        if (past.lines[study->peers[i]].place[BY_GROWTH] > 0)
          {
            study->n_rank_years++;
            break;
          }
    }
}

/* ---- bases -------------------------------------------------------------- */

static const HansaOutColumn basis_columns[] = {
  { "basis", HANSA_TEXT, 0, NULL, { "Code", "代码" } },
  { "name", HANSA_LABEL, 0, NULL, { "Basis", "统计口径" } },
  { "value", HANSA_REAL, 2, "USD", { "Trade of the year", "进出口总额" } },
  { "growth", HANSA_REAL, 1, "%", { "Growth", "同比增速" } },
  { "nation_growth", HANSA_REAL, 1, "%", { "Growth of the total", "总体增速" } },
  { "gap", HANSA_REAL, 1, "pp", { "Above the total", "高于总体" } },
  { "rank", HANSA_INTEGER, 0, "rank", { "Rank", "位次" } },
  { "n", HANSA_INTEGER, 0, "1", { "Regions ranked", "参评地区数" } },
};

/* The same year on each basis that has the region; the other one that ranks the
 * most regions is kept, as a check of the answer. */
static void
basis_table (Study *study, Other *other)
{
  Ranking ranking = { 0 };
  uint32_t table
      = hansa_out_table (study->job, .id = "bases",
                         .title = { "The same year on each basis", "不同统计口径下的增速与位次" },
                         .columns = basis_columns, .n_columns = COUNT (basis_columns));
  ranking.lines = memory_take (&study->panel.memory, study->n_members, sizeof *ranking.lines);
  for (size_t i = 0; ranking.lines != NULL && i < n_trade_bases; i++)
    {
      const char *basis = trade_bases[i].id;
      const char *repeated;
      size_t n_missing;
      Series series;
      if (!panel_series (&study->panel, basis, study->months, &series, &n_missing, &repeated))
        continue; /* two values for a year: no check to be had */
      measure_ranking (study, &series, study->year, &ranking);
      const Line *line = &ranking.lines[study->focus_member];
      if (!hansa_is_defined (line->growth))
        continue;
      hansa_out_row (
          study->job, table, hansa_cell_text (basis), label (trade_bases[i].title),
          hansa_cell_value (line->value), percent (line->growth), percent (ranking.total.growth),
          percent (hansa_gap (line->growth, ranking.total.growth)),
          rank_cell (line->place[BY_GROWTH]), hansa_cell_integer ((int64_t)ranking.n_ranked));
      if (strcmp (basis, study->basis) != 0 && ranking.n_ranked > other->n_ranked)
        *other = (Other){ basis, *line, ranking.n_ranked };
    }
}

void
answer_tables (Study *study, Other *other)
{
  growth_table (study);
  zone_table (study);
  history_tables (study);
  if (study->focus != NONE && study->has_year)
    basis_table (study, other);
}
