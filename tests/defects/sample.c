/* SPDX-License-Identifier: MIT
 *
 * A small analysis that can be built with one mistake (DEFECT, defects.h), so
 * that the tests can see `hansa check` find it. Built SOUND it passes.
 */
#include "defects.h"

#include <hansa/plugin.h>
#include <hansa/stats.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#define IS(defect) (DEFECT == (defect))

enum
{
  REGION,
  YEAR,
  VALUE
};

static const HansaColumn columns[] = {
  { .name = "region", .type = HANSA_TEXT },
  { .name = "year", .type = HANSA_INTEGER },
  { .name = "value",
    .type = HANSA_REAL,
    .flags = HANSA_NULLABLE,
    .unit = IS (UNKNOWN_UNIT) ? "dollars" : "USD" },
};

static const HansaInput inputs[] = { { .name = "trade", .columns = columns, .n_columns = 3 } };

static const HansaParam params[] = {
  { .id = "top",
    .type = HANSA_INTEGER,
    .title = { "Leading rows", IS (UNTRANSLATED) ? "Leading rows" : "居前行数" },
    .fallback = IS (DEFAULT_OUT_OF_BOUNDS) ? "0" : "2",
    .minimum = 1,
    .maximum = 100 },
  { .id = "least",
    .type = HANSA_REAL,
    .title = { "Least value", "最小金额" },
    .unit = "USD",
    .fallback = "0.5" },
  { .id = IS (ALIKE_NAMES) ? "tops" : "year",
    .type = HANSA_INTEGER,
    .title = { "Year", "年份" },
    .help = { "Only this year; unset: all.", "只计该年；不填则计全部年份。" },
    .minimum = 1900,
    .maximum = 2100 },
};

/* The rows that count, by region, year and value. */
typedef struct
{
  const char *region;
  int64_t year;
  double value;
  uint64_t row;
} Line;

typedef struct
{
  HansaJob *job;
  const HansaTable *trade;
  Line *lines;
  size_t n, n_missing;
  double *values;
  uint64_t *rows;
  double sum, leaders;
} Sample;

static int
compare_lines (const void *a, const void *b)
{
  const Line *x = a, *y = b;
  int by_region = strcmp (x->region, y->region);

  if (by_region != 0)
    return by_region;
  if (x->year != y->year)
    return x->year < y->year ? -1 : 1;
  return x->value < y->value ? -1 : x->value > y->value;
}

static int
compare_down (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x > y ? -1 : x < y;
}

static int
count_down (size_t left)
{
  volatile char room[64] = { (char)left };

  return left == 0 ? room[0] : count_down (left - 1) + room[1];
}

static double
least_value (HansaJob *job)
{
  if (IS (DECIMAL_COMMA))
    return strtod (hansa_param_text (job, "least"), NULL);
  if (IS (PARAMETER_IGNORED))
    return hansa_param_real (job, "least") * 0.0;
  return IS (PARAMETER_NEVER_ASKED) ? 0.5 : hansa_param_real (job, "least");
}

static bool
is_wanted (Sample *sample, size_t row)
{
  const char *year = IS (ALIKE_NAMES) ? "tops" : "year";

  if (!hansa_is_present (sample->trade, VALUE, row))
    {
      sample->n_missing++;
      return false;
    }
  return (!hansa_param_is_set (sample->job, year)
          || hansa_integers (sample->trade, YEAR)[row] == hansa_param_integer (sample->job, year))
         && hansa_reals (sample->trade, VALUE)[row] >= least_value (sample->job);
}

