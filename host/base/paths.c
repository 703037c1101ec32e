/* SPDX-License-Identifier: MIT */
#include "base/paths.h"

#include "base/error.h"
#include "base/language.h"

#include <unistd.h>

static char *
program_folder (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  return self != NULL ? g_path_get_dirname (self) : g_strdup (".");
}

static char *
first_existing (char *const *candidates, GFileTest test)
{
  for (char *const *path = candidates; *path != NULL; path++)
    if (g_file_test (*path, test))
      return g_strdup (*path);
  return NULL;
}

const char *
hansa_path_given (const char *variable)
{
  const char *given = g_getenv (variable);
  return given != NULL && *given != '\0' ? given : NULL;
}

char *
hansa_path_program (const char *name, const char *variable, GError **error)
{
  g_autofree char *folder = program_folder ();
  const char *given = hansa_path_given (variable);
  g_auto (GStrv) candidates = g_new0 (char *, 5);
  guint n = 0;

  if (given != NULL)
    {
      if (g_file_test (given, G_FILE_TEST_IS_REGULAR) && access (given, X_OK) == 0)
        return g_strdup (given);
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP,
                   _ ("%s is “%s”, which is not a program that can be run; correct it or unset it"),
                   variable, given);
      return NULL;
    }
  candidates[n++] = g_build_filename (folder, name, NULL);
  candidates[n++] = g_build_filename (folder, "..", "bin", name, NULL);
  candidates[n++] = g_build_filename (folder, "..", "libexec", "hansa", name, NULL);
  candidates[n++] = g_build_filename (HANSA_LIBEXECDIR, name, NULL);

  char *found = first_existing (candidates, G_FILE_TEST_IS_EXECUTABLE);
  if (found == NULL)
    g_set_error (
        error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP,
        _ ("%s is not where Hansa was installed; install Hansa again, or set %s to its path"), name,
        variable);
  return found;
}

GStrv
hansa_path_plugins (void)
{
  const char *given = g_getenv ("HANSA_PLUGIN_PATH");
  g_autofree char *folder = program_folder ();
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func (g_free);
  GStrvBuilder *found = g_strv_builder_new ();

  if (given != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (given, ":", -1);
      for (char **part = parts; *part != NULL; part++)
        if (**part != '\0')
          g_ptr_array_add (candidates, g_strdup (*part));
    }
  else
    {
      g_ptr_array_add (candidates,
                       g_build_filename (g_get_user_data_dir (), "hansa", "plugins", NULL));
      g_ptr_array_add (candidates,
                       g_build_filename (folder, HANSA_LIBDIR_FROM_BIN, "plugins", NULL));
      g_ptr_array_add (candidates, g_build_filename (HANSA_LIBDIR, "plugins", NULL));
    }
  for (guint i = 0; i < candidates->len; i++)
    if (g_file_test (candidates->pdata[i], G_FILE_TEST_IS_DIR))
      g_strv_builder_add (found, candidates->pdata[i]);
    else if (given != NULL)
      g_printerr (_ ("hansa: there is no folder %s, which HANSA_PLUGIN_PATH names\n"),
                  (const char *)candidates->pdata[i]);
  GStrv paths = g_strv_builder_end (found);
  g_strv_builder_unref (found);
  return paths;
}

char *
hansa_path_module (const char *name)
{
  const char *given = hansa_path_given (HANSA_ENGINE_VARIABLE);
  g_autofree char *folder = program_folder ();
  g_auto (GStrv) candidates = g_new0 (char *, 3);

  if (given != NULL)
    candidates[0] = g_build_filename (given, name, NULL);
  else
    {
      candidates[0] = g_build_filename (folder, HANSA_LIBDIR_FROM_BIN, name, NULL);
      candidates[1] = g_build_filename (HANSA_LIBDIR, name, NULL);
    }
  return first_existing (candidates, G_FILE_TEST_IS_REGULAR);
}

char *
hansa_path_data (const char *name)
{
  g_autofree char *folder = program_folder ();
  g_auto (GStrv) candidates = g_new0 (char *, 3);

  candidates[0] = g_build_filename (folder, "..", "share", "hansa", name, NULL);
  candidates[1] = g_build_filename (HANSA_DATADIR, name, NULL);
  return first_existing (candidates, G_FILE_TEST_EXISTS);
}

char *
hansa_path_dataset (const char *name)
{
  if (g_file_test (name, G_FILE_TEST_EXISTS))
    return g_strdup (name);
  g_autofree char *installed = g_build_filename ("datasets", name, NULL);
  char *found = hansa_path_data (installed);
  return found != NULL ? found : g_strdup (name);
}

char *
hansa_path_locale (void)
{
  const char *given = g_getenv ("HANSA_LOCALE_DIR");
  if (given != NULL)
    return g_strdup (given);

  g_autofree char *folder = program_folder ();
  g_autofree char *beside = g_build_filename (folder, "..", "share", "locale", NULL);
  g_autofree char *catalogue
      = g_build_filename (beside, "zh_CN", "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);
  return g_file_test (catalogue, G_FILE_TEST_EXISTS) ? g_steal_pointer (&beside)
                                                     : g_strdup (HANSA_LOCALE_DIR);
}
