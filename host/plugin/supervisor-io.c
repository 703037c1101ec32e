/* SPDX-License-Identifier: MIT
 *
 * Talking with a worker: frames, captured output, cancellation and deadline in
 * one loop that never blocks on the worker.
 */
#include "plugin/supervisor-private.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define READ_SIZE ((gsize)256 << 10)

void
hansa_worker_nonsense (HansaWorker *worker, const char *what)
{
  if (worker->stop == HANSA_STOP_NONE)
    {
      worker->stop = HANSA_STOP_NONSENSE;
      worker->nonsense = g_strdup (what);
    }
  hansa_worker_kill (worker);
}

/* Asks first: a plugin that looks may end well within the grace. */
void
hansa_worker_stop (HansaWorker *worker, HansaStop stop)
{
  HansaWriter frame = { 0 };
  gssize n;

  if (worker->stop != HANSA_STOP_NONE)
    return;
  worker->stop = stop;
  worker->deadline
      = g_get_monotonic_time () + (gint64)(CLAMP (worker->limits.grace, 0.0, 3600.0) * 1e6);
  hansa_writer_begin (&frame, HANSA_FRAME_CANCEL);
  hansa_writer_end (&frame);
  n = send (worker->socket, frame.bytes, frame.length, MSG_NOSIGNAL | MSG_DONTWAIT);
  (void)n; /* one that does not listen is killed anyway */
  hansa_writer_clear (&frame);
}

void
hansa_worker_drain (HansaWorker *worker)
{
  char bytes[16 << 10];
  gssize n;
  gsize room;

  /* Bounded, so that a flood cannot keep us from the deadline. */
  for (guint round = 0; round < 64 && worker->output_fd >= 0; round++)
    {
      n = read (worker->output_fd, bytes, sizeof bytes);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0 && errno == EAGAIN)
        return;
      if (n <= 0)
        {
          close (worker->output_fd);
          worker->output_fd = -1;
          return;
        }
      room = worker->limits.output - MIN (worker->output->len, worker->limits.output);
      g_string_append_len (worker->output, bytes, (gssize)MIN (room, (gsize)n));
      worker->output_dropped += (gsize)n - MIN (room, (gsize)n);
    }
}

/* FALSE at the end of the stream. */
static gboolean
receive (HansaWorker *worker)
{
  guint before;
  gssize n;

  if (worker->taken > 0)
    {
      g_byte_array_remove_range (worker->input, 0, (guint)worker->taken);
      worker->taken = 0;
    }
  before = worker->input->len;
  g_byte_array_set_size (worker->input, before + (guint)READ_SIZE);
  do
    n = recv (worker->socket, worker->input->data + before, READ_SIZE, MSG_DONTWAIT);
  while (n < 0 && errno == EINTR);
  g_byte_array_set_size (worker->input, before + (guint)MAX (n, 0));
  return n > 0 || (n < 0 && errno == EAGAIN);
}

/* What is due on our side: cancellation, deadline. FALSE: it is over. */
static gboolean
look_at_clock (HansaWorker *worker)
{
  if (g_get_monotonic_time () < worker->deadline)
    return TRUE;
  if (worker->stop == HANSA_STOP_NONE)
    {
      hansa_worker_stop (worker, HANSA_STOP_DEADLINE);
      return TRUE;
    }
  hansa_worker_kill (worker);
  return FALSE;
}

/* One round of the loop. FALSE when no more frames will come. */
static gboolean
wait_for_more (HansaWorker *worker)
{
  struct pollfd events[3] = { { worker->socket, POLLIN, 0 },
                              { worker->output_fd, POLLIN, 0 },
                              { worker->cancel_fd, POLLIN, 0 } };
  gint64 left = worker->deadline - g_get_monotonic_time ();

  if (worker->stop != HANSA_STOP_NONE)
    events[2].fd = -1;
  if (poll (events, 3, (int)CLAMP (left / 1000 + 1, 0, 60 * 1000)) < 0 && errno != EINTR)
    {
      hansa_worker_nonsense (worker, g_strerror (errno));
      return FALSE;
    }
  if (events[1].revents != 0)
    hansa_worker_drain (worker);
  if (events[2].revents != 0)
    hansa_worker_stop (worker, HANSA_STOP_CANCEL);
  if (events[0].revents != 0 && !receive (worker))
    return FALSE;
  return look_at_clock (worker);
}

