/* SPDX-License-Identifier: MIT
 *
 * Where a number comes from: a file's hash, and its lines as they stand.
 */
#include "base/error.h"
#include "dataset/csv.h"
#include "dataset/encoding.h"
#include "dataset/package.h"
#include "dataset/problem.h"

#include <string.h>

/* A file's text and where its physical lines begin. A report shows hundreds of
 * lines, so the file is read once for all of them. */
typedef struct
{
  gatomicrefcount references;
  char *text;
  gsize length;
  GArray *starts; /* gsize */
  GStrv header;
} RawText;

static gpointer
raw_text_ref (gpointer data)
{
  g_atomic_ref_count_inc (&((RawText *)data)->references);
  return data;
}

static void
raw_text_unref (gpointer data)
{
  RawText *raw = data;

  if (!g_atomic_ref_count_dec (&raw->references))
    return;
  g_free (raw->text);
  g_array_unref (raw->starts);
  g_strfreev (raw->header);
  g_free (raw);
}

HansaMemo *
hansa_trace_memo_new (void)
{
  return hansa_memo_new (raw_text_ref, raw_text_unref);
}

/* The ends of lines that the reader of records counts: LF, CRLF, CR. */
static GArray *
line_starts (const char *text, gsize length)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize start = 0;

  g_array_append_val (starts, start);
  for (gsize i = 0; i < length; i++)
    if (text[i] == '\n' || (text[i] == '\r' && !(i + 1 < length && text[i + 1] == '\n')))
      {
        start = i + 1;
        g_array_append_val (starts, start);
      }
  return starts;
}

static GStrv
record_at (const char *text, gsize length)
{
  g_autoptr (HansaCsv) csv = hansa_csv_new (text, length);
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  HansaCsvRecord record;

  if (hansa_csv_next (csv, &record) != HANSA_CSV_RECORD)
    return NULL;
  for (guint i = 0; i < record.n_cells; i++)
    g_strv_builder_add (cells, record.cells[i]);
  return g_strv_builder_end (cells);
}

typedef struct
{
  HansaDataset *dataset;
  const HansaResource *resource;
} Wanted;

static gpointer
make_raw_text (gpointer data, GError **error)
{
  const Wanted *wanted = data;
  g_autofree char *file = hansa_resource_file (wanted->dataset, wanted->resource);
  g_auto (HansaProblems) problems;
  gsize length = 0;

  hansa_problems_init (&problems, wanted->resource, 1);
  char *text = hansa_text_load (file, wanted->resource->encoding, &length, &problems, error);
  if (text == NULL)
    {
      if (hansa_problems_any (&problems))
        hansa_problems_set_error (&problems, error);
      return NULL;
    }
  RawText *raw = g_new0 (RawText, 1);
  g_atomic_ref_count_init (&raw->references);
  raw->text = text;
  raw->length = length;
  raw->starts = line_starts (text, length);
  raw->header = record_at (text, length);
  return raw;
}

GStrv
hansa_dataset_raw_line (HansaDataset *dataset, const char *name, guint32 line)
{
  Wanted wanted = { dataset, hansa_dataset_find (dataset, name) };
  g_autoptr (GStrvBuilder) pairs = g_strv_builder_new ();
  g_auto (GStrv) cells = NULL;

  if (wanted.resource == NULL || !g_str_equal (wanted.resource->format, "csv"))
    return NULL;
  RawText *raw = hansa_memo_get (dataset->texts, name, make_raw_text, &wanted, NULL);
  if (raw == NULL)
    return NULL;
  if (line > 1 && line <= raw->starts->len && raw->header != NULL)
    {
      gsize start = g_array_index (raw->starts, gsize, line - 1);
      cells = record_at (raw->text + start, raw->length - start);
    }
  for (guint i = 0; cells != NULL && cells[i] != NULL && raw->header[i] != NULL; i++)
    {
      g_strv_builder_add (pairs, raw->header[i]);
      g_strv_builder_add (pairs, cells[i]);
    }
  raw_text_unref (raw);
  return cells != NULL ? g_strv_builder_end (pairs) : NULL;
}

/* XXH3, not SHA-256: a record has to notice that a file of many gigabytes is
 * another one, in less time than reading it takes. */
char *
hansa_dataset_file_hash (HansaDataset *dataset, const HansaResource *resource, GError **error)
{
  g_autofree char *file = hansa_resource_file (dataset, resource);
  char *sum = hansa_sums_get (dataset->sums, dataset->store, file);

  if (sum == NULL)
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA, _ ("%s cannot be read."), file);
  return sum;
}
