/* SPDX-License-Identifier: MIT
 *
 * hansa replay: a real report, run again after one thing or another changed.
 */
#include "support/harness.h"

#include <check.h>
#include <glib/gstdio.h>
#include <string.h>

static char *folder;
static char *data;

#define assert_exit(outcome, code)                                                                 \
  ck_assert_msg ((outcome).exit_code == (code), "exit %d, expected %d\n%s%s", (outcome).exit_code, \
                 (code), (outcome).out, (outcome).err)

#define assert_says(text, part)                                                                    \
  ck_assert_msg (strstr ((text), (part)) != NULL, "\"%s\" is not in:\n%s", (part), (text))

static void
set_up (void)
{
  folder = folder_new ();
  data = copy_dataset (folder, "hunan");
  g_auto (Outcome) outcome = run_hansa (folder, "run", "data", "-p", "trade-growth", "-p",
                                        "regional-balance", "--quiet", NULL);
  assert_exit (outcome, 0);
}

static void
tear_down (void)
{
  g_free (data);
  folder_remove (folder);
}

static JsonObject *
parse (const Outcome *outcome, JsonParser *parser)
{
  ck_assert_msg (json_parser_load_from_data (parser, outcome->out, -1, NULL), "%s", outcome->out);
  return json_node_get_object (json_parser_get_root (parser));
}

/* "kind what: before -> after" of each change. */
static char *
changes_of (JsonObject *replay)
{
  JsonArray *changed = json_object_get_array_member (replay, "changed");
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (changed); i++)
    {
      JsonObject *change = json_array_get_object_element (changed, i);
      g_string_append_printf (list, "%s %s: %s -> %s;",
                              json_object_get_string_member (change, "kind"),
                              json_object_get_string_member_with_default (change, "what", ""),
                              json_object_get_string_member_with_default (change, "before", ""),
                              json_object_get_string_member_with_default (change, "after", ""));
    }
  return g_string_free (list, FALSE);
}

static void
assert_changes (const Outcome *outcome, gboolean same, const char *changes)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *replay = parse (outcome, parser);
  g_autofree char *found = changes_of (replay);

  ck_assert_int_eq (json_object_get_boolean_member (replay, "same"), same);
  ck_assert_str_eq (found, changes);
}

/* ---- the same ---------------------------------------------------------------------- */

START_TEST (test_unchanged)
{
  g_autofree char *before = read_file (folder, "report/report.json");
  g_auto (Outcome) outcome = run_hansa (folder, "replay", "report", NULL);

  assert_exit (outcome, 0);
  assert_says (outcome.out, "Every result came out the same.");
  assert_says (outcome.out, "trade-growth): the same; 43 numbers");
  g_autofree char *after = read_file (folder, "report/report.json");
  ck_assert_str_eq (before, after);

  g_auto (Outcome) json = run_hansa (folder, "replay", "report/run.json", "--json", NULL);
  assert_exit (json, 0);
  assert_changes (&json, TRUE, "");
}
END_TEST

/* Everything that was chosen is chosen again. */
START_TEST (test_choices_and_mapped_tables)
{
  edit_file (data, "datapackage.json", "\"trade\"", "\"customs\"");
  write_file (folder, "my.study",
              "[study]\ntitle = A title\ntitle[zh] = 标题\ndataset = data\n"
              "plugins = trade-growth\n[trade-growth]\nyear = 2014\n"
              "[map.trade]\nresource = customs\n");
  g_auto (Outcome) run = run_hansa (folder, "run", "my.study", "--out", "second", "--formats",
                                    "png,pdf", "--monochrome", "--seed", "7", "--lang", "zh", NULL);
  assert_exit (run, 0);
  g_unlink ("my.study");
  g_auto (Outcome) outcome = run_hansa (folder, "replay", "second", NULL);
  assert_exit (outcome, 0);
  assert_says (outcome.out, "Every result came out the same.");
}
END_TEST

/* ---- other ------------------------------------------------------------------------- */

