/* SPDX-License-Identifier: MIT
 *
 * Two results, thing by thing: each becomes a list of facts with a name and a
 * number or a text, and the first that differs is told.
 */
#include "check/check.h"

#include <math.h>
#include <string.h>

typedef struct
{
  char *name;
  char *text; /* NULL: a number */
  double number;
} Fact;

static void
clear_fact (gpointer data)
{
  Fact *fact = data;

  g_free (fact->name);
  g_free (fact->text);
}

/* Takes the name. */
static void
add_text (GArray *facts, char *name, const char *text)
{
  Fact fact = { name, g_strdup (text != NULL ? text : ""), 0.0 };

  g_array_append_val (facts, fact);
}

static void
add_both (GArray *facts, const char *name, HansaText text)
{
  add_text (facts, g_strdup_printf ("%s (en)", name), text.en);
  add_text (facts, g_strdup_printf ("%s (zh)", name), text.zh);
}

static void
add_value (GArray *facts, char *name, double number, guint32 reason)
{
  Fact fact = { name, NULL, number };

  if (reason != HANSA_DEFINED)
    fact.text = g_strdup_printf ("undefined (%u)", reason);
  g_array_append_val (facts, fact);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;

  return x < y ? -1 : x > y;
}

/* Evidence is a set: sorted, and as rows of the first table. */
static char *
rows_text (const HansaResultMetric *metric, const HansaRowMap *maps)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint64));
  const guint64 *map = NULL;

  for (; maps != NULL && maps->input != NULL; maps++)
    if (g_strcmp0 (maps->input, metric->input) == 0)
      map = maps->rows;
  for (guint i = 0; i < metric->rows->len; i++)
    {
      guint64 row = g_array_index (metric->rows, guint64, i);

      if (map != NULL)
        row = map[row];
      g_array_append_val (rows, row);
    }
  g_array_sort (rows, compare_rows);
  GString *text = g_string_new (metric->input);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (text, " %" G_GUINT64_FORMAT, g_array_index (rows, guint64, i));
  return g_string_free (text, FALSE);
}

static void
add_metric (GArray *facts, const HansaResultMetric *metric, const HansaRowMap *maps)
{
  g_autofree char *name = g_strdup_printf (_ ("metric \"%s\""), metric->id);
  g_autofree char *rows = rows_text (metric, maps);

  add_value (facts, g_strdup (name), metric->value.number, metric->value.reason);
  add_value (facts, g_strdup_printf ("%s, low", name), metric->low.number, metric->low.reason);
  add_value (facts, g_strdup_printf ("%s, high", name), metric->high.number, metric->high.reason);
  add_value (facts, g_strdup_printf ("%s, level", name), metric->level, 0);
  add_value (facts, g_strdup_printf ("%s, decimals", name), metric->decimals, 0);
  add_text (facts, g_strdup_printf ("%s, unit", name), metric->unit);
  add_text (facts, g_strdup_printf ("%s, variant", name), metric->variant);
  add_text (facts, g_strdup_printf ("%s, table", name), metric->table);
  add_text (facts, g_strdup_printf ("%s, row", name), metric->row);
  add_text (facts, g_strdup_printf ("%s, evidence", name), rows);
  add_both (facts, name, metric->title);
  add_both (facts, name, metric->why);
}

static void
add_cell (GArray *facts, const char *table, gsize row, const char *column, const HansaCell *cell)
{
  char *name = g_strdup_printf (_ ("table \"%s\", row %zu, column \"%s\""), table, row + 1, column);

  if (cell->type == HANSA_REAL)
    add_value (facts, name, cell->as.real, cell->reason);
  else if (cell->type == HANSA_INTEGER || cell->type == HANSA_DATE)
    add_value (facts, name, (double)cell->as.integer, 0);
  else if (cell->type == 0)
    add_text (facts, name, _ ("missing"));
  else
    {
      g_autofree char *both = g_strdup_printf ("%s\n%s", cell->as.text.en, cell->as.text.zh);
      add_text (facts, name, both);
    }
}

static void
add_table (GArray *facts, const HansaResultTable *table)
{
  g_autofree char *name = g_strdup_printf (_ ("table \"%s\""), table->id);

  add_both (facts, name, table->title);
  add_both (facts, name, table->note);
  add_value (facts, g_strdup_printf (_ ("number of rows of %s"), name),
             (double)hansa_result_table_rows (table), 0);
  for (guint i = 0; i < table->n_columns; i++)
    {
      const HansaResultColumn *column = &table->columns[i];

      add_text (facts, g_strdup_printf ("%s, %s", name, column->id), column->unit);
      add_both (facts, name, column->title);
    }
  for (gsize row = 0; row < hansa_result_table_rows (table); row++)
    for (guint i = 0; i < table->n_columns; i++)
      add_cell (facts, table->id, row, table->columns[i].id,
                hansa_result_table_cell (table, row, i));
}

