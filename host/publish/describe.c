/* SPDX-License-Identifier: MIT
 *
 * What the table "resource" of the information base says of a table.
 * docs/reference/server-tables.md lists the members.
 */
#include "dataset/json.h"
#include "dataset/package.h"
#include "publish/plan.h"

static void
copy_members (JsonObject *to, JsonObject *from, const char *const *names)
{
  for (; *names != NULL; names++)
    if (json_object_has_member (from, *names))
      json_object_set_member (to, *names, json_object_dup_member (from, *names));
}

static JsonObject *
find_resource (JsonObject *manifest, const char *name)
{
  JsonArray *resources = json_object_get_array_member (manifest, "resources");

  for (guint i = 0; i < json_array_get_length (resources); i++)
    {
      JsonObject *resource = json_array_get_object_element (resources, i);
      if (g_str_equal (json_object_get_string_member (resource, "name"), name))
        return resource;
    }
  g_assert_not_reached (); /* the dataset was read from this manifest */
}

static JsonArray *
words_array (GStrv words)
{
  JsonArray *array = json_array_new ();

  for (char **word = words; *word != NULL; word++)
    json_array_add_string_element (array, *word);
  return array;
}

/* The schema as it was written; of a table mapped to the model, only its key. */
static JsonObject *
base_schema (HansaDataset *dataset, const HansaResource *resource, const HansaPublishTable *table,
             JsonObject *declared)
{
  JsonNode *schema = json_object_get_member (declared, "schema");

  if (table->schema == resource->schema && JSON_NODE_HOLDS_OBJECT (schema))
    return json_object_ref (json_node_get_object (schema));
  if (table->schema == resource->schema)
    {
      g_autofree char *file = g_build_filename (dataset->dir, json_node_get_string (schema), NULL);
      g_autoptr (JsonNode) loaded = hansa_json_load (file, NULL);
      if (loaded != NULL && JSON_NODE_HOLDS_OBJECT (loaded))
        return json_node_dup_object (loaded);
    }
  JsonObject *object = json_object_new ();
  json_object_set_array_member (object, "primaryKey", words_array (table->primary_key));
  return object;
}

static const char *
type_word (const HansaSchemaField *field)
{
  switch (field->type)
    {
    case HANSA_REAL:
      return "number";
    case HANSA_INTEGER:
      return field->boolean ? "boolean" : "integer";
    case HANSA_DATE:
      return "date";
    default:
      return "string";
    }
}

/* A field that the package does not write itself: mapped from other columns. */
static JsonObject *
field_object (const HansaSchemaField *field)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", field->name);
  json_object_set_string_member (object, "type", type_word (field));
  if (field->title.en != NULL)
    json_object_set_string_member (object, "title", field->title.en);
  if (field->title.zh != NULL)
    json_object_set_string_member (object, "title_zh", field->title.zh);
  if (field->unit != NULL)
    json_object_set_string_member (object, "unit", field->unit);
  return object;
}

/* The package's own words for a field where they hold; NULL where they do not. */
static JsonObject *
declared_field (JsonArray *fields, const HansaSchemaField *field)
{
  for (guint i = 0; fields != NULL && i < json_array_get_length (fields); i++)
    {
      JsonObject *object = json_array_get_object_element (fields, i);
      const char *unit = json_object_get_string_member_with_default (object, "unit", NULL);
      if (g_str_equal (json_object_get_string_member (object, "name"), field->name)
          && g_strcmp0 (unit != NULL && *unit == '\0' ? NULL : unit, field->unit) == 0)
        return json_object_ref (object);
    }
  return NULL;
}

static JsonArray *
describe_fields (const HansaPublishTable *table, JsonArray *declared)
{
  JsonArray *fields = json_array_new ();

  for (guint i = 0; i < table->fields->len; i++)
    {
      const HansaSchemaField *field = g_ptr_array_index (table->fields, i);
      JsonObject *object = declared_field (declared, field);
      json_array_add_object_element (fields, object != NULL ? object : field_object (field));
    }
  return fields;
}

/* The foreign keys that hold on the server, where they refer to tables. */
static JsonArray *
describe_foreign_keys (const HansaPublishTable *table)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < table->schema->foreign_keys->len; i++)
    {
      const HansaForeignKey *key = g_ptr_array_index (table->schema->foreign_keys, i);
      if (table->targets->pdata[i] == NULL)
        continue;
      JsonObject *object = json_object_new ();
      JsonObject *reference = json_object_new ();
      json_object_set_string_member (reference, "resource", table->targets->pdata[i]);
      json_object_set_array_member (reference, "fields", words_array (key->reference));
      json_object_set_array_member (object, "fields", words_array (key->fields));
      json_object_set_object_member (object, "reference", reference);
      json_array_add_object_element (array, object);
    }
  return array;
}

char *
hansa_publish_describe (HansaDataset *dataset, const HansaResource *resource,
                        const HansaPublishTable *table, JsonObject *manifest)
{
  static const char *const of_resource[]
      = { "title", "title_zh", "coverage", "coverage_zh", "sources", "licenses", NULL };
  static const char *const of_package[] = { "title",   "title_zh",  "description", "description_zh",
                                            "version", "synthetic", "parameters",  NULL };
  JsonObject *declared = find_resource (manifest, resource->name);
  g_autoptr (JsonObject) schema = base_schema (dataset, resource, table, declared);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *package = json_object_new ();

  JsonArray *fields = json_object_has_member (schema, "fields")
                          ? json_object_get_array_member (schema, "fields")
                          : NULL;
  json_object_set_array_member (schema, "fields", describe_fields (table, fields));
  json_object_set_array_member (schema, "foreignKeys", describe_foreign_keys (table));
  copy_members (schema, declared, of_resource);
  json_object_set_string_member (schema, "table", table->name);
  copy_members (package, manifest, of_package);
  json_object_set_object_member (schema, "package", package);
  json_node_set_object (node, schema);
  return json_to_string (node, FALSE);
}
