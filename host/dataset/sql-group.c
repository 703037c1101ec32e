/* SPDX-License-Identifier: MIT
 *
 * Grouping and summing, exactly.
 */
#include "dataset/sql-private.h"

#include <string.h>

/* Rules of a key are checked on the groups, which are few: every key of the
 * file is one of them. */
static gboolean
is_checked_last (const HansaSource *source)
{
  return source->kind == HANSA_FROM_COLUMN && !source->field->boolean;
}

/* The pieces of a grouping: `inner` picks the columns v0, v1..., `middle` adds up
 * by keys, `outer` gives what the input asks for. Of a table that is spread over
 * servers, `there` and `columns` are the sums and the keys of a first grouping,
 * by columns as they are, and `middle` adds up what it gives. */
typedef struct
{
  GString *outer, *middle, *inner, *keys, *order, *there, *columns;
} Grouping;

/* 2^62 and its inverse, to the last digit. */
#define FRACTION "CAST(4611686018427387904 AS DOUBLE PRECISION)"
#define FRACTION_INVERSE "0.00000000000000000021684043449710088680149056017398834228515625"

/* A server adds up what hansa_sum does in the embedded engine: whole parts and
 * fractions, these as multiples of 2^-62, both as integers, in whatever order. */
static void
append_sum_parts (GString *sql, guint i, guint32 type, const char *value)
{
  if (type == HANSA_INTEGER)
    hansa_sql_append_item (sql, "sum(%s) AS s%u", value, i);
  else
    hansa_sql_append_item (sql,
                           "sum(CAST(floor(%s) AS BIGINT)) AS s%u, "
                           "sum(CAST((%s - floor(%s)) * " FRACTION " AS BIGINT)) AS f%u",
                           value, i, value, value, i);
}

/* Adds up what the first grouping gives. */
static void
append_sum_there (Grouping *grouping, guint i, guint32 type, const char *value)
{
  append_sum_parts (grouping->there, i, type, value);
  hansa_sql_append_item (grouping->inner, "s%u", i);
  hansa_sql_append_item (grouping->middle, "sum(s%u) AS s%u", i, i);
  if (type == HANSA_INTEGER)
    return;
  hansa_sql_append_item (grouping->inner, "f%u", i);
  hansa_sql_append_item (grouping->middle, "sum(f%u) AS f%u", i, i);
}

static void
append_sum (Grouping *grouping, guint i, guint32 type, const char *value,
            const HansaResource *resource)
{
  g_autofree char *place = g_strdup_printf ("v%u", i);

  if (hansa_sql_is_spread (resource))
    {
      append_sum_there (grouping, i, type, value);
      return;
    }
  hansa_sql_append_item (grouping->inner, "%s AS v%u", value, i);
  if (hansa_sql_on_server (resource))
    append_sum_parts (grouping->middle, i, type, place);
  else if (type == HANSA_INTEGER)
    hansa_sql_append_item (grouping->middle, "CAST(sum(v%u) AS BIGINT) AS v%u", i, i);
  else
    hansa_sql_append_item (grouping->middle, "hansa_sum(v%u) AS v%u", i, i);
}

/* The sum that a server's parts make, rounded once. */
static char *
sum_sql (guint i, guint32 type)
{
  if (type == HANSA_INTEGER)
    return g_strdup_printf ("CAST(s%u AS BIGINT)", i);
  return g_strdup_printf ("CAST(s%u + f%u * " FRACTION_INVERSE " AS DOUBLE PRECISION)", i, i);
}

/* A name once, however many keys come from it. */
static void
append_column (GString *list, const char *name)
{
  g_autofree char *quoted = hansa_sql_name (name);
  g_auto (GStrv) there = g_strsplit (list->str, ", ", -1);

  if (!g_strv_contains ((const char *const *)there, quoted))
    hansa_sql_append_item (list, "%s", quoted);
}

static void
group_column (Grouping *grouping, const HansaBinding *binding, const HansaInput *input, guint i)
{
  const HansaSource *source = &binding->sources[i];
  const HansaResource *resource = binding->resource;
  guint32 type = input->columns[i].type;
  gboolean server = hansa_sql_on_server (resource);
  gboolean sum = (input->columns[i].flags & HANSA_SUM) != 0;
  gboolean last = !sum && is_checked_last (source);
  gboolean constant = source->kind == HANSA_FROM_CONSTANT || source->kind == HANSA_FROM_NOTHING;
  g_autofree char *value = hansa_sql_source (resource, source, type, !last);
  g_autofree char *place = g_strdup_printf ("v%u", i);

  /* The same for every row: no part of the key, which is hashed for each. */
  if (!sum && constant)
    {
      g_autofree char *in_unit = hansa_sql_scaled (value, type, source->factor);
      hansa_sql_append_item (grouping->outer, "%s", in_unit);
      return;
    }
  g_autofree char *result = sum && server     ? sum_sql (i, type)
                            : last && !server ? hansa_sql_checked (source->field, place,
                                                                   hansa_sql_is_parquet (resource))
                                              : g_strdup (place);
  g_autofree char *scaled = hansa_sql_scaled (result, type, source->factor);
  hansa_sql_append_item (grouping->outer, "%s", scaled);
  if (sum)
    {
      append_sum (grouping, i, type, value, resource);
      return;
    }
  hansa_sql_append_item (grouping->inner, "%s AS v%u", value, i);
  append_column (grouping->columns, source->field->name);
  hansa_sql_append_item (grouping->middle, "%s", place);
  hansa_sql_append_item (grouping->keys, "%s", place);
  hansa_sql_append_item (grouping->order, "%s%s", place,
                         server && type == HANSA_TEXT ? " COLLATE \"C\"" : "");
}

/* A server behind another adds up its rows only where they are grouped by the
 * columns that spread them, and by columns as they are: postgres_fdw does not
 * send extract (). */
static char *
grouped_there (Grouping *grouping, GStrv shard, const char *from)
{
  for (char **name = shard; *name != NULL; name++)
    append_column (grouping->columns, *name);
  return g_strdup_printf ("(SELECT %s%s%s FROM %s GROUP BY %s) AS t", grouping->columns->str,
                          grouping->there->len > 0 ? ", " : "", grouping->there->str, from,
                          grouping->columns->str);
}

char *
hansa_sql_grouped (const HansaBinding *binding, const HansaInput *input, const char *from)
{
  Grouping grouping
      = { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL), g_string_new (NULL),
          g_string_new (NULL), g_string_new (NULL), g_string_new (NULL) };
  GString *const parts[] = { grouping.outer, grouping.middle, grouping.inner,  grouping.keys,
                             grouping.order, grouping.there,  grouping.columns };

  for (guint i = 0; i < input->n_columns; i++)
    group_column (&grouping, binding, input, i);
  g_autofree char *source = hansa_sql_is_spread (binding->resource)
                                ? grouped_there (&grouping, binding->resource->shard, from)
                                : g_strdup (from);
  g_autofree char *group = grouping.keys->len > 0
                               ? g_strdup_printf (" GROUP BY %s", grouping.keys->str)
                               : g_strdup (" HAVING count(*) > 0");
  char *sql
      = g_strdup_printf ("SELECT %s FROM (SELECT %s FROM (SELECT %s FROM %s) AS i%s) AS m%s%s",
                         grouping.outer->str, grouping.middle->str, grouping.inner->str, source,
                         group, grouping.order->len > 0 ? " ORDER BY " : "", grouping.order->str);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_string_free (parts[i], TRUE);
  return sql;
}
