/* SPDX-License-Identifier: MIT
 *
 * The identity of a table: what a reader of it can see, so that the file's
 * layout (which depends on how it grew) does not matter.
 */
#include "dataset/table-private.h"

#include "plugin/sheet.h"

#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

static void
hash_bytes (XXH3_state_t *sum, gconstpointer bytes, gsize size)
{
  XXH3_128bits_update (sum, bytes, size);
}

static void
hash_text (XXH3_state_t *sum, const char *text)
{
  hash_bytes (sum, text, strlen (text) + 1);
}

static void
hash_column (XXH3_state_t *sum, const HansaTable *view, guint i)
{
  const HansaColumnData *column = &view->columns[i];

  hash_text (sum, column->name);
  hash_text (sum, column->unit);
  hash_bytes (sum, &column->type, sizeof column->type);
  if (column->valid != NULL)
    hash_bytes (sum, column->valid, (view->n_rows + 63) / 64 * 8);
  if (column->type == HANSA_TEXT)
    for (gsize row = 0; row < view->n_rows; row++)
      hash_text (sum, hansa_text_at (view, i, row));
  else
    hash_bytes (sum, column->cells, view->n_rows * hansa_sheet_cell_size (column->type));
}

static gpointer
compute_hash (gpointer data)
{
  const HansaTable *view = &((HansaSealedTable *)data)->view;
  XXH3_state_t sum;

  XXH3_INITSTATE (&sum);
  XXH3_128bits_reset (&sum);
  hash_text (&sum, view->name);
  hash_bytes (&sum, &view->n_rows, sizeof view->n_rows);
  for (guint i = 0; i < view->n_columns; i++)
    hash_column (&sum, view, i);
  XXH128_hash_t hash = XXH3_128bits_digest (&sum);
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x",
                          (guint64)hash.high64, (guint64)hash.low64);
}

const char *
hansa_sealed_table_hash (HansaSealedTable *table)
{
  return g_once (&table->hash, compute_hash, table);
}
