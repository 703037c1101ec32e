/* SPDX-License-Identifier: MIT
 *
 * hansa/plugin.h - the interface between Hansa and an analysis plugin.
 *
 * This header is the specification. A plugin is a shared object that exports
 * one function, hansa_plugin_query(), and carries one read-only ELF section,
 * ".hansa", both made by HANSA_PLUGIN(). It links to libc, libm and the static
 * measures library (hansa/stats.h), and to nothing of the host.
 *
 * An analysis is a pure function: tables and parameters in, a result out. It
 * runs in a process of its own, without files, network, clock or children; a
 * call that tries ends the plugin with "denied". It is entered by one thread,
 * once, and must not make others.
 *
 * Conventions, unless a function says otherwise:
 *   ownership  all that the host hands out lives until run() returns and is
 *              read-only; all that a plugin hands in is copied before the call
 *              returns, descriptor data excepted (see HansaPlugin)
 *   threads    every function is called from the thread that entered run()
 *   text       UTF-8, NUL-terminated; NULL means absent
 *   errors     a call that is given nonsense (unknown column, wrong type,
 *              table not declared) ends the run as "bad result" and says which
 *              call and why; it does not return, so there is nothing to check
 *   units      a unit is a word of the table in docs/reference/units.md
 *   version    everything here is ABI 1.0
 */
#ifndef HANSA_PLUGIN_H
#define HANSA_PLUGIN_H

#include <hansa/value.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A host loads a plugin whose major is its own and whose minor is not above
 * its own. A plugin that defines HANSA_ABI_MINOR before including this header
 * asks for that minor's additions; without it, it asks for the oldest. */
#define HANSA_ABI_MAJOR 1
#ifndef HANSA_ABI_MINOR
#define HANSA_ABI_MINOR 0
#endif

typedef enum HansaStatus {
  HANSA_OK = 0,
  HANSA_ERROR = 1,        /* said with hansa_fail() */
  HANSA_OUT_OF_MEMORY = 2,
  HANSA_CANCELLED = 3     /* after hansa_is_cancelled() answered true */
} HansaStatus;

/* One text in both languages of Hansa. Both are required wherever a
 * descriptor or a result has a HansaText, unless marked optional. */
typedef struct HansaText {
  const char *en;
  const char *zh; /* Simplified Chinese */
} HansaText;

/* ------------------------------------------------------------------------
 * The descriptor: what a plugin is and needs, as data
 * ---------------------------------------------------------------------- */

typedef enum HansaType {
  HANSA_REAL = 1,    /* double */
  HANSA_INTEGER = 2, /* int64_t */
  HANSA_TEXT = 3,    /* UTF-8 */
  HANSA_DATE = 4,    /* int32_t, days since 1970-01-01 */
  HANSA_BOOLEAN = 5, /* parameters only */
  HANSA_CHOICE = 6,  /* parameters only: one of `choices` */
  HANSA_LABEL = 7    /* result columns only: a text in both languages */
} HansaType;

enum {
  HANSA_NULLABLE = 1u << 0, /* column: cells may be missing */
  HANSA_OPTIONAL = 1u << 1, /* column: may be absent, then all cells are missing;
                             * table: may be absent, then it has no rows */
  /* Column: the input is grouped by its other columns and this one is summed
   * (compensated; a missing cell is left out; a group of missing cells is
   * missing). The host does it where the data are, in SQL on an engine. */
  HANSA_SUM = 1u << 2
};

/* One column that a plugin asks for. Order here is the index used in run(). */
typedef struct HansaColumn {
  const char *name; /* of the model table, datasets/model */
  uint32_t type;    /* HANSA_REAL, HANSA_INTEGER, HANSA_TEXT or HANSA_DATE */
  uint32_t flags;   /* HANSA_NULLABLE, HANSA_OPTIONAL, HANSA_SUM */
  const char *unit; /* required for HANSA_REAL; cells arrive in it. "": as they stand,
                     * for tables whose unit another column gives row by row */
  HansaText help;   /* optional */
} HansaColumn;

/* One table that a plugin asks for. */
typedef struct HansaInput {
  const char *name;           /* how run() asks for it; a model table, if no query */
  const HansaColumn *columns;
  uint32_t n_columns;
  uint32_t flags;             /* HANSA_OPTIONAL */
  const char *query;          /* optional: a SELECT over model tables, in the SQL that
                               * DuckDB and PostgreSQL share, that gives the columns in
                               * this order; runs read-only on an engine */
} HansaInput;

