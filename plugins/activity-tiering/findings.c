/* SPDX-License-Identifier: MIT
 *
 * What the numbers say, in sentences.
 */
#include "tiering.h"

#define NAMED_AT_MOST 3
#define RECORD_THIN 50.0 /* percent of ties on record; below, dormancy says little */

static void
say (Tiering *t, const char *id, HansaSeverity severity, const char *metric, const char *en,
     const char *zh)
{
  hansa_finding (t->job, .id = id, .severity = severity, .metric = metric, .text = { en, zh });
}

static double
recorded_share (const Tiering *t)
{
  return (double)t->recorded / (double)t->n_ties * 100.0;
}

static void
say_tiers (Tiering *t)
{
  bool thin = recorded_share (t) < RECORD_THIN;
  bool many = 3 * t->tiers[DORMANT] >= t->n_ties;

  if (thin)
    say (t, "tiers", HANSA_NOTABLE, "active",
         "By the activities on record, {ties} in all: {active} active ({active_share}), {unstable} "
         "unstable ({unstable_share}), {dormant} dormant ({dormant_share}).",
         "仅就已有活动记录看，{ties}友城中活跃{active}，占{active_share}；不稳定{unstable}，占"
         "{unstable_share}；休眠{dormant}，占{dormant_share}。");
  else
    say (t, "tiers", many ? HANSA_CONCERN : HANSA_NOTABLE, "active",
         "{ties} in all: {active} active ({active_share}), {unstable} unstable ({unstable_share}), "
         "{dormant} dormant ({dormant_share}).",
         "{ties}友城中，交往比较活跃的{active}，占{active_share}；交往不太稳定的{unstable}，占"
         "{unstable_share}；处于休眠状态的{dormant}，占{dormant_share}。");
}

static void
say_thirds (Tiering *t)
{
  bool exact = hansa_is_defined (t->exact);
  HansaValue p = exact ? t->exact : t->chi_square.p_value;

  if (!hansa_is_defined (p))
    return;
  if (p.number <= 1.0 - t->options.confidence)
    say (t, "thirds", HANSA_NOTABLE, exact ? "thirds_exact_p" : "thirds_p",
         exact ? "The three tiers are not a third each: so uneven a split would hardly come about "
                 "by chance (p-value {thirds_exact_p})."
               : "The three tiers are not a third each: so uneven a split would hardly come about "
                 "by chance (p-value {thirds_p}).",
         exact ? "三个层级并非各占三分之一，如此不均难以用偶然解释（p值{thirds_exact_p}）。"
               : "三个层级并非各占三分之一，如此不均难以用偶然解释（p值{thirds_p}）。");
  else
    say (t, "thirds", HANSA_NOTABLE, exact ? "thirds_exact_p" : "thirds_p",
         exact ? "The numbers agree with a third each: active, unstable and dormant (p-value "
                 "{thirds_exact_p})."
               : "The numbers agree with a third each: active, unstable and dormant (p-value "
                 "{thirds_p}).",
         exact ? "活跃、不稳定、休眠各占三分之一的判断与数据相符（p值{thirds_exact_p}）。"
               : "活跃、不稳定、休眠各占三分之一的判断与数据相符（p值{thirds_p}）。");
}

static void
say_record (Tiering *t)
{
  if (t->recorded == t->n_ties)
    return;
  if (recorded_share (t) < RECORD_THIN)
    say (t, "record", HANSA_CONCERN, "recorded_share",
         "Activities are on record for only {recorded} of {ties} ({recorded_share}). Among the "
         "dormant ties, no activity at all is recorded for {silent}: that may be a lack of "
         "records, not of contact.",
         "{ties}友城中只有{recorded}有活动记录，占{recorded_share}。休眠友城中有{silent}"
         "没有任何活动记录，"
         "可能是资料缺失，不等于没有往来。");
  else
    say (t, "record", HANSA_NOTABLE, "unrecorded",
         "No activity at all is on record for {unrecorded}; whether there was none or it was not "
         "written down, the data do not say.",
         "有{unrecorded}友城没有任何活动记录，是确无往来还是漏记，数据本身无法判断。");
}

