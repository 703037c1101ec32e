/* SPDX-License-Identifier: MIT
 *
 * A result table as a reader sees it: in display units, at most
 * TABLE_ROWS_SHOWN rows, undefined cells with a mark that the foot explains.
 */
#include "base/units.h"
#include "report/report-private.h"

#define TABLE_ROWS_SHOWN 200
#define TABLE_ROWS_OPEN 40   /* longer ones are folded on the screen */
#define TABLE_ROWS_LOW 16    /* longer ones scroll in a frame */
#define TABLE_ROWS_PAPER 100 /* longer ones are not printed */
#define COLUMNS_WIDE 9       /* more of them are printed smaller */
#define COLUMNS_WIDER 13
#define CELL_CHARACTERS 300

typedef struct
{
  HansaPage *page;
  guint analysis;
  const HansaResultTable *table;
  HansaDisplayUnit *units; /* [column * HANSA_N_LANGUAGES + language] */
  GArray *reasons;         /* guint32, in order of appearance */
  gboolean has_missing;
} TableView;

static gboolean
is_numeric (const HansaResultColumn *column)
{
  return column->type == HANSA_REAL || column->type == HANSA_INTEGER;
}

static const HansaDisplayUnit *
unit_of (const TableView *view, guint column, HansaLanguage language)
{
  return &view->units[column * HANSA_N_LANGUAGES + (guint)language];
}

static void
choose_units (TableView *view)
{
  const HansaResultTable *table = view->table;

  view->units = g_new0 (HansaDisplayUnit, table->n_columns * HANSA_N_LANGUAGES);
  for (guint c = 0; c < table->n_columns; c++)
    {
      double typical
          = is_numeric (&table->columns[c]) ? hansa_result_column_typical (table, c) : 0.0;
      for (guint l = 0; l < HANSA_N_LANGUAGES; l++)
        {
          HansaDisplayUnit *unit = &view->units[c * HANSA_N_LANGUAGES + l];
          *unit = is_numeric (&table->columns[c])
                      ? hansa_unit_display (table->columns[c].unit, typical, (HansaLanguage)l)
                      : (HansaDisplayUnit){ 1.0, "" };
        }
    }
}

static char *
number_text (const TableView *view, guint column, double number, HansaLanguage language)
{
  const HansaResultColumn *declared = &view->table->columns[column];
  const HansaDisplayUnit *unit = unit_of (view, column, language);
  guint decimals = declared->type == HANSA_REAL ? declared->decimals : 0;

  if (g_strcmp0 (declared->unit, "year") == 0)
    return g_strdup_printf ("%.0f", number); /* stands without grouping */
  if (declared->type == HANSA_INTEGER && unit->scale != 1.0)
    decimals = 2;
  return hansa_format_plain (number / unit->scale, decimals);
}

/* "a" for the first reason of the table, and so on. */
static char
mark_of (TableView *view, guint32 reason)
{
  guint i;

  for (i = 0; i < view->reasons->len; i++)
    if (g_array_index (view->reasons, guint32, i) == reason)
      return (char)('a' + i);
  g_array_append_val (view->reasons, reason);
  return (char)('a' + MIN (i, 25u));
}

static void
add_number (TableView *view, guint column, double number)
{
  g_autofree char *en = number_text (view, column, number, HANSA_EN);
  g_autofree char *zh = number_text (view, column, number, HANSA_ZH);

  if (g_str_equal (en, zh))
    hansa_page_raw (view->page, zh); /* digits and signs only */
  else
    hansa_page_text (view->page, (HansaText){ en, zh });
}

static void
add_cell (TableView *view, gsize row, guint column)
{
  const HansaCell *cell = hansa_result_table_cell (view->table, row, column);
  HansaPage *page = view->page;
  g_autofree char *date = NULL;

  switch (cell->type)
    {
    case HANSA_REAL:
      if (cell->reason == HANSA_DEFINED)
        add_number (view, column, cell->as.real);
      else
        hansa_page_printf (page, "—<sup>%c</sup>", mark_of (view, cell->reason));
      break;
    case HANSA_INTEGER:
      add_number (view, column, (double)cell->as.integer);
      break;
    case HANSA_DATE:
      date = hansa_date_iso (cell->as.integer);
      hansa_page_raw (page, date);
      break;
    case HANSA_TEXT:
      hansa_page_data_cut (page, cell->as.text.en, CELL_CHARACTERS);
      break;
    case HANSA_LABEL:
      hansa_page_text (page, (HansaText){ cell->as.text.en, cell->as.text.zh });
      break;
    default:
      view->has_missing = TRUE;
      hansa_page_raw (page, "—");
    }
}

