/* SPDX-License-Identifier: MIT
 *
 * What the worker says: frames gather in a buffer, so that a row costs no
 * system call.
 */
#include "worker.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FLUSH_AT ((size_t)64 << 10)

void
worker_flush (Worker *worker)
{
  const unsigned char *at = worker->out.bytes;
  size_t left = worker->rehearsing ? 0 : worker->out.length;

  while (left > 0)
    {
      ssize_t n = write (worker->socket, at, left);

      if (n < 0 && errno == EINTR)
        continue;
      /* The host is gone, or the plugin closed the socket: nobody to tell. */
      if (n <= 0)
        _exit (WORKER_EXIT_ORPHAN);
      at += n;
      left -= (size_t)n;
    }
  worker->out.length = 0;
  worker->out.frame = 0;
}

void
worker_rows_end (Worker *worker)
{
  if (worker->rows_table == UINT32_MAX)
    return;
  worker->rows_table = UINT32_MAX;
  worker_frame_end (worker);
}

void
worker_frame_end (Worker *worker)
{
  if (!hansa_writer_end (&worker->out))
    {
      if (worker_malloc_failed)
        worker_done (worker, HANSA_OUT_OF_MEMORY, 0.0);
      worker_bad (worker, "result", "more than %u MiB in one call", HANSA_FRAME_MAX >> 20);
    }
  if (worker->out.length >= FLUSH_AT)
    worker_flush (worker);
}

/* One frame of two strings, in place of whatever was being written. */
static void
say (Worker *worker, HansaFrameType type, const char *first, const char *second)
{
  hansa_writer_begin (&worker->out, type);
  if (first != NULL)
    hansa_writer_string (&worker->out, first);
  hansa_writer_string (&worker->out, second);
  hansa_writer_u64 (&worker->out, worker_memory_peak ());
  if (hansa_writer_end (&worker->out))
    worker_flush (worker);
}

static void
drop_open_frame (Worker *worker)
{
  /* A rehearsal that goes wrong is the end; what it said before is nothing. */
  if (worker->rehearsing)
    worker->out.length = worker->out.frame = 0;
  worker->rehearsing = false;
  /* Frames that are closed stay: only a broken one is taken back. */
  if (worker->out.frame + sizeof (HansaFrameHeader) <= worker->out.length)
    {
      HansaFrameHeader header;

      memcpy (&header, worker->out.bytes + worker->out.frame, sizeof header);
      if (worker->out.length - worker->out.frame - sizeof header != header.length)
        hansa_writer_drop (&worker->out);
    }
  worker->out.failed = false;
}

_Noreturn void
worker_bad (Worker *worker, const char *call, const char *format, ...)
{
  char why[512];
  va_list args;

  va_start (args, format);
  vsnprintf (why, sizeof why, format, args);
  va_end (args);
  drop_open_frame (worker);
  say (worker, HANSA_FRAME_BAD, call, why);
  _exit (WORKER_EXIT_BAD);
}

_Noreturn void
worker_refuse (Worker *worker, const char *format, ...)
{
  char why[1024];
  va_list args;

  va_start (args, format);
  vsnprintf (why, sizeof why, format, args);
  va_end (args);
  drop_open_frame (worker);
  say (worker, HANSA_FRAME_REFUSED, NULL, why);
  _exit (WORKER_EXIT_REFUSED);
}

_Noreturn void
worker_done (Worker *worker, HansaStatus status, double seconds)
{
  if (status == HANSA_OK)
    worker_rows_end (worker);
  drop_open_frame (worker);
  if (worker->asked_params != NULL)
    worker_probe_say (worker);
  hansa_writer_begin (&worker->out, HANSA_FRAME_DONE);
  hansa_writer_u32 (&worker->out, (uint32_t)status);
  hansa_writer_f64 (&worker->out, seconds);
  hansa_writer_u64 (&worker->out, worker_memory_peak ());
  hansa_writer_end (&worker->out);
  fflush (stdout); /* what the plugin printed: _exit() would lose it */
  worker_flush (worker);
#if HANSA_SANITIZED
  exit (0); /* so that LeakSanitizer looks */
#else
  _exit (0);
#endif
}
