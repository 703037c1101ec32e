/* SPDX-License-Identifier: MIT
 *
 * "Where this number comes from": the row of the result, the rows of the
 * input, the lines of the file as they stand there, and their sources.
 */
#include "report/report-private.h"

#define LINES_SHOWN 12
#define RANGES_SHOWN 8
#define CELL_CHARACTERS 60

static void
say_count (HansaPage *page, HansaWord word, guint64 first, guint64 second)
{
  g_autofree char *a = g_strdup_printf ("%" G_GUINT64_FORMAT, first);
  g_autofree char *b = g_strdup_printf ("%" G_GUINT64_FORMAT, second);
  hansa_page_say (page, word, hansa_same (a), hansa_same (b));
}

static void
add_result (HansaPage *page, guint analysis, const HansaResultMetric *metric)
{
  const HansaAnalysis *owner = g_ptr_array_index (page->run->analyses, analysis);
  const HansaResultTable *table = hansa_result_table (owner->result, metric->table);
  gsize row;
  guint number = 0;

  if (table == NULL)
    return;
  g_ptr_array_find (owner->result->tables, table, &number);
  gboolean found = hansa_result_table_find (table, metric->row, &row);
  gboolean shown = found && row < 200;
  g_autofree char *id = hansa_page_id (page, analysis, "t", table->id);
  g_autofree char *label = g_strdup_printf ("%u-%u", analysis + 1, number + 1);
  hansa_page_raw (page, "<p>");
  hansa_page_word (page, HANSA_WORD_TRACE_RESULT);
  hansa_page_printf (page, "<a href=\"#%s", id);
  if (shown)
    hansa_page_printf (page, ".%" G_GSIZE_FORMAT, row + 1);
  hansa_page_raw (page, "\">");
  hansa_page_say (page, HANSA_WORD_TABLE, hansa_same (label));
  if (found)
    {
      g_autofree char *en = hansa_row_name (table, row, HANSA_EN);
      g_autofree char *zh = hansa_row_name (table, row, HANSA_ZH);
      HansaText name = *zh != '\0' ? (HansaText){ en, zh } : hansa_same (metric->row);
      g_autofree char *line = g_strdup_printf ("%" G_GSIZE_FORMAT, row + 2);
      hansa_page_raw (page, " ");
      hansa_page_say (page, shown ? HANSA_WORD_TRACE_ROW : HANSA_WORD_TRACE_ROW_BEYOND, name,
                      hansa_same (line));
    }
  hansa_page_raw (page, "</a></p>\n");
}

static void
add_input_line (HansaPage *page, const HansaTrace *trace)
{
  hansa_page_raw (page, "<p>");
  hansa_page_word (page, HANSA_WORD_TRACE_INPUT);
  hansa_page_text (page, trace->resource != NULL ? trace->resource->title
                                                 : hansa_same (trace->input->name));
  if (trace->resource != NULL || trace->path != NULL)
    {
      hansa_page_raw (page, "<code>");
      hansa_page_data (page, trace->path != NULL ? trace->path : trace->resource->path);
      hansa_page_raw (page, "</code>");
    }
  hansa_page_word (page, HANSA_WORD_COMMA);
  if (trace->table == NULL)
    hansa_page_word (page, HANSA_WORD_INPUT_NOT_READ);
  else
    say_count (page, trace->all ? HANSA_WORD_TRACE_ALL : HANSA_WORD_TRACE_SOME, trace->n_rows,
               hansa_sealed_table_view (trace->table)->n_rows);
  if (trace->lines->len > 0)
    {
      g_autofree char *ranges = hansa_line_ranges (trace->lines, RANGES_SHOWN);
      g_autofree char *whole = hansa_line_ranges (trace->lines, G_MAXUINT);
      g_autofree char *count = g_strdup_printf ("%" G_GUINT64_FORMAT, trace->n_lines);
      gboolean complete = g_str_equal (ranges, whole) && trace->n_lines == trace->lines->len;
      hansa_page_word (page, HANSA_WORD_COMMA);
      g_auto (GStrv) parts = g_strsplit (ranges, ", ", -1);
      g_autofree char *zh = g_strjoinv ("、", parts);
      hansa_page_say (page, complete ? HANSA_WORD_TRACE_LINES : HANSA_WORD_TRACE_LINES_MORE,
                      (HansaText){ ranges, zh }, hansa_same (count));
    }
  hansa_page_raw (page, "</p>\n");
}

/* ---- raw lines ------------------------------------------------------------ */

/* Cells of the lines shown; rows that cannot be read are NULL. */
typedef struct
{
  const char *const *cells[LINES_SHOWN];
  guint32 numbers[LINES_SHOWN];
  guint n;
  const char *const *header; /* the first that can be read */
} RawLines;

