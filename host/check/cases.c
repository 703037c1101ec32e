/* SPDX-License-Identifier: MIT
 *
 * The test of the plugin's own cases, which also are the best tables that other
 * tests can have.
 */
#include "check/case.h"
#include "check/check.h"

static HansaSubject *
subject_of (HansaCheck *check, const HansaCase *test)
{
  g_autofree char *name = g_strdup_printf (_ ("case %s"), test->name);
  HansaSubject *subject = hansa_subject_new (name);

  for (guint i = 0; i < test->tables->len; i++)
    {
      const HansaTable *table = hansa_sealed_table_view (g_ptr_array_index (test->tables, i));
      g_ptr_array_add (
          subject->drafts,
          hansa_draft_from_table (&check->description->plugin.inputs[i], table, check->text));
    }
  subject->params = g_array_ref (test->params);
  subject->plain = TRUE;
  return subject;
}

void
hansa_check_collect_cases (HansaCheck *check)
{
  g_auto (GStrv) folders
      = check->options.cases != NULL ? hansa_case_folders (check->options.cases) : NULL;

  for (char **folder = folders; folder != NULL && *folder != NULL; folder++)
    {
      g_autoptr (HansaCase) test = hansa_case_open (check->description, *folder, NULL);

      if (test != NULL && hansa_case_wants_result (test))
        g_ptr_array_add (check->subjects, subject_of (check, test));
    }
}

void
hansa_check_cases (HansaCheck *check)
{
  g_auto (GStrv) folders
      = check->options.cases != NULL ? hansa_case_folders (check->options.cases) : NULL;

  if (folders == NULL || *folders == NULL)
    {
      check->now->skipped = g_strdup (_ ("it has no cases; --cases DIR says where they are"));
      return;
    }
  for (char **folder = folders; *folder != NULL; folder++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HansaCase) test = hansa_case_open (check->description, *folder, &error);
      g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

      if (test == NULL)
        {
          hansa_check_fault (check, FALSE, NULL, "%s: %s", *folder, error->message);
          continue;
        }
      g_autoptr (HansaSubject) subject = subject_of (check, test);
      g_autoptr (HansaTrial) trial = hansa_check_try (check, subject, NULL);
      hansa_case_judge (test, trial->end, trial->detail, trial->result, problems);
      for (guint i = 0; i < problems->len; i++)
        hansa_check_fault (check, FALSE, NULL, _ ("case %s: %s"), test->name,
                           (char *)g_ptr_array_index (problems, i));
    }
}
