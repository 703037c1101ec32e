/* SPDX-License-Identifier: MIT
 *
 * Growth, ranks and totals. Sums are of rows that have both years, so that a
 * total never compares different sets of regions.
 */
#include "study.h"

#include <float.h>
#include <hansa/stats.h>
#include <stdlib.h>
#include <string.h>

/* Growth of two regions ties when it differs by less than this, relatively. */
static const double tolerance = 1e-9;

static HansaValue
growth_of (HansaValue base, HansaValue value)
{
  if (!hansa_is_defined (base))
    return base;
  if (!hansa_is_defined (value))
    return value;
  if (value.number < 0.0)
    return hansa_undefined (HANSA_NEGATIVE_VALUE);
  return hansa_growth (base.number, value.number);
}

HansaValue
measure_increase (const Line *line)
{
  return hansa_gap (line->value, line->base);
}

static HansaValue
value_of (const Entry *entry, uint64_t *row)
{
  *row = entry != NULL ? entry->row : NO_ROW;
  return entry != NULL ? hansa_value (entry->value) : hansa_undefined (HANSA_MISSING_INPUT);
}

static Line
line_of (const Series *series, size_t region, int64_t year)
{
  Line line = { .low = hansa_undefined (HANSA_NO_DATA), .high = hansa_undefined (HANSA_NO_DATA) };
  line.base = value_of (series_find (series, region, year - 1), &line.rows[0]);
  line.value = value_of (series_find (series, region, year), &line.rows[1]);
  line.growth = growth_of (line.base, line.value);
  line.n = hansa_is_defined (line.base) && hansa_is_defined (line.value);
  return line;
}

/* The figure that a place goes by. */
static HansaValue
figure_of (const Line *line, Place place)
{
  if (place == BY_VALUE)
    return line->value;
  return place == BY_INCREASE ? measure_increase (line) : line->growth;
}

static size_t
member_at (const size_t *which, const ZoneMember *zone, size_t i)
{
  if (which != NULL)
    return which[i];
  return zone != NULL ? zone[i].member : i;
}

/* Gives places to those of n members (`which`, or of `zone`, or all) that have
 * the figure; returns how many. */
static size_t
give_places (Study *study, Line *lines, const size_t *which, const ZoneMember *zone, size_t n,
             Place place)
{
  size_t n_defined = 0;
  for (size_t i = 0; i < n; i++)
    {
      HansaValue figure = figure_of (&lines[member_at (which, zone, i)], place);
      if (hansa_is_defined (figure))
        study->x[n_defined++] = figure.number;
    }
  if (n_defined == 0)
    return 0;
  if (hansa_rank (study->x, n_defined, tolerance, true, study->places) != HANSA_DEFINED)
    {
      study->panel.memory.failed = true; /* nothing else can be wrong with finite figures */
      return 0;
    }
  for (size_t i = 0, k = 0; i < n; i++)
    {
      Line *line = &lines[member_at (which, zone, i)];
      if (hansa_is_defined (figure_of (line, place)))
        line->place[place] = study->places[k++];
    }
  return n_defined;
}

/* The sum of members that have both years. */
static Line
sum_of (Study *study, const Line *lines, const size_t *which, const ZoneMember *zone, size_t n)
{
  Line sum = { .low = hansa_undefined (HANSA_NO_DATA),
               .high = hansa_undefined (HANSA_NO_DATA),
               .rows = { NO_ROW, NO_ROW } };
  for (size_t i = 0; i < n; i++)
    {
      const Line *line = &lines[member_at (which, zone, i)];
      if (line->n == 0)
        continue;
      study->x[sum.n] = line->base.number;
      study->y[sum.n++] = line->value.number;
    }
  sum.base = hansa_sum (study->x, sum.n);
  sum.value = hansa_sum (study->y, sum.n);
  sum.growth = growth_of (sum.base, sum.value);
  return sum;
}

void
measure_ranking (Study *study, const Series *series, int64_t year, Ranking *ranking)
{
  ranking->year = year;
  for (size_t i = 0; i < study->n_members; i++)
    ranking->lines[i] = line_of (series, study->members[i], year);
  ranking->n_ranked = give_places (study, ranking->lines, NULL, NULL, study->n_members, BY_GROWTH);
  ranking->n_peers
      = give_places (study, ranking->lines, study->peers, NULL, study->n_peers, AMONG_PEERS);
  ranking->peers = sum_of (study, ranking->lines, study->peers, NULL, study->n_peers);
  if (study->nation != NONE)
    ranking->total = line_of (series, study->nation, year);
  else
    ranking->total = sum_of (study, ranking->lines, NULL, NULL, study->n_members);
}

