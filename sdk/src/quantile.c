/* SPDX-License-Identifier: MIT
 *
 * Quantiles of sorted observations.
 */
#include "internal.h"
#include <stdlib.h>

HansaValue
hansa_quantile (const double *x, size_t n, double p)
{
  Sample sample;
  if (!(p >= 0.0 && p <= 1.0))
    return hansa_undefined (HANSA_BAD_ARGUMENT);
  HansaReason reason = hansa_priv_sample (&sample, x, NULL, n, ALLOW_NEGATIVE | ALLOW_ZERO_TOTAL);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  Row *rows = hansa_priv_sorted_rows (x, NULL, n, 1.0);
  if (rows == NULL)
    return hansa_undefined (HANSA_NO_MEMORY);
  double position = (double)(n - 1) * p;
  size_t below = (size_t)position;
  double step = position - (double)below;
  double low = value_of (rows[below].key);
  double high = below + 1 < n ? value_of (rows[below + 1].key) : low;
  free (rows);
  double gap = high - low;
  double value
      = isfinite (gap) ? low + step * gap : 2.0 * (low / 2.0 + step * (high / 2.0 - low / 2.0));
  return hansa_value (fmin (value, high));
}

HansaValue
hansa_median (const double *x, size_t n)
{
  return hansa_quantile (x, n, 0.5);
}
