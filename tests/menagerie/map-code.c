/* SPDX-License-Identifier: MIT
 *
 * Makes code at run time: denied.
 */
#include <hansa/plugin.h>
#include <sys/mman.h>

static HansaStatus
run (HansaJob *job)
{
  (void)job;
  return mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                 == MAP_FAILED
             ? HANSA_ERROR
             : HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("map-code", "1.0.0"),
  .title = { "Menagerie: map-code", "异常插件：map-code" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "map-code", "1.0.0")
