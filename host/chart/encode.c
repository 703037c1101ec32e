/* SPDX-License-Identifier: MIT
 *
 * Text and numbers for gnuplot. See encode.h for what it guards against.
 */
#include "chart/encode.h"
#include "base/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Unicode's bidirectional controls reorder the text around them, so that a
 * label could show another number than the one that it holds. */
static gboolean
is_bidi_control (gunichar c)
{
  return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e)
         || (c >= 0x2066 && c <= 0x2069);
}

/* Characters that XML 1.0 forbids or that no font draws. */
static gboolean
is_dropped (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0xfeff || (c & 0xfffe) == 0xfffe
         || (c >= 0xfdd0 && c <= 0xfdef) || is_bidi_control (c);
}

static gboolean
is_line_space (gunichar c)
{
  return c == '\t' || c == '\n' || c == '\r' || c == 0x0b || c == 0x0c || c == 0x85 || c == 0x2028
         || c == 0x2029;
}

char *
hansa_encode_clean (const char *text, guint limit)
{
  /* Cut before repairing: a label of megabytes costs no more than its start. */
  gsize length = text != NULL ? strnlen (text, (gsize)limit * 16 + 64) : 0;
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", (gssize)length);
  GString *clean = g_string_new (NULL);
  gsize last = 0; /* where the last character that fits starts */
  guint n = 0;

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      if (is_line_space (c))
        c = ' ';
      else if (is_dropped (c))
        continue;
      if (n == limit)
        {
          g_string_truncate (clean, last);
          g_string_append (clean, "…");
          break;
        }
      last = clean->len;
      g_string_append_unichar (clean, c);
      n++;
    }
  return g_string_free (clean, FALSE);
}

void
hansa_encode_append (GString *script, const char *text, gboolean format)
{
  g_autofree char *clean = hansa_encode_clean (text, HANSA_ENCODE_LIMIT);

  g_string_append_c (script, '\'');
  for (const char *at = clean; *at != '\0'; at++)
    {
      /* Not doubled, as gnuplot's manual has it: measured, a doubled quote at
       * the start of a string ends it (gnuplot 5.4), and what follows would be
       * read as commands. The apostrophe of print is no quote to gnuplot. */
      if (*at == '\'')
        g_string_append (script, "’");
      else
        g_string_append_c (script, *at);
      if (format && *at == '%')
        g_string_append_c (script, '%');
    }
  g_string_append_c (script, '\'');
}

char *
hansa_encode_string (const char *text, gboolean format)
{
  GString *quoted = g_string_new (NULL);
  hansa_encode_append (quoted, text, format);
  return g_string_free (quoted, FALSE);
}

void
hansa_encode_number (GString *script, double number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (number))
    {
      g_string_append (script, "NaN");
      return;
    }
  hansa_number_text (digits, number);
  g_string_append (script, g_str_equal (digits, "-0") ? "0" : digits);
}

void
hansa_encode_block (GString *script, const char *name, const char *lines)
{
  char terminator[32];
  guint hash = g_str_hash (lines);

  do
    g_snprintf (terminator, sizeof terminator, "END_%08x", hash++);
  while (strstr (lines, terminator) != NULL);

  g_string_append_printf (script, "$%s << %s\n%s", name, terminator, lines);
  if (*lines != '\0' && lines[strlen (lines) - 1] != '\n')
    g_string_append_c (script, '\n');
  g_string_append_printf (script, "%s\n", terminator);
}

gboolean
hansa_encode_is_file_name (const char *name)
{
  if (name == NULL || *name == '\0' || *name == '.' || *name == '-' || strlen (name) > 200
      || !g_utf8_validate (name, -1, NULL))
    return FALSE;
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      if (c >= 0x80 ? (is_dropped (c) || is_line_space (c))
                    : !(g_ascii_isalnum ((char)c) || c == '.' || c == '_' || c == '-'))
        return FALSE;
    }
  return TRUE;
}
