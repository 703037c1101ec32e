/* SPDX-License-Identifier: MIT
 *
 * The numbers of the region that the analysis is about: the year.
 */
#include "metrics.h"

#include <hansa/stats.h>

void
metrics_of_growth (const Writer *writer)
{
  const Line *line = writer->line, *total = &writer->study->now.total;
  const Rows *own = &writer->of_focus, *both = &writer->of_both;
  HansaText why = metric_why (line);
  HansaValue gap = hansa_gap (line->growth, total->growth);
  HansaValue none = hansa_undefined (HANSA_NO_DATA);
  bool rounded = writer->study->half_base > 0.0 || writer->study->half_value > 0.0;

  metric_put (writer, own,
              (HansaMetric){ .id = "base",
                             .value = line->base,
                             .unit = "USD",
                             .decimals = 2,
                             .title = { "Trade of the year before", "上年同期进出口总额" },
                             .table = "growth",
                             .row = writer->focus });
  metric_put (writer, &writer->of_value,
              (HansaMetric){ .id = "value",
                             .title = { "Trade of the year", "进出口总额" },
                             .value = line->value,
                             .unit = "USD",
                             .decimals = 2,
                             .table = "growth",
                             .row = writer->focus });
  metric_put_range (writer, own, rounded ? measure_percent (line->low) : none,
                    rounded ? measure_percent (line->high) : none,
                    (HansaMetric){ .id = "growth",
                                   .title = { "Growth", "同比增速" },
                                   .value = measure_percent (line->growth),
                                   .unit = "%",
                                   .decimals = 1,
                                   .variant = "year on year",
                                   .why = why,
                                   .table = "growth",
                                   .row = writer->focus });
  metric_put (writer, both,
              (HansaMetric){ .id = "gap",
                             .title = { "Growth above the total", "增速高于总体" },
                             .value = measure_percent (gap),
                             .unit = "pp",
                             .decimals = 1,
                             .why = why,
                             .table = "growth",
                             .row = writer->focus });
  metric_put (writer, both,
              (HansaMetric){
                  .id = "rest_growth",
                  .title = { "Growth of the total without the region", "总体剔除该地区后的增速" },
                  .value = measure_percent (measure_against (line, total, REST_GROWTH)),
                  .unit = "%",
                  .decimals = 1,
                  .variant = "leave one out",
                  .table = "growth",
                  .row = writer->focus });
}

void
metrics_of_ranks (const Writer *writer)
{
  const Study *study = writer->study;
  const Line *line = writer->line;
  HansaText why = metric_why (line);
  HansaMetric metric = { .unit = "rank",
                         .why = why,
                         .variant = "competition rank",
                         .table = "growth",
                         .row = writer->focus };

  metric.id = "rank";
  metric.title = (HansaText){ "Rank by growth", "增速位次" };
  metric.value = metric_rank (line, line->place[BY_GROWTH]);
  HansaValue best = metric_rank (line, line->best), worst = metric_rank (line, line->worst);
  metric_put_range (writer, &writer->of_all, best, worst, metric);
  metric.id = "rank_best";
  metric.title = (HansaText){ "Best rank that rounding allows", "取整误差内最好位次" };
  metric.value = best;
  metric.variant = "interval";
  metric_put (writer, &writer->of_all, metric);
  metric.id = "rank_worst";
  metric.title = (HansaText){ "Worst rank that rounding allows", "取整误差内最差位次" };
  metric.value = worst;
  metric_put (writer, &writer->of_all, metric);
  metric.id = "rank_value";
  metric.title = (HansaText){ "Rank by trade", "进出口总额位次" };
  metric.variant = "competition rank";
  metric.value = line->place[BY_VALUE] > 0 ? metric_whole (line->place[BY_VALUE]) : line->value;
  metric_put (writer, &writer->of_all, metric);
  metric.id = "rank_increase";
  metric.title = (HansaText){ "Rank by increase", "增加额位次" };
  metric.value = line->place[BY_INCREASE] > 0 ? metric_whole (line->place[BY_INCREASE])
                                              : measure_increase (line);
  metric_put (writer, &writer->of_all, metric);
  double half = fmax (study->half_base, study->half_value);
  metric_put (writer, NULL,
              (HansaMetric){
                  .id = "precision",
                  .title = { "Rounding of the values", "数据取整单位" },
                  .value = hansa_value (2.0 * half),
                  .unit = "USD",
                  .decimals = 2,
                  .variant = hansa_param_is_set (study->job, "precision") ? "given" : "detected" });
}

