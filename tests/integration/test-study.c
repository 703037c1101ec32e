/* SPDX-License-Identifier: MIT
 *
 * Study files: choices, and a user's own names for tables and columns.
 */
#include "support/harness.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static char *folder;

static void
set_up (void)
{
  folder = folder_new ();
}

static void
tear_down (void)
{
  folder_remove (folder);
}

#define assert_exit(outcome, code)                                                                 \
  ck_assert_msg ((outcome).exit_code == (code), "exit %d, expected %d\n%s%s", (outcome).exit_code, \
                 (code), (outcome).out, (outcome).err)

#define assert_says(text, part)                                                                    \
  ck_assert_msg (strstr ((text), (part)) != NULL, "\"%s\" is not in:\n%s", (part), (text))

START_TEST (test_study)
{
  g_autofree char *data
      = g_build_filename (g_getenv ("HANSA_SOURCE_DIR"), "datasets", "hunan", NULL);
  g_autofree char *text = g_strdup_printf ("[study]\ntitle = Opening\ntitle[zh] = 开放\n"
                                           "dataset = %s\nplugins = trade-growth\n\n"
                                           "[trade-growth]\nyear = 2018\n",
                                           data);
  write_file (folder, "mine.study", text);
  g_auto (Outcome) outcome = run_hansa (folder, "run", "mine.study", "--lang", "zh", NULL);
  assert_exit (outcome, 0);
  assert_says (outcome.out, "开放");
  g_autofree char *report = g_build_filename (folder, "report", NULL);
  g_autoptr (JsonNode) root = read_report (report);
  ck_assert_double_eq (find_metric (find_analysis (root, "trade-growth"), "year"), 2018);
}
END_TEST

/* A report's sources are found under the names that the user gave table and column. */
START_TEST (test_mapped_sources)
{
  g_autofree char *data = copy_dataset (folder, "hunan");
  g_autofree char *report = g_build_filename (folder, "report", NULL);

  edit_file (data, "trade.csv", "growth_stated,source,", "growth_stated,provenance,");
  edit_file (
      data, "datapackage.json",
      "来源公布的同比增速，非本库计算。\", \"unit\": \"%\"},\n          {\"name\": \"source\"",
      "\", \"unit\": \"%\"},\n          {\"name\": \"provenance\"");
  edit_file (data, "datapackage.json", "\"name\": \"source\",\n", "\"name\": \"origins\",\n");
  write_file (folder, "mine.study",
              "[study]\ndataset = data\nplugins = trade-growth\n\n"
              "[map.trade]\nsource = provenance\n\n[map.source]\nresource = origins\n");
  g_auto (Outcome) outcome = run_hansa (folder, "run", "mine.study", NULL);
  assert_exit (outcome, 0);
  g_autoptr (JsonNode) root = read_report (report);
  JsonArray *sources = json_object_get_array_member (json_node_get_object (root), "sources");
  ck_assert_uint_gt (json_array_get_length (sources), 0);
  JsonObject *first = json_array_get_object_element (sources, 0);
  ck_assert_str_eq (json_object_get_string_member (first, "id"), "N01");
  assert_says (json_object_get_string_member (first, "title"), "NBS");
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("study files");
  TCase *tcase = tcase_create ("study files");
  tcase_add_checked_fixture (tcase, set_up, tear_down);
  tcase_set_timeout (tcase, 120);
  tcase_add_test (tcase, test_study);
  tcase_add_test (tcase, test_mapped_sources);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
