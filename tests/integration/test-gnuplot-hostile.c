/* SPDX-License-Identifier: MIT
 *
 * Texts that mean harm are drawn as text. gnuplot is the real one; scripts are
 * drawn by the pool, and again by a plain gnuplot without any sandbox, since
 * the kept script is handed on.
 */
#include "test-gnuplot-sample.h"

#include <unistd.h>

static HansaChartPool *pool;
static char *dir;

static const char *const labels[] = {
  "`touch canary`",
  "x` touch canary `",
  "$(touch canary)",
  "\"; system(\"touch canary\"); \"",
  "'; system('touch canary'); '",
  "''; system('touch canary')",
  "|touch canary",
  "<touch canary",
  "a\nsystem('touch canary')\n",
  "a\r\nset output '|touch canary'\r\n",
  "a\v!touch canary\f",
  "\\",
  "trailing \\",
  "\\'; !touch canary",
  "%d %s %n %5.2f %",
  "100%",
  "@touch $data1 << EOD",
  "END_00000000",
  "plot sin(x)",
  "a {b} _c ^d ~e &f #g",
  "{",
  "}}}",
  "<script>alert(1)</script>&amp;]]>",
  "</text></svg>",
  ("a\x01\x02\x1b[31m\x7f"
   "b"),
  "bad \xff\xfe utf-8 \xc3",
  "\xe2\x80\xaetxet",
  "مرحبا שלום",
  "emoji 😀 👩‍👩‍👧",
  "湖南省",
  "\xef\xbf\xbe\xef\xbf\xbf nonchars",
  "''''''''",
  " ",
};

static void
setup (void)
{
  g_autoptr (GError) error = NULL;

  dir = sample_dir ();
  pool = hansa_chart_pool_new (1, -1, &error);
  ck_assert_msg (pool != NULL, "%s", error != NULL ? error->message : "");
  ck_assert_int_eq (chdir (dir), 0); /* where "touch canary" would put it */
}

static void
teardown (void)
{
  ck_assert_int_eq (chdir ("/"), 0);
  g_clear_pointer (&pool, hansa_chart_pool_free);
  sample_remove (dir);
}

static void
collect_text (GMarkupParseContext *context, const char *text, gsize length, gpointer data,
              GError **error)
{
  (void)error;
  if (g_str_equal (g_markup_parse_context_get_element (context), "text"))
    {
      g_string_append_len (data, text, (gssize)length);
      g_string_append_c (data, '\n');
    }
}

/* All that an SVG shows, a text a line; fails when it is not well formed. */
static char *
texts_of (const char *path)
{
  static const GMarkupParser parser = { NULL, NULL, collect_text, NULL, NULL };
  GString *texts = g_string_new (NULL);
  g_autofree char *svg = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;

  ck_assert (g_file_get_contents (path, &svg, &length, NULL));
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, texts, NULL);
  ck_assert_msg (g_markup_parse_context_parse (context, svg, (gssize)length, &error)
                     && g_markup_parse_context_end_parse (context, &error),
                 "%s", error != NULL ? error->message : "");
  return g_string_free (texts, FALSE);
}

static gboolean
canary_sings (void)
{
  static const char *const places[] = { "canary", "/canary", "/tmp/canary" };
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_file_test (places[i], G_FILE_TEST_EXISTS))
      return TRUE;
  return FALSE;
}

/* Without blanks (wrapping may drop them) and with apostrophes of print. */
static char *
squeeze (const char *text)
{
  GString *squeezed = g_string_new (NULL);
  for (const char *at = text; *at != '\0'; at++)
    if (*at == '\'')
      g_string_append (squeezed, "’");
    else if (*at != ' ' && *at != '\n')
      g_string_append_c (squeezed, *at);
  return g_string_free (squeezed, FALSE);
}

static void
draw (const char *text, HansaChartFormat format)
{
  g_autoptr (HansaResult) result = hansa_result_new ();
  g_autoptr (GError) error = NULL;
  HansaChartStyle style = { format, HANSA_ZH, FALSE };
  const HansaResultChart *chart = sample_bar (result, text);

  ck_assert_msg (hansa_chart_pool_draw (pool, result, chart, &style, dir, "c", &error), "%s: %s",
                 text, error != NULL ? error->message : "");
}

