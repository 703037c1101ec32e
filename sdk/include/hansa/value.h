/* SPDX-License-Identifier: MIT
 *
 * hansa/value.h - a number, or the reason why there is none.
 *
 * Every measure of Hansa answers with a HansaValue. An undefined value is an
 * answer like any other: it has a reason that the report prints in the
 * reader's language. NaN and infinities never leave a measure.
 */
#ifndef HANSA_VALUE_H
#define HANSA_VALUE_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Why a value is undefined. Numbers are part of the ABI: append only.
 * Since 1.0. */
typedef enum HansaReason {
  HANSA_DEFINED = 0,             /* there is a number */
  HANSA_NO_DATA = 1,             /* no observation at all */
  HANSA_TOO_FEW = 2,             /* fewer observations than the formula needs */
  HANSA_ZERO_TOTAL = 3,          /* all observations are zero */
  HANSA_ZERO_VALUE = 4,          /* a zero where the formula takes a logarithm */
  HANSA_NEGATIVE_VALUE = 5,      /* a negative observation */
  HANSA_BASE_NOT_POSITIVE = 6,   /* growth from a base that is zero or negative */
  HANSA_ZERO_DENOMINATOR = 7,    /* a ratio to zero */
  HANSA_NOT_FINITE = 8,          /* an observation or the result is not finite */
  HANSA_BAD_WEIGHT = 9,          /* a weight that is negative, or all are zero */
  HANSA_BAD_ARGUMENT = 10,       /* an argument outside its domain */
  HANSA_MISSING_INPUT = 11,      /* a value that it rests on is missing */
  HANSA_NOT_COMPARABLE = 12,     /* periods or definitions that do not match */
  HANSA_NEVER_REACHED = 13,      /* the state cannot be reached */
  HANSA_NO_MEMORY = 14,          /* working memory could not be had */
  HANSA_REASON_COUNT = 15        /* not a reason; grows with the list */
} HansaReason;

/* A number (when reason is HANSA_DEFINED) or a reason. `number` is 0 when
 * undefined, so that equal answers are equal bytes. Passed by value. */
typedef struct HansaValue {
  double number;
  uint32_t reason; /* HansaReason */
  uint32_t zero;   /* always 0; makes the padding explicit */
} HansaValue;

/* A defined value; a number that is not finite becomes HANSA_NOT_FINITE. */
static inline HansaValue
hansa_value (double number)
{
  HansaValue value = { 0.0, HANSA_NOT_FINITE, 0 };
  if (isfinite (number))
    {
      value.number = number;
      value.reason = HANSA_DEFINED;
    }
  return value;
}

static inline HansaValue
hansa_undefined (HansaReason reason)
{
  HansaValue value = { 0.0, (uint32_t) reason, 0 };
  return value;
}

static inline bool
hansa_is_defined (HansaValue value)
{
  return value.reason == HANSA_DEFINED;
}

#ifdef __cplusplus
}
#endif

#endif
