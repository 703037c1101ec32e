/* SPDX-License-Identifier: MIT
 *
 * What goes wrong for an analyst, end to end: each fault is made in a copy of
 * the real dataset, and the program must say what, where and what to do, in
 * both languages, with the documented exit code.
 */
#include "support/harness.h"

#include <check.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *name;
  const char *file, *old, *new; /* an edit of the dataset; NULL file: none */
  const char *setting;          /* --set; NULL: none */
  const char *environment;      /* NAME=VALUE; NULL: none */
  int exit_code;
  gboolean has_report;
  const char *both[4]; /* what stands in the message of either language */
  const char *en, *zh; /* and in that of one: what to do */
} Fault;

#define VALUE_FIELD "\"name\": \"value\", \"type\": \"number\", \"title\": \"Imports and exports\""
#define VALUE_UNIT "\"title_zh\": \"进出口总额\", \"unit\": \"USD\""
#define HEADER "region,year,months,basis,value,"
#define BEYOND_FONTS "\xf4\x8f\xbf\xbd" /* U+10FFFD, the last of private use */

static const Fault faults[] = {
  { "missing table",
    "datapackage.json",
    "\"name\": \"trade\"",
    "\"name\": \"trades\"",
    NULL,
    NULL,
    4,
    FALSE,
    { "trade-growth", "hunan", "“trade”", "“trades”" },
    "map it in the study file",
    "建立映射" },
  { "missing column",
    "datapackage.json",
    VALUE_FIELD,
    "\"name\": \"valeu\", \"type\": \"number\", \"title\": \"\"",
    NULL,
    NULL,
    4,
    FALSE,
    { "trade.csv", "“value”", "“valeu”", "“trade”" },
    "map it in the study file",
    "建立映射" },
  { "column of the file misspelt",
    "trade.csv",
    HEADER,
    "region,year,months,basis,valeu,",
    NULL,
    NULL,
    3,
    FALSE,
    { "trade.csv:1: valeu", "“value”", "trade.csv:1: value", NULL },
    "Did you mean",
    "是不是" },
  { "column of another type",
    "datapackage.json",
    VALUE_FIELD ", " VALUE_UNIT ", \"constraints\": {\"required\": true, \"minimum\": 0}",
    "\"name\": \"value\", \"type\": \"string\"",
    NULL,
    NULL,
    3,
    FALSE,
    { "“trade”", "“value”", NULL },
    "Correct the type in the schema",
    "类型" },
  { "another currency",
    "datapackage.json",
    VALUE_UNIT,
    "\"unit\": \"CNY\"",
    NULL,
    NULL,
    3,
    FALSE,
    { "trade.csv", "“value”", "CNY", "USD" },
    "give a column in USD",
    "请提供" },
  { "unit that does not convert",
    "datapackage.json",
    VALUE_UNIT,
    "\"unit\": \"万人\"",
    NULL,
    NULL,
    3,
    FALSE,
    { "trade.csv", "“value”", "万人", "USD" },
    "does not convert",
    "换算" },
  { "bad cell",
    "trade.csv",
    "301721548000",
    "30l721548000",
    NULL,
    NULL,
    3,
    FALSE,
    { "trade.csv:3", "value", "30l721548000", NULL },
    "number",
    "数" },
  { "unknown parameter",
    NULL,
    NULL,
    NULL,
    "trade-growth.yaer=2017",
    NULL,
    2,
    FALSE,
    { "yaer", "year", "trade-growth", NULL },
    "did you mean",
    "是不是" },
  { "value out of bounds",
    NULL,
    NULL,
    NULL,
    "trade-growth.months=13",
    NULL,
    2,
    FALSE,
    { "trade-growth.months", "13", "1", "12" },
    "it must be a whole number from 1 to 12",
    "整数" },
  { "value of another type",
    NULL,
    NULL,
    NULL,
    "trade-growth.year=soon",
    NULL,
    2,
    FALSE,
    { "trade-growth.year", "soon", NULL },
    "it must be a whole number",
    "整数" },
  { "no gnuplot",
    NULL,
    NULL,
    NULL,
    NULL,
    "PATH=/nonexistent",
    8,
    TRUE,
    { "gnuplot", "apt install gnuplot-nox", "HANSA_GNUPLOT", NULL },
    "is not installed",
    "未安装" },
  { "gnuplot named wrongly",
    NULL,
    NULL,
    NULL,
    NULL,
    "HANSA_GNUPLOT=/nonexistent/gnuplot",
    8,
    TRUE,
    { "HANSA_GNUPLOT", "/nonexistent/gnuplot", NULL },
    "absolute path of a program",
    "绝对路径" },
  { "worker named wrongly",
    NULL,
    NULL,
    NULL,
    NULL,
    "HANSA_WORKER=/nonexistent/worker",
    8,
    FALSE,
    { "HANSA_WORKER", "/nonexistent/worker", NULL },
    "correct it or unset it",
    "请改正" },
  { "engine named wrongly",
    "trade.csv",
    "301721548000",
    "301721548001",
    NULL,
    "HANSA_ENGINE_DIR=/nonexistent",
    8,
    FALSE,
    { "HANSA_ENGINE_DIR", "/nonexistent", "hansa-engine-duckdb.so", NULL },
    "correct it or unset it",
    "请改正" },
  { "engine's library named wrongly",
    NULL,
    NULL,
    NULL,
    NULL,
    "HANSA_DUCKDB=/nonexistent/libduckdb.so",
    8,
    FALSE,
    { "HANSA_DUCKDB", "/nonexistent/libduckdb.so", NULL },
    "correct it or unset it",
    "请改正" },
  { "characters of no font",
    "region.csv",
    "湖南",
    "湖南" BEYOND_FONTS,
    NULL,
    NULL,
    0,
    TRUE,
    { "U+10FFFD", "trade-growth", "growth_bars", "fonts-noto-cjk" },
    "no installed font can draw",
    "字体" },
};

