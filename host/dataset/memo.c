/* SPDX-License-Identifier: MIT */
#include "dataset/memo.h"

typedef struct
{
  gboolean made;
  gpointer value;
  GError *error;
} Entry;

struct HansaMemo
{
  GMutex mutex;
  GCond made;
  GHashTable *entries; /* key -> Entry */
  HansaMemoRef ref;
  GDestroyNotify unref;
};

HansaMemo *
hansa_memo_new (HansaMemoRef ref, GDestroyNotify unref)
{
  HansaMemo *memo = g_new0 (HansaMemo, 1);

  g_mutex_init (&memo->mutex);
  g_cond_init (&memo->made);
  memo->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  memo->ref = ref;
  memo->unref = unref;
  return memo;
}

void
hansa_memo_free (HansaMemo *memo)
{
  GHashTableIter iter;
  gpointer value;

  if (memo == NULL)
    return;
  g_hash_table_iter_init (&iter, memo->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;
      if (entry->value != NULL)
        memo->unref (entry->value);
      g_clear_error (&entry->error);
      g_free (entry);
    }
  g_hash_table_unref (memo->entries);
  g_cond_clear (&memo->made);
  g_mutex_clear (&memo->mutex);
  g_free (memo);
}

gpointer
hansa_memo_get (HansaMemo *memo, const char *key, HansaMemoMake make, gpointer data, GError **error)
{
  gpointer value = NULL;

  g_mutex_lock (&memo->mutex);
  Entry *entry = g_hash_table_lookup (memo->entries, key);
  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      g_hash_table_insert (memo->entries, g_strdup (key), entry);
      g_mutex_unlock (&memo->mutex);
      g_autoptr (GError) failure = NULL;
      gpointer made = make (data, &failure);
      g_mutex_lock (&memo->mutex);
      entry->value = made;
      entry->error = g_steal_pointer (&failure);
      entry->made = TRUE;
      g_cond_broadcast (&memo->made);
    }
  while (!entry->made)
    g_cond_wait (&memo->made, &memo->mutex);
  if (entry->value != NULL)
    value = memo->ref (entry->value);
  else if (error != NULL)
    *error = g_error_copy (entry->error);
  g_mutex_unlock (&memo->mutex);
  return value;
}
