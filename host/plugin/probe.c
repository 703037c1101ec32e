/* SPDX-License-Identifier: MIT */
#include "plugin/probe.h"

#include "plugin/supervisor-private.h"

#define MOST 1024 /* inputs, columns, parameters; as in decode-description.c */

char *
hansa_probe_argument (const HansaProbe *probe)
{
  GString *text = g_string_new ("watch=1");

  if (probe->rehearsals > 0)
    g_string_append_printf (text, ",rehearsals=%u", probe->rehearsals);
  if (probe->guard)
    g_string_append_printf (text, ",guard=%u", probe->poison);
  if (probe->clock != 0)
    g_string_append_printf (text, ",clock=%" G_GINT64_FORMAT, probe->clock);
  if (probe->locale != NULL)
    g_string_append_printf (text, ",locale=%s", probe->locale);
  return g_string_free (text, FALSE);
}

static GByteArray *
take_flags (HansaReader *reader)
{
  guint n = hansa_reader_count (reader, MOST, 1);
  GByteArray *flags = g_byte_array_new ();

  for (guint i = 0; i < n; i++)
    {
      guint8 flag = hansa_reader_u8 (reader) != 0;

      g_byte_array_append (flags, &flag, 1);
    }
  return flags;
}

HansaWatch *
hansa_watch_decode (gconstpointer payload, gsize length)
{
  g_autoptr (HansaWatch) watch = g_new0 (HansaWatch, 1);
  HansaReader reader;

  hansa_reader_init (&reader, payload, length);
  watch->leaked_blocks = hansa_reader_u64 (&reader);
  watch->leaked_bytes = hansa_reader_u64 (&reader);
  watch->params = take_flags (&reader);
  watch->tables = g_byte_array_new ();
  watch->columns = g_ptr_array_new_with_free_func ((GDestroyNotify)g_byte_array_unref);

  guint n = hansa_reader_count (&reader, MOST, 5);
  for (guint i = 0; i < n; i++)
    {
      guint8 asked = hansa_reader_u8 (&reader) != 0;

      g_byte_array_append (watch->tables, &asked, 1);
      g_ptr_array_add (watch->columns, take_flags (&reader));
    }
  return hansa_reader_done (&reader) ? g_steal_pointer (&watch) : NULL;
}

void
hansa_watch_free (HansaWatch *watch)
{
  if (watch == NULL)
    return;
  g_clear_pointer (&watch->params, g_byte_array_unref);
  g_clear_pointer (&watch->tables, g_byte_array_unref);
  g_clear_pointer (&watch->columns, g_ptr_array_unref);
  g_free (watch);
}

HansaWatch *
hansa_worker_take_watch (HansaWorker *worker)
{
  return g_steal_pointer (&worker->watch);
}