static void
read_lines (Sample *sample)
{
  size_t n = hansa_table_rows (sample->trade) + (IS (OFF_BY_ONE) ? 1 : 0);

  for (size_t row = 0; row < n; row++)
    if (is_wanted (sample, row))
      {
        const char *region
            = IS (COLUMN_NEVER_READ) ? "a" : hansa_text_at (sample->trade, REGION, row);
        sample->lines[sample->n++] = (Line){ region, hansa_integers (sample->trade, YEAR)[row],
                                             hansa_reals (sample->trade, VALUE)[row], row };
      }
  if (!IS (ROWS_AS_THEY_COME) && !IS (FIRST_ROW_COUNTS))
    qsort (sample->lines, sample->n, sizeof (Line), compare_lines);
  for (size_t i = 0; i < sample->n; i++)
    {
      sample->values[i] = sample->lines[i].value;
      sample->rows[i]
          = sample->lines[i].row + (IS (WRONG_EVIDENCE) && sample->lines[i].row > 0 ? -1 : 0);
    }
}

static void
spoil_memory (Sample *sample)
{
  if (IS (WRITE_PAST_END))
    sample->values[hansa_table_rows (sample->trade)] = 0.0;
  if (IS (LEAK))
    memset (malloc (128), 1, 128);
  if (IS (DEEP_RECURSION))
    sample->n_missing += count_down (hansa_table_rows (sample->trade));
  if (IS (UNDECLARED_COLUMN))
    sample->n_missing += hansa_is_present (sample->trade, VALUE + 1, 0);
  if (IS (LONG_TEXT_OVERFLOW) && sample->n > 0)
    {
      char copy[64];
      volatile char *written = strcpy (copy, sample->lines[0].region);
      sample->n_missing += written[0] == '\x01';
    }
}

static void
measure (Sample *sample)
{
  double *sorted = malloc ((sample->n + 1) * sizeof (double));
  size_t top = (size_t)hansa_param_integer (sample->job, "top");
  double start = 0.0, never_set[2048];
  double *totals = malloc (2 * sizeof (double));

  if (!IS (UNINITIALISED_HEAP))
    totals[0] = 0.0;
  if (IS (UNINITIALISED_STACK))
    start = never_set[100];
  memcpy (sorted, sample->values, sample->n * sizeof (double));
  qsort (sorted, sample->n, sizeof (double), compare_down);
  for (size_t i = 0; i < sample->n && i < top; i++)
    totals[0] += sorted[i];
  if (IS (INTEGER_OVERFLOW))
    {
      int narrow = 0;
      int64_t wide = 0;
      for (size_t i = 0; i < sample->n; i++)
        {
          narrow = (int)((unsigned)narrow + (unsigned)(int64_t)sorted[i]);
          wide += (int64_t)sorted[i];
        }
      start = (double)narrow - (double)wide;
    }
  sample->sum = hansa_sum (sorted, sample->n).number + start;
  if (IS (FIRST_ROW_COUNTS) && sample->n > 0)
    sample->sum -= sample->values[0];
  free (sorted);
  if (IS (USE_AFTER_FREE))
    sample->sum += sorted[0];
  sample->leaders = totals[0];
  free (totals);
}

static void
spoil_purity (Sample *sample)
{
  static int runs;
  unsigned char byte = 0;

  runs++;
  if (IS (STATIC_STATE))
    sample->sum += runs;
  if (IS (UNSEEDED_RANDOM))
    sample->sum += rand ();
  if (IS (TIME))
    sample->sum += (double)time (NULL);
  if (IS (CHANCE) && getrandom (&byte, 1, 0) == 1)
    sample->sum += byte;
  if (IS (ENDLESS_ON_EMPTY))
    while (hansa_table_rows (sample->trade) == 0)
      runs++;
  if (IS (FILE_READ) && fopen ("/etc/passwd", "w") != NULL)
    sample->sum += 1.0;
}

static HansaValue
share_of_leaders (const Sample *sample)
{
  if (IS (NAN_AS_VALUE))
    return (HansaValue){ sample->leaders / sample->sum, 0, 0 };
  if (IS (DIVISION_BY_ZERO))
    return hansa_value ((double)(100 / (int)sample->n));
  return sample->sum > 0.0 ? hansa_value (100.0 * sample->leaders / sample->sum)
                           : hansa_undefined (HANSA_ZERO_TOTAL);
}

