/* SPDX-License-Identifier: MIT
 *
 * Chains of states: transitions, mobility, the long run, times to a state.
 */
#include "internal.h"
#include <stdlib.h>

HansaReason
hansa_transition_counts (const int32_t *from, const int32_t *to, size_t n, size_t n_states,
                         double *counts, size_t *skipped)
{
  size_t gaps = 0;

  if (skipped != NULL)
    *skipped = 0;
  if (n_states == 0 || n_states > INT32_MAX)
    return HANSA_BAD_ARGUMENT;
  memset (counts, 0, n_states * n_states * sizeof *counts);
  if (n == 0)
    return HANSA_NO_DATA;
  for (size_t i = 0; i < n; i++)
    {
      if (from[i] < 0 || to[i] < 0)
        {
          gaps++;
          continue;
        }
      if ((size_t)from[i] >= n_states || (size_t)to[i] >= n_states)
        return HANSA_BAD_ARGUMENT;
      counts[(size_t)from[i] * n_states + (size_t)to[i]] += 1.0;
    }
  if (skipped != NULL)
    *skipped = gaps;
  return gaps == n ? HANSA_NO_DATA : HANSA_DEFINED;
}

HansaReason
hansa_transition_probabilities (const double *counts, size_t n_states, HansaValue *probabilities,
                                HansaValue *errors)
{
  bool any = false;
  if (n_states == 0)
    return HANSA_BAD_ARGUMENT;
  for (size_t i = 0; i < n_states; i++)
    {
      const double *row = counts + i * n_states;
      HansaValue total = hansa_sum (row, n_states);
      for (size_t j = 0; j < n_states; j++)
        if (!(row[j] >= 0.0))
          return HANSA_NEGATIVE_VALUE;
      if (!hansa_is_defined (total))
        return (HansaReason)total.reason;
      any = any || total.number > 0.0;
      for (size_t j = 0; j < n_states; j++)
        {
          HansaValue p = hansa_undefined (HANSA_NO_DATA), error = p;
          if (total.number > 0.0)
            {
              p = hansa_value (row[j] / total.number);
              error = hansa_value (sqrt (p.number * (1.0 - p.number) / total.number));
            }
          probabilities[i * n_states + j] = p;
          if (errors != NULL)
            errors[i * n_states + j] = error;
        }
    }
  return any ? HANSA_DEFINED : HANSA_NO_DATA;
}

size_t
hansa_absorbing_states (const HansaValue *probabilities, size_t n_states, bool *absorbing)
{
  size_t count = 0;
  for (size_t i = 0; i < n_states; i++)
    {
      HansaValue stay = probabilities[i * n_states + i];
      absorbing[i] = hansa_is_defined (stay) && stay.number == 1.0;
      count += absorbing[i];
    }
  return count;
}

/* Rows must be probabilities that sum to 1. */
static HansaReason
check_matrix (const HansaValue *probabilities, size_t n)
{
  if (n == 0)
    return HANSA_NO_DATA;
  for (size_t i = 0; i < n; i++)
    {
      Sum sum = { 0.0, 0.0 };
      for (size_t j = 0; j < n; j++)
        {
          HansaValue p = probabilities[i * n + j];
          if (!hansa_is_defined (p))
            return (HansaReason)p.reason;
          if (!(p.number >= 0.0))
            return HANSA_BAD_ARGUMENT;
          sum_add (&sum, p.number);
        }
      if (!(fabs (sum_value (&sum) - 1.0) <= 1e-9))
        return HANSA_BAD_ARGUMENT;
    }
  return HANSA_DEFINED;
}

HansaValue
hansa_shorrocks_mobility (const HansaValue *probabilities, size_t n_states)
{
  HansaReason reason = check_matrix (probabilities, n_states);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  if (n_states < 2)
    return hansa_undefined (HANSA_TOO_FEW);
  Sum trace = { 0.0, 0.0 };
  for (size_t i = 0; i < n_states; i++)
    sum_add (&trace, probabilities[i * n_states + i].number);
  return hansa_value (((double)n_states - sum_value (&trace)) / ((double)n_states - 1.0));
}

