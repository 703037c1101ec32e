/* SPDX-License-Identifier: MIT
 *
 * Floods stdout and stderr, then ends well: ok, and the output is capped.
 */
#include <hansa/plugin.h>
#include <stdio.h>

static HansaStatus
run (HansaJob *job)
{
  hansa_metric (job, .id = "lines", .title = { "Lines", "行数" }, .value = hansa_value (100000),
                .unit = "1");
  for (int i = 0; i < 100000; i++)
    fprintf (i % 2 == 0 ? stdout : stderr, "line %d of what nobody asked for\n", i);
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("write-stdout", "1.0.0"),
  .title = { "Menagerie: write-stdout", "异常插件：write-stdout" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "write-stdout", "1.0.0")
