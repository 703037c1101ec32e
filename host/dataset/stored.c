/* SPDX-License-Identifier: MIT */
#include "dataset/stored.h"

#include "base/paths.h"
#include "dataset/bulk.h"
#include "dataset/load.h"
#include "dataset/model.h"
#include "dataset/query.h"
#include "store/key.h"

#include <string.h>

void
hansa_dataset_use_store (HansaDataset *dataset, HansaStore *store)
{
  dataset->store = store;
}

/* ---- keys ------------------------------------------------------------------ */

/* The manifest counts as a whole: what a table depends on in it is spread over
 * types, rules, units and titles, and it changes seldom. */
static HansaKey *
begin_key (HansaDataset *dataset, const char *stage)
{
  HansaKey *key = hansa_key_new (dataset->store, stage);

  if (dataset->server != NULL)
    hansa_key_give_up (key); /* it does not say whether a table changed */
  else
    hansa_key_file (key, dataset->file);
  return key;
}

static void
add_optional_file (HansaKey *key, const char *path)
{
  hansa_key_number (key, path != NULL);
  if (path != NULL)
    hansa_key_file (key, path);
}

static void
add_resource (HansaKey *key, HansaDataset *dataset, const HansaResource *resource)
{
  g_autofree char *file = hansa_resource_file (dataset, resource);

  hansa_key_text (key, resource->name);
  hansa_key_file (key, file);
  add_optional_file (key, resource->schema_file);
}

static void
add_sound_resource (HansaKey *key, HansaDataset *dataset, const HansaResource *resource)
{
  const GPtrArray *foreign_keys = resource->schema->foreign_keys;

  add_resource (key, dataset, resource);
  hansa_key_number (key, foreign_keys->len);
  for (guint i = 0; i < foreign_keys->len; i++)
    {
      const HansaForeignKey *foreign = g_ptr_array_index (foreign_keys, i);
      if (foreign->resource[0] != '\0')
        add_resource (key, dataset, hansa_dataset_find (dataset, foreign->resource));
    }
}

char *
hansa_table_key (HansaDataset *dataset, gconstpointer resource)
{
  HansaKey *key = begin_key (dataset, "table");

  add_sound_resource (key, dataset, resource);
  return hansa_key_end (key);
}

static void
add_map (HansaKey *key, HansaDataset *dataset, const char *table)
{
  const HansaTableMap *map = g_hash_table_lookup (dataset->maps, table);
  GHashTable *columns = map != NULL ? map->columns : NULL;
  g_autoptr (GList) names = columns != NULL ? g_hash_table_get_keys (columns) : NULL;

  names = g_list_sort (names, (GCompareFunc)strcmp);
  hansa_key_number (key, g_list_length (names));
  for (GList *name = names; name != NULL; name = name->next)
    {
      hansa_key_text (key, name->data);
      hansa_key_text (key, g_hash_table_lookup (columns, name->data));
    }
}

/* The units of a model table, to which columns are converted. */
static void
add_vocabulary (HansaKey *key, HansaDataset *dataset, const char *table)
{
  g_autofree char *file = hansa_model_file (dataset, table);
  add_optional_file (key, file);
}

/* A model table: what provides it, how it is mapped, and which reader takes it. */
static void
add_model_table (HansaKey *key, HansaDataset *dataset, const char *table)
{
  const HansaResource *resource = hansa_dataset_resource (dataset, table);

  hansa_key_text (key, table);
  hansa_key_number (key, resource != NULL);
  if (resource == NULL)
    return;
  add_map (key, dataset, table);
  add_vocabulary (key, dataset, table);
  add_sound_resource (key, dataset, resource);
  hansa_key_number (key, hansa_resource_needs_engine (dataset, resource) ? 1 : 0);
}

static void
add_engine (HansaKey *key)
{
  g_autofree char *module = hansa_path_module ("hansa-engine-" HANSA_BULK_ENGINE ".so");

  add_optional_file (key, module);
}

static void
add_columns (HansaKey *key, const HansaInput *input)
{
  hansa_key_text (key, input->name);
  hansa_key_number (key, input->flags);
  hansa_key_text (key, input->query);
  for (guint i = 0; i < input->n_columns; i++)
    {
      hansa_key_text (key, input->columns[i].name);
      hansa_key_number (key, input->columns[i].type);
      hansa_key_number (key, input->columns[i].flags);
      hansa_key_text (key, input->columns[i].unit);
    }
}

