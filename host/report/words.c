/* SPDX-License-Identifier: MIT
 *
 * Every fixed word of the report, in both languages.
 */
#include "report/report-private.h"

/* clang-format off */
static const HansaText words[HANSA_N_WORDS] = {
  [HANSA_WORD_LANGUAGE] = { "Language", "语言" },
  [HANSA_WORD_SYNTHETIC] = {
    "Illustrative data: made up to show how the analyses work. Not for citation.",
    "演示数据：系人工编制，仅用于说明分析方法，不反映实际情况，请勿引用。" },
  [HANSA_WORD_COLON] = { ": ", "：" },
  [HANSA_WORD_COMMA] = { ", ", "，" },
  [HANSA_WORD_SEMICOLON] = { "; ", "；" },
  [HANSA_WORD_STOP] = { ".", "。" },
  [HANSA_WORD_DATE] = { "Date", "报告日期" },
  [HANSA_WORD_DATASET] = { "Data", "数据" },
  [HANSA_WORD_MADE_WITH] = { "Produced with", "编制工具" },
  [HANSA_WORD_SUMMARY] = { "Main findings", "主要结论" },
  [HANSA_WORD_NO_FINDINGS] = { "The analyses stated no finding.", "各项分析均未形成结论。" },
  [HANSA_WORD_COUNT_OK] = { "Analyses: {0}. All of them ended well.",
                            "共进行 {0} 项分析，均正常完成。" },
  [HANSA_WORD_COUNT_FAILED] = { "Analyses: {0}. Not completed: {1}.",
                                "共进行 {0} 项分析，其中 {1} 项未能完成。" },
  [HANSA_WORD_FAILED_LIST] = { "Not completed, and without results in this report:",
                               "以下分析未能完成，本报告不含其结果：" },
  [HANSA_WORD_CONTENTS] = { "Contents", "目录" },
  [HANSA_WORD_ANNEX_SOURCES] = { "Annex 1. Data sources", "附录一　数据来源" },
  [HANSA_WORD_ANNEX_SOURCES_NOTE] = {
    "The sources of the data lines shown in this report.",
    "本报告所列原始数据行的出处如下。" },
  [HANSA_WORD_ANNEX_RECORD] = { "Annex 2. Record of the run", "附录二　运行记录" },
  [HANSA_WORD_ANNEX_RECORD_NOTE] = {
    "The run can be repeated from run.json in this folder and compared with this report.",
    "可依据本文件夹中的 run.json 重新运行，并与本报告逐项核对。" },
  [HANSA_WORD_VERSION] = { "Version", "版本" },
  [HANSA_WORD_COMMAND] = { "Command", "命令" },
  [HANSA_WORD_SEED] = { "Random seed", "随机种子" },
  [HANSA_WORD_ENGINE] = { "Data engine", "数据引擎" },
  [HANSA_WORD_GNUPLOT] = { "Charts drawn by", "绘图程序" },
  [HANSA_WORD_NONE] = { "not used", "未使用" },
  [HANSA_WORD_OTHER_FILES] = { "Other files", "其他文件" },

  [HANSA_WORD_FINDINGS] = { "Findings", "结论" },
  [HANSA_WORD_CONCERN] = { "Attention", "需关注" },
  [HANSA_WORD_NOTABLE] = { "Finding", "结论" },
  [HANSA_WORD_INFO] = { "Context", "背景" },
  [HANSA_WORD_NOT_ENDED] = { "This analysis was not completed", "本项分析未能完成" },
  [HANSA_WORD_OUTPUT] = { "Program output", "程序输出" },
  [HANSA_WORD_LOG] = { "Log", "运行日志" },
  [HANSA_WORD_WARNINGS] = { "Read with care", "注意事项" },
  [HANSA_WORD_CHARTS] = { "Charts", "图" },
  [HANSA_WORD_FIGURE] = { "Figure {0}", "图{0}" },
  [HANSA_WORD_PICTURE] = { "Picture (SVG)", "图片（SVG）" },
  [HANSA_WORD_SCRIPT] = { "Script (gnuplot)", "绘图脚本（gnuplot）" },
  [HANSA_WORD_NOT_DRAWN] = { "This chart was not drawn.", "此图未能绘制。" },
  [HANSA_WORD_CHART_PROBLEM] = { "On this chart:", "绘图提示：" },
  [HANSA_WORD_METHOD] = { "Method", "方法说明" },
  [HANSA_WORD_DROPPED] = { "Rows left out", "未纳入计算的数据行" },
  [HANSA_WORD_PARAMETERS] = { "Parameters", "参数" },
  [HANSA_WORD_PARAMETER] = { "Parameter", "参数" },
  [HANSA_WORD_VALUE] = { "Value", "数值" },
  [HANSA_WORD_ORIGIN] = { "Set by", "取值依据" },
  [HANSA_WORD_ORIGIN_DEFAULT] = { "default", "默认" },
  [HANSA_WORD_ORIGIN_DATASET] = { "the dataset", "数据集设定" },
  [HANSA_WORD_ORIGIN_SET] = { "this run", "本次指定" },
  [HANSA_WORD_UNSET] = { "not set", "未指定" },
  [HANSA_WORD_YES] = { "yes", "是" },
  [HANSA_WORD_NO] = { "no", "否" },
  [HANSA_WORD_INPUTS] = { "Data used", "所用数据" },
  [HANSA_WORD_INPUT_ROWS] = { "{0} rows", "共 {0} 行" },
  [HANSA_WORD_INPUT_FILE] = { "file {0}", "文件 {0}" },
  [HANSA_WORD_INPUT_NOT_READ] = { "not read", "未读取" },
  [HANSA_WORD_INPUT_QUERY] = { "Query", "查询语句" },
  [HANSA_WORD_COVERAGE] = { "Coverage: ", "数据覆盖：" },
  [HANSA_WORD_COVERAGE_SEE] = { "Coverage: see above", "数据覆盖：见前文" },
  [HANSA_WORD_PLUGIN] = { "Analysis program", "分析程序" },
  [HANSA_WORD_LICENCE] = { "licence", "许可证" },
  [HANSA_WORD_CITATION] = { "Method after", "方法依据" },
  [HANSA_WORD_LAYERS] = { "Sandbox layers that this machine lacks", "本机缺少的隔离措施" },

  [HANSA_WORD_METRICS] = { "Key figures", "主要指标" },
  [HANSA_WORD_METRIC] = { "Figure", "指标" },
  [HANSA_WORD_INTERVAL] = { "Interval", "区间" },
  [HANSA_WORD_INTERVAL_LEVEL] = { "{0} to {1} ({2}% level)", "{0} 至 {1}（置信水平 {2}%）" },
  [HANSA_WORD_INTERVAL_RANGE] = { "{0} to {1}", "{0} 至 {1}" },
  [HANSA_WORD_VARIANT] = { "Formula", "计算公式" },
  [HANSA_WORD_TABLES] = { "Tables", "数据表" },
  [HANSA_WORD_TABLE] = { "Table {0}", "表{0}" },
  [HANSA_WORD_TABLE_ROWS] = { "{0} rows", "共 {0} 行" },
  [HANSA_WORD_TABLE_CUT] = { "The first {0} of {1} rows are shown; all of them are in the file",
                             "此处列出前 {0} 行，共 {1} 行；完整数据见" },
  [HANSA_WORD_TABLE_PAPER] = { "Not printed for its length; it is in the electronic report and in {0}.",
                               "篇幅较长，未予打印，见电子版报告或文件 {0}。" },
  [HANSA_WORD_TABLE_EMPTY] = { "The table has no rows.", "此表没有数据行。" },
  [HANSA_WORD_MISSING_NOTE] = { "“—”: no data.", "“—”表示无数据。" },

  [HANSA_WORD_TRACES] = { "Where these numbers come from", "指标数据来源" },
  [HANSA_WORD_TRACES_PAPER] = { "The data lines themselves are in the electronic report.",
                                "原始数据行见电子版报告。" },
  [HANSA_WORD_TRACE] = { "Source", "来源" },
  [HANSA_WORD_TRACE_RESULT] = { "Result: ", "计算结果：" },
  [HANSA_WORD_TRACE_ROW] = { "row “{0}”", "“{0}”行" },
  [HANSA_WORD_TRACE_ROW_BEYOND] = { "row “{0}” (line {1} of the CSV file)",
                                    "“{0}”行（CSV 文件第 {1} 行）" },
  [HANSA_WORD_TRACE_INPUT] = { "Data: ", "依据数据：" },
  [HANSA_WORD_TRACE_ALL] = { "all {0} rows", "全部 {0} 行" },
  [HANSA_WORD_TRACE_SOME] = { "{0} of {1} rows", "{1} 行中的 {0} 行" },
  [HANSA_WORD_TRACE_FILE] = { "file {0}", "文件 {0}" },
  [HANSA_WORD_TRACE_LINES] = { "line no. {0}", "第 {0} 行" },
  [HANSA_WORD_TRACE_LINES_MORE] = { "line no. {0} and others, {1} in all",
                                    "第 {0} 等行，共 {1} 行" },
  [HANSA_WORD_TRACE_SAME] = { "The same data lines as for", "所用原始数据行同" },
  [HANSA_WORD_TRACE_NO_LINES] = { "made by a query, without line numbers; rows as the analysis "
                                  "received them:",
                                  "由查询语句生成，无文件行号；分析程序收到的数据行如下：" },
  [HANSA_WORD_TRACE_NONE] = { "The analysis does not say which data rows this number rests on; see "
                              "the data used.",
                              "分析程序未注明此数所依据的数据行，可参见“所用数据”。" },
  [HANSA_WORD_TRACE_LINE] = { "Line", "行号" },
  [HANSA_WORD_TRACE_MORE] = { "{0} more rows are not shown.", "其余 {0} 行从略。" },
  [HANSA_WORD_TRACE_SOURCES] = { "Sources: ", "出处：" },
  [HANSA_WORD_TRACE_UNKNOWN_SOURCE] = { "not in the list of sources", "未列入资料来源表" },
};
/* clang-format on */

HansaText
hansa_word (HansaWord word)
{
  return words[word];
}

char *
hansa_word_fill (HansaWord word, HansaLanguage language, const HansaText *args, guint n_args)
{
  GString *filled = g_string_new (NULL);

  for (const char *p = hansa_text_in (words[word], language); *p != '\0'; p++)
    if (p[0] == '{' && g_ascii_isdigit (p[1]) && p[2] == '}' && (guint)(p[1] - '0') < n_args)
      {
        g_string_append (filled, hansa_text_in (args[p[1] - '0'], language));
        p += 2;
      }
    else
      g_string_append_c (filled, *p);
  return g_string_free (filled, FALSE);
}
