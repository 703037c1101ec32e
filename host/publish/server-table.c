/* SPDX-License-Identifier: MIT
 *
 * A Table Schema as SQL.
 */
#include "publish/server-private.h"

#include "base/language.h"
#include "base/number.h"

#include <string.h>

#define LONGEST_NAME 63

const char *
hansa_server_type (const HansaSchemaField *field)
{
  switch (field->type)
    {
    case HANSA_REAL:
      return "double precision";
    case HANSA_INTEGER:
      return field->boolean ? "boolean" : "bigint";
    case HANSA_DATE:
      return "date";
    default:
      return "text";
    }
}

char *
hansa_server_comment (HansaText title, const char *unit)
{
  GString *text = g_string_new (title.en);

  if (title.zh != NULL && g_strcmp0 (title.zh, title.en) != 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " / " : "", title.zh);
  if (unit != NULL)
    g_string_append_printf (text, text->len > 0 ? " (%s)" : "%s", unit);
  return g_string_free (text, FALSE);
}

/* ---- rules --------------------------------------------------------------- */

static void
rule_free (HansaServerRule *rule)
{
  g_free (rule->name);
  g_free (rule->definition);
  g_free (rule);
}

/* A name that the server would cut off is replaced by its hash. */
static void
add_rule (GPtrArray *rules, const char *table, const char *column, const char *kind,
          char *definition)
{
  HansaServerRule *rule = g_new (HansaServerRule, 1);

  rule->name = g_strjoin ("_", table, column[0] != '\0' ? column : kind,
                          column[0] != '\0' ? kind : NULL, NULL);
  if (strlen (rule->name) > LONGEST_NAME)
    {
      g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, rule->name, -1);
      g_free (rule->name);
      rule->name = g_strdup_printf ("hansa_%.32s_%s", hash, kind);
    }
  rule->definition = definition;
  g_ptr_array_add (rules, rule);
}

static char *
bound_text (const HansaSchemaField *field, double bound)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (field->type != HANSA_DATE)
    return g_strdup_printf ("'%s'", hansa_number_text (digits, bound));
  return g_strdup_printf ("date '1970-01-01' + %d", (int)bound);
}

static void
add_bound (GPtrArray *rules, const char *table, const HansaSchemaField *field, const char *kind,
           const char *comparison, double bound)
{
  g_autofree char *name = hansa_server_name (field->name);
  g_autofree char *text = bound_text (field, bound);

  add_rule (rules, table, field->name, kind,
            g_strdup_printf ("CHECK (%s %s %s)", name, comparison, text));
}

static void
add_checks (GPtrArray *rules, const char *table, const HansaSchemaField *field)
{
  g_autofree char *name = hansa_server_name (field->name);

  if (field->has_minimum)
    add_bound (rules, table, field, "minimum", ">=", field->minimum);
  if (field->has_maximum)
    add_bound (rules, table, field, "maximum", "<=", field->maximum);
  if (field->choices != NULL)
    {
      GString *sql = g_string_new (NULL);
      g_string_append_printf (sql, "CHECK (%s IN (", name);
      for (char **choice = field->choices; *choice != NULL; choice++)
        {
          g_string_append (sql, choice != field->choices ? ", " : "");
          hansa_postgres_quote_text (sql, *choice);
        }
      g_string_append (sql, "))");
      add_rule (rules, table, field->name, "enum", g_string_free (sql, FALSE));
    }
  if (field->pattern != NULL)
    {
      g_autofree char *pattern = hansa_server_text (g_regex_get_pattern (field->pattern));
      add_rule (rules, table, field->name, "pattern",
                g_strdup_printf ("CHECK (%s ~ %s)", name, pattern));
    }
}

static void
add_foreign_keys (HansaPublisher *publisher, const HansaPublishTable *table, GPtrArray *rules)
{
  for (guint i = 0; i < table->schema->foreign_keys->len; i++)
    {
      const HansaForeignKey *key = g_ptr_array_index (table->schema->foreign_keys, i);
      if (table->targets->pdata[i] == NULL)
        continue;
      g_autofree char *columns = g_strjoinv ("_", key->fields);
      g_autofree char *ours = hansa_server_names (key->fields, "");
      g_autofree char *theirs = hansa_server_names (key->reference, "");
      g_autofree char *target = hansa_server_name (table->targets->pdata[i]);
      add_rule (rules, table->name, columns, "fkey",
                g_strdup_printf ("FOREIGN KEY (%s) REFERENCES %s.%s (%s)"
                                 " DEFERRABLE INITIALLY DEFERRED",
                                 ours, publisher->schema, target, theirs));
    }
}

