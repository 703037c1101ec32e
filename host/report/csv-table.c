/* SPDX-License-Identifier: MIT
 *
 * A result table as CSV for spreadsheets: RFC 4180, UTF-8 with BOM, one header
 * line of column ids with their units, "value [USD]". A label is two columns
 * (name_en, name_zh). An undefined cell is empty; a column that has any is
 * followed by the reason in words (growth_why_en, growth_why_zh). Texts that a
 * spreadsheet would take for a formula get an apostrophe in front.
 */
#include "base/units.h"
#include "report/report-private.h"

#include <string.h>

typedef struct
{
  GString *out;
  gboolean fresh; /* at the beginning of a record */
} Csv;

static void
add_field (Csv *csv, const char *text)
{
  if (!csv->fresh)
    g_string_append_c (csv->out, ',');
  if (*text == '\0')
    { /* a record is never an empty line */
      g_string_append (csv->out, csv->fresh ? "\"\"" : "");
      csv->fresh = FALSE;
      return;
    }
  csv->fresh = FALSE;
  gsize length = strlen (text);
  if (strpbrk (text, ",\"\r\n") == NULL && text[0] != ' ' && text[length - 1] != ' ')
    {
      g_string_append_len (csv->out, text, (gssize)length);
      return;
    }
  g_string_append_c (csv->out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (csv->out, '"');
      g_string_append_c (csv->out, *p);
    }
  g_string_append_c (csv->out, '"');
}

static void
end_record (Csv *csv)
{
  g_string_append (csv->out, "\r\n");
  csv->fresh = TRUE;
}

/* What spreadsheets read as the beginning of a formula, full width included;
 * leading blanks do not stop them. */
static gboolean
looks_like_formula (const char *text)
{
  static const char *const begins[] = { "=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠" };

  while (*text == ' ' || *text == '\n')
    text++;
  for (gsize i = 0; i < G_N_ELEMENTS (begins); i++)
    if (g_str_has_prefix (text, begins[i]))
      return TRUE;
  return FALSE;
}

static void
add_text (Csv *csv, const char *text)
{
  g_autofree char *safe = NULL;

  if (text == NULL)
    text = "";
  if (looks_like_formula (text))
    {
      safe = g_strconcat ("'", text, NULL);
      text = safe;
    }
  add_field (csv, text);
}

/* ---- header ---------------------------------------------------------------- */

static void
add_name (Csv *csv, GHashTable *taken, const char *id, const char *suffix, const char *unit)
{
  GString *name = g_string_new (id);

  g_string_append (name, suffix);
  while (g_hash_table_contains (taken, name->str))
    g_string_append_c (name, '_');
  g_hash_table_add (taken, g_strdup (name->str));
  if (unit != NULL && *unit != '\0' && !g_str_equal (unit, "1") && !g_str_equal (unit, "rank")
      && !g_str_equal (unit, "year"))
    g_string_append_printf (name, " [%s]", unit);
  add_text (csv, name->str);
  g_string_free (name, TRUE);
}

static gboolean
has_undefined (const HansaResultTable *table, guint column)
{
  gsize n_rows = hansa_result_table_rows (table);

  for (gsize r = 0; table->columns[column].type == HANSA_REAL && r < n_rows; r++)
    {
      const HansaCell *cell = hansa_result_table_cell (table, r, column);
      if (cell->type == HANSA_REAL && cell->reason != HANSA_DEFINED)
        return TRUE;
    }
  return FALSE;
}

static void
add_header (Csv *csv, const HansaResultTable *table, const gboolean *reasons)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  /* Plain columns keep their ids whatever stands before them. */
  for (guint c = 0; c < table->n_columns; c++)
    if (table->columns[c].type != HANSA_LABEL)
      g_hash_table_add (taken, g_strdup (table->columns[c].id));
  for (guint c = 0; c < table->n_columns; c++)
    {
      const HansaResultColumn *column = &table->columns[c];
      if (column->type == HANSA_LABEL)
        {
          add_name (csv, taken, column->id, "_en", NULL);
          add_name (csv, taken, column->id, "_zh", NULL);
          continue;
        }
      g_hash_table_remove (taken, column->id);
      add_name (csv, taken, column->id, "", column->unit);
      if (reasons[c])
        {
          add_name (csv, taken, column->id, "_why_en", NULL);
          add_name (csv, taken, column->id, "_why_zh", NULL);
        }
    }
  end_record (csv);
}

/* ---- cells ----------------------------------------------------------------- */

static void
add_cell (Csv *csv, guint32 type, const HansaCell *cell)
{
  char buffer[HANSA_NUMBER_SIZE];
  g_autofree char *date = NULL;

  switch (cell->type)
    {
    case HANSA_REAL:
      add_field (csv,
                 cell->reason == HANSA_DEFINED ? hansa_number_exact (buffer, cell->as.real) : "");
      break;
    case HANSA_INTEGER:
      g_snprintf (buffer, sizeof buffer, "%" G_GINT64_FORMAT, cell->as.integer);
      add_field (csv, buffer);
      break;
    case HANSA_DATE:
      date = hansa_date_iso (cell->as.integer);
      add_field (csv, date);
      break;
    case HANSA_TEXT:
    case HANSA_LABEL:
      add_text (csv, cell->as.text.en);
      if (type == HANSA_LABEL)
        add_text (csv, cell->as.text.zh);
      break;
    default:
      add_field (csv, "");
      if (type == HANSA_LABEL)
        add_field (csv, "");
    }
}

static void
add_reason (Csv *csv, const HansaCell *cell)
{
  gboolean undefined = cell->type == HANSA_REAL && cell->reason != HANSA_DEFINED;
  HansaText words = hansa_reason_text (cell->reason);

  add_field (csv, undefined ? hansa_text_in (words, HANSA_EN) : "");
  add_field (csv, undefined ? hansa_text_in (words, HANSA_ZH) : "");
}

char *
hansa_report_csv (const HansaResultTable *table)
{
  Csv csv = { g_string_new ("\xEF\xBB\xBF"), TRUE };
  g_autofree gboolean *reasons = g_new0 (gboolean, table->n_columns + 1);
  gsize n_rows = hansa_result_table_rows (table);

  for (guint c = 0; c < table->n_columns; c++)
    reasons[c] = has_undefined (table, c);
  add_header (&csv, table, reasons);
  for (gsize r = 0; r < n_rows; r++)
    {
      for (guint c = 0; c < table->n_columns; c++)
        {
          const HansaCell *cell = hansa_result_table_cell (table, r, c);
          add_cell (&csv, table->columns[c].type, cell);
          if (reasons[c])
            add_reason (&csv, cell);
        }
      end_record (&csv);
    }
  return g_string_free (csv.out, FALSE);
}
