/* SPDX-License-Identifier: MIT
 *
 * Between the files of a table.
 */
#pragma once

#include "dataset/table.h"

#include <fcntl.h>

G_BEGIN_DECLS

#define HANSA_TABLE_SEALS (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

struct HansaSealedTable
{
  gatomicrefcount references;
  int fd;
  gsize size;
  void *bytes;
  HansaTable view;
  HansaColumnData *columns;
  HansaLineage *lineage;
  GOnce hash;
};

/* Seals a filled memory file, maps it, and takes it and the lineage (both in any
 * case). NULL with errno, or 0 where it holds no table; `deep`: it may not. */
HansaSealedTable *hansa_sealed_table_adopt (int fd, gsize size, HansaLineage *lineage,
                                            gboolean deep);

G_END_DECLS
