/* SPDX-License-Identifier: MIT
 *
 * What was asked, and what was measured.
 */
#pragma once

#include "panel.h"

/* Ranks of a region, each among other regions or by another figure. */
typedef enum Place
{
  BY_GROWTH,   /* among all */
  IN_ZONE,     /* by growth, among its zone */
  AMONG_PEERS, /* by growth */
  BY_VALUE,    /* among all */
  BY_INCREASE, /* among all */
  N_PLACES
} Place;

/* A region, or several, in a year against the year before. */
typedef struct Line
{
  HansaValue base, value, growth;
  HansaValue low, high;   /* growth, as far as rounding leaves it open */
  uint64_t rows[2];       /* of base and value; NO_ROW */
  size_t place[N_PLACES]; /* 0: none */
  size_t best, worst;     /* place by growth, as far as rounding leaves it open */
  size_t n;               /* regions in it that have both values */
} Line;

/* A year of all regions that are compared. */
typedef struct Ranking
{
  int64_t year;
  Line *lines; /* of the members, in the same order */
  Line total, peers;
  size_t n_ranked, n_peers; /* with a growth */
} Ranking;

/* Members of a zone: n in `by_zone`, from `start`. */
typedef struct Zone
{
  const Region *region; /* any member: for the name */
  size_t start, n;
  Line line;
} Zone;

typedef struct ZoneMember
{
  const char *zone;
  size_t member;
} ZoneMember;

typedef struct Study
{
  HansaJob *job;
  Panel panel;
  Series series;
  size_t n_missing; /* rows without a usable value */

  const char *basis;
  int64_t months;
  HansaText level; /* "provincial-level regions" */
  bool has_year, has_from;
  int64_t year, from;
  size_t focus, nation; /* regions, or NONE */

  size_t *members; /* regions that are compared, by code */
  size_t n_members;
  size_t focus_member; /* NONE: no focus */
  size_t *peers;       /* members, the focus among them */
  size_t n_peers;
  bool peers_named; /* by the parameter, not by the zone */

  ZoneMember *by_zone;
  Zone *zones; /* by code */
  size_t n_zones;

  double half_base, half_value; /* half a unit of the last digit, in each year */
  Ranking now;
  size_t n_rank_years; /* years that the table `ranks` has */

  double *x, *y;  /* scratch, n_members each */
  size_t *places; /* scratch */
  Text key;       /* scratch */
} Study;

/* study.c: reads parameters and tables. HANSA_OK, or what run() answers. */
HansaStatus study_read (Study *study, HansaJob *job);
const Region *study_member (const Study *study, size_t member);
HansaText study_total_name (const Study *study);
HansaText study_peers_name (const Study *study);
bool study_peers_are_provinces (const Study *study);

/* measure.c. Each sets memory.failed when it runs short. */
void measure_ranking (Study *study, const Series *series, int64_t year, Ranking *ranking);
void measure_year (Study *study); /* fills study->now and the zones */
HansaValue measure_sum (Study *study, const Ranking *ranking, bool of_base);
HansaValue measure_median (Study *study, const Ranking *ranking);
HansaValue measure_mean (Study *study, const Ranking *ranking);
HansaValue measure_increase (const Line *line);

/* A line against the total. */
typedef enum Against
{
  CONTRIBUTION, /* to the growth of the total, a ratio of its base */
  GROWTH_SHARE, /* of the increase of the total */
  SHARE_CHANGE,
  REST_GROWTH /* of the total without it */
} Against;
HansaValue measure_against (const Line *line, const Line *total, Against what);
HansaValue measure_share (HansaValue part, HansaValue whole);
HansaValue measure_percent (HansaValue ratio);

/* trade-growth.c: the bases that trade is counted on. */
extern const HansaChoice trade_bases[];
extern const size_t n_trade_bases;
HansaText trade_basis_title (const char *basis);

/* tables.c, charts.c, metrics.c, findings.c, notes.c */
typedef struct Other /* the same year on another basis */
{
  const char *basis; /* NULL: none */
  Line line;         /* of the focus */
  size_t n_ranked;
} Other;

void answer_tables (Study *study, Other *other);
void answer_charts (Study *study);
void answer_metrics (Study *study, const Other *other);
void answer_findings (Study *study, const Other *other);
void answer_notes (Study *study);
