/* SPDX-License-Identifier: MIT
 *
 * Measures in a unit that nobody knows: bad-result.
 */
#include <hansa/plugin.h>

static HansaStatus
run (HansaJob *job)
{
  hansa_metric (job, .id = "n", .title = { "N", "数" }, .value = hansa_value (42),
                .unit = "furlongs");
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("unknown-unit", "1.0.0"),
  .title = { "Menagerie: unknown-unit", "异常插件：unknown-unit" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "unknown-unit", "1.0.0")
