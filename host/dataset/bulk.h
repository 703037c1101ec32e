/* SPDX-License-Identifier: MIT
 *
 * Inputs that an engine answers.
 */
#pragma once

#include "dataset/mapping.h"

G_BEGIN_DECLS

HansaSealedTable *hansa_bulk_input (HansaDataset *dataset, const HansaInput *input,
                                    const HansaBinding *binding, GError **error);
HansaSealedTable *hansa_bulk_query (HansaDataset *dataset, const HansaInput *input, GError **error);

G_END_DECLS
