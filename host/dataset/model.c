/* SPDX-License-Identifier: MIT */
#include "dataset/model.h"

#include "base/error.h"
#include "base/paths.h"
#include "base/units.h"
#include "dataset/schema.h"

/* TABLE.json of the vocabulary: that beside the package (a source tree), or
 * the installed one. */
char *
hansa_model_file (HansaDataset *dataset, const char *table)
{
  g_autofree char *name = g_strconcat (table, ".json", NULL);
  char *beside = g_build_filename (dataset->dir, "..", "model", name, NULL);

  if (g_file_test (beside, G_FILE_TEST_IS_REGULAR))
    return beside;
  g_free (beside);
  g_autofree char *model = hansa_path_dataset ("model");
  char *installed = g_build_filename (model, name, NULL);
  if (g_path_is_absolute (installed) && g_file_test (installed, G_FILE_TEST_IS_REGULAR))
    return installed;
  g_free (installed);
  return NULL;
}

HansaSchema *
hansa_model_schema (HansaDataset *dataset, const char *table)
{
  g_autofree char *file = hansa_model_file (dataset, table);
  g_autoptr (JsonNode) root = file != NULL ? hansa_json_load (file, NULL) : NULL;

  return root != NULL ? hansa_schema_parse (root, (HansaJsonPlace){ file, "" }, NULL) : NULL;
}

/* (transfer full) NULL when the vocabulary does not say. */
static char *
model_unit (HansaDataset *dataset, const char *table, const char *column)
{
  g_autoptr (HansaSchema) schema = hansa_model_schema (dataset, table);
  int field = schema != NULL ? hansa_schema_find (schema, column) : -1;

  if (field < 0)
    return NULL;
  return g_strdup (((HansaSchemaField *)g_ptr_array_index (schema->fields, (guint)field))->unit);
}

gboolean
hansa_model_factor (HansaDataset *dataset, const char *table, const char *column,
                    const HansaResource *resource, HansaSource *source, GError **error)
{
  const char *own = source->field != NULL ? source->field->unit : NULL;

  if (source->kind != HANSA_FROM_COLUMN || own == NULL)
    return TRUE;
  g_autofree char *unit = model_unit (dataset, table, column);
  if (unit == NULL || hansa_unit_factor (own, unit, &source->factor))
    return TRUE;
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
               _ ("%s: column “%s” is in %s, which does not convert to %s, the unit of %s.%s."),
               resource->path, source->field->name, own, unit, table, column);
  return FALSE;
}
