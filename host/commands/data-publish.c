/* SPDX-License-Identifier: MIT
 *
 * hansa data publish: a package into the information base of a server.
 */
#include "commands/data.h"

#include "base/cancel.h"
#include "base/paths.h"
#include "commands/commands.h"
#include "postgres/address.h"
#include "publish/publish.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

static void
print_outcome_json (const HansaPublishPlan *plan, const HansaPublishOutcome *outcome)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const struct
  {
    const char *name;
    guint64 number;
  } counts[] = { { "added", outcome->added },
                 { "changed", outcome->changed },
                 { "removed", outcome->removed },
                 { "shared", outcome->shared } };

  json_builder_begin_object (builder);
  hansa_command_json_text (builder, "package", plan->package);
  hansa_command_json_text (builder, "server", outcome->server);
  hansa_command_json_text (builder, "office", outcome->office);
  json_builder_set_member_name (builder, "publication");
  if (outcome->publication > 0)
    json_builder_add_int_value (builder, outcome->publication);
  else
    json_builder_add_null_value (builder);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      json_builder_set_member_name (builder, counts[i].name);
      json_builder_add_int_value (builder, (gint64)counts[i].number);
    }
  json_builder_end_object (builder);
  hansa_command_print_json (builder);
}

static void
print_outcome (const HansaPublishPlan *plan, const HansaPublishOptions *options,
               const HansaPublishOutcome *outcome)
{
  if (options->tables_only)
    {
      printf (outcome->tables_changed ? _ ("%s: tables made or changed on %s\n")
                                      : _ ("%s: the tables on %s are as they should be\n"),
              plan->package, outcome->server);
      return;
    }
  printf (_ ("%s: %" G_GUINT64_FORMAT " added, %" G_GUINT64_FORMAT " changed, %" G_GUINT64_FORMAT
             " removed\n"),
          plan->package, outcome->added, outcome->changed, outcome->removed);
  if (outcome->shared > 0)
    printf (_ ("%" G_GUINT64_FORMAT " rows stand there already, published by others and equal\n"),
            outcome->shared);
  if (outcome->publication > 0)
    printf (_ ("Publication %" G_GINT64_FORMAT " of the office “%s” on %s\n"), outcome->publication,
            outcome->office, outcome->server);
  else
    printf (_ ("Nothing to write: %s is up to date\n"), outcome->server);
}

static int
print_refused (HansaDataset *dataset, GPtrArray *problems, gboolean json)
{
  hansa_command_print_problems (dataset, problems, FALSE, json);
  if (!json)
    fprintf (stderr, "hansa: %s\n", _ ("nothing was published"));
  return HANSA_EXIT_DATA;
}

static int
publish (HansaDataset *dataset, const HansaPublishOptions *options, gboolean json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HansaPublishPlan) plan = hansa_publish_plan_new (dataset, &error);
  g_auto (HansaPublishOutcome) outcome = { 0 };

  if (plan == NULL)
    return hansa_command_fail (error);
  if (!hansa_publish (plan, options, &outcome, &error))
    return error != NULL ? hansa_command_fail (error)
                         : print_refused (dataset, outcome.problems, json);
  if (json)
    print_outcome_json (plan, &outcome);
  else
    print_outcome (plan, options, &outcome);
  return HANSA_EXIT_OK;
}

int
hansa_command_data_publish (const char *package, HansaPublishOptions *options, gint limit,
                            gboolean json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_problem_free);

  if (!hansa_is_server_address (options->address))
    return hansa_command_usage (_ ("name the server as postgresql://USER@HOST/DATABASE"));
  if (hansa_is_server_address (package))
    return hansa_command_usage (_ ("name the package first, then the server"));
  if (!hansa_server_address_check (options->address, &error))
    return hansa_command_fail (error);
  g_autofree char *path = hansa_path_dataset (package);
  g_autoptr (HansaDataset) dataset = hansa_dataset_open (path, &error);
  if (dataset == NULL)
    return hansa_command_fail (error);
  options->cancel_fd = hansa_cancel_install ();
  if (!hansa_dataset_validate (dataset, (guint)limit, problems, &error))
    return error != NULL ? hansa_command_fail (error) : print_refused (dataset, problems, json);
  return publish (dataset, options, json);
}
