/* SPDX-License-Identifier: MIT
 *
 * Colours of series. The palette is Okabe and Ito's, which readers with any
 * common colour blindness tell apart, ordered so that neighbours also differ in
 * luminance and survive a black-and-white printer.
 */
#include "chart/theme.h"

#include <math.h>

ChartInk
chart_ink (guint n, guint total, gboolean monochrome)
{
  static const guint32 colours[CHART_N_INKS]
      = { 0x0072b2, 0xe69f00, 0x009e73, 0xcc79a7, 0x56b4e9, 0xd55e00, 0x4d4d4d, 0xb8a500 };
  /* Thin marks need darker greys than areas do. */
  static const guint32 greys[CHART_N_INKS]
      = { 0x1a1a1a, 0x8c8c8c, 0x4d4d4d, 0x6e6e6e, 0x999999, 0x333333, 0x808080, 0x1a1a1a };
  static const guint32 fills[CHART_N_INKS]
      = { 0x262626, 0xc4c4c4, 0x4d4d4d, 0x858585, 0x4d4d4d, 0xf2f2f2, 0x4d4d4d, 0x4d4d4d };
  /* gnuplot's fills that read in print: 4, 5 diagonals, 1, 2 crosshatches. */
  static const int patterns[CHART_N_INKS] = { 0, 0, 4, 0, 5, 0, 1, 2 };
  static const int points[CHART_N_INKS] = { 7, 4, 9, 12, 6, 5, 8, 13 };
  guint at = n % CHART_N_INKS;

  if (monochrome && total == 1)
    return chart_ink_plain (TRUE);
  if (monochrome)
    return (ChartInk){ greys[at], fills[at], patterns[at], (int)(n % 5) + 1, points[at] };
  return (ChartInk){ colours[at], colours[at], 0, (int)(n / CHART_N_INKS) % 5 + 1, 7 };
}

static ChartInk
one_ink (guint32 colour)
{
  return (ChartInk){ colour, colour, 0, 1, 7 };
}

ChartInk
chart_ink_plain (gboolean monochrome)
{
  return one_ink (monochrome ? 0x6e6e6eu : 0x0072b2u);
}

ChartInk
chart_ink_accent (gboolean monochrome)
{
  return one_ink (monochrome ? 0x000000u : INK_ACCENT);
}

ChartInk
chart_ink_muted (gboolean monochrome)
{
  return one_ink (monochrome ? 0xb5b5b5u : INK_MUTED);
}

static guint32
mix (guint32 from, guint32 to, double share)
{
  guint32 colour = 0;
  for (guint shift = 0; shift <= 16; shift += 8)
    {
      double a = (double)((from >> shift) & 0xff);
      double b = (double)((to >> shift) & 0xff);
      colour |= (guint32)lround (a + (b - a) * share) << shift;
    }
  return colour;
}

guint32
chart_ramp (double share, gboolean monochrome)
{
  double depth = CLAMP (fabs (share), 0.0, 1.0);

  if (monochrome)
    return mix (0xf7f7f7, 0x3d3d3d, depth);
  if (share < 0.0)
    return mix (0xf5f8fb, 0xb34700, depth);
  /* Through a middle blue: a straight line to navy turns grey half-way. */
  return depth < 0.6 ? mix (0xf1f6fb, 0x5fa8d8, depth / 0.6)
                     : mix (0x5fa8d8, 0x08457e, (depth - 0.6) / 0.4);
}

guint32
chart_text_tint (guint32 colour)
{
  return mix (colour, 0x000000, 0.28);
}

static double
linear (guint32 byte)
{
  double part = (double)byte / 255.0;
  return part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4);
}

guint32
chart_text_on (guint32 colour)
{
  double luminance = 0.2126 * linear ((colour >> 16) & 0xff)
                     + 0.7152 * linear ((colour >> 8) & 0xff) + 0.0722 * linear (colour & 0xff);
  /* Where contrast with black equals that with white (WCAG). */
  return luminance > 0.179 ? 0x000000 : 0xffffff;
}
