/* SPDX-License-Identifier: MIT */
#include "dataset/mapping.h"

#include "base/error.h"
#include "base/nearest.h"
#include "base/units.h"
#include "dataset/schema.h"

#include <math.h>
#include <string.h>

void
hansa_source_clear (HansaSource *source)
{
  g_clear_pointer (&source->text, g_free);
}

void
hansa_binding_free (HansaBinding *binding)
{
  if (binding == NULL)
    return;
  for (guint i = 0; i < binding->n_sources; i++)
    hansa_source_clear (&binding->sources[i]);
  g_free (binding->sources);
  g_free (binding);
}

/* ---- expressions --------------------------------------------------------- */

static gboolean
from_column (const HansaResource *resource, const char *name, HansaSource *source)
{
  int column = hansa_schema_find (resource->schema, name);

  if (column < 0)
    return FALSE;
  source->kind = HANSA_FROM_COLUMN;
  source->column = (guint)column;
  source->field = g_ptr_array_index (resource->schema->fields, source->column);
  source->type = source->field->type;
  return TRUE;
}

/* 'text', in which '' stands for one quotation mark. */
static gboolean
from_text (const char *expression, HansaSource *source)
{
  gsize length = strlen (expression);

  if (length < 2 || expression[0] != '\'' || expression[length - 1] != '\'')
    return FALSE;
  g_autofree char *inner = g_strndup (expression + 1, length - 2);
  g_auto (GStrv) parts = g_strsplit (inner, "''", -1);
  source->text = g_strjoinv ("'", parts);
  source->kind = HANSA_FROM_CONSTANT;
  source->type = HANSA_TEXT;
  source->constant
      = (HansaCellValue){ .present = TRUE, .text = source->text, .length = strlen (source->text) };
  return TRUE;
}

static gboolean
from_number (const char *expression, HansaSource *source)
{
  HansaCellValue *constant = &source->constant;

  if (!hansa_parse_real (expression, &constant->real))
    return FALSE;
  source->kind = HANSA_FROM_CONSTANT;
  source->type = hansa_parse_integer (expression, &constant->integer) ? HANSA_INTEGER : HANSA_REAL;
  constant->present = TRUE;
  return TRUE;
}

/* year(column), month(column) */
static gboolean
from_date (const HansaResource *resource, const char *expression, HansaSource *source)
{
  static const struct
  {
    const char *prefix;
    HansaSourceKind kind;
  } calls[] = { { "year(", HANSA_FROM_YEAR }, { "month(", HANSA_FROM_MONTH } };
  gsize length = strlen (expression);

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      gsize head = strlen (calls[i].prefix);
      if (!g_str_has_prefix (expression, calls[i].prefix) || expression[length - 1] != ')')
        continue;
      g_autofree char *name = g_strstrip (g_strndup (expression + head, length - head - 1));
      if (!from_column (resource, name, source) || source->type != HANSA_DATE)
        return FALSE;
      source->kind = calls[i].kind;
      source->type = HANSA_INTEGER;
      return TRUE;
    }
  return FALSE;
}

gboolean
hansa_source_parse (const HansaResource *resource, const char *expression, HansaSource *source,
                    GError **error)
{
  *source = (HansaSource){ .factor = 1.0 };
  if (from_column (resource, expression, source) || from_text (expression, source)
      || from_number (expression, source) || from_date (resource, expression, source))
    return TRUE;
  g_autofree const char **names = hansa_schema_names (resource->schema);
  const char *near = hansa_nearest (expression, names);
  if (near != NULL)
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_MISSING,
                 _ ("%s has no column “%s”. Did you mean “%s”?"), resource->path, expression, near);
  else
    g_set_error (
        error, HANSA_HOST_ERROR, HANSA_EXIT_MISSING,
        _ ("“%s” is no column of %s. A column is mapped by a column's name, year(column) or "
           "month(column) of a date, a number, or a text in single quotes."),
        expression, resource->path);
  return FALSE;
}

/* ---- values -------------------------------------------------------------- */

double
hansa_scale_divisor (double factor)
{
  double inverse = 1.0 / factor;
  double whole = round (inverse);

  return factor < 1.0 && fabs (inverse - whole) < 1e-9 * inverse ? whole : 0.0;
}

double
hansa_scale (double number, double factor)
{
  double divisor = hansa_scale_divisor (factor);
  return divisor > 0.0 ? number / divisor : number * factor;
}

/* A whole number times a factor; FALSE when the result is none of 64 bits. */
static gboolean
scale_integer (gint64 *integer, double factor)
{
  double exact = (double)*integer * factor;

  if (!(fabs (exact) < 9.2e18) || floor (exact) != exact)
    return FALSE;
  *integer = (gint64)exact;
  return TRUE;
}

gboolean
hansa_source_get (const HansaSource *source, const HansaTable *table, gsize row, guint32 type,
                  gboolean scaled, HansaCellValue *value)
{
  gint64 year, month;

  *value = source->constant;
  if (source->kind == HANSA_FROM_NOTHING || source->kind == HANSA_FROM_CONSTANT)
    return TRUE; /* a constant holds every form that it can be asked in */
  hansa_cell_of (table, source->column, row, value);
  if (!value->present)
    return TRUE;
  if (source->kind != HANSA_FROM_COLUMN)
    {
      hansa_civil_from_days (value->date, &year, &month);
      value->integer = source->kind == HANSA_FROM_YEAR ? year : month;
    }
  if (type == HANSA_REAL && source->type == HANSA_INTEGER)
    value->real = (double)value->integer;
  if (!scaled || source->factor == 1.0)
    return TRUE;
  value->real = hansa_scale (value->real, source->factor);
  return type != HANSA_INTEGER || scale_integer (&value->integer, source->factor);
}