/* reach[i n + j]: j can be reached from i, in no step or more. */
static bool *
reachability (const HansaValue *probabilities, size_t n)
{
  bool *reach = n > 0 && n <= SIZE_MAX / n ? malloc (n * n * sizeof *reach) : NULL;
  if (reach == NULL)
    return NULL;
  for (size_t i = 0; i < n * n; i++)
    reach[i] = probabilities[i].number > 0.0 || i / n == i % n;
  for (size_t k = 0; k < n; k++)
    for (size_t i = 0; i < n; i++)
      if (reach[i * n + k])
        for (size_t j = 0; j < n; j++)
          reach[i * n + j] = reach[i * n + j] || reach[k * n + j];
  return reach;
}

/* The states of the one closed class, in `member`; 0 if there are several. */
static size_t
closed_class (const bool *reach, size_t n, size_t *member)
{
  size_t first = n, count = 0;
  for (size_t i = 0; i < n; i++)
    {
      bool closed = true;
      for (size_t j = 0; j < n; j++)
        closed = closed && (!reach[i * n + j] || reach[j * n + i]);
      if (!closed)
        continue;
      if (first == n)
        first = i;
      if (!reach[first * n + i])
        return 0;
      member[count++] = i;
    }
  return count;
}

/* Grassmann, Taksar & Heyman (1985): elimination without subtraction. `p` is
 * m by m, irreducible, and is overwritten; share[m] is the result. */
static void
eliminate_states (double *p, size_t m, double *share)
{
  for (size_t k = m; k-- > 1;)
    {
      double leave = 0.0;
      for (size_t j = 0; j < k; j++)
        leave += p[k * m + j];
      for (size_t i = 0; i < k; i++)
        p[i * m + k] /= leave;
      for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
          p[i * m + j] += p[i * m + k] * p[k * m + j];
    }
  double total = share[0] = 1.0;
  for (size_t k = 1; k < m; k++)
    {
      share[k] = 0.0;
      for (size_t i = 0; i < k; i++)
        share[k] += share[i] * p[i * m + k];
      total += share[k];
    }
  for (size_t k = 0; k < m; k++)
    share[k] /= total;
}

HansaReason
hansa_stationary (const HansaValue *probabilities, size_t n_states, double *shares)
{
  HansaReason reason = check_matrix (probabilities, n_states);
  for (size_t i = 0; i < n_states; i++)
    shares[i] = 0.0;
  if (reason != HANSA_DEFINED || n_states == 0)
    return reason;
  bool *reach = reachability (probabilities, n_states);
  size_t *member = calloc (n_states, sizeof *member);
  double *p = reach != NULL ? calloc (n_states * n_states + n_states, sizeof *p) : NULL;
  reason = HANSA_NO_MEMORY;
  if (reach != NULL && member != NULL && p != NULL)
    {
      size_t m = closed_class (reach, n_states, member);
      double *share = p + n_states * n_states;
      reason = m == 0 ? HANSA_NEVER_REACHED : HANSA_DEFINED;
      for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < m; j++)
          p[i * m + j] = probabilities[member[i] * n_states + member[j]].number;
      if (m > 0)
        eliminate_states (p, m, share);
      for (size_t i = 0; i < m; i++)
        shares[member[i]] = share[i];
    }
  free (reach);
  free (member);
  free (p);
  return reason;
}

/* Solves a t = b in place by Gaussian elimination with partial pivoting; row
 * i of `a` has m + 1 cells, b last. The result is in that last column. */
