/* SPDX-License-Identifier: MIT
 *
 * Reading the register: which regions are compared, and which ties count for
 * which of them. Everything is sorted by its texts first, so that the order of
 * rows decides nothing.
 */
#include "balance.h"

#include <stdlib.h>
#include <string.h>

enum
{
  NOWHERE = -1,
  DEEPEST = 16 /* levels climbed at most: a circle of parents ends here */
};

typedef struct Place
{
  const char *text[N_REGION_COLUMNS];
  size_t row;
  int64_t up;   /* index of the parent, or NOWHERE */
  int64_t unit; /* that it lies in or is, or NOWHERE */
  bool inside;  /* the area, or in it */
} Place;

typedef struct TieRow
{
  const char *text[N_TIE_COLUMNS];
  size_t row;
} TieRow;

static const char *const level_words[N_LEVELS] = { "province", "prefecture", "county" };

bool
rows_room (Rows *rows, const char *input, size_t n)
{
  rows->input = input;
  rows->n = 0;
  rows->rows = malloc ((n + 1) * sizeof (uint64_t));
  return rows->rows != NULL;
}

void
rows_add (Rows *rows, size_t row)
{
  rows->rows[rows->n++] = row;
}

static int
compare_texts (const char *const *a, const char *const *b, size_t n)
{
  int order = 0;

  for (size_t i = 0; i < n && order == 0; i++)
    order = strcmp (a[i], b[i]);
  return order;
}

static int
compare_places (const void *a, const void *b)
{
  return compare_texts (((const Place *)a)->text, ((const Place *)b)->text, N_REGION_COLUMNS);
}

static int
compare_ties (const void *a, const void *b)
{
  return compare_texts (((const TieRow *)a)->text, ((const TieRow *)b)->text, N_TIE_COLUMNS);
}

