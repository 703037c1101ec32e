/* SPDX-License-Identifier: MIT
 *
 * Findings: sentences whose every number is a metric. A literal digit in a
 * sentence is refused, so a plugin cannot say what it did not compute.
 */
#include "base/error.h"
#include "base/units.h"
#include "plugin/result.h"

#include <math.h>
#include <string.h>

static const HansaName *
find_name (const HansaResultFinding *finding, const char *id)
{
  for (guint i = 0; i < finding->n_names; i++)
    if (g_str_equal (finding->names[i].id, id))
      return &finding->names[i];
  return NULL;
}

/* Splits "… {id} …": copies up to the next placeholder into `out` (may be NULL)
 * and returns the placeholder's id, or NULL at the end of the text. */
static char *
next_placeholder (const char **text, GString *out)
{
  const char *open = strchr (*text, '{');
  const char *close = open != NULL ? strchr (open, '}') : NULL;
  const char *stop = close != NULL ? open : *text + strlen (*text);

  if (out != NULL)
    g_string_append_len (out, *text, stop - *text);
  if (close == NULL)
    {
      *text = stop;
      return NULL;
    }
  *text = close + 1;
  return g_strndup (open + 1, (gsize)(close - open - 1));
}

const HansaResultMetric *
hansa_placeholder_metric (const HansaResult *result, const char *placeholder, HansaValue *shown)
{
  gboolean size = g_str_has_suffix (placeholder, ":abs");
  g_autofree char *id
      = g_strndup (placeholder, strlen (placeholder) - (size ? strlen (":abs") : 0));
  const HansaResultMetric *metric = hansa_result_metric (result, id);

  if (metric == NULL)
    return NULL;
  *shown = metric->value;
  if (size)
    shown->number = fabs (shown->number);
  return metric;
}

static void
append_value (GString *out, const HansaResult *result, const HansaResultFinding *finding,
              const char *id, HansaLanguage language)
{
  const HansaName *name = find_name (finding, id);
  if (name != NULL)
    {
      g_string_append (out, hansa_text_in (name->text, language));
      return;
    }
  HansaValue shown;
  const HansaResultMetric *metric = hansa_placeholder_metric (result, id, &shown);
  if (metric == NULL)
    return;
  g_autofree char *value
      = hansa_format_value (shown, metric->unit, metric->decimals, metric->why, language);
  g_string_append (out, value);
}

char *
hansa_finding_sentence (const HansaResult *result, const HansaResultFinding *finding,
                        HansaLanguage language)
{
  const char *text = hansa_text_in (finding->text, language);
  GString *out = g_string_new (NULL);
  char *id;

  while ((id = next_placeholder (&text, out)) != NULL)
    {
      append_value (out, result, finding, id, language);
      g_free (id);
    }
  return g_string_free (out, FALSE);
}

static gboolean fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_PLUGIN, message);
  return FALSE;
}

