/* SPDX-License-Identifier: MIT
 *
 * Leaves in the middle: exited-early.
 */
#include <hansa/plugin.h>
#include <stdlib.h>

static HansaStatus
run (HansaJob *job)
{
  (void)job;
  exit (0);
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("exit-early", "1.0.0"),
  .title = { "Menagerie: exit-early", "异常插件：exit-early" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "exit-early", "1.0.0")
