/* SPDX-License-Identifier: MIT
 *
 * A real PostgreSQL server for a test: a cluster of its own in a temporary
 * folder, on 127.0.0.1 and a Unix socket there, gone with the test. PostgreSQL
 * refuses to run as root; as root, it runs as the user `postgres` that Debian's
 * package makes.
 */
#pragma once

#include <glib.h>

typedef struct Server Server;

/* The user hansa (a superuser) has this password; the socket asks for none. */
#define SERVER_PASSWORD "geheim-42"

/* `settings`, NULL or lines for postgresql.conf. Fails the test when it cannot. */
Server *server_start (const char *settings);
/* Ends it and removes its folder. */
void server_stop (Server *server);

/* Ends it as a power cut would; server_resume() starts it again. */
void server_kill (Server *server);
void server_resume (Server *server);

/* postgresql://hansa@127.0.0.1:PORT/postgres: the password is in PGPASSWORD or
 * missing; (transfer none). */
const char *server_address (const Server *server);
/* The same over the socket, which asks for no password; (transfer none). */
const char *server_local_address (const Server *server);
int server_port (const Server *server);

/* Runs statements with psql and returns what it prints, cells parted by "|";
 * the test fails where they fail. */
char *server_sql (const Server *server, const char *sql);

/* What it wrote into its log, where the settings have log_filename = 'all.log'. */
char *server_log (const Server *server);

/* Makes the tables of a package in the schema `hansa`, typed as its manifest says,
 * and fills them from its CSV files. */
void server_load (const Server *server, const char *package);
