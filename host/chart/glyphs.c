/* SPDX-License-Identifier: MIT
 *
 * Which characters of a chart no installed font can draw. gnuplot and browsers
 * draw boxes for them without a word, so they are asked for beforehand.
 */
#include "chart/chart.h"
#include "chart/encode.h"
#include "chart/fonts.h"

static gboolean
needs_glyph (gunichar c)
{
  return c > 0x20 && !g_unichar_isspace (c) && !g_unichar_iszerowidth (c);
}

static void
add_text (GString *missing, const char *text)
{
  g_autofree char *clean = hansa_encode_clean (text, HANSA_ENCODE_LIMIT);

  for (const char *at = clean; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      if (c >= 0x80 && needs_glyph (c) && g_utf8_strchr (missing->str, -1, c) == NULL
          && !hansa_fonts_can_draw (c))
        g_string_append_unichar (missing, c);
    }
}

static void
add_metrics (GString *missing, const HansaResult *result, GStrv ids, HansaLanguage language)
{
  for (char **id = ids; id != NULL && *id != NULL; id++)
    {
      const HansaResultMetric *metric = hansa_result_metric (result, *id);
      if (metric != NULL)
        add_text (missing, hansa_text_in (metric->title, language));
    }
}

char *
hansa_chart_missing_glyphs (const HansaResult *result, const HansaResultChart *chart,
                            HansaLanguage language)
{
  const HansaResultTable *table = hansa_result_table (result, chart->table);
  const char *const roles[] = { chart->x, chart->y, chart->group, chart->label };
  GString *missing = g_string_new (NULL);

  add_text (missing, hansa_text_in (chart->title, language));
  add_text (missing, hansa_text_in (chart->note, language));
  add_metrics (missing, result, chart->x_lines, language);
  add_metrics (missing, result, chart->y_lines, language);
  for (gsize i = 0; table != NULL && i < G_N_ELEMENTS (roles); i++)
    {
      guint column = hansa_result_table_column (table, roles[i]);
      if (column == G_MAXUINT)
        continue;
      add_text (missing, hansa_text_in (table->columns[column].title, language));
      for (gsize row = 0; row < hansa_result_table_rows (table); row++)
        {
          const HansaCell *cell = hansa_result_table_cell (table, row, column);
          if (cell->type == HANSA_TEXT || cell->type == HANSA_LABEL)
            add_text (missing,
                      hansa_text_in ((HansaText){ cell->as.text.en, cell->as.text.zh }, language));
        }
    }
  return g_string_free (missing, FALSE);
}
