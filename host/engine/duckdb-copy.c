/* SPDX-License-Identifier: MIT
 *
 * From DuckDB's vectors to the builder's columns.
 */
#include "engine/duckdb-private.h"

#include "base/error.h"

#include <math.h>

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
  guint64 *valid;
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

static Column
column_of (HansaDuckdb *self, duckdb_data_chunk chunk, guint i, duckdb_logical_type type)
{
  duckdb_vector vector = self->db->data_chunk_get_vector (chunk, i);
  Column column = { .db = self->db, .kind = self->db->get_type_id (type), .divisor = 1.0 };

  if (column.kind == DUCKDB_TYPE_DECIMAL)
    {
      column.kind = self->db->decimal_internal_type (type);
      column.divisor = pow (10.0, self->db->decimal_scale (type));
    }
  column.valid = self->db->vector_get_validity (vector);
  column.cells = self->db->vector_get_data (vector);
  return column;
}

static gboolean
copy_cell (const Column *column, gsize row, const HansaField *field, HansaTableBuilder *builder,
           guint target, GError **error)
{
  gint64 integer = 0;

  switch (field->type)
    {
    case HANSA_REAL:
      {
        double real = real_at (column, row);
        if (isfinite (real))
          hansa_table_builder_real (builder, target, real);
        return TRUE;
      }
    case HANSA_INTEGER:
      if (!integer_at (column, row, &integer))
        {
          g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                       _ ("Column “%s”: a number passes 64 bits."), field->name);
          return FALSE;
        }
      hansa_table_builder_integer (builder, target, integer);
      return TRUE;
    case HANSA_DATE:
      hansa_table_builder_date (builder, target, ((const int32_t *)column->cells)[row]);
      return TRUE;
    default:
      {
        duckdb_string_t *text = (duckdb_string_t *)column->cells + row;
        hansa_table_builder_text (builder, target, column->db->string_t_data (text),
                                  column->db->string_t_length (*text));
        return TRUE;
      }
    }
}

gboolean
hansa_duckdb_copy_chunk (HansaDuckdb *self, duckdb_data_chunk chunk,
                         const duckdb_logical_type *types, const HansaField *fields,
                         guint n_columns, HansaTableBuilder *builder, GError **error)
{
  gsize n_rows = self->db->data_chunk_get_size (chunk);
  g_autofree Column *columns = g_new (Column, n_columns);

  for (guint i = 0; i < n_columns; i++)
    columns[i] = column_of (self, chunk, i, types[i]);
  for (gsize row = 0; row < n_rows; row++)
    {
      for (guint i = 0; i < n_columns; i++)
        {
          const guint64 *valid = columns[i].valid;
          if (columns[i].kind == DUCKDB_TYPE_SQLNULL
              || (valid != NULL && ((valid[row / 64] >> (row % 64)) & 1) == 0))
            continue;
          if (!copy_cell (&columns[i], row, &fields[i], builder, i, error))
            return FALSE;
        }
      if (!hansa_table_builder_end_row (builder, error))
        return FALSE;
    }
  return TRUE;
}
