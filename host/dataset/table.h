/* SPDX-License-Identifier: MIT
 *
 * A table in a sealed memory file: columns as hansa/plugin.h lays them out,
 * written once in place by a builder, sealed, and then shared with workers
 * without a copy. The layout is in host/plugin/sheet.h.
 */
#pragma once

#include "base/export.h"

#include <glib.h>
#include <hansa/plugin.h>

G_BEGIN_DECLS

typedef struct HansaSealedTable HansaSealedTable; /* reference counted, immutable */

HansaSealedTable *hansa_sealed_table_ref (HansaSealedTable *table);
void hansa_sealed_table_unref (HansaSealedTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaSealedTable, hansa_sealed_table_unref)

/* The columns, mapped read-only; lives as long as the table. */
HANSA_FOR_ENGINES
const HansaTable *hansa_sealed_table_view (HansaSealedTable *table);
/* The memory file, sealed against writing and resizing; (transfer none). */
int hansa_sealed_table_fd (HansaSealedTable *table);
gsize hansa_sealed_table_size (HansaSealedTable *table);
/* XXH3 (128 bits) of what a reader can see, hexadecimal; computed once. */
const char *hansa_sealed_table_hash (HansaSealedTable *table);

/* Where row r of the table comes from: a file and its line numbers (1-based,
 * the header is line 1), or nothing when an engine made it. Index: row. */
typedef struct
{
  char *resource; /* resource name in the package */
  char *path;     /* file, relative to the package */
  GArray *first;  /* n_rows + 1 of guint32: where row r's lines begin in `lines` */
  GArray *lines;  /* guint32 */
} HansaLineage;
void hansa_lineage_free (HansaLineage *lineage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaLineage, hansa_lineage_free)
/* NULL when unknown. */
HANSA_FOR_ENGINES
const HansaLineage *hansa_sealed_table_lineage (HansaSealedTable *table);

/* ---- building ---------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *unit; /* "" or NULL for text */
  uint32_t type;    /* HANSA_REAL, INTEGER, TEXT, DATE */
} HansaField;

typedef struct HansaTableBuilder HansaTableBuilder;

/* `expected_rows` is a hint; the table grows past it. */
HansaTableBuilder *hansa_table_builder_new (const char *name, const HansaField *fields,
                                            guint n_fields, gsize expected_rows, GError **error);
void hansa_table_builder_free (HansaTableBuilder *builder); /* without sealing */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaTableBuilder, hansa_table_builder_free)

/* Row by row: one call a column, in any order, then end_row. A column that was
 * not set is missing. */
HANSA_FOR_ENGINES
void hansa_table_builder_real (HansaTableBuilder *builder, guint column, double number);
HANSA_FOR_ENGINES
void hansa_table_builder_integer (HansaTableBuilder *builder, guint column, gint64 number);
HANSA_FOR_ENGINES
void hansa_table_builder_date (HansaTableBuilder *builder, guint column, gint32 days);
HANSA_FOR_ENGINES
void hansa_table_builder_text (HansaTableBuilder *builder, guint column, const char *text,
                               gsize length); /* need not be NUL-terminated */
/* FALSE when memory cannot be had, or a text column passes 4 GiB. */
HANSA_FOR_ENGINES
gboolean hansa_table_builder_end_row (HansaTableBuilder *builder, GError **error);
gsize hansa_table_builder_rows (HansaTableBuilder *builder);

/* Many rows at once, for engines that answer by column: reserve, then `cells`
 * once a column, then end_rows, all with the same `n`. Cells are of the width
 * of the field's type: double, gint64, gint32 days, and for text guint32 as
 * `intern` gives them. Bit r of `valid` says that cell r is present; NULL: all
 * are. What stands in a missing cell does not matter. */
HANSA_FOR_ENGINES
gboolean hansa_table_builder_reserve (HansaTableBuilder *builder, gsize n, GError **error);
HANSA_FOR_ENGINES
guint32 hansa_table_builder_intern (HansaTableBuilder *builder, guint column, const char *text,
                                    gsize length);
HANSA_FOR_ENGINES
void hansa_table_builder_cells (HansaTableBuilder *builder, guint column, const void *cells,
                                const guint64 *valid, gsize n);
HANSA_FOR_ENGINES
gboolean hansa_table_builder_end_rows (HansaTableBuilder *builder, gsize n, GError **error);

/* What takes a table; FALSE with an error ends what hands them out. */
typedef gboolean (*HansaTableFunc) (HansaSealedTable *table, gpointer data, GError **error);
/* From now on the builder holds about `batch_rows` rows at most: full, it hands them
 * to `func` as a table and begins anew. The last ones are handed over by
 * hansa_table_builder_drain(). */
void hansa_table_builder_hand_over (HansaTableBuilder *builder, gsize batch_rows,
                                    HansaTableFunc func, gpointer data);
gboolean hansa_table_builder_drain (HansaTableBuilder *builder, GError **error);

/* Seals and takes the builder apart (it is freed in any case). `lineage` may be
 * NULL; (transfer full). */
HansaSealedTable *hansa_table_builder_seal (HansaTableBuilder *builder, HansaLineage *lineage,
                                            GError **error);

/* ---- in the store ---------------------------------------------------------- */

/* The table as parts of an entry: hash and lineage, then the memory file as it
 * is. The parts use the table, which must outlive them. */
void hansa_sealed_table_pack (HansaSealedTable *table, GBytes *parts[2]);
/* A table from such an entry, checked in full; NULL when it is not sound. */
HansaSealedTable *hansa_sealed_table_unpack (GBytes *entry);

G_END_DECLS
