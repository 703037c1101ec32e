/* SPDX-License-Identifier: MIT
 *
 * A table larger than memory, handed over in pieces.
 */
#include "dataset/table-builder.h"

void
hansa_table_builder_hand_over (HansaTableBuilder *builder, gsize batch_rows, HansaTableFunc func,
                               gpointer data)
{
  builder->batch_rows = batch_rows;
  builder->take = func;
  builder->take_data = data;
}

/* An empty builder of the same columns. */
static HansaTableBuilder *
begin_anew (const HansaTableBuilder *builder, GError **error)
{
  g_autofree HansaField *fields = g_new0 (HansaField, builder->n_columns);

  for (guint i = 0; i < builder->n_columns; i++)
    fields[i] = builder->columns[i].field;
  HansaTableBuilder *fresh = hansa_table_builder_new (builder->name, fields, builder->n_columns,
                                                      builder->batch_rows, error);
  if (fresh != NULL)
    hansa_table_builder_hand_over (fresh, builder->batch_rows, builder->take, builder->take_data);
  return fresh;
}

gboolean
hansa_table_builder_drain (HansaTableBuilder *builder, GError **error)
{
  g_autoptr (HansaTableBuilder) full = NULL;
  HansaTableFunc take = builder->take;
  gpointer data = builder->take_data;

  if (builder->n_rows == 0)
    return TRUE;
  full = begin_anew (builder, error);
  if (full == NULL)
    return FALSE;
  HansaTableBuilder filled = *builder;
  *builder = *full;
  *full = filled;
  g_autoptr (HansaSealedTable) table
      = hansa_table_builder_seal (g_steal_pointer (&full), NULL, error);
  return table != NULL && take (table, data, error);
}
