/* SPDX-License-Identifier: MIT
 *
 * The numbers of the region that put the year into context: printed figures,
 * earlier years, another basis.
 */
#include "metrics.h"

#include <hansa/stats.h>

/* The base that the growth implies as it is printed, to one decimal. */
void
metrics_of_implied_base (const Writer *writer)
{
  const Study *study = writer->study;
  const Line *line = writer->line;
  bool given = hansa_param_is_set (study->job, "printed_growth");
  HansaValue printed = measure_percent (line->growth);
  HansaValue base = line->value, low = base, high = base;

  if (given)
    printed = hansa_value (hansa_param_real (study->job, "printed_growth"));
  else if (hansa_is_defined (printed))
    printed = hansa_value (round (10.0 * printed.number) / 10.0);
  if (!hansa_is_defined (printed))
    base = low = high = printed;
  else if (hansa_is_defined (base))
    {
      double value = base.number, half = study->half_value;
      base = hansa_implied_base (value, printed.number / 100.0);
      low = hansa_implied_base (value - half, (printed.number + 0.05) / 100.0);
      high = hansa_implied_base (value + half, (printed.number - 0.05) / 100.0);
    }
  if (given)
    metric_put (writer, NULL,
                (HansaMetric){ .id = "printed_growth",
                               .title = { "Growth as printed", "公布增速" },
                               .value = printed,
                               .unit = "%",
                               .decimals = 1,
                               .variant = "given" });
  metric_put_range (writer, &writer->of_value, low, high,
                    (HansaMetric){ .id = "implied_base",
                                   .title = { "Base implied by the printed growth",
                                              "按公布增速推算的上年同期额" },
                                   .value = base,
                                   .unit = "USD",
                                   .decimals = 2,
                                   .variant = "value / (1 + growth printed to one decimal)",
                                   .why = metric_why (line) });
}

static HansaValue
cagr_of (HansaValue base, HansaValue value, double years)
{
  if (!hansa_is_defined (base))
    return base;
  return hansa_is_defined (value) ? hansa_cagr (base.number, value.number, years) : value;
}

static HansaValue
value_in (const Study *study, size_t region, int64_t year, Rows *rows)
{
  const Entry *entry = series_find (&study->series, region, year);
  if (entry == NULL)
    return hansa_undefined (HANSA_MISSING_INPUT);
  rows->rows[rows->n++] = entry->row;
  return hansa_value (entry->value);
}

/* The sum of the regions that have both ends, where no row is the nation. */
static HansaValue
cagr_of_sum (Study *study, double years)
{
  size_t n = 0;
  for (size_t i = 0; i < study->n_members; i++)
    {
      const Entry *base = series_find (&study->series, study->members[i], study->from);
      const Entry *value = series_find (&study->series, study->members[i], study->year);
      if (base == NULL || value == NULL)
        continue;
      study->x[n] = base->value;
      study->y[n++] = value->value;
    }
  return cagr_of (hansa_sum (study->x, n), hansa_sum (study->y, n), years);
}

/* Growth from the first year, a year. */
void
metrics_of_long_run (const Writer *writer)
{
  Study *study = writer->study;
  HansaValue none = hansa_undefined (HANSA_MISSING_INPUT);
  HansaValue own = none, total = none, from = none;
  Rows rows = metric_rows (study, 2), nation = metric_rows (study, 1);
  const HansaText why = { "no earlier year", "没有更早年份的数据" };
  if (study->panel.memory.failed)
    return;
  if (study->has_from && study->has_year)
    {
      double years = (double)(study->year - study->from);
      from = hansa_value ((double)study->from);
      HansaValue base = value_in (study, study->focus, study->from, &rows);
      own = cagr_of (base, value_in (study, study->focus, study->year, &rows), years);
      if (study->nation == NONE)
        total = cagr_of_sum (study, years);
      else
        {
          base = value_in (study, study->nation, study->from, &nation);
          total = cagr_of (base, value_in (study, study->nation, study->year, &nation), years);
        }
    }
  HansaText reason = study->has_from ? (HansaText){ NULL, NULL } : why;
  metric_put (writer, NULL,
              (HansaMetric){ .id = "from",
                             .title = { "First year", "起始年份" },
                             .value = from,
                             .unit = "year",
                             .why = reason });
  metric_put (
      writer, &rows,
      (HansaMetric){ .id = "cagr",
                     .title = { "Growth a year since the first year", "起始年份以来年均增速" },
                     .value = measure_percent (own),
                     .unit = "%",
                     .decimals = 1,
                     .variant = "geometric",
                     .why = reason });
  metric_put (writer, &nation,
              (HansaMetric){ .id = "national_cagr",
                             .title = { "The same of the total", "总体年均增速" },
                             .value = measure_percent (total),
                             .unit = "%",
                             .decimals = 1,
                             .variant = "geometric",
                             .why = reason });
  HansaValue gap = hansa_gap (own, total);
  for (size_t i = 0; i < nation.n; i++)
    rows.rows[rows.n++] = nation.rows[i];
  metric_put (writer, &rows,
              (HansaMetric){ .id = "cagr_gap",
                             .title = { "Above the total, a year", "年均增速高于总体" },
                             .value = measure_percent (gap),
                             .unit = "pp",
                             .decimals = 1,
                             .variant = "geometric",
                             .why = reason });
}

void
metrics_of_other (const Writer *writer, const Other *other)
{
  Rows rows = metric_rows (writer->study, 1);
  if (other->basis == NULL || writer->study->panel.memory.failed)
    return;
  metric_add_rows (&rows, &other->line);
  metric_put (writer, &rows,
              (HansaMetric){ .id = "growth_other",
                             .title = { "Growth on the other basis", "另一口径增速" },
                             .value = measure_percent (other->line.growth),
                             .unit = "%",
                             .decimals = 1,
                             .variant = other->basis,
                             .formula = trade_basis_title (other->basis),
                             .table = "bases",
                             .row = other->basis });
  metric_put (writer, &rows,
              (HansaMetric){ .id = "rank_other",
                             .title = { "Rank on the other basis", "另一口径位次" },
                             .value = metric_rank (&other->line, other->line.place[BY_GROWTH]),
                             .unit = "rank",
                             .variant = other->basis,
                             .formula = trade_basis_title (other->basis),
                             .table = "bases",
                             .row = other->basis });
  metric_put (writer, NULL,
              (HansaMetric){ .id = "n_other",
                             .title = { "Regions ranked on the other basis", "另一口径参评地区数" },
                             .value = metric_whole (other->n_ranked),
                             .unit = "1",
                             .variant = other->basis,
                             .formula = trade_basis_title (other->basis),
                             .table = "bases",
                             .row = other->basis });
}
