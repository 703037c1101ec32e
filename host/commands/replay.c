/* SPDX-License-Identifier: MIT
 *
 * hansa replay: a report's record run again, and what to say of it.
 */
#include "commands/commands.h"

#include "replay/replay.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

/* More than these are counted, not listed; --json has all. */
#define MOST_SHOWN 10

typedef struct
{
  char *dataset, *engine;
  char **plugin_dirs;
  gboolean json;
} Options;

static void
clear_options (Options *options)
{
  g_free (options->dataset);
  g_free (options->engine);
  g_strfreev (options->plugin_dirs);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

static const struct
{
  const char *id;
  const char *words;
} causes[] = {
  [HANSA_CAUSE_DATA] = { "data", N_ ("data") },
  [HANSA_CAUSE_PLUGIN] = { "plugin", N_ ("plugin") },
  [HANSA_CAUSE_PARAMETER] = { "parameter", N_ ("parameter") },
  [HANSA_CAUSE_HOST] = { "host", N_ ("Hansa") },
  [HANSA_CAUSE_ENGINE] = { "engine", N_ ("engine") },
  [HANSA_CAUSE_GNUPLOT] = { "gnuplot", N_ ("gnuplot") },
  [HANSA_CAUSE_FONTS] = { "fonts", N_ ("fonts") },
};

/* ---- as JSON --------------------------------------------------------------------- */

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  json_builder_set_member_name (builder, member);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_count (JsonBuilder *builder, const char *member, guint count)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, count);
}

static void
add_words (JsonBuilder *builder, const char *member, HansaText text)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_object (builder);
  add_text (builder, "en", text.en);
  add_text (builder, "zh", text.zh);
  json_builder_end_object (builder);
}

static void
add_strings (JsonBuilder *builder, const char *member, GPtrArray *strings)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; i < strings->len; i++)
    json_builder_add_string_value (builder, strings->pdata[i]);
  json_builder_end_array (builder);
}

static gboolean
is_same (const HansaReplayed *replayed)
{
  return replayed->metrics->len + replayed->parts->len + replayed->files->len == 0;
}

static void
add_replayed (JsonBuilder *builder, const HansaReplayed *replayed)
{
  json_builder_begin_object (builder);
  add_text (builder, "id", replayed->id);
  json_builder_set_member_name (builder, "same");
  json_builder_add_boolean_value (builder, is_same (replayed));
  add_count (builder, "metrics_compared", replayed->n_metrics);
  add_count (builder, "files_compared", replayed->n_files);
  json_builder_set_member_name (builder, "metrics");
  json_builder_begin_array (builder);
  for (guint i = 0; i < replayed->metrics->len; i++)
    {
      const HansaMetricChange *metric = replayed->metrics->pdata[i];
      json_builder_begin_object (builder);
      add_text (builder, "id", metric->id);
      add_words (builder, "title", metric->title);
      add_words (builder, "before", metric->before);
      add_words (builder, "after", metric->after);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  add_strings (builder, "parts", replayed->parts);
  add_strings (builder, "files", replayed->files);
  json_builder_end_object (builder);
}

static void
print_json (const HansaReplay *replay)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "same");
  json_builder_add_boolean_value (builder, replay->n_different == 0);
  add_text (builder, "created", replay->created);
  json_builder_set_member_name (builder, "analyses");
  json_builder_begin_array (builder);
  for (guint i = 0; i < replay->analyses->len; i++)
    add_replayed (builder, replay->analyses->pdata[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "changed");
  json_builder_begin_array (builder);
  for (guint i = 0; i < replay->changes->len; i++)
    {
      const HansaChange *change = replay->changes->pdata[i];
      json_builder_begin_object (builder);
      add_text (builder, "kind", causes[change->cause].id);
      add_text (builder, "what", change->what);
      add_text (builder, "before", change->before);
      add_text (builder, "after", change->after);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  hansa_command_print_json (builder);
}

/* ---- as text --------------------------------------------------------------------- */

static void
print_rest (guint n)
{
  if (n > MOST_SHOWN)
    printf (ngettext ("  … and %u more\n", "  … and %u more\n", n - MOST_SHOWN), n - MOST_SHOWN);
}

static void
print_metrics (const HansaReplayed *replayed, HansaLanguage language)
{
  for (guint i = 0; i < MIN (replayed->metrics->len, MOST_SHOWN); i++)
    {
      const HansaMetricChange *metric = replayed->metrics->pdata[i];
      const char *after = hansa_text_in (metric->after, language);
      printf ("  %s: %s → %s\n", hansa_text_in (metric->title, language),
              hansa_text_in (metric->before, language), *after != '\0' ? after : _ ("gone"));
    }
  print_rest (replayed->metrics->len);
}

static const char *
part_words (const char *part)
{
  static const struct
  {
    const char *id;
    const char *words;
  } parts[] = {
    { "end", N_ ("how it ended") },
    { "message", N_ ("what it said") },
    { "output", N_ ("what it printed") },
    { "findings", N_ ("findings") },
    { "evidence", N_ ("source lines") },
    { "tables", N_ ("tables") },
    { "charts", N_ ("what the charts are") },
    { "notes", N_ ("notes") },
    { "metrics", N_ ("numbers that are new") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (parts[i].id, part))
      return gettext (parts[i].words);
  return part;
}

static void
print_parts (const HansaReplayed *replayed)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < replayed->parts->len; i++)
    g_string_append_printf (line, "%s%s", i > 0 ? _ (", ") : "",
                            part_words (replayed->parts->pdata[i]));
  if (line->len > 0)
    printf (_ ("  otherwise too: %s\n"), line->str);
}

