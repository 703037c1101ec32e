/* SPDX-License-Identifier: MIT
 *
 * The result tables, and the charts drawn from them.
 */
#include "balance.h"

#include <stdlib.h>

#define N_OF(array) ((uint32_t)(sizeof (array) / sizeof ((array)[0])))
#define COUNT (int64_t)

static HansaCell
yes_no (bool yes)
{
  return yes ? hansa_cell_label ("yes", "是") : hansa_cell_label ("no", "否");
}

static HansaValue
percent (uint64_t part, uint64_t whole)
{
  return whole == 0 ? hansa_undefined (HANSA_ZERO_TOTAL)
                    : hansa_value ((double)part / (double)whole * 100.0);
}

static void
table_regions (Balance *b)
{
  static const HansaOutColumn columns[] = {
    { "code", HANSA_TEXT, 0, NULL, { "Code", "区划代码" } },
    { "region", HANSA_LABEL, 0, NULL, { "Region", "地区" } },
    { "zone", HANSA_LABEL, 0, NULL, { "Zone", "区域板块" } },
    { "ties", HANSA_INTEGER, 0, "ties", { "Ties", "友城数量" } },
    { "rank", HANSA_INTEGER, 0, "rank", { "Rank", "位次" } },
    { "share", HANSA_REAL, 1, "%", { "Share of ties", "占比" } },
    { "few", HANSA_LABEL, 0, NULL, { "Few ties", "是否偏少" } },
    { "population", HANSA_REAL, 0, "persons", { "Population", "常住人口" } },
    { "per_million",
      HANSA_REAL,
      2,
      "per million persons",
      { "Ties per million", "每百万人友城数" } },
  };
  uint32_t table = hansa_out_table (
      b->job, .id = "regions", .title = { "Ties by region", "各地区友城数量" }, .columns = columns,
      .n_columns = N_OF (columns),
      .note
      = { "Regions without a tie stay in; equal numbers share a rank (competition ranks). "
          "Few: at or under the threshold, as the parameters say.",
          "没有友城的地区一并列入；数量相同的并列同一位次。“是否偏少”按参数所设数量界限判定。" });

  for (size_t i = 0; i < b->n_units; i++)
    {
      const Unit *u = &b->units[i];
      const Zone *z = &b->zones[u->zone];
      hansa_out_row (b->job, table, hansa_cell_text (u->code), hansa_cell_label (u->en, u->zh),
                     hansa_cell_label (z->en, z->zh), hansa_cell_integer (COUNT u->ties),
                     hansa_cell_integer (COUNT u->rank),
                     hansa_cell_value (percent (u->ties, b->ties)), yes_no (u->low),
                     hansa_cell_value (u->population), hansa_cell_value (u->per_million));
    }
}

static void
table_zones (Balance *b)
{
  static const HansaOutColumn columns[] = {
    { "zone", HANSA_TEXT, 0, NULL, { "Zone code", "板块代码" } },
    { "name", HANSA_LABEL, 0, NULL, { "Zone", "区域板块" } },
    { "regions", HANSA_INTEGER, 0, "regions", { "Regions", "地区数" } },
    { "few", HANSA_INTEGER, 0, "regions", { "With few ties", "友城偏少的地区数" } },
    { "ties", HANSA_INTEGER, 0, "ties", { "Ties", "友城数量" } },
    { "share", HANSA_REAL, 1, "%", { "Share of ties", "占比" } },
    { "mean", HANSA_REAL, 2, "ties", { "Ties per region", "地区平均" } },
    { "per_million",
      HANSA_REAL,
      2,
      "per million persons",
      { "Ties per million", "每百万人友城数" } },
    { "theil", HANSA_REAL, 4, "1", { "Theil T inside", "板块内泰尔T指数" } },
    { "contribution", HANSA_REAL, 4, "1", { "Contribution to the total", "对总差异的贡献" } },
  };
  uint32_t table = hansa_out_table (
      b->job, .id = "zones", .title = { "Ties by zone", "各板块友城数量" }, .columns = columns,
      .n_columns = N_OF (columns),
      .note = { "The contributions of the zones and the part between zones add up to Theil T.",
                "各板块的贡献与板块之间的部分相加，等于总泰尔T指数。" });

  for (size_t i = 0; i < b->n_zones; i++)
    {
      const Zone *z = &b->zones[i];
      const HansaGroupPart *part = b->m.theil_parts != NULL ? &b->m.theil_parts[i] : NULL;
      HansaValue none = hansa_undefined ((HansaReason)b->m.theil.total.reason);
      HansaValue heads = z->population;
      if (hansa_is_defined (heads))
        heads = hansa_value ((double)z->ties / heads.number * 1e6);
      hansa_out_row (b->job, table, hansa_cell_text (z->code), hansa_cell_label (z->en, z->zh),
                     hansa_cell_integer (COUNT z->regions), hansa_cell_integer (COUNT z->low),
                     hansa_cell_integer (COUNT z->ties),
                     hansa_cell_value (percent (z->ties, b->ties)),
                     hansa_cell_real ((double)z->ties / (double)z->regions),
                     hansa_cell_value (heads), hansa_cell_value (part ? part->measure : none),
                     hansa_cell_value (part ? part->contribution : none));
    }
}

