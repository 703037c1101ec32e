/* SPDX-License-Identifier: MIT */
#include "dataset/load.h"

#include "base/nearest.h"
#include "dataset/cell.h"
#include "dataset/csv.h"
#include "dataset/encoding.h"
#include "dataset/schema.h"
#include "dataset/stored.h"

#include <string.h>

/* Enough to see what is wrong with a file that is read for an analysis. */
#define LIMIT 100

typedef struct
{
  const HansaResource *resource;
  HansaProblems *problems;
  int *field_of; /* cell of a record -> field of the schema, or -1 */
  guint n_cells;
  HansaTableBuilder *builder;
  HansaLineage *lineage;
} Loader;

static HansaSchemaField *
field_at (const HansaResource *resource, guint i)
{
  return g_ptr_array_index (resource->schema->fields, i);
}

/* ---- the header ---------------------------------------------------------- */

static void
report_unknown (Loader *loader, guint32 line, const char *name)
{
  g_autofree const char **names = hansa_schema_names (loader->resource->schema);
  const char *near = hansa_nearest (name, names);
  char *message;

  if (name[0] == '\0')
    message = g_strdup (_ ("a column has no name. Name it, or take it out of the file."));
  else if (near != NULL)
    message = g_strdup_printf (_ ("the schema has no column “%s”. Did you mean “%s”?"), name, near);
  else
    message
        = g_strdup_printf (_ ("the schema has no column “%s”. Describe it there, or take it out "
                              "of the file."),
                           name);
  hansa_problems_add (loader->problems, line, name[0] != '\0' ? name : NULL, NULL, "columns",
                      message);
}

static void
report_absent (Loader *loader, const HansaCsvRecord *header)
{
  g_autofree const char **names = g_new0 (const char *, header->n_cells + 1);

  memcpy (names, header->cells, header->n_cells * sizeof (char *));
  for (guint i = 0; i < loader->resource->schema->fields->len; i++)
    {
      const char *name = field_at (loader->resource, i)->name;
      if (g_strv_contains ((const char *const *)names, name))
        continue;
      const char *near = hansa_nearest (name, (const char *const *)names);
      hansa_problems_add (
          loader->problems, header->line, name, NULL, "columns",
          near != NULL
              ? g_strdup_printf (_ ("the file has no column “%s”. Is it the one named “%s”?"), name,
                                 near)
              : g_strdup_printf (
                  _ ("the file has no column “%s”. Add it, empty if nothing is known."), name));
    }
}

/* Whether a first line that names no column at all is a row of data. */
static gboolean
is_no_header (const Loader *loader)
{
  for (guint i = 0; i < loader->n_cells; i++)
    if (loader->field_of[i] >= 0)
      return FALSE;
  return TRUE;
}

static void
read_header (Loader *loader, const HansaCsvRecord *header)
{
  g_autofree gboolean *seen = g_new0 (gboolean, loader->resource->schema->fields->len);

  loader->n_cells = header->n_cells;
  loader->field_of = g_new (int, header->n_cells);
  for (guint i = 0; i < header->n_cells; i++)
    loader->field_of[i] = hansa_schema_find (loader->resource->schema, header->cells[i]);
  if (is_no_header (loader))
    {
      hansa_problems_add (
          loader->problems, header->line, NULL, header->cells[0], "columns",
          g_strdup (_ ("the first line must name the columns as the schema does, but "
                       "none of its cells is one of those names.")));
      return;
    }
  for (guint i = 0; i < header->n_cells; i++)
    {
      int field = loader->field_of[i];
      if (field < 0)
        report_unknown (loader, header->line, header->cells[i]);
      else if (seen[field])
        hansa_problems_add (
            loader->problems, header->line, header->cells[i], NULL, "columns",
            g_strdup_printf (_ ("there are two columns named “%s”. Keep one of them."),
                             header->cells[i]));
      else
        seen[field] = TRUE;
    }
  report_absent (loader, header);
}

/* ---- rows ---------------------------------------------------------------- */

