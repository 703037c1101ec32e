/* SPDX-License-Identifier: MIT
 *
 * hansa data: validate a package, show its tables, or publish it.
 */
#include "commands/data.h"

#include "base/nearest.h"
#include "base/paths.h"
#include "base/units.h"
#include "commands/commands.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

/* ---- validate ---------------------------------------------------------- */

static void
print_problem (const HansaProblem *problem)
{
  printf ("%s", problem->path);
  if (problem->line > 0)
    printf (":%u", problem->line);
  if (problem->row > 0)
    printf (_ (", row %" G_GUINT64_FORMAT), problem->row);
  if (problem->column != NULL)
    printf (": %s", problem->column);
  /* Most messages quote the value themselves. */
  if (problem->value != NULL && strstr (problem->message, problem->value) == NULL)
    printf (" = “%s”", problem->value);
  printf (": %s [%s]\n", problem->message, problem->rule);
}

void
hansa_command_json_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
print_problems_json (GPtrArray *problems, gboolean valid)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "valid");
  json_builder_add_boolean_value (builder, valid);
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < problems->len; i++)
    {
      const HansaProblem *problem = problems->pdata[i];
      json_builder_begin_object (builder);
      hansa_command_json_text (builder, "resource", problem->resource);
      hansa_command_json_text (builder, "file", problem->path);
      json_builder_set_member_name (builder, "line");
      json_builder_add_int_value (builder, problem->line);
      json_builder_set_member_name (builder, "row");
      json_builder_add_int_value (builder, (gint64)problem->row);
      hansa_command_json_text (builder, "column", problem->column);
      hansa_command_json_text (builder, "value", problem->value);
      hansa_command_json_text (builder, "rule", problem->rule);
      hansa_command_json_text (builder, "message", problem->message);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  hansa_command_print_json (builder);
}

void
hansa_command_print_problems (HansaDataset *dataset, GPtrArray *problems, gboolean valid,
                              gboolean json)
{
  if (json)
    {
      print_problems_json (problems, valid);
      return;
    }
  for (guint i = 0; i < problems->len; i++)
    print_problem (problems->pdata[i]);
  if (valid)
    printf (_ ("%s: %u tables, no problem\n"), hansa_dataset_name (dataset),
            hansa_dataset_resources (dataset)->len);
  else
    printf (ngettext ("%s: %u problem\n", "%s: %u problems\n", problems->len),
            hansa_dataset_name (dataset), problems->len);
}

static int
validate (HansaDataset *dataset, gint limit, gboolean json)
{
  g_autoptr (GPtrArray) problems
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_problem_free);
  g_autoptr (GError) error = NULL;
  gboolean valid = hansa_dataset_validate (dataset, (guint)limit, problems, &error);

  if (error != NULL)
    return hansa_command_fail (error);
  hansa_command_print_problems (dataset, problems, valid, json);
  return valid ? HANSA_EXIT_OK : HANSA_EXIT_DATA;
}

/* ---- show -------------------------------------------------------------- */

static void
print_field (const HansaSchemaField *field, HansaLanguage language)
{
  static const char *const types[] = { "", "number", "integer", "string", "date" };
  g_autofree char *name = hansa_command_pad (field->name, 18);
  g_autofree char *type
      = hansa_command_pad (field->boolean ? "boolean" : types[MIN (field->type, 4)], 8);

  printf ("    %s %s %s", name, type, hansa_text_in (field->title, language));
  if (field->unit != NULL)
    printf (" (%s)", field->unit);
  printf ("\n");
}

