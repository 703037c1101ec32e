/* SPDX-License-Identifier: MIT
 *
 * What the schemas of datasets/model say, as C declarations and as a case.
 */
#include "template/template.h"

#include "base/error.h"
#include "base/nearest.h"
#include "base/paths.h"
#include "dataset/schema.h"

#include "base/language.h"

typedef struct
{
  const char *name;
  JsonNode *root;
  HansaSchema *schema;
  HansaText title;
  const HansaSchemaField *measured; /* NULL: none */
} Table;

static void
clear_table (gpointer data)
{
  Table *table = data;
  g_clear_pointer (&table->root, json_node_unref);
  g_clear_pointer (&table->schema, hansa_schema_free);
}

/* Columns that the host reads for itself, to trace and to judge a row. */
static gboolean
is_housekeeping (const HansaSchemaField *field)
{
  static const char *const names[] = { "source", "confidence", "note", NULL };
  return g_strv_contains (names, field->name);
}

static gboolean
is_read (const Table *table, const HansaSchemaField *field)
{
  return field == table->measured || (field->required && !is_housekeeping (field));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static void
unknown_table (const char *folder, const char *name, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (file, ".json"))
      g_ptr_array_add (names, g_strndup (file, strlen (file) - strlen (".json")));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  g_autofree char *all = g_strjoinv (", ", (char **)names->pdata);
  const char *near = hansa_nearest (name, (const char *const *)names->pdata);
  if (near != NULL)
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
                 _ ("the model has no table \"%s\"; did you mean \"%s\"?"), name, near);
  else
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
                 _ ("the model has no table \"%s\"; it has %s"), name, all);
}

static gboolean
load_table (const char *folder, const char *name, Table *table, GError **error)
{
  g_autofree char *base = g_strconcat (name, ".json", NULL);
  g_autofree char *file = g_build_filename (folder, base, NULL);

  if (strchr (name, '/') != NULL || !g_file_test (file, G_FILE_TEST_IS_REGULAR))
    {
      unknown_table (folder, name, error);
      return FALSE;
    }
  table->name = name;
  table->root = hansa_json_load (file, error);
  if (table->root == NULL)
    return FALSE;
  table->schema = hansa_schema_parse (table->root, (HansaJsonPlace){ file, "" }, error);
  if (table->schema == NULL)
    return FALSE;
  JsonObject *object = json_node_get_object (table->root);
  table->title.en = json_object_get_string_member_with_default (object, "title", name);
  table->title.zh = json_object_get_string_member_with_default (object, "title_zh", name);
  for (guint i = 0; i < table->schema->fields->len && table->measured == NULL; i++)
    {
      const HansaSchemaField *field = table->schema->fields->pdata[i];
      if (field->type == HANSA_REAL && field->unit != NULL)
        table->measured = field;
    }
  return TRUE;
}

static char *
constant (const Table *table, const char *column)
{
  g_autofree char *name = g_strconcat (table->name, "_", column, NULL);
  return g_ascii_strup (name, -1);
}

static const char *
type_word (const HansaSchemaField *field)
{
  static const char *const words[] = { [HANSA_REAL] = "HANSA_REAL",
                                       [HANSA_INTEGER] = "HANSA_INTEGER",
                                       [HANSA_TEXT] = "HANSA_TEXT",
                                       [HANSA_DATE] = "HANSA_DATE" };
  return words[field->type];
}

/* "enum { TRADE_REGION, ... };" and "static const HansaColumn trade_columns[] = ..." */
static void
declare_columns (GString *out, const Table *table)
{
  GString *names = g_string_new (NULL);
  GString *columns = g_string_new (NULL);

  for (guint i = 0; i < table->schema->fields->len; i++)
    {
      const HansaSchemaField *field = table->schema->fields->pdata[i];
      if (!is_read (table, field))
        continue;
      g_autofree char *name = constant (table, field->name);
      g_autofree char *unit = field->type == HANSA_REAL
                                  ? g_strdup_printf ("\"%s\"", field->unit ? field->unit : "")
                                  : g_strdup ("NULL");
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
      g_string_append_printf (columns, "  { \"%s\", %s, %s, %s, { NULL, NULL } },\n", field->name,
                              type_word (field), field->required ? "0" : "HANSA_NULLABLE", unit);
    }
  g_string_append_printf (out, "enum { %s };\nstatic const HansaColumn %s_columns[] = {\n%s};\n",
                          names->str, table->name, columns->str);
  g_string_free (names, TRUE);
  g_string_free (columns, TRUE);
}

static void
declare_input (GString *out, const Table *table, gboolean analysed)
{
  g_string_append_printf (
      out, "  { \"%s\", %s_columns, sizeof %s_columns / sizeof %s_columns[0], %s, NULL },\n",
      table->name, table->name, table->name, table->name, analysed ? "0" : "HANSA_OPTIONAL");
}

