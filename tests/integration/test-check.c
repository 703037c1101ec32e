/* SPDX-License-Identifier: MIT
 *
 * hansa check: our own plugins pass, and each mistake that the sample plugin is
 * built with is found and named.
 */
#include "support/harness.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* The cause as it must be told: the test that finds it, and words that say what
 * to look for. */
static const struct
{
  const char *defect;
  const char *test;
  const char *says;
  gboolean warning; /* suspicious only: exit code 0 */
} defects[] = {
  { "other-version-in-section", "abi", "says version \"1.1.0\", the descriptor \"1.0.0\"", FALSE },
  { "default-out-of-bounds", "abi", "sample.top = \"0\": it must be a whole number from 1", FALSE },
  { "alike-names", "abi", "\"top\" and \"tops\" are easily confused", TRUE },
  { "unknown-unit", "abi", "column \"value\": its unit \"dollars\"", FALSE },
  { "file-read", "abi", "it links to fopen()", TRUE },
  { "file-read", "answers", "system call openat() is not allowed", FALSE },
  { "untranslated", "texts", "parameter \"top\": its Chinese has no Chinese character", FALSE },
  { "placeholder-in-one-language", "texts",
    "finding \"leaders\": {share} is missing from its Chinese", FALSE },
  { "off-by-one", "answers", "it reads row 0, counted from zero, of column \"value\"", FALSE },
  { "undeclared-column", "answers", "it reads column 3, counted from zero; 3 are declared", FALSE },
  { "write-past-end", "answers", "past the end of a block of", FALSE },
  { "use-after-free", "answers", "it uses a block of memory that it has freed", FALSE },
  { "long-text-overflow", "answers", "on \"very long texts\" it ended \"crashed\"", FALSE },
  { "deep-recursion", "answers", "on \"very many rows\" it ended \"crashed\": SIGSEGV: the stack",
    FALSE },
  { "division-by-zero", "answers", "on \"empty tables\" it ended \"crashed\": SIGFPE", FALSE },
  { "endless-on-empty", "answers", "on \"empty tables\" it ended \"timed-out\"", FALSE },
  { "nan-as-value", "answers", "(\"share\"): value is not finite; use hansa_value()", FALSE },
  { "digit-in-finding", "answers", "finding \"leaders\" has a digit in its words", FALSE },
  { "unknown-placeholder", "answers", "speaks of {shares}, which is no metric", FALSE },
  { "text-in-one-language", "answers", "hansa_note(): text is given in one language only", FALSE },
  { "uninitialised-heap", "memory", "depends on memory that was never written: metric \"share\"",
    FALSE },
  { "uninitialised-stack", "memory", "depends on memory that was never written: metric \"total\"",
    FALSE },
  { "chance", "memory",
    "two equal runs answer differently: it is left to chance or time: metric "
    "\"total\"",
    FALSE },
  { "leak", "leaks", "each run leaks 128 bytes", FALSE },
  { "static-state", "repeat", "something static is kept: metric \"total\"", FALSE },
  { "unseeded-random", "repeat", "it calls rand()", FALSE },
  { "time", "clock", "depends on the time of the run: metric \"total\"", FALSE },
  { "time", "clock", "it calls time()", FALSE },
  { "decimal-comma", "locale", "it calls strtod()", FALSE },
  { "first-row-counts", "order", "depends on the order of the rows: metric \"total\"", FALSE },
  { "rows-as-they-come", "order", "table \"rows\", row 1, column \"region\"", FALSE },
  { "column-never-read", "use", "column \"region\" of input \"trade\" is declared but never read",
    FALSE },
  { "parameter-never-asked", "use", "parameter \"least\" is declared but never asked for", FALSE },
  { "parameter-ignored", "use", "no value of it ever changed the result", TRUE },
  { "wrong-unit", "units", "metric \"share\" is in USD", FALSE },
  { "integer-overflow", "units", "was multiplied by 1000000: a wrong unit, an overflow", FALSE },
  { "dropped-without-note", "dropped", "whose \"value\" is missing is left out", TRUE },
  { "wrong-evidence", "evidence", "metric \"total\" has another value when \"trade\" holds only",
    TRUE },
};

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
defect_file (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".so", NULL);

  return g_build_filename (g_getenv ("HANSA_DEFECTS"), file, NULL);
}

