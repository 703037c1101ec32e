/* SPDX-License-Identifier: MIT
 *
 * The problems found in one resource: kept up to a limit, all counted.
 */
#pragma once

#include "dataset/dataset.h"

G_BEGIN_DECLS

typedef struct
{
  const HansaResource *resource;
  GPtrArray *found; /* HansaProblem */
  guint limit;      /* 0: no limit */
} HansaProblems;

void hansa_problems_init (HansaProblems *problems, const HansaResource *resource, guint limit);
void hansa_problems_clear (HansaProblems *problems);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HansaProblems, hansa_problems_clear)

gboolean hansa_problems_any (const HansaProblems *problems);
/* No more are taken: reading on is of no use. */
gboolean hansa_problems_full (const HansaProblems *problems);

/* `column` and `value` may be NULL; `message` is (transfer full). */
void hansa_problems_add (HansaProblems *problems, guint32 line, const char *column,
                         const char *value, const char *rule, char *message);

/* The same of a row, counted from 1, in a table that shows no lines. */
void hansa_problems_add_row (HansaProblems *problems, guint64 row, const char *column,
                             const char *value, const char *rule, char *message);

/* HANSA_EXIT_DATA: how many, and the first few of them word for word. */
void hansa_problems_set_error (const HansaProblems *problems, GError **error);

G_END_DECLS
