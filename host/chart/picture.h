/* SPDX-License-Identifier: MIT
 *
 * Checks that a picture is whole, and makes an SVG fit for a web page.
 */
#pragma once

#include "chart/chart.h"

G_BEGIN_DECLS

/* "svg", "png", "pdf". */
const char *picture_suffix (HansaChartFormat format);
/* FALSE with HANSA_EXIT_CHART when it is cut short or malformed. */
gboolean picture_check (const char *bytes, gsize length, HansaChartFormat format, GError **error);
/* The SVG with fonts that browsers have, the chart's title as its accessible
 * name, and without gnuplot's own tool tips and ids. (transfer full) */
GString *picture_polish (const char *svg, gsize length, const char *title);
/* Puts bytes at PATH by one rename; FALSE with HANSA_EXIT_OUTPUT. */
gboolean picture_write (const char *path, const char *bytes, gsize length, GError **error);

G_END_DECLS
