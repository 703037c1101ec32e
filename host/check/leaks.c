/* SPDX-License-Identifier: MIT
 *
 * What a run allocates it frees, however the tables look.
 */
#include "check/check.h"

static const HansaProbe thrice = { .rehearsals = 3, .guard = TRUE, .poison = 0xaa };

static gboolean
shows_leak (HansaCheck *check, const HansaSubject *subject, gpointer data)
{
  g_autoptr (HansaTrial) trial = hansa_check_try (check, subject, &thrice);

  (void)data;
  return trial->watch != NULL && trial->watch->leaked_blocks > 0;
}

void
hansa_check_leaks (HansaCheck *check)
{
  for (guint i = 0; i < check->subjects->len && check->now->n_errors == 0; i++)
    {
      const HansaSubject *subject = g_ptr_array_index (check->subjects, i);

      if (hansa_check_answer (check, i)->result == NULL)
        continue;
      g_autoptr (HansaTrial) trial = hansa_check_try (check, subject, &thrice);
      if (trial->watch == NULL || trial->watch->leaked_blocks == 0)
        continue;
      g_autoptr (HansaSubject) smallest = hansa_check_shrink (check, subject, shows_leak, NULL);
      hansa_check_fault (check, FALSE, smallest,
                         _ ("each run leaks %" G_GUINT64_FORMAT
                            " bytes: what it allocates is not all freed "
                            "(\"%s\")"),
                         trial->watch->leaked_bytes, subject->name);
    }
}
