/* SPDX-License-Identifier: MIT
 *
 * A table as an entry of the store: its memory file, then its hash and lineage.
 */
#include "dataset/table-private.h"

#include "plugin/sheet.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Hash, whether there is a lineage, its resource, path, first and lines. */
#define FORMAT "(sbssauau)"

static GVariant *
pack_numbers (const GArray *numbers)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, numbers != NULL ? numbers->data : NULL,
                                    numbers != NULL ? numbers->len : 0, sizeof (guint32));
}

void
hansa_sealed_table_pack (HansaSealedTable *table, GBytes *parts[2])
{
  const HansaLineage *lineage = table->lineage;
  g_autoptr (GVariant) tail = g_variant_ref_sink (
      g_variant_new ("(sbss@au@au)", hansa_sealed_table_hash (table), lineage != NULL,
                     lineage != NULL ? lineage->resource : "", lineage != NULL ? lineage->path : "",
                     pack_numbers (lineage != NULL ? lineage->first : NULL),
                     pack_numbers (lineage != NULL ? lineage->lines : NULL)));

  parts[0] = g_bytes_new_static (table->bytes, table->size);
  parts[1] = g_variant_get_data_as_bytes (tail);
}

static GArray *
unpack_numbers (GVariant *variant)
{
  gsize n;
  const guint32 *numbers = g_variant_get_fixed_array (variant, &n, sizeof *numbers);
  GArray *array = g_array_sized_new (FALSE, FALSE, sizeof *numbers, (guint)n);

  return g_array_append_vals (array, numbers, (guint)n);
}

static HansaLineage *
unpack_lineage (GVariant *tail)
{
  HansaLineage *lineage = g_new0 (HansaLineage, 1);
  g_autoptr (GVariant) first = g_variant_get_child_value (tail, 4);
  g_autoptr (GVariant) lines = g_variant_get_child_value (tail, 5);

  g_variant_get_child (tail, 2, "s", &lineage->resource);
  g_variant_get_child (tail, 3, "s", &lineage->path);
  lineage->first = unpack_numbers (first);
  lineage->lines = unpack_numbers (lines);
  return lineage;
}

static gboolean
lineage_fits (const HansaLineage *lineage, guint64 n_rows)
{
  guint32 last = 0;

  if (lineage->first->len != n_rows + 1)
    return FALSE;
  for (guint i = 0; i < lineage->first->len; i++)
    {
      guint32 first = g_array_index (lineage->first, guint32, i);
      if (first < last || first > lineage->lines->len)
        return FALSE;
      last = first;
    }
  return TRUE;
}

/* A memory file with those bytes, or -1. */
static int
fill_file (gconstpointer bytes, gsize size)
{
  int fd = memfd_create ("hansa-table", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd < 0)
    return -1;
  void *to = ftruncate (fd, (off_t)size) == 0
                 ? mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0)
                 : MAP_FAILED;
  if (to == MAP_FAILED)
    {
      close (fd);
      return -1;
    }
  memcpy (to, bytes, size);
  munmap (to, size);
  return fd;
}

HansaSealedTable *
hansa_sealed_table_unpack (GBytes *entry)
{
  gsize length;
  const HansaSheetHeader *header = g_bytes_get_data (entry, &length);

  if (length < sizeof *header || header->magic != HANSA_SHEET_MAGIC || header->size > length
      || header->size < sizeof *header || header->size % 8 != 0)
    return NULL;
  g_autoptr (GBytes) rest = g_bytes_new_from_bytes (entry, header->size, length - header->size);
  g_autoptr (GVariant) tail
      = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (FORMAT), rest, FALSE));
  gboolean has_lineage;
  g_variant_get_child (tail, 1, "b", &has_lineage);
  int fd = fill_file (header, header->size);
  if (fd < 0)
    return NULL;
  HansaSealedTable *table = hansa_sealed_table_adopt (
      fd, header->size, has_lineage ? unpack_lineage (tail) : NULL, TRUE);
  if (table != NULL && table->lineage != NULL && !lineage_fits (table->lineage, table->view.n_rows))
    g_clear_pointer (&table, hansa_sealed_table_unref);
  if (table != NULL)
    {
      table->hash.status = G_ONCE_STATUS_READY;
      g_variant_get_child (tail, 0, "s", &table->hash.retval);
    }
  return table;
}