/* Other numbers make other pictures; those that changed alone are named. */
static void
print_files (const HansaReplayed *replayed)
{
  for (guint i = 0; i < MIN (replayed->files->len, MOST_SHOWN); i++)
    printf ("  %s\n", (const char *)replayed->files->pdata[i]);
  print_rest (replayed->files->len);
}

static void
print_replayed (const HansaReplayed *replayed, HansaLanguage language)
{
  printf ("%s (%s): ", hansa_text_in (replayed->title, language), replayed->id);
  if (is_same (replayed))
    {
      printf (_ ("the same; %u numbers and %u files compared\n"), replayed->n_metrics,
              replayed->n_files);
      return;
    }
  printf (_ ("%u of %u numbers and %u of %u files came out otherwise\n"), replayed->metrics->len,
          replayed->n_metrics, replayed->files->len, replayed->n_files);
  print_metrics (replayed, language);
  print_parts (replayed);
  if (replayed->metrics->len == 0)
    print_files (replayed);
}

static void
print_change (const HansaChange *change)
{
  printf ("  %s", gettext (causes[change->cause].words));
  if (change->what != NULL)
    printf (" %s", change->what);
  if (change->before != NULL || change->after != NULL)
    printf (": %s → %s", change->before != NULL ? change->before : "—",
            change->after != NULL ? change->after : "—");
  printf ("\n");
}

static void
print_replay (const HansaReplay *replay, HansaLanguage language)
{
  printf (_ ("Report of %s, run again:\n"), replay->created);
  for (guint i = 0; i < replay->analyses->len; i++)
    print_replayed (replay->analyses->pdata[i], language);
  if (replay->changes->len > 0)
    printf ("%s\n", _ ("Changed since the report was made:"));
  else if (replay->n_different > 0)
    printf ("%s\n", _ ("Nothing that the record names has changed: an analysis depends on more "
                       "than its inputs, or the report's files were edited."));
  for (guint i = 0; i < replay->changes->len; i++)
    print_change (replay->changes->pdata[i]);
  if (replay->n_different == 0)
    printf ("%s\n", _ ("Every result came out the same."));
  else
    printf (ngettext ("%u of %u analyses came out otherwise.\n",
                      "%u of %u analyses came out otherwise.\n", replay->n_different),
            replay->n_different, replay->analyses->len);
}

int
hansa_command_replay (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GError) error = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "dataset", 0, 0, G_OPTION_ARG_FILENAME, &options.dataset,
      N_ ("Where the data are now, if not where they were"), "DIR" },
    { "engine", 0, 0, G_OPTION_ARG_STRING, &options.engine,
      N_ ("A server that has the package's tables: postgresql://USER@HOST/DATABASE"), "ADDRESS" },
    { "plugin-dir", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.plugin_dirs,
      N_ ("A folder with plugins, searched first"), "DIR" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("Print as JSON"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!hansa_command_options (
          &argc, &argv, N_ ("REPORT"),
          N_ ("Does again what the report's run.json records, without what earlier runs kept, and\n"
              "says whether every result came out the same; if not, which did not, and what has\n"
              "changed since: data, plugin, parameter, Hansa, engine, gnuplot, fonts. The report\n"
              "itself stays as it is. The exit code is 10 when a result came out otherwise."),
          entries, &exit_code))
    return exit_code;
  if (argc != 2)
    return hansa_command_usage (_ ("name one report, the folder or its run.json"));

  const HansaReplayChoice choice
      = { argv[1], options.dataset, options.engine, (const char *const *)options.plugin_dirs };
  g_autoptr (HansaReplay) replay = hansa_replay (&choice, &error);
  if (replay == NULL)
    return hansa_command_fail (error);
  if (options.json)
    print_json (replay);
  else
    print_replay (replay, hansa_command_language ());
  return replay->n_different == 0 ? HANSA_EXIT_OK : HANSA_EXIT_DIFFERS;
}
