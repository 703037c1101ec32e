/* SPDX-License-Identifier: MIT
 *
 * A stable radix sort, most significant digit first. Included once for each
 * kind of row, with these defined:
 *   ROW          the type of a row
 *   ROW_KEY(row) its key, a uint64_t
 *   SORT(name)   makes the names of the functions
 *
 * Rows are spread over buckets of equal width between the smallest and the
 * largest key, which for doubles means about equal ratios; buckets are then
 * sorted alike, in cache, until insertion is faster. Every level divides the
 * range of keys by 32 or more: at most 13 levels, O(n) work for each.
 */

static void
SORT (insert) (ROW *rows, size_t n)
{
  for (size_t i = 1; i < n; i++)
    {
      ROW row = rows[i];
      uint64_t key = ROW_KEY (row);
      size_t j = i;
      for (; j > 0 && ROW_KEY (rows[j - 1]) > key; j--)
        rows[j] = rows[j - 1];
      rows[j] = row;
    }
}

/* Sorts `rows`, with `other` of the same size to work in. The result is in
 * `other` if `swapped`, else in `rows`. */
static void
SORT (sort) (ROW *rows, ROW *other, size_t n, bool swapped)
{
  if (n <= INSERTION_ROWS)
    {
      SORT (insert) (rows, n);
      if (swapped)
        memcpy (other, rows, n * sizeof *rows);
      return;
    }
  uint64_t min = UINT64_MAX, max = 0;
  for (size_t i = 0; i < n; i++)
    {
      uint64_t key = ROW_KEY (rows[i]);
      min = key < min ? key : min;
      max = key > max ? key : max;
    }
  if (min == max)
    {
      if (swapped)
        memcpy (other, rows, n * sizeof *rows);
      return;
    }
  size_t start[BUCKETS + 1];
  Digit digit = digit_for (n, min, max);
  memset (start, 0, (digit.buckets + 1) * sizeof *start);
  for (size_t i = 0; i < n; i++)
    start[bucket_of (digit, ROW_KEY (rows[i])) + 1]++;
  /* start[b + 1] moves from the first row of bucket b to its end. */
  add_up (start, digit.buckets);
  for (size_t i = 0; i < n; i++)
    other[start[bucket_of (digit, ROW_KEY (rows[i]))]++] = rows[i];
  size_t first = 0;
  for (size_t b = 0; b < digit.buckets; b++)
    {
      SORT (sort) (other + first, rows + first, start[b] - first, !swapped);
      first = start[b];
    }
}