static void
answer_metrics (Sample *sample)
{
  hansa_metric (sample->job, .id = "total", .title = { "Total", "合计" },
                .value = hansa_value (sample->sum), .unit = "USD", .decimals = 2,
                .input = sample->n > 0 ? "trade" : NULL, .rows = sample->rows, .n_rows = sample->n);
  hansa_metric (sample->job, .id = "share", .title = { "Share of the leaders", "居前者占比" },
                .value = share_of_leaders (sample), .unit = IS (WRONG_UNIT) ? "USD" : "%",
                .decimals = 1);
  hansa_metric (sample->job, .id = "n", .title = { "Rows counted", "计入行数" },
                .value = hansa_value ((double)sample->n), .unit = "count");
  hansa_metric (sample->job, .id = "least", .title = { "Least value counted", "计入的最小金额" },
                .value = hansa_value (least_value (sample->job)), .unit = "USD", .decimals = 2);
}

static void
answer_words (Sample *sample)
{
  const char *en = IS (DIGIT_IN_FINDING)      ? "The 2 leaders have {share} of {total}."
                   : IS (UNKNOWN_PLACEHOLDER) ? "The leaders have {shares} of {total}."
                                              : "The leaders have {share} of {total}.";

  hansa_finding (sample->job, .id = "leaders", .severity = HANSA_NOTABLE, .metric = "share",
                 .text = { en, IS (PLACEHOLDER_IN_ONE_LANGUAGE) ? "居前者占{total}的大部分。"
                                                                : "居前者占{total}的{share}。" });
  hansa_note (sample->job, HANSA_NOTE_METHOD, "Values are added.",
              IS (TEXT_IN_ONE_LANGUAGE) ? NULL : "各行金额相加。");
  if (sample->n_missing > 0 && !IS (DROPPED_WITHOUT_NOTE))
    hansa_note (sample->job, HANSA_NOTE_DROPPED, "Rows without a value are left out.",
                "未计入无金额的行。");
}

static void
answer_table (Sample *sample)
{
  uint32_t table
      = hansa_out_table (sample->job, .id = "rows", .title = { "Rows", "各行" }, .n_columns = 3,
                         .columns = (const HansaOutColumn[]){
                             { "region", HANSA_TEXT, 0, NULL, { "Region", "地区" } },
                             { "year", HANSA_INTEGER, 0, "year", { "Year", "年份" } },
                             { "value", HANSA_REAL, 2, "USD", { "Value", "金额" } } });

  for (size_t i = 0; i < sample->n; i++)
    hansa_out_row (sample->job, table, hansa_cell_text (sample->lines[i].region),
                   hansa_cell_integer (sample->lines[i].year),
                   hansa_cell_real (sample->lines[i].value));
}

static HansaStatus
run (HansaJob *job)
{
  Sample sample = { .job = job, .trade = hansa_table (job, "trade") };
  size_t n = hansa_table_rows (sample.trade);

  sample.lines = malloc ((n + 1) * sizeof (Line));
  sample.values = malloc ((n + (IS (WRITE_PAST_END) ? 0 : 1)) * sizeof (double));
  sample.rows = malloc ((n + 1) * sizeof (uint64_t));
  if (sample.lines == NULL || sample.values == NULL || sample.rows == NULL)
    return HANSA_OUT_OF_MEMORY;
  read_lines (&sample);
  measure (&sample);
  spoil_memory (&sample);
  spoil_purity (&sample);
  answer_metrics (&sample);
  answer_table (&sample);
  answer_words (&sample);
  free (sample.lines);
  free (sample.values);
  free (sample.rows);
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("sample", "1.0.0"),
  .title = { "Sample", "示例" },
  .summary = { "Adds up trade.", "汇总贸易额。" },
  .licence = "MIT",
  .citation = "None: it is constructed for tests",
  .inputs = inputs,
  .n_inputs = 1,
  .params = params,
  .n_params = 3,
  .run = run,
};

#ifdef DEFECT_OTHER_VERSION_IN_SECTION
HANSA_PLUGIN (plugin, "sample", "1.1.0")
#else
HANSA_PLUGIN (plugin, "sample", "1.0.0")
#endif
