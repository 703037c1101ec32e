/* SPDX-License-Identifier: MIT
 *
 * Each run is a `hansa run` of its own: what it keeps in the store makes the
 * next one short, and no run can hurt the watching.
 */
#include "watch/watch.h"

#include "base/error.h"
#include "base/paths.h"
#include "postgres/address.h"
#include "replay/record.h"
#include "replay/replay.h"
#include "report/files.h"
#include "run/study.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <stdio.h>
#include <string.h>

/* Editors write in several steps; after as long a silence the file is whole. */
#define SILENCE_MS 60
#define MOST_SHOWN 5

typedef struct
{
  const HansaWatchChoice *choice;
  GMainLoop *loop;
  HansaWatchedFiles *files;
  char *page_folder, *before_folder;
  GSubprocess *child;
  guint timer; /* 0: none */
  guint stamp; /* of the newest report; 0: none yet */
  gboolean dirty, ended;
  gint64 began;
} Watch;

static void begin_run (Watch *watch);

/* ---- what to watch ------------------------------------------------------------------- */

static void
add_folder (Watch *watch, const char *folder)
{
  g_autoptr (GError) error = NULL;

  if (!hansa_watched_files_add (watch->files, folder, &error))
    g_printerr (_ ("hansa: %s is not watched: %s\n"), folder, error->message);
}

static void
add_folder_of (Watch *watch, const char *file)
{
  g_autofree char *folder = g_path_get_dirname (file);
  add_folder (watch, folder);
}

static void
add_dataset (Watch *watch, const char *dataset)
{
  if (hansa_is_server_address (dataset))
    g_printerr ("%s\n", _ ("hansa: a server's tables are not watched; files are"));
  else if (g_file_test (dataset, G_FILE_TEST_IS_DIR))
    add_folder (watch, dataset);
  else
    add_folder_of (watch, dataset);
}

static void
add_given (Watch *watch)
{
  const HansaWatchChoice *choice = watch->choice;

  for (guint i = 0; choice->plugin_folders != NULL && choice->plugin_folders[i] != NULL; i++)
    add_folder (watch, choice->plugin_folders[i]);
  if (!hansa_study_looks_like (choice->data))
    {
      g_autofree char *dataset = hansa_path_dataset (choice->data);
      add_dataset (watch, dataset);
      return;
    }
  add_folder_of (watch, choice->data);
  g_autoptr (HansaStudy) study = hansa_study_read (choice->data, NULL);
  if (study != NULL)
    add_dataset (watch, study->dataset);
}

/* What the report says that it rests on. */
static void
add_recorded (Watch *watch)
{
  g_autoptr (HansaRecord) record = hansa_record_read (watch->choice->out, NULL);

  if (record == NULL)
    return;
  const char *dataset = hansa_record_text (record->dataset, "path");
  for (guint i = 0; i < json_array_get_length (record->files); i++)
    {
      JsonObject *file = json_array_get_object_element (record->files, i);
      const char *path = hansa_record_text (file, "path");
      g_autofree char *whole = path != NULL ? g_build_filename (dataset, path, NULL) : NULL;
      if (whole != NULL && g_file_test (whole, G_FILE_TEST_EXISTS))
        add_folder_of (watch, whole);
    }
  for (guint i = 0; i < json_array_get_length (record->analyses); i++)
    {
      JsonObject *analysis = json_array_get_object_element (record->analyses, i);
      const char *path = hansa_record_text (analysis, "path");
      if (path != NULL)
        add_folder_of (watch, path);
    }
}

/* ---- what to say --------------------------------------------------------------------- */

static void
print_time (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%H:%M:%S");
  printf ("%s ", time);
}

static void
print_numbers (const HansaReplayed *replayed, HansaLanguage language)
{
  for (guint i = 0; i < MIN (replayed->metrics->len, MOST_SHOWN); i++)
    {
      const HansaMetricChange *metric = replayed->metrics->pdata[i];
      const char *after = hansa_text_in (metric->after, language);
      printf ("  %s · %s: %s → %s\n", hansa_text_in (replayed->title, language),
              hansa_text_in (metric->title, language), hansa_text_in (metric->before, language),
              *after != '\0' ? after : _ ("gone"));
    }
  if (replayed->metrics->len > MOST_SHOWN)
    printf (
        ngettext ("  … and %u more\n", "  … and %u more\n", replayed->metrics->len - MOST_SHOWN),
        replayed->metrics->len - MOST_SHOWN);
}