static void
table_lorenz (Balance *b)
{
  static const HansaOutColumn columns[] = {
    { "point", HANSA_INTEGER, 0, "count", { "Point", "序号" } },
    { "regions", HANSA_REAL, 4, "1", { "Cumulative share of regions", "地区累计比重" } },
    { "ties", HANSA_REAL, 4, "1", { "Cumulative share of ties", "友城累计比重" } },
  };
  static const HansaOutColumn heads[] = {
    { "point", HANSA_INTEGER, 0, "count", { "Point", "序号" } },
    { "regions", HANSA_REAL, 4, "1", { "Cumulative share of population", "人口累计比重" } },
    { "ties", HANSA_REAL, 4, "1", { "Cumulative share of ties", "友城累计比重" } },
  };
  size_t n = b->n_units;
  double *share = calloc (2 * (n + 1), sizeof *share);
  uint32_t table
      = hansa_out_table (b->job, .id = "lorenz", .title = { "Lorenz curve", "洛伦兹曲线" },
                         .columns = b->options.weighted ? heads : columns, .n_columns = 3,
                         .note = { "From the regions with the fewest ties to those with the most.",
                                   "自友城最少的地区起累计。" });

  if (share == NULL)
    b->no_memory = true;
  else if (hansa_is_defined (b->m.gini)
           && hansa_lorenz (b->x, b->weights, n, share, share + n + 1) == HANSA_DEFINED)
    for (size_t i = 0; i <= n; i++)
      hansa_out_row (b->job, table, hansa_cell_integer (COUNT i), hansa_cell_real (share[i]),
                     hansa_cell_real (share[n + 1 + i]));
  free (share);
}

static void
decomposition_row (Balance *b, uint32_t table, const HansaCell head[4], HansaValue value,
                   HansaValue total)
{
  HansaValue share = value;

  if (hansa_is_defined (value))
    share = hansa_is_defined (total) && total.number > 0.0
                ? hansa_value (value.number / total.number * 100.0)
                : hansa_undefined (HANSA_ZERO_DENOMINATOR);
  hansa_out_row (b->job, table, head[0], head[1], head[2], head[3], hansa_cell_value (value),
                 hansa_cell_value (share));
}

static void
decomposition_rows (Balance *b, uint32_t table, const char *id, HansaText title,
                    const HansaDecomposition *d, const HansaGroupPart *parts)
{
  for (size_t i = 0; i < b->n_zones; i++)
    {
      const Zone *z = &b->zones[i];
      Pair key = { 0 };
      pair_add (&key, id, id);
      pair_add (&key, z->code, z->code);
      b->no_memory = b->no_memory || pair_failed (&key);
      const HansaCell head[]
          = { hansa_cell_text (pair_text (&key).en), hansa_cell_label (title.en, title.zh),
              hansa_cell_label (z->en, z->zh), yes_no (false) };
      if (!b->no_memory)
        decomposition_row (b, table, head, parts[i].contribution, d->total);
      pair_clear (&key);
    }
  Pair key = { 0 };
  pair_add (&key, id, id);
  pair_add (&key, "between", "between");
  b->no_memory = b->no_memory || pair_failed (&key);
  const HansaCell head[]
      = { hansa_cell_text (pair_text (&key).en), hansa_cell_label (title.en, title.zh),
          hansa_cell_label ("between zones", "板块之间"), yes_no (true) };
  if (!b->no_memory)
    decomposition_row (b, table, head, d->between, d->total);
  pair_clear (&key);
}

