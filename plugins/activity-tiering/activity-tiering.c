/* SPDX-License-Identifier: MIT
 *
 * activity-tiering: which ties are active, unstable or dormant, how they move
 * between these tiers, and which are worth reviving.
 *
 * This file is what the analysis is and asks for; the order of the work is in
 * run(). Method and formulas: README.md.
 */
#include "tiering.h"

#include <stdlib.h>
#include <string.h>

static const HansaColumn tie_columns[N_TIE_COLUMNS] = {
  [TIE_ID] = { .name = "id", .type = HANSA_TEXT },
  [TIE_REGION] = { .name = "region", .type = HANSA_TEXT },
  [TIE_LEVEL] = { .name = "level", .type = HANSA_TEXT },
  [TIE_PARTNER_EN] = { .name = "partner_en", .type = HANSA_TEXT },
  [TIE_PARTNER_ZH] = { .name = "partner_zh", .type = HANSA_TEXT, .flags = HANSA_NULLABLE },
  [TIE_COUNTRY] = { .name = "country", .type = HANSA_TEXT, .flags = HANSA_NULLABLE },
  [TIE_SINCE] = { .name = "since", .type = HANSA_DATE, .flags = HANSA_NULLABLE },
  [TIE_STATUS] = { .name = "status",
                   .type = HANSA_TEXT,
                   .flags = HANSA_NULLABLE | HANSA_OPTIONAL,
                   .help = { "counted, unconfirmed or later; empty counts as unconfirmed",
                             "counted、unconfirmed 或 later；空白按 unconfirmed 处理" } },
};

static const HansaColumn activity_columns[N_ACTIVITY_COLUMNS] = {
  [ACTIVITY_TIE] = { .name = "tie", .type = HANSA_TEXT, .flags = HANSA_NULLABLE },
  [ACTIVITY_DATE] = { .name = "date", .type = HANSA_DATE },
  [ACTIVITY_KIND]
  = { .name = "kind", .type = HANSA_TEXT, .flags = HANSA_NULLABLE | HANSA_OPTIONAL },
  [ACTIVITY_VALUE] = { .name = "value",
                       .type = HANSA_REAL,
                       .flags = HANSA_NULLABLE | HANSA_OPTIONAL,
                       .unit = "CNY" },
};

static const HansaColumn region_columns[N_REGION_COLUMNS] = {
  [REGION_CODE] = { .name = "code", .type = HANSA_TEXT },
  [REGION_NAME_EN] = { .name = "name_en", .type = HANSA_TEXT },
  [REGION_NAME_ZH] = { .name = "name_zh", .type = HANSA_TEXT },
  [REGION_ZONE] = { .name = "zone", .type = HANSA_TEXT, .flags = HANSA_NULLABLE | HANSA_OPTIONAL },
  [REGION_ZONE_EN]
  = { .name = "zone_en", .type = HANSA_TEXT, .flags = HANSA_NULLABLE | HANSA_OPTIONAL },
  [REGION_ZONE_ZH]
  = { .name = "zone_zh", .type = HANSA_TEXT, .flags = HANSA_NULLABLE | HANSA_OPTIONAL },
};

static const HansaColumn claim_columns[N_CLAIM_COLUMNS] = {
  [CLAIM_INDICATOR] = { .name = "indicator", .type = HANSA_TEXT },
  [CLAIM_VALUE] = { .name = "value", .type = HANSA_REAL, .flags = HANSA_NULLABLE, .unit = "" },
};

static const HansaInput inputs[] = {
  { .name = "tie", .columns = tie_columns, .n_columns = N_TIE_COLUMNS },
  { .name = "activity", .columns = activity_columns, .n_columns = N_ACTIVITY_COLUMNS },
  { .name = "region", .columns = region_columns, .n_columns = N_REGION_COLUMNS },
  { .name = "claim",
    .columns = claim_columns,
    .n_columns = N_CLAIM_COLUMNS,
    .flags = HANSA_OPTIONAL },
};

