/* SPDX-License-Identifier: MIT
 *
 * The sentences that answer: growth, rank, share.
 */
#include "findings.h"

#include <hansa/stats.h>

void
say_add (Sentence *sentence, const char *en, const char *zh)
{
  text_add (&sentence->en, en);
  text_add (&sentence->zh, zh);
}

void
say_finding (Speaker *speaker, const char *id, const char *metric, HansaSeverity severity,
             const Sentence *sentence)
{
  if (speaker->study->panel.memory.failed)
    return; /* half a sentence is none */
  hansa_finding (speaker->study->job, .id = id, .metric = metric, .severity = severity,
                 .text = { text_of (&sentence->en), text_of (&sentence->zh) },
                 .names = speaker->names, .n_names = speaker->n_names);
}

void
say_name (Speaker *speaker, const char *id, HansaText text)
{
  speaker->names[speaker->n_names++] = (HansaName){ id, text };
}

Sentence
say_begin (const Speaker *speaker)
{
  Memory *memory = &speaker->study->panel.memory;
  return (Sentence){ { .memory = memory }, { .memory = memory } };
}

void
say_period (const Speaker *speaker, Sentence *sentence)
{
  if (speaker->study->months == 12)
    say_add (sentence, "In {year}, ", "{year}年，");
  else if (speaker->study->months == 1)
    say_add (sentence, "In January {year}, ", "{year}年一月，");
  else
    say_add (sentence, "In the first {months} months of {year}, ", "{year}年前{months}个月，");
}

int
sign_of (HansaValue value, double units)
{
  double rounded = hansa_is_defined (value) ? round (units * value.number) : 0.0;
  return (rounded > 0.0) - (rounded < 0.0);
}

int
growth_sign (HansaValue growth)
{
  return sign_of (growth, 1000.0); /* a tenth of a per cent */
}

void
say_regions (const Speaker *speaker, Sentence *sentence, const char *n)
{
  text_add (&sentence->en, n);
  text_add (&sentence->en, " ");
  text_add (&sentence->en, speaker->study->level.en);
  text_add (&sentence->zh, n);
  text_add (&sentence->zh, speaker->study->level.zh);
}

/* Whether others have the same rank. */
static bool
is_tied (const Study *study, const Line *line, Place place)
{
  size_t n = 0;
  for (size_t i = 0; i < study->n_members; i++)
    n += study->now.lines[i].place[place] == line->place[place];
  return n > 1;
}

static bool
peers_tied (const Study *study, const Line *line)
{
  size_t n = 0;
  for (size_t i = 0; i < study->n_peers; i++)
    n += study->now.lines[study->peers[i]].place[AMONG_PEERS] == line->place[AMONG_PEERS];
  return n > 1;
}

/* ---- the answer ---------------------------------------------------------- */

static void
add_gap (const Speaker *speaker, Sentence *sentence)
{
  HansaValue gap = hansa_gap (speaker->line->growth, speaker->study->now.total.growth);
  int sign = growth_sign (gap);

  if (!hansa_is_defined (gap))
    return;
  if (sign > 0)
    say_add (sentence, ", {gap} above the rate of {nation}", "，高于{nation}平均水平{gap}");
  else if (sign < 0)
    say_add (sentence, ", {gap:abs} below the rate of {nation}", "，低于{nation}平均水平{gap:abs}");
  else
    say_add (sentence, ", level with the rate of {nation}", "，与{nation}平均水平持平");
}

static void
add_peer_rank (const Speaker *speaker, Sentence *sentence)
{
  const Study *study = speaker->study;
  bool tied = peers_tied (study, speaker->line);

  if (study->now.n_peers < 2 || speaker->line->place[AMONG_PEERS] == 0)
    return;
  if (study->peers_named)
    say_add (sentence, " and {rank_peers} among the {n_peers} regions compared",
             "、所选{n_peers}个地区");
  else
    {
      say_add (sentence, " and {rank_peers} of {n_peers} in the {peers} zone",
               "、{peers}{n_peers}");
      text_add (&sentence->zh, study_peers_are_provinces (study) ? "省" : study->level.zh);
    }
  say_add (sentence, tied ? " (tied)" : "", tied ? "并列第{rank_peers}位" : "第{rank_peers}位");
}

