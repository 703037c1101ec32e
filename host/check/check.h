/* SPDX-License-Identifier: MIT
 *
 * The conformance suite for plugins: tests that each run the plugin in workers
 * of its own, and faults, which name what is wrong and the smallest tables that
 * show it. docs/plugin-check.md says what each test holds a plugin to.
 */
#pragma once

#include "check/draft.h"
#include "plugin/probe.h"

G_BEGIN_DECLS

/* What a plugin is tried on: tables and parameters. */
typedef struct
{
  char *name;        /* "case by-hand", "empty", ... in the user's language */
  GPtrArray *drafts; /* HansaDraft by input; NULL entry: an optional table is absent */
  GArray *params;    /* HansaParamValue; NULL: a default breaks its own bounds */
  gboolean plain;    /* an everyday dataset: no shape that is odd on purpose */
  gboolean ascii;    /* generated without a Chinese character */
} HansaSubject;

HansaSubject *hansa_subject_new (const char *name);
HansaSubject *hansa_subject_copy (const HansaSubject *subject); /* drafts too */
void hansa_subject_free (HansaSubject *subject);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaSubject, hansa_subject_free)

/* One run of the plugin. */
typedef struct
{
  HansaEnd end;
  char *detail;        /* "" when ok */
  HansaResult *result; /* NULL unless ok */
  HansaWatch *watch;   /* may be NULL */
} HansaTrial;

void hansa_trial_free (HansaTrial *trial);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaTrial, hansa_trial_free)

typedef struct
{
  const char *test;
  gboolean warning;       /* suspicious; not wrong for certain */
  char *message;          /* what is wrong, and where */
  HansaSubject *smallest; /* tables that show it, as small as they could be made; may be NULL */
  char *kept;             /* folder that they were written to; may be NULL */
} HansaFault;

void hansa_fault_free (HansaFault *fault);

typedef struct
{
  char *plugin; /* path */
  char *cases;  /* folder of cases; NULL: none found */
  char *only;   /* id of the one test that runs; NULL: all */
  char *keep;   /* folder for the tables of faults; NULL: nowhere */
  guint64 seed;
  gboolean thorough;
  double seconds; /* limit of one run */
} HansaCheckOptions;

/* Whether two equal runs give one result. */
typedef enum
{
  HANSA_NOT_KNOWN,
  HANSA_STEADY,
  HANSA_UNSTEADY
} HansaSteadiness;

/* How one test went. */
typedef struct
{
  const char *id;
  const char *title;  /* untranslated */
  const char *advice; /* untranslated: what to do when it fails */
  char *skipped;      /* why it was not run; NULL: it was */
  guint n_runs;
  guint n_errors, n_warnings;
  double seconds;
} HansaVerdict;

typedef struct
{
  HansaCheckOptions options;
  HansaDescription *description; /* NULL: it could not be loaded */
  HansaNote note;
  GRand *random;
  GStringChunk *text;  /* texts of all drafts */
  GPtrArray *cases;    /* HansaSubject of cases that end well, in order of name */
  GPtrArray *subjects; /* HansaSubject: cases, then generated ones */
  GPtrArray *answers;  /* HansaTrial of each subject, guarded; NULL entry: not yet */
  GPtrArray *faults;   /* HansaFault */
  GArray *verdicts;    /* HansaVerdict */
  HansaVerdict *now;   /* of the test that runs */
  HansaSteadiness steady;
  GHashTable *said;                                  /* messages, so that none is said twice */
  gboolean *column_read, *table_asked, *param_asked; /* ever; columns of all inputs in a row */
} HansaCheck;

/* Runs the suite. NULL with HANSA_EXIT_USAGE when the options are wrong, or
 * HANSA_EXIT_SETUP; a plugin that fails is no error but has faults. */
HansaCheck *hansa_check_run (const HansaCheckOptions *options, GError **error);
void hansa_check_free (HansaCheck *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaCheck, hansa_check_free)

/* Whether a fault is more than a warning. */
gboolean hansa_check_failed (const HansaCheck *check);
/* Ids of the tests, in order; NULL-terminated. (transfer container) */
const char **hansa_check_tests (void);

/* ---- trying (trial.c) ----------------------------------------------------- */

/* One worker, one run; `probe` may be NULL. Never NULL. */
HansaTrial *hansa_check_try (HansaCheck *check, const HansaSubject *subject,
                             const HansaProbe *probe);
/* The subject's guarded run, made once. (transfer none) */
const HansaTrial *hansa_check_answer (HansaCheck *check, guint subject);
extern const HansaProbe hansa_probe_guarded;

/* Whether two equal runs give one result; if not, the test at hand is skipped. */
gboolean hansa_check_is_steady (HansaCheck *check);

void hansa_check_fault (HansaCheck *check, gboolean warning, const HansaSubject *smallest,
                        const char *format, ...) G_GNUC_PRINTF (4, 5);

/* ---- comparing (compare.c) ------------------------------------------------ */

/* Where `row` of the second result's input lay in the first's; NULL: there too. */
typedef struct
{
  const char *input;
  const guint64 *rows;
} HansaRowMap;

/* The first thing in which two results differ, in words; NULL: none. Numbers
 * may differ by `tolerance`, relatively. `maps` (may be NULL) ends with a NULL
 * input. */
char *hansa_results_differ (const HansaResult *a, const HansaResult *b, double tolerance,
                            const HansaRowMap *maps);

/* What a unit measures when that can be had twice as much of: "USD", "persons",
 * "ties"; NULL for ratios, ranks, times and what is not known. */
const char *hansa_amount_dimension (const char *unit);

/* ---- shrinking (shrink.c) ------------------------------------------------- */

/* Whether the subject still shows the fault. */
typedef gboolean (*HansaShows) (HansaCheck *check, const HansaSubject *subject, gpointer data);

/* The subject, with fewer rows and simpler cells, for which `shows` still
 * holds. (transfer full) */
HansaSubject *hansa_check_shrink (HansaCheck *check, const HansaSubject *subject, HansaShows shows,
                                  gpointer data);

/* ---- subjects (generate.c, cases.c) --------------------------------------- */

void hansa_check_generate (HansaCheck *check);
/* Every case of options.cases that ends well; others have no tables to share. */
void hansa_check_collect_cases (HansaCheck *check);

/* ---- imports (imports.c) -------------------------------------------------- */

/* Functions that the plugin takes from libc, of those given (NULL-terminated);
 * "time(), rand()", or NULL for none. (transfer full) */
char *hansa_check_imports (const char *path, const char *const *functions);

/* ---- the tests ------------------------------------------------------------- */

void hansa_check_abi (HansaCheck *check);
void hansa_check_texts (HansaCheck *check);
void hansa_check_cases (HansaCheck *check);
void hansa_check_answers (HansaCheck *check);
void hansa_check_memory (HansaCheck *check);
void hansa_check_leaks (HansaCheck *check);
void hansa_check_repeat (HansaCheck *check);
void hansa_check_clock (HansaCheck *check);
void hansa_check_locale (HansaCheck *check);
void hansa_check_order (HansaCheck *check);
void hansa_check_use (HansaCheck *check);
void hansa_check_units (HansaCheck *check);
void hansa_check_evidence (HansaCheck *check);
void hansa_check_dropped (HansaCheck *check);

G_END_DECLS
