/* SPDX-License-Identifier: MIT
 *
 * From DuckDB's vectors to the builder's columns.
 */
#include "engine/duckdb-private.h"

#include "base/error.h"

#include <math.h>
#include <string.h>

static gboolean
is_whole (duckdb_type type)
{
  switch (type)
    {
    case DUCKDB_TYPE_BOOLEAN:
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_UTINYINT:
    case DUCKDB_TYPE_USMALLINT:
    case DUCKDB_TYPE_UINTEGER:
    case DUCKDB_TYPE_UBIGINT:
    case DUCKDB_TYPE_HUGEINT:
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
hansa_duckdb_type_fits (duckdb_type type, guint32 wanted)
{
  switch (wanted)
    {
    case HANSA_REAL:
      return is_whole (type) || type == DUCKDB_TYPE_DOUBLE || type == DUCKDB_TYPE_FLOAT
             || type == DUCKDB_TYPE_DECIMAL || type == DUCKDB_TYPE_SQLNULL;
    case HANSA_INTEGER:
      return is_whole (type) || type == DUCKDB_TYPE_SQLNULL;
    case HANSA_DATE:
      return type == DUCKDB_TYPE_DATE || type == DUCKDB_TYPE_SQLNULL;
    default:
      return type == DUCKDB_TYPE_VARCHAR || type == DUCKDB_TYPE_SQLNULL;
    }
}

/* One column of a chunk. `kind` is the type its cells are stored in: that of
 * the integer beneath, for decimals. */
typedef struct
{
  const HansaDuckdbLibrary *db;
  duckdb_type kind;
  double divisor; /* decimals */
  void *cells;
} Column;

/* FALSE when the number is none of 64 bits. */
static gboolean
integer_at (const Column *column, gsize i, gint64 *integer)
{
  switch (column->kind)
    {
    case DUCKDB_TYPE_BOOLEAN:
      *integer = ((const bool *)column->cells)[i];
      return TRUE;
    case DUCKDB_TYPE_TINYINT:
      *integer = (gint64)((const int8_t *)column->cells)[i];
      return TRUE;
    case DUCKDB_TYPE_SMALLINT:
      *integer = ((const int16_t *)column->cells)[i];
      return TRUE;
    case DUCKDB_TYPE_INTEGER:
      *integer = ((const int32_t *)column->cells)[i];
      return TRUE;
    case DUCKDB_TYPE_BIGINT:
      *integer = ((const int64_t *)column->cells)[i];
      return TRUE;
    case DUCKDB_TYPE_UTINYINT:
      *integer = ((const uint8_t *)column->cells)[i];
      return TRUE;
    case DUCKDB_TYPE_USMALLINT:
      *integer = ((const uint16_t *)column->cells)[i];
      return TRUE;
    case DUCKDB_TYPE_UINTEGER:
      *integer = ((const uint32_t *)column->cells)[i];
      return TRUE;
    case DUCKDB_TYPE_UBIGINT:
      *integer = (gint64)((const uint64_t *)column->cells)[i];
      return *integer >= 0;
    default:
      {
        duckdb_hugeint huge = ((const duckdb_hugeint *)column->cells)[i];
        *integer = (gint64)huge.lower;
        return huge.upper == (*integer < 0 ? -1 : 0);
      }
    }
}

static double
real_at (const Column *column, gsize i)
{
  gint64 integer;

  switch (column->kind)
    {
    case DUCKDB_TYPE_DOUBLE:
      return ((const double *)column->cells)[i];
    case DUCKDB_TYPE_FLOAT:
      return (double)((const float *)column->cells)[i];
    case DUCKDB_TYPE_HUGEINT:
      return column->db->hugeint_to_double (((duckdb_hugeint *)column->cells)[i]) / column->divisor;
    case DUCKDB_TYPE_UBIGINT:
      return (double)((const uint64_t *)column->cells)[i];
    default:
      (void)integer_at (column, i, &integer);
      return (double)integer / column->divisor;
    }
}

/* ---- one column of one chunk ---------------------------------------------- */

enum
{
  CHUNK_ROWS = 2048, /* of DuckDB's standard vectors */
  KNOWN_TEXTS = 256
};

/* The cells of a column on their way: `valid` is ours, since a number that is
 * not finite becomes a missing cell. */
typedef struct
{
  guint64 valid[CHUNK_ROWS / 64];
  union
  {
    double reals[CHUNK_ROWS];
    gint64 integers[CHUNK_ROWS];
    guint32 texts[CHUNK_ROWS];
  } cells;
} Batch;

static gboolean
is_valid (const Batch *batch, gsize row)
{
  return ((batch->valid[row / 64] >> (row % 64)) & 1) != 0;
}

static void
drop (Batch *batch, gsize row)
{
  batch->valid[row / 64] &= ~(G_GUINT64_CONSTANT (1) << (row % 64));
}

static void
copy_reals (const Column *column, gsize n, Batch *batch)
{
  for (gsize row = 0; row < n; row++)
    {
      batch->cells.reals[row] = is_valid (batch, row) ? real_at (column, row) : 0.0;
      if (!isfinite (batch->cells.reals[row]))
        drop (batch, row);
    }
}

static gboolean
copy_integers (const Column *column, gsize n, Batch *batch, const char *name, GError **error)
{
  for (gsize row = 0; row < n; row++)
    if (is_valid (batch, row) && !integer_at (column, row, &batch->cells.integers[row]))
      {
        g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                     _ ("Column “%s”: a number passes 64 bits."), name);
        return FALSE;
      }
  return TRUE;
}

/* Codes are short and repeat: DuckDB holds a short text in its 16 bytes, which
 * tell whether the same text was interned a moment ago. */
static void
copy_texts (const Column *column, gsize n, Batch *batch, HansaTableBuilder *builder, guint target)
{
  struct
  {
    guint64 bytes[2];
    guint32 place;
  } known[KNOWN_TEXTS] = { 0 };

  for (gsize row = 0; row < n; row++)
    {
      duckdb_string_t *text = (duckdb_string_t *)column->cells + row;
      guint64 bytes[2];
      if (!is_valid (batch, row))
        continue;
      memcpy (bytes, text, sizeof bytes);
      guint slot = (guint)(((bytes[0] ^ bytes[1]) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15)) >> 56);
      if (memcmp (known[slot].bytes, bytes, sizeof bytes) != 0)
        {
          memcpy (known[slot].bytes, bytes, sizeof bytes);
          known[slot].place
              = hansa_table_builder_intern (builder, target, column->db->string_t_data (text),
                                            column->db->string_t_length (*text));
        }
      batch->cells.texts[row] = known[slot].place;
    }
}

