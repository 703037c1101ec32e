/* SPDX-License-Identifier: MIT
 *
 * From a package to what is to stand on the server, in the model's names and units.
 */
#include "publish/plan.h"

#include "base/error.h"
#include "dataset/model.h"
#include "dataset/package.h"
#include "dataset/schema.h"
#include "publish/publish.h"

#include <string.h>

/* PostgreSQL cuts longer names off. */
#define LONGEST_NAME 63

static void
table_free (HansaPublishTable *table)
{
  if (table == NULL)
    return;
  g_free (table->hash);
  g_free (table->json);
  g_clear_pointer (&table->fields, g_ptr_array_unref);
  g_clear_pointer (&table->targets, g_ptr_array_unref);
  g_clear_pointer (&table->model, hansa_schema_free);
  g_free (table);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaPublishTable, table_free)

void
hansa_publish_plan_free (HansaPublishPlan *plan)
{
  if (plan == NULL)
    return;
  g_free (plan->version);
  g_free (plan->sources);
  g_clear_pointer (&plan->tables, g_ptr_array_unref);
  g_free (plan);
}

/* ---- what a server cannot hold ------------------------------------------- */

static gboolean
check_name (const HansaResource *resource, const char *name, GError **error)
{
  if (strlen (name) <= LONGEST_NAME)
    return TRUE;
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
               _ ("%s: “%s” is too long for a name on a server, which has room for %d bytes."),
               resource->path, name, LONGEST_NAME);
  return FALSE;
}

static gboolean
check_names (const HansaResource *resource, const HansaSchema *schema, GError **error)
{
  static const char *const taken_tables[] = { "resource", "publication", "history", NULL };
  static const char *const taken_columns[]
      = { "office", "hansa_package", "hansa_publication", "hansa_file", "hansa_line", NULL };

  if (!check_name (resource, resource->table, error))
    return FALSE;
  if (g_strv_contains (taken_tables, resource->table))
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                   _ ("The information base has a table “%s” of its own. Give the resource another "
                      "“table” in datapackage.json."),
                   resource->table);
      return FALSE;
    }
  for (guint i = 0; i < schema->fields->len; i++)
    {
      const HansaSchemaField *field = g_ptr_array_index (schema->fields, i);
      if (!check_name (resource, field->name, error))
        return FALSE;
      if (!g_strv_contains (taken_columns, field->name))
        continue;
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                   _ ("%s: the information base has a column “%s” of its own in every table. Give "
                      "this one another name."),
                   resource->path, field->name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_key (const HansaSchema *schema, GStrv fields)
{
  if (g_strv_equal ((const char *const *)fields, (const char *const *)schema->primary_key))
    return TRUE;
  int only = g_strv_length (fields) == 1 ? hansa_schema_find (schema, fields[0]) : -1;
  return only >= 0
         && ((const HansaSchemaField *)g_ptr_array_index (schema->fields, (guint)only))->unique;
}

/* The resource that a key refers to: the model's keys name tables, a package's own
 * name resources. NULL where the package lacks it. */
static const HansaResource *
key_target (HansaDataset *dataset, const HansaResource *resource, const HansaPublishTable *table,
            const HansaForeignKey *key)
{
  if (key->resource[0] == '\0')
    return resource;
  return table->schema == resource->schema ? hansa_dataset_find (dataset, key->resource)
                                           : hansa_dataset_resource (dataset, key->resource);
}

static const char *
field_name (const HansaPublishTable *table, guint i)
{
  return ((const HansaSchemaField *)g_ptr_array_index (table->fields, i))->name;
}

/* The first of `names` that the table has not; NULL: it has all. */
static const char *
first_absent (const HansaPublishTable *table, GStrv names)
{
  for (char **name = names; *name != NULL; name++)
    {
      gboolean found = FALSE;
      for (guint i = 0; i < table->fields->len && !found; i++)
        found = g_str_equal (field_name (table, i), *name);
      if (!found)
        return *name;
    }
  return NULL;
}

static gboolean
check_primary_key (const HansaResource *resource, const HansaPublishTable *table, GError **error)
{
  const char *absent = first_absent (table, table->primary_key);

  if (table->primary_key[0] == NULL)
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                 _ ("%s has no primary key, so that its rows could not be told apart on the "
                    "server. Name one in the schema of resource “%s” (primaryKey)."),
                 resource->path, resource->name);
  else if (absent != NULL)
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                 _ ("%s lacks “%s”, which belongs to the primary key of the table %s. Say in "
                    "“columns” of resource “%s” where it comes from."),
                 resource->path, absent, table->name, resource->name);
  return table->primary_key[0] != NULL && absent == NULL;
}

static gboolean
check_keys (HansaDataset *dataset, const HansaResource *resource, HansaPublishTable *table,
            GError **error)
{
  if (!check_primary_key (resource, table, error))
    return FALSE;
  for (guint i = 0; i < table->schema->foreign_keys->len; i++)
    {
      const HansaForeignKey *key = g_ptr_array_index (table->schema->foreign_keys, i);
      const HansaResource *target = first_absent (table, key->fields) == NULL
                                        ? key_target (dataset, resource, table, key)
                                        : NULL;
      g_ptr_array_add (table->targets, target != NULL ? target->table : NULL);
      if (target == NULL || target->columns != NULL || is_key (target->schema, key->reference))
        continue;
      g_autofree char *names = g_strjoinv (", ", key->reference);
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                   _ ("%s refers to %s of %s, which is neither the primary key there nor unique. "
                      "Say which it is in the schema of “%s”."),
                   resource->path, names, target->path, target->name);
      return FALSE;
    }
  return TRUE;
}

