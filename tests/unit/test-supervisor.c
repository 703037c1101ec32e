/* SPDX-License-Identifier: MIT
 *
 * Every plugin of the menagerie ends in its own word, and nothing is left of
 * it: no process, no descriptor, no harm to others that run beside it.
 */
#include "dataset/table.h"
#include "plugin/supervisor.h"

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED TRUE
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED TRUE
#endif
#endif
#ifndef SANITIZED
#define SANITIZED FALSE
#endif

static const HansaLimits quick = { (guint64)128 << 20, 1.0, 0.3, (guint64)256 << 20, 64 << 10 };
/* For those that are to end by themselves: a busy machine is no timeout. */
static const HansaLimits patient = { (guint64)128 << 20, 60.0, 0.5, (guint64)256 << 20, 64 << 10 };

static char *
menagerie (const char *name)
{
  const char *folder = g_getenv ("HANSA_MENAGERIE");
  g_autofree char *file = g_strconcat (name, ".so", NULL);

  ck_assert_msg (folder != NULL, "HANSA_MENAGERIE is not set");
  return g_build_filename (folder, file, NULL);
}

static HansaSealedTable *
trade_table (void)
{
  const HansaField fields[] = { { "region", "", HANSA_TEXT },
                                { "value", "USD", HANSA_REAL },
                                { "year", "1", HANSA_INTEGER },
                                { "day", "", HANSA_DATE } };
  HansaTableBuilder *builder = hansa_table_builder_new ("trade", fields, 4, 3, NULL);
  const char *names[] = { "Changsha", "Yueyang", "Xiangxi" };

  for (guint i = 0; i < 3; i++)
    {
      hansa_table_builder_text (builder, 0, names[i], strlen (names[i]));
      if (i != 2)
        hansa_table_builder_real (builder, 1, 10.0 * (i + 1));
      hansa_table_builder_integer (builder, 2, 2018);
      if (i != 1)
        hansa_table_builder_date (builder, 3, 17000 + (gint32)i);
      ck_assert (hansa_table_builder_end_row (builder, NULL));
    }
  return hansa_table_builder_seal (builder, NULL, NULL);
}

typedef struct
{
  HansaOutcome outcome;
  HansaResult *result;
  gboolean described;
  double wall;
} Ran;

static void
ran_clear (Ran *ran)
{
  hansa_outcome_clear (&ran->outcome);
  hansa_result_free (ran->result);
}

/* Progress that a test counts; NULL: nobody listens. */
static void
count_progress (double done, gpointer data)
{
  ck_assert_double_ge (done, 0.0);
  ++*(guint *)data;
}

static void
run_plugin (const char *name, const HansaLimits *limits, int cancel_fd, guint64 seed,
            guint *progress, Ran *ran)
{
  g_autofree char *path = menagerie (name);
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (HansaWorker) worker = hansa_worker_spawn (path, limits, cancel_fd, &error);
  g_autoptr (HansaDescription) description = NULL;

  memset (ran, 0, sizeof *ran);
  ck_assert_msg (worker != NULL, "%s: %s", name, error == NULL ? "" : error->message);
  if (progress != NULL)
    hansa_worker_set_progress (worker, count_progress, progress);
  description = hansa_worker_describe (worker, &ran->outcome);
  if (description != NULL)
    {
      const HansaPlugin *plugin = &description->plugin;
      g_autofree HansaParamValue *params = g_new0 (HansaParamValue, plugin->n_params + 1);
      g_autofree HansaSealedTable **tables = g_new0 (HansaSealedTable *, plugin->n_inputs + 1);
      g_autoptr (HansaSealedTable) trade = trade_table ();

      ran->described = TRUE;
      for (guint i = 0; i < plugin->n_params; i++)
        params[i] = (HansaParamValue){ plugin->params[i].id, plugin->params[i].fallback, 1.0 };
      /* An input without a table is an optional one that is absent. */
      for (guint i = 0; i < plugin->n_inputs; i++)
        tables[i] = (plugin->inputs[i].flags & HANSA_OPTIONAL) == 0 ? trade : NULL;
      hansa_outcome_clear (&ran->outcome);
      ran->result = hansa_worker_run (worker, params, plugin->n_params, tables, plugin->n_inputs,
                                      seed, &ran->outcome);
    }
  ran->wall = (double)(g_get_monotonic_time () - start) * 1e-6;
}

