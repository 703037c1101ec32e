/* SPDX-License-Identifier: MIT
 *
 * Trade growth against nation and peers: how fast a region's imports and
 * exports grew, where that puts it, and what it adds to the nation's growth.
 */
#include "study.h"

#include <string.h>

#define COUNT(array) ((uint32_t)(sizeof (array) / sizeof *(array)))

static const HansaColumn trade_columns[] = {
  { "region", HANSA_TEXT, 0, NULL, { "Region", "地区" } },
  { "year", HANSA_INTEGER, 0, NULL, { "Year", "年份" } },
  { "months", HANSA_INTEGER, 0, "1", { "January to this month", "自1月累计至该月" } },
  { "basis", HANSA_TEXT, 0, NULL, { "Statistical basis", "统计口径" } },
  { "value",
    HANSA_REAL,
    HANSA_SUM | HANSA_NULLABLE,
    "USD",
    { "Imports and exports", "进出口总额" } },
};

static const HansaColumn region_columns[] = {
  { "code", HANSA_TEXT, 0, NULL, { "Code", "区划代码" } },
  { "name_en", HANSA_TEXT, HANSA_NULLABLE, NULL, { "English name", "英文名称" } },
  { "name_zh", HANSA_TEXT, HANSA_NULLABLE, NULL, { "Chinese name", "中文名称" } },
  { "level", HANSA_TEXT, 0, NULL, { "Level", "行政层级" } },
  { "parent", HANSA_TEXT, HANSA_NULLABLE | HANSA_OPTIONAL, NULL, { "Parent", "上级地区" } },
  { "zone", HANSA_TEXT, HANSA_NULLABLE | HANSA_OPTIONAL, NULL, { "Zone", "区域板块代码" } },
  { "zone_en",
    HANSA_TEXT,
    HANSA_NULLABLE | HANSA_OPTIONAL,
    NULL,
    { "English name of the zone", "区域板块英文名" } },
  { "zone_zh",
    HANSA_TEXT,
    HANSA_NULLABLE | HANSA_OPTIONAL,
    NULL,
    { "Chinese name of the zone", "区域板块名称" } },
};

static const HansaInput inputs[] = {
  { .name = "trade", .columns = trade_columns, .n_columns = COUNT (trade_columns) },
  { .name = "region", .columns = region_columns, .n_columns = COUNT (region_columns) },
};

const HansaChoice trade_bases[] = {
  { "importer_exporter", { "by location of the importer or exporter", "按经营单位所在地" } },
  { "goods_place", { "by place of consumption or production", "按境内目的地和货源地" } },
  { "comtrade", { "as reported to UN Comtrade", "联合国商品贸易统计" } },
  { "mirror", { "mirror data of partners", "贸易伙伴镜像数据" } },
  { "unstated", { "basis not stated", "来源未说明口径" } },
};
const size_t n_trade_bases = COUNT (trade_bases);

HansaText
trade_basis_title (const char *basis)
{
  for (size_t i = 0; i < n_trade_bases; i++)
    if (strcmp (trade_bases[i].id, basis) == 0)
      return trade_bases[i].title;
  return (HansaText){ basis, basis };
}

static const HansaChoice levels[] = {
  { "province", { "Provinces", "省级" } },
  { "prefecture", { "Prefectures", "地级" } },
  { "county", { "Counties", "县级" } },
  { "country", { "Countries", "国家" } },
};

