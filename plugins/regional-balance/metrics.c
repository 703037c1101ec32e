/* SPDX-License-Identifier: MIT
 *
 * The numbers that the analysis vouches for, each with what it rests on.
 */
#include "balance.h"
#include "common/formulas.h"

#include <stdlib.h>

#define NOTHING (-1) /* rests on no row of its own */
#define N_OF(array) (sizeof (array) / sizeof ((array)[0]))

typedef struct Line
{
  const char *id;
  HansaText title;
  HansaValue value;
  const char *unit;
  uint32_t decimals;
  const char *variant;
  const char *table, *row;
  int from; /* group of rows */
  HansaText why;
  HansaValue low, high;
  double level;
} Line;

/* A line, and after the group of rows whatever else it has. */
#define LINE(id_, en_, zh_, value_, unit_, decimals_, variant_, table_, row_, ...)                 \
  {                                                                                                \
    .id = (id_), .title = { (en_), (zh_) }, .value = (value_), .unit = (unit_),                    \
    .decimals = (decimals_), .variant = (variant_), .table = (table_), .row = (row_),              \
    .from = __VA_ARGS__                                                                            \
  }

static int
compare_rows (const void *a, const void *b)
{
  uint64_t first = *(const uint64_t *)a, second = *(const uint64_t *)b;

  return (first > second) - (first < second);
}

static void
emit (Balance *b, const Line *lines, size_t n)
{
  for (size_t i = 0; i < n; i++)
    {
      const Line *line = &lines[i];
      const Rows *rows = line->from == NOTHING ? NULL : &b->from[line->from];
      bool interval = line->low.number < line->high.number;
      b->no_memory = b->no_memory || line->value.reason == HANSA_NO_MEMORY;
      /* A group without rows must not be taken for "all rows". */
      if (rows != NULL && rows->n == 0)
        rows = NULL;
      hansa_metric (b->job, .id = line->id, .title = line->title, .value = line->value,
                    .unit = line->unit, .decimals = line->decimals, .variant = line->variant,
                    .formula = formula_words (line->variant), .why = line->why,
                    .low = interval ? line->low : hansa_undefined (HANSA_NO_DATA),
                    .high = interval ? line->high : hansa_undefined (HANSA_NO_DATA),
                    .level = interval ? line->level : 0.0, .table = line->table, .row = line->row,
                    .input = rows != NULL ? rows->input : NULL,
                    .rows = rows != NULL ? rows->rows : NULL, .n_rows = rows != NULL ? rows->n : 0);
    }
}

static HansaValue
count (uint64_t number)
{
  return hansa_value ((double)number);
}

static void
metrics_counts (Balance *b)
{
  const Measures *m = &b->m;
  bool gap = hansa_is_defined (m->low_least) && m->low_least.number < (double)b->low;
  const Line lines[] = {
    LINE ("regions", "Regions compared", "参与比较的地区", count (b->n_units), "regions", 0, NULL,
          "regions", NULL, FROM_REGIONS),
    LINE ("ties", "Ties counted", "计入的友城", count (b->ties), "ties", 0, NULL, "regions", NULL,
          FROM_COUNTED),
    LINE ("zones", "Zones", "区域板块", count (b->has_zones ? b->n_zones : 0), "count", 0, NULL,
          "zones", NULL, FROM_REGIONS),
    LINE ("mean_ties", "Ties per region", "地区平均友城数", m->mean, "ties", 2, "ratio of sums",
          "regions", NULL, FROM_COUNTED),
    LINE ("k", "Threshold", "数量界限", count (b->options.threshold), "ties", 0,
          b->options.inclusive ? "inclusive" : "exclusive", NULL, NULL, NOTHING),
    { .id = "regions_low",
      .title = { "Regions with few ties", "友城偏少的地区" },
      .value = count (b->low),
      .unit = "regions",
      .variant = b->options.inclusive ? "at most k" : "below k",
      .table = "regions",
      .from = FROM_LOW,
      .low = gap ? m->low_least : hansa_undefined (HANSA_NO_DATA),
      .high = gap ? count (b->low) : hansa_undefined (HANSA_NO_DATA) },
    LINE ("regions_low_share", "Share of regions with few ties", "友城偏少地区占比", m->low_share,
          "%", 1, b->options.inclusive ? "at most k" : "below k", "regions", NULL, FROM_REGIONS),
    { .id = "regions_low_least",
      .title = { "Regions with few ties, were the missing ones placed best",
                 "缺漏友城作最有利分布时友城偏少的地区" },
      .value = m->low_least,
      .unit = "regions",
      .variant = "lower bound",
      .table = "regions",
      .from = FROM_OWN,
      .why
      = { "no stated number of ties of this level to compare with", "缺少可比的本级友城报告数" } },
    LINE ("regions_none", "Regions without a tie", "没有友城的地区", count (b->none), "regions", 0,
          NULL, "regions", NULL, FROM_NONE),
    LINE ("top_share", "Share of the leading regions", "居前地区合计占比", m->top_share, "%", 1,
          "CRk", "regions", NULL, FROM_COUNTED),
  };

  emit (b, lines, N_OF (lines));
}

