/* SPDX-License-Identifier: MIT
 *
 * What a report folder holds, by name and content.
 */
#include "report/report.h"
#include "store/key.h"

#include <string.h>

/* FALSE when something there is neither a file that can be read nor a folder. */
static gboolean
add_folder (GPtrArray *lines, const char *folder, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *sum = hansa_file_sum (NULL, path, HANSA_XXH3);
      g_autofree char *below = g_strconcat (prefix, name, "/", NULL);
      if (sum != NULL)
        g_ptr_array_add (lines, g_strconcat (prefix, name, "\t", sum, "\n", NULL));
      else if (*prefix != '\0' || !add_folder (lines, path, below))
        return FALSE;
    }
  return dir != NULL;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

char *
hansa_report_list (const char *folder)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  if (!add_folder (lines, folder, ""))
    return NULL;
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("", (char **)lines->pdata);
}
