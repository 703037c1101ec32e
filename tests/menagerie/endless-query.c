/* SPDX-License-Identifier: MIT
 *
 * Asks for more than any engine answers in a day; does nothing with it: ok, or
 * cancelled while its table is being read.
 */
#include <hansa/plugin.h>

static HansaStatus
run (HansaJob *job)
{
  (void)job;
  return HANSA_OK;
}

static const HansaColumn columns[] = {
  { .name = "total", .type = HANSA_REAL, .flags = HANSA_NULLABLE, .unit = "" },
};

static const HansaInput inputs[] = {
  { .name = "endless",
    .columns = columns,
    .n_columns = 1,
    .flags = HANSA_OPTIONAL,
    .query = "SELECT sum(a.value * b.value * c.value * d.value) AS total FROM trade AS a "
             "CROSS JOIN trade AS b CROSS JOIN trade AS c CROSS JOIN trade AS d" },
};

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("endless-query", "1.0.0"),
  .title = { "Menagerie: endless-query", "异常插件：endless-query" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .inputs = inputs,
  .n_inputs = 1,
  .run = run,
};

HANSA_PLUGIN (plugin, "endless-query", "1.0.0")
