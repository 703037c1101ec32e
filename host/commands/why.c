/* SPDX-License-Identifier: MIT
 *
 * hansa why: whether an analysis can work on a dataset, and what it lacks.
 */
#include "commands/commands.h"
#include "commands/inspect.h"

#include "base/paths.h"
#include "dataset/dataset.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

/* One line an input. Returns the code of the first thing that is missing. */
static int
explain (const HansaDescription *description, HansaDataset *dataset, JsonBuilder *json)
{
  int code = HANSA_EXIT_OK;

  for (guint i = 0; i < description->plugin.n_inputs; i++)
    {
      const HansaInput *input = &description->plugin.inputs[i];
      g_autoptr (GError) error = NULL;
      gboolean usable = hansa_dataset_can_answer (dataset, input, &error)
                        && hansa_dataset_can_read (dataset, input, &error);
      const HansaResource *resource = hansa_dataset_resource (dataset, input->name);

      if (!usable && code == HANSA_EXIT_OK)
        code = error->code;
      if (json != NULL)
        {
          json_builder_begin_object (json);
          json_builder_set_member_name (json, "input");
          json_builder_add_string_value (json, input->name);
          json_builder_set_member_name (json, "usable");
          json_builder_add_boolean_value (json, usable);
          json_builder_set_member_name (json, "reason");
          json_builder_add_string_value (json, usable ? "" : error->message);
          json_builder_end_object (json);
        }
      else if (!usable)
        printf (_ ("  no   %s: %s\n"), input->name, error->message);
      else if (resource != NULL)
        printf (_ ("  yes  %s: from %s\n"), input->name, resource->path);
      else
        printf (input->query != NULL ? _ ("  yes  %s: by its query\n")
                                     : _ ("  yes  %s: optional, and not in this dataset\n"),
                input->name);
    }
  return code;
}

static int
answer (const HansaDescription *description, HansaDataset *dataset)
{
  HansaLanguage language = hansa_command_language ();

  printf (_ ("%s (%s) on %s:\n"), hansa_text_in (description->plugin.title, language),
          description->plugin.id, hansa_text_in (hansa_dataset_title (dataset), language));
  int code = explain (description, dataset, NULL);
  printf ("%s\n", code == HANSA_EXIT_OK ? _ ("It can be run.") : _ ("It cannot be run."));
  return code;
}

static int
answer_json (const HansaDescription *description, HansaDataset *dataset)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "plugin");
  json_builder_add_string_value (builder, description->plugin.id);
  json_builder_set_member_name (builder, "inputs");
  json_builder_begin_array (builder);
  int code = explain (description, dataset, builder);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "usable");
  json_builder_add_boolean_value (builder, code == HANSA_EXIT_OK);
  json_builder_end_object (builder);
  hansa_command_print_json (builder);
  return code;
}

int
hansa_command_why (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  gboolean json = FALSE;
  int exit_code;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print as JSON"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!hansa_command_options (&argc, &argv, N_ ("ANALYSIS DATASET"),
                              N_ ("Says why an analysis can or cannot work on a dataset. Reads no "
                                  "data; exit code 4 or 3 when it cannot."),
                              entries, &exit_code))
    return exit_code;
  if (argc != 3)
    return hansa_command_usage (_ ("an analysis and a dataset are needed"));
  g_autoptr (HansaDescription) description = hansa_inspect_named (argv[1], &error);
  if (description == NULL)
    return hansa_command_fail (error);
  g_autofree char *path = hansa_path_dataset (argv[2]);
  g_autoptr (HansaDataset) dataset = hansa_dataset_open (path, &error);
  if (dataset == NULL)
    return hansa_command_fail (error);
  return json ? answer_json (description, dataset) : answer (description, dataset);
}
