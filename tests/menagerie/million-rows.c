/* SPDX-License-Identifier: MIT
 *
 * A million rows of answer: ok, in reasonable time and memory.
 */
#include <hansa/plugin.h>
#include <stdio.h>

static HansaStatus
run (HansaJob *job)
{
  uint32_t table = hansa_out_table (
      job, .id = "rows", .title = { "Rows", "行" },
      .columns = (const HansaOutColumn[]){ { "name", HANSA_TEXT, 0, NULL, { "Name", "名称" } },
                                           { "i", HANSA_INTEGER, 0, "1", { "Number", "序号" } },
                                           { "x", HANSA_REAL, 2, "1", { "Value", "值" } } },
      .n_columns = 3);
  char name[32];

  for (int64_t i = 0; i < 1000000; i++)
    {
      snprintf (name, sizeof name, "row %lld", (long long)i);
      hansa_out_row (job, table, hansa_cell_text (name), hansa_cell_integer (i),
                     hansa_cell_real ((double)i / 3.0));
    }
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("million-rows", "1.0.0"),
  .title = { "Menagerie: million-rows", "异常插件：million-rows" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "million-rows", "1.0.0")
