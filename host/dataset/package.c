/* SPDX-License-Identifier: MIT
 *
 * The manifest of a data package.
 */
#include "dataset/package.h"

#include "base/error.h"
#include "base/nearest.h"
#include "dataset/schema.h"
#include "dataset/server.h"
#include "postgres/address.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define MANIFEST "datapackage.json"

static void
table_map_free (HansaTableMap *map)
{
  g_clear_pointer (&map->columns, g_hash_table_unref);
  g_free (map);
}

static gpointer
table_ref (gpointer table)
{
  return hansa_sealed_table_ref (table);
}

static void
table_unref (gpointer table)
{
  hansa_sealed_table_unref (table);
}

HansaDataset *
hansa_dataset_new (const char *dir, const char *file)
{
  HansaDataset *dataset = g_new0 (HansaDataset, 1);

  dataset->dir = g_strdup (dir);
  dataset->file = g_strdup (file);
  dataset->resources = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_resource_free);
  dataset->parameters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  dataset->maps
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)table_map_free);
  dataset->tables = hansa_memo_new (table_ref, table_unref);
  dataset->sound = hansa_memo_new (table_ref, table_unref);
  dataset->inputs = hansa_memo_new (table_ref, table_unref);
  dataset->texts = hansa_trace_memo_new ();
  dataset->sums = hansa_sums_new ();
  return dataset;
}

void
hansa_dataset_free (HansaDataset *dataset)
{
  if (dataset == NULL)
    return;
  hansa_sums_free (dataset->sums);
  hansa_memo_free (dataset->texts);
  hansa_memo_free (dataset->inputs);
  hansa_memo_free (dataset->sound);
  hansa_memo_free (dataset->tables);
  hansa_engine_close (dataset->server);
  g_hash_table_unref (dataset->maps);
  g_hash_table_unref (dataset->parameters);
  g_ptr_array_unref (dataset->resources);
  hansa_text_clear (&dataset->title);
  hansa_text_clear (&dataset->description);
  g_free (dataset->name);
  g_free (dataset->file);
  g_free (dataset->dir);
  g_free (dataset);
}

/* ---- reading the manifest ------------------------------------------------ */

static gboolean
parse_head (HansaDataset *dataset, JsonObject *object, HansaJsonPlace place, GError **error)
{
  const char *name = dataset->name;
  HansaText title = { NULL, NULL }, description = { NULL, NULL };

  if (!hansa_json_string (object, "name", place, &name, error)
      || !hansa_json_string (object, "title", place, &title.en, error)
      || !hansa_json_string (object, "title_zh", place, &title.zh, error)
      || !hansa_json_string (object, "description", place, &description.en, error)
      || !hansa_json_string (object, "description_zh", place, &description.zh, error)
      || !hansa_json_boolean (object, "synthetic", place, &dataset->synthetic, error))
    return FALSE;
  if (name != dataset->name)
    {
      g_free (dataset->name);
      dataset->name = g_strdup (name);
    }
  dataset->title = hansa_text_copy (title);
  dataset->description = hansa_text_copy (description);
  return TRUE;
}

/* {"plugin": {"parameter": value}} */
static gboolean
parse_parameters (HansaDataset *dataset, JsonObject *object, HansaJsonPlace place, GError **error)
{
  JsonObject *plugins;

  if (!hansa_json_member_object (object, "parameters", place, &plugins, error))
    return FALSE;
  if (plugins == NULL)
    return TRUE;
  g_autoptr (GList) names = json_object_get_members (plugins);
  for (GList *name = names; name != NULL; name = name->next)
    {
      g_autofree char *path = g_strdup_printf ("parameters.%s", (char *)name->data);
      HansaJsonPlace here = { place.file, path };
      JsonObject *values
          = hansa_json_object (json_object_get_member (plugins, name->data), here, error);
      if (values == NULL)
        return FALSE;
      g_autoptr (GList) ids = json_object_get_members (values);
      for (GList *id = ids; id != NULL; id = id->next)
        {
          char *text = hansa_json_scalar (json_object_get_member (values, id->data));
          if (text == NULL)
            {
              hansa_json_error (here, id->data, error,
                                _ ("must be a text, a number, true or false."));
              return FALSE;
            }
          g_hash_table_insert (dataset->parameters,
                               g_strdup_printf ("%s\n%s", (char *)name->data, (char *)id->data),
                               text);
        }
    }
  return TRUE;
}

