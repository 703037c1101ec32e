/* SPDX-License-Identifier: MIT
 *
 * Questions that several parts of the report ask about a run.
 */
#include "report/report-private.h"

#include <math.h>
#include <string.h>

HansaText
hansa_analysis_title (const HansaAnalysis *analysis)
{
  const HansaDescription *description = analysis->description;

  if (description != NULL && *hansa_text_in (description->plugin.title, HANSA_EN) != '\0')
    return description->plugin.title;
  return hansa_same (analysis->id);
}

gboolean
hansa_analysis_ok (const HansaAnalysis *analysis)
{
  return analysis->outcome.end == HANSA_END_OK && analysis->result != NULL;
}

HansaSealedTable *
hansa_analysis_input (const HansaAnalysis *analysis, guint i)
{
  if (analysis->inputs == NULL || i >= analysis->inputs->len)
    return NULL;
  return g_ptr_array_index (analysis->inputs, i);
}

/* "2017" and "2017.0" are the same number, "a" and "a" the same text. */
static gboolean
same_value (const HansaParam *param, const char *a, const char *b)
{
  if (a == NULL || b == NULL)
    return FALSE;
  if (param->type == HANSA_REAL || param->type == HANSA_INTEGER)
    return g_ascii_strtod (a, NULL) == g_ascii_strtod (b, NULL);
  return g_str_equal (a, b);
}

const char *
hansa_param_origin (const HansaRun *run, const HansaAnalysis *analysis, const HansaParam *param,
                    const HansaParamValue *value)
{
  if (value->text == NULL)
    return "unset";
  const char *own = run->dataset != NULL
                        ? hansa_dataset_parameter (run->dataset, analysis->id, param->id)
                        : NULL;
  if (own != NULL)
    return same_value (param, own, value->text) ? "dataset" : "set";
  return same_value (param, param->fallback, value->text) ? "default" : "set";
}

const HansaResource *
hansa_run_resource (const HansaRun *run, const char *name)
{
  GPtrArray *resources = run->dataset != NULL ? hansa_dataset_resources (run->dataset) : NULL;

  for (guint i = 0; resources != NULL && name != NULL && i < resources->len; i++)
    {
      const HansaResource *resource = g_ptr_array_index (resources, i);
      if (g_str_equal (resource->name, name))
        return resource;
    }
  return NULL;
}

const HansaResource *
hansa_input_resource (const HansaRun *run, const HansaInput *input, HansaSealedTable *table)
{
  const HansaLineage *lineage = table != NULL ? hansa_sealed_table_lineage (table) : NULL;

  if (lineage != NULL)
    return hansa_run_resource (run, lineage->resource);
  return run->dataset != NULL && input->query == NULL
             ? hansa_dataset_resource (run->dataset, input->name)
             : NULL;
}

static gboolean
cell_reads (const HansaCell *cell, const char *key)
{
  char buffer[HANSA_NUMBER_SIZE];
  g_autofree char *date = NULL;

  switch (cell->type)
    {
    case HANSA_TEXT:
    case HANSA_LABEL:
      return g_strcmp0 (cell->as.text.en, key) == 0 || g_strcmp0 (cell->as.text.zh, key) == 0;
    case HANSA_INTEGER:
      g_snprintf (buffer, sizeof buffer, "%" G_GINT64_FORMAT, cell->as.integer);
      return g_str_equal (buffer, key);
    case HANSA_DATE:
      date = hansa_date_iso (cell->as.integer);
      return g_str_equal (date, key);
    case HANSA_REAL:
      return cell->reason == HANSA_DEFINED
             && g_str_equal (hansa_number_exact (buffer, cell->as.real), key);
    default:
      return FALSE;
    }
}

gboolean
hansa_result_table_find (const HansaResultTable *table, const char *key, gsize *row)
{
  gsize n_rows = hansa_result_table_rows (table);

  for (gsize i = 0; key != NULL && table->n_columns > 0 && i < n_rows; i++)
    if (cell_reads (hansa_result_table_cell (table, i, 0), key))
      {
        *row = i;
        return TRUE;
      }
  return FALSE;
}

static gint
compare_numbers (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

double
hansa_result_column_typical (const HansaResultTable *table, guint column)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (double));
  gsize n_rows = hansa_result_table_rows (table);

  for (gsize i = 0; i < n_rows; i++)
    {
      const HansaCell *cell = hansa_result_table_cell (table, i, column);
      double number = cell->type == HANSA_REAL && cell->reason == HANSA_DEFINED
                          ? fabs (cell->as.real)
                      : cell->type == HANSA_INTEGER ? fabs ((double)cell->as.integer)
                                                    : 0.0;
      if (number > 0.0)
        g_array_append_val (numbers, number);
    }
  g_array_sort (numbers, compare_numbers);
  return numbers->len > 0 ? g_array_index (numbers, double, numbers->len / 2) : 0.0;
}

char *
hansa_slug (const char *text)
{
  GString *slug = g_string_new (NULL);

  for (const char *p = text; p != NULL && *p != '\0' && slug->len < 80; p++)
    g_string_append_c (slug, g_ascii_isalnum (*p) || *p == '-' || *p == '_' ? *p : '_');
  if (slug->len == 0)
    g_string_append_c (slug, '_');
  return g_string_free (slug, FALSE);
}

char *
hansa_analysis_slug (const HansaRun *run, guint i)
{
  const HansaAnalysis *analysis = g_ptr_array_index (run->analyses, i);
  char *slug = hansa_slug (analysis->id);

  for (guint j = 0; j < i; j++)
    {
      const HansaAnalysis *earlier = g_ptr_array_index (run->analyses, j);
      g_autofree char *taken = hansa_slug (earlier->id);
      if (g_str_equal (taken, slug))
        { /* "~" stands in no plain slug */
          g_autofree char *plain = slug;
          return g_strdup_printf ("%s~%u", plain, i + 1);
        }
    }
  return slug;
}

char *
hansa_csv_path (const HansaRun *run, guint analysis, const HansaResultTable *table)
{
  const HansaAnalysis *owner = g_ptr_array_index (run->analyses, analysis);
  g_autofree char *slug = hansa_analysis_slug (run, analysis);
  g_autofree char *id = hansa_slug (table->id);
  guint i = 0;

  if (g_str_equal (id, table->id))
    return g_strdup_printf ("tables/%s.%s.csv", slug, id);
  g_ptr_array_find (owner->result->tables, table, &i);
  return g_strdup_printf ("tables/%s.%s~%u.csv", slug, id, i + 1);
}
