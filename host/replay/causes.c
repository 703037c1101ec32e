/* SPDX-License-Identifier: MIT
 *
 * What may have made the difference: the two records, member by member.
 */
#include "replay/compare.h"

void
hansa_replay_add_change (HansaReplay *replay, HansaCause cause, const char *what,
                         const char *before, const char *after, gboolean shown)
{
  if (g_strcmp0 (before, after) == 0)
    return;
  HansaChange *change = g_new0 (HansaChange, 1);
  change->cause = cause;
  change->what = g_strdup (what);
  change->before = g_strdup (shown ? before : NULL);
  change->after = g_strdup (shown ? after : NULL);
  g_ptr_array_add (replay->changes, change);
}

static void
compare_data (const HansaRecord *before, const HansaRecord *after, HansaReplay *replay)
{
  hansa_replay_add_change (replay, HANSA_CAUSE_DATA, "datapackage.json",
                           hansa_record_text (before->dataset, "sha256"),
                           hansa_record_text (after->dataset, "sha256"), FALSE);
  for (guint i = 0; i < json_array_get_length (before->files); i++)
    {
      JsonObject *file = json_array_get_object_element (before->files, i);
      const char *path = hansa_record_text (file, "path");
      JsonObject *now = hansa_record_find (after->files, "path", path);
      hansa_replay_add_change (replay, HANSA_CAUSE_DATA, path, hansa_record_text (file, "xxh3_128"),
                               hansa_record_text (now, "xxh3_128"), FALSE);
    }
}

/* What a server gave; its tables have no file to be named by. */
static void
compare_inputs (JsonObject *before, JsonObject *after, HansaReplay *replay)
{
  JsonArray *inputs = hansa_record_list (before, "inputs");
  JsonArray *now = after != NULL ? hansa_record_list (after, "inputs") : NULL;

  for (guint i = 0; inputs != NULL && i < json_array_get_length (inputs); i++)
    {
      JsonObject *input = json_array_get_object_element (inputs, i);
      const char *name = hansa_record_text (input, "name");
      hansa_replay_add_change (
          replay, HANSA_CAUSE_DATA, name, hansa_record_text (input, "xxh3_128"),
          hansa_record_text (hansa_record_find (now, "name", name), "xxh3_128"), FALSE);
    }
}

static void
compare_plugin (JsonObject *before, JsonObject *after, HansaReplay *replay)
{
  const char *id = hansa_record_text (before, "id");
  const char *old = hansa_record_text (before, "version"),
             *new = hansa_record_text (after, "version");

  if (g_strcmp0 (old, new) != 0)
    hansa_replay_add_change (replay, HANSA_CAUSE_PLUGIN, id, old, new, TRUE);
  else
    hansa_replay_add_change (replay, HANSA_CAUSE_PLUGIN, id, hansa_record_text (before, "sha256"),
                             hansa_record_text (after, "sha256"), FALSE);
}

/* The version where that tells, else that it is another build of it. */
static void
compare_program (const HansaRecord *before, const HansaRecord *after, HansaReplay *replay)
{
  static const char *const programs[] = { "program", "worker" };
  const char *old = hansa_record_text (before->object, "hansa");
  const char *new = hansa_record_text (after->object, "hansa");

  if (g_strcmp0 (old, new) != 0)
    {
      hansa_replay_add_change (replay, HANSA_CAUSE_HOST, NULL, old, new, TRUE);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    hansa_replay_add_change (replay, HANSA_CAUSE_HOST, i == 0 ? "hansa" : "hansa-worker",
                             hansa_record_text (before->object, programs[i]),
                             hansa_record_text (after->object, programs[i]), FALSE);
}

void
hansa_compare_causes (const HansaRecord *before, const HansaRecord *after, HansaReplay *replay)
{
  const char *engine = hansa_record_text (before->object, "engine");

  compare_data (before, after, replay);
  for (guint i = 0; i < json_array_get_length (before->analyses); i++)
    {
      JsonObject *old = json_array_get_object_element (before->analyses, i);
      JsonObject *new = hansa_record_find (after->analyses, "id", hansa_record_text (old, "id"));
      compare_plugin (old, new, replay);
      if (engine != NULL)
        compare_inputs (old, new, replay);
    }
  compare_program (before, after, replay);
  hansa_replay_add_change (replay, HANSA_CAUSE_ENGINE, NULL, engine,
                           hansa_record_text (after->object, "engine"), TRUE);
  hansa_replay_add_change (replay, HANSA_CAUSE_GNUPLOT, NULL,
                           hansa_record_text (before->object, "gnuplot"),
                           hansa_record_text (after->object, "gnuplot"), TRUE);
  hansa_replay_add_change (replay, HANSA_CAUSE_FONTS, NULL,
                           hansa_record_text (before->object, "fonts"),
                           hansa_record_text (after->object, "fonts"), FALSE);
}
