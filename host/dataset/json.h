/* SPDX-License-Identifier: MIT
 *
 * Reading a JSON file that somebody wrote by hand: every error names the file,
 * the JSON path of the place, what is wrong there and what to write instead.
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A place in a file: "resources[2].schema". */
typedef struct
{
  const char *file;
  const char *path;
} HansaJsonPlace;

/* The file's root; errors carry the parser's line and column. */
JsonNode *hansa_json_load (const char *file, GError **error);

/* HANSA_EXIT_DATA at `member` of the place (member may be NULL). */
void hansa_json_error (HansaJsonPlace place, const char *member, GError **error, const char *format,
                       ...) G_GNUC_PRINTF (4, 5);

JsonObject *hansa_json_object (JsonNode *node, HansaJsonPlace place, GError **error);
/* Members: FALSE and an error when of another type; absent (or null) leaves
 * `value` as it is, so set the default before. */
gboolean hansa_json_string (JsonObject *object, const char *member, HansaJsonPlace place,
                            const char **value, GError **error);
gboolean hansa_json_boolean (JsonObject *object, const char *member, HansaJsonPlace place,
                             gboolean *value, GError **error);
/* (transfer none) NULL when absent. */
gboolean hansa_json_array (JsonObject *object, const char *member, HansaJsonPlace place,
                           JsonArray **value, GError **error);
gboolean hansa_json_member_object (JsonObject *object, const char *member, HansaJsonPlace place,
                                   JsonObject **value, GError **error);
/* One string, or an array of them; absent gives an empty list. (transfer full) */
gboolean hansa_json_strings (JsonObject *object, const char *member, HansaJsonPlace place,
                             GStrv *value, GError **error);
/* A scalar as text ("430000", "0.5", "true"); NULL for null, objects, arrays. */
char *hansa_json_scalar (JsonNode *node);

G_END_DECLS
