/* SPDX-License-Identifier: MIT
 *
 * The result of one analysis in report.json: tables, charts, findings, notes.
 */
#include "base/units.h"
#include "report/report-private.h"

/* ---- tables ---------------------------------------------------------------- */

static void
emit_cell (HansaEmit *emit, const HansaCell *cell)
{
  const HansaText none = { NULL, NULL };
  g_autofree char *date = NULL;

  switch (cell->type)
    {
    case HANSA_REAL:
      hansa_emit_value (emit, NULL, (HansaValue){ cell->as.real, cell->reason, 0 }, none);
      break;
    case HANSA_INTEGER:
      hansa_emit_integer (emit, NULL, cell->as.integer);
      break;
    case HANSA_DATE:
      date = hansa_date_iso (cell->as.integer);
      hansa_emit_string (emit, NULL, date);
      break;
    case HANSA_TEXT:
      hansa_emit_string (emit, NULL, cell->as.text.en);
      break;
    case HANSA_LABEL:
      hansa_emit_text (emit, NULL, (HansaText){ cell->as.text.en, cell->as.text.zh });
      break;
    default:
      hansa_emit_string (emit, NULL, NULL);
    }
}

static void
emit_columns (HansaEmit *emit, const HansaResultTable *table)
{
  hansa_emit_open (emit, "columns", '[');
  for (guint c = 0; c < table->n_columns; c++)
    {
      const HansaResultColumn *column = &table->columns[c];
      gboolean measured = column->unit != NULL && *column->unit != '\0';
      hansa_emit_open (emit, NULL, '{');
      hansa_emit_string (emit, "id", column->id);
      hansa_emit_text (emit, "title", column->title);
      hansa_emit_string (emit, "type", hansa_type_id (column->type));
      hansa_emit_string (emit, "unit", measured ? column->unit : NULL);
      hansa_emit_unsigned (emit, "decimals", column->decimals);
      hansa_emit_close (emit, '}');
    }
  hansa_emit_close (emit, ']');
}

static void
emit_table (HansaEmit *emit, const HansaRun *run, guint analysis, const HansaResultTable *table)
{
  g_autofree char *csv = hansa_csv_path (run, analysis, table);
  gsize n_rows = hansa_result_table_rows (table);

  hansa_emit_open (emit, NULL, '{');
  hansa_emit_string (emit, "id", table->id);
  hansa_emit_text (emit, "title", table->title);
  hansa_emit_text (emit, "note", table->note);
  hansa_emit_string (emit, "csv", csv);
  emit_columns (emit, table);
  hansa_emit_open (emit, "rows", '[');
  for (gsize r = 0; r < n_rows; r++)
    {
      hansa_emit_open (emit, NULL, '[');
      for (guint c = 0; c < table->n_columns; c++)
        emit_cell (emit, hansa_result_table_cell (table, r, c));
      hansa_emit_close (emit, ']');
    }
  hansa_emit_close (emit, ']');
  hansa_emit_close (emit, '}');
}

/* ---- charts ---------------------------------------------------------------- */

static void
emit_files (HansaEmit *emit, const char *key, char *const files[HANSA_N_LANGUAGES])
{
  hansa_emit_open (emit, key, '{');
  for (guint i = 0; i < HANSA_N_LANGUAGES; i++)
    hansa_emit_string (emit, hansa_language_id ((HansaLanguage)i), files[i]);
  hansa_emit_close (emit, '}');
}

static void
emit_chart_flags (HansaEmit *emit, guint32 flags)
{
  const char *names[4] = { NULL };
  guint n = 0;

  if ((flags & HANSA_SORT_DESCENDING) != 0)
    names[n++] = "sort-descending";
  if ((flags & HANSA_LOG_X) != 0)
    names[n++] = "log-x";
  if ((flags & HANSA_LOG_Y) != 0)
    names[n++] = "log-y";
  hansa_emit_strings (emit, "flags", names);
}

