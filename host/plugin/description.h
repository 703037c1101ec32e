/* SPDX-License-Identifier: MIT
 *
 * What a plugin says of itself, copied out of the worker that loaded it. All
 * members are owned; the structs of hansa/plugin.h are used as they are, with
 * `run` NULL.
 */
#pragma once

#include <glib.h>
#include <hansa/plugin.h>

G_BEGIN_DECLS

typedef struct
{
  HansaPlugin plugin; /* inputs, params, tags: owned arrays; run is NULL */
  char *path;         /* of the shared object */
  GStringChunk *text; /* holds every string */
  GPtrArray *arrays;  /* holds every array */
} HansaDescription;

void hansa_description_free (HansaDescription *description);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaDescription, hansa_description_free)

const HansaParam *hansa_description_param (const HansaDescription *description, const char *id);
const HansaInput *hansa_description_input (const HansaDescription *description, const char *name);

/* A HansaType's word: "real", "integer", "text", "date", "boolean", "choice", "label". */
const char *hansa_type_id (guint32 type);

G_END_DECLS
