/* SPDX-License-Identifier: MIT
 *
 * Charts: a result's chart model becomes a gnuplot script, which a pool of
 * warm gnuplots draws. Safe to call from several threads.
 */
#pragma once

#include "plugin/result.h"
#include "store/store.h"

G_BEGIN_DECLS

typedef enum
{
  HANSA_SVG,
  HANSA_PNG,
  HANSA_PDF
} HansaChartFormat;

typedef struct
{
  HansaChartFormat format;
  HansaLanguage language;
  gboolean monochrome;
} HansaChartStyle;

/* The whole script: theme, data blocks, plot; ends without `unset output`.
 * gnuplot draws the chart from it as it is. Deterministic. NULL when the chart
 * has nothing to draw (no rows, all undefined), with HANSA_EXIT_CHART.
 * `output` is the file name that the script sets. (transfer full) */
char *hansa_chart_script (const HansaResult *result, const HansaResultChart *chart,
                          const HansaChartStyle *style, const char *output, GError **error);

typedef struct HansaChartPool HansaChartPool;

/* Up to `size` gnuplots, started when the first chart has to be drawn or when
 * told to warm up. NULL with HANSA_EXIT_SETUP when there is no gnuplot (the
 * message says how to get it). `cancel_fd` as for workers. */
HansaChartPool *hansa_chart_pool_new (guint size, int cancel_fd, GError **error);
void hansa_chart_pool_free (HansaChartPool *pool);
/* Pictures drawn before are taken from that store, which must outlive the pool;
 * before the first chart. */
void hansa_chart_pool_use_store (HansaChartPool *pool, HansaStore *store);
/* The folder of an earlier report's charts: a file that is there as it would be
 * written is linked. Before the first chart. */
void hansa_chart_pool_use_earlier (HansaChartPool *pool, const char *folder);
/* Up to `size` from now on; before the first chart. */
void hansa_chart_pool_grow (HansaChartPool *pool, guint size);
/* Starts the gnuplots and returns without waiting for them. */
void hansa_chart_pool_warm (HansaChartPool *pool);
/* No chart will be asked for any more: the gnuplots end while the caller goes on. */
void hansa_chart_pool_retire (HansaChartPool *pool);
/* One word for the program that draws: the sum of its file; NULL when it cannot
 * be read. (transfer none) */
const char *hansa_chart_pool_program (HansaChartPool *pool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaChartPool, hansa_chart_pool_free)

/* Draws DIR/NAME.svg (or .png, .pdf) and keeps DIR/NAME.gp beside it; the
 * picture appears whole or not at all. Blocks until it is drawn. FALSE with
 * HANSA_EXIT_CHART (chart), _SETUP (gnuplot), _OUTPUT (disk) or _CANCELLED. */
gboolean hansa_chart_pool_draw (HansaChartPool *pool, const HansaResult *result,
                                const HansaResultChart *chart, const HansaChartStyle *style,
                                const char *dir, const char *name, GError **error);

/* The version of the pool's own gnuplot, as hansa_gnuplot_version() gives it, but
 * without a start; NULL when it does not answer. (transfer full) */
char *hansa_chart_pool_version (HansaChartPool *pool);

/* Characters of the chart that no installed font can draw, "" when none; the
 * caller warns before drawing. (transfer full) */
char *hansa_chart_missing_glyphs (const HansaResult *result, const HansaResultChart *chart,
                                  HansaLanguage language);

/* Layers of gnuplot's sandbox that this kernel lacks ("landlock"); empty: all
 * are in force. The run says so. (transfer full) */
GStrv hansa_chart_missing_layers (void);

/* "gnuplot 5.4 patchlevel 4", or NULL; (transfer full). */
char *hansa_gnuplot_version (GError **error);

G_END_DECLS