static void
say_coverage (Tiering *t)
{
  if (!hansa_is_defined (t->coverage))
    return;
  if (t->coverage.number < 100.0)
    say (t, "coverage", t->coverage.number < 90.0 ? HANSA_CONCERN : HANSA_NOTABLE, "coverage",
         "The register lists {ties}, against {claimed} stated ({coverage}), and so is short by "
         "{unlisted}: numbers and shares describe the list, not all ties.",
         "名录收录友城{ties}，报告总数为{claimed}，覆盖率{coverage}，尚缺{unlisted}；"
         "有关数量和比重只反映名录，不代表全部友城。");
  else if (t->coverage.number > 100.0)
    say (t, "coverage", HANSA_CONCERN, "coverage",
         "The register lists {ties}, more than the {claimed} stated: one of the two needs "
         "checking.",
         "名录收录友城{ties}，多于报告所称的{claimed}，两者须核对。");
  else
    say (t, "coverage", HANSA_INFO, "coverage",
         "The register lists {ties} of the {claimed} stated ({coverage}).",
         "名录收录友城{ties}，覆盖报告所称{claimed}的{coverage}。");
}

static void
say_moves (Tiering *t)
{
  const History *h = &t->history;

  if (hansa_is_defined (h->to_dormant[ACTIVE]) && hansa_is_defined (h->to_dormant[UNSTABLE]))
    say (t, "moves", HANSA_NOTABLE, "years_active",
         "At the pace of the years since {first_year}, an active tie falls dormant after "
         "{years_active} on average, an unstable one after {years_unstable}; {revival_share} of "
         "dormant ties wake within a year.",
         "按{first_year}年以来的变化推算，活跃友城平均经{years_active}转入休眠，不稳定友城平均经"
         "{years_unstable}转入休眠；休眠友城一年内恢复往来的占{revival_share}。");
  if (hansa_is_defined (h->stationary[ACTIVE]) && h->n_absorbing == 0)
    say (t, "long_run", HANSA_INFO, "stationary_dormant",
         "If nothing changed, {stationary_active} would be active in the long run, "
         "{stationary_unstable} unstable and {stationary_dormant} dormant.",
         "如趋势不变，长期来看活跃、不稳定、休眠友城将分别占{stationary_active}、{stationary_"
         "unstable}和"
         "{stationary_dormant}。");
  else if (h->absorbing[DORMANT] && h->moves > 0)
    say (t, "long_run", HANSA_CONCERN, "absorbing",
         "In the years since {first_year} no dormant tie has woken again.",
         "{first_year}年以来，进入休眠的友城没有一对恢复往来。");
}

static void
say_revival (Tiering *t)
{
  Pair list = { 0 };
  size_t shown = t->n_revive < NAMED_AT_MOST ? t->n_revive : NAMED_AT_MOST;

  if (shown == 0)
    return;
  for (size_t i = 0; i < shown; i++)
    {
      Pair name = { 0 };
      t->no_memory = !tie_label (&t->ties[t->revive[i]], &name) || t->no_memory;
      HansaText text = pair_text (&name);
      pair_item (&list, text.en, text.zh, i, shown);
      pair_clear (&name);
    }
  const HansaName names[] = { { "first", pair_text (&list) } };
  if (pair_failed (&list))
    t->no_memory = true;
  else
    hansa_finding (t->job, .id = "revival", .severity = HANSA_NOTABLE, .metric = "revivable",
                   .text
                   = { "Once busy and not active now: {revivable}. Worth reviving first: {first}.",
                       "曾经往来密切、目前不活跃的友城有{revivable}，宜优先激活{first}。" },
                   .names = names, .n_names = 1);
  pair_clear (&list);
}

void
tiering_findings (Tiering *t)
{
  if (t->n_ties == 0)
    say (t, "no_ties", HANSA_CONCERN, "ties",
         "The register counts no tie on that day, so there is nothing to sort into tiers.",
         "基准日名录中没有计入的友城，无法分层。");
  else
    {
      say_tiers (t);
      say_record (t);
      if (recorded_share (t) >= RECORD_THIN)
        say_thirds (t);
    }
  say_coverage (t);
  if (t->n_ties > 0)
    {
      if (recorded_share (t) >= RECORD_THIN)
        say_moves (t);
      say_revival (t);
    }
}
