/* SPDX-License-Identifier: MIT
 *
 * Never comes back and never looks: timed-out.
 */
#include <hansa/plugin.h>

static volatile int running = 1;

static HansaStatus
run (HansaJob *job)
{
  (void)job;
  while (running)
    ;
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("endless-loop", "1.0.0"),
  .title = { "Menagerie: endless-loop", "异常插件：endless-loop" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "endless-loop", "1.0.0")
