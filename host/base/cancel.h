/* SPDX-License-Identifier: MIT
 *
 * Ctrl-C: a descriptor that becomes readable, for every poll() of the run.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Catches SIGINT, SIGTERM and SIGHUP from now on and returns the descriptor;
 * -1 when there is none to be had. A second signal ends the program at once. */
int hansa_cancel_install (void);
/* The descriptor, -1 where signals are not caught. */
int hansa_cancel_descriptor (void);
gboolean hansa_is_run_cancelled (void);
/* Cancels from within, as a signal would. */
void hansa_cancel_now (void);

G_END_DECLS
