/* SPDX-License-Identifier: MIT
 *
 * Creates a file while it is loaded: denied, before it is described.
 */
#include <fcntl.h>
#include <hansa/plugin.h>

__attribute__ ((constructor)) static void
write_outside (void)
{
  (void)!open ("/tmp/hansa-menagerie-was-here", O_CREAT | O_WRONLY, 0600);
}

static HansaStatus
run (HansaJob *job)
{
  (void)job;
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("constructor-writes", "1.0.0"),
  .title = { "Menagerie: constructor-writes", "异常插件：constructor-writes" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "constructor-writes", "1.0.0")