char *
hansa_input_key (HansaDataset *dataset, gconstpointer of)
{
  const HansaInput *input = of;
  HansaKey *key = begin_key (dataset, "input");
  g_auto (GStrv) tables = NULL;

  add_columns (key, input);
  add_engine (key);
  if (input->query != NULL)
    tables = hansa_query_tables (dataset, input->query);
  if (tables == NULL)
    add_model_table (key, dataset, input->name);
  for (char **table = tables; table != NULL && *table != NULL; table++)
    add_model_table (key, dataset, *table);
  return hansa_key_end (key);
}

/* Every file of the package, also those that are read for a report only. */
char *
hansa_dataset_key (HansaDataset *dataset)
{
  HansaKey *key = begin_key (dataset, "dataset");

  hansa_key_text (key, dataset->dir);
  hansa_key_text (key, g_getenv ("HANSA_ENGINE_ABOVE"));
  add_engine (key);
  for (guint i = 0; i < dataset->resources->len; i++)
    {
      const HansaResource *resource = g_ptr_array_index (dataset->resources, i);
      add_resource (key, dataset, resource);
      add_vocabulary (key, dataset, resource->table);
    }
  return hansa_key_end (key);
}

/* ---- what is known of an input without reading it ---------------------------- */

static char *
digest_key (HansaDataset *dataset, const char *input_key)
{
  HansaKey *key = input_key != NULL ? hansa_key_new (dataset->store, "digest") : NULL;

  hansa_key_text (key, input_key);
  return hansa_key_end (key);
}

static void
put_digest (HansaDataset *dataset, const char *input_key, HansaSealedTable *table)
{
  g_autofree char *key = digest_key (dataset, input_key);
  char *text = g_strdup_printf ("%s %" G_GUINT64_FORMAT, hansa_sealed_table_hash (table),
                                (guint64)hansa_sealed_table_view (table)->n_rows);
  g_autoptr (GBytes) entry = g_bytes_new_take (text, strlen (text));

  hansa_store_put (dataset->store, key, 1, &entry);
}

gboolean
hansa_dataset_input_known (HansaDataset *dataset, const HansaInput *input, char **hash,
                           guint64 *n_rows)
{
  g_autofree char *input_key = dataset->store != NULL ? hansa_input_key (dataset, input) : NULL;
  g_autofree char *key = digest_key (dataset, input_key);
  g_autoptr (GBytes) entry = hansa_store_get (dataset->store, key);
  g_auto (GStrv) words = NULL;

  if (entry == NULL)
    return FALSE;
  g_autofree char *text = g_strndup (g_bytes_get_data (entry, NULL), g_bytes_get_size (entry));
  words = g_strsplit (text, " ", 2);
  if (g_strv_length (words) != 2
      || !g_ascii_string_to_unsigned (words[1], 10, 0, G_MAXUINT64, n_rows, NULL))
    return FALSE;
  *hash = g_strdup (words[0]);
  return TRUE;
}

/* ---- tables ------------------------------------------------------------------ */

static HansaSealedTable *
find_table (HansaDataset *dataset, const char *key)
{
  g_autoptr (GBytes) entry = hansa_store_get (dataset->store, key);

  return entry != NULL ? hansa_sealed_table_unpack (entry) : NULL;
}

HansaSealedTable *
hansa_stored_table (HansaDataset *dataset, HansaStage stage, HansaKeyFunc key, gconstpointer of,
                    HansaMemoMake make, gpointer data, GError **error)
{
  g_autofree char *before = dataset->store != NULL ? key (dataset, of) : NULL;
  HansaSealedTable *table = find_table (dataset, before);

  hansa_store_count (dataset->store, stage, table != NULL);
  if (table != NULL)
    return table;
  table = make (data, error);
  if (table == NULL || before == NULL)
    return table;
  g_autofree char *after = key (dataset, of);
  if (g_strcmp0 (before, after) == 0)
    {
      GBytes *parts[2];
      hansa_sealed_table_pack (table, parts);
      hansa_store_put (dataset->store, before, 2, parts);
      if (stage == HANSA_STAGE_INPUT)
        put_digest (dataset, before, table);
      g_bytes_unref (parts[0]);
      g_bytes_unref (parts[1]);
    }
  return table;
}
