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

/* A test that runs in a process of its own is not the server's parent, so the
 * server's end is told by the file that it holds. */
static void
end (Server *server)
{
  int status;

  if (server->pid == 0)
    return;
  kill (server->pid, SIGQUIT);
  waitpid (server->pid, &status, 0);
  for (int i = 0; i < 600 && exists (server->cluster, "postmaster.pid"); i++)
    g_usleep (50 * 1000);
  server->pid = 0;
}

void
server_kill (Server *server)
{
  end (server);
}

void
server_stop (Server *server)
{
  end (server);
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

static char *
run_psql (const Server *server, const char *option, const char *text)
{
  g_autofree char *psql = g_build_filename (server->bin, "psql", NULL);
  char *argv[] = { psql,
                   "-X",
                   "-q",
                   "-A",
                   "-t",
                   "-v",
                   "ON_ERROR_STOP=1",
                   "-d",
                   server->local_address,
                   (char *)option,
                   (char *)text,
                   NULL };
  char *out = NULL;
  g_autofree char *err = NULL;
  int status = -1;

  g_spawn_sync (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err, &status, NULL);
  ck_assert_msg (status == 0, "%s: %s", text, err);
  return g_strchomp (out);
}

char *
server_sql (const Server *server, const char *sql)
{
  return run_psql (server, "-c", sql);
}

char *
server_log (const Server *server)
{
  return read_file (server->cluster, "log/all.log");
}

/* ---- a package's tables ------------------------------------------------------ */

static const char *
column_type (JsonObject *field)
{
  static const char *const types[][2] = { { "number", "double precision" },
                                          { "integer", "bigint" },
                                          { "year", "bigint" },
                                          { "boolean", "boolean" },
                                          { "date", "date" } };
  const char *type = json_object_get_string_member_with_default (field, "type", "string");

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (type, types[i][0]))
      return types[i][1];
  return "text";
}

static void
append_table (GString *script, const char *package, JsonObject *resource)
{
  const char *name = json_object_get_string_member (resource, "name");
  JsonArray *fields
      = json_object_get_array_member (json_object_get_object_member (resource, "schema"), "fields");

  g_string_append_printf (script, "CREATE TABLE hansa.\"%s\" (", name);
  for (guint i = 0; i < json_array_get_length (fields); i++)
    {
      JsonObject *field = json_array_get_object_element (fields, i);
      g_string_append_printf (script, "%s\"%s\" %s", i > 0 ? ", " : "",
                              json_object_get_string_member (field, "name"), column_type (field));
    }
  g_string_append_printf (script, ");\n\\copy hansa.\"%s\" FROM '%s/%s' CSV HEADER\n", name,
                          package, json_object_get_string_member (resource, "path"));
}

void
server_load (const Server *server, const char *package)
{
  g_autofree char *manifest = read_file (package, "datapackage.json");
  g_autoptr (JsonNode) root = json_from_string (manifest, NULL);
  g_autoptr (GString) script = g_string_new ("CREATE SCHEMA IF NOT EXISTS hansa;\n");
  JsonArray *resources = json_object_get_array_member (json_node_get_object (root), "resources");

  for (guint i = 0; i < json_array_get_length (resources); i++)
    append_table (script, package, json_array_get_object_element (resources, i));
  write_file (server->folder, "load.sql", script->str);
  g_autofree char *file = g_build_filename (server->folder, "load.sql", NULL);
  g_free (run_psql (server, "-f", file));
}
