/* SPDX-License-Identifier: MIT
 *
 * regional-balance: how evenly ties are spread over the regions of an area.
 *
 * This file is what the analysis is and asks for; the order of the work is in
 * run(). Method and formulas: README.md.
 */
#include "balance.h"

#include <stdlib.h>
#include <string.h>

static const HansaColumn tie_columns[N_TIE_COLUMNS] = {
  [TIE_ID] = { .name = "id", .type = HANSA_TEXT },
  [TIE_REGION] = { .name = "region", .type = HANSA_TEXT },
  [TIE_LEVEL] = { .name = "level", .type = HANSA_TEXT },
  [TIE_STATUS] = { .name = "status",
                   .type = HANSA_TEXT,
                   .flags = HANSA_NULLABLE | HANSA_OPTIONAL,
                   .help = { "counted, unconfirmed or later; empty counts as unconfirmed",
                             "counted、unconfirmed 或 later；空白按 unconfirmed 处理" } },
};

static const HansaColumn region_columns[N_REGION_COLUMNS] = {
  [REGION_CODE] = { .name = "code", .type = HANSA_TEXT },
  [REGION_NAME_EN] = { .name = "name_en", .type = HANSA_TEXT },
  [REGION_NAME_ZH] = { .name = "name_zh", .type = HANSA_TEXT },
  [REGION_LEVEL] = { .name = "level", .type = HANSA_TEXT },
  [REGION_PARENT] = { .name = "parent", .type = HANSA_TEXT, .flags = HANSA_NULLABLE },
  [REGION_ZONE] = { .name = "zone", .type = HANSA_TEXT, .flags = HANSA_NULLABLE | HANSA_OPTIONAL },
  [REGION_ZONE_EN]
  = { .name = "zone_en", .type = HANSA_TEXT, .flags = HANSA_NULLABLE | HANSA_OPTIONAL },
  [REGION_ZONE_ZH]
  = { .name = "zone_zh", .type = HANSA_TEXT, .flags = HANSA_NULLABLE | HANSA_OPTIONAL },
};

static const HansaColumn economy_columns[N_ECONOMY_COLUMNS] = {
  [ECONOMY_REGION] = { .name = "region", .type = HANSA_TEXT },
  [ECONOMY_YEAR] = { .name = "year", .type = HANSA_INTEGER },
  [ECONOMY_POPULATION] = { .name = "population",
                           .type = HANSA_REAL,
                           .flags = HANSA_NULLABLE | HANSA_OPTIONAL,
                           .unit = "persons" },
  [ECONOMY_GDP]
  = { .name = "gdp", .type = HANSA_REAL, .flags = HANSA_NULLABLE | HANSA_OPTIONAL, .unit = "CNY" },
};

static const HansaColumn claim_columns[N_CLAIM_COLUMNS] = {
  [CLAIM_INDICATOR] = { .name = "indicator", .type = HANSA_TEXT },
  [CLAIM_VALUE] = { .name = "value", .type = HANSA_REAL, .flags = HANSA_NULLABLE, .unit = "" },
};

static const HansaInput inputs[] = {
  { .name = "tie", .columns = tie_columns, .n_columns = N_TIE_COLUMNS },
  { .name = "region", .columns = region_columns, .n_columns = N_REGION_COLUMNS },
  { .name = "economy",
    .columns = economy_columns,
    .n_columns = N_ECONOMY_COLUMNS,
    .flags = HANSA_OPTIONAL },
  { .name = "claim",
    .columns = claim_columns,
    .n_columns = N_CLAIM_COLUMNS,
    .flags = HANSA_OPTIONAL },
};

static const HansaChoice levels[N_LEVELS] = {
  [PROVINCE] = { "province", { "provinces", "省级地区" } },
  [PREFECTURE] = { "prefecture", { "prefectures", "市州" } },
  [COUNTY] = { "county", { "counties", "县市区" } },
};

static const HansaChoice counts[] = {
  { "own", { "ties of the regions' own level", "只计本级友城" } },
  { "with_counties", { "with the ties of lower levels in them", "下级友城并入所属地区" } },
};

static const HansaChoice statuses[] = {
  { "listed", { "counted and unconfirmed", "已确认和待核实" } },
  { "counted", { "counted only", "仅已确认" } },
  { "all", { "also those signed later", "含基准日之后签约" } },
};

static const HansaChoice intervals[] = {
  { "bca", { "BCa", "BCa 法" } },
  { "percentile", { "percentile", "百分位法" } },
};

