/* SPDX-License-Identifier: MIT */
#include "dataset/sums.h"

typedef struct
{
  GThread *thread; /* NULL: has ended */
  HansaStore *store;
  char *path;
  char *sum;
} Sum;

struct HansaSums
{
  GMutex mutex;
  GHashTable *by_path;
};

static gpointer
work (gpointer data)
{
  Sum *sum = data;
  return hansa_file_sum (sum->store, sum->path, HANSA_XXH3);
}

static void
finish (Sum *sum)
{
  if (sum->thread != NULL)
    sum->sum = g_thread_join (g_steal_pointer (&sum->thread));
}

static void
free_sum (gpointer data)
{
  Sum *sum = data;

  finish (sum);
  g_free (sum->path);
  g_free (sum->sum);
  g_free (sum);
}

HansaSums *
hansa_sums_new (void)
{
  HansaSums *sums = g_new0 (HansaSums, 1);

  g_mutex_init (&sums->mutex);
  sums->by_path = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_sum);
  return sums;
}

void
hansa_sums_free (HansaSums *sums)
{
  g_hash_table_unref (sums->by_path);
  g_mutex_clear (&sums->mutex);
  g_free (sums);
}

void
hansa_sums_begin (HansaSums *sums, HansaStore *store, const char *path)
{
  g_mutex_lock (&sums->mutex);
  if (!g_hash_table_contains (sums->by_path, path))
    {
      Sum *sum = g_new0 (Sum, 1);
      sum->store = store;
      sum->path = g_strdup (path);
      g_hash_table_insert (sums->by_path, sum->path, sum);
      sum->thread = g_thread_new ("sum", work, sum);
    }
  g_mutex_unlock (&sums->mutex);
}

char *
hansa_sums_get (HansaSums *sums, HansaStore *store, const char *path)
{
  g_mutex_lock (&sums->mutex);
  Sum *begun = g_hash_table_lookup (sums->by_path, path);
  if (begun != NULL)
    finish (begun);
  char *sum = begun != NULL ? g_strdup (begun->sum) : NULL;
  g_mutex_unlock (&sums->mutex);
  return begun != NULL ? sum : hansa_file_sum (store, path, HANSA_XXH3);
}
