/* SPDX-License-Identifier: MIT
 *
 * Records of a CSV text (RFC 4180), one after the other. The work is libcsv's;
 * what is added is which physical line a record stands in, and faults that say
 * where and what, after which reading goes on.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct HansaCsv HansaCsv;

typedef enum
{
  HANSA_CSV_RECORD,
  HANSA_CSV_FAULT,
  HANSA_CSV_END
} HansaCsvStep;

/* What the last step found. Lives until the next step. */
typedef struct
{
  guint32 line; /* first physical line of the record, or of the fault */
  guint n_cells;
  const char **cells; /* NUL-terminated */
  const gsize *lengths;
  guint cell;    /* fault: index of the cell, from 0 */
  char *message; /* fault: what is wrong; (transfer none) */
} HansaCsvRecord;

/* `text` is borrowed: UTF-8 without a byte order mark. */
HansaCsv *hansa_csv_new (const char *text, gsize length);
void hansa_csv_free (HansaCsv *csv);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaCsv, hansa_csv_free)

HansaCsvStep hansa_csv_next (HansaCsv *csv, HansaCsvRecord *record);

G_END_DECLS
