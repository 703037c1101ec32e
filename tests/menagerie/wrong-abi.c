/* SPDX-License-Identifier: MIT
 *
 * Comes from another major version: refused, with both versions.
 */
#include <hansa/plugin.h>

static HansaStatus
run (HansaJob *job)
{
  (void)job;
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("wrong-abi", "1.0.0"),
  .title = { "Menagerie: wrong-abi", "异常插件：wrong-abi" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_NOTE_SECTION static const HansaNote note = {
  { 'H', 'a', 'n', 's', 'a', 'P', 'l', 'g' }, sizeof (HansaNote), 99, 0, "wrong-abi", "1.0.0"
};

HANSA_EXPORT const HansaPlugin *hansa_plugin_query (void);

const HansaPlugin *
hansa_plugin_query (void)
{
  return &plugin;
}
