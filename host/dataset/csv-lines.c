/* SPDX-License-Identifier: MIT */
#include "dataset/csv-lines.h"

#include "base/error.h"
#include "dataset/dataset.h"

#include <errno.h>
#include <stdio.h>

#define PIECE (1u << 16)

/* Where reading stands: a quotation mark opens and closes a quoted piece, within
 * which an end of line ends no row; a doubled one does both. */
typedef struct
{
  guint64 rows;   /* begun so far; the header is row 0 of the file */
  guint32 line;   /* of the next byte */
  gboolean begun; /* a row, on this line or before */
  gboolean quoted;
  gboolean header;
  char last;
  GPtrArray *problems; /* by row */
  guint next;          /* the first whose row has not begun */
} Scan;

static HansaProblem *
next_problem (const Scan *scan)
{
  return scan->next < scan->problems->len ? g_ptr_array_index (scan->problems, scan->next) : NULL;
}

static void
begin_row (Scan *scan)
{
  HansaProblem *problem;

  scan->begun = TRUE;
  if (!scan->header)
    {
      scan->header = TRUE;
      return;
    }
  scan->rows++;
  while ((problem = next_problem (scan)) != NULL && problem->row <= scan->rows)
    {
      if (problem->row > 0)
        problem->line = scan->line;
      problem->row = 0;
      scan->next++;
    }
}

static void
take_byte (Scan *scan, char byte)
{
  gboolean second_half = byte == '\n' && scan->last == '\r'; /* of CRLF */

  scan->last = byte;
  if (second_half)
    return;
  if (byte == '\n' || byte == '\r')
    {
      scan->line++;
      scan->begun = scan->begun && scan->quoted;
      return;
    }
  if (!scan->begun)
    begin_row (scan);
  if (byte == '"')
    scan->quoted = !scan->quoted;
}

static gint
by_row (gconstpointer a, gconstpointer b)
{
  const HansaProblem *one = *(HansaProblem *const *)a, *other = *(HansaProblem *const *)b;

  return (one->row > other->row) - (one->row < other->row);
}

gboolean
hansa_csv_find_lines (const char *file, GPtrArray *problems, GError **error)
{
  Scan scan = { .line = 1, .problems = problems };
  g_autofree char *piece = g_malloc (PIECE);
  FILE *stream;
  gsize n;

  g_ptr_array_sort (problems, by_row);
  if (problems->len == 0
      || ((HansaProblem *)g_ptr_array_index (problems, problems->len - 1))->row == 0)
    return TRUE;
  stream = fopen (file, "re");
  if (stream == NULL)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA, "%s: %s", file, g_strerror (errno));
      return FALSE;
    }
  while (next_problem (&scan) != NULL && (n = fread (piece, 1, PIECE, stream)) > 0)
    for (gsize i = 0; i < n; i++)
      take_byte (&scan, piece[i]);
  fclose (stream);
  return TRUE;
}