typedef struct HansaChoice {
  const char *id;
  HansaText title;
} HansaChoice;

/* One parameter. The host checks type, bounds and choices before run(). */
typedef struct HansaParam {
  const char *id;
  uint32_t type;              /* HANSA_REAL, INTEGER, TEXT, BOOLEAN or CHOICE */
  uint32_t flags;             /* 0 */
  HansaText title;
  HansaText help;
  const char *unit;           /* optional */
  const char *fallback;       /* default, written as on the command line; NULL: the
                               * parameter may stay unset (hansa_param_is_set) */
  double minimum, maximum;    /* inclusive; used when minimum < maximum */
  const HansaChoice *choices; /* HANSA_CHOICE only */
  uint32_t n_choices;
  uint32_t zero;
} HansaParam;

typedef struct HansaJob HansaJob;

/* The descriptor. Constant, static data: it must stay valid and unchanged
 * while the shared object is loaded. `struct_size` says how much of it the
 * plugin's header knew; the host reads what is missing as zero. */
typedef struct HansaPlugin {
  uint32_t struct_size; /* sizeof (HansaPlugin) */
  uint16_t abi_major;
  uint16_t abi_minor;
  const char *id;       /* lower case letters, digits, hyphens; at most 63 bytes */
  const char *version;  /* at most 23 bytes */
  HansaText title;
  HansaText summary;    /* one or two sentences: the question that it answers */
  const char *licence;  /* SPDX */
  const char *citation; /* sources of the method, one a line */
  const char *const *tags; /* NULL-terminated; optional */
  const HansaInput *inputs;
  uint32_t n_inputs;
  uint32_t n_params;
  const HansaParam *params;
  HansaStatus (*run) (HansaJob *job);
} HansaPlugin;

/* What the ELF section ".hansa" holds: enough to list or refuse a file
 * without loading it. Little-endian, packed by construction. */
#define HANSA_NOTE_MAGIC "HansaPlg"
typedef struct HansaNote {
  char magic[8];      /* HANSA_NOTE_MAGIC, no NUL */
  uint32_t note_size; /* sizeof (HansaNote) */
  uint16_t abi_major;
  uint16_t abi_minor;
  char id[64];
  char version[24];
} HansaNote;

/* ------------------------------------------------------------------------
 * Tables that a plugin reads
 * ---------------------------------------------------------------------- */

/* One column of an input table. All cells are in the declared unit. */
typedef struct HansaColumnData {
  const char *name;
  const char *unit;      /* "" for text */
  uint32_t type;
  uint32_t zero;
  const uint64_t *valid; /* bit r set: cell r is present; NULL: all are */
  const void *cells;     /* double, int64_t, int32_t days, or uint32_t offsets
                          * into `heap` for text */
  const char *heap;      /* text only: NUL-terminated strings */
} HansaColumnData;

/* An input table: n_rows by n_columns, columns in declared order, mapped
 * read-only. The order of rows carries no meaning. */
typedef struct HansaTable {
  const char *name;
  uint64_t n_rows;
  uint32_t n_columns;
  uint32_t zero;
  const HansaColumnData *columns;
} HansaTable;

/* ------------------------------------------------------------------------
 * The result: metrics, tables, charts, findings, notes
 * ---------------------------------------------------------------------- */

/* A number that the analysis vouches for. */
typedef struct HansaMetric {
  uint32_t struct_size;
  uint32_t decimals;     /* digits after the point when shown, in `unit` */
  const char *id;        /* lower case, digits, underscore; unique in the result */
  HansaText title;
  HansaValue value;
  const char *unit;      /* "1" for a pure number; one of units.md, else the result is
                          * a bad one */
  const char *variant;   /* formula variant, such as "gini/n2"; optional */
  HansaText why;         /* optional: words for an undefined value, where the
                          * reason's own words do not suffice */
  HansaValue low, high;  /* interval; both undefined: none */
  double level;          /* of the interval, such as 0.95; 0: not known. An interval
                          * and level that are all zero, as when left out: none */
  /* What it rests on, all optional: a result table (and the key of its row),
   * and rows of an input table. */
  const char *table;
  const char *row;
  const char *input;
  const uint64_t *rows;  /* indices into that input; NULL: all of its rows */
  uint64_t n_rows;       /* of `rows`; 0 with an array: on none of them */
  HansaText formula;     /* optional: the variant in words, for readers; programs
                          * read the variant */
} HansaMetric;

