/* SPDX-License-Identifier: MIT
 *
 * hansa doctor: what Hansa needs of this machine, whether it is there, and how
 * to get it.
 */
#include "commands/commands.h"

#include "base/paths.h"
#include "chart/chart.h"
#include "engine/engine.h"
#include "plugin/registry.h"
#include "plugin/supervisor.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define HUGE_PAGES "/sys/kernel/mm/transparent_hugepage/shmem_enabled"

typedef struct
{
  const char *id;
  const char *title;
  char *found; /* NULL: not there */
  const char *remedy;
  gboolean needed; /* without it a run is not whole */
} Check;

static char *
find_chinese_font (void)
{
  HansaResultChart chart = { .title = { "通道", "通道" } };
  g_autoptr (HansaResult) result = hansa_result_new ();
  g_autofree char *missing = hansa_chart_missing_glyphs (result, &chart, HANSA_ZH);
  return *missing == '\0' ? g_strdup (_ ("a font with Chinese characters")) : NULL;
}

static char *
find_engine (char **problem)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HansaEngine) engine = hansa_engine_open ("duckdb", &error);
  if (engine == NULL)
    {
      *problem = g_strdup (error->message);
      return NULL;
    }
  return g_strdup (hansa_engine_version (engine));
}

static char *
join_layers (gboolean *whole)
{
  g_auto (GStrv) layers = hansa_sandbox_layers ();
  GString *there = g_string_new (NULL);

  *whole = TRUE;
  for (char **layer = layers; *layer != NULL; layer++)
    {
      gboolean missing = **layer == '-';
      *whole = *whole && !missing;
      g_string_append_printf (there, "%s%s%s", there->len > 0 ? ", " : "",
                              missing ? _ ("not there: ") : "", *layer + (missing ? 1 : 0));
    }
  return g_string_free (there, FALSE);
}

static char *
find_gnuplot_layers (void)
{
  g_auto (GStrv) missing = hansa_chart_missing_layers ();
  return *missing == NULL ? g_strdup ("landlock") : NULL;
}

static char *
count_plugins (void)
{
  g_autoptr (GPtrArray) files = hansa_registry_scan (NULL);
  if (files->len == 0)
    return NULL;
  return g_strdup_printf ("%u", files->len);
}

/* The system's rule for shared memory, unless it is that nobody gets them. */
static char *
find_huge_pages (void)
{
  g_autofree char *rules = NULL;

  if (!g_file_get_contents (HUGE_PAGES, &rules, NULL, NULL))
    return NULL;
  char *chosen = strchr (rules, '[');
  char *end = chosen != NULL ? strchr (chosen, ']') : NULL;
  if (end == NULL || g_str_has_prefix (chosen, "[never]") || g_str_has_prefix (chosen, "[deny]"))
    return NULL;
  return g_strndup (chosen + 1, (gsize)(end - chosen - 1));
}

static void
print_check (const Check *check)
{
  const gboolean colour = hansa_command_is_terminal (STDOUT_FILENO);
  const char *mark = check->found != NULL ? _ ("ok") : check->needed ? _ ("missing") : _ ("absent");
  const char *paint = !colour ? "" : check->found != NULL ? "\033[32m" : "\033[31m";
  g_autofree char *padded = hansa_command_pad (mark, 8);
  g_autofree char *title = hansa_command_pad (check->title, 20);

  printf ("%s%s%s %s %s\n", paint, padded, colour ? "\033[0m" : "", title,
          check->found != NULL ? check->found : check->remedy);
}

static void
print_checks_json (const Check *checks, gsize n_checks)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  for (gsize i = 0; i < n_checks; i++)
    {
      json_builder_set_member_name (builder, checks[i].id);
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "found");
      if (checks[i].found != NULL)
        json_builder_add_string_value (builder, checks[i].found);
      else
        json_builder_add_null_value (builder);
      json_builder_set_member_name (builder, "needed");
      json_builder_add_boolean_value (builder, checks[i].needed);
      json_builder_set_member_name (builder, "remedy");
      json_builder_add_string_value (builder, checks[i].found != NULL ? "" : checks[i].remedy);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
  hansa_command_print_json (builder);
}

int
hansa_command_doctor (int argc, char **argv)
{
  gboolean json = FALSE, sandbox_whole = FALSE;
  g_autofree char *engine_problem = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print as JSON"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!hansa_command_options (
          &argc, &argv, "",
          N_ ("Checks what Hansa needs of this machine: gnuplot, fonts, engine, "
              "sandbox, analyses. Exit code 8 when something needed is missing."),
          entries, &exit_code))
    return exit_code;

  Check checks[] = {
    { "gnuplot", _ ("gnuplot"), hansa_gnuplot_version (NULL),
      _ ("charts need it: apt install gnuplot-nox"), TRUE },
    { "font", _ ("Chinese font"), find_chinese_font (),
      _ ("Chinese labels need one: apt install fonts-noto-cjk"), TRUE },
    { "worker", _ ("worker"), hansa_path_program ("hansa-worker", "HANSA_WORKER", NULL),
      _ ("hansa-worker is not beside hansa: install Hansa again"), TRUE },
    { "sandbox", _ ("sandbox"), join_layers (&sandbox_whole), "", TRUE },
    { "gnuplot-sandbox", _ ("gnuplot's sandbox"), find_gnuplot_layers (),
      _ ("this kernel has no Landlock: gnuplot is not kept from files; Linux 5.13 or later has it"),
      TRUE },
    { "duckdb", _ ("engine DuckDB"), find_engine (&engine_problem),
      _ ("needed for Parquet, large tables and queries: scripts/fetch-duckdb, then build again"),
      FALSE },
    { "huge-pages", _ ("huge pages"), find_huge_pages (),
      _ ("tables of a gigabyte reach analyses three times as fast with them: as root, "
         "echo advise > /sys/kernel/mm/transparent_hugepage/shmem_enabled"),
      FALSE },
    { "plugins", _ ("analyses"), count_plugins (),
      _ ("none found: HANSA_PLUGIN_PATH names folders with plugins"), TRUE },
  };

  exit_code = sandbox_whole ? HANSA_EXIT_OK : HANSA_EXIT_SETUP;
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    if (checks[i].found == NULL && checks[i].needed)
      exit_code = HANSA_EXIT_SETUP;
  if (json)
    print_checks_json (checks, G_N_ELEMENTS (checks));
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      if (!json)
        print_check (&checks[i]);
      g_free (checks[i].found);
    }
  if (!json && engine_problem != NULL)
    printf ("         %s\n", engine_problem);
  return exit_code;
}
