/* SPDX-License-Identifier: MIT
 *
 * One resource of a manifest: where its file is, how it is written, which
 * model table it provides.
 */
#include "base/error.h"
#include "base/nearest.h"
#include "dataset/package.h"
#include "dataset/schema.h"

#include <stdlib.h>
#include <string.h>

void
hansa_resource_free (HansaResource *resource)
{
  if (resource == NULL)
    return;
  g_free (resource->name);
  g_free (resource->table);
  g_free (resource->path);
  g_free (resource->format);
  g_free (resource->encoding);
  hansa_text_clear (&resource->title);
  hansa_text_clear (&resource->coverage);
  g_clear_pointer (&resource->columns, g_hash_table_unref);
  g_clear_pointer (&resource->schema, hansa_schema_free);
  g_strfreev (resource->shard);
  g_free (resource->schema_file);
  g_free (resource);
}

/* Whether a path could lead out of the package: it may come from anybody. */
static gboolean
stays_inside (const char *path)
{
  g_auto (GStrv) parts = g_strsplit_set (path, "/\\", -1);

  if (g_path_is_absolute (path) || path[0] == '\0' || path[0] == '~'
      || strstr (path, "://") != NULL)
    return FALSE;
  return !g_strv_contains ((const char *const *)parts, "..");
}

/* A link may lead out as well as a name may. A file that is not there leads
 * nowhere; reading it says so. */
static gboolean
links_inside (const char *dir, const char *path)
{
  g_autofree char *file = g_build_filename (dir, path, NULL);
  char *target = realpath (file, NULL);
  char *root = realpath (dir, NULL);
  gboolean inside = target == NULL || root == NULL
                    || (g_str_has_prefix (target, root)
                        && (target[strlen (root)] == '/' || g_str_equal (root, "/")));

  free (target);
  free (root);
  return inside;
}

static gboolean
parse_path (JsonObject *object, HansaResource *resource, const char *dir, HansaJsonPlace place,
            GError **error)
{
  g_auto (GStrv) paths = NULL;

  if (!hansa_json_strings (object, "path", place, &paths, error))
    return FALSE;
  if (g_strv_length (paths) != 1)
    {
      hansa_json_error (place, "path", error,
                        _ ("name one file here, relative to datapackage.json."));
      return FALSE;
    }
  if (!stays_inside (paths[0]) || !links_inside (dir, paths[0]))
    {
      hansa_json_error (place, "path", error,
                        _ ("“%s” leads out of the package. Put the file into the package's folder "
                           "and name it from there."),
                        paths[0]);
      return FALSE;
    }
  resource->path = g_strdup (paths[0]);
  return TRUE;
}

static gboolean
parse_format (JsonObject *object, HansaResource *resource, HansaJsonPlace place, GError **error)
{
  const char *format = strrchr (resource->path, '.');

  format = format != NULL ? format + 1 : "";
  if (!hansa_json_string (object, "format", place, &format, error))
    return FALSE;
  resource->format = g_ascii_strdown (format, -1);
  if (g_str_equal (resource->format, "csv") || g_str_equal (resource->format, "parquet"))
    return TRUE;
  hansa_json_error (place, "format", error,
                    _ ("“%s” cannot be read. Save the table as CSV or Parquet."), format);
  return FALSE;
}

static gboolean
parse_dialect (JsonObject *object, HansaJsonPlace place, GError **error)
{
  JsonNode *node = json_object_get_member (object, "dialect");
  const char *delimiter = ",", *quote = "\"";
  gboolean header = TRUE;

  if (node == NULL)
    return TRUE;
  g_autofree char *path = g_strconcat (place.path, ".dialect", NULL);
  HansaJsonPlace here = { place.file, path };
  JsonObject *dialect = hansa_json_object (node, here, error);
  if (dialect == NULL || !hansa_json_string (dialect, "delimiter", here, &delimiter, error)
      || !hansa_json_string (dialect, "quoteChar", here, &quote, error)
      || !hansa_json_boolean (dialect, "header", here, &header, error))
    return FALSE;
  if (g_str_equal (delimiter, ",") && g_str_equal (quote, "\"") && header)
    return TRUE;
  hansa_json_error (here, NULL, error,
                    _ ("CSV is read with commas, double quotes and a header line only. Save the "
                       "file so, and take out the dialect."));
  return FALSE;
}

