/* SPDX-License-Identifier: MIT
 *
 * Result frames, decoded defensively.
 */
#include "plugin/decode.h"

#include "base/error.h"
#include "plugin/wire.h"

#include <string.h>

/* More than any analysis that people read; few enough that the checks of the
 * whole, some of which look up every id, stay quick. */
#define MAX_METRICS 10000
#define MAX_TABLES 256
#define MAX_COLUMNS 1024
#define MAX_CHARTS 256
#define MAX_FINDINGS 1000
#define MAX_NOTES 1000
#define MAX_LINES 256
#define MAX_NAMES 256
#define MAX_DECIMALS 15

struct HansaDecoder
{
  HansaResult *result;
  guint64 limit;
  guint64 used;
  GHashTable *ids;    /* "part:id" */
  GHashTable *inputs; /* name: guint64 rows */
};

HansaDecoder *
hansa_decoder_new (guint64 limit)
{
  HansaDecoder *decoder = g_new0 (HansaDecoder, 1);

  decoder->result = hansa_result_new ();
  decoder->limit = limit;
  decoder->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  decoder->inputs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return decoder;
}

void
hansa_decoder_free (HansaDecoder *decoder)
{
  if (decoder == NULL)
    return;
  hansa_result_free (decoder->result);
  g_hash_table_unref (decoder->ids);
  g_hash_table_unref (decoder->inputs);
  g_free (decoder);
}

void
hansa_decoder_add_input (HansaDecoder *decoder, const char *name, guint64 n_rows)
{
  g_hash_table_replace (decoder->inputs, g_strdup (name), g_memdup2 (&n_rows, sizeof n_rows));
}

/* Ids are unique within a kind of part. */
static char *
take_new_id (HansaDecoder *decoder, HansaTaker *taker, const char *part)
{
  const char *id = hansa_take_id (taker);

  if (id == NULL || taker->wrong != NULL)
    return NULL;
  if (!g_hash_table_add (decoder->ids, g_strconcat (part, ":", id, NULL)))
    hansa_taker_fail (taker, N_ ("an id is used twice"));
  return g_strdup (id);
}

static HansaText
copy_text (HansaTaker *taker, gboolean required)
{
  return hansa_text_copy (hansa_take_text (taker, required));
}

static char *
copy_string (HansaTaker *taker, gboolean required)
{
  return g_strdup (hansa_take_string (taker, required, NULL));
}

static HansaValue
take_value (HansaTaker *taker)
{
  HansaValue value = { 0.0, hansa_reader_u8 (taker->reader), 0 };

  if (value.reason >= HANSA_REASON_COUNT)
    {
      hansa_taker_fail (taker, N_ ("a value is undefined for no known reason"));
      value.reason = HANSA_NO_DATA;
    }
  if (value.reason == HANSA_DEFINED)
    value.number = hansa_reader_f64 (taker->reader);
  if (!isfinite (value.number))
    {
      hansa_taker_fail (taker, N_ ("a number is not finite"));
      value.number = 0.0;
    }
  return value;
}

/* ---- metrics --------------------------------------------------------------- */

static void
take_evidence (HansaDecoder *decoder, HansaTaker *taker, HansaResultMetric *metric)
{
  HansaReader *reader = taker->reader;
  const guint64 *n_rows = NULL;
  guint32 n;
  gconstpointer rows;

  metric->table = copy_string (taker, FALSE);
  metric->row = copy_string (taker, FALSE);
  metric->input = copy_string (taker, FALSE);
  n = hansa_reader_count (reader, G_MAXUINT32, sizeof (guint64));
  rows = hansa_reader_bytes (reader, (gsize)n * sizeof (guint64));
  if (metric->input != NULL)
    n_rows = g_hash_table_lookup (decoder->inputs, metric->input);
  if (metric->input != NULL && n_rows == NULL)
    hansa_taker_fail (taker, N_ ("it rests on an input that is not declared"));
  if (metric->input == NULL && n > 0)
    hansa_taker_fail (taker, N_ ("it rests on rows of no input"));
  if (taker->wrong != NULL || reader->failed || n_rows == NULL || n == 0)
    return;
  g_array_append_vals (metric->rows, rows, n);
  for (guint i = 0; i < n; i++)
    if (g_array_index (metric->rows, guint64, i) >= *n_rows)
      hansa_taker_fail (taker, N_ ("it rests on a row that does not exist"));
}

