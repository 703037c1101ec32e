/* SPDX-License-Identifier: MIT
 *
 * Every plugin's own cases, each in a real worker (host/check/case.h).
 */
#include "check/case.h"

#include <check.h>
#include <stdlib.h>

typedef struct
{
  char *plugin; /* id */
  char *folder;
} Case;

static GArray *cases;

static void
run_case (const Case *c)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_strconcat (g_getenv ("HANSA_PLUGIN_PATH"), "/", c->plugin, ".so", NULL);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  HansaOutcome outcome = { 0 };

  g_autoptr (HansaWorker) worker = hansa_worker_spawn (file, &hansa_limits_default, -1, &error);
  ck_assert_msg (worker != NULL, "%s: %s", file, error != NULL ? error->message : "");
  g_autoptr (HansaDescription) description = hansa_worker_describe (worker, &outcome);
  ck_assert_msg (description != NULL, "%s: %s", file, outcome.detail);
  g_autoptr (HansaCase) test = hansa_case_open (description, c->folder, &error);
  ck_assert_msg (test != NULL, "%s: %s", c->folder, error != NULL ? error->message : "");

  g_autoptr (HansaResult) result = hansa_worker_run (
      worker, (const HansaParamValue *)(const void *)test->params->data, test->params->len,
      (HansaSealedTable *const *)test->tables->pdata, test->tables->len, 1, &outcome);
  hansa_case_judge (test, outcome.end, outcome.detail, result, problems);
  if (problems->len > 0)
    ck_abort_msg ("%s: %s", c->folder, (const char *)g_ptr_array_index (problems, 0));
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
