/* SPDX-License-Identifier: MIT
 *
 * From tables that show a fault to small ones that still do: rows are taken out
 * in ever smaller runs, then cells are made simple. Zeller and Hildebrandt,
 * "Simplifying and isolating failure-inducing input", IEEE TSE 28 (2002).
 */
#include "check/check.h"

/* Trials, and a bound for plugins that are slow because they hang. */
#define MOST_TRIALS 250
#define MOST_SECONDS 10

typedef struct
{
  HansaCheck *check;
  HansaShows shows;
  gpointer data;
  HansaSubject *best;
  guint trials;
  gint64 until;
} Shrinker;

static gboolean
is_spent (const Shrinker *shrinker)
{
  return shrinker->trials >= MOST_TRIALS || g_get_monotonic_time () > shrinker->until;
}

/* Takes the candidate; TRUE when it is the best from now on. */
static gboolean
offer (Shrinker *shrinker, HansaSubject *candidate)
{
  shrinker->trials++;
  if (!shrinker->shows (shrinker->check, candidate, shrinker->data))
    {
      hansa_subject_free (candidate);
      return FALSE;
    }
  hansa_subject_free (shrinker->best);
  shrinker->best = candidate;
  return TRUE;
}

/* The best without rows [from, to) of that input. */
static HansaSubject *
without_rows (const Shrinker *shrinker, guint input, gsize from, gsize to)
{
  HansaSubject *candidate = hansa_subject_copy (shrinker->best);
  HansaDraft *draft = g_ptr_array_index (candidate->drafts, input);
  guint n = draft->input->n_columns;

  g_array_remove_range (draft->cells, (guint)(from * n), (guint)((to - from) * n));
  return candidate;
}

static gsize
rows_of (const Shrinker *shrinker, guint input)
{
  const HansaDraft *draft = g_ptr_array_index (shrinker->best->drafts, input);

  return draft != NULL ? hansa_draft_rows (draft) : 0;
}

static void
shrink_rows (Shrinker *shrinker, guint input)
{
  gsize run = rows_of (shrinker, input);

  for (; run > 0 && !is_spent (shrinker); run = MIN (run / 2, rows_of (shrinker, input)))
    for (gsize from = 0; from < rows_of (shrinker, input) && !is_spent (shrinker);)
      {
        gsize to = MIN (from + run, rows_of (shrinker, input));
        if (!offer (shrinker, without_rows (shrinker, input, from, to)))
          from = to;
      }
}

static gboolean
is_simple (const HansaDraftCell *cell, guint32 type)
{
  if (!cell->present)
    return TRUE;
  if (type == HANSA_REAL)
    return cell->as.real == 1.0;
  return type != HANSA_TEXT ? cell->as.integer == 1
                            : g_utf8_strlen (cell->as.text, -1) <= (glong)sizeof "430000";
}

static void
make_simple (HansaDraftCell *cell, const HansaColumn *column)
{
  if ((column->flags & HANSA_NULLABLE) != 0)
    cell->present = FALSE;
  else if (column->type == HANSA_REAL)
    cell->as.real = 1.0;
  else if (column->type == HANSA_TEXT)
    cell->as.text = "a";
  else
    cell->as.integer = 1;
}

static void
shrink_cells (Shrinker *shrinker, guint input)
{
  for (gsize row = 0; row < rows_of (shrinker, input); row++)
    for (guint i = 0; !is_spent (shrinker); i++)
      {
        HansaDraft *draft = g_ptr_array_index (shrinker->best->drafts, input);

        if (i == draft->input->n_columns)
          break;
        if (is_simple (hansa_draft_cell (draft, row, i), draft->input->columns[i].type))
          continue;
        HansaSubject *candidate = hansa_subject_copy (shrinker->best);
        draft = g_ptr_array_index (candidate->drafts, input);
        make_simple (hansa_draft_cell (draft, row, i), &draft->input->columns[i]);
        gsize rows = hansa_draft_rows (draft);
        hansa_draft_group (draft);
        if (hansa_draft_rows (draft) == rows)
          offer (shrinker, candidate);
        else
          hansa_subject_free (candidate);
      }
}

HansaSubject *
hansa_check_shrink (HansaCheck *check, const HansaSubject *subject, HansaShows shows, gpointer data)
{
  Shrinker shrinker = { check, shows,
                        data,  hansa_subject_copy (subject),
                        0,     g_get_monotonic_time () + MOST_SECONDS * G_USEC_PER_SEC };

  for (guint i = 0; i < subject->drafts->len; i++)
    shrink_rows (&shrinker, i);
  for (guint i = 0; i < subject->drafts->len; i++)
    shrink_cells (&shrinker, i);
  return shrinker.best;
}
