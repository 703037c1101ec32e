/* SPDX-License-Identifier: MIT
 *
 * Rules that no cell can break alone: unique, primaryKey, foreignKeys. They
 * are checked on the typed table, so that 1 and 01 are one number.
 */
#include "base/error.h"
#include "base/number.h"
#include "dataset/cell.h"
#include "dataset/load.h"
#include "dataset/schema.h"

#include <string.h>

/* Stands in no text cell that anybody types. */
#define SEPARATOR '\x1f'

static void
append_cell (GString *key, const HansaTable *table, guint column, const HansaCellValue *value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  switch (table->columns[column].type)
    {
    case HANSA_REAL:
      g_string_append (key, hansa_number_text (number, value->real + 0.0));
      break;
    case HANSA_INTEGER:
      g_string_append_printf (key, "%" G_GINT64_FORMAT, value->integer);
      break;
    case HANSA_DATE:
      g_string_append_printf (key, "%d", value->date);
      break;
    default:
      g_string_append_len (key, value->text, (gssize)value->length);
      break;
    }
}

gboolean
hansa_key_append (GString *key, const HansaTable *table, const guint *columns, guint n, gsize row)
{
  HansaCellValue value;

  for (guint i = 0; i < n; i++)
    {
      hansa_cell_of (table, columns[i], row, &value);
      if (!value.present)
        return FALSE;
      append_cell (key, table, columns[i], &value);
      g_string_append_c (key, SEPARATOR);
    }
  return TRUE;
}

/* A key for reading: "430000, 2017-01-01". */
static char *
show_key (const HansaTable *table, const guint *columns, guint n, gsize row)
{
  GString *text = g_string_new (NULL);
  HansaCellValue value;

  for (guint i = 0; i < n; i++)
    {
      hansa_cell_of (table, columns[i], row, &value);
      if (i > 0)
        g_string_append (text, ", ");
      if (value.present && table->columns[columns[i]].type == HANSA_DATE)
        {
          g_autoptr (GDate) date = g_date_new_dmy (1, 1, 1);
          g_date_add_days (date, (guint)(value.date + 719162)); /* 0001-01-01 is -719162 */
          g_string_append_printf (text, "%04u-%02u-%02u", g_date_get_year (date),
                                  (guint)g_date_get_month (date), g_date_get_day (date));
        }
      else if (value.present)
        append_cell (text, table, columns[i], &value);
    }
  return g_string_free (text, FALSE);
}

static guint *
columns_of (const HansaSchema *schema, GStrv names, guint *n)
{
  *n = g_strv_length (names);
  guint *columns = g_new (guint, *n);
  for (guint i = 0; i < *n; i++)
    columns[i] = (guint)hansa_schema_find (schema, names[i]);
  return columns;
}

static guint32
line_of (HansaSealedTable *table, gsize row)
{
  const HansaLineage *lineage = hansa_sealed_table_lineage (table);
  return g_array_index (lineage->lines, guint32, row);
}

/* Every row's key but once. */
static void
check_once (HansaSealedTable *sealed, const guint *columns, guint n, const char *names,
            const char *rule, HansaProblems *problems)
{
  const HansaTable *table = hansa_sealed_table_view (sealed);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) key = g_string_new (NULL);
  gboolean primary = g_str_equal (rule, "primary-key");

  for (gsize row = 0; row < table->n_rows && !hansa_problems_full (problems); row++)
    {
      g_string_truncate (key, 0);
      if (!hansa_key_append (key, table, columns, n, row))
        {
          if (primary)
            hansa_problems_add (problems, line_of (sealed, row), names, NULL, rule,
                                g_strdup (_ ("a cell of the primary key is empty.")));
          continue;
        }
      gpointer first = g_hash_table_lookup (seen, key->str);
      if (first == NULL)
        {
          g_hash_table_insert (seen, g_strdup (key->str), GSIZE_TO_POINTER (row + 1));
          continue;
        }
      g_autofree char *shown = show_key (table, columns, n, row);
      hansa_problems_add (problems, line_of (sealed, row), names, shown, rule,
                          g_strdup_printf (_ ("“%s” stands in line %u already, but may stand only "
                                              "once."),
                                           shown, line_of (sealed, GPOINTER_TO_SIZE (first) - 1)));
    }
}

