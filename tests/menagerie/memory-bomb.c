/* SPDX-License-Identifier: MIT
 *
 * Takes memory without looking at what it gets: out-of-memory.
 */
#include <hansa/plugin.h>
#include <stdlib.h>

static volatile size_t total;

static HansaStatus
run (HansaJob *job)
{
  (void)job;
  for (;;)
    {
      volatile char *block = malloc ((size_t)64 << 20);

      block[0] = 1; /* NULL in the end */
      total += (size_t)block[0];
    }
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("memory-bomb", "1.0.0"),
  .title = { "Menagerie: memory-bomb", "异常插件：memory-bomb" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "memory-bomb", "1.0.0")
