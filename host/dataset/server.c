/* SPDX-License-Identifier: MIT */
#include "dataset/server.h"

#include "base/error.h"
#include "base/units.h"
#include "dataset/model.h"
#include "dataset/schema.h"
#include "postgres/address.h"

/* ---- what the server says ---------------------------------------------------- */

/* The element of an array of objects that has that name; NULL: none. */
static JsonObject *
find_named (JsonObject *catalog, const char *member, const char *name)
{
  JsonNode *node = json_object_get_member (catalog, member);
  JsonArray *array
      = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      if (g_str_equal (json_object_get_string_member (object, "name"), name))
        return object;
    }
  return NULL;
}

/* The row of hansa.resource for a table; NULL: none. */
static JsonObject *
description_of (JsonObject *catalog, const char *table)
{
  JsonObject *row = find_named (catalog, "resources", table);
  JsonNode *node = row != NULL ? json_object_get_member (row, "schema") : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* Columns as the server has them; a comment may be a unit. */
static HansaSchema *
server_schema (JsonObject *table, HansaJsonPlace place, GError **error)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), table);
  g_autoptr (HansaSchema) schema = hansa_schema_parse (node, place, error);
  JsonArray *columns = json_object_get_array_member (table, "fields");

  for (guint i = 0; schema != NULL && i < schema->fields->len; i++)
    {
      HansaSchemaField *field = g_ptr_array_index (schema->fields, i);
      JsonObject *column = json_array_get_object_element (columns, i);
      g_autofree char *comment = hansa_json_scalar (json_object_get_member (column, "comment"));
      if (field->unit == NULL && comment != NULL && hansa_unit_find (comment) != NULL)
        field->unit = g_steal_pointer (&comment);
    }
  return g_steal_pointer (&schema);
}

/* Columns that the server lacks leave `declared`, types become the server's, and
 * its other columns join. Takes `own` apart. */
static void
fit_schema (HansaSchema *declared, HansaSchema *own)
{
  for (guint i = declared->fields->len; i-- > 0;)
    {
      HansaSchemaField *field = g_ptr_array_index (declared->fields, i);
      int at = hansa_schema_find (own, field->name);
      if (at < 0)
        {
          g_ptr_array_remove_index (declared->fields, i);
          continue;
        }
      HansaSchemaField *there = g_ptr_array_index (own->fields, (guint)at);
      field->type = there->type;
      field->boolean = there->boolean;
    }
  for (guint i = own->fields->len; i-- > 0;)
    {
      const HansaSchemaField *field = g_ptr_array_index (own->fields, i);
      if (hansa_schema_find (declared, field->name) < 0)
        g_ptr_array_add (declared->fields, g_ptr_array_steal_index (own->fields, i));
    }
}

/* ---- a resource ---------------------------------------------------------------- */

static GStrv
shard_columns (JsonObject *table)
{
  JsonNode *node = json_object_get_member (table, "shard");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  JsonArray *names = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (names); i++)
    g_strv_builder_add (builder, json_array_get_string_element (names, i));
  return g_strv_builder_end (builder);
}

/* What is declared of a table: on the server itself, in the package at hand, or
 * in the model. NULL without an error where it is nowhere. */
static gboolean
take_schema (HansaDataset *dataset, HansaResource *resource, JsonObject *catalog, GError **error)
{
  JsonObject *described = description_of (catalog, resource->name);
  HansaJsonPlace place = { dataset->file, "hansa.resource" };

  if (described != NULL)
    {
      g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), described);
      g_clear_pointer (&resource->schema, hansa_schema_free);
      resource->schema = hansa_schema_parse (node, place, error);
      return resource->schema != NULL;
    }
  if (resource->schema == NULL)
    resource->schema = hansa_model_schema (dataset, resource->table);
  return TRUE;
}

static gboolean
fit_resource (HansaDataset *dataset, HansaResource *resource, JsonObject *table,
              JsonObject *catalog, GError **error)
{
  HansaJsonPlace place = { dataset->file, resource->name };
  g_autoptr (HansaSchema) own = server_schema (table, place, error);

  if (own == NULL || !take_schema (dataset, resource, catalog, error))
    return FALSE;
  if (resource->schema == NULL)
    resource->schema = g_steal_pointer (&own);
  else
    fit_schema (resource->schema, own);
  g_free (resource->path);
  resource->path = g_strdup (json_object_get_string_member (table, "path"));
  g_free (resource->format);
  resource->format = g_strdup ("table");
  g_strfreev (resource->shard);
  resource->shard = shard_columns (table);
  return TRUE;
}

