/* SPDX-License-Identifier: MIT
 *
 * Ranks and the agreement of two orders.
 */
#include "internal.h"
#include <stdlib.h>

HansaReason
hansa_rank (const double *x, size_t n, double tolerance, bool descending, size_t *rank)
{
  Sample sample;
  if (!(tolerance >= 0.0 && tolerance < 1.0))
    return HANSA_BAD_ARGUMENT;
  HansaReason reason = hansa_priv_sample (&sample, x, NULL, n, ALLOW_NEGATIVE | ALLOW_ZERO_TOTAL);
  if (reason != HANSA_DEFINED)
    return reason;
  Row *rows = hansa_priv_sorted_rows (x, NULL, n, 1.0);
  if (rows == NULL)
    return HANSA_NO_MEMORY;
  double head = 0.0;
  size_t head_rank = 0;
  for (size_t i = 0; i < n; i++)
    {
      const Row *row = &rows[descending ? n - 1 - i : i];
      double value = value_of (row->key);
      /* Halved, so that the difference cannot overflow. */
      double difference = fabs (value / 2.0 - head / 2.0);
      if (i == 0 || difference > tolerance * (fmax (fabs (value), fabs (head)) / 2.0))
        {
          head = value;
          head_rank = i + 1;
        }
      rank[row->payload] = head_rank;
    }
  free (rows);
  return HANSA_DEFINED;
}

static HansaReason
check_two (const double *x, const double *y, size_t n)
{
  Sample sample;
  HansaReason reason = hansa_priv_sample (&sample, x, NULL, n, ALLOW_NEGATIVE | ALLOW_ZERO_TOTAL);
  if (reason == HANSA_DEFINED)
    reason = hansa_priv_sample (&sample, y, NULL, n, ALLOW_NEGATIVE | ALLOW_ZERO_TOTAL);
  if (reason == HANSA_DEFINED && n < 2)
    reason = HANSA_TOO_FEW;
  return reason;
}

static int
compare_rows (const void *a, const void *b)
{
  const Row *x = a, *y = b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return (x->payload > y->payload) - (x->payload < y->payload);
}

/* Pairs of neighbours in sorted rows that have the same key (and payload). */
static double
tied_pairs (const Row *rows, size_t n, bool both)
{
  double pairs = 0.0;
  for (size_t i = 0, end; i < n; i = end)
    {
      for (end = i + 1; end < n && rows[end].key == rows[i].key
                        && (!both || rows[end].payload == rows[i].payload);
           end++)
        continue;
      double count = (double)(end - i);
      pairs += count * (count - 1.0) / 2.0;
    }
  return pairs;
}

/* Sorts by payload alone and counts the exchanges of neighbours it takes. */
static double
count_exchanges (Row *rows, Row *other, size_t n)
{
  if (n < 2)
    return 0.0;
  size_t half = n / 2;
  double exchanges
      = count_exchanges (rows, other, half) + count_exchanges (rows + half, other + half, n - half);
  size_t left = 0, right = half;
  for (size_t i = 0; i < n; i++)
    if (right == n || (left < half && rows[left].payload <= rows[right].payload))
      other[i] = rows[left++];
    else
      {
        other[i] = rows[right++];
        exchanges += (double)(half - left);
      }
  memcpy (rows, other, n * sizeof *rows);
  return exchanges;
}

HansaValue
hansa_kendall (const double *x, const double *y, size_t n)
{
  HansaReason reason = check_two (x, y, n);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  Row *rows = n <= SIZE_MAX / 2 / sizeof *rows ? malloc (2 * n * sizeof *rows) : NULL;
  if (rows == NULL)
    return hansa_undefined (HANSA_NO_MEMORY);
  for (size_t i = 0; i < n; i++)
    rows[i] = (Row){ key_of (x[i]), key_of (y[i]) };
  qsort (rows, n, sizeof *rows, compare_rows);
  double pairs = (double)n * ((double)n - 1.0) / 2.0;
  double tied_x = tied_pairs (rows, n, false), tied_both = tied_pairs (rows, n, true);
  double discordant = count_exchanges (rows, rows + n, n);
  for (size_t i = 0; i < n; i++)
    rows[i].key = rows[i].payload;
  double tied_y = tied_pairs (rows, n, false);
  free (rows);
  double free_x = pairs - tied_x, free_y = pairs - tied_y;
  if (free_x == 0.0 || free_y == 0.0)
    return hansa_undefined (HANSA_ZERO_DENOMINATOR);
  double score = pairs - tied_x - tied_y + tied_both - 2.0 * discordant;
  double tau = free_x == free_y ? score / free_x : score / (sqrt (free_x) * sqrt (free_y));
  return hansa_value (fmin (fmax (tau, -1.0), 1.0));
}

/* Twice the mean rank of each row, a whole number. */
static bool
mid_ranks (const double *x, size_t n, double *rank)
{
  Row *rows = hansa_priv_sorted_rows (x, NULL, n, 1.0);
  if (rows == NULL)
    return false;
  for (size_t i = 0, end; i < n; i = end)
    {
      for (end = i + 1; end < n && rows[end].key == rows[i].key; end++)
        continue;
      for (size_t j = i; j < end; j++)
        rank[rows[j].payload] = (double)(i + 1 + end);
    }
  free (rows);
  return true;
}

/* Pearson's correlation of doubled mid-ranks, whose mean is n + 1. */
static HansaValue
correlate_ranks (const double *a, const double *b, size_t n)
{
  Exact products, squares_a, squares_b;
  exact_init (&products);
  exact_init (&squares_a);
  exact_init (&squares_b);
  double mean = (double)n + 1.0;
  for (size_t i = 0; i < n; i++)
    {
      exact_add (&products, (a[i] - mean) * (b[i] - mean));
      exact_add (&squares_a, (a[i] - mean) * (a[i] - mean));
      exact_add (&squares_b, (b[i] - mean) * (b[i] - mean));
    }
  double spread_a = hansa_priv_exact_value (&squares_a);
  double spread_b = hansa_priv_exact_value (&squares_b);
  if (spread_a == 0.0 || spread_b == 0.0)
    return hansa_undefined (HANSA_ZERO_DENOMINATOR);
  double product = hansa_priv_exact_value (&products);
  double rho
      = spread_a == spread_b ? product / spread_a : product / (sqrt (spread_a) * sqrt (spread_b));
  return hansa_value (fmin (fmax (rho, -1.0), 1.0));
}

HansaValue
hansa_spearman (const double *x, const double *y, size_t n)
{
  HansaReason reason = check_two (x, y, n);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  double *ranks = calloc (n, 2 * sizeof *ranks);
  HansaValue result = hansa_undefined (HANSA_NO_MEMORY);
  if (ranks != NULL && mid_ranks (x, n, ranks) && mid_ranks (y, n, ranks + n))
    result = correlate_ranks (ranks, ranks + n, n);
  free (ranks);
  return result;
}
