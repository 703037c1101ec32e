/* SPDX-License-Identifier: MIT */
#include "replay/record.h"

#include "base/error.h"

/* ---- members ------------------------------------------------------------------- */

const char *
hansa_record_text (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

JsonObject *
hansa_record_object (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

HansaText
hansa_record_words (JsonObject *object, const char *member)
{
  JsonObject *words = hansa_record_object (object, member);
  return (HansaText){ hansa_record_text (words, "en"), hansa_record_text (words, "zh") };
}

char *
hansa_record_json (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;
  return node != NULL ? json_to_string (node, FALSE) : NULL;
}

JsonArray *
hansa_record_list (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  JsonArray *list = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (list, i)))
      return NULL;
  return list;
}

JsonObject *
hansa_record_find (JsonArray *list, const char *member, const char *value)
{
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *element = json_array_get_object_element (list, i);
      if (g_strcmp0 (hansa_record_text (element, member), value) == 0)
        return element;
    }
  return NULL;
}

/* ---- run.json -------------------------------------------------------------------- */

void
hansa_record_free (HansaRecord *record)
{
  g_free (record->folder);
  g_clear_pointer (&record->root, json_node_unref);
  g_free (record);
}

static gboolean
is_needed (gboolean there, const char *member, HansaJsonPlace place, GError **error)
{
  if (!there)
    hansa_json_error (place, member, error,
                      _ ("it is missing; the record cannot be replayed without it. If the report "
                         "was made by another version of Hansa, make it anew"));
  return there;
}

static gboolean
need_object (JsonObject *object, const char *member, HansaJsonPlace place, JsonObject **value,
             GError **error)
{
  return hansa_json_member_object (object, member, place, value, error)
         && is_needed (*value != NULL, member, place, error);
}

static gboolean
need_list (JsonObject *object, const char *member, HansaJsonPlace place, JsonArray **value,
           GError **error)
{
  *value = hansa_record_list (object, member);
  return is_needed (*value != NULL, member, place, error);
}

static gboolean
need_numbers (const HansaRecord *record, HansaJsonPlace place, GError **error)
{
  static const char *const limits[] = { "memory", "seconds", "grace", "result", "output" };

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      JsonNode *node = json_object_get_member (record->limits, limits[i]);
      gboolean number = node != NULL && JSON_NODE_HOLDS_VALUE (node)
                        && json_node_get_value_type (node) != G_TYPE_STRING;
      if (!is_needed (number, limits[i], (HansaJsonPlace){ place.file, "limits" }, error))
        return FALSE;
    }
  JsonNode *seed = json_object_get_member (record->object, "seed");
  return is_needed (seed != NULL && JSON_NODE_HOLDS_VALUE (seed)
                        && json_node_get_value_type (seed) == G_TYPE_INT64,
                    "seed", place, error);
}

static gboolean
need_ids (const HansaRecord *record, const char *file, GError **error)
{
  for (guint i = 0; i < json_array_get_length (record->analyses); i++)
    {
      g_autofree char *path = g_strdup_printf ("analyses[%u]", i);
      JsonObject *analysis = json_array_get_object_element (record->analyses, i);
      JsonObject *parameters = NULL;
      if (!need_object (analysis, "parameters", (HansaJsonPlace){ file, path }, &parameters, error)
          || !is_needed (hansa_record_text (analysis, "id") != NULL, "id",
                         (HansaJsonPlace){ file, path }, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_record (HansaRecord *record, const char *file, GError **error)
{
  const HansaJsonPlace place = { file, "" };
  const char *format = NULL;

  record->object = hansa_json_object (record->root, place, error);
  if (record->object == NULL
      || !hansa_json_string (record->object, "format", place, &format, error))
    return FALSE;
  if (g_strcmp0 (format, "hansa-run/1") != 0)
    {
      hansa_json_error (place, "format", error,
                        _ ("it must be \"hansa-run/1\": this is no record that this version of "
                           "Hansa can read"));
      return FALSE;
    }
  return need_object (record->object, "choices", place, &record->choices, error)
         && hansa_json_member_object (record->object, "map", place, &record->map, error)
         && need_object (record->object, "limits", place, &record->limits, error)
         && need_object (record->object, "dataset", place, &record->dataset, error)
         && need_list (record->dataset, "files", (HansaJsonPlace){ file, "dataset" },
                       &record->files, error)
         && is_needed (hansa_record_text (record->dataset, "path") != NULL, "path",
                       (HansaJsonPlace){ file, "dataset" }, error)
         && need_list (record->object, "analyses", place, &record->analyses, error)
         && need_numbers (record, place, error) && need_ids (record, file, error);
}

HansaRecord *
hansa_record_read (const char *report, GError **error)
{
  g_autoptr (HansaRecord) record = g_new0 (HansaRecord, 1);

  record->folder = g_file_test (report, G_FILE_TEST_IS_REGULAR) ? g_path_get_dirname (report)
                                                                : g_strdup (report);
  g_autofree char *file = g_build_filename (record->folder, "run.json", NULL);
  if (!g_file_test (file, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
                   _ ("%s: there is no run.json; name the folder of a report"), report);
      return NULL;
    }
  record->root = hansa_json_load (file, error);
  if (record->root == NULL || !check_record (record, file, error))
    return NULL;
  return g_steal_pointer (&record);
}