static const HansaChoice statuses[] = {
  { "listed", { "counted and unconfirmed", "已确认和待核实" } },
  { "counted", { "counted only", "仅已确认" } },
  { "all", { "also those signed later", "含基准日之后签约" } },
};

static const HansaParam params[] = {
  { .id = "as_of",
    .type = HANSA_TEXT,
    .title = { "Day looked from", "基准日" },
    .help = { "Year, month and day, such as 2018-07-01. Not set: the day of the last activity on "
              "record.",
              "按年-月-日填写，如 2018-07-01；不设则取最后一次活动的日期。" } },
  { .id = "active_months",
    .type = HANSA_INTEGER,
    .title = { "Active: months looked at", "活跃：考察月数" },
    .help = { "Months before the day in which the activities of an active tie lie.",
              "活跃友城的活动须发生在基准日前的这些月内。" },
    .unit = "months",
    .fallback = "24",
    .minimum = 1,
    .maximum = 1200 },
  { .id = "active_count",
    .type = HANSA_INTEGER,
    .title = { "Active: activities at least", "活跃：最少活动次数" },
    .help = { "So many activities in these months make a tie active.",
              "在上述月数内至少有这么多次活动的友城为活跃。" },
    .unit = "activities",
    .fallback = "2",
    .minimum = 1,
    .maximum = 10000 },
  { .id = "dormant_months",
    .type = HANSA_INTEGER,
    .title = { "Dormant: months without contact", "休眠：无往来月数" },
    .help = { "So many months without an activity, the founding counting as one, make a tie "
              "dormant.",
              "这么多个月内没有活动（结好视为一次往来）的友城为休眠。" },
    .unit = "months",
    .fallback = "60",
    .minimum = 1,
    .maximum = 1200 },
  { .id = "first_year",
    .type = HANSA_INTEGER,
    .title = { "First year of the history", "历年分析起始年" },
    .help = { "Not set: fifteen years back at most, as far as the record of activities reaches.",
              "不设则在活动记录允许的范围内最多回溯15年。" },
    .unit = "year",
    .minimum = 1800,
    .maximum = 2200 },
  { .id = "status",
    .type = HANSA_CHOICE,
    .title = { "Status of ties", "友城状态" },
    .help = { "Which ties of the register count.", "名录中哪些友城计入。" },
    .fallback = "listed",
    .choices = statuses,
    .n_choices = sizeof statuses / sizeof statuses[0] },
  { .id = "skip_kind",
    .type = HANSA_TEXT,
    .title = { "Kind left out", "不计的活动类型" },
    .help = { "Activities of this kind do not count, such as sister_tie_agreement. Not set: all "
              "count.",
              "此类活动不计入，如 sister_tie_agreement；不设则全部计入。" } },
  { .id = "revive",
    .type = HANSA_INTEGER,
    .title = { "Ties to revive, at most", "重点激活名单长度" },
    .help = { "Length of the list of ties that were busy once.",
              "曾经往来密切、宜重点激活的友城最多列出多少对。" },
    .unit = "ties",
    .fallback = "10",
    .minimum = 0,
    .maximum = 1000 },
  { .id = "confidence",
    .type = HANSA_REAL,
    .title = { "Confidence level", "置信水平" },
    .help
    = { "Of the intervals and of the test of equal thirds.", "区间和“三等分”检验的置信水平。" },
    .fallback = "0.95",
    .minimum = 0.5,
    .maximum = 0.999 },
  { .id = "claim",
    .type = HANSA_TEXT,
    .title = { "Stated total", "报告总数指标" },
    .help = { "Indicator of the table claim that states the number of ties.",
              "claim 表中友城总数的指标代码。" },
    .fallback = "sister_city_pairs" },
};

