/* SPDX-License-Identifier: MIT
 *
 * Dimensions, by experiment: when every amount in US dollars is multiplied, what
 * is said in US dollars must be multiplied too, and nothing else may change.
 */
#include "check/check.h"

#include "base/units.h"

#include <math.h>
#include <string.h>

#define TOLERANCE 1e-6

/* Powers of ten, so that what was rounded stays round; the second takes everyday
 * amounts past 32 bits. */
static const double factors[] = { 10.0, 1e6 };

const char *
hansa_amount_dimension (const char *unit)
{
  static const char *const fixed[] = { "ratio", "points", "rank", "year", "time",    "days",
                                       "score", "angle",  "bits", "nats", "regions", NULL };
  const HansaUnit *known = unit != NULL && *unit != '\0' ? hansa_unit_find (unit) : NULL;

  return known == NULL || g_strv_contains (fixed, known->dimension)
                 || strstr (known->dimension, " per ") != NULL
             ? NULL
             : known->dimension;
}

static gboolean
has_dimension (const char *unit, const char *dimension)
{
  return g_strcmp0 (hansa_amount_dimension (unit), dimension) == 0;
}

static void
scale_draft (HansaDraft *draft, const char *dimension, double factor)
{
  for (guint i = 0; i < draft->input->n_columns; i++)
    {
      const HansaColumn *column = &draft->input->columns[i];

      if (!has_dimension (column->unit, dimension))
        continue;
      for (gsize row = 0; row < hansa_draft_rows (draft); row++)
        {
          HansaDraftCell *cell = hansa_draft_cell (draft, row, i);
          if (column->type == HANSA_REAL)
            cell->as.real *= factor;
          else if (column->type == HANSA_INTEGER)
            cell->as.integer *= (gint64)factor;
        }
    }
}

/* Parameters in that dimension are amounts as well. */
static GArray *
scale_params (const HansaCheck *check, GArray *params, const char *dimension, double factor)
{
  GArray *scaled = g_array_copy (params);

  for (guint i = 0; i < scaled->len; i++)
    {
      HansaParamValue *value = &g_array_index (scaled, HansaParamValue, i);
      const HansaParam *param = hansa_description_param (check->description, value->id);
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      if (value->text == NULL || !has_dimension (param->unit, dimension))
        continue;
      value->number *= factor;
      value->text = g_intern_string (g_ascii_dtostr (number, sizeof number, value->number));
    }
  return scaled;
}

static HansaSubject *
scaled (HansaCheck *check, const HansaSubject *subject, const char *dimension, double factor)
{
  HansaSubject *copy = hansa_subject_copy (subject);

  for (guint i = 0; i < copy->drafts->len; i++)
    if (g_ptr_array_index (copy->drafts, i) != NULL)
      scale_draft (g_ptr_array_index (copy->drafts, i), dimension, factor);
  g_array_unref (copy->params);
  copy->params = scale_params (check, subject->params, dimension, factor);
  return copy;
}

static gboolean
is_near (double a, double b)
{
  return fabs (a - b) <= TOLERANCE * fmax (1.0, fmax (fabs (a), fabs (b)));
}

/* The first metric that does not scale as its unit says. (transfer full) */
static char *
misfit (const HansaResult *before, const HansaResult *after, const char *dimension, double factor)
{
  for (guint i = 0; i < before->metrics->len; i++)
    {
      const HansaResultMetric *metric = g_ptr_array_index (before->metrics, i);
      const HansaResultMetric *other = hansa_result_metric (after, metric->id);
      const HansaUnit *unit = hansa_unit_find (metric->unit);
      gboolean amount = has_dimension (metric->unit, dimension);

      if (other == NULL || unit == NULL || strstr (unit->dimension, " per ") != NULL
          || !hansa_is_defined (metric->value) || !hansa_is_defined (other->value))
        continue;
      if (is_near (other->value.number, metric->value.number * (amount ? factor : 1.0)))
        continue;
      return g_strdup_printf (
          amount ? _ ("metric \"%s\" is in %s, but went from %.10g to %.10g when every amount in "
                      "%s was multiplied by %.0f: a wrong unit, an overflow, or a constant that "
                      "should be a parameter")
                 : _ ("metric \"%s\" is in \"%s\", but went from %.10g to %.10g when every amount "
                      "in %s was multiplied by %.0f: a wrong unit, or a constant that should be a "
                      "parameter"),
          metric->id, metric->unit, metric->value.number, other->value.number, dimension, factor);
    }
  return NULL;
}

typedef struct
{
  const char *dimension;
  double factor;
} Scaling;

static char *
try_scaling (HansaCheck *check, const HansaSubject *subject, const HansaTrial *before,
             const Scaling *scaling)
{
  g_autoptr (HansaSubject) other = scaled (check, subject, scaling->dimension, scaling->factor);
  g_autoptr (HansaTrial) after = hansa_check_try (check, other, NULL);

  return after->result == NULL
             ? NULL
             : misfit (before->result, after->result, scaling->dimension, scaling->factor);
}

static gboolean
shows_misfit (HansaCheck *check, const HansaSubject *subject, gpointer scaling)
{
  g_autoptr (HansaTrial) before = hansa_check_try (check, subject, NULL);
  g_autofree char *wrong
      = before->result != NULL ? try_scaling (check, subject, before, scaling) : NULL;

  return wrong != NULL;
}

/* Dimensions of the inputs' columns; a set. (transfer container) */
static GPtrArray *
dimensions (const HansaPlugin *plugin)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < plugin->n_inputs; i++)
    for (guint j = 0; j < plugin->inputs[i].n_columns; j++)
      {
        const char *dimension = hansa_amount_dimension (plugin->inputs[i].columns[j].unit);
        if (dimension != NULL
            && !g_ptr_array_find_with_equal_func (found, dimension, g_str_equal, NULL))
          g_ptr_array_add (found, (gpointer)dimension);
      }
  return found;
}

static void
check_subject (HansaCheck *check, guint i, const char *dimension)
{
  const HansaSubject *subject = g_ptr_array_index (check->subjects, i);
  const HansaTrial *before = hansa_check_answer (check, i);

  for (gsize j = 0; j < G_N_ELEMENTS (factors); j++)
    {
      Scaling scaling = { dimension, factors[j] };
      g_autofree char *wrong = try_scaling (check, subject, before, &scaling);

      if (wrong == NULL)
        continue;
      g_autoptr (HansaSubject) smallest
          = hansa_check_shrink (check, subject, shows_misfit, &scaling);
      hansa_check_fault (check, FALSE, smallest, _ ("%s (\"%s\")"), wrong, subject->name);
      return;
    }
}

void
hansa_check_units (HansaCheck *check)
{
  g_autoptr (GPtrArray) found = dimensions (&check->description->plugin);

  if (!hansa_check_is_steady (check))
    return;
  if (found->len == 0)
    check->now->skipped = g_strdup (_ ("no column holds amounts with a unit"));
  for (guint i = 0; i < check->subjects->len; i++)
    for (guint j = 0; j < found->len && check->now->n_errors == 0; j++)
      if (((HansaSubject *)g_ptr_array_index (check->subjects, i))->plain
          && hansa_check_answer (check, i)->result != NULL)
        check_subject (check, i, g_ptr_array_index (found, j));
}
