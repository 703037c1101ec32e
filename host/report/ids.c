/* SPDX-License-Identifier: MIT
 *
 * Stable ids of enumerations, and how dates and exact numbers are written.
 */
#include "base/number.h"
#include "report/report-private.h"

#include <float.h>
#include <math.h>

static const char *
id_at (const char *const *ids, gsize n_ids, guint32 i)
{
  return i < n_ids && ids[i] != NULL ? ids[i] : "unknown";
}

HansaText
hansa_severity_text (guint32 severity)
{
  switch (severity)
    {
    case HANSA_CONCERN:
      return hansa_word (HANSA_WORD_CONCERN);
    case HANSA_NOTABLE:
      return hansa_word (HANSA_WORD_NOTABLE);
    default:
      return hansa_word (HANSA_WORD_INFO);
    }
}

const char *
hansa_severity_id (guint32 severity)
{
  static const char *const ids[] = { NULL, "info", "notable", "concern" };
  return id_at (ids, G_N_ELEMENTS (ids), severity);
}

const char *
hansa_reason_id (guint32 reason)
{
  static const char *const ids[HANSA_REASON_COUNT] = {
    [HANSA_DEFINED] = "defined",
    [HANSA_NO_DATA] = "no-data",
    [HANSA_TOO_FEW] = "too-few",
    [HANSA_ZERO_TOTAL] = "zero-total",
    [HANSA_ZERO_VALUE] = "zero-value",
    [HANSA_NEGATIVE_VALUE] = "negative-value",
    [HANSA_BASE_NOT_POSITIVE] = "base-not-positive",
    [HANSA_ZERO_DENOMINATOR] = "zero-denominator",
    [HANSA_NOT_FINITE] = "not-finite",
    [HANSA_BAD_WEIGHT] = "bad-weight",
    [HANSA_BAD_ARGUMENT] = "bad-argument",
    [HANSA_MISSING_INPUT] = "missing-input",
    [HANSA_NOT_COMPARABLE] = "not-comparable",
    [HANSA_NEVER_REACHED] = "never-reached",
    [HANSA_NO_MEMORY] = "no-memory",
  };
  return id_at (ids, G_N_ELEMENTS (ids), reason);
}

const char *
hansa_chart_kind_id (guint32 kind)
{
  static const char *const ids[] = { NULL,     "bar",     "stacked", "line",     "scatter",
                                     "lorenz", "heatmap", "slope",   "interval", "timeline" };
  return id_at (ids, G_N_ELEMENTS (ids), kind);
}

const char *
hansa_note_kind_id (guint32 kind)
{
  static const char *const ids[] = { NULL, "method", "warning", "dropped" };
  return id_at (ids, G_N_ELEMENTS (ids), kind);
}

char *
hansa_chinese_number (guint number)
{
  static const char *const digits[] = { "", "一", "二", "三", "四", "五", "六", "七", "八", "九" };

  if (number == 0 || number > 99)
    return g_strdup_printf ("%u", number);
  return g_strconcat (number >= 20 ? digits[number / 10] : "", number >= 10 ? "十" : "",
                      digits[number % 10], NULL);
}

char *
hansa_date_words (const char *iso, HansaLanguage language)
{
  static const char *const months[]
      = { "January", "February", "March",     "April",   "May",      "June",
          "July",    "August",   "September", "October", "November", "December" };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) date = iso != NULL ? g_date_time_new_from_iso8601 (iso, utc) : NULL;

  if (date == NULL)
    return g_strdup (iso != NULL ? iso : "");
  int year = g_date_time_get_year (date), month = g_date_time_get_month (date),
      day = g_date_time_get_day_of_month (date);
  if (language == HANSA_ZH)
    return g_strdup_printf ("%d年%d月%d日", year, month, day);
  return g_strdup_printf ("%d %s %d", day, months[month - 1], year);
}

char *
hansa_date_iso (gint64 days)
{
  g_autoptr (GDateTime) epoch = g_date_time_new_utc (1970, 1, 1, 0, 0, 0.0);
  g_autoptr (GDateTime) date
      = ABS (days) < 4000000 ? g_date_time_add_days (epoch, (gint)days) : NULL;

  if (date == NULL)
    return g_strdup_printf ("%" G_GINT64_FORMAT, days); /* outside years 1 to 9999 */
  return g_strdup_printf ("%04d-%02d-%02d", g_date_time_get_year (date),
                          g_date_time_get_month (date), g_date_time_get_day_of_month (date));
}

const char *
hansa_number_exact (char buffer[HANSA_NUMBER_SIZE], double number)
{
  if (number == 0.0)
    return "0"; /* -0 says nothing more */
  if (fabs (number) < 1e15 && number == trunc (number))
    return hansa_number_text (buffer, number);
  /* 15 digits always survive, so trailing zeros are all that can be shorter;
   * subnormals carry fewer. */
  for (int digits = fabs (number) < DBL_MIN ? 1 : 15; digits <= 17; digits++)
    {
      char format[8];
      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (buffer, HANSA_NUMBER_SIZE, format, number);
      if (g_ascii_strtod (buffer, NULL) == number)
        break;
    }
  return buffer;
}
