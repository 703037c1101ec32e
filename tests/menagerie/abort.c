/* SPDX-License-Identifier: MIT
 *
 * Gives up: crashed, SIGABRT.
 */
#include <hansa/plugin.h>
#include <stdlib.h>

static HansaStatus
run (HansaJob *job)
{
  (void)job;
  abort ();
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("abort", "1.0.0"),
  .title = { "Menagerie: abort", "异常插件：abort" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "abort", "1.0.0")
