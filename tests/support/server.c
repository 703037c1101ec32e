/* SPDX-License-Identifier: MIT */
#include "support/server.h"

#include "support/harness.h"

#include <arpa/inet.h>
#include <check.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct Server
{
  char *folder, *cluster;
  char *bin;
  char *address, *local_address;
  int port;
  GPid pid;
};

/* The newest of Debian's versions. */
static char *
find_programs (void)
{
  const char *root = "/usr/lib/postgresql";
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  const char *name;
  int newest = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    newest = MAX (newest, atoi (name));
  ck_assert_msg (newest > 0, "%s is empty: install postgresql-15", root);
  return g_strdup_printf ("%s/%d/bin", root, newest);
}

/* In the child, before exec: another user than root, and no life without us. */
static void
become_server_user (gpointer data)
{
  struct passwd *user = getuid () == 0 ? getpwnam ("postgres") : NULL;

  (void)data;
  if (user != NULL
      && (setgroups (0, NULL) != 0 || setgid (user->pw_gid) != 0 || setuid (user->pw_uid) != 0))
    _exit (127);
  prctl (PR_SET_PDEATHSIG, SIGQUIT);
}

static void
run_program (const Server *server, char **argv)
{
  g_autofree char *err = NULL;
  int status;
  g_autoptr (GError) error = NULL;
  gboolean ran = g_spawn_sync (server->folder, argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL,
                               become_server_user, NULL, NULL, &err, &status, &error);
  ck_assert_msg (ran && WIFEXITED (status) && WEXITSTATUS (status) == 0, "%s: %s", argv[0],
                 error != NULL ? error->message : err);
}

static void
make_cluster (const Server *server)
{
  struct passwd *user = getuid () == 0 ? getpwnam ("postgres") : NULL;
  g_autofree char *initdb = g_build_filename (server->bin, "initdb", NULL);
  g_autofree char *word = g_build_filename (server->folder, "password", NULL);
  g_autofree char *pwfile = g_strconcat ("--pwfile=", word, NULL);
  /* Not the order of bytes, so that a query that leaves the order to the server shows. */
  char *argv[] = { initdb,
                   "-D",
                   server->cluster,
                   "-U",
                   "hansa",
                   "--no-sync",
                   "--encoding=UTF8",
                   "--locale=C.UTF-8",
                   "--locale-provider=icu",
                   "--icu-locale=en",
                   "--auth-local=trust",
                   "--auth-host=scram-sha-256",
                   pwfile,
                   NULL };

  write_file (server->folder, "password", SERVER_PASSWORD "\n");
  if (user != NULL)
    {
      ck_assert_int_eq (chown (server->folder, user->pw_uid, user->pw_gid), 0);
      ck_assert_int_eq (chown (word, user->pw_uid, user->pw_gid), 0);
    }
  run_program (server, argv);
}

static int
free_port (void)
{
  struct sockaddr_in address
      = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  ck_assert_int_eq (bind (fd, (struct sockaddr *)&address, length), 0);
  ck_assert_int_eq (getsockname (fd, (struct sockaddr *)&address, &length), 0);
  close (fd);
  return ntohs (address.sin_port);
}

static gboolean
is_ready (const Server *server)
{
  g_autofree char *port = g_strdup_printf ("%d", server->port);
  g_autofree char *pg_isready = g_build_filename (server->bin, "pg_isready", NULL);
  char *argv[] = { pg_isready, "-q", "-h", server->folder, "-p", port, NULL };
  int status;

  return g_spawn_sync (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, NULL)
         && status == 0;
}

void
server_resume (Server *server)
{
  g_autofree char *postgres = g_build_filename (server->bin, "postgres", NULL);
  char *argv[] = { postgres, "-D", server->cluster, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  ck_assert_msg (g_spawn_async (server->folder, argv, NULL,
                                G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL
                                    | G_SPAWN_STDERR_TO_DEV_NULL,
                                become_server_user, NULL, &server->pid, &error),
                 "%s", error != NULL ? error->message : "");
  for (int i = 0; i < 600 && !is_ready (server); i++)
    {
      ck_assert_msg (waitpid (server->pid, &status, WNOHANG) == 0, "the server ended: see %s/log",
                     server->cluster);
      g_usleep (50 * 1000);
    }
  ck_assert (is_ready (server));
}

Server *
server_start (const char *settings)
{
  Server *server = g_new0 (Server, 1);

  server->folder = folder_new ();
  server->cluster = g_build_filename (server->folder, "cluster", NULL);
  server->bin = find_programs ();
  server->port = free_port ();
  server->address = g_strdup_printf ("postgresql://hansa@127.0.0.1:%d/postgres", server->port);
  server->local_address = g_strdup_printf ("postgresql:///postgres?host=%s&port=%d&user=hansa",
                                           server->folder, server->port);
  make_cluster (server);
  g_autofree char *configuration = g_strdup_printf (
      "listen_addresses = '127.0.0.1'\nport = %d\nunix_socket_directories = '%s'\n"
      "fsync = off\nshared_buffers = 16MB\nmax_connections = 30\nmax_wal_senders = 0\n"
      "wal_level = minimal\nautovacuum = off\nlogging_collector = on\nlog_directory = 'log'\n%s\n",
      server->port, server->folder, settings != NULL ? settings : "");
  write_file (server->cluster, "postgresql.auto.conf", configuration);
  server_resume (server);
  return server;
}

static void
end (Server *server, int number)
{
  int status;

  if (server->pid == 0)
    return;
  kill (server->pid, number);
  waitpid (server->pid, &status, 0);
  server->pid = 0;
}

void
server_kill (Server *server)
{
  end (server, SIGQUIT);
}

void
server_stop (Server *server)
{
  end (server, SIGQUIT);
  folder_remove (server->folder);
  g_free (server->cluster);
  g_free (server->bin);
  g_free (server->address);
  g_free (server->local_address);
  g_free (server);
}

const char *
server_address (const Server *server)
{
  return server->address;
}

const char *
server_local_address (const Server *server)
{
  return server->local_address;
}

int
server_port (const Server *server)
{
  return server->port;
}

char *
server_sql (const Server *server, const char *sql)
{
  g_autofree char *psql = g_build_filename (server->bin, "psql", NULL);
  char *argv[]
      = { psql, "-X",        "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", server->local_address,
          "-c", (char *)sql, NULL };
  char *out = NULL;
  g_autofree char *err = NULL;
  int status = -1;

  g_spawn_sync (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err, &status, NULL);
  ck_assert_msg (status == 0, "%s: %s", sql, err);
  return g_strchomp (out);
}
