/* SPDX-License-Identifier: MIT
 *
 * A clock that `hansa check` can set forward: an analysis that asks what time
 * it is answers differently, and is found out.
 */
#include "worker.h"

#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

int64_t worker_clock_ahead;

#if !HANSA_SANITIZED

/* The executable's definitions win over libc's. Visible, or the dynamic linker
 * would not see them. */
#define INTERPOSE __attribute__ ((visibility ("default")))

INTERPOSE int
clock_gettime (clockid_t clock, struct timespec *now)
{
  int failed = (int)syscall (SYS_clock_gettime, clock, now);

  if (failed == 0)
    now->tv_sec += worker_clock_ahead;
  return failed;
}

INTERPOSE time_t
time (time_t *copy)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  if (copy != NULL)
    *copy = now.tv_sec;
  return now.tv_sec;
}

INTERPOSE int
gettimeofday (struct timeval *restrict now, void *restrict zone)
{
  struct timespec precise;

  (void)zone;
  clock_gettime (CLOCK_REALTIME, &precise);
  now->tv_sec = precise.tv_sec;
  now->tv_usec = precise.tv_nsec / 1000;
  return 0;
}

INTERPOSE int
timespec_get (struct timespec *now, int base)
{
  return base == TIME_UTC && clock_gettime (CLOCK_REALTIME, now) == 0 ? base : 0;
}

#endif
