/* SPDX-License-Identifier: MIT */
#include "dataset/shape.h"

#include "base/error.h"

#include <math.h>
#include <string.h>

void
hansa_put_cell (HansaTableBuilder *builder, guint column, guint32 type, const HansaCellValue *value)
{
  if (!value->present)
    return;
  switch (type)
    {
    case HANSA_REAL:
      if (isfinite (value->real))
        hansa_table_builder_real (builder, column, value->real);
      break;
    case HANSA_INTEGER:
      hansa_table_builder_integer (builder, column, value->integer);
      break;
    case HANSA_DATE:
      hansa_table_builder_date (builder, column, value->date);
      break;
    default:
      hansa_table_builder_text (builder, column, value->text, value->length);
      break;
    }
}

HansaTableBuilder *
hansa_input_builder (const HansaInput *input, gsize expected_rows, GError **error)
{
  g_autofree HansaField *fields = g_new0 (HansaField, input->n_columns);

  for (guint i = 0; i < input->n_columns; i++)
    fields[i]
        = (HansaField){ input->columns[i].name, input->columns[i].unit, input->columns[i].type };
  return hansa_table_builder_new (input->name, fields, input->n_columns, expected_rows, error);
}

static HansaLineage *
lineage_like (const HansaLineage *from)
{
  HansaLineage *lineage = g_new0 (HansaLineage, 1);

  lineage->resource = g_strdup (from->resource);
  lineage->path = g_strdup (from->path);
  lineage->first = g_array_new (FALSE, FALSE, sizeof (guint32));
  lineage->lines = g_array_new (FALSE, FALSE, sizeof (guint32));
  return lineage;
}

static gboolean
fail_whole (const HansaInput *input, guint column, const HansaLineage *from, gsize row,
            GError **error)
{
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
               _ ("%s, line %u: column “%s” is no whole number in the unit asked for."), from->path,
               g_array_index (from->lines, guint32, row), input->columns[column].name);
  return FALSE;
}

/* ---- row by row ---------------------------------------------------------- */

static gboolean
copy_rows (const HansaBinding *binding, const HansaInput *input, const HansaTable *table,
           const HansaLineage *from, HansaTableBuilder *builder, HansaLineage *lineage,
           GError **error)
{
  HansaCellValue value;

  for (gsize row = 0; row < table->n_rows; row++)
    {
      guint32 begin = lineage->lines->len;
      for (guint i = 0; i < input->n_columns; i++)
        {
          guint32 type = input->columns[i].type;
          if (!hansa_source_get (&binding->sources[i], table, row, type, TRUE, &value))
            return fail_whole (input, i, from, row, error);
          hansa_put_cell (builder, i, type, &value);
        }
      g_array_append_val (lineage->first, begin);
      g_array_append_val (lineage->lines, g_array_index (from->lines, guint32, row));
      if (!hansa_table_builder_end_row (builder, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- grouped ------------------------------------------------------------- */

/* Neumaier's sum: the error of each addition is kept and added at the end. */
typedef struct
{
  double sum, correction;
  gint64 integer;
  gsize n;
} Sum;

typedef struct
{
  gsize row;     /* the first of the group: its key cells are the group's */
  GArray *lines; /* guint32 */
  Sum *sums;     /* one a column; those of keys are idle */
} Group;

static void
group_free (Group *group)
{
  g_array_unref (group->lines);
  g_free (group->sums);
  g_free (group);
}

static void
add_real (Sum *sum, double x)
{
  double total = sum->sum + x;

  if (fabs (sum->sum) >= fabs (x))
    sum->correction += (sum->sum - total) + x;
  else
    sum->correction += (x - total) + sum->sum;
  sum->sum = total;
}

/* The key of a row as bytes; a missing cell differs from every present one. */
static void
append_key (GString *key, guint32 type, const HansaCellValue *value)
{
  double real = value->real + 0.0; /* -0 and 0 are one group */

  g_string_append_c (key, value->present ? '\1' : '\0');
  if (!value->present)
    return;
  if (type == HANSA_REAL)
    g_string_append_len (key, (const char *)&real, sizeof real);
  else if (type == HANSA_INTEGER)
    g_string_append_len (key, (const char *)&value->integer, sizeof value->integer);
  else if (type == HANSA_DATE)
    g_string_append_len (key, (const char *)&value->date, sizeof value->date);
  else
    g_string_append_len (key, value->text, (gssize)value->length + 1);
}

static gboolean
key_of (const HansaBinding *binding, const HansaInput *input, const HansaTable *table, gsize row,
        GString *key, guint *bad)
{
  HansaCellValue value;

  g_string_truncate (key, 0);
  for (guint i = 0; i < input->n_columns; i++)
    {
      if ((input->columns[i].flags & HANSA_SUM) != 0)
        continue;
      *bad = i;
      if (!hansa_source_get (&binding->sources[i], table, row, input->columns[i].type, TRUE,
                             &value))
        return FALSE;
      append_key (key, input->columns[i].type, &value);
    }
  return TRUE;
}

/* Sums are taken in the file's unit and converted once, at the end. */
static gboolean
add_row (Group *group, const HansaBinding *binding, const HansaInput *input,
         const HansaTable *table, gsize row)
{
  HansaCellValue value;

  for (guint i = 0; i < input->n_columns; i++)
    {
      Sum *sum = &group->sums[i];
      if ((input->columns[i].flags & HANSA_SUM) == 0)
        continue;
      (void)hansa_source_get (&binding->sources[i], table, row, input->columns[i].type, FALSE,
                              &value);
      if (!value.present)
        continue;
      sum->n++;
      if (input->columns[i].type == HANSA_REAL)
        add_real (sum, value.real);
      else if (__builtin_add_overflow (sum->integer, value.integer, &sum->integer))
        return FALSE;
    }
  return TRUE;
}

static GPtrArray *
collect (const HansaBinding *binding, const HansaInput *input, const HansaTable *table,
         const HansaLineage *from, GError **error)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify)group_free);
  g_autoptr (GHashTable) known
      = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
  g_autoptr (GString) key = g_string_new (NULL);
  guint bad = 0;

  for (gsize row = 0; row < table->n_rows; row++)
    {
      if (!key_of (binding, input, table, row, key, &bad))
        {
          fail_whole (input, bad, from, row, error);
          return NULL;
        }
      g_autoptr (GBytes) bytes = g_bytes_new (key->str, key->len);
      Group *group = g_hash_table_lookup (known, bytes);
      if (group == NULL)
        {
          group = g_new0 (Group, 1);
          group->row = row;
          group->lines = g_array_new (FALSE, FALSE, sizeof (guint32));
          group->sums = g_new0 (Sum, input->n_columns);
          g_ptr_array_add (groups, group);
          g_hash_table_insert (known, g_bytes_ref (bytes), group);
        }
      g_array_append_val (group->lines, g_array_index (from->lines, guint32, row));
      if (!add_row (group, binding, input, table, row))
        {
          g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                       _ ("%s, line %u: a sum passes 64 bits. Make the column's type \"number\"."),
                       from->path, g_array_index (from->lines, guint32, row));
          return NULL;
        }
    }
  return g_steal_pointer (&groups);
}

