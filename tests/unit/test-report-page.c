/* SPDX-License-Identifier: MIT
 *
 * index.html and report.json of a run whose every text means harm.
 */
#include "test-report-sample.h"

#include <json-glib/json-glib.h>

static char *dir;
static HansaDataset *dataset;
static HansaRun *run;

static const HansaColumn trade_columns[] = { { "region", HANSA_TEXT, 0, NULL, { NULL, NULL } },
                                             { "value", HANSA_REAL, 0, "USD", { NULL, NULL } } };
static const HansaInput inputs[] = {
  { .name = "trade", .columns = trade_columns, .n_columns = 2 },
  { .name = HOSTILE, .query = "SELECT '<b>' FROM x WHERE a < b && c" },
};
static const HansaParam params[]
    = { { .id = "region", .type = HANSA_TEXT, .title = { HOSTILE, HOSTILE }, .fallback = "1" },
        { .id = "year", .type = HANSA_INTEGER, .title = { "Year", "年份" }, .fallback = "2017" } };
static const HansaPlugin plugin = {
  .id = "growth",
  .version = "1.0.0<",
  .title = { "Growth " HOSTILE, "增速" HOSTILE },
  .summary = { HOSTILE, HOSTILE },
  .licence = "MIT \"&",
  .citation = HOSTILE "\nsecond line",
  .inputs = inputs,
  .n_inputs = 2,
  .params = params,
  .n_params = 2,
};

/* Three rows of "trade", each with its line, as the dataset would seal them. */
static HansaSealedTable *
seal_trade (void)
{
  static const HansaField fields[]
      = { { "region", NULL, HANSA_TEXT }, { "value", "USD", HANSA_REAL } };
  g_autoptr (GError) error = NULL;
  HansaTableBuilder *builder = hansa_table_builder_new ("trade", fields, 2, 3, &error);
  HansaLineage *lineage = g_new0 (HansaLineage, 1);

  lineage->resource = g_strdup ("trade");
  lineage->path = g_strdup ("trade.csv");
  lineage->first = g_array_new (FALSE, FALSE, sizeof (guint32));
  lineage->lines = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint32 i = 0; i <= 3; i++)
    {
      guint32 line = i + 2;
      g_array_append_val (lineage->first, i);
      if (i == 3)
        break;
      g_array_append_val (lineage->lines, line);
      hansa_table_builder_text (builder, 0, "430000", 6);
      hansa_table_builder_real (builder, 1, 1e9 * i);
      ck_assert (hansa_table_builder_end_row (builder, &error));
    }
  HansaSealedTable *table = hansa_table_builder_seal (builder, lineage, &error);
  ck_assert_msg (table != NULL, "%s", error != NULL ? error->message : "");
  return table;
}

static void
add_metrics (HansaResult *result)
{
  const HansaText hostile = { HOSTILE, HOSTILE };
  const guint64 rows[] = { 0, 2 };
  HansaResultMetric *metric
      = sample_metric (result, "growth", hostile, hansa_value (37.30385882659573), "%", 1);

  metric->table = g_strdup ("regions");
  metric->row = g_strdup (HOSTILE);
  metric->input = g_strdup ("trade");
  metric->variant = g_strdup (HOSTILE);
  g_array_append_vals (metric->rows, rows, 2);
  metric = sample_metric (result, "same", hostile, hansa_undefined (HANSA_TOO_FEW), "USD", 2);
  metric->input = g_strdup ("trade");
  metric->why = hansa_text_copy (hostile);
  g_array_append_vals (metric->rows, rows, 2);
  metric = sample_metric (result, "all", hostile, hansa_value (36033297000.0), "USD", 2);
  metric->input = g_strdup ("trade");
  metric->low = hansa_value (1.0);
  metric->high = hansa_value (2.0);
  metric->level = 0.95;
  metric = sample_metric (result, "bare", (HansaText){ sample_long (), sample_long () },
                          hansa_value (0.1), "1", 3);
  metric->input = g_strdup (HOSTILE); /* declared, not read */
}

