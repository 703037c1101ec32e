/* SPDX-License-Identifier: MIT
 *
 * Results built by hand for the chart tests, and one with every kind of chart.
 */
#pragma once

#include "base/error.h"
#include "chart/chart.h"
#include "test-gnuplot-data.h"

#include <check.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

G_GNUC_UNUSED static HansaResultTable *
sample_table (HansaResult *result, const char *id, guint n, const HansaOutColumn *columns)
{
  HansaResultTable *table = g_new0 (HansaResultTable, 1);

  table->id = g_strdup (id);
  table->n_columns = n;
  table->columns = g_new0 (HansaResultColumn, n);
  table->cells = g_array_new (FALSE, TRUE, sizeof (HansaCell));
  for (guint i = 0; i < n; i++)
    {
      table->columns[i].id = g_strdup (columns[i].id);
      table->columns[i].unit = g_strdup (columns[i].unit != NULL ? columns[i].unit : "");
      table->columns[i].title = hansa_text_copy (columns[i].title);
      table->columns[i].type = columns[i].type;
      table->columns[i].decimals = columns[i].decimals;
    }
  g_ptr_array_add (result->tables, table);
  return table;
}

G_GNUC_UNUSED static void
sample_row (HansaResult *result, HansaResultTable *table, const HansaCell *cells)
{
  for (guint i = 0; i < table->n_columns; i++)
    {
      HansaCell cell = cells[i];
      if (cell.type == HANSA_TEXT || cell.type == HANSA_LABEL)
        {
          cell.as.text.en = g_string_chunk_insert (result->text, cell.as.text.en);
          cell.as.text.zh = g_string_chunk_insert (result->text, cell.as.text.zh);
        }
      g_array_append_val (table->cells, cell);
    }
}
#define SAMPLE_ROW(result, table, ...)                                                             \
  sample_row ((result), (table), (const HansaCell[]){ __VA_ARGS__ })

G_GNUC_UNUSED static void
sample_metric (HansaResult *result, const char *id, const char *en, const char *zh, double number,
               const char *unit, guint decimals)
{
  HansaResultMetric *metric = g_new0 (HansaResultMetric, 1);

  metric->id = g_strdup (id);
  metric->title = hansa_text_copy ((HansaText){ en, zh });
  metric->value = hansa_value (number);
  metric->unit = g_strdup (unit);
  metric->decimals = decimals;
  g_ptr_array_add (result->metrics, metric);
}

/* A chart from the struct that plugins fill. */
G_GNUC_UNUSED static HansaResultChart *
sample_chart (HansaResult *result, HansaChart given)
{
  HansaResultChart *chart = g_new0 (HansaResultChart, 1);

  chart->kind = given.kind;
  chart->flags = given.flags;
  chart->id = g_strdup (given.id);
  chart->title = hansa_text_copy (given.title);
  chart->note = hansa_text_copy (given.note);
  chart->table = g_strdup (given.table);
  chart->x = g_strdup (given.x);
  chart->y = g_strdup (given.y);
  chart->group = g_strdup (given.group);
  chart->label = g_strdup (given.label);
  chart->low = g_strdup (given.low);
  chart->high = g_strdup (given.high);
  chart->size = g_strdup (given.size);
  chart->highlight = g_strdup (given.highlight);
  chart->x_lines = given.x_lines != NULL ? g_strdupv ((char **)given.x_lines) : g_new0 (char *, 1);
  chart->y_lines = given.y_lines != NULL ? g_strdupv ((char **)given.y_lines) : g_new0 (char *, 1);
  g_ptr_array_add (result->charts, chart);
  return chart;
}
#define SAMPLE_CHART(result, ...)                                                                  \
  sample_chart ((result), (HansaChart){ .struct_size = sizeof (HansaChart), __VA_ARGS__ })

static const char *const sample_zones[][2]
    = { { "East", "东部" }, { "Central", "中部" }, { "West", "西部" }, { "North-east", "东北" } };

