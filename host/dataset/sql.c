/* SPDX-License-Identifier: MIT */
#include "dataset/sql.h"

#include "dataset/model.h"
#include "dataset/schema.h"
#include "dataset/sql-private.h"

static const char *
type_name (guint32 type)
{
  switch (type)
    {
    case HANSA_REAL:
      return "DOUBLE PRECISION";
    case HANSA_INTEGER:
      return "BIGINT";
    case HANSA_DATE:
      return "DATE";
    default:
      return "VARCHAR";
    }
}

/* ---- columns ------------------------------------------------------------- */

gboolean
hansa_sql_is_parquet (const HansaResource *resource)
{
  return g_str_equal (resource->format, "parquet");
}

gboolean
hansa_sql_on_server (const HansaResource *resource)
{
  return g_str_equal (resource->format, "table");
}

gboolean
hansa_sql_is_spread (const HansaResource *resource)
{
  return resource->shard != NULL && resource->shard[0] != NULL;
}

/* What a SELECT reads the resource from. */
static char *
relation_sql (const HansaResource *resource, const char *relation)
{
  return hansa_sql_on_server (resource) ? g_strdup (resource->path) : hansa_sql_name (relation);
}

char *
hansa_sql_source (const HansaResource *resource, const HansaSource *source, guint32 type,
                  gboolean check)
{
  if (source->kind == HANSA_FROM_NOTHING)
    return g_strdup_printf ("CAST(NULL AS %s)", type_name (type));
  if (source->kind == HANSA_FROM_CONSTANT)
    {
      g_autoptr (GString) sql = g_string_new ("CAST(");
      char number[G_ASCII_DTOSTR_BUF_SIZE];
      if (source->type == HANSA_TEXT)
        hansa_sql_append_quoted (sql, source->text, '\'');
      else if (source->type == HANSA_INTEGER)
        g_string_append_printf (sql, "%" G_GINT64_FORMAT, source->constant.integer);
      else
        g_string_append (sql, g_ascii_dtostr (number, sizeof number, source->constant.real));
      g_string_append_printf (sql, " AS %s)", type_name (type));
      return g_string_free (g_steal_pointer (&sql), FALSE);
    }
  g_autofree char *name = hansa_sql_name (source->field->name);
  g_autofree char *cell
      = check && !hansa_sql_on_server (resource)
            ? hansa_sql_checked (source->field, name, hansa_sql_is_parquet (resource))
            : g_strdup (name);
  /* On a server a number may be a numeric, which is none of the host. */
  gboolean same = source->type == type && !(hansa_sql_on_server (resource) && type == HANSA_REAL);
  if (source->kind == HANSA_FROM_COLUMN && source->field->boolean)
    return g_strdup_printf ("CAST(CAST(%s AS INTEGER) AS %s)", cell, type_name (type));
  if (source->kind == HANSA_FROM_COLUMN && same)
    return g_steal_pointer (&cell);
  if (source->kind == HANSA_FROM_COLUMN)
    return g_strdup_printf ("CAST(%s AS %s)", cell, type_name (type));
  return g_strdup_printf ("CAST(extract(%s FROM %s) AS BIGINT)",
                          source->kind == HANSA_FROM_YEAR ? "year" : "month", cell);
}

char *
hansa_sql_scaled (const char *value, guint32 type, double factor)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  if (factor == 1.0)
    return g_strdup (value);
  double divisor = hansa_scale_divisor (factor);
  g_string_append_printf (sql, type == HANSA_REAL ? "(%s) %s " : "CAST((%s) %s ", value,
                          divisor > 0.0 ? "/" : "*");
  hansa_sql_append_number (sql, divisor > 0.0 ? divisor : factor);
  if (type != HANSA_REAL)
    g_string_append_printf (sql, " AS %s)", type_name (type));
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/* ---- an input ------------------------------------------------------------ */

