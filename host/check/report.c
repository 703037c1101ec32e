/* SPDX-License-Identifier: MIT */
#include "check/report.h"

#include "commands/commands.h"
#include "run/params.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

#define MOST_ROWS 12 /* of a table that is shown */
#define MOST_CELL 40 /* characters */

static const char *
state_of (const HansaVerdict *verdict)
{
  if (verdict->skipped != NULL)
    return "skipped";
  return verdict->n_errors > 0 ? "failed" : verdict->n_warnings > 0 ? "warned" : "passed";
}

static const char *
state_words (const HansaVerdict *verdict)
{
  if (verdict->skipped != NULL)
    return _ ("skip");
  return verdict->n_errors > 0 ? _ ("FAIL") : verdict->n_warnings > 0 ? _ ("warn") : _ ("ok");
}

/* (transfer full) The command that runs this test alone again. */
static char *
again (const HansaCheck *check, const char *test)
{
  g_autofree char *plugin = g_shell_quote (check->options.plugin);
  g_autofree char *folder
      = check->options.cases != NULL ? g_shell_quote (check->options.cases) : NULL;
  g_autofree char *cases = folder != NULL ? g_strconcat (" --cases ", folder, NULL) : g_strdup ("");

  return g_strdup_printf ("hansa check %s%s --seed %" G_GUINT64_FORMAT " --only %s%s", plugin,
                          cases, check->options.seed, test,
                          check->options.thorough ? " --thorough" : "");
}

static char *
short_cell (const HansaDraft *draft, gsize row, guint column)
{
  g_autofree char *text = hansa_draft_cell_text (draft, row, column);

  if (g_utf8_strlen (text, -1) <= MOST_CELL)
    return g_steal_pointer (&text);
  g_autofree char *start = g_utf8_substring (text, 0, MOST_CELL);
  return g_strdup_printf (_ ("%s… (%ld characters)"), start, g_utf8_strlen (text, -1));
}

static char *
row_text (const HansaDraft *draft, gsize row)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < draft->input->n_columns; i++)
    {
      g_autofree char *cell = short_cell (draft, row, i);
      g_string_append_printf (line, "%s%s", i > 0 ? "," : "", cell);
    }
  return g_string_free (line, FALSE);
}

static void
print_draft (const HansaDraft *draft)
{
  gsize n = hansa_draft_rows (draft);

  printf (ngettext ("          table %s, %zu row\n", "          table %s, %zu rows\n", (gulong)n),
          draft->input->name, n);
  if (n == 0 || n > MOST_ROWS)
    return;
  fputs ("            ", stdout);
  for (guint i = 0; i < draft->input->n_columns; i++)
    printf ("%s%s", i > 0 ? "," : "", draft->input->columns[i].name);
  putchar ('\n');
  for (gsize row = 0; row < n; row++)
    {
      g_autofree char *line = row_text (draft, row);
      printf ("            %s\n", line);
    }
}

static void
print_smallest (const HansaCheck *check, const HansaSubject *subject)
{
  printf ("          %s\n", _ ("smallest tables that show it:"));
  for (guint i = 0; i < subject->drafts->len; i++)
    {
      const HansaDraft *draft = g_ptr_array_index (subject->drafts, i);

      if (draft != NULL)
        print_draft (draft);
      else
        printf (_ ("          table %s, not there\n"), check->description->plugin.inputs[i].name);
    }
  for (guint i = 0; i < subject->params->len; i++)
    {
      const HansaParamValue *value = &g_array_index (subject->params, HansaParamValue, i);
      const HansaParam *param = hansa_description_param (check->description, value->id);

      if (!hansa_param_is_default (param, value))
        printf ("          %s = %s\n", value->id, value->text != NULL ? value->text : "");
    }
}

