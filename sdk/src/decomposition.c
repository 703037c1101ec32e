/* SPDX-License-Identifier: MIT
 *
 * Inequality within and between groups.
 */
#include "internal.h"
#include <stdlib.h>

/* Rows brought together by group, and what each group adds up to. */
typedef struct Groups
{
  size_t n_groups;
  size_t *start;             /* n_groups + 1: rows of group g in x, w */
  double *x, *w;             /* rows; w is filled with 1 when weights are NULL */
  double *share, *mean;      /* of groups: population share, mean */
  double *part;              /* of groups: population share times relative mean */
  HansaGroupPart *described; /* the caller's, or NULL */
} Groups;

static void
free_groups (Groups *groups)
{
  free (groups->start);
  free (groups->x);
  free (groups->share);
}

static HansaReason
gather_rows (Groups *groups, const double *x, const double *weights, const uint32_t *group,
             size_t n)
{
  size_t n_groups = groups->n_groups;
  if (n == 0 || n_groups == 0)
    return HANSA_NO_DATA;
  groups->start = calloc (n_groups + 2, sizeof *groups->start);
  groups->x = calloc (n, 2 * sizeof *groups->x);
  groups->share = calloc (n_groups, 3 * sizeof *groups->share);
  if (groups->start == NULL || groups->x == NULL || groups->share == NULL)
    return HANSA_NO_MEMORY;
  groups->w = groups->x + n;
  groups->mean = groups->share + n_groups;
  groups->part = groups->mean + n_groups;
  for (size_t i = 0; i < n; i++)
    groups->start[group[i] + 2]++;
  for (size_t g = 2; g < n_groups + 2; g++)
    groups->start[g] += groups->start[g - 1];
  for (size_t i = 0; i < n; i++)
    {
      size_t row = groups->start[group[i] + 1]++;
      groups->x[row] = x[i];
      groups->w[row] = weights == NULL ? 1.0 : weights[i];
    }
  return HANSA_DEFINED;
}

/* Shares and means of groups; a group of no weight has share and mean 0. */
static void
add_up_groups (Groups *groups, const Sample *sample)
{
  for (size_t g = 0; g < groups->n_groups; g++)
    {
      size_t first = groups->start[g], count = groups->start[g + 1] - first;
      Sample members;
      if (hansa_priv_sample (&members, groups->x + first, groups->w + first, count,
                             ALLOW_ZERO_TOTAL)
          != HANSA_DEFINED)
        continue;
      hansa_priv_sample_mean (&members);
      groups->mean[g] = members.mean / members.x_scale;
      groups->share[g] = members.weight / members.w_scale * sample->w_scale / sample->weight;
      groups->part[g] = groups->share[g] * (groups->mean[g] * sample->x_scale / sample->mean);
    }
}

static HansaReason
make_groups (Groups *groups, const double *x, const double *weights, const uint32_t *group,
             size_t n, size_t n_groups, HansaGroupPart *described)
{
  Sample sample;
  *groups = (Groups){ .n_groups = n_groups, .described = described };
  HansaReason reason = hansa_priv_sample (&sample, x, weights, n, 0);
  if (reason != HANSA_DEFINED)
    return reason;
  for (size_t i = 0; i < n; i++)
    if (group[i] >= n_groups)
      return HANSA_BAD_ARGUMENT;
  hansa_priv_sample_mean (&sample);
  reason = gather_rows (groups, x, weights, group, n);
  if (reason == HANSA_DEFINED)
    add_up_groups (groups, &sample);
  return reason;
}

static HansaDecomposition
undefined_decomposition (HansaReason reason)
{
  HansaValue none = hansa_undefined (reason);
  return (HansaDecomposition){ none, none, none, none };
}

/* Says what is known of a group; its contribution is a number even where its
 * own measure has none. */
static void
describe (Groups *groups, size_t g, HansaValue measure, double contribution)
{
  if (groups->described == NULL)
    return;
  HansaGroupPart *part = &groups->described[g];
  bool empty = groups->share[g] == 0.0;
  part->count = groups->start[g + 1] - groups->start[g];
  part->population_share = hansa_value (groups->share[g]);
  part->value_share = hansa_value (groups->part[g]);
  part->mean = empty ? hansa_undefined (HANSA_NO_DATA) : hansa_value (groups->mean[g]);
  part->measure = empty ? hansa_undefined (HANSA_NO_DATA) : measure;
  part->contribution = hansa_value (contribution);
}

static void
describe_none (HansaGroupPart *groups, size_t n_groups, HansaReason reason)
{
  HansaValue none = hansa_undefined (reason);
  for (size_t g = 0; groups != NULL && g < n_groups; g++)
    groups[g] = (HansaGroupPart){ none, none, none, none, none, 0 };
}

typedef HansaValue (*Measure) (const double *x, const double *w, size_t n, double parameter);

/* How much a group's own measure counts for; groups of share 0 are skipped. */
typedef double (*Factor) (const Groups *groups, size_t g, double parameter);

/* The sum over groups of factor times measure. A group of zeros alone has no
 * measure and adds nothing. */
