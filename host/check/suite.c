/* SPDX-License-Identifier: MIT
 *
 * The tests in their order, and what they share: the description, the tables,
 * the answers.
 */
#include "check/check.h"

#include "base/error.h"
#include "base/nearest.h"

#include <string.h>

static const struct
{
  const char *id;
  const char *title;
  const char *advice;
  void (*run) (HansaCheck *check);
} tests[] = {
  { "abi", N_ ("what it says of itself"),
    N_ ("Correct the descriptor; HANSA_PLUGIN() and HANSA_PLUGIN_HEAD() take the same id and "
        "version."),
    hansa_check_abi },
  { "cases", N_ ("its own cases"),
    N_ ("Compute the expected value by hand; then correct the plugin, or the case."),
    hansa_check_cases },
  { "answers", N_ ("an answer to any tables"),
    N_ ("Test for what the tables lack before using it; answer hansa_undefined() with a reason, "
        "or hansa_fail() with words."),
    hansa_check_answers },
  { "texts", N_ ("texts in both languages"),
    N_ ("Give each HansaText both languages, with the same placeholders, and each number a unit "
        "of docs/reference/units.md."),
    hansa_check_texts },
  { "memory", N_ ("no memory read before it is written"),
    N_ ("Initialise what you allocate and every member and local before reading it; take chance "
        "from hansa_random()."),
    hansa_check_memory },
  { "leaks", N_ ("no memory kept after a run"),
    N_ ("Free on every way out of run(), errors included."), hansa_check_leaks },
  { "repeat", N_ ("a second run answers the same"),
    N_ ("Keep no variable static or global that run() changes; take chance from hansa_random()."),
    hansa_check_repeat },
  { "clock", N_ ("the same at any time"),
    N_ ("Do not ask for the time: make the reference date a parameter."), hansa_check_clock },
  { "locale", N_ ("the same in any locale"),
    N_ ("Read and print numbers without strtod(), atof() and printf(\"%f\"), which follow the "
        "locale."),
    hansa_check_locale },
  { "order", N_ ("the same for any order of rows"),
    N_ ("Sort by a key before anything that depends on order, break ties by the key, sum with "
        "hansa_sum()."),
    hansa_check_order },
  { "use", N_ ("what is declared is used"),
    N_ ("Use it, or take it out of the descriptor: users are asked for it."), hansa_check_use },
  { "units", N_ ("amounts keep their units"),
    N_ ("Give the metric the unit it is in; add amounts in double; make thresholds parameters with "
        "a unit."),
    hansa_check_units },
  { "dropped", N_ ("rows left out are told"),
    N_ ("Say with hansa_note (job, HANSA_NOTE_DROPPED, ...) how many rows were left out, and why."),
    hansa_check_dropped },
  { "evidence", N_ ("evidence is what a number rests on"),
    N_ ("Name in .rows every row that the value is computed from, or leave .input out."),
    hansa_check_evidence },
};

const char **
hansa_check_tests (void)
{
  const char **ids = g_new0 (const char *, G_N_ELEMENTS (tests) + 1);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    ids[i] = tests[i].id;
  return ids;
}

static gboolean
is_known (const char *only, GError **error)
{
  g_autofree const char **ids = hansa_check_tests ();

  if (only == NULL || g_strv_contains (ids, only))
    return TRUE;
  g_autofree char *list = g_strjoinv (", ", (char **)ids);
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
               _ ("there is no test \"%s\"; there are: %s"), only, list);
  return FALSE;
}

static void
clear_verdict (gpointer data)
{
  g_free (((HansaVerdict *)data)->skipped);
}

static void
free_trial (gpointer trial)
{
  hansa_trial_free (trial);
}

