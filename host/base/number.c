/* SPDX-License-Identifier: MIT */
#include "base/number.h"

char *
hansa_number_text (char digits[G_ASCII_DTOSTR_BUF_SIZE], double number)
{
  g_ascii_formatd (digits, G_ASCII_DTOSTR_BUF_SIZE, "%.15g", number);
  double back = g_ascii_strtod (digits, NULL);
  if (back < number || back > number)
    g_ascii_dtostr (digits, G_ASCII_DTOSTR_BUF_SIZE, number);
  return digits;
}
