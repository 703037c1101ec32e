/* SPDX-License-Identifier: MIT
 *
 * One warm gnuplot. A script is sent in two stages, each in a memory file that
 * gnuplot loads (it stops at an error in a file, but not on stdin, which it
 * also reads byte by byte, four system calls each: as little as can be goes
 * there) and each closed by a line that prints the error state after a secret
 * word: nothing in a script can answer for it.
 */
#define _GNU_SOURCE
#include "base/error.h"
#include "base/language.h"
#include "chart/gnuplot-private.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PICTURE "/proc/self/fd/3"
#define COMMANDS "/proc/self/fd/4"
#define MOST_OUTPUT 65536 /* bytes of errors kept */

/* What a stage is about, for messages. */
typedef enum
{
  STAGE_SETUP, /* one that ended while it waited does not answer */
  STAGE_PLOT,
  N_STAGES
} Stage;

static const char *const stage_names[] = { N_ ("setting up"), N_ ("plotting") };

pid_t
gnuplot_pid (const ChartGnuplot *gnuplot)
{
  return gnuplot->pid;
}

/* Reads what is there. FALSE at the end of the file. */
static gboolean
drain (int fd, GString *into, gsize most)
{
  char bytes[4096];

  for (;;)
    {
      gssize n = read (fd, bytes, sizeof bytes);
      if (n > 0)
        {
          if (into->len < most)
            g_string_append_len (into, bytes, (gssize)MIN ((gsize)n, most - into->len));
        }
      else if (n == 0)
        return FALSE;
      else if (errno != EINTR)
        return errno == EAGAIN || errno == EWOULDBLOCK;
    }
}

/* (transfer full) what gnuplot wrote to stderr, in one line, without its echo
 * of the command. */
static char *
complaint (ChartGnuplot *gnuplot)
{
  drain (gnuplot->err, gnuplot->errors, MOST_OUTPUT);
  g_autofree char *valid = g_utf8_make_valid (gnuplot->errors->str, (gssize)gnuplot->errors->len);
  g_auto (GStrv) lines = g_strsplit (valid, "\n", -1);
  GString *words = g_string_new (NULL);

  for (char **line = lines; *line != NULL && words->len < 600; line++)
    {
      char *at = g_strstrip (*line);
      if (*at == '\0' || g_str_equal (at, "^") || g_str_has_prefix (at, "gnuplot>")
          || strstr (at, "iconv failed to convert") != NULL) /* at each reset, for nothing */
        continue;
      g_string_append_printf (words, "%s%s", words->len > 0 ? "; " : "", at);
    }
  if (words->len > 600)
    {
      g_string_truncate (words, 600);
      g_autofree char *whole = g_utf8_make_valid (words->str, -1);
      g_string_assign (words, whole);
    }
  return g_string_free (words, FALSE);
}

static void G_GNUC_PRINTF (4, 5)
    fail (GError **error, ChartGnuplot *gnuplot, Stage stage, const char *format, ...)
{
  g_autofree char *said = complaint (gnuplot);
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (*said == '\0')
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_CHART, _ ("gnuplot (%s): %s"),
                 _ (stage_names[stage]), what);
  else
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_CHART, _ ("gnuplot (%s): %s: %s"),
                 _ (stage_names[stage]), what, said);
}

/* Sends and receives until a line has come, all descriptors polled together:
 * neither side ever waits for the other with a full pipe. */
static GnuplotAnswer
exchange (ChartGnuplot *gnuplot, const char *text, Stage stage, gint64 deadline, int cancel_fd,
          GString *answer, GError **error)
{
  gsize length = strlen (text), sent = 0;

  while (sent < length || strchr (answer->str, '\n') == NULL)
    {
      struct pollfd fds[] = { { gnuplot->out, POLLIN, 0 },
                              { gnuplot->err, POLLIN, 0 },
                              { sent < length ? gnuplot->in : -1, POLLOUT, 0 },
                              { cancel_fd, POLLIN, 0 } };
      gint64 left = (deadline - g_get_monotonic_time () + 999) / 1000;
      if (left <= 0)
        {
          fail (error, gnuplot, stage, _ ("no answer in time"));
          return GNUPLOT_FAILED;
        }
      if (poll (fds, G_N_ELEMENTS (fds), (int)left) <= 0)
        continue;
      if (fds[3].revents != 0)
        {
          g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_CANCELLED, _ ("cancelled"));
          return GNUPLOT_CANCELLED;
        }
      if (fds[1].revents != 0)
        drain (gnuplot->err, gnuplot->errors, MOST_OUTPUT);
      if (fds[2].revents != 0)
        {
          gssize n = send (gnuplot->in, text + sent, length - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
          if (n > 0)
            sent += (gsize)n;
          else if (errno != EAGAIN && errno != EINTR)
            return GNUPLOT_GONE;
        }
      if (fds[0].revents != 0 && !drain (gnuplot->out, answer, MOST_OUTPUT)
          && strchr (answer->str, '\n') == NULL)
        return GNUPLOT_GONE;
    }
  return GNUPLOT_DREW;
}

