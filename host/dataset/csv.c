/* SPDX-License-Identifier: MIT */
#include "dataset/csv.h"

#include <csv.h>
#include <glib/gi18n.h>
#include <string.h>

struct HansaCsv
{
  struct csv_parser parser;
  const char *next; /* unread text */
  const char *end;
  guint32 line;    /* physical lines read */
  guint32 first;   /* line in which the record began */
  gboolean inside; /* in a record that goes on in the next line */
  gboolean complete;
  gboolean ended;
  GByteArray *bytes; /* cells, each with a NUL */
  GArray *offsets;   /* gsize: where each begins in `bytes` */
  GArray *lengths;   /* gsize */
  GPtrArray *cells;
  char *message;
};

/* libcsv trims these around cells; RFC 4180 says that they belong to them. */
static int
is_space (unsigned char c)
{
  (void)c;
  return 0;
}

static void
on_cell (void *text, size_t length, void *data)
{
  HansaCsv *csv = data;
  gsize offset = csv->bytes->len;

  g_byte_array_append (csv->bytes, text, (guint)length);
  g_byte_array_append (csv->bytes, (const guint8 *)"", 1);
  g_array_append_val (csv->offsets, offset);
  g_array_append_val (csv->lengths, length);
}

static void
on_record (int end, void *data)
{
  HansaCsv *csv = data;

  (void)end;
  csv->complete = TRUE;
}

/* CSV_STRICT: quotes in the middle of a cell are faults, not text. */
static void
start_parser (HansaCsv *csv)
{
  if (csv_init (&csv->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
    g_error ("libcsv does not start");
  csv_set_space_func (&csv->parser, is_space);
}

HansaCsv *
hansa_csv_new (const char *text, gsize length)
{
  HansaCsv *csv = g_new0 (HansaCsv, 1);

  csv->next = text;
  csv->end = text + length;
  csv->bytes = g_byte_array_new ();
  csv->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  csv->lengths = g_array_new (FALSE, FALSE, sizeof (gsize));
  csv->cells = g_ptr_array_new ();
  start_parser (csv);
  return csv;
}

void
hansa_csv_free (HansaCsv *csv)
{
  if (csv == NULL)
    return;
  csv_free (&csv->parser);
  g_byte_array_unref (csv->bytes);
  g_array_unref (csv->offsets);
  g_array_unref (csv->lengths);
  g_ptr_array_unref (csv->cells);
  g_free (csv->message);
  g_free (csv);
}

static void
forget_record (HansaCsv *csv)
{
  g_byte_array_set_size (csv->bytes, 0);
  g_array_set_size (csv->offsets, 0);
  g_array_set_size (csv->lengths, 0);
  csv->inside = FALSE;
  csv->complete = FALSE;
}

/* The next physical line with its end (LF, CRLF or CR), FALSE at the end. */
static gboolean
take_line (HansaCsv *csv, const char **line, gsize *length)
{
  if (csv->next == csv->end)
    return FALSE;
  gsize rest = (gsize)(csv->end - csv->next);
  const char *newline = memchr (csv->next, '\n', rest);
  const char *stop = newline != NULL ? newline + 1 : csv->end;
  const char *cr = memchr (csv->next, '\r', (gsize)(stop - csv->next));

  if (cr != NULL && cr + 1 != newline)
    stop = cr + 1;
  *line = csv->next;
  *length = (gsize)(stop - csv->next);
  csv->next = stop;
  csv->line++;
  return TRUE;
}

/* Begins anew after a fault, with the next line. */
static HansaCsvStep
fault (HansaCsv *csv, HansaCsvRecord *record, guint32 line, char *message)
{
  g_free (csv->message);
  csv->message = message;
  *record = (HansaCsvRecord){ .line = line, .cell = csv->offsets->len, .message = message };
  csv_free (&csv->parser);
  start_parser (csv);
  forget_record (csv);
  return HANSA_CSV_FAULT;
}

static HansaCsvStep
give (HansaCsv *csv, HansaCsvRecord *record)
{
  g_ptr_array_set_size (csv->cells, 0);
  for (guint i = 0; i < csv->offsets->len; i++)
    g_ptr_array_add (csv->cells, csv->bytes->data + g_array_index (csv->offsets, gsize, i));
  *record = (HansaCsvRecord){ .line = csv->first,
                              .n_cells = csv->cells->len,
                              .cells = (const char **)csv->cells->pdata,
                              .lengths = (const gsize *)(const void *)csv->lengths->data };
  csv->inside = FALSE;
  csv->complete = FALSE;
  return HANSA_CSV_RECORD;
}

static HansaCsvStep
finish (HansaCsv *csv, HansaCsvRecord *record)
{
  if (csv->ended)
    return HANSA_CSV_END;
  csv->ended = TRUE;
  if (csv_fini (&csv->parser, on_cell, on_record, csv) != 0)
    return fault (csv, record, csv->first,
                  g_strdup (_ ("a quotation mark (\") opens a cell here and is never closed. Close "
                               "it, or double it where it belongs to the text.")));
  return csv->complete ? give (csv, record) : HANSA_CSV_END;
}

HansaCsvStep
hansa_csv_next (HansaCsv *csv, HansaCsvRecord *record)
{
  const char *line;
  gsize length;

  forget_record (csv);
  while (take_line (csv, &line, &length))
    {
      if (!csv->inside)
        csv->first = csv->line;
      csv->inside = TRUE;
      if (memchr (line, '\0', length) != NULL)
        return fault (
            csv, record, csv->line,
            g_strdup (_ ("the line holds a NUL byte, so this is not a text file, or it is "
                         "damaged. Save the table as CSV again.")));
      if (csv_parse (&csv->parser, line, length, on_cell, on_record, csv) != length)
        return fault (csv, record, csv->line,
                      g_strdup (_ ("a quotation mark (\") stands inside a cell. Put the whole cell "
                                   "into quotation marks and double the one inside.")));
      if (csv->complete)
        return give (csv, record);
      /* A blank line is no record; a line inside quotes goes on. */
      csv->inside = csv->parser.quoted != 0 || csv->offsets->len > 0;
    }
  return finish (csv, record);
}
