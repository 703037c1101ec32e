/* SPDX-License-Identifier: MIT */
#include "plugin/sheet.h"

#include <string.h>

size_t
hansa_sheet_cell_size (uint32_t type)
{
  switch (type)
    {
    case HANSA_REAL:
    case HANSA_INTEGER:
      return 8;
    case HANSA_TEXT:
    case HANSA_DATE:
      return 4;
    default:
      return 0;
    }
}

static bool
region_fits (uint64_t offset, uint64_t length, size_t size)
{
  return offset % 64 == 0 && offset <= size && length <= size - offset;
}

/* A NUL-terminated string that begins at `offset`. */
static const char *
string_at (const char *bytes, size_t size, uint64_t offset)
{
  if (offset == 0 || offset >= size || memchr (bytes + offset, '\0', size - offset) == NULL)
    return NULL;
  return bytes + offset;
}

static bool
offsets_fit (const HansaColumnData *column, uint64_t n_rows, uint64_t heap_size)
{
  const uint32_t *offsets = column->cells;
  for (uint64_t row = 0; row < n_rows; row++)
    if (offsets[row] >= heap_size)
      return false;
  return true;
}

static const char *
view_column (const char *bytes, size_t size, bool deep, const HansaSheetColumn *entry,
             uint64_t n_rows, HansaColumnData *column)
{
  size_t cell = hansa_sheet_cell_size (entry->type);

  if (cell == 0)
    return "unknown column type";
  if (n_rows > SIZE_MAX / 16 || !region_fits (entry->cells, n_rows * cell, size))
    return "cells outside the file";
  if (entry->valid != 0 && !region_fits (entry->valid, (n_rows + 63) / 64 * 8, size))
    return "bitmap outside the file";
  *column = (HansaColumnData){
    .name = string_at (bytes, size, entry->name),
    .unit = string_at (bytes, size, entry->unit),
    .type = entry->type,
    .valid = entry->valid != 0 ? (const uint64_t *)(const void *)(bytes + entry->valid) : NULL,
    .cells = bytes + entry->cells,
  };
  if (column->name == NULL || column->unit == NULL)
    return "name or unit outside the file";
  if (entry->type != HANSA_TEXT)
    return NULL;
  if (entry->heap_size == 0 || !region_fits (entry->heap, entry->heap_size, size)
      || bytes[entry->heap + entry->heap_size - 1] != '\0')
    return "text outside the file";
  column->heap = bytes + entry->heap;
  if (deep && !offsets_fit (column, n_rows, entry->heap_size))
    return "text offset outside the heap";
  return NULL;
}

const char *
hansa_sheet_view (const void *bytes, size_t size, bool deep, HansaTable *table,
                  HansaColumnData *columns, uint32_t max_columns)
{
  const HansaSheetHeader *header = bytes;

  if (size < sizeof *header || header->magic != HANSA_SHEET_MAGIC || header->size != size)
    return "not a table file";
  if (header->n_columns > max_columns
      || header->n_columns > (size - sizeof *header) / sizeof (HansaSheetColumn))
    return "too many columns";
  *table = (HansaTable){ .name = string_at (bytes, size, header->name),
                         .n_rows = header->n_rows,
                         .n_columns = header->n_columns,
                         .columns = columns };
  if (table->name == NULL)
    return "name outside the file";

  const HansaSheetColumn *entries = (const void *)(header + 1);
  for (uint32_t i = 0; i < header->n_columns; i++)
    {
      const char *problem
          = view_column (bytes, size, deep, &entries[i], header->n_rows, &columns[i]);
      if (problem != NULL)
        return problem;
    }
  return NULL;
}
