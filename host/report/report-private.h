/* SPDX-License-Identifier: MIT
 *
 * What the parts of the report share.
 *
 * The page is written as XHTML-compatible HTML: every text passes through
 * hansa_markup_escape(), every language stands in an element of class "zh" or
 * "en", and two radio buttons at the top of the body choose which one shows.
 * Ids: an analysis is "SLUG", its parts "SLUG.KIND.ID"; what belongs to no
 * analysis is "top.NAME". A slug holds no point, so the three never meet.
 */
#pragma once

#include "report/report.h"

G_BEGIN_DECLS

#ifndef HANSA_VERSION
#define HANSA_VERSION "unversioned"
#endif

/* ---- words.c: every fixed word, in both languages ------------------------ */

typedef enum
{
  /* page */
  HANSA_WORD_LANGUAGE,
  HANSA_WORD_SYNTHETIC,
  HANSA_WORD_COLON,
  HANSA_WORD_COMMA,
  HANSA_WORD_SEMICOLON,
  HANSA_WORD_STOP,
  HANSA_WORD_DATE,
  HANSA_WORD_DATASET,
  HANSA_WORD_MADE_WITH,
  HANSA_WORD_SUMMARY,
  HANSA_WORD_NO_FINDINGS,
  HANSA_WORD_COUNT_OK,
  HANSA_WORD_COUNT_FAILED,
  HANSA_WORD_FAILED_LIST,
  HANSA_WORD_CONTENTS,
  HANSA_WORD_ANNEX_SOURCES,
  HANSA_WORD_ANNEX_SOURCES_NOTE,
  HANSA_WORD_ANNEX_RECORD,
  HANSA_WORD_ANNEX_RECORD_NOTE,
  HANSA_WORD_VERSION,
  HANSA_WORD_COMMAND,
  HANSA_WORD_SEED,
  HANSA_WORD_ENGINE,
  HANSA_WORD_GNUPLOT,
  HANSA_WORD_NONE,
  HANSA_WORD_OTHER_FILES,
  /* analysis */
  HANSA_WORD_FINDINGS,
  HANSA_WORD_CONCERN,
  HANSA_WORD_NOTABLE,
  HANSA_WORD_INFO,
  HANSA_WORD_NOT_ENDED,
  HANSA_WORD_OUTPUT,
  HANSA_WORD_LOG,
  HANSA_WORD_WARNINGS,
  HANSA_WORD_CHARTS,
  HANSA_WORD_FIGURE,
  HANSA_WORD_PICTURE,
  HANSA_WORD_SCRIPT,
  HANSA_WORD_NOT_DRAWN,
  HANSA_WORD_CHART_PROBLEM,
  HANSA_WORD_METHOD,
  HANSA_WORD_DROPPED,
  HANSA_WORD_PARAMETERS,
  HANSA_WORD_PARAMETER,
  HANSA_WORD_VALUE,
  HANSA_WORD_ORIGIN,
  HANSA_WORD_ORIGIN_DEFAULT,
  HANSA_WORD_ORIGIN_DATASET,
  HANSA_WORD_ORIGIN_SET,
  HANSA_WORD_UNSET,
  HANSA_WORD_YES,
  HANSA_WORD_NO,
  HANSA_WORD_INPUTS,
  HANSA_WORD_INPUT_ROWS,
  HANSA_WORD_INPUT_FILE,
  HANSA_WORD_INPUT_NOT_READ,
  HANSA_WORD_INPUT_QUERY,
  HANSA_WORD_COVERAGE,
  HANSA_WORD_COVERAGE_SEE,
  HANSA_WORD_PLUGIN,
  HANSA_WORD_LICENCE,
  HANSA_WORD_CITATION,
  HANSA_WORD_LAYERS,
  /* metrics and tables */
  HANSA_WORD_METRICS,
  HANSA_WORD_METRIC,
  HANSA_WORD_INTERVAL,
  HANSA_WORD_INTERVAL_LEVEL,
  HANSA_WORD_INTERVAL_RANGE,
  HANSA_WORD_VARIANT,
  HANSA_WORD_TABLES,
  HANSA_WORD_TABLE,
  HANSA_WORD_TABLE_ROWS,
  HANSA_WORD_TABLE_CUT,
  HANSA_WORD_TABLE_PAPER,
  HANSA_WORD_TABLE_EMPTY,
  HANSA_WORD_MISSING_NOTE,
  /* traces */
  HANSA_WORD_TRACES,
  HANSA_WORD_TRACES_PAPER,
  HANSA_WORD_TRACE,
  HANSA_WORD_TRACE_RESULT,
  HANSA_WORD_TRACE_ROW,
  HANSA_WORD_TRACE_ROW_BEYOND,
  HANSA_WORD_TRACE_INPUT,
  HANSA_WORD_TRACE_ALL,
  HANSA_WORD_TRACE_SOME,
  HANSA_WORD_TRACE_FILE,
  HANSA_WORD_TRACE_LINES,
  HANSA_WORD_TRACE_LINES_MORE,
  HANSA_WORD_TRACE_SAME,
  HANSA_WORD_TRACE_NO_LINES,
  HANSA_WORD_TRACE_NONE,
  HANSA_WORD_TRACE_LINE,
  HANSA_WORD_TRACE_MORE,
  HANSA_WORD_TRACE_SOURCES,
  HANSA_WORD_TRACE_UNKNOWN_SOURCE,
  HANSA_N_WORDS
} HansaWord;