void
hansa_check_keys (const HansaResource *resource, HansaSealedTable *table, HansaProblems *problems)
{
  const HansaSchema *schema = resource->schema;

  for (guint i = 0; i < schema->fields->len; i++)
    {
      const HansaSchemaField *field = g_ptr_array_index (schema->fields, i);
      if (field->unique)
        check_once (table, &i, 1, field->name, "unique", problems);
    }
  guint n;
  g_autofree guint *columns = columns_of (schema, schema->primary_key, &n);
  gboolean checked
      = n == 1 && ((HansaSchemaField *)g_ptr_array_index (schema->fields, columns[0]))->unique;
  if (n > 0 && !checked)
    {
      g_autofree char *names = g_strjoinv (", ", schema->primary_key);
      check_once (table, columns, n, names, "primary-key", problems);
    }
}

static GHashTable *
key_set (HansaSealedTable *sealed, const guint *columns, guint n)
{
  const HansaTable *table = hansa_sealed_table_view (sealed);
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) key = g_string_new (NULL);

  for (gsize row = 0; row < table->n_rows; row++)
    {
      g_string_truncate (key, 0);
      if (hansa_key_append (key, table, columns, n, row))
        g_hash_table_add (set, g_strdup (key->str));
    }
  return set;
}

static void
check_foreign_key (const HansaResource *resource, HansaSealedTable *sealed,
                   const HansaForeignKey *foreign, const HansaResource *target,
                   HansaSealedTable *target_table, HansaProblems *problems)
{
  const HansaTable *table = hansa_sealed_table_view (sealed);
  guint n;
  g_autofree guint *columns = columns_of (resource->schema, foreign->fields, &n);
  g_autofree guint *their_columns = columns_of (target->schema, foreign->reference, &n);
  g_autoptr (GHashTable) known = key_set (target_table, their_columns, n);
  g_autoptr (GString) key = g_string_new (NULL);
  g_autofree char *names = g_strjoinv (", ", foreign->fields);
  g_autofree char *their_names = g_strjoinv (", ", foreign->reference);

  for (gsize row = 0; row < table->n_rows && !hansa_problems_full (problems); row++)
    {
      g_string_truncate (key, 0);
      /* A row that leaves the reference open refers to nothing. */
      if (!hansa_key_append (key, table, columns, n, row)
          || g_hash_table_contains (known, key->str))
        continue;
      g_autofree char *shown = show_key (table, columns, n, row);
      hansa_problems_add (problems, line_of (sealed, row), names, shown, "foreign-key",
                          g_strdup_printf (_ ("“%s” is not in column %s of %s. Add it there, or "
                                              "correct it here."),
                                           shown, their_names, target->path));
    }
}

gboolean
hansa_check_foreign_keys (HansaDataset *dataset, const HansaResource *resource,
                          HansaSealedTable *table, HansaProblems *problems, GError **error)
{
  for (guint i = 0; i < resource->schema->foreign_keys->len; i++)
    {
      const HansaForeignKey *foreign = g_ptr_array_index (resource->schema->foreign_keys, i);
      gboolean own = foreign->resource[0] == '\0';
      const HansaResource *target
          = own ? resource : hansa_dataset_find (dataset, foreign->resource);
      g_autoptr (HansaSealedTable) other = NULL;

      /* A reference into a table that only an engine can hold is left to it. */
      if (!own && hansa_resource_needs_engine (dataset, target))
        continue;
      if (!own)
        other = hansa_dataset_table (dataset, target, error);
      if (!own && other == NULL)
        {
          g_prefix_error (error, _ ("%s refers to a table that cannot be read. "), resource->path);
          return FALSE;
        }
      check_foreign_key (resource, table, foreign, target, own ? table : other, problems);
    }
  return TRUE;
}