static int64_t
find_place (const Place *places, size_t n, const char *code)
{
  size_t low = 0, high = n;

  while (low < high)
    {
      size_t middle = low + (high - low) / 2;
      int order = strcmp (places[middle].text[REGION_CODE], code);
      if (order == 0)
        return (int64_t)middle;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return NOWHERE;
}

/* All regions, by code, each code once. */
static Place *
read_places (Balance *b, size_t *n_places)
{
  const HansaTable *table = hansa_table (b->job, "region");
  size_t n = hansa_table_rows (table), kept = 0;
  Place *places = calloc (n + 1, sizeof *places);

  if (places == NULL)
    return NULL;
  for (size_t r = 0; r < n; r++)
    {
      for (uint32_t c = 0; c < N_REGION_COLUMNS; c++)
        places[r].text[c] = hansa_text_at (table, c, r);
      places[r].row = r;
    }
  qsort (places, n, sizeof *places, compare_places);
  for (size_t i = 0; i < n; i++)
    if (kept > 0 && strcmp (places[kept - 1].text[REGION_CODE], places[i].text[REGION_CODE]) == 0)
      b->dropped.repeated_regions++;
    else
      places[kept++] = places[i];
  for (size_t i = 0; i < kept; i++)
    {
      places[i].up = find_place (places, kept, places[i].text[REGION_PARENT]);
      places[i].unit = NOWHERE;
    }
  *n_places = kept;
  return places;
}

static bool
is_level (const Balance *b, const Place *place)
{
  return strcmp (place->text[REGION_LEVEL], level_words[b->options.level]) == 0
         && place->text[REGION_PARENT][0] != '\0';
}

/* The area: the one that was asked for, or the only one there is. */
static HansaStatus
find_parent (Balance *b, const Place *places, size_t n)
{
  const char *only = "";
  bool known = n == 0;

  for (size_t i = 0; i < n; i++)
    {
      const char *parent = places[i].text[REGION_PARENT];
      known = known || strcmp (places[i].text[REGION_CODE], b->options.parent) == 0
              || strcmp (parent, b->options.parent) == 0;
      if (b->options.parent[0] != '\0' || !is_level (b, &places[i]) || strcmp (parent, only) == 0)
        continue;
      if (only[0] != '\0')
        return hansa_fail (b->job,
                           "The table region has parts of more than one area: set the parameter "
                           "parent to the code of one, such as 430000.",
                           "地区表含多个上级地区：请用参数 parent 指定其一，如 430000。");
      only = parent;
    }
  if (b->options.parent[0] == '\0')
    b->options.parent = only;
  else if (!known)
    return hansa_fail (b->job,
                       "The parameter parent is the code of no region in the table region; codes "
                       "have six digits, such as 430000.",
                       "参数 parent 所给代码不在地区表中；区划代码为六位数字，如 430000。");
  return HANSA_OK;
}

static const char *
either (const char *first, const char *second)
{
  return first[0] != '\0' ? first : second;
}

static HansaStatus
make_units (Balance *b, Place *places, size_t n)
{
  int64_t area = find_place (places, n, b->options.parent);

  b->parent_en = area == NOWHERE ? b->options.parent : places[area].text[REGION_NAME_EN];
  b->parent_zh = area == NOWHERE ? b->options.parent : places[area].text[REGION_NAME_ZH];
  b->units = calloc (n + 1, sizeof *b->units);
  if (b->units == NULL || !rows_room (&b->from[FROM_REGIONS], "region", n))
    return HANSA_OUT_OF_MEMORY;
  for (size_t i = 0; i < n; i++)
    if (is_level (b, &places[i]) && strcmp (places[i].text[REGION_PARENT], b->options.parent) == 0)
      {
        Unit *unit = &b->units[b->n_units];
        unit->code = places[i].text[REGION_CODE];
        unit->en = either (places[i].text[REGION_NAME_EN], unit->code);
        unit->zh = either (places[i].text[REGION_NAME_ZH], unit->en);
        unit->row = places[i].row;
        places[i].unit = (int64_t)b->n_units++;
        rows_add (&b->from[FROM_REGIONS], places[i].row);
      }
  return HANSA_OK;
}

/* Which unit each place lies in, and whether it is of the area at all. */
static void
place_all (const Balance *b, Place *places, size_t n)
{
  for (size_t i = 0; i < n; i++)
    {
      int64_t at = (int64_t)i, unit = NOWHERE;
      for (int steps = 0; at != NOWHERE && steps < DEEPEST; steps++, at = places[at].up)
        {
          bool is_unit = is_level (b, &places[at])
                         && strcmp (places[at].text[REGION_PARENT], b->options.parent) == 0;
          if (unit == NOWHERE && is_unit)
            unit = places[at].unit;
          if (is_unit || strcmp (places[at].text[REGION_CODE], b->options.parent) == 0)
            places[i].inside = true;
        }
      places[i].unit = unit;
    }
}

typedef struct ZoneKey
{
  const char *text[3]; /* code, en, zh */
  size_t unit;
} ZoneKey;

/* By code, then names; the empty code is last. */
static int
compare_zones (const void *a, const void *b)
{
  const ZoneKey *first = a, *second = b;
  bool first_empty = first->text[0][0] == '\0', second_empty = second->text[0][0] == '\0';

  if (first_empty != second_empty)
    return first_empty ? 1 : -1;
  return compare_texts (first->text, second->text, 3);
}

static HansaStatus
make_zones (Balance *b)
{
  const HansaTable *table = hansa_table (b->job, "region");
  ZoneKey *keys = calloc (b->n_units + 1, sizeof *keys);

  b->zones = calloc (b->n_units + 1, sizeof *b->zones);
  if (keys == NULL || b->zones == NULL)
    {
      free (keys);
      return HANSA_OUT_OF_MEMORY;
    }
  for (size_t i = 0; i < b->n_units; i++)
    {
      for (uint32_t c = 0; c < 3; c++)
        keys[i].text[c] = hansa_text_at (table, REGION_ZONE + c, b->units[i].row);
      keys[i].unit = i;
    }
  qsort (keys, b->n_units, sizeof *keys, compare_zones);
  for (size_t i = 0; i < b->n_units; i++)
    {
      const char *code = keys[i].text[0];
      if (i == 0 || strcmp (code, keys[i - 1].text[0]) != 0)
        {
          Zone *zone = &b->zones[b->n_zones++];
          zone->code = either (code, "-");
          zone->en = code[0] == '\0' ? "no zone" : either (keys[i].text[1], code);
          zone->zh = code[0] == '\0' ? "未划分板块" : either (keys[i].text[2], zone->en);
          b->has_zones = b->has_zones || code[0] != '\0';
        }
      b->units[keys[i].unit].zone = (uint32_t)(b->n_zones - 1);
    }
  free (keys);
  return HANSA_OK;
}

/* Whether the status lets a tie in; counts it where not. */
static bool
status_counts (Balance *b, const char *status)
{
  if (strcmp (status, "counted") == 0)
    return true;
  if (strcmp (status, "later") == 0)
    {
      b->dropped.later += b->options.with_later ? 0 : 1;
      return b->options.with_later;
    }
  if (status[0] != '\0' && strcmp (status, "unconfirmed") != 0)
    {
      b->dropped.bad_status++;
      return false;
    }
  /* A register without any status is taken as it stands. */
  if (b->options.counted_only && b->status_known)
    {
      b->dropped.unconfirmed++;
      return false;
    }
  return true;
}

static uint32_t
level_of (const char *word)
{
  uint32_t level = 0;

  while (level < N_LEVELS && strcmp (word, level_words[level]) != 0)
    level++;
  return level;
}

static void
count_tie (Balance *b, const TieRow *tie, const Place *places, size_t n_places)
{
  int64_t place = find_place (places, n_places, tie->text[TIE_REGION]);
  uint32_t level = level_of (tie->text[TIE_LEVEL]);

  if (!status_counts (b, tie->text[TIE_STATUS]))
    return;
  if (place == NOWHERE)
    {
      b->dropped.unknown_region++;
      return;
    }
  if (!places[place].inside)
    {
      b->dropped.outside++;
      return;
    }
  b->coverage[0].listed++;
  rows_add (&b->from[FROM_LISTED], tie->row);
  if (level < N_LEVELS)
    b->coverage[1 + level].listed++;
  if (level == b->options.level)
    rows_add (&b->from[FROM_OWN], tie->row);

  int64_t unit = places[place].unit;
  bool own = unit != NOWHERE && level == b->options.level
             && strcmp (b->units[unit].code, tie->text[TIE_REGION]) == 0;
  bool lower = unit != NOWHERE && b->options.with_counties && level < N_LEVELS
               && level >= b->options.level;
  if (!own && !lower)
    {
      b->dropped.other_level++;
      return;
    }
  b->units[unit].ties++;
  b->ties++;
  rows_add (&b->from[FROM_COUNTED], tie->row);
}

static HansaStatus
read_ties (Balance *b, const Place *places, size_t n_places)
{
  const HansaTable *table = hansa_table (b->job, "tie");
  size_t n = hansa_table_rows (table);
  TieRow *ties = calloc (n + 1, sizeof *ties);

  if (ties == NULL || !rows_room (&b->from[FROM_COUNTED], "tie", n)
      || !rows_room (&b->from[FROM_LISTED], "tie", n) || !rows_room (&b->from[FROM_OWN], "tie", n))
    {
      free (ties);
      return HANSA_OUT_OF_MEMORY;
    }
  for (size_t r = 0; r < n; r++)
    {
      for (uint32_t c = 0; c < N_TIE_COLUMNS; c++)
        ties[r].text[c] = hansa_text_at (table, c, r);
      ties[r].row = r;
      b->status_known = b->status_known || ties[r].text[TIE_STATUS][0] != '\0';
    }
  qsort (ties, n, sizeof *ties, compare_ties);
  for (size_t i = 0; i < n; i++)
    if (i > 0 && strcmp (ties[i].text[TIE_ID], ties[i - 1].text[TIE_ID]) == 0)
      b->dropped.repeated_ties++;
    else
      count_tie (b, &ties[i], places, n_places);
  free (ties);
  return HANSA_OK;
}

static HansaStatus
note_low (Balance *b)
{
  if (!rows_room (&b->from[FROM_LOW], "region", b->n_units)
      || !rows_room (&b->from[FROM_NONE], "region", b->n_units))
    return HANSA_OUT_OF_MEMORY;
  for (size_t i = 0; i < b->n_units; i++)
    {
      Unit *unit = &b->units[i];
      Zone *zone = &b->zones[unit->zone];
      unit->low = b->options.inclusive ? unit->ties <= b->options.threshold
                                       : unit->ties < b->options.threshold;
      zone->regions++;
      zone->ties += unit->ties;
      if (unit->low)
        {
          b->low++;
          zone->low++;
          rows_add (&b->from[FROM_LOW], unit->row);
        }
      if (unit->ties == 0)
        {
          b->none++;
          rows_add (&b->from[FROM_NONE], unit->row);
        }
    }
  return HANSA_OK;
}

HansaStatus
balance_read (Balance *b)
{
  size_t n = 0;
  Place *places = read_places (b, &n);
  HansaStatus status = places != NULL ? find_parent (b, places, n) : HANSA_OUT_OF_MEMORY;

  if (status == HANSA_OK)
    status = make_units (b, places, n);
  if (status == HANSA_OK)
    {
      place_all (b, places, n);
      status = make_zones (b);
    }
  if (status == HANSA_OK)
    status = read_ties (b, places, n);
  if (status == HANSA_OK)
    status = note_low (b);
  free (places);
  return status;
}
