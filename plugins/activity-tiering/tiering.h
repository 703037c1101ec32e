/* SPDX-License-Identifier: MIT
 *
 * What the parts of activity-tiering share.
 */
#ifndef TIERING_H
#define TIERING_H

#include "common/words.h"
#include <hansa/plugin.h>
#include <hansa/stats.h>

/* Columns of the inputs, in declared order. */
enum
{
  TIE_ID,
  TIE_REGION,
  TIE_LEVEL,
  TIE_PARTNER_EN,
  TIE_PARTNER_ZH,
  TIE_COUNTRY,
  TIE_SINCE,
  TIE_STATUS,
  N_TIE_COLUMNS
};
enum
{
  ACTIVITY_TIE,
  ACTIVITY_DATE,
  ACTIVITY_KIND,
  ACTIVITY_VALUE,
  N_ACTIVITY_COLUMNS
};
enum
{
  REGION_CODE,
  REGION_NAME_EN,
  REGION_NAME_ZH,
  REGION_ZONE,
  REGION_ZONE_EN,
  REGION_ZONE_ZH,
  N_REGION_COLUMNS
};
enum
{
  CLAIM_INDICATOR,
  CLAIM_VALUE,
  N_CLAIM_COLUMNS
};

/* Levels of ties; OTHER is any other word. */
enum
{
  PROVINCE,
  PREFECTURE,
  COUNTY,
  OTHER,
  N_LEVELS
};

typedef enum Tier
{
  ACTIVE,
  UNSTABLE,
  DORMANT,
  N_TIERS
} Tier;

#define NO_TIER (-1) /* not founded yet, or not known to exist */

typedef struct Options
{
  const char *as_of_text;
  int32_t as_of;
  int active_months, dormant_months;
  size_t active_count;
  bool counted_only, with_later;
  const char *skip_kind;
  bool has_first_year;
  int64_t first_year;
  size_t revive;
  double confidence;
  const char *claim;
} Options;

typedef struct Tie
{
  const char *id, *region, *level_text;
  const char *partner_en, *partner_zh, *country, *status;
  size_t row;
  bool has_since;
  int32_t since;
  uint32_t level, zone;
  const char *region_en, *region_zh;
  /* What is on record up to as_of. */
  size_t first, n_activities; /* into Tiering.activities, by date */
  size_t n_recent;            /* in the active months */
  HansaValue value;           /* sum of what is known */
  bool has_contact;
  int32_t last_contact, last_activity;
  int32_t months_since; /* whole months since the last contact */
  Tier tier;
  unsigned recency, frequency, money, score;
} Tie;

typedef struct Activity
{
  size_t tie;
  int32_t date;
  HansaValue value;
  const char *kind;
  size_t row;
} Activity;

typedef struct Zone
{
  const char *code, *en, *zh;
  uint64_t counts[N_TIERS];
} Zone;

/* Rows of an input that a number rests on. */
typedef struct Rows
{
  const char *input;
  uint64_t *rows;
  size_t n;
} Rows;

enum
{
  FROM_TIES,
  FROM_ACTIVE, /* the tiers, in their order */
  FROM_UNSTABLE,
  FROM_DORMANT,
  FROM_RECORDED,   /* ties with an activity on record */
  FROM_UNRECORDED, /* ties without */
  FROM_SILENT,     /* dormant ones without */
  FROM_UNDATED,    /* ties without date or activity */
  FROM_REVIVE,
  FROM_ACTIVITIES,
  FROM_CLAIM,
  N_FROM
};

typedef struct Dropped
{
  uint64_t repeated_ties, later, unconfirmed, bad_status, after, unknown_region;
  uint64_t no_tie, unknown_tie, other_tie, future, skipped;
} Dropped;

/* The years from `first` to that of as_of, at its anniversary. */
typedef struct History
{
  int64_t first;
  size_t n_years;
  bool too_early; /* the windows reach back before the record */
  uint64_t *mix;  /* n_years by N_TIERS */
  size_t n_periods;
  double *periods; /* n_periods matrices of counts */
  double pooled[N_TIERS * N_TIERS];
  HansaValue p[N_TIERS * N_TIERS], error[N_TIERS * N_TIERS];
  bool absorbing[N_TIERS], empty[N_TIERS];
  size_t n_absorbing, moves;
  HansaValue shorrocks, stationary[N_TIERS], to_dormant[N_TIERS];
  HansaTest homogeneity;
} History;

typedef struct Tiering
{
  HansaJob *job;
  Options options;
  Tie *ties; /* by id */
  size_t n_ties;
  Activity *activities; /* by tie, then date */
  size_t n_activities;
  Zone *zones; /* [0] is the provincial level */
  size_t n_zones;
  uint64_t tiers[N_TIERS], by_level[N_LEVELS][N_TIERS];
  uint64_t recorded, silent, undated;
  bool status_known, any_value;
  int32_t first_activity;
  HansaTest chi_square;
  HansaValue exact;
  HansaValue claimed, coverage;
  bool contradicted;
  History history;
  size_t *revive; /* indices of ties, the most worth first */
  size_t n_revive, n_candidates;
  Rows from[N_FROM];
  Dropped dropped;
  bool no_memory;
} Tiering;

extern const HansaText tier_names[N_TIERS];
extern const char *const tier_ids[N_TIERS];
extern const HansaText level_names[N_LEVELS];

/* dates.c: days since 1970-01-01 and the calendar (Gregorian, proleptic). */
bool date_parse (const char *text, int32_t *days);
int64_t date_year (int32_t days);
/* The same day of the month, or the last one of a shorter month. */
int32_t date_add_months (int32_t days, int64_t months);
int32_t date_months_between (int32_t from, int32_t to); /* whole ones */

/* register.c */
HansaStatus tiering_read (Tiering *t);
bool rows_room (Rows *rows, const char *input, size_t n);
void rows_add (Rows *rows, size_t row);

/* zones.c: names of regions, zones, stated total. */
HansaStatus tiering_read_regions (Tiering *t);
HansaStatus tiering_read_claims (Tiering *t);

/* tiers.c */
HansaStatus tiering_classify (Tiering *t);
/* scores.c */
HansaStatus tiering_score (Tiering *t);
/* history.c */
HansaStatus tiering_history (Tiering *t);
/* The tier on a day, of a tie that is in the register then. */
Tier tier_of (const Options *o, size_t recent, bool has_contact, int32_t last_contact, int32_t day);

/* metrics.c, tables.c, history-tables.c (with the charts), findings.c, notes.c: the result. */
void tiering_metrics (Tiering *t);
void tiering_tables (Tiering *t);
void history_tables (Tiering *t);
void tiering_charts (Tiering *t);
void tiering_findings (Tiering *t);
void tiering_notes (Tiering *t);
/* "Changsha - Kagoshima". */
bool tie_label (const Tie *tie, Pair *label);

#endif
