/* SPDX-License-Identifier: MIT
 *
 * What is known of an analysis before its plugin is run: parameters, whether it
 * can work on the data, and the result, where the store has it.
 */
#include "base/error.h"
#include "plugin/stored.h"
#include "run/analysis.h"
#include "run/params.h"

#include <string.h>

/* ---- parameters ------------------------------------------------------- */

typedef struct
{
  const HansaSession *session;
  GPtrArray *texts;
} Lookup;

static const char *
look_up (const char *plugin, const char *param, gpointer data)
{
  Lookup *lookup = data;
  g_autofree char *key = g_strdup_printf ("%s.%s", plugin, param);
  const char *text = g_hash_table_lookup (lookup->session->settings, key);

  if (text != NULL)
    return text;
  if (lookup->session->study != NULL)
    {
      char *said = hansa_study_param (lookup->session->study, plugin, param);
      if (said != NULL)
        {
          g_ptr_array_add (lookup->texts, said);
          return said;
        }
    }
  return hansa_dataset_parameter (lookup->session->dataset, plugin, param);
}

static gboolean
check_names (const HansaSession *session, const HansaDescription *description, GError **error)
{
  g_autofree char *prefix = g_strdup_printf ("%s.", description->plugin.id);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, session->settings);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_str_has_prefix (key, prefix)
        && !hansa_params_known (description, (char *)key + strlen (prefix), error))
      return FALSE;
  if (session->study == NULL)
    return TRUE;
  g_auto (GStrv) names = hansa_study_params (session->study, description->plugin.id);
  for (char **name = names; *name != NULL; name++)
    if (!hansa_params_known (description, *name, error))
      {
        g_prefix_error (error, "%s: ", session->study->path);
        return FALSE;
      }
  return TRUE;
}

static gboolean
resolve_params (HansaAnalysis *analysis, const HansaSession *session, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  Lookup lookup = { .session = session, .texts = texts };

  if (!check_names (session, analysis->description, error))
    return FALSE;
  analysis->params = hansa_params_resolve (analysis->description, look_up, &lookup, error);
  return analysis->params != NULL;
}

gboolean
hansa_session_usable (const HansaDescription *description, HansaDataset *dataset, GError **error)
{
  for (guint i = 0; i < description->plugin.n_inputs; i++)
    if (!hansa_dataset_can_answer (dataset, &description->plugin.inputs[i], error))
      {
        g_prefix_error (error, "%s: ", description->plugin.id);
        return FALSE;
      }
  return TRUE;
}

/* ---- what is known ----------------------------------------------------- */

static void
clear_digest (gpointer data)
{
  g_free (((HansaInputDigest *)data)->hash);
}

/* Of every input: from its table where it was read, else from the store. NULL
 * when one of them is not known. */
static GArray *
digest_inputs (HansaAnalysis *analysis, const HansaSession *session)
{
  const HansaPlugin *plugin = &analysis->description->plugin;
  g_autoptr (GArray) digests = g_array_new (FALSE, FALSE, sizeof (HansaInputDigest));

  g_array_set_clear_func (digests, clear_digest);
  for (guint i = 0; i < plugin->n_inputs; i++)
    {
      HansaInputDigest digest = { NULL, 0 };
      if (i < analysis->inputs->len)
        {
          HansaSealedTable *table = analysis->inputs->pdata[i];
          digest.hash = g_strdup (hansa_sealed_table_hash (table));
          digest.n_rows = hansa_sealed_table_view (table)->n_rows;
        }
      else if (!hansa_dataset_input_known (session->dataset, &plugin->inputs[i], &digest.hash,
                                           &digest.n_rows))
        return NULL;
      g_array_append_val (digests, digest);
    }
  return g_steal_pointer (&digests);
}

void
hansa_task_look_up_result (HansaTask *task)
{
  HansaAnalysis *analysis = task->analysis;
  const HansaSession *session = task->crew->session;
  g_autoptr (GArray) digests = session->store != NULL ? digest_inputs (analysis, session) : NULL;

  if (digests == NULL)
    return;
  g_free (task->key);
  task->key = hansa_result_key (session->store, analysis->hash, &session->limits, session->seed,
                                analysis->params, digests);
  analysis->result = hansa_stored_result (session->store, task->key, analysis->description,
                                          &session->limits, digests);
  analysis->reused = analysis->result != NULL;
}

gboolean
hansa_task_check (HansaTask *task, GError **error)
{
  HansaAnalysis *analysis = task->analysis;
  const HansaSession *session = task->crew->session;

  if (hansa_session_usable (analysis->description, session->dataset, error))
    return analysis->params != NULL || resolve_params (analysis, session, error);
  if (session->skip_unusable)
    task->unusable = g_steal_pointer (error);
  return FALSE;
}

void
hansa_task_look_up (HansaTask *task)
{
  HansaAnalysis *analysis = task->analysis;
  g_autoptr (GError) error = NULL; /* comes again when the task is run */

  analysis->description = hansa_stored_description (task->crew->session->store, analysis->path,
                                                    analysis->hash, &analysis->outcome);
  if (analysis->description != NULL && hansa_task_check (task, &error))
    hansa_task_look_up_result (task);
}

gboolean
hansa_task_is_settled (const HansaTask *task)
{
  return task->unusable != NULL || task->analysis->result != NULL;
}
