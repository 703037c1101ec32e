/* SPDX-License-Identifier: MIT
 *
 * Asks for a table that it did not declare: bad-result.
 */
#include <hansa/plugin.h>

static HansaStatus
run (HansaJob *job)
{
  return hansa_table (job, "nowhere")->n_rows == 0 ? HANSA_OK : HANSA_ERROR;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("unknown-input", "1.0.0"),
  .title = { "Menagerie: unknown-input", "异常插件：unknown-input" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "unknown-input", "1.0.0")
