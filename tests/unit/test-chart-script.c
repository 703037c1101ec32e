/* SPDX-License-Identifier: MIT
 *
 * Scripts of all kinds for tables of all shapes: structural facts, no goldens.
 */
#include "../integration/test-gnuplot-sample.h"

static const HansaChartStyle zh = { HANSA_SVG, HANSA_ZH, FALSE };
static const HansaChartStyle en = { HANSA_SVG, HANSA_EN, TRUE };

/* A table with a column for every role of every kind. */
static HansaResultTable *
make_table (HansaResult *result, const char *id)
{
  static const HansaOutColumn columns[] = { { "name", HANSA_LABEL, 0, "", { "Name", "名称" } },
                                            { "group", HANSA_LABEL, 0, "", { "Group", "分组" } },
                                            { "n", HANSA_REAL, 1, "USD", { "Value", "数值" } },
                                            { "m", HANSA_REAL, 1, "USD", { "Other", "另值" } },
                                            { "day", HANSA_DATE, 0, "", { "Day", "日期" } } };
  return sample_table (result, id, 5, columns);
}

static void
add_row (HansaResult *result, HansaResultTable *table, guint i, double n, double m)
{
  char name[32], group[32];
  g_snprintf (name, sizeof name, "名%u", i);
  g_snprintf (group, sizeof group, "组%u", i % 3);
  SAMPLE_ROW (result, table, hansa_cell_label (name, name), hansa_cell_label (group, group),
              hansa_cell_value (hansa_value (n)), hansa_cell_value (hansa_value (m)),
              hansa_cell_date ((int32_t)i * 30));
}

static char *
script_of (const HansaResult *result, HansaResultChart *chart, guint kind,
           const HansaChartStyle *style, GError **error)
{
  const char *x
      = kind == HANSA_CHART_LINE || kind == HANSA_CHART_SCATTER || kind == HANSA_CHART_LORENZ ? "m"
        : kind == HANSA_CHART_TIMELINE ? "day"
        : kind == HANSA_CHART_SLOPE    ? "group"
                                       : "name";
  const char *y = kind == HANSA_CHART_HEATMAP || kind == HANSA_CHART_TIMELINE ? "group" : "n";

  g_free (chart->x);
  g_free (chart->y);
  g_free (chart->group);
  chart->x = g_strdup (x);
  chart->y = g_strdup (y);
  chart->group = g_strdup (kind == HANSA_CHART_SLOPE ? "name" : "group");
  chart->kind = kind;
  return hansa_chart_script (result, chart, style, "c.svg", error);
}

static HansaResultChart *
make_chart (HansaResult *result, const char *table)
{
  return SAMPLE_CHART (result, .id = "c", .title = { "Title", "标题" }, .table = table,
                       .label = "name", .low = "n", .high = "m", .size = "n");
}

static guint
count (const char *text, const char *what)
{
  guint n = 0;
  for (const char *at = strstr (text, what); at != NULL; at = strstr (at + 1, what))
    n++;
  return n;
}

static void
check_script (const char *script)
{
  ck_assert (g_utf8_validate (script, -1, NULL));
  ck_assert_uint_eq (count (script, "\nset output 'c.svg'\n"), 1);
  ck_assert_uint_eq (count (script, "\nplot $data1 "), 1);
  ck_assert_uint_eq (count (script, "unset output"), 0);
  ck_assert_uint_eq (count (script, "noenhanced"), 1);
  ck_assert_ptr_null (strchr (script, '`'));
  ck_assert_ptr_null (strchr (script, '"'));
  ck_assert_ptr_null (strstr (script, "screen nan"));
  ck_assert_ptr_null (strstr (script, "screen -nan"));
  ck_assert_ptr_null (strstr (script, "inf"));
  ck_assert_ptr_null (strstr (script, "[NaN"));
}

