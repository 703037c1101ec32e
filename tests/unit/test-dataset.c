/* SPDX-License-Identifier: MIT
 *
 * Manifests, schemas, and every rule that a file can break.
 */
#include "unit/test-dataset-kit.h"

#include "base/nearest.h"
#include "dataset/cell.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#define REGION "{'name':'region','type':'string'}"
#define NUMBER "{'name':'value','type':'number','unit':'USD'}"

/* ---- manifests ----------------------------------------------------------- */

static const struct
{
  const char *json, *says;
} bad_manifests[] = {
  { "{", "datapackage.json: not valid JSON" },
  { "[]", "must be an object" },
  { "{'name':1}", "name: must be a text" },
  { "{'synthetic':'yes'}", "synthetic: must be true or false" },
  { "{}", "resources: list the package's tables" },
  { "{'resources':[{}]}", "resources[0].name: every resource needs a name" },
  { "{'resources':[{'name':'a'}]}", "resources[0].path: name one file" },
  { "{'resources':[{'name':'a','path':'/etc/passwd','format':'csv'}]}", "leads out of" },
  { "{'resources':[{'name':'a','path':'x/../../b.csv'}]}", "leads out of the package" },
  { "{'resources':[{'name':'a','path':'http://x/b.csv'}]}", "leads out of the package" },
  { "{'resources':[{'name':'a','path':'a.xls'}]}", "resources[0].format: “xls” cannot be read" },
  { "{'resources':[{'name':'a','path':'a.csv'}]}", "resources[0].schema: describe" },
  { "{'resources':[{'name':'a','path':'a.csv','dialect':{'delimiter':';'}}]}", "with commas" },
  { "{'resources':[{'name':'a','path':'a.csv','schema':{}}]}", "schema.fields: list" },
  { "{'resources':[{'name':'a','path':'a.csv','schema':'../s.json'}]}", "leads out of" },
  { "{'resources':[{'name':'a','path':'a.csv','schema':{'fields':[{'name':'x','type':'nummer'}]}}]"
    "}",
    "schema.fields[0].type: “nummer” is not a type that can be read. Write number" },
  { "{'resources':[{'name':'a','path':'a.csv','schema':{'fields':[{'name':'x'},{'name':'x'}]}}]}",
    "fields[1].name: there is a field “x” already" },
  { "{'resources':[{'name':'a','path':'a.csv','schema':{'fields':[{'name':'x','constraints':"
    "{'requird':true}}]}}]}",
    "constraints.requird: not a constraint that can be checked. Did you mean “required”?" },
  { "{'resources':[{'name':'a','path':'a.csv','schema':{'fields':[{'name':'x','constraints':"
    "{'pattern':'('}}]}}]}",
    "not a regular expression" },
  { "{'resources':[{'name':'a','path':'a.csv','schema':{'fields':[{'name':'x','constraints':"
    "{'minimum':3}}]}}]}",
    "only numbers and dates" },
  { "{'resources':[{'name':'a','path':'a.csv','schema':{'fields':[{'name':'region'}],"
    "'primaryKey':'regon'}}]}",
    "primaryKey: there is no field “regon”. Did you mean “region”?" },
  { "{'resources':[{'name':'a','path':'a.csv','schema':{'fields':[{'name':'x'}],'foreignKeys':"
    "[{'fields':'x','reference':{'resource':'b','fields':'y'}}]}}]}",
    "foreignKeys[0].reference.resource: there is no resource “b”" },
  { "{'resources':[{'name':'a','path':'a.csv','schema':{'fields':[{'name':'x'}]}},"
    "{'name':'b','table':'a','path':'a.csv','schema':{'fields':[{'name':'x'}]}}]}",
    "resources[1].table: “a” provides the table “a” already" },
};

START_TEST (refuses_manifest)
{
  char *folder = kit_folder ();
  g_autofree char *json = g_strdelimit (g_strdup (bad_manifests[_i].json), "'", '"');
  g_autoptr (GError) error = NULL;

  kit_text (folder, "datapackage.json", json);
  ck_assert_ptr_null (hansa_dataset_open (folder, &error));
  ck_assert_int_eq (error->code, HANSA_EXIT_DATA);
  ck_assert_msg (strstr (error->message, bad_manifests[_i].says) != NULL, "%s: %s",
                 bad_manifests[_i].json, error->message);
  kit_remove (folder);
}
END_TEST

