/* SPDX-License-Identifier: MIT
 *
 * Says a number in words: bad-result.
 */
#include <hansa/plugin.h>

static HansaStatus
run (HansaJob *job)
{
  hansa_metric (job, .id = "n", .title = { "N", "数" }, .value = hansa_value (42), .unit = "1");
  hansa_finding (job, .id = "f", .severity = HANSA_NOTABLE, .metric = "n",
                 .text = { "There are 42 of {n}.", "共有 42 个（{n}）。" });
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("digit-in-finding", "1.0.0"),
  .title = { "Menagerie: digit-in-finding", "异常插件：digit-in-finding" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "digit-in-finding", "1.0.0")
