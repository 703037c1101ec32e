/* SPDX-License-Identifier: MIT
 *
 * The program `hansa`: finds the subcommand and hands over.
 */
#include "commands/commands.h"

#include "base/nearest.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>

static const struct
{
  const char *name;
  int (*run) (int argc, char **argv);
  const char *summary;
} commands[] = {
  { "run", hansa_command_run, N_ ("Run analyses on a dataset or a study and write the report") },
  { "watch", hansa_command_watch,
    N_ ("Run again whenever the data change, and keep a page up to date") },
  { "replay", hansa_command_replay,
    N_ ("Run a report's record again and say what came out otherwise") },
  { "list", hansa_command_list, N_ ("List the analyses on this machine") },
  { "describe", hansa_command_describe,
    N_ ("Show what an analysis answers, reads and can be told") },
  { "why", hansa_command_why, N_ ("Say why an analysis can or cannot work on a dataset") },
  { "data", hansa_command_data, N_ ("Check a data package, show its tables, or publish it") },
  { "new", hansa_command_new, N_ ("Make a folder with a new analysis to start from") },
  { "cache", hansa_command_cache, N_ ("Show or clear what runs keep for the next one") },
  { "check", hansa_command_check, N_ ("Hold a plugin to what Hansa expects of it") },
  { "doctor", hansa_command_doctor, N_ ("Check gnuplot, fonts, engines and the sandbox") },
};

static void
print_help (FILE *stream)
{
  fprintf (stream, _ ("Usage: hansa COMMAND [OPTION…] …\n\n"));
  fprintf (stream, _ ("How a region opens to the world: analyses, charts and a report from your "
                      "own tables.\n\nCommands:\n"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *name = hansa_command_pad (commands[i].name, 10);
      fprintf (stream, "  %s%s\n", name, gettext (commands[i].summary));
    }
  fprintf (
      stream,
      _ ("\nExit codes: 0 done; 2 usage; 3 data break their schema; 4 a table or "
         "column is missing;\n5 an analysis failed; 6 a chart failed; 7 the report "
         "could not be written;\n8 something is not installed; 9 a database server is "
         "not reached or refuses;\n10 a replay came out otherwise; 130 cancelled; 1 a fault of "
         "Hansa.\n"));
  fprintf (stream, _ ("\n\"hansa COMMAND --help\" says more. --lang en or --lang zh chooses the "
                      "language.\n"));
}

static int
unknown_command (const char *name)
{
  const char *names[G_N_ELEMENTS (commands) + 1] = { NULL };
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    names[i] = commands[i].name;
  const char *near = hansa_nearest (name, names);
  if (near != NULL)
    return hansa_command_usage (_ ("there is no command \"%s\"; did you mean \"%s\"?"), name, near);
  return hansa_command_usage (_ ("there is no command \"%s\""), name);
}

/* --lang may stand before the command, too. */
static void
skip_language (int *argc, char ***argv)
{
  int n = 0;

  if (*argc > 1 && g_str_has_prefix ((*argv)[1], "--lang="))
    n = 1;
  else if (*argc > 1 && g_str_equal ((*argv)[1], "--lang"))
    n = *argc > 2 ? 2 : 1;
  *argc -= n;
  *argv += n;
}

/* What was printed has arrived, or the exit code says that it has not. A reader
 * that went away (hansa list | head) has seen what it wanted. */
static int
finish_output (int exit_code)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return exit_code;
  int reason = errno;
  if (reason == EPIPE)
    return exit_code;
  fprintf (stderr, _ ("hansa: the output could not be written: %s\n"), g_strerror (reason));
  return exit_code == HANSA_EXIT_OK ? HANSA_EXIT_OUTPUT : exit_code;
}

int
main (int argc, char **argv)
{
  signal (SIGPIPE, SIG_IGN); /* a child that dies is an answer, not the end of us */
  g_set_prgname ("hansa");
  signal (SIGXFSZ, SIG_IGN); /* a file past its limit is an error of that file */
  int exit_code;
  if (!hansa_command_choose_language (argc, argv, &exit_code))
    return exit_code;
  skip_language (&argc, &argv);

  if (argc < 2)
    {
      print_help (stderr);
      return HANSA_EXIT_USAGE;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      printf ("hansa %s (plugin ABI %d.%d)\n", HANSA_VERSION, HANSA_ABI_MAJOR, HANSA_ABI_MINOR);
      return HANSA_EXIT_OK;
    }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h")
      || g_str_equal (argv[1], "help"))
    {
      print_help (stdout);
      return HANSA_EXIT_OK;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name))
      return finish_output (commands[i].run (argc - 1, argv + 1));
  return unknown_command (argv[1]);
}
