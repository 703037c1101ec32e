/* SPDX-License-Identifier: MIT
 *
 * Every text in both languages, and each in its own.
 */
#include "check/check.h"

#include "base/units.h"

#include <string.h>

static gboolean
has_han (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_get_script (g_utf8_get_char (text)) == G_UNICODE_SCRIPT_HAN)
      return TRUE;
  return FALSE;
}

static gboolean
has_letter (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

/* `optional`: both may be absent. `data`: names from data may stand in it. */
static void
check_text (HansaCheck *check, const char *where, HansaText text, gboolean optional, gboolean data)
{
  gboolean en = text.en != NULL && *text.en != '\0', zh = text.zh != NULL && *text.zh != '\0';

  if (!en && !zh && optional)
    return;
  if (!en || !zh)
    hansa_check_fault (check, FALSE, NULL, _ ("%s: there is no text in %s"), where,
                       en ? _ ("Chinese") : _ ("English"));
  else if (!has_han (text.zh) && has_letter (text.zh))
    hansa_check_fault (check, FALSE, NULL,
                       _ ("%s: its Chinese has no Chinese character: \"%s\"; is it translated?"),
                       where, text.zh);
  else if (!data && has_han (text.en))
    hansa_check_fault (check, FALSE, NULL, _ ("%s: its English has Chinese characters: \"%s\""),
                       where, text.en);
}

/* The names in braces, each once, in order. (transfer full) */
static GPtrArray *
placeholders (const char *text)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *open;

  while ((open = strchr (text, '{')) != NULL)
    {
      const char *close = strchr (open, '}');
      if (close == NULL)
        break;
      g_autofree char *name = g_strndup (open + 1, (gsize)(close - open - 1));
      if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, g_steal_pointer (&name));
      text = close + 1;
    }
  return names;
}

/* A name may be needed by one grammar alone; a number that one reader is told and
 * the other is not is a mistake. */
static gboolean
is_name (const HansaResultFinding *finding, const char *id)
{
  for (guint i = 0; i < finding->n_names; i++)
    if (strcmp (finding->names[i].id, id) == 0)
      return TRUE;
  return FALSE;
}

static void
check_placeholders (HansaCheck *check, const HansaResultFinding *finding, const char *has,
                    const char *lacks, const char *language)
{
  g_autoptr (GPtrArray) names = placeholders (has);
  g_autoptr (GPtrArray) others = placeholders (lacks);

  for (guint i = 0; i < names->len; i++)
    if (!is_name (finding, names->pdata[i])
        && !g_ptr_array_find_with_equal_func (others, names->pdata[i], g_str_equal, NULL))
      hansa_check_fault (check, FALSE, NULL, _ ("finding \"%s\": {%s} is missing from its %s"),
                         finding->id, (char *)names->pdata[i], language);
}

static void
check_unit (HansaCheck *check, const char *where, const char *unit)
{
  if (unit != NULL && *unit != '\0' && hansa_unit_find (unit) == NULL)
    hansa_check_fault (check, FALSE, NULL,
                       _ ("%s: its unit \"%s\" is no word of docs/reference/units.md"), where,
                       unit);
}

static void
check_table (HansaCheck *check, const HansaResultTable *table, gboolean data)
{
  g_autofree char *where = g_strdup_printf (_ ("table \"%s\""), table->id);

  check_text (check, where, table->title, FALSE, data);
  check_text (check, where, table->note, TRUE, data);
  for (guint i = 0; i < table->n_columns; i++)
    {
      const HansaResultColumn *column = &table->columns[i];
      g_autofree char *name
          = g_strdup_printf (_ ("table \"%s\", column \"%s\""), table->id, column->id);

      check_text (check, name, column->title, FALSE, data);
      if (column->type == HANSA_REAL || column->type == HANSA_INTEGER)
        check_unit (check, name, column->unit);
    }
}

static void
check_finding (HansaCheck *check, const HansaResultFinding *finding)
{
  g_autofree char *where = g_strdup_printf (_ ("finding \"%s\""), finding->id);

  check_text (check, where, finding->text, FALSE, FALSE);
  if (finding->text.en == NULL || finding->text.zh == NULL)
    return;
  check_placeholders (check, finding, finding->text.en, finding->text.zh, _ ("Chinese"));
  check_placeholders (check, finding, finding->text.zh, finding->text.en, _ ("English"));
}

static void
check_result (HansaCheck *check, const HansaResult *result, gboolean data)
{
  for (guint i = 0; i < result->metrics->len; i++)
    {
      const HansaResultMetric *metric = g_ptr_array_index (result->metrics, i);
      g_autofree char *where = g_strdup_printf (_ ("metric \"%s\""), metric->id);

      check_text (check, where, metric->title, FALSE, data);
      check_text (check, where, metric->why, TRUE, data);
      check_unit (check, where, metric->unit);
    }
  for (guint i = 0; i < result->tables->len; i++)
    check_table (check, g_ptr_array_index (result->tables, i), data);
  for (guint i = 0; i < result->charts->len; i++)
    {
      const HansaResultChart *chart = g_ptr_array_index (result->charts, i);
      g_autofree char *where = g_strdup_printf (_ ("chart \"%s\""), chart->id);

      check_text (check, where, chart->title, FALSE, data);
      check_text (check, where, chart->note, TRUE, data);
    }
  for (guint i = 0; i < result->findings->len; i++)
    check_finding (check, g_ptr_array_index (result->findings, i));
  for (guint i = 0; i < result->notes->len; i++)
    {
      const HansaResultNote *note = g_ptr_array_index (result->notes, i);
      g_autofree char *where = g_strdup_printf (_ ("note %u"), i + 1);

      check_text (check, where, note->text, FALSE, data);
    }
}

static void
check_descriptor (HansaCheck *check)
{
  const HansaPlugin *plugin = &check->description->plugin;

  check_text (check, _ ("the title"), plugin->title, FALSE, FALSE);
  check_text (check, _ ("the summary"), plugin->summary, FALSE, FALSE);
  for (guint i = 0; i < plugin->n_inputs; i++)
    for (guint j = 0; j < plugin->inputs[i].n_columns; j++)
      {
        const HansaColumn *column = &plugin->inputs[i].columns[j];
        g_autofree char *where = g_strdup_printf (_ ("column \"%s\", help"), column->name);
        check_text (check, where, column->help, TRUE, FALSE);
      }
  for (guint i = 0; i < plugin->n_params; i++)
    {
      const HansaParam *param = &plugin->params[i];
      g_autofree char *where = g_strdup_printf (_ ("parameter \"%s\""), param->id);

      check_text (check, where, param->title, FALSE, FALSE);
      check_text (check, where, param->help, TRUE, FALSE);
      for (guint j = 0; j < param->n_choices; j++)
        {
          g_autofree char *choice = g_strdup_printf (_ ("parameter \"%s\", choice \"%s\""),
                                                     param->id, param->choices[j].id);
          check_text (check, choice, param->choices[j].title, FALSE, FALSE);
        }
    }
}

void
hansa_check_texts (HansaCheck *check)
{
  check_descriptor (check);
  for (guint i = 0; i < check->subjects->len; i++)
    {
      const HansaSubject *subject = g_ptr_array_index (check->subjects, i);
      const HansaTrial *trial = hansa_check_answer (check, i);

      if (trial->result != NULL)
        check_result (check, trial->result, !subject->ascii);
    }
}
