/* SPDX-License-Identifier: MIT
 *
 * Sums of files, remembered with what stat() said when they were taken, as git
 * remembers its working files.
 */
#include "store/key.h"
#include "store/store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

/* A file written within this time before it was read may be written again
 * without a change of its times: clocks of file systems tick in steps of up to
 * two seconds (FAT). Its sum is not remembered. */
#define RACY_NS (G_GINT64_CONSTANT (2) * 1000000000)
#define MOST_FILES 8192
#define BLOCK ((gsize)1 << 18)

/* Sum and path (key), device, inode, size, mtime, ctime, sum. */
#define FORMAT "a{s(tttxxs)}"

typedef struct
{
  guint64 device, inode, size;
  gint64 mtime, ctime; /* nanoseconds */
} Stamp;

typedef struct
{
  Stamp stamp;
  char *sum;
} Known;

static void
free_known (gpointer data)
{
  g_free (((Known *)data)->sum);
  g_free (data);
}

static gint64
nanoseconds (struct timespec time)
{
  return (gint64)time.tv_sec * 1000000000 + time.tv_nsec;
}

static Stamp
stamp_of (const struct stat *status)
{
  return (Stamp){ (guint64)status->st_dev, (guint64)status->st_ino, (guint64)status->st_size,
                  nanoseconds (status->st_mtim), nanoseconds (status->st_ctim) };
}

static gboolean
same_stamp (const Stamp *a, const Stamp *b)
{
  return a->device == b->device && a->inode == b->inode && a->size == b->size
         && a->mtime == b->mtime && a->ctime == b->ctime;
}

/* ---- the table ------------------------------------------------------------- */

static void
merge (HansaStore *store, gboolean replace)
{
  g_autoptr (GBytes) bytes = hansa_store_get (store, HANSA_MEMO);
  if (bytes == NULL)
    return;
  g_autoptr (GVariant) files
      = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (FORMAT), bytes, FALSE));
  GVariantIter iter;
  const char *key, *sum;
  Stamp stamp;

  g_variant_iter_init (&iter, files);
  while (g_variant_iter_next (&iter, "{&s(tttxx&s)}", &key, &stamp.device, &stamp.inode,
                              &stamp.size, &stamp.mtime, &stamp.ctime, &sum))
    if (replace || !g_hash_table_contains (store->files, key))
      {
        Known *known = g_new (Known, 1);
        *known = (Known){ stamp, g_strdup (sum) };
        g_hash_table_insert (store->files, g_strdup (key), known);
      }
}

/* With the store's mutex held. */
static void
need_files (HansaStore *store)
{
  if (store->files != NULL)
    return;
  store->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_known);
  merge (store, TRUE);
}

void
hansa_memo_save (HansaStore *store)
{
  GHashTableIter iter;
  gpointer key, value;
  GVariantBuilder builder;

  if (!store->learned || store->broken)
    return;
  if (g_hash_table_size (store->files) < MOST_FILES)
    merge (store, FALSE); /* another run may have learned of other files meanwhile */
  g_variant_builder_init (&builder, G_VARIANT_TYPE (FORMAT));
  g_hash_table_iter_init (&iter, store->files);
  for (guint n = 0; n < MOST_FILES && g_hash_table_iter_next (&iter, &key, &value); n++)
    {
      const Known *known = value;
      g_variant_builder_add (&builder, "{s(tttxxs)}", key, known->stamp.device, known->stamp.inode,
                             known->stamp.size, known->stamp.mtime, known->stamp.ctime, known->sum);
    }
  g_autoptr (GVariant) files = g_variant_ref_sink (g_variant_builder_end (&builder));
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (files);
  hansa_store_put (store, HANSA_MEMO, 1, &bytes);
}

static char *
recall (HansaStore *store, const char *key, const Stamp *stamp)
{
  if (store == NULL)
    return NULL;
  g_mutex_lock (&store->mutex);
  need_files (store);
  const Known *known = g_hash_table_lookup (store->files, key);
  char *sum = known != NULL && same_stamp (&known->stamp, stamp) ? g_strdup (known->sum) : NULL;
  g_mutex_unlock (&store->mutex);
  return sum;
}

static void
remember (HansaStore *store, const char *key, const Stamp *stamp, const char *sum)
{
  if (store == NULL || !g_utf8_validate (key, -1, NULL))
    return;
  g_mutex_lock (&store->mutex);
  Known *known = g_new (Known, 1);
  *known = (Known){ *stamp, g_strdup (sum) };
  g_hash_table_insert (store->files, g_strdup (key), known);
  store->learned = TRUE;
  g_mutex_unlock (&store->mutex);
}

/* ---- sums -------------------------------------------------------------------- */

static char *
sum_of (int fd, HansaSum kind)
{
  g_autofree guchar *block = g_malloc (BLOCK);
  g_autoptr (GChecksum) sha = kind == HANSA_SHA256 ? g_checksum_new (G_CHECKSUM_SHA256) : NULL;
  XXH3_state_t xxh;
  gssize n;

  XXH3_INITSTATE (&xxh);
  XXH3_128bits_reset (&xxh);
  while ((n = read (fd, block, BLOCK)) != 0)
    if (n < 0 && errno != EINTR)
      return NULL;
    else if (n > 0 && sha != NULL)
      g_checksum_update (sha, block, n);
    else if (n > 0)
      XXH3_128bits_update (&xxh, block, (gsize)n);
  if (sha != NULL)
    return g_strdup (g_checksum_get_string (sha));
  XXH128_hash_t hash = XXH3_128bits_digest (&xxh);
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x",
                          (guint64)hash.high64, (guint64)hash.low64);
}

static gint64
now (void)
{
  struct timespec time;
  clock_gettime (CLOCK_REALTIME, &time);
  return nanoseconds (time);
}

char *
hansa_file_sum (HansaStore *store, const char *path, HansaSum kind)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *key = g_strconcat (kind == HANSA_SHA256 ? "s" : "x", absolute, NULL);
  struct stat before, after;

  if (stat (absolute, &before) != 0 || !S_ISREG (before.st_mode))
    return NULL;
  Stamp stamp = stamp_of (&before);
  char *sum = recall (store, key, &stamp);
  if (sum != NULL)
    return sum;
  gint64 start = now ();
  int fd = open (absolute, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    return NULL;
  sum = sum_of (fd, kind);
  if (sum != NULL && fstat (fd, &after) == 0)
    {
      Stamp now_stamp = stamp_of (&after);
      if (same_stamp (&stamp, &now_stamp) && MAX (stamp.mtime, stamp.ctime) + RACY_NS < start)
        remember (store, key, &stamp, sum);
    }
  close (fd);
  return sum;
}
