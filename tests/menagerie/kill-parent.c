/* SPDX-License-Identifier: MIT
 *
 * Kills the host: denied.
 */
#include <hansa/plugin.h>
#include <signal.h>
#include <unistd.h>

static HansaStatus
run (HansaJob *job)
{
  (void)job;
  return kill (getppid (), SIGKILL) == 0 ? HANSA_OK : HANSA_ERROR;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("kill-parent", "1.0.0"),
  .title = { "Menagerie: kill-parent", "异常插件：kill-parent" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "kill-parent", "1.0.0")
