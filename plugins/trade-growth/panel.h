/* SPDX-License-Identifier: MIT
 *
 * The tables as the analysis needs them: regions by code, and the values of one
 * basis and period by region and year.
 */
#pragma once

#include <hansa/plugin.h>

#define NONE SIZE_MAX
#define NO_ROW UINT64_MAX

/* Everything the analysis allocates, freed at once. `failed` stays true after
 * the first refusal, so that one look at the end of a step suffices. */
typedef struct Block Block;
typedef struct Memory
{
  Block *blocks;
  bool failed;
} Memory;

/* `count` zeroed items, at least one; NULL when there is no memory. */
void *memory_take (Memory *memory, size_t count, size_t size);
void memory_free (Memory *memory);

/* A text that grows. */
typedef struct Text
{
  Memory *memory;
  char *bytes; /* NUL-terminated once something was added */
  size_t length, room;
} Text;

void text_add (Text *text, const char *more);
void text_add_integer (Text *text, int64_t number);
const char *text_of (const Text *text); /* never NULL */

typedef struct Region
{
  const char *code, *level;
  const char *parent, *zone; /* "" for none */
  HansaText name, zone_name;
} Region;

/* A value of a region in a year. */
typedef struct Entry
{
  uint32_t region;
  int32_t year;
  double value;
  uint64_t row; /* of the input */
} Entry;

/* All entries of a basis and period, by region, then year. */
typedef struct Series
{
  Entry *entries;
  size_t n_entries;
  size_t *first; /* n_regions + 1 */
} Series;

typedef struct Panel
{
  Memory memory;
  const HansaTable *trade;
  Region *regions; /* by code */
  size_t n_regions;
  uint32_t *slots; /* hash of codes: index + 1 */
  size_t n_slots;
  uint32_t *region_of; /* of each row of `trade`; UINT32_MAX: not listed */
  size_t n_unlisted;
  const char *unlisted; /* the least code that is not listed; NULL: all are */
} Panel;

/* False when memory failed, or a code is twice in `regions` (then in
 * `repeated`). */
bool panel_read (Panel *panel, const HansaTable *regions, const HansaTable *trade,
                 const char **repeated);

/* NONE when the code is not listed. */
size_t panel_find (const Panel *panel, const char *code);

/* False when memory failed, or a region has two rows for a year (then in
 * `repeated`). `n_missing` counts rows without a usable value. */
bool panel_series (Panel *panel, const char *basis, int64_t months, Series *series,
                   size_t *n_missing, const char **repeated);

/* NULL when there is none. */
const Entry *series_find (const Series *series, size_t region, int64_t year);
