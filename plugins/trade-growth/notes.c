/* SPDX-License-Identifier: MIT
 *
 * What a reader must know: method, warnings, rows left out.
 */
#include "study.h"

#include <hansa/stats.h>

/* Names are listed up to here. */
static const size_t n_names = 12;

typedef struct Note
{
  Text en, zh;
} Note;

static Note
begin (Study *study)
{
  Memory *memory = &study->panel.memory;
  return (Note){ { .memory = memory }, { .memory = memory } };
}

static void
add (Note *note, const char *en, const char *zh)
{
  text_add (&note->en, en);
  text_add (&note->zh, zh);
}

static void
add_text (Note *note, HansaText text)
{
  add (note, text.en, text.zh);
}

static void
add_number (Note *note, int64_t number)
{
  text_add_integer (&note->en, number);
  text_add_integer (&note->zh, number);
}

static void
give (Study *study, HansaNoteKind kind, const Note *note)
{
  if (study->panel.memory.failed)
    return; /* half a note is none */
  hansa_note (study->job, kind, text_of (&note->en), text_of (&note->zh));
}

static void
add_period (const Study *study, Note *note)
{
  if (study->months == 12)
    add (note, ", whole years", "，全年数据");
  else if (study->months == 1)
    add (note, ", January", "，一月数据");
  else
    {
      add (note, ", January to month ", "，1—");
      add_number (note, study->months);
      add (note, "", "月累计数据");
    }
}

static void
note_method (Study *study)
{
  Note note = begin (study);

  add (&note,
       "Growth is the value of a period over that of the same months of the year before, less one, "
       "on one statistical basis: ",
       "同比增速＝本期进出口总额÷上年同期进出口总额－1，口径为");
  add_text (&note, trade_basis_title (study->basis));
  add_period (study, &note);
  add (
      &note,
      ". Money is in US dollars at current prices, so growth includes changes of prices and of the "
      "exchange rate. Ranks are competition ranks of regions that have a rate; rates that differ "
      "by less than a billionth of themselves tie. Totals are summed before growth is taken. ",
      "；金额为按现价计算的美元，增速包含价格和汇率变动。位次只在能够计算增速的地区之间排列，"
      "并列者同名次，后续名次顺延；相对差小于十亿分之一视为并列。板块等合计增速先汇总、后计算。");
  if (study->nation != NONE)
    {
      add (&note, "The total is the row of ", "总体采用");
      add_text (&note, study->panel.regions[study->nation].name);
      add (&note, ".", "一行的数据。");
    }
  else
    add (&note,
         "No row was named as the total, so the total is the sum of the regions ranked that have "
         "both years.",
         "未指定总体（参数 nation），以两年数据齐全的参评地区合计作为总体。");
  give (study, HANSA_NOTE_METHOD, &note);
}

/* Whether a region has no rate for this reason. */
static bool
lacks_rate (const Line *line, bool missing)
{
  return !hansa_is_defined (line->growth)
         && (line->growth.reason == HANSA_MISSING_INPUT) == missing;
}

static void
note_without_rate (Study *study, bool missing)
{
  size_t n = 0;
  Note note = begin (study);

  for (size_t i = 0; i < study->n_members; i++)
    n += lacks_rate (&study->now.lines[i], missing);
  if (n == 0 || !study->has_year)
    return;
  if (missing)
    add (&note, "Without a figure for one year or both, and not ranked (",
         "缺少一年或两年数据、未参评的地区（");
  else
    add (&note, "With a base that is not above zero, so without a rate, and not ranked (",
         "基数不大于零、无法计算增速且未参评的地区（");
  add_number (&note, (int64_t)n);
  add (&note, "): ", "个）：");
  for (size_t i = 0, named = 0; i < study->n_members && named < n_names; i++)
    if (lacks_rate (&study->now.lines[i], missing))
      {
        add (&note, named > 0 ? ", " : "", named > 0 ? "、" : "");
        named++;
        add_text (&note, study_member (study, i)->name);
      }
  add (&note, n > n_names ? ", and others." : ".", n > n_names ? "等。" : "。");
  give (study, HANSA_NOTE_WARNING, &note);
}

/* The national figure against the sum of its parts: another vintage, or trade
 * that belongs to no region. */
