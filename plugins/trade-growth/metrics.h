/* SPDX-License-Identifier: MIT
 *
 * Writing metrics.
 */
#pragma once

#include "study.h"

/* Rows of the input `trade`. */
typedef struct Rows
{
  uint64_t *rows;
  size_t n;
} Rows;

typedef struct Writer
{
  Study *study;
  const char *focus; /* code */
  const Line *line;  /* of the focus */
  Rows of_focus, of_value, of_nation, of_both, of_all, of_peers;
} Writer;

/* metrics.c. `rows` may be NULL or empty: then no input is named. */
void metric_put (const Writer *writer, const Rows *rows, HansaMetric metric);
void metric_put_range (const Writer *writer, const Rows *rows, HansaValue low, HansaValue high,
                       HansaMetric metric);
HansaValue metric_whole (size_t number);
HansaValue metric_rank (const Line *line, size_t rank);
HansaText metric_why (const Line *line);
Rows metric_rows (Study *study, size_t n_lines); /* room for two rows a line */
void metric_add_rows (Rows *rows, const Line *line);

/* metrics-region.c */
void metrics_of_growth (const Writer *writer);
void metrics_of_ranks (const Writer *writer);
void metrics_of_peers (const Writer *writer);
void metrics_of_shares (const Writer *writer);

/* metrics-context.c */
void metrics_of_implied_base (const Writer *writer);
void metrics_of_long_run (const Writer *writer);
void metrics_of_other (const Writer *writer, const Other *other);