static void
metrics_indices (Balance *b)
{
  const Measures *m = &b->m;
  const Line lines[] = {
    { .id = "gini",
      .title = { "Gini coefficient", "基尼系数" },
      .value = m->gini,
      .unit = "1",
      .decimals = 3,
      .variant = b->options.weighted ? "gini/n2, per head" : "gini/n2",
      .table = "lorenz",
      .from = FROM_COUNTED,
      .low = m->gini_low,
      .high = m->gini_high,
      .level = b->options.confidence },
    LINE ("gini_corrected", "Gini coefficient, corrected for small n", "基尼系数（小样本校正）",
          m->gini_corrected, "1", 3, "gini/n/(n-1)", "lorenz", NULL, FROM_COUNTED),
    LINE ("theil_t", "Theil T", "泰尔T指数", m->theil_t, "1", 3, "GE(1)", "decomposition", NULL,
          FROM_COUNTED),
    { .id = "theil_l",
      .title = { "Theil L", "泰尔L指数" },
      .value = m->theil_l,
      .unit = "1",
      .decimals = 3,
      .variant = "GE(0)",
      .table = "regions",
      .from = FROM_COUNTED,
      .why = m->theil_l.reason == HANSA_ZERO_VALUE
                 ? (HansaText){ "a region without ties has no logarithm",
                                "有地区友城数为零，无法取对数" }
                 : (HansaText){ NULL, NULL } },
    LINE ("hoover", "Hoover index", "胡佛指数", m->hoover, "1", 3, "share that would have to move",
          "regions", NULL, FROM_COUNTED),
    LINE ("atkinson", "Atkinson index", "阿特金森指数", m->atkinson, "1", 3,
          "epsilon as the parameter", "regions", NULL, FROM_COUNTED),
    LINE ("cv", "Coefficient of variation", "变异系数", m->cv, "1", 3, "population", "regions",
          NULL, FROM_COUNTED),
    LINE ("hhi", "Herfindahl-Hirschman index", "赫芬达尔指数", m->hhi, "1", 3, "0-1", "regions",
          NULL, FROM_COUNTED),
    LINE ("hhi_normalised", "Herfindahl-Hirschman index, normalised", "赫芬达尔指数（标准化）",
          m->hhi_normalised, "1", 3, "normalised", "regions", NULL, FROM_COUNTED),
    LINE ("equivalent_number", "Equivalent number of regions", "等效地区数", m->equivalent_number,
          "regions", 1, "1/HHI", "regions", NULL, FROM_COUNTED),
  };

  emit (b, lines, N_OF (lines));
}

static void
metrics_zones (Balance *b)
{
  const Measures *m = &b->m;
  HansaText why = { NULL, NULL }, one = { NULL, NULL };
  const char *between = m->theil_parts != NULL ? "theil:between" : NULL;
  const char *test = m->permutation_exact ? "permutation, all arrangements" : "permutation, drawn";

  if (b->n_units > 0 && !b->has_zones && b->gate == HANSA_DEFINED)
    why = (HansaText){ "the regions have no zones", "各地区未划分板块" };
  else if (b->n_zones == 1)
    one = (HansaText){ "there is one zone only", "只有一个板块" };
  const Line lines[] = {
    LINE ("theil_between", "Theil T between zones", "板块之间的泰尔T指数", m->theil.between, "1", 3,
          "GE(1)", "decomposition", between, FROM_COUNTED, .why = why),
    LINE ("theil_within", "Theil T inside zones", "板块内部的泰尔T指数", m->theil.within, "1", 3,
          "GE(1)", "decomposition", NULL, FROM_COUNTED, .why = why),
    LINE ("between_share", "Share that lies between zones", "板块之间差异占比", m->between_share,
          "%", 1, "GE(1)", "decomposition", between, FROM_COUNTED, .why = why),
    LINE ("between_p", "Chance of as large a share", "置换检验p值", m->between_p, "1", 4, test,
          "decomposition", between, FROM_COUNTED, .why = why.en != NULL ? why : one),
    LINE ("entropy", "Generalised entropy GE(alpha)", "广义熵指数GE(α)", m->entropy.total, "1", 3,
          "GE(alpha), alpha as the parameter", "decomposition", NULL, FROM_COUNTED, .why = why),
    LINE ("entropy_between", "GE(alpha) between zones", "板块之间的广义熵指数GE(α)",
          m->entropy.between, "1", 3, "GE(alpha), alpha as the parameter", "decomposition", NULL,
          FROM_COUNTED, .why = why),
    LINE ("entropy_within", "GE(alpha) inside zones", "板块内部的广义熵指数GE(α)",
          m->entropy.within, "1", 3, "GE(alpha), alpha as the parameter", "decomposition", NULL,
          FROM_COUNTED, .why = why),
  };

  emit (b, lines, N_OF (lines));
}

