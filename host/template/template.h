/* SPDX-License-Identifier: MIT
 *
 * The project that `hansa new` makes: the files of sdk/template, in which
 * @word@ stands for a word of the new project.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Adds the words that tables of the model give: the columns and inputs to
 * declare, what is measured, and a case's rows. The first table that has a
 * measured column is the one analysed; the others are optional inputs.
 * HANSA_EXIT_USAGE for a table that the model does not have or when none has a
 * measured column; HANSA_EXIT_SETUP when the model is not installed. */
gboolean hansa_template_words (GHashTable *words, const char *const *tables, GError **error);

/* Makes the folder from the parts of the template ("common", "c"), filled with
 * `words`: whole, or not at all. HANSA_EXIT_SETUP when the template is not
 * installed, HANSA_EXIT_OUTPUT when the folder cannot be written. */
gboolean hansa_template_make (const char *folder, const char *const *parts, GHashTable *words,
                              GError **error);

G_END_DECLS
