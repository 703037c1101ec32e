/* SPDX-License-Identifier: MIT
 *
 * The rows that a metric names are those that it rests on, and rows that are
 * left out are told.
 */
#include "check/check.h"

#include <math.h>
#include <string.h>

#define TOLERANCE 1e-9
#define MOST_METRICS 40 /* a subject */
#define MOST_ROWS 6     /* a column */

static gint
find_input (const HansaCheck *check, const char *name)
{
  for (guint i = 0; name != NULL && i < check->description->plugin.n_inputs; i++)
    if (strcmp (check->description->plugin.inputs[i].name, name) == 0)
      return (gint)i;
  return -1;
}

/* ---- evidence ---------------------------------------------------------- */

/* The metric's value when its input holds nothing but its evidence, or all but
 * its evidence; undefined where there is none. */
static HansaValue
value_on (HansaCheck *check, const HansaSubject *subject, const HansaResultMetric *metric,
          gboolean evidence)
{
  guint input = (guint)find_input (check, metric->input);
  g_autoptr (HansaSubject) part = hansa_subject_copy (subject);
  HansaDraft *draft = g_ptr_array_index (part->drafts, input);
  g_autoptr (GHashTable) named = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; i < metric->rows->len; i++)
    g_hash_table_add (named, &g_array_index (metric->rows, guint64, i));
  for (guint64 row = 0; row < hansa_draft_rows (draft); row++)
    if (g_hash_table_contains (named, &row) == evidence)
      g_array_append_val (rows, row);
  g_ptr_array_index (part->drafts, input)
      = hansa_draft_pick (draft, (const guint64 *)(const void *)rows->data, rows->len);
  hansa_draft_free (draft);
  g_autoptr (HansaTrial) trial = hansa_check_try (check, part, NULL);
  const HansaResultMetric *again
      = trial->result != NULL ? hansa_result_metric (trial->result, metric->id) : NULL;
  return again != NULL ? again->value : hansa_undefined (HANSA_NO_DATA);
}

static gboolean
has_evidence (const HansaCheck *check, const HansaResultMetric *metric)
{
  return metric->rows->len > 0 && hansa_is_defined (metric->value)
         && find_input (check, metric->input) >= 0;
}

static gboolean
is_near (HansaValue a, double b)
{
  return fabs (a.number - b) <= TOLERANCE * fmax (1.0, fabs (b));
}

/* Without the rows that it names, an amount that is not zero cannot be what it
 * was. */
static gboolean
rests_on_none (HansaCheck *check, const HansaSubject *subject, const HansaResultMetric *metric)
{
  HansaValue value = value_on (check, subject, metric, FALSE);

  return metric->value.number != 0.0 && hansa_is_defined (value)
         && is_near (value, metric->value.number);
}

/* With those rows alone it should be what it was. Ratios and ranks are left out:
 * they may name the rows that they count and rest on the whole as well. */
static gboolean
rests_on_more (HansaCheck *check, const HansaSubject *subject, const HansaResultMetric *metric)
{
  HansaValue value = value_on (check, subject, metric, TRUE);

  return hansa_is_defined (value) && !is_near (value, metric->value.number);
}

static gboolean
shows_evidence (HansaCheck *check, const HansaSubject *subject, gpointer id)
{
  g_autoptr (HansaTrial) trial = hansa_check_try (check, subject, NULL);
  const HansaResultMetric *metric
      = trial->result != NULL ? hansa_result_metric (trial->result, id) : NULL;

  return metric != NULL && has_evidence (check, metric) && rests_on_more (check, subject, metric);
}

/* Only ever suspicious: a count may come out the same for other reasons. */
static gboolean
check_metric (HansaCheck *check, const HansaSubject *subject, const HansaResultMetric *metric)
{
  if (!rests_on_more (check, subject, metric))
    return TRUE;
  g_autoptr (HansaSubject) smallest
      = hansa_check_shrink (check, subject, shows_evidence, metric->id);
  hansa_check_fault (
      check, TRUE, smallest,
      rests_on_none (check, subject, metric)
          ? _ ("metric \"%s\" does not rest on the rows of \"%s\" that it names as evidence: it is "
               "the same without them (\"%s\")")
          : _ ("metric \"%s\" has another value when \"%s\" holds only the rows that it names as "
               "evidence (\"%s\")"),
      metric->id, metric->input, subject->name);
  return FALSE;
}

void
hansa_check_evidence (HansaCheck *check)
{
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);

  if (!hansa_check_is_steady (check))
    return;
  for (guint i = 0; i < check->subjects->len; i++)
    {
      const HansaSubject *subject = g_ptr_array_index (check->subjects, i);
      const HansaTrial *trial = hansa_check_answer (check, i);

      if (!subject->plain || trial->result == NULL)
        continue;
      for (guint j = 0; j < MIN (trial->result->metrics->len, MOST_METRICS); j++)
        {
          const HansaResultMetric *metric = g_ptr_array_index (trial->result->metrics, j);

          if (hansa_amount_dimension (metric->unit) != NULL && has_evidence (check, metric)
              && !g_hash_table_contains (told, metric->id)
              && !check_metric (check, subject, metric))
            g_hash_table_add (told, metric->id);
        }
    }
}

/* ---- dropped rows ------------------------------------------------------ */

typedef struct
{
  guint input;
  guint column;
} Place;

static HansaSubject *
without_row (const HansaSubject *subject, guint input, gsize row)
{
  HansaSubject *copy = hansa_subject_copy (subject);
  const HansaDraft *draft = g_ptr_array_index (copy->drafts, input);
  guint n = draft->input->n_columns;

  g_array_remove_range (draft->cells, (guint)row * n, n);
  return copy;
}

