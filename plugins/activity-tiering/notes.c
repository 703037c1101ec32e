/* SPDX-License-Identifier: MIT
 *
 * How it was computed, what to be careful about, and what was left out.
 */
#include "tiering.h"

static void
note (Tiering *t, HansaNoteKind kind, const char *en, const char *zh)
{
  hansa_note (t->job, kind, en, zh);
}

/* Number and words, where the number is not zero. */
static void
counted (Tiering *t, HansaNoteKind kind, uint64_t number, const char *en, const char *zh)
{
  Pair text = { 0 };

  if (number == 0)
    return;
  pair_number (&text, number);
  pair_add (&text, en, zh);
  t->no_memory = !pair_note (&text, t->job, kind) || t->no_memory;
}

static void
note_rule (Tiering *t)
{
  const Options *o = &t->options;
  Pair text = { 0 };

  pair_add (&text, "Active: at least ", "活跃：基准日前");
  pair_add (&text, "", ""); /* the order of the numbers differs by language */
  Pair count = { 0 }, active = { 0 }, dormant = { 0 };
  pair_number (&count, o->active_count);
  pair_number (&active, (uint64_t)o->active_months);
  pair_number (&dormant, (uint64_t)o->dormant_months);
  pair_add (&text, pair_text (&count).en, pair_text (&active).zh);
  pair_add (&text, " activities in the ", "个月内至少有");
  pair_add (&text, pair_text (&active).en, pair_text (&count).zh);
  pair_add (&text, " months up to the day looked from. Dormant: no activity in ", "次活动；休眠：");
  pair_add (&text, pair_text (&dormant).en, pair_text (&dormant).zh);
  pair_add (
      &text,
      " months, the founding of the tie counting as one. Unstable: all others. Months are "
      "counted on the calendar; the day itself is in, the first day of the window is not. "
      "Ties without any activity stay in.",
      "个月内没有活动（结好视为一次往来）；不稳定：其余。月数按日历推算，含基准日，不含起始日。"
      "没有活动的友城一律计入。");
  t->no_memory
      = t->no_memory || pair_failed (&count) || pair_failed (&active) || pair_failed (&dormant);
  t->no_memory = !pair_note (&text, t->job, HANSA_NOTE_METHOD) || t->no_memory;
  pair_clear (&count);
  pair_clear (&active);
  pair_clear (&dormant);
}

static void
notes_method (Tiering *t)
{
  HansaNoteKind kind = HANSA_NOTE_METHOD;

  note_rule (t);
  if (t->options.as_of_text[0] == '\0')
    note (t, kind, "The day looked from was not set; it is that of the last activity on record.",
          "未设定基准日，取最后一次活动的日期。");
  note (t, kind,
        "Scores of recency, frequency and money (Hughes 1994): one plus five times the share of "
        "ties that are beaten, rounded down; equal ties have equal scores, so units do not "
        "matter. Frequency and money are of the whole record up to the day.",
        "近度、频度、金额得分（Hughes "
        "1994）：被超过的友城占比乘以5后向下取整再加1，相同者同分，与计量单位"
        "无关；频度和金额按基准日以前的全部记录计算。");
  note (
      t, kind,
      "Moves between tiers: maximum likelihood with standard errors, all years together, and "
      "the chi-square test of equal moves in all years (Anderson & Goodman 1957); mobility by "
      "the trace (Shorrocks 1978); years to dormancy by first passage (Kemeny & Snell 1960).",
      "层级转移概率采用极大似然估计并给出标准误，各年合并，并作各年同质性卡方检验（Anderson和Goodma"
      "n "
      "1957）；流动指数按迹计算（Shorrocks 1978）；转入休眠的预期年数按首达时间计算（Kemeny和Snell "
      "1960）。");
}