static gboolean
has_digit (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isdigit (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

static gboolean
check_sentence (const HansaResult *result, const HansaResultFinding *finding, const char *text,
                GError **error)
{
  g_autoptr (GString) literal = g_string_new (NULL);
  char *id;

  if (text == NULL || *text == '\0')
    return fail (error, _ ("finding \"%s\" lacks its text in one language"), finding->id);
  while ((id = next_placeholder (&text, literal)) != NULL)
    {
      g_autofree char *owned = id;
      HansaValue shown;
      if (find_name (finding, owned) == NULL
          && hansa_placeholder_metric (result, owned, &shown) == NULL)
        return fail (error, _ ("finding \"%s\" speaks of {%s}, which is no metric and no name"),
                     finding->id, owned);
    }
  if (strpbrk (literal->str, "{}") != NULL)
    return fail (error, _ ("finding \"%s\" has an unbalanced brace"), finding->id);
  if (has_digit (literal->str))
    return fail (error,
                 _ ("finding \"%s\" has a digit in its words: \"%s\"; numbers must be metrics"),
                 finding->id, literal->str);
  return TRUE;
}

static gboolean
check_finding (const HansaResult *result, const HansaResultFinding *finding, GError **error)
{
  if (hansa_result_metric (result, finding->metric) == NULL)
    return fail (error, _ ("finding \"%s\" rests on metric \"%s\", which is not in the result"),
                 finding->id, finding->metric);
  return check_sentence (result, finding, finding->text.en, error)
         && check_sentence (result, finding, finding->text.zh, error);
}

static gboolean
check_chart (const HansaResult *result, const HansaResultChart *chart, GError **error)
{
  const HansaResultTable *table = hansa_result_table (result, chart->table);
  const char *const columns[]
      = { chart->x, chart->y, chart->group, chart->label, chart->low, chart->high, chart->size };

  if (table == NULL)
    return fail (error, _ ("chart \"%s\" draws table \"%s\", which is not in the result"),
                 chart->id, chart->table);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    if (columns[i] != NULL && hansa_result_table_column (table, columns[i]) == G_MAXUINT)
      return fail (error, _ ("chart \"%s\" draws column \"%s\", which table \"%s\" does not have"),
                   chart->id, columns[i], chart->table);

  char **const lines[] = { chart->x_lines, chart->y_lines };
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    for (char **id = lines[i]; *id != NULL; id++)
      if (hansa_result_metric (result, *id) == NULL)
        return fail (error,
                     _ ("chart \"%s\" draws a line at metric \"%s\", which is not in the result"),
                     chart->id, *id);
  return TRUE;
}

static gboolean
check_unique (GPtrArray *parts, const char *kind, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < parts->len; i++)
    {
      /* Every part begins with its id. */
      const char *id = *(char **)g_ptr_array_index (parts, i);
      if (!g_hash_table_add (seen, (gpointer)id))
        return fail (error, _ ("two parts of the result share an id: %s \"%s\""), kind, id);
    }
  return TRUE;
}

/* Without knowing it, nobody could show or convert the number. */
static gboolean
check_units (const HansaResult *result, GError **error)
{
  for (guint i = 0; i < result->metrics->len; i++)
    {
      const HansaResultMetric *metric = g_ptr_array_index (result->metrics, i);
      if (hansa_unit_find (metric->unit) == NULL)
        return fail (error,
                     _ ("metric \"%s\" has the unit \"%s\", which is none of those that "
                        "docs/reference/units.md lists"),
                     metric->id, metric->unit);
    }
  for (guint i = 0; i < result->tables->len; i++)
    {
      const HansaResultTable *table = g_ptr_array_index (result->tables, i);
      for (guint k = 0; k < table->n_columns; k++)
        if (*table->columns[k].unit != '\0' && hansa_unit_find (table->columns[k].unit) == NULL)
          return fail (error,
                       _ ("column \"%s\" of table \"%s\" has the unit \"%s\", which is none of "
                          "those that docs/reference/units.md lists"),
                       table->columns[k].id, table->id, table->columns[k].unit);
    }
  return TRUE;
}

gboolean
hansa_result_check (const HansaResult *result, GError **error)
{
  if (!check_units (result, error))
    return FALSE;
  if (!check_unique (result->metrics, "metric", error)
      || !check_unique (result->tables, "table", error)
      || !check_unique (result->charts, "chart", error)
      || !check_unique (result->findings, "finding", error))
    return FALSE;
  for (guint i = 0; i < result->metrics->len; i++)
    {
      const HansaResultMetric *metric = g_ptr_array_index (result->metrics, i);
      if (metric->table != NULL && hansa_result_table (result, metric->table) == NULL)
        return fail (error, _ ("metric \"%s\" rests on table \"%s\", which is not in the result"),
                     metric->id, metric->table);
    }
  for (guint i = 0; i < result->charts->len; i++)
    if (!check_chart (result, g_ptr_array_index (result->charts, i), error))
      return FALSE;
  for (guint i = 0; i < result->findings->len; i++)
    if (!check_finding (result, g_ptr_array_index (result->findings, i), error))
      return FALSE;
  return TRUE;
}