static void
read_lines (HansaPage *page, const HansaTrace *trace, RawLines *raw)
{
  *raw = (RawLines){ .n = MIN (trace->lines->len, LINES_SHOWN) };
  for (guint i = 0; i < raw->n; i++)
    {
      raw->numbers[i] = g_array_index (trace->lines, guint32, i);
      raw->cells[i] = hansa_sources_raw (page->sources, trace, raw->numbers[i]);
      if (raw->header == NULL)
        raw->header = raw->cells[i];
    }
}

static const char *
raw_cell (const RawLines *raw, guint line, guint column)
{
  const char *const *cells = raw->cells[line];
  guint length = cells != NULL ? g_strv_length ((char **)cells) : 0;
  return 2 * column + 1 < length ? cells[2 * column + 1] : "";
}

static gboolean
column_is_empty (const RawLines *raw, guint column)
{
  for (guint i = 0; i < raw->n; i++)
    if (*raw_cell (raw, i, column) != '\0')
      return FALSE;
  return TRUE;
}

/* Whether the analysis was given that column of the file. */
static gboolean
column_is_used (const HansaTrace *trace, const char *name)
{
  for (guint i = 0; i < trace->input->n_columns; i++)
    {
      const char *asked = trace->input->columns[i].name;
      GHashTable *mapped = trace->resource != NULL ? trace->resource->columns : NULL;
      const char *own = mapped != NULL ? g_hash_table_lookup (mapped, asked) : NULL;
      if (g_strcmp0 (own != NULL ? own : asked, name) == 0)
        return TRUE;
    }
  return FALSE;
}

static const HansaSchemaField *
find_field (const HansaResource *resource, const char *name)
{
  GPtrArray *fields
      = resource != NULL && resource->schema != NULL ? resource->schema->fields : NULL;

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const HansaSchemaField *field = g_ptr_array_index (fields, i);
      if (g_str_equal (field->name, name))
        return field;
    }
  return NULL;
}

static void
add_column_head (HansaPage *page, const HansaTrace *trace, const char *name)
{
  const HansaSchemaField *field = find_field (trace->resource, name);

  hansa_page_raw (page, column_is_used (trace, name) ? "<th scope=\"col\" class=\"used\">"
                                                     : "<th scope=\"col\">");
  if (field != NULL && *hansa_text_in (field->title, HANSA_EN) != '\0')
    {
      hansa_page_text (page, field->title);
      hansa_page_raw (page, "<br/>");
    }
  hansa_page_raw (page, "<code>");
  hansa_page_data_cut (page, name, CELL_CHARACTERS);
  hansa_page_raw (page, "</code></th>");
}

static void
add_raw_lines (HansaPage *page, const HansaTrace *trace)
{
  RawLines raw;

  read_lines (page, trace, &raw);
  if (raw.header == NULL)
    return;
  guint n_columns = g_strv_length ((char **)raw.header) / 2;
  hansa_page_raw (page, "<div class=\"frame\"><table class=\"raw\"><thead><tr><th scope=\"col\">");
  hansa_page_word (page, HANSA_WORD_TRACE_LINE);
  hansa_page_raw (page, "</th>");
  for (guint c = 0; c < n_columns; c++)
    if (!column_is_empty (&raw, c))
      add_column_head (page, trace, raw.header[2 * c]);
  hansa_page_raw (page, "</tr></thead>\n<tbody>\n");
  for (guint i = 0; i < raw.n; i++)
    {
      hansa_page_printf (page, "<tr><th scope=\"row\">%u</th>", raw.numbers[i]);
      for (guint c = 0; c < n_columns; c++)
        {
          if (column_is_empty (&raw, c))
            continue;
          hansa_page_raw (page, column_is_used (trace, raw.header[2 * c]) ? "<td class=\"used\">"
                                                                          : "<td>");
          hansa_page_data_cut (page, raw_cell (&raw, i, c), CELL_CHARACTERS);
          hansa_page_raw (page, "</td>");
        }
      hansa_page_raw (page, "</tr>\n");
    }
  hansa_page_raw (page, "</tbody></table></div>\n");
  if (trace->n_lines > raw.n)
    {
      hansa_page_raw (page, "<p>");
      say_count (page, HANSA_WORD_TRACE_MORE, trace->n_lines - raw.n, 0);
      hansa_page_raw (page, "</p>\n");
    }
}

/* ---- rows without lines: as the analysis received them -------------------- */

static void
add_input_cell (HansaPage *page, const HansaTable *view, guint column, size_t row)
{
  char buffer[HANSA_NUMBER_SIZE];
  g_autofree char *date = NULL;

  if (!hansa_is_present (view, column, row))
    {
      hansa_page_raw (page, "—");
      return;
    }
  switch (view->columns[column].type)
    {
    case HANSA_REAL:
      hansa_page_raw (page, hansa_number_exact (buffer, hansa_reals (view, column)[row]));
      break;
    case HANSA_INTEGER:
      hansa_page_printf (page, "%" G_GINT64_FORMAT, hansa_integers (view, column)[row]);
      break;
    case HANSA_DATE:
      date = hansa_date_iso (hansa_dates (view, column)[row]);
      hansa_page_raw (page, date);
      break;
    default:
      hansa_page_data_cut (page, hansa_text_at (view, column, row), CELL_CHARACTERS);
    }
}