static const HansaParam params[] = {
  { .id = "parent",
    .type = HANSA_TEXT,
    .title = { "Area", "所属地区" },
    .help = { "Code of the region whose parts are compared, such as 430000. Not set: the only one "
              "that the table has.",
              "比较其下级地区的地区代码，如 430000；不设则取表中唯一的上级地区。" } },
  { .id = "level",
    .type = HANSA_CHOICE,
    .title = { "Level compared", "比较层级" },
    .help = { "Level of the regions that are compared.", "参与比较的地区层级。" },
    .fallback = "prefecture",
    .choices = levels,
    .n_choices = N_LEVELS },
  { .id = "count",
    .type = HANSA_CHOICE,
    .title = { "Ties counted", "计数口径" },
    .help = { "Whether ties of lower levels count for the region that they lie in.",
              "下级友城是否并入所属地区计数。" },
    .fallback = "own",
    .choices = counts,
    .n_choices = sizeof counts / sizeof counts[0] },
  { .id = "status",
    .type = HANSA_CHOICE,
    .title = { "Status of ties", "友城状态" },
    .help = { "Which ties of the register count.", "名录中哪些友城计入。" },
    .fallback = "listed",
    .choices = statuses,
    .n_choices = sizeof statuses / sizeof statuses[0] },
  { .id = "k",
    .type = HANSA_INTEGER,
    .title = { "Threshold", "数量界限" },
    .help
    = { "Regions with so many ties or fewer are named.", "友城数量在此数以下的地区单独列出。" },
    .unit = "ties",
    .fallback = "3",
    .minimum = 0,
    .maximum = 1000000 },
  { .id = "inclusive",
    .type = HANSA_BOOLEAN,
    .title = { "Threshold included", "界限含本数" },
    .help
    = { "Whether a region with exactly so many ties is named too, as is usual in Chinese reports.",
        "“以下”是否包含本数（通常包含）。" },
    .fallback = "true" },
  { .id = "top",
    .type = HANSA_INTEGER,
    .title = { "Leading regions", "居前地区个数" },
    .help = { "So many regions with the most ties are named with their share.",
              "列出友城最多的若干地区及其合计占比。" },
    .unit = "regions",
    .fallback = "3",
    .minimum = 1,
    .maximum = 50 },
  { .id = "epsilon",
    .type = HANSA_REAL,
    .title = { "Aversion to inequality", "不平等厌恶系数" },
    .help = { "Parameter of Atkinson's index; from 1 on, a region without ties makes it 1.",
              "阿特金森指数的参数；取 1 及以上时，只要有地区为零，指数即为 1。" },
    .fallback = "0.5",
    .minimum = 0.0,
    .maximum = 20.0 },
  { .id = "alpha",
    .type = HANSA_REAL,
    .title = { "Second entropy measure", "广义熵参数" },
    .help = { "Parameter of the second decomposition, GE(alpha); 2 takes zeros.",
              "第二种广义熵分解的参数；取 2 时可含零值。" },
    .fallback = "2",
    .minimum = -5.0,
    .maximum = 5.0 },
  { .id = "interval",
    .type = HANSA_CHOICE,
    .title = { "Interval", "区间方法" },
    .help = { "How the bootstrap interval of the Gini is made.", "基尼系数自助法区间的构造方法。" },
    .fallback = "bca",
    .choices = intervals,
    .n_choices = sizeof intervals / sizeof intervals[0] },
  { .id = "confidence",
    .type = HANSA_REAL,
    .title = { "Confidence level", "置信水平" },
    .help = { "Of the interval.", "区间的置信水平。" },
    .fallback = "0.95",
    .minimum = 0.5,
    .maximum = 0.999 },
  { .id = "replicates",
    .type = HANSA_INTEGER,
    .title = { "Random draws", "随机抽样次数" },
    .help = { "Of the bootstrap and of the permutation test, where not exact.",
              "自助法和置换检验的抽样次数（可穷举时不用）。" },
    .fallback = "1999",
    .minimum = 99,
    .maximum = 100000 },
  { .id = "weighted",
    .type = HANSA_BOOLEAN,
    .title = { "Per head", "按人口加权" },
    .help = { "Measure ties per head, weighted by population, in place of ties per region.",
              "以人均友城数量按人口加权计算各项指数，而非以地区为单位。" },
    .fallback = "false" },
  { .id = "year",
    .type = HANSA_INTEGER,
    .title = { "Year of population", "人口年份" },
    .help = { "Not set: the year for which most regions are known, the latest of these.",
              "不设则取数据最全的年份，并列时取最近一年。" },
    .unit = "year",
    .minimum = 1800,
    .maximum = 2200 },
  { .id = "claim",
    .type = HANSA_TEXT,
    .title = { "Stated total", "报告总数指标" },
    .help = { "Indicator of the table claim that states the number of ties; the same with "
              "_provincial, _prefecture and _county states it by level.",
              "claim 表中友城总数的指标代码；加 _provincial、_prefecture、_county 即分级数。" },
    .fallback = "sister_city_pairs" },
  { .id = "target",
    .type = HANSA_REAL,
    .title = { "Target of the Gini", "基尼系数目标" },
    .help = { "How many new ties, and where, would bring the Gini to this number. A choice, not a "
              "norm. Negative: leave this out.",
              "测算新增多少友城、放在何处可使基尼系数降至此值；仅为测算设定，并非标准。取负值则不测"
              "算。" },
    .fallback = "0.4",
    .minimum = -1.0,
    .maximum = 1.0 },
};