static void
add_chart (GArray *facts, const HansaResultChart *chart)
{
  g_autofree char *name = g_strdup_printf (_ ("chart \"%s\""), chart->id);
  const char *parts[] = { chart->table, chart->x,    chart->y,    chart->group,    chart->label,
                          chart->low,   chart->high, chart->size, chart->highlight };

  add_both (facts, name, chart->title);
  add_both (facts, name, chart->note);
  add_value (facts, g_strdup (name), chart->kind, 0);
  add_value (facts, g_strdup (name), chart->flags, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    add_text (facts, g_strdup (name), parts[i]);
  g_autofree char *x = g_strjoinv (" ", chart->x_lines);
  g_autofree char *y = g_strjoinv (" ", chart->y_lines);
  add_text (facts, g_strdup (name), x);
  add_text (facts, g_strdup (name), y);
}

static void
add_finding (GArray *facts, const HansaResultFinding *finding)
{
  g_autofree char *name = g_strdup_printf (_ ("finding \"%s\""), finding->id);

  add_text (facts, g_strdup (name), finding->metric);
  add_value (facts, g_strdup (name), finding->severity, 0);
  add_both (facts, name, finding->text);
  for (guint i = 0; i < finding->n_names; i++)
    add_both (facts, name, finding->names[i].text);
}

static GArray *
facts_of (const HansaResult *result, const HansaRowMap *maps)
{
  GArray *facts = g_array_new (FALSE, FALSE, sizeof (Fact));

  g_array_set_clear_func (facts, clear_fact);
  for (guint i = 0; i < result->metrics->len; i++)
    add_metric (facts, g_ptr_array_index (result->metrics, i), maps);
  for (guint i = 0; i < result->tables->len; i++)
    add_table (facts, g_ptr_array_index (result->tables, i));
  for (guint i = 0; i < result->charts->len; i++)
    add_chart (facts, g_ptr_array_index (result->charts, i));
  for (guint i = 0; i < result->findings->len; i++)
    add_finding (facts, g_ptr_array_index (result->findings, i));
  for (guint i = 0; i < result->notes->len; i++)
    {
      const HansaResultNote *note = g_ptr_array_index (result->notes, i);
      g_autofree char *name = g_strdup_printf (_ ("note %u"), i + 1);

      add_value (facts, g_strdup (name), note->kind, 0);
      add_both (facts, name, note->text);
    }
  return facts;
}

static gboolean
agree (const Fact *a, const Fact *b, double tolerance)
{
  if (!g_str_equal (a->name, b->name) || (a->text == NULL) != (b->text == NULL))
    return FALSE;
  if (a->text != NULL)
    return g_str_equal (a->text, b->text);
  if (isnan (a->number) || isnan (b->number))
    return isnan (a->number) && isnan (b->number);
  if (!(a->number < b->number) && !(a->number > b->number))
    return TRUE;
  return tolerance > 0.0
         && fabs (a->number - b->number)
                <= tolerance * fmax (1.0, fmax (fabs (a->number), fabs (b->number)));
}

/* One line, not too long. */
static char *
shown (const Fact *fact)
{
  if (fact->text == NULL)
    return hansa_shortest_number (fact->number);
  g_autofree char *line = g_strdelimit (g_strdup (fact->text), "\n", '/');
  g_autofree char *start = g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), 80));
  return g_strdup_printf ("\"%s\"%s", start, strlen (start) < strlen (line) ? "…" : "");
}

char *
hansa_results_differ (const HansaResult *a, const HansaResult *b, double tolerance,
                      const HansaRowMap *maps)
{
  g_autoptr (GArray) first = facts_of (a, NULL);
  g_autoptr (GArray) second = facts_of (b, maps);

  for (guint i = 0; i < MIN (first->len, second->len); i++)
    {
      const Fact *x = &g_array_index (first, Fact, i);
      const Fact *y = &g_array_index (second, Fact, i);

      if (agree (x, y, tolerance))
        continue;
      g_autofree char *left = shown (x);
      g_autofree char *right = shown (y);
      if (g_str_equal (x->name, y->name))
        return g_strdup_printf (_ ("%s is %s, then %s"), x->name, left, right);
      return g_strdup_printf (_ ("%s in one result, %s in the other"), x->name, y->name);
    }
  if (first->len == second->len)
    return NULL;
  const GArray *longer = first->len > second->len ? first : second;
  return g_strdup_printf (_ ("%s is in one result only"),
                          g_array_index (longer, Fact, MIN (first->len, second->len)).name);
}