static HansaText
entropy_title (double alpha)
{
  if (alpha == 2.0)
    return (HansaText){ "GE(2)", "广义熵指数GE(2)" };
  if (alpha == 0.0)
    return (HansaText){ "GE(0)", "广义熵指数GE(0)" };
  return (HansaText){ "GE(alpha)", "广义熵指数GE(α)" };
}

/* Parts are called as their zone, so that charts give both one colour. */
static const HansaText decomposition_note
    = { "The part of a zone is the inequality inside it.", "以板块命名的部分为该板块内部的差异。" };

static void
table_decomposition (Balance *b)
{
  static const HansaOutColumn columns[] = {
    { "key", HANSA_TEXT, 0, NULL, { "Key", "键" } },
    { "measure", HANSA_LABEL, 0, NULL, { "Measure", "指数" } },
    { "name", HANSA_LABEL, 0, NULL, { "Part", "构成" } },
    { "between", HANSA_LABEL, 0, NULL, { "Between zones", "是否板块之间" } },
    { "value", HANSA_REAL, 4, "1", { "Value", "数值" } },
    { "share", HANSA_REAL, 1, "%", { "Share of the total", "占总差异比重" } },
  };
  uint32_t table = hansa_out_table (
      b->job, .id = "decomposition",
      .title = { "Inequality inside and between zones", "板块内部与板块之间的差异" },
      .columns = columns, .n_columns = N_OF (columns), .note = decomposition_note);

  if (b->m.theil_parts == NULL || b->m.entropy_parts == NULL)
    return;
  decomposition_rows (b, table, "theil:", (HansaText){ "Theil T", "泰尔T指数" }, &b->m.theil,
                      b->m.theil_parts);
  if (b->options.alpha != 1.0)
    decomposition_rows (b, table, "entropy:", entropy_title (b->options.alpha), &b->m.entropy,
                        b->m.entropy_parts);
}

static void
table_influence (Balance *b)
{
  static const HansaOutColumn columns[] = {
    { "code", HANSA_TEXT, 0, NULL, { "Code", "区划代码" } },
    { "region", HANSA_LABEL, 0, NULL, { "Region left out", "剔除的地区" } },
    { "gini", HANSA_REAL, 4, "1", { "Gini without it", "剔除后的基尼系数" } },
    { "change", HANSA_REAL, 4, "1", { "Change", "变化" } },
    { "low", HANSA_REAL, 4, "1", { "From", "下端" } },
    { "high", HANSA_REAL, 4, "1", { "To", "上端" } },
  };
  uint32_t table = hansa_out_table (
      b->job, .id = "influence",
      .title = { "The Gini with one region left out", "逐一剔除地区后的基尼系数" },
      .columns = columns, .n_columns = N_OF (columns),
      .note = { "From and to span the way from the Gini of all regions to the one without this "
                "region.",
                "上下端为全部地区的基尼系数与剔除该地区后的基尼系数。" });

  for (size_t i = 0; i < b->n_units; i++)
    {
      const Unit *u = &b->units[i];
      HansaValue all = b->m.gini, low = u->without, high = u->without, change = u->without;
      if (hansa_is_defined (change) && hansa_is_defined (all))
        {
          change = hansa_value (change.number - all.number);
          low = change.number < 0.0 ? u->without : all;
          high = change.number < 0.0 ? all : u->without;
        }
      hansa_out_row (b->job, table, hansa_cell_text (u->code), hansa_cell_label (u->en, u->zh),
                     hansa_cell_value (u->without), hansa_cell_value (change),
                     hansa_cell_value (low), hansa_cell_value (high));
    }
}

static void
table_what_if (Balance *b)
{
  static const HansaOutColumn columns[] = {
    { "code", HANSA_TEXT, 0, NULL, { "Code", "区划代码" } },
    { "region", HANSA_LABEL, 0, NULL, { "Region", "地区" } },
    { "ties", HANSA_INTEGER, 0, "ties", { "Ties now", "现有" } },
    { "added", HANSA_INTEGER, 0, "ties", { "New ties", "新增" } },
    { "after", HANSA_INTEGER, 0, "ties", { "Ties then", "新增后" } },
  };
  uint32_t table = hansa_out_table (
      b->job, .id = "what_if", .title = { "Where new ties would go", "新增友城测算" },
      .columns = columns, .n_columns = N_OF (columns),
      .note
      = { "Each new tie goes to a region with the fewest, by code among equals, until the "
          "Gini of the numbers of ties is at the target. A calculation, not a plan.",
          "每新增一对都放在当时数量最少的地区（数量相同的按区划代码先后），直至友城数量的基尼系数"
          "降至目标值。仅为测算，并非规划。" });

  for (size_t i = 0; i < b->n_units; i++)
    {
      const Unit *u = &b->units[i];
      if (u->added > 0)
        hansa_out_row (b->job, table, hansa_cell_text (u->code), hansa_cell_label (u->en, u->zh),
                       hansa_cell_integer (COUNT u->ties), hansa_cell_integer (COUNT u->added),
                       hansa_cell_integer (COUNT (u->ties + u->added)));
    }
}

