/* SPDX-License-Identifier: MIT
 *
 * The page as a whole: head, title, main findings, contents, analyses, annexes.
 */
#include "report/report-private.h"

#include <gio/gio.h>
#include <string.h>

/* Made from report.gresource.xml by glib-compile-resources. */
GResource *hansa_report_get_resource (void);

static void
add_asset (HansaPage *page, const char *path)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (hansa_report_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  if (text != NULL)
    g_string_append_len (page->out, text, (gssize)length);
}

/* ---- head ------------------------------------------------------------------ */

static void
add_attribute (HansaPage *page, const char *name, const char *text)
{
  hansa_page_printf (page, " %s=\"", name);
  hansa_markup_escape (page->out, text);
  hansa_page_raw (page, "\"");
}

static void
add_head (HansaPage *page)
{
  const HansaRun *run = page->run;

  hansa_page_printf (page, "<!DOCTYPE html>\n<html lang=\"%s\"",
                     run->language == HANSA_ZH ? "zh-CN" : "en");
  add_attribute (page, "data-title-en", hansa_text_in (run->title, HANSA_EN));
  add_attribute (page, "data-title-zh", hansa_text_in (run->title, HANSA_ZH));
  hansa_page_raw (page, ">\n<head>\n<meta charset=\"utf-8\"/>\n"
                        "<meta name=\"viewport\" content=\"width=device-width\"/>\n"
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                        "'none'; img-src data:; style-src 'unsafe-inline'; script-src "
                        "'unsafe-inline'; base-uri 'none'; form-action 'none'\"/>\n"
                        "<meta name=\"generator\" content=\"Hansa " HANSA_VERSION "\"/>\n<title>");
  hansa_markup_escape (page->out, hansa_text_in (run->title, run->language));
  hansa_page_raw (page, "</title>\n<style>\n");
  add_asset (page, "/hansa/report/report.css");
  if (run->dataset != NULL && hansa_dataset_is_synthetic (run->dataset))
    add_asset (page, "/hansa/report/synthetic.css");
  hansa_page_raw (page, "</style>\n</head>\n");
}

static void
add_language_switch (HansaPage *page)
{
  static const char *const names[HANSA_N_LANGUAGES] = { "English", "中文" };

  for (guint i = 0; i < HANSA_N_LANGUAGES; i++)
    hansa_page_printf (page,
                       "<input type=\"radio\" name=\"language\" class=\"pick pick-%s\" "
                       "id=\"top.%s\"%s/>\n",
                       hansa_language_id ((HansaLanguage)i), hansa_language_id ((HansaLanguage)i),
                       (HansaLanguage)i == page->run->language ? " checked=\"checked\"" : "");
  hansa_page_raw (page, "<nav class=\"bar\">");
  hansa_page_raw (page, "<a href=\"#top.contents\">");
  hansa_page_word (page, HANSA_WORD_CONTENTS);
  hansa_page_raw (page, "</a><span class=\"choice\">");
  for (guint i = HANSA_N_LANGUAGES; i-- > 0;)
    hansa_page_printf (page, "<label class=\"label-%s\" for=\"top.%s\" lang=\"%s\">%s</label>",
                       hansa_language_id ((HansaLanguage)i), hansa_language_id ((HansaLanguage)i),
                       i == HANSA_ZH ? "zh-CN" : "en", names[i]);
  hansa_page_raw (page, "</span></nav>\n");
}

static void
add_fact (HansaPage *page, HansaWord name, HansaText text)
{
  hansa_page_raw (page, "<div><dt>");
  hansa_page_word (page, name);
  hansa_page_raw (page, "</dt><dd>");
  hansa_page_text (page, text);
  hansa_page_raw (page, "</dd></div>\n");
}

static void
add_title (HansaPage *page)
{
  const HansaRun *run = page->run;
  g_autofree char *en = hansa_date_words (run->created, HANSA_EN);
  g_autofree char *zh = hansa_date_words (run->created, HANSA_ZH);

  hansa_page_raw (page, "<header class=\"title\">\n<h1>");
  hansa_page_text (page, run->title);
  hansa_page_raw (page, "</h1>\n<dl>\n");
  add_fact (page, HANSA_WORD_DATE, (HansaText){ en, zh });
  if (run->dataset != NULL)
    add_fact (page, HANSA_WORD_DATASET, hansa_dataset_title (run->dataset));
  add_fact (page, HANSA_WORD_MADE_WITH, hansa_same ("Hansa " HANSA_VERSION));
  hansa_page_raw (page, "</dl>\n</header>\n");
}

