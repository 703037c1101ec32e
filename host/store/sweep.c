/* SPDX-License-Identifier: MIT
 *
 * Making room: the entries used longest ago go first. No lock: two sweeps at
 * once remove the same files, and an entry that is being read stays readable.
 */
#include "store/store-private.h"

#include "base/error.h"
#include "base/language.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define DRAFT_SECONDS 3600 /* a draft that old belongs to no living run */

typedef struct
{
  char *name;
  guint64 size;
  struct timespec used;
} Entry;

static void
clear_entry (gpointer data)
{
  g_free (((Entry *)data)->name);
}

static int
compare_use (gconstpointer a, gconstpointer b)
{
  const struct timespec *first = &((const Entry *)a)->used, *second = &((const Entry *)b)->used;

  if (first->tv_sec != second->tv_sec)
    return first->tv_sec < second->tv_sec ? -1 : 1;
  return first->tv_nsec < second->tv_nsec ? -1 : first->tv_nsec > second->tv_nsec;
}

/* Someone may have pointed HANSA_CACHE at a folder with files of their own. */
gboolean
hansa_store_is_entry (const char *name)
{
  return g_str_equal (name, HANSA_MEMO)
         || (strlen (name) == 64 && strspn (name, "0123456789abcdef") == 64);
}

static GArray *
list_entries (DIR *dir)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  struct dirent *item;

  g_array_set_clear_func (entries, clear_entry);
  while ((item = readdir (dir)) != NULL)
    {
      struct stat status;
      gboolean draft = g_str_has_prefix (item->d_name, HANSA_DRAFT);
      if ((!draft && !hansa_store_is_entry (item->d_name))
          || fstatat (dirfd (dir), item->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        continue;
      if (draft)
        {
          if (status.st_mtime + DRAFT_SECONDS < time (NULL))
            unlinkat (dirfd (dir), item->d_name, 0);
          continue;
        }
      Entry entry = { g_strdup (item->d_name), (guint64)status.st_size, status.st_mtim };
      g_array_append_val (entries, entry);
    }
  return entries;
}

void
hansa_store_sweep (const char *folder, guint64 limit)
{
  DIR *dir = opendir (folder);
  guint64 total = 0;

  if (dir == NULL)
    return;
  g_autoptr (GArray) entries = list_entries (dir);
  for (guint i = 0; i < entries->len; i++)
    total += g_array_index (entries, Entry, i).size;
  if (total > limit)
    g_array_sort (entries, compare_use);
  for (guint i = 0; i < entries->len && total > limit; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);
      unlinkat (dirfd (dir), entry->name, 0);
      total -= entry->size;
    }
  closedir (dir);
}

gboolean
hansa_store_clear (HansaStore *store, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (hansa_store_folder (store), 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (hansa_store_folder (store), name, NULL);
      if (!hansa_store_is_entry (name) || unlink (path) == 0)
        continue;
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_OUTPUT, _ ("cannot remove %s: %s"), path,
                   g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}