static void
table_coverage (Balance *b)
{
  static const HansaOutColumn columns[] = {
    { "key", HANSA_TEXT, 0, NULL, { "Key", "键" } },
    { "name", HANSA_LABEL, 0, NULL, { "Level", "层级" } },
    { "listed", HANSA_INTEGER, 0, "ties", { "Listed", "名录收录" } },
    { "claimed", HANSA_REAL, 0, "ties", { "Stated", "报告数" } },
    { "share", HANSA_REAL, 1, "%", { "Coverage", "收录比例" } },
  };
  static const HansaText names[] = { { "all levels", "合计" },
                                     { "provincial", "省级" },
                                     { "prefecture", "市级" },
                                     { "county", "县级" } };
  static const char *const keys[] = { "all", "province", "prefecture", "county" };
  uint32_t table = hansa_out_table (
      b->job, .id = "coverage",
      .title = { "What the register holds of the stated numbers", "名录对报告数的覆盖" },
      .columns = columns, .n_columns = N_OF (columns));

  for (size_t i = 0; i <= N_LEVELS; i++)
    hansa_out_row (
        b->job, table, hansa_cell_text (keys[i]), hansa_cell_label (names[i].en, names[i].zh),
        hansa_cell_integer (COUNT b->coverage[i].listed), hansa_cell_value (b->coverage[i].claimed),
        hansa_cell_value (b->coverage[i].share));
}

void
balance_tables (Balance *b)
{
  table_regions (b);
  table_zones (b);
  table_lorenz (b);
  table_decomposition (b);
  table_influence (b);
  table_what_if (b);
  table_coverage (b);
}

void
balance_charts (Balance *b)
{
  static const char *const threshold[] = { "k", NULL };
  static const char *const all[] = { "gini", NULL };
  static const char *const overall[] = { "per_million", NULL };

  if (b->n_units == 0)
    return;
  hansa_chart (b->job, .id = "ties_by_region", .kind = HANSA_CHART_BAR,
               .flags = HANSA_SORT_DESCENDING, .title = { "Ties by region", "各地区友城数量" },
               .table = "regions", .x = "region", .y = "ties", .group = "zone",
               .y_lines = threshold);
  if (hansa_is_defined (b->m.gini))
    hansa_chart (b->job, .id = "lorenz_curve", .kind = HANSA_CHART_LORENZ,
                 .title = { "Lorenz curve of ties", "友城分布的洛伦兹曲线" }, .table = "lorenz",
                 .x = "regions", .y = "ties",
                 .note = { "The further from the diagonal, the less even.",
                           "曲线离对角线越远，分布越不均衡。" });
  if (hansa_is_defined (b->m.between_share))
    hansa_chart (b->job, .id = "zones_stacked", .kind = HANSA_CHART_STACKED,
                 .title = { "Where the inequality lies", "差异的来源" }, .table = "decomposition",
                 .x = "measure", .y = "share", .group = "name", .note = decomposition_note);
  if (hansa_is_defined (b->m.loo_most))
    hansa_chart (b->job, .id = "influence_dots", .kind = HANSA_CHART_INTERVAL,
                 .flags = HANSA_SORT_DESCENDING,
                 .title = { "The Gini without one region", "逐一剔除地区后的基尼系数" },
                 .table = "influence", .x = "region", .y = "gini", .low = "low", .high = "high",
                 .highlight = b->units[b->m.most].code, .y_lines = all);
  if (b->n_population >= 2)
    hansa_chart (b->job, .id = "per_million_bars", .kind = HANSA_CHART_BAR,
                 .flags = HANSA_SORT_DESCENDING,
                 .title = { "Ties per million persons", "每百万人友城数" }, .table = "regions",
                 .x = "region", .y = "per_million", .group = "zone", .y_lines = overall);
}
