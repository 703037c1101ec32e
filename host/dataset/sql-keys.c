/* SPDX-License-Identifier: MIT */
#include "dataset/sql-keys.h"

#include "base/error.h"
#include "dataset/bulk.h"
#include "dataset/schema.h"
#include "dataset/sql-private.h"

/* As many keys as problems are wanted; for who wants them all, enough to see. */
#define MANY 100

HansaKeyTable *
hansa_key_table_new (const HansaResource *resource, char *relation)
{
  HansaKeyTable *table = g_new (HansaKeyTable, 1);

  *table = (HansaKeyTable){ resource, relation, NULL };
  return table;
}

void
hansa_key_table_free (HansaKeyTable *table)
{
  if (table != NULL)
    g_free (table->relation);
  g_free (table);
}

/* ---- pieces of SQL ------------------------------------------------------- */

static const HansaSchemaField *
field_of (const HansaKeyTable *table, const char *name)
{
  int at = hansa_schema_find (table->resource->schema, name);

  return at >= 0 ? g_ptr_array_index (table->resource->schema->fields, (guint)at) : NULL;
}

static gboolean
has_columns (const HansaKeyTable *table, GStrv names)
{
  for (char **name = names; *name != NULL; name++)
    if (field_of (table, *name) == NULL)
      return FALSE;
  return names[0] != NULL;
}

/* f."a", f."b" joined by `between`, each with `after` behind it. */
static char *
columns_sql (GStrv names, const char *between, const char *after)
{
  GString *sql = g_string_new (NULL);

  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *quoted = hansa_sql_name (*name);
      g_string_append_printf (sql, "%sf.%s%s", name != names ? between : "", quoted, after);
    }
  return g_string_free (sql, FALSE);
}

/* A key for reading: "430000, 2017". */
static char *
shown_sql (GStrv names)
{
  GString *sql = g_string_new (NULL);

  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *quoted = hansa_sql_name (*name);
      g_string_append_printf (sql, "%scoalesce(CAST(f.%s AS VARCHAR), '')",
                              name != names ? " || ', ' || " : "", quoted);
    }
  return g_string_free (sql, FALSE);
}

static guint
limit_of (const HansaProblems *problems)
{
  return problems->limit > 0 ? problems->limit : MANY;
}

/* ---- asking -------------------------------------------------------------- */

/* Which of a key's rows is shown. */
static char *
row_sql (const HansaKeyTable *table, const char *which)
{
  return table->row != NULL ? g_strdup_printf ("%s(f.%s)", which, table->row)
                            : g_strdup ("CAST(NULL AS BIGINT)");
}

/* Keys, how many rows have each, and one of these. */
static HansaSealedTable *
select_keys (HansaEngine *engine, const char *sql, GError **error)
{
  static const HansaColumn columns[]
      = { { .name = "key", .type = HANSA_TEXT },
          { .name = "rows", .type = HANSA_INTEGER },
          { .name = "row", .type = HANSA_INTEGER, .flags = HANSA_NULLABLE } };
  HansaInput input = { .name = "keys", .columns = columns, .n_columns = G_N_ELEMENTS (columns) };

  return hansa_bulk_run (engine, sql, &input, error);
}

/* What a message says of a key; (transfer full). */
typedef char *(*KeyMessage) (const char *key, gint64 n_rows, gpointer data);

static gboolean
report_keys (HansaEngine *engine, const char *sql, GStrv names, const char *rule,
             HansaProblems *problems, KeyMessage message, gpointer data, GError **error)
{
  g_autofree char *shown = g_strjoinv (", ", names);
  g_autoptr (HansaSealedTable) keys = select_keys (engine, sql, error);

  if (keys == NULL)
    return FALSE;
  const HansaTable *table = hansa_sealed_table_view (keys);
  for (gsize row = 0; row < table->n_rows; row++)
    {
      const char *key = hansa_text_at (table, 0, row);
      guint64 place
          = hansa_is_present (table, 2, row) ? (guint64)hansa_integers (table, 2)[row] : 0;
      hansa_problems_add_row (problems, place, shown, key, rule,
                              message (key, hansa_integers (table, 1)[row], data));
    }
  return TRUE;
}

/* ---- a key of the table itself ------------------------------------------- */

static char *
repeated_message (const char *key, gint64 n_rows, gpointer data)
{
  (void)data;
  return g_strdup_printf (_ ("“%s” stands in %" G_GINT64_FORMAT " rows, but may stand only once."),
                          key, n_rows);
}

static gboolean
check_once (HansaEngine *engine, const HansaKeyTable *table, GStrv names, const char *rule,
            HansaProblems *problems, GError **error)
{
  g_autofree char *shown = shown_sql (names);
  g_autofree char *columns = columns_sql (names, ", ", "");
  g_autofree char *present = columns_sql (names, " AND ", " IS NOT NULL");
  g_autofree char *row = row_sql (table, "max");
  g_autofree char *sql = g_strdup_printf (
      "SELECT %s, count(*), %s FROM %s AS f WHERE %s GROUP BY %s HAVING count(*) > 1 ORDER BY 1"
      " LIMIT %u",
      shown, row, table->relation, present, columns, limit_of (problems));

  return report_keys (engine, sql, names, rule, problems, repeated_message, NULL, error);
}

