/* SPDX-License-Identifier: MIT
 *
 * A fault's tables as a folder: a data package that `hansa run` reads, and a
 * case.ini, so that it can become a case of the plugin.
 */
#include "check/report.h"

#include "base/error.h"

#include <errno.h>
#include <json-glib/json-glib.h>

static const char *
schema_type (guint32 type)
{
  return type == HANSA_REAL      ? "number"
         : type == HANSA_INTEGER ? "integer"
         : type == HANSA_DATE    ? "date"
                                 : "string";
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_resource (JsonBuilder *builder, const HansaDraft *draft)
{
  g_autofree char *path = g_strconcat (draft->input->name, ".csv", NULL);

  json_builder_begin_object (builder);
  add_string (builder, "name", draft->input->name);
  add_string (builder, "path", path);
  json_builder_set_member_name (builder, "schema");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < draft->input->n_columns; i++)
    {
      const HansaColumn *column = &draft->input->columns[i];

      json_builder_begin_object (builder);
      add_string (builder, "name", column->name);
      add_string (builder, "type", schema_type (column->type));
      if (column->unit != NULL && *column->unit != '\0')
        add_string (builder, "unit", column->unit);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static char *
package_text (const HansaSubject *subject)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();

  json_builder_begin_object (builder);
  add_string (builder, "name", "kept-by-hansa-check");
  add_string (builder, "title", subject->name);
  json_builder_set_member_name (builder, "synthetic");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_set_member_name (builder, "resources");
  json_builder_begin_array (builder);
  for (guint i = 0; i < subject->drafts->len; i++)
    if (g_ptr_array_index (subject->drafts, i) != NULL)
      add_resource (builder, g_ptr_array_index (subject->drafts, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  return json_generator_to_data (generator, NULL);
}

static char *
csv_text (const HansaDraft *draft)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < draft->input->n_columns; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", draft->input->columns[i].name);
  g_string_append_c (text, '\n');
  for (gsize row = 0; row < hansa_draft_rows (draft); row++)
    {
      for (guint i = 0; i < draft->input->n_columns; i++)
        {
          g_autofree char *cell = hansa_draft_cell_text (draft, row, i);
          g_string_append_printf (text, "%s%s", i > 0 ? "," : "", cell);
        }
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static char *
case_text (const HansaFault *fault)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();

  g_key_file_set_string (keys, "case", "title", fault->message);
  g_key_file_set_string (keys, "case", "source", "hansa check");
  for (guint i = 0; i < fault->smallest->params->len; i++)
    {
      const HansaParamValue *value = &g_array_index (fault->smallest->params, HansaParamValue, i);
      if (value->text != NULL)
        g_key_file_set_string (keys, "parameters", value->id, value->text);
    }
  return g_key_file_to_data (keys, NULL, NULL);
}

static gboolean
write_file (const char *folder, const char *name, const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) failure = NULL;

  if (g_file_set_contents (path, text, -1, &failure))
    return TRUE;
  g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_OUTPUT, failure->message);
  return FALSE;
}

static gboolean
keep_fault (HansaFault *fault, const char *folder, GError **error)
{
  g_autofree char *package = package_text (fault->smallest);
  g_autofree char *ini = case_text (fault);

  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_OUTPUT, _ ("%s cannot be made: %s"), folder,
                   g_strerror (errno));
      return FALSE;
    }
  if (!write_file (folder, "datapackage.json", package, error)
      || !write_file (folder, "case.ini", ini, error))
    return FALSE;
  for (guint i = 0; i < fault->smallest->drafts->len; i++)
    {
      const HansaDraft *draft = g_ptr_array_index (fault->smallest->drafts, i);
      if (draft == NULL)
        continue;
      g_autofree char *text = csv_text (draft);
      g_autofree char *name = g_strconcat (draft->input->name, ".csv", NULL);
      if (!write_file (folder, name, text, error))
        return FALSE;
    }
  fault->kept = g_strdup (folder);
  return TRUE;
}

gboolean
hansa_check_keep (HansaCheck *check, GError **error)
{
  for (guint i = 0; i < check->faults->len; i++)
    {
      HansaFault *fault = g_ptr_array_index (check->faults, i);
      g_autofree char *name = g_strdup_printf ("%s-%u", fault->test, i + 1);
      g_autofree char *folder = g_build_filename (check->options.keep, name, NULL);

      if (fault->smallest != NULL && !keep_fault (fault, folder, error))
        return FALSE;
    }
  return TRUE;
}
