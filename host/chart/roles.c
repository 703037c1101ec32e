/* SPDX-License-Identifier: MIT
 *
 * What a kind of chart asks of its columns.
 */
#include "base/error.h"
#include "chart/model.h"
#include "chart/theme.h"

gboolean
chart_need_any (const HansaResultTable *table, const char *id, const char *role, guint *column,
                GError **error)
{
  *column = hansa_result_table_column (table, id);
  if (*column != G_MAXUINT)
    return TRUE;
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_CHART,
               _ ("the chart names no column of table “%s” as %s"), table->id, role);
  return FALSE;
}

gboolean
chart_need_number (const HansaResultTable *table, const char *id, const char *role, guint *column,
                   GError **error)
{
  if (!chart_need_any (table, id, role, column, error))
    return FALSE;

  guint32 type = table->columns[*column].type;
  if (type == HANSA_REAL || type == HANSA_INTEGER || type == HANSA_DATE)
    return TRUE;
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_CHART,
               _ ("column “%s” of table “%s”, the chart's %s, holds no numbers"), id, table->id,
               role);
  return FALSE;
}

gboolean
chart_nothing (const HansaResultChart *chart, GError **error)
{
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_CHART,
               _ ("chart “%s” has nothing to draw: its table is empty or all values are undefined"),
               chart->id);
  return FALSE;
}

double
names_widest (const ChartNames *names, double size)
{
  double widest = 0.0;
  for (guint n = 0; n < names->names->len; n++)
    widest = MAX (widest, chart_text_width (names_get (names, n), size));
  return widest;
}
