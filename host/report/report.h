/* SPDX-License-Identifier: MIT
 *
 * The report folder: index.html, report.json, tables/ (CSV), charts/ (pictures
 * with their scripts), run.json. Written to a temporary folder beside the
 * target and put in place by one rename.
 */
#pragma once

#include "chart/chart.h"
#include "dataset/dataset.h"
#include "plugin/supervisor.h"

G_BEGIN_DECLS

/* One chart of one analysis, as drawn. */
typedef struct
{
  const HansaResultChart *chart;
  char *files[HANSA_N_LANGUAGES]; /* relative to the report, "charts/x.zh.svg"; NULL: not drawn */
  char *scripts[HANSA_N_LANGUAGES];
  char *problem; /* why not drawn, or glyphs missing; NULL */
} HansaDrawnChart;

/* One analysis of a run. */
typedef struct
{
  char *id;                      /* plugin id (file name when not known) */
  char *path;                    /* of the plugin */
  char *hash;                    /* SHA-256 of the plugin file */
  HansaDescription *description; /* NULL when it could not be described */
  GArray *params;                /* HansaParamValue, in descriptor order; strings owned */
  GPtrArray *inputs;             /* HansaSealedTable, in descriptor order; NULL entries when
                                  * not read */
  HansaOutcome outcome;
  HansaResult *result; /* NULL unless it ended ok */
  gboolean reused;     /* the result was made by an earlier run */
  GPtrArray *charts;   /* HansaDrawnChart */
} HansaAnalysis;

typedef struct
{
  HansaText title;        /* of the report: the study's, else the dataset's */
  HansaLanguage language; /* the one that opens first */
  HansaDataset *dataset;
  GPtrArray *analyses; /* HansaAnalysis, in the order asked for */
  guint64 seed;
  HansaLimits limits; /* of every worker; all zero: not recorded */
  gboolean png, pdf, monochrome;
  GKeyFile *study;  /* its [map.TABLE] groups are recorded; NULL: none */
  char *gnuplot;    /* version, NULL: none */
  char *engine;     /* version, NULL: none was opened */
  char *created;    /* ISO 8601; from SOURCE_DATE_EPOCH when set */
  char *command;    /* for the record, one line */
  gboolean current; /* the report stood there already, as it would be written */
} HansaRun;

/* The folder in which a report grows, beside `target`; (transfer full). FALSE
 * with HANSA_EXIT_OUTPUT when it cannot be made. Holds charts/ and tables/. */
char *hansa_report_begin (const char *target, GError **error);
/* Writes everything but the charts (already in `folder`), then renames it to
 * `target`, an old report out of the way first. On failure the old one stays. */
gboolean hansa_report_finish (const HansaRun *run, const char *folder, const char *target,
                              GError **error);
/* Removes an unfinished folder. */
void hansa_report_abandon (const char *folder);

/* Parts, each a pure function of the run; (transfer full). */
char *hansa_report_html (const HansaRun *run, const char *folder, GError **error);
char *hansa_report_json (const HansaRun *run);
/* run.json; `folder` holds the chart scripts to hash, NULL: leave their hashes out. */
char *hansa_report_record (const HansaRun *run, const char *folder);
/* UTF-8 with BOM, for spreadsheets. */
char *hansa_report_csv (const HansaResultTable *table);

/* Whether that folder is a report which that command made. */
gboolean hansa_report_is_of (const char *folder, const char *command);

/* Every file of a report folder with its sum, a line each, sorted; NULL when
 * there is no such folder. (transfer full) */
char *hansa_report_list (const char *folder);

G_END_DECLS
