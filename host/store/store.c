/* SPDX-License-Identifier: MIT
 *
 * Entries: found, checked, written. No entry is synced to the disk: after a
 * power cut its checksum tells, and it is made again.
 */
#include "store/store-private.h"

#include "base/error.h"
#include "base/language.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#define MAGIC G_GUINT64_CONSTANT (0x3165726f74736168) /* "hastore1" */
#define DEFAULT_LIMIT ((guint64)2 << 30)

typedef struct
{
  guint64 magic;
  guint64 length;
  guint64 sum[2];
} Head;

/* ---- opening ------------------------------------------------------------- */

/* "500M", "2G", "1000000". */
static gboolean
read_limit (const char *text, guint64 *limit, GError **error)
{
  char *end = NULL;
  guint64 number = g_ascii_strtoull (text, &end, 10);
  const char *units = "KMGT";
  const char *unit = *end != '\0' ? strchr (units, g_ascii_toupper (*end)) : NULL;
  guint shift = unit != NULL ? 10 * (guint)(unit - units + 1) : 0;

  if (end != text && g_ascii_isdigit (*text) && end[unit != NULL ? 1 : 0] == '\0'
      && number <= (guint64)G_MAXINT64 >> shift)
    {
      *limit = number << shift;
      return TRUE;
    }
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
               _ ("HANSA_CACHE_LIMIT=%s: it must be a size such as 500M or 2G, or 0 for no cache"),
               text);
  return FALSE;
}

HansaStore *
hansa_store_open (GError **error)
{
  const char *limit_text = g_getenv ("HANSA_CACHE_LIMIT");
  const char *given = g_getenv ("HANSA_CACHE");
  guint64 limit = DEFAULT_LIMIT;

  if (limit_text != NULL && *limit_text != '\0' && !read_limit (limit_text, &limit, error))
    return NULL;
  if (limit == 0)
    return NULL;
  HansaStore *store = g_new0 (HansaStore, 1);
  g_mutex_init (&store->mutex);
  store->limit = limit;
  store->folder = given != NULL && *given != '\0'
                      ? g_canonicalize_filename (given, NULL)
                      : g_build_filename (g_get_user_cache_dir (), "hansa", NULL);
  return store;
}

void
hansa_store_close (HansaStore *store)
{
  if (store == NULL)
    return;
  hansa_memo_save (store);
  if (store->grew)
    hansa_store_sweep (store->folder, store->limit);
  g_clear_pointer (&store->files, g_hash_table_unref);
  g_mutex_clear (&store->mutex);
  g_free (store->programs);
  g_free (store->folder);
  g_free (store);
}

const char *
hansa_store_folder (const HansaStore *store)
{
  return store->folder;
}

HansaStoreUsage
hansa_store_usage (HansaStore *store)
{
  HansaStoreUsage usage = { .limit = store->limit };
  g_autoptr (GDir) dir = g_dir_open (store->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (store->folder, name, NULL);
      struct stat status;
      if (!hansa_store_is_entry (name) || lstat (path, &status) != 0)
        continue;
      usage.entries++;
      usage.bytes += (guint64)status.st_size;
    }
  return usage;
}

/* ---- finding ------------------------------------------------------------- */

static gboolean
read_all (int fd, char *bytes, gsize length)
{
  while (length > 0)
    {
      gssize n = read (fd, bytes, length);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      bytes += n;
      length -= (gsize)n;
    }
  return TRUE;
}

/* The key is part of the sum: an entry under another's name is damaged too. */
static void
begin_sum (XXH3_state_t *state, const char *key)
{
  XXH3_INITSTATE (state);
  XXH3_128bits_reset (state);
  XXH3_128bits_update (state, key, strlen (key));
}

static void
end_sum (XXH3_state_t *state, guint64 sum[2])
{
  XXH128_hash_t hash = XXH3_128bits_digest (state);
  sum[0] = hash.high64;
  sum[1] = hash.low64;
}

static GBytes *
read_entry (int fd, const char *key)
{
  struct stat status;
  Head head;
  XXH3_state_t state;
  guint64 sum[2];

  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode)
      || !read_all (fd, (char *)&head, sizeof head) || head.magic != MAGIC
      || head.length != (guint64)status.st_size - sizeof head)
    return NULL;
  char *bytes = g_try_malloc (MAX (head.length, 1));
  if (bytes == NULL)
    return NULL;
  GBytes *entry = g_bytes_new_take (bytes, head.length);
  if (read_all (fd, bytes, head.length))
    {
      begin_sum (&state, key);
      XXH3_128bits_update (&state, bytes, head.length);
      end_sum (&state, sum);
      if (sum[0] == head.sum[0] && sum[1] == head.sum[1])
        return entry;
    }
  g_bytes_unref (entry);
  return NULL;
}

