/* SPDX-License-Identifier: MIT
 *
 * Whatever tables come, a plugin answers or says in its own words why not.
 */
#include "check/check.h"

#define MOST_HANGS 2
#define MOST_KINDS 4 /* of failures that are shrunk and told */

static gboolean
is_answer (HansaEnd end)
{
  return end == HANSA_END_OK || end == HANSA_END_ERROR;
}

/* The detail without its numbers: addresses and row numbers differ from run to
 * run while the fault is one. */
static char *
kind_of (const HansaTrial *trial)
{
  g_autoptr (GRegex) numbers = g_regex_new ("(0x)?[0-9a-f]*[0-9][0-9a-f]*", 0, 0, NULL);
  g_autofree char *bare = g_regex_replace_literal (numbers, trial->detail, -1, 0, "#", 0, NULL);

  return g_strdup_printf ("%s: %s", hansa_end_id (trial->end), bare);
}

static gboolean
shows_kind (HansaCheck *check, const HansaSubject *subject, gpointer kind)
{
  g_autoptr (HansaTrial) trial = hansa_check_try (check, subject, &hansa_probe_guarded);
  g_autofree char *now = kind_of (trial);

  return g_str_equal (now, kind);
}

static void
tell (HansaCheck *check, const HansaSubject *subject, const HansaTrial *trial, char *kind)
{
  g_autoptr (HansaSubject) smallest = hansa_check_shrink (check, subject, shows_kind, kind);

  hansa_check_fault (check, FALSE, smallest, _ ("on \"%s\" it ended \"%s\": %s"), subject->name,
                     hansa_end_id (trial->end), trial->detail);
}

void
hansa_check_answers (HansaCheck *check)
{
  g_autoptr (GHashTable) kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_results = 0, n_hangs = 0;

  for (guint i = 0; i < check->subjects->len; i++)
    {
      const HansaSubject *subject = g_ptr_array_index (check->subjects, i);
      const HansaTrial *trial = hansa_check_answer (check, i);

      n_results += trial->end == HANSA_END_OK;
      n_hangs += trial->end == HANSA_END_TIMED_OUT;
      if (n_hangs == MOST_HANGS)
        break; /* time is short, and the cause is one */
      if (is_answer (trial->end))
        continue;
      char *kind = kind_of (trial);
      if (!g_hash_table_contains (kinds, kind) && g_hash_table_size (kinds) < MOST_KINDS)
        {
          tell (check, subject, trial, kind);
          g_hash_table_add (kinds, kind);
        }
      else
        {
          check->now->n_errors++;
          g_free (kind);
        }
    }
  if (n_results == 0 && check->now->n_errors == 0)
    hansa_check_fault (check, TRUE, NULL,
                       _ ("no table at all was answered with a result; give it cases"));
}
