/* SPDX-License-Identifier: MIT
 *
 * A chart's columns as numbers and names in one language.
 */
#pragma once

#include "chart/chart.h"

G_BEGIN_DECLS

typedef struct
{
  double low, high; /* low > high: nothing seen */
} ChartRange;

#define CHART_RANGE_NONE ((ChartRange){ G_MAXDOUBLE, -G_MAXDOUBLE })
void range_add (ChartRange *range, double number); /* NaN changes nothing */
gboolean range_is_empty (ChartRange range);
double range_largest (ChartRange range); /* magnitude */

/* A column as numbers in display units. */
typedef struct
{
  const HansaResultColumn *column;
  double *cells; /* NaN where undefined or missing */
  gsize n;
  double scale; /* cells = column / scale */
  char *title;  /* column title and unit, "进出口总额（亿美元）" */
  guint decimals;
  gboolean is_date, is_year;
  ChartRange range;
} ChartMeasure;

/* `column` must be that of a numeric or date column. */
ChartMeasure *measure_new (const HansaResultTable *table, guint column, HansaLanguage language);
void measure_free (ChartMeasure *measure);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChartMeasure, measure_free)
/* Brings the cells to the unit of another measure of the same column unit. */
void measure_rescale (ChartMeasure *measure, const ChartMeasure *like);
/* A number in display units, as digits; a date or year as such. */
char *measure_format (const ChartMeasure *measure, double number);

/* The distinct texts of a column, in order of first appearance. */
typedef struct
{
  GPtrArray *names;  /* of char*, in the language */
  GPtrArray *keys;   /* of char*: the same name in both languages */
  GArray *first_row; /* of gsize, for each name */
  gsize n_rows;
  guint *of_row; /* G_MAXUINT where missing */
  guint *inks;   /* of each name, for groups; otherwise NULL */
} ChartNames;

/* Without a column (G_MAXUINT): one name, "", for all rows. */
ChartNames *names_new (const HansaResultTable *table, guint column, HansaLanguage language);
void names_free (ChartNames *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChartNames, names_free)
const char *names_get (const ChartNames *names, guint n);
/* The name that is `key` in either language, G_MAXUINT when none. */
guint names_find (const ChartNames *names, const HansaResultTable *table, guint column,
                  const char *key);
double names_widest (const ChartNames *names, double size);

/* A cell as words; "" when missing. (transfer full) */
char *cell_words (const HansaResultTable *table, gsize row, guint column, HansaLanguage language);
/* Whether the row's cell is that text in either language. */
gboolean cell_is (const HansaResultTable *table, gsize row, guint column, const char *key);

/* Columns of a chart by role; FALSE with HANSA_EXIT_CHART when one that the
 * kind needs is not there or not a number. */
gboolean chart_need_number (const HansaResultTable *table, const char *id, const char *role,
                            guint *column, GError **error);
gboolean chart_need_any (const HansaResultTable *table, const char *id, const char *role,
                         guint *column, GError **error);
/* The error of a chart without anything to draw. Always FALSE. */
gboolean chart_nothing (const HansaResultChart *chart, GError **error);

G_END_DECLS
