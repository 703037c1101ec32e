/* SPDX-License-Identifier: MIT
 *
 * The report folder: grown beside its target under the name
 * .TARGET.hansa-PID-XXXXXX, then put in place by one rename. The process that
 * grows a folder holds a lock on it, so that another can tell what a killed
 * run left behind.
 */
#include "base/error.h"
#include "report/files.h"
#include "report/report-private.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define OLD_SUFFIX ".old"

/* The place that a target names: absolute, links resolved. (transfer full) */
static char *
resolve_target (const char *target)
{
  char *real = realpath (target, NULL);
  if (real != NULL)
    {
      char *copy = g_strdup (real);
      free (real);
      return copy;
    }
  g_autofree char *absolute = g_canonicalize_filename (target, NULL);
  g_autofree char *parent = g_path_get_dirname (absolute);
  g_autofree char *name = g_path_get_basename (absolute);
  real = realpath (parent, NULL);
  char *resolved = g_build_filename (real != NULL ? real : parent, name, NULL);
  free (real);
  return resolved;
}

/* ---- locks ------------------------------------------------------------------- */

static GMutex locks_mutex;
static GHashTable *locks; /* folder: descriptor that holds its lock */

static void
lock_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  flock (fd, LOCK_EX | LOCK_NB); /* where there are no locks, the PID must do */
  g_mutex_lock (&locks_mutex);
  if (locks == NULL)
    locks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_insert (locks, g_strdup (folder), GINT_TO_POINTER (fd));
  g_mutex_unlock (&locks_mutex);
}

static void
unlock_folder (const char *folder)
{
  gpointer fd;

  g_mutex_lock (&locks_mutex);
  if (locks != NULL && g_hash_table_lookup_extended (locks, folder, NULL, &fd))
    {
      close (GPOINTER_TO_INT (fd));
      g_hash_table_remove (locks, folder);
      if (g_hash_table_size (locks) == 0)
        g_clear_pointer (&locks, g_hash_table_unref);
    }
  g_mutex_unlock (&locks_mutex);
}

/* ---- what killed runs left ----------------------------------------------------- */

/* The PID in a name "PREFIX123-abcdef", or 0. */
static pid_t
owner_of (const char *name, const char *prefix)
{
  char *end;

  if (!g_str_has_prefix (name, prefix))
    return 0;
  guint64 pid = g_ascii_strtoull (name + strlen (prefix), &end, 10);
  return *end == '-' && pid > 0 && pid <= G_MAXINT ? (pid_t)pid : 0;
}

static gboolean
is_abandoned (const char *path, pid_t owner)
{
  if (kill (owner, 0) == 0 || errno != ESRCH)
    return FALSE;
  /* The PID may belong to another machine or container: ask the lock too. */
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0)
    return FALSE;
  gboolean held = flock (fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  close (fd);
  return !held;
}

static void
clean_abandoned (const char *parent, const char *prefix, const char *target)
{
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      pid_t owner = owner_of (name, prefix);
      g_autofree char *path = g_build_filename (parent, name, NULL);
      if (owner == 0 || !is_abandoned (path, owner))
        continue;
      /* Killed between two plain renames: the old report goes back. */
      if (g_str_has_suffix (name, OLD_SUFFIX)
          && renameat2 (AT_FDCWD, path, AT_FDCWD, target, RENAME_NOREPLACE) == 0)
        continue;
      hansa_files_remove (path);
    }
}

/* ---- begin ----------------------------------------------------------------------- */

/* mkdtemp() would make it private; a report has the rights that the umask says. */
static char *
make_beside (const char *parent, const char *prefix, GError **error)
{
  for (guint tries = 0; tries < 100; tries++)
    {
      g_autofree char *name
          = g_strdup_printf ("%s%d-%06x", prefix, (int)getpid (), g_random_int () & 0xffffffu);
      g_autofree char *path = g_build_filename (parent, name, NULL);
      if (mkdir (path, 0777) == 0)
        return g_steal_pointer (&path);
      if (errno != EEXIST)
        {
          hansa_files_fail (_ ("cannot make a folder in %s"), parent, errno, error);
          return NULL;
        }
    }
  hansa_files_fail (_ ("cannot make a folder in %s"), parent, EEXIST, error);
  return NULL;
}

static gboolean
make_inner (const char *folder, GError **error)
{
  static const char *const names[] = { "charts", "tables" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      if (mkdir (path, 0777) != 0)
        return hansa_files_fail (_ ("cannot make the folder %s"), path, errno, error);
    }
  return TRUE;
}

