/* SPDX-License-Identifier: MIT
 *
 * hansa run as an analyst drives it: the real datasets, gnuplot and plugins.
 */
#include "support/harness.h"

#include <check.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

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

static char *
dataset (const char *name)
{
  return g_build_filename (g_getenv ("HANSA_SOURCE_DIR"), "datasets", name, NULL);
}

#define assert_exit(outcome, code)                                                                 \
  ck_assert_msg ((outcome).exit_code == (code), "exit %d, expected %d\n%s%s", (outcome).exit_code, \
                 (code), (outcome).out, (outcome).err)

#define assert_says(text, part)                                                                    \
  ck_assert_msg (strstr ((text), (part)) != NULL, "\"%s\" is not in:\n%s", (part), (text))

/* ---- the numbers of the report ----------------------------------------- */

START_TEST (test_real_data)
{
  g_autofree char *data = dataset ("hunan");
  g_autofree char *report = g_build_filename (folder, "report", NULL);
  g_auto (Outcome) outcome = run_hansa (folder, "run", data, NULL);

  assert_exit (outcome, 0);
  g_autoptr (JsonNode) root = read_report (report);
  JsonObject *growth = find_analysis (root, "trade-growth");
  ck_assert_double_eq_tol (find_metric (growth, "growth"), 37.3, 0.05);
  ck_assert_double_eq_tol (find_metric (growth, "national_growth"), 11.4, 0.05);
  ck_assert_double_eq_tol (find_metric (growth, "gap"), 25.9, 0.05);
  ck_assert_double_eq (find_metric (growth, "rank"), 4);
  ck_assert_double_eq (find_metric (growth, "n"), 31);
  ck_assert_double_eq (find_metric (growth, "rank_peers"), 1);
  ck_assert_double_eq (find_metric (growth, "n_peers"), 6);

  /* Every figure leads to its source: NBS series N01 by way of trade.csv. */
  g_autofree char *page = read_file (report, "index.html");
  assert_says (page, "trade.csv");
  assert_says (page, "N01");
  ck_assert_uint_gt (count_files (report, "charts"), 0);
}
END_TEST

START_TEST (test_illustrative_data)
{
  g_autofree char *data = dataset ("hunan-illustrative");
  g_autofree char *report = g_build_filename (folder, "report", NULL);
  g_auto (Outcome) outcome
      = run_hansa (folder, "run", data, "-p", "regional-balance", "-p", "activity-tiering", NULL);

  assert_exit (outcome, 0);
  g_autoptr (JsonNode) root = read_report (report);
  JsonObject *balance = find_analysis (root, "regional-balance");
  ck_assert_double_eq (find_metric (balance, "regions_low"), 9);
  ck_assert_double_eq (find_metric (balance, "regions"), 14);
  JsonObject *tiers = find_analysis (root, "activity-tiering");
  ck_assert_double_eq (find_metric (tiers, "active"), 27);
  ck_assert_double_eq (find_metric (tiers, "unstable"), 28);
  ck_assert_double_eq (find_metric (tiers, "dormant"), 27);

  g_autofree char *page = read_file (report, "index.html");
  assert_says (page, "构造");
}
END_TEST

/* {metric:abs}: the words say which way, the number how far. */
START_TEST (test_a_fall_is_told_without_its_sign)
{
  g_autofree char *data = g_build_filename (g_getenv ("HANSA_SOURCE_DIR"), "plugins",
                                            "trade-growth", "cases", "falling", NULL);
  g_auto (Outcome) outcome = run_hansa (folder, "run", data, "-p", "trade-growth", "--set",
                                        "trade-growth.region=130000", NULL);

  assert_exit (outcome, 0);
  assert_says (outcome.out, "down 10.0% on a year earlier, 30.0 pp below the rate of");
  g_autofree char *report = g_build_filename (folder, "report", NULL);
  g_autofree char *page = read_file (report, "index.html");
  assert_says (page, "同比下降");
  g_autoptr (JsonNode) root = read_report (report);
  ck_assert_double_eq_tol (find_metric (find_analysis (root, "trade-growth"), "growth"), -10, 1e-9);
}
END_TEST