START_TEST (test_shapes)
{
  static const struct
  {
    guint n;
    double from, step;
  } shapes[] = { { 1, 5.0, 0.0 },     { 1, 0.0, 0.0 },      { 3, -1.0, 1.0 },    { 31, 1e9, 1e10 },
                 { 200, 0.0, 0.001 }, { 40, 1e300, 1e299 }, { 5, -1e-300, 0.0 }, { 12, 7.0, 0.0 } };
  g_autoptr (HansaResult) result = hansa_result_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      char id[8];
      g_snprintf (id, sizeof id, "t%u", (guint)i);
      HansaResultTable *table = make_table (result, id);
      for (guint k = 0; k < shapes[i].n; k++)
        add_row (result, table, k, shapes[i].from + k * shapes[i].step,
                 k % 7 == 3 ? (double)NAN : k * 1.0);
      HansaResultChart *chart = make_chart (result, id);
      for (guint flags = 0; flags < 8; flags++)
        for (guint kind = HANSA_CHART_BAR; kind <= HANSA_CHART_TIMELINE; kind++)
          {
            g_autoptr (GError) error = NULL;
            chart->flags = flags;
            g_autofree char *script
                = script_of (result, chart, kind, flags & 1 ? &en : &zh, &error);
            if (script == NULL)
              { /* one stage is no slope; no logarithm of nothing but zeros */
                ck_assert (g_error_matches (error, HANSA_HOST_ERROR, HANSA_EXIT_CHART));
                continue;
              }
            check_script (script);
            g_autofree char *again = script_of (result, chart, kind, flags & 1 ? &en : &zh, NULL);
            ck_assert (g_str_equal (script, again));
          }
    }
}
END_TEST

START_TEST (test_nothing_to_draw)
{
  g_autoptr (HansaResult) result = hansa_result_new ();
  HansaResultTable *table = make_table (result, "t");
  HansaResultChart *chart = make_chart (result, "t");

  for (int rows = 0; rows < 2; rows++)
    {
      for (guint kind = HANSA_CHART_BAR; kind <= HANSA_CHART_HEATMAP; kind++)
        {
          g_autoptr (GError) error = NULL;
          ck_assert_ptr_null (script_of (result, chart, kind, &zh, &error));
          ck_assert (g_error_matches (error, HANSA_HOST_ERROR, HANSA_EXIT_CHART));
        }
      add_row (result, table, 0, (double)NAN, (double)NAN);
    }
  chart->kind = 99;
  ck_assert_ptr_null (hansa_chart_script (result, chart, &zh, "c.svg", NULL));
  chart->kind = HANSA_CHART_BAR;
  ck_assert_ptr_null (hansa_chart_script (result, chart, &zh, "|touch x", NULL));
  g_free (chart->x);
  chart->x = g_strdup ("no-such-column");
  ck_assert_ptr_null (hansa_chart_script (result, chart, &zh, "c.svg", NULL));
}
END_TEST

START_TEST (test_thinning)
{
  g_autoptr (HansaResult) result = hansa_result_new ();
  HansaResultTable *table = make_table (result, "t");
  HansaResultChart *chart = make_chart (result, "t");

  for (guint i = 0; i < 12000; i++)
    add_row (result, table, i, (i * 7919u) % 10007, i + 1.0);
  for (guint kind = HANSA_CHART_LINE; kind <= HANSA_CHART_SCATTER; kind++)
    {
      g_autofree char *script = script_of (result, chart, kind, &zh, NULL);
      check_script (script);
      ck_assert_ptr_nonnull (strstr (script, "共 12000 个点"));
      ck_assert_uint_lt (count (script, "\n"), 5400);
    }
  g_autofree char *bars = script_of (result, chart, HANSA_CHART_BAR, &zh, NULL);
  ck_assert_ptr_nonnull (strstr (bars, "共 12000 行"));
}
END_TEST

START_TEST (test_units_languages_and_gaps)
{
  g_autoptr (HansaResult) result = hansa_result_new ();
  HansaResultTable *table = make_table (result, "t");
  HansaResultChart *chart = make_chart (result, "t");

  add_row (result, table, 0, 36033297000.0, 1.0);
  add_row (result, table, 1, (double)NAN, 1.0);
  g_autofree char *chinese = script_of (result, chart, HANSA_CHART_BAR, &zh, NULL);
  ck_assert_ptr_nonnull (strstr (chinese, "'数值（亿美元）'"));
  ck_assert_ptr_nonnull (strstr (chinese, "'360'"));
  ck_assert_ptr_nonnull (strstr (chinese, "'–'"));
  g_autofree char *english = script_of (result, chart, HANSA_CHART_BAR, &en, NULL);
  ck_assert_ptr_nonnull (strstr (english, "'Value (USD billion)'"));
  ck_assert_ptr_nonnull (strstr (english, "'36.0'"));
  ck_assert_ptr_nonnull (strstr (english, "'Title'"));
  g_autofree char *line = script_of (result, chart, HANSA_CHART_HEATMAP, &zh, NULL);
  ck_assert_ptr_nonnull (strstr (line, "'–'"));
}
END_TEST

