/* SPDX-License-Identifier: MIT
 *
 * Services by name: seeded random numbers; progress, cancellation and log.
 */
#include "worker.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#define MAX_LOG 1000
#define PROGRESS_STEP 0.01

/* xoshiro256** and splitmix64: Blackman and Vigna, "Scrambled linear
 * pseudorandom number generators", ACM TOMS 47 (2021). */
static uint64_t
splitmix64 (uint64_t *state)
{
  uint64_t z = (*state += UINT64_C (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * UINT64_C (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static uint64_t
rotate (uint64_t x, unsigned by)
{
  return (x << by) | (x >> (64 - by));
}

static uint64_t
next (uint64_t s[4])
{
  uint64_t result = rotate (s[1] * 5, 7) * 9;
  uint64_t t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate (s[3], 45);
  return result;
}

void
worker_random_seed (Worker *worker, uint64_t seed)
{
  /* FNV-1a of the plugin's id, so that two plugins of one run do not share a
   * stream. */
  uint64_t hash = UINT64_C (0xcbf29ce484222325);

  for (const char *c = worker->plugin->id; *c != '\0'; c++)
    hash = (hash ^ (unsigned char)*c) * UINT64_C (0x100000001b3);
  hash ^= seed;
  for (unsigned i = 0; i < 4; i++)
    worker->random[i] = splitmix64 (&hash);
}

static double
random_uniform (HansaJob *job)
{
  return (double)(next (((Worker *)job)->random) >> 11) * 0x1.0p-53;
}

static void
control_progress (HansaJob *job, double done)
{
  Worker *worker = (Worker *)job;

  if (!(done >= 0.0 && done <= 1.0))
    worker_bad (worker, "hansa_progress()", "the argument is not between zero and one");
  /* Said at once, so it must be rare. */
  if (fabs (done - worker->progress) < PROGRESS_STEP)
    return;
  worker->progress = done;
  worker_rows_end (worker);
  hansa_writer_begin (&worker->out, HANSA_FRAME_PROGRESS);
  hansa_writer_f64 (&worker->out, done);
  worker_frame_end (worker);
  worker_flush (worker);
}

static int
control_is_cancelled (HansaJob *job)
{
  Worker *worker = (Worker *)job;
  unsigned char bytes[sizeof (HansaFrameHeader)];
  ssize_t n;

  if (worker->cancelled)
    return 1;
  /* After RUN the host says nothing but CANCEL, so any word is that one; the
   * end of the stream means that nobody waits for a result. */
  n = recv (worker->socket, bytes, sizeof bytes, MSG_DONTWAIT);
  worker->cancelled = n >= 0 || (errno != EAGAIN && errno != EINTR);
  return worker->cancelled;
}

static void
control_log (HansaJob *job, const char *line)
{
  Worker *worker = (Worker *)job;

  worker_check_string (worker, "hansa_log()", "line", line, true);
  if (worker->n_log > MAX_LOG)
    return;
  if (worker->n_log++ == MAX_LOG)
    line = "(more lines were left out)";
  worker_rows_end (worker);
  hansa_writer_begin (&worker->out, HANSA_FRAME_LOG);
  hansa_writer_string (&worker->out, line);
  worker_frame_end (worker);
  worker_flush (worker); /* a crash must not take it along */
}

const void *
worker_service (HansaJob *job, const char *id)
{
  static const HansaRandomService random_service
      = { sizeof (HansaRandomService), 0, random_uniform };
  static const HansaControlService control_service
      = { sizeof (HansaControlService), 0, control_progress, control_is_cancelled, control_log };

  worker_check_string ((Worker *)job, "service()", "id", id, true);
  if (strcmp (id, HANSA_SERVICE_RANDOM) == 0)
    return &random_service;
  if (strcmp (id, HANSA_SERVICE_CONTROL) == 0)
    return &control_service;
  return NULL;
}
