/* SPDX-License-Identifier: MIT
 *
 * Fits an input to the resource that provides it. Reads no data.
 */
#include "base/error.h"
#include "base/nearest.h"
#include "base/units.h"
#include "dataset/mapping.h"
#include "dataset/schema.h"

#include <string.h>

const char *
hansa_mapped_expression (HansaDataset *dataset, const char *table, const HansaResource *resource,
                         const char *column)
{
  const HansaTableMap *map = g_hash_table_lookup (dataset->maps, table);
  const char *expression = NULL;

  if (map != NULL && map->columns != NULL)
    expression = g_hash_table_lookup (map->columns, column);
  if (expression == NULL && resource->columns != NULL)
    expression = g_hash_table_lookup (resource->columns, column);
  if (expression != NULL)
    return expression;
  return hansa_schema_find (resource->schema, column) >= 0 ? column : NULL;
}

static const char *
type_word (guint32 type)
{
  switch (type)
    {
    case HANSA_REAL:
      return _ ("number");
    case HANSA_INTEGER:
      return _ ("whole number");
    case HANSA_DATE:
      return _ ("date");
    default:
      return _ ("text");
    }
}

static gboolean
fit_type (const HansaInput *input, const HansaColumn *column, HansaSource *source, GError **error)
{
  if (source->type == column->type
      || (source->type == HANSA_INTEGER && column->type == HANSA_REAL
          && !(source->field != NULL && source->field->boolean)))
    return TRUE;
  if (source->kind == HANSA_FROM_CONSTANT && column->type == HANSA_DATE
      && source->type == HANSA_TEXT && hansa_parse_date (source->text, &source->constant.date))
    return TRUE;
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
               _ ("The table “%s” is asked for column “%s” as a %s, but what provides it is a %s. "
                  "Correct the type in the schema, or map another column."),
               input->name, column->name, type_word (column->type), type_word (source->type));
  return FALSE;
}

static gboolean
is_count (const HansaColumn *column)
{
  return column->type == HANSA_INTEGER
         && (column->unit == NULL || column->unit[0] == '\0' || g_str_equal (column->unit, "1"));
}

/* Numbers arrive in the unit asked for, or not at all. */
static gboolean
fit_unit (const HansaResource *resource, const HansaColumn *column, HansaSource *source,
          GError **error)
{
  const char *asked = column->unit != NULL ? column->unit : "";

  if (source->kind != HANSA_FROM_COLUMN || column->type == HANSA_TEXT || column->type == HANSA_DATE
      || asked[0] == '\0')
    return TRUE;
  const char *own = source->field->unit;
  if (own == NULL && is_count (column))
    return TRUE;
  if (own == NULL)
    {
      g_set_error (
          error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
          _ ("%s: column “%s” is asked for in %s, but its \"unit\" is not declared. Declare "
             "it in datapackage.json; \"1\" stands for a pure number."),
          resource->path, source->field->name, asked);
      return FALSE;
    }
  if (hansa_unit_factor (own, asked, &source->factor))
    return TRUE;
  const HansaUnit *from = hansa_unit_find (own), *to = hansa_unit_find (asked);
  gboolean money = from != NULL && to != NULL
                   && (g_str_equal (from->dimension, "USD") || g_str_equal (from->dimension, "CNY"))
                   && (g_str_equal (to->dimension, "USD") || g_str_equal (to->dimension, "CNY"));
  if (money)
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                 _ ("%s: column “%s” is in %s but asked for in %s. One currency is never converted "
                    "into another: give a column in %s."),
                 resource->path, source->field->name, own, asked, asked);
  else
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                 _ ("%s: column “%s” is in %s, which does not convert to %s."), resource->path,
                 source->field->name, own, asked);
  return FALSE;
}

static void
set_column_missing (HansaDataset *dataset, const HansaInput *input, const HansaResource *resource,
                    const char *column, GError **error)
{
  g_autofree const char **names = hansa_schema_names (resource->schema);
  const char *near = hansa_nearest (column, names);

  if (near != NULL)
    g_set_error (
        error, HANSA_HOST_ERROR, HANSA_EXIT_MISSING,
        _ ("The table “%s” of %s (%s) has no column “%s”. Is it the one named “%s”? Then map "
           "it in the study file."),
        input->name, dataset->name, resource->path, column, near);
  else
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_MISSING,
                 _ ("The table “%s” of %s (%s) has no column “%s”. Add it, or map it in the study "
                    "file."),
                 input->name, dataset->name, resource->path, column);
}

static gboolean
bind_column (HansaDataset *dataset, const HansaInput *input, const HansaResource *resource,
             const HansaColumn *column, HansaSource *source, GError **error)
{
  const char *expression = hansa_mapped_expression (dataset, input->name, resource, column->name);

  *source = (HansaSource){ .kind = HANSA_FROM_NOTHING, .type = column->type, .factor = 1.0 };
  if (expression == NULL)
    {
      if ((column->flags & HANSA_OPTIONAL) != 0)
        return TRUE;
      set_column_missing (dataset, input, resource, column->name, error);
      return FALSE;
    }
  return hansa_source_parse (resource, expression, source, error)
         && fit_type (input, column, source, error) && fit_unit (resource, column, source, error);
}

static void
set_table_missing (HansaDataset *dataset, const HansaInput *input, GError **error)
{
  g_autofree const char **names = g_new0 (const char *, dataset->resources->len + 1);

  for (guint i = 0; i < dataset->resources->len; i++)
    names[i] = ((const HansaResource *)g_ptr_array_index (dataset->resources, i))->table;
  const char *near = hansa_nearest (input->name, names);
  if (near != NULL)
    g_set_error (
        error, HANSA_HOST_ERROR, HANSA_EXIT_MISSING,
        _ ("The dataset %s has no table “%s”. Is it the one named “%s”? Then map it in the "
           "study file."),
        dataset->name, input->name, near);
  else
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_MISSING,
                 _ ("The dataset %s has no table “%s”."), dataset->name, input->name);
}

gboolean
hansa_bind (HansaDataset *dataset, const HansaInput *input, HansaBinding **binding, GError **error)
{
  const HansaResource *resource = hansa_dataset_resource (dataset, input->name);

  *binding = NULL;
  if (resource == NULL)
    {
      if ((input->flags & HANSA_OPTIONAL) != 0)
        return TRUE;
      set_table_missing (dataset, input, error);
      return FALSE;
    }
  g_autoptr (HansaBinding) bound = g_new0 (HansaBinding, 1);
  bound->resource = resource;
  bound->n_sources = input->n_columns;
  bound->sources = g_new0 (HansaSource, input->n_columns);
  for (guint i = 0; i < input->n_columns; i++)
    {
      if (!bind_column (dataset, input, resource, &input->columns[i], &bound->sources[i], error))
        return FALSE;
      bound->grouped |= (input->columns[i].flags & HANSA_SUM) != 0;
    }
  *binding = g_steal_pointer (&bound);
  return TRUE;
}
