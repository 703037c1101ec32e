/* SPDX-License-Identifier: MIT
 *
 * Runs out of memory, then aborts: out-of-memory, not crashed.
 */
#include <hansa/plugin.h>
#include <stdlib.h>

static HansaStatus
run (HansaJob *job)
{
  /* Volatile, or a compiler leaves the call out. */
  void *volatile memory = malloc ((size_t)1 << 40);

  (void)job;
  if (memory == NULL)
    abort ();
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("abort-without-memory", "1.0.0"),
  .title = { "Menagerie: abort-without-memory", "异常插件：abort-without-memory" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "abort-without-memory", "1.0.0")