static void
print_faults (const HansaCheck *check, const HansaVerdict *verdict)
{
  for (guint i = 0; i < check->faults->len; i++)
    {
      const HansaFault *fault = g_ptr_array_index (check->faults, i);

      if (fault->test != verdict->id)
        continue;
      printf ("        %s %s\n", fault->warning ? "?" : "-", fault->message);
      if (fault->smallest != NULL && check->description != NULL)
        print_smallest (check, fault->smallest);
      if (fault->kept != NULL)
        printf (_ ("          kept in %s\n"), fault->kept);
    }
  if (verdict->n_errors + verdict->n_warnings == 0)
    return;
  g_autofree char *command = again (check, verdict->id);
  printf (_ ("        what to do: %s\n"), _ (verdict->advice));
  printf (_ ("        again: %s\n"), command);
}

void
hansa_check_print (const HansaCheck *check)
{
  guint n_errors = 0, n_warnings = 0;

  if (check->description != NULL)
    printf ("%s %s (%s)\n", check->description->plugin.id, check->description->plugin.version,
            check->options.plugin);
  for (guint i = 0; i < check->verdicts->len; i++)
    {
      const HansaVerdict *verdict = &g_array_index (check->verdicts, HansaVerdict, i);
      g_autofree char *state = hansa_command_pad (state_words (verdict), 8);
      g_autofree char *id = hansa_command_pad (verdict->id, 10);

      if (verdict->skipped != NULL)
        printf (_ ("  %s%s%s: %s\n"), state, id, _ (verdict->title), verdict->skipped);
      else
        printf ("  %s%s%s\n", state, id, _ (verdict->title));
      print_faults (check, verdict);
      n_errors += verdict->n_errors > 0;
      n_warnings += verdict->n_errors == 0 && verdict->n_warnings > 0;
    }
  printf (_ ("%u of %u tests failed, %u with warnings (seed %" G_GUINT64_FORMAT ")\n"), n_errors,
          check->verdicts->len, n_warnings, check->options.seed);
}

/* ---- JSON -------------------------------------------------------------- */

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_smallest (JsonBuilder *builder, const HansaSubject *subject)
{
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_object (builder);
  for (guint i = 0; subject != NULL && i < subject->drafts->len; i++)
    {
      const HansaDraft *draft = g_ptr_array_index (subject->drafts, i);
      if (draft != NULL)
        add_int (builder, draft->input->name, (gint64)hansa_draft_rows (draft));
    }
  json_builder_end_object (builder);
}

static void
add_faults (const HansaCheck *check, JsonBuilder *builder, const HansaVerdict *verdict)
{
  json_builder_set_member_name (builder, "faults");
  json_builder_begin_array (builder);
  for (guint i = 0; i < check->faults->len; i++)
    {
      const HansaFault *fault = g_ptr_array_index (check->faults, i);

      if (fault->test != verdict->id)
        continue;
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "warning");
      json_builder_add_boolean_value (builder, fault->warning);
      add_string (builder, "message", fault->message);
      add_smallest (builder, fault->smallest);
      add_string (builder, "kept", fault->kept);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

void
hansa_check_print_json (const HansaCheck *check)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_string (builder, "path", check->options.plugin);
  add_string (builder, "id", check->description != NULL ? check->description->plugin.id : NULL);
  add_string (builder, "version",
              check->description != NULL ? check->description->plugin.version : NULL);
  add_int (builder, "seed", (gint64)check->options.seed);
  json_builder_set_member_name (builder, "failed");
  json_builder_add_boolean_value (builder, hansa_check_failed (check));
  json_builder_set_member_name (builder, "tests");
  json_builder_begin_array (builder);
  for (guint i = 0; i < check->verdicts->len; i++)
    {
      const HansaVerdict *verdict = &g_array_index (check->verdicts, HansaVerdict, i);
      g_autofree char *command = again (check, verdict->id);

      json_builder_begin_object (builder);
      add_string (builder, "id", verdict->id);
      add_string (builder, "title", _ (verdict->title));
      add_string (builder, "state", state_of (verdict));
      add_string (builder, "reason", verdict->skipped);
      add_int (builder, "runs", verdict->n_runs);
      add_string (builder, "advice", _ (verdict->advice));
      add_string (builder, "again", command);
      add_faults (check, builder, verdict);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  hansa_command_print_json (builder);
}
