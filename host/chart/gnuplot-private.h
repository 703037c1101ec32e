/* SPDX-License-Identifier: MIT
 *
 * Shared by gnuplot.c (talks) and gnuplot-spawn.c (starts and ends).
 */
#pragma once

#include "chart/gnuplot.h"

G_BEGIN_DECLS

struct ChartGnuplot
{
  pid_t pid;
  int in, out, err; /* its stdin (a socket), stdout, stderr */
  int image;        /* memory file that pictures go to: its descriptor 3 */
  int script;       /* memory file that commands come from: its descriptor 4 */
  GString *errors;  /* stderr so far */
  char secret[32];
  guint64 serial;
};

G_END_DECLS