START_TEST (refuses_depth_and_absence)
{
  char *folder = kit_folder ();
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autoptr (GError) error = NULL, absent = NULL;

  ck_assert_ptr_null (hansa_dataset_open (folder, &absent));
  ck_assert_ptr_nonnull (strstr (absent->message, "no such file"));
  kit_text (folder, "datapackage.json", deep);
  ck_assert_ptr_null (hansa_dataset_open (folder, &error));
  ck_assert_ptr_nonnull (strstr (error->message, "nested"));
  kit_remove (folder);
}
END_TEST

START_TEST (refuses_links_out)
{
  char *folder = kit_folder ();
  g_autofree char *link = g_build_filename (folder, "t.csv", NULL);
  g_autoptr (GError) error = NULL;

  kit_package (folder, REGION, "");
  ck_assert_int_eq (symlink ("/etc/passwd", link), 0);
  ck_assert_ptr_null (hansa_dataset_open (folder, &error));
  ck_assert_ptr_nonnull (strstr (error->message, "leads out of the package"));
  kit_remove (folder);
}
END_TEST

START_TEST (reads_manifest)
{
  char *folder = kit_folder ();
  g_autofree char *json = g_strdup (
      "{'name':'n','title':'T','title_zh':'题','synthetic':true,'parameters':{'p':{'a':'x','b':2,"
      "'c':0.5,'d':true}},'resources':[{'name':'r','table':'trade','path':'r.csv','coverage':'C',"
      "'columns':{'year':'year(day)','flow':'exports'},'schema':'s.json'}]}");
  kit_text (folder, "datapackage.json", g_strdelimit (json, "'", '"'));
  kit_text (folder, "s.json", "{\"fields\":[{\"name\":\"day\",\"type\":\"date\"}]}");
  g_autoptr (HansaDataset) dataset = kit_open (folder);

  ck_assert_str_eq (hansa_dataset_name (dataset), "n");
  ck_assert_str_eq (hansa_dataset_title (dataset).zh, "题");
  ck_assert (hansa_dataset_is_synthetic (dataset));
  ck_assert_str_eq (hansa_dataset_parameter (dataset, "p", "b"), "2");
  ck_assert_str_eq (hansa_dataset_parameter (dataset, "p", "c"), "0.5");
  ck_assert_str_eq (hansa_dataset_parameter (dataset, "p", "d"), "true");
  ck_assert_ptr_null (hansa_dataset_parameter (dataset, "p", "e"));
  const HansaResource *resource = hansa_dataset_resource (dataset, "trade");
  ck_assert_str_eq (resource->name, "r");
  ck_assert_str_eq (g_hash_table_lookup (resource->columns, "year"), "year(day)");
  ck_assert_ptr_null (hansa_dataset_resource (dataset, "r"));
  kit_remove (folder);
}
END_TEST

/* ---- files --------------------------------------------------------------- */

typedef struct
{
  const char *fields, *more, *csv;
  guint32 line; /* of the first problem; 0: none, or the file as a whole */
  const char *column, *rule, *says;
} FileCase;

