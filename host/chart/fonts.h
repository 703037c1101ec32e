/* SPDX-License-Identifier: MIT
 *
 * What the installed fonts can draw, asked of fontconfig or remembered.
 */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

/* Where the answer is looked for and kept; before anything below is asked. */
void hansa_fonts_use_store (HansaStore *store);

/* TRUE as well when fontconfig is not there to be asked. */
gboolean hansa_fonts_can_draw (gunichar c);

/* One word for fontconfig's whole answer (font files, versions, characters); ""
 * when there is no fontconfig. (transfer none) */
const char *hansa_fonts_digest (void);

G_END_DECLS
