/* SPDX-License-Identifier: MIT
 *
 * The builder writes cells straight into the memory file that workers will
 * map: copying a filled table costs more than all the rest of handing it over.
 * Each array of the file is a region; a region that is full moves to the end
 * of the file at twice its size and gives its pages back.
 */
#include "dataset/table-builder.h"
#include "dataset/table-private.h"

#include "base/error.h"
#include "base/language.h"
#include "plugin/sheet.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Bytes of the smallest table for which huge pages are asked. */
#define LARGE_TABLE ((gsize)8 << 20)
#define PAGE 4096u

/* ---- the file ---------------------------------------------------------- */

static gboolean
fail_memory (GError **error)
{
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_INTERNAL,
               _ ("cannot get memory for a table: %s"), g_strerror (errno));
  return FALSE;
}

static gsize
to_pages (gsize bytes)
{
  return (MAX (bytes, 1) + PAGE - 1) / PAGE * PAGE;
}

static gboolean
extend_file (HansaTableBuilder *builder, gsize size, GError **error)
{
  if (ftruncate (builder->fd, (off_t)size) != 0)
    return fail_memory (error);
  void *bytes = builder->bytes == NULL
                    ? mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, builder->fd, 0)
                    : mremap (builder->bytes, builder->size, size, MREMAP_MAYMOVE);
  if (bytes == MAP_FAILED)
    return fail_memory (error);
  builder->bytes = bytes;
  builder->size = size;
#ifdef MADV_HUGEPAGE
  /* Where the system gives shared memory huge pages to who asks, a worker maps a
   * large table in no time; small ones would only waste them. */
  if (size >= LARGE_TABLE)
    madvise (bytes, size, MADV_HUGEPAGE);
#endif
  return TRUE;
}

gboolean
hansa_table_reserve_region (HansaTableBuilder *builder, Region *region, gsize bytes, GError **error)
{
  if (bytes <= region->capacity)
    return TRUE;

  Region old = *region;
  gsize capacity = to_pages (MAX (bytes, 2 * old.capacity));
  gsize offset = builder->size;
  if (!extend_file (builder, offset + capacity, error))
    return FALSE;
  if (old.capacity > 0)
    {
      memcpy (builder->bytes + offset, builder->bytes + old.offset, old.capacity);
      (void)fallocate (builder->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)old.offset,
                       (off_t)old.capacity);
    }
  *region = (Region){ offset, capacity };
  return TRUE;
}

static gboolean
reserve_rows (HansaTableBuilder *builder, gsize rows, GError **error)
{
  gsize capacity = (MAX (rows, 64) + 63) / 64 * 64;

  for (guint i = 0; i < builder->n_columns; i++)
    {
      ColumnBuilder *column = &builder->columns[i];
      gsize cell = hansa_sheet_cell_size (column->field.type);
      if (!hansa_table_reserve_region (builder, &column->cells, capacity * cell, error)
          || !hansa_table_reserve_region (builder, &column->valid, capacity / 8, error))
        return FALSE;
    }
  builder->capacity = capacity;
  return TRUE;
}

/* ---- building ---------------------------------------------------------- */