gboolean
hansa_dataset_parse_head (HansaDataset *dataset, JsonObject *object, HansaJsonPlace place,
                          GError **error)
{
  return parse_head (dataset, object, place, error)
         && parse_parameters (dataset, object, place, error);
}

static gboolean
check_new (HansaDataset *dataset, const HansaResource *resource, guint index, GError **error)
{
  g_autofree char *path = g_strdup_printf ("resources[%u]", index);
  HansaJsonPlace place = { dataset->file, path };

  if (hansa_dataset_find (dataset, resource->name) != NULL)
    {
      hansa_json_error (place, "name", error, _ ("there is a resource “%s” already."),
                        resource->name);
      return FALSE;
    }
  const HansaResource *other = hansa_dataset_resource (dataset, resource->table);
  if (other != NULL)
    {
      hansa_json_error (place, "table", error,
                        _ ("“%s” provides the table “%s” already. Give one of them another name "
                           "or table."),
                        other->name, resource->table);
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_resources (HansaDataset *dataset, JsonObject *object, HansaJsonPlace place, GError **error)
{
  JsonArray *resources;

  if (!hansa_json_array (object, "resources", place, &resources, error))
    return FALSE;
  if (resources == NULL || json_array_get_length (resources) == 0)
    {
      hansa_json_error (place, "resources", error, _ ("list the package's tables here."));
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (resources); i++)
    {
      g_autoptr (HansaResource) resource = hansa_resource_parse (
          json_array_get_element (resources, i), dataset->dir, dataset->file, i, error);
      if (resource == NULL || !check_new (dataset, resource, i, error))
        return FALSE;
      g_ptr_array_add (dataset->resources, g_steal_pointer (&resource));
    }
  return TRUE;
}

/* Foreign keys may name resources further down, so they are looked up last. */
static gboolean
check_foreign_key (HansaDataset *dataset, guint i, guint j, const HansaForeignKey *key,
                   GError **error)
{
  const HansaResource *target = hansa_dataset_find (dataset, key->resource);
  g_autofree char *path = g_strdup_printf ("resources[%u].schema.foreignKeys[%u].reference", i, j);
  HansaJsonPlace place = { dataset->file, path };

  if (target == NULL)
    {
      hansa_json_error (place, "resource", error, _ ("there is no resource “%s”."), key->resource);
      return FALSE;
    }
  for (char **name = key->reference; *name != NULL; name++)
    if (hansa_schema_find (target->schema, *name) < 0)
      {
        hansa_json_error (place, "fields", error, _ ("“%s” has no field “%s”."), target->name,
                          *name);
        return FALSE;
      }
  return TRUE;
}

static gboolean
check_foreign_keys (HansaDataset *dataset, GError **error)
{
  for (guint i = 0; i < dataset->resources->len; i++)
    {
      const HansaResource *resource = g_ptr_array_index (dataset->resources, i);
      for (guint j = 0; j < resource->schema->foreign_keys->len; j++)
        {
          const HansaForeignKey *key = g_ptr_array_index (resource->schema->foreign_keys, j);
          if (key->resource[0] != '\0' && !check_foreign_key (dataset, i, j, key, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* The name that a package has where it gives itself none. */
static char *
folder_name (const char *dir)
{
  g_autofree char *canonical = g_canonicalize_filename (dir, NULL);
  return g_path_get_basename (canonical);
}

HansaDataset *
hansa_dataset_open (const char *path, GError **error)
{
  gboolean folder = g_file_test (path, G_FILE_TEST_IS_DIR);
  g_autofree char *dir = folder ? g_strdup (path) : g_path_get_dirname (path);
  g_autofree char *file = folder ? g_build_filename (path, MANIFEST, NULL) : g_strdup (path);

  if (hansa_is_server_address (path))
    return hansa_server_open (path, error);
  g_autoptr (HansaDataset) dataset = hansa_dataset_new (dir, file);
  dataset->name = folder_name (dir);
  HansaJsonPlace place = { dataset->file, "" };
  g_autoptr (JsonNode) root = hansa_json_load (dataset->file, error);

  if (root == NULL)
    return NULL;
  JsonObject *object = hansa_json_object (root, place, error);
  if (object == NULL || !hansa_dataset_parse_head (dataset, object, place, error)
      || !parse_resources (dataset, object, place, error) || !check_foreign_keys (dataset, error))
    return NULL;
  return g_steal_pointer (&dataset);
}

/* ---- what is in it ------------------------------------------------------- */

const char *
hansa_dataset_dir (HansaDataset *dataset)
{
  return dataset->dir;
}

const char *
hansa_dataset_name (HansaDataset *dataset)
{
  return dataset->name;
}

HansaText
hansa_dataset_title (HansaDataset *dataset)
{
  if (dataset->title.en == NULL && dataset->title.zh == NULL)
    return (HansaText){ dataset->name, dataset->name };
  return dataset->title;
}

HansaText
hansa_dataset_description (HansaDataset *dataset)
{
  return dataset->description;
}

gboolean
hansa_dataset_is_synthetic (HansaDataset *dataset)
{
  return dataset->synthetic;
}

const char *
hansa_dataset_engine (HansaDataset *dataset)
{
  return dataset->server != NULL ? hansa_engine_version (dataset->server) : NULL;
}

GPtrArray *
hansa_dataset_resources (HansaDataset *dataset)
{
  return dataset->resources;
}

const HansaResource *
hansa_dataset_find (HansaDataset *dataset, const char *resource)
{
  for (guint i = 0; i < dataset->resources->len; i++)
    {
      const HansaResource *candidate = g_ptr_array_index (dataset->resources, i);
      if (g_str_equal (candidate->name, resource))
        return candidate;
    }
  return NULL;
}

const HansaResource *
hansa_dataset_resource (HansaDataset *dataset, const char *table)
{
  const HansaTableMap *map = g_hash_table_lookup (dataset->maps, table);

  if (map != NULL)
    return map->resource;
  for (guint i = 0; i < dataset->resources->len; i++)
    {
      const HansaResource *resource = g_ptr_array_index (dataset->resources, i);
      if (g_str_equal (resource->table, table))
        return resource;
    }
  return NULL;
}

const char *
hansa_dataset_parameter (HansaDataset *dataset, const char *plugin, const char *id)
{
  g_autofree char *key = g_strdup_printf ("%s\n%s", plugin, id);
  return g_hash_table_lookup (dataset->parameters, key);
}

char *
hansa_resource_file (HansaDataset *dataset, const HansaResource *resource)
{
  return g_build_filename (dataset->dir, resource->path, NULL);
}

gboolean
hansa_file_readable (const char *file, GError **error)
{
  GStatBuf status;

  if (g_stat (file, &status) != 0 && errno == ENOENT)
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                 _ ("%s: there is no such file. The package's datapackage.json names it: put it "
                    "there, or take the resource out."),
                 file);
  else if (g_access (file, R_OK) != 0)
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                 _ ("%s cannot be read: %s. Ask its owner for the right to read it."), file,
                 g_strerror (errno));
  else if (!S_ISREG (status.st_mode))
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                 _ ("%s is not a file. Put the table's file there."), file);
  else
    return TRUE;
  return FALSE;
}

gboolean
hansa_dataset_map (HansaDataset *dataset, const char *table, const char *resource,
                   GHashTable *columns, GError **error)
{
  const HansaResource *found = hansa_dataset_find (dataset, resource);

  if (found == NULL)
    {
      g_autofree const char **names = g_new0 (const char *, dataset->resources->len + 1);
      for (guint i = 0; i < dataset->resources->len; i++)
        names[i] = ((HansaResource *)g_ptr_array_index (dataset->resources, i))->name;
      const char *near = hansa_nearest (resource, names);
      if (near != NULL)
        g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
                     _ ("The dataset %s has no resource “%s”. Did you mean “%s”?"), dataset->name,
                     resource, near);
      else
        g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
                     _ ("The dataset %s has no resource “%s”."), dataset->name, resource);
      return FALSE;
    }
  HansaTableMap *map = g_new0 (HansaTableMap, 1);
  map->resource = found;
  map->columns = columns != NULL ? g_hash_table_ref (columns) : NULL;
  g_hash_table_insert (dataset->maps, g_strdup (table), map);
  return TRUE;
}