static JsonObject *
root_of (JsonParser *parser, const char *text)
{
  g_autoptr (GError) error = NULL;

  ck_assert_msg (json_parser_load_from_data (parser, text, -1, &error), "%s: %s",
                 error != NULL ? error->message : "", text);
  return json_node_get_object (json_parser_get_root (parser));
}

/* Whether one of the test's faults says that. */
static gboolean
says (JsonObject *root, const char *test, const char *words)
{
  JsonArray *tests = json_object_get_array_member (root, "tests");

  for (guint i = 0; i < json_array_get_length (tests); i++)
    {
      JsonObject *verdict = json_array_get_object_element (tests, i);
      JsonArray *faults = json_object_get_array_member (verdict, "faults");

      if (!g_str_equal (json_object_get_string_member (verdict, "id"), test))
        continue;
      for (guint j = 0; j < json_array_get_length (faults); j++)
        if (strstr (json_object_get_string_member (json_array_get_object_element (faults, j),
                                                   "message"),
                    words)
            != NULL)
          return TRUE;
    }
  return FALSE;
}

/* A sanitizer brings its own heap and clock, so what watches ours is off. */
static gboolean
is_sanitizers (const char *defect)
{
#ifdef __SANITIZE_ADDRESS__
  static const char *const theirs[]
      = { "write-past-end", "use-after-free", "uninitialised-heap", "leak", "time", NULL };
  return g_strv_contains (theirs, defect);
#else
  (void)defect;
  return FALSE;
#endif
}