START_TEST (test_equal_runs_are_equal_bytes)
{
  g_autofree char *data = dataset ("hunan");
  char *env[] = { "SOURCE_DATE_EPOCH=1500000000", NULL };
  g_auto (Outcome) first = run_hansa_env (folder, env, "run", data, "-o", "a", "--jobs", "1", NULL);
  g_auto (Outcome) second
      = run_hansa_env (folder, env, "run", data, "-o", "b", "--jobs", "2", NULL);
  assert_exit (first, 0);
  assert_exit (second, 0);
  g_autofree char *one = read_file (folder, "a/report.json");
  g_autofree char *two = read_file (folder, "b/report.json");
  ck_assert_str_eq (one, two);

  /* The page names the command: for equal pages, the same one. */
  g_autofree char *page = read_file (folder, "a/index.html");
  g_auto (Outcome) again = run_hansa_env (folder, env, "run", data, "-o", "a", "--jobs", "1", NULL);
  assert_exit (again, 0);
  g_autofree char *same = read_file (folder, "a/index.html");
  ck_assert_msg (g_str_equal (page, same), "index.html differs");
}
END_TEST

START_TEST (test_pictures_on_request)
{
  g_autofree char *data = dataset ("hunan");
  g_auto (Outcome) outcome = run_hansa (folder, "run", data, "-p", "trade-growth", "--formats",
                                        "png,pdf", "--monochrome", NULL);
  assert_exit (outcome, 0);
  g_autofree char *charts = g_build_filename (folder, "report", "charts", NULL);
  g_autoptr (GDir) dir = g_dir_open (charts, 0, NULL);
  const char *name;
  guint png = 0, pdf = 0, svg = 0;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      png += g_str_has_suffix (name, ".png") ? 1 : 0;
      pdf += g_str_has_suffix (name, ".pdf") ? 1 : 0;
      svg += g_str_has_suffix (name, ".svg") ? 1 : 0;
    }
  ck_assert_uint_gt (svg, 0);
  ck_assert_uint_eq (png, svg);
  ck_assert_uint_eq (pdf, svg);
}
END_TEST

/* ---- bad input: what, where, what to do -------------------------------- */

START_TEST (test_missing_table)
{
  g_autofree char *data = copy_dataset (folder, "hunan");
  edit_file (data, "datapackage.json", "\"name\": \"trade\"", "\"name\": \"trades\"");
  g_auto (Outcome) outcome = run_hansa (folder, "run", "data", "-p", "trade-growth", NULL);
  assert_exit (outcome, 4);
  assert_says (outcome.err, "trade");
  assert_says (outcome.err, "trades"); /* the near name */
  ck_assert (!exists (folder, "report"));
}
END_TEST

START_TEST (test_bad_cell)
{
  g_autofree char *data = copy_dataset (folder, "hunan");
  edit_file (data, "trade.csv", "301721548000", "30l721548000");
  g_auto (Outcome) outcome = run_hansa (folder, "run", "data", "-p", "trade-growth", NULL);
  assert_exit (outcome, 3);
  assert_says (outcome.err, "trade.csv");
  assert_says (outcome.err, "3"); /* the line */
  assert_says (outcome.err, "30l721548000");
  ck_assert (!exists (folder, "report"));
}
END_TEST

START_TEST (test_missing_column)
{
  g_autofree char *data = copy_dataset (folder, "hunan");
  edit_file (data, "trade.csv", "region,year,months,basis,value", "region,year,months,basis,valve");
  g_auto (Outcome) outcome = run_hansa (folder, "run", "data", "-p", "trade-growth", NULL);
  assert_exit (outcome, 3);
  assert_says (outcome.err, "value");
}
END_TEST

START_TEST (test_wrong_unit)
{
  g_autofree char *data = copy_dataset (folder, "hunan");
  edit_file (data, "datapackage.json", "\"unit\": \"USD\"", "\"unit\": \"CNY\"");
  g_autofree char *text = read_file (data, "datapackage.json");
  g_auto (GStrv) parts = g_strsplit (text, "\"unit\": \"USD\"", -1);
  g_autofree char *changed = g_strjoinv ("\"unit\": \"CNY\"", parts);
  write_file (data, "datapackage.json", changed);
  g_auto (Outcome) outcome = run_hansa (folder, "run", "data", "-p", "trade-growth", NULL);
  ck_assert_msg (outcome.exit_code == 3 || outcome.exit_code == 4, "exit %d\n%s", outcome.exit_code,
                 outcome.err);
  assert_says (outcome.err, "CNY");
  assert_says (outcome.err, "USD");
}
END_TEST

