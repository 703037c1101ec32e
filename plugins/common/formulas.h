/* SPDX-License-Identifier: MIT
 *
 * Formula variants in words: for HansaMetric.formula.
 */
#ifndef FORMULAS_H
#define FORMULAS_H

#include <hansa/plugin.h>

/* Both NULL for a variant that is not in the list. */
HansaText formula_words (const char *variant);

#endif