static void
note_coverage (Study *study)
{
  const Line *total = &study->now.total;
  HansaValue now = measure_share (measure_sum (study, &study->now, false), total->value);
  HansaValue before = measure_share (measure_sum (study, &study->now, true), total->base);

  if (study->nation == NONE || !hansa_is_defined (now) || !hansa_is_defined (before))
    return;
  if (fabs (now.number - 1.0) < 0.001 && fabs (before.number - 1.0) < 0.001)
    return;
  hansa_note (
      study->job, HANSA_NOTE_WARNING,
      "The figures of the regions do not add up to the total: regions are missing, or the "
      "two are of different vintages or definitions. See the metric coverage; shares and "
      "contributions are of the total as it is given.",
      "各地区之和与总体不一致：可能有地区缺数，或两者版本、口径不同（见指标“各地区合计占总体"
      "比重”）。占比和贡献率均按所给总体计算。");
}

static void
note_rounding (Study *study)
{
  bool given = hansa_param_is_set (study->job, "precision");
  double bases[] = { study->half_base, study->half_value };

  if (given || fmax (bases[0], bases[1]) < 1e6 / 2.0)
    return;
  Note note = begin (study);
  add (&note, "The values look rounded to ", "数据疑似按");
  add_number (&note, (int64_t)(2.0 * fmax (bases[0], bases[1])));
  add (&note, " USD", "美元取整");
  if (bases[0] < bases[1] || bases[0] > bases[1])
    add (&note, ", but not to the same unit in both years: they may be of different vintages",
         "，且两年取整单位不同，可能来自不同版本");
  add (&note, ". The intervals of growth and rank allow for it.",
       "；增速和位次的区间已计入取整误差。");
  give (study, HANSA_NOTE_WARNING, &note);
}

static void
note_few (Study *study)
{
  if (study->now.n_ranked > 0 && study->now.n_ranked < 5)
    hansa_note (study->job, HANSA_NOTE_WARNING,
                "Fewer than five regions are ranked: a rank among so few says little.",
                "参评地区不足五个，位次的参考意义有限。");
}

/* Nothing matched: which rows there are, to choose the right parameters. */
static void
note_nothing (Study *study)
{
  Note note = begin (study);
  bool any = false;

  if (study->series.n_entries > 0)
    return;
  add (&note, "No row of the table trade has the basis and the months asked for. ",
       "对外贸易表（trade）中没有所选口径和累计月份的数据。");
  for (size_t i = 0; i < n_trade_bases; i++)
    for (int64_t months = 12; months >= 1; months--)
      {
        Series series;
        const char *repeated;
        size_t n_missing;
        if (!panel_series (&study->panel, trade_bases[i].id, months, &series, &n_missing, &repeated)
            || series.n_entries == 0)
          continue;
        add (&note, any ? "; " : "There is: ", any ? "；" : "现有：");
        add (&note, trade_bases[i].id, trade_bases[i].id);
        add (&note, ", months ", "，累计月数 ");
        add_number (&note, months);
        any = true;
      }
  add (&note, any ? "." : "", any ? "。" : "");
  give (study, HANSA_NOTE_WARNING, &note);
}

static void
note_dropped (Study *study)
{
  Note unlisted = begin (study), missing = begin (study);

  if (study->panel.n_unlisted > 0)
    {
      add (&unlisted, "Rows of regions that the table region does not list, such as ",
           "地区表（region）中没有的地区（如");
      add (&unlisted, study->panel.unlisted, study->panel.unlisted);
      add (&unlisted, ": ", "）的数据：");
      add_number (&unlisted, (int64_t)study->panel.n_unlisted);
      add (&unlisted, ".", " 行。");
      give (study, HANSA_NOTE_DROPPED, &unlisted);
    }
  if (study->n_missing > 0)
    {
      add (&missing,
           "Rows without a value or with a year that is none: ", "数值缺失或年份无效的数据：");
      add_number (&missing, (int64_t)study->n_missing);
      add (&missing, ".", " 行。");
      give (study, HANSA_NOTE_DROPPED, &missing);
    }
}

void
answer_notes (Study *study)
{
  note_method (study);
  note_nothing (study);
  note_without_rate (study, true);
  note_without_rate (study, false);
  note_coverage (study);
  note_rounding (study);
  note_few (study);
  note_dropped (study);
}
