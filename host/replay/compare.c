/* SPDX-License-Identifier: MIT
 *
 * What came out otherwise, analysis by analysis: numbers one by one, the rest
 * by part, tables and pictures byte by byte.
 */
#include "replay/compare.h"

#include "report/report.h"

#include <string.h>

static void
free_metric (gpointer data)
{
  HansaMetricChange *metric = data;
  g_free (metric->id);
  hansa_text_clear (&metric->title);
  hansa_text_clear (&metric->before);
  hansa_text_clear (&metric->after);
  g_free (metric);
}

static gboolean
is_same (JsonObject *before, JsonObject *after, const char *member)
{
  g_autofree char *old = hansa_record_json (before, member);
  g_autofree char *new = hansa_record_json (after, member);
  return g_strcmp0 (old, new) == 0;
}

/* ---- metrics ------------------------------------------------------------------------- */

/* At full precision, with its interval: what `shown` rounds away. */
static char *
precise (JsonObject *metric)
{
  g_autofree char *value = hansa_record_json (metric, "value");
  g_autofree char *interval = hansa_record_json (metric, "interval");

  if (interval == NULL || g_str_equal (interval, "null"))
    return g_strdup (value);
  return g_strdup_printf ("%s %s", value, interval);
}

static void
add_metric (HansaReplayed *replayed, JsonObject *before, JsonObject *after)
{
  HansaMetricChange *change = g_new0 (HansaMetricChange, 1);
  HansaText old = hansa_record_words (before, "shown"), new = hansa_record_words (after, "shown");

  change->id = g_strdup (hansa_record_text (before, "id"));
  change->title = hansa_text_copy (hansa_record_words (before, "title"));
  if (after != NULL && g_strcmp0 (old.en, new.en) == 0)
    {
      g_autofree char *some = precise (before), *other = precise (after);
      change->before = hansa_text_copy ((HansaText){ some, some });
      change->after = hansa_text_copy ((HansaText){ other, other });
    }
  else
    {
      change->before = hansa_text_copy (old);
      change->after = hansa_text_copy (new);
    }
  g_ptr_array_add (replayed->metrics, change);
}

static void
add_part (HansaReplayed *replayed, const char *part)
{
  if (!g_ptr_array_find_with_equal_func (replayed->parts, part, g_str_equal, NULL))
    g_ptr_array_add (replayed->parts, (gpointer)part);
}

static void
compare_metrics (JsonObject *before, JsonObject *after, HansaReplayed *replayed)
{
  JsonArray *some = hansa_record_list (before, "metrics");
  JsonArray *others = after != NULL ? hansa_record_list (after, "metrics") : NULL;

  replayed->n_metrics = some != NULL ? json_array_get_length (some) : 0;
  for (guint i = 0; i < replayed->n_metrics; i++)
    {
      JsonObject *old = json_array_get_object_element (some, i);
      JsonObject *new = hansa_record_find (others, "id", hansa_record_text (old, "id"));
      if (new == NULL || !is_same (old, new, "value") || !is_same (old, new, "interval"))
        add_metric (replayed, old, new);
      else if (!is_same (old, new, "rests_on"))
        add_part (replayed, "evidence");
    }
  if (others != NULL && json_array_get_length (others) != replayed->n_metrics)
    add_part (replayed, "metrics");
}

/* ---- parts --------------------------------------------------------------------------- */

static void
compare_parts (JsonObject *before, JsonObject *after, HansaReplayed *replayed)
{
  static const char *const parts[]
      = { "end", "message", "output", "findings", "tables", "charts", "notes" };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (after == NULL || !is_same (before, after, parts[i]))
      add_part (replayed, parts[i]);
}

/* The values that were used, not those that were asked for. */
static void
compare_parameters (JsonObject *before, JsonObject *after, HansaReplay *replay)
{
  JsonArray *some = hansa_record_list (before, "parameters");
  JsonArray *others = after != NULL ? hansa_record_list (after, "parameters") : NULL;

  for (guint i = 0; some != NULL && i < json_array_get_length (some); i++)
    {
      JsonObject *old = json_array_get_object_element (some, i);
      const char *id = hansa_record_text (old, "id");
      JsonObject *new = hansa_record_find (others, "id", id);
      g_autofree char *name
          = g_strdup_printf ("%s.%s", hansa_record_text (before, "id"), id != NULL ? id : "");
      hansa_replay_add_change (replay, HANSA_CAUSE_PARAMETER, name,
                               hansa_record_text (old, "value"), hansa_record_text (new, "value"),
                               TRUE);
    }
}

