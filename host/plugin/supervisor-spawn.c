/* SPDX-License-Identifier: MIT
 *
 * The worker as a process: spawn, kill, reap.
 */
#include "plugin/supervisor-private.h"

#include "base/error.h"
#include "base/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORKER_NAME "hansa-worker"
#define WORKER_SOCKET 3 /* its number inside the worker */
#define FIRST_FD 16     /* ours stay clear of the numbers that the worker uses */

static int
move_up (int fd)
{
  int moved = fcntl (fd, F_DUPFD_CLOEXEC, FIRST_FD);

  close (fd);
  return moved;
}

/* Everything is close-on-exec, so a worker that another thread spawns at the
 * same time does not inherit it. */
static gboolean
open_channels (int sockets[2], int pipes[2])
{
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0)
    return FALSE;
  if (pipe2 (pipes, O_CLOEXEC) != 0)
    {
      close (sockets[0]);
      close (sockets[1]);
      return FALSE;
    }
  for (guint i = 0; i < 2; i++)
    {
      sockets[i] = move_up (sockets[i]);
      pipes[i] = move_up (pipes[i]);
    }
  if (sockets[0] >= 0 && sockets[1] >= 0 && pipes[0] >= 0 && pipes[1] >= 0
      && fcntl (sockets[0], F_SETFL, O_NONBLOCK) == 0 && fcntl (pipes[0], F_SETFL, O_NONBLOCK) == 0)
    return TRUE;
  for (guint i = 0; i < 2; i++)
    {
      close (sockets[i]);
      close (pipes[i]);
    }
  return FALSE;
}

static int
spawn (HansaWorker *worker, const char *program, int socket, int output)
{
  char socket_text[16], parent[24], memory[24], seconds[24];
  char *argv[] = { (char *)WORKER_NAME, socket_text,   parent, memory, seconds,
                   worker->path,        worker->probe, NULL };
  g_autofree char *locale_path = g_strconcat ("LOCPATH=", worker->locale_path, NULL);
  char *environment[]
      = { (char *)"LANG=C.UTF-8", worker->locale_path != NULL ? locale_path : NULL, NULL };
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t all, none;
  int failed;

  g_snprintf (socket_text, sizeof socket_text, "%d", WORKER_SOCKET);
  g_snprintf (parent, sizeof parent, "%d", (int)getpid ());
  g_snprintf (memory, sizeof memory, "%" G_GUINT64_FORMAT, worker->limits.memory);
  /* CPU time is the second line of defence: the clock on the wall comes first. */
  g_snprintf (seconds, sizeof seconds, "%" G_GUINT64_FORMAT,
              (guint64)ceil (CLAMP (worker->limits.seconds + worker->limits.grace, 0.0, 1e9)) + 2);
  posix_spawn_file_actions_init (&actions);
  posix_spawnattr_init (&attributes);
  posix_spawn_file_actions_addopen (&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2 (&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2 (&actions, output, STDERR_FILENO);
  posix_spawn_file_actions_adddup2 (&actions, socket, WORKER_SOCKET);
  sigfillset (&all);
  sigemptyset (&none);
  posix_spawnattr_setsigdefault (&attributes, &all);
  posix_spawnattr_setsigmask (&attributes, &none);
  posix_spawnattr_setpgroup (&attributes, 0);
  posix_spawnattr_setflags (&attributes,
                            POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  failed = posix_spawn (&worker->pid, program, &actions, &attributes, argv, environment);
  if (failed != 0)
    worker->pid = 0;
  posix_spawnattr_destroy (&attributes);
  posix_spawn_file_actions_destroy (&actions);
  return failed;
}

gboolean
hansa_worker_start (HansaWorker *worker, GError **error)
{
  g_autofree char *program = hansa_path_program (WORKER_NAME, "HANSA_WORKER", error);
  int sockets[2], pipes[2];
  int failed;

  if (program == NULL)
    return FALSE;
  if (!open_channels (sockets, pipes))
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_INTERNAL,
                   _ ("no channel to a worker can be opened: %s"), g_strerror (errno));
      return FALSE;
    }
  failed = spawn (worker, program, sockets[1], pipes[1]);
  close (sockets[1]);
  close (pipes[1]);
  worker->socket = sockets[0];
  worker->output_fd = pipes[0];
  if (failed != 0)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP, _ ("%s cannot be started: %s"),
                   program, g_strerror (failed));
      return FALSE;
    }
#ifdef SYS_pidfd_open
  worker->pidfd = (int)syscall (SYS_pidfd_open, worker->pid, 0);
#endif
  return TRUE;
}

/* VmHWM, while the process has memory: wait4() would also count ours, which
 * the child shared before its exec. */
static guint64
read_peak (pid_t pid)
{
  char path[32];
  g_autofree char *status = NULL;
  const char *line;

  g_snprintf (path, sizeof path, "/proc/%d/status", (int)pid);
  if (!g_file_get_contents (path, &status, NULL, NULL))
    return 0;
  line = strstr (status, "VmHWM:");
  return line == NULL ? 0 : g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) * 1024;
}

void
hansa_worker_kill (HansaWorker *worker)
{
  if (worker->pid == 0 || worker->reaped)
    return;
  if (worker->peak == 0)
    worker->peak = read_peak (worker->pid);
  worker->killed = TRUE;
  kill (-worker->pid, SIGKILL);
}

/* TRUE once the process is a zombie. */
static gboolean
wait_exit (HansaWorker *worker, gint64 deadline)
{
  for (;;)
    {
      gint64 left = deadline - g_get_monotonic_time ();
      siginfo_t info = { 0 };
      struct pollfd event = { worker->pidfd, POLLIN, 0 };

      if (waitid (P_PID, (id_t)worker->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0
          && info.si_pid != 0)
        return TRUE;
      if (left <= 0)
        return FALSE;
      /* Output is taken while waiting: a full pipe would hold it up. */
      hansa_worker_drain (worker);
      if (worker->pidfd < 0)
        g_usleep (500);
      else
        poll (&event, 1, (int)MIN (left / 1000 + 1, 20));
    }
}

void
hansa_worker_reap (HansaWorker *worker, gint64 deadline)
{
  pid_t got;

  if (worker->pid == 0 || worker->reaped)
    return;
  if (!wait_exit (worker, deadline))
    hansa_worker_kill (worker);
  /* The group, before the number can be given to another: none of its members
   * should be left, but that is what a group is for. */
  kill (-worker->pid, SIGKILL);
  do
    got = wait4 (worker->pid, &worker->status, 0, &worker->usage);
  while (got < 0 && errno == EINTR);
  worker->reaped = TRUE;
  hansa_worker_drain (worker);
}
