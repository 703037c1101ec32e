/* SPDX-License-Identifier: MIT
 *
 * The one that behaves, for company: ok. It uses every call, so that the tests
 * can see all parts of a result arrive.
 */
#include <hansa/plugin.h>

enum
{
  REGION,
  VALUE,
  YEAR,
  DAY
};

static const HansaColumn columns[] = {
  { "region", HANSA_TEXT, 0, NULL, { NULL, NULL } },
  { "value", HANSA_REAL, HANSA_NULLABLE, "USD", { "Value", "金额" } },
  { "year", HANSA_INTEGER, 0, "1", { NULL, NULL } },
  { "day", HANSA_DATE, HANSA_NULLABLE, NULL, { NULL, NULL } },
};

static const HansaInput inputs[] = {
  { "trade", columns, 4, 0, NULL },
  { "extra", columns, 2, HANSA_OPTIONAL, NULL },
};

static const HansaChoice choices[] = {
  { "sum", { "Sum", "合计" } },
  { "mean", { "Mean", "平均" } },
};

static const HansaParam params[] = {
  { .id = "how",
    .type = HANSA_CHOICE,
    .title = { "How", "方式" },
    .fallback = "sum",
    .choices = choices,
    .n_choices = 2 },
  { .id = "scale",
    .type = HANSA_REAL,
    .title = { "Scale", "倍数" },
    .fallback = "1",
    .minimum = 0.0,
    .maximum = 10.0 },
};

static const char *const tags[] = { "test", "example", NULL };

static HansaStatus
run (HansaJob *job)
{
  const HansaTable *trade = hansa_table (job, "trade");
  double sum = 0.0, scale = hansa_param_real (job, "scale");
  uint32_t table;

  hansa_progress (job, 0.5);
  hansa_log (job, "half of it is done");
  for (size_t row = 0; row < hansa_table_rows (trade); row++)
    sum += hansa_reals (trade, VALUE)[row] * scale;
  hansa_metric (job, .id = "sum", .title = { "Sum", "合计" }, .value = hansa_value (sum),
                .unit = "USD", .variant = hansa_param_text (job, "how"), .decimals = 2,
                .formula = { "sum of all", "合计" }, .low = hansa_value (sum - 1.0),
                .high = hansa_value (sum + 1.0), .level = 0.95, .table = "regions",
                .row = "Changsha", .input = "trade", .rows = (const uint64_t[]){ 0, 1 },
                .n_rows = trade->n_rows > 1 ? 2 : 0);
  hansa_metric (job, .id = "extra", .title = { "Extra rows", "附加行数" },
                .value = hansa_value ((double)hansa_table (job, "extra")->n_rows), .unit = "1");
  hansa_metric (job, .id = "random", .title = { "Random", "随机数" },
                .value = hansa_value (hansa_random (job)), .unit = "1", .decimals = 6);
  hansa_metric (job, .id = "none", .title = { "None", "无" },
                .value = hansa_undefined (HANSA_TOO_FEW), .unit = "1",
                .why = { "Nobody asked.", "无人询问。" });
  table = hansa_out_table (
      job, .id = "regions", .title = { "Regions", "地区" }, .note = { "A note.", "说明。" },
      .columns = (const HansaOutColumn[]){ { "name", HANSA_TEXT, 0, NULL, { "Name", "名称" } },
                                           { "value", HANSA_REAL, 1, "USD", { "Value", "值" } },
                                           { "year", HANSA_INTEGER, 0, "1", { "Year", "年份" } },
                                           { "day", HANSA_DATE, 0, NULL, { "Day", "日期" } },
                                           { "kind", HANSA_LABEL, 0, NULL, { "Kind", "类别" } } },
      .n_columns = 5);
  for (size_t row = 0; row < hansa_table_rows (trade); row++)
    hansa_out_row (job, table, hansa_cell_text (hansa_text_at (trade, REGION, row)),
                   hansa_cell_value (hansa_real_at (trade, VALUE, row)),
                   hansa_cell_integer (hansa_integers (trade, YEAR)[row]),
                   hansa_is_present (trade, DAY, row)
                       ? hansa_cell_date (hansa_dates (trade, DAY)[row])
                       : hansa_cell_missing (),
                   hansa_cell_label ("city", "城市"));
  hansa_chart (job, .id = "bars", .kind = HANSA_CHART_BAR, .flags = HANSA_SORT_DESCENDING,
               .title = { "Bars", "柱图" }, .table = "regions", .x = "name", .y = "value",
               .y_lines = (const char *const[]){ "sum", NULL });
  hansa_finding (job, .id = "total", .severity = HANSA_NOTABLE, .metric = "sum",
                 .text = { "{who} has {sum}.", "{who}共有{sum}。" },
                 .names = (const HansaName[]){ { "who", { "Everybody", "全部" } } }, .n_names = 1);
  hansa_note (job, HANSA_NOTE_METHOD, "Summed.", "求和。");
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("well-behaved", "1.0.0"),
  .title = { "Menagerie: well-behaved", "正常插件" },
  .summary = { "Sums a column.", "对一列求和。" },
  .licence = "MIT",
  .citation = "None",
  .tags = tags,
  .inputs = inputs,
  .n_inputs = 2,
  .params = params,
  .n_params = 2,
  .run = run,
};

HANSA_PLUGIN (plugin, "well-behaved", "1.0.0")
