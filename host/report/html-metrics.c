/* SPDX-License-Identifier: MIT
 *
 * The key figures of an analysis: value with unit, interval, formula, and
 * where each comes from.
 */
#include "base/units.h"
#include "report/report-private.h"

static gboolean
has_interval (const HansaResultMetric *metric)
{
  return hansa_is_defined (metric->low) && hansa_is_defined (metric->high);
}

static void
add_value (HansaPage *page, const HansaResultMetric *metric)
{
  gboolean defined = hansa_is_defined (metric->value);
  g_autofree char *en
      = hansa_format_value (metric->value, metric->unit, metric->decimals, metric->why, HANSA_EN);
  g_autofree char *zh
      = hansa_format_value (metric->value, metric->unit, metric->decimals, metric->why, HANSA_ZH);

  hansa_page_raw (page, defined ? "<td class=\"num value\">" : "<td class=\"num undefined\">");
  hansa_page_text (page, (HansaText){ en, zh });
  hansa_page_raw (page, "</td>");
}

static char *
interval_text (const HansaResultMetric *metric, HansaLanguage language)
{
  char level[HANSA_NUMBER_SIZE];
  g_autofree char *low
      = hansa_format_number (metric->low.number, metric->unit, metric->decimals, language);
  g_autofree char *high
      = hansa_format_number (metric->high.number, metric->unit, metric->decimals, language);
  /* 0.95 is 95, and 0.999 is 99.9 */
  g_ascii_formatd (level, sizeof level, "%.6g", metric->level * 100.0);
  const HansaText args[] = { hansa_same (low), hansa_same (high), hansa_same (level) };
  return hansa_word_fill (metric->level > 0.0 ? HANSA_WORD_INTERVAL_LEVEL
                                              : HANSA_WORD_INTERVAL_RANGE,
                          language, args, G_N_ELEMENTS (args));
}

static void
add_interval (HansaPage *page, const HansaResultMetric *metric)
{
  hansa_page_raw (page, "<td>");
  if (has_interval (metric))
    {
      g_autofree char *en = interval_text (metric, HANSA_EN);
      g_autofree char *zh = interval_text (metric, HANSA_ZH);
      hansa_page_text (page, (HansaText){ en, zh });
    }
  hansa_page_raw (page, "</td>");
}

static void
add_head (HansaPage *page, gboolean intervals, gboolean variants)
{
  hansa_page_raw (page, "<thead><tr><th scope=\"col\">");
  hansa_page_word (page, HANSA_WORD_METRIC);
  hansa_page_raw (page, "</th><th scope=\"col\" class=\"num\">");
  hansa_page_word (page, HANSA_WORD_VALUE);
  hansa_page_raw (page, "</th>");
  if (intervals)
    {
      hansa_page_raw (page, "<th scope=\"col\">");
      hansa_page_word (page, HANSA_WORD_INTERVAL);
      hansa_page_raw (page, "</th>");
    }
  if (variants)
    {
      hansa_page_raw (page, "<th scope=\"col\">");
      hansa_page_word (page, HANSA_WORD_VARIANT);
      hansa_page_raw (page, "</th>");
    }
  hansa_page_raw (page, "<th class=\"file\"></th></tr></thead>\n");
}

static void
add_metric (HansaPage *page, guint analysis, const HansaResultMetric *metric, gboolean intervals,
            gboolean variants)
{
  g_autofree char *id = hansa_page_id (page, analysis, "m", metric->id);
  g_autofree char *trace = hansa_page_id (page, analysis, "s", metric->id);

  hansa_page_printf (page, "<tr id=\"%s\"><th scope=\"row\">", id);
  hansa_page_text (page, metric->title);
  hansa_page_raw (page, "</th>");
  add_value (page, metric);
  if (intervals)
    add_interval (page, metric);
  if (variants)
    {
      hansa_page_raw (page, "<td>");
      if (*hansa_text_in (metric->formula, HANSA_EN) != '\0')
        hansa_page_text (page, metric->formula);
      else if (metric->variant != NULL)
        {
          hansa_page_raw (page, "<code>");
          hansa_page_data (page, metric->variant);
          hansa_page_raw (page, "</code>");
        }
      hansa_page_raw (page, "</td>");
    }
  hansa_page_printf (page, "<td class=\"file\"><a href=\"#%s\">", trace);
  hansa_page_word (page, HANSA_WORD_TRACE);
  hansa_page_raw (page, "</a></td></tr>\n");
}

void
hansa_page_metrics (HansaPage *page, guint analysis)
{
  const HansaAnalysis *owner = g_ptr_array_index (page->run->analyses, analysis);
  GPtrArray *metrics = owner->result->metrics;
  gboolean intervals = FALSE, variants = FALSE;

  for (guint i = 0; i < metrics->len; i++)
    {
      const HansaResultMetric *metric = g_ptr_array_index (metrics, i);
      intervals |= has_interval (metric);
      variants |= metric->variant != NULL;
    }
  hansa_page_raw (page, "<table class=\"metrics\">\n");
  add_head (page, intervals, variants);
  hansa_page_raw (page, "<tbody>\n");
  for (guint i = 0; i < metrics->len; i++)
    add_metric (page, analysis, g_ptr_array_index (metrics, i), intervals, variants);
  hansa_page_raw (page, "</tbody></table>\n");
}

/* One folded part a metric; the id stands inside, so that a link opens it. */
void
hansa_page_traces (HansaPage *page, guint analysis)
{
  const HansaAnalysis *owner = g_ptr_array_index (page->run->analyses, analysis);
  GPtrArray *metrics = owner->result->metrics;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (metrics->len == 0)
    return;
  hansa_page_raw (page, "<h3>");
  hansa_page_word (page, HANSA_WORD_TRACES);
  hansa_page_raw (page, "</h3>\n<p class=\"on-paper\">");
  hansa_page_word (page, HANSA_WORD_TRACES_PAPER);
  hansa_page_raw (page, "</p>\n<div class=\"traces\">\n");
  for (guint i = 0; i < metrics->len; i++)
    {
      const HansaResultMetric *metric = g_ptr_array_index (metrics, i);
      g_autofree char *id = hansa_page_id (page, analysis, "s", metric->id);
      hansa_page_raw (page, "<details class=\"trace\"><summary>");
      hansa_page_text (page, metric->title);
      hansa_page_printf (page, "</summary>\n<div class=\"origin\" id=\"%s\">", id);
      hansa_page_trace (page, analysis, metric, seen);
      hansa_page_raw (page, "</div></details>\n");
    }
  hansa_page_raw (page, "</div>\n");
}
