/* SPDX-License-Identifier: MIT
 *
 * How a gnuplot comes and goes.
 */
#define _GNU_SOURCE
#include "base/error.h"
#include "base/language.h"
#include "chart/gnuplot-private.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define FIRST_FD 16 /* ours stay clear of the numbers that the child uses */

char *
gnuplot_find (GError **error)
{
  const char *given = g_getenv ("HANSA_GNUPLOT");

  if (given != NULL && *given != '\0')
    {
      if (g_path_is_absolute (given) && g_file_test (given, G_FILE_TEST_IS_REGULAR)
          && access (given, X_OK) == 0)
        return g_strdup (given);
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP,
                   _ ("HANSA_GNUPLOT is “%s”, which is not the absolute path of a program"), given);
      return NULL;
    }
  char *found = g_find_program_in_path ("gnuplot");
  if (found == NULL || !g_path_is_absolute (found))
    g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP,
                         _ ("gnuplot is not installed, so no chart can be drawn; install it "
                            "(Debian, Ubuntu: apt install gnuplot-nox), or set HANSA_GNUPLOT to "
                            "its path"));
  if (found != NULL && !g_path_is_absolute (found))
    g_clear_pointer (&found, g_free);
  return found;
}

static int
move_up (int fd)
{
  int moved = fd >= 0 ? fcntl (fd, F_DUPFD_CLOEXEC, FIRST_FD) : -1;
  if (fd >= 0)
    close (fd);
  return moved;
}

/* Ours and the child's ends of stdin, stdout, stderr, and the memory files. Close-on-exec
 * from the first moment: other threads spawn, too. stdin is a socket, since
 * only there a write to a dead gnuplot can do without SIGPIPE. */
static gboolean
open_channels (ChartGnuplot *gnuplot, int theirs[5])
{
  int in[2] = { -1, -1 }, out[2] = { -1, -1 }, err[2] = { -1, -1 };
  gboolean ok = socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) == 0
                && pipe2 (out, O_CLOEXEC) == 0 && pipe2 (err, O_CLOEXEC) == 0;

  gnuplot->in = move_up (in[0]);
  gnuplot->out = move_up (out[0]);
  gnuplot->err = move_up (err[0]);
  gnuplot->image = move_up (memfd_create ("hansa-chart", MFD_CLOEXEC));
  theirs[0] = move_up (in[1]);
  theirs[1] = move_up (out[1]);
  theirs[2] = move_up (err[1]);
  theirs[3] = gnuplot->image;
  gnuplot->script = move_up (memfd_create ("hansa-chart-script", MFD_CLOEXEC));
  theirs[4] = gnuplot->script;
  for (guint i = 0; i < 5; i++)
    ok = ok && theirs[i] >= 0;
  return ok && gnuplot->in >= 0 && gnuplot->out >= 0 && gnuplot->err >= 0
         && fcntl (gnuplot->out, F_SETFL, O_NONBLOCK) == 0
         && fcntl (gnuplot->err, F_SETFL, O_NONBLOCK) == 0;
}

static void
close_all (int fds[3])
{
  for (guint i = 0; i < 3; i++)
    if (fds[i] >= 0)
      close (fds[i]);
}

/* The C locale, and what fonts and libraries are found by. */
static GStrv
make_environment (void)
{
  static const char *const kept[]
      = { "HOME",           "FONTCONFIG_FILE", "FONTCONFIG_PATH", "FONTCONFIG_SYSROOT",
          "XDG_CACHE_HOME", "XDG_DATA_HOME",   "XDG_CONFIG_HOME", "LD_LIBRARY_PATH" };
  GStrv environment = g_new0 (char *, 1);

  environment = g_environ_setenv (environment, "LC_ALL", "C", TRUE);
  environment = g_environ_setenv (environment, "PATH", "/usr/bin:/bin", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (g_getenv (kept[i]) != NULL)
      environment = g_environ_setenv (environment, kept[i], g_getenv (kept[i]), TRUE);
  return environment;
}

static int
spawn (ChartGnuplot *gnuplot, const int theirs[5], const char *launcher, const char *path)
{
  g_auto (GStrv) environment = make_environment ();
  g_autofree char *parent = g_strdup_printf ("%d", (int)getpid ());
  char *arguments[] = { (char *)"hansa-launch", parent, (char *)path, (char *)"-d", NULL };
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none, all;

  sigemptyset (&none);
  sigfillset (&all);
  posix_spawn_file_actions_init (&actions);
  for (int i = 0; i < 5; i++)
    posix_spawn_file_actions_adddup2 (&actions, theirs[i], i);
  posix_spawn_file_actions_addchdir_np (&actions, "/");
  posix_spawnattr_init (&attributes);
  posix_spawnattr_setflags (
      &attributes, (short)(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));
  posix_spawnattr_setpgroup (&attributes, 0);
  posix_spawnattr_setsigmask (&attributes, &none);
  posix_spawnattr_setsigdefault (&attributes, &all);
  int problem
      = posix_spawn (&gnuplot->pid, launcher, &actions, &attributes, arguments, environment);
  posix_spawnattr_destroy (&attributes);
  posix_spawn_file_actions_destroy (&actions);
  return problem;
}

ChartGnuplot *
gnuplot_spawn (const char *launcher, const char *path, GError **error)
{
  g_autoptr (ChartGnuplot) gnuplot = g_new0 (ChartGnuplot, 1);
  int theirs[5] = { -1, -1, -1, -1, -1 };

  gnuplot->errors = g_string_new (NULL);
  g_snprintf (gnuplot->secret, sizeof gnuplot->secret, "hansa-%08x%08x", g_random_int (),
              g_random_int ());
  gboolean ok = open_channels (gnuplot, theirs);
  int problem = ok ? spawn (gnuplot, theirs, launcher, path) : errno;
  close_all (theirs);
  if (problem != 0)
    {
      gnuplot->pid = 0;
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP,
                   _ ("gnuplot could not be started: %s"), g_strerror (problem));
      return NULL;
    }
  return g_steal_pointer (&gnuplot);
}

void
gnuplot_free (ChartGnuplot *gnuplot)
{
  int fds[] = { gnuplot->in, gnuplot->out, gnuplot->err };

  if (gnuplot->pid > 0)
    {
      /* Both: it may not have come to lead its group yet. */
      kill (-gnuplot->pid, SIGKILL);
      kill (gnuplot->pid, SIGKILL);
      while (waitpid (gnuplot->pid, NULL, 0) < 0 && errno == EINTR)
        continue;
    }
  close_all (fds);
  if (gnuplot->image >= 0)
    close (gnuplot->image);
  if (gnuplot->script >= 0)
    close (gnuplot->script);
  g_string_free (gnuplot->errors, TRUE);
  g_free (gnuplot);
}

char *
hansa_gnuplot_version_of (const char *path, GError **error)
{
  const char *arguments[] = { path, "--version", NULL };
  g_autofree char *out = NULL;
  g_autoptr (GError) problem = NULL;
  g_auto (GStrv) environment = make_environment ();

  if (!g_spawn_sync (NULL, (char **)arguments, environment, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                     &out, NULL, NULL, &problem)
      || out == NULL || *g_strstrip (out) == '\0' || !g_utf8_validate (out, -1, NULL))
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP,
                   _ ("gnuplot does not say its version: %s"),
                   problem != NULL ? problem->message : path);
      return NULL;
    }
  return g_steal_pointer (&out);
}
