/* SPDX-License-Identifier: MIT
 *
 * Writes through a bad pointer: crashed, SIGSEGV.
 */
#include <hansa/plugin.h>

static HansaStatus
run (HansaJob *job)
{
  (void)job;
  *(volatile int *)(uintptr_t)16 = 1;
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("segfault", "1.0.0"),
  .title = { "Menagerie: segfault", "异常插件：segfault" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "segfault", "1.0.0")
