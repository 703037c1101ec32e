/* SPDX-License-Identifier: MIT
 *
 * hansa_sum (DOUBLE): the sum that does not depend on the order of rows.
 * DuckDB's own depends on which thread added what first. Here each number is
 * split into whole part and fraction, the fraction as a multiple of 2^-62, and
 * both are added as integers: exact, in whatever order.
 */
#include "engine/duckdb-private.h"

#include <math.h>
#include <string.h>

#define FRACTION_BITS 62
#define LARGEST 0x1p90 /* 127 bits hold 2^37 of them */

/* DuckDB aligns states to 8 bytes. */
typedef __int128 Wide __attribute__ ((aligned (8)));

typedef struct
{
  Wide whole;
  guint64 fraction; /* below 1 */
  gboolean any, too_large;
} Sum;

static idx_t
state_size (G_GNUC_UNUSED duckdb_function_info info)
{
  return sizeof (Sum);
}

static void
begin (G_GNUC_UNUSED duckdb_function_info info, duckdb_aggregate_state state)
{
  memset (state, 0, sizeof (Sum));
}

static void
add_parts (Sum *sum, __int128 whole, guint64 fraction)
{
  fraction += sum->fraction;
  sum->whole += whole + (fraction >> FRACTION_BITS);
  sum->fraction = fraction & ((G_GUINT64_CONSTANT (1) << FRACTION_BITS) - 1);
}

static void
add (Sum *sum, double number)
{
  sum->any = TRUE;
  if (fabs (number) < 0x1p62)
    {
      gint64 whole = (gint64)number;
      if ((double)whole == number)
        sum->whole += whole;
      else
        {
          double below = floor (number);
          add_parts (sum, (gint64)below, (guint64)rint (ldexp (number - below, FRACTION_BITS)));
        }
    }
  else if (fabs (number) < LARGEST)
    sum->whole += (__int128)number;
  else
    sum->too_large = TRUE;
}

static void
update (G_GNUC_UNUSED duckdb_function_info info, duckdb_data_chunk input,
        duckdb_aggregate_state *states)
{
  const HansaDuckdbLibrary *db = hansa_duckdb_library (NULL);
  duckdb_vector vector = db->data_chunk_get_vector (input, 0);
  const double *numbers = db->vector_get_data (vector);
  const guint64 *valid = db->vector_get_validity (vector);
  gsize n = db->data_chunk_get_size (input);

  for (gsize i = 0; i < n; i++)
    if (valid == NULL || (valid[i / 64] >> i % 64 & 1) != 0)
      add ((Sum *)states[i], numbers[i]);
}

static void
combine (G_GNUC_UNUSED duckdb_function_info info, duckdb_aggregate_state *from,
         duckdb_aggregate_state *to, idx_t n)
{
  for (idx_t i = 0; i < n; i++)
    {
      const Sum *source = (const Sum *)from[i];
      Sum *sum = (Sum *)to[i];
      add_parts (sum, source->whole, source->fraction);
      sum->any |= source->any;
      sum->too_large |= source->too_large;
    }
}

/* Rounded once. */
static double
total (const Sum *sum)
{
  const __int128 one = (__int128)1 << FRACTION_BITS;

  if (sum->whole >= 4 * one || sum->whole < -4 * one)
    return (double)sum->whole; /* fractions are lost among 64 bits */
  return ldexp ((double)(sum->whole * one + sum->fraction), -FRACTION_BITS);
}

static void
end (duckdb_function_info info, duckdb_aggregate_state *states, duckdb_vector result, idx_t n,
     idx_t offset)
{
  const HansaDuckdbLibrary *db = hansa_duckdb_library (NULL);
  double *numbers = db->vector_get_data (result);

  db->vector_ensure_validity_writable (result);
  for (idx_t i = 0; i < n; i++)
    {
      const Sum *sum = (const Sum *)states[i];
      if (sum->too_large)
        db->aggregate_function_set_error (info, _ ("a number is too large to be added up."));
      if (!sum->any)
        db->validity_set_row_invalid (db->vector_get_validity (result), offset + i);
      else
        numbers[offset + i] = total (sum);
    }
}

gboolean
hansa_duckdb_add_sum (HansaDuckdb *self)
{
  const HansaDuckdbLibrary *db = self->db;
  duckdb_aggregate_function function = db->create_aggregate_function ();
  duckdb_logical_type number = db->create_logical_type (DUCKDB_TYPE_DOUBLE);

  db->aggregate_function_set_name (function, "hansa_sum");
  db->aggregate_function_add_parameter (function, number);
  db->aggregate_function_set_return_type (function, number);
  db->aggregate_function_set_functions (function, state_size, begin, update, combine, end);
  gboolean ok = db->register_aggregate_function (self->connection, function) == DuckDBSuccess;
  db->destroy_logical_type (&number);
  db->destroy_aggregate_function (&function);
  return ok;
}