START_TEST (test_bad_parameters)
{
  static const struct
  {
    const char *setting, *says;
  } cases[] = {
    { "trade-growth.yaer=2017", "year" },       /* near name */
    { "trade-growth.months=13", "12" },         /* out of bounds */
    { "trade-growth.year=soon", "number" },     /* mistyped */
    { "trade-groth.year=2017", "trade-groth" }, /* no such analysis in the run */
    { "nonsense", "=" },
  };
  g_autofree char *data = dataset ("hunan");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Outcome) outcome
          = run_hansa (folder, "run", data, "-p", "trade-growth", "--set", cases[i].setting, NULL);
      assert_exit (outcome, 2);
      assert_says (outcome.err, cases[i].says);
      ck_assert (!exists (folder, "report"));
    }
}
END_TEST

START_TEST (test_unknown_names)
{
  g_autofree char *data = dataset ("hunan");
  g_auto (Outcome) plugin = run_hansa (folder, "run", data, "-p", "trade-grwth", NULL);
  assert_exit (plugin, 2);
  assert_says (plugin.err, "trade-growth");
  g_auto (Outcome) command = run_hansa (folder, "rnu", NULL);
  assert_exit (command, 2);
  assert_says (command.err, "run");
  g_auto (Outcome) option = run_hansa (folder, "run", data, "--otu", "x", NULL);
  assert_exit (option, 2);
  g_auto (Outcome) none = run_hansa (folder, "run", "no-such-folder", NULL);
  ck_assert_int_ne (none.exit_code, 0);
  assert_says (none.err, "no-such-folder");
}
END_TEST

START_TEST (test_no_gnuplot)
{
  g_autofree char *data = dataset ("hunan");
  char *env[] = { "HANSA_GNUPLOT=/nonexistent/gnuplot", NULL };
  g_auto (Outcome) outcome = run_hansa_env (folder, env, "run", data, "-p", "trade-growth", NULL);
  assert_exit (outcome, 8);
  assert_says (outcome.err, "gnuplot");
  /* Numbers do not need pictures: the report is there. */
  ck_assert (exists (folder, "report/index.html"));
}
END_TEST

START_TEST (test_output_cannot_be_written)
{
  g_autofree char *data = dataset ("hunan");
  g_auto (Outcome) outcome
      = run_hansa (folder, "run", data, "-p", "trade-growth", "-o", "/proc/report", NULL);
  assert_exit (outcome, 7);
  assert_says (outcome.err, "/proc");
}
END_TEST

START_TEST (test_does_not_replace_other_folders)
{
  g_autofree char *data = dataset ("hunan");
  g_autofree char *mine = g_build_filename (folder, "mine", NULL);
  g_mkdir_with_parents (mine, 0755);
  write_file (mine, "thesis.txt", "years of work");
  g_auto (Outcome) outcome
      = run_hansa (folder, "run", data, "-p", "trade-growth", "-o", "mine", NULL);
  assert_exit (outcome, 7);
  ck_assert (exists (mine, "thesis.txt"));
}
END_TEST

/* ---- misbehaving plugins beside good ones ------------------------------ */

