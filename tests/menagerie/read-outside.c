/* SPDX-License-Identifier: MIT
 *
 * Reads a file: it may ask, but gets nothing. ok, with a metric that says 0.
 */
#include <fcntl.h>
#include <hansa/plugin.h>

static HansaStatus
run (HansaJob *job)
{
  int fd = open ("/etc/passwd", O_RDONLY);

  hansa_metric (job, .id = "opened", .title = { "Opened", "已打开" },
                .value = hansa_value (fd >= 0 ? 1.0 : 0.0), .unit = "1");
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("read-outside", "1.0.0"),
  .title = { "Menagerie: read-outside", "异常插件：read-outside" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "read-outside", "1.0.0")
