/* SPDX-License-Identifier: MIT
 *
 * The annexes: every source that the report cites, and the record of the run.
 */
#include "report/report-private.h"

static void
add_sources (HansaPage *page)
{
  g_autoptr (GPtrArray) ids = hansa_sources_cited (page->sources);

  hansa_page_raw (page, "<section class=\"annex\" id=\"top.sources\">\n<h2>");
  hansa_page_word (page, HANSA_WORD_ANNEX_SOURCES);
  hansa_page_raw (page, "</h2>\n");
  if (ids->len == 0)
    {
      hansa_page_raw (page, "<p>—</p>\n</section>\n");
      return;
    }
  hansa_page_raw (page, "<p>");
  hansa_page_word (page, HANSA_WORD_ANNEX_SOURCES_NOTE);
  hansa_page_raw (page, "</p>\n<ul class=\"sources\">\n");
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      const HansaSource *source = hansa_sources_find (page->sources, id);
      hansa_page_raw (page, "<li><b>");
      hansa_page_data_cut (page, id, 60);
      hansa_page_raw (page, "</b> ");
      if (source == NULL)
        hansa_page_word (page, HANSA_WORD_TRACE_UNKNOWN_SOURCE);
      else
        hansa_page_data (page, source->title);
      if (source != NULL && *source->url != '\0')
        {
          hansa_page_raw (page, " <a class=\"address\" rel=\"noreferrer\" href=\"");
          hansa_markup_escape (page->out, source->url);
          hansa_page_raw (page, "\">");
          hansa_page_data (page, source->url);
          hansa_page_raw (page, "</a>");
        }
      hansa_page_raw (page, "</li>\n");
    }
  hansa_page_raw (page, "</ul>\n</section>\n");
}

static void
add_entry (HansaPage *page, HansaWord name, const char *text)
{
  hansa_page_raw (page, "<tr><th scope=\"row\">");
  hansa_page_word (page, name);
  hansa_page_raw (page, "</th><td>");
  if (text != NULL)
    hansa_page_data_cut (page, text, 2000);
  else
    hansa_page_word (page, HANSA_WORD_NONE);
  hansa_page_raw (page, "</td></tr>\n");
}

/* Layers missing in any analysis, each once; NULL when none. */
static char *
missing_layers (const HansaRun *run)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < run->analyses->len; i++)
    {
      const HansaAnalysis *analysis = g_ptr_array_index (run->analyses, i);
      GStrv layers = analysis->outcome.missing_layers;
      for (guint l = 0; layers != NULL && layers[l] != NULL; l++)
        if (!g_ptr_array_find_with_equal_func (names, layers[l], g_str_equal, NULL))
          g_ptr_array_add (names, layers[l]);
    }
  if (names->len == 0)
    return NULL;
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **)names->pdata);
}

static void
add_plugin (HansaPage *page, guint i)
{
  const HansaAnalysis *analysis = g_ptr_array_index (page->run->analyses, i);
  const HansaDescription *description = analysis->description;

  hansa_page_printf (page, "<tr><th scope=\"row\"><a href=\"#%s\">",
                     (const char *)g_ptr_array_index (page->slugs, i));
  hansa_page_data_cut (page, analysis->id, 120);
  hansa_page_raw (page, "</a></th><td>");
  if (description != NULL)
    hansa_page_data (page, description->plugin.version);
  hansa_page_raw (page, "</td><td>");
  hansa_page_text (page, hansa_end_text (analysis->outcome.end));
  hansa_page_raw (page, "</td><td><code class=\"hash\">");
  hansa_page_data (page, analysis->hash);
  hansa_page_raw (page, "</code></td></tr>\n");
}

static void
add_plugins (HansaPage *page)
{
  hansa_page_raw (page, "<table class=\"small\"><thead><tr><th scope=\"col\">");
  hansa_page_word (page, HANSA_WORD_PLUGIN);
  hansa_page_raw (page, "</th><th scope=\"col\">");
  hansa_page_word (page, HANSA_WORD_VERSION);
  hansa_page_raw (page, "</th><th></th><th scope=\"col\">SHA-256</th></tr></thead>\n<tbody>\n");
  for (guint i = 0; i < page->run->analyses->len; i++)
    add_plugin (page, i);
  hansa_page_raw (page, "</tbody></table>\n");
}

static void
add_record (HansaPage *page)
{
  const HansaRun *run = page->run;
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, run->seed);
  g_autofree char *layers = missing_layers (run);

  hansa_page_raw (page, "<section class=\"annex\" id=\"top.record\">\n<h2>");
  hansa_page_word (page, HANSA_WORD_ANNEX_RECORD);
  hansa_page_raw (page, "</h2>\n<p>");
  hansa_page_word (page, HANSA_WORD_ANNEX_RECORD_NOTE);
  hansa_page_raw (page, "</p>\n<table class=\"small\"><tbody>\n");
  add_entry (page, HANSA_WORD_MADE_WITH, "Hansa " HANSA_VERSION);
  add_entry (page, HANSA_WORD_COMMAND, run->command != NULL ? run->command : "");
  add_entry (page, HANSA_WORD_SEED, seed);
  add_entry (page, HANSA_WORD_ENGINE, run->engine);
  add_entry (page, HANSA_WORD_GNUPLOT, run->gnuplot);
  if (layers != NULL)
    add_entry (page, HANSA_WORD_LAYERS, layers);
  hansa_page_raw (page, "</tbody></table>\n");
  add_plugins (page);
  hansa_page_raw (page, "<p class=\"file\">");
  hansa_page_word (page, HANSA_WORD_OTHER_FILES);
  hansa_page_word (page, HANSA_WORD_COLON);
  hansa_page_raw (page, "<a href=\"report.json\">report.json</a> "
                        "<a href=\"run.json\">run.json</a></p>\n</section>\n");
}

void
hansa_page_annexes (HansaPage *page)
{
  add_sources (page);
  add_record (page);
}
