/* SPDX-License-Identifier: MIT
 *
 * A chart's columns as numbers and names in one language.
 */
#include "chart/model.h"

#include "base/error.h"
#include "base/units.h"

#include <math.h>
#include <string.h>

void
range_add (ChartRange *range, double number)
{
  if (!isfinite (number))
    return;
  range->low = MIN (range->low, number);
  range->high = MAX (range->high, number);
}

gboolean
range_is_empty (ChartRange range)
{
  return range.low > range.high;
}

double
range_largest (ChartRange range)
{
  return range_is_empty (range) ? 0.0 : MAX (fabs (range.low), fabs (range.high));
}

static double
cell_number (const HansaCell *cell)
{
  switch (cell->type)
    {
    case HANSA_REAL:
      return cell->reason == HANSA_DEFINED && isfinite (cell->as.real) ? cell->as.real
                                                                       : (double)NAN;
    case HANSA_INTEGER:
    case HANSA_DATE:
      return (double)cell->as.integer;
    default:
      return (double)NAN;
    }
}

/* Digits that a scaled column needs: three significant ones for its largest. */
static guint
display_decimals (const HansaResultColumn *column, double scale, double largest)
{
  if (scale > 1.0 || scale < 1.0)
    return largest >= 100.0 ? 0 : largest >= 10.0 ? 1 : 2;
  return column->type == HANSA_REAL ? MIN (column->decimals, 6u) : 0;
}

static gboolean
has_dimension (const char *unit, const char *dimension)
{
  const HansaUnit *found = hansa_unit_find (unit);
  return found != NULL && g_str_equal (found->dimension, dimension);
}

ChartMeasure *
measure_new (const HansaResultTable *table, guint column, HansaLanguage language)
{
  ChartMeasure *measure = g_new0 (ChartMeasure, 1);

  measure->column = &table->columns[column];
  measure->n = hansa_result_table_rows (table);
  measure->cells = g_new (double, measure->n + 1);
  measure->range = CHART_RANGE_NONE;
  measure->is_date = measure->column->type == HANSA_DATE;
  measure->is_year = has_dimension (measure->column->unit, "year");
  for (gsize row = 0; row < measure->n; row++)
    {
      measure->cells[row] = cell_number (hansa_result_table_cell (table, row, column));
      range_add (&measure->range, measure->cells[row]);
    }

  HansaDisplayUnit unit
      = hansa_unit_display (measure->column->unit, range_largest (measure->range), language);
  if (measure->is_date || measure->is_year || !(unit.scale > 0.0))
    unit = (HansaDisplayUnit){ 1.0, "" };
  measure->scale = 1.0;
  const ChartMeasure target = { .scale = unit.scale };
  measure_rescale (measure, &target);
  measure->decimals
      = display_decimals (measure->column, measure->scale, range_largest (measure->range));

  const char *title = hansa_text_in (measure->column->title, language);
  /* "Ties", not "Ties (ties)" */
  g_autofree char *valid_title = g_utf8_make_valid (title, -1);
  g_autofree char *plain_title = g_utf8_casefold (valid_title, -1);
  g_autofree char *plain_unit = g_utf8_casefold (unit.title != NULL ? unit.title : "", -1);
  if (*plain_unit == '\0' || strstr (plain_title, plain_unit) != NULL)
    measure->title = g_strdup (title);
  else
    measure->title
        = g_strdup_printf (language == HANSA_ZH ? "%s（%s）" : "%s (%s)", title, unit.title);
  return measure;
}

void
measure_free (ChartMeasure *measure)
{
  g_free (measure->cells);
  g_free (measure->title);
  g_free (measure);
}

void
measure_rescale (ChartMeasure *measure, const ChartMeasure *like)
{
  double factor = measure->scale / like->scale;

  if (!(factor < 1.0 || factor > 1.0))
    return;
  for (gsize row = 0; row < measure->n; row++)
    measure->cells[row] *= factor;
  if (!range_is_empty (measure->range))
    {
      measure->range.low *= factor;
      measure->range.high *= factor;
    }
  measure->scale = like->scale;
}

static char *
format_date (double days)
{
  g_autoptr (GDate) date = g_date_new_julian (1);
  double julian = days + 719163.0; /* 1970-01-01 in GLib's count */

  if (!(julian >= 1.0 && julian <= 3000000.0))
    return g_strdup_printf ("%.0f", days);
  g_date_set_julian (date, (guint32)julian);
  return g_strdup_printf ("%04u-%02d-%02u", g_date_get_year (date), g_date_get_month (date),
                          g_date_get_day (date));
}