static void
add_table (HansaResult *result, guint n_rows)
{
  const HansaOutColumn columns[] = { { "region", HANSA_TEXT, 0, NULL, { HOSTILE, HOSTILE } },
                                     { "name", HANSA_LABEL, 0, NULL, { "Name", "名称" } },
                                     { "growth", HANSA_REAL, 1, "%", { "Growth", "增速" } },
                                     { "since", HANSA_DATE, 0, NULL, { "Since", "起始" } },
                                     { "n", HANSA_INTEGER, 0, HOSTILE, { "n", "数量" } } };
  HansaResultTable *table
      = sample_table (result, "regions", (HansaText){ HOSTILE, HOSTILE }, 5, columns);

  table->note = hansa_text_copy ((HansaText){ HOSTILE, HOSTILE });
  for (guint i = 0; i < n_rows; i++)
    {
      const HansaCell cells[] = {
        hansa_cell_text (i == 1 ? sample_long () : HOSTILE), hansa_cell_label ("<i>", "“引号”"),
        i % 2 == 0 ? hansa_cell_real (0.1 + i)
                   : hansa_cell_value (hansa_undefined (HANSA_ZERO_TOTAL)),
        hansa_cell_date ((int32_t)i), i == 2 ? hansa_cell_missing () : hansa_cell_integer (i)
      };
      sample_row (result, table, cells);
    }
}

static void
add_chart (HansaAnalysis *analysis, const char *file)
{
  HansaDrawnChart *drawn = g_new0 (HansaDrawnChart, 1);

  drawn->chart = sample_chart (analysis->result, HANSA_CHART_BAR, file != NULL ? "bars" : "none",
                               (HansaText){ HOSTILE, "图" HOSTILE }, "regions");
  drawn->files[HANSA_ZH] = g_strdup (file);
  drawn->files[HANSA_EN] = g_strdup (file);
  drawn->problem = g_strdup (HOSTILE);
  g_ptr_array_add (analysis->charts, drawn);
}

static void
build_run (HansaLanguage language)
{
  const HansaText hostile = { HOSTILE " {growth} {same}", HOSTILE "{growth}，{same}。" };
  const HansaParamValue values[] = { { "region", HOSTILE, 0.0 }, { "year", "2017.0", 2017.0 } };

  run = sample_run (dataset, language);
  run->title = (HansaText){ "Title " HOSTILE, "标题" HOSTILE };
  run->command = (char *)HOSTILE "\xFF";
  HansaAnalysis *good = sample_analysis (run, "growth", &plugin, HANSA_END_OK);
  g_array_append_vals (good->params, values, 2);
  g_ptr_array_add (good->inputs, seal_trade ());
  g_ptr_array_add (good->inputs, NULL);
  add_metrics (good->result);
  add_table (good->result, 230);
  sample_finding (good->result, HANSA_INFO, "context", "growth", hostile);
  sample_finding (good->result, HANSA_CONCERN, "alarm", "growth",
                  (HansaText){ "Alarm {growth}", "警示{growth}" });
  for (guint32 kind = HANSA_NOTE_METHOD; kind <= HANSA_NOTE_DROPPED; kind++)
    sample_note (good->result, kind, hostile);
  sample_put (dir, "bars.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
  add_chart (good, "bars.svg");
  add_chart (good, NULL);
  HansaAnalysis *bad = sample_analysis (run, "growth", NULL, HANSA_END_CRASHED);
  bad->outcome.detail = (char *)HOSTILE;
  bad->outcome.output = (char *)HOSTILE "\nline 2";
  bad->outcome.message = (HansaText){ HOSTILE, HOSTILE };
}

static void
setup (void)
{
  dir = sample_dir ();
  dataset = sample_dataset (dir, TRUE);
  build_run (HANSA_ZH);
}

static void
teardown (void)
{
  sample_free_run (run);
  hansa_dataset_free (dataset);
  sample_remove (dir);
}

static char *
page (void)
{
  g_autoptr (GError) error = NULL;
  char *html = hansa_report_html (run, dir, &error);
  ck_assert_msg (html != NULL, "%s", error != NULL ? error->message : "");
  return html;
}

/* ---- the page as XML ------------------------------------------------------------ */

typedef struct
{
  GHashTable *ids;
  GPtrArray *links;
  guint n_scripts, n_banners;
  GString *text;
} Seen;

static void
on_element (G_GNUC_UNUSED GMarkupParseContext *context, const char *name, const char **names,
            const char **values, gpointer data, G_GNUC_UNUSED GError **error)
{
  Seen *seen = data;

  seen->n_scripts += g_str_equal (name, "script") ? 1 : 0;
  ck_assert_str_ne (name, "b1");
  for (guint i = 0; names[i] != NULL; i++)
    {
      ck_assert_msg (!g_str_has_prefix (names[i], "on"), "handler %s", names[i]);
      if (g_str_equal (names[i], "id"))
        ck_assert_msg (g_hash_table_add (seen->ids, g_strdup (values[i])), "id %s twice",
                       values[i]);
      if (g_str_equal (names[i], "class") && g_str_equal (values[i], "synthetic"))
        seen->n_banners++;
      if (g_str_equal (names[i], "href"))
        g_ptr_array_add (seen->links, g_strdup (values[i]));
      if (g_str_equal (names[i], "src"))
        ck_assert (g_str_has_prefix (values[i], "data:image/svg+xml;base64,"));
    }
}

static void
on_text (G_GNUC_UNUSED GMarkupParseContext *context, const char *text, gsize length, gpointer data,
         G_GNUC_UNUSED GError **error)
{
  g_string_append_len (((Seen *)data)->text, text, (gssize)length);
}

static void
parse (const char *html, Seen *seen)
{
  static const GMarkupParser parser = { .start_element = on_element, .text = on_text };
  g_autoptr (GError) error = NULL;
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, seen, NULL);

  *seen = (Seen){ g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                  g_ptr_array_new_with_free_func (g_free), 0, 0, g_string_new (NULL) };
  gboolean whole = g_markup_parse_context_parse (context, html, -1, &error)
                   && g_markup_parse_context_end_parse (context, &error);
  ck_assert_msg (whole, "%s", error != NULL ? error->message : "");
  g_markup_parse_context_free (context);
}

