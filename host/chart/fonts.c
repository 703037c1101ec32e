/* SPDX-License-Identifier: MIT
 *
 * fontconfig takes longer than all else in a run where nothing changed, so its
 * answer is kept, together with the times of the folders and files by which it
 * notices a change itself. It is opened when first needed.
 */
#include "chart/fonts.h"

#include "store/key.h"

#include <dlfcn.h>
#include <fontconfig/fontconfig.h>
#include <string.h>
#include <sys/stat.h>

#define N_CHARACTERS 0x110000u
#define N_WORDS (N_CHARACTERS / 32)

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
  FcResult (*get_string) (const FcPattern *pattern, const char *object, int n, FcChar8 **text);
  FcResult (*get_integer) (const FcPattern *pattern, const char *object, int n, int *number);
  FcChar32 (*first_page) (const FcCharSet *set, FcChar32 map[FC_CHARSET_MAP_SIZE], FcChar32 *next);
  FcChar32 (*next_page) (const FcCharSet *set, FcChar32 map[FC_CHARSET_MAP_SIZE], FcChar32 *next);
  FcStrList *(*config_files) (FcConfig *config);
  FcStrList *(*font_dirs) (FcConfig *config);
  FcChar8 *(*next) (FcStrList *list);
  void (*list_done) (FcStrList *list);
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
                  { "FcPatternGetString", &fc->get_string },
                  { "FcPatternGetInteger", &fc->get_integer },
                  { "FcCharSetFirstPage", &fc->first_page },
                  { "FcCharSetNextPage", &fc->next_page },
                  { "FcConfigGetConfigFiles", &fc->config_files },
                  { "FcConfigGetFontDirs", &fc->font_dirs },
                  { "FcStrListNext", &fc->next },
                  { "FcStrListDone", &fc->list_done } };

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

/* ---- the answer ------------------------------------------------------------- */

typedef struct
{
  guint32 *bits; /* a bit for each character that some font has; NULL: cannot be told */
  char *digest;
  GHashTable *watched; /* path -> its stamp */
} Fonts;

static void
add_set (const Fontconfig *fc, guint32 *bits, const FcCharSet *set)
{
  FcChar32 map[FC_CHARSET_MAP_SIZE], next = 0;

  for (FcChar32 page = fc->first_page (set, map, &next); page < N_CHARACTERS;
       page = fc->next_page (set, map, &next))
    for (guint i = 0; i < FC_CHARSET_MAP_SIZE && page / 32 + i < N_WORDS; i++)
      bits[page / 32 + i] |= map[i];
}

/* "file version": which font it is, wherever it lies. */
static char *
font_line (const Fontconfig *fc, const FcPattern *font)
{
  FcChar8 *file = NULL;
  int version = 0;

  fc->get_string (font, FC_FILE, 0, &file);
  fc->get_integer (font, FC_FONTVERSION, 0, &version);
  g_autofree char *name = g_path_get_basename (file != NULL ? (const char *)file : "");
  return g_strdup_printf ("%s %d\n", name, version);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static void
read_fonts (const Fontconfig *fc, const FcFontSet *set, Fonts *fonts)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  fonts->bits = g_new0 (guint32, N_WORDS);
  for (int i = 0; i < set->nfont; i++)
    {
      FcCharSet *characters = NULL;
      if (fc->get_charset (set->fonts[i], FC_CHARSET, 0, &characters) == FcResultMatch)
        add_set (fc, fonts->bits, characters);
      g_ptr_array_add (lines, font_line (fc, set->fonts[i]));
    }
  g_ptr_array_sort (lines, compare_texts);
  for (guint i = 0; i < lines->len; i++)
    g_checksum_update (sum, lines->pdata[i], -1);
  g_checksum_update (sum, (const guchar *)fonts->bits, N_WORDS * sizeof *fonts->bits);
  g_free (fonts->digest);
  fonts->digest = g_strdup (g_checksum_get_string (sum));
}

/* Inode, size and change time; "" for what is not there (and may come). */
static char *
stamp (const char *path)
{
  struct stat status;

  if (stat (path, &status) != 0)
    return g_strdup ("");
  return g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld",
                          (guint64)status.st_ino, (gint64)status.st_size,
                          (gint64)status.st_ctim.tv_sec, status.st_ctim.tv_nsec);
}

/* The paths, and the folders they lie in where `above`. */
static void
watch (const Fontconfig *fc, FcStrList *list, gboolean above, GHashTable *watched)
{
  const FcChar8 *path;

  while (list != NULL && (path = fc->next (list)) != NULL)
    {
      g_hash_table_insert (watched, g_strdup ((const char *)path), stamp ((const char *)path));
      if (!above)
        continue;
      char *folder = g_path_get_dirname ((const char *)path);
      g_hash_table_insert (watched, folder, stamp (folder));
    }
  if (list != NULL)
    fc->list_done (list);
}

