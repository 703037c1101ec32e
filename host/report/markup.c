/* SPDX-License-Identifier: MIT
 *
 * Writing markup: the one way in which a text gets into the page.
 */
#include "report/report-private.h"

#include <string.h>

/* What stands for a character that XML forbids or that turns the reading
 * direction of what follows: U+FFFD. NULL: the character may stand. */
static const char *
replacement (const guchar *p, gsize *length)
{
  *length = 1;
  switch (p[0])
    {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    case 0xC2: /* C1 controls */
      *length = 2;
      return p[1] < 0xA0 ? "\xEF\xBF\xBD" : NULL;
    case 0xE2: /* U+202D, U+202E: overrides of direction */
      *length = 3;
      return p[1] == 0x80 && (p[2] == 0xAD || p[2] == 0xAE) ? "\xEF\xBF\xBD" : NULL;
    case 0xEF: /* U+FFFE, U+FFFF */
      *length = 3;
      return p[1] == 0xBF && p[2] >= 0xBE ? "\xEF\xBF\xBD" : NULL;
    default:
      return (p[0] < 0x20 && p[0] != '\t' && p[0] != '\n') || p[0] == 0x7F ? "\xEF\xBF\xBD" : NULL;
    }
}

void
hansa_markup_escape (GString *out, const char *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL)
    return;
  if (!g_utf8_validate (text, -1, NULL))
    {
      valid = g_utf8_make_valid (text, -1);
      text = valid;
    }

  const guchar *begin = (const guchar *)text, *p = begin;
  while (*p != '\0')
    {
      gsize length;
      const char *instead = replacement (p, &length);
      if (instead == NULL)
        {
          p += length;
          continue;
        }
      g_string_append_len (out, (const char *)begin, (gssize)(p - begin));
      g_string_append (out, instead);
      p += length;
      begin = p;
    }
  g_string_append_len (out, (const char *)begin, (gssize)(p - begin));
}

void
hansa_page_raw (HansaPage *page, const char *markup)
{
  g_string_append (page->out, markup);
}

void
hansa_page_printf (HansaPage *page, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (page->out, format, args);
  va_end (args);
}

void
hansa_page_data (HansaPage *page, const char *text)
{
  g_string_append (page->out, "<bdi>");
  hansa_markup_escape (page->out, text);
  g_string_append (page->out, "</bdi>");
}

void
hansa_page_data_cut (HansaPage *page, const char *text, glong limit)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  if (strlen (valid) > (gsize)limit && g_utf8_strlen (valid, -1) > limit)
    {
      *g_utf8_offset_to_pointer (valid, limit) = '\0';
      g_autofree char *cut = g_strconcat (valid, "…", NULL);
      hansa_page_data (page, cut);
      return;
    }
  hansa_page_data (page, valid);
}

void
hansa_page_open_in (HansaPage *page, const char *tag, HansaLanguage language)
{
  hansa_page_printf (page,
                     language == HANSA_ZH ? "<%s class=\"zh\" lang=\"zh-CN\""
                                          : "<%s class=\"en\" lang=\"en\"",
                     tag);
}

void
hansa_page_text (HansaPage *page, HansaText text)
{
  HansaLanguage first = page->run->language;
  HansaLanguage second = first == HANSA_ZH ? HANSA_EN : HANSA_ZH;

  if (g_str_equal (hansa_text_in (text, first), hansa_text_in (text, second)))
    {
      hansa_page_data (page, hansa_text_in (text, first));
      return;
    }
  for (guint i = 0; i < HANSA_N_LANGUAGES; i++)
    {
      HansaLanguage language = i == 0 ? first : second;
      hansa_page_open_in (page, "span", language);
      hansa_page_raw (page, ">");
      hansa_markup_escape (page->out, hansa_text_in (text, language));
      hansa_page_raw (page, "</span>");
    }
}

void
hansa_page_word (HansaPage *page, HansaWord word)
{
  hansa_page_text (page, hansa_word (word));
}

void
hansa_page_fill (HansaPage *page, HansaWord word, const HansaText *args, guint n_args)
{
  g_autofree char *en = hansa_word_fill (word, HANSA_EN, args, n_args);
  g_autofree char *zh = hansa_word_fill (word, HANSA_ZH, args, n_args);

  hansa_page_text (page, (HansaText){ en, zh });
}

char *
hansa_page_id (const HansaPage *page, guint analysis, const char *kind, const char *id)
{
  GString *name = g_string_new (g_ptr_array_index (page->slugs, analysis));

  if (kind != NULL)
    g_string_append_printf (name, ".%s.", kind);
  for (const char *p = id; kind != NULL && *p != '\0'; p++)
    if (g_ascii_isalnum (*p) || *p == '-' || *p == '_' || *p == '.')
      g_string_append_c (name, *p);
    else
      g_string_append_printf (name, ":%02x", (guint)(guchar)*p);
  return g_string_free (name, FALSE);
}
