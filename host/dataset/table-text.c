/* SPDX-License-Identifier: MIT
 *
 * The texts of a column: equal ones share their bytes, since codes and names
 * repeat.
 */
#include "dataset/table-builder.h"

#include "base/error.h"
#include "base/language.h"

#include <string.h>

static guint64
hash_bytes (const char *text, gsize length)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037); /* FNV-1a */
  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar)text[i]) * G_GUINT64_CONSTANT (1099511628211);
  return hash;
}

/* The slot that holds this text, or the free one where it belongs. */
static guint32 *
find_slot (ColumnBuilder *column, const char *heap, const char *text, gsize length)
{
  gsize slot = hash_bytes (text, length) & (column->n_slots - 1);
  while (column->slots[slot] != 0)
    {
      const char *held = heap + column->slots[slot];
      if (strncmp (held, text, length) == 0 && held[length] == '\0')
        break;
      slot = (slot + 1) & (column->n_slots - 1);
    }
  return &column->slots[slot];
}

static void
grow_slots (ColumnBuilder *column, const char *heap)
{
  g_autofree guint32 *old = g_steal_pointer (&column->slots);
  gsize n_old = column->n_slots;

  column->n_slots *= 4;
  column->slots = g_new0 (guint32, column->n_slots);
  for (gsize i = 0; i < n_old; i++)
    if (old[i] != 0)
      *find_slot (column, heap, heap + old[i], strlen (heap + old[i])) = old[i];
}

guint32
hansa_table_builder_intern (HansaTableBuilder *builder, guint index, const char *text, gsize length)
{
  ColumnBuilder *column = &builder->columns[index];
  length = strnlen (text, length); /* a NUL would end the text anyway */
  if (length == 0)
    return 0;
  if (2 * column->n_strings > column->n_slots)
    grow_slots (column, builder->bytes + column->heap.offset);
  guint32 *slot = find_slot (column, builder->bytes + column->heap.offset, text, length);
  if (*slot != 0)
    return *slot;
  if (column->heap_used + length + 1 > G_MAXUINT32)
    {
      if (builder->error == NULL)
        g_set_error (&builder->error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                     _ ("the texts of column \"%s\" take more than 4 GiB"), column->field.name);
      return 0;
    }
  if (!hansa_table_reserve_region (builder, &column->heap, column->heap_used + length + 1,
                                   builder->error == NULL ? &builder->error : NULL))
    return 0;
  char *place = builder->bytes + column->heap.offset + column->heap_used;
  memcpy (place, text, length);
  place[length] = '\0';
  *slot = (guint32)column->heap_used;
  column->heap_used += length + 1;
  column->n_strings++;
  return *slot;
}
