/* SPDX-License-Identifier: MIT
 *
 * The one theme: sizes, colours, and how a series looks in colour and in
 * monochrome. All lengths are pixels of a canvas CHART_WIDTH wide.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CHART_FONT "Noto Sans CJK SC"
/* What browsers anywhere try, in order. */
#define CHART_FONT_STACK                                                                           \
  "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, WenQuanYi Micro Hei, "      \
  "sans-serif"

#define CHART_WIDTH 860.0
#define CHART_PAD 16.0 /* outer margin */

#define SIZE_TITLE 17.0
#define SIZE_LABEL 13.0
#define SIZE_SMALL 12.0
#define SIZE_NOTE 11.0

#define INK 0x1f2933u /* titles, labels */
/* gnuplot's SVG knows no weight outside enhanced text, so bold text has this
 * colour there, by which picture_polish() knows it. */
#define INK_BOLD 0x1f2934u
#define INK_BOLD_FILL "fill=\"rgb(31,41,52)\""
#define INK_SOFT 0x5b6770u /* tics, axis titles, notes */
#define INK_GRID 0xe4e8ecu
#define INK_ZERO 0x8a949eu  /* base lines */
#define INK_MUTED 0xa9b8c6u /* what does not stand out */
#define INK_ACCENT 0xd55e00u

/* How one series is drawn. */
typedef struct
{
  guint32 colour; /* of lines and points */
  guint32 fill;   /* of areas */
  int pattern;    /* of gnuplot's fills; 0: solid */
  int dash;       /* gnuplot's dashtype; 1: solid */
  int point;      /* gnuplot's pointtype */
} ChartInk;

#define CHART_N_INKS 8 /* after that, colours come again */
/* The n-th series of `total`. */
ChartInk chart_ink (guint n, guint total, gboolean monochrome);
/* One series alone; what `highlight` names; all that it does not name. */
ChartInk chart_ink_plain (gboolean monochrome);
ChartInk chart_ink_accent (gboolean monochrome);
ChartInk chart_ink_muted (gboolean monochrome);

/* A colour of the ramp from 0 (light) to 1 (dark); negative values, for
 * diverging data, run the other way. */
guint32 chart_ramp (double share, gboolean monochrome);
/* The colour for text: darker, since letters are thin. */
guint32 chart_text_tint (guint32 colour);
/* Black or white, whichever reads on that colour. */
guint32 chart_text_on (guint32 colour);

/* Width of a line of text: measured classes of Noto Sans CJK SC, rounded up,
 * so that other fonts fit as well. */
double chart_text_width (const char *text, double size);
/* Lines no wider than `width` (CJK breaks anywhere, Latin between words), at
 * most `lines`, the last shortened with an ellipsis. (transfer full) */
GStrv chart_text_wrap (const char *text, double size, double width, guint lines);

G_END_DECLS
