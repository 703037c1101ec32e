/* SPDX-License-Identifier: MIT
 *
 * What only the server can see wrong with a package's rows, each named by file,
 * line, column and rule.
 */
#include "publish/server-private.h"

#include "base/error.h"
#include "base/language.h"

#include <string.h>

#define SHOWN 20

/* `message`, `value` (transfer full) */
static void
add_problem (HansaPublisher *publisher, const char *table, const char *path, const char *line,
             const char *column, char *value, const char *rule, char *message)
{
  HansaProblem *problem = g_new0 (HansaProblem, 1);

  problem->resource = g_strdup (table);
  problem->path = g_strdup (path);
  problem->line = (guint32)g_ascii_strtoull (line, NULL, 10);
  problem->column = g_strdup (column);
  problem->value = value;
  problem->rule = g_strdup (rule);
  problem->message = message;
  g_ptr_array_add (publisher->outcome->problems, problem);
}

/* Rows whose key belongs to another office or package, and that say something else. */
gboolean
hansa_server_find_foreign_rows (HansaPublisher *publisher, guint index, GError **error)
{
  const HansaPublishTable *table = publisher->plan->tables->pdata[index];
  g_autoptr (GString) ours = g_string_new (NULL), theirs = g_string_new (NULL);
  g_autofree char *staged = hansa_server_staged (index);
  g_autofree char *name = hansa_server_name (table->name);
  g_autofree char *package = hansa_server_text (publisher->plan->package);
  g_autofree char *same_key = hansa_server_same_key (table->primary_key);
  g_autofree char *key = hansa_server_names (table->primary_key, "n.");
  g_autofree char *columns = g_strjoinv (", ", table->primary_key);

  for (guint i = 0; i < table->fields->len; i++)
    {
      const char *field = ((const HansaSchemaField *)table->fields->pdata[i])->name;
      g_string_append (ours, i > 0 ? ", n." : "n.");
      hansa_postgres_quote_name (ours, field);
      g_string_append (theirs, i > 0 ? ", t." : "t.");
      hansa_postgres_quote_name (theirs, field);
    }
  g_autoptr (PGresult) rows = hansa_server_query (
      publisher, error,
      "SELECT n.hansa_line, concat_ws(', ', %s), t.office, coalesce(t.hansa_package, '')"
      " FROM %s AS n JOIN %s.%s AS t ON %s"
      " WHERE (t.office = current_user AND t.hansa_package = %s) IS NOT TRUE"
      " AND (%s) IS DISTINCT FROM (%s) ORDER BY 1 LIMIT %d",
      key, staged, publisher->schema, name, same_key, package, ours->str, theirs->str, SHOWN);
  for (int i = 0; rows != NULL && i < PQntuples (rows); i++)
    {
      const char *value = PQgetvalue (rows, i, 1);
      add_problem (
          publisher, table->name, table->path, PQgetvalue (rows, i, 0), columns, g_strdup (value),
          "owner",
          g_strdup_printf (_ ("the row belongs to the office “%s” (package “%s”), and says "
                              "something else there. Take it out of this package, make it "
                              "equal, or have that office change it."),
                           PQgetvalue (rows, i, 2), PQgetvalue (rows, i, 3)));
    }
  return rows != NULL;
}

/* ---- the server's own rules ------------------------------------------------ */

static const char *
rule_word (const char *constraint)
{
  const char *last = strrchr (constraint, '_');
  static const char *const words[] = { "enum", "minimum", "maximum", "pattern", NULL };

  return last != NULL && g_strv_contains (words, last + 1) ? last + 1 : "check";
}

static gboolean
find_broken_checks (HansaPublisher *publisher, guint index, GError **error)
{
  const HansaPublishTable *table = publisher->plan->tables->pdata[index];
  g_autofree char *staged = hansa_server_staged (index);
  g_autofree char *name = hansa_server_name (table->name);
  g_autofree char *whole = g_strdup_printf ("%s.%s", publisher->schema, name);
  g_autofree char *text = hansa_server_text (whole);
  g_autoptr (PGresult) rules = hansa_server_query (
      publisher, error,
      "SELECT k.conname, pg_get_expr(k.conbin, k.conrelid), quote_ident(a.attname), a.attname"
      " FROM pg_constraint k LEFT JOIN pg_attribute a"
      " ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]"
      " WHERE k.contype = 'c' AND k.conrelid = %1$s::regclass UNION ALL"
      " SELECT 'required', quote_ident(attname) || ' IS NOT NULL', quote_ident(attname), attname"
      " FROM pg_attribute WHERE attrelid = %1$s::regclass AND attnum > 0 AND attnotnull"
      " AND NOT attisdropped AND attname <> 'office'",
      text);

  for (int i = 0; rules != NULL && i < PQntuples (rules); i++)
    {
      const char *constraint = PQgetvalue (rules, i, 0), *expression = PQgetvalue (rules, i, 1);
      gboolean required = g_str_equal (constraint, "required");
      g_autoptr (PGresult) rows = hansa_server_query (
          publisher, error, "SELECT hansa_line, %s FROM %s WHERE NOT (%s) ORDER BY 1 LIMIT %d",
          PQgetvalue (rules, i, 2), staged, expression, SHOWN);
      if (rows == NULL)
        return FALSE;
      for (int k = 0; k < PQntuples (rows); k++)
        add_problem (publisher, table->name, table->path, PQgetvalue (rows, k, 0),
                     PQgetvalue (rules, i, 3), g_strdup (PQgetvalue (rows, k, 1)),
                     required ? constraint : rule_word (constraint),
                     g_strdup_printf (_ ("the server's table holds rows to %s, which this one "
                                         "breaks."),
                                      expression));
    }
  return rules != NULL;
}