START_TEST (test_one_cell)
{
  edit_file (data, "trade.csv", "430000,2017,12,importer_exporter,36033297000",
             "430000,2017,12,importer_exporter,36933297000");
  g_auto (Outcome) outcome = run_hansa (folder, "replay", "report", NULL);
  assert_exit (outcome, 10);
  assert_says (outcome.out, "Growth: 37.3% → 40.7%");
  assert_says (outcome.out, "data trade.csv");
  assert_says (outcome.out, "regional-balance): the same");
  assert_says (outcome.out, "1 of 2 analyses came out otherwise.");

  g_auto (Outcome) json = run_hansa (folder, "replay", "report", "--json", NULL);
  assert_exit (json, 10);
  assert_changes (&json, FALSE, "data trade.csv:  -> ;");

  g_auto (Outcome) chinese = run_hansa (folder, "replay", "report", "--lang", "zh", NULL);
  assert_exit (chinese, 10);
  assert_says (chinese.out, "37.3% → 40.7%");
  assert_says (chinese.out, "数据 trade.csv");
}
END_TEST

START_TEST (test_parameter)
{
  edit_file (folder, "report/run.json", "\"k\": \"3\"", "\"k\": \"4\"");
  g_auto (Outcome) outcome = run_hansa (folder, "replay", "report", "--json", NULL);
  assert_exit (outcome, 10);
  assert_changes (&outcome, FALSE, "parameter regional-balance.k: 3 -> 4;");
}
END_TEST

