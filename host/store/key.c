/* SPDX-License-Identifier: MIT */
#include "store/key.h"

#include "base/paths.h"
#include "plugin/supervisor.h"
#include "store/store-private.h"

#include <string.h>

struct HansaKey
{
  HansaStore *store;
  GChecksum *sum; /* NULL: part of it could not be had */
};

/* Our own programs and the sandbox that workers get here: they have a part in
 * every stage. NULL when one of them cannot be read. */
static char *
programs (HansaStore *store)
{
  g_autofree char *worker = hansa_path_program ("hansa-worker", "HANSA_WORKER", NULL);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *worker_sum = worker != NULL ? hansa_file_sum (store, worker, HANSA_XXH3) : NULL;
  g_autofree char *self_sum = self != NULL ? hansa_file_sum (store, self, HANSA_XXH3) : NULL;
  g_auto (GStrv) layers = hansa_sandbox_layers ();
  g_autofree char *sandbox = g_strjoinv (",", layers);

  return worker_sum != NULL && self_sum != NULL
             ? g_strjoin (" ", HANSA_VERSION, self_sum, worker_sum, sandbox, NULL)
             : NULL;
}

static const char *
known_programs (HansaStore *store)
{
  if (g_once_init_enter (&store->programs))
    {
      char *text = programs (store);
      g_once_init_leave (&store->programs, text != NULL ? text : g_strdup (""));
    }
  return store->programs;
}

HansaKey *
hansa_key_new (HansaStore *store, const char *stage)
{
  if (store == NULL || *known_programs (store) == '\0')
    return NULL;
  HansaKey *key = g_new0 (HansaKey, 1);
  key->store = store;
  key->sum = g_checksum_new (G_CHECKSUM_SHA256);
  hansa_key_text (key, stage);
  hansa_key_text (key, store->programs);
  return key;
}

void
hansa_key_number (HansaKey *key, guint64 number)
{
  if (key != NULL && key->sum != NULL)
    g_checksum_update (key->sum, (const guchar *)&number, sizeof number);
}

void
hansa_key_text (HansaKey *key, const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  hansa_key_number (key, text != NULL ? length : G_MAXUINT64);
  if (key != NULL && key->sum != NULL && length > 0)
    g_checksum_update (key->sum, (const guchar *)text, (gssize)length);
}

void
hansa_key_file (HansaKey *key, const char *path)
{
  if (key == NULL || key->sum == NULL)
    return;
  g_autofree char *sum = hansa_file_sum (key->store, path, HANSA_XXH3);
  if (sum != NULL)
    hansa_key_text (key, sum);
  else
    hansa_key_give_up (key);
}

void
hansa_key_give_up (HansaKey *key)
{
  if (key != NULL)
    g_clear_pointer (&key->sum, g_checksum_free);
}

char *
hansa_key_end (HansaKey *key)
{
  if (key == NULL)
    return NULL;
  char *text = key->sum != NULL ? g_strdup (g_checksum_get_string (key->sum)) : NULL;
  g_clear_pointer (&key->sum, g_checksum_free);
  g_free (key);
  return text;
}
