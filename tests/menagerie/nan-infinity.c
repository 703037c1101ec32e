/* SPDX-License-Identifier: MIT
 *
 * Answers NaN through the raw struct: bad-result.
 */
#include <hansa/plugin.h>

static HansaStatus
run (HansaJob *job)
{
  HansaMetric metric = { .struct_size = sizeof (HansaMetric),
                         .id = "nan",
                         .title = { "NaN", "非数" },
                         .value = { NAN, HANSA_DEFINED, 0 },
                         .unit = "1" };

  job->host->metric (job, &metric);
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("nan-infinity", "1.0.0"),
  .title = { "Menagerie: nan-infinity", "异常插件：nan-infinity" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "nan-infinity", "1.0.0")