static void
ask (Fonts *fonts)
{
  Fontconfig fc;

  if (!open_fontconfig (&fc))
    return;
  FcConfig *config = fc.init ();
  FcPattern *any = fc.pattern_create ();
  FcObjectSet *objects = fc.objects_build (FC_CHARSET, FC_FILE, FC_FONTVERSION, (char *)NULL);
  FcFontSet *set = config != NULL ? fc.list (config, any, objects) : NULL;
  if (config != NULL)
    {
      watch (&fc, fc.config_files (config), TRUE, fonts->watched);
      watch (&fc, fc.font_dirs (config), FALSE, fonts->watched);
    }
  if (set != NULL && set->nfont > 0)
    read_fonts (&fc, set, fonts);
  if (set != NULL)
    fc.fonts_destroy (set);
  fc.objects_destroy (objects);
  fc.pattern_destroy (any);
  if (config != NULL)
    fc.destroy (config);
}

/* ---- remembering --------------------------------------------------------------- */

/* Paths and stamps, digest, characters. */
#define FORMAT "(a{ss}sau)"

static char *
fonts_key (HansaStore *store)
{
  static const char *const variables[] = { "HOME",
                                           "XDG_CONFIG_HOME",
                                           "XDG_DATA_HOME",
                                           "XDG_DATA_DIRS",
                                           "FONTCONFIG_FILE",
                                           "FONTCONFIG_PATH",
                                           "FONTCONFIG_SYSROOT" };
  HansaKey *key = hansa_key_new (store, "fonts");

  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    hansa_key_text (key, g_getenv (variables[i]));
  return hansa_key_end (key);
}

static gboolean
recall (HansaStore *store, const char *key, Fonts *fonts)
{
  g_autoptr (GBytes) entry = hansa_store_get (store, key);
  if (entry == NULL)
    return FALSE;
  g_autoptr (GVariant) answer
      = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (FORMAT), entry, FALSE));
  g_autoptr (GVariant) watched = g_variant_get_child_value (answer, 0);
  g_autoptr (GVariant) words = g_variant_get_child_value (answer, 2);
  GVariantIter iter;
  const char *path, *seen;
  gsize n;

  g_variant_iter_init (&iter, watched);
  while (g_variant_iter_next (&iter, "{&s&s}", &path, &seen))
    {
      g_autofree char *now = stamp (path);
      if (!g_str_equal (now, seen))
        return FALSE;
    }
  const guint32 *bits = g_variant_get_fixed_array (words, &n, sizeof *bits);
  if (n != N_WORDS)
    return FALSE;
  fonts->bits = g_memdup2 (bits, N_WORDS * sizeof *bits);
  g_free (fonts->digest);
  g_variant_get_child (answer, 1, "s", &fonts->digest);
  return TRUE;
}

static void
remember (HansaStore *store, const char *key, const Fonts *fonts)
{
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer path, seen;

  if (fonts->bits == NULL)
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_hash_table_iter_init (&iter, fonts->watched);
  while (g_hash_table_iter_next (&iter, &path, &seen))
    g_variant_builder_add (&builder, "{ss}", path, seen);
  g_autoptr (GVariant) answer = g_variant_ref_sink (
      g_variant_new ("(a{ss}s@au)", &builder, fonts->digest,
                     g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, fonts->bits, N_WORDS,
                                                sizeof *fonts->bits)));
  g_autoptr (GBytes) entry = g_variant_get_data_as_bytes (answer);
  hansa_store_put (store, key, 1, &entry);
}

static HansaStore *font_store;

void
hansa_fonts_use_store (HansaStore *store)
{
  font_store = store;
}

/* Kept: fonts do not change during a run. */
static const Fonts *
the_fonts (void)
{
  static Fonts fonts;
  static gsize once;

  if (g_once_init_enter (&once))
    {
      g_autofree char *key = fonts_key (font_store);
      fonts.digest = g_strdup ("");
      if (!recall (font_store, key, &fonts))
        {
          fonts.watched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
          ask (&fonts);
          remember (font_store, key, &fonts);
          g_clear_pointer (&fonts.watched, g_hash_table_unref);
        }
      g_once_init_leave (&once, 1);
    }
  return &fonts;
}

gboolean
hansa_fonts_can_draw (gunichar c)
{
  const Fonts *fonts = the_fonts ();

  return fonts->bits == NULL || (fonts->bits[c / 32] >> (c % 32) & 1u) != 0;
}

const char *
hansa_fonts_digest (void)
{
  return the_fonts ()->digest;
}
