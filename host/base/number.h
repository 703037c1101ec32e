/* SPDX-License-Identifier: MIT
 *
 * Numbers as text.
 */
#pragma once

#include "base/export.h"

#include <glib.h>

G_BEGIN_DECLS

/* The shortest of 15 or 17 digits that reads back as the same number, in no
 * locale: 0.95, not 0.94999999999999996. Returns `digits`. */
HANSA_FOR_ENGINES char *hansa_number_text (char digits[G_ASCII_DTOSTR_BUF_SIZE], double number);

G_END_DECLS