static void
sample_add_provinces (HansaResult *result)
{
  static const HansaOutColumn columns[]
      = { { "province", HANSA_LABEL, 0, "", { "Province", "省区市" } },
          { "growth", HANSA_REAL, 1, "%", { "Growth of trade, 2017", "2017年进出口增速" } },
          { "openness", HANSA_REAL, 1, "%", { "Trade to GDP", "外贸依存度" } },
          { "zone", HANSA_LABEL, 0, "", { "Zone", "地区" } },
          { "trade", HANSA_REAL, 0, "USD", { "Imports and exports", "进出口总额" } } };
  static const char *const growth_line[] = { "growth_median", NULL };
  static const char *const openness_line[] = { "openness_median", NULL };
  HansaResultTable *table = sample_table (result, "provinces", 5, columns);

  for (guint i = 0; i < G_N_ELEMENTS (sample_provinces); i++)
    {
      const SampleProvince *p = &sample_provinces[i];
      double growth = (p->trade[5] / p->trade[4] - 1.0) * 100.0;
      HansaValue openness = hansa_value (p->trade[5] * 6.7518 / p->gdp * 100.0);
      SAMPLE_ROW (result, table, hansa_cell_label (p->en, p->zh), hansa_cell_real (growth),
                  hansa_cell_value (openness),
                  hansa_cell_label (sample_zones[p->zone][0], sample_zones[p->zone][1]),
                  hansa_cell_real (p->trade[5]));
    }
  sample_metric (result, "growth_median", "Median", "中位数", 11.9, "%", 1);
  sample_metric (result, "openness_median", "Median", "中位数", 14.3, "%", 1);
  SAMPLE_CHART (result, .kind = HANSA_CHART_BAR, .flags = HANSA_SORT_DESCENDING, .id = "bar",
                .title = { "Growth of imports and exports in USD, 31 provinces, 2017",
                           "2017年31个省区市进出口增速（美元计价）" },
                .table = "provinces", .x = "province", .y = "growth", .highlight = "Hunan",
                .y_lines = growth_line,
                .note
                = { "By place of business of importers and exporters.", "按收发货人所在地统计。" });
  SAMPLE_CHART (result, .kind = HANSA_CHART_SCATTER, .flags = HANSA_LOG_X, .id = "quadrant",
                .title = { "Openness and growth of 31 provinces, 2017",
                           "2017年31个省区市外贸依存度与进出口增速" },
                .table = "provinces", .x = "openness", .y = "growth", .group = "zone",
                .label = "province", .highlight = "Hunan", .x_lines = openness_line,
                .y_lines = growth_line);
}

static void
sample_add_ties (HansaResult *result)
{
  static const struct
  {
    const char *en, *zh;
    int ties, zone;
  } regions[]
      = { { "Changsha", "长沙市", 15, 0 },
          { "Zhuzhou", "株洲市", 8, 0 },
          { "Xiangtan", "湘潭市", 5, 0 },
          { "Yueyang", "岳阳市", 6, 1 },
          { "Changde", "常德市", 2, 1 },
          { "Yiyang", "益阳市", 2, 1 },
          { "Hengyang", "衡阳市", 3, 2 },
          { "Chenzhou", "郴州市", 1, 2 },
          { "Yongzhou", "永州市", 2, 2 },
          { "Zhangjiajie", "张家界市", 1, 3 },
          { "Huaihua", "怀化市", 0, 3 },
          { "Loudi", "娄底市", 0, 3 },
          { "Shaoyang", "邵阳市", 0, 3 },
          { "Xiangxi Tujia and Miao Autonomous Prefecture", "湘西土家族苗族自治州", 1, 3 } };
  static const char *const zones[][2] = { { "Chang-Zhu-Tan", "长株潭" },
                                          { "Dongting Lake", "洞庭湖" },
                                          { "Southern Hunan", "湘南" },
                                          { "Western Hunan", "大湘西" } };
  static const HansaOutColumn columns[]
      = { { "region", HANSA_LABEL, 0, "", { "Region", "市州" } },
          { "ties", HANSA_INTEGER, 0, "ties", { "Sister city ties", "友好城市" } },
          { "zone", HANSA_LABEL, 0, "", { "Zone", "板块" } } };
  HansaResultTable *table = sample_table (result, "regions", 3, columns);

  for (guint i = 0; i < G_N_ELEMENTS (regions); i++)
    SAMPLE_ROW (result, table, hansa_cell_label (regions[i].en, regions[i].zh),
                i == 12 ? hansa_cell_missing () : hansa_cell_integer (regions[i].ties),
                hansa_cell_label (zones[regions[i].zone][0], zones[regions[i].zone][1]));
  SAMPLE_CHART (result, .kind = HANSA_CHART_BAR, .flags = HANSA_SORT_DESCENDING, .id = "bar-groups",
                .title = { "Sister city ties by region", "各市州友好城市数量" }, .table = "regions",
                .x = "region", .y = "ties", .group = "zone");
}

