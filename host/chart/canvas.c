/* SPDX-License-Identifier: MIT
 *
 * Collects what a chart shows and writes it as one gnuplot script. The height
 * is known only at the end of a layout, so texts and lines are kept as pixels
 * until then.
 */
#include "chart/canvas.h"

#include "chart/encode.h"

#include <math.h>
#include <string.h>

typedef struct
{
  double x, y, size;
  ChartAlign align;
  guint32 colour;
  gboolean bold;
  int point; /* 0: a text */
  char *text;
} ChartLabel;

typedef struct
{
  double x0, y0, x1, y1, width;
  guint32 colour;
  int dash;
  gboolean front;
} ChartLine;

typedef struct
{
  double x0, y0, x1, y1;
  ChartInk ink;
  gboolean outlined;
} ChartBox;

static void
clear_label (gpointer data)
{
  g_free (((ChartLabel *)data)->text);
}

ChartCanvas *
canvas_new (const HansaResult *result, const HansaResultChart *chart, const HansaChartStyle *style)
{
  ChartCanvas *canvas = g_new0 (ChartCanvas, 1);

  canvas->result = result;
  canvas->chart = chart;
  canvas->table = hansa_result_table (result, chart->table);
  canvas->language = style->language;
  canvas->monochrome = style->monochrome;
  canvas->left = CHART_PAD;
  canvas->width = CHART_WIDTH;
  canvas->right = CHART_WIDTH - CHART_PAD;
  canvas->labels = g_array_new (FALSE, TRUE, sizeof (ChartLabel));
  g_array_set_clear_func (canvas->labels, clear_label);
  canvas->lines = g_array_new (FALSE, TRUE, sizeof (ChartLine));
  canvas->boxes = g_array_new (FALSE, TRUE, sizeof (ChartBox));
  canvas->upright = g_array_new (FALSE, FALSE, sizeof (double));
  canvas->level = g_array_new (FALSE, FALSE, sizeof (double));
  canvas->is_svg = style->format == HANSA_SVG;
  canvas->blocks = g_string_new (NULL);
  canvas->plots = g_string_new (NULL);
  canvas->notes = g_ptr_array_new_with_free_func (g_free);
  return canvas;
}

void
canvas_free (ChartCanvas *canvas)
{
  g_array_unref (canvas->labels);
  g_array_unref (canvas->lines);
  g_array_unref (canvas->boxes);
  g_array_unref (canvas->upright);
  g_array_unref (canvas->level);
  g_string_free (canvas->blocks, TRUE);
  g_string_free (canvas->plots, TRUE);
  g_ptr_array_unref (canvas->notes);
  g_free (canvas);
}

const char *
canvas_text (const ChartCanvas *canvas, HansaText text)
{
  return hansa_text_in (text, canvas->language);
}

static double
share (double at, double low, double high, gboolean is_log)
{
  return is_log ? log (at / low) / log (high / low) : (at - low) / (high - low);
}

double
canvas_x (const ChartCanvas *canvas, double x)
{
  return canvas->left
         + (canvas->right - canvas->left) * share (x, canvas->x_low, canvas->x_high, canvas->log_x);
}

double
canvas_y (const ChartCanvas *canvas, double y)
{
  return canvas->bottom
         - (canvas->bottom - canvas->top) * share (y, canvas->y_low, canvas->y_high, canvas->log_y);
}

void
canvas_label (ChartCanvas *canvas, double x, double y, ChartAlign align, double size,
              guint32 colour, gboolean bold, const char *text)
{
  ChartLabel label = { x, y, size, align, colour, bold, 0, g_strdup (text) };

  if (*text == '\0' || !isfinite (x) || !isfinite (y))
    clear_label (&label);
  else
    g_array_append_val (canvas->labels, label);
}

void
canvas_mark (ChartCanvas *canvas, double x, double y, ChartInk ink, double size)
{
  ChartLabel label = { x, y, size, ALIGN_LEFT, ink.colour, FALSE, ink.point, g_strdup ("") };
  g_array_append_val (canvas->labels, label);
}

void
canvas_line (ChartCanvas *canvas, double x0, double y0, double x1, double y1, guint32 colour,
             double width, int dash, gboolean front)
{
  ChartLine line = { x0, y0, x1, y1, width, colour, dash, front };
  if (isfinite (x0) && isfinite (y0) && isfinite (x1) && isfinite (y1))
    g_array_append_val (canvas->lines, line);
}

