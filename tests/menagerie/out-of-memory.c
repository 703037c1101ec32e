/* SPDX-License-Identifier: MIT
 *
 * Finds that memory is short and says so: out-of-memory.
 */
#include <hansa/plugin.h>
#include <stdlib.h>

static HansaStatus
run (HansaJob *job)
{
  /* Volatile, or a compiler leaves the call out. */
  void *volatile memory = malloc ((size_t)1 << 40);

  (void)job;
  return memory == NULL ? HANSA_OUT_OF_MEMORY : HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("out-of-memory", "1.0.0"),
  .title = { "Menagerie: out-of-memory", "异常插件：out-of-memory" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "out-of-memory", "1.0.0")
