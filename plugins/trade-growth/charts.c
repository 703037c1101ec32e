/* SPDX-License-Identifier: MIT
 *
 * The charts. One without anything to draw is left out.
 */
#include "study.h"

static const char *const national_line[] = { "national_growth", NULL };
static const char *const equal_line[] = { "equal_share", NULL };

static void
growth_charts (Study *study, const char *focus)
{
  const char *zone = study->n_zones > 0 ? "zone" : NULL;

  hansa_chart (
      study->job, .id = "growth_bars", .kind = HANSA_CHART_BAR, .flags = HANSA_SORT_DESCENDING,
      .title = { "Growth of trade by region", "各地区进出口同比增速" }, .table = "growth",
      .x = "name", .y = "growth", .group = zone, .highlight = focus, .y_lines = national_line,
      .note = { "The line is the growth of the total.", "竖线为总体增速。" });
  if (hansa_is_defined (study->now.total.value) && study->now.total.value.number > 0.0)
    hansa_chart (
        study->job, .id = "growth_share", .kind = HANSA_CHART_SCATTER, .flags = HANSA_LOG_X,
        .title = { "Growth and share of the total", "进出口增速与占总体比重" }, .table = "growth",
        .x = "share", .y = "growth", .group = zone, .label = "name", .highlight = focus,
        .x_lines = equal_line, .y_lines = national_line,
        .note = { "Upper left: small and growing faster than the total; upper right: large "
                  "and faster; lower left: small and slower; lower right: large and "
                  "slower. The upright line is the share that each region would have if "
                  "all were equal. The share axis is logarithmic.",
                  "左上：占比小而增速高于总体；右上：占比大且增速高；左下：占比小且增速低；"
                  "右下：占比大而增速低。竖线为各地区平均占比，横轴为对数刻度。" });
}

static void
history_charts (Study *study, const char *name)
{
  hansa_chart (study->job, .id = "growth_history", .kind = HANSA_CHART_LINE,
               .title = { "Growth over the years", "历年进出口同比增速" }, .table = "history",
               .x = "year", .y = "growth", .group = "series", .highlight = name,
               .note = { "A gap in a line is a year without the data for it.",
                         "线条中断处为数据缺失的年份。" });
  /* More lines than this cannot be told apart. */
  if (study->n_peers > 1 && study->n_peers <= 40 && study->n_rank_years > 1)
    hansa_chart (study->job, .id = "rank_slopes", .kind = HANSA_CHART_SLOPE,
                 .title = { "Rank by growth among the peers", "对比地区增速位次变化" },
                 .table = "ranks", .x = "year", .y = "rank_peers", .group = "name",
                 .highlight = name,
                 .note = { "Rank one is the fastest. Years without data are left out.",
                           "第一位为增速最高；缺数年份略去。" });
}

void
answer_charts (Study *study)
{
  const Region *focus = study->focus != NONE ? &study->panel.regions[study->focus] : NULL;

  if (study->now.n_ranked > 0)
    growth_charts (study, focus != NULL ? focus->code : NULL);
  if (study->now.n_ranked > 0 && study->has_from)
    history_charts (study, focus != NULL ? focus->name.en : NULL);
  if (study->now.n_ranked > 0 && study->n_zones > 1)
    hansa_chart (study->job, .id = "zone_bars", .kind = HANSA_CHART_BAR,
                 .flags = HANSA_SORT_DESCENDING,
                 .title = { "Growth of trade by zone", "各区域板块进出口同比增速" },
                 .table = "zones", .x = "name", .y = "growth",
                 .highlight = focus != NULL ? focus->zone : NULL, .y_lines = national_line);
}
