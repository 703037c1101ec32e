/* SPDX-License-Identifier: MIT */
#include "dataset/cell.h"

#include <errno.h>
#include <math.h>
#include <string.h>

/* ---- numbers ------------------------------------------------------------- */

/* Length of a decimal number at the head of `text`, 0 if there is none. The
 * grammar is our own: strtod would also take hexadecimal, "nan" and "inf". */
static gsize
number_length (const char *text, gboolean *whole)
{
  const char *p = text;
  gsize digits = 0;

  *whole = TRUE;
  if (*p == '-' || *p == '+')
    p++;
  for (; g_ascii_isdigit (*p); p++)
    digits++;
  if (*p == '.')
    {
      *whole = FALSE;
      for (p++; g_ascii_isdigit (*p); p++)
        digits++;
    }
  if (digits == 0)
    return 0;
  if (*p == 'e' || *p == 'E')
    {
      const char *q = p + 1;
      if (*q == '-' || *q == '+')
        q++;
      if (!g_ascii_isdigit (*q))
        return 0;
      *whole = FALSE;
      while (g_ascii_isdigit (*q))
        q++;
      p = q;
    }
  return (gsize)(p - text);
}

/* Numbers of at most 15 digits are exact as an integer, and so are the powers
 * of ten up to 22: one division then rounds once, as strtod does, at a tenth
 * of its price. FALSE: not such a number. */
static gboolean
parse_short (const char *text, double *value)
{
  static const double powers[]
      = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
  gboolean negative = *text == '-';
  gint64 mantissa = 0;
  guint digits = 0, decimals = 0;
  gboolean after_point = FALSE;

  if (*text == '-' || *text == '+')
    text++;
  for (; *text != '\0'; text++)
    {
      if (*text == '.' && !after_point)
        after_point = TRUE;
      else if (g_ascii_isdigit (*text) && digits < 15)
        {
          mantissa = mantissa * 10 + (*text - '0');
          digits++;
          decimals += after_point ? 1 : 0;
        }
      else
        return FALSE;
    }
  if (digits == 0)
    return FALSE;
  double number = (double)mantissa / powers[decimals];
  *value = negative ? -number : number;
  return TRUE;
}

gboolean
hansa_parse_real (const char *text, double *value)
{
  gboolean whole;

  if (parse_short (text, value))
    return TRUE;
  gsize length = number_length (text, &whole);
  if (length == 0 || text[length] != '\0')
    return FALSE;
  *value = g_ascii_strtod (text, NULL);
  return isfinite (*value);
}

gboolean
hansa_parse_integer (const char *text, gint64 *value)
{
  gboolean whole;
  gsize length = number_length (text, &whole);

  if (length == 0 || text[length] != '\0' || !whole)
    return FALSE;
  errno = 0;
  *value = g_ascii_strtoll (text, NULL, 10);
  return errno == 0;
}

gboolean
hansa_parse_boolean (const char *text, gint64 *value)
{
  static const char *const yes[] = { "true", "True", "TRUE", "1", NULL };
  static const char *const no[] = { "false", "False", "FALSE", "0", NULL };

  *value = g_strv_contains (yes, text);
  return *value != 0 || g_strv_contains (no, text);
}

/* ---- dates --------------------------------------------------------------- */

/* Days since 1970-01-01 in the proleptic Gregorian calendar, by counting from
 * 1 March so that the leap day ends the year (H. Hinnant's algorithm). */
