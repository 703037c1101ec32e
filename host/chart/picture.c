/* SPDX-License-Identifier: MIT
 *
 * Pictures: checked, polished, written.
 */
#include "chart/picture.h"

#include "base/error.h"
#include "chart/encode.h"
#include "chart/theme.h"
#include "report/files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

const char *
picture_suffix (HansaChartFormat format)
{
  return format == HANSA_PNG ? "png" : format == HANSA_PDF ? "pdf" : "svg";
}

typedef struct
{
  guint depth, roots;
  gboolean is_svg;
} SvgState;

static void
start_element (GMarkupParseContext *context, const char *name, const char **keys,
               const char **values, gpointer data, GError **error)
{
  SvgState *state = data;

  (void)context, (void)keys, (void)values, (void)error;
  if (state->depth++ == 0)
    {
      state->roots++;
      state->is_svg = g_str_equal (name, "svg");
    }
}

static void
end_element (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  (void)context, (void)name, (void)error;
  ((SvgState *)data)->depth--;
}

static gboolean
check_svg (const char *bytes, gsize length, GError **error)
{
  static const GMarkupParser parser = { start_element, end_element, NULL, NULL, NULL };
  SvgState state = { 0, 0, FALSE };
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, &state, NULL);
  g_autoptr (GError) problem = NULL;

  if (g_markup_parse_context_parse (context, bytes, (gssize)length, &problem)
      && g_markup_parse_context_end_parse (context, &problem) && state.is_svg && state.roots == 1)
    return TRUE;
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_CHART, _ ("gnuplot drew a malformed SVG: %s"),
               problem != NULL ? problem->message : _ ("no svg element"));
  return FALSE;
}

gboolean
picture_check (const char *bytes, gsize length, HansaChartFormat format, GError **error)
{
  static const char png_end[] = "IEND\xae\x42\x60\x82";
  gboolean whole;

  if (format == HANSA_SVG)
    return check_svg (bytes, length, error);
  if (format == HANSA_PNG)
    whole = length > 45 && memcmp (bytes, "\x89PNG\r\n\x1a\n", 8) == 0
            && memcmp (bytes + length - 8, png_end, 8) == 0;
  else
    whole = length > 32 && memcmp (bytes, "%PDF-", 5) == 0
            && g_strstr_len (bytes + length - 32, 32, "%%EOF") != NULL;
  if (!whole)
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_CHART, _ ("gnuplot drew an incomplete %s"),
                 format == HANSA_PNG ? "PNG" : "PDF");
  return whole;
}

/* What gnuplot writes and what becomes of it. All of it is outside of texts:
 * inside, '<' and '"' are escaped or follow no attribute name. */
typedef struct
{
  const char *from, *until; /* replaced: from `from` to the end of `until` */
  const char *by;
} Cut;

static const Cut cuts[] = {
  { "<title>Gnuplot</title>", "", "" },
  { "<title>gnuplot_plot_", "</title>", "" },
  { " id=\"gnuplot_", "\"", "" },
  { " font-family=\"" CHART_FONT "\" ", "", " " },
  { " " INK_BOLD_FILL, "", " " INK_BOLD_FILL " font-weight=\"bold\"" },
  /* An empty group, by which the first chart of a gnuplot differs from the
   * next ones: the same chart shall be the same bytes. */
  { "<g fill=\"none\" color=\"#FFFFFF\" stroke=\"black\" ", "",
    "<g fill=\"none\" color=\"#FFFFFF\" stroke=\"currentColor\" " },
};

static const char *
cut_end (const char *at, const char *end, const char **by)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      gsize length = strlen (cuts[i].from);
      if ((gsize)(end - at) < length || memcmp (at, cuts[i].from, length) != 0)
        continue;
      const char *until = g_strstr_len (at + length, end - at - (gssize)length, cuts[i].until);
      *by = cuts[i].by;
      return until != NULL ? until + strlen (cuts[i].until) : NULL;
    }
  return NULL;
}

/* A text of a chart may hold the very words of a cut; it is left alone. */
static gboolean
is_text_start (const char *at, const char *end)
{
  return end - at > 6 && memcmp (at, "<text>", 6) == 0;
}

GString *
picture_polish (const char *svg, gsize length, const char *title)
{
  GString *polished = g_string_sized_new (length + 512);
  const char *end = svg + length;
  const char *root = g_strstr_len (svg, (gssize)length, "<svg ");
  const char *after = root != NULL ? memchr (root, '>', (gsize)(end - root)) : NULL;
  const char *copied = svg;

  if (after == NULL)
    return g_string_append_len (polished, svg, (gssize)length);
  g_autofree char *clean = hansa_encode_clean (title, 300);
  g_autofree char *escaped = g_markup_escape_text (clean, -1);
  g_string_append_len (polished, svg, root + 5 - svg);
  g_string_append (polished, "role=\"img\" font-family=\"" CHART_FONT_STACK "\"");
  g_string_append_len (polished, root + 5, after + 1 - root - 5);
  g_string_append_printf (polished, "\n<title>%s</title>", escaped);
  copied = after + 1;

  for (const char *at = copied; at < end;)
    {
      const char *by = "";
      while (at < end && *at != '<' && *at != ' ')
        at++;
      if (at == end)
        break;
      if (is_text_start (at, end))
        {
          const char *closing = g_strstr_len (at, end - at, "</text>");
          at = closing != NULL ? closing : end;
          continue;
        }
      const char *skip = cut_end (at, end, &by);
      if (skip == NULL)
        {
          at++;
          continue;
        }
      g_string_append_len (polished, copied, at - copied);
      g_string_append (polished, by);
      copied = at = skip;
    }
  g_string_append_len (polished, copied, end - copied);
  return polished;
}

gboolean
picture_write (const char *path, const char *bytes, gsize length, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *draft = g_strdup_printf ("%s/.%s.XXXXXX", folder, base);
  int fd = g_mkstemp_full (draft, O_WRONLY | O_CLOEXEC, 0666);

  if (fd < 0)
    return hansa_files_fail (_ ("cannot write %s"), path, errno, error);
  while (length > 0)
    {
      gssize n = write (fd, bytes, length);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          hansa_files_fail (_ ("cannot write %s"), path, errno, error);
          close (fd);
          g_unlink (draft);
          return FALSE;
        }
      bytes += n;
      length -= (gsize)n;
    }
  if (close (fd) == 0 && g_rename (draft, path) == 0)
    return TRUE;
  hansa_files_fail (_ ("cannot write %s"), path, errno, error);
  g_unlink (draft);
  return FALSE;
}
