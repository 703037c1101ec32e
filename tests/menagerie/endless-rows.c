/* SPDX-License-Identifier: MIT
 *
 * Answers without end: bad-result, at the limit of a result's size.
 */
#include <hansa/plugin.h>

static HansaStatus
run (HansaJob *job)
{
  uint32_t table = hansa_out_table (
      job, .id = "t", .title = { "Table", "表" },
      .columns = (const HansaOutColumn[]){ { "x", HANSA_REAL, 0, "1", { "X", "值" } } },
      .n_columns = 1);

  for (;;)
    hansa_out_row (job, table, hansa_cell_missing ());
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("endless-rows", "1.0.0"),
  .title = { "Menagerie: endless-rows", "异常插件：endless-rows" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "endless-rows", "1.0.0")