static HansaCheck *
new_check (const HansaCheckOptions *options)
{
  HansaCheck *check = g_new0 (HansaCheck, 1);

  check->options = *options;
  check->options.plugin = g_canonicalize_filename (options->plugin, NULL);
  check->options.cases = g_strdup (options->cases);
  check->options.only = g_strdup (options->only);
  check->options.keep = g_strdup (options->keep);
  check->random = g_rand_new_with_seed ((guint32)options->seed);
  check->text = g_string_chunk_new (4096);
  check->subjects = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_subject_free);
  check->answers = g_ptr_array_new_with_free_func (free_trial);
  check->faults = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_fault_free);
  check->verdicts = g_array_sized_new (FALSE, TRUE, sizeof (HansaVerdict), G_N_ELEMENTS (tests));
  g_array_set_clear_func (check->verdicts, clear_verdict);
  check->said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return check;
}

void
hansa_check_free (HansaCheck *check)
{
  if (check == NULL)
    return;
  g_free (check->options.plugin);
  g_free (check->options.cases);
  g_free (check->options.only);
  g_free (check->options.keep);
  hansa_description_free (check->description);
  g_rand_free (check->random);
  g_string_chunk_free (check->text);
  g_ptr_array_unref (check->subjects);
  g_ptr_array_unref (check->answers);
  g_ptr_array_unref (check->faults);
  g_array_unref (check->verdicts);
  g_hash_table_unref (check->said);
  g_free (check->column_read);
  g_free (check->table_asked);
  g_free (check->param_asked);
  g_free (check);
}

static void
begin (HansaCheck *check, gsize test)
{
  HansaVerdict verdict
      = { .id = tests[test].id, .title = tests[test].title, .advice = tests[test].advice };

  g_array_append_val (check->verdicts, verdict);
  check->now = &g_array_index (check->verdicts, HansaVerdict, check->verdicts->len - 1);
}

/* FALSE when the plugin cannot be described: a fault of the first test. */
static gboolean
describe (HansaCheck *check, GError **error)
{
  HansaOutcome outcome = { 0 };
  g_autoptr (HansaWorker) worker
      = hansa_worker_spawn (check->options.plugin, &hansa_limits_default, -1, error);

  if (worker == NULL)
    return FALSE;
  check->description = hansa_worker_describe (worker, &outcome);
  if (check->description == NULL)
    {
      begin (check, 0);
      hansa_check_fault (check, FALSE, NULL, _ ("it ended \"%s\" before it was described: %s"),
                         hansa_end_id (outcome.end), outcome.detail);
    }
  hansa_outcome_clear (&outcome);
  return TRUE;
}

static void
prepare (HansaCheck *check)
{
  const HansaPlugin *plugin = &check->description->plugin;
  gsize n_columns = 0;

  for (guint i = 0; i < plugin->n_inputs; i++)
    n_columns += plugin->inputs[i].n_columns;
  check->column_read = g_new0 (gboolean, n_columns + 1);
  check->table_asked = g_new0 (gboolean, plugin->n_inputs + 1);
  check->param_asked = g_new0 (gboolean, plugin->n_params + 1);
  hansa_check_collect_cases (check);
  hansa_check_generate (check);
  g_ptr_array_set_size (check->answers, (gint)check->subjects->len);
}

HansaCheck *
hansa_check_run (const HansaCheckOptions *options, GError **error)
{
  g_autoptr (HansaCheck) check = new_check (options);

  if (!is_known (options->only, error)
      || !hansa_note_read (check->options.plugin, &check->note, NULL, error)
      || !describe (check, error))
    return NULL;
  if (check->description == NULL)
    return g_steal_pointer (&check);
  prepare (check);
  gboolean runnable = ((HansaSubject *)g_ptr_array_index (check->subjects, 0))->params != NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      if (options->only != NULL && !g_str_equal (options->only, tests[i].id))
        continue;
      gint64 start = g_get_monotonic_time ();
      begin (check, i);
      if (i == 0 || runnable)
        tests[i].run (check);
      else
        check->now->skipped = g_strdup (_ ("a default breaks its own bounds; see \"abi\""));
      check->now->seconds = (double)(g_get_monotonic_time () - start) * 1e-6;
    }
  return g_steal_pointer (&check);
}

gboolean
hansa_check_failed (const HansaCheck *check)
{
  for (guint i = 0; i < check->faults->len; i++)
    if (!((HansaFault *)g_ptr_array_index (check->faults, i))->warning)
      return TRUE;
  return FALSE;
}