static void
take_metric (HansaDecoder *decoder, HansaTaker *taker)
{
  HansaResultMetric *metric = g_new0 (HansaResultMetric, 1);

  metric->rows = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_ptr_array_add (decoder->result->metrics, metric);
  metric->id = take_new_id (decoder, taker, "metric");
  if (metric->id != NULL && strchr (metric->id, '-') != NULL)
    hansa_taker_fail (taker, N_ ("the id of a metric has no hyphens"));
  metric->title = copy_text (taker, TRUE);
  metric->value = take_value (taker);
  metric->unit = copy_string (taker, TRUE);
  metric->variant = copy_string (taker, FALSE);
  metric->formula = copy_text (taker, FALSE);
  metric->why = copy_text (taker, FALSE);
  metric->decimals = hansa_take_range (taker, 0, MAX_DECIMALS);
  metric->low = take_value (taker);
  metric->high = take_value (taker);
  metric->level = hansa_reader_f64 (taker->reader);
  if (hansa_is_defined (metric->low) != hansa_is_defined (metric->high)
      || metric->low.number > metric->high.number || !(metric->level >= 0.0 && metric->level < 1.0))
    hansa_taker_fail (taker, N_ ("its interval makes no sense"));
  take_evidence (decoder, taker, metric);
}

/* ---- tables ---------------------------------------------------------------- */

static void
take_table (HansaDecoder *decoder, HansaTaker *taker)
{
  HansaResultTable *table = g_new0 (HansaResultTable, 1);
  guint32 n;

  table->cells = g_array_new (FALSE, FALSE, sizeof (HansaCell));
  g_ptr_array_add (decoder->result->tables, table);
  table->id = take_new_id (decoder, taker, "table");
  table->title = copy_text (taker, TRUE);
  table->note = copy_text (taker, FALSE);
  n = hansa_reader_count (taker->reader, MAX_COLUMNS, 24);
  table->columns = g_new0 (HansaResultColumn, MAX (n, 1));
  for (; table->n_columns < n && taker->wrong == NULL; table->n_columns++)
    {
      HansaResultColumn *column = &table->columns[table->n_columns];

      column->id = g_strdup (hansa_take_id (taker));
      column->type = hansa_take_range (taker, HANSA_REAL, HANSA_LABEL);
      column->decimals = hansa_take_range (taker, 0, MAX_DECIMALS);
      column->unit
          = copy_string (taker, column->type == HANSA_REAL || column->type == HANSA_INTEGER);
      column->title = copy_text (taker, TRUE);
      if (column->type == HANSA_BOOLEAN || column->type == HANSA_CHOICE)
        hansa_taker_fail (taker, N_ ("a column has a type that no result has"));
      if (column->unit == NULL)
        column->unit = g_strdup ("");
      for (guint i = 0; i < table->n_columns && column->id != NULL; i++)
        if (g_strcmp0 (table->columns[i].id, column->id) == 0)
          hansa_taker_fail (taker, N_ ("two columns share an id"));
    }
  if (table->n_columns == 0)
    hansa_taker_fail (taker, N_ ("a table has no columns"));
}

static const char *
keep_text (HansaDecoder *decoder, HansaTaker *taker)
{
  gsize length;
  const char *text = hansa_take_string (taker, TRUE, &length);

  return text == NULL ? ""
                      : g_string_chunk_insert_len (decoder->result->text, text, (gssize)length);
}

