/* SPDX-License-Identifier: MIT
 *
 * Formula variants in words.
 */
#include "common/formulas.h"

#include <string.h>

typedef struct Formula
{
  const char *variant;
  HansaText words;
} Formula;

static const Formula formulas[] = {
  { "(value - base) / increase of the total",
    { "increase / increase of the total", "增量÷总体增量" } },
  { "(value - base) / total base", { "increase / base of the total", "增量÷总体基数" } },
  { "0-1", { "sum of squared shares", "各地区占比平方和" } },
  { "1/HHI", { "1 / Herfindahl index", "赫芬达尔指数的倒数" } },
  { "1/n", { "1 / number of regions", "1÷地区数" } },
  { "Anderson-Goodman", { "Anderson and Goodman", "Anderson—Goodman检验" } },
  { "CRk", { "share of the leading regions", "前若干位合计占比" } },
  { "GE(0)", { "generalised entropy, alpha 0", "广义熵指数，α取0" } },
  { "GE(1)", { "generalised entropy, alpha 1", "广义熵指数，α取1" } },
  { "GE(alpha), alpha as the parameter",
    { "generalised entropy, alpha as the parameter", "广义熵指数，α取参数值" } },
  { "MLE", { "maximum likelihood", "极大似然估计" } },
  { "Pearson", { "Pearson", "皮尔逊卡方检验" } },
  { "at most k", { "k or fewer", "k及以下" } },
  { "below k", { "fewer than k", "不足k" } },
  { "competition rank", { "equal values share the better rank", "数值相同取同一位次，以高者计" } },
  { "detected", { "read off the values", "由数据推断" } },
  { "epsilon as the parameter", { "epsilon as the parameter", "ε取参数值" } },
  { "exclusive", { "the number itself not included", "不含本数" } },
  { "first passage", { "expected first passage", "首达时间期望" } },
  { "geometric", { "geometric mean", "几何平均" } },
  { "gini/n/(n-1)", { "Gini with small-sample correction, n/(n-1)", "基尼系数，乘以n/(n-1)修正" } },
  { "gini/n2", { "mean difference / twice the mean, over n²", "平均差÷2倍均值（按n²平均）" } },
  { "gini/n2, of counts",
    { "mean difference / twice the mean, of numbers of ties", "友城数量的平均差÷2倍均值" } },
  { "gini/n2, per head",
    { "mean difference / twice the mean, weighted by population",
      "平均差÷2倍均值（按人口加权）" } },
  { "given", { "as given", "按给定值" } },
  { "inclusive", { "the number itself included", "含本数" } },
  { "interval", { "best and worst rank within rounding", "数据取整范围内的位次" } },
  { "leave one out", { "one region left out", "逐一剔除" } },
  { "listed / stated", { "listed / stated", "名录收录数÷报告总数" } },
  { "lower bound", { "lower bound", "下限" } },
  { "median", { "median", "中位数" } },
  { "money score 4 or 5, or frequency score 4 or 5 and active_count",
    { "score of money 4 or 5; or of frequency, with as many activities as an active tie",
      "金额得分4分以上，或频度得分4分以上且活动次数达到活跃标准" } },
  { "multinomial, exact", { "exact multinomial test", "多项分布精确检验" } },
  { "normalised", { "between 0 and 1 whatever the number of regions", "按地区数标准化至0至1" } },
  { "permutation, drawn", { "permutation test, drawn at random", "置换检验（随机抽取）" } },
  { "permutation, all arrangements", { "permutation test, all of them", "置换检验（穷举）" } },
  { "population", { "population standard deviation / mean", "总体标准差÷均值" } },
  { "ratio of sums", { "ratio of sums", "合计之比" } },
  { "ratio of sums, regions of known population",
    { "ratio of sums, regions of known population", "合计之比（仅含有人口数据的地区）" } },
  { "recorded / listed", { "recorded / listed", "有记录数÷名录收录数" } },
  { "rho, mid-ranks",
    { "Spearman, equal values at their middle rank", "斯皮尔曼秩相关（同值取平均秩）" } },
  { "row of the nation", { "from the row of the total", "取总体所在行" } },
  { "share that would have to move", { "share that would have to move", "达到均等须转移的比重" } },
  { "stationary", { "stationary distribution", "平稳分布" } },
  { "sum of regions", { "sum of the regions", "各地区合计" } },
  { "to the lowest first", { "to the region with fewest, one by one", "逐对增给数量最少的地区" } },
  { "trace", { "trace of the matrix of moves", "转移矩阵的迹" } },
  { "unweighted mean", { "mean without weights", "简单平均" } },
  { "value / (1 + growth printed to one decimal)",
    { "value / (1 + growth to one decimal)", "本期值÷（1＋保留一位小数的增速）" } },
  { "wilson interval", { "Wilson interval", "区间用威尔逊法" } },
  { "year on year", { "year on year", "同比" } },
};

HansaText
formula_words (const char *variant)
{
  for (size_t i = 0; variant != NULL && i < sizeof formulas / sizeof formulas[0]; i++)
    if (strcmp (formulas[i].variant, variant) == 0)
      return formulas[i].words;
  return (HansaText){ NULL, NULL };
}
