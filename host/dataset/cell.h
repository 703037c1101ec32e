/* SPDX-License-Identifier: MIT
 *
 * One cell: from text to a typed value, by rules that depend on no locale,
 * and the rules of its field.
 */
#pragma once

#include "dataset/dataset.h"

G_BEGIN_DECLS

/* A typed value; which member counts follows from a type told elsewhere. */
typedef struct
{
  gboolean present;
  double real;
  gint64 integer;
  gint32 date;
  const char *text;
  gsize length;
} HansaCellValue;

/* `text` is NUL-terminated. Only plain decimal notation: 12, -0.5, 1.2e9. */
gboolean hansa_parse_real (const char *text, double *value);
gboolean hansa_parse_integer (const char *text, gint64 *value);
/* YYYY-MM-DD, a day that exists; days since 1970-01-01. */
gboolean hansa_parse_date (const char *text, gint32 *days);
gboolean hansa_parse_boolean (const char *text, gint64 *value);

/* Year and month of a day. */
void hansa_civil_from_days (gint32 days, gint64 *year, gint64 *month);

/* What somebody who wrote `text` where a value of `field` belongs should do
 * instead; (transfer full). */
char *hansa_cell_advice (const HansaSchemaField *field, const char *text);

/* Reads a cell and holds it against the field's own rules (not unique, not
 * keys). FALSE: `rule` and `message` (transfer full) say what is wrong. */
gboolean hansa_cell_read (const HansaSchema *schema, const HansaSchemaField *field,
                          const char *text, gsize length, HansaCellValue *value, const char **rule,
                          char **message);

/* A cell of a table as a value. */
void hansa_cell_of (const HansaTable *table, guint column, gsize row, HansaCellValue *value);

G_END_DECLS
