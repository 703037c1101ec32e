/* SPDX-License-Identifier: MIT
 *
 * Inside of a dataset; only for the files of this folder.
 */
#pragma once

#include "dataset/dataset.h"
#include "dataset/json.h"
#include "dataset/memo.h"
#include "dataset/sums.h"
#include "engine/engine.h"

G_BEGIN_DECLS

/* A study's mapping of one model table. */
typedef struct
{
  const HansaResource *resource;
  GHashTable *columns; /* may be NULL */
} HansaTableMap;

struct HansaDataset
{
  char *dir;
  char *file;
  char *name;
  HansaText title;
  HansaText description;
  gboolean synthetic;
  GPtrArray *resources;   /* HansaResource */
  GHashTable *parameters; /* "plugin\nparameter" -> text */
  GHashTable *maps;       /* model table -> HansaTableMap */
  HansaStore *store;      /* (transfer none); may be NULL */
  /* What was read, each once: tables as they stand in their files (keyed by
   * resource), those held against their foreign keys, and inputs. */
  HansaMemo *tables;
  HansaMemo *sound;
  HansaMemo *inputs;
  HansaMemo *texts; /* raw lines, by resource */
  HansaSums *sums;
  HansaEngine *server; /* where the tables are; NULL: in files */
};

/* Empty, of no package yet: `dir` is a folder, or a server's address without its
 * password. */
HansaDataset *hansa_dataset_new (const char *dir, const char *file);
/* Title, description, synthetic and parameters of a package. */
gboolean hansa_dataset_parse_head (HansaDataset *dataset, JsonObject *object, HansaJsonPlace place,
                                   GError **error);

HansaMemo *hansa_trace_memo_new (void);

void hansa_resource_free (HansaResource *resource);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaResource, hansa_resource_free)

/* One resource of a manifest. */
HansaResource *hansa_resource_parse (JsonNode *node, const char *dir, const char *file, guint index,
                                     GError **error);

/* Of them, what says which table it provides and how to read it: table, titles,
 * coverage, columns. `resource` has its name already. */
gboolean hansa_resource_parse_words (JsonObject *object, HansaResource *resource,
                                     HansaJsonPlace place, GError **error);

/* By name; NULL when there is none. */
const HansaResource *hansa_dataset_find (HansaDataset *dataset, const char *resource);
/* The resource's file; (transfer full). */
char *hansa_resource_file (HansaDataset *dataset, const HansaResource *resource);
/* FALSE with HANSA_EXIT_DATA where a data file is not there, is no regular file (a
 * pipe would keep us waiting) or may not be read. */
gboolean hansa_file_readable (const char *file, GError **error);

G_END_DECLS