/* One column of a result table. */
typedef struct HansaOutColumn {
  const char *id;
  uint32_t type;         /* HANSA_REAL, INTEGER, TEXT, DATE or LABEL */
  uint32_t decimals;     /* when shown; HANSA_REAL only */
  const char *unit;      /* required for HANSA_REAL and HANSA_INTEGER; as of a metric,
                          * or "" where the table has no one unit */
  HansaText title;
} HansaOutColumn;

typedef struct HansaOutTable {
  uint32_t struct_size;
  uint32_t n_columns;
  const char *id;
  HansaText title;
  const HansaOutColumn *columns; /* the first column is the key of the row; with the
                                  * id "key" it is for programs, and no page shows it */
  HansaText note;                /* optional: what a reader must know */
} HansaOutTable;

/* One cell of a result row; make it with the functions below. */
typedef struct HansaCell {
  uint32_t type;      /* HansaType; 0: missing */
  uint32_t reason;    /* HANSA_REAL: why undefined */
  union {
    double real;
    int64_t integer;
    struct {
      const char *en;
      const char *zh;
    } text;
  } as;
} HansaCell;

/* Chart kinds. `x`, `y`, `group`, `label`, `low`, `high` name columns of the
 * chart's table; what each kind does with them: */
typedef enum HansaChartKind {
  HANSA_CHART_BAR = 1,      /* one bar a row: x category, y length, group colours */
  HANSA_CHART_STACKED = 2,  /* x category, group the parts (rows of x), y height */
  HANSA_CHART_LINE = 3,     /* x number or date, y; one line a group */
  HANSA_CHART_SCATTER = 4,  /* x, y numbers; group colours; label names points;
                             * with x_lines and y_lines: a quadrant chart */
  HANSA_CHART_LORENZ = 5,   /* x, y cumulative shares; one curve a group; diagonal */
  HANSA_CHART_HEATMAP = 6,  /* x, y categories; value in `size`, printed in the cell,
                             * and below it, in brackets, `label` */
  HANSA_CHART_SLOPE = 7,    /* x two or more stages, y rank (1 on top); group = line */
  HANSA_CHART_INTERVAL = 8, /* x category, y dot, low to high whisker */
  HANSA_CHART_TIMELINE = 9  /* x date, y category, one mark a row; group colours */
} HansaChartKind;

enum {
  HANSA_SORT_DESCENDING = 1u << 0, /* bars, intervals: by y */
  HANSA_LOG_X = 1u << 1,
  HANSA_LOG_Y = 1u << 2
};

typedef struct HansaChart {
  uint32_t struct_size;
  uint32_t kind;      /* HansaChartKind */
  uint32_t flags;
  uint32_t zero;
  const char *id;
  HansaText title;
  const char *table;  /* result table that it draws */
  const char *x, *y, *group, *label, *low, *high, *size;
  /* What stands out, in the accent colour or in bold, others muted: the value of
   * the cell in `group`; without groups, of the row's key (first column) or of its
   * category (`x`; of a heat map, `y`). NULL, or a value that no row
   * has: nothing does. */
  const char *highlight;
  /* Reference lines: ids of metrics, NULL-terminated, drawn at their value and
   * named by their title; undefined ones are left out. Optional. */
  const char *const *x_lines;
  const char *const *y_lines;
  HansaText note;             /* optional: caption */
} HansaChart;

typedef enum HansaSeverity {
  HANSA_INFO = 1,    /* context */
  HANSA_NOTABLE = 2, /* an answer to the question */
  HANSA_CONCERN = 3  /* an answer that calls for action */
} HansaSeverity;

/* A name that a finding mentions; `{name}` in the text is replaced by it. */
typedef struct HansaName {
  const char *id;
  HansaText text;
} HansaName;

/* A sentence in both languages. `{id}` stands for the metric or name of that
 * id; the host fills it in, in the reader's language and units. `{id:abs}` is
 * the size of that metric without its sign: "fell by {change:abs}". The sentence
 * itself may hold no digit, so it cannot say a number that was not computed. */