/* A case's cell; what is measured comes to 10, 20, 30, 40 and 100. */
static void
put_cell (GString *out, const Table *table, const HansaSchemaField *field, guint row)
{
  static const char *const values[] = { "10", "20", "30", "40", "100" };

  if (field == table->measured)
    g_string_append (out, values[row]);
  else if (field->type == HANSA_DATE)
    g_string_append_printf (out, "2020-01-%02u", row + 1);
  else if (field->type == HANSA_TEXT)
    g_string_append_c (out, (char)('a' + row));
  else if (field->boolean)
    g_string_append (out, "true");
  else
    g_string_append_printf (out, "%u", row + 1);
}

static const char *
schema_type (const HansaSchemaField *field)
{
  if (field->boolean)
    return "boolean";
  return field->type == HANSA_REAL      ? "number"
         : field->type == HANSA_INTEGER ? "integer"
         : field->type == HANSA_DATE    ? "date"
                                        : "string";
}

static void
make_case (GHashTable *words, const Table *table)
{
  GString *fields = g_string_new (NULL);
  GString *rows = g_string_new (NULL);

  for (int row = -1; row < 5; row++)
    {
      const char *separator = "";
      for (guint i = 0; i < table->schema->fields->len; i++)
        {
          const HansaSchemaField *field = table->schema->fields->pdata[i];
          if (!is_read (table, field))
            continue;
          g_string_append (rows, separator);
          separator = ",";
          if (row >= 0)
            {
              put_cell (rows, table, field, (guint)row);
              continue;
            }
          g_string_append (rows, field->name);
          g_autofree char *unit = field->unit != NULL && *field->unit != '\0'
                                      ? g_strdup_printf (", \"unit\": \"%s\"", field->unit)
                                      : g_strdup ("");
          g_string_append_printf (fields, "%s          {\"name\": \"%s\", \"type\": \"%s\"%s}",
                                  fields->len > 0 ? ",\n" : "", field->name, schema_type (field),
                                  unit);
        }
      g_string_append_c (rows, '\n');
    }
  g_hash_table_insert (words, (gpointer) "case_fields", g_string_free (fields, FALSE));
  g_hash_table_insert (words, (gpointer) "case_rows", g_string_free (rows, FALSE));
}

static void
put (GHashTable *words, const char *word, char *value)
{
  g_hash_table_insert (words, (gpointer)word, value);
}

static void
put_analysed (GHashTable *words, const Table *table)
{
  HansaText column = table->measured->title;

  put (words, "table", g_strdup (table->name));
  put (words, "table_en", g_strdup (table->title.en));
  put (words, "column", g_strdup (table->measured->name));
  put (words, "COLUMN", constant (table, table->measured->name));
  put (words, "unit", g_strdup (table->measured->unit));
  put (words, "column_en", g_strdup (column.en));
  put (words, "column_zh", g_strdup (column.zh));
  put (words, "title_en", g_strdup_printf ("%s: how rows differ", column.en));
  put (words, "title_zh", g_strdup_printf ("%s的差异", column.zh));
  put (words, "summary_zh",
       g_strdup_printf ("“%s”表各行的%s相差多大？", table->title.zh, column.zh));
  make_case (words, table);
}

static gboolean
put_tables (GHashTable *words, GArray *tables, GError **error)
{
  const Table *analysed = NULL;
  GString *columns = g_string_new (NULL);
  GString *inputs = g_string_new (NULL);

  for (guint i = 0; i < tables->len; i++)
    {
      const Table *table = &g_array_index (tables, Table, i);
      gboolean first = analysed == NULL && table->measured != NULL;
      if (first)
        analysed = table;
      declare_columns (columns, table);
      declare_input (inputs, table, first);
    }
  put (words, "columns", g_string_free (columns, FALSE));
  put (words, "inputs", g_string_free (inputs, FALSE));
  if (analysed == NULL)
    {
      g_set_error (
          error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
          _ ("none of these tables has a measured column to start from; name one that has, "
             "such as trade, beside them"));
      return FALSE;
    }
  put_analysed (words, analysed);
  return TRUE;
}

gboolean
hansa_template_words (GHashTable *words, const char *const *tables, GError **error)
{
  g_autofree char *folder = hansa_path_data ("datasets/model");
  g_autoptr (GArray) loaded = g_array_new (FALSE, TRUE, sizeof (Table));

  g_array_set_clear_func (loaded, clear_table);
  if (folder == NULL)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP,
                   _ ("the model's tables are not where Hansa was installed; install Hansa again"));
      return FALSE;
    }
  for (gsize i = 0; tables[i] != NULL; i++)
    {
      g_array_set_size (loaded, loaded->len + 1);
      if (!load_table (folder, tables[i], &g_array_index (loaded, Table, i), error))
        return FALSE;
    }
  return put_tables (words, loaded, error);
}
