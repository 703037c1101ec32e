/* SPDX-License-Identifier: MIT
 *
 * The dataset's table of sources, raw lines of its files, and which sources a
 * report cites.
 */
#include "report/report-private.h"

#include <string.h>

struct HansaSources
{
  const HansaRun *run;
  HansaSealedTable *table; /* NULL: the dataset has none */
  GHashTable *by_id;       /* id in the table: HansaSource */
  GHashTable *raw;         /* "resource\nline": GStrv */
  GHashTable *cited;       /* ids, a set */
};

static const HansaColumn columns[] = {
  { "id", HANSA_TEXT, 0, NULL, { NULL, NULL } },
  { "title", HANSA_TEXT, HANSA_NULLABLE, NULL, { NULL, NULL } },
  { "url", HANSA_TEXT, HANSA_NULLABLE | HANSA_OPTIONAL, NULL, { NULL, NULL } },
};
static const HansaInput input
    = { .name = "source", .columns = columns, .n_columns = 3, .flags = 0, .query = NULL };

static gboolean
is_web_address (const char *url)
{
  return g_ascii_strncasecmp (url, "http://", 7) == 0
         || g_ascii_strncasecmp (url, "https://", 8) == 0;
}

static void
read_sources (HansaSources *sources)
{
  HansaDataset *dataset = sources->run->dataset;

  if (dataset == NULL || hansa_dataset_resource (dataset, "source") == NULL
      || !hansa_dataset_can_answer (dataset, &input, NULL))
    return;
  sources->table = hansa_dataset_input (dataset, &input, NULL);
  if (sources->table == NULL)
    return;

  const HansaTable *view = hansa_sealed_table_view (sources->table);
  for (size_t row = 0; row < hansa_table_rows (view); row++)
    {
      HansaSource *source = g_new0 (HansaSource, 1);
      source->id = hansa_text_at (view, 0, row);
      source->title = hansa_text_at (view, 1, row);
      source->url = hansa_text_at (view, 2, row);
      if (!is_web_address (source->url))
        source->url = "";
      g_hash_table_replace (sources->by_id, (gpointer)source->id, source);
    }
}

HansaSources *
hansa_sources_new (const HansaRun *run)
{
  HansaSources *sources = g_new0 (HansaSources, 1);

  sources->run = run;
  sources->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  sources->raw
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_strfreev);
  sources->cited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  read_sources (sources);
  return sources;
}

void
hansa_sources_free (HansaSources *sources)
{
  if (sources == NULL)
    return;
  g_hash_table_unref (sources->by_id);
  g_hash_table_unref (sources->raw);
  g_hash_table_unref (sources->cited);
  g_clear_pointer (&sources->table, hansa_sealed_table_unref);
  g_free (sources);
}

const HansaSource *
hansa_sources_find (HansaSources *sources, const char *id)
{
  return g_hash_table_lookup (sources->by_id, id);
}

const char *const *
hansa_sources_raw (HansaSources *sources, const HansaTrace *trace, guint32 line)
{
  if (trace->resource == NULL || sources->run->dataset == NULL)
    return NULL;
  g_autofree char *key = g_strdup_printf ("%s\n%u", trace->resource->name, line);
  gpointer cells;

  if (!g_hash_table_lookup_extended (sources->raw, key, NULL, &cells))
    {
      cells = hansa_dataset_raw_line (sources->run->dataset, trace->resource->name, line);
      g_hash_table_insert (sources->raw, g_steal_pointer (&key), cells);
    }
  return (const char *const *)cells;
}

static void
add_ids (HansaSources *sources, const char *text, GPtrArray *ids)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " ,;\t\n", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] == '\0' || g_ptr_array_find_with_equal_func (ids, parts[i], g_str_equal, NULL))
        continue;
      g_ptr_array_add (ids, g_strdup (parts[i]));
      g_hash_table_add (sources->cited, g_strdup (parts[i]));
    }
}

void
hansa_sources_of_line (HansaSources *sources, const HansaTrace *trace, guint32 line, GPtrArray *ids)
{
  const char *const *cells = hansa_sources_raw (sources, trace, line);
  if (cells == NULL)
    return;
  const char *name = hansa_mapped_expression (sources->run->dataset, trace->input->name,
                                              trace->resource, "source");
  if (name != NULL && *name == '\'') /* one source for all rows */
    {
      g_autofree char *id = g_strndup (name + 1, strlen (name) - 2);
      add_ids (sources, id, ids);
    }
  for (guint i = 0; name != NULL && cells[i] != NULL && cells[i + 1] != NULL; i += 2)
    if (g_str_equal (cells[i], name))
      add_ids (sources, cells[i + 1], ids);
}

static gint
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
hansa_sources_cited (HansaSources *sources)
{
  GPtrArray *ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, sources->cited);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, id);
  g_ptr_array_sort (ids, compare_ids);
  return ids;
}
