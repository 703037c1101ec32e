/* SPDX-License-Identifier: MIT
 *
 * Distribution functions: chi-square and normal.
 */
#include "internal.h"

enum
{
  MAX_TERMS = 100000
};

/* P (a, x) by its series, DLMF 8.7.1; for x < a + 1. */
static double
lower_gamma (double a, double x, double scale)
{
  double term = 1.0 / a, sum = term;
  for (int k = 1; k < MAX_TERMS && term > sum * DBL_EPSILON / 8.0; k++)
    {
      term *= x / (a + k);
      sum += term;
    }
  return sum * scale;
}

/* Q (a, x) by its continued fraction, the even part of DLMF 8.9.2, in the
 * forward manner of Lentz; for x >= a + 1. */
static double
upper_gamma (double a, double x, double scale)
{
  double b = x + 1.0 - a, c = 1.0 / DBL_MIN, d = 1.0 / b, h = d;
  for (int k = 1; k < MAX_TERMS; k++)
    {
      double numerator = -k * (k - a);
      b += 2.0;
      d = numerator * d + b;
      d = 1.0 / (fabs (d) < DBL_MIN ? DBL_MIN : d);
      c = b + numerator / c;
      c = fabs (c) < DBL_MIN ? DBL_MIN : c;
      h *= d * c;
      if (fabs (d * c - 1.0) < DBL_EPSILON)
        break;
    }
  return h * scale;
}

HansaValue
hansa_chi_square_upper (double x, double freedom)
{
  if (!(x >= 0.0 && x <= DBL_MAX && freedom > 0.0 && freedom <= 1e8))
    return hansa_undefined (HANSA_BAD_ARGUMENT);
  if (x == 0.0)
    return hansa_value (1.0);
  double a = freedom / 2.0, z = x / 2.0;
  double scale = exp (a * log (z) - z - lgamma (a));
  double upper = z < a + 1.0 ? 1.0 - lower_gamma (a, z, scale) : upper_gamma (a, z, scale);
  return hansa_value (fmin (fmax (upper, 0.0), 1.0));
}

HansaValue
hansa_normal_lower (double z)
{
  if (isnan (z))
    return hansa_undefined (HANSA_BAD_ARGUMENT);
  return hansa_value (erfc (-z / sqrt (2.0)) / 2.0);
}

static double
ratio (const double *over, const double *under, double r)
{
  double top = over[7], bottom = under[7];
  for (int i = 6; i >= 0; i--)
    {
      top = top * r + over[i];
      bottom = bottom * r + under[i];
    }
  return top / bottom;
}

/* Wichura (1988), AS 241, PPND16. */
HansaValue
hansa_normal_quantile (double p)
{
  static const double a[8]
      = { 3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
          1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
          3.3430575583588128105e+4, 2.5090809287301226727e+3 };
  static const double b[8] = { 1.0,
                               4.2313330701600911252e+1,
                               6.8718700749205790830e+2,
                               5.3941960214247511077e+3,
                               2.1213794301586595867e+4,
                               3.9307895800092710610e+4,
                               2.8729085735721942674e+4,
                               5.2264952788528545610e+3 };
  static const double c[8]
      = { 1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
          3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
          2.27238449892691845833e-2, 7.74545014278341407640e-4 };
  static const double d[8] = { 1.0,
                               2.05319162663775882187e0,
                               1.67638483018380384940e0,
                               6.89767334985100004550e-1,
                               1.48103976427480074590e-1,
                               1.51986665636164571966e-2,
                               5.47593808499534494600e-4,
                               1.05075007164441684324e-9 };
  static const double e[8]
      = { 6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
          2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
          2.71155556874348757815e-5, 2.01033439929228813265e-7 };
  static const double f[8] = { 1.0,
                               5.99832206555887937690e-1,
                               1.36929880922735805310e-1,
                               1.48753612908506148525e-2,
                               7.86869131145613259100e-4,
                               1.84631831751005468180e-5,
                               1.42151175831644588870e-7,
                               2.04426310338993978564e-15 };
  if (!(p > 0.0 && p < 1.0))
    return hansa_undefined (HANSA_BAD_ARGUMENT);
  double q = p - 0.5;
  if (fabs (q) <= 0.425)
    return hansa_value (q * ratio (a, b, 0.180625 - q * q));
  double r = sqrt (-log (q < 0.0 ? p : 1.0 - p));
  double z = r <= 5.0 ? ratio (c, d, r - 1.6) : ratio (e, f, r - 5.0);
  return hansa_value (q < 0.0 ? -z : z);
}