static void
forget (Seen *seen)
{
  g_hash_table_unref (seen->ids);
  g_ptr_array_unref (seen->links);
  g_string_free (seen->text, TRUE);
}

START_TEST (test_well_formed)
{
  g_autofree char *html = page ();
  Seen seen;

  parse (html, &seen);
  ck_assert_uint_eq (seen.n_scripts, 1);
  ck_assert_uint_eq (seen.n_banners, 1);
  ck_assert (strstr (html, "<script>alert") == NULL);
  ck_assert (strstr (html, "\xE2\x80\xAE") == NULL);
  ck_assert (g_utf8_validate (html, -1, NULL));
  forget (&seen);
}
END_TEST

START_TEST (test_links)
{
  g_autofree char *html = page ();
  Seen seen;

  parse (html, &seen);
  ck_assert_uint_gt (seen.links->len, 20);
  for (guint i = 0; i < seen.links->len; i++)
    {
      const char *link = g_ptr_array_index (seen.links, i);
      ck_assert_msg (!g_str_has_prefix (link, "javascript:"), "%s", link);
      if (link[0] == '#')
        ck_assert_msg (g_hash_table_contains (seen.ids, link + 1), "nothing at %s", link);
      else if (strchr (link, ':') != NULL)
        ck_assert_msg (g_str_has_prefix (link, "https://example.org/"), "%s", link);
    }
  forget (&seen);
}
END_TEST

/* U+FFFD for each character that a page may not hold. */
static char *
without_controls (const char *text)
{
  static const char *const banned[] = { "\x01", "\x7F", "\xE2\x80\xAE" };
  char *safe = g_strdup (text);

  for (gsize i = 0; i < G_N_ELEMENTS (banned); i++)
    {
      g_auto (GStrv) parts = g_strsplit (safe, banned[i], -1);
      g_free (safe);
      safe = g_strjoinv ("\xEF\xBF\xBD", parts);
    }
  return safe;
}