char *
hansa_sql_ordered (const HansaInput *input, const char *select, gboolean collated)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) order = g_string_new (NULL);

  for (guint i = 0; i < input->n_columns; i++)
    {
      gboolean text = input->columns[i].type == HANSA_TEXT;
      hansa_sql_append_item (names, "c%u", i);
      hansa_sql_append_item (order, "c%u%s", i, collated && text ? " COLLATE \"C\"" : "");
    }
  return g_strdup_printf ("SELECT * FROM (%s\n) AS q(%s) ORDER BY %s", select, names->str,
                          order->str);
}

char *
hansa_sql_input (const HansaBinding *binding, const HansaInput *input, const char *relation)
{
  g_autofree char *from = relation_sql (binding->resource, relation);

  if (binding->grouped)
    return hansa_sql_grouped (binding, input, from);
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  for (guint i = 0; i < input->n_columns; i++)
    {
      guint32 type = input->columns[i].type;
      g_autofree char *value
          = hansa_sql_source (binding->resource, &binding->sources[i], type, TRUE);
      g_autofree char *scaled = hansa_sql_scaled (value, type, binding->sources[i].factor);
      g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", scaled);
    }
  g_string_append_printf (sql, " FROM %s", from);
  return hansa_sql_on_server (binding->resource) ? hansa_sql_ordered (input, sql->str, TRUE)
                                                 : g_string_free (g_steal_pointer (&sql), FALSE);
}

/* ---- a view -------------------------------------------------------------- */

/* Names of the model's columns that the resource has, each once. */
static GStrv
model_columns (HansaDataset *dataset, const char *table, const HansaResource *resource)
{
  const HansaTableMap *map = g_hash_table_lookup (dataset->maps, table);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  GHashTable *maps[] = { resource->columns, map != NULL ? map->columns : NULL };
  GHashTableIter iter;
  gpointer name;

  for (guint i = 0; i < resource->schema->fields->len; i++)
    {
      const HansaSchemaField *field = g_ptr_array_index (resource->schema->fields, i);
      if (g_hash_table_add (seen, field->name))
        g_strv_builder_add (names, field->name);
    }
  for (guint i = 0; i < G_N_ELEMENTS (maps); i++)
    if (maps[i] != NULL)
      {
        g_hash_table_iter_init (&iter, maps[i]);
        while (g_hash_table_iter_next (&iter, &name, NULL))
          if (g_hash_table_add (seen, name))
            g_strv_builder_add (names, name);
      }
  return g_strv_builder_end (names);
}

char *
hansa_sql_view (HansaDataset *dataset, const char *table, const HansaResource *resource,
                const char *relation, gboolean raw, GError **error)
{
  g_auto (GStrv) names = model_columns (dataset, table, resource);
  g_autofree char *from = relation_sql (resource, relation);
  g_autoptr (GString) sql = g_string_new ("SELECT ");

  for (char **name = names; *name != NULL; name++)
    {
      HansaSource source;
      const char *expression = hansa_mapped_expression (dataset, table, resource, *name);
      if (!hansa_source_parse (resource, expression, &source, error)
          || !hansa_model_factor (dataset, table, *name, resource, &source, error))
        {
          hansa_source_clear (&source);
          return NULL;
        }
      g_autofree char *value = hansa_sql_source (resource, &source, source.type, raw);
      g_autofree char *scaled = hansa_sql_scaled (value, source.type, source.factor);
      g_autofree char *alias = hansa_sql_name (*name);
      /* Texts compare by their bytes, as in the embedded engine. Where they are on
       * another server, saying so would keep it from answering. */
      gboolean collate
          = hansa_sql_on_server (resource) && resource->shard == NULL && source.type == HANSA_TEXT;
      g_string_append_printf (sql, "%s%s%s AS %s", name != names ? ", " : "", scaled,
                              collate ? " COLLATE \"C\"" : "", alias);
      hansa_source_clear (&source);
    }
  g_string_append_printf (sql, " FROM %s", from);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}