START_TEST (test_reference_units)
{
  /* A metric in another unit of the dimension stands where it belongs; one of
   * another dimension is left out. */
  g_autoptr (HansaResult) result = hansa_result_new ();
  HansaResultTable *table = make_table (result, "t");
  HansaResultChart *chart = make_chart (result, "t");

  for (guint i = 0; i < 4; i++)
    add_row (result, table, i, 1e10 * (i + 1), 1.0);
  sample_metric (result, "mean", "Mean", "均值", 250.0, "亿美元", 1);
  sample_metric (result, "people", "People", "人口", 250.0, "persons", 1);
  g_strfreev (chart->y_lines);
  chart->y_lines = g_strsplit ("mean,people,none", ",", -1);
  g_autofree char *script = script_of (result, chart, HANSA_CHART_BAR, &zh, NULL);
  ck_assert_ptr_nonnull (strstr (script, "'均值 250.0亿美元'"));
  ck_assert_ptr_null (strstr (script, "人口"));
}
END_TEST

/* The fill of the first bars, "lc rgb '#0072b2'", in the block of a name. */
static void
check_first_fill (const HansaResult *result, HansaResultChart *chart, const char *colour)
{
  g_autofree char *script = script_of (result, chart, HANSA_CHART_BAR,
                                       &(HansaChartStyle){ HANSA_SVG, HANSA_ZH, FALSE }, NULL);
  const char *first = strstr (script, "plot $data1 ");
  const char *fill = first != NULL ? strstr (first, "lc rgb '") : NULL;
  ck_assert_ptr_nonnull (fill);
  ck_assert_msg (g_str_has_prefix (fill + strlen ("lc rgb '"), colour), "%.20s", fill);
}

START_TEST (test_one_name_one_colour)
{
  /* The first chart shows the groups 0, 1, 2; the second has 2 and 1, in that
   * order, and shares their colours; the third has names of its own. */
  g_autoptr (HansaResult) result = hansa_result_new ();
  HansaResultTable *first = make_table (result, "first");
  HansaResultTable *second = make_table (result, "second");
  HansaResultTable *other = make_table (result, "other");
  HansaResultChart *charts[3];

  for (guint i = 0; i < 3; i++)
    {
      static const char *const tables[] = { "first", "second", "other" };
      add_row (result, first, i, 1.0, 1.0);
      charts[i] = make_chart (result, tables[i]);
      g_free (charts[i]->group);
      charts[i]->group = g_strdup ("group");
    }
  add_row (result, second, 2, 1.0, 1.0);
  add_row (result, second, 1, 1.0, 1.0);
  SAMPLE_ROW (result, other, hansa_cell_label ("a", "甲"), hansa_cell_label ("b", "乙"),
              hansa_cell_value (hansa_value (1.0)), hansa_cell_value (hansa_value (1.0)),
              hansa_cell_date (0));
  check_first_fill (result, charts[0], "#0072b2");
  check_first_fill (result, charts[1], "#e69f00"); /* group 1 comes before group 2 */
  check_first_fill (result, charts[2], "#0072b2");
}
END_TEST

START_TEST (test_ways_are_no_intervals)
{
  g_autoptr (HansaResult) result = hansa_result_new ();
  HansaResultTable *table = make_table (result, "t");
  HansaResultChart *chart = make_chart (result, "t");

  add_row (result, table, 0, 1.0, 2.0); /* value and low are n, high is m */
  g_autofree char *way = script_of (result, chart, HANSA_CHART_INTERVAL, &zh, NULL);
  ck_assert_ptr_null (strstr (way, "[1"));
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("chart scripts");
  TCase *test = tcase_create ("script");

  tcase_set_timeout (test, 120);
  tcase_add_test (test, test_shapes);
  tcase_add_test (test, test_nothing_to_draw);
  tcase_add_test (test, test_thinning);
  tcase_add_test (test, test_units_languages_and_gaps);
  tcase_add_test (test, test_reference_units);
  tcase_add_test (test, test_one_name_one_colour);
  tcase_add_test (test, test_ways_are_no_intervals);
  suite_add_tcase (suite, test);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? 0 : 1;
}
