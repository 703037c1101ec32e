/* SPDX-License-Identifier: MIT */
#include "base/cancel.h"

#include "base/error.h"

#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

static int event_fd = -1;
static volatile sig_atomic_t cancelled;

void
hansa_cancel_now (void)
{
  guint64 one = 1;
  cancelled = 1;
  if (event_fd >= 0 && write (event_fd, &one, sizeof one) < 0)
    return; /* full: readable already */
}

static void
on_signal (int number)
{
  (void)number;
  if (cancelled)
    _exit (HANSA_EXIT_CANCELLED);
  hansa_cancel_now ();
}

int
hansa_cancel_install (void)
{
  struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };

  if (event_fd < 0)
    event_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
  sigaction (SIGHUP, &action, NULL);
  return event_fd;
}

int
hansa_cancel_descriptor (void)
{
  return event_fd;
}

gboolean
hansa_is_run_cancelled (void)
{
  return cancelled != 0;
}
