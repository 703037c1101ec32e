/* SPDX-License-Identifier: MIT
 *
 * hansa describe: everything that a plugin says of itself.
 */
#include "base/units.h"
#include "commands/commands.h"
#include "commands/inspect.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

/* ---- for people -------------------------------------------------------- */

static void
print_inputs (const HansaPlugin *plugin, HansaLanguage language)
{
  printf ("\n%s\n", _ ("Reads:"));
  for (guint i = 0; i < plugin->n_inputs; i++)
    {
      const HansaInput *input = &plugin->inputs[i];
      printf ("  %s%s\n", input->name, input->flags & HANSA_OPTIONAL ? _ (" (optional)") : "");
      for (guint k = 0; k < input->n_columns; k++)
        {
          const HansaColumn *column = &input->columns[k];
          g_autofree char *name = hansa_command_pad (column->name, 16);
          printf ("    %s %s", name, hansa_type_id (column->type));
          if (column->unit != NULL && *column->unit != '\0')
            printf (", %s", column->unit);
          if (column->flags & HANSA_SUM)
            printf (", %s", _ ("summed"));
          if (column->flags & HANSA_OPTIONAL)
            printf (", %s", _ ("optional"));
          else if (column->flags & HANSA_NULLABLE)
            printf (", %s", _ ("may be empty"));
          const char *help = hansa_text_in (column->help, language);
          printf (*help != '\0' ? "  %s\n" : "%s\n", help);
        }
      if (input->query != NULL)
        printf ("    %s\n", input->query);
    }
}

static void
print_param (const HansaParam *param, HansaLanguage language)
{
  printf ("  %s (%s", param->id, hansa_type_id (param->type));
  if (*hansa_unit_display (param->unit, 0.0, language).title != '\0')
    printf (", %s", hansa_unit_display (param->unit, 0.0, language).title);
  if (param->minimum < param->maximum)
    printf (", %.15g … %.15g", param->minimum, param->maximum);
  if (param->fallback != NULL)
    printf (_ (", default %s"), param->fallback);
  printf (")  %s\n", hansa_text_in (param->title, language));
  const char *help = hansa_text_in (param->help, language);
  if (*help != '\0')
    printf ("      %s\n", help);
  for (guint i = 0; i < param->n_choices; i++)
    printf ("      %s: %s\n", param->choices[i].id,
            hansa_text_in (param->choices[i].title, language));
}

static void
print_description (const HansaDescription *description)
{
  const HansaPlugin *plugin = &description->plugin;
  HansaLanguage language = hansa_command_language ();

  printf ("%s  %s %s\n", hansa_text_in (plugin->title, language), plugin->id, plugin->version);
  printf ("%s\n", hansa_text_in (plugin->summary, language));
  print_inputs (plugin, language);
  printf ("\n%s\n", _ ("Parameters:"));
  for (guint i = 0; i < plugin->n_params; i++)
    print_param (&plugin->params[i], language);
  printf ("\n%s\n%s\n", _ ("Method:"), plugin->citation);
  printf ("\n%s %s   ABI %d.%d\n%s\n", _ ("Licence:"), plugin->licence, plugin->abi_major,
          plugin->abi_minor, description->path);
}

/* ---- for programs ------------------------------------------------------ */

static void
add_string (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_text (JsonBuilder *builder, const char *name, HansaText text)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  add_string (builder, "en", text.en);
  add_string (builder, "zh", text.zh);
  json_builder_end_object (builder);
}

static void
add_flag (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_input (JsonBuilder *builder, const HansaInput *input)
{
  json_builder_begin_object (builder);
  add_string (builder, "name", input->name);
  add_flag (builder, "optional", (input->flags & HANSA_OPTIONAL) != 0);
  add_string (builder, "query", input->query);
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < input->n_columns; i++)
    {
      const HansaColumn *column = &input->columns[i];
      json_builder_begin_object (builder);
      add_string (builder, "name", column->name);
      add_string (builder, "type", hansa_type_id (column->type));
      add_string (builder, "unit", column->unit);
      add_flag (builder, "nullable", (column->flags & HANSA_NULLABLE) != 0);
      add_flag (builder, "optional", (column->flags & HANSA_OPTIONAL) != 0);
      add_flag (builder, "sum", (column->flags & HANSA_SUM) != 0);
      add_text (builder, "help", column->help);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_param (JsonBuilder *builder, const HansaParam *param)
{
  json_builder_begin_object (builder);
  add_string (builder, "id", param->id);
  add_string (builder, "type", hansa_type_id (param->type));
  add_string (builder, "unit", param->unit);
  add_string (builder, "default", param->fallback);
  add_text (builder, "title", param->title);
  add_text (builder, "help", param->help);
  if (param->minimum < param->maximum)
    {
      json_builder_set_member_name (builder, "minimum");
      json_builder_add_double_value (builder, param->minimum);
      json_builder_set_member_name (builder, "maximum");
      json_builder_add_double_value (builder, param->maximum);
    }
  json_builder_set_member_name (builder, "choices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < param->n_choices; i++)
    {
      json_builder_begin_object (builder);
      add_string (builder, "id", param->choices[i].id);
      add_text (builder, "title", param->choices[i].title);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_json (const HansaDescription *description)
{
  const HansaPlugin *plugin = &description->plugin;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_string (builder, "id", plugin->id);
  add_string (builder, "version", plugin->version);
  g_autofree char *abi = g_strdup_printf ("%d.%d", plugin->abi_major, plugin->abi_minor);
  add_string (builder, "abi", abi);
  add_string (builder, "path", description->path);
  add_text (builder, "title", plugin->title);
  add_text (builder, "summary", plugin->summary);
  add_string (builder, "licence", plugin->licence);
  add_string (builder, "citation", plugin->citation);
  json_builder_set_member_name (builder, "tags");
  json_builder_begin_array (builder);
  for (const char *const *tag = plugin->tags; tag != NULL && *tag != NULL; tag++)
    json_builder_add_string_value (builder, *tag);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "inputs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < plugin->n_inputs; i++)
    add_input (builder, &plugin->inputs[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "parameters");
  json_builder_begin_array (builder);
  for (guint i = 0; i < plugin->n_params; i++)
    add_param (builder, &plugin->params[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  hansa_command_print_json (builder);
}

int
hansa_command_describe (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  gboolean json = FALSE;
  int exit_code;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print as JSON"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!hansa_command_options (
          &argc, &argv, N_ ("ANALYSIS"),
          N_ ("Shows what an analysis answers, reads and can be told; by id, or "
              "by the path of its file."),
          entries, &exit_code))
    return exit_code;
  if (argc != 2)
    return hansa_command_usage (_ ("one analysis is needed; \"hansa list\" names them"));
  g_autoptr (HansaDescription) description = hansa_inspect_named (argv[1], &error);
  if (description == NULL)
    return hansa_command_fail (error);
  if (json)
    print_json (description);
  else
    print_description (description);
  return HANSA_EXIT_OK;
}