static HansaSubject *
with_blank (const HansaSubject *subject, Place place, gsize row)
{
  HansaSubject *copy = hansa_subject_copy (subject);
  const HansaDraft *draft = g_ptr_array_index (copy->drafts, place.input);

  hansa_draft_cell (draft, row, place.column)->present = FALSE;
  return copy;
}

/* Whether the second result says of itself that something is missing: a metric
 * of the first is gone or undefined, rows are said to be left out, or there is
 * a warning that was not there. */
static gboolean
tells (const HansaResult *whole, const HansaResult *part)
{
  for (guint i = 0; i < whole->metrics->len; i++)
    {
      const HansaResultMetric *metric = g_ptr_array_index (whole->metrics, i);
      const HansaResultMetric *other = hansa_result_metric (part, metric->id);

      if (other == NULL || (hansa_is_defined (metric->value) && !hansa_is_defined (other->value)))
        return TRUE;
    }
  for (guint i = 0; i < part->notes->len; i++)
    {
      const HansaResultNote *note = g_ptr_array_index (part->notes, i);
      gboolean known = note->kind == HANSA_NOTE_METHOD;

      if (note->kind == HANSA_NOTE_DROPPED)
        return TRUE;
      for (guint j = 0; j < whole->notes->len && !known; j++)
        {
          const HansaResultNote *other = g_ptr_array_index (whole->notes, j);
          known = g_str_equal (other->text.en, note->text.en);
        }
      if (!known)
        return TRUE;
    }
  return FALSE;
}

/* Blanking the cell does what taking out the row does, to the last word, and
 * not nothing: the row is left out, and nobody is told. */
static gboolean
drops_silently (HansaCheck *check, const HansaSubject *subject, const HansaTrial *whole,
                Place place, gsize row)
{
  const HansaDraft *draft = g_ptr_array_index (subject->drafts, place.input);
  g_autoptr (HansaSubject) blank = with_blank (subject, place, row);
  g_autoptr (HansaTrial) blanked = hansa_check_try (check, blank, NULL);

  if (blanked->result == NULL || tells (whole->result, blanked->result))
    return FALSE;
  g_autofree char *matters = hansa_results_differ (whole->result, blanked->result, 0.0, NULL);
  if (matters == NULL)
    return FALSE;
  g_autoptr (HansaSubject) less = without_row (subject, place.input, row);
  g_autoptr (HansaTrial) lessened = hansa_check_try (check, less, NULL);
  if (lessened->result == NULL)
    return FALSE;
  g_autofree guint64 *order = g_new (guint64, hansa_draft_rows (draft) + 1);
  for (gsize i = 0; i < hansa_draft_rows (draft); i++)
    order[i] = i < row ? i : i + 1;
  const HansaRowMap maps[] = { { draft->input->name, order }, { NULL, NULL } };
  g_autofree char *differs
      = hansa_results_differ (blanked->result, lessened->result, TOLERANCE, maps);
  return differs == NULL;
}

static gboolean
shows_drop (HansaCheck *check, const HansaSubject *subject, gpointer data)
{
  const Place *place = data;
  const HansaDraft *draft = g_ptr_array_index (subject->drafts, place->input);
  g_autoptr (HansaTrial) whole = hansa_check_try (check, subject, NULL);
  gsize n = MIN (hansa_draft_rows (draft), MOST_ROWS);

  for (gsize row = 0; whole->result != NULL && row < n; row++)
    if (drops_silently (check, subject, whole, *place, row))
      return TRUE;
  return FALSE;
}

static void
check_column (HansaCheck *check, guint i, Place place)
{
  const HansaSubject *subject = g_ptr_array_index (check->subjects, i);
  const HansaDraft *draft = g_ptr_array_index (subject->drafts, place.input);
  gsize n = draft != NULL ? hansa_draft_rows (draft) : 0;

  for (gsize row = 0; row < n; row += MAX (n / MOST_ROWS, 1))
    {
      if (!hansa_draft_cell (draft, row, place.column)->present
          || !drops_silently (check, subject, hansa_check_answer (check, i), place, row))
        continue;
      g_autoptr (HansaSubject) smallest = hansa_check_shrink (check, subject, shows_drop, &place);
      hansa_check_fault (check, TRUE, smallest,
                         _ ("a row of \"%s\" whose \"%s\" is missing is left out, and no note, "
                            "metric or table says so (\"%s\")"),
                         draft->input->name, draft->input->columns[place.column].name,
                         subject->name);
      return;
    }
}

void
hansa_check_dropped (HansaCheck *check)
{
  const HansaPlugin *plugin = &check->description->plugin;

  if (!hansa_check_is_steady (check))
    return;
  for (guint i = 0; i < check->subjects->len; i++)
    {
      if (!((HansaSubject *)g_ptr_array_index (check->subjects, i))->plain
          || hansa_check_answer (check, i)->result == NULL)
        continue;
      for (guint input = 0; input < plugin->n_inputs; input++)
        for (guint column = 0; column < plugin->inputs[input].n_columns; column++)
          /* A table that may be absent as a whole has nothing that must be told. */
          if (check->now->n_warnings == 0 && (plugin->inputs[input].flags & HANSA_OPTIONAL) == 0
              && (plugin->inputs[input].columns[column].flags & HANSA_NULLABLE) != 0
              && plugin->inputs[input].columns[column].type != HANSA_TEXT)
            check_column (check, i, (Place){ input, column });
    }
}
