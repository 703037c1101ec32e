/* SPDX-License-Identifier: MIT
 *
 * The numbers that the analysis vouches for, each with what it rests on.
 */
#include "common/formulas.h"
#include "tiering.h"

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
  HansaInterval interval;
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
emit (Tiering *t, const Line *lines, size_t n)
{
  for (size_t i = 0; i < n; i++)
    {
      const Line *line = &lines[i];
      const Rows *rows = line->from == NOTHING ? NULL : &t->from[line->from];
      bool interval = line->interval.low.number < line->interval.high.number;
      t->no_memory = t->no_memory || line->value.reason == HANSA_NO_MEMORY;
      /* A group without rows must not be taken for "all rows". */
      if (rows != NULL && rows->n == 0)
        rows = NULL;
      hansa_metric (t->job, .id = line->id, .title = line->title, .value = line->value,
                    .unit = line->unit, .decimals = line->decimals, .variant = line->variant,
                    .formula = formula_words (line->variant), .why = line->why,
                    .low = interval ? line->interval.low : hansa_undefined (HANSA_NO_DATA),
                    .high = interval ? line->interval.high : hansa_undefined (HANSA_NO_DATA),
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

static HansaValue
percent (uint64_t part, uint64_t whole)
{
  return whole == 0 ? hansa_undefined (HANSA_NO_DATA)
                    : hansa_value ((double)part / (double)whole * 100.0);
}

static HansaInterval
wilson_percent (const Tiering *t, size_t tier)
{
  HansaInterval i = hansa_wilson (t->tiers[tier], t->n_ties, t->options.confidence);

  if (hansa_is_defined (i.low) && hansa_is_defined (i.high))
    {
      i.low = hansa_value (i.low.number * 100.0);
      i.high = hansa_value (i.high.number * 100.0);
    }
  return i;
}

static void
metrics_tiers (Tiering *t)
{
  HansaText large = { NULL, NULL };

  if (t->exact.reason == HANSA_BAD_ARGUMENT)
    large = (HansaText){ "too many ties to list every table; see the chi-square test",
                         "友城数量过多，无法穷举，请看卡方检验" };
  const Line lines[] = {
    LINE ("ties", "Ties", "友城总数", count (t->n_ties), "ties", 0, NULL, "tiers", NULL, FROM_TIES),
    LINE ("active", "Active ties", "活跃友城", count (t->tiers[ACTIVE]), "ties", 0, NULL, "tiers",
          "active", FROM_ACTIVE),
    LINE ("unstable", "Unstable ties", "不稳定友城", count (t->tiers[UNSTABLE]), "ties", 0, NULL,
          "tiers", "unstable", FROM_UNSTABLE),
    LINE ("dormant", "Dormant ties", "休眠友城", count (t->tiers[DORMANT]), "ties", 0, NULL,
          "tiers", "dormant", FROM_DORMANT),
    LINE ("active_share", "Share of active ties", "活跃友城占比",
          percent (t->tiers[ACTIVE], t->n_ties), "%", 1, "wilson interval", "tiers", "active",
          FROM_ACTIVE, .interval = wilson_percent (t, ACTIVE), .level = t->options.confidence),
    LINE ("unstable_share", "Share of unstable ties", "不稳定友城占比",
          percent (t->tiers[UNSTABLE], t->n_ties), "%", 1, "wilson interval", "tiers", "unstable",
          FROM_UNSTABLE, .interval = wilson_percent (t, UNSTABLE), .level = t->options.confidence),
    LINE ("dormant_share", "Share of dormant ties", "休眠友城占比",
          percent (t->tiers[DORMANT], t->n_ties), "%", 1, "wilson interval", "tiers", "dormant",
          FROM_DORMANT, .interval = wilson_percent (t, DORMANT), .level = t->options.confidence),
    LINE ("thirds_chi_square", "Chi-square against equal thirds", "三等分卡方统计量",
          t->chi_square.statistic, "1", 3, "Pearson", "tiers", NULL, FROM_TIES),
    LINE ("thirds_p", "Chance of as unequal thirds, chi-square", "三等分卡方检验p值",
          t->chi_square.p_value, "1", 3, "Pearson", "tiers", NULL, FROM_TIES),
    LINE ("thirds_exact_p", "Chance of as unequal thirds, exact", "三等分精确检验p值", t->exact,
          "1", 3, "multinomial, exact", "tiers", NULL, FROM_TIES, .why = large),
  };

  emit (t, lines, N_OF (lines));
}

static void
metrics_record (Tiering *t)
{
  HansaText why = { NULL, NULL };
  HansaValue missing = t->claimed;

  if (hansa_is_defined (missing))
    missing = hansa_value (missing.number - (double)t->n_ties);
  else if (missing.reason == HANSA_MISSING_INPUT)
    why = (HansaText){ "no total is stated", "没有报告总数" };
  else
    why = (HansaText){ "the stated totals differ", "报告总数前后不一" };
  const Line lines[] = {
    LINE ("activities", "Activities counted", "计入的活动", count (t->n_activities), "activities",
          0, NULL, "ties", NULL, FROM_ACTIVITIES),
    LINE ("activities_without_tie", "Activities that name no tie", "未注明友城的活动",
          count (t->dropped.no_tie), "activities", 0, NULL, NULL, NULL, NOTHING),
    LINE ("recorded", "Ties with an activity on record", "有活动记录的友城", count (t->recorded),
          "ties", 0, NULL, "ties", NULL, FROM_RECORDED),
    LINE ("recorded_share", "Share of ties with an activity on record", "有活动记录的友城占比",
          percent (t->recorded, t->n_ties), "%", 1, "recorded / listed", "ties", NULL,
          FROM_RECORDED),
    LINE ("unrecorded", "Ties without any activity on record", "无活动记录的友城",
          count (t->n_ties - t->recorded), "ties", 0, NULL, "ties", NULL, FROM_UNRECORDED),
    LINE ("silent", "Dormant ties without any activity on record", "无活动记录的休眠友城",
          count (t->silent), "ties", 0, NULL, "ties", NULL, FROM_SILENT),
    LINE ("undated", "Ties without a date or an activity", "无日期、无活动记录的友城",
          count (t->undated), "ties", 0, NULL, "ties", NULL, FROM_UNDATED),
    LINE ("claimed", "Ties stated", "报告的友城总数", t->claimed, "ties", 0, NULL, NULL, NULL,
          FROM_CLAIM, .why = why),
    LINE ("coverage", "Coverage of the stated total", "名录覆盖率", t->coverage, "%", 1,
          "listed / stated", "tiers", NULL, FROM_TIES, .why = why),
    LINE ("unlisted", "Ties stated but not listed", "名录缺少的友城", missing, "ties", 0, NULL,
          NULL, NULL, FROM_CLAIM, .why = why),
    LINE ("revivable", "Once busy ties that are not active now", "曾往来密切而现不活跃的友城",
          count (t->n_candidates), "ties", 0,
          "money score 4 or 5, or frequency score 4 or 5 and active_count", "revive", NULL,
          FROM_REVIVE),
  };

  emit (t, lines, N_OF (lines));
}

static void
metrics_history (Tiering *t)
{
  const History *h = &t->history;
  HansaText why = { NULL, NULL };

  if (h->moves == 0)
    why = (HansaText){ "no tie was seen in two years running", "没有可比的前后两年" };
  else if (h->empty[ACTIVE] || h->empty[UNSTABLE] || h->empty[DORMANT])
    why = (HansaText){ "no tie was ever seen in one of the tiers", "某一层级从未有友城" };
  const Line lines[] = {
    LINE ("first_year", "First year of the history", "历年分析起始年",
          hansa_value ((double)h->first), "year", 0, NULL, "years", NULL, NOTHING),
    LINE ("moves", "Pairs of years seen", "逐年变动观测值", count (h->moves), "count", 0, NULL,
          "transitions", NULL, FROM_ACTIVITIES),
    LINE ("shorrocks", "Shorrocks mobility", "Shorrocks流动指数", h->shorrocks, "1", 3, "trace",
          "transitions", NULL, FROM_ACTIVITIES, .why = why),
    LINE ("years_active", "Years from active to dormant", "活跃友城转入休眠的预期年数",
          h->to_dormant[ACTIVE], "years", 1, "first passage", "dynamics", "active", FROM_ACTIVITIES,
          .why = why),
    LINE ("years_unstable", "Years from unstable to dormant", "不稳定友城转入休眠的预期年数",
          h->to_dormant[UNSTABLE], "years", 1, "first passage", "dynamics", "unstable",
          FROM_ACTIVITIES, .why = why),
    LINE ("stationary_active", "Active in the long run", "长期活跃占比", h->stationary[ACTIVE], "%",
          1, "stationary", "dynamics", "active", FROM_ACTIVITIES, .why = why),
    LINE ("stationary_unstable", "Unstable in the long run", "长期不稳定占比",
          h->stationary[UNSTABLE], "%", 1, "stationary", "dynamics", "unstable", FROM_ACTIVITIES,
          .why = why),
    LINE ("stationary_dormant", "Dormant in the long run", "长期休眠占比", h->stationary[DORMANT],
          "%", 1, "stationary", "dynamics", "dormant", FROM_ACTIVITIES, .why = why),
    LINE ("revival_share", "Dormant ties that wake within a year", "休眠友城一年内恢复往来的比例",
          hansa_is_defined (h->p[DORMANT * N_TIERS + DORMANT])
              ? hansa_value ((1.0 - h->p[DORMANT * N_TIERS + DORMANT].number) * 100.0)
              : h->p[DORMANT * N_TIERS + DORMANT],
          "%", 1, "MLE", "transitions", "dormant/dormant", FROM_ACTIVITIES, .why = why),
    LINE ("absorbing", "Tiers that were never left", "从未转出的层级", count (h->n_absorbing),
          "count", 0, NULL, "dynamics", NULL, FROM_ACTIVITIES),
    LINE ("homogeneity", "Chi-square of equal moves in all years", "转移概率同质性卡方统计量",
          h->homogeneity.statistic, "1", 2, "Anderson-Goodman", "transitions", NULL,
          FROM_ACTIVITIES),
    LINE ("homogeneity_p", "Chance of moves that differ as much", "转移概率同质性检验p值",
          h->homogeneity.p_value, "1", 3, "Anderson-Goodman", "transitions", NULL, FROM_ACTIVITIES),
  };

  emit (t, lines, N_OF (lines));
}

void
tiering_metrics (Tiering *t)
{
  for (size_t i = 0; i < N_FROM; i++)
    if (t->from[i].n > 1)
      qsort (t->from[i].rows, t->from[i].n, sizeof (uint64_t), compare_rows);
  metrics_tiers (t);
  metrics_record (t);
  metrics_history (t);
}