START_TEST (test_menagerie)
{
  static const struct
  {
    const char *name, *end;
  } animals[] = {
    { "segfault", "crashed" },        { "abort", "crashed" },
    { "stack-overflow", "crashed" },  { "endless-loop", "timed-out" },
    { "exit-early", "exited-early" }, { "write-outside", "denied" },
    { "open-socket", "denied" },      { "fork-bomb", "denied" },
    { "bad-result", "bad-result" },   { "nan-infinity", "bad-result" },
    { "invalid-utf8", "bad-result" }, { "write-stdout", "ok" },
    { "million-rows", "ok" },
  };
  g_autofree char *data = dataset ("hunan");
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < G_N_ELEMENTS (animals); i++)
    g_ptr_array_add (argv,
                     g_strdup_printf ("%s/%s.so", g_getenv ("HANSA_MENAGERIE"), animals[i].name));
  g_auto (Outcome) outcome = run_hansa (
      folder, "run", data, "--timeout", "5", "-p", "trade-growth", "-p", argv->pdata[0], "-p",
      argv->pdata[1], "-p", argv->pdata[2], "-p", argv->pdata[3], "-p", argv->pdata[4], "-p",
      argv->pdata[5], "-p", argv->pdata[6], "-p", argv->pdata[7], "-p", argv->pdata[8], "-p",
      argv->pdata[9], "-p", argv->pdata[10], "-p", argv->pdata[11], "-p", argv->pdata[12], "-p",
      "regional-balance", NULL);

  assert_exit (outcome, 5);
  g_autofree char *report = g_build_filename (folder, "report", NULL);
  g_autoptr (JsonNode) root = read_report (report);
  JsonArray *analyses = json_object_get_array_member (json_node_get_object (root), "analyses");
  ck_assert_uint_eq (json_array_get_length (analyses), G_N_ELEMENTS (animals) + 2);
  for (guint i = 0; i < json_array_get_length (analyses); i++)
    {
      JsonObject *analysis = json_array_get_object_element (analyses, i);
      const char *end = json_object_get_string_member (analysis, "end");
      const char *wanted = i == 0 || i > G_N_ELEMENTS (animals) ? "ok" : animals[i - 1].end;
      ck_assert_msg (g_str_equal (end, wanted), "%s ended %s, expected %s",
                     json_object_get_string_member (analysis, "id"), end, wanted);
    }
}
END_TEST

/* ---- interruption ------------------------------------------------------ */

/* While an analysis is at work, and while an engine reads its table. */
START_TEST (test_interrupt_writes_nothing)
{
  static const char *const endless[] = { "/endless-loop.so", "/endless-query.so" };
  g_autofree char *data = dataset ("hunan");
  g_autofree char *plugin = g_strconcat (g_getenv ("HANSA_MENAGERIE"), endless[_i], NULL);
  GPid pid = start_hansa (folder, "run", data, "-p", plugin, NULL);
  int status;

  /* At work once the folder is there that it grows its report in. */
  while (count_files (folder, ".report") == 0)
    g_usleep (10 * 1000);
  kill (pid, SIGINT);
  ck_assert_int_eq (waitpid (pid, &status, 0), pid);
  ck_assert_msg (WIFEXITED (status) && WEXITSTATUS (status) == 130, "status %x", (guint)status);
  ck_assert_uint_eq (count_files (folder, ""), 0);
}
END_TEST

START_TEST (test_kill_leaves_a_whole_report)
{
  g_autofree char *data = dataset ("hunan");
  g_autofree char *report = g_build_filename (folder, "report", NULL);
  g_auto (Outcome) first = run_hansa (folder, "run", data, "-p", "trade-growth", NULL);
  assert_exit (first, 0);

  g_autoptr (GRand) moments = g_rand_new_with_seed (20180701);
  for (int i = 0; i < 25; i++)
    {
      GPid pid = start_hansa (folder, "run", data, "-p", "trade-growth", NULL);
      int status;
      g_usleep ((gulong)g_rand_int_range (moments, 0, 150000));
      kill (pid, SIGKILL);
      waitpid (pid, &status, 0);
      g_autoptr (JsonNode) root = read_report (report); /* whole, old or new */
      ck_assert_double_eq_tol (find_metric (find_analysis (root, "trade-growth"), "growth"), 37.3,
                               0.05);
      g_autofree char *page = read_file (report, "index.html");
      ck_assert (g_str_has_suffix (g_strchomp (page), "</html>"));
    }
  /* What the killed ones left behind goes with the next run. */
  g_auto (Outcome) last = run_hansa (folder, "run", data, "-p", "trade-growth", NULL);
  assert_exit (last, 0);
  ck_assert_uint_eq (count_files (folder, "."), 0);
}
END_TEST

/* ---- the other commands ------------------------------------------------ */

