/* SPDX-License-Identifier: MIT
 *
 * Every plugin's own cases, each in a real worker: plugins/NAME/cases/CASE is a
 * data package with a case.ini that says what must come out.
 *
 *   [case]        title, source (where the expected values come from)
 *   [parameters]  id = value
 *   [metrics]     id = number, or: id = undefined REASON
 *   [tolerance]   id = relative tolerance (default 1e-9)
 *   [end]         end = ok (default), error, ...
 */
#include "plugin/supervisor.h"
#include "run/params.h"
#include "run/session.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  char *plugin; /* id */
  char *folder;
} Case;

static GArray *cases;

static const char *
reason_id (guint32 reason)
{
  static const char *const ids[HANSA_REASON_COUNT]
      = { "defined",        "no-data",           "too-few",          "zero-total",    "zero-value",
          "negative-value", "base-not-positive", "zero-denominator", "not-finite",    "bad-weight",
          "bad-argument",   "missing-input",     "not-comparable",   "never-reached", "no-memory" };
  return reason < HANSA_REASON_COUNT ? ids[reason] : "?";
}

static const char *
look_up (const char *plugin, const char *param, gpointer keys)
{
  (void)plugin;
  g_autofree char *text = g_key_file_get_string (keys, "parameters", param, NULL);
  return text != NULL ? g_intern_string (text) : NULL; /* a few bytes, once a test */
}

static void
check_metric (const Case *c, GKeyFile *keys, const HansaResult *result, const char *id)
{
  g_autofree char *expected = g_key_file_get_string (keys, "metrics", id, NULL);
  const HansaResultMetric *metric = hansa_result_metric (result, id);

  ck_assert_msg (metric != NULL, "%s: no metric \"%s\"", c->folder, id);
  if (g_str_has_prefix (expected, "undefined"))
    {
      const char *reason = g_strstrip (expected + strlen ("undefined"));
      ck_assert_msg (!hansa_is_defined (metric->value)
                         && g_str_equal (reason, reason_id (metric->value.reason)),
                     "%s: %s is %.17g (%s), not undefined %s", c->folder, id, metric->value.number,
                     reason_id (metric->value.reason), reason);
      return;
    }
  char *end;
  double wanted = g_ascii_strtod (expected, &end);
  ck_assert_msg (end != expected && *g_strstrip (end) == '\0', "%s: %s = %s is no number",
                 c->folder, id, expected);
  g_autofree char *given = g_key_file_get_string (keys, "tolerance", id, NULL);
  double tolerance = given != NULL ? g_ascii_strtod (given, NULL) : 1e-9;
  ck_assert_msg (hansa_is_defined (metric->value), "%s: %s is undefined (%s)", c->folder, id,
                 reason_id (metric->value.reason));
  ck_assert_msg (fabs (metric->value.number - wanted) <= tolerance * fmax (1.0, fabs (wanted)),
                 "%s: %s = %.17g, expected %.17g", c->folder, id, metric->value.number, wanted);
}

static void
check_result (const Case *c, GKeyFile *keys, const HansaResult *result)
{
  g_auto (GStrv) ids = g_key_file_get_keys (keys, "metrics", NULL, NULL);
  for (char **id = ids; id != NULL && *id != NULL; id++)
    check_metric (c, keys, result, *id);

  /* Whatever was computed, every sentence must read in both languages. */
  for (guint i = 0; i < result->findings->len; i++)
    for (int language = 0; language < HANSA_N_LANGUAGES; language++)
      {
        g_autofree char *sentence
            = hansa_finding_sentence (result, result->findings->pdata[i], (HansaLanguage)language);
        ck_assert_msg (*sentence != '\0' && strchr (sentence, '{') == NULL, "%s: %s", c->folder,
                       sentence);
      }
}