typedef struct HansaFinding {
  uint32_t struct_size;
  uint32_t severity;
  const char *id;
  const char *metric;     /* the metric that it rests on; required */
  HansaText text;
  const HansaName *names; /* optional */
  uint32_t n_names;
  uint32_t zero;
} HansaFinding;

typedef enum HansaNoteKind {
  HANSA_NOTE_METHOD = 1,  /* what was computed and how */
  HANSA_NOTE_WARNING = 2, /* small n, ties, doubtful data */
  HANSA_NOTE_DROPPED = 3  /* rows left out, and why */
} HansaNoteKind;

/* ------------------------------------------------------------------------
 * The host, as a plugin sees it
 * ---------------------------------------------------------------------- */

/* Core services; frozen within the major version. Call them through the
 * inline functions below. */
typedef struct HansaHost {
  uint32_t struct_size;
  uint16_t abi_major;
  uint16_t abi_minor;
  const HansaTable *(*table) (HansaJob *job, const char *input);
  const char *(*param_text) (HansaJob *job, const char *id);
  double (*param_number) (HansaJob *job, const char *id);
  int (*param_is_set) (HansaJob *job, const char *id);
  void (*metric) (HansaJob *job, const HansaMetric *metric);
  uint32_t (*out_table) (HansaJob *job, const HansaOutTable *table);
  void (*out_row) (HansaJob *job, uint32_t table, const HansaCell *cells, uint32_t n_cells);
  void (*chart) (HansaJob *job, const HansaChart *chart);
  void (*finding) (HansaJob *job, const HansaFinding *finding);
  void (*note) (HansaJob *job, uint32_t kind, HansaText text);
  HansaStatus (*failure) (HansaJob *job, HansaText message);
  /* An interface by name and major version, or NULL if this host has none. */
  const void *(*service) (HansaJob *job, const char *id);
} HansaHost;

/* A job begins with the host that runs it; the rest is the host's own. */
struct HansaJob {
  const HansaHost *host;
};

/* Seeded random numbers: the same run seed gives the same stream, whatever
 * the machine. Uniform on [0, 1), 53 bits. */
#define HANSA_SERVICE_RANDOM "hansa.random/1"
typedef struct HansaRandomService {
  uint32_t struct_size;
  uint32_t zero;
  double (*uniform) (HansaJob *job);
} HansaRandomService;

/* Progress (0 to 1), cancellation, and lines for the run's log. */
#define HANSA_SERVICE_CONTROL "hansa.control/1"
typedef struct HansaControlService {
  uint32_t struct_size;
  uint32_t zero;
  void (*progress) (HansaJob *job, double done);
  int (*is_cancelled) (HansaJob *job);
  void (*log) (HansaJob *job, const char *line);
} HansaControlService;

/* ------------------------------------------------------------------------
 * Calls
 * ---------------------------------------------------------------------- */

/* The table that answers the input of that name; never NULL. */
static inline const HansaTable *
hansa_table (HansaJob *job, const char *input)
{
  return job->host->table (job, input);
}

static inline size_t
hansa_table_rows (const HansaTable *table)
{
  return (size_t) table->n_rows;
}

static inline bool
hansa_is_present (const HansaTable *table, uint32_t column, size_t row)
{
  const uint64_t *valid = table->columns[column].valid;
  return valid == NULL || ((valid[row >> 6] >> (row & 63)) & 1u) != 0;
}

/* The cells of a column, in declared order; a missing cell holds 0. The type
 * must be the declared one. */
static inline const double *
hansa_reals (const HansaTable *table, uint32_t column)
{
  return (const double *) table->columns[column].cells;
}

static inline const int64_t *
hansa_integers (const HansaTable *table, uint32_t column)
{
  return (const int64_t *) table->columns[column].cells;
}

static inline const int32_t *
hansa_dates (const HansaTable *table, uint32_t column)
{
  return (const int32_t *) table->columns[column].cells;
}

/* A text cell; "" when missing. */
static inline const char *
hansa_text_at (const HansaTable *table, uint32_t column, size_t row)
{
  const HansaColumnData *data = &table->columns[column];
  return data->heap + ((const uint32_t *) data->cells)[row];
}

/* A real cell, or undefined with HANSA_MISSING_INPUT. */
static inline HansaValue
hansa_real_at (const HansaTable *table, uint32_t column, size_t row)
{
  if (!hansa_is_present (table, column, row))
    return hansa_undefined (HANSA_MISSING_INPUT);
  return hansa_value (hansa_reals (table, column)[row]);
}