/* Another build of the same plugin: the results are what counts. */
START_TEST (test_plugin)
{
  g_autofree char *from
      = g_build_filename (g_getenv ("HANSA_PLUGIN_PATH"), "trade-growth.so", NULL);
  g_autofree char *plugins = g_build_filename (folder, "plugins", NULL);
  g_autofree char *to = g_build_filename (plugins, "trade-growth.so", NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  ck_assert (g_file_get_contents (from, &bytes, &length, NULL));
  bytes = g_realloc (bytes, length + 1);
  bytes[length] = '\0'; /* after the sections, where nothing reads */
  ck_assert_int_eq (g_mkdir (plugins, 0755), 0);
  ck_assert (g_file_set_contents (to, bytes, (gssize)length + 1, NULL));
  g_autofree char *quoted = g_strdup_printf ("\"path\": \"%s\"", from);
  g_autofree char *moved = g_strdup_printf ("\"path\": \"%s\"", to);
  edit_file (folder, "report/run.json", quoted, moved);
  g_auto (Outcome) outcome = run_hansa (folder, "replay", "report", "--json", NULL);
  assert_exit (outcome, 0);
  assert_changes (&outcome, TRUE, "plugin trade-growth:  -> ;");

  ck_assert_int_eq (g_unlink (to), 0); /* then the one of that id */
  g_auto (Outcome) found = run_hansa (folder, "replay", "report", "--json", NULL);
  assert_exit (found, 0);
  assert_changes (&found, TRUE, "");
}
END_TEST

START_TEST (test_programs)
{
  edit_file (folder, "report/run.json", "\"gnuplot\": \"", "\"gnuplot\": \"old ");
  edit_file (folder, "report/run.json", "\"fonts\": \"", "\"fonts\": \"0");
  edit_file (folder, "report/run.json", "\"program\": \"", "\"program\": \"0");
  g_auto (Outcome) outcome = run_hansa (folder, "replay", "report", NULL);
  assert_exit (outcome, 0);
  assert_says (outcome.out, "gnuplot: old gnuplot");
  assert_says (outcome.out, "fonts\n");
  assert_says (outcome.out, "Hansa hansa\n");
}
END_TEST

/* Someone mended the report by hand. */
START_TEST (test_edited_report)
{
  edit_file (folder, "report/report.json", "37.3%", "38.3%");
  edit_file (folder, "report/tables/trade-growth.growth.csv", "Hunan", "Hainan");
  g_auto (Outcome) outcome = run_hansa (folder, "replay", "report", NULL);
  assert_exit (outcome, 10);
  assert_says (outcome.out, "tables/trade-growth.growth.csv");
  assert_says (outcome.out, "findings");
  assert_says (outcome.out, "Nothing that the record names has changed");
}
END_TEST

/* ---- in the way -------------------------------------------------------------------- */

START_TEST (test_data_moved)
{
  g_autofree char *moved = g_build_filename (folder, "moved", NULL);
  ck_assert_int_eq (g_rename (data, moved), 0);
  g_auto (Outcome) gone = run_hansa (folder, "replay", "report", NULL);
  assert_exit (gone, 3);
  assert_says (gone.err, "--dataset");

  g_auto (Outcome) found = run_hansa (folder, "replay", "report", "--dataset", "moved", NULL);
  assert_exit (found, 0);

  g_autofree char *file = g_build_filename (moved, "trade.csv", NULL);
  ck_assert_int_eq (g_unlink (file), 0);
  g_auto (Outcome) lacking = run_hansa (folder, "replay", "report", "--dataset", "moved", NULL);
  assert_exit (lacking, 3);
  assert_says (lacking.err, "trade.csv");
}
END_TEST

START_TEST (test_broken_record)
{
  g_autofree char *whole = read_file (folder, "report/run.json");
  gsize length = strlen (whole);

  for (gsize cut = 0; cut < length; cut += length / 23 + 1)
    {
      g_autofree char *part = g_strndup (whole, cut);
      write_file (folder, "report/run.json", part);
      g_auto (Outcome) outcome = run_hansa (folder, "replay", "report", NULL);
      assert_exit (outcome, 3);
      assert_says (outcome.err, "run.json");
    }
  static const char *const breaks[][2] = { { "\"hansa-run/1\"", "\"hansa-run/9\"" },
                                           { "\"limits\": {", "\"limit\": {" },
                                           { "\"seed\": 1", "\"seed\": \"1\"" },
                                           { "\"files\": [", "\"file\": [" },
                                           { "\"id\": ", "\"name\": " },
                                           { "\"choices\": {", "\"choices\": 3, \"x\": {" } };
  for (gsize i = 0; i < G_N_ELEMENTS (breaks); i++)
    {
      write_file (folder, "report/run.json", whole);
      edit_file (folder, "report/run.json", breaks[i][0], breaks[i][1]);
      g_auto (Outcome) outcome = run_hansa (folder, "replay", "report", NULL);
      assert_exit (outcome, 3);
    }
}
END_TEST

START_TEST (test_usage)
{
  g_auto (Outcome) none = run_hansa (folder, "replay", NULL);
  assert_exit (none, 2);
  g_auto (Outcome) no_report = run_hansa (folder, "replay", "data", NULL);
  assert_exit (no_report, 2);
  assert_says (no_report.err, "run.json");
  edit_file (folder, "report/run.json", "\"engine\": null", "\"engine\": \"PostgreSQL 15, a@b/c\"");
  g_auto (Outcome) server = run_hansa (folder, "replay", "report", NULL);
  assert_exit (server, 2);
  assert_says (server.err, "--engine");
}
END_TEST

static Suite *
replay_suite (void)
{
  Suite *suite = suite_create ("replay");
  TCase *tests = tcase_create ("replay");

  tcase_add_checked_fixture (tests, set_up, tear_down);
  tcase_add_test (tests, test_unchanged);
  tcase_add_test (tests, test_choices_and_mapped_tables);
  tcase_add_test (tests, test_one_cell);
  tcase_add_test (tests, test_parameter);
  tcase_add_test (tests, test_plugin);
  tcase_add_test (tests, test_programs);
  tcase_add_test (tests, test_edited_report);
  tcase_add_test (tests, test_data_moved);
  tcase_add_test (tests, test_broken_record);
  tcase_add_test (tests, test_usage);
  suite_add_tcase (suite, tests);
  return suite;
}

int
main (void)
{
  SRunner *made = srunner_create (replay_suite ());
  srunner_run_all (made, CK_NORMAL);
  int failed = srunner_ntests_failed (made);
  srunner_free (made);
  return failed == 0 ? 0 : 1;
}
