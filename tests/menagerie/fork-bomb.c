/* SPDX-License-Identifier: MIT
 *
 * Multiplies: denied, at its first fork.
 */
#include <hansa/plugin.h>
#include <unistd.h>

static HansaStatus
run (HansaJob *job)
{
  (void)job;
  for (;;)
    fork ();
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("fork-bomb", "1.0.0"),
  .title = { "Menagerie: fork-bomb", "异常插件：fork-bomb" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "fork-bomb", "1.0.0")
