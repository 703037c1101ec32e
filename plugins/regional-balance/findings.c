/* SPDX-License-Identifier: MIT
 *
 * What the numbers say, in sentences.
 */
#include "balance.h"

#include <stdlib.h>

#define NAMED_AT_MOST 6

/* How the regions of each level are called. */
static const HansaText kinds[N_LEVELS]
    = { { "provinces", "省份" }, { "prefectures", "市州" }, { "counties", "县市区" } };

static void
say (Balance *b, const char *id, HansaSeverity severity, const char *metric, HansaText text,
     const HansaName *names, uint32_t n)
{
  hansa_finding (b->job, .id = id, .severity = severity, .metric = metric, .text = text,
                 .names = names, .n_names = n);
}

static void
say_few (Balance *b, HansaName kind)
{
  const HansaName names[] = { kind };
  bool most = 2 * b->low >= b->n_units;
  HansaText text;

  if (b->low == 0 && b->options.inclusive)
    text = (HansaText){ "No region of the {regions} has {k} or fewer.",
                        "{regions}{kind}友城数量均超过{k}。" };
  else if (b->low == 0)
    text = (HansaText){ "No region of the {regions} has fewer than {k}.",
                        "{regions}{kind}友城数量均在{k}以上。" };
  else if (b->options.inclusive)
    text = (HansaText){ "Of the {regions}, those with {k} or fewer come to {regions_low} "
                        "({regions_low_share}).",
                        "{regions}{kind}中有{regions_low}{kind}友城数量在{k}以下，占"
                        "{regions_low_share}。" };
  else
    text = (HansaText){ "Of the {regions}, those with fewer than {k} come to {regions_low} "
                        "({regions_low_share}).",
                        "{regions}{kind}中有{regions_low}{kind}友城数量不足{k}，占"
                        "{regions_low_share}。" };
  say (b, "few", most ? HANSA_CONCERN : HANSA_NOTABLE, "regions_low", text, names, 1);
}

static int
compare_units (const void *a, const void *b)
{
  const Unit *first = *(Unit *const *)a, *second = *(Unit *const *)b;

  if (first->rank != second->rank)
    return first->rank < second->rank ? -1 : 1;
  return (first > second) - (first < second); /* units are in order of code */
}

/* The leading regions that are beyond doubt: when some left out have as many
 * ties as the last one taken, all of that number go unnamed. */
static size_t
list_leaders (Balance *b, Pair *list)
{
  size_t n = b->n_units, top = b->options.top < n ? b->options.top : n, sure = 0;
  Unit **units = calloc (n + 1, sizeof (Unit *));

  if (units == NULL)
    {
      b->no_memory = true;
      return 0;
    }
  for (size_t i = 0; i < n; i++)
    units[i] = &b->units[i];
  qsort (units, n, sizeof (Unit *), compare_units);
  while (sure < top && units[sure]->ties > 0
         && (b->m.tied == 0 || units[sure]->rank != units[top - 1]->rank))
    sure++;
  size_t shown = sure < NAMED_AT_MOST ? sure : NAMED_AT_MOST;
  for (size_t i = 0; i < shown; i++)
    pair_item (list, units[i]->en, units[i]->zh, i, shown);
  if (shown < top && shown > 0)
    pair_add (list, " and others", "等");
  free (units);
  return shown;
}

static void
say_leaders (Balance *b, HansaName kind)
{
  Pair list = { 0 };
  size_t named = list_leaders (b, &list);
  HansaText text
      = { "Ties are concentrated in few {kind}: of the {ties}, {top_share} belong to {leaders}.",
          "友城相对集中于{leaders}，合计占{ties}中的{top_share}。" };
  bool close = b->n_units > b->options.top && hansa_is_defined (b->m.top_share)
               && b->m.top_share.number >= 50.0;

  if (!close)
    text = (HansaText){ "Ties are most numerous in {leaders}; of the {ties}, {top_share} belong to "
                        "the leading {kind}.",
                        "友城数量居前的是{leaders}，居前{kind}合计占{ties}中的{top_share}。" };
  if (pair_failed (&list))
    b->no_memory = true;
  else if (named > 0)
    {
      const HansaName names[] = { kind, { "leaders", pair_text (&list) } };
      say (b, "leaders", HANSA_NOTABLE, "top_share", text, names, 2);
    }
  pair_clear (&list);
}

