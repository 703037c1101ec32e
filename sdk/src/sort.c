/* SPDX-License-Identifier: MIT
 *
 * Sorting of doubles, alone or with what belongs to them.
 */
#include "internal.h"
#include <stdlib.h>

enum
{
  INSERTION_ROWS = 24,
  BUCKET_BITS = 10,
  BUCKETS = 1 << BUCKET_BITS
};

/* How keys are spread over buckets: (key - min) >> shift. */
typedef struct Digit
{
  uint64_t min;
  unsigned shift;
  size_t buckets;
} Digit;

static Digit
digit_for (size_t n, uint64_t min, uint64_t max)
{
  unsigned bits = 5;
  while (bits < BUCKET_BITS && (n >> (bits + 3)) != 0)
    bits++;
  Digit digit = { min, 0, (size_t)1 << bits };
  while (((max - min) >> digit.shift) >= digit.buckets)
    digit.shift++;
  return digit;
}

static inline size_t
bucket_of (Digit digit, uint64_t key)
{
  return (size_t)((key - digit.min) >> digit.shift);
}

/* Turns counts, of which that of bucket b is at b + 1, into starts at b. */
static void
add_up (size_t *start, size_t buckets)
{
  for (size_t b = 1; b <= buckets; b++)
    start[b] += start[b - 1];
}

#define ROW uint64_t
#define ROW_KEY(row) (row)
#define SORT(name) name##_keys
#include "sort-rows.h"
#undef ROW
#undef ROW_KEY
#undef SORT

#define ROW Row
#define ROW_KEY(row) ((row).key)
#define SORT(name) name##_rows
#include "sort-rows.h"
#undef ROW
#undef ROW_KEY
#undef SORT

/* The first level, straight from the values: where each bucket starts. */
static Digit
count_values (const double *x, size_t n, double scale, size_t *start, size_t *largest)
{
  double min = x[0], max = x[0];
  for (size_t i = 1; i < n; i++)
    {
      min = x[i] < min ? x[i] : min;
      max = x[i] > max ? x[i] : max;
    }
  Digit digit = digit_for (n, key_of (min * scale), key_of (max * scale));
  memset (start, 0, (digit.buckets + 1) * sizeof *start);
  for (size_t i = 0; i < n; i++)
    start[bucket_of (digit, key_of (x[i] * scale)) + 1]++;
  *largest = 1;
  for (size_t b = 1; b <= digit.buckets; b++)
    *largest = start[b] > *largest ? start[b] : *largest;
  add_up (start, digit.buckets);
  return digit;
}

uint64_t *
hansa_priv_sorted_keys (const double *x, size_t n, double scale)
{
  size_t start[BUCKETS + 1], largest;
  Digit digit = count_values (x, n, scale, start, &largest);
  uint64_t *keys = calloc (n, sizeof *keys);
  uint64_t *other = calloc (largest, sizeof *other);
  if (keys == NULL || other == NULL)
    {
      free (keys);
      free (other);
      return NULL;
    }
  for (size_t i = 0; i < n; i++)
    {
      uint64_t key = key_of (x[i] * scale);
      keys[start[bucket_of (digit, key)]++] = key;
    }
  for (size_t b = 0, first = 0; b < digit.buckets; first = start[b++])
    sort_keys (keys + first, other, start[b] - first, false);
  free (other);
  return keys;
}

Row *
hansa_priv_sorted_rows (const double *x, const double *w, size_t n, double scale)
{
  size_t start[BUCKETS + 1], largest;
  Digit digit = count_values (x, n, scale, start, &largest);
  Row *rows = calloc (n, sizeof *rows);
  Row *other = rows != NULL ? calloc (largest, sizeof *other) : NULL;
  if (other == NULL)
    {
      free (rows);
      return NULL;
    }
  for (size_t i = 0; i < n; i++)
    {
      Row row = { key_of (x[i] * scale), i };
      if (w != NULL)
        memcpy (&row.payload, &w[i], sizeof row.payload);
      rows[start[bucket_of (digit, row.key)]++] = row;
    }
  for (size_t b = 0, first = 0; b < digit.buckets; first = start[b++])
    sort_rows (rows + first, other, start[b] - first, false);
  free (other);
  return rows;
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

bool
hansa_priv_canonical (const double *x, const double *w, size_t n, double **xs, double **ws)
{
  Row *rows = hansa_priv_sorted_rows (x, w, n, 1.0);
  *xs = malloc (n * sizeof **xs);
  *ws = malloc (n * sizeof **ws);
  if (rows == NULL || *xs == NULL || *ws == NULL)
    {
      free (rows);
      free (*xs);
      free (*ws);
      *xs = *ws = NULL;
      return false;
    }
  for (size_t i = 0; i < n; i++)
    {
      (*xs)[i] = value_of (rows[i].key);
      (*ws)[i] = 1.0;
      if (w != NULL)
        memcpy (&(*ws)[i], &rows[i].payload, sizeof (double));
    }
  free (rows);
  if (w == NULL)
    return true;
  for (size_t i = 0, end; i < n; i = end)
    {
      for (end = i + 1; end < n && (*xs)[end] == (*xs)[i]; end++)
        continue;
      if (end - i > 1)
        qsort (*ws + i, end - i, sizeof (double), compare_doubles);
    }
  return true;
}

static HansaReason
check_finite (const double *x, size_t n)
{
  Sample sample;
  HansaReason reason = hansa_priv_sample (&sample, x, NULL, n, ALLOW_NEGATIVE | ALLOW_ZERO_TOTAL);
  return reason;
}

HansaReason
hansa_sort (const double *x, size_t n, double *sorted)
{
  HansaReason reason = check_finite (x, n);
  if (reason != HANSA_DEFINED)
    return reason;
  uint64_t *keys = hansa_priv_sorted_keys (x, n, 1.0);
  if (keys == NULL)
    return HANSA_NO_MEMORY;
  for (size_t i = 0; i < n; i++)
    sorted[i] = value_of (keys[i]);
  free (keys);
  return HANSA_DEFINED;
}

HansaReason
hansa_order (const double *x, size_t n, size_t *order)
{
  HansaReason reason = check_finite (x, n);
  if (reason != HANSA_DEFINED)
    return reason;
  Row *rows = hansa_priv_sorted_rows (x, NULL, n, 1.0);
  if (rows == NULL)
    return HANSA_NO_MEMORY;
  for (size_t i = 0; i < n; i++)
    order[i] = (size_t)rows[i].payload;
  free (rows);
  return HANSA_DEFINED;
}