static void
run_case (const Case *c)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autofree char *ini = g_build_filename (c->folder, "case.ini", NULL);
  g_autofree char *file = g_strconcat (g_getenv ("HANSA_PLUGIN_PATH"), "/", c->plugin, ".so", NULL);
  HansaOutcome outcome = { 0 };

  ck_assert_msg (g_key_file_load_from_file (keys, ini, G_KEY_FILE_NONE, &error), "%s: %s", ini,
                 error != NULL ? error->message : "");
  g_autoptr (HansaDataset) dataset = hansa_dataset_open (c->folder, &error);
  ck_assert_msg (dataset != NULL, "%s: %s", c->folder, error != NULL ? error->message : "");
  g_autoptr (HansaWorker) worker = hansa_worker_spawn (file, &hansa_limits_default, -1, &error);
  ck_assert_msg (worker != NULL, "%s: %s", file, error != NULL ? error->message : "");
  g_autoptr (HansaDescription) description = hansa_worker_describe (worker, &outcome);
  ck_assert_msg (description != NULL, "%s: %s", file, outcome.detail);

  g_auto (GStrv) given = g_key_file_get_keys (keys, "parameters", NULL, NULL);
  for (char **name = given; name != NULL && *name != NULL; name++)
    ck_assert_msg (hansa_description_param (description, *name) != NULL, "%s: no parameter %s",
                   c->folder, *name);
  g_autoptr (GArray) params = hansa_params_resolve (description, look_up, keys, &error);
  ck_assert_msg (params != NULL, "%s: %s", c->folder, error != NULL ? error->message : "");

  g_autoptr (GPtrArray) inputs
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_sealed_table_unref);
  for (guint i = 0; i < description->plugin.n_inputs; i++)
    {
      HansaSealedTable *table
          = hansa_dataset_input (dataset, &description->plugin.inputs[i], &error);
      ck_assert_msg (table != NULL, "%s: %s", c->folder, error != NULL ? error->message : "");
      g_ptr_array_add (inputs, table);
    }

  g_autoptr (HansaResult) result
      = hansa_worker_run (worker, (const HansaParamValue *)(const void *)params->data, params->len,
                          (HansaSealedTable *const *)inputs->pdata, inputs->len, 1, &outcome);
  g_autofree char *wanted = g_key_file_get_string (keys, "end", "end", NULL);
  ck_assert_msg (g_strcmp0 (wanted != NULL ? wanted : "ok", hansa_end_id (outcome.end)) == 0,
                 "%s: ended %s (%s)", c->folder, hansa_end_id (outcome.end), outcome.detail);
  if (result != NULL)
    check_result (c, keys, result);
  hansa_outcome_clear (&outcome);
}

START_TEST (test_case) { run_case (&g_array_index (cases, Case, (guint)_i)); }
END_TEST

static void
collect_cases (const char *plugins)
{
  g_autoptr (GDir) dir = g_dir_open (plugins, 0, NULL);
  const char *plugin;

  while (dir != NULL && (plugin = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (plugins, plugin, "cases", NULL);
      g_autoptr (GDir) sub = g_dir_open (folder, 0, NULL);
      const char *name;
      while (sub != NULL && (name = g_dir_read_name (sub)) != NULL)
        {
          Case c = { g_strdup (plugin), g_build_filename (folder, name, NULL) };
          g_array_append_val (cases, c);
        }
    }
}

int
main (void)
{
  g_autofree char *plugins = g_build_filename (g_getenv ("HANSA_SOURCE_DIR"), "plugins", NULL);
  Suite *suite = suite_create ("cases of the plugins");
  TCase *tcase = tcase_create ("cases");

  cases = g_array_new (FALSE, FALSE, sizeof (Case));
  collect_cases (plugins);
  tcase_set_timeout (tcase, 60);
  tcase_add_loop_test (tcase, test_case, 0, (int)cases->len);
  suite_add_tcase (suite, tcase);

  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner) + (cases->len == 0);
  srunner_free (runner);
  for (guint i = 0; i < cases->len; i++)
    {
      g_free (g_array_index (cases, Case, i).plugin);
      g_free (g_array_index (cases, Case, i).folder);
    }
  g_array_unref (cases);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
