/* SPDX-License-Identifier: MIT
 *
 * The files of a report that a replay reads: run.json, which it repeats, and
 * report.json, which it compares.
 */
#pragma once

#include "base/language.h"
#include "dataset/json.h"

G_BEGIN_DECLS

/* A report's run.json, every member of which that a replay needs is there and
 * of its type. */
typedef struct
{
  char *folder;
  JsonNode *root;
  JsonObject *object, *dataset, *choices, *limits, *map;
  JsonArray *files, *analyses;
} HansaRecord;

HansaRecord *hansa_record_read (const char *report, GError **error);
void hansa_record_free (HansaRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaRecord, hansa_record_free)

/* A member that is a string, else NULL; (transfer none). */
const char *hansa_record_text (JsonObject *object, const char *member);
HansaText hansa_record_words (JsonObject *object, const char *member);
/* Any member as JSON text, NULL when absent; (transfer full). */
char *hansa_record_json (JsonObject *object, const char *member);
/* The object in that list whose `member` is `value`; NULL: none. The list may be NULL. */
JsonObject *hansa_record_find (JsonArray *list, const char *member, const char *value);
/* A member that is an object, else NULL. */
JsonObject *hansa_record_object (JsonObject *object, const char *member);
/* A member that is a list of objects, else NULL. */
JsonArray *hansa_record_list (JsonObject *object, const char *member);

G_END_DECLS