static const HansaParam params[] = {
  { .id = "region",
    .type = HANSA_TEXT,
    .title = { "Region", "所分析地区" },
    .help = { "Code of the region to look at; unset: all regions, none in particular.",
              "所分析地区的区划代码；不填则只列各地区，不作重点分析。" } },
  { .id = "nation",
    .type = HANSA_TEXT,
    .title = { "Total", "总体" },
    .help = { "Code of the region that is the total, such as the nation; unset: the sum of the "
              "regions ranked that have both years.",
              "作为总体的地区代码，如全国；不填则以两年数据齐全的参评地区合计为总体。" } },
  { .id = "level",
    .type = HANSA_CHOICE,
    .title = { "Level", "层级" },
    .choices = levels,
    .n_choices = COUNT (levels),
    .help = { "Which regions are ranked; unset: those of the level of the region, or provinces.",
              "参评地区的层级；不填则与所分析地区相同，未指定地区时为省级。" } },
  { .id = "within",
    .type = HANSA_TEXT,
    .title = { "Within", "范围" },
    .help = { "Only regions inside this one are ranked; unset: all of the level.",
              "只有该地区辖内的地区参评；不填则为该层级全部地区。" } },
  { .id = "year",
    .type = HANSA_INTEGER,
    .title = { "Year", "年份" },
    .unit = "year",
    .minimum = 1900,
    .maximum = 2100,
    .help = { "Unset: the latest year that has the region and the year before.",
              "不填则取所分析地区当年与上年数据齐全的最近一年。" } },
  { .id = "months",
    .type = HANSA_INTEGER,
    .title = { "Months", "累计月数" },
    .unit = "1",
    .fallback = "12",
    .minimum = 1,
    .maximum = 12,
    .help = { "January to this month; 12 is the whole year. Only the same months are compared.",
              "自1月累计至该月，12为全年；只与上年同期比较。" } },
  { .id = "basis",
    .type = HANSA_CHOICE,
    .title = { "Basis", "统计口径" },
    .fallback = "importer_exporter",
    .choices = trade_bases,
    .n_choices = COUNT (trade_bases) },
  { .id = "from",
    .type = HANSA_INTEGER,
    .title = { "First year", "起始年份" },
    .unit = "year",
    .minimum = 1900,
    .maximum = 2100,
    .help = { "For growth a year and the history; unset: the earliest year with data.",
              "用于年均增速和历年对比；不填则取有数据的最早年份。" } },
  { .id = "peers",
    .type = HANSA_TEXT,
    .title = { "Peers", "对比地区" },
    .help = { "Codes of the regions to compare with, separated by commas; unset: the zone of the "
              "region.",
              "对比地区代码，用逗号分隔；不填则取所分析地区所在区域板块。" } },
  { .id = "precision",
    .type = HANSA_REAL,
    .title = { "Rounding", "取整单位" },
    .unit = "USD",
    .minimum = 0.0,
    .maximum = 1e12,
    .help = { "What the values were rounded to, 0 for not at all; unset: read off the values.",
              "数据发布时的取整单位，0 表示未取整；不填则由数据本身判断。" } },
  { .id = "printed_growth",
    .type = HANSA_REAL,
    .title = { "Growth as printed", "公布增速" },
    .unit = "%",
    .minimum = -99.9,
    .maximum = 1e6,
    .help
    = { "Growth of the region as a document states it, to one decimal: gives the base that "
        "it implies. Unset: the growth computed here.",
        "文件公布的同比增速（保留一位小数），用于推算上年同期额；不填则用本分析算出的增速。" } },
};

static HansaStatus
answer (Study *study)
{
  Other other = { 0 };

  measure_year (study);
  if (study->panel.memory.failed)
    return HANSA_OUT_OF_MEMORY;
  answer_tables (study, &other);
  if (!study->panel.memory.failed)
    answer_metrics (study, &other);
  if (!study->panel.memory.failed)
    answer_charts (study);
  if (!study->panel.memory.failed)
    answer_findings (study, &other);
  if (!study->panel.memory.failed)
    answer_notes (study);
  return study->panel.memory.failed ? HANSA_OUT_OF_MEMORY : HANSA_OK;
}

static HansaStatus
run (HansaJob *job)
{
  Study study = { 0 };
  HansaStatus status = study_read (&study, job);

  if (status == HANSA_OK)
    status = answer (&study);
  memory_free (&study.panel.memory);
  return status;
}

static const char *const tags[] = { "trade", "growth", "rank", NULL };

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("trade-growth", "1.0.0"),
  .title = { "Trade growth against nation and peers", "进出口增速的全国与同类地区比较" },
  .summary = { "How fast did a region's imports and exports grow, how does that compare with the "
               "nation and with regions like it, and what does it add to the nation's growth?",
               "某地区进出口增长多快，与全国及同类地区相比处于什么位置，对全国增长贡献多大？" },
  .licence = "MIT",
  .citation
  = "National Bureau of Statistics of China, China Statistical Yearbook, notes on foreign "
    "trade: bases of provincial totals\n"
    "United Nations, International Merchandise Trade Statistics: Concepts and Definitions "
    "2010\n"
    "OECD, Understanding National Accounts, 2014: contributions to growth",
  .tags = tags,
  .inputs = inputs,
  .n_inputs = COUNT (inputs),
  .params = params,
  .n_params = COUNT (params),
  .run = run,
};

HANSA_PLUGIN (plugin, "trade-growth", "1.0.0")
