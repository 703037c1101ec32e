/* SPDX-License-Identifier: MIT
 *
 * Writes constructed customs records as CSV to standard output, in the order
 * of months, skewed over regions and partners as real ones are. The same number
 * of rows gives the same bytes. Only for measuring: no figure means anything.
 *
 *   customs ROWS > customs.csv
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define N_REGIONS 14
#define N_PARTNERS 200
#define FIRST_YEAR 2010
#define N_MONTHS 96

static uint64_t state = UINT64_C (0x9E3779B97F4A7C15);

static uint64_t
next_random (void)
{
  uint64_t z = (state += UINT64_C (0x9E3779B97F4A7C15)); /* splitmix64 */
  z = (z ^ (z >> 30)) * UINT64_C (0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C (0x94D049BB133111EB);
  return z ^ (z >> 31);
}

static double
uniform (void)
{
  return (double)(next_random () >> 11) * 0x1p-53;
}

/* 0 … n-1, the first ones often: n to the power of a uniform number. */
static unsigned
skewed (unsigned n)
{
  unsigned drawn = (unsigned)(pow (n + 1.0, uniform ()) - 1.0);
  return drawn < n ? drawn : n - 1;
}

int
main (int argc, char **argv)
{
  uint64_t n_rows = argc == 2 ? strtoull (argv[1], NULL, 10) : 0;
  if (n_rows == 0)
    {
      fprintf (stderr, "usage: customs ROWS\n");
      return 2;
    }
  puts ("month,region,partner,hs,flow,value");
  for (uint64_t row = 0; row < n_rows; row++)
    {
      unsigned month = (unsigned)(row * N_MONTHS / n_rows);
      unsigned region = skewed (N_REGIONS);
      double value = exp (9.0 + 2.5 * (uniform () + uniform () + uniform () - 1.5));
      printf ("%u-%02u-01,43%02u00,P%03u,%04u,%s,%.0f\n", FIRST_YEAR + month / 12, month % 12 + 1,
              region + 1, skewed (N_PARTNERS), 100 + skewed (9800), next_random () & 1 ? "X" : "M",
              value);
    }
  return 0;
}
