/* SPDX-License-Identifier: MIT
 *
 * A shared object without the section: refused, as no plugin at all.
 */
#include <hansa/plugin.h>

static HansaStatus
run (HansaJob *job)
{
  (void)job;
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("no-section", "1.0.0"),
  .title = { "Menagerie: no-section", "异常插件：no-section" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_EXPORT const HansaPlugin *hansa_plugin_query (void);

const HansaPlugin *
hansa_plugin_query (void)
{
  return &plugin;
}
