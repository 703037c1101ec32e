/* SPDX-License-Identifier: MIT
 *
 * Answers infinity in a cell: bad-result.
 */
#include <hansa/plugin.h>

static HansaStatus
run (HansaJob *job)
{
  HansaCell cell = { HANSA_REAL, HANSA_DEFINED, { INFINITY } };
  uint32_t table = hansa_out_table (
      job, .id = "t", .title = { "Table", "表" },
      .columns = (const HansaOutColumn[]){ { "x", HANSA_REAL, 0, "1", { "X", "值" } } },
      .n_columns = 1);

  job->host->out_row (job, table, &cell, 1);
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("infinity-cell", "1.0.0"),
  .title = { "Menagerie: infinity-cell", "异常插件：infinity-cell" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "infinity-cell", "1.0.0")
