/* SPDX-License-Identifier: MIT
 *
 * How it was computed, what to be careful about, and what was left out.
 */
#include "balance.h"

static void
note (Balance *b, HansaNoteKind kind, const char *en, const char *zh)
{
  hansa_note (b->job, kind, en, zh);
}

/* "en before" number "en after", where the number is not zero. */
static void
counted (Balance *b, HansaNoteKind kind, uint64_t number, HansaText before, HansaText after)
{
  Pair text = { 0 };

  if (number == 0)
    return;
  pair_add (&text, before.en, before.zh);
  pair_number (&text, number);
  pair_add (&text, after.en, after.zh);
  b->no_memory = !pair_note (&text, b->job, kind) || b->no_memory;
}

static void
notes_method (Balance *b)
{
  const Measures *m = &b->m;
  HansaNoteKind kind = HANSA_NOTE_METHOD;

  note (b, kind,
        b->options.weighted
            ? "Indices are of ties per head, weighted by population; Herfindahl-Hirschman, the "
              "leading share and the what-if are of numbers of ties."
            : "Indices are of numbers of ties, every region counting the same; regions without a "
              "tie stay in with zero.",
        b->options.weighted ? "各项指数按人均友城数计算并以人口加权；赫芬达尔指数、居前地区占比和新"
                              "增测算按友城数量计算。"
                            : "各项指数按友城数量计算，每个地区权重相同；没有友城的地区按零计入。");
  note (
      b, kind,
      "Gini: half the mean difference over the mean, divisor n squared (Gini 1914), with the "
      "correction n/(n-1) beside it. Theil T (Theil 1967) and GE(alpha) are split into parts "
      "inside and between zones (Shorrocks 1980).",
      "基尼系数以n²为除数（Gini 1914），并列出n/(n-1)校正值；泰尔T指数（Theil 1967）和广义熵指数按"
      "Shorrocks（1980）分解为板块内部和板块之间两部分。");
  if (hansa_is_defined (m->gini_low))
    counted (b, kind, m->replicates,
             m->boot_percentile
                 ? (HansaText){ "Interval of the Gini: percentile bootstrap (Davison & Hinkley "
                                "1997), ",
                                "基尼系数区间采用百分位自助法（Davison和Hinkley 1997），" }
                 : (HansaText){ "Interval of the Gini: BCa bootstrap (Efron 1987), ",
                                "基尼系数区间采用BCa自助法（Efron 1987），" },
             m->boot_exact
                 ? (HansaText){ " resamples, which are all that there are. The regions "
                                "are all there are, too: read it as how far the figure "
                                "hangs on single regions.",
                                "个重抽样本（已穷举）。各地区并非抽样所得，区间反映的是结果对个别"
                                "地区的依赖程度。" }
                 : (HansaText){ " resamples drawn from the seed of the run. The regions "
                                "are no sample: read it as how far the figure hangs on "
                                "single regions.",
                                "次重抽样，随机数由本次运行的种子产生。各地区并非抽样所得，区间反映"
                                "的是结果对个别地区的依赖程度。" });
  if (hansa_is_defined (m->between_p))
    counted (b, kind, m->arrangements,
             (HansaText){ "Permutation test of the share between zones: ",
                          "板块之间差异占比的置换检验：" },
             m->permutation_exact
                 ? (HansaText){ " arrangements of the zones over the regions, all of them.",
                                "种板块排列（已穷举）。" }
                 : (HansaText){ " arrangements of the zones over the regions, drawn at random "
                                "(Davison & Hinkley 1997).",
                                "种随机板块排列（Davison和Hinkley 1997）。" });
  if (b->options.with_counties)
    note (b, kind, "Ties of lower levels count for the region that they lie in.",
          "下级友城并入所属地区计数。");
}

