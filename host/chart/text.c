/* SPDX-License-Identifier: MIT
 *
 * Text widths and wrapping. gnuplot does not tell how wide a text is, and the
 * reader's font may be another; these widths err on the wide side.
 */
#include "chart/encode.h"
#include "chart/theme.h"

#include <string.h>

/* In em. Digits are 0.555 wide in Noto Sans, most lower case 0.5 to 0.6. */
static double
char_width (gunichar c)
{
  if (c < 0x80)
    {
      if (strchr ("iljI.,:;'|!", (int)c) != NULL)
        return 0.29;
      if (strchr (" ()[]{}/frt-", (int)c) != NULL)
        return 0.37;
      if (strchr ("mwMW%@", (int)c) != NULL)
        return 0.90;
      return g_ascii_isupper ((char)c) ? 0.67 : 0.57;
    }
  if (g_unichar_iszerowidth (c))
    return 0.0;
  if (g_unichar_iswide (c) || c == 0x2026 || c == 0x2014)
    return 1.0;
  return 0.62;
}

double
chart_text_width (const char *text, double size)
{
  double width = 0.0;
  g_autofree char *clean = g_utf8_validate (text, -1, NULL) ? NULL : hansa_encode_clean (text, 600);

  for (const char *at = clean != NULL ? clean : text; *at != '\0'; at = g_utf8_next_char (at))
    width += char_width (g_utf8_get_char (at));
  return width * size;
}

/* Whether a line may end before `at`. Punctuation that closes never starts a
 * line, in Chinese as in English. */
static gboolean
breaks_before (const char *text, const char *at)
{
  gunichar c = g_utf8_get_char (at);
  gunichar previous = g_utf8_get_char (g_utf8_find_prev_char (text, at));

  if (previous == ' ')
    return TRUE;
  if (c == ' ' || g_utf8_strchr ("，。、；：！？）》”’％…", -1, c) != NULL)
    return FALSE;
  if (g_utf8_strchr ("（《“‘", -1, previous) != NULL)
    return FALSE;
  return g_unichar_iswide (c) || g_unichar_iswide (previous);
}

/* The longest start of `text` that fits with an ellipsis. */
static char *
shorten (const char *text, double size, double width)
{
  double used = size; /* the ellipsis */
  const char *at = text;

  while (*at != '\0' && used + char_width (g_utf8_get_char (at)) * size <= width)
    {
      used += char_width (g_utf8_get_char (at)) * size;
      at = g_utf8_next_char (at);
    }
  g_autofree char *start = g_strndup (text, (gsize)(at - text));
  return g_strconcat (g_strchomp (start), "…", NULL);
}

/* Where the first line of `text` ends. */
static const char *
line_end (const char *text, double size, double width)
{
  const char *fits = NULL;
  const char *at = text;
  double used = 0.0;

  for (; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (at > text && breaks_before (text, at))
        fits = at;
      used += char_width (g_utf8_get_char (at)) * size;
      if (used > width && at > text)
        return fits != NULL ? fits : at; /* a word longer than the line */
    }
  return at;
}

GStrv
chart_text_wrap (const char *unclean, double size, double width, guint lines)
{
  g_autofree char *clean = hansa_encode_clean (unclean, 600);
  const char *text = clean;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint n = 1; *text != '\0' || n == 1; n++)
    {
      const char *end = line_end (text, size, width);
      if (n == lines && *end != '\0')
        {
          g_autofree char *last = shorten (text, size, width);
          g_strv_builder_add (builder, last);
          break;
        }
      g_autofree char *line = g_strndup (text, (gsize)(end - text));
      g_strv_builder_add (builder, g_strchomp (line));
      text = end;
      if (*text == '\0')
        break;
    }
  return g_strv_builder_end (builder);
}