static void
take_cell (HansaDecoder *decoder, HansaTaker *taker, guint32 type, HansaCell *cell)
{
  HansaValue value;

  cell->type = hansa_reader_u8 (taker->reader);
  if (cell->type != 0 && cell->type != type)
    {
      hansa_taker_fail (taker, N_ ("a cell has another type than its column"));
      return;
    }
  switch (cell->type)
    {
    case HANSA_REAL:
      value = take_value (taker);
      cell->reason = value.reason;
      cell->as.real = value.number;
      break;
    case HANSA_INTEGER:
      cell->as.integer = (gint64)hansa_reader_u64 (taker->reader);
      break;
    case HANSA_DATE:
      cell->as.integer = (gint32)hansa_reader_u32 (taker->reader);
      break;
    case HANSA_TEXT:
      cell->as.text.en = cell->as.text.zh = keep_text (decoder, taker);
      break;
    case HANSA_LABEL:
      cell->as.text.en = keep_text (decoder, taker);
      cell->as.text.zh = keep_text (decoder, taker);
      break;
    default:
      break;
    }
}

static void
take_rows (HansaDecoder *decoder, HansaTaker *taker)
{
  HansaReader *reader = taker->reader;
  guint32 number = hansa_reader_u32 (reader);
  HansaResultTable *table;

  if (number >= decoder->result->tables->len)
    {
      hansa_taker_fail (taker, N_ ("they are of no table"));
      return;
    }
  table = g_ptr_array_index (decoder->result->tables, number);
  while (hansa_reader_left (reader) > 0 && taker->wrong == NULL)
    {
      guint first = table->cells->len;

      /* A missing cell takes one byte here and many once decoded: what counts
       * against the limit is what it becomes. */
      decoder->used += table->n_columns * sizeof (HansaCell);
      if (decoder->used > decoder->limit)
        return;
      g_array_set_size (table->cells, first + table->n_columns);
      for (guint i = 0; i < table->n_columns; i++)
        {
          HansaCell cell = { 0, 0, { 0 } };

          take_cell (decoder, taker, table->columns[i].type, &cell);
          g_array_index (table->cells, HansaCell, first + i) = cell;
        }
    }
}

/* ---- charts, findings, notes ------------------------------------------------ */

static GStrv
take_lines (HansaTaker *taker)
{
  guint32 n = hansa_reader_count (taker->reader, MAX_LINES, 5);
  GStrv ids = g_new0 (char *, (gsize)n + 1);

  /* A NULL would end the list early: a failed read leaves an empty id. */
  for (guint32 i = 0; i < n; i++)
    {
      const char *id = hansa_take_string (taker, TRUE, NULL);

      ids[i] = g_strdup (id == NULL ? "" : id);
    }
  return ids;
}