static void
warn_data (Balance *b)
{
  HansaNoteKind kind = HANSA_NOTE_WARNING;

  if (b->n_units > 0 && b->n_units < 10)
    note (b, kind, "Fewer than ten regions: indices move much with one tie more or less.",
          "参与比较的地区不足10个，增减一对友城即可使指数明显变动。");
  if (b->none > 0 && b->ties > 0)
    counted (b, kind, b->none, (HansaText){ "", "" },
             (HansaText){
                 " of the regions compared have no tie in the register. This may be a gap "
                 "of the list; Theil L has no value, and Atkinson's index is one when its "
                 "parameter is one or more.",
                 "个参与比较的地区在名录中没有友城，可能是名录缺漏；此时泰尔L指数无法计算，阿特金森"
                 "指数在参数取1及以上时为1。" });
  for (size_t i = 0; i <= N_LEVELS; i++)
    if (b->coverage[i].contradicted)
      {
        note (b, kind,
              "The table of stated figures gives different totals for one indicator; "
              "the coverage is left open.",
              "报告数字表对同一指标给出不同总数，覆盖率不予计算。");
        break;
      }
  if (!b->status_known && b->ties > 0)
    note (b, kind, "The register does not say which ties are confirmed; all of it is counted.",
          "名录未注明友城是否已确认，全部计入。");
}

static void
warn_measures (Balance *b)
{
  const Measures *m = &b->m;
  HansaNoteKind kind = HANSA_NOTE_WARNING;

  if (m->tied > 0 && b->ties > 0)
    counted (b, kind, m->tied, (HansaText){ "", "" },
             (HansaText){ " more region(s) have as many ties as the last of the leading ones, so "
                          "that place is not given a name.",
                          "个地区与居前末位数量相同，故该位次不列名称。" });
  if (b->n_population > 0 && b->n_population < b->n_units)
    counted (b, kind, b->n_units - b->n_population, (HansaText){ "The population of ", "有" },
             (HansaText){ " of the regions is not known; ties per million leave them out.",
                          "个地区人口无数据，每百万人友城数不含这些地区。" });
  counted (b, kind, m->undefined_replicates, (HansaText){ "", "有" },
           (HansaText){ " resamples had no tie at all and no Gini; they are left out of the "
                        "interval.",
                        "个重抽样本全为零，无基尼系数，未计入区间。" });
  if (hansa_is_defined (m->gini) && !hansa_is_defined (m->gini_low))
    note (b, kind, "The Gini has no bootstrap interval: the resamples do not spread around it.",
          "重抽样结果未分布于估计值两侧，基尼系数不给出区间。");
  if (b->options.weighted && b->gate != HANSA_DEFINED)
    note (b, kind, "Indices per head need the population of every region, and one is missing.",
          "按人口加权须有全部地区的人口数据，现有缺失，各项指数不予计算。");
}

static void
notes_dropped (Balance *b)
{
  const Dropped *d = &b->dropped;
  const struct
  {
    uint64_t n;
    HansaText after;
  } lines[] = {
    { d->other_level,
      { " ties of other levels are not in the distribution over regions; they count for the "
        "coverage only.",
        "对其他层级友城不计入地区分布，仅计入覆盖率。" } },
    { d->later,
      { " ties signed after the date of the register are left out.",
        "对友城系名录基准日之后签约，未计入。" } },
    { d->unconfirmed,
      { " unconfirmed ties are left out, as asked.", "对待核实友城按参数未计入。" } },
    { d->bad_status,
      { " ties have a status that is not known here and are left out.",
        "对友城的状态代码无法识别，未计入。" } },
    { d->unknown_region,
      { " ties name a region that the table of regions does not have and are left out.",
        "对友城所属地区不在地区表中，未计入。" } },
    { d->outside,
      { " ties lie outside the area and are left out.", "对友城不在所比较的地区之内，未计入。" } },
    { d->repeated_ties,
      { " rows repeat the id of a tie; the first in order of text is kept.",
        "行友城编号重复，按文本排序保留首行。" } },
    { d->repeated_regions,
      { " rows repeat the code of a region; the first in order of text is kept.",
        "行地区代码重复，按文本排序保留首行。" } },
    { d->conflicting_economy,
      { " rows repeat a region and year; where the figures differ, none is taken.",
        "行地区和年份重复，数值不一致的均不采用。" } },
  };

  for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
    counted (b, HANSA_NOTE_DROPPED, lines[i].n, (HansaText){ "", "" }, lines[i].after);
}

void
balance_notes (Balance *b)
{
  notes_method (b);
  warn_data (b);
  warn_measures (b);
  notes_dropped (b);
}