/* ---- main findings --------------------------------------------------------- */

typedef struct
{
  guint analysis;
  const HansaResultFinding *finding;
  char *sentence; /* in the language of the run */
} RankedFinding;

static void
clear_ranked (gpointer data)
{
  g_free (((RankedFinding *)data)->sentence);
}

static gint
most_severe_first (gconstpointer a, gconstpointer b)
{
  const RankedFinding *x = a, *y = b;
  if (x->finding->severity != y->finding->severity)
    return x->finding->severity > y->finding->severity ? -1 : 1;
  return 0; /* g_array_sort() is stable: the order of the analyses */
}

static GArray *
rank_findings (const HansaRun *run)
{
  GArray *ranked = g_array_new (FALSE, FALSE, sizeof (RankedFinding));
  g_array_set_clear_func (ranked, clear_ranked);

  for (guint i = 0; i < run->analyses->len; i++)
    {
      const HansaAnalysis *analysis = g_ptr_array_index (run->analyses, i);
      for (guint f = 0; hansa_analysis_ok (analysis) && f < analysis->result->findings->len; f++)
        {
          const HansaResultFinding *finding = g_ptr_array_index (analysis->result->findings, f);
          RankedFinding entry
              = { i, finding, hansa_finding_sentence (analysis->result, finding, run->language) };
          g_array_append_val (ranked, entry);
        }
    }
  g_array_sort (ranked, most_severe_first);
  return ranked;
}

static gboolean
is_said_before (const GArray *ranked, guint at)
{
  const char *sentence = g_array_index (ranked, RankedFinding, at).sentence;

  for (guint i = 0; i < at; i++)
    if (g_str_equal (g_array_index (ranked, RankedFinding, i).sentence, sentence))
      return TRUE;
  return FALSE;
}

/* A sentence once, with all the analyses that say it. */
static void
add_ranked (HansaPage *page, const GArray *ranked, guint at)
{
  const RankedFinding *entry = &g_array_index (ranked, RankedFinding, at);

  if (is_said_before (ranked, at))
    return;
  hansa_page_printf (page, "<li class=\"%s\"><span class=\"severity\">",
                     hansa_severity_id (entry->finding->severity));
  hansa_page_text (page, hansa_severity_text (entry->finding->severity));
  hansa_page_raw (page, "</span><p>");
  hansa_page_sentence (page, entry->analysis, entry->finding);
  for (guint i = at; i < ranked->len; i++)
    {
      const RankedFinding *other = &g_array_index (ranked, RankedFinding, i);
      if (!g_str_equal (other->sentence, entry->sentence))
        continue;
      g_autofree char *metric = hansa_page_id (page, other->analysis, "m", other->finding->metric);
      hansa_page_printf (page, " <a class=\"from\" href=\"#%s\">", metric);
      hansa_page_text (
          page, hansa_analysis_title (g_ptr_array_index (page->run->analyses, other->analysis)));
      hansa_page_raw (page, "</a>");
    }
  hansa_page_raw (page, "</p></li>\n");
}

static guint
count_failed (const HansaRun *run)
{
  guint n = 0;

  for (guint i = 0; i < run->analyses->len; i++)
    n += hansa_analysis_ok (g_ptr_array_index (run->analyses, i)) ? 0 : 1;
  return n;
}

static void
add_failed (HansaPage *page)
{
  hansa_page_raw (page, "<div class=\"failure\"><p>");
  hansa_page_word (page, HANSA_WORD_FAILED_LIST);
  hansa_page_raw (page, "</p>\n<ul>\n");
  for (guint i = 0; i < page->run->analyses->len; i++)
    {
      const HansaAnalysis *analysis = g_ptr_array_index (page->run->analyses, i);
      if (hansa_analysis_ok (analysis))
        continue;
      hansa_page_printf (page, "<li><a href=\"#%s\">",
                         (const char *)g_ptr_array_index (page->slugs, i));
      hansa_page_text (page, hansa_analysis_title (analysis));
      hansa_page_raw (page, "</a>");
      hansa_page_word (page, HANSA_WORD_COLON);
      hansa_page_text (page, hansa_end_text (analysis->outcome.end));
      hansa_page_raw (page, "</li>\n");
    }
  hansa_page_raw (page, "</ul></div>\n");
}

