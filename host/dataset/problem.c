/* SPDX-License-Identifier: MIT */
#include "dataset/problem.h"

#include "base/error.h"

/* A cell may hold a page of text; a message shows its beginning. */
#define SHOWN_CHARACTERS 60
#define SHOWN_PROBLEMS 5

void
hansa_problem_free (HansaProblem *problem)
{
  if (problem == NULL)
    return;
  g_free (problem->resource);
  g_free (problem->path);
  g_free (problem->column);
  g_free (problem->value);
  g_free (problem->rule);
  g_free (problem->message);
  g_free (problem);
}

void
hansa_problems_init (HansaProblems *problems, const HansaResource *resource, guint limit)
{
  problems->resource = resource;
  problems->found = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_problem_free);
  problems->limit = limit;
}

void
hansa_problems_clear (HansaProblems *problems)
{
  g_clear_pointer (&problems->found, g_ptr_array_unref);
}

gboolean
hansa_problems_any (const HansaProblems *problems)
{
  return problems->found->len > 0;
}

gboolean
hansa_problems_full (const HansaProblems *problems)
{
  return problems->limit > 0 && problems->found->len >= problems->limit;
}

static char *
shorten (const char *value)
{
  if (value == NULL)
    return NULL;
  g_autofree char *valid = g_utf8_make_valid (value, -1);
  if (g_utf8_strlen (valid, -1) <= SHOWN_CHARACTERS)
    return g_steal_pointer (&valid);
  g_autofree char *head = g_utf8_substring (valid, 0, SHOWN_CHARACTERS);
  return g_strconcat (head, "…", NULL);
}

void
hansa_problems_add (HansaProblems *problems, guint32 line, const char *column, const char *value,
                    const char *rule, char *message)
{
  if (hansa_problems_full (problems))
    {
      g_free (message);
      return;
    }
  HansaProblem *problem = g_new0 (HansaProblem, 1);
  problem->resource = g_strdup (problems->resource->name);
  problem->path = g_strdup (problems->resource->path);
  problem->line = line;
  problem->column = g_strdup (column);
  problem->value = shorten (value);
  problem->rule = g_strdup (rule);
  problem->message = message;
  g_ptr_array_add (problems->found, problem);
}

void
hansa_problems_add_row (HansaProblems *problems, guint64 row, const char *column, const char *value,
                        const char *rule, char *message)
{
  guint before = problems->found->len;

  hansa_problems_add (problems, 0, column, value, rule, message);
  if (problems->found->len > before)
    ((HansaProblem *)g_ptr_array_index (problems->found, before))->row = row;
}

static void
append_problem (GString *text, const HansaProblem *problem)
{
  g_string_append_c (text, '\n');
  g_string_append (text, problem->path);
  if (problem->line > 0)
    g_string_append_printf (text, ":%u", problem->line);
  if (problem->row > 0)
    g_string_append_printf (text, _ (", row %" G_GUINT64_FORMAT), problem->row);
  g_string_append (text, ": ");
  if (problem->column != NULL)
    g_string_append_printf (text, "%s: ", problem->column);
  g_string_append (text, problem->message);
}

void
hansa_problems_set_error (const HansaProblems *problems, GError **error)
{
  guint n = problems->found->len;
  g_autoptr (GString) text = g_string_new (NULL);

  if (hansa_problems_full (problems))
    g_string_append_printf (text, _ ("%s was not read: it has %u problems or more."),
                            problems->resource->path, n);
  else
    g_string_append_printf (
        text,
        ngettext ("%s was not read: it has %u problem.", "%s was not read: it has %u problems.", n),
        problems->resource->path, n);
  for (guint i = 0; i < MIN (n, SHOWN_PROBLEMS); i++)
    append_problem (text, g_ptr_array_index (problems->found, i));
  if (n > SHOWN_PROBLEMS)
    g_string_append_printf (text, "\n%s", _ ("“hansa data validate” lists them all."));
  g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA, text->str);
}
