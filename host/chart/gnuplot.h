/* SPDX-License-Identifier: MIT
 *
 * One warm gnuplot: a process that is sent charts and answers with pictures.
 * It has no way to a file: it reads commands from one memory file and draws
 * into another, both inherited, and Landlock (see launch/) denies the rest.
 */
#pragma once

#include <glib.h>
#include <sys/types.h>

G_BEGIN_DECLS

typedef struct ChartGnuplot ChartGnuplot;

/* The gnuplot to use: HANSA_GNUPLOT, else from PATH. (transfer full); NULL
 * with HANSA_EXIT_SETUP and how to get one. */
char *gnuplot_find (GError **error);

/* What `path --version` says; NULL with HANSA_EXIT_SETUP. (transfer full) */
char *hansa_gnuplot_version_of (const char *path, GError **error);

/* Spawns and does not wait. PDEATHSIG follows the calling thread. */
ChartGnuplot *gnuplot_spawn (const char *launcher, const char *gnuplot, GError **error);
/* Kills its process group, reaps, frees. */
void gnuplot_free (ChartGnuplot *gnuplot);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChartGnuplot, gnuplot_free)
pid_t gnuplot_pid (const ChartGnuplot *gnuplot);

typedef enum
{
  GNUPLOT_DREW,
  GNUPLOT_GONE,   /* ended before it took up this chart: another may draw it */
  GNUPLOT_FAILED, /* an error, stray output, its end, or the deadline */
  GNUPLOT_CANCELLED
} GnuplotAnswer;

/* Draws a script with a line "set output '...'"; `seconds` is the deadline.
 * (transfer full) `picture`. After anything but GNUPLOT_DREW the process is of no
 * further use. */
GnuplotAnswer gnuplot_draw (ChartGnuplot *gnuplot, const char *script, double seconds,
                            int cancel_fd, GBytes **picture, GError **error);

/* What the process says its version is, "gnuplot 5.4 patchlevel 4"; NULL when it
 * does not answer, and then it is of no further use. (transfer full) */
char *gnuplot_ask_version (ChartGnuplot *gnuplot, double seconds, int cancel_fd);

G_END_DECLS
