/* SPDX-License-Identifier: MIT
 *
 * Which characters of a chart no installed font can draw. gnuplot and browsers
 * draw boxes for them without a word, so they are asked for beforehand.
 * fontconfig is opened when first needed: most runs start and end without it.
 */
#include "chart/chart.h"
#include "chart/encode.h"

#include <dlfcn.h>
#include <fontconfig/fontconfig.h>

typedef struct
{
  void *library;
  FcConfig *(*init) (void);
  void (*destroy) (FcConfig *config);
  FcPattern *(*pattern_create) (void);
  void (*pattern_destroy) (FcPattern *pattern);
  FcObjectSet *(*objects_build) (const char *first, ...);
  void (*objects_destroy) (FcObjectSet *objects);
  FcFontSet *(*list) (FcConfig *config, FcPattern *pattern, FcObjectSet *objects);
  void (*fonts_destroy) (FcFontSet *fonts);
  FcResult (*get_charset) (const FcPattern *pattern, const char *object, int n, FcCharSet **set);
  FcChar32 (*first_page) (const FcCharSet *set, FcChar32 map[FC_CHARSET_MAP_SIZE], FcChar32 *next);
  FcChar32 (*next_page) (const FcCharSet *set, FcChar32 map[FC_CHARSET_MAP_SIZE], FcChar32 *next);
} Fontconfig;

static gboolean
open_fontconfig (Fontconfig *fc)
{
  const struct
  {
    const char *name;
    void *at;
  } symbols[] = { { "FcInitLoadConfigAndFonts", &fc->init },
                  { "FcConfigDestroy", &fc->destroy },
                  { "FcPatternCreate", &fc->pattern_create },
                  { "FcPatternDestroy", &fc->pattern_destroy },
                  { "FcObjectSetBuild", &fc->objects_build },
                  { "FcObjectSetDestroy", &fc->objects_destroy },
                  { "FcFontList", &fc->list },
                  { "FcFontSetDestroy", &fc->fonts_destroy },
                  { "FcPatternGetCharSet", &fc->get_charset },
                  { "FcCharSetFirstPage", &fc->first_page },
                  { "FcCharSetNextPage", &fc->next_page } };

  fc->library = dlopen ("libfontconfig.so.1", RTLD_NOW | RTLD_LOCAL);
  if (fc->library == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (symbols); i++)
    {
      void *symbol = dlsym (fc->library, symbols[i].name);
      if (symbol == NULL)
        return FALSE;
      *(void **)symbols[i].at = symbol; /* as POSIX has it for functions */
    }
  return TRUE;
}

#define N_CHARACTERS 0x110000u

static void
add_set (const Fontconfig *fc, guint32 *bits, const FcCharSet *set)
{
  FcChar32 map[FC_CHARSET_MAP_SIZE], next = 0;

  for (FcChar32 page = fc->first_page (set, map, &next); page < N_CHARACTERS;
       page = fc->next_page (set, map, &next))
    for (guint i = 0; i < FC_CHARSET_MAP_SIZE && page / 32 + i < N_CHARACTERS / 32; i++)
      bits[page / 32 + i] |= map[i];
}

/* A bit for each character that some font has; NULL when it cannot be told. */
static guint32 *
collect (const Fontconfig *fc)
{
  FcConfig *config = fc->init ();
  FcPattern *any = fc->pattern_create ();
  FcObjectSet *objects = fc->objects_build (FC_CHARSET, (char *)NULL);
  FcFontSet *fonts = fc->list (config, any, objects);
  guint32 *bits = fonts != NULL && fonts->nfont > 0 ? g_new0 (guint32, N_CHARACTERS / 32) : NULL;

  for (int i = 0; bits != NULL && i < fonts->nfont; i++)
    {
      FcCharSet *set = NULL;
      if (fc->get_charset (fonts->fonts[i], FC_CHARSET, 0, &set) == FcResultMatch)
        add_set (fc, bits, set);
    }
  if (fonts != NULL)
    fc->fonts_destroy (fonts);
  fc->objects_destroy (objects);
  fc->pattern_destroy (any);
  if (config != NULL)
    fc->destroy (config);
  return bits;
}

static gboolean
needs_glyph (gunichar c)
{
  return c > 0x20 && !g_unichar_isspace (c) && !g_unichar_iszerowidth (c);
}

/* TRUE as well when fontconfig is not there to be asked. */
static gboolean
can_draw (gunichar c)
{
  static guint32 *bits; /* kept: fonts do not change during a run */
  static gsize once;

  if (g_once_init_enter (&once))
    {
      Fontconfig fc;
      if (open_fontconfig (&fc))
        bits = collect (&fc);
      g_once_init_leave (&once, 1);
    }
  return bits == NULL || (bits[c / 32] >> (c % 32) & 1u) != 0;
}

static void
add_text (GString *missing, const char *text)
{
  g_autofree char *clean = hansa_encode_clean (text, HANSA_ENCODE_LIMIT);

  for (const char *at = clean; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      if (c >= 0x80 && needs_glyph (c) && g_utf8_strchr (missing->str, -1, c) == NULL
          && !can_draw (c))
        g_string_append_unichar (missing, c);
    }
}

static void
add_metrics (GString *missing, const HansaResult *result, GStrv ids, HansaLanguage language)
{
  for (char **id = ids; id != NULL && *id != NULL; id++)
    {
      const HansaResultMetric *metric = hansa_result_metric (result, *id);
      if (metric != NULL)
        add_text (missing, hansa_text_in (metric->title, language));
    }
}

char *
hansa_chart_missing_glyphs (const HansaResult *result, const HansaResultChart *chart,
                            HansaLanguage language)
{
  const HansaResultTable *table = hansa_result_table (result, chart->table);
  const char *const roles[] = { chart->x, chart->y, chart->group, chart->label };
  GString *missing = g_string_new (NULL);

  add_text (missing, hansa_text_in (chart->title, language));
  add_text (missing, hansa_text_in (chart->note, language));
  add_metrics (missing, result, chart->x_lines, language);
  add_metrics (missing, result, chart->y_lines, language);
  for (gsize i = 0; table != NULL && i < G_N_ELEMENTS (roles); i++)
    {
      guint column = hansa_result_table_column (table, roles[i]);
      if (column == G_MAXUINT)
        continue;
      add_text (missing, hansa_text_in (table->columns[column].title, language));
      for (gsize row = 0; row < hansa_result_table_rows (table); row++)
        {
          const HansaCell *cell = hansa_result_table_cell (table, row, column);
          if (cell->type == HANSA_TEXT || cell->type == HANSA_LABEL)
            add_text (missing,
                      hansa_text_in ((HansaText){ cell->as.text.en, cell->as.text.zh }, language));
        }
    }
  return g_string_free (missing, FALSE);
}
