/* SPDX-License-Identifier: MIT
 *
 * The rules of a field, as SQL around each cell of a file.
 */
#include "base/number.h"
#include "dataset/sql-private.h"

#include <string.h>

void
hansa_sql_append_quoted (GString *sql, const char *text, char mark)
{
  g_string_append_c (sql, mark);
  for (; *text != '\0'; text++)
    {
      if (*text == mark)
        g_string_append_c (sql, mark);
      g_string_append_c (sql, *text);
    }
  g_string_append_c (sql, mark);
}

void
hansa_sql_append_number (GString *sql, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (sql, "CAST(%s AS DOUBLE PRECISION)", hansa_number_text (text, number));
}

char *
hansa_sql_name (const char *name)
{
  GString *sql = g_string_new (NULL);

  hansa_sql_append_quoted (sql, name, '"');
  return g_string_free (sql, FALSE);
}

void
hansa_sql_append_item (GString *list, const char *format, ...)
{
  va_list arguments;

  if (list->len > 0)
    g_string_append (list, ", ");
  va_start (arguments, format);
  g_string_append_vprintf (list, format, arguments);
  va_end (arguments);
}

/* ---- the rules of a field ------------------------------------------------ */

/* One breach: WHEN it holds, the query ends, and the message carries column,
 * rule and value for the engine module to put in words. */
static void
append_breach (GString *sql, const HansaSchemaField *field, const char *rule, const char *condition,
               const char *cell)
{
  g_autofree char *mark = g_strdup_printf ("hansa-rule|%s|%s|", field->name, rule);

  g_string_append_printf (sql, " WHEN %s THEN error(", condition);
  hansa_sql_append_quoted (sql, mark, '\'');
  g_string_append_printf (sql, " || coalesce(CAST(%s AS VARCHAR), '') || '|')", cell);
}

void
hansa_sql_append_bound_value (GString *sql, const HansaSchemaField *field, double bound)
{
  if (field->type == HANSA_DATE)
    g_string_append_printf (sql, "(DATE '1970-01-01' + %d)", (int)bound);
  else
    hansa_sql_append_number (sql, bound);
}

static void
append_bound (GString *sql, const HansaSchemaField *field, const char *rule, const char *operator,
              double bound, const char *cell)
{
  g_autoptr (GString) condition = g_string_new (cell);

  g_string_append (condition, operator);
  hansa_sql_append_bound_value (condition, field, bound);
  append_breach (sql, field, rule, condition->str, cell);
}

void
hansa_sql_append_choices (GString *sql, const HansaSchemaField *field, const char *cell,
                          const char *operator)
{
  g_string_append_printf (sql, "CAST(%s AS VARCHAR) %s (", cell, operator);
  for (char **choice = field->choices; *choice != NULL; choice++)
    {
      if (choice != field->choices)
        g_string_append (sql, ", ");
      hansa_sql_append_quoted (sql, *choice, '\'');
    }
  g_string_append_c (sql, ')');
}

static void
append_and (GString *sql, const char *cell, const char *operator, const HansaSchemaField * field,
            double bound)
{
  g_string_append (sql, sql->len > 0 ? " AND " : "");
  g_string_append_printf (sql, "%s%s", cell, operator);
  hansa_sql_append_bound_value (sql, field, bound);
}

/* What holds for a present cell within its bounds: most cells are told so by
 * one condition and never come to the rest. */
static char *
good_condition (const HansaSchemaField *field, const char *cell)
{
  GString *sql = g_string_new (NULL);

  if (field->has_minimum)
    append_and (sql, cell, " >= ", field, field->minimum);
  else if (field->type == HANSA_REAL)
    g_string_append_printf (sql, "%s >= -" HANSA_SQL_LARGEST, cell);
  if (field->has_maximum)
    append_and (sql, cell, " <= ", field, field->maximum);
  else if (field->type == HANSA_REAL)
    g_string_append_printf (sql, " AND %s <= " HANSA_SQL_LARGEST, cell);
  if (field->choices != NULL)
    {
      g_string_append (sql, sql->len > 0 ? " AND " : "");
      hansa_sql_append_choices (sql, field, cell, "IN");
    }
  if (field->pattern != NULL)
    {
      g_string_append_printf (sql, "%sregexp_matches(%s, ", sql->len > 0 ? " AND " : "", cell);
      hansa_sql_append_quoted (sql, g_regex_get_pattern (field->pattern), '\'');
      g_string_append_c (sql, ')');
    }
  if (sql->len == 0 && field->required)
    g_string_append_printf (sql, "%s IS NOT NULL", cell);
  return g_string_free (sql, FALSE);
}

static void
append_breaches (GString *sql, const HansaSchemaField *field, const char *cell)
{
  if (field->has_minimum)
    append_bound (sql, field, "minimum", " < ", field->minimum, cell);
  if (field->has_maximum)
    append_bound (sql, field, "maximum", " > ", field->maximum, cell);
  if (field->choices != NULL)
    {
      g_autoptr (GString) condition = g_string_new (NULL);
      hansa_sql_append_choices (condition, field, cell, "NOT IN");
      append_breach (sql, field, "enum", condition->str, cell);
    }
  if (field->pattern != NULL)
    {
      g_autoptr (GString) condition = g_string_new (NULL);
      g_string_append_printf (condition, "NOT regexp_matches(%s, ", cell);
      hansa_sql_append_quoted (condition, g_regex_get_pattern (field->pattern), '\'');
      g_string_append_c (condition, ')');
      append_breach (sql, field, "pattern", condition->str, cell);
    }
}

char *
hansa_sql_checked (const HansaSchemaField *field, const char *cell, gboolean nan_is_missing)
{
  g_autofree char *good = good_condition (field, cell);
  g_autoptr (GString) sql = g_string_new (NULL);
  gboolean nan = field->type == HANSA_REAL && nan_is_missing;
  g_autofree char *missing
      = g_strdup_printf (nan ? "%s IS NULL OR isnan(%s)" : "%s IS NULL", cell, cell);
  g_autofree char *infinite = g_strdup_printf ("NOT isfinite(%s)", cell);

  if (good[0] == '\0')
    return g_strdup (cell);
  g_string_append_printf (sql, "CASE WHEN %s THEN %s", good, cell);
  if (field->required)
    append_breach (sql, field, "required", missing, cell);
  else
    g_string_append_printf (sql, " WHEN %s THEN NULL", missing);
  if (field->type == HANSA_REAL)
    append_breach (sql, field, "type", infinite, cell);
  append_breaches (sql, field, cell);
  g_string_append_printf (sql, " ELSE %s END", cell);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}
