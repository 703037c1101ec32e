/* SPDX-License-Identifier: MIT
 *
 * A chart model becomes a gnuplot script.
 */
#include "base/error.h"
#include "chart/encode.h"
#include "chart/kinds.h"

char *
hansa_chart_script (const HansaResult *result, const HansaResultChart *chart,
                    const HansaChartStyle *style, const char *output, GError **error)
{
  static const ChartKindFunc kinds[] = {
    [HANSA_CHART_BAR] = chart_bar,           [HANSA_CHART_STACKED] = chart_stacked,
    [HANSA_CHART_LINE] = chart_line,         [HANSA_CHART_SCATTER] = chart_scatter,
    [HANSA_CHART_LORENZ] = chart_lorenz,     [HANSA_CHART_HEATMAP] = chart_heatmap,
    [HANSA_CHART_SLOPE] = chart_slope,       [HANSA_CHART_INTERVAL] = chart_interval,
    [HANSA_CHART_TIMELINE] = chart_timeline,
  };
  double end = 0.0;

  if (!hansa_encode_is_file_name (output))
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
                   _ ("“%s” cannot be the file name of a chart: letters, digits, '.', '_' and '-'"),
                   output);
      return NULL;
    }
  if (chart->kind >= G_N_ELEMENTS (kinds) || kinds[chart->kind] == NULL)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_CHART,
                   _ ("chart “%s” is of unknown kind %u"), chart->id, chart->kind);
      return NULL;
    }
  if (hansa_result_table (result, chart->table) == NULL)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_CHART,
                   _ ("chart “%s” draws a table that is not there: “%s”"), chart->id, chart->table);
      return NULL;
    }

  g_autoptr (ChartCanvas) canvas = canvas_new (result, chart, style);
  if (!kinds[chart->kind](canvas, &end, error))
    return NULL;
  if (canvas->plots->len == 0)
    {
      chart_nothing (chart, error);
      return NULL;
    }
  return canvas_finish (canvas, end, style, output);
}