static guint
open_fds (void)
{
  DIR *folder = opendir ("/proc/self/fd");
  guint n = 0;

  while (readdir (folder) != NULL)
    n++;
  closedir (folder);
  return n;
}

static void
assert_no_children (const char *after)
{
  siginfo_t info = { 0 };
  int got = waitid (P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT);

  ck_assert_msg (got < 0 && errno == ECHILD, "%s left a process", after);
}

static const struct
{
  const char *name;
  HansaEnd end;
  const char *detail; /* a part of it; NULL: any */
  gboolean never_described;
  gboolean slow; /* ends by the deadline */
  gboolean not_sanitized;
} animals[] = {
  { "abort", HANSA_END_CRASHED, "SIGABRT", FALSE, FALSE, FALSE },
  { "abort-without-memory", HANSA_END_OUT_OF_MEMORY, NULL, FALSE, FALSE, TRUE },
  { "bad-result", HANSA_END_BAD_RESULT, "nowhere", FALSE, FALSE, FALSE },
  { "cancel-aware", HANSA_END_TIMED_OUT, NULL, FALSE, TRUE, FALSE },
  { "closes-stream", HANSA_END_EXITED_EARLY, NULL, FALSE, FALSE, FALSE },
  { "constructor-writes", HANSA_END_DENIED, "open", TRUE, FALSE, FALSE },
  { "digit-in-finding", HANSA_END_BAD_RESULT, "digit", FALSE, FALSE, FALSE },
  { "endless-loop", HANSA_END_TIMED_OUT, "killed", FALSE, TRUE, FALSE },
  { "endless-rows", HANSA_END_BAD_RESULT, "limit", FALSE, FALSE, FALSE },
  { "escape-handler", HANSA_END_DENIED, NULL, FALSE, FALSE, FALSE },
  { "exec", HANSA_END_DENIED, "execve", FALSE, FALSE, FALSE },
  { "exit-early", HANSA_END_EXITED_EARLY, "exit status 0", FALSE, FALSE, FALSE },
  { "fails", HANSA_END_ERROR, "No data for this year.", FALSE, FALSE, FALSE },
  { "fork-bomb", HANSA_END_DENIED, NULL, FALSE, FALSE, FALSE },
  { "frame-forged", HANSA_END_BAD_RESULT, NULL, FALSE, FALSE, FALSE },
  { "frame-garbage", HANSA_END_BAD_RESULT, "stream", FALSE, FALSE, FALSE },
  { "ignores-cancel", HANSA_END_TIMED_OUT, "killed", FALSE, TRUE, FALSE },
  { "infinity-cell", HANSA_END_BAD_RESULT, "hansa_out_row", FALSE, FALSE, FALSE },
  { "invalid-utf8", HANSA_END_BAD_RESULT, "UTF-8", FALSE, FALSE, FALSE },
  { "kill-parent", HANSA_END_DENIED, "kill", FALSE, FALSE, FALSE },
  { "lying-note", HANSA_END_REFUSED, "99.0", TRUE, FALSE, FALSE },
  { "many-inputs", HANSA_END_OK, NULL, FALSE, FALSE, FALSE },
  { "map-code", HANSA_END_DENIED, "mmap", FALSE, FALSE, FALSE },
  { "memory-bomb", HANSA_END_OUT_OF_MEMORY, NULL, FALSE, FALSE, TRUE },
  { "million-rows", HANSA_END_OK, NULL, FALSE, FALSE, FALSE },
  { "missing-symbol", HANSA_END_REFUSED, "nobody_defines_this", TRUE, FALSE, FALSE },
  { "nan-infinity", HANSA_END_BAD_RESULT, "not finite", FALSE, FALSE, FALSE },
  { "newer-struct", HANSA_END_BAD_RESULT, "does not know", FALSE, FALSE, FALSE },
  { "no-section", HANSA_END_REFUSED, ".hansa", TRUE, FALSE, FALSE },
  { "open-socket", HANSA_END_DENIED, "socket", FALSE, FALSE, FALSE },
  { "out-of-memory", HANSA_END_OUT_OF_MEMORY, NULL, FALSE, FALSE, FALSE },
  { "ptrace", HANSA_END_DENIED, "ptrace", FALSE, FALSE, TRUE },
  { "read-outside", HANSA_END_OK, NULL, FALSE, FALSE, FALSE },
  { "segfault", HANSA_END_CRASHED, "SIGSEGV", FALSE, FALSE, FALSE },
  { "slow-constructor", HANSA_END_TIMED_OUT, NULL, TRUE, TRUE, FALSE },
  { "stack-overflow", HANSA_END_CRASHED, "stack", FALSE, FALSE, FALSE },
  { "thread", HANSA_END_DENIED, NULL, FALSE, FALSE, TRUE },
  { "unknown-input", HANSA_END_BAD_RESULT, "nowhere", FALSE, FALSE, FALSE },
  { "well-behaved", HANSA_END_OK, NULL, FALSE, FALSE, FALSE },
  { "write-outside", HANSA_END_DENIED, "open", FALSE, FALSE, FALSE },
  { "write-stdout", HANSA_END_OK, NULL, FALSE, FALSE, FALSE },
  { "wrong-abi", HANSA_END_REFUSED, "99.0", TRUE, FALSE, FALSE },
};

