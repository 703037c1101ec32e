/* SPDX-License-Identifier: MIT
 *
 * Sealed tables: filled by row and filled by batches, the table is the same.
 */
#include "dataset/table.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define N_ROWS 5000

static const HansaField fields[] = {
  { "name", "", HANSA_TEXT },
  { "day", "", HANSA_DATE },
  { "value", "USD", HANSA_REAL },
  { "n", "1", HANSA_INTEGER },
};

/* Missing in every column, each at places of its own. */
static gboolean
is_missing (guint column, gsize row)
{
  return (row * 7 + column) % (column + 5) == 0;
}

static char *
name_of (gsize row)
{
  return g_strdup_printf ("r%zu", row % 611);
}

static HansaSealedTable *
by_row (void)
{
  HansaTableBuilder *builder = hansa_table_builder_new ("t", fields, 4, 0, NULL);

  for (gsize row = 0; row < N_ROWS; row++)
    {
      g_autofree char *name = name_of (row);
      if (!is_missing (0, row))
        hansa_table_builder_text (builder, 0, name, strlen (name));
      if (!is_missing (1, row))
        hansa_table_builder_date (builder, 1, (gint32)row);
      if (!is_missing (2, row))
        hansa_table_builder_real (builder, 2, (double)row / 8);
      if (!is_missing (3, row))
        hansa_table_builder_integer (builder, 3, -(gint64)row);
      ck_assert (hansa_table_builder_end_row (builder, NULL));
    }
  return hansa_table_builder_seal (builder, NULL, NULL);
}

typedef struct
{
  guint32 names[N_ROWS];
  gint32 days[N_ROWS];
  double values[N_ROWS];
  gint64 numbers[N_ROWS];
  guint64 valid[4][N_ROWS / 64 + 1];
} Batch;

/* Rows `first` to `first + n`; a missing cell is left as rubbish. */
static void
put_batch (HansaTableBuilder *builder, Batch *batch, gsize first, gsize n)
{
  memset (batch, 0xA5, sizeof *batch);
  memset (batch->valid, 0, sizeof batch->valid);
  ck_assert (hansa_table_builder_reserve (builder, n, NULL));
  for (gsize i = 0; i < n; i++)
    {
      gsize row = first + i;
      g_autofree char *name = name_of (row);
      for (guint c = 0; c < 4; c++)
        if (!is_missing (c, row))
          batch->valid[c][i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
      if (!is_missing (0, row))
        batch->names[i] = hansa_table_builder_intern (builder, 0, name, strlen (name));
      batch->days[i] = (gint32)row;
      batch->values[i] = (double)row / 8;
      batch->numbers[i] = -(gint64)row;
    }
  const void *cells[] = { batch->names, batch->days, batch->values, batch->numbers };
  for (guint c = 0; c < 4; c++)
    hansa_table_builder_cells (builder, c, cells[c], batch->valid[c], n);
  ck_assert (hansa_table_builder_end_rows (builder, n, NULL));
}

START_TEST (batches_equal_rows)
{
  static const gsize sizes[] = { 1, 63, 64, 65, 2048, 7, 0, 130 };
  g_autofree Batch *batch = g_new (Batch, 1);
  HansaTableBuilder *builder = hansa_table_builder_new ("t", fields, 4, 0, NULL);

  for (gsize row = 0, turn = 0; row < N_ROWS; turn++)
    {
      gsize n = MIN (sizes[turn % G_N_ELEMENTS (sizes)], N_ROWS - row);
      put_batch (builder, batch, row, n);
      row += n;
    }
  ck_assert_uint_eq (hansa_table_builder_rows (builder), N_ROWS);
  g_autoptr (HansaSealedTable) batches = hansa_table_builder_seal (builder, NULL, NULL);
  g_autoptr (HansaSealedTable) rows = by_row ();
  ck_assert_str_eq (hansa_sealed_table_hash (batches), hansa_sealed_table_hash (rows));
}
END_TEST

START_TEST (full_columns_have_no_bitmap)
{
  static const HansaField field = { "n", "1", HANSA_INTEGER };
  static const gint64 numbers[] = { 1, 2, 3 };
  HansaTableBuilder *builder = hansa_table_builder_new ("t", &field, 1, 0, NULL);

  ck_assert (hansa_table_builder_reserve (builder, 3, NULL));
  hansa_table_builder_cells (builder, 0, numbers, NULL, 3);
  ck_assert (hansa_table_builder_end_rows (builder, 3, NULL));
  g_autoptr (HansaSealedTable) table = hansa_table_builder_seal (builder, NULL, NULL);
  const HansaTable *view = hansa_sealed_table_view (table);
  ck_assert_ptr_null (view->columns[0].valid);
  ck_assert_int_eq (hansa_integers (view, 0)[2], 3);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("table");
  TCase *test = tcase_create ("table");
  tcase_add_test (test, batches_equal_rows);
  tcase_add_test (test, full_columns_have_no_bitmap);
  suite_add_tcase (suite, test);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
