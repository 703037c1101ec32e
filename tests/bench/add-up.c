/* SPDX-License-Identifier: MIT
 *
 * For measuring: reads every value of its table once.
 */
#include "add-up.h"
#include <hansa/plugin.h>

static HansaStatus
run (HansaJob *job)
{
  const HansaTable *table = hansa_table (job, "values");

  hansa_metric (job, .id = "total", .title = { "Total", "合计" }, .unit = "1",
                .value = hansa_value (add_up (hansa_reals (table, 0), hansa_table_rows (table))));
  return HANSA_OK;
}

static const HansaColumn columns[] = { { "value", HANSA_REAL, 0, "1", { "Value", "数值" } } };
static const HansaInput inputs[] = { { .name = "values", .columns = columns, .n_columns = 1 } };

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("add-up", "1.0.0"),
  .title = { "Total of values", "数值合计" },
  .summary = { "What do the values add up to?", "各数值合计多少？" },
  .licence = "MIT",
  .citation = "none",
  .inputs = inputs,
  .n_inputs = 1,
  .run = run,
};

HANSA_PLUGIN (plugin, "add-up", "1.0.0")