static void
say_gini (Balance *b)
{
  const Unit *most = &b->units[b->m.most];
  const HansaName names[] = { { "most", { most->en, most->zh } } };

  if (!hansa_is_defined (b->m.loo_most))
    say (b, "gini", HANSA_NOTABLE, "gini",
         (HansaText){ "The Gini coefficient of ties is {gini}.", "友城分布的基尼系数为{gini}。" },
         NULL, 0);
  else
    say (b, "gini", HANSA_NOTABLE, "gini",
         (HansaText){
             "The Gini coefficient of ties is {gini}. It depends most on {most}, without "
             "which it would be {gini_without}; with any one region left out it lies "
             "between {gini_least} and {gini_most}.",
             "友城分布的基尼系数为{gini}，其中{most}影响最大，剔除后为{gini_without}；逐一剔除各"
             "地区，该系数在{gini_least}至{gini_most}之间。" },
         names, 1);
}

static void
say_zones (Balance *b)
{
  HansaText text = { "Of the inequality, {between_share} lies between zones and the rest inside "
                     "them.",
                     "总差异中，{between_share}来自板块之间，其余来自板块内部。" };

  if (!hansa_is_defined (b->m.between_share) || b->n_zones < 2)
    return;
  if (hansa_is_defined (b->m.between_p) && b->m.between_p.number <= 1.0 - b->options.confidence)
    text = (HansaText){
      "Of the inequality, {between_share} lies between zones, more than chance "
      "would put there (p-value {between_p}): the zones differ, not only the {kind} "
      "in them.",
      "总差异中，{between_share}来自板块之间，超出偶然所能解释的程度（p值{between_p}"
      "），板块之间确有差距。"
    };
  else if (hansa_is_defined (b->m.between_p))
    text = (HansaText){
      "Of the inequality, {between_share} lies between zones; zones drawn at "
      "random may well do the same (p-value {between_p}), so the gap is foremost "
      "one between single {kind}.",
      "总差异中，{between_share}来自板块之间，随机划分板块也可能出现这样的结果（p值"
      "{between_p}），差距主要存在于各{kind}之间。"
    };
  const HansaName names[] = { { "kind", kinds[b->options.level] } };
  say (b, "zones", HANSA_NOTABLE, "between_share", text, names, 1);
}

static void
say_coverage (Balance *b)
{
  const Coverage *all = &b->coverage[0];
  HansaText text = { "The register lists {listed} of the {claimed} stated ({coverage}).",
                     "名录收录友城{listed}，覆盖报告所称{claimed}的{coverage}。" };
  HansaSeverity severity = HANSA_INFO;

  if (!hansa_is_defined (all->share))
    return;
  if (all->share.number < 100.0)
    {
      severity = all->share.number < 90.0 ? HANSA_CONCERN : HANSA_NOTABLE;
      text = (HansaText){
        "The register lists {listed}, against {claimed} stated ({coverage}), and so is short by "
        "{unlisted}: numbers and shares describe the list, not all ties.",
        "名录收录友城{listed}，报告总数为{claimed}，覆盖率{coverage}，尚缺{unlisted}；"
        "有关数量和比重只反映名录，不代表全部友城。"
      };
    }
  else if (all->share.number > 100.0)
    {
      severity = HANSA_CONCERN;
      text = (HansaText){ "The register lists {listed}, more than the {claimed} stated: one of the "
                          "two needs checking.",
                          "名录收录友城{listed}，多于报告所称的{claimed}，两者须核对。" };
    }
  say (b, "coverage", severity, "coverage", text, NULL, 0);
  if (hansa_is_defined (b->m.low_least) && b->m.low_least.number < (double)b->low)
    {
      const HansaName names[] = { { "kind", kinds[b->options.level] } };
      say (b, "bound", HANSA_INFO, "regions_low_least",
           (HansaText){ "Wherever the missing ties of this level belong, no fewer than "
                        "{regions_low_least} would still have few.",
                        "即使名录所缺的本级友城全部落在最有利的{kind}，友城偏少的{kind}仍不少于"
                        "{regions_low_least}。" },
           names, 1);
    }
}

