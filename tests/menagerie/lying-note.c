/* SPDX-License-Identifier: MIT
 *
 * Its section says this ABI, its descriptor another: refused.
 */
#include <hansa/plugin.h>

static HansaStatus
run (HansaJob *job)
{
  (void)job;
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("lying-note", "1.0.0"),
  .title = { "Menagerie: lying-note", "异常插件：lying-note" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_NOTE_SECTION static const HansaNote note = {
  { 'H', 'a', 'n', 's', 'a', 'P', 'l', 'g' }, sizeof (HansaNote), 1, 0, "lying-note", "1.0.0"
};

HANSA_EXPORT const HansaPlugin *hansa_plugin_query (void);

const HansaPlugin *
hansa_plugin_query (void)
{
  static HansaPlugin other;

  other = plugin;
  other.abi_major = 99;
  return &other;
}
