/* SPDX-License-Identifier: MIT
 *
 * Opens a socket: denied.
 */
#include <hansa/plugin.h>
#include <sys/socket.h>

static HansaStatus
run (HansaJob *job)
{
  (void)job;
  return socket (AF_INET, SOCK_STREAM, 0) >= 0 ? HANSA_OK : HANSA_ERROR;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("open-socket", "1.0.0"),
  .title = { "Menagerie: open-socket", "异常插件：open-socket" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "open-socket", "1.0.0")
