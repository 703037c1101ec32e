/* SPDX-License-Identifier: MIT
 *
 * An input table that can be changed: rows taken out, cells set, rows shuffled;
 * sealed when a worker is to read it.
 */
#pragma once

#include "dataset/table.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean present;
  union
  {
    double real;
    gint64 integer; /* also days of a date */
    const char *text;
  } as;
} HansaDraftCell;

typedef struct
{
  const HansaInput *input; /* (transfer none) */
  GArray *cells;           /* HansaDraftCell, row by row */
} HansaDraft;

HansaDraft *hansa_draft_new (const HansaInput *input);
HansaDraft *hansa_draft_from_table (const HansaInput *input, const HansaTable *table,
                                    GStringChunk *text);
void hansa_draft_free (HansaDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaDraft, hansa_draft_free)

gsize hansa_draft_rows (const HansaDraft *draft);
HansaDraftCell *hansa_draft_cell (const HansaDraft *draft, gsize row, guint column);
/* These rows, in this order; a row may come twice. (transfer full) */
HansaDraft *hansa_draft_pick (const HansaDraft *draft, const guint64 *rows, gsize n);
HansaDraft *hansa_draft_copy (const HansaDraft *draft);
/* Takes out rows that repeat the others' key, where the input asks for sums: the
 * host would have grouped them. */
void hansa_draft_group (HansaDraft *draft);

HansaSealedTable *hansa_draft_seal (const HansaDraft *draft, GError **error);
/* In as few digits as read back to the same number. (transfer full) */
char *hansa_shortest_number (double number);
/* The cell as CSV shows it, quoted where needed. (transfer full) */
char *hansa_draft_cell_text (const HansaDraft *draft, gsize row, guint column);

G_END_DECLS