static void
say_what_if (Balance *b)
{
  Pair list = { 0 };
  size_t n = 0, at = 0;

  if (!b->options.has_target || !hansa_is_defined (b->m.added))
    return;
  for (size_t i = 0; i < b->n_units; i++)
    n += b->units[i].added > 0 ? 1 : 0;
  if (n == 0)
    {
      say (b, "what_if", HANSA_INFO, "gini_after",
           (HansaText){ "The Gini of the numbers of ties, {gini_after}, is at or under the target "
                        "of {target} as it is.",
                        "友城数量的基尼系数为{gini_after}，已不高于目标值{target}。" },
           NULL, 0);
      return;
    }
  size_t shown = n < NAMED_AT_MOST ? n : NAMED_AT_MOST;
  for (size_t i = 0; i < b->n_units && at < shown; i++)
    if (b->units[i].added > 0)
      {
        pair_item (&list, b->units[i].en, b->units[i].zh, at, n > shown ? n : shown);
        at++;
      }
  if (n > shown)
    pair_add (&list, " and others", "等");
  const HansaName names[] = { { "places", pair_text (&list) } };
  if (pair_failed (&list))
    b->no_memory = true;
  else
    say (b, "what_if", HANSA_INFO, "added",
         (HansaText){ "Adding {added} in {places} would bring the Gini of the numbers of ties down "
                      "to {gini_after} (target {target}).",
                      "如在{places}新增友城{added}，友城数量的基尼系数可降至{gini_after}"
                      "（目标值{target}）。" },
         names, 1);
  pair_clear (&list);
}

static void
say_per_head (Balance *b)
{
  if (b->n_population < 2 || !hansa_is_defined (b->m.per_million))
    return;
  if (b->n_population < b->n_units)
    say (
        b, "per_head", HANSA_INFO, "per_million",
        (HansaText){ "In the {population_known} whose population is known there are {per_million}.",
                     "在有人口数据的{population_known}地区，友城为{per_million}。" },
        NULL, 0);
  else
    say (
        b, "per_head", HANSA_INFO, "per_million",
        (HansaText){ "Measured by the population of {population_year}, ties come to {per_million}.",
                     "按{population_year}年人口计算，友城为{per_million}。" },
        NULL, 0);
}

void
balance_findings (Balance *b)
{
  HansaName kind = { "kind", kinds[b->options.level] };
  const HansaName names[] = { kind, { "area", { b->parent_en, b->parent_zh } } };

  if (b->n_units == 0)
    say (b, "no_regions", HANSA_CONCERN, "regions",
         (HansaText){ "The table of regions has none of the {kind} to compare, so nothing can be "
                      "said about balance.",
                      "地区表中没有可供比较的{kind}，无法分析分布是否均衡。" },
         names, 1);
  else if (b->ties == 0)
    say (b, "no_ties", HANSA_CONCERN, "ties",
         (HansaText){ "The register counts no tie for any of the {regions} of {area}, so there is "
                      "no distribution to measure.",
                      "名录中{area}{regions}{kind}均无计入的友城，无从衡量分布。" },
         names, 2);
  else
    {
      say_few (b, kind);
      say_leaders (b, kind);
      if (hansa_is_defined (b->m.gini))
        say_gini (b);
      say_zones (b);
    }
  say_coverage (b);
  if (b->ties > 0)
    {
      say_what_if (b);
      say_per_head (b);
    }
}
