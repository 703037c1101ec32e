/* SPDX-License-Identifier: MIT */
#include "report/files.h"
#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *
advice (int reason)
{
  switch (reason)
    {
    case ENOSPC:
    case EDQUOT:
      return _ ("Free some space, or write to another disk with --out.");
    case EROFS:
      return _ ("The disk is read-only; write to another place with --out.");
    case EACCES:
    case EPERM:
      return _ ("You may not write there; choose a folder of your own with --out.");
    case EFBIG:
      return _ ("A file passes the size limit of this shell or disk; see ulimit -f.");
    case ENAMETOOLONG:
      return _ ("Choose a shorter name with --out.");
    case ENOTDIR:
      return _ ("A part of the path is a file; choose another folder with --out.");
    case EBUSY:
      return _ ("The folder is in use, perhaps as a mount point; choose another with --out.");
    default:
      return _ ("Choose another folder with --out.");
    }
}

gboolean
hansa_files_fail (const char *what, const char *path, int reason, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_auto (GStrv) around = g_strsplit (what, "%s", 2);
  g_autofree char *message = g_strjoinv (shown, around);

  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_OUTPUT, "%s: %s. %s", message,
               g_strerror (reason), advice (reason));
  return FALSE;
}

/* ---- writing --------------------------------------------------------------- */

static gboolean
write_all (int fd, const char *bytes, gsize length)
{
  while (length > 0)
    {
      ssize_t n = write (fd, bytes, length);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          errno = n == 0 ? EIO : errno;
          return FALSE;
        }
      bytes += n;
      length -= (gsize)n;
    }
  return TRUE;
}

/* Rights that a new file in `folder` would have: the folder is as new, and made
 * under the same umask. */
static gboolean
has_rights_of (const struct stat *status, const char *folder)
{
  struct stat above;
  return stat (folder, &above) == 0 && (status->st_mode & 0777u) == (above.st_mode & 0666u);
}

static gboolean
holds (int fd, const char *bytes, gsize length)
{
  g_autofree char *there = g_malloc (MAX (length, 1));
  gsize done = 0;

  while (done < length)
    {
      ssize_t n = read (fd, there + done, length - done);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      done += (gsize)n;
    }
  return memcmp (there, bytes, length) == 0;
}

gboolean
hansa_files_link (const char *earlier, const char *path, const char *bytes, gsize length)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat status;
  int fd = open (earlier, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

  if (fd < 0)
    return FALSE;
  gboolean linked = fstat (fd, &status) == 0 && S_ISREG (status.st_mode)
                    && (guint64)status.st_size == length && has_rights_of (&status, folder)
                    && holds (fd, bytes, length) && link (earlier, path) == 0;
  close (fd);
  return linked;
}

gboolean
hansa_files_write (const char *folder, const char *name, const char *bytes, const char *earlier,
                   GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *before = earlier != NULL ? g_build_filename (earlier, name, NULL) : NULL;

  if (before != NULL && hansa_files_link (before, path, bytes, strlen (bytes)))
    return TRUE;
  int fd = open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (fd < 0)
    return hansa_files_fail (_ ("cannot create %s"), path, errno, error);
  int reason = write_all (fd, bytes, strlen (bytes)) ? 0 : errno;
  if (close (fd) != 0 && reason == 0)
    reason = errno;
  if (reason != 0)
    return hansa_files_fail (_ ("cannot write %s"), path, reason, error);
  return TRUE;
}

/* ---- syncing --------------------------------------------------------------- */

/* One with several names was linked, and synced by the run that wrote it. */
static gboolean
is_new (const struct stat *status)
{
  return S_ISREG (status->st_mode) && status->st_nlink == 1;
}

