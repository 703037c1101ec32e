/* SPDX-License-Identifier: MIT
 *
 * Answers bytes that are no text: bad-result.
 */
#include <hansa/plugin.h>

static HansaStatus
run (HansaJob *job)
{
  hansa_note (job, HANSA_NOTE_METHOD, "broken \xff\xc0", "损坏");
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("invalid-utf8", "1.0.0"),
  .title = { "Menagerie: invalid-utf8", "异常插件：invalid-utf8" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "invalid-utf8", "1.0.0")
