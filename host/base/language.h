/* SPDX-License-Identifier: MIT
 *
 * The two languages. Messages of the command line go through gettext (_());
 * what a report shows in both languages at once is a HansaText.
 */
#pragma once

#include <glib.h>
#include <glib/gi18n.h>
#include <hansa/plugin.h>

G_BEGIN_DECLS

typedef enum
{
  HANSA_EN,
  HANSA_ZH
} HansaLanguage;

#define HANSA_N_LANGUAGES 2

/* The text in that language; the other one where it is absent; never NULL. */
const char *hansa_text_in (HansaText text, HansaLanguage language);

/* "en" or "zh": file suffixes, --lang, JSON. */
const char *hansa_language_id (HansaLanguage language);
/* "en", "zh", "zh-CN", ...; FALSE when not one of ours. */
gboolean hansa_language_parse (const char *id, HansaLanguage *language);
/* From LANGUAGE, LC_ALL, LC_MESSAGES, LANG, in that order; English otherwise. */
HansaLanguage hansa_language_from_environment (void);
/* Sets up gettext for the messages of this process. */
void hansa_language_use (HansaLanguage language);

/* Owned copy of both texts (NULL stays NULL), and its end. */
HansaText hansa_text_copy (HansaText text);
void hansa_text_clear (HansaText *text);

G_END_DECLS