static int
start_writing (const char *name, const struct stat *status, G_GNUC_UNUSED int type,
               G_GNUC_UNUSED struct FTW *place)
{
  int fd = is_new (status) ? open (name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;

  if (fd >= 0)
    {
      sync_file_range (fd, 0, 0, SYNC_FILE_RANGE_WRITE);
      close (fd);
    }
  return 0;
}

static int
wait_for_disk (const char *name, const struct stat *status, G_GNUC_UNUSED int type,
               G_GNUC_UNUSED struct FTW *place)
{
  if (!is_new (status) && !S_ISDIR (status->st_mode))
    return 0;
  int fd = open (name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  int reason = fd < 0 || fsync (fd) != 0 ? errno : 0;
  if (fd >= 0)
    close (fd);
  return reason;
}

/* The writing is begun for all files before any is waited for: waiting for one
 * after the other, from its first byte, takes three times as long. syncfs() would
 * also wait for what others write to the same disk, seconds where it is much. */
gboolean
hansa_files_sync (const char *folder, GError **error)
{
  nftw (folder, start_writing, 8, FTW_PHYS | FTW_MOUNT);
  int reason = nftw (folder, wait_for_disk, 8, FTW_PHYS | FTW_MOUNT | FTW_DEPTH);

  if (reason != 0)
    return hansa_files_fail (_ ("cannot bring %s to the disk"), folder, reason > 0 ? reason : errno,
                             error);
  return TRUE;
}

/* ---- removing -------------------------------------------------------------- */

static int
remove_one (const char *path, G_GNUC_UNUSED const struct stat *status, G_GNUC_UNUSED int type,
            G_GNUC_UNUSED struct FTW *place)
{
  remove (path); /* what stays is cleaned by the next run */
  return 0;
}

void
hansa_files_remove (const char *folder)
{
  nftw (folder, remove_one, 8, FTW_PHYS | FTW_DEPTH | FTW_MOUNT);
}

/* ---- whose folder is it? ----------------------------------------------------- */

static gboolean
has_suffix_of (const char *name, const char *const *suffixes)
{
  for (gsize i = 0; suffixes[i] != NULL; i++)
    if (g_str_has_suffix (name, suffixes[i]))
      return TRUE;
  return FALSE;
}

/* A file in `folder` that no report holds, or NULL; (transfer full). */
static char *
find_stranger (const char *folder, const char *const *names, const char *const *suffixes)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (!g_strv_contains (names, name) && !has_suffix_of (name, suffixes))
      return g_build_filename (folder, name, NULL);
  return NULL;
}

static char *
find_any_stranger (const char *target)
{
  static const char *const none[] = { NULL };
  static const char *const names[]
      = { "index.html",  "report.json", "run.json", "report.xlsx", "report.md",
          "report.docx", "tables",      "charts",   NULL };
  static const char *const tables[] = { ".csv", NULL };
  static const char *const charts[] = { ".svg", ".gp", ".png", ".pdf", NULL };
  g_autofree char *tables_dir = g_build_filename (target, "tables", NULL);
  g_autofree char *charts_dir = g_build_filename (target, "charts", NULL);
  char *stranger = find_stranger (target, names, none);

  if (stranger == NULL)
    stranger = find_stranger (tables_dir, none, tables);
  return stranger != NULL ? stranger : find_stranger (charts_dir, none, charts);
}

/* Whether run.json in that folder is a record of ours. */
static gboolean
is_report (const char *target)
{
  g_autofree char *path = g_build_filename (target, "run.json", NULL);
  char head[256];
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  ssize_t n = fd >= 0 ? read (fd, head, sizeof head - 1) : -1;

  if (fd >= 0)
    close (fd);
  if (n <= 0)
    return FALSE;
  head[n] = '\0';
  return strstr (head, "\"hansa-run/") != NULL;
}

static gboolean
is_empty (const char *target)
{
  g_autoptr (GDir) dir = g_dir_open (target, 0, NULL);
  return dir != NULL && g_dir_read_name (dir) == NULL;
}

gboolean
hansa_files_may_replace (const char *target, GError **error)
{
  g_autofree char *shown = g_filename_display_name (target);
  struct stat status;

  if (lstat (target, &status) != 0)
    return errno == ENOENT ? TRUE
                           : hansa_files_fail (_ ("cannot look at %s"), target, errno, error);
  if (!S_ISDIR (status.st_mode))
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_OUTPUT,
                   _ ("%s is a file, not a folder. Choose another place with --out."), shown);
      return FALSE;
    }
  if (is_empty (target))
    return TRUE;
  if (!is_report (target))
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_OUTPUT,
                   _ ("%s holds files that are not a Hansa report (no run.json of Hansa); it is "
                      "left as it is. Choose another folder with --out."),
                   shown);
      return FALSE;
    }
  g_autofree char *stranger = find_any_stranger (target);
  if (stranger != NULL)
    {
      g_autofree char *name = g_filename_display_name (stranger);
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_OUTPUT,
                   _ ("%s is not part of a report and would be lost with the old one. Move it "
                      "elsewhere, or choose another folder with --out."),
                   name);
      return FALSE;
    }
  return TRUE;
}