/* Parameters, already checked. An unset one reads as "", 0 or false. */
static inline bool
hansa_param_is_set (HansaJob *job, const char *id)
{
  return job->host->param_is_set (job, id) != 0;
}

static inline const char *
hansa_param_text (HansaJob *job, const char *id)
{
  return job->host->param_text (job, id);
}

static inline double
hansa_param_real (HansaJob *job, const char *id)
{
  return job->host->param_number (job, id);
}

static inline int64_t
hansa_param_integer (HansaJob *job, const char *id)
{
  return (int64_t) job->host->param_number (job, id);
}

static inline bool
hansa_param_boolean (HansaJob *job, const char *id)
{
  return job->host->param_number (job, id) != 0.0;
}

/* Cells of a result row. */
static inline HansaCell
hansa_cell_missing (void)
{
  HansaCell cell = { 0, 0, { 0 } };
  return cell;
}

static inline HansaCell
hansa_cell_value (HansaValue value)
{
  HansaCell cell = { HANSA_REAL, 0, { 0 } };
  cell.reason = value.reason;
  cell.as.real = value.number;
  return cell;
}

static inline HansaCell
hansa_cell_real (double number)
{
  return hansa_cell_value (hansa_value (number));
}

static inline HansaCell
hansa_cell_integer (int64_t number)
{
  HansaCell cell = { HANSA_INTEGER, 0, { 0 } };
  cell.as.integer = number;
  return cell;
}

static inline HansaCell
hansa_cell_date (int32_t days)
{
  HansaCell cell = { HANSA_DATE, 0, { 0 } };
  cell.as.integer = days;
  return cell;
}

static inline HansaCell
hansa_cell_text (const char *text)
{
  HansaCell cell = { HANSA_TEXT, 0, { 0 } };
  cell.as.text.en = text;
  cell.as.text.zh = text;
  return cell;
}

static inline HansaCell
hansa_cell_label (const char *en, const char *zh)
{
  HansaCell cell = { HANSA_LABEL, 0, { 0 } };
  cell.as.text.en = en;
  cell.as.text.zh = zh;
  return cell;
}

/* Parts of the result: name the members that matter, as in
 *   hansa_metric (job, .id = "gini", .title = { "Gini", "基尼系数" },
 *                 .value = hansa_gini (x, NULL, n), .unit = "1", .decimals = 3);
 * in C in any order, in C++ (from C++20 on) in the order of the struct. Other
 * languages fill the struct and call job->host->metric().
 * hansa_out_table() answers a number for hansa_out_row(), whose cells are
 * given one by one, as many as the table has columns. A text cell of a result
 * row that is NULL is missing. */
#ifndef __cplusplus
#define hansa_metric(job, ...)                                                                     \
  ((job)->host->metric (                                                                           \
      (job), &(HansaMetric){ .struct_size = sizeof (HansaMetric), __VA_ARGS__ }))
#define hansa_out_table(job, ...)                                                                  \
  ((job)->host->out_table (                                                                        \
      (job), &(HansaOutTable){ .struct_size = sizeof (HansaOutTable), __VA_ARGS__ }))
#define hansa_out_row(job, table, ...)                                                             \
  ((job)->host->out_row ((job), (table), (const HansaCell[]){ __VA_ARGS__ },                       \
                         (uint32_t) (sizeof ((const HansaCell[]){ __VA_ARGS__ })                   \
                                     / sizeof (HansaCell))))
#define hansa_chart(job, ...)                                                                      \
  ((job)->host->chart ((job), &(HansaChart){ .struct_size = sizeof (HansaChart), __VA_ARGS__ }))
#define hansa_finding(job, ...)                                                                    \
  ((job)->host->finding ((job),                                                                    \
                         &(HansaFinding){ .struct_size = sizeof (HansaFinding), __VA_ARGS__ }))
#else
extern "C++" {
template <typename Part>
inline const Part *
hansa_address (const Part &part)
{
  return &part; /* of a temporary: good until the call is over */
}

template <typename... Cells>
inline void
hansa_out_row (HansaJob *job, uint32_t table, const Cells &...cells)
{
  const HansaCell row[] = { cells... };
  job->host->out_row (job, table, row, sizeof...(cells));
}
}
#define HANSA_PART(type, ...) hansa_address (type{ .struct_size = sizeof (type), __VA_ARGS__ })
#define hansa_metric(job, ...)                                                                     \
  ((job)->host->metric ((job), HANSA_PART (HansaMetric, __VA_ARGS__)))
