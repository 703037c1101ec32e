/* SPDX-License-Identifier: MIT
 *
 * Which line of a CSV file a row stands in, where an engine told the row.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Gives each HansaProblem with a row the first line of that row instead, and puts
 * them in the order of lines. The file is read through, a piece at a time. FALSE with
 * HANSA_EXIT_DATA where it cannot be read. */
gboolean hansa_csv_find_lines (const char *file, GPtrArray *problems, GError **error);

G_END_DECLS