static void
take_chart (HansaDecoder *decoder, HansaTaker *taker)
{
  HansaResultChart *chart = g_new0 (HansaResultChart, 1);
  char **names[] = { &chart->x,   &chart->y,    &chart->group, &chart->label,
                     &chart->low, &chart->high, &chart->size,  &chart->highlight };

  g_ptr_array_add (decoder->result->charts, chart);
  chart->id = take_new_id (decoder, taker, "chart");
  chart->kind = hansa_take_range (taker, HANSA_CHART_BAR, HANSA_CHART_TIMELINE);
  chart->flags = hansa_take_range (taker, 0, (HANSA_LOG_Y << 1) - 1);
  chart->title = copy_text (taker, TRUE);
  chart->note = copy_text (taker, FALSE);
  chart->table = copy_string (taker, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    *names[i] = copy_string (taker, FALSE);
  chart->x_lines = take_lines (taker);
  chart->y_lines = take_lines (taker);
}

static void
take_finding (HansaDecoder *decoder, HansaTaker *taker)
{
  HansaResultFinding *finding = g_new0 (HansaResultFinding, 1);
  guint32 n;

  g_ptr_array_add (decoder->result->findings, finding);
  finding->id = take_new_id (decoder, taker, "finding");
  finding->severity = hansa_take_range (taker, HANSA_INFO, HANSA_CONCERN);
  finding->metric = copy_string (taker, TRUE);
  finding->text = copy_text (taker, TRUE);
  n = hansa_reader_count (taker->reader, MAX_NAMES, 12);
  finding->names = g_new0 (HansaName, MAX (n, 1));
  for (; finding->n_names < n && taker->wrong == NULL; finding->n_names++)
    {
      finding->names[finding->n_names].id = g_strdup (hansa_take_id (taker));
      finding->names[finding->n_names].text = copy_text (taker, TRUE);
    }
}

static void
take_note (HansaDecoder *decoder, HansaTaker *taker)
{
  HansaResultNote *note = g_new0 (HansaResultNote, 1);

  g_ptr_array_add (decoder->result->notes, note);
  note->kind = hansa_take_range (taker, HANSA_NOTE_METHOD, HANSA_NOTE_DROPPED);
  note->text = copy_text (taker, TRUE);
}

static const char *
take_part (HansaDecoder *decoder, guint32 type, HansaTaker *taker)
{
  const HansaResult *result = decoder->result;
  const struct
  {
    guint32 type;
    const GPtrArray *have;
    guint most;
    void (*take) (HansaDecoder *decoder, HansaTaker *taker);
    const char *name;
  } parts[] = {
    { HANSA_FRAME_METRIC, result->metrics, MAX_METRICS, take_metric, N_ ("a metric") },
    { HANSA_FRAME_TABLE, result->tables, MAX_TABLES, take_table, N_ ("a table") },
    { HANSA_FRAME_ROWS, result->tables, MAX_TABLES + 1, take_rows, N_ ("rows") },
    { HANSA_FRAME_CHART, result->charts, MAX_CHARTS, take_chart, N_ ("a chart") },
    { HANSA_FRAME_FINDING, result->findings, MAX_FINDINGS, take_finding, N_ ("a finding") },
    { HANSA_FRAME_NOTE, result->notes, MAX_NOTES, take_note, N_ ("a note") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].type == type)
      {
        if (parts[i].have->len >= parts[i].most)
          hansa_taker_fail (taker, N_ ("there are too many"));
        else
          parts[i].take (decoder, taker);
        return _ (parts[i].name);
      }
  hansa_taker_fail (taker, N_ ("it has no place in a result"));
  return _ ("a message");
}

gboolean
hansa_decoder_frame (HansaDecoder *decoder, guint32 type, gconstpointer payload, gsize length,
                     GError **error)
{
  HansaReader reader;
  HansaTaker taker = { NULL, &reader };
  const char *part;

  hansa_reader_init (&reader, payload, length);
  decoder->used += length + sizeof (HansaFrameHeader);
  part = decoder->used > decoder->limit ? "" : take_part (decoder, type, &taker);
  if (decoder->used > decoder->limit)
    {
      g_autofree char *size = g_format_size_full (decoder->limit, G_FORMAT_SIZE_IEC_UNITS);

      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_PLUGIN,
                   _ ("the result is larger than the limit of %s"), size);
      return FALSE;
    }
  return hansa_taker_done (&taker, part, error);
}

HansaResult *
hansa_decoder_finish (HansaDecoder *decoder, GError **error)
{
  if (!hansa_result_check (decoder->result, error))
    return NULL;
  return g_steal_pointer (&decoder->result);
}

HansaResult *
hansa_decode_frames (HansaDecoder *decoder, GBytes *frames, GError **error)
{
  gsize left;
  const guchar *at = g_bytes_get_data (frames, &left);
  HansaFrameHeader header;

  while (left > 0)
    {
      if (hansa_frame_peek (at, left, &header) != 1)
        {
          g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_PLUGIN,
                               _ ("its bytes are damaged"));
          return NULL;
        }
      if (!hansa_decoder_frame (decoder, header.type, at + sizeof header, header.length, error))
        return NULL;
      at += sizeof header + header.length;
      left -= sizeof header + header.length;
    }
  return hansa_decoder_finish (decoder, error);
}