static gboolean
find_taken (HansaPublisher *publisher, guint index, GError **error)
{
  const HansaPublishTable *table = publisher->plan->tables->pdata[index];
  g_autofree char *staged = hansa_server_staged (index);
  g_autofree char *name = hansa_server_name (table->name);
  g_autofree char *same_key = hansa_server_same_key (table->primary_key);

  for (guint i = 0; i < table->fields->len; i++)
    {
      const HansaSchemaField *field = g_ptr_array_index (table->fields, i);
      g_autofree char *column = hansa_server_name (field->name);
      if (!field->unique)
        continue;
      g_autoptr (PGresult) rows = hansa_server_query (
          publisher, error,
          "SELECT n.hansa_line, n.%1$s, t.office FROM %2$s AS n JOIN %3$s.%4$s AS t"
          " ON n.%1$s = t.%1$s WHERE NOT (%5$s) ORDER BY 1 LIMIT %6$d",
          column, staged, publisher->schema, name, same_key, SHOWN);
      if (rows == NULL)
        return FALSE;
      for (int k = 0; k < PQntuples (rows); k++)
        add_problem (publisher, table->name, table->path, PQgetvalue (rows, k, 0), field->name,
                     g_strdup (PQgetvalue (rows, k, 1)), "unique",
                     g_strdup_printf (_ ("another row of the office “%s” has this value on the "
                                         "server already, and it may stand only once."),
                                      PQgetvalue (rows, k, 2)));
    }
  return TRUE;
}

gboolean
hansa_server_find_broken_rules (HansaPublisher *publisher, guint index, GError **error)
{
  return find_broken_checks (publisher, index, error) && find_taken (publisher, index, error);
}

/* ---- references ------------------------------------------------------------ */

static gboolean
find_dangling_of (HansaPublisher *publisher, const PGresult *keys, int i, GError **error)
{
  const char *child = PQgetvalue (keys, i, 0), *parent = PQgetvalue (keys, i, 1);
  g_autofree char *child_name = hansa_server_name (child);
  g_autofree char *parent_name = hansa_server_name (parent);
  g_autofree char *package = hansa_server_text (publisher->plan->package);
  g_autoptr (PGresult) rows = hansa_server_query (
      publisher, error,
      "SELECT c.hansa_file, c.hansa_line, c.office, concat_ws(', ', %1$s),"
      " c.office = current_user AND c.hansa_package = %2$s FROM %3$s.%4$s AS c"
      " WHERE num_nulls(%1$s) = 0"
      " AND NOT EXISTS (SELECT FROM %3$s.%5$s AS p WHERE (%6$s) = (%1$s)) ORDER BY 1, 2 LIMIT %7$d",
      PQgetvalue (keys, i, 2), package, publisher->schema, child_name, parent_name,
      PQgetvalue (keys, i, 3), SHOWN);

  for (int k = 0; rows != NULL && k < PQntuples (rows); k++)
    {
      const char *value = PQgetvalue (rows, k, 3), *office = PQgetvalue (rows, k, 2);
      gboolean own = PQgetvalue (rows, k, 4)[0] == 't';
      char *message
          = own ? g_strdup_printf (_ ("“%s” is not in the server's table %s, or was taken away by "
                                      "another office. Add it to this package, or correct it."),
                                   value, parent)
                : g_strdup_printf (_ ("this row of the office “%s” refers to “%s” of %s, which "
                                      "this package has no more. Put it back, or have that office "
                                      "change its row first."),
                                   office, value, parent);
      add_problem (publisher, child, PQgetvalue (rows, k, 0), PQgetvalue (rows, k, 1),
                   PQgetvalue (keys, i, 4), g_strdup (value), "foreign-key", message);
    }
  return rows != NULL;
}

gboolean
hansa_server_find_dangling (HansaPublisher *publisher, GError **error)
{
  g_autofree char *schema = hansa_server_text (publisher->options->schema);
  g_autoptr (PGresult) keys = hansa_server_query (
      publisher, error,
      "SELECT c.relname, p.relname,"
      " string_agg('c.' || quote_ident(ca.attname), ', ' ORDER BY k.n),"
      " string_agg('p.' || quote_ident(pa.attname), ', ' ORDER BY k.n),"
      " string_agg(ca.attname, ', ' ORDER BY k.n)"
      " FROM pg_constraint f JOIN pg_namespace s ON s.oid = f.connamespace"
      " JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class p ON p.oid = f.confrelid"
      " CROSS JOIN LATERAL unnest(f.conkey, f.confkey) WITH ORDINALITY AS k(c, p, n)"
      " JOIN pg_attribute ca ON ca.attrelid = f.conrelid AND ca.attnum = k.c"
      " JOIN pg_attribute pa ON pa.attrelid = f.confrelid AND pa.attnum = k.p"
      " WHERE f.contype = 'f' AND s.nspname = %s GROUP BY f.oid, c.relname, p.relname"
      " ORDER BY 1, 5",
      schema);

  for (int i = 0; keys != NULL && i < PQntuples (keys); i++)
    if (!find_dangling_of (publisher, keys, i, error))
      return FALSE;
  return keys != NULL;
}
