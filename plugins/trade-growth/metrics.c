/* SPDX-License-Identifier: MIT
 *
 * The numbers, each with what it rests on: the total and all
 * regions.
 */
#include "metrics.h"

#include "common/formulas.h"

#include <hansa/stats.h>

static const HansaText no_base
    = { "no value for the same months of the year before on this basis", "缺少上年同期同口径数据" };
static const HansaText no_value
    = { "no value for this period on this basis", "缺少本期同口径数据" };

void
metric_put_range (const Writer *writer, const Rows *rows, HansaValue low, HansaValue high,
                  HansaMetric metric)
{
  metric.struct_size = sizeof metric;
  if (metric.formula.en == NULL)
    metric.formula = formula_words (metric.variant);
  metric.low = low;
  metric.high = high;
  if (rows != NULL && rows->n > 0)
    {
      metric.input = "trade";
      metric.rows = rows->rows;
      metric.n_rows = rows->n;
    }
  writer->study->job->host->metric (writer->study->job, &metric);
}

void
metric_put (const Writer *writer, const Rows *rows, HansaMetric metric)
{
  HansaValue none = hansa_undefined (HANSA_NO_DATA);
  metric_put_range (writer, rows, none, none, metric);
}

HansaValue
metric_whole (size_t number)
{
  return hansa_value ((double)number);
}

/* A rank, or why there is none. */
HansaValue
metric_rank (const Line *line, size_t rank)
{
  if (rank > 0)
    return metric_whole (rank);
  return hansa_is_defined (line->growth) ? hansa_undefined (HANSA_NO_DATA) : line->growth;
}

/* What a reader must know of a rate that is not there. */
HansaText
metric_why (const Line *line)
{
  if (line->base.reason == HANSA_MISSING_INPUT)
    return no_base;
  return line->value.reason == HANSA_MISSING_INPUT ? no_value : (HansaText){ NULL, NULL };
}

/* ---- rows --------------------------------------------------------------- */

void
metric_add_rows (Rows *rows, const Line *line)
{
  for (size_t i = 0; i < 2; i++)
    if (line->rows[i] != NO_ROW)
      rows->rows[rows->n++] = line->rows[i];
}

Rows
metric_rows (Study *study, size_t n_lines)
{
  return (Rows){ memory_take (&study->panel.memory, 2 * n_lines, sizeof (uint64_t)), 0 };
}

static bool
gather_rows (Writer *writer)
{
  Study *study = writer->study;
  const Ranking *now = &study->now;

  writer->of_all = metric_rows (study, study->n_members);
  writer->of_peers = metric_rows (study, study->n_peers);
  writer->of_focus = metric_rows (study, 1);
  writer->of_value = metric_rows (study, 1);
  writer->of_nation = metric_rows (study, 1);
  writer->of_both = metric_rows (study, 2);
  if (study->panel.memory.failed)
    return false;
  for (size_t i = 0; i < study->n_members; i++)
    if (now->lines[i].n > 0)
      metric_add_rows (&writer->of_all, &now->lines[i]);
  for (size_t i = 0; i < study->n_peers; i++)
    metric_add_rows (&writer->of_peers, &now->lines[study->peers[i]]);
  if (study->nation != NONE)
    metric_add_rows (&writer->of_nation, &now->total);
  else
    writer->of_nation = writer->of_all;
  if (writer->line == NULL)
    return true;
  metric_add_rows (&writer->of_focus, writer->line);
  if (writer->line->rows[1] != NO_ROW)
    writer->of_value.rows[writer->of_value.n++] = writer->line->rows[1];
  if (study->nation == NONE)
    writer->of_both = writer->of_all;
  else
    {
      metric_add_rows (&writer->of_both, writer->line);
      metric_add_rows (&writer->of_both, &now->total);
    }
  return true;
}

/* ---- the total and all regions ------------------------------------------- */

static void
put_period (const Writer *writer)
{
  Study *study = writer->study;
  HansaValue year
      = study->has_year ? hansa_value ((double)study->year) : hansa_undefined (HANSA_NO_DATA);

  metric_put (
      writer, NULL,
      (HansaMetric){ .id = "year", .title = { "Year", "年份" }, .value = year, .unit = "year" });
  metric_put (writer, NULL,
              (HansaMetric){ .id = "months",
                             .title = { "Months covered", "累计月数" },
                             .value = hansa_value ((double)study->months),
                             .unit = "1" });
}

static void
put_total (const Writer *writer)
{
  Study *study = writer->study;
  const Line *total = &study->now.total;
  const char *variant = study->nation != NONE ? "row of the nation" : "sum of regions";
  const Rows *rows = &writer->of_nation;

  metric_put (writer, rows,
              (HansaMetric){ .id = "national_growth",
                             .title = { "Growth of the total", "总体同比增速" },
                             .value = measure_percent (total->growth),
                             .unit = "%",
                             .decimals = 1,
                             .variant = variant,
                             .why = metric_why (total) });
  metric_put (writer, rows,
              (HansaMetric){ .id = "national_base",
                             .title = { "Total of the year before", "总体上年同期进出口总额" },
                             .value = total->base,
                             .unit = "USD",
                             .decimals = 2,
                             .variant = variant });
  metric_put (writer, rows,
              (HansaMetric){ .id = "national_value",
                             .title = { "Total of the year", "总体进出口总额" },
                             .value = total->value,
                             .unit = "USD",
                             .decimals = 2,
                             .variant = variant });
}

