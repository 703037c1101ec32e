/* SPDX-License-Identifier: MIT
 *
 * Names of regions, the zones that ties are grouped by, and the stated total.
 */
#include "tiering.h"

#include <stdlib.h>
#include <string.h>

typedef struct Place
{
  const char *text[N_REGION_COLUMNS];
} Place;

static int
compare_places (const void *a, const void *b)
{
  const Place *first = a, *second = b;
  int order = 0;

  for (size_t i = 0; i < N_REGION_COLUMNS && order == 0; i++)
    order = strcmp (first->text[i], second->text[i]);
  return order;
}

static const Place *
find_place (const Place *places, size_t n, const char *code)
{
  size_t low = 0, high = n;

  while (low < high)
    {
      size_t middle = low + (high - low) / 2;
      if (strcmp (places[middle].text[REGION_CODE], code) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low < n && strcmp (places[low].text[REGION_CODE], code) == 0 ? &places[low] : NULL;
}

static const char *
either (const char *first, const char *second)
{
  return first[0] != '\0' ? first : second;
}

/* A tie by the zone that it is of. Provincial ties are of no zone of the
 * province: they come first. Ties without a zone come last. */
typedef struct ZoneKey
{
  int order;
  const char *code, *en, *zh;
  size_t tie;
} ZoneKey;

static int
compare_keys (const void *a, const void *b)
{
  const ZoneKey *first = a, *second = b;
  int order = first->order - second->order;

  if (order == 0)
    order = strcmp (first->code, second->code);
  if (order == 0)
    order = strcmp (first->en, second->en);
  return order != 0 ? order : strcmp (first->zh, second->zh);
}

static ZoneKey
zone_key (Tie *tie, const Place *place, size_t index)
{
  ZoneKey key = { 1, "", "", "", index };

  tie->region_en = tie->region_zh = tie->region;
  if (place != NULL)
    {
      tie->region_en = either (place->text[REGION_NAME_EN], tie->region);
      tie->region_zh = either (place->text[REGION_NAME_ZH], tie->region_en);
      key.code = place->text[REGION_ZONE];
      key.en = either (place->text[REGION_ZONE_EN], key.code);
      key.zh = either (place->text[REGION_ZONE_ZH], key.en);
    }
  if (tie->level == PROVINCE)
    key = (ZoneKey){ 0, "province-level", "provincial level", "省级", index };
  else if (key.code[0] == '\0')
    key = (ZoneKey){ 2, "-", "no zone", "未划分板块", index };
  return key;
}

static HansaStatus
make_zones (Tiering *t, const Place *places, size_t n_places)
{
  ZoneKey *keys = calloc (t->n_ties + 1, sizeof *keys);

  t->zones = calloc (t->n_ties + 1, sizeof *t->zones);
  if (keys == NULL || t->zones == NULL)
    {
      free (keys);
      return HANSA_OUT_OF_MEMORY;
    }
  for (size_t i = 0; i < t->n_ties; i++)
    {
      const Place *place = find_place (places, n_places, t->ties[i].region);
      t->dropped.unknown_region += place == NULL ? 1 : 0;
      keys[i] = zone_key (&t->ties[i], place, i);
    }
  qsort (keys, t->n_ties, sizeof *keys, compare_keys);
  for (size_t i = 0; i < t->n_ties; i++)
    {
      if (i == 0 || keys[i].order != keys[i - 1].order
          || strcmp (keys[i].code, keys[i - 1].code) != 0)
        t->zones[t->n_zones++] = (Zone){ keys[i].code, keys[i].en, keys[i].zh, { 0 } };
      t->ties[keys[i].tie].zone = (uint32_t)(t->n_zones - 1);
    }
  free (keys);
  return HANSA_OK;
}

HansaStatus
tiering_read_regions (Tiering *t)
{
  const HansaTable *table = hansa_table (t->job, "region");
  size_t n = hansa_table_rows (table);
  Place *places = calloc (n + 1, sizeof *places);

  if (places == NULL)
    return HANSA_OUT_OF_MEMORY;
  for (size_t r = 0; r < n; r++)
    for (uint32_t c = 0; c < N_REGION_COLUMNS; c++)
      places[r].text[c] = hansa_text_at (table, c, r);
  qsort (places, n, sizeof *places, compare_places);
  HansaStatus status = make_zones (t, places, n);
  free (places);
  return status;
}

HansaStatus
tiering_read_claims (Tiering *t)
{
  const HansaTable *table = hansa_table (t->job, "claim");
  size_t n = hansa_table_rows (table);

  t->claimed = hansa_undefined (HANSA_MISSING_INPUT);
  if (!rows_room (&t->from[FROM_CLAIM], "claim", n))
    return HANSA_OUT_OF_MEMORY;
  for (size_t r = 0; r < n; r++)
    {
      HansaValue value = hansa_real_at (table, CLAIM_VALUE, r);
      if (!hansa_is_defined (value)
          || strcmp (hansa_text_at (table, CLAIM_INDICATOR, r), t->options.claim) != 0)
        continue;
      t->contradicted
          = t->contradicted || (hansa_is_defined (t->claimed) && t->claimed.number != value.number);
      t->claimed = value;
      rows_add (&t->from[FROM_CLAIM], r);
    }
  if (t->contradicted)
    t->claimed = hansa_undefined (HANSA_NOT_COMPARABLE);
  t->coverage = t->claimed;
  if (hansa_is_defined (t->claimed))
    t->coverage = t->claimed.number > 0.0
                      ? hansa_value ((double)t->n_ties / t->claimed.number * 100.0)
                      : hansa_undefined (HANSA_ZERO_DENOMINATOR);
  return HANSA_OK;
}
