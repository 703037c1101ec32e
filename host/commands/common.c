/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <unistd.h>

static HansaLanguage current_language;

HansaLanguage
hansa_command_language (void)
{
  return current_language;
}

/* Before anything is parsed: messages about the other options are to be in that
 * language already. */
gboolean
hansa_command_choose_language (int argc, char **argv, int *exit_code)
{
  const char *id = NULL;

  for (int i = 1; i < argc; i++)
    if (g_str_has_prefix (argv[i], "--lang="))
      id = argv[i] + strlen ("--lang=");
    else if (g_str_equal (argv[i], "--lang") && i + 1 < argc)
      id = argv[i + 1];
  current_language = hansa_language_from_environment ();
  gboolean known = id == NULL || hansa_language_parse (id, &current_language);
  hansa_language_use (current_language);
  if (!known)
    *exit_code = hansa_command_usage (_ ("--lang=%s: it must be en or zh"), id);
  return known;
}

gboolean
hansa_command_options (int *argc, char ***argv, const char *usage, const char *summary,
                       const GOptionEntry *entries, int *exit_code)
{
  g_autofree char *language = NULL;
  gboolean help = FALSE;
  const GOptionEntry common[] = {
    { "lang", 0, 0, G_OPTION_ARG_STRING, &language, N_ ("Language: en or zh"), "LANG" },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_ ("Show this help"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GError) error = NULL;

  g_autofree char *name = g_strdup_printf ("hansa %s", (*argv)[0]);
  g_set_prgname (name);
  g_autoptr (GOptionContext) context
      = g_option_context_new (*usage != '\0' ? gettext (usage) : NULL);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, gettext (summary));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);

  if (!g_option_context_parse (context, argc, argv, &error))
    {
      *exit_code = hansa_command_usage ("%s", error->message);
      return FALSE;
    }
  if (help)
    {
      g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);
      fputs (text, stdout);
      *exit_code = HANSA_EXIT_OK;
      return FALSE;
    }
  return TRUE;
}

int
hansa_command_fail (const GError *error)
{
  fprintf (stderr, "hansa: %s\n", error->message);
  return error->domain == HANSA_HOST_ERROR ? error->code : HANSA_EXIT_INTERNAL;
}

int
hansa_command_usage (const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fprintf (stderr, _ ("hansa: %s\nTry \"%s --help\".\n"), message,
           g_get_prgname () != NULL ? g_get_prgname () : "hansa");
  return HANSA_EXIT_USAGE;
}

void
hansa_command_print_json (JsonBuilder *builder)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  JsonNode *root = json_builder_get_root (builder);

  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  g_autofree char *text = json_generator_to_data (generator, NULL);
  puts (text);
  json_node_unref (root);
}

gboolean
hansa_command_is_terminal (int fd)
{
  return isatty (fd) && g_getenv ("NO_COLOR") == NULL && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

char *
hansa_command_pad (const char *text, guint width)
{
  guint shown = 0;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    shown += g_unichar_iswide (g_utf8_get_char (at)) ? 2 : 1;
  return g_strdup_printf ("%s%*s", text, shown < width ? (int)(width - shown) : 0, "");
}