void
canvas_box (ChartCanvas *canvas, double x0, double y0, double x1, double y1, ChartInk ink,
            gboolean outlined)
{
  ChartBox box = { x0, y0, x1, y1, ink, outlined };
  g_array_append_val (canvas->boxes, box);
}

void
canvas_row (GString *lines, guint n, const double *numbers)
{
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (lines, ' ');
      hansa_encode_number (lines, numbers[i]);
    }
  g_string_append_c (lines, '\n');
}

void
canvas_plot (ChartCanvas *canvas, const GString *lines, const char *format, ...)
{
  char name[16];
  va_list arguments;

  if (lines->len == 0)
    return;
  g_snprintf (name, sizeof name, "data%u", ++canvas->n_blocks);
  hansa_encode_block (canvas->blocks, name, lines->str);
  g_string_append_printf (canvas->plots, "%s$%s ", canvas->plots->len > 0 ? ", \\\n     " : "plot ",
                          name);
  va_start (arguments, format);
  g_string_append_vprintf (canvas->plots, format, arguments);
  va_end (arguments);
}

char *
canvas_fill (ChartInk ink, gboolean monochrome)
{
  const char *border = monochrome ? "border lc rgb '#262626'" : "noborder";

  if (ink.pattern > 0)
    return g_strdup_printf ("fs pattern %d %s lw 0.8 lc rgb '#%06x'", ink.pattern, border,
                            ink.fill);
  return g_strdup_printf ("fs solid 1.0 %s lw 0.8 lc rgb '#%06x'", border, ink.fill);
}

void
canvas_note (ChartCanvas *canvas, char *note)
{
  if (note != NULL && *note != '\0')
    g_ptr_array_add (canvas->notes, note);
  else
    g_free (note);
}

gboolean
canvas_has_highlight (const ChartCanvas *canvas)
{
  return canvas->chart->highlight != NULL && *canvas->chart->highlight != '\0';
}

/* --- the script --------------------------------------------------------- */

/* printf in the C locale: %g and %f would write a decimal comma elsewhere. */
static void
put_decimal (GString *script, double number, const char *format)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append (script, g_ascii_formatd (digits, sizeof digits, format, number));
}

static void
put_point (GString *script, const ChartCanvas *canvas, double x, double y)
{
  g_string_append (script, "screen ");
  put_decimal (script, x / canvas->width, "%.5f");
  g_string_append (script, ", screen ");
  put_decimal (script, 1.0 - y / canvas->height, "%.5f");
}

static void
put_label (GString *script, const ChartCanvas *canvas, const ChartLabel *label)
{
  static const char *const aligns[] = { "left", "center", "right" };

  g_string_append (script, "set label ");
  hansa_encode_append (script, label->text, FALSE);
  g_string_append (script, " at ");
  put_point (script, canvas, label->x, label->y);
  if (label->point != 0)
    {
      g_string_append_printf (script, " point pt %d ps ", label->point);
      put_decimal (script, label->size, "%.2g");
      g_string_append_printf (script, " lc rgb '#%06x' front\n", label->colour);
      return;
    }
  g_string_append_printf (script, " %s front font '" CHART_FONT "%s,", aligns[label->align],
                          label->bold && !canvas->is_svg ? ":Bold" : "");
  put_decimal (script, label->size, "%.3g");
  g_string_append_printf (script, "' tc rgb '#%06x'\n",
                          label->bold && canvas->is_svg ? INK_BOLD : label->colour);
}

static void
put_line (GString *script, const ChartCanvas *canvas, const ChartLine *line)
{
  g_string_append (script, "set arrow from ");
  put_point (script, canvas, line->x0, line->y0);
  g_string_append (script, " to ");
  put_point (script, canvas, line->x1, line->y1);
  g_string_append_printf (script, " nohead %s lw ", line->front ? "front" : "back");
  put_decimal (script, line->width, "%.3g");
  g_string_append_printf (script, " dt %d lc rgb '#%06x'\n", line->dash, line->colour);
}

static void
put_box (GString *script, const ChartCanvas *canvas, const ChartBox *box)
{
  g_string_append (script, "set object rectangle from ");
  put_point (script, canvas, box->x0, box->y1);
  g_string_append (script, " to ");
  put_point (script, canvas, box->x1, box->y0);
  g_string_append_printf (script, " back fc rgb '#%06x' fs ", box->ink.fill);
  if (box->ink.pattern > 0)
    g_string_append_printf (script, "pattern %d", box->ink.pattern);
  else
    g_string_append (script, "solid 1.0");
  g_string_append (script, box->outlined ? " border lc rgb '#262626' lw 0.8\n" : " noborder\n");
}

