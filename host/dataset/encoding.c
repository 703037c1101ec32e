/* SPDX-License-Identifier: MIT */
#include "dataset/encoding.h"

#include "base/error.h"
#include "dataset/package.h"

#include <string.h>

#define UTF8_MARK "\xEF\xBB\xBF"
#define CHINESE "GB18030"

gboolean
hansa_encoding_is_utf8 (const char *encoding)
{
  return g_ascii_strcasecmp (encoding, "utf-8") == 0 || g_ascii_strcasecmp (encoding, "utf8") == 0
         || g_ascii_strcasecmp (encoding, "us-ascii") == 0
         || g_ascii_strcasecmp (encoding, "utf-8-sig") == 0;
}

static gboolean
is_chinese (const char *encoding)
{
  static const char *const names[] = { "gb18030", "gbk", "gb2312", "cp936", "euc-cn", NULL };
  g_autofree char *lower = g_ascii_strdown (encoding, -1);

  return g_strv_contains (names, lower);
}

/* First byte that is not UTF-8, NULL if there is none. NUL bytes are let pass
 * (g_utf8_validate stops at them): the reader of lines reports those. */
static const char *
first_invalid (const char *text, gsize length)
{
  const char *end = text + length, *bad = text;

  while (bad < end && !g_utf8_validate_len (bad, (gsize)(end - bad), &bad))
    {
      if (*bad != '\0')
        return bad;
      bad++;
    }
  return NULL;
}

static guint32
line_of (const char *text, const char *place)
{
  guint32 line = 1;

  for (const char *p = text; (p = memchr (p, '\n', (gsize)(place - p))) != NULL; p++)
    line++;
  return line;
}

static char *
convert (const char *text, gsize length, const char *encoding, gsize *converted)
{
  g_autoptr (GError) ignored = NULL;
  char *result = g_convert (text, (gssize)length, "UTF-8", encoding, NULL, converted, &ignored);

  /* iconv may pass bytes on that are no characters. */
  if (result != NULL && first_invalid (result, *converted) != NULL)
    g_clear_pointer (&result, g_free);
  return result;
}

static char *
utf8_of (char *raw, gsize raw_length, const char *encoding, gsize *length, HansaProblems *problems)
{
  g_autofree char *text = raw;
  const char *bad = first_invalid (text, raw_length);

  if (raw_length >= 2 && (memcmp (text, "\xFF\xFE", 2) == 0 || memcmp (text, "\xFE\xFF", 2) == 0))
    {
      char *wide = convert (text, raw_length, "UTF-16", length);
      if (wide != NULL)
        return wide;
    }
  if (raw_length >= 3 && memcmp (text, UTF8_MARK, 3) == 0 && bad == NULL)
    {
      *length = raw_length - 3;
      memmove (text, text + 3, *length + 1);
      return g_steal_pointer (&text);
    }
  /* What is valid UTF-8 beyond ASCII is UTF-8, whatever was declared: Chinese
   * text in GB18030 is all but never valid UTF-8. */
  *length = raw_length;
  if (bad == NULL && (hansa_encoding_is_utf8 (encoding) || is_chinese (encoding)))
    return g_steal_pointer (&text);
  const char *other
      = hansa_encoding_is_utf8 (encoding) || is_chinese (encoding) ? CHINESE : encoding;
  char *converted = convert (text, raw_length, other, length);
  if (converted != NULL)
    return converted;
  hansa_problems_add (
      problems, bad != NULL ? line_of (text, bad) : 0, NULL, NULL, "encoding",
      g_strdup_printf (_ ("the text is neither UTF-8 nor %s. Save the file as UTF-8, "
                          "or declare its \"encoding\"."),
                       other));
  return NULL;
}

char *
hansa_text_load (const char *file, const char *encoding, gsize *length, HansaProblems *problems,
                 GError **error)
{
  g_autoptr (GError) cause = NULL;
  char *raw = NULL;
  gsize raw_length = 0;

  /* It is read, not mapped: a mapped file that somebody saves meanwhile would end
   * us with SIGBUS. */
  if (!hansa_file_readable (file, error))
    return NULL;
  if (!g_file_get_contents (file, &raw, &raw_length, &cause))
    {
      g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA, cause->message);
      return NULL;
    }
  return utf8_of (raw, raw_length, encoding, length, problems);
}
