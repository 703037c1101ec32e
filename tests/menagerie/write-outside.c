/* SPDX-License-Identifier: MIT
 *
 * Creates a file: denied.
 */
#include <fcntl.h>
#include <hansa/plugin.h>

static HansaStatus
run (HansaJob *job)
{
  (void)job;
  return open ("/tmp/hansa-menagerie-was-here", O_CREAT | O_WRONLY, 0600) >= 0 ? HANSA_OK
                                                                               : HANSA_ERROR;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("write-outside", "1.0.0"),
  .title = { "Menagerie: write-outside", "异常插件：write-outside" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "write-outside", "1.0.0")