void
metrics_of_peers (const Writer *writer)
{
  Study *study = writer->study;
  const Ranking *now = &study->now;
  const Line *line = writer->line;
  const Rows *rows = &writer->of_peers;
  HansaValue rank = study->n_peers > 0 ? metric_rank (line, line->place[AMONG_PEERS])
                                       : hansa_undefined (HANSA_NO_DATA);

  metric_put (writer, rows,
              (HansaMetric){ .id = "rank_peers",
                             .title = { "Rank among the peers", "对比地区内位次" },
                             .value = rank,
                             .unit = "rank",
                             .variant = "competition rank",
                             .why = metric_why (line),
                             .table = "growth",
                             .row = writer->focus });
  metric_put (writer, rows,
              (HansaMetric){ .id = "n_peers",
                             .title = { "Peers ranked", "对比地区数" },
                             .value = metric_whole (now->n_peers),
                             .unit = "1",
                             .table = "growth" });
  metric_put (writer, rows,
              (HansaMetric){ .id = "peers_growth",
                             .title = { "Growth of the peers together", "对比地区合计增速" },
                             .value = measure_percent (now->peers.growth),
                             .unit = "%",
                             .decimals = 1,
                             .variant = "ratio of sums" });
  HansaValue gap = hansa_gap (line->growth, now->peers.growth);
  metric_put (writer, rows,
              (HansaMetric){ .id = "gap_peers",
                             .title = { "Growth above the peers together", "增速高于对比地区合计" },
                             .value = measure_percent (gap),
                             .unit = "pp",
                             .decimals = 1,
                             .variant = "ratio of sums" });
}

void
metrics_of_shares (const Writer *writer)
{
  const Line *line = writer->line, *total = &writer->study->now.total;
  HansaValue increase = measure_increase (line);
  HansaValue adds = measure_against (line, total, CONTRIBUTION);
  HansaValue change = measure_against (line, total, SHARE_CHANGE);
  HansaMetric metric = { .decimals = 2, .table = "growth", .row = writer->focus };
  const struct
  {
    const char *id, *unit, *variant;
    HansaText title;
    HansaValue value;
    unsigned decimals;
  } parts[] = {
    { "increase", "USD", NULL, { "Increase", "增加额" }, increase, 2 },
    { "contribution",
      "pp",
      "(value - base) / total base",
      { "Adds to the growth of the total", "拉动总体增长" },
      measure_percent (adds),
      2 },
    { "growth_share",
      "%",
      "(value - base) / increase of the total",
      { "Share of the growth of the total", "对总体增长的贡献率" },
      measure_percent (measure_against (line, total, GROWTH_SHARE)),
      1 },
    { "share_base",
      "%",
      NULL,
      { "Share of the total, the year before", "上年同期占总体比重" },
      measure_percent (measure_share (line->base, total->base)),
      2 },
    { "share",
      "%",
      NULL,
      { "Share of the total", "占总体比重" },
      measure_percent (measure_share (line->value, total->value)),
      2 },
    { "share_change",
      "pp",
      NULL,
      { "Change of the share", "比重变化" },
      measure_percent (change),
      2 },
  };
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    {
      metric.id = parts[i].id;
      metric.unit = parts[i].unit;
      metric.variant = parts[i].variant;
      metric.title = parts[i].title;
      metric.decimals = parts[i].decimals;
      metric.value = parts[i].value;
      metric_put (writer, i == 0 ? &writer->of_focus : &writer->of_both, metric);
    }
}