/* {model column: expression}; the expressions are read when asked for. */
static gboolean
parse_columns (JsonObject *object, HansaResource *resource, HansaJsonPlace place, GError **error)
{
  JsonObject *columns;

  if (!hansa_json_member_object (object, "columns", place, &columns, error))
    return FALSE;
  if (columns == NULL)
    return TRUE;
  resource->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GList) members = json_object_get_members (columns);
  for (GList *link = members; link != NULL; link = link->next)
    {
      char *expression = hansa_json_scalar (json_object_get_member (columns, link->data));
      if (expression == NULL)
        {
          hansa_json_error (place, "columns", error,
                            _ ("“%s” must be a column's name, year(column), month(column), a "
                               "number, or a text in single quotes."),
                            (const char *)link->data);
          return FALSE;
        }
      g_hash_table_insert (resource->columns, g_strdup (link->data), expression);
    }
  return TRUE;
}

/* A schema stands in the manifest, or in a file of the package that it names. */
static gboolean
parse_schema (JsonObject *object, HansaResource *resource, const char *dir, HansaJsonPlace place,
              GError **error)
{
  JsonNode *node = json_object_get_member (object, "schema");
  g_autofree char *path = g_strconcat (place.path, ".schema", NULL);

  if (node == NULL)
    {
      hansa_json_error (place, "schema", error,
                        _ ("describe the table's columns here; nothing is guessed."));
      return FALSE;
    }
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      const char *name = json_node_get_string (node);
      if (!stays_inside (name))
        {
          hansa_json_error (place, "schema", error, _ ("“%s” leads out of the package."), name);
          return FALSE;
        }
      resource->schema_file = g_build_filename (dir, name, NULL);
      HansaJsonPlace here = { resource->schema_file, "" };
      g_autoptr (JsonNode) root = hansa_json_load (resource->schema_file, error);
      resource->schema = root != NULL ? hansa_schema_parse (root, here, error) : NULL;
    }
  else
    resource->schema = hansa_schema_parse (node, (HansaJsonPlace){ place.file, path }, error);
  return resource->schema != NULL;
}

gboolean
hansa_resource_parse_words (JsonObject *object, HansaResource *resource, HansaJsonPlace place,
                            GError **error)
{
  const char *table = resource->name;
  HansaText title = { NULL, NULL }, coverage = { NULL, NULL };

  if (!hansa_json_string (object, "table", place, &table, error)
      || !hansa_json_string (object, "title", place, &title.en, error)
      || !hansa_json_string (object, "title_zh", place, &title.zh, error)
      || !hansa_json_string (object, "coverage", place, &coverage.en, error)
      || !hansa_json_string (object, "coverage_zh", place, &coverage.zh, error))
    return FALSE;
  resource->table = g_strdup (table);
  resource->title = hansa_text_copy (title);
  resource->coverage = hansa_text_copy (coverage);
  return parse_columns (object, resource, place, error);
}

HansaResource *
hansa_resource_parse (JsonNode *node, const char *dir, const char *file, guint index,
                      GError **error)
{
  g_autofree char *path = g_strdup_printf ("resources[%u]", index);
  HansaJsonPlace place = { file, path };
  g_autoptr (HansaResource) resource = g_new0 (HansaResource, 1);
  JsonObject *object = hansa_json_object (node, place, error);
  const char *name = NULL, *encoding = "utf-8";

  if (object == NULL || !hansa_json_string (object, "name", place, &name, error)
      || !hansa_json_string (object, "encoding", place, &encoding, error))
    return NULL;
  if (name == NULL || name[0] == '\0')
    {
      hansa_json_error (place, "name", error, _ ("every resource needs a name."));
      return NULL;
    }
  resource->name = g_strdup (name);
  resource->encoding = g_ascii_strdown (encoding, -1);
  if (!hansa_resource_parse_words (object, resource, place, error)
      || !parse_path (object, resource, dir, place, error)
      || !parse_format (object, resource, place, error) || !parse_dialect (object, place, error)
      || !parse_schema (object, resource, dir, place, error))
    return NULL;
  return g_steal_pointer (&resource);
}