static void
sample_add_years (HansaResult *result)
{
  static const HansaOutColumn columns[]
      = { { "row", HANSA_INTEGER, 0, "1", { "Row", "行" } },
          { "year", HANSA_INTEGER, 0, "year", { "Year", "年份" } },
          { "province", HANSA_LABEL, 0, "", { "Province", "省份" } },
          { "trade", HANSA_REAL, 0, "USD", { "Imports and exports", "进出口总额" } },
          { "rank", HANSA_INTEGER, 0, "rank", { "Rank by imports and exports", "进出口总额排名" } },
          { "zone", HANSA_LABEL, 0, "", { "Zone", "地区" } } };
  HansaResultTable *table = sample_table (result, "years", 6, columns);
  HansaResultTable *ranks = sample_table (result, "ranks", 6, columns);
  HansaResultTable *zones = sample_table (result, "zones", 6, columns);
  double sums[SAMPLE_YEARS][4] = { { 0.0 } };
  int n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sample_provinces); i++)
    for (int year = 0; year < SAMPLE_YEARS; year++)
      {
        const SampleProvince *p = &sample_provinces[i];
        int rank = year == 2 ? p->rank_2014 : p->rank_2017;
        const HansaCell cells[]
            = { hansa_cell_integer (++n),
                hansa_cell_integer (SAMPLE_FIRST_YEAR + year),
                hansa_cell_label (p->en, p->zh),
                p->trade[year] > 0.0 ? hansa_cell_real (p->trade[year]) : hansa_cell_missing (),
                hansa_cell_integer (rank),
                hansa_cell_label (sample_zones[p->zone][0], sample_zones[p->zone][1]) };
        sums[year][p->zone] += p->trade[year];
        if (p->zone == 1)
          sample_row (result, table, cells);
        if ((year == 2 || year == 5) && rank >= 10 && rank <= 21)
          sample_row (result, ranks, cells);
      }
  for (int year = 0; year < SAMPLE_YEARS; year++)
    for (int zone = 0; zone < 4; zone++)
      SAMPLE_ROW (
          result, zones, hansa_cell_integer (++n), hansa_cell_integer (SAMPLE_FIRST_YEAR + year),
          hansa_cell_missing (),
          sums[year][zone] > 0.0 ? hansa_cell_real (sums[year][zone]) : hansa_cell_missing (),
          hansa_cell_missing (), hansa_cell_label (sample_zones[zone][0], sample_zones[zone][1]));
  SAMPLE_CHART (result, .kind = HANSA_CHART_LINE, .id = "line",
                .title = { "Trade of the six central provinces", "中部六省进出口总额" },
                .table = "years", .x = "year", .y = "trade", .group = "province");
  SAMPLE_CHART (result, .kind = HANSA_CHART_SLOPE, .id = "slope",
                .title = { "Ranks 10 to 21 by trade, 2014 and 2017",
                           "2014年与2017年进出口总额排名（第10至21位）" },
                .table = "ranks", .x = "year", .y = "rank", .group = "province");
  SAMPLE_CHART (result, .kind = HANSA_CHART_STACKED, .id = "stacked",
                .title = { "Trade by zone", "分地区进出口总额" }, .table = "zones", .x = "year",
                .y = "trade", .group = "zone");
}

