/* SPDX-License-Identifier: MIT */
#include "check/draft.h"

#include <string.h>

HansaDraft *
hansa_draft_new (const HansaInput *input)
{
  HansaDraft *draft = g_new0 (HansaDraft, 1);

  draft->input = input;
  draft->cells = g_array_new (FALSE, TRUE, sizeof (HansaDraftCell));
  return draft;
}

void
hansa_draft_free (HansaDraft *draft)
{
  if (draft == NULL)
    return;
  g_array_unref (draft->cells);
  g_free (draft);
}

gsize
hansa_draft_rows (const HansaDraft *draft)
{
  return draft->input->n_columns == 0 ? 0 : draft->cells->len / draft->input->n_columns;
}

HansaDraftCell *
hansa_draft_cell (const HansaDraft *draft, gsize row, guint column)
{
  return &g_array_index (draft->cells, HansaDraftCell, row * draft->input->n_columns + column);
}

static HansaDraftCell
cell_of (const HansaTable *table, guint column, gsize row, GStringChunk *text)
{
  HansaDraftCell cell = { .present = hansa_is_present (table, column, row) };

  if (!cell.present)
    return cell;
  switch (table->columns[column].type)
    {
    case HANSA_REAL:
      cell.as.real = hansa_reals (table, column)[row];
      break;
    case HANSA_INTEGER:
      cell.as.integer = hansa_integers (table, column)[row];
      break;
    case HANSA_DATE:
      cell.as.integer = hansa_dates (table, column)[row];
      break;
    default:
      cell.as.text = g_string_chunk_insert_const (text, hansa_text_at (table, column, row));
      break;
    }
  return cell;
}

HansaDraft *
hansa_draft_from_table (const HansaInput *input, const HansaTable *table, GStringChunk *text)
{
  HansaDraft *draft = hansa_draft_new (input);

  for (gsize row = 0; row < hansa_table_rows (table); row++)
    for (guint column = 0; column < input->n_columns; column++)
      {
        HansaDraftCell cell = cell_of (table, column, row, text);

        g_array_append_val (draft->cells, cell);
      }
  return draft;
}

HansaDraft *
hansa_draft_pick (const HansaDraft *draft, const guint64 *rows, gsize n)
{
  HansaDraft *picked = hansa_draft_new (draft->input);

  for (gsize i = 0; i < n; i++)
    g_array_append_vals (picked->cells, hansa_draft_cell (draft, rows[i], 0),
                         draft->input->n_columns);
  return picked;
}

HansaDraft *
hansa_draft_copy (const HansaDraft *draft)
{
  HansaDraft *copy = hansa_draft_new (draft->input);

  g_array_append_vals (copy->cells, draft->cells->data, draft->cells->len);
  return copy;
}

static char *
key_of (const HansaDraft *draft, gsize row)
{
  GString *key = g_string_new (NULL);

  for (guint i = 0; i < draft->input->n_columns; i++)
    {
      if ((draft->input->columns[i].flags & HANSA_SUM) != 0)
        continue;
      g_autofree char *text = hansa_draft_cell_text (draft, row, i);
      g_string_append_printf (key, "%d%s\x1f", hansa_draft_cell (draft, row, i)->present, text);
    }
  return g_string_free (key, FALSE);
}

void
hansa_draft_group (HansaDraft *draft)
{
  gboolean sums = FALSE;

  for (guint i = 0; i < draft->input->n_columns; i++)
    sums |= (draft->input->columns[i].flags & HANSA_SUM) != 0;
  if (!sums)
    return;

  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) keep = g_array_new (FALSE, FALSE, sizeof (guint64));
  for (guint64 row = 0; row < hansa_draft_rows (draft); row++)
    if (g_hash_table_add (seen, key_of (draft, row)))
      g_array_append_val (keep, row);
  g_autoptr (HansaDraft) kept
      = hansa_draft_pick (draft, (const guint64 *)(void *)keep->data, keep->len);
  GArray *cells = draft->cells;
  draft->cells = kept->cells;
  kept->cells = cells;
}

static void
build_cell (HansaTableBuilder *builder, const HansaDraft *draft, gsize row, guint column)
{
  const HansaDraftCell *cell = hansa_draft_cell (draft, row, column);

  if (!cell->present)
    return;
  switch (draft->input->columns[column].type)
    {
    case HANSA_REAL:
      hansa_table_builder_real (builder, column, cell->as.real);
      break;
    case HANSA_INTEGER:
      hansa_table_builder_integer (builder, column, cell->as.integer);
      break;
    case HANSA_DATE:
      hansa_table_builder_date (builder, column, (gint32)cell->as.integer);
      break;
    default:
      hansa_table_builder_text (builder, column, cell->as.text, strlen (cell->as.text));
      break;
    }
}

HansaSealedTable *
hansa_draft_seal (const HansaDraft *draft, GError **error)
{
  const HansaInput *input = draft->input;
  g_autofree HansaField *fields = g_new0 (HansaField, input->n_columns + 1);

  for (guint i = 0; i < input->n_columns; i++)
    fields[i]
        = (HansaField){ input->columns[i].name, input->columns[i].unit, input->columns[i].type };
  g_autoptr (HansaTableBuilder) builder = hansa_table_builder_new (
      input->name, fields, input->n_columns, hansa_draft_rows (draft), error);
  if (builder == NULL)
    return NULL;
  for (gsize row = 0; row < hansa_draft_rows (draft); row++)
    {
      for (guint i = 0; i < input->n_columns; i++)
        build_cell (builder, draft, row, i);
      if (!hansa_table_builder_end_row (builder, error))
        return NULL;
    }
  return hansa_table_builder_seal (g_steal_pointer (&builder), NULL, error);
}

static char *
quoted (const char *text)
{
  if (strpbrk (text, "\",\r\n") == NULL)
    return g_strdup (text);
  g_auto (GStrv) parts = g_strsplit (text, "\"", -1);
  g_autofree char *doubled = g_strjoinv ("\"\"", parts);
  return g_strdup_printf ("\"%s\"", doubled);
}

static char *
date_text (gint64 days)
{
  g_autoptr (GDateTime) epoch = g_date_time_new_utc (1970, 1, 1, 0, 0, 0.0);
  g_autoptr (GDateTime) day = g_date_time_add_days (epoch, (gint)days);

  return day != NULL ? g_date_time_format (day, "%Y-%m-%d")
                     : g_strdup_printf ("%" G_GINT64_FORMAT, days);
}

char *
hansa_shortest_number (double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.15g", number);
  if (g_ascii_strtod (text, NULL) != number)
    g_ascii_dtostr (text, sizeof text, number);
  return g_strdup (text);
}

char *
hansa_draft_cell_text (const HansaDraft *draft, gsize row, guint column)
{
  const HansaDraftCell *cell = hansa_draft_cell (draft, row, column);

  if (!cell->present)
    return g_strdup ("");
  switch (draft->input->columns[column].type)
    {
    case HANSA_REAL:
      return hansa_shortest_number (cell->as.real);
    case HANSA_INTEGER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, cell->as.integer);
    case HANSA_DATE:
      return date_text (cell->as.integer);
    default:
      return quoted (cell->as.text);
    }
}