static void
put (HansaTableBuilder *builder, guint column, guint32 type, const HansaCellValue *value)
{
  switch (type)
    {
    case HANSA_REAL:
      hansa_table_builder_real (builder, column, value->real);
      break;
    case HANSA_INTEGER:
      hansa_table_builder_integer (builder, column, value->integer);
      break;
    case HANSA_DATE:
      hansa_table_builder_date (builder, column, value->date);
      break;
    default:
      hansa_table_builder_text (builder, column, value->text, value->length);
      break;
    }
}

static void
report_ragged (Loader *loader, const HansaCsvRecord *record)
{
  const char *column = NULL;

  if (record->n_cells < loader->n_cells && loader->field_of[record->n_cells] >= 0)
    column = field_at (loader->resource, (guint)loader->field_of[record->n_cells])->name;
  hansa_problems_add (
      loader->problems, record->line, column, NULL, "structure",
      g_strdup_printf (_ ("the line has %u cells, the header %u. A comma that belongs "
                          "to a text must stand in quotation marks."),
                       record->n_cells, loader->n_cells));
}

static gboolean
read_record (Loader *loader, const HansaCsvRecord *record, GError **error)
{
  HansaCellValue value;
  const char *rule;
  char *message;

  if (record->n_cells != loader->n_cells)
    {
      report_ragged (loader, record);
      return TRUE;
    }
  for (guint i = 0; i < record->n_cells; i++)
    {
      guint column = (guint)loader->field_of[i];
      const HansaSchemaField *field = field_at (loader->resource, column);
      if (!hansa_cell_read (loader->resource->schema, field, record->cells[i], record->lengths[i],
                            &value, &rule, &message))
        hansa_problems_add (loader->problems, record->line, field->name, record->cells[i], rule,
                            message);
      else if (value.present)
        put (loader->builder, column, field->type, &value);
    }
  guint32 row = (guint32)hansa_table_builder_rows (loader->builder);
  g_array_append_val (loader->lineage->first, row);
  g_array_append_val (loader->lineage->lines, record->line);
  return hansa_table_builder_end_row (loader->builder, error);
}

static gboolean
make_builder (Loader *loader, gsize text_length, GError **error)
{
  const HansaSchema *schema = loader->resource->schema;
  g_autofree HansaField *fields = g_new0 (HansaField, schema->fields->len);

  for (guint i = 0; i < schema->fields->len; i++)
    {
      const HansaSchemaField *field = field_at (loader->resource, i);
      fields[i] = (HansaField){ field->name, field->unit, field->type };
    }
  /* A cell takes some 8 bytes of CSV; a wrong guess costs one move. */
  loader->builder = hansa_table_builder_new (loader->resource->name, fields, schema->fields->len,
                                             text_length / (8 * schema->fields->len) + 1, error);
  loader->lineage = g_new0 (HansaLineage, 1);
  loader->lineage->resource = g_strdup (loader->resource->name);
  loader->lineage->path = g_strdup (loader->resource->path);
  loader->lineage->first = g_array_new (FALSE, FALSE, sizeof (guint32));
  loader->lineage->lines = g_array_new (FALSE, FALSE, sizeof (guint32));
  return loader->builder != NULL;
}

static gboolean
read_records (Loader *loader, HansaCsv *csv, GError **error)
{
  HansaCsvRecord record;
  HansaCsvStep step;

  while (!hansa_problems_full (loader->problems)
         && (step = hansa_csv_next (csv, &record)) != HANSA_CSV_END)
    {
      if (step == HANSA_CSV_FAULT)
        {
          const char *column = NULL;
          if (record.cell < loader->n_cells && loader->field_of[record.cell] >= 0)
            column = field_at (loader->resource, (guint)loader->field_of[record.cell])->name;
          hansa_problems_add (loader->problems, record.line, column, NULL, "structure",
                              g_strdup (record.message));
        }
      else if (!read_record (loader, &record, error))
        return FALSE;
    }
  return TRUE;
}

