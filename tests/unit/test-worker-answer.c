/* SPDX-License-Identifier: MIT
 *
 * What comes back from a worker: descriptions and results, whole and the same
 * each time, and which layers of the sandbox it lacks.
 */
#include "support/harness.h"
#include "unit/test-supervisor-kit.h"

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

  if (under_valgrind ())
    return; /* it sees fewer than its worker */
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

START_TEST (layers)
{
  g_auto (GStrv) all = hansa_sandbox_layers ();

  ck_assert_uint_ge (g_strv_length (all), 4);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("worker answer");
  TCase *tcase = tcase_create ("worker answer");

  tcase_set_timeout (tcase, 240.0);
  tcase_add_test (tcase, whole_answer);
  tcase_add_test (tcase, seeded);
  tcase_add_test (tcase, million_rows);
  tcase_add_test (tcase, many_inputs);
  tcase_add_test (tcase, files_stay_closed);
  tcase_add_test (tcase, only_described);
  tcase_add_test (tcase, layers);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