static void
assert_says (const Fault *fault, const char *said, const char *part)
{
  ck_assert_msg (part == NULL || strstr (said, part) != NULL, "%s: \"%s\" is not in:\n%s",
                 fault->name, part, said);
}

static void
run_fault (const Fault *fault, const char *folder, const char *language)
{
  /* The engine reads a table of any size when told so. */
  const gboolean engine = g_str_has_prefix (fault->name, "engine");
  char *env[] = { (char *)(engine ? "HANSA_ENGINE_ABOVE=0" : "NO_COLOR=1"),
                  (char *)fault->environment, NULL };
  g_auto (Outcome) outcome
      = run_hansa_env (folder, env, "run", "data", "-p", "trade-growth", "--quiet", "--lang",
                       language, fault->setting != NULL ? "--set" : NULL, fault->setting, NULL);

  ck_assert_msg (outcome.exit_code == fault->exit_code, "%s: exit %d, expected %d\n%s", fault->name,
                 outcome.exit_code, fault->exit_code, outcome.err);
  for (gsize i = 0; i < G_N_ELEMENTS (fault->both); i++)
    assert_says (fault, outcome.err, fault->both[i]);
  assert_says (fault, outcome.err, g_str_equal (language, "zh") ? fault->zh : fault->en);
  ck_assert_msg (exists (folder, "report") == fault->has_report, "%s: report", fault->name);
}

START_TEST (test_fault)
{
  const Fault *fault = &faults[_i];
  char *folder = folder_new ();
  g_autofree char *data = copy_dataset (folder, "hunan");

  if (fault->file != NULL)
    edit_file (data, fault->file, fault->old, fault->new);
  run_fault (fault, folder, "en");
  run_fault (fault, folder, "zh");
  folder_remove (folder);
}
END_TEST

/* ---- files that cannot be read --------------------------------------------- */

static void
make_folder (const char *path)
{
  g_remove (path);
  g_mkdir (path, 0755);
}

static void
forbid (const char *path)
{
  g_chmod (path, 0);
}

static void
garble (const char *path)
{
  g_file_set_contents (path, "region,year\n\xff\xfe\n", -1, NULL);
}

static void
erase (const char *path)
{
  g_remove (path);
}

static const struct
{
  const char *name;
  void (*spoil) (const char *path);
  const char *en, *zh;
} unreadable[] = {
  { "gone", erase, "there is no such file", "没有这个文件" },
  { "a folder", make_folder, "is not a file", "不是文件" },
  { "forbidden", forbid, "Permission denied", "请" },
  { "not UTF-8", garble, "UTF-8", "UTF-8" },
};