static Options
read_options (HansaJob *job)
{
  const char *status = hansa_param_text (job, "status");
  Options o = { .as_of_text = hansa_param_text (job, "as_of"),
                .active_months = (int)hansa_param_integer (job, "active_months"),
                .dormant_months = (int)hansa_param_integer (job, "dormant_months"),
                .active_count = (size_t)hansa_param_integer (job, "active_count"),
                .counted_only = strcmp (status, "counted") == 0,
                .with_later = strcmp (status, "all") == 0,
                .skip_kind = hansa_param_text (job, "skip_kind"),
                .has_first_year = hansa_param_is_set (job, "first_year"),
                .first_year = hansa_param_integer (job, "first_year"),
                .revive = (size_t)hansa_param_integer (job, "revive"),
                .confidence = hansa_param_real (job, "confidence"),
                .claim = hansa_param_text (job, "claim") };

  return o;
}

/* A tie without contact for long cannot have been active lately. */
static HansaStatus
check_options (Tiering *t)
{
  if (t->options.dormant_months >= t->options.active_months)
    return HANSA_OK;
  return hansa_fail (
      t->job,
      "dormant_months is shorter than active_months, so that a tie could be both: "
      "make it as long at least.",
      "参数 dormant_months 小于 active_months，同一友城可能既活跃又休眠；请设为不小于后者。");
}

static void
tiering_clear (Tiering *t)
{
  for (size_t i = 0; i < N_FROM; i++)
    free (t->from[i].rows);
  free (t->ties);
  free (t->activities);
  free (t->zones);
  free (t->revive);
  free (t->history.mix);
  free (t->history.periods);
}

static HansaStatus
run (HansaJob *job)
{
  static HansaStatus (*const steps[]) (Tiering *)
      = { check_options,    tiering_read,  tiering_read_regions, tiering_read_claims,
          tiering_classify, tiering_score, tiering_history };
  Tiering t = { .job = job, .options = read_options (job) };
  HansaStatus status = HANSA_OK;

  for (size_t i = 0; i < sizeof steps / sizeof steps[0] && status == HANSA_OK; i++)
    {
      status = hansa_is_cancelled (job) ? HANSA_CANCELLED : steps[i](&t);
      hansa_progress (job, (double)(i + 1) / 8.0);
    }
  if (status == HANSA_OK)
    {
      tiering_tables (&t);
      status = t.no_memory ? HANSA_OUT_OF_MEMORY : HANSA_OK;
    }
  if (status == HANSA_OK)
    {
      tiering_metrics (&t);
      tiering_charts (&t);
      tiering_findings (&t);
      tiering_notes (&t);
      status = t.no_memory ? HANSA_OUT_OF_MEMORY : HANSA_OK;
    }
  tiering_clear (&t);
  return status;
}

static const char *const tags[] = { "sister cities", "activity", "Markov chain", NULL };

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("activity-tiering", "1.0.0"),
  .title = { "Activity of ties", "友城活跃程度分层" },
  .summary
  = { "Which ties are active, unstable or dormant, are they a third each, how do they move "
      "between these tiers from year to year, and which are worth reviving?",
      "哪些友城活跃、不稳定或休眠，是否各占三分之一，逐年如何变化，哪些值得重点激活？" },
  .licence = "MIT",
  .citation
  = "Hughes, A. M. (1994). Strategic Database Marketing.\n"
    "Pearson, K. (1900). On the criterion that a given system of deviations. Phil. Mag. "
    "50.\n"
    "Cochran, W. G. (1952). The chi-square test of goodness of fit. Ann. Math. Stat. 23.\n"
    "Wilson, E. B. (1927). Probable inference. JASA 22.\n"
    "Anderson, T. W. & Goodman, L. A. (1957). Statistical inference about Markov chains. "
    "Ann. Math. Stat. 28.\n"
    "Kemeny, J. G. & Snell, J. L. (1960). Finite Markov Chains.\n"
    "Shorrocks, A. F. (1978). The measurement of mobility. Econometrica 46.",
  .tags = tags,
  .inputs = inputs,
  .n_inputs = sizeof inputs / sizeof inputs[0],
  .params = params,
  .n_params = sizeof params / sizeof params[0],
  .run = run,
};

HANSA_PLUGIN (plugin, "activity-tiering", "1.0.0")