/* ---- reading ------------------------------------------------------------- */

/* A number goes out in the model's unit where that is another. `columns` must live as
 * long as the input. */
static HansaInput
input_of (const HansaPublishTable *table, HansaColumn *columns)
{
  for (guint i = 0; i < table->fields->len; i++)
    {
      const HansaSchemaField *field = g_ptr_array_index (table->fields, i);
      columns[i] = (HansaColumn){ .name = field->name,
                                  .type = field->type,
                                  .flags = field->required ? 0 : HANSA_NULLABLE };
      if (field->type == HANSA_REAL)
        columns[i].unit = field->unit != NULL ? field->unit : "";
    }
  return (HansaInput){ .name = table->name, .columns = columns, .n_columns = table->fields->len };
}

typedef struct
{
  HansaPublishTable *table;
  HansaTableFunc func;
  gpointer data;
} Counted;

static gboolean
count_batch (HansaSealedTable *rows, gpointer data, GError **error)
{
  const Counted *counted = data;

  counted->table->n_rows += hansa_sealed_table_view (rows)->n_rows;
  return counted->func (rows, counted->data, error);
}

gboolean
hansa_publish_each_batch (HansaPublishTable *table, HansaTableFunc func, gpointer data,
                          GError **error)
{
  g_autofree HansaColumn *columns = g_new0 (HansaColumn, table->fields->len);
  HansaInput input = input_of (table, columns);
  Counted counted = { table, func, data };

  table->n_rows = 0;
  return hansa_dataset_each_batch (table->dataset, &input, count_batch, &counted, error);
}

static gboolean
can_read (HansaPublishTable *table, GError **error)
{
  g_autofree HansaColumn *columns = g_new0 (HansaColumn, table->fields->len);
  HansaInput input = input_of (table, columns);

  return hansa_dataset_can_answer (table->dataset, &input, error);
}

/* The model's field where the package says the same in another unit, or maps its
 * own columns to the model's; else the package's. */
static void
choose_fields (HansaDataset *dataset, const HansaResource *resource, HansaPublishTable *table)
{
  const HansaSchema *own = resource->schema, *model = table->model;

  table->schema = resource->columns != NULL && model != NULL ? model : own;
  for (guint i = 0; i < table->schema->fields->len; i++)
    {
      HansaSchemaField *field = g_ptr_array_index (table->schema->fields, i);
      int other = model != NULL ? hansa_schema_find (model, field->name) : -1;
      HansaSource source = { 0 };
      const char *expression
          = hansa_mapped_expression (dataset, table->name, resource, field->name);
      if (table->schema == model
          && (expression == NULL || !hansa_source_parse (resource, expression, &source, NULL)))
        continue;
      hansa_source_clear (&source);
      if (table->schema == own && other >= 0)
        {
          HansaSchemaField *known = g_ptr_array_index (model->fields, (guint)other);
          if (known->type == field->type && g_strcmp0 (known->unit, field->unit) != 0
              && known->unit != NULL && field->unit != NULL)
            field = known;
        }
      g_ptr_array_add (table->fields, field);
    }
  table->primary_key = table->schema->primary_key;
}

static HansaPublishTable *
plan_table (HansaDataset *dataset, const HansaResource *resource, JsonObject *manifest,
            GError **error)
{
  g_autoptr (HansaPublishTable) table = g_new0 (HansaPublishTable, 1);

  table->dataset = dataset;
  table->name = resource->table;
  table->path = resource->path;
  table->title = resource->title;
  table->fields = g_ptr_array_new ();
  table->targets = g_ptr_array_new ();
  table->model = hansa_model_schema (dataset, resource->table);
  choose_fields (dataset, resource, table);
  if (!check_names (resource, table->schema, error)
      || !check_keys (dataset, resource, table, error))
    return NULL;
  table->hash = can_read (table, error) ? hansa_dataset_file_hash (dataset, resource, error) : NULL;
  if (table->hash == NULL)
    return NULL;
  table->json = hansa_publish_describe (dataset, resource, table, manifest);
  return g_steal_pointer (&table);
}

static char *
text_of (JsonObject *manifest, const char *member)
{
  JsonNode *node = json_object_get_member (manifest, member);
  char *text = node != NULL ? hansa_json_scalar (node) : NULL;
  return text != NULL ? text : g_strdup ("");
}

HansaPublishPlan *
hansa_publish_plan_new (HansaDataset *dataset, GError **error)
{
  g_autoptr (HansaPublishPlan) plan = g_new0 (HansaPublishPlan, 1);
  g_autoptr (JsonNode) root = hansa_json_load (dataset->file, error);

  if (root == NULL)
    return NULL;
  JsonObject *manifest = json_node_get_object (root);
  plan->package = hansa_dataset_name (dataset);
  plan->version = text_of (manifest, "version");
  plan->sources = json_object_has_member (manifest, "sources")
                      ? json_to_string (json_object_get_member (manifest, "sources"), FALSE)
                      : g_strdup ("[]");
  plan->synthetic = hansa_dataset_is_synthetic (dataset);
  plan->tables = g_ptr_array_new_with_free_func ((GDestroyNotify)table_free);
  for (guint i = 0; i < dataset->resources->len; i++)
    {
      HansaPublishTable *table
          = plan_table (dataset, g_ptr_array_index (dataset->resources, i), manifest, error);
      if (table == NULL)
        return NULL;
      g_ptr_array_add (plan->tables, table);
    }
  return g_steal_pointer (&plan);
}
