/* SPDX-License-Identifier: MIT
 *
 * Takes more inputs than one message can carry files: ok, and the metric counts
 * the rows of all.
 */
#include <hansa/plugin.h>
#include <stdio.h>

#define N 300

static const HansaColumn columns[] = {
  { "region", HANSA_TEXT, 0, NULL, { NULL, NULL } },
  { "value", HANSA_REAL, HANSA_NULLABLE, "USD", { NULL, NULL } },
  { "year", HANSA_INTEGER, 0, "1", { NULL, NULL } },
  { "day", HANSA_DATE, HANSA_NULLABLE, NULL, { NULL, NULL } },
};

static HansaInput inputs[N];
static char names[N][16];

__attribute__ ((constructor)) static void
fill (void)
{
  for (uint32_t i = 0; i < N; i++)
    {
      snprintf (names[i], sizeof names[i], "input_%u", i);
      inputs[i].name = names[i];
      inputs[i].columns = columns;
      inputs[i].n_columns = 4;
    }
}

static HansaStatus
run (HansaJob *job)
{
  double n = 0.0;

  for (uint32_t i = 0; i < N; i++)
    {
      const HansaTable *table = hansa_table (job, names[i]);

      n += (double)hansa_table_rows (table);
      if (hansa_text_at (table, 0, 0)[0] == '\0')
        return hansa_fail (job, "A text is empty.", "文本为空。");
    }
  hansa_metric (job, .id = "rows", .title = { "Rows", "行数" }, .value = hansa_value (n),
                .unit = "1");
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("many-inputs", "1.0.0"),
  .title = { "Menagerie: many-inputs", "多输入插件" },
  .summary = { "Takes many inputs.", "接收大量输入。" },
  .licence = "MIT",
  .citation = "",
  .inputs = inputs,
  .n_inputs = N,
  .run = run,
};

HANSA_PLUGIN (plugin, "many-inputs", "1.0.0")
