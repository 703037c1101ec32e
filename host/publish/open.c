/* SPDX-License-Identifier: MIT
 *
 * Opens the module that talks to servers, and hands over.
 */
#include "publish/publish.h"

#include "base/error.h"
#include "base/paths.h"

#include <dlfcn.h>

#define MODULE "hansa-engine-postgresql.so"

static const HansaPublishModule *
load_module (GError **error)
{
  g_autofree char *path = hansa_path_module (MODULE);

  if (path == NULL)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP,
                   _ ("Publishing needs the module %s, which is not installed. Install libpq-dev "
                      "and build Hansa again."),
                   MODULE);
      return NULL;
    }
  void *library = dlopen (path, RTLD_NOW | RTLD_LOCAL);
  const HansaPublishModule *module
      = library != NULL ? dlsym (library, "hansa_publish_module") : NULL;
  if (module != NULL && module->api == HANSA_PUBLISH_API)
    return module;
  if (module == NULL)
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP, _ ("%s cannot be loaded: %s"), path,
                 dlerror ());
  else
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP,
                 _ ("%s belongs to another version of Hansa. Install Hansa again."), path);
  return NULL;
}

gboolean
hansa_publish (const HansaPublishPlan *plan, const HansaPublishOptions *options,
               HansaPublishOutcome *outcome, GError **error)
{
  const HansaPublishModule *module = load_module (error);

  outcome->problems = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_problem_free);
  return module != NULL && module->publish (plan, options, outcome, error);
}

void
hansa_publish_outcome_clear (HansaPublishOutcome *outcome)
{
  g_clear_pointer (&outcome->server, g_free);
  g_clear_pointer (&outcome->office, g_free);
  g_clear_pointer (&outcome->problems, g_ptr_array_unref);
}