HansaText hansa_word (HansaWord word);
/* The word with {0}, {1}, ... replaced; (transfer full). */
char *hansa_word_fill (HansaWord word, HansaLanguage language, const HansaText *args, guint n_args);
HansaText hansa_severity_text (guint32 severity);
const char *hansa_severity_id (guint32 severity);
/* Stable ids for JSON: "too-few", "base-not-positive", ... */
const char *hansa_reason_id (guint32 reason);
const char *hansa_chart_kind_id (guint32 kind);
const char *hansa_note_kind_id (guint32 kind);
/* "一" to "九十九", digits beyond; (transfer full). */
char *hansa_chinese_number (guint number);
/* "2018年7月1日", "1 July 2018" from ISO 8601; as it is when it is none. */
char *hansa_date_words (const char *iso, HansaLanguage language);
/* "2018-07-01"; (transfer full). */
char *hansa_date_iso (gint64 days);
/* Shortest decimal that reads back as the same double. */
#define HANSA_NUMBER_SIZE 40
const char *hansa_number_exact (char buffer[HANSA_NUMBER_SIZE], double number);

/* ---- facts about a run (facts.c) ------------------------------------------ */

HansaText hansa_analysis_title (const HansaAnalysis *analysis);
gboolean hansa_analysis_ok (const HansaAnalysis *analysis);
/* The sealed table of input i, or NULL. */
HansaSealedTable *hansa_analysis_input (const HansaAnalysis *analysis, guint i);
/* "default", "dataset", "set" or "unset". */
const char *hansa_param_origin (const HansaRun *run, const HansaAnalysis *analysis,
                                const HansaParam *param, const HansaParamValue *value);
/* The resource of that name, or NULL. */
const HansaResource *hansa_run_resource (const HansaRun *run, const char *name);
/* The resource that stands behind an input: by lineage, else by table name. */
const HansaResource *hansa_input_resource (const HansaRun *run, const HansaInput *input,
                                           HansaSealedTable *table);
/* Row of the table whose key (first column) reads `key`; FALSE when none. */
gboolean hansa_result_table_find (const HansaResultTable *table, const char *key, gsize *row);
/* The median magnitude of the numbers in a column that are not zero: by it the
 * display unit is chosen, so that one large total does not make the rest 0.00. */
double hansa_result_column_typical (const HansaResultTable *table, guint column);
/* "tables/PLUGIN.TABLE.csv", safe as a file name; (transfer full). */
char *hansa_csv_path (const HansaRun *run, guint analysis, const HansaResultTable *table);
/* Letters, digits, hyphens and underscores; (transfer full). */
char *hansa_slug (const char *text);
/* The slug of analysis i, unique in the run; (transfer full). */
char *hansa_analysis_slug (const HansaRun *run, guint i);

/* ---- trace.c: which lines of which file a metric rests on ------------------ */

#define HANSA_TRACE_LINES 1000 /* listed at most */

typedef struct
{
  const HansaInput *input;       /* as declared; NULL: the metric names none */
  HansaSealedTable *table;       /* NULL when it was not read; not owned */
  const HansaResource *resource; /* NULL when unknown */
  const char *path;              /* of the file; NULL when an engine made the table */
  gboolean all;                  /* all rows of the input */
  guint64 n_rows;
  GArray *rows; /* guint64, the first HANSA_TRACE_LINES */
  guint64 n_lines;
  GArray *lines; /* guint32, rising, the first HANSA_TRACE_LINES */
} HansaTrace;

HansaTrace *hansa_trace_new (const HansaRun *run, const HansaAnalysis *analysis,
                             const HansaResultMetric *metric);
void hansa_trace_free (HansaTrace *trace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaTrace, hansa_trace_free)
/* Equal keys: the same lines; (transfer full), NULL when there is no input. */
char *hansa_trace_key (const HansaTrace *trace);
/* "12–14, 46"; (transfer full). */
char *hansa_line_ranges (const GArray *lines, guint limit);

/* The dataset's table of sources, and which of them a report cites. */
typedef struct
{
  const char *id;
  const char *title;
  const char *url; /* "" when none; http and https only */
} HansaSource;