static const FileCase files[] = {
  { REGION "," NUMBER, "", "region,value\na,1.5\n", 0, NULL, NULL, NULL },
  { REGION "," NUMBER, "", "value,region\r\n1.5,a\r\n", 0, NULL, NULL, NULL },
  { REGION "," NUMBER, "", "\xEF\xBB\xBFregion,value\na,1.5\n", 0, NULL, NULL, NULL },
  /* structure */
  { REGION, "", "", 0, NULL, "columns", "the file is empty" },
  { REGION "," NUMBER, "", "a,1.5\nb,2\n", 1, NULL, "columns", "must name the columns" },
  { REGION "," NUMBER, "", "region,valeu\na,1\n", 1, "valeu", "columns", "Did you mean “value”?" },
  { REGION "," NUMBER, "", "region\na\n", 1, "value", "columns", "has no column “value”" },
  { REGION "," NUMBER, "", "region,value,value\na,1,2\n", 1, "value", "columns", "two columns" },
  { REGION "," NUMBER, "", "region,value,\na,1,2\n", 1, NULL, "columns", "has no name" },
  { REGION "," NUMBER, "", "region,value\na\n", 2, "value", "structure", "1 cells, the header 2" },
  { REGION "," NUMBER, "", "region,value\na,1\nb,1,2\n", 3, NULL, "structure", "3 cells" },
  { REGION "," NUMBER, "", "region,value\n\"a,1\n", 2, "region", "structure", "never closed" },
  { REGION "," NUMBER, "", "region,value\na\"b,1\n", 2, "region", "structure", "stands inside" },
  /* types */
  { NUMBER, "", "value\nx\n", 2, "value", "type", "“x” is not a number" },
  { NUMBER, "", "value\n１２３\n", 2, "value", "type", "full-width digits. Write 123." },
  { NUMBER, "", "value\n\"1,234.5\"\n", 2, "value", "type", "Write 1234.5." },
  { NUMBER, "", "value\n 12\n", 2, "value", "type", "Write 12." },
  { NUMBER, "", "value\n12万\n", 2, "value", "type", "its unit in the cell" },
  { NUMBER, "", "value\n45%\n", 2, "value", "type", "its unit in the cell" },
  { NUMBER, "", "value\nn/a\n", 2, "value", "type", "missingValues" },
  { NUMBER, "", "value\nnan\n", 2, "value", "type", "is not a number" },
  { NUMBER, "", "value\n0x10\n", 2, "value", "type", "is not a number" },
  { NUMBER, "", "value\n1e999\n", 2, "value", "type", "is not a number" },
  { "{'name':'n','type':'integer'}", "", "n\n1.5\n", 2, "n", "type", "not a whole number" },
  { "{'name':'n','type':'integer'}", "", "n\n9223372036854775808\n", 2, "n", "type", "64 bits" },
  { "{'name':'d','type':'date'}", "", "d\n2018/7/1\n", 2, "d", "type", "Write 2018-07-01." },
  { "{'name':'d','type':'date'}", "", "d\n2018年7月1日\n", 2, "d", "type", "Write 2018-07-01." },
  { "{'name':'d','type':'date'}", "", "d\n2018-02-30\n", 2, "d", "type", "not a day of" },
  { "{'name':'d','type':'date'}", "", "d\n2018\n", 2, "d", "type", "is not a date" },
  { "{'name':'b','type':'boolean'}", "", "b\nyes\n", 2, "b", "type", "neither true nor false" },
  /* constraints */
  { "{'name':'a','constraints':{'required':true}},{'name':'b'}", "", "a,b\n,x\n", 2, "a",
    "required", "empty" },
  { "{'name':'a','constraints':{'unique':true}}", "", "a\nx\ny\nx\n", 4, "a", "unique",
    "“x” stands in line 2 already" },
  { "{'name':'a','constraints':{'enum':['high','low']}}", "", "a\nhihg\n", 2, "a", "enum",
    "Did you mean “high”?" },
  { "{'name':'n','type':'integer','constraints':{'minimum':1}}", "", "n\n0\n", 2, "n", "minimum",
    "smallest value allowed, 1" },
  { "{'name':'d','type':'date','constraints':{'maximum':'2018-07-01'}}", "", "d\n2018-07-02\n", 2,
    "d", "maximum", "2018-07-01" },
  { "{'name':'a','constraints':{'pattern':'[0-9]{6}'}}", "", "a\n1234567\n", 2, "a", "pattern",
    "does not have the form" },
  /* keys */
  { "{'name':'a'},{'name':'n','type':'integer'}", ",'primaryKey':['a','n']", "a,n\nx,1\nx,01\n", 3,
    "a, n", "primary-key", "“x, 1” stands in line 2" },
  { "{'name':'a'},{'name':'b'}", ",'primaryKey':'a'", "a,b\n,1\n", 2, "a", "primary-key", "empty" },
  { "{'name':'a'},{'name':'up'}",
    ",'foreignKeys':[{'fields':'up','reference':{'resource':'','fields':'a'}}]",
    "a,up\nx,\ny,x\nz,q\n", 4, "up", "foreign-key", "“q” is not in column a of t.csv" },
  { "{'name':'a'},{'name':'up'}", ",'missingValues':['-']", "a,up\n-,x\n", 0, NULL, NULL, NULL },
};