#define hansa_out_table(job, ...)                                                                  \
  ((job)->host->out_table ((job), HANSA_PART (HansaOutTable, __VA_ARGS__)))
#define hansa_chart(job, ...) ((job)->host->chart ((job), HANSA_PART (HansaChart, __VA_ARGS__)))
#define hansa_finding(job, ...)                                                                    \
  ((job)->host->finding ((job), HANSA_PART (HansaFinding, __VA_ARGS__)))
#endif

/* A line of method, a warning, or rows dropped; `kind` is a HansaNoteKind. */
static inline void
hansa_note (HansaJob *job, HansaNoteKind kind, const char *en, const char *zh)
{
  HansaText text = { en, zh };
  job->host->note (job, (uint32_t) kind, text);
}

/* Ends the analysis with a message: `return hansa_fail (job, en, zh);` */
static inline HansaStatus
hansa_fail (HansaJob *job, const char *en, const char *zh)
{
  HansaText text = { en, zh };
  return job->host->failure (job, text);
}

/* Uniform on [0, 1), from the run's seed. */
static inline double
hansa_random (HansaJob *job)
{
  const HansaRandomService *random
      = (const HansaRandomService *) job->host->service (job, HANSA_SERVICE_RANDOM);
  return random->uniform (job);
}

static inline void
hansa_progress (HansaJob *job, double done)
{
  const HansaControlService *control
      = (const HansaControlService *) job->host->service (job, HANSA_SERVICE_CONTROL);
  control->progress (job, done);
}

/* True once the run is being stopped: return HANSA_CANCELLED soon. */
static inline bool
hansa_is_cancelled (HansaJob *job)
{
  const HansaControlService *control
      = (const HansaControlService *) job->host->service (job, HANSA_SERVICE_CONTROL);
  return control->is_cancelled (job) != 0;
}

static inline void
hansa_log (HansaJob *job, const char *line)
{
  const HansaControlService *control
      = (const HansaControlService *) job->host->service (job, HANSA_SERVICE_CONTROL);
  control->log (job, line);
}

/* ------------------------------------------------------------------------
 * The way in
 * ---------------------------------------------------------------------- */

#ifdef __cplusplus
#define HANSA_LINKAGE extern "C"
#else
#define HANSA_LINKAGE extern
#endif
#if defined(__GNUC__)
#define HANSA_EXPORT __attribute__ ((visibility ("default")))
#define HANSA_NOTE_SECTION __attribute__ ((section (".hansa"), used, aligned (8)))
#else
#define HANSA_EXPORT
#define HANSA_NOTE_SECTION
#endif

/* Returns the descriptor; the one function that a plugin exports. It does
 * nothing else, and may be called before the sandbox is complete. */
typedef const HansaPlugin *(*HansaPluginQuery) (void);
#define HANSA_PLUGIN_QUERY "hansa_plugin_query"

/* Put once in a plugin, after its descriptor:
 *   static const HansaPlugin plugin = { HANSA_PLUGIN_HEAD ("my-id", "1.0.0"), .title = ... };
 *   HANSA_PLUGIN (plugin, "my-id", "1.0.0")
 */
#define HANSA_PLUGIN_HEAD(id_, version_)                                                           \
  .struct_size = sizeof (HansaPlugin), .abi_major = HANSA_ABI_MAJOR,                               \
  .abi_minor = HANSA_ABI_MINOR, .id = (id_), .version = (version_)

#define HANSA_PLUGIN(descriptor_, id_, version_)                                                   \
  HANSA_NOTE_SECTION static const HansaNote hansa_note_                                            \
      = { { 'H', 'a', 'n', 's', 'a', 'P', 'l', 'g' }, sizeof (HansaNote), HANSA_ABI_MAJOR,         \
          HANSA_ABI_MINOR, id_, version_ };                                                        \
  HANSA_LINKAGE HANSA_EXPORT const HansaPlugin *hansa_plugin_query (void);                         \
  const HansaPlugin *hansa_plugin_query (void) { return &(descriptor_); }

#ifdef __cplusplus
}
#endif

#endif
