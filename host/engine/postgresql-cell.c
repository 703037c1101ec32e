/* SPDX-License-Identifier: MIT
 *
 * The binary form of values, as libpq hands it over: big-endian.
 */
#include "engine/postgresql-private.h"

#include "base/error.h"

#include <math.h>
#include <string.h>

/* From the server's pg_type.dat: part of the protocol, the same everywhere. */
enum
{
  BOOL = 16,
  NAME = 19,
  INT8 = 20,
  INT2 = 21,
  INT4 = 23,
  TEXT = 25,
  FLOAT4 = 700,
  FLOAT8 = 701,
  UNKNOWN = 705,
  BPCHAR = 1042,
  VARCHAR = 1043,
  DATE = 1082,
  TIMESTAMP = 1114,
  TIMESTAMPTZ = 1184,
  NUMERIC = 1700
};

/* Days from 1970-01-01 to 2000-01-01, where the server's calendar begins. */
#define EPOCH_DAYS 10957
#define DAY_MICROSECONDS G_GINT64_CONSTANT (86400000000)

gboolean
hansa_postgres_type_fits (Oid type, guint32 wanted)
{
  gboolean whole = type == BOOL || type == INT2 || type == INT4 || type == INT8;

  switch (wanted)
    {
    case HANSA_REAL:
      return whole || type == FLOAT4 || type == FLOAT8 || type == NUMERIC;
    case HANSA_INTEGER:
      return whole || type == NUMERIC;
    case HANSA_DATE:
      return type == DATE || type == TIMESTAMP || type == TIMESTAMPTZ;
    default:
      return type == TEXT || type == VARCHAR || type == BPCHAR || type == NAME || type == UNKNOWN;
    }
}

static guint64
big_endian (const char *bytes, gsize length)
{
  guint64 number = 0;

  for (gsize i = 0; i < length; i++)
    number = number << 8 | (guchar)bytes[i];
  return number;
}

static gint64
integer_of (const char *bytes, gsize length)
{
  switch (length)
    {
    case 2:
      return (gint16)big_endian (bytes, 2);
    case 4:
      return (gint32)big_endian (bytes, 4);
    case 8:
      return (gint64)big_endian (bytes, 8);
    default:
      return (gint64)big_endian (bytes, length);
    }
}

static double
float_of (const char *bytes, gsize length)
{
  if (length == sizeof (float))
    {
      guint32 bits = (guint32)big_endian (bytes, 4);
      float number;
      memcpy (&number, &bits, sizeof number);
      return (double)number;
    }
  guint64 bits = big_endian (bytes, 8);
  double number;
  memcpy (&number, &bits, sizeof number);
  return number;
}

/* Digits to base 10000: their number, the weight of the first, the sign, how
 * many decimals are shown, then each. As text, "-123.45"; NULL for NaN and the
 * infinities. */
static char *
numeric_text (const char *bytes, gsize length)
{
  int n = length >= 8 ? (int)integer_of (bytes, 2) : 0;
  int weight = length >= 8 ? (int)integer_of (bytes + 2, 2) : 0;
  guint64 sign = length >= 8 ? big_endian (bytes + 4, 2) : 0xC000;

  if ((sign & 0xC000) == 0xC000 || length < 8 + 2 * (gsize)MAX (n, 0))
    return NULL;
  GString *text = g_string_new (sign == 0x4000 ? "-0" : "0");
  for (int i = 0; i <= MAX (weight, n - 1); i++)
    {
      int digit = i < n ? (int)integer_of (bytes + 8 + 2 * i, 2) : 0;
      if (i == weight + 1)
        g_string_append_c (text, '.');
      /* A first digit after the point: the zeros between. */
      for (int k = weight + 1; i == 0 && k < 0; k++)
        g_string_append (text, k == weight + 1 ? ".0000" : "0000");
      g_string_append_printf (text, "%04d", digit);
    }
  return g_string_free (text, FALSE);
}

static double
real_of (Oid type, const char *bytes, gsize length)
{
  if (type == FLOAT4 || type == FLOAT8)
    return float_of (bytes, length);
  if (type != NUMERIC)
    return (double)integer_of (bytes, length);
  g_autofree char *text = numeric_text (bytes, length);
  return text != NULL ? g_ascii_strtod (text, NULL) : NAN;
}

static gboolean
whole_of (Oid type, const char *bytes, gsize length, gint64 *number)
{
  if (type != NUMERIC)
    {
      *number = integer_of (bytes, length);
      return TRUE;
    }
  g_autofree char *text = numeric_text (bytes, length);
  char *point = text != NULL ? strchr (text, '.') : NULL;
  if (text == NULL || (point != NULL && strspn (point + 1, "0") != strlen (point + 1)))
    return FALSE;
  if (point != NULL)
    *point = '\0';
  return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, number, NULL);
}

/* A time of day would be lost. */
static gboolean
date_of (Oid type, const char *bytes, gsize length, gint32 *days)
{
  gint64 number = integer_of (bytes, length);

  if (type != DATE && number % DAY_MICROSECONDS != 0)
    return FALSE;
  *days = (gint32)(type == DATE ? number : number / DAY_MICROSECONDS) + EPOCH_DAYS;
  return TRUE;
}

static gboolean
fail (GError **error, const char *format, const char *column)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA, format, column);
#pragma GCC diagnostic pop
  return FALSE;
}

gboolean
hansa_postgres_put_cell (HansaTableBuilder *builder, guint column, const HansaField *field,
                         Oid type, const char *bytes, gsize length, GError **error)
{
  gint64 number;
  gint32 days;

  switch (field->type)
    {
    case HANSA_REAL:
      {
        double real = real_of (type, bytes, length);
        if (isfinite (real))
          hansa_table_builder_real (builder, column, real);
        return TRUE;
      }
    case HANSA_INTEGER:
      if (!whole_of (type, bytes, length, &number))
        return fail (error, _ ("Column “%s”: a number passes 64 bits, or is not whole."),
                     field->name);
      hansa_table_builder_integer (builder, column, number);
      return TRUE;
    case HANSA_DATE:
      if (!date_of (type, bytes, length, &days))
        return fail (error, _ ("Column “%s”: a date has a time of day. CAST it to DATE."),
                     field->name);
      hansa_table_builder_date (builder, column, days);
      return TRUE;
    default:
      while (type == BPCHAR && length > 0 && bytes[length - 1] == ' ')
        length--;
      hansa_table_builder_text (builder, column, bytes, length);
      return TRUE;
    }
}