HansaTableBuilder *
hansa_table_builder_new (const char *name, const HansaField *fields, guint n_fields,
                         gsize expected_rows, GError **error)
{
  g_autoptr (HansaTableBuilder) builder = g_new0 (HansaTableBuilder, 1);

  builder->fd = memfd_create ("hansa-table", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (builder->fd < 0)
    return fail_memory (error), NULL;
  builder->name = g_strdup (name);
  builder->n_columns = n_fields;
  builder->columns = g_new0 (ColumnBuilder, MAX (n_fields, 1));

  gsize head = sizeof (HansaSheetHeader) + n_fields * sizeof (HansaSheetColumn) + strlen (name) + 1;
  for (guint i = 0; i < n_fields; i++)
    {
      const char *unit = fields[i].unit != NULL ? fields[i].unit : "";
      builder->columns[i].field
          = (HansaField){ g_strdup (fields[i].name), g_strdup (unit), fields[i].type };
      head += strlen (fields[i].name) + strlen (unit) + 2;
    }
  if (!extend_file (builder, to_pages (head), error)
      || !reserve_rows (builder, expected_rows, error))
    return NULL;
  for (guint i = 0; i < n_fields; i++)
    {
      ColumnBuilder *column = &builder->columns[i];
      if (column->field.type != HANSA_TEXT)
        continue;
      column->heap_used = 1; /* offset 0 is the empty text of a missing cell */
      column->n_slots = 256;
      column->slots = g_new0 (guint32, column->n_slots);
      if (!hansa_table_reserve_region (builder, &column->heap, PAGE, error))
        return NULL;
    }
  return g_steal_pointer (&builder);
}

void
hansa_table_builder_free (HansaTableBuilder *builder)
{
  if (builder == NULL)
    return;
  if (builder->bytes != NULL)
    munmap (builder->bytes, builder->size);
  if (builder->fd >= 0)
    close (builder->fd);
  for (guint i = 0; i < builder->n_columns; i++)
    {
      g_free ((char *)builder->columns[i].field.name);
      g_free ((char *)builder->columns[i].field.unit);
      g_free (builder->columns[i].slots);
    }
  g_free (builder->columns);
  g_free (builder->name);
  g_clear_error (&builder->error);
  g_free (builder);
}

/* Where the current row's cell goes; marks it present. */
static void *
cell_place (HansaTableBuilder *builder, guint column)
{
  ColumnBuilder *target = &builder->columns[column];
  guint64 *valid = (guint64 *)(void *)(builder->bytes + target->valid.offset);

  valid[builder->n_rows / 64] |= G_GUINT64_CONSTANT (1) << (builder->n_rows % 64);
  return builder->bytes + target->cells.offset
         + builder->n_rows * hansa_sheet_cell_size (target->field.type);
}

void
hansa_table_builder_real (HansaTableBuilder *builder, guint column, double number)
{
  g_assert (builder->columns[column].field.type == HANSA_REAL);
  *(double *)cell_place (builder, column) = number;
}

void
hansa_table_builder_integer (HansaTableBuilder *builder, guint column, gint64 number)
{
  g_assert (builder->columns[column].field.type == HANSA_INTEGER);
  *(gint64 *)cell_place (builder, column) = number;
}

void
hansa_table_builder_date (HansaTableBuilder *builder, guint column, gint32 days)
{
  g_assert (builder->columns[column].field.type == HANSA_DATE);
  *(gint32 *)cell_place (builder, column) = days;
}

void
hansa_table_builder_text (HansaTableBuilder *builder, guint column, const char *text, gsize length)
{
  ColumnBuilder *target = &builder->columns[column];
  g_assert (target->field.type == HANSA_TEXT);
  guint32 offset = hansa_table_builder_intern (builder, column, text, length);
  *(guint32 *)cell_place (builder, column) = offset;
}

gboolean
hansa_table_builder_end_row (HansaTableBuilder *builder, GError **error)
{
  if (builder->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&builder->error));
      return FALSE;
    }
  for (guint i = 0; i < builder->n_columns; i++)
    {
      ColumnBuilder *column = &builder->columns[i];
      const guint64 *valid = (const void *)(builder->bytes + column->valid.offset);
      if (((valid[builder->n_rows / 64] >> (builder->n_rows % 64)) & 1) == 0)
        column->any_missing = TRUE;
    }
  builder->n_rows++;
  if (builder->batch_rows > 0 && builder->n_rows >= builder->batch_rows)
    return hansa_table_builder_drain (builder, error);
  if (builder->n_rows < builder->capacity)
    return TRUE;
  return reserve_rows (builder, 2 * builder->capacity, error);
}

gboolean
hansa_table_builder_reserve (HansaTableBuilder *builder, gsize n, GError **error)
{
  gsize needed = builder->n_rows + n + 1; /* end_row keeps room for one more */
  return needed <= builder->capacity
         || reserve_rows (builder, MAX (needed, 2 * builder->capacity), error);
}

/* Bits `valid` of n rows, put where the column's bitmap stands at n_rows. */
static void
put_valid (ColumnBuilder *column, guint64 *bits, gsize at, const guint64 *valid, gsize n)
{
  for (gsize done = 0; done < n; done += 64)
    {
      guint64 all = n - done >= 64 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << (n - done)) - 1;
      guint64 word = valid != NULL ? valid[done / 64] & all : all;
      gsize place = (at + done) / 64, shift = (at + done) % 64;

      column->any_missing |= word != all;
      bits[place] |= word << shift;
      if (shift > 0 && word >> (64 - shift) != 0)
        bits[place + 1] |= word >> (64 - shift);
    }
}

void
hansa_table_builder_cells (HansaTableBuilder *builder, guint column, const void *cells,
                           const guint64 *valid, gsize n)
{
  ColumnBuilder *target = &builder->columns[column];
  gsize size = hansa_sheet_cell_size (target->field.type);
  char *place = builder->bytes + target->cells.offset + builder->n_rows * size;

  memcpy (place, cells, n * size);
  for (gsize row = 0; valid != NULL && row < n; row++)
    if (((valid[row / 64] >> (row % 64)) & 1) == 0)
      memset (place + row * size, 0, size);
  put_valid (target, (void *)(builder->bytes + target->valid.offset), builder->n_rows, valid, n);
}

gboolean
hansa_table_builder_end_rows (HansaTableBuilder *builder, gsize n, GError **error)
{
  if (builder->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&builder->error));
      return FALSE;
    }
  builder->n_rows += n;
  return builder->batch_rows == 0 || builder->n_rows < builder->batch_rows
         || hansa_table_builder_drain (builder, error);
}

gsize
hansa_table_builder_rows (HansaTableBuilder *builder)
{
  return builder->n_rows;
}

