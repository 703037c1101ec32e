/* SPDX-License-Identifier: MIT
 *
 * Hands in a struct with a member that this host does not know: bad-result.
 */
#include <hansa/plugin.h>

static HansaStatus
run (HansaJob *job)
{
  struct
  {
    HansaMetric metric;
    uint64_t later;
  } given = { { .struct_size = sizeof given,
                .id = "m",
                .title = { "M", "指标" },
                .value = { 1.0, HANSA_DEFINED, 0 },
                .unit = "1",
                .low = { 0.0, HANSA_NO_DATA, 0 },
                .high = { 0.0, HANSA_NO_DATA, 0 } },
              0 };

  job->host->metric (job, &given.metric); /* the tail is zero: taken */
  given.metric.id = "n";
  given.later = 1;
  job->host->metric (job, &given.metric);
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("newer-struct", "1.0.0"),
  .title = { "Menagerie: newer-struct", "异常插件：newer-struct" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "newer-struct", "1.0.0")