START_TEST (checks_file)
{
  const FileCase *test = &files[_i];
  char *folder = kit_folder ();
  g_autoptr (GPtrArray) problems
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_problem_free);
  g_autoptr (GError) error = NULL;

  kit_package (folder, test->fields, test->more);
  kit_text (folder, "t.csv", test->csv);
  g_autoptr (HansaDataset) dataset = kit_open (folder);
  gboolean sound = hansa_dataset_validate (dataset, 10, problems, &error);
  ck_assert_ptr_null (error);
  ck_assert_msg (sound == (test->rule == NULL), "%s", test->csv);
  if (!sound)
    {
      const HansaProblem *first = g_ptr_array_index (problems, 0);
      ck_assert_uint_eq (first->line, test->line);
      ck_assert_str_eq (first->rule, test->rule);
      ck_assert_pstr_eq (first->column, test->column);
      ck_assert_msg (strstr (first->message, test->says) != NULL, "%s: %s", test->csv,
                     first->message);
    }
  kit_remove (folder);
}
END_TEST

START_TEST (finds_many_problems)
{
  char *folder = kit_folder ();
  g_autoptr (GPtrArray) problems
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_problem_free);

  kit_package (folder, REGION "," NUMBER, "");
  kit_text (folder, "t.csv", "region,value\na,x\nb\nc,y\nd,1\ne,z\n");
  g_autoptr (HansaDataset) dataset = kit_open (folder);
  ck_assert (!hansa_dataset_validate (dataset, 10, problems, NULL));
  ck_assert_uint_eq (problems->len, 4);
  g_ptr_array_set_size (problems, 0);
  ck_assert (!hansa_dataset_validate (dataset, 2, problems, NULL));
  ck_assert_uint_eq (problems->len, 2);
  kit_remove (folder);
}
END_TEST

START_TEST (reads_chinese_encodings)
{
  static const char *const declared[] = { "utf-8", "gb18030", "gbk", "utf-16" };
  char *folder = kit_folder ();
  gsize length;
  g_autofree char *bytes = g_convert ("名称,value\n长沙\xF0\xA0\xAE\xB7,1\n", -1,
                                      _i == 3 ? "UTF-16" : "GB18030", "UTF-8", NULL, &length, NULL);
  g_autofree char *json = g_strdup_printf ("{'resources':[{'name':'t','path':'t.csv','encoding':'%"
                                           "s','schema':{'fields':[{'name':'名称'},"
                                           "{'name':'value','type':'number'}]}}]}",
                                           declared[_i]);
  HansaColumn columns[] = { { .name = "名称", .type = HANSA_TEXT } };
  HansaInput input = { .name = "t", .columns = columns, .n_columns = 1 };

  kit_text (folder, "datapackage.json", g_strdelimit (json, "'", '"'));
  kit_bytes (folder, "t.csv", bytes, (gssize)length);
  g_autoptr (HansaDataset) dataset = kit_open (folder);
  g_autoptr (HansaSealedTable) table = hansa_dataset_input (dataset, &input, NULL);
  ck_assert_ptr_nonnull (table);
  ck_assert_str_eq (hansa_text_at (kit_view (table), 0, 0), "长沙\xF0\xA0\xAE\xB7");
  g_auto (GStrv) raw = hansa_dataset_raw_line (dataset, "t", 2);
  ck_assert_str_eq (raw[0], "名称");
  ck_assert_str_eq (raw[1], "长沙\xF0\xA0\xAE\xB7");
  ck_assert_str_eq (raw[3], "1");
  kit_remove (folder);
}
END_TEST

