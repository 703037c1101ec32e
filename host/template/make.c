/* SPDX-License-Identifier: MIT */
#include "template/template.h"

#include "base/error.h"
#include "base/paths.h"

#include "base/language.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* Every @word@ replaced; an @ that begins no known word stands as it is. */
static char *
fill (const char *text, GHashTable *words)
{
  GString *out = g_string_new (NULL);

  for (const char *at; (at = strchr (text, '@')) != NULL;)
    {
      const char *end = strchr (at + 1, '@');
      g_autofree char *word = end != NULL ? g_strndup (at + 1, (gsize)(end - at - 1)) : NULL;
      const char *value = word != NULL ? g_hash_table_lookup (words, word) : NULL;

      g_string_append_len (out, text, at - text);
      g_string_append (out, value != NULL ? value : "@");
      text = value != NULL ? end + 1 : at + 1;
    }
  g_string_append (out, text);
  return g_string_free (out, FALSE);
}

static gboolean
output_error (const char *path, GError **error)
{
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_OUTPUT, _ ("%s cannot be written: %s"), path,
               g_strerror (errno));
  return FALSE;
}

static gboolean
make_file (const char *from, const char *to, GHashTable *words, GError **error)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (from, &text, NULL, error))
    return FALSE;
  g_autofree char *filled = fill (text, words);
  int mode = g_file_test (from, G_FILE_TEST_IS_EXECUTABLE) ? 0777 : 0666;
  return g_file_set_contents_full (to, filled, -1, G_FILE_SET_CONTENTS_NONE, mode, error);
}

static gboolean
make_folder (const char *from, const char *to, GHashTable *words, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *filled = fill (name, words);
      if (g_str_has_suffix (filled, ".in"))
        filled[strlen (filled) - strlen (".in")] = '\0';
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, filled, NULL);

      if (!g_file_test (source, G_FILE_TEST_IS_DIR))
        {
          if (!make_file (source, target, words, error))
            return FALSE;
        }
      else if (g_mkdir_with_parents (target, 0777) != 0)
        return output_error (target, error);
      else if (!make_folder (source, target, words, error))
        return FALSE;
    }
  return TRUE;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

gboolean
hansa_template_make (const char *folder, const char *const *parts, GHashTable *words,
                     GError **error)
{
  g_autofree char *template = hansa_path_data ("template");
  g_autofree char *draft = g_strdup_printf ("%s.XXXXXX", folder);
  g_autoptr (GError) problem = NULL;
  gboolean ok = TRUE;

  if (template == NULL)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP,
                   _ ("the template of new analyses is not installed: install the SDK (on Debian, "
                      "the package hansa-sdk)"));
      return FALSE;
    }
  if (g_mkdtemp_full (draft, 0777) == NULL)
    return output_error (folder, error);
  for (gsize i = 0; ok && parts[i] != NULL; i++)
    {
      g_autofree char *part = g_build_filename (template, parts[i], NULL);
      ok = make_folder (part, draft, words, &problem);
    }
  if (ok && g_rename (draft, folder) == 0)
    return TRUE;
  if (problem == NULL)
    output_error (folder, &problem);
  g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_OUTPUT, problem->message);
  remove_folder (draft);
  return FALSE;
}
