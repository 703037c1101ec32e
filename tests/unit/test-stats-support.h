/* SPDX-License-Identifier: MIT
 *
 * What the test programs of the measures library share.
 */
#ifndef HANSA_TEST_STATS_SUPPORT_H
#define HANSA_TEST_STATS_SUPPORT_H

#include <check.h>
#include <float.h>
#include <hansa/stats.h>
#include <stdlib.h>
#include <string.h>

#define N_ROWS(array) (sizeof (array) / sizeof (array)[0])

/* A value that is defined and within `tolerance`, relative above 1. */
#define ck_number(value_, expected_, tolerance_)                                                   \
  do                                                                                               \
    {                                                                                              \
      HansaValue ck_value = (value_);                                                              \
      double ck_expected = (expected_);                                                            \
      ck_assert_msg (ck_value.reason == HANSA_DEFINED, "%s is undefined, reason %u", #value_,      \
                     ck_value.reason);                                                             \
      ck_assert_msg (fabs (ck_value.number - ck_expected)                                          \
                         <= (tolerance_)*fmax (1.0, fabs (ck_expected)),                           \
                     "%s is %.17g, not %.17g", #value_, ck_value.number, ck_expected);             \
    }                                                                                              \
  while (0)

/* A value that is undefined for this reason, and is 0 in every other byte. */
#define ck_reason(value_, reason_)                                                                 \
  do                                                                                               \
    {                                                                                              \
      HansaValue ck_value = (value_);                                                              \
      ck_assert_msg (ck_value.reason == (uint32_t)(reason_), "%s has reason %u, not %s", #value_,  \
                     ck_value.reason, #reason_);                                                   \
      ck_assert_msg (ck_value.number == 0.0 && ck_value.zero == 0, "%s has a number", #value_);    \
    }                                                                                              \
  while (0)

/* The same bytes. */
#define ck_same(a_, b_)                                                                            \
  do                                                                                               \
    {                                                                                              \
      HansaValue ck_a = (a_), ck_b = (b_);                                                         \
      ck_assert_msg (memcmp (&ck_a, &ck_b, sizeof ck_a) == 0,                                      \
                     "%s is %.17g (%u), %s is %.17g (%u)", #a_, ck_a.number, ck_a.reason, #b_,     \
                     ck_b.number, ck_b.reason);                                                    \
    }                                                                                              \
  while (0)

/* Random numbers: SplitMix64 (Steele, Lea & Flood 2014). */
static inline uint64_t
random_bits (uint64_t *state)
{
  uint64_t z = *state += UINT64_C (0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * UINT64_C (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static inline double
random_unit (void *state)
{
  return (double)(random_bits (state) >> 11) * 0x1p-53;
}

static inline size_t
random_below (uint64_t *state, size_t n)
{
  return (size_t)(random_bits (state) % n);
}

/* Amounts as offices have them: skewed, with ties and some zeros. */
static inline void
random_amounts (uint64_t *state, double *x, size_t n)
{
  for (size_t i = 0; i < n; i++)
    {
      double u = random_unit (state);
      x[i] = u < 0.1 ? 0.0 : floor (exp (8.0 * u)) / 4.0;
    }
  x[random_below (state, n)] = 17.0;
}

/* Shuffles rows; w and group may be NULL. */
static inline void
shuffle_rows (uint64_t *state, double *x, double *w, uint32_t *group, size_t n)
{
  for (size_t i = n; i-- > 1;)
    {
      size_t j = random_below (state, i + 1);
      double kept = x[i];
      x[i] = x[j];
      x[j] = kept;
      if (w != NULL)
        {
          kept = w[i];
          w[i] = w[j];
          w[j] = kept;
        }
      if (group != NULL)
        {
          uint32_t label = group[i];
          group[i] = group[j];
          group[j] = label;
        }
    }
}

static inline int
run_suite (const char *name, const TTest *const *tests, size_t n)
{
  Suite *suite = suite_create (name);
  TCase *tcase = tcase_create (name);
  for (size_t i = 0; i < n; i++)
    tcase_add_test (tcase, tests[i]);
  tcase_set_timeout (tcase, 120);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