START_TEST (test_words)
{
  g_autofree char *html = page ();
  const HansaAnalysis *good = g_ptr_array_index (run->analyses, 0);
  Seen seen;

  parse (html, &seen);
  /* The sentences are those of the library, numbers marked up. */
  for (guint i = 0; i < good->result->findings->len; i++)
    for (guint l = 0; l < HANSA_N_LANGUAGES; l++)
      {
        g_autofree char *sentence = hansa_finding_sentence (
            good->result, g_ptr_array_index (good->result->findings, i), (HansaLanguage)l);
        g_autofree char *safe = without_controls (sentence);
        ck_assert_msg (strstr (seen.text->str, safe) != NULL, "%s", safe);
      }
  ck_assert (strstr (seen.text->str, "海关统计") != NULL);    /* a source */
  ck_assert (strstr (seen.text->str, "36033297000") != NULL); /* a raw cell */
  ck_assert (strstr (seen.text->str, "第 2、4 行") != NULL);
  ck_assert (strstr (html, "class=\"number\" href=\"#growth.m.growth\">37.3%</a>") != NULL);
  ck_assert (strstr (html, "<li class=\"concern\">") < strstr (html, "<li class=\"info\">"));
  forget (&seen);
}
END_TEST

START_TEST (test_both_languages_first)
{
  g_autofree char *zh = page ();
  sample_free_run (run);
  build_run (HANSA_EN);
  g_autofree char *en = page ();

  ck_assert (strstr (zh, "<html lang=\"zh-CN\"") != NULL);
  ck_assert (strstr (zh, "id=\"top.zh\" checked=\"checked\"") != NULL);
  ck_assert (strstr (en, "<html lang=\"en\"") != NULL);
  ck_assert (strstr (en, "id=\"top.en\" checked=\"checked\"") != NULL);
}
END_TEST

START_TEST (test_json)
{
  g_autofree char *json = hansa_report_json (run);
  g_autofree char *again = hansa_report_json (run);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  ck_assert_str_eq (json, again);
  ck_assert_msg (json_parser_load_from_data (parser, json, -1, &error), "%s",
                 error != NULL ? error->message : "");
  JsonObject *root = json_node_get_object (json_parser_get_root (parser));
  JsonArray *analyses = json_object_get_array_member (root, "analyses");
  ck_assert_uint_eq (json_array_get_length (analyses), 2);
  JsonObject *good = json_array_get_object_element (analyses, 0);
  JsonObject *bad = json_array_get_object_element (analyses, 1);
  ck_assert_str_eq (json_object_get_string_member (good, "end"), "ok");
  ck_assert_str_eq (json_object_get_string_member (bad, "end"), "crashed");
  ck_assert_str_eq (json_object_get_string_member (bad, "detail"), HOSTILE);
  ck_assert_str_eq (json_object_get_string_member (bad, "anchor"), "growth~2");
  JsonArray *metrics = json_object_get_array_member (good, "metrics");
  JsonObject *growth = json_array_get_object_element (metrics, 0);
  ck_assert (json_object_get_double_member (growth, "value") == 37.30385882659573);
  JsonObject *undefined
      = json_object_get_object_member (json_array_get_object_element (metrics, 1), "value");
  ck_assert_str_eq (json_object_get_string_member (undefined, "undefined"), "too-few");
  JsonObject *basis = json_object_get_object_member (growth, "rests_on");
  ck_assert_uint_eq (json_array_get_length (json_object_get_array_member (basis, "sources")), 4);
  const char *origins[] = { "set", "default" };
  for (guint i = 0; i < 2; i++)
    ck_assert_str_eq (
        json_object_get_string_member (
            json_array_get_object_element (json_object_get_array_member (good, "parameters"), i),
            "origin"),
        origins[i]);
  ck_assert (strstr (json, ": 0.1,") != NULL); /* shortest, not 0.10000000000000001 */
}
END_TEST

START_TEST (test_record)
{
  g_autofree char *json = hansa_report_record (run, dir);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  ck_assert_msg (json_parser_load_from_data (parser, json, -1, &error), "%s",
                 error != NULL ? error->message : "");
  JsonObject *root = json_node_get_object (json_parser_get_root (parser));
  ck_assert_str_eq (json_object_get_string_member (root, "format"), "hansa-run/1");
  ck_assert_str_eq (json_object_get_string_member (root, "created"), run->created);
  ck_assert (json_object_get_null_member (root, "limits"));
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("report-page");
  TCase *tests = tcase_create ("page");

  tcase_add_checked_fixture (tests, setup, teardown);
  tcase_add_test (tests, test_well_formed);
  tcase_add_test (tests, test_links);
  tcase_add_test (tests, test_words);
  tcase_add_test (tests, test_both_languages_first);
  tcase_add_test (tests, test_json);
  tcase_add_test (tests, test_record);
  suite_add_tcase (suite, tests);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? 0 : 1;
}