static int
sample_descending (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

static void
sample_add_lorenz (HansaResult *result)
{
  static const HansaOutColumn columns[]
      = { { "point", HANSA_INTEGER, 0, "1", { "Point", "点" } },
          { "x", HANSA_REAL, 3, "1", { "Cumulative share of provinces", "省份累计占比" } },
          { "y", HANSA_REAL, 3, "1", { "Cumulative share of trade", "进出口累计占比" } },
          { "year", HANSA_LABEL, 0, "", { "Year", "年份" } } };
  HansaResultTable *table = sample_table (result, "lorenz", 4, columns);
  const guint n = G_N_ELEMENTS (sample_provinces);

  for (int what = 0; what < 2; what++)
    {
      double cells[G_N_ELEMENTS (sample_provinces)], total = 0.0, sum = 0.0;
      for (guint i = 0; i < n; i++)
        total += cells[i] = what == 0 ? sample_provinces[i].trade[5] : sample_provinces[i].gdp;
      qsort (cells, n, sizeof *cells, sample_descending);
      for (guint i = 0; i < n; i++)
        {
          sum += cells[i];
          SAMPLE_ROW (result, table, hansa_cell_integer ((int)(i + 1) + 100 * what),
                      hansa_cell_real ((i + 1.0) / n), hansa_cell_real (MIN (sum / total, 1.0)),
                      what == 0 ? hansa_cell_label ("Imports and exports", "进出口")
                                : hansa_cell_label ("GDP", "地区生产总值"));
        }
    }
  SAMPLE_CHART (result, .kind = HANSA_CHART_LORENZ, .id = "lorenz",
                .title = { "Trade is more concentrated than output, 2017",
                           "2017年各省进出口与生产总值洛伦兹曲线" },
                .table = "lorenz", .x = "x", .y = "y", .group = "year");
}

static void
sample_add_matrix (HansaResult *result)
{
  static const char *const states[][2] = { { "Low", "低" }, { "Middle", "中" }, { "High", "高" } };
  static const double shares[3][3]
      = { { 0.873, 0.127, 0.0 }, { 0.094, 0.812, 0.094 }, { 0.0, NAN, 0.931 } };
  static const HansaOutColumn columns[]
      = { { "from", HANSA_LABEL, 0, "", { "State this year", "本年状态" } },
          { "to", HANSA_LABEL, 0, "", { "State next year", "下年状态" } },
          { "share", HANSA_REAL, 3, "1", { "Probability of transition", "转移概率" } } };
  HansaResultTable *table = sample_table (result, "matrix", 3, columns);

  for (guint i = 0; i < 3; i++)
    for (guint k = 0; k < 3; k++)
      SAMPLE_ROW (result, table, hansa_cell_label (states[i][0], states[i][1]),
                  hansa_cell_label (states[k][0], states[k][1]),
                  hansa_cell_value (isnan (shares[i][k]) ? hansa_undefined (HANSA_NO_DATA)
                                                         : hansa_value (shares[i][k])));
  SAMPLE_CHART (result, .kind = HANSA_CHART_HEATMAP, .id = "heatmap",
                .title = { "Transitions between classes of openness", "开放水平的年际转移" },
                .table = "matrix", .x = "to", .y = "from", .size = "share");
}

static void
sample_add_intervals (HansaResult *result)
{
  static const struct
  {
    const char *en, *zh;
    double value, low, high;
  } rows[] = { { "Provinces, trade", "省际进出口", 0.712, 0.634, 0.771 },
               { "Provinces, GDP", "省际生产总值", 0.431, 0.362, 0.489 },
               { "Regions, sister city ties", "市州友好城市", 0.604, 0.432, 0.716 },
               { "Regions, exchange activities of the past five years", "市州近五年对外交流活动",
                 0.553, 0.388, 0.668 },
               { "Central provinces, trade", "中部六省进出口", 0.187, 0.081, 0.254 } };
  static const HansaOutColumn columns[]
      = { { "what", HANSA_LABEL, 0, "", { "Distribution", "分布" } },
          { "gini", HANSA_REAL, 3, "1", { "Gini coefficient", "基尼系数" } },
          { "low", HANSA_REAL, 3, "1", { "Low", "下限" } },
          { "high", HANSA_REAL, 3, "1", { "High", "上限" } } };
  static const char *const lines[] = { "gini_warning", NULL };
  HansaResultTable *table = sample_table (result, "intervals", 4, columns);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    SAMPLE_ROW (result, table, hansa_cell_label (rows[i].en, rows[i].zh),
                hansa_cell_real (rows[i].value), hansa_cell_real (rows[i].low),
                hansa_cell_real (rows[i].high));
  sample_metric (result, "gini_warning", "Threshold", "警戒线", 0.4, "1", 1);
  SAMPLE_CHART (result, .kind = HANSA_CHART_INTERVAL, .flags = HANSA_SORT_DESCENDING,
                .id = "interval",
                .title = { "Gini coefficients with 95% intervals", "基尼系数及95%置信区间" },
                .table = "intervals", .x = "what", .y = "gini", .low = "low", .high = "high",
                .y_lines = lines);
}

static void
sample_add_events (HansaResult *result)
{
  static const char *const kinds[][2] = { { "Sister city agreements", "缔结友城" },
                                          { "Visits", "互访" },
                                          { "Conferences and agreements", "会议与协议" },
                                          { "Anniversaries and festivals", "周年与友好周" },
                                          { "Routes and posts opened", "通道与机构开通" } };
  static const char *const ways[][2] = { { "Inbound", "来访" },
                                         { "Outbound", "出访" },
                                         { "Mutual or not stated", "双向或未注明" } };
  static const HansaOutColumn columns[]
      = { { "event", HANSA_INTEGER, 0, "1", { "Event", "事件" } },
          { "date", HANSA_DATE, 0, "", { "Date", "日期" } },
          { "kind", HANSA_LABEL, 0, "", { "Kind", "类别" } },
          { "way", HANSA_LABEL, 0, "", { "Direction", "方向" } } };
  HansaResultTable *table = sample_table (result, "events", 4, columns);

  for (guint i = 0; i < G_N_ELEMENTS (sample_events); i++)
    {
      const int *event = sample_events[i];
      SAMPLE_ROW (result, table, hansa_cell_integer ((int)i + 1), hansa_cell_date (event[0]),
                  hansa_cell_label (kinds[event[1]][0], kinds[event[1]][1]),
                  hansa_cell_label (ways[event[2]][0], ways[event[2]][1]));
    }
  SAMPLE_CHART (result, .kind = HANSA_CHART_TIMELINE, .id = "timeline",
                .title = { "Exchange events since 1982", "1982年以来的对外交流事件" },
                .table = "events", .x = "date", .y = "kind", .group = "way");
}

/* Every kind of chart. */
G_GNUC_UNUSED static HansaResult *
sample_gallery (void)
{
  HansaResult *result = hansa_result_new ();

  sample_add_provinces (result);
  sample_add_ties (result);
  sample_add_years (result);
  sample_add_lorenz (result);
  sample_add_matrix (result);
  sample_add_intervals (result);
  sample_add_events (result);
  return result;
}

/* A small bar chart whose texts are all `text`. */
G_GNUC_UNUSED static HansaResultChart *
sample_bar (HansaResult *result, const char *text)
{
  const HansaOutColumn columns[] = { { "name", HANSA_TEXT, 0, "", { text, text } },
                                     { "value", HANSA_REAL, 1, "1", { text, text } } };
  HansaResultTable *table = sample_table (result, "t", 2, columns);

  SAMPLE_ROW (result, table, hansa_cell_text (text), hansa_cell_real (3.5));
  SAMPLE_ROW (result, table, hansa_cell_text ("b"), hansa_cell_real (-1.25));
  return SAMPLE_CHART (result, .kind = HANSA_CHART_BAR, .id = "c", .title = { text, text },
                       .table = "t", .x = "name", .y = "value", .note = { text, text });
}

G_GNUC_UNUSED static char *
sample_dir (void)
{
  char *dir = g_dir_make_tmp ("hansa-test-chart-XXXXXX", NULL);
  ck_assert_ptr_nonnull (dir);
  return dir;
}

G_GNUC_UNUSED static void
sample_remove (char *dir)
{
  const char *name;
  GDir *files = g_dir_open (dir, 0, NULL);

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);
      g_unlink (path);
    }
  if (files != NULL)
    g_dir_close (files);
  g_rmdir (dir);
  g_free (dir);
}
