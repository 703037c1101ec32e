/* SPDX-License-Identifier: MIT
 *
 * Becomes another program: denied.
 */
#include <hansa/plugin.h>
#include <unistd.h>

static HansaStatus
run (HansaJob *job)
{
  char name[] = "true";
  char *argv[] = { name, NULL };

  (void)job;
  execv ("/bin/true", argv);
  return HANSA_ERROR;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("exec", "1.0.0"),
  .title = { "Menagerie: exec", "异常插件：exec" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "exec", "1.0.0")
