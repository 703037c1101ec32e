/* SPDX-License-Identifier: MIT
 *
 * The sentences that put the answer into context.
 */
#include "findings.h"

#include <hansa/stats.h>

void
say_peers (Speaker *speaker)
{
  const Study *study = speaker->study;
  int sign = growth_sign (study->now.peers.growth);
  Sentence sentence = say_begin (speaker);

  if (study->now.n_peers < 2 || !hansa_is_defined (study->now.peers.growth)
      || !hansa_is_defined (speaker->line->growth))
    return;
  if (study->peers_named)
    say_add (&sentence, "The regions compared, taken together, ", "对比地区合计");
  else
    say_add (&sentence, "The {peers} zone, taken together, ", "{peers}地区合计");
  if (sign == 0)
    say_add (&sentence, "traded about as much as a year earlier", "与上年同期基本持平");
  else
    say_add (&sentence, sign > 0 ? "grew by {peers_growth}" : "changed by {peers_growth}",
             sign > 0 ? "同比增长{peers_growth}" : "同比增速为{peers_growth}");
  say_add (&sentence, "; the rate of {nation} without {region} is {rest_growth}.",
           "；剔除{region}后，{nation}同比增速为{rest_growth}。");
  say_finding (speaker, "peers", "peers_growth", HANSA_INFO, &sentence);
}

static HansaValue
cagr (const Study *study, size_t region)
{
  const Entry *base = series_find (&study->series, region, study->from);
  const Entry *value = series_find (&study->series, region, study->year);
  if (base == NULL || value == NULL)
    return hansa_undefined (HANSA_MISSING_INPUT);
  return hansa_cagr (base->value, value->value, (double)(study->year - study->from));
}

void
say_long_run (Speaker *speaker)
{
  const Study *study = speaker->study;
  Sentence sentence = say_begin (speaker);

  if (!study->has_from || !study->has_year || study->year - study->from < 2)
    return;
  HansaValue own = cagr (study, study->focus);
  if (!hansa_is_defined (own))
    return;
  say_add (&sentence,
           "From {from} to {year}, the trade of {region} changed by {cagr} a year on average",
           "{from}年至{year}年，{region}进出口年均增速为{cagr}");
  HansaValue gap = hansa_undefined (HANSA_NO_DATA);
  if (study->nation != NONE)
    gap = hansa_gap (own, cagr (study, study->nation));
  int sign = growth_sign (gap),
      now = growth_sign (hansa_gap (speaker->line->growth, study->now.total.growth));
  if (sign > 0)
    say_add (&sentence, ", {cagr_gap} above {nation}", "，高于{nation}{cagr_gap}");
  else if (sign < 0)
    say_add (&sentence, ", {cagr_gap:abs} below {nation}", "，低于{nation}{cagr_gap:abs}");
  else if (hansa_is_defined (gap))
    say_add (&sentence, ", level with {nation}", "，与{nation}持平");
  if (sign * now < 0)
    say_add (&sentence, "; the latest year points the other way.", "，与当年情况相反。");
  else
    say_add (&sentence, ".", "。");
  say_finding (speaker, "long_run", "cagr", sign * now < 0 ? HANSA_NOTABLE : HANSA_INFO, &sentence);
}