typedef struct HansaSources HansaSources;
HansaSources *hansa_sources_new (const HansaRun *run);
void hansa_sources_free (HansaSources *sources);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaSources, hansa_sources_free)
const HansaSource *hansa_sources_find (HansaSources *sources, const char *id);
/* A raw line, header names and texts in turn; read once; NULL when it cannot. */
const char *const *hansa_sources_raw (HansaSources *sources, const HansaTrace *trace, guint32 line);
/* Adds the source ids of a line to `ids` (char *), each once, and notes them as cited. */
void hansa_sources_of_line (HansaSources *sources, const HansaTrace *trace, guint32 line,
                            GPtrArray *ids);
/* Ids cited so far, sorted; (transfer container). */
GPtrArray *hansa_sources_cited (HansaSources *sources);

/* ---- markup.c ------------------------------------------------------------- */

typedef struct
{
  const HansaRun *run;
  const char *folder;
  GString *out;
  HansaSources *sources;
  GPtrArray *slugs;    /* of the analyses */
  GHashTable *covered; /* resource name: id of the place that says its coverage */
} HansaPage;

void hansa_markup_escape (GString *out, const char *text);
void hansa_page_raw (HansaPage *page, const char *markup);
/* Formatted markup without any text of others in it. */
void hansa_page_printf (HansaPage *page, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* A text in one language, kept from running into its surroundings. */
void hansa_page_data (HansaPage *page, const char *text);
/* The same, cut to about `limit` characters. */
void hansa_page_data_cut (HansaPage *page, const char *text, glong limit);
/* A text in both languages. */
void hansa_page_text (HansaPage *page, HansaText text);
void hansa_page_word (HansaPage *page, HansaWord word);
void hansa_page_fill (HansaPage *page, HansaWord word, const HansaText *args, guint n_args);
#define hansa_page_say(page_, word_, ...)                                                          \
  hansa_page_fill (page_, word_, (const HansaText[]){ __VA_ARGS__ },                               \
                   sizeof ((const HansaText[]){ __VA_ARGS__ }) / sizeof (HansaText))
/* <tag class="zh" lang="zh-CN">, and so on; the other language's part follows. */
void hansa_page_open_in (HansaPage *page, const char *tag, HansaLanguage language);
/* Id of a part; (transfer full). */
char *hansa_page_id (const HansaPage *page, guint analysis, const char *kind, const char *id);
static inline HansaText
hansa_same (const char *text)
{
  return (HansaText){ text, text };
}

/* ---- parts of the page ---------------------------------------------------- */

void hansa_page_sentence (HansaPage *page, guint analysis, const HansaResultFinding *finding);
void hansa_page_analysis (HansaPage *page, guint analysis);
/* Data sources, and the record of the run. */
void hansa_page_annexes (HansaPage *page);
void hansa_page_inputs (HansaPage *page, guint analysis);
void hansa_page_parameters (HansaPage *page, guint analysis);
void hansa_page_metrics (HansaPage *page, guint analysis);
void hansa_page_traces (HansaPage *page, guint analysis);
/* How readers call a row: by its key, or, where that is for programs, by the
 * words after it; "" when there are none. (transfer full) */
char *hansa_row_name (const HansaResultTable *table, gsize row, HansaLanguage language);
void hansa_page_table (HansaPage *page, guint analysis, guint number);
void hansa_page_trace (HansaPage *page, guint analysis, const HansaResultMetric *metric,
                       GHashTable *seen);

/* ---- JSON (emit.c): objects whose members stand in the order written ------- */

typedef struct
{
  GString *out;
  guint depth;
  gboolean fresh; /* nothing in this container yet */
} HansaEmit;

/* `key` is NULL in arrays and at the top. */
void hansa_emit_open (HansaEmit *emit, const char *key, char bracket);
void hansa_emit_close (HansaEmit *emit, char bracket);
void hansa_emit_string (HansaEmit *emit, const char *key, const char *text); /* NULL: null */
void hansa_emit_number (HansaEmit *emit, const char *key, double number);
void hansa_emit_integer (HansaEmit *emit, const char *key, gint64 number);
void hansa_emit_unsigned (HansaEmit *emit, const char *key, guint64 number);
void hansa_emit_boolean (HansaEmit *emit, const char *key, gboolean truth);
void hansa_emit_text (HansaEmit *emit, const char *key, HansaText text); /* empty: null */
void hansa_emit_strings (HansaEmit *emit, const char *key, const char *const *texts);
/* A number, or {"undefined": reason, "why": words}. */
void hansa_emit_value (HansaEmit *emit, const char *key, HansaValue value, HansaText why);

/* ---- parts of report.json and run.json ------------------------------------- */

/* json-result.c: what the result of an analysis gives. */
void hansa_emit_result (HansaEmit *emit, const HansaRun *run, guint analysis,
                        HansaSources *sources);
void hansa_emit_metrics (HansaEmit *emit, const HansaRun *run, guint analysis,
                         HansaSources *sources);
void hansa_emit_params (HansaEmit *emit, const HansaRun *run, const HansaAnalysis *analysis);

G_END_DECLS
