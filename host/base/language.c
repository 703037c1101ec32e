/* SPDX-License-Identifier: MIT */
#include "base/language.h"

#include "base/paths.h"

#include <locale.h>
#include <string.h>

const char *
hansa_text_in (HansaText text, HansaLanguage language)
{
  const char *wanted = language == HANSA_ZH ? text.zh : text.en;
  const char *other = language == HANSA_ZH ? text.en : text.zh;

  if (wanted != NULL && *wanted != '\0')
    return wanted;
  return other != NULL ? other : "";
}

const char *
hansa_language_id (HansaLanguage language)
{
  return language == HANSA_ZH ? "zh" : "en";
}

gboolean
hansa_language_parse (const char *id, HansaLanguage *language)
{
  if (g_ascii_strncasecmp (id, "zh", 2) == 0)
    *language = HANSA_ZH;
  else if (g_ascii_strncasecmp (id, "en", 2) == 0)
    *language = HANSA_EN;
  else
    return FALSE;
  return id[2] == '\0' || strchr ("-_.", id[2]) != NULL;
}

HansaLanguage
hansa_language_from_environment (void)
{
  static const char *const names[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *id = g_getenv (names[i]);
      HansaLanguage language;
      if (id == NULL || *id == '\0')
        continue;
      if (hansa_language_parse (id, &language))
        return language;
      return HANSA_EN; /* a language that is set but not ours */
    }
  return HANSA_EN;
}

void
hansa_language_use (HansaLanguage language)
{
  const char *locale = setlocale (LC_ALL, "");

  /* gettext translates nothing in the "C" locale; C.UTF-8 is always there. */
  if (locale == NULL || strstr (locale, "UTF-8") == NULL || g_str_equal (locale, "C"))
    setlocale (LC_ALL, "C.UTF-8");
  setlocale (LC_NUMERIC, "C");
  g_setenv ("LANGUAGE", language == HANSA_ZH ? "zh_CN" : "en", TRUE);

  g_autofree char *dir = hansa_path_locale ();
  bindtextdomain (GETTEXT_PACKAGE, dir);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

HansaText
hansa_text_copy (HansaText text)
{
  return (HansaText){ g_strdup (text.en), g_strdup (text.zh) };
}

void
hansa_text_clear (HansaText *text)
{
  g_free ((char *)text->en);
  g_free ((char *)text->zh);
  *text = (HansaText){ NULL, NULL };
}
