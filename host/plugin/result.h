/* SPDX-License-Identifier: MIT
 *
 * What an analysis answered, decoded and checked. Everything a result refers
 * to exists: a chart's table and columns, a finding's metrics, a metric's
 * table. All strings are valid UTF-8 and owned by the result.
 */
#pragma once

#include "base/language.h"

G_BEGIN_DECLS

/* How a plugin ended: one vocabulary for command line, JSON and report. */
typedef enum
{
  HANSA_END_OK,
  HANSA_END_ERROR,   /* it said so itself, with a message */
  HANSA_END_CRASHED, /* a signal */
  HANSA_END_TIMED_OUT,
  HANSA_END_OUT_OF_MEMORY,
  HANSA_END_EXITED_EARLY, /* it left without a result */
  HANSA_END_DENIED,       /* it tried what the sandbox forbids */
  HANSA_END_BAD_RESULT,   /* what it answered breaks the rules */
  HANSA_END_CANCELLED,
  HANSA_END_REFUSED /* never ran: not loadable, other ABI, or inputs not to be had */
} HansaEnd;

/* "ok", "error", "crashed", "timed-out", "out-of-memory", "exited-early",
 * "denied", "bad-result", "cancelled", "refused". */
const char *hansa_end_id (HansaEnd end);
HansaText hansa_end_text (HansaEnd end);

typedef struct
{
  char *id;
  HansaText title;
  HansaValue value;
  char *unit;
  char *variant;     /* may be NULL */
  HansaText formula; /* the variant in words; may be empty */
  HansaText why;     /* may be empty */
  guint decimals;
  HansaValue low, high;
  double level;
  char *table;  /* may be NULL */
  char *row;    /* may be NULL */
  char *input;  /* may be NULL */
  GArray *rows; /* of guint64; empty with an input: all of its rows */
} HansaResultMetric;

typedef struct
{
  char *id;
  char *unit; /* "" for text */
  HansaText title;
  guint32 type;
  guint decimals;
} HansaResultColumn;

/* Cells are row-major. Text cells point into the result. */
typedef struct
{
  char *id;
  HansaText title;
  HansaText note;
  guint n_columns;
  HansaResultColumn *columns;
  GArray *cells; /* of HansaCell; length n_rows * n_columns */
} HansaResultTable;

gsize hansa_result_table_rows (const HansaResultTable *table);
const HansaCell *hansa_result_table_cell (const HansaResultTable *table, gsize row, guint column);
/* G_MAXUINT when there is no such column; id may be NULL. */
guint hansa_result_table_column (const HansaResultTable *table, const char *id);

typedef struct
{
  char *id;
  guint32 kind; /* HansaChartKind */
  guint32 flags;
  HansaText title;
  HansaText note;
  char *table;
  char *x, *y, *group, *label, *low, *high, *size, *highlight; /* NULL when not given */
  GStrv x_lines, y_lines;                                      /* metric ids; never NULL */
} HansaResultChart;

typedef struct
{
  char *id;
  char *metric;
  guint32 severity;
  HansaText text; /* with {placeholders} */
  guint n_names;
  HansaName *names;
} HansaResultFinding;

typedef struct
{
  guint32 kind; /* HansaNoteKind */
  HansaText text;
} HansaResultNote;

typedef struct
{
  GPtrArray *metrics;  /* HansaResultMetric */
  GPtrArray *tables;   /* HansaResultTable */
  GPtrArray *charts;   /* HansaResultChart */
  GPtrArray *findings; /* HansaResultFinding */
  GPtrArray *notes;    /* HansaResultNote */
  GStringChunk *text;  /* texts of table cells */
} HansaResult;

HansaResult *hansa_result_new (void);
void hansa_result_free (HansaResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaResult, hansa_result_free)

const HansaResultMetric *hansa_result_metric (const HansaResult *result, const char *id);
const HansaResultTable *hansa_result_table (const HansaResult *result, const char *id);

/* The metric that a placeholder stands for, "id" or "id:abs" (its size, without
 * the sign), and the value to show; NULL when it stands for none. */
const HansaResultMetric *hansa_placeholder_metric (const HansaResult *result,
                                                   const char *placeholder, HansaValue *shown);

/* The finding's sentence with metrics and names filled in; (transfer full). */
char *hansa_finding_sentence (const HansaResult *result, const HansaResultFinding *finding,
                              HansaLanguage language);

/* Checks what a result as a whole must hold (references, placeholders, no digit
 * in a finding, unique ids). FALSE with HANSA_EXIT_PLUGIN and what is wrong. */
gboolean hansa_result_check (const HansaResult *result, GError **error);

G_END_DECLS
