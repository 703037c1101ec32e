/* SPDX-License-Identifier: MIT */
#include "commands/inspect.h"

#include "base/error.h"
#include "base/language.h"
#include "plugin/stored.h"
#include "store/key.h"

HansaDescription *
hansa_inspect (HansaStore *store, const HansaPluginFile *file, GError **error)
{
  HansaOutcome outcome = { 0 };

  if (file->problem != NULL)
    {
      g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_PLUGIN, file->problem);
      return NULL;
    }
  g_autofree char *hash = hansa_file_sum (store, file->path, HANSA_SHA256);
  HansaDescription *description = hansa_stored_description (store, file->path, hash, &outcome);
  if (description != NULL)
    {
      hansa_outcome_clear (&outcome);
      return description;
    }
  g_autoptr (HansaWorker) worker
      = hansa_worker_spawn (file->path, &hansa_limits_default, -1, error);
  if (worker == NULL)
    return NULL;
  description = hansa_worker_describe (worker, &outcome);
  g_autofree char *after = hansa_file_sum (store, file->path, HANSA_SHA256);
  if (description != NULL && g_strcmp0 (hash, after) == 0)
    hansa_store_description (store, hash, worker);
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
  g_autoptr (GError) problem = NULL;
  g_autoptr (HansaStore) store = file != NULL ? hansa_store_open (&problem) : NULL;

  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (file != NULL)
    return hansa_inspect (store, file, error);
  return NULL;
}