gboolean
hansa_worker_next (HansaWorker *worker, HansaFrameHeader *header, gconstpointer *payload)
{
  for (;;)
    {
      const guint8 *at = worker->input->data + worker->taken;
      int whole = worker->input->len == worker->taken
                      ? 0
                      : hansa_frame_peek (at, worker->input->len - worker->taken, header);

      if (whole < 0)
        {
          hansa_worker_nonsense (worker, _ ("something else was written to the result stream"));
          return FALSE;
        }
      if (whole > 0)
        {
          *payload = at + sizeof *header;
          worker->taken += sizeof *header + header->length;
          return TRUE;
        }
      if (!wait_for_more (worker))
        return FALSE;
    }
}

/* Waits until the socket takes more; FALSE when it is over. */
static gboolean
wait_to_send (HansaWorker *worker)
{
  struct pollfd events[3] = { { worker->socket, POLLOUT, 0 },
                              { worker->output_fd, POLLIN, 0 },
                              { worker->cancel_fd, POLLIN, 0 } };
  gint64 left = worker->deadline - g_get_monotonic_time ();

  if (poll (events, 3, (int)CLAMP (left / 1000 + 1, 0, 60 * 1000)) < 0 && errno != EINTR)
    return FALSE;
  if (events[1].revents != 0)
    hansa_worker_drain (worker);
  /* The job has not begun: no need to ask. */
  if (events[2].revents != 0)
    worker->stop = HANSA_STOP_CANCEL;
  else if (g_get_monotonic_time () >= worker->deadline)
    worker->stop = HANSA_STOP_DEADLINE;
  if (worker->stop == HANSA_STOP_NONE)
    return TRUE;
  hansa_worker_kill (worker);
  return FALSE;
}

static gboolean
send_message (HansaWorker *worker, const struct msghdr *message, gsize *sent)
{
  for (;;)
    {
      gssize n = sendmsg (worker->socket, message, MSG_NOSIGNAL | MSG_DONTWAIT);

      if (n >= 0)
        {
          *sent = (gsize)n;
          return TRUE;
        }
      /* ETOOMANYREFS: too many files are under way; the worker takes them. */
      if (errno == ETOOMANYREFS)
        g_usleep (200);
      else if (errno != EAGAIN && errno != EINTR)
        return FALSE;
      if (!wait_to_send (worker))
        return FALSE;
    }
}

static gboolean
send_files (HansaWorker *worker, const int *fds, guint n_fds)
{
  union
  {
    struct cmsghdr header;
    char bytes[CMSG_SPACE (HANSA_FILES_PER_MESSAGE * sizeof (int))];
  } control = { 0 };
  char byte = 'F';
  struct iovec data = { &byte, 1 };
  struct msghdr message = { .msg_iov = &data,
                            .msg_iovlen = 1,
                            .msg_control = control.bytes,
                            .msg_controllen = CMSG_SPACE (n_fds * sizeof (int)) };
  gsize sent;

  control.header.cmsg_level = SOL_SOCKET;
  control.header.cmsg_type = SCM_RIGHTS;
  control.header.cmsg_len = CMSG_LEN (n_fds * sizeof (int));
  memcpy (CMSG_DATA (&control.header), fds, n_fds * sizeof (int));
  return send_message (worker, &message, &sent) && sent == 1;
}

gboolean
hansa_worker_send (HansaWorker *worker, const HansaWriter *frame, const int *fds, guint n_fds)
{
  gsize sent;

  for (gsize at = 0; at < frame->length; at += sent)
    {
      struct iovec data = { frame->bytes + at, frame->length - at };
      struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1 };

      if (!send_message (worker, &message, &sent))
        return FALSE;
    }
  for (guint at = 0; at < n_fds; at += HANSA_FILES_PER_MESSAGE)
    if (!send_files (worker, fds + at, MIN (n_fds - at, HANSA_FILES_PER_MESSAGE)))
      return FALSE;
  return TRUE;
}