/* How firm the rank is: against rounding, and on another basis. */
void
say_stability (Speaker *speaker)
{
  const Study *study = speaker->study;
  const Line *line = speaker->line;
  const Other *other = speaker->other;
  bool moves = line->best != line->worst;
  /* Rounding that is fine and changes nothing is not worth a sentence. */
  bool rounded = moves || fmax (study->half_base, study->half_value) >= 1e6 / 2.0;
  Sentence sentence = say_begin (speaker);

  if (line->place[BY_GROWTH] == 0 || study->now.n_ranked < 2 || (!rounded && other->basis == NULL))
    return;
  if (rounded && moves)
    say_add (&sentence,
             "Values are rounded to {precision}, so the rank could be anything from {rank_best} to "
             "{rank_worst}",
             "数据按{precision}取整，位次可能在第{rank_best}位至第{rank_worst}位之间");
  else if (rounded)
    say_add (&sentence, "Rounding of the values (to {precision}) cannot change the rank",
             "数据取整（{precision}）不影响位次");
  bool same = other->line.place[BY_GROWTH] == line->place[BY_GROWTH];
  if (other->basis != NULL)
    {
      say_add (&sentence, rounded ? "; on another basis ({basis})" : "On another basis ({basis})",
               rounded ? "；换用另一口径（{basis}）" : "换用另一口径（{basis}）");
      say_add (&sentence, ", growth is {growth_other}", "，同比增速为{growth_other}");
      if (other->n_ranked > 1)
        {
          say_add (&sentence, " and the rank {rank_other} of {n_other}", "，居{n_other}");
          text_add (&sentence.zh, study->level.zh);
          text_add (&sentence.zh, "第{rank_other}位");
        }
    }
  say_add (&sentence, ".", "。");
  bool firm = !(rounded && moves) && (other->basis == NULL || same);
  say_finding (speaker, "stability", "rank", firm ? HANSA_INFO : HANSA_NOTABLE, &sentence);
}

void
say_implied_base (Speaker *speaker)
{
  Sentence sentence = say_begin (speaker);

  if (!hansa_param_is_set (speaker->study->job, "printed_growth")
      || !hansa_is_defined (speaker->line->value))
    return;
  say_add (
      &sentence,
      "The printed growth of {printed_growth} implies that {region} traded {implied_base} in the "
      "same period of the year before.",
      "按公布增速{printed_growth}推算，{region}上年同期进出口总额为{implied_base}。");
  say_finding (speaker, "implied_base", "implied_base", HANSA_INFO, &sentence);
}

/* ---- without a focus ----------------------------------------------------- */

/* Names of those that come first and last; of several, the first by code. */
static void
name_extremes (Speaker *speaker)
{
  const Study *study = speaker->study;
  const Line *lines = study->now.lines;
  size_t first = NONE, last = NONE;
  for (size_t i = 0; i < study->n_members; i++)
    {
      if (!hansa_is_defined (lines[i].growth))
        continue;
      if (first == NONE || lines[i].growth.number > lines[first].growth.number)
        first = i;
      if (last == NONE || lines[i].growth.number < lines[last].growth.number)
        last = i;
    }
  say_name (speaker, "first", study_member (study, first)->name);
  say_name (speaker, "last", study_member (study, last)->name);
}

void
say_all (Speaker *speaker)
{
  const Study *study = speaker->study;
  Sentence total = say_begin (speaker), spread = say_begin (speaker);

  if (!study->has_year || study->now.n_ranked == 0)
    {
      say_add (&total, "There are no figures to compute growth from: {n} regions could be ranked.",
               "没有可供计算增速的数据，可排位的地区为{n}个。");
      say_finding (speaker, "growth", "n", HANSA_NOTABLE, &total);
      return;
    }
  say_period (speaker, &total);
  say_add (&total,
           "the trade of {nation} came to {national_value}; its growth on a year earlier is "
           "{national_growth}. Regions that grew faster: {n_above} of ",
           "{nation}进出口总额{national_value}，同比增速{national_growth}；增速高于这一水平的地区有"
           "{n_above}个，参评地区共");
  say_regions (speaker, &total, "{n}");
  say_add (&total, ".", "。");
  say_finding (speaker, "growth", "national_growth", HANSA_NOTABLE, &total);
  name_extremes (speaker);
  say_add (
      &spread,
      "{first} comes first ({highest_growth}) and {last} last ({lowest_growth}); the median rate "
      "is {median_growth}.",
      "增速最高的是{first}（{highest_growth}），最低的是{last}（{lowest_growth}"
      "）；各地区增速中位数为"
      "{median_growth}。");
  if (study->now.n_ranked > 1)
    say_finding (speaker, "spread", "median_growth", HANSA_INFO, &spread);
}
