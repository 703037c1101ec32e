/* SPDX-License-Identifier: MIT
 *
 * What a comparison comes to, made and freed.
 */
#include "replay/compare.h"

static void
free_change (gpointer data)
{
  HansaChange *change = data;
  g_free (change->what);
  g_free (change->before);
  g_free (change->after);
  g_free (change);
}

static void
free_replayed (gpointer data)
{
  HansaReplayed *replayed = data;
  g_free (replayed->id);
  hansa_text_clear (&replayed->title);
  g_ptr_array_unref (replayed->metrics);
  g_ptr_array_unref (replayed->parts);
  g_ptr_array_unref (replayed->files);
  g_free (replayed);
}

void
hansa_replay_free (HansaReplay *replay)
{
  g_free (replay->created);
  g_ptr_array_unref (replay->analyses);
  g_ptr_array_unref (replay->changes);
  g_free (replay);
}

HansaReplay *
hansa_compare_reports (const char *before, const char *after, GError **error)
{
  g_autoptr (HansaRecord) old = hansa_record_read (before, error);
  g_autoptr (HansaRecord) new = old != NULL ? hansa_record_read (after, error) : NULL;

  if (new == NULL)
    return NULL;
  g_autoptr (HansaReplay) replay = g_new0 (HansaReplay, 1);
  replay->created = g_strdup (hansa_record_text (old->object, "created"));
  replay->analyses = g_ptr_array_new_with_free_func (free_replayed);
  replay->changes = g_ptr_array_new_with_free_func (free_change);
  hansa_compare_causes (old, new, replay);
  if (!hansa_compare_results (old, new, replay, error))
    return NULL;
  return g_steal_pointer (&replay);
}