START_TEST (own_word)
{
  const char *name = animals[_i].name;
  guint before = open_fds ();
  Ran ran;

  if (SANITIZED && animals[_i].not_sanitized)
    return;
  run_plugin (name, animals[_i].slow ? &quick : &patient, -1, 1, NULL, &ran);
  ck_assert_msg (ran.outcome.end == animals[_i].end, "%s: %s (%s), output: %s", name,
                 hansa_end_id (ran.outcome.end), ran.outcome.detail, ran.outcome.output);
  ck_assert_msg (animals[_i].detail == NULL
                     || strstr (ran.outcome.detail, animals[_i].detail) != NULL,
                 "%s: %s", name, ran.outcome.detail);
  ck_assert_int_eq (ran.described, !animals[_i].never_described);
  ck_assert_int_eq (ran.result != NULL, ran.outcome.end == HANSA_END_OK);
  ck_assert_ptr_nonnull (ran.outcome.output);
  ck_assert_ptr_nonnull (ran.outcome.log);
  ck_assert_ptr_nonnull (ran.outcome.missing_layers);
  ck_assert (strchr (ran.outcome.detail, '\n') == NULL);
  ran_clear (&ran);
  assert_no_children (name);
  ck_assert_uint_eq (open_fds (), before);
  ck_assert (access ("/tmp/hansa-menagerie-was-here", F_OK) != 0);
}
END_TEST

/* Whoever is added to the menagerie is tested. */
START_TEST (nobody_is_forgotten)
{
  const char *folder = g_getenv ("HANSA_MENAGERIE");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;

  ck_assert_msg (dir != NULL, "no folder %s", folder);
  while ((file = g_dir_read_name (dir)) != NULL)
    {
      gboolean known = !g_str_has_suffix (file, ".so");

      for (gsize i = 0; i < G_N_ELEMENTS (animals); i++)
        known = known
                || (g_str_has_prefix (file, animals[i].name)
                    && strlen (file) == strlen (animals[i].name) + strlen (".so"));
      ck_assert_msg (known, "%s has no test", file);
    }
}
END_TEST

static gpointer
behave (gpointer stop)
{
  guint *runs = g_new0 (guint, 1);

  do
    {
      Ran ran;

      run_plugin ("well-behaved", &patient, -1, 7, NULL, &ran);
      if (ran.outcome.end != HANSA_END_OK)
        g_error ("a well-behaved plugin ended %s: %s", hansa_end_id (ran.outcome.end),
                 ran.outcome.detail);
      ran_clear (&ran);
      ++*runs;
    }
  while (!g_atomic_int_get ((gint *)stop));
  return runs;
}