static void
add_rank (const Speaker *speaker, Sentence *sentence)
{
  const Study *study = speaker->study;
  bool tied = is_tied (study, speaker->line, BY_GROWTH);

  if (study->now.n_ranked < 2 || speaker->line->place[BY_GROWTH] == 0)
    return;
  say_add (sentence, "; by growth it ranks {rank} of ",
           growth_sign (speaker->line->growth) > 0 ? "，增幅居" : "，增速居");
  say_regions (speaker, sentence, "{n}");
  say_add (sentence, tied ? " (tied)" : "", tied ? "并列第{rank}位" : "第{rank}位");
  add_peer_rank (speaker, sentence);
}

static HansaSeverity
weigh_growth (const Speaker *speaker)
{
  const Study *study = speaker->study;
  HansaValue gap = hansa_gap (speaker->line->growth, study->now.total.growth);
  bool behind = growth_sign (gap) < 0;
  bool last_third = 3 * speaker->line->place[BY_GROWTH] > 2 * study->now.n_ranked;
  bool falls = growth_sign (speaker->line->growth) < 0;
  return behind && (last_third || falls) ? HANSA_CONCERN : HANSA_NOTABLE;
}

static void
say_growth (Speaker *speaker)
{
  static const char *const en[]
      = { ", down {growth:abs} on a year earlier", ", about the same as a year earlier",
          ", up {growth} on a year earlier" };
  static const char *const zh[]
      = { "，同比下降{growth:abs}", "，与上年同期基本持平", "，同比增长{growth}" };
  const Line *line = speaker->line;
  int sign = growth_sign (line->growth);
  Sentence sentence = say_begin (speaker);

  if (!speaker->study->has_year)
    {
      say_add (&sentence, "There is no figure for the trade of {region} to compute growth from.",
               "没有可供计算{region}进出口增速的数据。");
      say_finding (speaker, "growth", "growth", HANSA_NOTABLE, &sentence);
      return;
    }
  say_period (speaker, &sentence);
  if (hansa_is_defined (line->value))
    say_add (&sentence, "imports and exports of {region} came to {value}",
             "{region}进出口总额{value}");
  else
    say_add (&sentence, "the imports and exports of {region} are not known",
             "{region}进出口总额数据缺失");
  if (!hansa_is_defined (line->growth))
    {
      say_add (&sentence, "; their growth on a year earlier is {growth}.", "，同比增速{growth}。");
      say_finding (speaker, "growth", "growth", HANSA_NOTABLE, &sentence);
      return;
    }
  say_add (&sentence, en[sign + 1], zh[sign + 1]);
  add_gap (speaker, &sentence);
  add_rank (speaker, &sentence);
  say_add (&sentence, ".", "。");
  say_finding (speaker, "growth", "growth", weigh_growth (speaker), &sentence);
}

/* ---- share and contribution ----------------------------------------------- */

static void
add_contribution (const Speaker *speaker, Sentence *sentence)
{
  const Line *line = speaker->line, *total = &speaker->study->now.total;
  bool rises = growth_sign (total->growth) > 0;

  if (measure_increase (line).number < 0.0)
    say_add (sentence,
             "The trade of {region} is {increase:abs} less than a year earlier, which takes "
             "{contribution:abs} off the "
             "growth of {nation}",
             "{region}进出口比上年同期减少{increase:abs}，下拉{nation}增速{contribution:abs}");
  else if (rises)
    say_add (
        sentence,
        "The trade of {region} is {increase} more than a year earlier, which adds {contribution} "
        "to the growth of {nation}, or {growth_share} of it",
        "{region}进出口比上年同期增加{increase}，拉动{nation}增长{contribution}，"
        "对{nation}增长的贡献率为{growth_share}");
  else
    say_add (
        sentence,
        "The trade of {region} is {increase} more than a year earlier, which adds {contribution} "
        "to the growth of {nation}",
        "{region}进出口比上年同期增加{increase}，带动{nation}增速提高{contribution}");
}

