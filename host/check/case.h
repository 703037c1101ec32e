/* SPDX-License-Identifier: MIT
 *
 * A plugin's case: a data package with a case.ini that says what must come out.
 *
 *   [case]        title, source (where the expected values come from)
 *   [parameters]  id = value
 *   [metrics]     id = number, or: id = undefined REASON
 *   [tolerance]   id = relative tolerance (default 1e-9)
 *   [end]         end = ok (default), error, ...
 */
#pragma once

#include "plugin/supervisor.h"

G_BEGIN_DECLS

typedef struct
{
  char *name; /* of its folder */
  GKeyFile *keys;
  GArray *params;    /* HansaParamValue */
  GPtrArray *tables; /* HansaSealedTable by input */
} HansaCase;

/* Folders of cases in `cases`, in order of name; empty when there is none. */
GStrv hansa_case_folders (const char *cases);

/* NULL when the case itself is wrong: its package, its parameters, its words. */
HansaCase *hansa_case_open (const HansaDescription *description, const char *folder,
                            GError **error);
void hansa_case_free (HansaCase *test);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaCase, hansa_case_free)

/* Appends a sentence (char *) for everything that is not as the case says.
 * `result` is NULL unless the plugin ended well. */
void hansa_case_judge (const HansaCase *test, HansaEnd end, const char *detail,
                       const HansaResult *result, GPtrArray *problems);

/* Whether the plugin is to end well. */
gboolean hansa_case_wants_result (const HansaCase *test);

G_END_DECLS