HansaValue
measure_sum (Study *study, const Ranking *ranking, bool of_base)
{
  size_t n = 0;
  for (size_t i = 0; i < study->n_members; i++)
    {
      HansaValue value = of_base ? ranking->lines[i].base : ranking->lines[i].value;
      if (hansa_is_defined (value))
        study->x[n++] = value.number;
    }
  return hansa_sum (study->x, n);
}

static size_t
gather_growth (Study *study, const Ranking *ranking)
{
  size_t n = 0;
  for (size_t i = 0; i < study->n_members; i++)
    if (hansa_is_defined (ranking->lines[i].growth))
      study->x[n++] = ranking->lines[i].growth.number;
  return n;
}

HansaValue
measure_mean (Study *study, const Ranking *ranking)
{
  return hansa_mean (study->x, NULL, gather_growth (study, ranking));
}

HansaValue
measure_median (Study *study, const Ranking *ranking)
{
  size_t n = gather_growth (study, ranking);
  HansaReason reason = hansa_sort (study->x, n, study->x);
  if (reason != HANSA_DEFINED)
    return hansa_undefined (reason);
  return hansa_value (study->x[(n - 1) / 2] / 2.0 + study->x[n / 2] / 2.0);
}

/* Half of the largest power of ten that divides all values of a year: they were
 * rounded to it, most likely. Few values may share one by chance. */
static double
half_unit (const Study *study, bool of_base)
{
  double unit = 1e12;
  size_t n = 0;
  for (size_t i = 0; i < study->n_members; i++)
    {
      HansaValue value = of_base ? study->now.lines[i].base : study->now.lines[i].value;
      if (!hansa_is_defined (value) || value.number == 0.0)
        continue;
      n++;
      while (unit >= 1.0 && fmod (value.number, unit) != 0.0)
        unit /= 10.0;
    }
  return n >= 8 && unit >= 1.0 ? unit / 2.0 : 0.0;
}

/* How far growth may be off, when the values are. A base that may be nothing
 * leaves the upper end open. */
static void
find_bounds (const Study *study, Line *line)
{
  if (!hansa_is_defined (line->growth))
    return;
  line->low = hansa_growth (line->base.number + study->half_base,
                            fmax (line->value.number - study->half_value, 0.0));
  line->high
      = hansa_growth (line->base.number - study->half_base, line->value.number + study->half_value);
}

/* How many of the n ascending numbers are above x. */
static size_t
count_above (const double *sorted, size_t n, double x)
{
  size_t low = 0, high = n;
  while (low < high)
    {
      size_t middle = low + (high - low) / 2;
      if (sorted[middle] > x)
        high = middle;
      else
        low = middle + 1;
    }
  return n - low;
}

/* The best place that a region can have, when it grew as fast as rounding
 * allows and the others as slowly; and the worst. */
static void
find_place_bounds (Study *study)
{
  size_t n = 0;
  for (size_t i = 0; i < study->n_members; i++)
    {
      Line *line = &study->now.lines[i];
      find_bounds (study, line);
      line->best = line->worst = line->place[BY_GROWTH];
      if (!hansa_is_defined (line->growth))
        continue;
      study->x[n] = line->low.number;
      study->y[n++] = hansa_is_defined (line->high) ? line->high.number : DBL_MAX;
    }
  if (n == 0 || (study->half_base == 0.0 && study->half_value == 0.0))
    return;
  if (hansa_sort (study->x, n, study->x) != HANSA_DEFINED
      || hansa_sort (study->y, n, study->y) != HANSA_DEFINED)
    {
      study->panel.memory.failed = true;
      return;
    }
  for (size_t i = 0; i < study->n_members; i++)
    {
      Line *line = &study->now.lines[i];
      if (!hansa_is_defined (line->growth))
        continue;
      double high = hansa_is_defined (line->high) ? line->high.number : DBL_MAX;
      size_t best = 1 + count_above (study->x, n, high);
      size_t worst = count_above (study->y, n, line->low.number); /* itself among them */
      if (best < line->best)
        line->best = best;
      if (worst > line->worst)
        line->worst = worst;
    }
}

void
measure_year (Study *study)
{
  Ranking *now = &study->now;

  measure_ranking (study, &study->series, study->year, now);
  give_places (study, now->lines, NULL, NULL, study->n_members, BY_VALUE);
  give_places (study, now->lines, NULL, NULL, study->n_members, BY_INCREASE);
  for (size_t i = 0; i < study->n_zones; i++)
    {
      Zone *zone = &study->zones[i];
      const ZoneMember *members = study->by_zone + zone->start;
      give_places (study, now->lines, NULL, members, zone->n, IN_ZONE);
      zone->line = sum_of (study, now->lines, NULL, members, zone->n);
    }
  if (hansa_param_is_set (study->job, "precision"))
    study->half_base = study->half_value = hansa_param_real (study->job, "precision") / 2.0;
  else
    {
      study->half_base = half_unit (study, true);
      study->half_value = half_unit (study, false);
    }
  find_place_bounds (study);
}