static gboolean
put_sum (HansaTableBuilder *builder, guint column, guint32 type, const Sum *sum, double factor)
{
  HansaCellValue value = { .present = sum->n > 0 };

  value.real = hansa_scale (sum->sum + sum->correction, factor);
  value.integer = sum->integer;
  if (type == HANSA_INTEGER && factor != 1.0)
    {
      double exact = (double)sum->integer * factor;
      if (!(fabs (exact) < 9.2e18) || floor (exact) != exact)
        return FALSE;
      value.integer = (gint64)exact;
    }
  hansa_put_cell (builder, column, type, &value);
  return TRUE;
}

static gboolean
put_groups (const HansaBinding *binding, const HansaInput *input, const HansaTable *table,
            const HansaLineage *from, HansaTableBuilder *builder, HansaLineage *lineage,
            GError **error)
{
  g_autoptr (GPtrArray) groups = collect (binding, input, table, from, error);

  for (guint g = 0; groups != NULL && g < groups->len; g++)
    {
      const Group *group = g_ptr_array_index (groups, g);
      guint32 begin = lineage->lines->len;
      for (guint i = 0; i < input->n_columns; i++)
        {
          const HansaColumn *column = &input->columns[i];
          HansaCellValue value;
          if ((column->flags & HANSA_SUM) != 0)
            {
              if (!put_sum (builder, i, column->type, &group->sums[i], binding->sources[i].factor))
                return fail_whole (input, i, from, group->row, error);
              continue;
            }
          (void)hansa_source_get (&binding->sources[i], table, group->row, column->type, TRUE,
                                  &value);
          hansa_put_cell (builder, i, column->type, &value);
        }
      g_array_append_val (lineage->first, begin);
      g_array_append_vals (lineage->lines, group->lines->data, group->lines->len);
      if (!hansa_table_builder_end_row (builder, error))
        return FALSE;
    }
  return groups != NULL;
}

HansaSealedTable *
hansa_shape (const HansaBinding *binding, const HansaInput *input, HansaSealedTable *sealed,
             GError **error)
{
  const HansaTable *table = hansa_sealed_table_view (sealed);
  const HansaLineage *from = hansa_sealed_table_lineage (sealed);
  g_autoptr (HansaLineage) lineage = lineage_like (from);
  g_autoptr (HansaTableBuilder) builder
      = hansa_input_builder (input, binding->grouped ? 0 : table->n_rows, error);

  if (builder == NULL)
    return NULL;
  gboolean done = binding->grouped
                      ? put_groups (binding, input, table, from, builder, lineage, error)
                      : copy_rows (binding, input, table, from, builder, lineage, error);
  if (!done)
    return NULL;
  guint32 end = lineage->lines->len;
  g_array_append_val (lineage->first, end);
  return hansa_table_builder_seal (g_steal_pointer (&builder), g_steal_pointer (&lineage), error);
}

gboolean
hansa_check_missing (const HansaInput *input, HansaSealedTable *sealed, GError **error)
{
  const HansaTable *table = hansa_sealed_table_view (sealed);
  const HansaLineage *lineage = hansa_sealed_table_lineage (sealed);

  for (guint i = 0; i < input->n_columns; i++)
    {
      if ((input->columns[i].flags & (HANSA_NULLABLE | HANSA_OPTIONAL)) != 0
          || table->columns[i].valid == NULL)
        continue;
      for (gsize row = 0; row < table->n_rows; row++)
        {
          if (hansa_is_present (table, i, row))
            continue;
          guint32 line = 0;
          if (lineage != NULL)
            line = g_array_index (lineage->lines, guint32,
                                  g_array_index (lineage->first, guint32, row));
          if (line > 0)
            g_set_error (
                error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                _ ("%s, line %u: the analysis needs column “%s” in every row, but there is "
                   "none here."),
                lineage->path, line, input->columns[i].name);
          else
            g_set_error (
                error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                _ ("The table “%s”: the analysis needs column “%s” in every row, but it is "
                   "missing in some."),
                input->name, input->columns[i].name);
          return FALSE;
        }
    }
  return TRUE;
}
