/* SPDX-License-Identifier: MIT
 *
 * The layout of every struct of hansa/plugin.h, in numbers. A change here
 * breaks plugins that are built already: it needs a new major version. The
 * numbers hold for x86-64 and aarch64 alike, as both are LP64 with natural
 * alignment, and compiling this file is the test.
 */
/* Before check.h, which has a macro by the name of a member. */
#include <hansa/plugin.h>

#include <check.h>
#include <stdlib.h>

#define SIZE(type, size) _Static_assert(sizeof (type) == (size), #type)
#define AT(type, member, offset)                                                                   \
  _Static_assert(offsetof (type, member) == (offset), #type "." #member)

SIZE (HansaValue, 16);
AT (HansaValue, number, 0);
AT (HansaValue, reason, 8);
AT (HansaValue, zero, 12);

SIZE (HansaText, 16);
AT (HansaText, en, 0);
AT (HansaText, zh, 8);

SIZE (HansaColumn, 40);
AT (HansaColumn, name, 0);
AT (HansaColumn, type, 8);
AT (HansaColumn, flags, 12);
AT (HansaColumn, unit, 16);
AT (HansaColumn, help, 24);

SIZE (HansaInput, 32);
AT (HansaInput, name, 0);
AT (HansaInput, columns, 8);
AT (HansaInput, n_columns, 16);
AT (HansaInput, flags, 20);
AT (HansaInput, query, 24);

SIZE (HansaChoice, 24);
AT (HansaChoice, id, 0);
AT (HansaChoice, title, 8);

SIZE (HansaParam, 96);
AT (HansaParam, id, 0);
AT (HansaParam, type, 8);
AT (HansaParam, flags, 12);
AT (HansaParam, title, 16);
AT (HansaParam, help, 32);
AT (HansaParam, unit, 48);
AT (HansaParam, fallback, 56);
AT (HansaParam, minimum, 64);
AT (HansaParam, maximum, 72);
AT (HansaParam, choices, 80);
AT (HansaParam, n_choices, 88);
AT (HansaParam, zero, 92);

SIZE (HansaPlugin, 112);
AT (HansaPlugin, struct_size, 0);
AT (HansaPlugin, abi_major, 4);
AT (HansaPlugin, abi_minor, 6);
AT (HansaPlugin, id, 8);
AT (HansaPlugin, version, 16);
AT (HansaPlugin, title, 24);
AT (HansaPlugin, summary, 40);
AT (HansaPlugin, licence, 56);
AT (HansaPlugin, citation, 64);
AT (HansaPlugin, tags, 72);
AT (HansaPlugin, inputs, 80);
AT (HansaPlugin, n_inputs, 88);
AT (HansaPlugin, n_params, 92);
AT (HansaPlugin, params, 96);
AT (HansaPlugin, run, 104);

SIZE (HansaNote, 104);
AT (HansaNote, magic, 0);
AT (HansaNote, note_size, 8);
AT (HansaNote, abi_major, 12);
AT (HansaNote, abi_minor, 14);
AT (HansaNote, id, 16);
AT (HansaNote, version, 80);

SIZE (HansaColumnData, 48);
AT (HansaColumnData, name, 0);
AT (HansaColumnData, unit, 8);
AT (HansaColumnData, type, 16);
AT (HansaColumnData, zero, 20);
AT (HansaColumnData, valid, 24);
AT (HansaColumnData, cells, 32);
AT (HansaColumnData, heap, 40);

SIZE (HansaTable, 32);
AT (HansaTable, name, 0);
AT (HansaTable, n_rows, 8);
AT (HansaTable, n_columns, 16);
AT (HansaTable, zero, 20);
AT (HansaTable, columns, 24);

SIZE (HansaMetric, 176);
AT (HansaMetric, struct_size, 0);
AT (HansaMetric, decimals, 4);
AT (HansaMetric, id, 8);
AT (HansaMetric, title, 16);
AT (HansaMetric, value, 32);
AT (HansaMetric, unit, 48);
AT (HansaMetric, variant, 56);
AT (HansaMetric, why, 64);
AT (HansaMetric, low, 80);
AT (HansaMetric, high, 96);
AT (HansaMetric, level, 112);
AT (HansaMetric, table, 120);
AT (HansaMetric, row, 128);
AT (HansaMetric, input, 136);
AT (HansaMetric, rows, 144);
AT (HansaMetric, n_rows, 152);
AT (HansaMetric, formula, 160);

SIZE (HansaOutColumn, 40);
AT (HansaOutColumn, id, 0);
AT (HansaOutColumn, type, 8);
AT (HansaOutColumn, decimals, 12);
AT (HansaOutColumn, unit, 16);
AT (HansaOutColumn, title, 24);

SIZE (HansaOutTable, 56);
AT (HansaOutTable, struct_size, 0);
AT (HansaOutTable, n_columns, 4);
AT (HansaOutTable, id, 8);
AT (HansaOutTable, title, 16);
AT (HansaOutTable, columns, 32);
AT (HansaOutTable, note, 40);

SIZE (HansaCell, 24);
AT (HansaCell, type, 0);
AT (HansaCell, reason, 4);
AT (HansaCell, as, 8);

SIZE (HansaChart, 144);
AT (HansaChart, struct_size, 0);
AT (HansaChart, kind, 4);
AT (HansaChart, flags, 8);
AT (HansaChart, zero, 12);
AT (HansaChart, id, 16);
AT (HansaChart, title, 24);
AT (HansaChart, table, 40);
AT (HansaChart, x, 48);
AT (HansaChart, y, 56);
AT (HansaChart, group, 64);
AT (HansaChart, label, 72);
AT (HansaChart, low, 80);
AT (HansaChart, high, 88);
AT (HansaChart, size, 96);
AT (HansaChart, highlight, 104);
AT (HansaChart, x_lines, 112);
AT (HansaChart, y_lines, 120);
AT (HansaChart, note, 128);

SIZE (HansaName, 24);
AT (HansaName, id, 0);
AT (HansaName, text, 8);

SIZE (HansaFinding, 56);
AT (HansaFinding, struct_size, 0);
AT (HansaFinding, severity, 4);
AT (HansaFinding, id, 8);
AT (HansaFinding, metric, 16);
AT (HansaFinding, text, 24);
AT (HansaFinding, names, 40);
AT (HansaFinding, n_names, 48);
AT (HansaFinding, zero, 52);

SIZE (HansaHost, 104);
AT (HansaHost, struct_size, 0);
AT (HansaHost, abi_major, 4);
AT (HansaHost, abi_minor, 6);
AT (HansaHost, table, 8);
AT (HansaHost, param_text, 16);
AT (HansaHost, param_number, 24);
AT (HansaHost, param_is_set, 32);
AT (HansaHost, metric, 40);
AT (HansaHost, out_table, 48);
AT (HansaHost, out_row, 56);
AT (HansaHost, chart, 64);
AT (HansaHost, finding, 72);
AT (HansaHost, note, 80);
AT (HansaHost, failure, 88);
AT (HansaHost, service, 96);

SIZE (HansaJob, 8);
AT (HansaJob, host, 0);

SIZE (HansaRandomService, 16);
AT (HansaRandomService, struct_size, 0);
AT (HansaRandomService, zero, 4);
AT (HansaRandomService, uniform, 8);

SIZE (HansaControlService, 32);
AT (HansaControlService, struct_size, 0);
AT (HansaControlService, zero, 4);
AT (HansaControlService, progress, 8);
AT (HansaControlService, is_cancelled, 16);
AT (HansaControlService, log, 24);

/* Numbers of the enumerations that cross the interface. */
_Static_assert(HANSA_OK == 0 && HANSA_ERROR == 1 && HANSA_OUT_OF_MEMORY == 2
                   && HANSA_CANCELLED == 3,
               "HansaStatus");
_Static_assert(HANSA_REAL == 1 && HANSA_INTEGER == 2 && HANSA_TEXT == 3 && HANSA_DATE == 4
                   && HANSA_BOOLEAN == 5 && HANSA_CHOICE == 6 && HANSA_LABEL == 7,
               "HansaType");
_Static_assert(HANSA_NULLABLE == 1 && HANSA_OPTIONAL == 2 && HANSA_SUM == 4, "column flags");
_Static_assert(HANSA_CHART_BAR == 1 && HANSA_CHART_STACKED == 2 && HANSA_CHART_LINE == 3
                   && HANSA_CHART_SCATTER == 4 && HANSA_CHART_LORENZ == 5
                   && HANSA_CHART_HEATMAP == 6 && HANSA_CHART_SLOPE == 7
                   && HANSA_CHART_INTERVAL == 8 && HANSA_CHART_TIMELINE == 9,
               "HansaChartKind");
_Static_assert(HANSA_SORT_DESCENDING == 1 && HANSA_LOG_X == 2 && HANSA_LOG_Y == 4, "chart flags");
_Static_assert(HANSA_INFO == 1 && HANSA_NOTABLE == 2 && HANSA_CONCERN == 3, "HansaSeverity");
_Static_assert(HANSA_NOTE_METHOD == 1 && HANSA_NOTE_WARNING == 2 && HANSA_NOTE_DROPPED == 3,
               "HansaNoteKind");
_Static_assert(HANSA_DEFINED == 0 && HANSA_NO_DATA == 1 && HANSA_NOT_FINITE == 8
                   && HANSA_NO_MEMORY == 14,
               "HansaReason");

START_TEST (cells_keep_their_bytes)
{
  HansaCell real = hansa_cell_real (1.5);
  HansaCell broken = hansa_cell_real ((double)NAN);
  HansaCell label = hansa_cell_label ("a", "b");

  ck_assert_uint_eq (real.type, HANSA_REAL);
  ck_assert_double_eq (real.as.real, 1.5);
  ck_assert_uint_eq (broken.reason, HANSA_NOT_FINITE);
  ck_assert_double_eq (broken.as.real, 0.0);
  ck_assert_str_eq (label.as.text.zh, "b");
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("abi");
  TCase *layout = tcase_create ("layout");
  SRunner *runner;
  int failed;

  tcase_add_test (layout, cells_keep_their_bytes);
  suite_add_tcase (suite, layout);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
