/* SPDX-License-Identifier: MIT
 *
 * Asks for its inputs in SQL, in every way that the header offers, and answers
 * with what it got: ok, and the same on every engine. All may be absent, so that it
 * can be driven without a dataset.
 */
#include <hansa/plugin.h>

static const HansaColumn growth[] = {
  { .name = "region", .type = HANSA_TEXT, .flags = HANSA_NULLABLE },
  { .name = "year", .type = HANSA_INTEGER, .unit = "1" },
  { .name = "change", .type = HANSA_REAL, .flags = HANSA_NULLABLE, .unit = "USD" },
};
static const HansaColumn counts[] = {
  { .name = "region", .type = HANSA_TEXT },
  { .name = "ties", .type = HANSA_INTEGER, .unit = "1" },
  { .name = "first", .type = HANSA_DATE, .flags = HANSA_NULLABLE },
};
static const HansaColumn shares[] = {
  { .name = "region", .type = HANSA_TEXT },
  { .name = "share", .type = HANSA_REAL, .flags = HANSA_NULLABLE, .unit = "%" },
};
static const HansaColumn rows[] = {
  { .name = "id", .type = HANSA_TEXT },
  { .name = "since", .type = HANSA_DATE, .flags = HANSA_NULLABLE },
  { .name = "year", .type = HANSA_INTEGER, .flags = HANSA_NULLABLE, .unit = "1" },
};

static const HansaInput inputs[] = {
  { .name = "growth", /* a join and a window */
    .columns = growth,
    .n_columns = 3,
    .flags = HANSA_OPTIONAL,
    .query = "SELECT r.name_en, t.year, t.value - lag(t.value) OVER (PARTITION BY t.region, t.basis"
             " ORDER BY t.year) FROM trade AS t JOIN region AS r ON r.code = t.region"
             " WHERE t.months = 12" },
  { .name = "counts", /* groups, dates, an outer join */
    .columns = counts,
    .n_columns = 3,
    .flags = HANSA_OPTIONAL,
    .query = "SELECT r.code, count(t.id), min(t.since) FROM region AS r LEFT JOIN tie AS t"
             " ON t.region = r.code GROUP BY r.code HAVING count(t.id) > 0" },
  { .name = "shares", /* a table of its own, a scalar query, CASE */
    .columns = shares,
    .n_columns = 2,
    .flags = HANSA_OPTIONAL,
    .query = "WITH last AS (SELECT region, max(value) AS value FROM trade WHERE months = 12"
             " GROUP BY region) SELECT region, CASE WHEN value > 0 THEN 100 * value"
             " / (SELECT max(value) FROM last) END FROM last" },
  { .name = "rows", /* row by row */
    .columns = rows,
    .n_columns = 3,
    .flags = HANSA_OPTIONAL,
    .query = "SELECT id, since, CAST(extract(year FROM since) AS BIGINT) FROM tie"
             " WHERE level = 'province' OR note IS NOT NULL" },
  { .name = "absent", /* a table that is not there */
    .columns = counts,
    .n_columns = 3,
    .flags = HANSA_OPTIONAL,
    .query = "SELECT id, 1, day FROM hansa_absent_table" },
};

static HansaCell
cell_of (const HansaTable *table, uint32_t column, uint64_t row)
{
  if (!hansa_is_present (table, column, row))
    return hansa_cell_missing ();
  switch (table->columns[column].type)
    {
    case HANSA_REAL:
      return hansa_cell_value (hansa_real_at (table, column, row));
    case HANSA_INTEGER:
      return hansa_cell_integer (hansa_integers (table, column)[row]);
    case HANSA_DATE:
      return hansa_cell_date (hansa_dates (table, column)[row]);
    default:
      return hansa_cell_text (hansa_text_at (table, column, row));
    }
}

static void
answer (HansaJob *job, const HansaInput *input)
{
  const HansaTable *table = hansa_table (job, input->name);
  HansaOutColumn columns[3];
  HansaCell cells[3];

  for (uint32_t i = 0; i < input->n_columns; i++)
    columns[i] = (HansaOutColumn){ input->columns[i].name,
                                   input->columns[i].type,
                                   6,
                                   input->columns[i].unit,
                                   { input->columns[i].name, "列" } };
  uint32_t out = hansa_out_table (job, .id = input->name, .title = { input->name, "表" },
                                  .columns = columns, .n_columns = input->n_columns);
  for (uint64_t row = 0; row < table->n_rows; row++)
    {
      for (uint32_t i = 0; i < input->n_columns; i++)
        cells[i] = cell_of (table, i, row);
      job->host->out_row (job, out, cells, input->n_columns);
    }
  hansa_metric (job, .id = input->name, .title = { input->name, "行数" },
                .value = hansa_value ((double)table->n_rows), .unit = "1");
}

static HansaStatus
run (HansaJob *job)
{
  for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
    answer (job, &inputs[i]);
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("asks-in-sql", "1.0.0"),
  .title = { "Menagerie: asks-in-sql", "以 SQL 取数的插件" },
  .summary = { "Asks for its inputs in SQL.", "以 SQL 查询取得输入。" },
  .licence = "MIT",
  .citation = "",
  .inputs = inputs,
  .n_inputs = 5,
  .run = run,
};

HANSA_PLUGIN (plugin, "asks-in-sql", "1.0.0")
