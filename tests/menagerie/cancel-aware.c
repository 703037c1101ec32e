/* SPDX-License-Identifier: MIT
 *
 * Works until it is asked to stop, and stops: cancelled, not killed.
 */
#include <hansa/plugin.h>
#include <time.h>

static HansaStatus
run (HansaJob *job)
{
  while (!hansa_is_cancelled (job))
    {
      struct timespec pause = { 0, 1000000 };

      nanosleep (&pause, NULL);
    }
  return HANSA_CANCELLED;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("cancel-aware", "1.0.0"),
  .title = { "Menagerie: cancel-aware", "异常插件：cancel-aware" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "cancel-aware", "1.0.0")
