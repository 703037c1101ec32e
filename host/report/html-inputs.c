/* SPDX-License-Identifier: MIT
 *
 * What an analysis was given: its parameters, and its data with their coverage.
 */
#include "base/units.h"
#include "report/report-private.h"

/* ---- parameters ------------------------------------------------------------ */

static void
add_param_value (HansaPage *page, const HansaParam *param, const HansaParamValue *value)
{
  if (value->text == NULL)
    {
      hansa_page_raw (page, "—");
      return;
    }
  if (param->type == HANSA_BOOLEAN)
    {
      hansa_page_word (page, value->number != 0.0 ? HANSA_WORD_YES : HANSA_WORD_NO);
      return;
    }
  for (guint i = 0; param->type == HANSA_CHOICE && i < param->n_choices; i++)
    if (g_str_equal (param->choices[i].id, value->text))
      {
        hansa_page_text (page, param->choices[i].title);
        return;
      }
  hansa_page_data_cut (page, value->text, 200);
  if (param->unit == NULL || g_str_equal (param->unit, "year"))
    return;
  hansa_page_raw (page, " ");
  hansa_page_text (page, (HansaText){ hansa_unit_display (param->unit, 0.0, HANSA_EN).title,
                                      hansa_unit_display (param->unit, 0.0, HANSA_ZH).title });
}

static HansaText
origin_text (const char *origin)
{
  if (g_str_equal (origin, "default"))
    return hansa_word (HANSA_WORD_ORIGIN_DEFAULT);
  if (g_str_equal (origin, "dataset"))
    return hansa_word (HANSA_WORD_ORIGIN_DATASET);
  if (g_str_equal (origin, "unset"))
    return hansa_word (HANSA_WORD_UNSET);
  return hansa_word (HANSA_WORD_ORIGIN_SET);
}

void
hansa_page_parameters (HansaPage *page, guint analysis)
{
  static const HansaWord heads[] = { HANSA_WORD_PARAMETER, HANSA_WORD_VALUE, HANSA_WORD_ORIGIN };
  const HansaAnalysis *owner = g_ptr_array_index (page->run->analyses, analysis);
  const HansaPlugin *plugin = &owner->description->plugin;
  guint n = MIN (owner->params != NULL ? owner->params->len : 0, plugin->n_params);

  if (n == 0)
    return;
  hansa_page_raw (page, "<h3>");
  hansa_page_word (page, HANSA_WORD_PARAMETERS);
  hansa_page_raw (page, "</h3>\n<table class=\"small\"><thead><tr>");
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      hansa_page_raw (page, "<th scope=\"col\">");
      hansa_page_word (page, heads[i]);
      hansa_page_raw (page, "</th>");
    }
  hansa_page_raw (page, "</tr></thead>\n<tbody>\n");
  for (guint i = 0; i < n; i++)
    {
      const HansaParam *param = &plugin->params[i];
      const HansaParamValue *value = &g_array_index (owner->params, HansaParamValue, i);
      hansa_page_raw (page, "<tr><th scope=\"row\">");
      hansa_page_text (page, param->title);
      hansa_page_raw (page, " <code>");
      hansa_page_data (page, param->id);
      hansa_page_raw (page, "</code></th><td>");
      add_param_value (page, param, value);
      hansa_page_raw (page, "</td><td>");
      hansa_page_text (page, origin_text (hansa_param_origin (page->run, owner, param, value)));
      hansa_page_raw (page, "</td></tr>\n");
    }
  hansa_page_raw (page, "</tbody></table>\n");
}

/* ---- data ------------------------------------------------------------------ */

/* The words on coverage stand where a table is first used; later places point
 * there. */
static void
add_coverage (HansaPage *page, const HansaResource *resource, const char *id)
{
  const char *place = g_hash_table_lookup (page->covered, resource->name);

  if (*hansa_text_in (resource->coverage, HANSA_EN) == '\0')
    return;
  hansa_page_raw (page, "<p class=\"coverage\">");
  if (place != NULL)
    {
      hansa_page_printf (page, "<a href=\"#%s\">", place);
      hansa_page_word (page, HANSA_WORD_COVERAGE_SEE);
      hansa_page_raw (page, "</a></p>\n");
      return;
    }
  g_hash_table_insert (page->covered, g_strdup (resource->name), g_strdup (id));
  hansa_page_raw (page, "<b>");
  hansa_page_word (page, HANSA_WORD_COVERAGE);
  hansa_page_raw (page, "</b>");
  hansa_page_text (page, resource->coverage);
  hansa_page_raw (page, "</p>\n");
}

static void
add_input_size (HansaPage *page, HansaSealedTable *table)
{
  hansa_page_word (page, HANSA_WORD_COMMA);
  if (table == NULL)
    {
      hansa_page_word (page, HANSA_WORD_INPUT_NOT_READ);
      return;
    }
  g_autofree char *rows
      = g_strdup_printf ("%" G_GUINT64_FORMAT, hansa_sealed_table_view (table)->n_rows);
  hansa_page_say (page, HANSA_WORD_INPUT_ROWS, hansa_same (rows));
}

static void
add_input (HansaPage *page, guint analysis, const HansaInput *input, HansaSealedTable *table)
{
  const HansaResource *resource = hansa_input_resource (page->run, input, table);
  g_autofree char *id = hansa_page_id (page, analysis, "i", input->name);

  hansa_page_printf (page, "<li id=\"%s\">", id);
  if (resource != NULL)
    {
      hansa_page_text (page, resource->title);
      hansa_page_raw (page, " ");
    }
  hansa_page_raw (page, "<code>");
  hansa_page_data (page, input->name);
  hansa_page_raw (page, "</code>");
  if (resource != NULL)
    {
      hansa_page_word (page, HANSA_WORD_COMMA);
      hansa_page_say (page, HANSA_WORD_INPUT_FILE, hansa_same (resource->path));
    }
  add_input_size (page, table);
  if (resource != NULL)
    add_coverage (page, resource, id);
  if (input->query != NULL)
    {
      hansa_page_raw (page, "<details><summary>");
      hansa_page_word (page, HANSA_WORD_INPUT_QUERY);
      hansa_page_raw (page, "</summary><pre>");
      hansa_page_data (page, input->query);
      hansa_page_raw (page, "</pre></details>\n");
    }
  hansa_page_raw (page, "</li>\n");
}

void
hansa_page_inputs (HansaPage *page, guint analysis)
{
  const HansaAnalysis *owner = g_ptr_array_index (page->run->analyses, analysis);
  const HansaPlugin *plugin = &owner->description->plugin;

  if (plugin->n_inputs == 0)
    return;
  hansa_page_raw (page, "<h3>");
  hansa_page_word (page, HANSA_WORD_INPUTS);
  hansa_page_raw (page, "</h3>\n<ul class=\"inputs\">\n");
  for (guint i = 0; i < plugin->n_inputs; i++)
    add_input (page, analysis, &plugin->inputs[i], hansa_analysis_input (owner, i));
  hansa_page_raw (page, "</ul>\n");
}
