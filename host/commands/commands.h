/* SPDX-License-Identifier: MIT
 *
 * The subcommands, one file each. argv[0] is the subcommand's name; each
 * returns the exit code.
 */
#pragma once

#include "base/error.h"
#include "base/language.h"

G_BEGIN_DECLS

int hansa_command_run (int argc, char **argv);
int hansa_command_watch (int argc, char **argv);
int hansa_command_replay (int argc, char **argv);
int hansa_command_list (int argc, char **argv);
int hansa_command_describe (int argc, char **argv);
int hansa_command_why (int argc, char **argv);
int hansa_command_data (int argc, char **argv);
int hansa_command_new (int argc, char **argv);
int hansa_command_cache (int argc, char **argv);
int hansa_command_check (int argc, char **argv);
int hansa_command_doctor (int argc, char **argv);

/* ---- what they share --------------------------------------------------- */

/* Parses options (those given and --lang, --help); what is left stays in argv.
 * On failure or --help says so and returns FALSE with the exit code. */
gboolean hansa_command_options (int *argc, char ***argv, const char *usage, const char *summary,
                                const GOptionEntry *entries, int *exit_code);

/* --lang, wherever it stands, else the environment's language, for every message
 * from now on. FALSE with a message and the exit code when it is not one of ours. */
gboolean hansa_command_choose_language (int argc, char **argv, int *exit_code);
/* What was chosen. */
HansaLanguage hansa_command_language (void);

/* Prints "hansa: message" and returns the error's exit code. */
int hansa_command_fail (const GError *error);
/* The same for a message of the command's own. */
int hansa_command_usage (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Prints a JSON document (transfer full: a json-glib node) and a newline. */
struct _JsonBuilder;
void hansa_command_print_json (struct _JsonBuilder *builder);

/* Whether to colour and draw progress on that stream. */
gboolean hansa_command_is_terminal (int fd);

/* A string padded to a display width (a Chinese character takes two); (transfer full). */
char *hansa_command_pad (const char *text, guint width);

G_END_DECLS