/* ---- files --------------------------------------------------------------------------- */

/* Tables and pictures of an analysis. A PDF holds the time of its drawing. */
static gboolean
is_compared (const char *line, const char *id)
{
  const char *name = strchr (line, '/');

  return (g_str_has_prefix (line, "charts/") || g_str_has_prefix (line, "tables/"))
         && g_str_has_prefix (name + 1, id) && name[1 + strlen (id)] == '.'
         && strstr (line, ".pdf\t") == NULL;
}

/* Lines of hansa_report_list() that the other list does not have, by file name. */
static void
add_files (GStrv some, GStrv others, HansaReplayed *replayed)
{
  for (char **line = some; *line != NULL; line++)
    {
      if (!is_compared (*line, replayed->id)
          || g_strv_contains ((const char *const *)others, *line))
        continue;
      char *name = g_strndup (*line, strcspn (*line, "\t"));
      if (g_ptr_array_find_with_equal_func (replayed->files, name, g_str_equal, NULL))
        g_free (name);
      else
        g_ptr_array_add (replayed->files, name);
    }
}

static void
compare_files (const char *before, const char *after, HansaReplayed *replayed)
{
  g_autofree char *old = hansa_report_list (before), *new = hansa_report_list (after);
  g_auto (GStrv) some = g_strsplit (old != NULL ? old : "", "\n", -1);
  g_auto (GStrv) others = g_strsplit (new != NULL ? new : "", "\n", -1);

  for (char **line = some; *line != NULL; line++)
    replayed->n_files += is_compared (*line, replayed->id) ? 1 : 0;
  add_files (some, others, replayed);
  add_files (others, some, replayed);
}

/* ---- all of it ----------------------------------------------------------------------- */

static HansaReplayed *
compare_analysis (JsonObject *before, JsonObject *after, HansaReplay *replay)
{
  HansaReplayed *replayed = g_new0 (HansaReplayed, 1);

  replayed->id = g_strdup (hansa_record_text (before, "id"));
  replayed->title
      = hansa_text_copy (hansa_record_words (hansa_record_object (before, "plugin"), "title"));
  replayed->metrics = g_ptr_array_new_with_free_func (free_metric);
  replayed->parts = g_ptr_array_new ();
  replayed->files = g_ptr_array_new_with_free_func (g_free);
  compare_metrics (before, after, replayed);
  compare_parts (before, after, replayed);
  compare_parameters (before, after, replay);
  return replayed;
}

static JsonArray *
load_analyses (const char *folder, JsonNode **root, GError **error)
{
  g_autofree char *file = g_build_filename (folder, "report.json", NULL);
  const HansaJsonPlace place = { file, "" };

  *root = hansa_json_load (file, error);
  JsonObject *object = *root != NULL ? hansa_json_object (*root, place, error) : NULL;
  if (object == NULL)
    return NULL;
  JsonArray *analyses = hansa_record_list (object, "analyses");
  if (analyses == NULL)
    hansa_json_error (place, "analyses", error, _ ("it must be the list of what the report says"));
  return analyses;
}

gboolean
hansa_compare_results (const HansaRecord *before, const HansaRecord *after, HansaReplay *replay,
                       GError **error)
{
  g_autoptr (JsonNode) old_root = NULL, new_root = NULL;
  JsonArray *old = load_analyses (before->folder, &old_root, error);
  JsonArray *new = old != NULL ? load_analyses (after->folder, &new_root, error) : NULL;

  if (new == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (old); i++)
    {
      JsonObject *analysis = json_array_get_object_element (old, i);
      const char *id = hansa_record_text (analysis, "id");
      if (id == NULL)
        continue;
      HansaReplayed *replayed
          = compare_analysis (analysis, hansa_record_find (new, "id", id), replay);
      compare_files (before->folder, after->folder, replayed);
      g_ptr_array_add (replay->analyses, replayed);
      replay->n_different
          += replayed->metrics->len + replayed->parts->len + replayed->files->len > 0;
    }
  return TRUE;
}