static void
put_extremes (const Writer *writer)
{
  const Study *study = writer->study;
  const Line *highest = NULL, *lowest = NULL;
  const char *codes[2] = { NULL, NULL };
  size_t n_above = 0;
  HansaValue none = hansa_undefined (HANSA_NO_DATA);

  for (size_t i = 0; i < study->n_members; i++)
    {
      const Line *line = &study->now.lines[i];
      if (!hansa_is_defined (line->growth))
        continue;
      HansaValue gap = hansa_gap (line->growth, study->now.total.growth);
      n_above += hansa_is_defined (gap) && gap.number > 0.0;
      if (highest == NULL || line->growth.number > highest->growth.number)
        codes[0] = study_member (study, i)->code, highest = line;
      if (lowest == NULL || line->growth.number < lowest->growth.number)
        codes[1] = study_member (study, i)->code, lowest = line;
    }
  metric_put (writer, &writer->of_all,
              (HansaMetric){ .id = "highest_growth",
                             .title = { "Highest growth", "最高增速" },
                             .value = measure_percent (highest != NULL ? highest->growth : none),
                             .unit = "%",
                             .decimals = 1,
                             .table = "growth",
                             .row = codes[0] });
  metric_put (writer, &writer->of_all,
              (HansaMetric){ .id = "lowest_growth",
                             .title = { "Lowest growth", "最低增速" },
                             .value = measure_percent (lowest != NULL ? lowest->growth : none),
                             .unit = "%",
                             .decimals = 1,
                             .table = "growth",
                             .row = codes[1] });
  bool known = hansa_is_defined (study->now.total.growth);
  metric_put (writer, &writer->of_all,
              (HansaMetric){ .id = "n_above",
                             .title = { "Regions above the total", "增速高于总体的地区数" },
                             .value = known ? metric_whole (n_above) : study->now.total.growth,
                             .unit = "1",
                             .table = "growth" });
}

static void
put_regions (const Writer *writer)
{
  Study *study = writer->study;
  const Ranking *now = &study->now;
  const Rows *rows = &writer->of_all;

  metric_put (writer, rows,
              (HansaMetric){ .id = "n",
                             .title = { "Regions ranked", "参评地区数" },
                             .value = metric_whole (now->n_ranked),
                             .unit = "1",
                             .table = "growth" });
  metric_put (writer, NULL,
              (HansaMetric){ .id = "n_missing",
                             .title = { "Regions without a rate", "无法计算增速的地区数" },
                             .value = metric_whole (study->n_members - now->n_ranked),
                             .unit = "1",
                             .table = "growth" });
  metric_put (writer, rows,
              (HansaMetric){ .id = "mean_growth",
                             .title = { "Mean of the rates", "各地区增速平均数" },
                             .value = measure_percent (measure_mean (study, now)),
                             .unit = "%",
                             .decimals = 1,
                             .variant = "unweighted mean",
                             .table = "growth" });
  metric_put (writer, rows,
              (HansaMetric){ .id = "median_growth",
                             .title = { "Median of the rates", "各地区增速中位数" },
                             .value = measure_percent (measure_median (study, now)),
                             .unit = "%",
                             .decimals = 1,
                             .variant = "median",
                             .table = "growth" });
  HansaValue equal = now->n_ranked > 0 ? hansa_value (100.0 / (double)now->n_ranked)
                                       : hansa_undefined (HANSA_NO_DATA);
  metric_put (writer, NULL,
              (HansaMetric){ .id = "equal_share",
                             .title = { "Share if all were equal", "各地区平均占比" },
                             .value = equal,
                             .unit = "%",
                             .decimals = 2,
                             .variant = "1/n" });
  HansaValue covered = measure_share (measure_sum (study, now, false), now->total.value);
  metric_put (writer, rows,
              (HansaMetric){ .id = "coverage",
                             .title = { "Sum of regions over the total", "各地区合计占总体比重" },
                             .value = measure_percent (covered),
                             .unit = "%",
                             .decimals = 1,
                             .table = "growth" });
  put_extremes (writer);
}

void
answer_metrics (Study *study, const Other *other)
{
  Writer writer = { .study = study };
  if (study->focus != NONE)
    {
      writer.focus = study->panel.regions[study->focus].code;
      writer.line = &study->now.lines[study->focus_member];
    }
  if (!gather_rows (&writer))
    return;
  put_period (&writer);
  if (writer.line != NULL)
    {
      metrics_of_growth (&writer);
      metrics_of_ranks (&writer);
      metrics_of_peers (&writer);
      metrics_of_shares (&writer);
      metrics_of_implied_base (&writer);
      metrics_of_long_run (&writer);
      metrics_of_other (&writer, other);
    }
  put_total (&writer);
  put_regions (&writer);
}
