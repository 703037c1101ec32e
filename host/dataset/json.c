/* SPDX-License-Identifier: MIT */
#include "dataset/json.h"

#include "base/error.h"
#include "base/number.h"

#include <glib/gi18n.h>

/* A manifest is a page or two. json-glib's parser recurses, so a file that
 * only nests would end us by its depth. */
#define LARGEST_FILE (16u << 20)
#define DEEPEST 64

static gboolean
is_too_deep (const char *text, gsize length)
{
  gboolean quoted = FALSE;
  int depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];
      if (quoted && c == '\\')
        i++;
      else if (c == '"')
        quoted = !quoted;
      else if (!quoted && (c == '{' || c == '['))
        {
          if (++depth > DEEPEST)
            return TRUE;
        }
      else if (!quoted && (c == '}' || c == ']'))
        depth--;
    }
  return FALSE;
}

JsonNode *
hansa_json_load (const char *file, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) cause = NULL;
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize length;

  if (!g_file_test (file, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                   _ ("%s: there is no such file. Name the folder of a data package (the one with "
                      "datapackage.json)."),
                   file);
      return NULL;
    }
  if (!g_file_get_contents (file, &text, &length, &cause))
    {
      g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA, cause->message);
      return NULL;
    }
  const char *start = text;
  if (g_str_has_prefix (text, "\xEF\xBB\xBF"))
    start += 3;
  length -= (gsize)(start - text);
  if (length > LARGEST_FILE || is_too_deep (start, length))
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                   _ ("%s: too large or too deeply nested to be a manifest."), file);
      return NULL;
    }
  if (!g_utf8_validate (start, (gssize)length, NULL))
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                   _ ("%s: not UTF-8. Save the file as UTF-8."), file);
      return NULL;
    }
  if (!json_parser_load_from_data (parser, start, (gssize)length, &cause))
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA, _ ("%s: not valid JSON: %s"), file,
                   cause->message);
      return NULL;
    }
  JsonNode *root = json_parser_get_root (parser);
  if (root == NULL)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA, _ ("%s: the file is empty."), file);
      return NULL;
    }
  return json_node_ref (root);
}

void
hansa_json_error (HansaJsonPlace place, const char *member, GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  const char *dot = place.path[0] != '\0' && member != NULL ? "." : "";
  if (place.path[0] == '\0' && member == NULL)
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA, "%s: %s", place.file, what);
  else
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA, "%s: %s%s%s: %s", place.file, place.path,
                 dot, member != NULL ? member : "", what);
}

JsonObject *
hansa_json_object (JsonNode *node, HansaJsonPlace place, GError **error)
{
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  hansa_json_error (place, NULL, error, _ ("must be an object, { ... }."));
  return NULL;
}

/* The member, or NULL when absent or null. */
static JsonNode *
member_of (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

gboolean
hansa_json_string (JsonObject *object, const char *member, HansaJsonPlace place, const char **value,
                   GError **error)
{
  JsonNode *node = member_of (object, member);

  if (node == NULL)
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      *value = json_node_get_string (node);
      return TRUE;
    }
  hansa_json_error (place, member, error, _ ("must be a text in quotes."));
  return FALSE;
}

gboolean
hansa_json_boolean (JsonObject *object, const char *member, HansaJsonPlace place, gboolean *value,
                    GError **error)
{
  JsonNode *node = member_of (object, member);

  if (node == NULL)
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    {
      *value = json_node_get_boolean (node);
      return TRUE;
    }
  hansa_json_error (place, member, error, _ ("must be true or false, without quotes."));
  return FALSE;
}

gboolean
hansa_json_array (JsonObject *object, const char *member, HansaJsonPlace place, JsonArray **value,
                  GError **error)
{
  JsonNode *node = member_of (object, member);

  *value = NULL;
  if (node == NULL)
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      *value = json_node_get_array (node);
      return TRUE;
    }
  hansa_json_error (place, member, error, _ ("must be a list, [ ... ]."));
  return FALSE;
}

gboolean
hansa_json_member_object (JsonObject *object, const char *member, HansaJsonPlace place,
                          JsonObject **value, GError **error)
{
  JsonNode *node = member_of (object, member);

  *value = NULL;
  if (node == NULL)
    return TRUE;
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      *value = json_node_get_object (node);
      return TRUE;
    }
  hansa_json_error (place, member, error, _ ("must be an object, { ... }."));
  return FALSE;
}

char *
hansa_json_scalar (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return g_strdup (json_node_get_string (node));
    case G_TYPE_INT64:
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    case G_TYPE_BOOLEAN:
      return g_strdup (json_node_get_boolean (node) ? "true" : "false");
    case G_TYPE_DOUBLE:
      {
        char number[G_ASCII_DTOSTR_BUF_SIZE];
        return g_strdup (hansa_number_text (number, json_node_get_double (node)));
      }
    default:
      return NULL;
    }
}

gboolean
hansa_json_strings (JsonObject *object, const char *member, HansaJsonPlace place, GStrv *value,
                    GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonNode *node = member_of (object, member);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_autofree char *item = hansa_json_scalar (json_array_get_element (array, i));
          if (item == NULL)
            {
              hansa_json_error (place, member, error, _ ("item %u must be a text or a number."),
                                i + 1);
              return FALSE;
            }
          g_strv_builder_add (builder, item);
        }
    }
  else if (node != NULL)
    {
      g_autofree char *item = hansa_json_scalar (node);
      if (item == NULL)
        {
          hansa_json_error (place, member, error, _ ("must be a text, or a list of texts."));
          return FALSE;
        }
      g_strv_builder_add (builder, item);
    }
  *value = g_strv_builder_end (builder);
  return TRUE;
}