static void
put_terminal (GString *script, const ChartCanvas *canvas, const HansaChartStyle *style,
              const char *output)
{
  const char *font = "font '" CHART_FONT ",13' background rgb '#ffffff'";
  int width = (int)canvas->width;
  int tall = (int)canvas->height;

  g_string_append (script, "reset session\nset encoding utf8\nset decimalsign '.'\n");
  switch (style->format)
    {
    case HANSA_PNG: /* twice the pixels: sharp in print and on dense screens */
      g_string_append_printf (script,
                              "set terminal pngcairo noenhanced size %d,%d fontscale 1.5 "
                              "linewidth 2 pointscale 3 %s\n",
                              2 * width, 2 * tall, font);
      break;
    case HANSA_PDF: /* one pixel is one point */
      g_string_append (script, "set terminal pdfcairo noenhanced size ");
      put_decimal (script, width / 72.0, "%.4fin,");
      put_decimal (script, tall / 72.0, "%.4fin");
      g_string_append_printf (script, " fontscale 0.75 linewidth 1.4 pointscale 1.6 %s\n", font);
      break;
    case HANSA_SVG:
    default:
      g_string_append_printf (script, "set terminal svg noenhanced size %d,%d fixed %s\n", width,
                              tall, font);
      break;
    }
  g_string_append (script, "set output ");
  hansa_encode_append (script, output, FALSE);
  g_string_append_c (script, '\n');
}

static void
put_range (GString *script, const char *axis, double low, double high, gboolean is_log)
{
  if (is_log)
    g_string_append_printf (script, "set logscale %s\n", axis);
  g_string_append_printf (script, "set %srange [", axis);
  hansa_encode_number (script, low);
  g_string_append (script, ":");
  hansa_encode_number (script, high);
  g_string_append (script, "]\n");
}

static void
put_plot_area (GString *script, const ChartCanvas *canvas)
{
  g_string_append (script, "unset key\nunset border\nunset xtics\nunset ytics\nunset colorbox\n"
                           "set style fill solid 1.0 noborder\nset clip two\n");
  g_string_append (script, "set lmargin at screen ");
  put_decimal (script, canvas->left / canvas->width, "%.5f");
  g_string_append (script, "\nset rmargin at screen ");
  put_decimal (script, canvas->right / canvas->width, "%.5f");
  g_string_append (script, "\nset tmargin at screen ");
  put_decimal (script, 1.0 - canvas->top / canvas->height, "%.5f");
  g_string_append (script, "\nset bmargin at screen ");
  put_decimal (script, 1.0 - canvas->bottom / canvas->height, "%.5f");
  g_string_append_c (script, '\n');
  put_range (script, "x", canvas->x_low, canvas->x_high, canvas->log_x);
  put_range (script, "y", canvas->y_low, canvas->y_high, canvas->log_y);
}

static double
put_notes (ChartCanvas *canvas, double y)
{
  const char *caption = canvas_text (canvas, canvas->chart->note);

  canvas_note (canvas, g_strdup (caption));
  y += canvas->notes->len > 0 ? 14.0 : 0.0;
  for (guint i = 0; i < canvas->notes->len; i++)
    {
      g_auto (GStrv) lines = chart_text_wrap (canvas->notes->pdata[i], SIZE_NOTE,
                                              canvas->width - 2.0 * CHART_PAD, 3);
      for (char **line = lines; *line != NULL; line++, y += 16.0)
        canvas_label (canvas, CHART_PAD, y, ALIGN_LEFT, SIZE_NOTE, INK_SOFT, FALSE, *line);
    }
  return y;
}

char *
canvas_finish (ChartCanvas *canvas, double y, const HansaChartStyle *style, const char *output)
{
  GString *script = g_string_new (
      "# A chart of Hansa; draw it again with: gnuplot, and the name of this file\n");

  canvas->height = ceil (put_notes (canvas, y) + 8.0);
  put_terminal (script, canvas, style, output);
  put_plot_area (script, canvas);
  for (guint i = 0; i < canvas->boxes->len; i++)
    put_box (script, canvas, &g_array_index (canvas->boxes, ChartBox, i));
  for (guint i = 0; i < canvas->lines->len; i++)
    put_line (script, canvas, &g_array_index (canvas->lines, ChartLine, i));
  for (guint i = 0; i < canvas->labels->len; i++)
    put_label (script, canvas, &g_array_index (canvas->labels, ChartLabel, i));
  g_string_append (script, canvas->blocks->str);
  g_string_append (script, canvas->plots->str);
  g_string_append_c (script, '\n');
  return g_string_free (script, FALSE);
}