/* The sentinel and nothing else: "WORD ERRNO MESSAGE\n". */
static GnuplotAnswer
judge (ChartGnuplot *gnuplot, const char *word, const GString *answer, Stage stage, GError **error)
{
  gsize length = strlen (word);

  if (strncmp (answer->str, word, length) != 0 || answer->str[length] != ' ')
    {
      fail (error, gnuplot, stage, _ ("it wrote what was not asked for"));
      return GNUPLOT_FAILED;
    }
  if (!g_str_has_prefix (answer->str + length, " 0 "))
    {
      fail (error, gnuplot, stage, _ ("an error"));
      return GNUPLOT_FAILED;
    }
  if (strchr (answer->str, '\n')[1] != '\0')
    {
      fail (error, gnuplot, stage, _ ("it wrote what was not asked for"));
      return GNUPLOT_FAILED;
    }
  return GNUPLOT_DREW;
}

static gboolean
put_commands (const ChartGnuplot *gnuplot, const char *commands)
{
  gsize length = strlen (commands), done = 0;

  if (ftruncate (gnuplot->script, 0) != 0)
    return FALSE;
  while (done < length)
    {
      gssize n = pwrite (gnuplot->script, commands + done, length - done, (off_t)done);
      if (n <= 0 && errno != EINTR)
        return FALSE;
      done += n > 0 ? (gsize)n : 0;
    }
  return TRUE;
}

static GnuplotAnswer
run_stage (ChartGnuplot *gnuplot, const char *commands, Stage stage, gint64 deadline, int cancel_fd,
           GError **error)
{
  g_autofree char *word
      = g_strdup_printf ("%s-%" G_GUINT64_FORMAT, gnuplot->secret, ++gnuplot->serial);
  g_autofree char *text
      = g_strdup_printf ("load '" COMMANDS "'\nset print '-'\nprint '%s', GPVAL_ERRNO, "
                         "GPVAL_ERRMSG\n",
                         word);
  g_autoptr (GString) answer = g_string_new (NULL);

  if (!put_commands (gnuplot, commands))
    {
      fail (error, gnuplot, stage, "%s", g_strerror (errno));
      return GNUPLOT_FAILED;
    }
  GnuplotAnswer end = exchange (gnuplot, text, stage, deadline, cancel_fd, answer, error);

  if (end == GNUPLOT_GONE)
    {
      fail (error, gnuplot, stage, _ ("it ended unexpectedly"));
      return stage == STAGE_SETUP ? GNUPLOT_GONE : GNUPLOT_FAILED;
    }
  return end == GNUPLOT_DREW ? judge (gnuplot, word, answer, stage, error) : end;
}

/* The two parts of a script, the output redirected to the memory file. No text
 * of a chart begins a line, so the mark is ours. */
static gboolean
split (const char *script, char *parts[N_STAGES])
{
  const char *output = strstr (script, "\nset output '");
  const char *rest = output != NULL ? strchr (output + 1, '\n') : NULL;

  if (rest == NULL)
    return FALSE;
  g_autofree char *head = g_strndup (script, (gsize)(output - script));
  parts[STAGE_SETUP] = g_strconcat (head, "\nset output '" PICTURE "'\n", NULL);
  parts[STAGE_PLOT] = g_strconcat (rest + 1, "\nunset output\n", NULL);
  return TRUE;
}

static GBytes *
read_picture (const ChartGnuplot *gnuplot, GError **error)
{
  off_t length = lseek (gnuplot->image, 0, SEEK_END);
  gsize have = 0;

  if (length <= 0)
    {
      g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_CHART, _ ("gnuplot drew nothing"));
      return NULL;
    }
  char *bytes = g_malloc ((gsize)length);
  while (have < (gsize)length)
    {
      gssize n = pread (gnuplot->image, bytes + have, (gsize)length - have, (off_t)have);
      if (n <= 0 && errno != EINTR)
        break;
      have += n > 0 ? (gsize)n : 0;
    }
  return g_bytes_new_take (bytes, have);
}

GnuplotAnswer
gnuplot_draw (ChartGnuplot *gnuplot, const char *script, double seconds, int cancel_fd,
              GBytes **picture, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + (gint64)(seconds * 1e6);
  char *parts[N_STAGES] = { NULL, NULL };
  GnuplotAnswer answer = GNUPLOT_DREW;

  if (!split (script, parts) || ftruncate (gnuplot->image, 0) != 0)
    {
      g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_INTERNAL,
                           _ ("a chart script without output"));
      return GNUPLOT_FAILED;
    }
  for (Stage stage = STAGE_SETUP; stage < N_STAGES; stage++)
    {
      if (answer == GNUPLOT_DREW)
        answer = run_stage (gnuplot, parts[stage], stage, deadline, cancel_fd, error);
      g_free (parts[stage]);
    }
  if (answer != GNUPLOT_DREW)
    return answer;
  if (gnuplot->errors->len > 0)
    {
      g_autofree char *said = complaint (gnuplot);
      g_info ("gnuplot warns: %s", said);
      g_string_truncate (gnuplot->errors, 0);
    }
  *picture = read_picture (gnuplot, error);
  return *picture != NULL ? GNUPLOT_DREW : GNUPLOT_FAILED;
}

char *
gnuplot_ask_version (ChartGnuplot *gnuplot, double seconds, int cancel_fd)
{
  gint64 deadline = g_get_monotonic_time () + (gint64)(seconds * 1e6);
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  if (exchange (gnuplot,
                "set print '-'\nprint 'gnuplot ', GPVAL_VERSION, ' patchlevel ', "
                "GPVAL_PATCHLEVEL\n",
                STAGE_SETUP, deadline, cancel_fd, answer, &error)
          != GNUPLOT_DREW
      || !g_str_has_prefix (answer->str, "gnuplot ") || !g_utf8_validate (answer->str, -1, NULL))
    return NULL;
  return g_strdup (g_strstrip (answer->str));
}
