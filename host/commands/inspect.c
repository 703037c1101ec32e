/* SPDX-License-Identifier: MIT */
#include "commands/inspect.h"

#include "base/error.h"
#include "base/language.h"

HansaDescription *
hansa_inspect (const HansaPluginFile *file, GError **error)
{
  HansaOutcome outcome = { 0 };

  if (file->problem != NULL)
    {
      g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_PLUGIN, file->problem);
      return NULL;
    }
  g_autoptr (HansaWorker) worker
      = hansa_worker_spawn (file->path, &hansa_limits_default, -1, error);
  if (worker == NULL)
    return NULL;
  HansaDescription *description = hansa_worker_describe (worker, &outcome);
  if (description == NULL)
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_PLUGIN, "%s: %s: %s", file->id,
                 _ ("the plugin could not be loaded"),
                 outcome.detail != NULL ? outcome.detail : hansa_end_id (outcome.end));
  hansa_outcome_clear (&outcome);
  return description;
}

HansaDescription *
hansa_inspect_named (const char *id_or_path, GError **error)
{
  g_autoptr (GPtrArray) files = hansa_registry_scan (NULL);
  g_autoptr (HansaPluginFile) file = hansa_registry_find (files, id_or_path, error);
  return file != NULL ? hansa_inspect (file, error) : NULL;
}
