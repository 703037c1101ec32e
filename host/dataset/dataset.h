/* SPDX-License-Identifier: MIT
 *
 * A dataset: a Frictionless Data Package with Hansa's additions (unit,
 * coverage, synthetic, parameters, and titles in Chinese). Opening reads only
 * datapackage.json; tables are read, checked and sealed when asked for.
 */
#pragma once

#include "base/language.h"
#include "dataset/table.h"
#include "store/store.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One field of a table schema. */
typedef struct
{
  char *name;
  HansaText title;
  char *unit;   /* NULL when not measured */
  guint32 type; /* HANSA_REAL, INTEGER, TEXT, DATE (boolean is INTEGER 0 or 1) */
  gboolean boolean;
  gboolean required, unique;
  gboolean has_minimum, has_maximum;
  double minimum, maximum; /* numbers, integers; dates in days */
  GStrv choices;           /* constraint enum; NULL: any */
  GRegex *pattern;         /* NULL: any */
} HansaSchemaField;

typedef struct
{
  GStrv fields;    /* of this table */
  char *resource;  /* "" for this one */
  GStrv reference; /* its fields */
} HansaForeignKey;

typedef struct
{
  GPtrArray *fields;       /* HansaSchemaField */
  GStrv primary_key;       /* may be empty */
  GPtrArray *foreign_keys; /* HansaForeignKey */
  GStrv missing_values;    /* [""] by default */
} HansaSchema;

typedef struct
{
  char *name;
  char *table;    /* model table that it provides; its name by default */
  char *path;     /* relative to the package; of a server's table, its name in SQL */
  char *format;   /* "csv", "parquet", or "table" of a server */
  char *encoding; /* "utf-8", "gb18030", ... */
  HansaText title;
  HansaText coverage;
  GHashTable *columns; /* model column -> expression over own columns; NULL: as named */
  HansaSchema *schema;
  /* Columns by which a server spreads its rows over others, none where they are all
   * on another one; NULL: they are where it is. */
  GStrv shard;
  char *schema_file; /* NULL: the schema stands in the manifest */
} HansaResource;

typedef struct HansaDataset HansaDataset; /* threads: open and free in one, rest in any */

/* `path` is a package folder or a datapackage.json, or a server's postgresql://
 * address: then what the server has is the package. */
HansaDataset *hansa_dataset_open (const char *path, GError **error);
/* From now on the tables of a package are read from a server, which has them
 * under the resources' names; those that it lacks are taken out. */
gboolean hansa_dataset_use_server (HansaDataset *dataset, const char *address, GError **error);
/* The engine that answers for the whole dataset, "PostgreSQL 15.18, user@host:5432/db";
 * NULL where files are read. */
const char *hansa_dataset_engine (HansaDataset *dataset);
void hansa_dataset_free (HansaDataset *dataset);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaDataset, hansa_dataset_free)

const char *hansa_dataset_dir (HansaDataset *dataset);
const char *hansa_dataset_name (HansaDataset *dataset);
HansaText hansa_dataset_title (HansaDataset *dataset);
HansaText hansa_dataset_description (HansaDataset *dataset);
gboolean hansa_dataset_is_synthetic (HansaDataset *dataset);
GPtrArray *hansa_dataset_resources (HansaDataset *dataset); /* HansaResource */
/* The resource that provides a model table, or NULL. */
const HansaResource *hansa_dataset_resource (HansaDataset *dataset, const char *table);
/* The dataset's own default for a plugin's parameter, as text, or NULL. */
const char *hansa_dataset_parameter (HansaDataset *dataset, const char *plugin, const char *id);
/* A study's mapping: model table `table` comes from `resource`; `columns` maps
 * model columns to expressions (column, year(column), month(column), 'constant'). */
gboolean hansa_dataset_map (HansaDataset *dataset, const char *table, const char *resource,
                            GHashTable *columns, GError **error);

/* The expression that stands for a model column: the study's, the resource's,
 * or the column itself; NULL when there is none. */
const char *hansa_mapped_expression (HansaDataset *dataset, const char *table,
                                     const HansaResource *resource, const char *column);

/* ---- reading ----------------------------------------------------------- */

/* One breach of a rule. */
typedef struct
{
  char *resource;
  char *path;
  guint32 line;  /* 1-based; 0: the file as a whole */
  guint64 row;   /* 1-based, where there are rows but no lines (Parquet); 0: not known */
  char *column;  /* may be NULL */
  char *value;   /* as it stands in the file, shortened; may be NULL */
  char *rule;    /* "type", "required", "unique", "enum", "minimum", "maximum", "pattern",
                  * "primary-key", "foreign-key", "columns", "encoding", "structure", "unit" */
  char *message; /* a sentence that says what to do, in the user's language */
} HansaProblem;
void hansa_problem_free (HansaProblem *problem);

/* Whether the dataset can answer an input: FALSE with HANSA_EXIT_MISSING (table
 * or column not there; near names suggested) or HANSA_EXIT_DATA (type, unit).
 * Reads no data. A HANSA_OPTIONAL input that is not there is TRUE. */
gboolean hansa_dataset_can_answer (HansaDataset *dataset, const HansaInput *input, GError **error);

/* Whether the files that the input comes from are there and can be read; for an
 * input that can be answered. FALSE with HANSA_EXIT_DATA. Reads no data. */
gboolean hansa_dataset_can_read (HansaDataset *dataset, const HansaInput *input, GError **error);

/* The input's table: read, checked, mapped, converted to the declared units,
 * grouped and summed where asked, sealed. Read once, however many ask. NULL
 * with HANSA_EXIT_DATA and the first problems in the message. Thread safe. */
HansaSealedTable *hansa_dataset_input (HansaDataset *dataset, const HansaInput *input,
                                       GError **error);

/* The same in pieces, one after the other: of what an engine reads, never all is in
 * memory; it is read each time. */
gboolean hansa_dataset_each_batch (HansaDataset *dataset, const HansaInput *input,
                                   HansaTableFunc func, gpointer data, GError **error);

/* What is read from now on is looked up in and kept in that store, which must
 * outlive the dataset; NULL: in none. */
void hansa_dataset_use_store (HansaDataset *dataset, HansaStore *store);
/* One word for every file of the dataset; NULL without a store, or where a server
 * has the tables. (transfer full) */
char *hansa_dataset_key (HansaDataset *dataset);
/* What hansa_sealed_table_hash() of the input would be, and its rows, without
 * reading it; FALSE when the store does not tell. `hash`: (transfer full). */
gboolean hansa_dataset_input_known (HansaDataset *dataset, const HansaInput *input, char **hash,
                                    guint64 *n_rows);

/* Checks a whole package. Appends HansaProblem to `problems`, at most `limit` a
 * resource. TRUE when none. `error` only for what could not be checked. */
gboolean hansa_dataset_validate (HansaDataset *dataset, guint limit, GPtrArray *problems,
                                 GError **error);

/* The file's line, for showing where a number comes from; (transfer full),
 * header names to raw texts, in file order. NULL when it cannot be read. */
GStrv hansa_dataset_raw_line (HansaDataset *dataset, const char *resource, guint32 line);

/* XXH3-128 of a resource's file, hexadecimal (as xxhsum -H2 prints it); (transfer full). */
char *hansa_dataset_file_hash (HansaDataset *dataset, const HansaResource *resource,
                               GError **error);

G_END_DECLS