/* The numbers that the change changed: what its author wants to see. */
static void
print_difference (Watch *watch, double seconds)
{
  g_autoptr (HansaReplay) changes
      = hansa_compare_reports (watch->before_folder, watch->choice->out, NULL);

  print_time ();
  printf (_ ("report new in %.2f s\n"), seconds);
  for (guint i = 0; changes != NULL && i < changes->analyses->len; i++)
    print_numbers (changes->analyses->pdata[i], watch->choice->language);
  fflush (stdout);
}

static void
print_start (const Watch *watch)
{
  g_autofree char *page = g_build_filename (watch->page_folder, "index.html", NULL);
  g_autofree char *uri = g_filename_to_uri (page, NULL, NULL);

  printf (_ ("Open %s: the page follows the data. Ctrl-C ends.\n"), uri);
  fflush (stdout);
}

/* ---- after a run --------------------------------------------------------------------- */

static gboolean
copy_file (const char *from, const char *to, const char *name)
{
  g_autofree char *source = g_build_filename (from, name, NULL);
  g_autofree char *target = g_build_filename (to, name, NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  return g_file_get_contents (source, &bytes, &length, NULL)
         && g_file_set_contents (target, bytes, (gssize)length, NULL);
}

/* To compare the next one with. */
static void
keep_report (Watch *watch)
{
  copy_file (watch->choice->out, watch->before_folder, "run.json");
  copy_file (watch->choice->out, watch->before_folder, "report.json");
}

static gboolean
is_new (Watch *watch)
{
  static const char *const names[] = { "run.json", "report.json" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *now = g_build_filename (watch->choice->out, names[i], NULL);
      g_autofree char *then = g_build_filename (watch->before_folder, names[i], NULL);
      g_autofree char *some = NULL, *other = NULL;
      if (!g_file_get_contents (now, &some, NULL, NULL)
          || !g_file_get_contents (then, &other, NULL, NULL) || !g_str_equal (some, other))
        return TRUE;
    }
  return FALSE;
}

static void
show_report (Watch *watch, const char *said)
{
  g_autoptr (GError) error = NULL;
  gboolean first = watch->stamp == 0;
  double seconds = (double)(g_get_monotonic_time () - watch->began) / 1e6;

  if (first || is_new (watch))
    {
      watch->stamp++;
      if (!hansa_watch_page_write (watch->page_folder, watch->choice->out, watch->stamp, &error))
        g_printerr ("hansa: %s\n", error->message);
      if (!first)
        print_difference (watch, seconds);
      keep_report (watch);
      add_recorded (watch);
    }
  g_clear_error (&error);
  if (!hansa_watch_page_tell (watch->page_folder, watch->stamp, *said != '\0' ? said : NULL,
                              &error))
    g_printerr ("hansa: %s\n", error->message);
  if (first)
    print_start (watch);
}

/* Nothing was written: the report of before stays, and says so. */
static void
tell_problem (Watch *watch, const char *said)
{
  hansa_watch_page_tell (watch->page_folder, watch->stamp, said, NULL);
  print_time ();
  printf ("%s\n", watch->stamp > 0 ? _ ("the report of before stays:") : _ ("no report yet:"));
  fflush (stdout);
  g_printerr ("%s", said);
}

static gboolean
has_report (int exit_code)
{
  return exit_code == HANSA_EXIT_OK || exit_code == HANSA_EXIT_PLUGIN
         || exit_code == HANSA_EXIT_CHART || exit_code == HANSA_EXIT_SETUP;
}

static void
on_end (GObject *source, GAsyncResult *result, gpointer data)
{
  Watch *watch = data;
  GSubprocess *child = G_SUBPROCESS (source);
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;

  gboolean told = g_subprocess_communicate_utf8_finish (child, result, NULL, &said, &error);
  int exit_code = told && g_subprocess_get_if_exited (child) ? g_subprocess_get_exit_status (child)
                                                             : HANSA_EXIT_INTERNAL;
  g_clear_object (&watch->child);
  if (watch->ended)
    {
      g_main_loop_quit (watch->loop);
      return;
    }
  g_autofree char *page = g_build_filename (watch->choice->out, "run.json", NULL);
  if (has_report (exit_code) && g_file_test (page, G_FILE_TEST_EXISTS))
    {
      if (said != NULL && *said != '\0')
        g_printerr ("%s", said);
      show_report (watch, exit_code == HANSA_EXIT_OK || said == NULL ? "" : said);
    }
  else
    tell_problem (watch, said != NULL ? said : error->message);
  if (watch->dirty)
    begin_run (watch);
}

/* ---- a run --------------------------------------------------------------------------- */

static void
begin_run (Watch *watch)
{
  g_autoptr (GError) error = NULL;

  watch->dirty = FALSE;
  watch->began = g_get_monotonic_time ();
  watch->child
      = g_subprocess_newv (watch->choice->arguments, G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  if (watch->child == NULL)
    {
      g_printerr ("hansa: %s\n", error->message);
      g_main_loop_quit (watch->loop);
      return;
    }
  g_subprocess_communicate_utf8_async (watch->child, NULL, NULL, on_end, watch);
}

static gboolean
on_silence (gpointer data)
{
  Watch *watch = data;

  watch->timer = 0;
  if (watch->child != NULL)
    watch->dirty = TRUE;
  else
    begin_run (watch);
  return G_SOURCE_REMOVE;
}

static gboolean
on_change (gpointer data)
{
  Watch *watch = data;

  if (watch->timer != 0)
    g_source_remove (watch->timer);
  watch->timer = g_timeout_add (SILENCE_MS, on_silence, watch);
  return G_SOURCE_CONTINUE;
}

/* The run that is on ends as Ctrl-C ends any run; then we do. */
static gboolean
on_interrupt (gpointer data)
{
  Watch *watch = data;

  watch->ended = TRUE;
  if (watch->child == NULL)
    g_main_loop_quit (watch->loop);
  else
    g_subprocess_send_signal (watch->child, SIGINT);
  return G_SOURCE_CONTINUE;
}

/* ---- from start to end --------------------------------------------------------------- */

static gboolean
make_folders (Watch *watch, GError **error)
{
  watch->page_folder = g_strconcat (watch->choice->out, ".watch", NULL);
  watch->before_folder = g_build_filename (watch->page_folder, "before", NULL);
  hansa_files_remove (watch->page_folder);
  if (g_mkdir_with_parents (watch->before_folder, 0777) == 0)
    return TRUE;
  return hansa_files_fail (_ ("cannot make the folder %s"), watch->before_folder, errno, error);
}

int
hansa_watch (const HansaWatchChoice *choice)
{
  Watch watch = { .choice = choice };
  g_autoptr (GError) error = NULL;
  guint signals[2];

  if (!make_folders (&watch, &error))
    {
      g_printerr ("hansa: %s\n", error->message);
      g_free (watch.page_folder);
      g_free (watch.before_folder);
      return error->code;
    }
  watch.loop = g_main_loop_new (NULL, FALSE);
  watch.files = hansa_watched_files_new (choice->out, on_change, &watch);
  signals[0] = g_unix_signal_add (SIGINT, on_interrupt, &watch);
  signals[1] = g_unix_signal_add (SIGTERM, on_interrupt, &watch);
  add_given (&watch);
  begin_run (&watch);
  g_main_loop_run (watch.loop);

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_source_remove (signals[i]);
  if (watch.timer != 0)
    g_source_remove (watch.timer);
  hansa_watched_files_free (watch.files);
  g_main_loop_unref (watch.loop);
  hansa_files_remove (watch.page_folder);
  g_free (watch.page_folder);
  g_free (watch.before_folder);
  return watch.ended ? HANSA_EXIT_OK : HANSA_EXIT_INTERNAL;
}