static char *
empty_message (const char *key, gint64 n_rows, gpointer data)
{
  (void)key;
  (void)n_rows;
  (void)data;
  return g_strdup (_ ("a cell of the primary key is empty."));
}

static gboolean
check_present (HansaEngine *engine, const HansaKeyTable *table, GStrv names,
               HansaProblems *problems, GError **error)
{
  g_autofree char *shown = shown_sql (names);
  g_autofree char *empty = columns_sql (names, " OR ", " IS NULL");
  g_autofree char *row = row_sql (table, "min");
  g_autofree char *sql = g_strdup_printf (
      "SELECT %s, count(*), %s FROM %s AS f WHERE %s GROUP BY 1 ORDER BY 1 LIMIT %u", shown, row,
      table->relation, empty, limit_of (problems));

  return report_keys (engine, sql, names, "primary-key", problems, empty_message, NULL, error);
}

static gboolean
check_own_keys (HansaEngine *engine, const HansaKeyTable *table, HansaProblems *problems,
                GError **error)
{
  const HansaSchema *schema = table->resource->schema;

  if (has_columns (table, schema->primary_key)
      && (!check_present (engine, table, schema->primary_key, problems, error)
          || !check_once (engine, table, schema->primary_key, "primary-key", problems, error)))
    return FALSE;
  for (guint i = 0; i < schema->fields->len; i++)
    {
      const HansaSchemaField *field = g_ptr_array_index (schema->fields, i);
      char *names[] = { field->name, NULL };
      gboolean is_primary
          = g_strv_equal ((const char *const *)names, (const char *const *)schema->primary_key);
      if (field->unique && !is_primary
          && !check_once (engine, table, names, "unique", problems, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- a key into another table -------------------------------------------- */

static gboolean
is_number (const HansaSchemaField *field)
{
  return field->type == HANSA_REAL || (field->type == HANSA_INTEGER && !field->boolean);
}

/* Codes may be text here and numbers there, as in files: then their texts are
 * compared. Texts of a server are compared by their bytes, since columns of two
 * collations cannot be compared otherwise. */
static void
append_equal (GString *sql, const HansaKeyTable *table, const char *name,
              const HansaKeyTable *target, const char *their_name)
{
  const HansaSchemaField *ours = field_of (table, name), *theirs = field_of (target, their_name);
  gboolean same = (ours->type == theirs->type && ours->boolean == theirs->boolean)
                  || (is_number (ours) && is_number (theirs));
  gboolean text = ours->type == HANSA_TEXT || !same;
  const char *collate = text && hansa_sql_on_server (table->resource) ? " COLLATE \"C\"" : "";
  g_autofree char *our_column = hansa_sql_name (name);
  g_autofree char *their_column = hansa_sql_name (their_name);

  g_string_append_printf (
      sql, same ? "%st.%s%s = f.%s%s" : "%sCAST(t.%s AS VARCHAR)%s = CAST(f.%s AS VARCHAR)%s",
      sql->len > 0 ? " AND " : "", their_column, collate, our_column, collate);
}

typedef struct
{
  char *names;
  const char *path;
} Target;

static char *
dangling_message (const char *key, gint64 n_rows, gpointer data)
{
  const Target *target = data;

  (void)n_rows;
  return g_strdup_printf (_ ("“%s” is not in column %s of %s. Add it there, or "
                             "correct it here."),
                          key, target->names, target->path);
}

static gboolean
check_foreign_key (HansaEngine *engine, const HansaKeyTable *table, const HansaForeignKey *key,
                   const HansaKeyTable *target, HansaProblems *problems, GError **error)
{
  g_autoptr (GString) equal = g_string_new (NULL);
  g_autofree char *shown = shown_sql (key->fields);
  g_autofree char *columns = columns_sql (key->fields, ", ", "");
  g_autofree char *present = columns_sql (key->fields, " AND ", " IS NOT NULL");
  g_autofree char *their_names = g_strjoinv (", ", key->reference);
  g_autofree char *row = row_sql (table, "min");
  Target words = { their_names, target->resource->path };

  for (guint i = 0; key->fields[i] != NULL; i++)
    append_equal (equal, table, key->fields[i], target, key->reference[i]);
  g_autofree char *sql
      = g_strdup_printf ("SELECT %s, count(*), %s FROM %s AS f WHERE %s AND NOT EXISTS"
                         " (SELECT 1 FROM %s AS t WHERE %s) GROUP BY %s ORDER BY 1 LIMIT %u",
                         shown, row, table->relation, present, target->relation, equal->str,
                         columns, limit_of (problems));
  return report_keys (engine, sql, key->fields, "foreign-key", problems, dangling_message, &words,
                      error);
}

gboolean
hansa_check_keys_by_sql (HansaEngine *engine, const HansaKeyTable *table, const GPtrArray *targets,
                         HansaProblems *problems, GError **error)
{
  const GPtrArray *keys = table->resource->schema->foreign_keys;

  if (!check_own_keys (engine, table, problems, error))
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    {
      const HansaForeignKey *key = g_ptr_array_index (keys, i);
      const HansaKeyTable *target = g_ptr_array_index (targets, i);
      if (target != NULL && has_columns (table, key->fields) && has_columns (target, key->reference)
          && !check_foreign_key (engine, table, key, target, problems, error))
        return FALSE;
    }
  return TRUE;
}
