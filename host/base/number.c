/* SPDX-License-Identifier: MIT */
#include "base/number.h"

#include <math.h>

char *
hansa_number_text (char digits[G_ASCII_DTOSTR_BUF_SIZE], double number)
{
  /* Most numbers of a report count something: digits alone are ten times as fast. */
  if (fabs (number) < 1e15 && fabs (number - trunc (number)) <= 0.0
      && !(signbit (number) && number >= 0.0))
    {
      g_snprintf (digits, G_ASCII_DTOSTR_BUF_SIZE, "%" G_GINT64_FORMAT, (gint64)number);
      return digits;
    }
  g_ascii_formatd (digits, G_ASCII_DTOSTR_BUF_SIZE, "%.15g", number);
  double back = g_ascii_strtod (digits, NULL);
  if (back < number || back > number)
    g_ascii_dtostr (digits, G_ASCII_DTOSTR_BUF_SIZE, number);
  return digits;
}