/* What has no vector of that kind (an untyped NULL) holds no cell at all. */
static Column
column_of (HansaDuckdb *self, duckdb_data_chunk chunk, guint i, duckdb_logical_type type,
           Batch *batch)
{
  duckdb_vector vector = self->db->data_chunk_get_vector (chunk, i);
  Column column = { .db = self->db, .kind = self->db->get_type_id (type), .divisor = 1.0 };

  if (column.kind == DUCKDB_TYPE_DECIMAL)
    {
      column.kind = self->db->decimal_internal_type (type);
      column.divisor = pow (10.0, self->db->decimal_scale (type));
    }
  const guint64 *valid = self->db->vector_get_validity (vector);
  gsize words = (self->db->data_chunk_get_size (chunk) + 63) / 64;
  if (column.kind == DUCKDB_TYPE_SQLNULL)
    memset (batch->valid, 0, words * sizeof *valid);
  else if (valid == NULL)
    memset (batch->valid, 0xFF, words * sizeof *valid);
  else
    memcpy (batch->valid, valid, words * sizeof *valid);
  column.cells = self->db->vector_get_data (vector);
  return column;
}

gboolean
hansa_duckdb_copy_chunk (HansaDuckdb *self, duckdb_data_chunk chunk,
                         const duckdb_logical_type *types, const HansaField *fields,
                         guint n_columns, HansaTableBuilder *builder, GError **error)
{
  gsize n = self->db->data_chunk_get_size (chunk);
  Batch batch;

  g_return_val_if_fail (n <= CHUNK_ROWS, FALSE);
  if (!hansa_table_builder_reserve (builder, n, error))
    return FALSE;
  for (guint i = 0; i < n_columns; i++)
    {
      Column column = column_of (self, chunk, i, types[i], &batch);
      const void *cells = &batch.cells;

      if (fields[i].type == HANSA_REAL)
        copy_reals (&column, n, &batch);
      else if (fields[i].type == HANSA_TEXT)
        copy_texts (&column, n, &batch, builder, i);
      else if (fields[i].type == HANSA_DATE && column.kind == DUCKDB_TYPE_DATE)
        cells = column.cells;
      else if (fields[i].type == HANSA_INTEGER
               && !copy_integers (&column, n, &batch, fields[i].name, error))
        return FALSE;
      hansa_table_builder_cells (builder, i, cells, batch.valid, n);
    }
  return hansa_table_builder_end_rows (builder, n, error);
}