START_TEST (defect_is_named)
{
  if (is_sanitizers (defects[_i].defect))
    return;
  g_autofree char *file = defect_file (defects[_i].defect);
  gboolean slow = g_str_equal (defects[_i].defect, "endless-on-empty");
  g_auto (Outcome) outcome = run_hansa (folder, "check", file, "--only", defects[_i].test,
                                        "--timeout", slow ? "2" : "60", "--json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();

  ck_assert_int_eq (outcome.exit_code, defects[_i].warning ? 0 : 5);
  ck_assert_msg (says (root_of (parser, outcome.out), defects[_i].test, defects[_i].says),
                 "%s is not named by \"%s\" (\"%s\"):\n%s", defects[_i].defect, defects[_i].test,
                 defects[_i].says, outcome.out);
}
END_TEST

/* Without a mistake there is nothing to say, however the tables are drawn. */
START_TEST (sound_plugin_passes)
{
  static const char *const seeds[] = { "1", "2", "77" };
  g_autofree char *file = defect_file ("sound");
  g_auto (Outcome) outcome
      = run_hansa (folder, "check", file, "--seed", seeds[_i], "--timeout", "60", "--json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonArray *tests = json_object_get_array_member (root_of (parser, outcome.out), "tests");

  ck_assert_int_eq (outcome.exit_code, 0);
  ck_assert_uint_ge (json_array_get_length (tests), 14);
  for (guint i = 0; i < json_array_get_length (tests); i++)
    {
      JsonObject *verdict = json_array_get_object_element (tests, i);
      const char *id = json_object_get_string_member (verdict, "id");
      const char *state = json_object_get_string_member (verdict, "state");

      ck_assert_msg (g_str_equal (state, g_str_equal (id, "cases") ? "skipped" : "passed"),
                     "%s %s:\n%s", id, state, outcome.out);
      ck_assert (g_str_equal (id, "abi") || g_str_equal (id, "cases") || g_str_equal (id, "texts")
                 || json_object_get_int_member (verdict, "runs") > 0);
    }
}
END_TEST

static const char *const ours[] = { "trade-growth", "regional-balance", "activity-tiering" };

START_TEST (our_plugins_pass)
{
  g_autofree char *cases
      = g_build_filename (g_getenv ("HANSA_SOURCE_DIR"), "plugins", ours[_i], "cases", NULL);
  g_auto (Outcome) outcome
      = run_hansa (folder, "check", ours[_i], "--cases", cases, "--timeout", "60", NULL);

  ck_assert_msg (outcome.exit_code == 0, "%s%s", outcome.out, outcome.err);
  ck_assert_ptr_null (strstr (outcome.out, "  skip  "));
}
END_TEST

START_TEST (tables_are_shrunk_and_kept)
{
  g_autofree char *file = defect_file ("first-row-counts");
  g_auto (Outcome) outcome
      = run_hansa (folder, "check", file, "--only", "order", "--keep", "kept", "--json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root = root_of (parser, outcome.out);
  JsonObject *fault = json_array_get_object_element (
      json_object_get_array_member (
          json_array_get_object_element (json_object_get_array_member (root, "tests"), 0),
          "faults"),
      0);

  /* Two rows are the fewest that have an order. */
  ck_assert_int_eq (
      json_object_get_int_member (json_object_get_object_member (fault, "rows"), "trade"), 2);
  ck_assert (exists (folder, "kept/order-1/datapackage.json"));
  ck_assert (exists (folder, "kept/order-1/case.ini"));
  g_autofree char *csv = read_file (folder, "kept/order-1/trade.csv");
  g_auto (GStrv) lines = g_strsplit (g_strchomp (csv), "\n", -1);
  ck_assert_uint_eq (g_strv_length (lines), 3);
  ck_assert_str_eq (lines[0], "region,year,value");
  /* It is a data package like any other. */
  g_auto (Outcome) valid = run_hansa (folder, "data", "validate", "kept/order-1", NULL);
  ck_assert_msg (valid.exit_code == 0, "%s%s", valid.out, valid.err);
}
END_TEST

START_TEST (same_seed_same_words)
{
  g_autofree char *file = defect_file ("first-row-counts");
  g_auto (Outcome) first
      = run_hansa (folder, "check", file, "--only", "order", "--seed", "5", NULL);
  g_auto (Outcome) again
      = run_hansa (folder, "check", file, "--only", "order", "--seed", "5", NULL);

  ck_assert_str_eq (first.out, again.out);
  ck_assert_ptr_nonnull (strstr (first.out, "--seed 5 --only order"));
}
END_TEST

START_TEST (chinese_is_spoken)
{
  g_autofree char *file = defect_file ("untranslated");
  g_auto (Outcome) outcome
      = run_hansa (folder, "check", file, "--only", "texts", "--lang", "zh", NULL);

  ck_assert_int_eq (outcome.exit_code, 5);
  ck_assert_ptr_nonnull (strstr (outcome.out, "未通过"));
  ck_assert_ptr_null (strstr (outcome.out, "is it translated"));
}
END_TEST

START_TEST (bad_usage_is_told)
{
  g_autofree char *file = defect_file ("sound");
  g_auto (Outcome) unknown = run_hansa (folder, "check", file, "--only", "ordre", NULL);
  g_auto (Outcome) none = run_hansa (folder, "check", NULL);
  g_auto (Outcome) missing = run_hansa (folder, "check", "nowhere.so", NULL);

  ck_assert_int_eq (unknown.exit_code, 2);
  ck_assert_ptr_nonnull (strstr (unknown.err, "order"));
  ck_assert_int_eq (none.exit_code, 2);
  ck_assert_int_ne (missing.exit_code, 0);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("hansa check");
  TCase *tests = tcase_create ("check");
  SRunner *runner = srunner_create (suite);

  tcase_add_unchecked_fixture (tests, set_up, tear_down);
  tcase_set_timeout (tests, 240);
  tcase_add_loop_test (tests, defect_is_named, 0, (int)G_N_ELEMENTS (defects));
  tcase_add_loop_test (tests, sound_plugin_passes, 0, 3);
  tcase_add_loop_test (tests, our_plugins_pass, 0, (int)G_N_ELEMENTS (ours));
  tcase_add_test (tests, tables_are_shrunk_and_kept);
  tcase_add_test (tests, same_seed_same_words);
  tcase_add_test (tests, chinese_is_spoken);
  tcase_add_test (tests, bad_usage_is_told);
  suite_add_tcase (suite, tests);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