START_TEST (test_commands)
{
  g_autofree char *data = dataset ("hunan");
  g_auto (Outcome) list = run_hansa (folder, "list", "--json", NULL);
  assert_exit (list, 0);
  assert_says (list.out, "trade-growth");
  g_auto (Outcome) describe
      = run_hansa (folder, "describe", "regional-balance", "--lang", "zh", NULL);
  assert_exit (describe, 0);
  assert_says (describe.out, "基尼");
  g_auto (Outcome) json = run_hansa (folder, "describe", "trade-growth", "--json", NULL);
  assert_exit (json, 0);
  g_autoptr (JsonNode) node = json_from_string (json.out, NULL);
  ck_assert_ptr_nonnull (node);
  g_auto (Outcome) why = run_hansa (folder, "why", "trade-growth", data, NULL);
  assert_exit (why, 0);
  g_auto (Outcome) validate = run_hansa (folder, "data", "validate", data, NULL);
  assert_exit (validate, 0);
  g_auto (Outcome) show = run_hansa (folder, "data", "show", data, "trade", "--rows", "3", NULL);
  assert_exit (show, 0);
  assert_says (show.out, "2973998317000");
  g_auto (Outcome) doctor = run_hansa (folder, "doctor", NULL);
  assert_exit (doctor, under_valgrind () ? 8 : 0); /* which hides the sandbox's layers */
  assert_says (doctor.out, "gnuplot");
}
END_TEST

START_TEST (test_messages_in_chinese)
{
  g_autofree char *data = dataset ("hunan");
  g_auto (Outcome) outcome = run_hansa (folder, "run", data, "-p", "trade-growth", "--set",
                                        "trade-growth.yaer=2017", "--lang", "zh", NULL);
  assert_exit (outcome, 2);
  assert_says (outcome.err, "参数");
  g_auto (Outcome) help = run_hansa (folder, "run", "--help", "--lang", "zh", NULL);
  assert_exit (help, 0);
  assert_says (help.out, "报告");
}
END_TEST

START_TEST (test_problems_are_all_named)
{
  g_autofree char *data = copy_dataset (folder, "hunan");
  edit_file (data, "tie.csv", "SC002,430000,province", "SC001,430000,provinces");
  edit_file (data, "economy.csv", "110000,2010,", "119999,2010,");
  edit_file (data, "trade.csv", "100000,2010,12", "100000,2010,13");
  g_auto (Outcome) outcome = run_hansa (folder, "data", "validate", "data", "--json", NULL);
  assert_exit (outcome, 3);
  assert_says (outcome.out, "\"unique\"");
  assert_says (outcome.out, "\"enum\"");
  assert_says (outcome.out, "\"foreign-key\"");
  assert_says (outcome.out, "\"maximum\"");
  assert_says (outcome.out, "\"line\" : 3");
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("hansa run");
  TCase *tcase = tcase_create ("run");
  tcase_add_checked_fixture (tcase, set_up, tear_down);
  tcase_set_timeout (tcase, 120);
  tcase_add_test (tcase, test_real_data);
  tcase_add_test (tcase, test_illustrative_data);
  tcase_add_test (tcase, test_a_fall_is_told_without_its_sign);
  tcase_add_test (tcase, test_equal_runs_are_equal_bytes);
  tcase_add_test (tcase, test_pictures_on_request);
  tcase_add_test (tcase, test_missing_table);
  tcase_add_test (tcase, test_bad_cell);
  tcase_add_test (tcase, test_missing_column);
  tcase_add_test (tcase, test_wrong_unit);
  tcase_add_test (tcase, test_bad_parameters);
  tcase_add_test (tcase, test_unknown_names);
  tcase_add_test (tcase, test_no_gnuplot);
  tcase_add_test (tcase, test_output_cannot_be_written);
  tcase_add_test (tcase, test_does_not_replace_other_folders);
  tcase_add_test (tcase, test_menagerie);
  tcase_add_loop_test (tcase, test_interrupt_writes_nothing, 0, 2);
  tcase_add_test (tcase, test_kill_leaves_a_whole_report);
  tcase_add_test (tcase, test_commands);
  tcase_add_test (tcase, test_messages_in_chinese);
  tcase_add_test (tcase, test_problems_are_all_named);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