static void
say_share (Speaker *speaker)
{
  const Line *line = speaker->line, *total = &speaker->study->now.total;
  HansaValue change = measure_against (line, total, SHARE_CHANGE);
  int sign = sign_of (change, 10000.0);
  Sentence sentence = say_begin (speaker);

  if (!hansa_is_defined (measure_against (line, total, CONTRIBUTION)))
    return;
  add_contribution (speaker, &sentence);
  if (!hansa_is_defined (change))
    say_add (&sentence, ".", "。");
  else if (sign > 0)
    say_add (&sentence,
             "; its share of {nation} rose from {share_base} to {share}, by {share_change}.",
             "；占{nation}的比重由{share_base}升至{share}，提高{share_change}。");
  else if (sign < 0)
    say_add (&sentence,
             "; its share of {nation} fell from {share_base} to {share}, by {share_change:abs}.",
             "；占{nation}的比重由{share_base}降至{share}，下降{share_change:abs}。");
  else
    say_add (&sentence, "; its share of {nation} stayed at {share}.",
             "；占{nation}的比重为{share}，"
             "与上年同期持平。");
  say_finding (speaker, "share", "contribution", sign < 0 ? HANSA_NOTABLE : HANSA_INFO, &sentence);
}

/* Small regions: growth from a low base, or no growth to catch up. */
static void
say_low_base (Speaker *speaker)
{
  const Study *study = speaker->study;
  const Line *line = speaker->line;
  HansaValue share = measure_share (line->base, study->now.total.base);
  HansaValue gap = hansa_gap (line->growth, study->now.total.growth);
  Sentence sentence = say_begin (speaker);

  if (!hansa_is_defined (share) || !hansa_is_defined (gap) || study->now.n_ranked < 4
      || share.number * (double)study->now.n_ranked >= 1.0 || growth_sign (gap) == 0)
    return;
  bool ahead = gap.number > 0.0;
  if (ahead)
    say_add (
        &sentence,
        "This is growth from a low base: a year earlier {region} had {share_base} of the trade of "
        "{nation}, less than the {equal_share} of an average region. It ranks {rank_value} by "
        "volume and {rank_increase} by increase of ",
        "较快增长有低基数因素：上年同期{region}仅占{nation}的{share_base}，低于各地区平均占比"
        "{equal_share}；进出口总额、增加额分别居");
  else
    say_add (
        &sentence,
        "A small volume is falling further behind: a year earlier {region} had {share_base} of the "
        "trade of {nation}, less than the {equal_share} of an average region, and it grew more "
        "slowly since. It ranks {rank_value} by volume and {rank_increase} by increase of ",
        "总量偏小，增速又低于{nation}：上年同期{region}仅占{nation}的{share_base}"
        "，低于各地区平均占比"
        "{equal_share}；进出口总额、增加额分别居");
  say_regions (speaker, &sentence, "{n}");
  say_add (&sentence, ".", "第{rank_value}位和第{rank_increase}位。");
  say_finding (speaker, "low_base", "share_base", ahead ? HANSA_NOTABLE : HANSA_CONCERN, &sentence);
}

void
answer_findings (Study *study, const Other *other)
{
  Speaker speaker = { .study = study, .other = other };

  say_name (&speaker, "nation", study_total_name (study));
  if (study->focus == NONE)
    {
      say_all (&speaker);
      return;
    }
  speaker.line = &study->now.lines[study->focus_member];
  say_name (&speaker, "region", study->panel.regions[study->focus].name);
  say_name (&speaker, "peers", study_peers_name (study));
  if (other->basis != NULL)
    say_name (&speaker, "basis", trade_basis_title (other->basis));
  say_growth (&speaker);
  if (!study->has_year)
    return;
  say_share (&speaker);
  say_low_base (&speaker);
  say_peers (&speaker);
  say_long_run (&speaker);
  say_stability (&speaker);
  say_implied_base (&speaker);
}