/* Two that behave, over and over, while all others do their worst. */
START_TEST (company)
{
  gint stop = 0;
  GThread *threads[2];
  guint before = open_fds ();

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("behave", behave, &stop);
  for (gsize i = 0; i < G_N_ELEMENTS (animals); i++)
    if (!(SANITIZED && animals[i].not_sanitized))
      {
        Ran ran;

        run_plugin (animals[i].name, animals[i].slow ? &quick : &patient, -1, 1, NULL, &ran);
        ck_assert_msg (ran.outcome.end == animals[i].end, "%s: %s (%s)", animals[i].name,
                       hansa_end_id (ran.outcome.end), ran.outcome.detail);
        ran_clear (&ran);
      }
  g_atomic_int_set (&stop, 1);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree guint *runs = g_thread_join (threads[i]);

      ck_assert_uint_gt (*runs, 0);
    }
  assert_no_children ("the company");
  ck_assert_uint_eq (open_fds (), before);
}
END_TEST

START_TEST (whole_answer)
{
  Ran ran;
  guint progress = 0;
  const HansaResultMetric *sum;
  const HansaResultTable *regions;
  g_autofree char *sentence = NULL;

  run_plugin ("well-behaved", &patient, -1, 42, &progress, &ran);
  ck_assert_msg (ran.result != NULL, "%s", ran.outcome.detail);
  ck_assert_uint_eq (progress, 1);
  ck_assert_uint_eq (g_strv_length (ran.outcome.log), 1);
  ck_assert_str_eq (ran.outcome.log[0], "half of it is done");
  ck_assert_double_gt (ran.outcome.seconds, 0.0);
  ck_assert_uint_gt (ran.outcome.peak_memory, 100 * 1024);
  if (!SANITIZED)
    ck_assert_uint_lt (ran.outcome.peak_memory, 16 << 20);
  sum = hansa_result_metric (ran.result, "sum");
  ck_assert_double_eq (sum->value.number, 30.0);
  ck_assert_str_eq (sum->variant, "sum");
  ck_assert_str_eq (sum->formula.zh, "合计");
  ck_assert_str_eq (sum->input, "trade");
  ck_assert_uint_eq (sum->rows->len, 2);
  ck_assert_double_eq (sum->low.number, 29.0);
  ck_assert (!hansa_is_defined (hansa_result_metric (ran.result, "extra")->low));
  ck_assert_uint_eq (hansa_result_metric (ran.result, "none")->value.reason, HANSA_TOO_FEW);
  ck_assert_double_eq (hansa_result_metric (ran.result, "extra")->value.number, 0.0);
  regions = hansa_result_table (ran.result, "regions");
  ck_assert_uint_eq (hansa_result_table_rows (regions), 3);
  ck_assert_str_eq (hansa_result_table_cell (regions, 2, 0)->as.text.en, "Xiangxi");
  ck_assert_uint_eq (hansa_result_table_cell (regions, 2, 1)->reason, HANSA_MISSING_INPUT);
  ck_assert_uint_eq (hansa_result_table_cell (regions, 1, 3)->type, 0);
  ck_assert_int_eq (hansa_result_table_cell (regions, 2, 3)->as.integer, 17002);
  ck_assert_str_eq (hansa_result_table_cell (regions, 0, 4)->as.text.zh, "城市");
  sentence
      = hansa_finding_sentence (ran.result, g_ptr_array_index (ran.result->findings, 0), HANSA_EN);
  ck_assert (g_str_has_prefix (sentence, "Everybody has "));
  ran_clear (&ran);
}
END_TEST

/* The same seed gives the same numbers, another one others. */
START_TEST (seeded)
{
  const guint64 seeds[] = { 42, 42, 43 };
  double numbers[G_N_ELEMENTS (seeds)];

  for (gsize i = 0; i < G_N_ELEMENTS (seeds); i++)
    {
      Ran ran;

      run_plugin ("well-behaved", &patient, -1, seeds[i], NULL, &ran);
      ck_assert_ptr_nonnull (ran.result);
      numbers[i] = hansa_result_metric (ran.result, "random")->value.number;
      ck_assert (numbers[i] >= 0.0 && numbers[i] < 1.0);
      ran_clear (&ran);
    }
  ck_assert_double_eq (numbers[0], numbers[1]);
  ck_assert_double_ne (numbers[0], numbers[2]);
}
END_TEST

static gpointer
cancel_soon (gpointer data)
{
  const guint64 one = 1;

  g_usleep (100 * 1000);
  ck_assert_int_eq (write (GPOINTER_TO_INT (data), &one, sizeof one), sizeof one);
  return NULL;
}

