/* SPDX-License-Identifier: MIT
 *
 * What to write instead of a cell that cannot be read. Office tables break
 * the same few ways; each has its own sentence.
 */
#include "base/nearest.h"
#include "dataset/cell.h"

#include <stdio.h>
#include <string.h>

#define FULL_WIDTH_ZERO 0xFF10u
#define FULL_WIDTH_NINE 0xFF19u
#define FULL_WIDTH_FIRST 0xFF01u
#define FULL_WIDTH_LAST 0xFF5Eu
#define FULL_WIDTH_OFFSET 0xFEE0u
#define IDEOGRAPHIC_SPACE 0x3000u

static gboolean
has_full_width_digit (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c >= FULL_WIDTH_ZERO && c <= FULL_WIDTH_NINE)
        return TRUE;
    }
  return FALSE;
}

/* ASCII for full-width forms, without separators and spaces. */
static char *
plain (const char *text)
{
  GString *result = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST)
        c -= FULL_WIDTH_OFFSET;
      if (c != ',' && c != '\'' && c != IDEOGRAPHIC_SPACE && !g_unichar_isspace (c))
        g_string_append_unichar (result, c);
    }
  return g_string_free (result, FALSE);
}

static gboolean
is_number_of (const HansaSchemaField *field, const char *text)
{
  double real;
  gint64 integer;

  return field->type == HANSA_REAL ? hansa_parse_real (text, &real)
                                   : hansa_parse_integer (text, &integer);
}

static gboolean
means_missing (const char *text)
{
  static const char *const words[]
      = { "-",  "--",   "—",    "——", "…",  "……", "...", "n/a",  "na", "nan",
          "无", "null", "none", "/",  "\\", "空", "缺",  "暂无", NULL };
  g_autofree char *lower = g_utf8_strdown (text, -1);
  g_strstrip (lower);
  return lower[0] == '\0' || g_strv_contains (words, lower);
}

/* "12万", "3.5 亿元", "45%": a number with its unit in the cell. */
static gboolean
has_unit (const char *plain_text)
{
  gsize digits = strspn (plain_text, "+-.0123456789");

  return digits > 0 && plain_text[digits] != '\0'
         && (plain_text[digits] == '%' || (guchar)plain_text[digits] >= 0x80
             || (g_ascii_isalpha (plain_text[digits])
                 && strchr ("eExX", plain_text[digits]) == NULL));
}

static char *
number_advice (const HansaSchemaField *field, const char *text)
{
  g_autofree char *bare = plain (text);
  double real;

  if (means_missing (text))
    return g_strdup_printf (
        _ ("“%s” is not a number. Leave the cell empty where there is no value, "
           "or list the mark in \"missingValues\"."),
        text);
  if (is_number_of (field, bare) && has_full_width_digit (text))
    return g_strdup_printf (_ ("“%s” has full-width digits. Write %s."), text, bare);
  if (is_number_of (field, bare) && !is_number_of (field, text))
    return g_strdup_printf (_ ("“%s” has separators or spaces in it. Write %s."), text, bare);
  if (has_unit (bare))
    return g_strdup_printf (_ ("“%s” has its unit in the cell. Write the number alone and give the "
                               "column its \"unit\"."),
                            text);
  if (field->type == HANSA_INTEGER && hansa_parse_real (bare, &real))
    return g_strdup_printf (_ ("“%s” is not a whole number within 64 bits. If the column may hold "
                               "such numbers, make its type \"number\"."),
                            text);
  return g_strdup_printf (_ ("“%s” is not a number. Write digits with a point for decimals."),
                          text);
}

static char *
date_advice (const char *text)
{
  static const char *const forms[] = { "%u/%u/%u", "%u.%u.%u", "%u年%u月%u日", "%u-%u-%u" };
  g_autofree char *bare = plain (text);
  guint year = 0, month = 0, day = 0;

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      year = month = day = 0;
      int found = sscanf (bare, forms[i], &year, &month, &day);
      gboolean real_day = found == 3 && year >= 1 && year <= 9999 && month >= 1 && month <= 12
                          && day <= 31
                          && g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year);
      if (real_day)
        return g_strdup_printf (_ ("“%s” is not written as a date. Write %04u-%02u-%02u."), text,
                                year, month, day);
      if (found == 3 && i == G_N_ELEMENTS (forms) - 1)
        return g_strdup_printf (_ ("“%s” is not a day of the calendar."), text);
    }
  return g_strdup_printf (
      _ ("“%s” is not a date. Write year, month and day as in 2018-07-01; leave the cell empty "
         "where the day is not known."),
      text);
}

static char *
choice_advice (const HansaSchemaField *field, const char *text)
{
  const char *near = hansa_nearest (text, (const char *const *)field->choices);

  if (near != NULL)
    return g_strdup_printf (_ ("“%s” is not one of the values allowed. Did you mean “%s”?"), text,
                            near);
  g_autofree char *all = g_strjoinv (", ", field->choices);
  return g_strdup_printf (_ ("“%s” is not one of the values allowed: %s."), text, all);
}

char *
hansa_cell_advice (const HansaSchemaField *field, const char *text)
{
  HansaCellValue value;

  if (field->type == HANSA_DATE && !hansa_parse_date (text, &value.date))
    return date_advice (text);
  if (field->boolean && !hansa_parse_boolean (text, &value.integer))
    return g_strdup_printf (_ ("“%s” is neither true nor false. Write true or false."), text);
  if ((field->type == HANSA_REAL || (field->type == HANSA_INTEGER && !field->boolean))
      && !is_number_of (field, text))
    return number_advice (field, text);
  return field->choices != NULL ? choice_advice (field, text)
                                : g_strdup_printf (_ ("“%s” cannot be read here."), text);
}
