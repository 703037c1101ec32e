/* SPDX-License-Identifier: MIT
 *
 * Driving the real `hansa` from a test: a folder of its own, copies of the real
 * datasets with one thing changed, a run with its output captured.
 */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

typedef struct
{
  int exit_code; /* 128 + signal when killed */
  char *out;
  char *err;
} Outcome;

void outcome_clear (Outcome *outcome);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

/* A new empty folder, removed by folder_remove(). */
char *folder_new (void);
void folder_remove (char *folder);

/* Whether scripts/memcheck runs this: Valgrind knows no Landlock. */
gboolean under_valgrind (void);

/* Runs hansa with these arguments (NULL-terminated list) in `folder`. */
Outcome run_hansa (const char *folder, ...) G_GNUC_NULL_TERMINATED;
/* The same with more environment: NULL-terminated "NAME=VALUE" in `env`. */
Outcome run_hansa_env (const char *folder, char **env, ...) G_GNUC_NULL_TERMINATED;
/* Starts it and returns its process id. */
GPid start_hansa (const char *folder, ...) G_GNUC_NULL_TERMINATED;

/* Copies datasets/NAME to FOLDER/data; (transfer full) path. */
char *copy_dataset (const char *folder, const char *name);
/* Replaces the first `old` in DATASET/FILE by `new`; the test fails without one. */
void edit_file (const char *dataset, const char *file, const char *old, const char *new);
void write_file (const char *folder, const char *file, const char *text);
char *read_file (const char *folder, const char *file);
gboolean exists (const char *folder, const char *file);

/* report.json of a report; (transfer full). */
JsonNode *read_report (const char *report);
/* The analysis of that id in report.json; fails the test when not there. */
JsonObject *find_analysis (JsonNode *report, const char *id);
/* The metric's value; fails the test when undefined or not there. */
double find_metric (JsonObject *analysis, const char *id);

/* Names in the folder that begin with `prefix`. */
guint count_files (const char *folder, const char *prefix);
