/* SPDX-License-Identifier: MIT
 *
 * What is declared is used: inputs that are asked for, columns that are read,
 * parameters that change something.
 */
#include "check/check.h"

#include "run/params.h"

#include <string.h>

#define MOST_TEXTS 24

static void
check_reads (HansaCheck *check)
{
  const HansaPlugin *plugin = &check->description->plugin;
  gsize at = 0;

  for (guint i = 0; i < plugin->n_inputs; i++)
    {
      if (!check->table_asked[i])
        hansa_check_fault (check, FALSE, NULL, _ ("input \"%s\" is declared but never asked for"),
                           plugin->inputs[i].name);
      for (guint j = 0; j < plugin->inputs[i].n_columns; j++, at++)
        if (check->table_asked[i] && !check->column_read[at])
          hansa_check_fault (check, FALSE, NULL,
                             _ ("column \"%s\" of input \"%s\" is declared but never read"),
                             plugin->inputs[i].columns[j].name, plugin->inputs[i].name);
    }
  for (guint i = 0; i < plugin->n_params; i++)
    if (!check->param_asked[i])
      hansa_check_fault (check, FALSE, NULL, _ ("parameter \"%s\" is declared but never asked for"),
                         plugin->params[i].id);
}

/* Texts that stand in the subject's tables: what a text parameter may name. */
static void
add_texts (const HansaSubject *subject, GPtrArray *values)
{
  for (guint i = 0; i < subject->drafts->len; i++)
    {
      const HansaDraft *draft = g_ptr_array_index (subject->drafts, i);
      gsize n = draft != NULL ? hansa_draft_rows (draft) : 0;

      for (guint column = 0; n > 0 && column < draft->input->n_columns; column++)
        for (gsize row = 0; row < n && values->len < MOST_TEXTS; row += MAX (n / 6, 1))
          {
            const HansaDraftCell *cell = hansa_draft_cell (draft, row, column);
            if (draft->input->columns[column].type == HANSA_TEXT && cell->present
                && !g_ptr_array_find_with_equal_func (values, cell->as.text, g_str_equal, NULL))
              g_ptr_array_add (values, g_strdup (cell->as.text));
          }
    }
}

static void
add_numbers (const HansaParam *param, GPtrArray *values)
{
  double from = param->fallback != NULL ? g_ascii_strtod (param->fallback, NULL) : 0.0;
  const double tries[]
      = { from + 1.0, 2.0 * from, from / 2.0, param->minimum, param->maximum, 2017.0, 2016.0 };
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  for (gsize i = 0; i < G_N_ELEMENTS (tries); i++)
    g_ptr_array_add (values, g_strdup (g_ascii_dtostr (number, sizeof number, tries[i])));
}

static GPtrArray *
values_to_try (const HansaParam *param, const HansaSubject *subject)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);

  switch (param->type)
    {
    case HANSA_BOOLEAN:
      g_ptr_array_add (values, g_strdup ("true"));
      g_ptr_array_add (values, g_strdup ("false"));
      break;
    case HANSA_CHOICE:
      for (guint i = 0; i < param->n_choices; i++)
        g_ptr_array_add (values, g_strdup (param->choices[i].id));
      break;
    case HANSA_TEXT:
      add_texts (subject, values);
      break;
    default:
      add_numbers (param, values);
      break;
    }
  return values;
}

typedef struct
{
  const HansaSubject *subject;
  const char *param;
  const char *text;
} Setting;

static const char *
look_up (const char *plugin, const char *param, gpointer data)
{
  const Setting *setting = data;
  const GArray *params = setting->subject->params;

  (void)plugin;
  if (strcmp (param, setting->param) == 0)
    return setting->text;
  for (guint i = 0; params != NULL && i < params->len; i++)
    if (strcmp (g_array_index (params, HansaParamValue, i).id, param) == 0)
      return g_array_index (params, HansaParamValue, i).text;
  return NULL;
}

static gboolean
changes (HansaCheck *check, guint subject_at, const HansaParam *param, const char *text)
{
  HansaSubject *subject = g_ptr_array_index (check->subjects, subject_at);
  const HansaTrial *before = hansa_check_answer (check, subject_at);
  Setting setting = { subject, param->id, text };
  g_autoptr (HansaSubject) other = hansa_subject_copy (subject);

  g_clear_pointer (&other->params, g_array_unref);
  other->params = hansa_params_resolve (check->description, look_up, &setting, NULL);
  if (other->params == NULL)
    return FALSE; /* a value out of bounds is no value */
  g_autoptr (HansaTrial) after = hansa_check_try (check, other, &hansa_probe_guarded);
  if (after->result == NULL || before->result == NULL)
    return after->end != before->end;
  g_autofree char *differs = hansa_results_differ (before->result, after->result, 0.0, NULL);
  return differs != NULL;
}

static gboolean
ever_changes (HansaCheck *check, const HansaParam *param)
{
  for (guint i = 0; i < check->subjects->len; i++)
    {
      const HansaSubject *subject = g_ptr_array_index (check->subjects, i);

      if (!subject->plain || hansa_check_answer (check, i)->result == NULL)
        continue;
      g_autoptr (GPtrArray) values = values_to_try (param, subject);
      for (guint j = 0; j < values->len; j++)
        if (changes (check, i, param, g_ptr_array_index (values, j)))
          return TRUE;
    }
  return FALSE;
}

void
hansa_check_use (HansaCheck *check)
{
  const HansaPlugin *plugin = &check->description->plugin;
  guint n = 0, n_plain = 0;

  for (guint i = 0; i < check->subjects->len; i++)
    {
      gboolean answered = hansa_check_answer (check, i)->result != NULL;
      gboolean plain = ((HansaSubject *)g_ptr_array_index (check->subjects, i))->plain;

      n_plain += plain ? 1 : 0;
      n += plain && answered ? 1 : 0;
    }
  if (2 * n < n_plain)
    check->now->skipped = g_strdup (_ ("most everyday tables are not answered; see \"answers\""));
  if (2 * n < n_plain || !hansa_check_is_steady (check))
    return;
  for (guint i = 0; i < plugin->n_params; i++)
    if (!ever_changes (check, &plugin->params[i]) && check->param_asked[i])
      hansa_check_fault (check, TRUE, NULL,
                         _ ("parameter \"%s\" is asked for, but no value of it ever changed the "
                            "result"),
                         plugin->params[i].id);
  check_reads (check);
}
