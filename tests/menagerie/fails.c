/* SPDX-License-Identifier: MIT
 *
 * Says that it cannot answer: error, with its own words.
 */
#include <hansa/plugin.h>

static HansaStatus
run (HansaJob *job)
{
  return hansa_fail (job, "No data for this year.", "该年份没有数据。");
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("fails", "1.0.0"),
  .title = { "Menagerie: fails", "异常插件：fails" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "fails", "1.0.0")
