/* SPDX-License-Identifier: MIT
 *
 * Reads the two inputs. Rows are sorted by code and year first of all, so that
 * nothing after this can depend on their order.
 */
#include "panel.h"

#include <stdlib.h>
#include <string.h>

/* Columns, as in the descriptor. */
enum
{
  REGION_CODE,
  REGION_EN,
  REGION_ZH,
  REGION_LEVEL,
  REGION_PARENT,
  ZONE,
  ZONE_EN,
  ZONE_ZH
};
enum
{
  TRADE_REGION,
  TRADE_YEAR,
  TRADE_MONTHS,
  TRADE_BASIS,
  TRADE_VALUE
};

static int
compare_regions (const void *a, const void *b)
{
  return strcmp (((const Region *)a)->code, ((const Region *)b)->code);
}

static int
compare_entries (const void *a, const void *b)
{
  const Entry *x = a, *y = b;
  if (x->region != y->region)
    return x->region < y->region ? -1 : 1;
  return (x->year > y->year) - (x->year < y->year);
}

/* The first text that is not empty. */
static const char *
either (const char *text, const char *other)
{
  return *text != '\0' ? text : other;
}

static Region
region_at (const HansaTable *table, size_t row)
{
  Region region = { .code = hansa_text_at (table, REGION_CODE, row),
                    .level = hansa_text_at (table, REGION_LEVEL, row),
                    .parent = hansa_text_at (table, REGION_PARENT, row),
                    .zone = hansa_text_at (table, ZONE, row) };
  region.name.en = either (hansa_text_at (table, REGION_EN, row), region.code);
  region.name.zh = either (hansa_text_at (table, REGION_ZH, row), region.name.en);
  region.zone_name.en = either (hansa_text_at (table, ZONE_EN, row), region.zone);
  region.zone_name.zh = either (hansa_text_at (table, ZONE_ZH, row), region.zone_name.en);
  return region;
}

/* FNV-1a. */
static size_t
hash (const char *text)
{
  uint64_t sum = UINT64_C (14695981039346656037);
  for (; *text != '\0'; text++)
    sum = (sum ^ (unsigned char)*text) * UINT64_C (1099511628211);
  return (size_t)(sum ^ (sum >> 32));
}

static uint32_t *
slot_of (const Panel *panel, const char *code)
{
  size_t at = hash (code) & (panel->n_slots - 1);
  while (panel->slots[at] != 0 && strcmp (panel->regions[panel->slots[at] - 1].code, code) != 0)
    at = (at + 1) & (panel->n_slots - 1);
  return &panel->slots[at];
}

size_t
panel_find (const Panel *panel, const char *code)
{
  uint32_t index = *slot_of (panel, code);
  return index > 0 ? index - 1 : NONE;
}

static bool
read_regions (Panel *panel, const HansaTable *table, const char **repeated)
{
  size_t n = hansa_table_rows (table);
  panel->regions = memory_take (&panel->memory, n, sizeof *panel->regions);
  for (panel->n_slots = 16; panel->n_slots < 2 * n; panel->n_slots *= 2)
    continue;
  panel->slots = memory_take (&panel->memory, panel->n_slots, sizeof *panel->slots);
  if (panel->memory.failed || n >= UINT32_MAX)
    return false;
  for (size_t i = 0; i < n; i++)
    panel->regions[i] = region_at (table, i);
  qsort (panel->regions, n, sizeof *panel->regions, compare_regions);
  panel->n_regions = n;
  for (size_t i = 0; i < n; i++)
    {
      uint32_t *slot = slot_of (panel, panel->regions[i].code);
      if (*slot != 0)
        {
          *repeated = panel->regions[i].code;
          return false;
        }
      *slot = (uint32_t)i + 1;
    }
  return true;
}

bool
panel_read (Panel *panel, const HansaTable *regions, const HansaTable *trade, const char **repeated)
{
  *repeated = NULL;
  if (!read_regions (panel, regions, repeated))
    return false;
  size_t n = hansa_table_rows (trade);
  panel->trade = trade;
  panel->region_of = memory_take (&panel->memory, n, sizeof *panel->region_of);
  if (panel->region_of == NULL)
    return false;
  for (size_t i = 0; i < n; i++)
    {
      const char *code = hansa_text_at (trade, TRADE_REGION, i);
      size_t region = panel_find (panel, code);
      panel->region_of[i] = region == NONE ? UINT32_MAX : (uint32_t)region;
      if (region != NONE)
        continue;
      panel->n_unlisted++;
      if (panel->unlisted == NULL || strcmp (code, panel->unlisted) < 0)
        panel->unlisted = code;
    }
  return true;
}

/* Fills `entries` with the rows that match, or only counts them when NULL. */
static size_t
select_rows (const Panel *panel, const char *basis, int64_t months, Entry *entries,
             size_t *n_missing)
{
  const HansaTable *trade = panel->trade;
  const int64_t *years = hansa_integers (trade, TRADE_YEAR);
  const int64_t *periods = hansa_integers (trade, TRADE_MONTHS);
  size_t n = 0;

  *n_missing = 0;
  for (size_t i = 0; i < hansa_table_rows (trade); i++)
    {
      if (panel->region_of[i] == UINT32_MAX || periods[i] != months
          || strcmp (hansa_text_at (trade, TRADE_BASIS, i), basis) != 0)
        continue;
      HansaValue value = hansa_real_at (trade, TRADE_VALUE, i);
      if (!hansa_is_defined (value) || years[i] < 0 || years[i] > 9999)
        {
          (*n_missing)++;
          continue;
        }
      if (entries != NULL)
        entries[n] = (Entry){ panel->region_of[i], (int32_t)years[i], value.number, i };
      n++;
    }
  return n;
}

bool
panel_series (Panel *panel, const char *basis, int64_t months, Series *series, size_t *n_missing,
              const char **repeated)
{
  size_t n = select_rows (panel, basis, months, NULL, n_missing);
  Entry *entries = memory_take (&panel->memory, n, sizeof *entries);
  size_t *first = memory_take (&panel->memory, panel->n_regions + 1, sizeof *first);

  *repeated = NULL;
  if (panel->memory.failed)
    return false;
  select_rows (panel, basis, months, entries, n_missing);
  qsort (entries, n, sizeof *entries, compare_entries);
  for (size_t i = 0; i < n; i++)
    {
      first[entries[i].region + 1] = i + 1;
      if (i > 0 && compare_entries (&entries[i - 1], &entries[i]) == 0)
        {
          *repeated = panel->regions[entries[i].region].code;
          return false;
        }
    }
  for (size_t i = 0; i < panel->n_regions; i++)
    if (first[i + 1] < first[i])
      first[i + 1] = first[i]; /* no entry of that region */
  *series = (Series){ entries, n, first };
  return true;
}

const Entry *
series_find (const Series *series, size_t region, int64_t year)
{
  size_t low = series->first[region], high = series->first[region + 1];
  while (low < high)
    {
      size_t middle = low + (high - low) / 2;
      if (series->entries[middle].year < year)
        low = middle + 1;
      else
        high = middle;
    }
  if (low < series->first[region + 1] && series->entries[low].year == year)
    return &series->entries[low];
  return NULL;
}
