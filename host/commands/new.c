/* SPDX-License-Identifier: MIT
 *
 * hansa new: a project for an analysis, ready to build, check and change.
 */
#include "commands/commands.h"

#include "base/nearest.h"
#include "template/template.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define ID_MAX 63

/* The languages that the template knows; one that calls C has C's compiler too. */
static const struct
{
  const char *id, *compiler, *package; /* of Debian */
  const char *cmake, *sources, *command;
} languages[] = {
  { "c", "cc", "gcc", "C", "@id@.c", "$(CC) $(CFLAGS) -std=c11 $(PLUGIN_FLAGS) $(filter %.c,$^)" },
  { "c++", "c++", "g++", "CXX", "@id@.cc",
    "$(CXX) $(CXXFLAGS) -std=c++20 -Wno-missing-field-initializers $(PLUGIN_FLAGS) $(filter "
    "%.cc,$^)" },
  { "fortran", "gfortran", "gfortran", "C Fortran", "@id@.c measures.f90",
    "gfortran $(CFLAGS) $(PLUGIN_FLAGS) $(filter %.c %.f90,$^)" },
};

static gboolean
is_id (const char *name)
{
  gsize length = strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-");
  return g_ascii_islower (name[0]) && name[length] == '\0' && length <= ID_MAX
         && name[length - 1] != '-' && strstr (name, "--") == NULL;
}

/* The id that a name comes nearest to; NULL when nothing of it can stay. */
static char *
suggest_id (const char *name)
{
  g_autofree char *ascii = g_str_to_ascii (name, "C");
  GString *id = g_string_new (NULL);

  for (const char *at = ascii; *at != '\0' && id->len < ID_MAX; at++)
    if (g_ascii_isalpha (*at) || (g_ascii_isdigit (*at) && id->len > 0))
      g_string_append_c (id, g_ascii_tolower (*at));
    else if (id->len > 0 && id->str[id->len - 1] != '-' && *at != '?')
      g_string_append_c (id, '-');
  while (id->len > 0 && id->str[id->len - 1] == '-')
    g_string_truncate (id, id->len - 1);
  return g_string_free (id, id->len == 0);
}

static int
refuse_name (const char *name)
{
  g_autofree char *near = suggest_id (name);

  if (near != NULL && is_id (near))
    return hansa_command_usage (_ ("\"%s\" cannot name an analysis: lower-case letters, digits and "
                                   "hyphens, a letter first; \"%s\" can"),
                                name, near);
  return hansa_command_usage (_ ("\"%s\" cannot name an analysis: lower-case letters, digits and "
                                 "hyphens, a letter first, at most %d"),
                              name, ID_MAX);
}

/* Index of the language, or -1 with the exit code. */
static int
find_language (const char *id, int *exit_code)
{
  const char *ids[G_N_ELEMENTS (languages) + 1] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      ids[i] = languages[i].id;
      if (!g_str_equal (id, languages[i].id))
        continue;
      g_autofree char *compiler = g_find_program_in_path (languages[i].compiler);
      if (compiler != NULL)
        return (int)i;
      fprintf (stderr,
               _ ("hansa: %s is not on this machine, and %s needs it; install it (on Debian, the "
                  "package %s)\n"),
               languages[i].compiler, id, languages[i].package);
      *exit_code = HANSA_EXIT_SETUP;
      return -1;
    }
  g_autofree char *all = g_strjoinv (", ", (char **)ids);
  *exit_code
      = hansa_command_usage (_ ("--language=%s: there is a template for %s; any other language can "
                                "be called from the one for C"),
                             id, all);
  return -1;
}

static GHashTable *
project_words (const char *id, int language)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GString *sources = g_string_new (languages[language].sources);

  g_string_replace (sources, "@id@", id, 0);
  g_hash_table_insert (words, (gpointer) "id", g_strdup (id));
  g_hash_table_insert (words, (gpointer) "sources", g_string_free (sources, FALSE));
  g_hash_table_insert (words, (gpointer) "cmake_languages", g_strdup (languages[language].cmake));
  g_hash_table_insert (words, (gpointer) "compile", g_strdup (languages[language].command));
  g_hash_table_insert (words, (gpointer) "sdk_version", g_strdup (HANSA_VERSION));
  g_hash_table_insert (words, (gpointer) "year", g_date_time_format (now, "%Y"));
  return words;
}

/* The last component of the path is the id of the analysis. */
static int
make_project (const char *folder, const char *language_id, const char *tables)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = g_path_get_basename (folder);
  int exit_code = HANSA_EXIT_OK;

  if (!is_id (id))
    return refuse_name (id);
  if (g_file_test (folder, G_FILE_TEST_EXISTS))
    return hansa_command_usage (_ ("%s is there already; choose another name, or move it away"),
                                folder);
  int language = find_language (language_id, &exit_code);
  if (language < 0)
    return exit_code;
  g_autoptr (GHashTable) words = project_words (id, language);
  g_auto (GStrv) names = g_strsplit_set (tables, ", ", -1);
  const char *const parts[] = { "common", languages[language].id, NULL };
  if (!hansa_template_words (words, (const char *const *)names, &error)
      || !hansa_template_make (folder, parts, words, &error))
    return hansa_command_fail (error);
  printf (_ ("%s is ready. Next:\n  cd %s\n  make check      build it and hold it to its cases\n"
             "  make install    so that \"hansa list\" names it\n"),
          folder, folder);
  return HANSA_EXIT_OK;
}

int
hansa_command_new (int argc, char **argv)
{
  g_autofree char *language = NULL, *tables = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "language", 0, 0, G_OPTION_ARG_STRING, &language, N_ ("c, c++ or fortran (default: c)"),
      "LANGUAGE" },
    { "tables", 0, 0, G_OPTION_ARG_STRING, &tables,
      N_ ("Tables of the model to read, the first with a measured column is analysed (default: "
          "trade)"),
      "LIST" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!hansa_command_options (&argc, &argv, N_ ("NAME"),
                              N_ ("Makes a folder with a new analysis, which builds and passes its "
                                  "checks as it is: a source file to change, its method page, "
                                  "cases, build files and licence."),
                              entries, &exit_code))
    return exit_code;
  if (argc != 2)
    return hansa_command_usage (_ ("one name is needed: that of the analysis"));
  return make_project (argv[1], language != NULL ? language : "c",
                       tables != NULL ? tables : "trade");
}