/* ---- sealing ----------------------------------------------------------- */

static guint64
put_string (HansaTableBuilder *builder, gsize *end, const char *text)
{
  gsize offset = *end;
  gsize length = strlen (text) + 1;
  memcpy (builder->bytes + offset, text, length);
  *end += length;
  return offset;
}

static void
write_head (HansaTableBuilder *builder)
{
  HansaSheetHeader *header = (void *)builder->bytes;
  HansaSheetColumn *entries = (void *)(header + 1);
  gsize end = sizeof *header + builder->n_columns * sizeof *entries;

  *header = (HansaSheetHeader){ .magic = HANSA_SHEET_MAGIC,
                                .size = builder->size,
                                .n_rows = builder->n_rows,
                                .n_columns = builder->n_columns };
  header->name = (guint32)put_string (builder, &end, builder->name);
  for (guint i = 0; i < builder->n_columns; i++)
    {
      const ColumnBuilder *column = &builder->columns[i];
      entries[i] = (HansaSheetColumn){ .type = column->field.type,
                                       .valid = column->any_missing ? column->valid.offset : 0,
                                       .cells = column->cells.offset,
                                       .heap = column->heap.offset,
                                       .heap_size = column->heap_used };
      entries[i].name = put_string (builder, &end, column->field.name);
      entries[i].unit = put_string (builder, &end, column->field.unit);
    }
}

/* Another thread may just be starting a program: until it is another one, its
 * process holds a writable mapping of ours, which forbids the seal. */
static gboolean
add_seals (int fd)
{
  const gint64 deadline = g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND;

  while (fcntl (fd, F_ADD_SEALS, HANSA_TABLE_SEALS) != 0)
    {
      if (errno != EBUSY || g_get_monotonic_time () > deadline)
        return FALSE;
      g_usleep (500);
    }
  return TRUE;
}

HansaSealedTable *
hansa_sealed_table_adopt (int fd, gsize size, HansaLineage *lineage, gboolean deep)
{
  HansaSealedTable *table = g_new0 (HansaSealedTable, 1);

  g_atomic_ref_count_init (&table->references);
  table->fd = fd;
  table->size = size;
  table->lineage = lineage;
  table->hash = (GOnce)G_ONCE_INIT;
  errno = 0;
  if (add_seals (fd))
    table->bytes = mmap (NULL, size, PROT_READ, MAP_SHARED, fd, 0);
  if (table->bytes == MAP_FAILED)
    table->bytes = NULL;
  const HansaSheetHeader *header = table->bytes;
  if (header != NULL && size >= sizeof *header
      && header->n_columns <= size / sizeof (HansaSheetColumn))
    {
      table->columns = g_new0 (HansaColumnData, MAX (header->n_columns, 1));
      if (hansa_sheet_view (header, size, deep, &table->view, table->columns, header->n_columns)
          == NULL)
        return table;
    }
  int reason = errno;
  hansa_sealed_table_unref (table);
  errno = reason;
  return NULL;
}

HansaSealedTable *
hansa_table_builder_seal (HansaTableBuilder *builder_in, HansaLineage *lineage, GError **error)
{
  g_autoptr (HansaTableBuilder) builder = builder_in;
  int fd = builder->fd;

  write_head (builder);
  munmap (builder->bytes, builder->size); /* a writable mapping forbids the seal */
  builder->bytes = NULL;
  builder->fd = -1;
  HansaSealedTable *table = hansa_sealed_table_adopt (fd, builder->size, lineage, FALSE);
  if (table == NULL)
    fail_memory (error);
  return table;
}

HansaSealedTable *
hansa_sealed_table_ref (HansaSealedTable *table)
{
  g_atomic_ref_count_inc (&table->references);
  return table;
}

void
hansa_sealed_table_unref (HansaSealedTable *table)
{
  if (table == NULL || !g_atomic_ref_count_dec (&table->references))
    return;
  if (table->bytes != NULL)
    munmap (table->bytes, table->size);
  close (table->fd);
  g_free (table->columns);
  g_clear_pointer (&table->lineage, hansa_lineage_free);
  g_free (table->hash.retval);
  g_free (table);
}

const HansaTable *
hansa_sealed_table_view (HansaSealedTable *table)
{
  return &table->view;
}

int
hansa_sealed_table_fd (HansaSealedTable *table)
{
  return table->fd;
}

gsize
hansa_sealed_table_size (HansaSealedTable *table)
{
  return table->size;
}

const HansaLineage *
hansa_sealed_table_lineage (HansaSealedTable *table)
{
  return table->lineage;
}

void
hansa_lineage_free (HansaLineage *lineage)
{
  if (lineage == NULL)
    return;
  g_free (lineage->resource);
  g_free (lineage->path);
  g_clear_pointer (&lineage->first, g_array_unref);
  g_clear_pointer (&lineage->lines, g_array_unref);
  g_free (lineage);
}
