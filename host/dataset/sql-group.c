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
 * by keys, `again` adds up sums, `outer` gives what the input asks for. */
typedef struct
{
  GString *outer, *again, *middle, *inner, *keys, *order;
} Grouping;

/* 2^62 and its inverse, to the last digit. */
#define FRACTION "CAST(4611686018427387904 AS DOUBLE PRECISION)"
#define FRACTION_INVERSE "0.00000000000000000021684043449710088680149056017398834228515625"

/* A server adds up what hansa_sum does in the embedded engine: whole parts and
 * fractions, these as multiples of 2^-62, both as integers, in whatever order. */
static void
append_sum_parts (GString *sql, guint i, guint32 type)
{
  if (type == HANSA_INTEGER)
    hansa_sql_append_item (sql, "sum(v%u) AS s%u", i, i);
  else
    hansa_sql_append_item (sql,
                           "sum(CAST(floor(v%u) AS BIGINT)) AS s%u, "
                           "sum(CAST((v%u - floor(v%u)) * " FRACTION " AS BIGINT)) AS f%u",
                           i, i, i, i, i);
}

static void
append_sum (Grouping *grouping, guint i, guint32 type, gboolean server)
{
  if (server)
    {
      append_sum_parts (grouping->middle, i, type);
      hansa_sql_append_item (grouping->again, "sum(s%u) AS s%u", i, i);
      if (type != HANSA_INTEGER)
        hansa_sql_append_item (grouping->again, "sum(f%u) AS f%u", i, i);
    }
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
  hansa_sql_append_item (grouping->inner, "%s AS v%u", value, i);
  hansa_sql_append_item (grouping->outer, "%s", scaled);
  if (sum)
    {
      append_sum (grouping, i, type, server);
      return;
    }
  hansa_sql_append_item (grouping->middle, "%s", place);
  hansa_sql_append_item (grouping->again, "%s", place);
  hansa_sql_append_item (grouping->keys, "%s", place);
  hansa_sql_append_item (grouping->order, "%s%s", place,
                         server && type == HANSA_TEXT ? " COLLATE \"C\"" : "");
}

/* Each server behind another adds up the rows it has only where the grouping
 * holds the columns by which they are spread; what comes is added up again. */
static char *
grouped_by_shard (const Grouping *grouping, GStrv shard, const char *from, const char *group)
{
  g_autoptr (GString) keys = g_string_new (grouping->keys->str);
  g_autoptr (GString) inner = g_string_new (grouping->inner->str);

  for (guint i = 0; shard[i] != NULL; i++)
    {
      g_autofree char *name = hansa_sql_name (shard[i]);
      hansa_sql_append_item (inner, "%s AS k%u", name, i);
      hansa_sql_append_item (keys, "k%u", i);
    }
  return g_strdup_printf ("SELECT %s FROM (SELECT %s FROM (SELECT %s FROM (SELECT %s FROM %s) AS i "
                          "GROUP BY %s) AS p%s) "
                          "AS m%s%s",
                          grouping->outer->str, grouping->again->str, grouping->middle->str,
                          inner->str, from, keys->str, group,
                          grouping->order->len > 0 ? " ORDER BY " : "", grouping->order->str);
}

char *
hansa_sql_grouped (const HansaBinding *binding, const HansaInput *input, const char *from)
{
  Grouping grouping = { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL),
                        g_string_new (NULL), g_string_new (NULL), g_string_new (NULL) };
  GString **parts = &grouping.outer;

  for (guint i = 0; i < input->n_columns; i++)
    group_column (&grouping, binding, input, i);
  g_autofree char *group = grouping.keys->len > 0
                               ? g_strdup_printf (" GROUP BY %s", grouping.keys->str)
                               : g_strdup (" HAVING count(*) > 0");
  char *sql = hansa_sql_is_spread (binding->resource)
                  ? grouped_by_shard (&grouping, binding->resource->shard, from, group)
                  : g_strdup_printf (
                      "SELECT %s FROM (SELECT %s FROM (SELECT %s FROM %s) AS i%s) AS m%s%s",
                      grouping.outer->str, grouping.middle->str, grouping.inner->str, from, group,
                      grouping.order->len > 0 ? " ORDER BY " : "", grouping.order->str);
  for (guint i = 0; i < sizeof grouping / sizeof *parts; i++)
    g_string_free (parts[i], TRUE);
  return sql;
}
