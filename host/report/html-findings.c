/* SPDX-License-Identifier: MIT
 *
 * Findings: sentences whose numbers stand out and lead to their metric.
 */
#include "base/units.h"
#include "report/report-private.h"

#include <string.h>

static const HansaName *
find_name (const HansaResultFinding *finding, const char *id)
{
  for (guint i = 0; i < finding->n_names; i++)
    if (g_str_equal (finding->names[i].id, id))
      return &finding->names[i];
  return NULL;
}

static void
add_placeholder (HansaPage *page, guint analysis, const HansaResultFinding *finding,
                 const char *placeholder, HansaLanguage language)
{
  const HansaAnalysis *owner = g_ptr_array_index (page->run->analyses, analysis);
  const HansaName *name = find_name (finding, placeholder);
  HansaValue shown;
  const HansaResultMetric *metric = hansa_placeholder_metric (owner->result, placeholder, &shown);

  if (name != NULL)
    hansa_page_data (page, hansa_text_in (name->text, language));
  else if (metric != NULL)
    {
      g_autofree char *id = hansa_page_id (page, analysis, "m", metric->id);
      g_autofree char *value
          = hansa_format_value (shown, metric->unit, metric->decimals, metric->why, language);
      hansa_page_printf (page, "<a class=\"number\" href=\"#%s\">", id);
      hansa_markup_escape (page->out, value);
      hansa_page_raw (page, "</a>");
    }
}

/* The same words as hansa_finding_sentence(), as markup; a test holds the two
 * together. */
static void
add_sentence (HansaPage *page, guint analysis, const HansaResultFinding *finding,
              HansaLanguage language)
{
  const char *text = hansa_text_in (finding->text, language);

  for (;;)
    {
      const char *open = strchr (text, '{');
      const char *close = open != NULL ? strchr (open, '}') : NULL;
      if (close == NULL)
        break;
      g_autofree char *before = g_strndup (text, (gsize)(open - text));
      g_autofree char *placeholder = g_strndup (open + 1, (gsize)(close - open - 1));
      hansa_markup_escape (page->out, before);
      add_placeholder (page, analysis, finding, placeholder, language);
      text = close + 1;
    }
  hansa_markup_escape (page->out, text);
}

void
hansa_page_sentence (HansaPage *page, guint analysis, const HansaResultFinding *finding)
{
  for (guint i = 0; i < HANSA_N_LANGUAGES; i++)
    {
      HansaLanguage language
          = i == 0 ? page->run->language : (HansaLanguage)(1 - (int)page->run->language);
      hansa_page_open_in (page, "span", language);
      hansa_page_raw (page, ">");
      add_sentence (page, analysis, finding, language);
      hansa_page_raw (page, "</span>");
    }
}
