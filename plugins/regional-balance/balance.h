/* SPDX-License-Identifier: MIT
 *
 * What the parts of regional-balance share: the regions that are compared, the
 * counts of the register, and the measures.
 */
#ifndef BALANCE_H
#define BALANCE_H

#include "common/words.h"
#include <hansa/plugin.h>
#include <hansa/stats.h>

/* Columns of the inputs, in declared order. */
enum
{
  TIE_ID,
  TIE_REGION,
  TIE_LEVEL,
  TIE_STATUS,
  N_TIE_COLUMNS
};
enum
{
  REGION_CODE,
  REGION_NAME_EN,
  REGION_NAME_ZH,
  REGION_LEVEL,
  REGION_PARENT,
  REGION_ZONE,
  REGION_ZONE_EN,
  REGION_ZONE_ZH,
  N_REGION_COLUMNS
};
enum
{
  ECONOMY_REGION,
  ECONOMY_YEAR,
  ECONOMY_POPULATION,
  ECONOMY_GDP,
  N_ECONOMY_COLUMNS
};
enum
{
  CLAIM_INDICATOR,
  CLAIM_VALUE,
  N_CLAIM_COLUMNS
};

/* Levels of ties and regions, from the top down. */
enum
{
  PROVINCE,
  PREFECTURE,
  COUNTY,
  N_LEVELS
};

typedef struct Options
{
  const char *parent; /* code; "" until found */
  uint32_t level;     /* of the regions compared */
  bool with_counties;
  bool counted_only, with_later;
  uint64_t threshold;
  bool inclusive;
  size_t top;
  double epsilon, alpha, confidence;
  size_t replicates;
  bool percentile;
  bool weighted;
  const char *claim;
  bool has_target;
  double target;
  bool has_year;
  int64_t year;
} Options;

/* Rows of an input that a number rests on. */
typedef struct Rows
{
  const char *input;
  uint64_t *rows;
  size_t n;
} Rows;

/* Groups of rows. */
enum
{
  FROM_COUNTED, /* ties in the distribution */
  FROM_LISTED,  /* ties of the register, all levels */
  FROM_OWN,     /* of these, ties of the regions' own level */
  FROM_REGIONS, /* regions compared */
  FROM_LOW,     /* of these, at or under the threshold */
  FROM_NONE,    /* of these, without a tie */
  FROM_CLAIM,   /* the stated total */
  FROM_ECONOMY, /* population and product of the year */
  N_FROM
};

/* A region that is compared. */
typedef struct Unit
{
  const char *code, *en, *zh;
  size_t row;
  uint32_t zone;
  uint64_t ties;
  bool low;
  size_t rank; /* by ties, 1 the most */
  HansaValue population, gdp, per_million;
  HansaValue without; /* Gini, this region left out */
  uint64_t added;     /* by the what-if */
} Unit;

typedef struct Zone
{
  const char *code, *en, *zh;
  uint64_t regions, low, ties;
  HansaValue population;
} Zone;

/* What the list holds of a stated number; [0] is the total. */
typedef struct Coverage
{
  uint64_t listed;
  HansaValue claimed, share;
  bool contradicted; /* the statements differ */
} Coverage;

/* Rows left out, by reason. */
typedef struct Dropped
{
  uint64_t repeated_regions, repeated_ties, later, unconfirmed, bad_status, unknown_region;
  uint64_t outside, other_level, conflicting_economy;
} Dropped;

typedef struct Measures
{
  HansaValue mean, gini, gini_corrected, gini_low, gini_high;
  HansaValue theil_t, theil_l, hoover, atkinson, cv;
  HansaValue hhi, hhi_normalised, equivalent_number;
  HansaValue top_share, between_share, between_p;
  HansaDecomposition theil, entropy;           /* GE(1), GE(alpha) */
  HansaGroupPart *theil_parts, *entropy_parts; /* a zone each; NULL: none */
  HansaValue per_million, gdp_rank;
  HansaValue loo_low, loo_high, loo_most;
  HansaValue low_share, low_least;
  HansaValue added, gini_after, gini_counts;
  bool boot_exact, boot_percentile, permutation_exact;
  size_t replicates, undefined_replicates, arrangements;
  size_t tied; /* regions tied with the last of the top */
  size_t most; /* the unit that moves the Gini most */
} Measures;

typedef struct Balance
{
  HansaJob *job;
  Options options;
  const char *parent_en, *parent_zh;
  Unit *units; /* by code */
  size_t n_units;
  Zone *zones; /* by code; the one without a code is last */
  size_t n_zones;
  bool has_zones;
  uint64_t ties, low, none;
  size_t n_population, n_gdp;
  HansaValue year;
  Coverage coverage[N_LEVELS + 1];
  bool status_known;
  Rows from[N_FROM];
  Dropped dropped;
  HansaReason gate;             /* why the weighted measures have no answer */
  double *x, *weights, *counts; /* by unit; weights NULL unless weighted */
  uint32_t *group;
  Measures m;
  bool no_memory;
} Balance;

/* register.c: the register. On HANSA_ERROR the message has been given. */
HansaStatus balance_read (Balance *b);
bool rows_room (Rows *rows, const char *input, size_t n);
void rows_add (Rows *rows, size_t row);

/* economy.c: population, product and stated totals. */
HansaStatus balance_read_economy (Balance *b);
HansaStatus balance_read_claims (Balance *b);

/* measures.c */
HansaStatus balance_measure (Balance *b);

/* what-if.c */
HansaStatus balance_what_if (Balance *b);

/* metrics.c, tables.c, findings.c, notes.c: the result. */
void balance_metrics (Balance *b);
void balance_tables (Balance *b);
void balance_charts (Balance *b);
void balance_findings (Balance *b);
void balance_notes (Balance *b);

#endif