/* ---- a package whose tables are on a server ------------------------------------- */

static JsonNode *
connect_server (HansaDataset *dataset, const char *address, GError **error)
{
  g_return_val_if_fail (dataset->server == NULL, NULL);
  dataset->server = hansa_engine_open (address, error);
  return dataset->server != NULL ? hansa_engine_catalog (dataset->server, error) : NULL;
}

gboolean
hansa_dataset_use_server (HansaDataset *dataset, const char *address, GError **error)
{
  g_autoptr (JsonNode) root = connect_server (dataset, address, error);

  if (root == NULL)
    return FALSE;
  JsonObject *catalog = json_node_get_object (root);
  for (guint i = dataset->resources->len; i-- > 0;)
    {
      HansaResource *resource = g_ptr_array_index (dataset->resources, i);
      JsonObject *table = find_named (catalog, "tables", resource->name);
      if (table == NULL)
        g_ptr_array_remove_index (dataset->resources, i);
      else if (!fit_resource (dataset, resource, table, catalog, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- a server as a package -------------------------------------------------------- */

static HansaResource *
make_resource (HansaDataset *dataset, JsonObject *table, JsonObject *catalog, GError **error)
{
  g_autoptr (HansaResource) resource = g_new0 (HansaResource, 1);
  const char *name = json_object_get_string_member (table, "name");
  JsonObject *described = description_of (catalog, name);
  HansaJsonPlace place = { dataset->file, "hansa.resource" };

  resource->name = g_strdup (name);
  resource->encoding = g_strdup ("utf-8");
  if (described == NULL)
    resource->table = g_strdup (name);
  else if (!hansa_resource_parse_words (described, resource, place, error))
    return NULL;
  return fit_resource (dataset, resource, table, catalog, error) ? g_steal_pointer (&resource)
                                                                 : NULL;
}

/* One row's package, as far as it says something. */
static gboolean
take_package (HansaDataset *dataset, JsonObject *row, JsonObject *head, gboolean *synthetic,
              GError **error)
{
  HansaJsonPlace place = { dataset->file, "hansa.resource" };
  gboolean constructed = FALSE;

  if (!hansa_json_boolean (head, "synthetic", place, &constructed, error))
    return FALSE;
  *synthetic |= constructed;
  if (dataset->name != NULL)
    return TRUE;
  dataset->name = hansa_json_scalar (json_object_get_member (row, "package"));
  return hansa_dataset_parse_head (dataset, head, place, error);
}

/* Title, parameters and the rest of the package that the tables are from, the
 * first where there are several. Constructed tables make all constructed: the
 * report cannot tell whose numbers met whose. */
static gboolean
take_head (HansaDataset *dataset, JsonObject *catalog, GError **error)
{
  JsonNode *node = json_object_get_member (catalog, "resources");
  JsonArray *rows
      = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  gboolean synthetic = FALSE;

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      JsonNode *described = json_object_get_member (row, "schema");
      JsonObject *head = NULL;
      HansaJsonPlace place = { dataset->file, "hansa.resource" };
      if (described == NULL || !JSON_NODE_HOLDS_OBJECT (described))
        continue;
      if (!hansa_json_member_object (json_node_get_object (described), "package", place, &head,
                                     error)
          || (head != NULL && !take_package (dataset, row, head, &synthetic, error)))
        return FALSE;
    }
  dataset->synthetic = synthetic;
  if (dataset->name == NULL)
    dataset->name = g_strdup (json_object_get_string_member (catalog, "database"));
  return TRUE;
}

HansaDataset *
hansa_server_open (const char *address, GError **error)
{
  g_autofree char *shown = hansa_without_password (address);
  g_autoptr (HansaDataset) dataset = hansa_dataset_new (shown, shown);
  g_autoptr (JsonNode) root = connect_server (dataset, address, error);

  if (root == NULL)
    return NULL;
  JsonObject *catalog = json_node_get_object (root);
  JsonArray *tables = json_object_get_array_member (catalog, "tables");
  if (!take_head (dataset, catalog, error))
    return NULL;
  for (guint i = 0; i < json_array_get_length (tables); i++)
    {
      HansaResource *resource
          = make_resource (dataset, json_array_get_object_element (tables, i), catalog, error);
      if (resource == NULL)
        return NULL;
      g_ptr_array_add (dataset->resources, resource);
    }
  return g_steal_pointer (&dataset);
}