START_TEST (test_unreadable_file)
{
  static const char *const languages[] = { "en", "zh" };
  char *folder = folder_new ();
  g_autofree char *data = copy_dataset (folder, "hunan");
  g_autofree char *path = g_build_filename (data, "trade.csv", NULL);

  unreadable[_i].spoil (path);
  gboolean blocked = g_access (path, R_OK) != 0 || !g_str_equal (unreadable[_i].name, "forbidden");
  for (gsize i = 0; i < G_N_ELEMENTS (languages) && blocked; i++) /* root may read all */
    {
      g_auto (Outcome) outcome
          = run_hansa (folder, "run", "data", "-p", "trade-growth", "--lang", languages[i], NULL);
      ck_assert_msg (outcome.exit_code == 3, "%s: exit %d\n%s", unreadable[_i].name,
                     outcome.exit_code, outcome.err);
      ck_assert (strstr (outcome.err, "trade.csv") != NULL);
      ck_assert_msg (strstr (outcome.err, i == 0 ? unreadable[_i].en : unreadable[_i].zh) != NULL,
                     "%s: %s", unreadable[_i].name, outcome.err);
      ck_assert (!exists (folder, "report"));
      /* "why" does not promise what a run cannot keep. */
      g_auto (Outcome) why
          = run_hansa (folder, "why", "trade-growth", "data", "--lang", languages[i], NULL);
      if (unreadable[_i].spoil == garble) /* it reads no data */
        continue;
      ck_assert_msg (why.exit_code == 3, "%s: why: exit %d\n%s", unreadable[_i].name, why.exit_code,
                     why.out);
      ck_assert (strstr (why.out, "trade.csv") != NULL);
    }
  folder_remove (folder);
}
END_TEST

/* ---- the command line ------------------------------------------------------- */

/* The plugins that are elsewhere still serve. */
START_TEST (test_no_such_plugin_folder)
{
  char *folder = folder_new ();
  g_autofree char *path
      = g_strdup_printf ("HANSA_PLUGIN_PATH=/nonexistent:%s", g_getenv ("HANSA_PLUGIN_PATH"));
  char *env[] = { path, NULL };
  g_auto (Outcome) outcome = run_hansa_env (folder, env, "list", "--plugin-dir", "/missing", NULL);

  ck_assert_int_eq (outcome.exit_code, 0);
  ck_assert_ptr_nonnull (strstr (outcome.out, "trade-growth"));
  ck_assert_ptr_nonnull (strstr (outcome.err, "/nonexistent"));
  ck_assert_ptr_nonnull (strstr (outcome.err, "/missing"));
  folder_remove (folder);
}
END_TEST

START_TEST (test_language_before_command)
{
  char *folder = folder_new ();
  g_auto (Outcome) none = run_hansa (folder, "--lang", "zh", NULL);
  ck_assert_int_eq (none.exit_code, 2);
  ck_assert (strstr (none.err, "用法") != NULL);
  g_auto (Outcome) list = run_hansa (folder, "--lang=zh", "list", NULL);
  ck_assert_int_eq (list.exit_code, 0);
  ck_assert (strstr (list.out, "友城") != NULL);
  g_auto (Outcome) unknown = run_hansa (folder, "--lang", "zh", "lsit", NULL);
  ck_assert_int_eq (unknown.exit_code, 2);
  ck_assert (strstr (unknown.err, "list") != NULL);
  g_auto (Outcome) other = run_hansa (folder, "list", "--lang", "fr", NULL);
  ck_assert_int_eq (other.exit_code, 2);
  ck_assert (strstr (other.err, "fr") != NULL);
  folder_remove (folder);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("errors");
  TCase *tcase = tcase_create ("errors");
  tcase_set_timeout (tcase, 120);
  tcase_add_loop_test (tcase, test_fault, 0, G_N_ELEMENTS (faults));
  tcase_add_loop_test (tcase, test_unreadable_file, 0, G_N_ELEMENTS (unreadable));
  tcase_add_test (tcase, test_language_before_command);
  tcase_add_test (tcase, test_no_such_plugin_folder);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
