/* SPDX-License-Identifier: MIT */
#include "dataset/sql.h"

#include "dataset/model.h"
#include "dataset/schema.h"

#include <string.h>

static void
append_quoted (GString *sql, const char *text, char mark)
{
  g_string_append_c (sql, mark);
  for (; *text != '\0'; text++)
    {
      if (*text == mark)
        g_string_append_c (sql, mark);
      g_string_append_c (sql, *text);
    }
  g_string_append_c (sql, mark);
}

static void
append_number (GString *sql, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (sql, "CAST(%s AS DOUBLE)", g_ascii_dtostr (text, sizeof text, number));
}

static const char *
type_name (guint32 type)
{
  switch (type)
    {
    case HANSA_REAL:
      return "DOUBLE";
    case HANSA_INTEGER:
      return "BIGINT";
    case HANSA_DATE:
      return "DATE";
    default:
      return "VARCHAR";
    }
}

/* ---- the rules of a field ------------------------------------------------ */

/* One breach: WHEN it holds, the query ends, and the message carries column,
 * rule and value for the engine module to put in words. */
static void
append_breach (GString *sql, const HansaSchemaField *field, const char *rule, const char *condition,
               const char *cell)
{
  g_autofree char *mark = g_strdup_printf ("hansa-rule|%s|%s|", field->name, rule);

  g_string_append_printf (sql, " WHEN %s THEN error(", condition);
  append_quoted (sql, mark, '\'');
  g_string_append_printf (sql, " || coalesce(CAST(%s AS VARCHAR), '') || '|')", cell);
}

static void
append_bound_value (GString *sql, const HansaSchemaField *field, double bound)
{
  if (field->type == HANSA_DATE)
    g_string_append_printf (sql, "(DATE '1970-01-01' + %d)", (int)bound);
  else
    append_number (sql, bound);
}

static void
append_bound (GString *sql, const HansaSchemaField *field, const char *rule, const char *operator,
              double bound, const char *cell)
{
  g_autoptr (GString) condition = g_string_new (cell);

  g_string_append (condition, operator);
  append_bound_value (condition, field, bound);
  append_breach (sql, field, rule, condition->str, cell);
}

static void
append_choices (GString *sql, const HansaSchemaField *field, const char *cell, const char *operator)
{
  g_string_append_printf (sql, "CAST(%s AS VARCHAR) %s (", cell, operator);
  for (char **choice = field->choices; *choice != NULL; choice++)
    {
      if (choice != field->choices)
        g_string_append (sql, ", ");
      append_quoted (sql, *choice, '\'');
    }
  g_string_append_c (sql, ')');
}

/* Largest finite double. DuckDB sorts NaN above infinity, so one comparison
 * tells that a number is finite. */
#define LARGEST "1.7976931348623157e308::DOUBLE"

static void
append_and (GString *sql, const char *cell, const char *operator, const HansaSchemaField * field,
            double bound)
{
  g_string_append (sql, sql->len > 0 ? " AND " : "");
  g_string_append_printf (sql, "%s%s", cell, operator);
  append_bound_value (sql, field, bound);
}

/* What holds for a present cell within its bounds: most cells are told so by
 * one condition and never come to the rest. */
static char *
good_condition (const HansaSchemaField *field, const char *cell)
{
  GString *sql = g_string_new (NULL);

  if (field->has_minimum)
    append_and (sql, cell, " >= ", field, field->minimum);
  else if (field->type == HANSA_REAL)
    g_string_append_printf (sql, "%s >= -" LARGEST, cell);
  if (field->has_maximum)
    append_and (sql, cell, " <= ", field, field->maximum);
  else if (field->type == HANSA_REAL)
    g_string_append_printf (sql, " AND %s <= " LARGEST, cell);
  if (field->choices != NULL)
    {
      g_string_append (sql, sql->len > 0 ? " AND " : "");
      append_choices (sql, field, cell, "IN");
    }
  if (field->pattern != NULL)
    {
      g_string_append_printf (sql, "%sregexp_matches(%s, ", sql->len > 0 ? " AND " : "", cell);
      append_quoted (sql, g_regex_get_pattern (field->pattern), '\'');
      g_string_append_c (sql, ')');
    }
  if (sql->len == 0 && field->required)
    g_string_append_printf (sql, "%s IS NOT NULL", cell);
  return g_string_free (sql, FALSE);
}

