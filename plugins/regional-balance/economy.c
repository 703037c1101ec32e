/* SPDX-License-Identifier: MIT
 *
 * Population and product of the regions in one year, and the stated totals
 * that the register is held against.
 */
#include "balance.h"

#include <stdlib.h>
#include <string.h>

typedef struct EconomyRow
{
  int64_t year;
  size_t unit, row;
  HansaValue population, gdp;
} EconomyRow;

static int
compare_values (HansaValue a, HansaValue b)
{
  if (a.reason != b.reason)
    return a.reason < b.reason ? -1 : 1;
  return (a.number > b.number) - (a.number < b.number);
}

static int
compare_rows (const void *a, const void *b)
{
  const EconomyRow *first = a, *second = b;
  int order = (first->year > second->year) - (first->year < second->year);

  if (order == 0)
    order = (first->unit > second->unit) - (first->unit < second->unit);
  if (order == 0)
    order = compare_values (first->population, second->population);
  return order != 0 ? order : compare_values (first->gdp, second->gdp);
}

static size_t
find_unit (const Balance *b, const char *code)
{
  size_t low = 0, high = b->n_units;

  while (low < high)
    {
      size_t middle = low + (high - low) / 2;
      if (strcmp (b->units[middle].code, code) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low < b->n_units && strcmp (b->units[low].code, code) == 0 ? low : b->n_units;
}

/* The rows of the regions compared, one for each region and year. Two that
 * differ cannot both be right, so neither is taken. */
static EconomyRow *
collect (Balance *b, size_t *n_rows)
{
  const HansaTable *table = hansa_table (b->job, "economy");
  size_t n = hansa_table_rows (table), found = 0, kept = 0;
  EconomyRow *rows = calloc (n + 1, sizeof *rows);

  for (size_t r = 0; rows != NULL && r < n; r++)
    {
      size_t unit = find_unit (b, hansa_text_at (table, ECONOMY_REGION, r));
      if (unit < b->n_units)
        rows[found++] = (EconomyRow){ hansa_integers (table, ECONOMY_YEAR)[r], unit, r,
                                      hansa_real_at (table, ECONOMY_POPULATION, r),
                                      hansa_real_at (table, ECONOMY_GDP, r) };
    }
  if (rows == NULL)
    return NULL;
  qsort (rows, found, sizeof *rows, compare_rows);
  for (size_t i = 0; i < found; i++)
    {
      EconomyRow *last = kept > 0 ? &rows[kept - 1] : NULL;
      if (last == NULL || last->year != rows[i].year || last->unit != rows[i].unit)
        {
          rows[kept++] = rows[i];
          continue;
        }
      b->dropped.conflicting_economy++;
      if (compare_values (last->population, rows[i].population) != 0)
        last->population = hansa_undefined (HANSA_NOT_COMPARABLE);
      if (compare_values (last->gdp, rows[i].gdp) != 0)
        last->gdp = hansa_undefined (HANSA_NOT_COMPARABLE);
    }
  *n_rows = kept;
  return rows;
}

/* The year that covers most regions, the latest of these. */
static void
choose_year (Balance *b, const EconomyRow *rows, size_t n)
{
  size_t most = 0;

  if (b->options.has_year)
    {
      b->year = hansa_value ((double)b->options.year);
      return;
    }
  b->year = hansa_undefined (HANSA_MISSING_INPUT);
  for (size_t i = 0; i < n;)
    {
      size_t known = 0;
      int64_t year = rows[i].year;
      for (; i < n && rows[i].year == year; i++)
        known += hansa_is_defined (rows[i].population) ? 1 : 0;
      if (known > 0 && known >= most)
        {
          most = known;
          b->year = hansa_value ((double)year);
        }
    }
}

static void
set_per_million (Balance *b)
{
  for (size_t i = 0; i < b->n_zones; i++)
    b->zones[i].population = hansa_value (0.0);
  for (size_t i = 0; i < b->n_units; i++)
    {
      Unit *unit = &b->units[i];
      HansaValue *sum = &b->zones[unit->zone].population;
      if (hansa_is_defined (unit->population) && unit->population.number <= 0.0)
        unit->population = hansa_undefined (unit->population.number < 0.0 ? HANSA_NEGATIVE_VALUE
                                                                          : HANSA_ZERO_DENOMINATOR);
      unit->per_million = unit->population;
      if (hansa_is_defined (unit->population))
        {
          b->n_population++;
          unit->per_million = hansa_value ((double)unit->ties / unit->population.number * 1e6);
        }
      b->n_gdp += hansa_is_defined (unit->gdp) ? 1 : 0;
      /* One region unknown: the zone's population is unknown. */
      if (!hansa_is_defined (unit->population))
        *sum = hansa_undefined (HANSA_MISSING_INPUT);
      else if (hansa_is_defined (*sum))
        *sum = hansa_value (sum->number + unit->population.number);
    }
}

HansaStatus
balance_read_economy (Balance *b)
{
  size_t n = 0;
  EconomyRow *rows = collect (b, &n);

  if (rows == NULL || !rows_room (&b->from[FROM_ECONOMY], "economy", b->n_units))
    {
      free (rows);
      return HANSA_OUT_OF_MEMORY;
    }
  choose_year (b, rows, n);
  for (size_t i = 0; i < b->n_units; i++)
    b->units[i].population = b->units[i].gdp = hansa_undefined (HANSA_MISSING_INPUT);
  for (size_t i = 0; i < n; i++)
    if (hansa_is_defined (b->year) && (double)rows[i].year == b->year.number)
      {
        b->units[rows[i].unit].population = rows[i].population;
        b->units[rows[i].unit].gdp = rows[i].gdp;
        rows_add (&b->from[FROM_ECONOMY], rows[i].row);
      }
  free (rows);
  set_per_million (b);
  return HANSA_OK;
}

/* Whether `text` is the claim's indicator followed by `suffix`. */
static bool
names_claim (const char *text, const char *claim, const char *suffix)
{
  size_t length = strlen (claim);

  return strncmp (text, claim, length) == 0 && strcmp (text + length, suffix) == 0;
}

HansaStatus
balance_read_claims (Balance *b)
{
  static const char *const suffixes[N_LEVELS + 1] = { "", "_provincial", "_prefecture", "_county" };
  const HansaTable *table = hansa_table (b->job, "claim");
  size_t n = hansa_table_rows (table);

  if (!rows_room (&b->from[FROM_CLAIM], "claim", n))
    return HANSA_OUT_OF_MEMORY;
  for (size_t level = 0; level <= N_LEVELS; level++)
    b->coverage[level].claimed = hansa_undefined (HANSA_MISSING_INPUT);
  for (size_t r = 0; r < n; r++)
    for (size_t level = 0; level <= N_LEVELS; level++)
      {
        Coverage *c = &b->coverage[level];
        HansaValue value = hansa_real_at (table, CLAIM_VALUE, r);
        if (!hansa_is_defined (value)
            || !names_claim (hansa_text_at (table, CLAIM_INDICATOR, r), b->options.claim,
                             suffixes[level]))
          continue;
        c->contradicted = c->contradicted
                          || (hansa_is_defined (c->claimed) && c->claimed.number != value.number);
        c->claimed = value;
        if (level == 0)
          rows_add (&b->from[FROM_CLAIM], r);
      }
  for (size_t level = 0; level <= N_LEVELS; level++)
    {
      Coverage *c = &b->coverage[level];
      if (c->contradicted)
        c->claimed = hansa_undefined (HANSA_NOT_COMPARABLE);
      c->share = c->claimed;
      if (hansa_is_defined (c->claimed))
        c->share = c->claimed.number > 0.0
                       ? hansa_value ((double)c->listed / c->claimed.number * 100.0)
                       : hansa_undefined (HANSA_ZERO_DENOMINATOR);
    }
  return HANSA_OK;
}
