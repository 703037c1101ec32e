/* SPDX-License-Identifier: MIT
 *
 * Inside of the table builder: what rows and texts share.
 */
#pragma once

#include "dataset/table.h"

G_BEGIN_DECLS

/* An array of the file. */
typedef struct
{
  gsize offset;
  gsize capacity; /* bytes */
} Region;

typedef struct
{
  HansaField field; /* name and unit owned */
  Region cells, valid, heap;
  gsize heap_used;
  gboolean any_missing;
  guint32 *slots; /* open addressing over the heap's strings; 0: free */
  gsize n_slots, n_strings;
} ColumnBuilder;

struct HansaTableBuilder
{
  int fd;
  char *bytes;
  gsize size;
  char *name;
  ColumnBuilder *columns;
  guint n_columns;
  gsize n_rows, capacity; /* rows */
  GError *error;          /* first failure inside a row */
  gsize batch_rows;       /* 0: all rows stay */
  HansaTableFunc take;    /* batch_rows: what takes them */
  gpointer take_data;
};

/* Room for `bytes` in the region, which may move it and the whole mapping. */
gboolean hansa_table_reserve_region (HansaTableBuilder *builder, Region *region, gsize bytes,
                                     GError **error);

G_END_DECLS