char *
measure_format (const ChartMeasure *measure, double number)
{
  if (measure->is_date)
    return format_date (number);
  if (measure->is_year)
    return g_strdup_printf ("%.0f", number);
  return hansa_format_plain (number, measure->decimals);
}

char *
cell_words (const HansaResultTable *table, gsize row, guint column, HansaLanguage language)
{
  const HansaCell *cell = hansa_result_table_cell (table, row, column);
  const HansaResultColumn *type = &table->columns[column];

  switch (cell->type)
    {
    case HANSA_TEXT:
    case HANSA_LABEL:
      return g_strdup (hansa_text_in ((HansaText){ cell->as.text.en, cell->as.text.zh }, language));
    case HANSA_DATE:
      return format_date ((double)cell->as.integer);
    case HANSA_INTEGER:
      if (has_dimension (type->unit, "year"))
        return g_strdup_printf ("%" G_GINT64_FORMAT, cell->as.integer);
      return hansa_format_plain ((double)cell->as.integer, 0);
    case HANSA_REAL:
      if (cell->reason == HANSA_DEFINED)
        return hansa_format_plain (cell->as.real, type->decimals);
      return g_strdup ("");
    default:
      return g_strdup ("");
    }
}

gboolean
cell_is (const HansaResultTable *table, gsize row, guint column, const char *key)
{
  const HansaCell *cell = hansa_result_table_cell (table, row, column);

  if (key == NULL || *key == '\0')
    return FALSE;
  if (cell->type == HANSA_TEXT || cell->type == HANSA_LABEL)
    return g_strcmp0 (cell->as.text.en, key) == 0 || g_strcmp0 (cell->as.text.zh, key) == 0;
  if (cell->type == HANSA_INTEGER)
    {
      g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, cell->as.integer);
      return g_str_equal (digits, key);
    }
  g_autofree char *words = cell_words (table, row, column, HANSA_EN);
  return g_str_equal (words, key);
}

/* Two names are one category only when they agree in both languages. */
static char *
category_key (const HansaResultTable *table, gsize row, guint column)
{
  g_autofree char *en = cell_words (table, row, column, HANSA_EN);
  g_autofree char *zh = cell_words (table, row, column, HANSA_ZH);
  return *en == '\0' && *zh == '\0' ? NULL : g_strconcat (en, "\037", zh, NULL);
}

ChartNames *
names_new (const HansaResultTable *table, guint column, HansaLanguage language)
{
  ChartNames *names = g_new0 (ChartNames, 1);
  gsize n = hansa_result_table_rows (table);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  names->names = g_ptr_array_new_with_free_func (g_free);
  names->keys = g_ptr_array_new_with_free_func (g_free);
  names->n_rows = n;
  names->first_row = g_array_new (FALSE, FALSE, sizeof (gsize));
  names->of_row = g_new0 (guint, n + 1);
  if (column == G_MAXUINT)
    {
      const gsize zero = 0;
      g_ptr_array_add (names->names, g_strdup (""));
      g_array_append_val (names->first_row, zero);
      return names;
    }
  for (gsize row = 0; row < n; row++)
    {
      char *key = category_key (table, row, column);
      gpointer found;

      if (key == NULL)
        names->of_row[row] = G_MAXUINT;
      else if (g_hash_table_lookup_extended (seen, key, NULL, &found))
        {
          names->of_row[row] = GPOINTER_TO_UINT (found);
          g_free (key);
        }
      else
        {
          names->of_row[row] = names->names->len;
          g_hash_table_insert (seen, key, GUINT_TO_POINTER (names->names->len));
          g_ptr_array_add (names->keys, key);
          g_ptr_array_add (names->names, cell_words (table, row, column, language));
          g_array_append_val (names->first_row, row);
        }
    }
  return names;
}

void
names_free (ChartNames *names)
{
  g_ptr_array_unref (names->names);
  g_ptr_array_unref (names->keys);
  g_array_unref (names->first_row);
  g_free (names->of_row);
  g_free (names->inks);
  g_free (names);
}

const char *
names_get (const ChartNames *names, guint n)
{
  return n < names->names->len ? g_ptr_array_index (names->names, n) : "";
}

guint
names_find (const ChartNames *names, const HansaResultTable *table, guint column, const char *key)
{
  if (column == G_MAXUINT || hansa_result_table_rows (table) == 0)
    return G_MAXUINT;
  for (guint n = 0; n < names->names->len; n++)
    if (cell_is (table, g_array_index (names->first_row, gsize, n), column, key))
      return n;
  return G_MAXUINT;
}
