/* SPDX-License-Identifier: MIT
 *
 * Draws a column that its table does not have: bad-result.
 */
#include <hansa/plugin.h>

static HansaStatus
run (HansaJob *job)
{
  hansa_out_table (
      job, .id = "t", .title = { "Table", "表" },
      .columns = (const HansaOutColumn[]){ { "name", HANSA_TEXT, 0, NULL, { "Name", "名称" } } },
      .n_columns = 1);
  hansa_chart (job, .id = "c", .kind = HANSA_CHART_BAR, .title = { "Chart", "图" }, .table = "t",
               .x = "name", .y = "nowhere");
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("bad-result", "1.0.0"),
  .title = { "Menagerie: bad-result", "异常插件：bad-result" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "bad-result", "1.0.0")