static void
print_package (HansaDataset *dataset)
{
  HansaLanguage language = hansa_command_language ();
  GPtrArray *resources = hansa_dataset_resources (dataset);

  printf ("%s  %s\n", hansa_text_in (hansa_dataset_title (dataset), language),
          hansa_dataset_name (dataset));
  printf ("%s\n", hansa_text_in (hansa_dataset_description (dataset), language));
  if (hansa_dataset_is_synthetic (dataset))
    printf ("%s\n", _ ("CONSTRUCTED DATA: the numbers below describe no real region."));
  for (guint i = 0; i < resources->len; i++)
    {
      const HansaResource *resource = resources->pdata[i];
      printf ("\n  %s  %s  (%s)\n", resource->table, hansa_text_in (resource->title, language),
              resource->path);
      const char *coverage = hansa_text_in (resource->coverage, language);
      if (*coverage != '\0')
        printf ("    %s\n", coverage);
      for (guint k = 0; k < resource->schema->fields->len; k++)
        print_field (resource->schema->fields->pdata[k], language);
    }
}

static char *
cell_text (const HansaTable *table, guint column, gsize row)
{
  if (!hansa_is_present (table, column, row))
    return g_strdup ("");
  switch (table->columns[column].type)
    {
    case HANSA_REAL:
      {
        char digits[G_ASCII_DTOSTR_BUF_SIZE];
        return g_strdup (
            g_ascii_formatd (digits, sizeof digits, "%.15g", hansa_reals (table, column)[row]));
      }
    case HANSA_INTEGER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, hansa_integers (table, column)[row]);
    case HANSA_DATE:
      {
        GDate date;
        g_date_set_julian (memset (&date, 0, sizeof date),
                           (guint32)(hansa_dates (table, column)[row] + 719163));
        return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date), g_date_get_month (&date),
                                g_date_get_day (&date));
      }
    default:
      return g_strdup (hansa_text_at (table, column, row));
    }
}

static void
print_rows (const HansaTable *table, gsize n_rows)
{
  g_autofree guint *widths = g_new0 (guint, table->n_columns);
  gsize shown = MIN (n_rows, (gsize)table->n_rows);

  for (guint column = 0; column < table->n_columns; column++)
    {
      widths[column] = (guint)g_utf8_strlen (table->columns[column].name, -1);
      for (gsize row = 0; row < shown; row++)
        {
          g_autofree char *text = cell_text (table, column, row);
          guint width = 0;
          for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
            width += g_unichar_iswide (g_utf8_get_char (at)) ? 2 : 1;
          widths[column] = MAX (widths[column], width);
        }
    }
  for (gsize row = 0; row <= shown; row++)
    {
      for (guint column = 0; column < table->n_columns; column++)
        {
          g_autofree char *text = row == 0 ? g_strdup (table->columns[column].name)
                                           : cell_text (table, column, row - 1);
          g_autofree char *padded = hansa_command_pad (text, widths[column]);
          printf ("%s%s", padded, column + 1 < table->n_columns ? "  " : "\n");
        }
    }
  if (shown < table->n_rows)
    printf (_ ("… %" G_GUINT64_FORMAT " rows in all; --rows N shows more\n"), table->n_rows);
}

/* The whole resource, as an input that asks for every column it has. */
static HansaSealedTable *
read_whole (HansaDataset *dataset, const HansaResource *resource, GError **error)
{
  g_autofree HansaColumn *columns = g_new0 (HansaColumn, resource->schema->fields->len);
  for (guint i = 0; i < resource->schema->fields->len; i++)
    {
      const HansaSchemaField *field = resource->schema->fields->pdata[i];
      columns[i] = (HansaColumn){ .name = field->name,
                                  .type = field->type,
                                  .flags = HANSA_NULLABLE,
                                  .unit = field->type == HANSA_REAL
                                              ? (field->unit != NULL ? field->unit : "")
                                              : NULL };
    }
  HansaInput input
      = { .name = resource->table, .columns = columns, .n_columns = resource->schema->fields->len };
  return hansa_dataset_input (dataset, &input, error);
}