/* A first column of the id "key" only tells rows apart, for programs: readers
 * know them by the columns that follow. */
static guint
first_shown (const HansaResultTable *table)
{
  return table->n_columns > 1 && g_str_equal (table->columns[0].id, "key") ? 1 : 0;
}

static gboolean
is_words (const HansaCell *cell)
{
  return cell->type == HANSA_TEXT || cell->type == HANSA_LABEL;
}

char *
hansa_row_name (const HansaResultTable *table, gsize row, HansaLanguage language)
{
  guint first = first_shown (table);
  guint n = first > 0 ? 2 : 1; /* two names tell any row of a cross table */
  GString *name = g_string_new (NULL);

  for (guint c = first; c < MIN (first + n, table->n_columns); c++)
    {
      const HansaCell *cell = hansa_result_table_cell (table, row, c);
      if (!is_words (cell))
        break;
      HansaText text = { cell->as.text.en, cell->as.text.zh };
      g_string_append_printf (name, "%s%s", name->len > 0 ? " / " : "",
                              hansa_text_in (text, language));
    }
  return g_string_free (name, FALSE);
}

static void
add_header (const TableView *view)
{
  HansaPage *page = view->page;
  guint first = first_shown (view->table);

  hansa_page_raw (page, "<thead><tr>");
  for (guint c = first; c < view->table->n_columns; c++)
    {
      const HansaResultColumn *column = &view->table->columns[c];
      hansa_page_raw (page, is_numeric (column) && c > first ? "<th scope=\"col\" class=\"num\">"
                                                             : "<th scope=\"col\">");
      hansa_page_text (page, column->title);
      const char *en = unit_of (view, c, HANSA_EN)->title;
      const char *zh = unit_of (view, c, HANSA_ZH)->title;
      if (*en != '\0' || *zh != '\0')
        {
          hansa_page_raw (page, " <small class=\"unit\">");
          hansa_page_text (page, (HansaText){ en, zh });
          hansa_page_raw (page, "</small>");
        }
      hansa_page_raw (page, "</th>");
    }
  hansa_page_raw (page, "</tr></thead>\n");
}

static void
add_rows (TableView *view, const char *id)
{
  gsize n_rows = MIN (hansa_result_table_rows (view->table), TABLE_ROWS_SHOWN);
  HansaPage *page = view->page;
  guint first = first_shown (view->table);

  hansa_page_raw (page, "<tbody>\n");
  for (gsize r = 0; r < n_rows; r++)
    {
      hansa_page_printf (page, "<tr id=\"%s.%" G_GSIZE_FORMAT "\">", id, r + 1);
      for (guint c = first; c < view->table->n_columns; c++)
        {
          hansa_page_raw (page, c == first                                   ? "<th scope=\"row\">"
                                : is_numeric (&view->table->columns[c])      ? "<td class=\"num\">"
                                : view->table->columns[c].type == HANSA_DATE ? "<td class=\"date\">"
                                                                             : "<td>");
          add_cell (view, r, c);
          hansa_page_raw (page, c == first ? "</th>" : "</td>");
        }
      hansa_page_raw (page, "</tr>\n");
    }
  hansa_page_raw (page, "</tbody>");
}