static bool
solve (double *a, size_t m)
{
  size_t width = m + 1;
  for (size_t k = 0; k < m; k++)
    {
      size_t pivot = k;
      for (size_t i = k + 1; i < m; i++)
        if (fabs (a[i * width + k]) > fabs (a[pivot * width + k]))
          pivot = i;
      for (size_t j = 0; j < width; j++)
        {
          double swap = a[k * width + j];
          a[k * width + j] = a[pivot * width + j];
          a[pivot * width + j] = swap;
        }
      if (a[k * width + k] == 0.0)
        return false;
      for (size_t i = 0; i < m; i++)
        {
          double factor = i == k ? 0.0 : a[i * width + k] / a[k * width + k];
          for (size_t j = k; factor != 0.0 && j < width; j++)
            a[i * width + j] -= factor * a[k * width + j];
        }
    }
  for (size_t k = 0; k < m; k++)
    a[k * width + m] /= a[k * width + k];
  return true;
}

/* Whether the target is reached from i for certain: no state that i leads to
 * before the target is without a way to it. */
static bool
surely_reached (const bool *reach, size_t n, size_t i, size_t target)
{
  for (size_t j = 0; j < n; j++)
    if (reach[i * n + j] && !reach[j * n + target])
      return false;
  return true;
}

/* Expected steps from states that reach the target for certain. */
static bool
solve_passage (const HansaValue *p, size_t n, size_t target, const size_t *member, size_t m,
               HansaValue *times)
{
  size_t width = m + 1;
  double *a = calloc (m * width + 1, sizeof *a);
  if (a == NULL)
    return false;
  for (size_t i = 0; i < m; i++)
    {
      Sum leave = { 0.0, 0.0 };
      for (size_t j = 0; j < n; j++)
        if (j != member[i])
          sum_add (&leave, p[member[i] * n + j].number);
      for (size_t j = 0; j < m; j++)
        a[i * width + j] = i == j ? sum_value (&leave) : -p[member[i] * n + member[j]].number;
      a[i * width + m] = 1.0;
    }
  bool solved = solve (a, m);
  for (size_t i = 0; solved && i < m; i++)
    times[member[i]] = hansa_value (a[i * width + m]);
  free (a);
  Sum back = { 1.0, 0.0 };
  HansaValue result = hansa_value (1.0);
  for (size_t j = 0; j < n; j++)
    {
      double step = p[target * n + j].number;
      if (j == target || step == 0.0)
        continue;
      if (!hansa_is_defined (times[j]))
        result = times[j];
      else
        sum_add (&back, step * times[j].number);
    }
  times[target] = hansa_is_defined (result) ? hansa_value (sum_value (&back)) : result;
  return true;
}

HansaReason
hansa_first_passage (const HansaValue *probabilities, size_t n_states, size_t target,
                     HansaValue *times)
{
  size_t n = n_states, m = 0;
  HansaReason reason = target < n ? check_matrix (probabilities, n) : HANSA_BAD_ARGUMENT;
  bool *reach = NULL;
  size_t *member = NULL;
  HansaValue *to_target = NULL;
  if (reason == HANSA_DEFINED)
    {
      /* The target as an absorbing state: what lies behind it is no matter. */
      to_target = malloc (n * n * sizeof *to_target);
      member = calloc (n, sizeof *member);
      reason = HANSA_NO_MEMORY;
    }
  for (size_t i = 0; i < n; i++)
    times[i] = hansa_undefined (reason == HANSA_NO_MEMORY ? HANSA_NEVER_REACHED : reason);
  if (to_target != NULL && member != NULL)
    {
      memcpy (to_target, probabilities, n * n * sizeof *to_target);
      for (size_t j = 0; j < n; j++)
        to_target[target * n + j] = hansa_value (j == target ? 1.0 : 0.0);
      reach = reachability (to_target, n);
      for (size_t i = 0; reach != NULL && i < n; i++)
        if (i != target && surely_reached (reach, n, i, target))
          member[m++] = i;
      if (reach != NULL && solve_passage (probabilities, n, target, member, m, times))
        reason = HANSA_DEFINED;
    }
  for (size_t i = 0; reason == HANSA_NO_MEMORY && i < n; i++)
    times[i] = hansa_undefined (reason);
  free (reach);
  free (member);
  free (to_target);
  return reason;
}
