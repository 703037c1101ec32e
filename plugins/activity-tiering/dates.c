/* SPDX-License-Identifier: MIT
 *
 * Calendar arithmetic on days since 1970-01-01, after Hinnant, "chrono-
 * compatible low-level date algorithms": years begin in March, so that the
 * leap day is the last of them.
 */
#include "tiering.h"

typedef struct Civil
{
  int64_t year;
  int month, day;
} Civil;

static int64_t
floor_divide (int64_t a, int64_t b)
{
  return a / b - (a % b < 0 ? 1 : 0);
}

static int32_t
from_civil (Civil c)
{
  int64_t year = c.year - (c.month <= 2 ? 1 : 0);
  int64_t era = floor_divide (year, 400);
  int64_t of_era = year - era * 400;
  int64_t of_year = (153 * (c.month + (c.month > 2 ? -3 : 9)) + 2) / 5 + c.day - 1;
  int64_t day = of_era * 365 + of_era / 4 - of_era / 100 + of_year;

  return (int32_t)(era * 146097 + day - 719468);
}

static Civil
to_civil (int32_t days)
{
  int64_t shifted = (int64_t)days + 719468;
  int64_t era = floor_divide (shifted, 146097);
  int64_t day = shifted - era * 146097;
  int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
  int64_t of_year = day - (365 * year + year / 4 - year / 100);
  int64_t month = (5 * of_year + 2) / 153;
  Civil c;

  c.day = (int)(of_year - (153 * month + 2) / 5 + 1);
  c.month = (int)(month < 10 ? month + 3 : month - 9);
  c.year = year + era * 400 + (c.month <= 2 ? 1 : 0);
  return c;
}

static int
month_length (int64_t year, int month)
{
  static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return lengths[month - 1] + (month == 2 && leap ? 1 : 0);
}

static bool
read_digits (const char *text, int n, int *number)
{
  *number = 0;
  for (int i = 0; i < n; i++)
    {
      if (text[i] < '0' || text[i] > '9')
        return false;
      *number = *number * 10 + (text[i] - '0');
    }
  return true;
}

bool
date_parse (const char *text, int32_t *days)
{
  int year, month, day;

  /* Each step stops at the end of a text that is too short. */
  if (!read_digits (text, 4, &year) || text[4] != '-' || !read_digits (text + 5, 2, &month)
      || text[7] != '-' || !read_digits (text + 8, 2, &day) || text[10] != '\0')
    return false;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > month_length (year, month))
    return false;
  *days = from_civil ((Civil){ year, month, day });
  return true;
}

int64_t
date_year (int32_t days)
{
  return to_civil (days).year;
}

int32_t
date_add_months (int32_t days, int64_t months)
{
  Civil c = to_civil (days);
  int64_t all = c.year * 12 + c.month - 1 + months;

  c.year = floor_divide (all, 12);
  c.month = (int)(all - c.year * 12) + 1;
  if (c.day > month_length (c.year, c.month))
    c.day = month_length (c.year, c.month);
  return from_civil (c);
}

int32_t
date_months_between (int32_t from, int32_t to)
{
  Civil a = to_civil (from), b = to_civil (to);
  int64_t months = (b.year - a.year) * 12 + b.month - a.month;

  if (months > 0 && date_add_months (from, months) > to)
    months--;
  return (int32_t)months;
}