static void
append_breaches (GString *sql, const HansaSchemaField *field, const char *cell)
{
  if (field->has_minimum)
    append_bound (sql, field, "minimum", " < ", field->minimum, cell);
  if (field->has_maximum)
    append_bound (sql, field, "maximum", " > ", field->maximum, cell);
  if (field->choices != NULL)
    {
      g_autoptr (GString) condition = g_string_new (NULL);
      append_choices (condition, field, cell, "NOT IN");
      append_breach (sql, field, "enum", condition->str, cell);
    }
  if (field->pattern != NULL)
    {
      g_autoptr (GString) condition = g_string_new (NULL);
      g_string_append_printf (condition, "NOT regexp_matches(%s, ", cell);
      append_quoted (condition, g_regex_get_pattern (field->pattern), '\'');
      g_string_append_c (condition, ')');
      append_breach (sql, field, "pattern", condition->str, cell);
    }
}

/* `cell` with the field's rules around it. `nan_is_missing`: in Parquet, where
 * some writers say so that there is no number; in CSV it is no number. */
static char *
checked (const HansaSchemaField *field, const char *cell, gboolean nan_is_missing)
{
  g_autofree char *good = good_condition (field, cell);
  g_autoptr (GString) sql = g_string_new (NULL);
  gboolean nan = field->type == HANSA_REAL && nan_is_missing;
  g_autofree char *missing
      = g_strdup_printf (nan ? "%s IS NULL OR isnan(%s)" : "%s IS NULL", cell, cell);
  g_autofree char *infinite = g_strdup_printf ("NOT isfinite(%s)", cell);

  if (good[0] == '\0')
    return g_strdup (cell);
  g_string_append_printf (sql, "CASE WHEN %s THEN %s", good, cell);
  if (field->required)
    append_breach (sql, field, "required", missing, cell);
  else
    g_string_append_printf (sql, " WHEN %s THEN NULL", missing);
  if (field->type == HANSA_REAL)
    append_breach (sql, field, "type", infinite, cell);
  append_breaches (sql, field, cell);
  g_string_append_printf (sql, " ELSE %s END", cell);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/* ---- columns ------------------------------------------------------------- */

static char *
column_name (const char *name)
{
  GString *sql = g_string_new (NULL);

  append_quoted (sql, name, '"');
  return g_string_free (sql, FALSE);
}

static gboolean
is_parquet (const HansaResource *resource)
{
  return g_str_equal (resource->format, "parquet");
}

/* A source's value in the file's own unit. */
static char *
source_sql (const HansaResource *resource, const HansaSource *source, guint32 type, gboolean check)
{
  if (source->kind == HANSA_FROM_NOTHING)
    return g_strdup_printf ("CAST(NULL AS %s)", type_name (type));
  if (source->kind == HANSA_FROM_CONSTANT)
    {
      g_autoptr (GString) sql = g_string_new ("CAST(");
      char number[G_ASCII_DTOSTR_BUF_SIZE];
      if (source->type == HANSA_TEXT)
        append_quoted (sql, source->text, '\'');
      else if (source->type == HANSA_INTEGER)
        g_string_append_printf (sql, "%" G_GINT64_FORMAT, source->constant.integer);
      else
        g_string_append (sql, g_ascii_dtostr (number, sizeof number, source->constant.real));
      g_string_append_printf (sql, " AS %s)", type_name (type));
      return g_string_free (g_steal_pointer (&sql), FALSE);
    }
  g_autofree char *name = column_name (source->field->name);
  g_autofree char *cell
      = check ? checked (source->field, name, is_parquet (resource)) : g_strdup (name);
  if (source->kind == HANSA_FROM_COLUMN && source->type == type && !source->field->boolean)
    return g_steal_pointer (&cell);
  if (source->kind == HANSA_FROM_COLUMN)
    return g_strdup_printf ("CAST(%s AS %s)", cell, type_name (type));
  return g_strdup_printf ("CAST(extract(%s FROM %s) AS BIGINT)",
                          source->kind == HANSA_FROM_YEAR ? "year" : "month", cell);
}

/* `value` in the unit asked for. */
static char *
scaled_sql (const char *value, guint32 type, double factor)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  if (factor == 1.0)
    return g_strdup (value);
  double divisor = hansa_scale_divisor (factor);
  g_string_append_printf (sql, type == HANSA_REAL ? "(%s) %s " : "CAST((%s) %s ", value,
                          divisor > 0.0 ? "/" : "*");
  append_number (sql, divisor > 0.0 ? divisor : factor);
  if (type != HANSA_REAL)
    g_string_append_printf (sql, " AS %s)", type_name (type));
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/* ---- an input ------------------------------------------------------------ */

/* Rules of a key are checked on the groups, which are few: every key of the
 * file is one of them. */
static gboolean
is_checked_last (const HansaSource *source)
{
  return source->kind == HANSA_FROM_COLUMN && !source->field->boolean;
}

static char *
grouped_sql (const HansaBinding *binding, const HansaInput *input, const char *relation)
{
  g_autoptr (GString) outer = g_string_new ("SELECT ");
  g_autoptr (GString) middle = g_string_new ("SELECT ");
  g_autoptr (GString) inner = g_string_new ("SELECT ");
  g_autoptr (GString) keys = g_string_new (NULL);
  g_autoptr (GString) order = g_string_new (NULL);
  gboolean first = TRUE;

  for (guint i = 0; i < input->n_columns; i++)
    {
      const HansaSource *source = &binding->sources[i];
      guint32 type = input->columns[i].type;
      const char *comma = i > 0 ? ", " : "";
      gboolean sum = (input->columns[i].flags & HANSA_SUM) != 0;
      gboolean last = !sum && is_checked_last (source);

      /* The same for every row: no part of the key, which is hashed for each. */
      if (!sum && (source->kind == HANSA_FROM_CONSTANT || source->kind == HANSA_FROM_NOTHING))
        {
          g_autofree char *constant = source_sql (binding->resource, source, type, FALSE);
          g_autofree char *in_unit = scaled_sql (constant, type, source->factor);
          g_string_append_printf (outer, "%s%s", comma, in_unit);
          continue;
        }
      g_autofree char *value = source_sql (binding->resource, source, type, !last);
      g_autofree char *place = g_strdup_printf ("v%u", i);
      g_autofree char *result = last
                                    ? checked (source->field, place, is_parquet (binding->resource))
                                    : g_strdup (place);
      g_autofree char *scaled = scaled_sql (result, type, source->factor);

      g_string_append_printf (inner, "%s%s AS v%u", first ? "" : ", ", value, i);
      g_string_append_printf (outer, "%s%s", comma, scaled);
      g_string_append (middle, first ? "" : ", ");
      first = FALSE;
      if (sum)
        g_string_append_printf (middle,
                                type == HANSA_INTEGER ? "CAST(sum(v%u) AS BIGINT) AS v%u"
                                                      : "hansa_sum(v%u) AS v%u",
                                i, i);
      else
        {
          g_string_append (middle, place);
          g_string_append_printf (keys, "%s%s", keys->len > 0 ? ", " : " GROUP BY ", place);
          g_string_append_printf (order, "%s%s", order->len > 0 ? ", " : " ORDER BY ", place);
        }
    }
  return g_strdup_printf ("%s FROM (%s FROM (%s FROM %s) AS i%s%s) AS m%s", outer->str, middle->str,
                          inner->str, relation, keys->str,
                          keys->len == 0 ? " HAVING count(*) > 0" : "", order->str);
}

char *
hansa_sql_input (const HansaBinding *binding, const HansaInput *input, const char *relation)
{
  g_autofree char *from = column_name (relation);

  if (binding->grouped)
    return grouped_sql (binding, input, from);
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  for (guint i = 0; i < input->n_columns; i++)
    {
      guint32 type = input->columns[i].type;
      g_autofree char *value = source_sql (binding->resource, &binding->sources[i], type, TRUE);
      g_autofree char *scaled = scaled_sql (value, type, binding->sources[i].factor);
      g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", scaled);
    }
  g_string_append_printf (sql, " FROM %s", from);
  return g_string_free (g_steal_pointer (&sql), FALSE);
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
  g_autofree char *from = column_name (relation);
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
      g_autofree char *value = source_sql (resource, &source, source.type, raw);
      g_autofree char *scaled = scaled_sql (value, source.type, source.factor);
      g_autofree char *alias = column_name (*name);
      g_string_append_printf (sql, "%s%s AS %s", name != names ? ", " : "", scaled, alias);
      hansa_source_clear (&source);
    }
  g_string_append_printf (sql, " FROM %s", from);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}