START_TEST (cancelled)
{
  static const struct
  {
    const char *name;
    gboolean killed;
  } cases[] = { { "cancel-aware", FALSE },
                { "ignores-cancel", TRUE },
                { "endless-loop", TRUE },
                { "slow-constructor", TRUE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int cancel = eventfd (0, EFD_CLOEXEC);
      GThread *thread = g_thread_new ("cancel", cancel_soon, GINT_TO_POINTER (cancel));
      Ran ran;

      run_plugin (cases[i].name, &patient, cancel, 1, NULL, &ran);
      g_thread_join (thread);
      close (cancel);
      ck_assert_msg (ran.outcome.end == HANSA_END_CANCELLED, "%s: %s", cases[i].name,
                     hansa_end_id (ran.outcome.end));
      ck_assert_msg ((*ran.outcome.detail != '\0') == cases[i].killed, "%s: %s", cases[i].name,
                     ran.outcome.detail);
      ck_assert_double_lt (ran.wall, 10.0);
      ran_clear (&ran);
      assert_no_children (cases[i].name);
    }
}
END_TEST

/* All of it is taken, so that the writer is not held up; little is kept. */
START_TEST (output_is_capped)
{
  Ran ran;

  run_plugin ("write-stdout", &patient, -1, 1, NULL, &ran);
  ck_assert_int_eq (ran.outcome.end, HANSA_END_OK);
  ck_assert_uint_ge (strlen (ran.outcome.output), patient.output);
  ck_assert_uint_lt (strlen (ran.outcome.output), patient.output + 200);
  ck_assert (g_utf8_validate (ran.outcome.output, -1, NULL));
  ck_assert_ptr_nonnull (strstr (ran.outcome.output, "nobody asked for"));
  ran_clear (&ran);
}
END_TEST

START_TEST (million_rows)
{
  Ran ran;
  const HansaResultTable *table;

  run_plugin ("million-rows", &patient, -1, 1, NULL, &ran);
  ck_assert_msg (ran.result != NULL, "%s", ran.outcome.detail);
  table = hansa_result_table (ran.result, "rows");
  ck_assert_uint_eq (hansa_result_table_rows (table), 1000000);
  ck_assert_str_eq (hansa_result_table_cell (table, 999999, 0)->as.text.en, "row 999999");
  ck_assert_int_eq (hansa_result_table_cell (table, 999999, 1)->as.integer, 999999);
  /* Rows leave as they come: the worker does not hold them. */
  if (!SANITIZED)
    ck_assert_uint_lt (ran.outcome.peak_memory, 16 << 20);
  ran_clear (&ran);
}
END_TEST

START_TEST (many_inputs)
{
  Ran ran;

  run_plugin ("many-inputs", &patient, -1, 1, NULL, &ran);
  ck_assert_msg (ran.result != NULL, "%s", ran.outcome.detail);
  ck_assert_double_eq (hansa_result_metric (ran.result, "rows")->value.number, 900.0);
  ran_clear (&ran);
}
END_TEST

START_TEST (files_stay_closed)
{
  Ran ran;

  run_plugin ("read-outside", &patient, -1, 1, NULL, &ran);
  ck_assert_ptr_nonnull (ran.result);
  ck_assert_double_eq (hansa_result_metric (ran.result, "opened")->value.number, 0.0);
  ran_clear (&ran);
}
END_TEST

/* What the worker misses is what this machine lacks, no more and no less. */
static void
assert_layers_agree (GStrv missing)
{
  g_auto (GStrv) all = hansa_sandbox_layers ();

  for (char **layer = all; *layer != NULL; layer++)
    {
      gboolean lacks = **layer == '-';
      const char *name = lacks ? *layer + 1 : *layer;

      /* "landlock 6" is the layer "landlock". */
      if (g_str_has_prefix (name, "landlock ") && g_ascii_isdigit (name[9]))
        name = "landlock";
      ck_assert_msg (g_strv_contains ((const char *const *)missing, name) == lacks, "%s", *layer);
    }
  if (SANITIZED)
    ck_assert_uint_gt (g_strv_length (missing), 0);
}

/* Describing alone, then leaving: the worker goes too. */
START_TEST (only_described)
{
  g_autofree char *path = menagerie ("well-behaved");
  HansaWorker *worker = hansa_worker_spawn (path, NULL, -1, NULL);
  HansaOutcome outcome = { 0 };
  g_autoptr (HansaDescription) description = hansa_worker_describe (worker, &outcome);
  const HansaPlugin *plugin;

  ck_assert_ptr_nonnull (description);
  hansa_worker_free (worker);
  assert_no_children ("describing");
  /* What it says does not depend on the worker's life. */
  plugin = &description->plugin;
  ck_assert_str_eq (plugin->id, "well-behaved");
  ck_assert_str_eq (plugin->tags[1], "example");
  ck_assert_ptr_null (plugin->tags[2]);
  ck_assert_uint_eq (plugin->n_inputs, 2);
  ck_assert_str_eq (plugin->inputs[0].columns[1].unit, "USD");
  ck_assert_uint_eq (plugin->inputs[1].flags, HANSA_OPTIONAL);
  ck_assert_uint_eq (hansa_description_param (description, "how")->n_choices, 2);
  ck_assert_double_eq (hansa_description_param (description, "scale")->maximum, 10.0);
  ck_assert_ptr_null (plugin->run);
  assert_layers_agree (outcome.missing_layers);
  hansa_outcome_clear (&outcome);
}
END_TEST

START_TEST (notes)
{
  g_autofree char *good = menagerie ("well-behaved");
  g_autofree char *old = menagerie ("wrong-abi");
  g_autofree char *none = menagerie ("no-section");
  const char *others[] = { "/bin/true", "/dev/null", "/etc/passwd", "/nowhere", "/tmp" };
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_plugin;
  HansaNote note;
  gsize length;

  ck_assert (hansa_note_read (good, &note, &is_plugin, NULL));
  ck_assert (is_plugin);
  ck_assert_str_eq (note.id, "well-behaved");
  ck_assert (!hansa_note_read (old, &note, &is_plugin, &error));
  ck_assert (is_plugin);
  ck_assert (strstr (error->message, "99.0") != NULL && strstr (error->message, "1.0") != NULL);
  ck_assert (!hansa_note_read (none, &note, &is_plugin, NULL));
  ck_assert (!is_plugin);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      ck_assert (!hansa_note_read (others[i], &note, &is_plugin, NULL));
      ck_assert (!is_plugin);
    }

  /* Damaged in any byte of its headers, or cut: an answer, never a crash. */
  ck_assert (g_file_get_contents (good, &bytes, &length, NULL));
  g_autofree char *copy = g_strdup_printf ("%s/hansa-note-%d", g_get_tmp_dir (), (int)getpid ());
  for (gsize at = 0; at < length; at += at < 64 ? 1 : MAX (length / 200, 1))
    {
      char old_byte = bytes[at];

      bytes[at] = (char)0xff;
      ck_assert (g_file_set_contents (copy, bytes, (gssize)length, NULL));
      hansa_note_read (copy, &note, &is_plugin, NULL);
      bytes[at] = old_byte;
      ck_assert (g_file_set_contents (copy, bytes, (gssize)at, NULL));
      ck_assert (!hansa_note_read (copy, &note, &is_plugin, NULL) || at + 64 > length);
    }
  unlink (copy);
}
END_TEST

START_TEST (layers)
{
  g_auto (GStrv) all = hansa_sandbox_layers ();

  ck_assert_uint_ge (g_strv_length (all), 4);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("supervisor");
  TCase *ends = tcase_create ("ends");
  TCase *rest = tcase_create ("rest");
  SRunner *runner;
  int failed;

  tcase_set_timeout (ends, 120.0);
  tcase_set_timeout (rest, 240.0);
  tcase_add_loop_test (ends, own_word, 0, G_N_ELEMENTS (animals));
  tcase_add_test (rest, nobody_is_forgotten);
  tcase_add_test (rest, company);
  tcase_add_test (rest, whole_answer);
  tcase_add_test (rest, seeded);
  tcase_add_test (rest, cancelled);
  tcase_add_test (rest, output_is_capped);
  tcase_add_test (rest, million_rows);
  tcase_add_test (rest, many_inputs);
  tcase_add_test (rest, files_stay_closed);
  tcase_add_test (rest, only_described);
  tcase_add_test (rest, notes);
  tcase_add_test (rest, layers);
  suite_add_tcase (suite, ends);
  suite_add_tcase (suite, rest);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