static void
warn_record (Tiering *t)
{
  HansaNoteKind kind = HANSA_NOTE_WARNING;

  if (t->n_ties > 0 && 2 * t->recorded < t->n_ties)
    counted (t, kind, t->n_ties - t->recorded,
             " ties have no activity on record. Here dormancy may be a lack of records; the tiers "
             "cannot show which ties are dormant, and the test of thirds and the moves between "
             "years are to be read accordingly.",
             "对友城没有活动记录，此处的休眠可能只是资料缺失，不能据以判断友城是否休眠；三等分检验"
             "和逐年转移"
             "结果亦须据此理解。");
  counted (t, kind, t->undated,
           " ties have neither a date of founding nor an activity; they count as dormant for lack "
           "of anything else.",
           "对友城既无结好日期又无活动记录，暂按休眠计。");
  if (t->contradicted)
    note (t, kind, "The table of stated figures gives different totals; the coverage is left open.",
          "报告数字表所给总数不一致，覆盖率不予计算。");
  counted (t, kind, t->dropped.unknown_region,
           " ties name a region that the table of regions does not have; they are counted, "
           "without a name and a zone.",
           "对友城所属地区不在地区表中，仍予计入，但无地区名称和板块。");
  if (t->n_ties > 0 && !t->status_known)
    note (t, kind, "The register does not say which ties are confirmed; all of it is counted.",
          "名录未注明友城是否已确认，全部计入。");
  if (t->n_ties > 0 && t->n_activities > 0 && !t->any_value)
    note (t, kind, "No activity has a value: every tie has the lowest score of money.",
          "活动均无金额，各友城金额得分均为最低。");
}

static void
warn_history (Tiering *t)
{
  const History *h = &t->history;
  HansaNoteKind kind = HANSA_NOTE_WARNING;

  if (t->n_ties > 0 && t->n_ties < 15)
    note (t, kind,
          "Fewer than fifteen ties: an expected third is below five, so read the exact "
          "test, not chi-square.",
          "友城不足15对，三等分期望数小于5，应看精确检验而非卡方检验。");
  if (h->too_early)
    note (t, kind,
          "The first years look back beyond the first activity on record; ties seem "
          "dormant there.",
          "起始各年的考察期早于最早的活动记录，友城可能显得休眠。");
  for (size_t i = 0; i < N_TIERS && h->moves > 0; i++)
    {
      Pair text = { 0 };
      if (!h->empty[i] && !h->absorbing[i])
        continue;
      pair_add (&text, "Tier ", "“");
      pair_add (&text, tier_names[i].en, tier_names[i].zh);
      if (h->empty[i])
        pair_add (&text,
                  ": no tie was in it in any year but the last, so nothing is known of its "
                  "moves.",
                  "”层级在最后一年以前从未有友城，其转移概率无从得知。");
      else
        pair_add (&text, ": no tie that was in it has left it (an absorbing state).",
                  "”层级的友城从未转出（吸收态）。");
      t->no_memory = !pair_note (&text, t->job, kind) || t->no_memory;
    }
  if (hansa_is_defined (h->homogeneity.p_value)
      && h->homogeneity.p_value.number <= 1.0 - t->options.confidence)
    note (t, kind,
          "The moves differ from year to year more than chance would have it: expected "
          "years and long-run shares are averages of unlike years.",
          "各年转移概率差异显著，预期年数和长期占比只是不同年份的平均。");
}

static void
notes_dropped (Tiering *t)
{
  const Dropped *d = &t->dropped;
  HansaNoteKind kind = HANSA_NOTE_DROPPED;

  counted (t, kind, d->no_tie, " activities name no tie and are left out.",
           "项活动未注明所属友城，未计入。");
  counted (t, kind, d->unknown_tie, " activities name a tie that is not in the register.",
           "项活动所属友城不在名录中，未计入。");
  counted (t, kind, d->other_tie, " activities belong to ties that are left out themselves.",
           "项活动所属友城未计入，活动随之不计。");
  counted (t, kind, d->future, " activities lie after the day looked from.",
           "项活动在基准日之后，未计入。");
  counted (t, kind, d->skipped, " activities are of the kind left out.",
           "项活动属不计的类型，未计入。");
  counted (t, kind, d->later, " ties signed after the date of the register are left out.",
           "对友城系名录基准日之后签约，未计入。");
  counted (t, kind, d->after, " ties were founded after the day looked from and are left out.",
           "对友城在基准日之后结好，未计入。");
  counted (t, kind, d->unconfirmed, " unconfirmed ties are left out, as asked.",
           "对待核实友城按参数未计入。");
  counted (t, kind, d->bad_status, " ties have a status that is not known here and are left out.",
           "对友城的状态代码无法识别，未计入。");
  counted (t, kind, d->repeated_ties,
           " rows repeat the id of a tie; the first in order of text is kept.",
           "行友城编号重复，按文本排序保留首行。");
}

void
tiering_notes (Tiering *t)
{
  notes_method (t);
  warn_record (t);
  warn_history (t);
  notes_dropped (t);
}