START_TEST (test_label)
{
  const char *label = labels[_i];
  const char *again[] = { "gnuplot", "-d", "c.gp", NULL };
  int status = 0;

  draw (label, HANSA_SVG);
  ck_assert (!canary_sings ());
  g_autofree char *texts = texts_of ("c.svg");
  g_autofree char *shown = squeeze (texts);
  if (g_utf8_validate (label, -1, NULL) && strpbrk (label, "\x01\x1b\r\n\v\f") == NULL
      && label[0] != '\xe2' && label[0] != '\xef' && *label != ' ')
    {
      g_autofree char *expected = squeeze (label);
      ck_assert_msg (strstr (shown, expected) != NULL, "«%s» is not in «%s»", expected, shown);
    }
  /* The kept script, by a plain gnuplot outside of any sandbox. */
  ck_assert_int_eq (g_remove ("c.svg"), 0);
  ck_assert (g_spawn_sync (dir, (char **)again, NULL,
                           G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                           &status, NULL));
  ck_assert_int_eq (status, 0);
  ck_assert (!canary_sings ());
  g_autofree char *redrawn = texts_of ("c.svg");
  ck_assert_str_eq (redrawn, texts);
}
END_TEST

START_TEST (test_ten_thousand_characters)
{
  g_autofree char *many = g_strnfill (10000, 'W');
  draw (many, HANSA_SVG);
  g_autofree char *texts = texts_of ("c.svg");
  ck_assert_ptr_nonnull (strstr (texts, "WWW…"));
  ck_assert_uint_lt (strlen (texts), 4000);
}
END_TEST

START_TEST (test_other_formats)
{
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i += 5)
    {
      draw (labels[i], HANSA_PNG);
      draw (labels[i], HANSA_PDF);
    }
  ck_assert (!canary_sings ());
}
END_TEST

START_TEST (test_every_role)
{
  /* Hostile names as categories, groups and labels of all other kinds. */
  g_autoptr (HansaResult) result = hansa_result_new ();
  HansaChartStyle style = { HANSA_SVG, HANSA_EN, TRUE };
  static const HansaOutColumn columns[] = { { "a", HANSA_TEXT, 0, "", { "`touch canary`", "a" } },
                                            { "b", HANSA_TEXT, 0, "", { "'; !touch canary", "b" } },
                                            { "n", HANSA_REAL, 1, "%", { "%n", "n" } },
                                            { "m", HANSA_REAL, 1, "1", { "|touch canary", "m" } } };
  HansaResultTable *table = sample_table (result, "t", 4, columns);
  const char *line[] = { "ref", NULL };

  sample_metric (result, "ref", "`touch canary` %", "%", 1.5, "1", 1);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    SAMPLE_ROW (result, table, hansa_cell_text (labels[i]),
                hansa_cell_text (labels[(i * 7) % G_N_ELEMENTS (labels)]),
                hansa_cell_real (i + 0.5), hansa_cell_real (i % 5));
  for (guint kind = HANSA_CHART_BAR; kind <= HANSA_CHART_TIMELINE; kind++)
    {
      gboolean plain = kind == HANSA_CHART_LINE || kind == HANSA_CHART_SCATTER
                       || kind == HANSA_CHART_LORENZ || kind == HANSA_CHART_TIMELINE;
      g_autoptr (GError) error = NULL;
      const HansaResultChart *chart = SAMPLE_CHART (
          result, .kind = kind, .id = "c", .title = { "`touch canary`", "x" }, .table = "t",
          .x = plain ? "n" : "a",
          .y = kind == HANSA_CHART_HEATMAP || kind == HANSA_CHART_TIMELINE ? "b" : "m",
          .group = "b", .label = "a", .low = "m", .high = "n", .size = "n", .y_lines = line);
      ck_assert_msg (hansa_chart_pool_draw (pool, result, chart, &style, dir, "c", &error),
                     "%u: %s", kind, error != NULL ? error->message : "");
      g_autofree char *texts = texts_of ("c.svg");
      ck_assert_uint_gt (strlen (texts), 0);
      ck_assert (!canary_sings ());
    }
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("gnuplot and hostile texts");
  TCase *test = tcase_create ("hostile");

  tcase_set_timeout (test, 120);
  tcase_add_checked_fixture (test, setup, teardown);
  tcase_add_loop_test (test, test_label, 0, (int)G_N_ELEMENTS (labels));
  tcase_add_test (test, test_ten_thousand_characters);
  tcase_add_test (test, test_other_formats);
  tcase_add_test (test, test_every_role);
  suite_add_tcase (suite, test);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? 0 : 1;
}