static gint32
days_from_civil (gint32 year, gint32 month, gint32 day)
{
  year -= month <= 2;
  gint32 era = year / 400;
  gint32 of_era = year - era * 400;
  gint32 of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void
hansa_civil_from_days (gint32 days, gint64 *year, gint64 *month)
{
  gint64 shifted = (gint64)days + 719468;
  gint64 era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  gint64 of_era = shifted - era * 146097;
  gint64 year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  gint64 of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  gint64 shifted_month = (5 * of_year + 2) / 153;

  *month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  *year = year_of_era + era * 400 + (*month <= 2);
}

/* YYYY-MM-DD by form alone. */
static gboolean
split_date (const char *text, gint32 *year, gint32 *month, gint32 *day)
{
  for (guint i = 0; i < 10; i++)
    if (i == 4 || i == 7 ? text[i] != '-' : !g_ascii_isdigit (text[i]))
      return FALSE;
  *year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + text[3] - '0';
  *month = (text[5] - '0') * 10 + text[6] - '0';
  *day = (text[8] - '0') * 10 + text[9] - '0';
  return text[10] == '\0';
}

gboolean
hansa_parse_date (const char *text, gint32 *days)
{
  gint32 year, month, day;

  if (!split_date (text, &year, &month, &day) || year < 1 || month < 1 || day < 1
      || !g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    return FALSE;
  *days = days_from_civil (year, month, day);
  return TRUE;
}

/* ---- against the field's rules ------------------------------------------- */

static gboolean
is_missing (const HansaSchema *schema, const char *text, gsize length)
{
  if (schema->missing_values[0] == NULL)
    return FALSE;
  if (schema->missing_values[1] == NULL && schema->missing_values[0][0] == '\0')
    return length == 0; /* the usual case */
  return g_strv_contains ((const char *const *)schema->missing_values, text);
}

static gboolean
parse (const HansaSchemaField *field, const char *text, HansaCellValue *value)
{
  switch (field->type)
    {
    case HANSA_REAL:
      return hansa_parse_real (text, &value->real);
    case HANSA_INTEGER:
      return field->boolean ? hansa_parse_boolean (text, &value->integer)
                            : hansa_parse_integer (text, &value->integer);
    case HANSA_DATE:
      return hansa_parse_date (text, &value->date);
    default:
      return TRUE;
    }
}

/* A bound as its author wrote it. */
static char *
bound_text (const HansaSchemaField *field, double bound)
{
  if (field->type == HANSA_DATE)
    {
      g_autoptr (GDate) date = g_date_new_dmy (1, 1, 1970);
      if (bound >= 0)
        g_date_add_days (date, (guint)bound);
      else
        g_date_subtract_days (date, (guint)-bound);
      return g_strdup_printf ("%04u-%02u-%02u", g_date_get_year (date),
                              (guint)g_date_get_month (date), g_date_get_day (date));
    }
  return g_strdup_printf ("%.15g", bound);
}

static gboolean
check_bounds (const HansaSchemaField *field, const HansaCellValue *value, const char *text,
              const char **rule, char **message)
{
  double number = field->type == HANSA_REAL   ? value->real
                  : field->type == HANSA_DATE ? value->date
                                              : (double)value->integer;

  if (field->has_minimum && number < field->minimum)
    {
      g_autofree char *bound = bound_text (field, field->minimum);
      *rule = "minimum";
      *message = g_strdup_printf (_ ("“%s” is below the smallest value allowed, %s."), text, bound);
      return FALSE;
    }
  if (field->has_maximum && number > field->maximum)
    {
      g_autofree char *bound = bound_text (field, field->maximum);
      *rule = "maximum";
      *message = g_strdup_printf (_ ("“%s” is above the largest value allowed, %s."), text, bound);
      return FALSE;
    }
  return TRUE;
}

gboolean
hansa_cell_read (const HansaSchema *schema, const HansaSchemaField *field, const char *text,
                 gsize length, HansaCellValue *value, const char **rule, char **message)
{
  *value = (HansaCellValue){ .present = TRUE, .text = text, .length = length };
  if (is_missing (schema, text, length))
    {
      value->present = FALSE;
      if (!field->required)
        return TRUE;
      *rule = "required";
      *message = g_strdup (_ ("the cell is empty, but every row needs a value here."));
      return FALSE;
    }
  if (!parse (field, text, value))
    {
      *rule = "type";
      *message = hansa_cell_advice (field, text);
      return FALSE;
    }
  if (field->choices != NULL && !g_strv_contains ((const char *const *)field->choices, text))
    {
      *rule = "enum";
      *message = hansa_cell_advice (field, text);
      return FALSE;
    }
  if (field->pattern != NULL
      && !g_regex_match_full (field->pattern, text, (gssize)length, 0, 0, NULL, NULL))
    {
      *rule = "pattern";
      *message = g_strdup_printf (_ ("“%s” does not have the form %s."), text,
                                  g_regex_get_pattern (field->pattern));
      return FALSE;
    }
  if (field->has_minimum || field->has_maximum)
    return check_bounds (field, value, text, rule, message);
  return TRUE;
}

void
hansa_cell_of (const HansaTable *table, guint column, gsize row, HansaCellValue *value)
{
  *value = (HansaCellValue){ .present = hansa_is_present (table, column, row) };
  if (!value->present)
    return;
  switch (table->columns[column].type)
    {
    case HANSA_REAL:
      value->real = hansa_reals (table, column)[row];
      break;
    case HANSA_INTEGER:
      value->integer = hansa_integers (table, column)[row];
      break;
    case HANSA_DATE:
      value->date = hansa_dates (table, column)[row];
      break;
    default:
      value->text = hansa_text_at (table, column, row);
      value->length = strlen (value->text);
      break;
    }
}
