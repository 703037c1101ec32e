/* SPDX-License-Identifier: MIT
 *
 * What a check found, for people and as JSON, and its tables as folders.
 */
#pragma once

#include "check/check.h"

G_BEGIN_DECLS

/* On stdout, in the user's language. */
void hansa_check_print (const HansaCheck *check);
void hansa_check_print_json (const HansaCheck *check);

/* Writes each fault's smallest tables to options.keep/TEST-N as a data package
 * with a case.ini, and notes the folder. FALSE with HANSA_EXIT_OUTPUT. */
gboolean hansa_check_keep (HansaCheck *check, GError **error);

G_END_DECLS
