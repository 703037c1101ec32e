/* SPDX-License-Identifier: MIT
 *
 * Looks into the host: denied.
 */
#include <hansa/plugin.h>
#include <sys/ptrace.h>
#include <unistd.h>

static HansaStatus
run (HansaJob *job)
{
  (void)job;
  return ptrace (PTRACE_ATTACH, getppid (), NULL, NULL) == 0 ? HANSA_OK : HANSA_ERROR;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("ptrace", "1.0.0"),
  .title = { "Menagerie: ptrace", "异常插件：ptrace" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "ptrace", "1.0.0")
