/* SPDX-License-Identifier: MIT
 *
 * Layout of a table's memory file, as the host writes it and a worker maps it.
 * Libc only: host and worker share it. Offsets are from the file's start; cell
 * arrays are aligned to 64 bytes; native byte order (same machine).
 */
#pragma once

#include <hansa/plugin.h>
#include <stddef.h>

#define HANSA_SHEET_MAGIC UINT64_C (0x3154454853415348) /* "HSASHET1" */

typedef struct
{
  uint64_t magic;
  uint64_t size; /* of the whole file */
  uint64_t n_rows;
  uint32_t n_columns;
  uint32_t name; /* offset of the table's name */
} HansaSheetHeader;

/* n_columns of these follow the header. */
typedef struct
{
  uint32_t type;
  uint32_t zero;
  uint64_t name;  /* offset, NUL-terminated */
  uint64_t unit;  /* offset, NUL-terminated */
  uint64_t valid; /* offset of the bitmap; 0: all present */
  uint64_t cells;
  uint64_t heap; /* text only */
  uint64_t heap_size;
} HansaSheetColumn;

/* Bytes a cell of that type takes; 0 for a type that no sheet has. */
size_t hansa_sheet_cell_size (uint32_t type);

/* Checks the whole layout (bounds, alignment, NUL at the heap's end, text
 * offsets when `deep`) and fills `table` and `columns` (room for
 * header->n_columns, at most max_columns) with pointers into `bytes`. Returns
 * NULL, or what is wrong. */
const char *hansa_sheet_view (const void *bytes, size_t size, bool deep, HansaTable *table,
                              HansaColumnData *columns, uint32_t max_columns);
