/* SPDX-License-Identifier: MIT
 *
 * For measuring: the exact Gini of the values of records, by region and year.
 * Values are gathered group by group, some groups at a time, so that working
 * memory is a part of the table, whatever its size.
 */
#include <hansa/plugin.h>
#include <hansa/stats.h>
#include <stdlib.h>
#include <string.h>

enum
{
  CELL,
  VALUE,
  MAX_GROUPS = 4096,
  PASS_VALUES = 24 << 20 /* gathered at a time: 192 MiB */
};

typedef struct
{
  uint32_t text; /* offset, which is the same for equal texts */
  uint32_t n;
  size_t start;
} Group;

typedef struct
{
  const HansaTable *table;
  Group groups[MAX_GROUPS];
  size_t n_groups;
  uint16_t *group_of; /* index: text offset */
} Records;

/* FALSE when there are too many groups. */
static bool
count_groups (Records *records, size_t heap)
{
  const uint32_t *texts = records->table->columns[CELL].cells;

  memset (records->group_of, 0xFF, heap * sizeof *records->group_of);
  for (size_t row = 0; row < records->table->n_rows; row++)
    {
      uint16_t *group = &records->group_of[texts[row]];
      if (*group == UINT16_MAX)
        {
          if (records->n_groups == MAX_GROUPS)
            return false;
          *group = (uint16_t)records->n_groups;
          records->groups[records->n_groups++] = (Group){ .text = texts[row] };
        }
      records->groups[*group].n++;
    }
  return true;
}

/* Groups first … end - 1, whose values lie one group after the other. */
static void
gather (Records *records, size_t first, size_t end, double *values)
{
  const uint32_t *texts = records->table->columns[CELL].cells;
  const double *cells = hansa_reals (records->table, VALUE);
  size_t next[MAX_GROUPS];

  for (size_t g = first, start = 0; g < end; start += records->groups[g++].n)
    records->groups[g].start = next[g] = start;
  for (size_t row = 0; row < records->table->n_rows; row++)
    {
      size_t g = records->group_of[texts[row]];
      if (g >= first && g < end)
        values[next[g]++] = cells[row];
    }
}

static size_t
pass_end (const Records *records, size_t first)
{
  size_t end = first, n = 0;

  while (end < records->n_groups && (end == first || n + records->groups[end].n <= PASS_VALUES))
    n += records->groups[end++].n;
  return end;
}

static bool
answer_pass (HansaJob *job, uint32_t table, Records *records, size_t first, size_t end)
{
  size_t n = 0;

  for (size_t g = first; g < end; g++)
    n += records->groups[g].n;
  double *values = malloc (n * sizeof *values);
  if (values == NULL)
    return false;
  gather (records, first, end, values);
  for (size_t g = first; g < end; g++)
    {
      const Group *group = &records->groups[g];
      hansa_out_row (job, table, hansa_cell_text (records->table->columns[CELL].heap + group->text),
                     hansa_cell_integer (group->n),
                     hansa_cell_value (hansa_gini (values + group->start, NULL, group->n)));
    }
  free (values);
  return true;
}

static const char *heap;

static int
compare_groups (const void *a, const void *b)
{
  return strcmp (heap + ((const Group *)a)->text, heap + ((const Group *)b)->text);
}

static HansaStatus
run (HansaJob *job)
{
  static Records records; /* one job a process */
  static const HansaOutColumn columns[]
      = { { "cell", HANSA_TEXT, 0, NULL, { "Region and year", "地区与年份" } },
          { "n", HANSA_INTEGER, 0, "1", { "Records", "记录数" } },
          { "gini", HANSA_REAL, 6, "1", { "Gini of values", "金额基尼系数" } } };
  records.table = hansa_table (job, "records");
  const uint32_t *texts = records.table->columns[CELL].cells;
  size_t last = 0;

  for (size_t row = 0; row < records.table->n_rows; row++)
    last = texts[row] > last ? texts[row] : last;
  records.group_of = malloc ((last + 1) * sizeof *records.group_of);
  if (records.group_of == NULL)
    return HANSA_OUT_OF_MEMORY;
  if (!count_groups (&records, last + 1))
    return hansa_fail (job, "Too many regions and years.", "地区与年份的组合过多。");
  heap = records.table->columns[CELL].heap;
  qsort (records.groups, records.n_groups, sizeof *records.groups, compare_groups);
  for (size_t g = 0; g < records.n_groups; g++)
    records.group_of[records.groups[g].text] = (uint16_t)g;

  uint32_t table = hansa_out_table (job, .id = "gini", .title = { "Gini", "基尼系数" },
                                    .columns = columns, .n_columns = 3);
  bool ok = true;
  for (size_t g = 0, end; ok && g < records.n_groups; g = end)
    {
      end = pass_end (&records, g);
      ok = answer_pass (job, table, &records, g, end);
    }
  free (records.group_of);
  return ok ? HANSA_OK : HANSA_OUT_OF_MEMORY;
}

static const HansaColumn columns[] = {
  { "cell", HANSA_TEXT, 0, NULL, { "Region and year", "地区与年份" } },
  { "value", HANSA_REAL, 0, "USD", { "Value", "金额" } },
};

static const HansaInput inputs[] = {
  { .name = "records",
    .columns = columns,
    .n_columns = 2,
    .query = "SELECT region || ' ' || CAST(year AS VARCHAR(4)), value FROM trade" },
};

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("record-gini", "1.0.0"),
  .title = { "Gini of records", "记录金额的基尼系数" },
  .summary = { "How unequal are the values of single records, by region and year?",
               "各地区各年份单笔记录金额的差异有多大？" },
  .licence = "MIT",
  .citation = "Gini, C. (1912), Variabilità e mutabilità",
  .inputs = inputs,
  .n_inputs = 1,
  .run = run,
};

HANSA_PLUGIN (plugin, "record-gini", "1.0.0")
