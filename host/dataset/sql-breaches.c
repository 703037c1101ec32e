/* SPDX-License-Identifier: MIT
 *
 * Rows that break a rule of a field, counted where they are.
 */
#include "dataset/sql-breaches.h"

#include "dataset/bulk.h"
#include "dataset/sql-private.h"

static void
rule_clear (gpointer data)
{
  g_free (((HansaSqlRule *)data)->condition);
}

/* Takes the condition. */
static void
add_rule (GArray *rules, const HansaSchemaField *field, const char *rule, char *condition)
{
  HansaSqlRule entry = { field, rule, condition, 0 };

  g_array_append_val (rules, entry);
}

static void
add_bound (GArray *rules, const HansaSchemaField *field, const char *rule, const char *cell,
           const char *operator, double bound)
{
  GString *condition = g_string_new (cell);

  g_string_append (condition, operator);
  hansa_sql_append_bound_value (condition, field, bound);
  add_rule (rules, field, rule, g_string_free (condition, FALSE));
}

static void
add_choices (GArray *rules, const HansaSchemaField *field, const char *cell)
{
  GString *condition = g_string_new (NULL);

  hansa_sql_append_choices (condition, field, cell, "NOT IN");
  add_rule (rules, field, "enum", g_string_free (condition, FALSE));
}

static void
add_pattern (GArray *rules, const HansaSchemaField *field, const char *cell)
{
  GString *condition = g_string_new (NULL);

  g_string_printf (condition, "NOT (%s ~ ", cell);
  hansa_sql_append_quoted (condition, g_regex_get_pattern (field->pattern), '\'');
  g_string_append_c (condition, ')');
  add_rule (rules, field, "pattern", g_string_free (condition, FALSE));
}

/* In Parquet NaN is how some writers say that there is no number. */
static char *
cell_sql (const HansaResource *resource, const HansaSchemaField *field)
{
  g_autofree char *name = hansa_sql_name (field->name);

  if (field->type == HANSA_REAL && hansa_sql_is_parquet (resource))
    return g_strdup_printf ("(CASE WHEN isnan(%s) THEN NULL ELSE %s END)", name, name);
  return g_steal_pointer (&name);
}

static void
add_rules (GArray *rules, const HansaResource *resource, const HansaSchemaField *field)
{
  g_autofree char *cell = cell_sql (resource, field);

  if (field->required)
    add_rule (rules, field, "required", g_strdup_printf ("%s IS NULL", cell));
  if (field->type == HANSA_REAL)
    add_rule (rules, field, "type",
              g_strdup_printf ("NOT (%s >= -" HANSA_SQL_LARGEST " AND %s <= " HANSA_SQL_LARGEST ")",
                               cell, cell));
  if (field->has_minimum)
    add_bound (rules, field, "minimum", cell, " < ", field->minimum);
  if (field->has_maximum)
    add_bound (rules, field, "maximum", cell, " > ", field->maximum);
  if (field->choices != NULL)
    add_choices (rules, field, cell);
  if (field->pattern != NULL && field->type == HANSA_TEXT)
    add_pattern (rules, field, cell);
}

/* Spread tables are counted where their rows are. */
static char *
breaches_by_shard (const HansaResource *resource, const char *counts, guint n)
{
  g_autoptr (GString) sums = g_string_new (NULL);
  g_autoptr (GString) keys = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    hansa_sql_append_item (sums, "sum(b%u)", i);
  for (char **column = resource->shard; *column != NULL; column++)
    {
      g_autofree char *name = hansa_sql_name (*column);
      hansa_sql_append_item (keys, "%s", name);
    }
  return g_strdup_printf ("SELECT %s FROM (SELECT %s FROM %s GROUP BY %s) AS p", sums->str, counts,
                          resource->path, keys->str);
}

/* One column a rule, one row. */
static char *
counts_sql (const HansaResource *resource, const char *relation, const GArray *rules)
{
  g_autoptr (GString) counts = g_string_new (NULL);

  for (guint i = 0; i < rules->len; i++)
    hansa_sql_append_item (counts, "count(*) FILTER (WHERE %s) AS b%u",
                           g_array_index (rules, HansaSqlRule, i).condition, i);
  return hansa_sql_is_spread (resource)
             ? breaches_by_shard (resource, counts->str, rules->len)
             : g_strdup_printf ("SELECT %s FROM %s", counts->str, relation);
}

static gboolean
count (HansaEngine *engine, const char *sql, GArray *rules, GError **error)
{
  g_autofree HansaColumn *columns = g_new0 (HansaColumn, rules->len);
  HansaInput input = { .name = "breaches", .columns = columns, .n_columns = rules->len };

  for (guint i = 0; i < rules->len; i++)
    columns[i] = (HansaColumn){ .name = g_array_index (rules, HansaSqlRule, i).field->name,
                                .type = HANSA_INTEGER,
                                .flags = HANSA_NULLABLE };
  g_autoptr (HansaSealedTable) counts = hansa_bulk_run (engine, sql, &input, error);
  if (counts == NULL)
    return FALSE;
  const HansaTable *table = hansa_sealed_table_view (counts);
  for (guint i = 0; i < rules->len && table->n_rows > 0; i++)
    if (hansa_is_present (table, i, 0))
      g_array_index (rules, HansaSqlRule, i).n_rows = hansa_integers (table, i)[0];
  return TRUE;
}

GArray *
hansa_sql_broken_rules (HansaEngine *engine, const HansaResource *resource, const char *relation,
                        GError **error)
{
  g_autoptr (GArray) rules = g_array_new (FALSE, FALSE, sizeof (HansaSqlRule));

  g_array_set_clear_func (rules, rule_clear);
  for (guint i = 0; i < resource->schema->fields->len; i++)
    add_rules (rules, resource, g_ptr_array_index (resource->schema->fields, i));
  if (rules->len == 0)
    return g_steal_pointer (&rules);
  g_autofree char *sql = counts_sql (resource, relation, rules);
  if (!count (engine, sql, rules, error))
    return NULL;
  for (guint i = rules->len; i-- > 0;)
    if (g_array_index (rules, HansaSqlRule, i).n_rows == 0)
      g_array_remove_index (rules, i);
  return g_steal_pointer (&rules);
}