/* FALSE when there are no rows to be read: problems or an error say why. */
static gboolean
read_text (Loader *loader, const char *text, gsize length, GError **error)
{
  g_autoptr (HansaCsv) csv = hansa_csv_new (text, length);
  HansaCsvRecord record;
  HansaCsvStep step = hansa_csv_next (csv, &record);

  if (step == HANSA_CSV_RECORD)
    read_header (loader, &record);
  else
    hansa_problems_add (
        loader->problems, step == HANSA_CSV_FAULT ? record.line : 0, NULL, NULL,
        step == HANSA_CSV_FAULT ? "structure" : "columns",
        g_strdup (step == HANSA_CSV_FAULT
                      ? record.message
                      : _ ("the file is empty. Its first line must name the columns.")));
  if (hansa_problems_any (loader->problems))
    return FALSE; /* without columns, every row would be a problem */
  return make_builder (loader, length, error) && read_records (loader, csv, error);
}

static HansaSealedTable *
seal (Loader *loader, GError **error)
{
  guint32 end = loader->lineage->lines->len;

  g_array_append_val (loader->lineage->first, end);
  return hansa_table_builder_seal (g_steal_pointer (&loader->builder),
                                   g_steal_pointer (&loader->lineage), error);
}

HansaSealedTable *
hansa_load_csv (HansaDataset *dataset, const HansaResource *resource, HansaProblems *problems,
                GError **error)
{
  Loader loader = { .resource = resource, .problems = problems };
  g_autofree char *file = hansa_resource_file (dataset, resource);
  g_autoptr (HansaSealedTable) table = NULL;
  gsize length;
  g_autofree char *text = hansa_text_load (file, resource->encoding, &length, problems, error);

  if (text != NULL && read_text (&loader, text, length, error))
    {
      table = seal (&loader, error);
      if (table != NULL)
        hansa_check_keys (resource, table, problems);
    }
  g_clear_pointer (&loader.builder, hansa_table_builder_free);
  g_clear_pointer (&loader.lineage, hansa_lineage_free);
  g_free (loader.field_of);
  return hansa_problems_any (problems) ? NULL : g_steal_pointer (&table);
}

/* ---- once ---------------------------------------------------------------- */

typedef struct
{
  HansaDataset *dataset;
  const HansaResource *resource;
} Wanted;

static gpointer
make_table (gpointer data, GError **error)
{
  const Wanted *wanted = data;
  g_auto (HansaProblems) problems;

  hansa_problems_init (&problems, wanted->resource, LIMIT);
  HansaSealedTable *table = hansa_load_csv (wanted->dataset, wanted->resource, &problems, error);
  if (table == NULL && hansa_problems_any (&problems))
    hansa_problems_set_error (&problems, error);
  return table;
}

HansaSealedTable *
hansa_dataset_table (HansaDataset *dataset, const HansaResource *resource, GError **error)
{
  Wanted wanted = { dataset, resource };
  return hansa_memo_get (dataset->tables, resource->name, make_table, &wanted, error);
}

static gpointer
compute_sound_table (gpointer data, GError **error)
{
  const Wanted *wanted = data;
  g_auto (HansaProblems) problems;
  g_autoptr (HansaSealedTable) table
      = hansa_dataset_table (wanted->dataset, wanted->resource, error);

  hansa_problems_init (&problems, wanted->resource, LIMIT);
  if (table == NULL
      || !hansa_check_foreign_keys (wanted->dataset, wanted->resource, table, &problems, error))
    return NULL;
  if (!hansa_problems_any (&problems))
    return g_steal_pointer (&table);
  hansa_problems_set_error (&problems, error);
  return NULL;
}

static gpointer
make_sound_table (gpointer data, GError **error)
{
  const Wanted *wanted = data;
  return hansa_stored_table (wanted->dataset, HANSA_STAGE_TABLE, hansa_table_key, wanted->resource,
                             compute_sound_table, data, error);
}

HansaSealedTable *
hansa_dataset_sound_table (HansaDataset *dataset, const HansaResource *resource, GError **error)
{
  Wanted wanted = { dataset, resource };
  return hansa_memo_get (dataset->sound, resource->name, make_sound_table, &wanted, error);
}