START_TEST (reports_bad_bytes)
{
  char *folder = kit_folder ();
  g_autoptr (GPtrArray) problems
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_problem_free);

  kit_package (folder, REGION, "");
  kit_text (folder, "t.csv", "region\nok\n\xFF\xFF\n");
  g_autoptr (HansaDataset) dataset = kit_open (folder);
  ck_assert (!hansa_dataset_validate (dataset, 10, problems, NULL));
  const HansaProblem *problem = g_ptr_array_index (problems, 0);
  ck_assert_str_eq (problem->rule, "encoding");
  ck_assert_uint_eq (problem->line, 3);
  kit_bytes (folder, "t.csv", "region\na\0b\n", 11);
  g_ptr_array_set_size (problems, 0);
  ck_assert (!hansa_dataset_validate (dataset, 10, problems, NULL));
  ck_assert_ptr_nonnull (
      strstr (((HansaProblem *)g_ptr_array_index (problems, 0))->message, "NUL byte"));
  kit_remove (folder);
}
END_TEST

/* ---- cells and words ----------------------------------------------------- */

START_TEST (parses_numbers_as_strtod_does)
{
  static const char *const texts[] = { "0",
                                       "-0",
                                       "1",
                                       "12.5",
                                       ".5",
                                       "5.",
                                       "+3",
                                       "0.1",
                                       "1e3",
                                       "123456789012345",
                                       "1234567890123456789",
                                       "0.000001",
                                       "2973998317000",
                                       "3.141592653589793",
                                       "1E-7",
                                       "9.99e22" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      double value;
      ck_assert_msg (hansa_parse_real (texts[i], &value), "%s", texts[i]);
      ck_assert (value == g_ascii_strtod (texts[i], NULL));
    }
}
END_TEST

START_TEST (counts_days)
{
  gint32 days;
  gint64 year, month;
  ck_assert (hansa_parse_date ("1970-01-01", &days) && days == 0);
  ck_assert (hansa_parse_date ("2000-02-29", &days) && days == 11016);
  ck_assert (!hansa_parse_date ("1900-02-29", &days));
  ck_assert (hansa_parse_date ("0001-01-01", &days) && days == -719162);
  for (gint32 day = -719162; day < 2932896; day += 97)
    {
      hansa_civil_from_days (day, &year, &month);
      g_autofree char *first = g_strdup_printf ("%04d-%02d-01", (int)year, (int)month);
      ck_assert (hansa_parse_date (first, &days));
      ck_assert_int_ge (day, days);
      ck_assert_int_lt (day, days + 31);
    }
}
END_TEST

START_TEST (finds_near_words)
{
  static const char *const words[] = { "region", "value", "出口额", NULL };
  ck_assert_str_eq (hansa_nearest ("regoin", words), "region");
  ck_assert_str_eq (hansa_nearest ("Value", words), "value");
  ck_assert_str_eq (hansa_nearest ("出口颔", words), "出口额");
  ck_assert_ptr_null (hansa_nearest ("country", words));
  ck_assert_ptr_null (hansa_nearest ("", words));
  ck_assert_ptr_null (hansa_nearest ("\xFF\xFE", words));
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("dataset");
  TCase *test = tcase_create ("dataset");
  tcase_set_timeout (test, 60);
  tcase_add_loop_test (test, refuses_manifest, 0, (int)G_N_ELEMENTS (bad_manifests));
  tcase_add_test (test, refuses_depth_and_absence);
  tcase_add_test (test, refuses_links_out);
  tcase_add_test (test, reads_manifest);
  tcase_add_loop_test (test, checks_file, 0, (int)G_N_ELEMENTS (files));
  tcase_add_test (test, finds_many_problems);
  tcase_add_loop_test (test, reads_chinese_encodings, 0, 4);
  tcase_add_test (test, reports_bad_bytes);
  tcase_add_test (test, parses_numbers_as_strtod_does);
  tcase_add_test (test, counts_days);
  tcase_add_test (test, finds_near_words);
  suite_add_tcase (suite, test);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
