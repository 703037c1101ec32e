/* SPDX-License-Identifier: MIT
 *
 * What the files of the measures library share. Not installed.
 *
 * Two ways to add numbers:
 *   Exact  for rows in any order: every bit is kept, so the result does not
 *          depend on the order, and is rounded once. Nothing is allocated.
 *   Sum    for rows that are already sorted: compensated, one register pair.
 *
 * Both need IEEE 754 arithmetic as written: no -ffast-math, no contraction of
 * products into sums (gcc: -std=c11 or -ffp-contract=off).
 */
#ifndef HANSA_STATS_INTERNAL_H
#define HANSA_STATS_INTERNAL_H

#include <float.h>
#include <hansa/stats.h>
#include <string.h>

#ifdef __FAST_MATH__
#error "the measures library needs IEEE 754 arithmetic: do not compile it with -ffast-math"
#endif
#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

#if defined(__GNUC__)
#define HIDDEN __attribute__ ((visibility ("hidden")))
#else
#define HIDDEN
#endif

/* ---- Compensated sum: Neumaier (1974), with the branch-free two-sum of Knuth ---- */

typedef struct Sum
{
  double high, low;
} Sum;

static inline void
sum_add (Sum *sum, double x)
{
  double total = sum->high + x;
  double part = total - sum->high;
  sum->low += (sum->high - (total - part)) + (x - part);
  sum->high = total;
}

static inline double
sum_value (const Sum *sum)
{
  return sum->high + sum->low;
}

/* ---- Exact sum: small superaccumulator, Neal (2015), arXiv:1505.05571 ---- */

enum
{
  EXACT_CHUNKS = 67,
  EXACT_ADDS = 2047 /* additions before carries must be passed on */
};

typedef struct Exact
{
  int64_t chunk[EXACT_CHUNKS]; /* chunk i counts units of 2^(32 i - 1075) */
  uint32_t adds;
  bool not_finite;
} Exact;

HIDDEN void hansa_priv_exact_carry (Exact *exact);
/* The sum, rounded to nearest; NaN once something not finite was added. */
HIDDEN double hansa_priv_exact_value (Exact *exact);

static inline void
exact_init (Exact *exact)
{
  memset (exact, 0, sizeof *exact);
}

static inline void
exact_add (Exact *exact, double x)
{
  uint64_t bits, mantissa;
  memcpy (&bits, &x, sizeof bits);
  mantissa = bits & ((UINT64_C (1) << 52) - 1);
  uint32_t exponent = (uint32_t)(bits >> 52) & 0x7ffu;
  if (exponent == 0x7ffu)
    {
      exact->not_finite = true;
      return;
    }
  if (exponent == 0)
    exponent = 1;
  else
    mantissa |= UINT64_C (1) << 52;
  uint32_t shift = exponent & 31u, index = exponent >> 5;
  int64_t low = (int64_t)((mantissa << shift) & UINT64_C (0xffffffff));
  int64_t high = (int64_t)(mantissa >> (32u - shift));
  if (exact->adds == EXACT_ADDS)
    hansa_priv_exact_carry (exact);
  exact->adds++;
  if (bits >> 63)
    {
      low = -low;
      high = -high;
    }
  exact->chunk[index] += low;
  exact->chunk[index + 1] += high;
}

/* ---- Checked observations ---- */

/* Observations that passed the check. Values and weights are multiplied by a
 * power of two, which is 1 unless they are so large or small that products
 * would leave the range of double. Rows of weight 0 stay, and count nothing. */
typedef struct Sample
{
  const double *x, *w;
  size_t n;
  size_t n_used; /* rows of positive weight */
  double x_scale, w_scale;
  double min, max; /* of rows of positive weight, scaled */
  double weight;   /* total, scaled; only after hansa_priv_sample_mean */
  double mean;     /* scaled; likewise */
} Sample;

enum
{
  ALLOW_NEGATIVE = 1,
  ALLOW_ZERO_TOTAL = 2,
  KEEP_UNITS = 4 /* x_scale is 1 */
};

/* Reasons in this order of precedence, whatever the order of rows: NO_DATA,
 * BAD_WEIGHT, NOT_FINITE, NEGATIVE_VALUE, ZERO_TOTAL. */
HIDDEN HansaReason hansa_priv_sample (Sample *sample, const double *x, const double *w, size_t n,
                                      unsigned flags);
HIDDEN void hansa_priv_sample_mean (Sample *sample);

static inline double
sample_x (const Sample *sample, size_t i)
{
  return sample->x[i] * sample->x_scale;
}

static inline double
sample_w (const Sample *sample, size_t i)
{
  return sample->w == NULL ? 1.0 : sample->w[i] * sample->w_scale;
}

/* A power of two that brings `largest` near 1, or 1 where there is no need. */
static inline double
safe_scale (double largest)
{
  int exponent;
  if (largest == 0.0 || (largest > 0x1p-400 && largest < 0x1p400))
    return 1.0;
  (void)frexp (largest, &exponent);
  return ldexp (1.0, exponent < -1000 ? 1000 : -exponent);
}

/* ---- Sorted rows ---- */

typedef struct Row
{
  uint64_t key; /* orders like the value */
  uint64_t payload;
} Row;

/* The value as an unsigned number of the same order; -0 is 0. */
static inline uint64_t
key_of (double x)
{
  uint64_t bits;
  x += 0.0;
  memcpy (&bits, &x, sizeof bits);
  return (bits >> 63) ? ~bits : bits | (UINT64_C (1) << 63);
}

static inline double
value_of (uint64_t key)
{
  double x;
  uint64_t bits = (key >> 63) ? key & ~(UINT64_C (1) << 63) : ~key;
  memcpy (&x, &bits, sizeof x);
  return x;
}

/* A new ascending array of keys of x[i] * scale; free() it. NULL: no memory.
 * x holds no NaN; n > 0. */
HIDDEN uint64_t *hansa_priv_sorted_keys (const double *x, size_t n, double scale);
/* The same with a payload: the index, or the bits of w[i] when w is given.
 * Rows of equal keys keep their order. */
HIDDEN Row *hansa_priv_sorted_rows (const double *x, const double *w, size_t n, double scale);
/* Copies rows sorted by x, then w (NULL: all 1), into new arrays, so that
 * what follows does not depend on the order of rows. */
HIDDEN bool hansa_priv_canonical (const double *x, const double *w, size_t n, double **xs,
                                  double **ws);

/* expm1 (z) / z and log1p (z) / z, 1 at 0. */
static inline double
expm1_ratio (double z)
{
  return z == 0.0 ? 1.0 : expm1 (z) / z;
}

static inline double
log1p_ratio (double z)
{
  return z == 0.0 ? 1.0 : log1p (z) / z;
}

#endif
