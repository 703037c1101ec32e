/* SPDX-License-Identifier: MIT
 *
 * Checking a whole package.
 */
#include "base/error.h"
#include "dataset/bulk.h"
#include "dataset/load.h"
#include "dataset/server.h"

static gboolean
validate_resource (HansaDataset *dataset, const HansaResource *resource, HansaProblems *problems,
                   GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (dataset->server != NULL)
    return hansa_server_check (dataset, resource, problems, error)
           && hansa_server_check_keys (dataset, resource, problems, error);
  if (hansa_resource_needs_engine (dataset, resource))
    return hansa_bulk_validate (dataset, resource, problems, error);
  g_autoptr (HansaSealedTable) table = hansa_load_csv (dataset, resource, problems, &cause);
  if (table != NULL)
    {
      /* A target with problems of its own is reported where it stands. */
      (void)hansa_check_foreign_keys (dataset, resource, table, problems, NULL);
      return TRUE;
    }
  if (cause == NULL)
    return TRUE;
  if (g_error_matches (cause, HANSA_HOST_ERROR, HANSA_EXIT_DATA))
    {
      hansa_problems_add (problems, 0, NULL, NULL, "structure", g_strdup (cause->message));
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

gboolean
hansa_dataset_validate (HansaDataset *dataset, guint limit, GPtrArray *problems, GError **error)
{
  guint before = problems->len;

  for (guint i = 0; i < dataset->resources->len; i++)
    {
      const HansaResource *resource = g_ptr_array_index (dataset->resources, i);
      g_auto (HansaProblems) found;
      hansa_problems_init (&found, resource, limit);
      if (!validate_resource (dataset, resource, &found, error))
        return FALSE;
      while (found.found->len > 0)
        g_ptr_array_add (problems, g_ptr_array_steal_index (found.found, 0));
    }
  return problems->len == before;
}