static void
emit_chart (HansaEmit *emit, const HansaDrawnChart *drawn)
{
  const HansaResultChart *chart = drawn->chart;
  const struct
  {
    const char *role;
    const char *column;
  } columns[] = { { "x", chart->x },         { "y", chart->y },     { "group", chart->group },
                  { "label", chart->label }, { "low", chart->low }, { "high", chart->high },
                  { "size", chart->size } };

  hansa_emit_open (emit, NULL, '{');
  hansa_emit_string (emit, "id", chart->id);
  hansa_emit_string (emit, "kind", hansa_chart_kind_id (chart->kind));
  hansa_emit_text (emit, "title", chart->title);
  hansa_emit_text (emit, "note", chart->note);
  hansa_emit_string (emit, "table", chart->table);
  hansa_emit_open (emit, "columns", '{');
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    if (columns[i].column != NULL)
      hansa_emit_string (emit, columns[i].role, columns[i].column);
  hansa_emit_close (emit, '}');
  hansa_emit_string (emit, "highlight", chart->highlight);
  hansa_emit_strings (emit, "x_lines", (const char *const *)chart->x_lines);
  hansa_emit_strings (emit, "y_lines", (const char *const *)chart->y_lines);
  emit_chart_flags (emit, chart->flags);
  emit_files (emit, "files", drawn->files);
  emit_files (emit, "scripts", drawn->scripts);
  hansa_emit_string (emit, "problem", drawn->problem);
  hansa_emit_close (emit, '}');
}

/* ---- findings, notes ------------------------------------------------------- */

static void
emit_finding (HansaEmit *emit, const HansaResult *result, const HansaResultFinding *finding)
{
  g_autofree char *en = hansa_finding_sentence (result, finding, HANSA_EN);
  g_autofree char *zh = hansa_finding_sentence (result, finding, HANSA_ZH);

  hansa_emit_open (emit, NULL, '{');
  hansa_emit_string (emit, "id", finding->id);
  hansa_emit_string (emit, "severity", hansa_severity_id (finding->severity));
  hansa_emit_string (emit, "metric", finding->metric);
  hansa_emit_text (emit, "sentence", (HansaText){ en, zh });
  hansa_emit_text (emit, "template", finding->text);
  hansa_emit_open (emit, "names", '{');
  for (guint i = 0; i < finding->n_names; i++)
    hansa_emit_text (emit, finding->names[i].id, finding->names[i].text);
  hansa_emit_close (emit, '}');
  hansa_emit_close (emit, '}');
}

static void
emit_note (HansaEmit *emit, const HansaResultNote *note)
{
  hansa_emit_open (emit, NULL, '{');
  hansa_emit_string (emit, "kind", hansa_note_kind_id (note->kind));
  hansa_emit_text (emit, "text", note->text);
  hansa_emit_close (emit, '}');
}

void
hansa_emit_result (HansaEmit *emit, const HansaRun *run, guint analysis, HansaSources *sources)
{
  const HansaAnalysis *owner = g_ptr_array_index (run->analyses, analysis);
  const HansaResult *result = owner->result;

  hansa_emit_open (emit, "findings", '[');
  for (guint i = 0; i < result->findings->len; i++)
    emit_finding (emit, result, g_ptr_array_index (result->findings, i));
  hansa_emit_close (emit, ']');
  hansa_emit_metrics (emit, run, analysis, sources);
  hansa_emit_open (emit, "tables", '[');
  for (guint i = 0; i < result->tables->len; i++)
    emit_table (emit, run, analysis, g_ptr_array_index (result->tables, i));
  hansa_emit_close (emit, ']');
  hansa_emit_open (emit, "charts", '[');
  for (guint i = 0; owner->charts != NULL && i < owner->charts->len; i++)
    emit_chart (emit, g_ptr_array_index (owner->charts, i));
  hansa_emit_close (emit, ']');
  hansa_emit_open (emit, "notes", '[');
  for (guint i = 0; i < result->notes->len; i++)
    emit_note (emit, g_ptr_array_index (result->notes, i));
  hansa_emit_close (emit, ']');
}