static void
add_summary (HansaPage *page)
{
  g_autoptr (GArray) ranked = rank_findings (page->run);
  guint failed = count_failed (page->run);
  g_autofree char *all = g_strdup_printf ("%u", page->run->analyses->len);
  g_autofree char *bad = g_strdup_printf ("%u", failed);

  hansa_page_raw (page, "<section class=\"summary\" id=\"top.summary\">\n<h2>");
  hansa_page_word (page, HANSA_WORD_SUMMARY);
  hansa_page_raw (page, "</h2>\n<p class=\"count\">");
  hansa_page_say (page, failed > 0 ? HANSA_WORD_COUNT_FAILED : HANSA_WORD_COUNT_OK,
                  hansa_same (all), hansa_same (bad));
  if (ranked->len == 0)
    {
      hansa_page_raw (page, " ");
      hansa_page_word (page, HANSA_WORD_NO_FINDINGS);
    }
  hansa_page_raw (page, "</p>\n");
  if (failed > 0)
    add_failed (page);
  if (ranked->len > 0)
    hansa_page_raw (page, "<ul class=\"findings\">\n");
  for (guint i = 0; i < ranked->len; i++)
    add_ranked (page, ranked, i);
  hansa_page_printf (page, "%s</section>\n", ranked->len > 0 ? "</ul>\n" : "");
}

static void
add_contents (HansaPage *page)
{
  hansa_page_raw (page, "<nav class=\"contents\" id=\"top.contents\">\n<h2>");
  hansa_page_word (page, HANSA_WORD_CONTENTS);
  hansa_page_raw (page, "</h2>\n<ul>\n");
  for (guint i = 0; i < page->run->analyses->len; i++)
    {
      const HansaAnalysis *analysis = g_ptr_array_index (page->run->analyses, i);
      g_autofree char *numeral = hansa_chinese_number (i + 1);
      g_autofree char *zh = g_strconcat (numeral, "、", NULL);
      g_autofree char *en = g_strdup_printf ("%u. ", i + 1);
      hansa_page_printf (page, "<li><a href=\"#%s\">",
                         (const char *)g_ptr_array_index (page->slugs, i));
      hansa_page_text (page, (HansaText){ en, zh });
      hansa_page_text (page, hansa_analysis_title (analysis));
      hansa_page_raw (page, "</a></li>\n");
    }
  hansa_page_raw (page, "<li><a href=\"#top.sources\">");
  hansa_page_word (page, HANSA_WORD_ANNEX_SOURCES);
  hansa_page_raw (page, "</a></li>\n<li><a href=\"#top.record\">");
  hansa_page_word (page, HANSA_WORD_ANNEX_RECORD);
  hansa_page_raw (page, "</a></li>\n</ul>\n</nav>\n");
}

/* ---- the whole ------------------------------------------------------------- */

static HansaPage *
page_new (const HansaRun *run, const char *folder)
{
  HansaPage *page = g_new0 (HansaPage, 1);

  page->run = run;
  page->folder = folder;
  page->out = g_string_sized_new (1 << 18);
  page->sources = hansa_sources_new (run);
  page->slugs = g_ptr_array_new_with_free_func (g_free);
  page->covered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < run->analyses->len; i++)
    g_ptr_array_add (page->slugs, hansa_analysis_slug (run, i));
  return page;
}

static char *
page_free (HansaPage *page)
{
  char *markup = g_string_free (page->out, FALSE);

  hansa_sources_free (page->sources);
  g_ptr_array_unref (page->slugs);
  g_hash_table_unref (page->covered);
  g_free (page);
  return markup;
}

char *
hansa_report_html (const HansaRun *run, const char *folder, G_GNUC_UNUSED GError **error)
{
  HansaPage *page = page_new (run, folder);

  add_head (page);
  hansa_page_raw (page, "<body>\n");
  add_language_switch (page);
  if (run->dataset != NULL && hansa_dataset_is_synthetic (run->dataset))
    {
      hansa_page_raw (page, "<div class=\"synthetic\" role=\"note\">");
      hansa_page_word (page, HANSA_WORD_SYNTHETIC);
      hansa_page_raw (page, "</div>\n");
    }
  hansa_page_raw (page, "<main>\n");
  add_title (page);
  add_summary (page);
  add_contents (page);
  for (guint i = 0; i < run->analyses->len; i++)
    hansa_page_analysis (page, i);
  hansa_page_annexes (page);
  hansa_page_raw (page, "</main>\n<script>\n");
  add_asset (page, "/hansa/report/report.js");
  hansa_page_raw (page, "</script>\n</body>\n</html>\n");
  return page_free (page);
}