static HansaValue
sum_within (Groups *groups, Measure measure, Factor factor, double parameter)
{
  Exact sum;
  exact_init (&sum);
  HansaReason reason = HANSA_DEFINED;
  for (size_t g = 0; g < groups->n_groups; g++)
    {
      double contribution = 0.0;
      HansaValue own = hansa_undefined (HANSA_NO_DATA);
      if (groups->share[g] > 0.0)
        {
          size_t first = groups->start[g], count = groups->start[g + 1] - first;
          own = measure (groups->x + first, groups->w + first, count, parameter);
          if (hansa_is_defined (own))
            contribution = own.number * factor (groups, g, parameter);
          else if (own.reason != HANSA_ZERO_TOTAL)
            reason = (HansaReason)own.reason;
        }
      describe (groups, g, own, contribution);
      exact_add (&sum, contribution);
    }
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  return hansa_value (hansa_priv_exact_value (&sum));
}

static double
entropy_factor (const Groups *groups, size_t g, double alpha)
{
  if (groups->part[g] == 0.0)
    return 0.0;
  return groups->share[g] * pow (groups->part[g] / groups->share[g], alpha);
}

static double
gini_factor (const Groups *groups, size_t g, double unused)
{
  (void)unused;
  return groups->share[g] * groups->part[g];
}

static double
value_factor (const Groups *groups, size_t g, double unused)
{
  (void)unused;
  return groups->part[g];
}

static HansaValue
gini_measure (const double *x, const double *w, size_t n, double unused)
{
  (void)unused;
  return hansa_gini (x, w, n);
}

HansaDecomposition
hansa_decompose_entropy (const double *x, const double *weights, const uint32_t *group, size_t n,
                         size_t n_groups, double alpha, HansaGroupPart *parts)
{
  HansaDecomposition result;
  Groups groups;
  HansaValue total = hansa_generalised_entropy (x, weights, n, alpha);
  HansaReason reason = (HansaReason)total.reason;
  groups = (Groups){ .n_groups = 0 };
  if (reason == HANSA_DEFINED)
    reason = make_groups (&groups, x, weights, group, n, n_groups, parts);
  if (reason == HANSA_DEFINED)
    {
      result.total = total;
      result.within = sum_within (&groups, hansa_generalised_entropy, entropy_factor, alpha);
      result.between = hansa_generalised_entropy (groups.mean, groups.share, n_groups, alpha);
      result.rest = hansa_value (0.0);
    }
  else
    {
      describe_none (parts, n_groups, reason);
      result = undefined_decomposition (reason);
    }
  free_groups (&groups);
  return result;
}

HansaDecomposition
hansa_decompose_gini (const double *x, const double *weights, const uint32_t *group, size_t n,
                      size_t n_groups, HansaGroupPart *parts)
{
  HansaDecomposition result;
  Groups groups;
  HansaReason reason = make_groups (&groups, x, weights, group, n, n_groups, parts);
  if (reason == HANSA_DEFINED)
    {
      result.total = hansa_gini (x, weights, n);
      result.within = sum_within (&groups, gini_measure, gini_factor, 0.0);
      result.between = hansa_gini (groups.mean, groups.share, n_groups);
      double known = result.within.number + result.between.number;
      if (hansa_is_defined (result.total) && hansa_is_defined (result.within)
          && hansa_is_defined (result.between))
        result.rest = hansa_value (fmax (result.total.number - known, 0.0));
      else
        result.rest = hansa_undefined (HANSA_NO_MEMORY);
    }
  else
    {
      describe_none (parts, n_groups, reason);
      result = undefined_decomposition (reason);
    }
  free_groups (&groups);
  return result;
}

/* Inequality between the groups' equally distributed equivalents. */
static HansaValue
atkinson_between (const Groups *groups, double epsilon)
{
  double *equivalent = calloc (groups->n_groups, sizeof *equivalent);
  if (equivalent == NULL)
    return hansa_undefined (HANSA_NO_MEMORY);
  for (size_t g = 0; g < groups->n_groups; g++)
    if (groups->share[g] > 0.0)
      {
        size_t first = groups->start[g], count = groups->start[g + 1] - first;
        HansaValue own = hansa_atkinson (groups->x + first, groups->w + first, count, epsilon);
        equivalent[g] = hansa_is_defined (own) ? groups->mean[g] * (1.0 - own.number) : 0.0;
      }
  HansaValue between = hansa_atkinson (equivalent, groups->share, groups->n_groups, epsilon);
  free (equivalent);
  if (between.reason == HANSA_ZERO_TOTAL)
    return hansa_undefined (HANSA_ZERO_DENOMINATOR);
  return between;
}

HansaDecomposition
hansa_decompose_atkinson (const double *x, const double *weights, const uint32_t *group, size_t n,
                          size_t n_groups, double epsilon, HansaGroupPart *parts)
{
  HansaDecomposition result;
  Groups groups;
  HansaValue total = hansa_atkinson (x, weights, n, epsilon);
  HansaReason reason = (HansaReason)total.reason;
  groups = (Groups){ .n_groups = 0 };
  if (reason == HANSA_DEFINED)
    reason = make_groups (&groups, x, weights, group, n, n_groups, parts);
  if (reason == HANSA_DEFINED)
    {
      result.total = total;
      result.within = sum_within (&groups, hansa_atkinson, value_factor, epsilon);
      result.between = atkinson_between (&groups, epsilon);
      result.rest = hansa_is_defined (result.between)
                        ? hansa_value (-result.within.number * result.between.number)
                        : result.between;
    }
  else
    {
      describe_none (parts, n_groups, reason);
      result = undefined_decomposition (reason);
    }
  free_groups (&groups);
  return result;
}
