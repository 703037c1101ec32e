/* SPDX-License-Identifier: MIT
 *
 * Units: what a column is measured in, how one unit becomes another, and how
 * a number is shown in each language (36033297000 USD: 360.33 亿美元, or
 * USD 36.03 billion). A currency is never converted into another.
 */
#pragma once

#include "base/language.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;        /* "USD", "万美元", "%", "1", ... */
  const char *dimension; /* units convert only within one */
  double factor;         /* one of this unit in the dimension's base unit */
} HansaUnit;

/* NULL when the word is not known. Aliases (万美元, 亿元, 10k USD) are units. */
const HansaUnit *hansa_unit_find (const char *id);

/* Factor from one unit to another; FALSE when they do not convert. */
gboolean hansa_unit_factor (const char *from, const char *to, double *factor);

/* "37.3 %", "360.33 亿美元", "USD 36.03 billion", "12 对": number and unit as a
 * reader writes them; (transfer full). */
char *hansa_format_number (double number, const char *unit, unsigned decimals,
                           HansaLanguage language);

/* The same, with the words for a reason when undefined. `why` (may be empty)
 * stands before the reason's own words. (transfer full) */
char *hansa_format_value (HansaValue value, const char *unit, unsigned decimals, HansaText why,
                          HansaLanguage language);

/* How a column of such numbers is best shown as a whole: divide cells by
 * `scale` and name the column's unit `title` ("亿美元", "USD billion"; "" for
 * pure numbers). `largest` is the largest magnitude in the column. */
typedef struct
{
  double scale;
  const char *title;
} HansaDisplayUnit;
HansaDisplayUnit hansa_unit_display (const char *unit, double largest, HansaLanguage language);

/* A number alone: grouping by commas, fixed decimals, locale-free. */
char *hansa_format_plain (double number, unsigned decimals);

/* The words for a HansaReason. */
HansaText hansa_reason_text (uint32_t reason);

G_END_DECLS