GPtrArray *
hansa_server_rules (HansaPublisher *publisher, const HansaPublishTable *table, gboolean foreign)
{
  GPtrArray *rules = g_ptr_array_new_with_free_func ((GDestroyNotify)rule_free);

  if (foreign)
    {
      add_foreign_keys (publisher, table, rules);
      return rules;
    }
  g_autofree char *key = hansa_server_names (table->primary_key, "");
  add_rule (rules, table->name, "", "pkey", g_strdup_printf ("PRIMARY KEY (%s)", key));
  for (guint i = 0; i < table->fields->len; i++)
    {
      const HansaSchemaField *field = g_ptr_array_index (table->fields, i);
      gboolean is_key
          = table->primary_key[1] == NULL && g_str_equal (table->primary_key[0], field->name);
      g_autofree char *name = hansa_server_name (field->name);
      if (field->unique && !is_key)
        add_rule (rules, table->name, field->name, "key", g_strdup_printf ("UNIQUE (%s)", name));
      add_checks (rules, table->name, field);
    }
  return rules;
}

/* ---- the table ------------------------------------------------------------- */

static void
append_history (HansaPublisher *publisher, const HansaPublishTable *table, const char *name,
                GString *sql)
{
  static const char *const events[][2] = { { "INSERT", "NEW TABLE AS new_rows" },
                                           { "UPDATE", "OLD TABLE AS old_rows" },
                                           { "DELETE", "OLD TABLE AS old_rows" } };
  g_autoptr (GString) key = g_string_new (NULL);

  for (char **column = table->primary_key; *column != NULL; column++)
    {
      g_string_append (key, key->len > 0 ? ", " : "");
      hansa_postgres_quote_text (key, *column);
    }
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autofree char *lower = g_ascii_strdown (events[i][0], -1);
      g_string_append_printf (sql,
                              "CREATE TRIGGER hansa_%s AFTER %s ON %s.%s REFERENCING %s"
                              " FOR EACH STATEMENT EXECUTE FUNCTION %s.record(%s);",
                              lower, events[i][0], publisher->schema, name, events[i][1],
                              publisher->schema, key->str);
    }
}

/* All read; each office writes rows of its own. The table's owner, who can take the
 * rules away, is not held to them. */
static void
append_rights (HansaPublisher *publisher, const char *name, GString *sql)
{
  g_autofree char *contributor = g_strconcat (publisher->options->schema, "_contributor", NULL);
  g_autofree char *reader = g_strconcat (publisher->options->schema, "_reader", NULL);
  g_autofree char *contributor_name = hansa_server_name (contributor);
  g_autofree char *reader_name = hansa_server_name (reader);
  const char *schema = publisher->schema;

  g_string_append_printf (
      sql,
      "ALTER TABLE %1$s.%2$s ENABLE ROW LEVEL SECURITY;"
      "CREATE POLICY read ON %1$s.%2$s FOR SELECT USING (true);"
      "CREATE POLICY add ON %1$s.%2$s FOR INSERT WITH CHECK (office = current_user);"
      "CREATE POLICY change ON %1$s.%2$s FOR UPDATE USING (office = current_user);"
      "CREATE POLICY remove ON %1$s.%2$s FOR DELETE USING (office = current_user);"
      "GRANT SELECT ON %1$s.%2$s TO %3$s, %4$s;"
      "GRANT INSERT, UPDATE, DELETE ON %1$s.%2$s TO %3$s;",
      schema, name, contributor_name, reader_name);
}

void
hansa_server_create_table (HansaPublisher *publisher, const HansaPublishTable *table, GString *sql)
{
  g_autofree char *name = hansa_server_name (table->name);

  g_string_append_printf (sql, "CREATE TABLE %s.%s (", publisher->schema, name);
  for (guint i = 0; i < table->fields->len; i++)
    {
      const HansaSchemaField *field = g_ptr_array_index (table->fields, i);
      hansa_postgres_quote_name (sql, field->name);
      g_string_append_printf (sql, " %s%s, ", hansa_server_type (field),
                              field->required ? " NOT NULL" : "");
    }
  g_string_append (sql, "office text NOT NULL DEFAULT current_user, hansa_package text,"
                        " hansa_publication bigint, hansa_file text, hansa_line bigint);");
  append_rights (publisher, name, sql);
  append_history (publisher, table, name, sql);
}