GBytes *
hansa_store_get (HansaStore *store, const char *key)
{
  if (store == NULL || key == NULL)
    return NULL;
  g_autofree char *path = g_build_filename (store->folder, key, NULL);
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0)
    return NULL;
  GBytes *entry = read_entry (fd, key);
  if (entry != NULL)
    futimens (fd, NULL); /* used now: the last to be swept */
  else
    unlink (path);
  close (fd);
  return entry;
}

/* ---- keeping ------------------------------------------------------------- */

static gboolean
write_all (int fd, const char *bytes, gsize length)
{
  while (length > 0)
    {
      gssize n = write (fd, bytes, length);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      bytes += n;
      length -= (gsize)n;
    }
  return TRUE;
}

static gboolean
write_entry (int fd, const char *key, guint n_parts, GBytes *const *parts)
{
  Head head = { .magic = MAGIC };
  XXH3_state_t state;

  begin_sum (&state, key);
  for (guint i = 0; i < n_parts; i++)
    {
      gsize length;
      gconstpointer bytes = g_bytes_get_data (parts[i], &length);
      XXH3_128bits_update (&state, bytes, length);
      head.length += length;
    }
  end_sum (&state, head.sum);
  if (!write_all (fd, (const char *)&head, sizeof head))
    return FALSE;
  for (guint i = 0; i < n_parts; i++)
    if (!write_all (fd, g_bytes_get_data (parts[i], NULL), g_bytes_get_size (parts[i])))
      return FALSE;
  return TRUE;
}

static void
give_up (HansaStore *store, int reason)
{
  g_mutex_lock (&store->mutex);
  gboolean first = !store->broken;
  store->broken = TRUE;
  g_mutex_unlock (&store->mutex);
  if (first)
    g_printerr (_ ("hansa: cannot write to the cache %s: %s; the run goes on without keeping its "
                   "results (HANSA_CACHE names another folder)\n"),
                store->folder, g_strerror (reason));
}

static gboolean
may_keep (HansaStore *store, guint n_parts, GBytes *const *parts)
{
  guint64 length = sizeof (Head);

  for (guint i = 0; i < n_parts; i++)
    length += g_bytes_get_size (parts[i]);
  g_mutex_lock (&store->mutex);
  gboolean may = !store->broken && length <= store->limit;
  store->grew |= may;
  g_mutex_unlock (&store->mutex);
  return may;
}

void
hansa_store_put (HansaStore *store, const char *key, guint n_parts, GBytes *const *parts)
{
  if (store == NULL || key == NULL || !may_keep (store, n_parts, parts))
    return;
  g_autofree char *path = g_build_filename (store->folder, key, NULL);
  g_autofree char *draft = g_strconcat (store->folder, "/" HANSA_DRAFT "XXXXXX", NULL);
  int fd = g_mkstemp_full (draft, O_WRONLY | O_CLOEXEC, 0600);

  if (fd < 0 && errno == ENOENT && g_mkdir_with_parents (store->folder, 0700) == 0)
    {
      memset (draft + strlen (draft) - 6, 'X', 6);
      fd = g_mkstemp_full (draft, O_WRONLY | O_CLOEXEC, 0600);
    }
  if (fd < 0)
    {
      give_up (store, errno);
      return;
    }
  int reason = write_entry (fd, key, n_parts, parts) ? 0 : errno;
  if (close (fd) != 0 && reason == 0)
    reason = errno;
  if (reason == 0 && rename (draft, path) != 0)
    reason = errno;
  if (reason == 0)
    return;
  unlink (draft);
  give_up (store, reason);
}

/* ---- counting ------------------------------------------------------------ */

void
hansa_store_count (HansaStore *store, HansaStage stage, gboolean reused)
{
  if (store == NULL)
    return;
  g_mutex_lock (&store->mutex);
  store->counts[stage][reused ? 1 : 0]++;
  g_mutex_unlock (&store->mutex);
}

guint
hansa_store_reused (HansaStore *store, HansaStage stage)
{
  return store != NULL ? store->counts[stage][1] : 0;
}

guint
hansa_store_made (HansaStore *store, HansaStage stage)
{
  return store != NULL ? store->counts[stage][0] : 0;
}
