/* SPDX-License-Identifier: MIT
 *
 * Groups: the names that a chart tells apart by colour. Charts of one result
 * whose groups share a name are a family: a name has one colour, and names one
 * order, in all of them.
 */
#include "chart/kinds.h"

#include <stdlib.h>

typedef struct
{
  guint rank, was;
} GroupRank;

static int
compare_ranks (gconstpointer a, gconstpointer b)
{
  const GroupRank *left = a, *right = b;
  return left->rank < right->rank ? -1 : left->rank > right->rank;
}

/* Slopes name their lines at both ends and colour none of them. */
static GPtrArray *
all_groups (const HansaResult *result)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)names_free);

  for (guint i = 0; i < result->charts->len; i++)
    {
      const HansaResultChart *chart = g_ptr_array_index (result->charts, i);
      const HansaResultTable *table = hansa_result_table (result, chart->table);
      guint column = hansa_result_table_column (table, chart->group);
      if (chart->kind != HANSA_CHART_SLOPE && column != G_MAXUINT)
        g_ptr_array_add (all, names_new (table, column, HANSA_EN));
    }
  return all;
}

static gboolean
join_family (GHashTable *family, const ChartNames *names)
{
  guint before = g_hash_table_size (family);
  gboolean shares = FALSE;

  for (guint i = 0; i < names->keys->len && !shares; i++)
    shares = g_hash_table_contains (family, g_ptr_array_index (names->keys, i));
  for (guint i = 0; i < names->keys->len && shares; i++)
    g_hash_table_add (family, g_ptr_array_index (names->keys, i));
  return g_hash_table_size (family) > before;
}

/* Of each name of the family, its place by first appearance. */
static GHashTable *
family_ranks (GPtrArray *all, const ChartNames *names)
{
  g_autoptr (GHashTable) family = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTable *ranks = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean grew = TRUE;

  for (guint i = 0; i < names->keys->len; i++)
    g_hash_table_add (family, g_ptr_array_index (names->keys, i));
  while (grew)
    {
      grew = FALSE;
      for (guint i = 0; i < all->len; i++)
        grew = join_family (family, g_ptr_array_index (all, i)) || grew;
    }
  for (guint i = 0; i < all->len; i++)
    {
      const ChartNames *of_chart = g_ptr_array_index (all, i);
      for (guint k = 0; k < of_chart->keys->len; k++)
        {
          char *key = g_ptr_array_index (of_chart->keys, k);
          if (g_hash_table_contains (family, key) && !g_hash_table_contains (ranks, key))
            g_hash_table_insert (ranks, key, GUINT_TO_POINTER (g_hash_table_size (ranks)));
        }
    }
  return ranks;
}

static void
put_in_order (ChartNames *names, const GroupRank *order)
{
  guint n = names->names->len;
  g_autoptr (GPtrArray) old_names = g_steal_pointer (&names->names);
  g_autoptr (GPtrArray) old_keys = g_steal_pointer (&names->keys);
  g_autoptr (GArray) old_rows = g_steal_pointer (&names->first_row);
  g_autofree guint *place = g_new (guint, n + 1);

  names->names = g_ptr_array_new_with_free_func (g_free);
  names->keys = g_ptr_array_new_with_free_func (g_free);
  names->first_row = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (guint i = 0; i < n; i++)
    {
      place[order[i].was] = i;
      g_ptr_array_add (names->names, g_strdup (old_names->pdata[order[i].was]));
      g_ptr_array_add (names->keys, g_strdup (old_keys->pdata[order[i].was]));
      g_array_append_val (names->first_row, g_array_index (old_rows, gsize, order[i].was));
    }
  for (gsize row = 0; row < names->n_rows; row++)
    if (names->of_row[row] != G_MAXUINT)
      names->of_row[row] = place[names->of_row[row]];
}

ChartNames *
groups_new (const ChartCanvas *canvas, guint column)
{
  ChartNames *names = names_new (canvas->table, column, canvas->language);
  guint n = names->names->len;

  if (column == G_MAXUINT)
    return names;
  g_autoptr (GPtrArray) all = all_groups (canvas->result);
  g_autoptr (GHashTable) ranks = family_ranks (all, names);
  g_autofree GroupRank *order = g_new (GroupRank, n + 1);
  for (guint i = 0; i < n; i++)
    {
      gpointer rank = NULL;
      gboolean found
          = g_hash_table_lookup_extended (ranks, g_ptr_array_index (names->keys, i), NULL, &rank);
      order[i] = (GroupRank){ found ? GPOINTER_TO_UINT (rank) : i, i };
    }
  qsort (order, n, sizeof *order, compare_ranks);
  put_in_order (names, order);
  names->inks = g_new (guint, n + 1);
  /* With more names in the family than colours, two of this chart might meet. */
  gboolean enough = n > 0 && (order[n - 1].rank < CHART_N_INKS || n > CHART_N_INKS);
  for (guint i = 0; i < n; i++)
    names->inks[i] = enough ? order[i].rank : i;
  return names;
}

ChartInk *
group_inks (const ChartCanvas *canvas, const ChartNames *names, guint column, guint *highlighted)
{
  guint n = names->names->len;
  guint found = canvas_has_highlight (canvas)
                    ? names_find (names, canvas->table, column, canvas->chart->highlight)
                    : G_MAXUINT;
  ChartInk *inks = g_new (ChartInk, n + 1);

  for (guint i = 0; i < n; i++)
    {
      if (found == G_MAXUINT)
        inks[i] = chart_ink (names->inks != NULL ? names->inks[i] : i, n, canvas->monochrome);
      else
        inks[i] = i == found ? chart_ink_accent (canvas->monochrome)
                             : chart_ink_muted (canvas->monochrome);
    }
  if (highlighted != NULL)
    *highlighted = found;
  return inks;
}
