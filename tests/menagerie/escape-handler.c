/* SPDX-License-Identifier: MIT
 *
 * Puts its own handler where denied calls are reported: denied.
 */
#include <hansa/plugin.h>
#include <signal.h>
#include <sys/socket.h>

static HansaStatus
run (HansaJob *job)
{
  (void)job;
  signal (SIGSYS, SIG_IGN);
  return socket (AF_INET, SOCK_STREAM, 0) >= 0 ? HANSA_OK : HANSA_ERROR;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("escape-handler", "1.0.0"),
  .title = { "Menagerie: escape-handler", "异常插件：escape-handler" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "escape-handler", "1.0.0")
