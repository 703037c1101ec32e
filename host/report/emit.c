/* SPDX-License-Identifier: MIT
 *
 * Writing JSON: members in the order given, numbers in the shortest form that
 * reads back the same (json-glib writes 17 digits).
 */
#include "base/units.h"
#include "report/report-private.h"

static void
append_quoted (GString *out, const char *text)
{
  g_autofree char *valid = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    {
      valid = g_utf8_make_valid (text, -1);
      text = valid;
    }
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    switch (*p)
      {
      case '"':
        g_string_append (out, "\\\"");
        break;
      case '\\':
        g_string_append (out, "\\\\");
        break;
      case '\n':
        g_string_append (out, "\\n");
        break;
      case '\t':
        g_string_append (out, "\\t");
        break;
      default:
        if ((guchar)*p < 0x20 || *p == 0x7F)
          g_string_append_printf (out, "\\u%04x", (guint)(guchar)*p);
        else
          g_string_append_c (out, *p);
      }
  g_string_append_c (out, '"');
}

static void
begin_item (HansaEmit *emit, const char *key)
{
  if (emit->out->len > 0)
    {
      g_string_append (emit->out, emit->fresh ? "\n" : ",\n");
      for (guint i = 0; i < emit->depth; i++)
        g_string_append (emit->out, "  ");
    }
  emit->fresh = FALSE;
  if (key != NULL)
    {
      append_quoted (emit->out, key);
      g_string_append (emit->out, ": ");
    }
}

void
hansa_emit_open (HansaEmit *emit, const char *key, char bracket)
{
  begin_item (emit, key);
  g_string_append_c (emit->out, bracket);
  emit->depth++;
  emit->fresh = TRUE;
}

void
hansa_emit_close (HansaEmit *emit, char bracket)
{
  emit->depth--;
  if (!emit->fresh)
    {
      g_string_append_c (emit->out, '\n');
      for (guint i = 0; i < emit->depth; i++)
        g_string_append (emit->out, "  ");
    }
  emit->fresh = FALSE;
  g_string_append_c (emit->out, bracket);
}

void
hansa_emit_string (HansaEmit *emit, const char *key, const char *text)
{
  begin_item (emit, key);
  if (text == NULL)
    g_string_append (emit->out, "null");
  else
    append_quoted (emit->out, text);
}

void
hansa_emit_number (HansaEmit *emit, const char *key, double number)
{
  char buffer[HANSA_NUMBER_SIZE];

  begin_item (emit, key);
  g_string_append (emit->out, hansa_number_exact (buffer, number));
}

void
hansa_emit_integer (HansaEmit *emit, const char *key, gint64 number)
{
  begin_item (emit, key);
  g_string_append_printf (emit->out, "%" G_GINT64_FORMAT, number);
}

/* Most of a report's JSON is numbers of rows and lines: printf() would take a
 * third of its time for them. */
void
hansa_emit_unsigned (HansaEmit *emit, const char *key, guint64 number)
{
  char digits[20];
  gsize at = sizeof digits;

  begin_item (emit, key);
  do
    digits[--at] = (char)('0' + number % 10);
  while ((number /= 10) > 0);
  g_string_append_len (emit->out, digits + at, (gssize)(sizeof digits - at));
}

void
hansa_emit_boolean (HansaEmit *emit, const char *key, gboolean truth)
{
  begin_item (emit, key);
  g_string_append (emit->out, truth ? "true" : "false");
}

void
hansa_emit_text (HansaEmit *emit, const char *key, HansaText text)
{
  const char *en = hansa_text_in (text, HANSA_EN);

  if (*en == '\0')
    {
      hansa_emit_string (emit, key, NULL);
      return;
    }
  begin_item (emit, key);
  g_string_append (emit->out, "{\"en\": ");
  append_quoted (emit->out, en);
  g_string_append (emit->out, ", \"zh\": ");
  append_quoted (emit->out, hansa_text_in (text, HANSA_ZH));
  g_string_append_c (emit->out, '}');
}

void
hansa_emit_strings (HansaEmit *emit, const char *key, const char *const *texts)
{
  hansa_emit_open (emit, key, '[');
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    hansa_emit_string (emit, NULL, texts[i]);
  hansa_emit_close (emit, ']');
}

void
hansa_emit_value (HansaEmit *emit, const char *key, HansaValue value, HansaText why)
{
  if (hansa_is_defined (value))
    {
      hansa_emit_number (emit, key, value.number);
      return;
    }
  gboolean own = *hansa_text_in (why, HANSA_EN) != '\0';
  hansa_emit_open (emit, key, '{');
  hansa_emit_string (emit, "undefined", hansa_reason_id (value.reason));
  hansa_emit_text (emit, "why", own ? why : hansa_reason_text (value.reason));
  hansa_emit_close (emit, '}');
}
