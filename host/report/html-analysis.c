/* SPDX-License-Identifier: MIT
 *
 * The section of one analysis.
 */
#include "report/report-private.h"

#include <string.h>

#define OUTPUT_CHARACTERS 20000

static void
heading (HansaPage *page, HansaWord word)
{
  hansa_page_raw (page, "<h3>");
  hansa_page_word (page, word);
  hansa_page_raw (page, "</h3>\n");
}

/* ---- charts --------------------------------------------------------------- */

/* The size of a letter shall be the same in all charts, whatever their width. */
static double
share_of_width (const char *svg)
{
  const char *width = strstr (svg, " width=\"");
  double pixels = width != NULL ? g_ascii_strtod (width + strlen (" width=\""), NULL) : 0.0;
  return pixels > 0.0 ? pixels / 860.0 : 1.0;
}

static gboolean
add_picture (HansaPage *page, const HansaResultChart *chart, const char *file,
             HansaLanguage language, gboolean both)
{
  g_autofree char *path = g_build_filename (page->folder, file, NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  if (!g_file_get_contents (path, &bytes, &length, NULL))
    return FALSE;
  if (both)
    hansa_page_raw (page, "<img");
  else
    hansa_page_open_in (page, "img", language);
  char share[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (share, sizeof share, "%.4f", share_of_width (bytes));
  hansa_page_printf (page, " style=\"--share:%s\" alt=\"", share);
  hansa_markup_escape (page->out, hansa_text_in (chart->title, language));
  if (*hansa_text_in (chart->note, language) != '\0')
    {
      hansa_markup_escape (page->out, hansa_text_in (hansa_word (HANSA_WORD_COLON), language));
      hansa_markup_escape (page->out, hansa_text_in (chart->note, language));
    }
  hansa_page_raw (page, "\" src=\"data:image/svg+xml;base64,");
  g_autofree char *encoded = g_base64_encode ((const guchar *)bytes, length);
  hansa_page_raw (page, encoded);
  hansa_page_raw (page, "\"/>\n");
  return TRUE;
}

static void
add_file_link (HansaPage *page, const char *const files[HANSA_N_LANGUAGES], HansaWord word)
{
  for (guint i = 0; i < HANSA_N_LANGUAGES; i++)
    {
      const char *file = files[i] != NULL ? files[i] : files[1 - i];
      if (file == NULL)
        continue;
      hansa_page_open_in (page, "a", (HansaLanguage)i);
      hansa_page_raw (page, " href=\"");
      hansa_markup_escape (page->out, file);
      hansa_page_raw (page, "\">");
      hansa_markup_escape (page->out, hansa_text_in (hansa_word (word), (HansaLanguage)i));
      hansa_page_raw (page, "</a> ");
    }
}

static void
add_pictures (HansaPage *page, const HansaDrawnChart *drawn)
{
  gboolean any = FALSE;
  gboolean both = drawn->files[HANSA_EN] == NULL || drawn->files[HANSA_ZH] == NULL;

  hansa_page_raw (page, "<div class=\"frame\">\n");
  for (guint i = 0; i < HANSA_N_LANGUAGES; i++)
    if (drawn->files[i] != NULL)
      any |= add_picture (page, drawn->chart, drawn->files[i], (HansaLanguage)i, both);
  hansa_page_raw (page, "</div>\n");
  if (!any || drawn->problem != NULL)
    {
      hansa_page_raw (page, "<p class=\"problem\">");
      hansa_page_word (page, any ? HANSA_WORD_CHART_PROBLEM : HANSA_WORD_NOT_DRAWN);
      hansa_page_raw (page, " ");
      if (drawn->problem != NULL)
        hansa_page_data (page, drawn->problem);
      hansa_page_raw (page, "</p>\n");
    }
}

static void
add_chart (HansaPage *page, guint analysis, guint number, const HansaDrawnChart *drawn)
{
  g_autofree char *id = hansa_page_id (page, analysis, "c", drawn->chart->id);
  g_autofree char *label = g_strdup_printf ("%u-%u", analysis + 1, number + 1);

  hansa_page_printf (page, "<figure id=\"%s\">\n", id);
  add_pictures (page, drawn);
  hansa_page_raw (page, "<figcaption><b>");
  hansa_page_say (page, HANSA_WORD_FIGURE, hansa_same (label));
  hansa_page_raw (page, "</b>\u2003");
  hansa_page_text (page, drawn->chart->title);
  hansa_page_raw (page, " <span class=\"file\">");
  add_file_link (page, (const char *const *)drawn->files, HANSA_WORD_PICTURE);
  add_file_link (page, (const char *const *)drawn->scripts, HANSA_WORD_SCRIPT);
  hansa_page_raw (page, "</span></figcaption>\n</figure>\n");
}

/* ---- findings, notes ------------------------------------------------------ */

static void
add_findings (HansaPage *page, guint analysis, const HansaResult *result)
{
  if (result->findings->len == 0)
    return;
  heading (page, HANSA_WORD_FINDINGS);
  hansa_page_raw (page, "<ul class=\"findings\">\n");
  for (guint i = 0; i < result->findings->len; i++)
    {
      const HansaResultFinding *finding = g_ptr_array_index (result->findings, i);
      g_autofree char *id = hansa_page_id (page, analysis, "f", finding->id);
      hansa_page_printf (page, "<li id=\"%s\" class=\"%s\"><span class=\"severity\">", id,
                         hansa_severity_id (finding->severity));
      hansa_page_text (page, hansa_severity_text (finding->severity));
      hansa_page_raw (page, "</span><p>");
      hansa_page_sentence (page, analysis, finding);
      hansa_page_raw (page, "</p></li>\n");
    }
  hansa_page_raw (page, "</ul>\n");
}

static void
add_notes (HansaPage *page, const HansaResult *result, guint32 kind, HansaWord title)
{
  gboolean any = FALSE;

  for (guint i = 0; i < result->notes->len; i++)
    {
      const HansaResultNote *note = g_ptr_array_index (result->notes, i);
      if (note->kind != kind)
        continue;
      if (!any)
        {
          heading (page, title);
          hansa_page_printf (page, "<ul class=\"notes %s\">\n", hansa_note_kind_id (kind));
        }
      any = TRUE;
      hansa_page_raw (page, "<li>");
      hansa_page_text (page, note->text);
      hansa_page_raw (page, "</li>\n");
    }
  if (any)
    hansa_page_raw (page, "</ul>\n");
}

/* ---- an analysis that did not end well ------------------------------------- */

static void
add_preformatted (HansaPage *page, HansaWord title, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  hansa_page_raw (page, "<details><summary>");
  hansa_page_word (page, title);
  hansa_page_raw (page, "</summary><pre>");
  hansa_page_data_cut (page, text, OUTPUT_CHARACTERS);
  hansa_page_raw (page, "</pre></details>\n");
}

static void
add_said (HansaPage *page, const HansaOutcome *outcome)
{
  g_autofree char *log = outcome->log != NULL ? g_strjoinv ("\n", outcome->log) : NULL;
  add_preformatted (page, HANSA_WORD_OUTPUT, outcome->output);
  add_preformatted (page, HANSA_WORD_LOG, log);
}

static void
add_failure (HansaPage *page, const HansaOutcome *outcome)
{
  hansa_page_raw (page, "<div class=\"failure\"><p><b>");
  hansa_page_word (page, HANSA_WORD_NOT_ENDED);
  hansa_page_raw (page, "</b>");
  hansa_page_word (page, HANSA_WORD_COLON);
  hansa_page_text (page, hansa_end_text (outcome->end));
  hansa_page_raw (page, "</p>\n");
  if (*hansa_text_in (outcome->message, HANSA_EN) != '\0')
    {
      hansa_page_raw (page, "<p>");
      hansa_page_text (page, outcome->message);
      hansa_page_raw (page, "</p>\n");
    }
  if (outcome->detail != NULL && *outcome->detail != '\0')
    {
      hansa_page_raw (page, "<p><code>");
      hansa_page_data_cut (page, outcome->detail, OUTPUT_CHARACTERS);
      hansa_page_raw (page, "</code></p>\n");
    }
  add_said (page, outcome);
  hansa_page_raw (page, "</div>\n");
}

/* ---- the section ----------------------------------------------------------- */

static void
add_plugin (HansaPage *page, const HansaAnalysis *owner)
{
  const HansaPlugin *plugin = &owner->description->plugin;

  hansa_page_raw (page, "<p class=\"plugin\">");
  hansa_page_word (page, HANSA_WORD_PLUGIN);
  hansa_page_raw (page, " <code>");
  hansa_page_data (page, plugin->id);
  hansa_page_raw (page, "</code> ");
  hansa_page_data (page, plugin->version);
  hansa_page_raw (page, " · ");
  hansa_page_word (page, HANSA_WORD_LICENCE);
  hansa_page_raw (page, " ");
  hansa_page_data (page, plugin->licence);
  if (plugin->citation != NULL && *plugin->citation != '\0')
    {
      hansa_page_raw (page, "<br/>");
      hansa_page_word (page, HANSA_WORD_CITATION);
      hansa_page_raw (page, " <span class=\"citation\">");
      hansa_page_data (page, plugin->citation);
      hansa_page_raw (page, "</span>");
    }
  hansa_page_raw (page, "</p>\n");
}

static void
add_result (HansaPage *page, guint analysis, const HansaAnalysis *owner)
{
  const HansaResult *result = owner->result;

  add_findings (page, analysis, result);
  add_notes (page, result, HANSA_NOTE_WARNING, HANSA_WORD_WARNINGS);
  if (result->metrics->len > 0)
    {
      heading (page, HANSA_WORD_METRICS);
      hansa_page_metrics (page, analysis);
    }
  if (owner->charts != NULL && owner->charts->len > 0)
    heading (page, HANSA_WORD_CHARTS);
  for (guint i = 0; owner->charts != NULL && i < owner->charts->len; i++)
    add_chart (page, analysis, i, g_ptr_array_index (owner->charts, i));
  if (result->tables->len > 0)
    heading (page, HANSA_WORD_TABLES);
  for (guint i = 0; i < result->tables->len; i++)
    hansa_page_table (page, analysis, i);
  add_notes (page, result, HANSA_NOTE_METHOD, HANSA_WORD_METHOD);
  add_notes (page, result, HANSA_NOTE_DROPPED, HANSA_WORD_DROPPED);
  hansa_page_traces (page, analysis);
}

void
hansa_page_analysis (HansaPage *page, guint analysis)
{
  const HansaAnalysis *owner = g_ptr_array_index (page->run->analyses, analysis);
  g_autofree char *id = hansa_page_id (page, analysis, NULL, NULL);
  g_autofree char *numeral = hansa_chinese_number (analysis + 1);
  g_autofree char *zh = g_strconcat (numeral, "、", NULL);
  g_autofree char *en = g_strdup_printf ("%u. ", analysis + 1);

  hansa_page_printf (page, "<section class=\"analysis\" id=\"%s\">\n<h2>", id);
  hansa_page_text (page, (HansaText){ en, zh });
  hansa_page_text (page, hansa_analysis_title (owner));
  hansa_page_raw (page, "</h2>\n");
  if (owner->description != NULL)
    {
      hansa_page_raw (page, "<p class=\"question\">");
      hansa_page_text (page, owner->description->plugin.summary);
      hansa_page_raw (page, "</p>\n");
    }
  if (hansa_analysis_ok (owner))
    add_result (page, analysis, owner);
  else
    add_failure (page, &owner->outcome);
  if (owner->description != NULL)
    {
      hansa_page_parameters (page, analysis);
      hansa_page_inputs (page, analysis);
      add_plugin (page, owner);
    }
  if (hansa_analysis_ok (owner))
    add_said (page, &owner->outcome);
  hansa_page_raw (page, "</section>\n");
}
