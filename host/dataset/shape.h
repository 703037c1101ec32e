/* SPDX-License-Identifier: MIT
 *
 * From a resource's table to an input's table: columns picked, converted, and
 * where asked grouped and summed; the lines that each row rests on follow.
 */
#pragma once

#include "dataset/mapping.h"

G_BEGIN_DECLS

/* A builder whose fields are the input's columns. */
HansaTableBuilder *hansa_input_builder (const HansaInput *input, gsize expected_rows,
                                        GError **error);
void hansa_put_cell (HansaTableBuilder *builder, guint column, guint32 type,
                     const HansaCellValue *value);

HansaSealedTable *hansa_shape (const HansaBinding *binding, const HansaInput *input,
                               HansaSealedTable *table, GError **error);

/* FALSE (HANSA_EXIT_DATA) when a column that may not have missing cells has
 * one; names the line it comes from. */
gboolean hansa_check_missing (const HansaInput *input, HansaSealedTable *table, GError **error);

G_END_DECLS
