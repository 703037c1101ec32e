/* SPDX-License-Identifier: MIT
 *
 * The page that reloads by itself: the report's own, with a script more and
 * links that lead back. A page read from a file can fetch nothing but scripts,
 * so the newest is told by one; no server is needed.
 */
#include "watch/watch.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* Made from report.gresource.xml by glib-compile-resources. */
GResource *hansa_report_get_resource (void);

static void
replace (char **page, const char *old, const char *new)
{
  g_auto (GStrv) parts = g_strsplit (*page, old, -1);
  g_free (*page);
  *page = g_strjoinv (new, parts);
}

/* The first only: what a reader wrote may hold the same letters. */
static void
replace_first (char **page, const char *old, const char *new)
{
  g_auto (GStrv) parts = g_strsplit (*page, old, 2);
  g_free (*page);
  *page = g_strjoinv (new, parts);
}

static void
lead_back (char **page, const char *report)
{
  static const char *const links[] = { "charts/", "tables/", "report.json", "run.json" };
  g_autofree char *name = g_path_get_basename (report);
  g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autofree char *old = g_strdup_printf ("href=\"%s", links[i]);
      g_autofree char *new = g_strdup_printf ("href=\"../%s/%s", escaped, links[i]);
      replace (page, old, new);
    }
}

gboolean
hansa_watch_page_write (const char *folder, const char *report, guint stamp, GError **error)
{
  g_autofree char *from = g_build_filename (report, "index.html", NULL);
  g_autofree char *to = g_build_filename (folder, "index.html", NULL);
  g_autofree char *page = NULL;
  g_autofree char *mark = g_strdup_printf ("<html data-stamp=\"%u\" ", stamp);
  g_autoptr (GBytes) asset = g_resource_lookup_data (
      hansa_report_get_resource (), "/hansa/report/watch.js", G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (asset == NULL || !g_file_get_contents (from, &page, NULL, error))
    return FALSE;
  replace_first (&page, "<html ", mark);
  replace_first (&page, "script-src 'unsafe-inline'", "script-src 'unsafe-inline' file:");
  lead_back (&page, report);
  char *end = g_strrstr (page, "</body>");
  g_autofree char *whole = g_strdup_printf (
      "%.*s<script>\n%.*s</script>\n%s", (int)(end != NULL ? end - page : (glong)strlen (page)),
      page, (int)g_bytes_get_size (asset), (const char *)g_bytes_get_data (asset, NULL),
      end != NULL ? end : "");
  return g_file_set_contents (to, whole, -1, error);
}

gboolean
hansa_watch_page_tell (const char *folder, guint stamp, const char *problem, GError **error)
{
  g_autofree char *file = g_build_filename (folder, "now.js", NULL);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, problem != NULL ? problem : "");
  g_autofree char *words = json_to_string (node, FALSE);
  g_autofree char *script = g_strdup_printf ("hansaNow(%u, %s);\n", stamp, words);
  return g_file_set_contents (file, script, -1, error);
}