static void
add_foot (const TableView *view, gsize n_rows, const char *csv)
{
  HansaPage *page = view->page;

  hansa_page_raw (page, "<p class=\"foot\">");
  if (*hansa_text_in (view->table->note, page->run->language) != '\0')
    {
      hansa_page_text (page, view->table->note);
      hansa_page_raw (page, " ");
    }
  for (guint i = 0; i < view->reasons->len; i++)
    {
      guint32 reason = g_array_index (view->reasons, guint32, i);
      hansa_page_printf (page, "<sup>%c</sup> ", (char)('a' + MIN (i, 25u)));
      hansa_page_text (page, hansa_reason_text (reason));
      hansa_page_word (page, i + 1 < view->reasons->len ? HANSA_WORD_SEMICOLON : HANSA_WORD_STOP);
      hansa_page_raw (page, " ");
    }
  if (view->has_missing)
    {
      hansa_page_word (page, HANSA_WORD_MISSING_NOTE);
      hansa_page_raw (page, " ");
    }
  if (n_rows > TABLE_ROWS_SHOWN)
    {
      g_autofree char *all = g_strdup_printf ("%" G_GSIZE_FORMAT, n_rows);
      hansa_page_say (page, HANSA_WORD_TABLE_CUT, hansa_same (G_STRINGIFY (TABLE_ROWS_SHOWN)),
                      hansa_same (all));
      hansa_page_raw (page, " ");
    }
  hansa_page_printf (page, "<a%s href=\"%s\">CSV</a></p>\n",
                     n_rows > TABLE_ROWS_SHOWN ? "" : " class=\"file\"", csv);
}

static void
add_caption (HansaPage *page, const char *number, const HansaResultTable *table, gsize n_rows)
{
  g_autofree char *count = g_strdup_printf ("%" G_GSIZE_FORMAT, n_rows);

  hansa_page_raw (page, "<b>");
  hansa_page_say (page, HANSA_WORD_TABLE, hansa_same (number));
  hansa_page_raw (page, "</b>\u2003");
  hansa_page_text (page, table->title);
  if (n_rows > TABLE_ROWS_OPEN)
    {
      hansa_page_raw (page, " <small>");
      hansa_page_say (page, HANSA_WORD_TABLE_ROWS, hansa_same (count));
      hansa_page_raw (page, "</small>");
    }
}

void
hansa_page_table (HansaPage *page, guint analysis, guint number)
{
  const HansaAnalysis *owner = g_ptr_array_index (page->run->analyses, analysis);
  const HansaResultTable *table = g_ptr_array_index (owner->result->tables, number);
  TableView view = { .page = page, .analysis = analysis, .table = table };
  gsize n_rows = hansa_result_table_rows (table);
  gboolean folded = n_rows > TABLE_ROWS_OPEN;
  g_autofree char *id = hansa_page_id (page, analysis, "t", table->id);
  g_autofree char *csv = hansa_csv_path (page->run, analysis, table);
  g_autofree char *label = g_strdup_printf ("%u-%u", analysis + 1, number + 1);

  view.reasons = g_array_new (FALSE, FALSE, sizeof (guint32));
  choose_units (&view);
  hansa_page_printf (page, "<div class=\"result\" id=\"%s\">\n%s", id,
                     folded ? "<details><summary class=\"caption\">" : "<p class=\"caption\">");
  add_caption (page, label, table, n_rows);
  hansa_page_raw (page, folded ? "</summary>\n" : "</p>\n");
  if (n_rows == 0)
    {
      hansa_page_raw (page, "<p>");
      hansa_page_word (page, HANSA_WORD_TABLE_EMPTY);
      hansa_page_raw (page, "</p>\n");
    }
  else
    {
      gboolean printed = n_rows <= TABLE_ROWS_PAPER;
      if (!printed)
        {
          hansa_page_raw (page, "<p class=\"on-paper\">");
          hansa_page_say (page, HANSA_WORD_TABLE_PAPER, hansa_same (csv));
          hansa_page_raw (page, "</p>\n");
        }
      hansa_page_printf (page, "<div class=\"frame%s%s\" tabindex=\"0\"><table class=\"data%s\">\n",
                         n_rows > TABLE_ROWS_LOW ? " long" : "", printed ? "" : " off-paper",
                         table->n_columns > COLUMNS_WIDER  ? " wider"
                         : table->n_columns > COLUMNS_WIDE ? " wide"
                                                           : "");
      add_header (&view);
      add_rows (&view, id);
      hansa_page_raw (page, "</table></div>\n");
    }
  add_foot (&view, n_rows, csv);
  hansa_page_printf (page, "%s</div>\n", folded ? "</details>" : "");
  g_free (view.units);
  g_array_unref (view.reasons);
}
