/* SPDX-License-Identifier: MIT */
#include "publish/server-private.h"

char *
hansa_server_name (const char *name)
{
  GString *sql = g_string_new (NULL);
  hansa_postgres_quote_name (sql, name);
  return g_string_free (sql, FALSE);
}

char *
hansa_server_text (const char *text)
{
  GString *sql = g_string_new (NULL);
  hansa_postgres_quote_text (sql, text);
  return g_string_free (sql, FALSE);
}

char *
hansa_server_names (char *const *names, const char *prefix)
{
  GString *sql = g_string_new (NULL);

  for (; *names != NULL; names++)
    {
      g_string_append (sql, sql->len > 0 ? ", " : "");
      g_string_append (sql, prefix);
      hansa_postgres_quote_name (sql, *names);
    }
  return g_string_free (sql, FALSE);
}

char *
hansa_server_same_key (char *const *names)
{
  g_autofree char *theirs = hansa_server_names (names, "t.");
  g_autofree char *ours = hansa_server_names (names, "n.");
  return g_strdup_printf ("(%s) = (%s)", theirs, ours);
}

gboolean
hansa_server_run (HansaPublisher *publisher, GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return hansa_postgres_run (publisher->connection, sql, publisher->options->cancel_fd, error);
}

PGresult *
hansa_server_query (HansaPublisher *publisher, GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return hansa_postgres_query (publisher->connection, sql, publisher->options->cancel_fd, error);
}