char *
hansa_report_begin (const char *target, GError **error)
{
  g_autofree char *place = resolve_target (target);
  g_autofree char *parent = g_path_get_dirname (place);
  g_autofree char *name = g_path_get_basename (place);
  g_autofree char *prefix = g_strdup_printf (".%s.hansa-", name);

  if (g_str_equal (parent, place))
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_OUTPUT,
                   _ ("a report cannot replace %s. Choose another folder with --out."), place);
      return NULL;
    }
  if (g_mkdir_with_parents (parent, 0777) != 0)
    {
      hansa_files_fail (_ ("cannot make the folder %s"), parent, errno, error);
      return NULL;
    }
  clean_abandoned (parent, prefix, place);
  if (!hansa_files_may_replace (place, error))
    return NULL;

  char *folder = make_beside (parent, prefix, error);
  if (folder == NULL)
    return NULL;
  lock_folder (folder);
  if (make_inner (folder, error))
    return folder;
  hansa_report_abandon (folder);
  g_free (folder);
  return NULL;
}

void
hansa_report_abandon (const char *folder)
{
  hansa_files_remove (folder);
  unlock_folder (folder);
}

/* ---- finish ---------------------------------------------------------------------- */

static gboolean
write_tables (const HansaRun *run, const char *folder, const char *earlier, GError **error)
{
  for (guint i = 0; i < run->analyses->len; i++)
    {
      const HansaAnalysis *analysis = g_ptr_array_index (run->analyses, i);
      for (guint t = 0; hansa_analysis_ok (analysis) && t < analysis->result->tables->len; t++)
        {
          const HansaResultTable *table = g_ptr_array_index (analysis->result->tables, t);
          g_autofree char *name = hansa_csv_path (run, i, table);
          g_autofree char *csv = hansa_report_csv (table);
          if (!hansa_files_write (folder, name, csv, earlier, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
write_page (const HansaRun *run, const char *folder, const char *earlier, GError **error)
{
  g_autofree char *html = hansa_report_html (run, folder, error);
  return html != NULL && hansa_files_write (folder, "index.html", html, earlier, error);
}

static gboolean
write_data (const HansaRun *run, const char *folder, const char *earlier, GError **error)
{
  g_autofree char *json = hansa_report_json (run);
  if (!hansa_files_write (folder, "report.json", json, earlier, error)
      || !write_tables (run, folder, earlier, error))
    return FALSE;
  g_autofree char *record = hansa_report_record (run, folder);
  return hansa_files_write (folder, "run.json", record, earlier, error);
}

typedef struct
{
  const HansaRun *run;
  const char *folder, *earlier;
  GError *error;
} Data;

static gpointer
write_data_beside (gpointer data)
{
  Data *to = data;
  return GINT_TO_POINTER (write_data (to->run, to->folder, to->earlier, &to->error));
}

/* The page takes as long as all the rest: each on a core of its own. */
static gboolean
write_parts (const HansaRun *run, const char *folder, const char *earlier, GError **error)
{
  Data data = { run, folder, earlier, NULL };
  GThread *thread = g_thread_new ("report", write_data_beside, &data);
  gboolean page = write_page (run, folder, earlier, error);
  gboolean rest = GPOINTER_TO_INT (g_thread_join (thread));

  if (page && !rest)
    g_propagate_error (error, data.error);
  else
    g_clear_error (&data.error);
  return page && rest;
}

/* Without an exchange (some network file systems) the old report is moved
 * aside for a moment; a run killed just then is put right by the next one. */
static int
swap_by_two_renames (const char *folder, const char *place)
{
  g_autofree char *aside = g_strconcat (folder, OLD_SUFFIX, NULL);

  if (rename (place, aside) != 0)
    return errno;
  if (rename (folder, place) != 0)
    {
      int reason = errno;
      if (rename (aside, place) != 0)
        g_warning (_ ("the old report is now in %s"), aside);
      return reason;
    }
  hansa_files_remove (aside);
  return 0;
}

/* 0, or errno. Afterwards `folder` is gone or holds the old report. */
static int
put_in_place (const char *folder, const char *place)
{
  if (renameat2 (AT_FDCWD, folder, AT_FDCWD, place, RENAME_EXCHANGE) == 0)
    {
      hansa_files_remove (folder);
      return 0;
    }
  if (errno == ENOENT)
    return rename (folder, place) == 0 ? 0 : errno;
  if (errno == EINVAL || errno == ENOSYS || errno == ENOTSUP)
    return access (place, F_OK) == 0     ? swap_by_two_renames (folder, place)
           : rename (folder, place) == 0 ? 0
                                         : errno;
  return errno;
}

gboolean
hansa_report_finish (const HansaRun *run, const char *folder, const char *target, GError **error)
{
  g_autofree char *place = resolve_target (target);
  g_autofree char *parent = g_path_get_dirname (place);

  if (!write_parts (run, folder, place, error) || !hansa_files_sync (folder, error)
      || !hansa_files_may_replace (place, error))
    return FALSE;
  int reason = put_in_place (folder, place);
  if (reason != 0)
    return hansa_files_fail (_ ("cannot put the report in place at %s"), place, reason, error);
  unlock_folder (folder);
  /* The name itself: lost with the power, the old report is still whole. */
  int fd = open (parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
  return TRUE;
}