static int
show_table (HansaDataset *dataset, const char *name, gint n_rows)
{
  g_autoptr (GError) error = NULL;
  const HansaResource *resource = hansa_dataset_resource (dataset, name);

  if (resource == NULL)
    {
      g_autoptr (GPtrArray) names = g_ptr_array_new ();
      GPtrArray *resources = hansa_dataset_resources (dataset);
      for (guint i = 0; i < resources->len; i++)
        g_ptr_array_add (names, ((HansaResource *)resources->pdata[i])->table);
      g_ptr_array_add (names, NULL);
      const char *near = hansa_nearest (name, (const char *const *)names->pdata);
      g_set_error (&error, HANSA_HOST_ERROR, HANSA_EXIT_MISSING,
                   near != NULL ? _ ("there is no table \"%s\"; did you mean \"%s\"?")
                                : _ ("there is no table \"%s\""),
                   name, near);
      return hansa_command_fail (error);
    }
  g_autoptr (HansaSealedTable) table = read_whole (dataset, resource, &error);
  if (table == NULL)
    return hansa_command_fail (error);
  print_rows (hansa_sealed_table_view (table), (gsize)n_rows);
  return HANSA_EXIT_OK;
}

/* ---- dispatch ---------------------------------------------------------- */

/* What --help shows beyond the options. */
static const char usage[]
    = N_ ("validate DATASET | show DATASET [TABLE] | publish PACKAGE postgresql://…");

static int
read_dataset (int argc, char **argv, gint rows, gint limit, gboolean json)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = hansa_path_dataset (argv[2]);
  g_autoptr (HansaDataset) dataset = hansa_dataset_open (path, &error);

  if (dataset == NULL)
    return hansa_command_fail (error);
  if (g_str_equal (argv[1], "validate"))
    return validate (dataset, limit, json);
  if (argc == 4)
    return show_table (dataset, argv[3], rows);
  print_package (dataset);
  return HANSA_EXIT_OK;
}

int
hansa_command_data (int argc, char **argv)
{
  gboolean json = FALSE, tables_only = FALSE;
  g_autofree char *office = NULL, *schema = NULL;
  int rows = 20, limit = 100, exit_code;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("validate, publish: print as JSON"), NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit,
      N_ ("validate, publish: problems named for each table (default: 100)"), "N" },
    { "rows", 0, 0, G_OPTION_ARG_INT, &rows, N_ ("show: rows of a table (default: 20)"), "N" },
    { "office", 0, 0, G_OPTION_ARG_STRING, &office,
      N_ ("publish: the office that the rows belong to, a role of the server (default: the user "
          "of the address)"),
      "NAME" },
    { "schema", 0, 0, G_OPTION_ARG_STRING, &schema,
      N_ ("publish: schema of the server (default: hansa)"), "NAME" },
    { "tables-only", 0, 0, G_OPTION_ARG_NONE, &tables_only,
      N_ ("publish: make or change the tables, write no row"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!hansa_command_options (&argc, &argv, usage,
                              N_ ("Checks every table of a data package against its schema, shows "
                                  "what it holds, or publishes it\ninto the shared information "
                                  "base of a PostgreSQL server."),
                              entries, &exit_code))
    return exit_code;
  gboolean is_publish = argc == 4 && g_str_equal (argv[1], "publish");
  if (!is_publish && !(argc == 3 && g_str_equal (argv[1], "validate"))
      && !((argc == 3 || argc == 4) && g_str_equal (argv[1], "show")))
    return hansa_command_usage (_ ("write \"validate DATASET\", \"show DATASET [TABLE]\" or "
                                   "\"publish PACKAGE postgresql://…\""));
  if (rows < 0 || limit < 1)
    return hansa_command_usage (_ ("--rows must be at least 0 and --limit at least 1"));
  if (!is_publish)
    return read_dataset (argc, argv, rows, limit, json);
  HansaPublishOptions options = { .address = argv[3],
                                  .schema = schema != NULL ? schema : "hansa",
                                  .office = office,
                                  .tables_only = tables_only,
                                  .cancel_fd = -1 };
  return hansa_command_data_publish (argv[2], &options, limit, json);
}
