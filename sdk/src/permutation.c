/* SPDX-License-Identifier: MIT
 *
 * Whether groups differ more than chance would have them.
 */
#include "internal.h"
#include <stdlib.h>

/* Rows in canonical order and labels that move over them. */
typedef struct Shuffle
{
  double *x, *w;
  uint32_t *label;
  size_t n, n_groups;
  double *amount, *weight; /* of groups */
  double alpha;
} Shuffle;

/* Inequality between groups under the present labels. */
static HansaValue
between_groups (Shuffle *shuffle)
{
  memset (shuffle->amount, 0, 2 * shuffle->n_groups * sizeof *shuffle->amount);
  for (size_t i = 0; i < shuffle->n; i++)
    {
      shuffle->amount[shuffle->label[i]] += shuffle->w[i] * shuffle->x[i];
      shuffle->weight[shuffle->label[i]] += shuffle->w[i];
    }
  for (size_t g = 0; g < shuffle->n_groups; g++)
    if (shuffle->weight[g] > 0.0)
      shuffle->amount[g] /= shuffle->weight[g];
  return hansa_generalised_entropy (shuffle->amount, shuffle->weight, shuffle->n_groups,
                                    shuffle->alpha);
}

static void
swap_labels (uint32_t *label, size_t i, size_t j)
{
  uint32_t kept = label[i];
  label[i] = label[j];
  label[j] = kept;
}

/* The next arrangement in lexicographic order; false after the last. */
static bool
next_arrangement (uint32_t *label, size_t n)
{
  size_t i = n - 1, j = n - 1;
  while (i > 0 && label[i - 1] >= label[i])
    i--;
  if (i == 0)
    return false;
  while (label[j] <= label[i - 1])
    j--;
  swap_labels (label, i - 1, j);
  for (j = n - 1; i < j; i++, j--)
    swap_labels (label, i, j);
  return true;
}

static void
shuffle_labels (Shuffle *shuffle, HansaUniform uniform, void *source)
{
  for (size_t i = shuffle->n; i-- > 1;)
    {
      size_t j = (size_t)(uniform (source) * (double)(i + 1));
      swap_labels (shuffle->label, i, j < i ? j : i);
    }
}

/* Distinct ways to give the labels out, or infinity; labels are sorted. */
static double
count_arrangements (const uint32_t *label, size_t n)
{
  double ways = 1.0;
  for (size_t i = 0, run = 0; i < n; i++)
    {
      run = i > 0 && label[i] == label[i - 1] ? run + 1 : 1;
      ways *= (double)(i + 1) / (double)run;
    }
  return ways;
}

static int
compare_labels (const void *a, const void *b)
{
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

/* As large as what was observed, up to rounding. */
static bool
as_large (HansaValue between, double observed)
{
  return hansa_is_defined (between) && between.number >= observed * (1.0 - 1e-9) - 1e-15;
}

static HansaPermutation
permute (Shuffle *shuffle, double total, double observed, size_t draws, HansaUniform uniform,
         void *source)
{
  HansaPermutation result = { hansa_value (observed / total), hansa_value (0.0), 0, false };
  double large = 0.0;
  double ways = count_arrangements (shuffle->label, shuffle->n);
  result.exact = ways <= HANSA_EXACT_ARRANGEMENTS;
  if (result.exact)
    {
      do
        {
          large += as_large (between_groups (shuffle), observed);
          result.arrangements++;
        }
      while (next_arrangement (shuffle->label, shuffle->n));
      result.p_value = hansa_value (large / (double)result.arrangements);
      return result;
    }
  if (draws == 0 || uniform == NULL)
    {
      result.p_value = hansa_undefined (HANSA_BAD_ARGUMENT);
      return result;
    }
  for (; result.arrangements < draws; result.arrangements++)
    {
      shuffle_labels (shuffle, uniform, source);
      large += as_large (between_groups (shuffle), observed);
    }
  result.p_value = hansa_value ((large + 1.0) / ((double)draws + 1.0));
  return result;
}

/* Takes extreme values and weights to where their products are safe. */
static void
scale_rows (Shuffle *shuffle)
{
  Sample sample;
  if (hansa_priv_sample (&sample, shuffle->x, shuffle->w, shuffle->n, 0) != HANSA_DEFINED)
    return;
  for (size_t i = 0; i < shuffle->n; i++)
    {
      shuffle->x[i] *= sample.x_scale;
      shuffle->w[i] *= sample.w_scale;
    }
}

static HansaPermutation
undefined_permutation (HansaReason reason)
{
  HansaValue none = hansa_undefined (reason);
  return (HansaPermutation){ none, none, 0, false };
}

HansaPermutation
hansa_permutation_between (const double *x, const double *weights, const uint32_t *group, size_t n,
                           size_t n_groups, double alpha, size_t draws, HansaUniform uniform,
                           void *source)
{
  HansaDecomposition observed
      = hansa_decompose_entropy (x, weights, group, n, n_groups, alpha, NULL);
  if (!hansa_is_defined (observed.total))
    return undefined_permutation ((HansaReason)observed.total.reason);
  if (!hansa_is_defined (observed.between))
    return undefined_permutation ((HansaReason)observed.between.reason);
  if (observed.total.number == 0.0)
    return undefined_permutation (HANSA_ZERO_DENOMINATOR);
  Shuffle shuffle = { .n = n, .n_groups = n_groups, .alpha = alpha };
  HansaPermutation result = undefined_permutation (HANSA_NO_MEMORY);
  shuffle.label = malloc (n * sizeof *shuffle.label);
  shuffle.amount = calloc (n_groups, 2 * sizeof *shuffle.amount);
  if (shuffle.label != NULL && shuffle.amount != NULL
      && hansa_priv_canonical (x, weights, n, &shuffle.x, &shuffle.w))
    {
      shuffle.weight = shuffle.amount + n_groups;
      scale_rows (&shuffle);
      memcpy (shuffle.label, group, n * sizeof *group);
      qsort (shuffle.label, n, sizeof *shuffle.label, compare_labels);
      result = permute (&shuffle, observed.total.number, observed.between.number, draws, uniform,
                        source);
    }
  free (shuffle.label);
  free (shuffle.amount);
  free (shuffle.x);
  free (shuffle.w);
  return result;
}