static void
add_input_rows (HansaPage *page, const HansaTrace *trace)
{
  const HansaTable *view = hansa_sealed_table_view (trace->table);
  guint shown = MIN (trace->rows->len, LINES_SHOWN);

  hansa_page_raw (page, "<p>");
  hansa_page_word (page, HANSA_WORD_TRACE_NO_LINES);
  hansa_page_raw (page, "</p>\n<div class=\"frame\"><table class=\"raw\"><thead><tr>");
  for (guint c = 0; c < view->n_columns; c++)
    {
      hansa_page_raw (page, "<th scope=\"col\" class=\"used\"><code>");
      hansa_page_data (page, view->columns[c].name);
      hansa_page_raw (page, "</code> ");
      hansa_page_data (page, view->columns[c].unit);
      hansa_page_raw (page, "</th>");
    }
  hansa_page_raw (page, "</tr></thead>\n<tbody>\n");
  for (guint i = 0; i < shown; i++)
    {
      hansa_page_raw (page, "<tr>");
      for (guint c = 0; c < view->n_columns; c++)
        {
          hansa_page_raw (page, "<td class=\"used\">");
          add_input_cell (page, view, c, g_array_index (trace->rows, guint64, i));
          hansa_page_raw (page, "</td>");
        }
      hansa_page_raw (page, "</tr>\n");
    }
  hansa_page_raw (page, "</tbody></table></div>\n");
  if (trace->n_rows > shown)
    {
      hansa_page_raw (page, "<p>");
      say_count (page, HANSA_WORD_TRACE_MORE, trace->n_rows - shown, 0);
      hansa_page_raw (page, "</p>\n");
    }
}

/* ---- sources -------------------------------------------------------------- */

static void
add_sources (HansaPage *page, const HansaTrace *trace)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < MIN (trace->lines->len, LINES_SHOWN); i++)
    hansa_sources_of_line (page->sources, trace, g_array_index (trace->lines, guint32, i), ids);
  if (ids->len == 0)
    return;
  hansa_page_raw (page, "<p>");
  hansa_page_word (page, HANSA_WORD_TRACE_SOURCES);
  hansa_page_raw (page, "</p>\n<ul class=\"sources\">\n");
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      const HansaSource *source = hansa_sources_find (page->sources, id);
      hansa_page_raw (page, "<li><b>");
      hansa_page_data_cut (page, id, CELL_CHARACTERS);
      hansa_page_raw (page, "</b> ");
      if (source == NULL)
        hansa_page_word (page, HANSA_WORD_TRACE_UNKNOWN_SOURCE);
      else if (*source->url != '\0')
        {
          hansa_page_raw (page, "<a href=\"");
          hansa_markup_escape (page->out, source->url);
          hansa_page_raw (page, "\" rel=\"noreferrer\">");
          hansa_page_data (page, source->title);
          hansa_page_raw (page, "</a>");
        }
      else
        {
          hansa_page_raw (page, "<span>");
          hansa_page_data (page, source->title);
          hansa_page_raw (page, "</span>");
        }
      hansa_page_raw (page, "</li>\n");
    }
  hansa_page_raw (page, "</ul>\n");
}

void
hansa_page_trace (HansaPage *page, guint analysis, const HansaResultMetric *metric,
                  GHashTable *seen)
{
  const HansaAnalysis *owner = g_ptr_array_index (page->run->analyses, analysis);
  g_autoptr (HansaTrace) trace = hansa_trace_new (page->run, owner, metric);
  g_autofree char *key = hansa_trace_key (trace);
  const HansaResultMetric *earlier = key != NULL ? g_hash_table_lookup (seen, key) : NULL;

  add_result (page, analysis, metric);
  if (trace->input == NULL)
    {
      hansa_page_raw (page, "<p>");
      hansa_page_word (page, HANSA_WORD_TRACE_NONE);
      hansa_page_raw (page, "</p>\n");
      return;
    }
  if (earlier != NULL)
    {
      g_autofree char *id = hansa_page_id (page, analysis, "s", earlier->id);
      hansa_page_raw (page, "<p>");
      hansa_page_word (page, HANSA_WORD_TRACE_SAME);
      hansa_page_printf (page, " <a href=\"#%s\">", id);
      hansa_page_text (page, earlier->title);
      hansa_page_raw (page, "</a></p>\n");
      return;
    }
  g_hash_table_insert (seen, g_steal_pointer (&key), (gpointer)metric);
  add_input_line (page, trace);
  if (trace->lines->len > 0)
    add_raw_lines (page, trace);
  else if (trace->table != NULL && trace->rows->len > 0)
    add_input_rows (page, trace);
  add_sources (page, trace);
}
