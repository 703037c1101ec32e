/* SPDX-License-Identifier: MIT
 *
 * Calls what nobody defines: refused, when it is loaded.
 */
#include <hansa/plugin.h>

int hansa_menagerie_nobody_defines_this (void);

static HansaStatus
run (HansaJob *job)
{
  (void)job;
  return hansa_menagerie_nobody_defines_this () == 0 ? HANSA_OK : HANSA_ERROR;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("missing-symbol", "1.0.0"),
  .title = { "Menagerie: missing-symbol", "异常插件：missing-symbol" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "missing-symbol", "1.0.0")