static void
metrics_influence (Balance *b)
{
  const Measures *m = &b->m;
  const char *most = hansa_is_defined (m->loo_most) ? b->units[m->most].code : NULL;
  HansaText heads = { NULL, NULL }, product = { NULL, NULL };

  if (m->per_million.reason == HANSA_MISSING_INPUT)
    heads = (HansaText){ "the population of no region is known", "各地区人口均无数据" };
  if (m->gdp_rank.reason == HANSA_MISSING_INPUT)
    product = (HansaText){ "the product of no region is known", "各地区生产总值均无数据" };
  const Line lines[] = {
    LINE ("gini_without", "Gini without the region that moves it most",
          "剔除影响最大地区后的基尼系数", m->loo_most, "1", 3, "leave one out", "influence", most,
          FROM_COUNTED),
    LINE ("gini_least", "Lowest Gini with one region left out", "逐一剔除后基尼系数最低值",
          m->loo_low, "1", 3, "leave one out", "influence", NULL, FROM_COUNTED),
    LINE ("gini_most", "Highest Gini with one region left out", "逐一剔除后基尼系数最高值",
          m->loo_high, "1", 3, "leave one out", "influence", NULL, FROM_COUNTED),
    LINE ("population_known", "Regions of known population", "有人口数据的地区",
          count (b->n_population), "regions", 0, NULL, "regions", NULL, FROM_ECONOMY),
    LINE ("population_year", "Year of the population", "人口年份", b->year, "year", 0, NULL, NULL,
          NULL, FROM_ECONOMY, .why = heads),
    LINE ("per_million", "Ties per million persons", "每百万人友城数", m->per_million,
          "per million persons", 2, "ratio of sums, regions of known population", "regions", NULL,
          FROM_ECONOMY, .why = heads),
    LINE ("gdp_rank_correlation", "Rank correlation of ties and product",
          "友城数量与经济总量的等级相关", m->gdp_rank, "1", 2, "rho, mid-ranks", "regions", NULL,
          FROM_ECONOMY, .why = product),
  };

  emit (b, lines, N_OF (lines));
}

static void
metrics_coverage (Balance *b)
{
  const Measures *m = &b->m;
  const Coverage *all = &b->coverage[0];
  HansaText why = { NULL, NULL };
  HansaValue missing = all->claimed;

  if (hansa_is_defined (missing))
    missing = hansa_value (missing.number - (double)all->listed);
  else if (missing.reason == HANSA_MISSING_INPUT)
    why = (HansaText){ "no total is stated", "没有报告总数" };
  else
    why = (HansaText){ "the stated totals differ", "报告总数前后不一" };
  const Line lines[] = {
    LINE ("listed", "Ties listed, all levels", "名录收录的友城（各级）", count (all->listed),
          "ties", 0, NULL, "coverage", "all", FROM_LISTED),
    LINE ("claimed", "Ties stated, all levels", "报告的友城总数", all->claimed, "ties", 0, NULL,
          "coverage", "all", FROM_CLAIM, .why = why),
    LINE ("coverage", "Coverage of the stated total", "名录覆盖率", all->share, "%", 1,
          "listed / stated", "coverage", "all", FROM_LISTED, .why = why),
    LINE ("unlisted", "Ties stated but not listed", "名录缺少的友城", missing, "ties", 0, NULL,
          "coverage", "all", FROM_CLAIM, .why = why),
  };

  emit (b, lines, N_OF (lines));
  if (!b->options.has_target)
    return;
  const Line target[] = {
    LINE ("target", "Target of the Gini", "基尼系数目标", hansa_value (b->options.target), "1", 2,
          NULL, NULL, NULL, NOTHING),
    LINE ("added", "New ties to the target", "达到目标需新增的友城", m->added, "ties", 0,
          "to the lowest first", "what_if", NULL, FROM_COUNTED),
    LINE ("gini_after", "Gini with the new ties", "新增后的基尼系数", m->gini_after, "1", 3,
          "gini/n2, of counts", "what_if", NULL, FROM_COUNTED),
  };
  emit (b, target, N_OF (target));
}

void
balance_metrics (Balance *b)
{
  for (size_t i = 0; i < N_FROM; i++)
    if (b->from[i].n > 1)
      qsort (b->from[i].rows, b->from[i].n, sizeof (uint64_t), compare_rows);
  metrics_counts (b);
  metrics_indices (b);
  metrics_zones (b);
  metrics_influence (b);
  metrics_coverage (b);
}
