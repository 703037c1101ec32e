/* SPDX-License-Identifier: MIT
 *
 * One run of the plugin on one subject, and what a fault is made of.
 */
#include "check/check.h"

const HansaProbe hansa_probe_guarded = { .guard = TRUE, .poison = 0xaa };

/* Fences cost a copy of every column. */
#define MOST_GUARDED_ROWS 5000

HansaSubject *
hansa_subject_new (const char *name)
{
  HansaSubject *subject = g_new0 (HansaSubject, 1);

  subject->name = g_strdup (name);
  subject->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_draft_free);
  return subject;
}

HansaSubject *
hansa_subject_copy (const HansaSubject *subject)
{
  HansaSubject *copy = hansa_subject_new (subject->name);

  for (guint i = 0; i < subject->drafts->len; i++)
    {
      const HansaDraft *draft = g_ptr_array_index (subject->drafts, i);
      g_ptr_array_add (copy->drafts, draft != NULL ? hansa_draft_copy (draft) : NULL);
    }
  copy->params = subject->params != NULL ? g_array_ref (subject->params) : NULL;
  copy->plain = subject->plain;
  copy->ascii = subject->ascii;
  return copy;
}

void
hansa_subject_free (HansaSubject *subject)
{
  if (subject == NULL)
    return;
  g_free (subject->name);
  g_ptr_array_unref (subject->drafts);
  g_clear_pointer (&subject->params, g_array_unref);
  g_free (subject);
}

void
hansa_trial_free (HansaTrial *trial)
{
  if (trial == NULL)
    return;
  g_free (trial->detail);
  hansa_result_free (trial->result);
  hansa_watch_free (trial->watch);
  g_free (trial);
}

static gsize
most_rows (const HansaSubject *subject)
{
  gsize most = 0;

  for (guint i = 0; i < subject->drafts->len; i++)
    {
      const HansaDraft *draft = g_ptr_array_index (subject->drafts, i);
      most = MAX (most, draft != NULL ? hansa_draft_rows (draft) : 0);
    }
  return most;
}

static void
notice_use (HansaCheck *check, const HansaWatch *watch)
{
  const HansaPlugin *plugin = &check->description->plugin;
  gsize at = 0;

  if (watch->params->len != plugin->n_params || watch->tables->len != plugin->n_inputs)
    return;
  for (guint i = 0; i < plugin->n_params; i++)
    check->param_asked[i] |= watch->params->data[i];
  for (guint i = 0; i < plugin->n_inputs; i++)
    {
      const GByteArray *columns = g_ptr_array_index (watch->columns, i);

      check->table_asked[i] |= watch->tables->data[i];
      for (guint j = 0; j < plugin->inputs[i].n_columns; j++, at++)
        check->column_read[at] |= j < columns->len && columns->data[j];
    }
}

/* The description must be taken before the job goes out. */
static gboolean
is_described (HansaWorker *worker, HansaOutcome *outcome)
{
  g_autoptr (HansaDescription) description = hansa_worker_describe (worker, outcome);

  return description != NULL;
}

static void
run_worker (HansaCheck *check, HansaWorker *worker, const HansaSubject *subject, GPtrArray *tables,
            HansaTrial *trial)
{
  HansaOutcome outcome = { 0 };
  const GArray *params = subject->params;

  if (is_described (worker, &outcome))
    trial->result = hansa_worker_run (worker, (const HansaParamValue *)(const void *)params->data,
                                      params->len, (HansaSealedTable *const *)tables->pdata,
                                      tables->len, 1, &outcome);
  trial->end = outcome.end;
  trial->detail = g_strdup (outcome.detail != NULL ? outcome.detail : "");
  trial->watch = hansa_worker_take_watch (worker);
  if (trial->watch != NULL)
    notice_use (check, trial->watch);
  hansa_outcome_clear (&outcome);
}

static GPtrArray *
seal_all (const HansaSubject *subject, GError **error)
{
  g_autoptr (GPtrArray) tables
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_sealed_table_unref);

  for (guint i = 0; i < subject->drafts->len; i++)
    {
      const HansaDraft *draft = g_ptr_array_index (subject->drafts, i);
      HansaSealedTable *table = draft != NULL ? hansa_draft_seal (draft, error) : NULL;

      if (draft != NULL && table == NULL)
        return NULL;
      g_ptr_array_add (tables, table);
    }
  return g_steal_pointer (&tables);
}

HansaTrial *
hansa_check_try (HansaCheck *check, const HansaSubject *subject, const HansaProbe *probe)
{
  HansaTrial *trial = g_new0 (HansaTrial, 1);
  HansaProbe used = probe != NULL ? *probe : (HansaProbe){ 0 };
  HansaLimits limits = hansa_limits_default;
  g_autoptr (GError) error = NULL;

  if (most_rows (subject) > MOST_GUARDED_ROWS)
    used.guard = FALSE;
  limits.seconds = check->options.seconds;
  check->now->n_runs++;
  g_autoptr (GPtrArray) tables = seal_all (subject, &error);
  g_autoptr (HansaWorker) worker
      = tables != NULL ? hansa_worker_spawn_probed (check->options.plugin, &limits, &used, &error)
                       : NULL;
  if (worker == NULL)
    {
      trial->end = HANSA_END_REFUSED;
      trial->detail = g_strdup (error != NULL ? error->message : "");
      return trial;
    }
  run_worker (check, worker, subject, tables, trial);
  return trial;
}

const HansaTrial *
hansa_check_answer (HansaCheck *check, guint subject)
{
  HansaTrial **answer = (HansaTrial **)&g_ptr_array_index (check->answers, subject);

  if (*answer == NULL)
    *answer = hansa_check_try (check, g_ptr_array_index (check->subjects, subject),
                               &hansa_probe_guarded);
  return *answer;
}

void
hansa_fault_free (HansaFault *fault)
{
  g_free (fault->message);
  hansa_subject_free (fault->smallest);
  g_free (fault->kept);
  g_free (fault);
}

void
hansa_check_fault (HansaCheck *check, gboolean warning, const HansaSubject *smallest,
                   const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  if (warning)
    check->now->n_warnings++;
  else
    check->now->n_errors++;
  if (!g_hash_table_add (check->said, message))
    return;
  HansaFault *fault = g_new0 (HansaFault, 1);
  fault->test = check->now->id;
  fault->warning = warning;
  fault->message = g_strdup (message);
  fault->smallest = smallest != NULL ? hansa_subject_copy (smallest) : NULL;
  g_ptr_array_add (check->faults, fault);
}
