/* SPDX-License-Identifier: MIT
 *
 * Publishing a data package into the information base: tables of a PostgreSQL
 * server that several offices write and all read. The plan is made in the
 * program, from the package alone; what talks to the server is in the module of
 * the engine "postgresql", so that the program needs no libpq.
 */
#pragma once

#include "dataset/dataset.h"

G_BEGIN_DECLS

/* One model table, in the model's names and units. */
typedef struct
{
  const char *name;
  const char *path;          /* the file, relative to the package */
  char *hash;                /* of that file, as hansa_dataset_file_hash() */
  HansaText title;           /* texts are the dataset's */
  GPtrArray *fields;         /* const HansaSchemaField */
  GStrv primary_key;         /* never empty; the schema's */
  const HansaSchema *schema; /* that the keys are of: the package's or the model's */
  HansaSchema *model;        /* NULL where the vocabulary lacks the table */
  GPtrArray *targets;        /* const char: the table that each foreign key refers to, or NULL */
  char *json;                /* row of the table "resource": schema, texts, sources, package */
  HansaDataset *dataset;     /* that the rows are read from */
  guint64 n_rows;            /* once they were read */
} HansaPublishTable;

/* The table's rows, in tables with the columns in the order of `fields`; of a large
 * file never all in memory. Counts them. */
HANSA_FOR_ENGINES
gboolean hansa_publish_each_batch (HansaPublishTable *table, HansaTableFunc func, gpointer data,
                                   GError **error);

typedef struct
{
  const char *package; /* its name */
  char *version;       /* "" when it says none */
  char *sources;       /* JSON array */
  gboolean synthetic;
  GPtrArray *tables; /* HansaPublishTable */
} HansaPublishPlan;

/* Of a package that was found valid; no row is read yet. `dataset` must live as long
 * as the plan. HANSA_EXIT_DATA for what a server cannot hold: a table without a
 * primary key, names that are taken or too long. */
HansaPublishPlan *hansa_publish_plan_new (HansaDataset *dataset, GError **error);
void hansa_publish_plan_free (HansaPublishPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaPublishPlan, hansa_publish_plan_free)

typedef struct
{
  const char *address;  /* postgresql://... */
  const char *schema;   /* of the server; "hansa" by default */
  const char *office;   /* role that the rows belong to; NULL: the user of the connection */
  gboolean tables_only; /* make and change tables, write no row */
  int cancel_fd;        /* -1: none */
} HansaPublishOptions;

typedef struct
{
  char *server; /* "user@host:5432/database" */
  char *office;
  gint64 publication; /* number of the entry in the table "publication"; 0: nothing was written */
  gboolean tables_changed;
  guint64 added, changed, removed;
  guint64 shared;      /* rows that others had published already, equal in every cell */
  GPtrArray *problems; /* HansaProblem: what only the server could see */
} HansaPublishOutcome;

void hansa_publish_outcome_clear (HansaPublishOutcome *outcome);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HansaPublishOutcome, hansa_publish_outcome_clear)

/* All in one transaction. FALSE: nothing was written, and `outcome` has problems
 * or there is an error (HANSA_EXIT_SERVER, HANSA_EXIT_DATA, HANSA_EXIT_MISSING). */
gboolean hansa_publish (const HansaPublishPlan *plan, const HansaPublishOptions *options,
                        HansaPublishOutcome *outcome, GError **error);

/* What the module exports as `hansa_publish_module`. */
#define HANSA_PUBLISH_API 2
typedef struct
{
  guint32 api;
  gboolean (*publish) (const HansaPublishPlan *plan, const HansaPublishOptions *options,
                       HansaPublishOutcome *outcome, GError **error);
} HansaPublishModule;

G_END_DECLS