static uint32_t
choice (HansaJob *job, const char *id, const HansaChoice *choices, uint32_t n)
{
  const char *given = hansa_param_text (job, id);

  for (uint32_t i = 0; i < n; i++)
    if (strcmp (given, choices[i].id) == 0)
      return i;
  return 0;
}

static Options
read_options (HansaJob *job)
{
  Options o = { .parent = hansa_param_text (job, "parent"),
                .level = choice (job, "level", levels, N_LEVELS),
                .with_counties = choice (job, "count", counts, 2) == 1,
                .counted_only = choice (job, "status", statuses, 3) == 1,
                .with_later = choice (job, "status", statuses, 3) == 2,
                .threshold = (uint64_t)hansa_param_integer (job, "k"),
                .inclusive = hansa_param_boolean (job, "inclusive"),
                .top = (size_t)hansa_param_integer (job, "top"),
                .epsilon = hansa_param_real (job, "epsilon"),
                .alpha = hansa_param_real (job, "alpha"),
                .confidence = hansa_param_real (job, "confidence"),
                .replicates = (size_t)hansa_param_integer (job, "replicates"),
                .percentile = choice (job, "interval", intervals, 2) == 1,
                .weighted = hansa_param_boolean (job, "weighted"),
                .claim = hansa_param_text (job, "claim"),
                .target = hansa_param_real (job, "target"),
                .has_year = hansa_param_is_set (job, "year"),
                .year = hansa_param_integer (job, "year") };

  o.has_target = o.target >= 0.0;
  return o;
}

static void
balance_clear (Balance *b)
{
  for (size_t i = 0; i < N_FROM; i++)
    free (b->from[i].rows);
  free (b->units);
  free (b->zones);
  free (b->x);
  free (b->weights);
  free (b->counts);
  free (b->group);
  free (b->m.theil_parts);
  free (b->m.entropy_parts);
}

static HansaStatus
run (HansaJob *job)
{
  static HansaStatus (*const steps[]) (Balance *)
      = { balance_read, balance_read_economy, balance_read_claims, balance_measure,
          balance_what_if };
  Balance b = { .job = job, .options = read_options (job) };
  HansaStatus status = HANSA_OK;

  for (size_t i = 0; i < sizeof steps / sizeof steps[0] && status == HANSA_OK; i++)
    {
      status = steps[i](&b);
      hansa_progress (job, (double)(i + 1) / 6.0);
    }
  if (status == HANSA_OK)
    {
      balance_tables (&b);
      status = b.no_memory ? HANSA_OUT_OF_MEMORY : HANSA_OK;
    }
  if (status == HANSA_OK)
    {
      balance_metrics (&b);
      balance_charts (&b);
      balance_findings (&b);
      balance_notes (&b);
      status = b.no_memory ? HANSA_OUT_OF_MEMORY : HANSA_OK;
    }
  balance_clear (&b);
  return status;
}

static const char *const tags[] = { "sister cities", "inequality", "regions", NULL };

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("regional-balance", "1.0.0"),
  .title = { "Regional balance of ties", "友城地区分布均衡性" },
  .summary = { "Are sister cities spread evenly over the regions, which regions have few, how much "
               "of the difference lies between zones, and how much hangs on one region?",
               "友城在各地区的分布是否均衡，哪些地区偏少，差异有多少来自板块之间，又有多少取决于个"
               "别地区？" },
  .licence = "MIT",
  .citation = "Gini, C. (1914). Sulla misura della concentrazione e della variabilita dei "
              "caratteri. Atti del R. Istituto Veneto 73.\n"
              "Theil, H. (1967). Economics and Information Theory.\n"
              "Shorrocks, A. F. (1980). The class of additively decomposable inequality measures. "
              "Econometrica 48.\n"
              "Atkinson, A. B. (1970). On the measurement of inequality. J. Econ. Theory 2.\n"
              "Hoover, E. M. (1936). The measurement of industrial localization. Rev. Econ. "
              "Stat. 18.\n"
              "Hirschman, A. O. (1964). The paternity of an index. Amer. Econ. Rev. 54.\n"
              "Efron, B. (1987). Better bootstrap confidence intervals. JASA 82.\n"
              "Davison, A. C. & Hinkley, D. V. (1997). Bootstrap Methods and their Application.",
  .tags = tags,
  .inputs = inputs,
  .n_inputs = sizeof inputs / sizeof inputs[0],
  .params = params,
  .n_params = sizeof params / sizeof params[0],
  .run = run,
};

HANSA_PLUGIN (plugin, "regional-balance", "1.0.0")
