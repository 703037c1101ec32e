/* SPDX-License-Identifier: MIT
 *
 * The pool of warm gnuplots. A thread of the pool's own spawns them all: they
 * die with the thread that spawned them (PDEATHSIG), and callers come and go.
 */
#include "base/error.h"
#include "base/paths.h"
#include "chart/encode.h"
#include "chart/gnuplot.h"
#include "chart/picture.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MOST_GNUPLOTS 16
#define SECONDS_A_CHART 10.0

typedef enum
{
  SLOT_WANTED, /* to be spawned */
  SLOT_READY,
  SLOT_BUSY
} SlotState;

typedef struct
{
  SlotState state;
  ChartGnuplot *gnuplot;
} Slot;

struct HansaChartPool
{
  GMutex lock;
  GCond changed;
  GThread *keeper;
  char *launcher, *gnuplot;
  int cancel_fd;
  gboolean closing;
  GError *problem; /* why the last spawn failed; NULL */
  guint n_slots;
  Slot slots[MOST_GNUPLOTS];
};

static Slot *
find_slot (HansaChartPool *pool, SlotState state)
{
  for (guint i = 0; i < pool->n_slots; i++)
    if (pool->slots[i].state == state)
      return &pool->slots[i];
  return NULL;
}

/* Spawns what is wanted until the pool closes. After a failure it waits for
 * the next caller to want one: no loop of attempts. */
static gpointer
keep (gpointer data)
{
  HansaChartPool *pool = data;

  g_mutex_lock (&pool->lock);
  while (!pool->closing)
    {
      Slot *slot = pool->problem == NULL ? find_slot (pool, SLOT_WANTED) : NULL;
      if (slot == NULL)
        {
          g_cond_wait (&pool->changed, &pool->lock);
          continue;
        }
      g_mutex_unlock (&pool->lock);
      GError *problem = NULL;
      ChartGnuplot *gnuplot = gnuplot_spawn (pool->launcher, pool->gnuplot, &problem);
      g_mutex_lock (&pool->lock);
      pool->problem = problem;
      if (gnuplot != NULL)
        {
          slot->gnuplot = gnuplot;
          slot->state = SLOT_READY;
        }
      g_cond_broadcast (&pool->changed);
    }
  g_mutex_unlock (&pool->lock);
  return NULL;
}

HansaChartPool *
hansa_chart_pool_new (guint size, int cancel_fd, GError **error)
{
  g_autofree char *gnuplot = gnuplot_find (error);
  if (gnuplot == NULL)
    return NULL;
  g_autofree char *launcher = hansa_path_program ("hansa-launch", "HANSA_LAUNCH", error);
  if (launcher == NULL)
    return NULL;

  HansaChartPool *pool = g_new0 (HansaChartPool, 1);
  g_mutex_init (&pool->lock);
  g_cond_init (&pool->changed);
  pool->gnuplot = g_steal_pointer (&gnuplot);
  pool->launcher = g_steal_pointer (&launcher);
  pool->cancel_fd = cancel_fd;
  pool->n_slots = CLAMP (size, 1, MOST_GNUPLOTS);
  pool->keeper = g_thread_new ("gnuplots", keep, pool);
  return pool;
}

void
hansa_chart_pool_free (HansaChartPool *pool)
{
  g_mutex_lock (&pool->lock);
  pool->closing = TRUE;
  g_cond_broadcast (&pool->changed);
  g_mutex_unlock (&pool->lock);
  for (guint i = 0; i < pool->n_slots; i++)
    if (pool->slots[i].state != SLOT_WANTED)
      g_clear_pointer (&pool->slots[i].gnuplot, gnuplot_free);
  g_thread_join (pool->keeper);
  for (guint i = 0; i < pool->n_slots; i++)
    g_clear_pointer (&pool->slots[i].gnuplot, gnuplot_free);
  g_clear_error (&pool->problem);
  g_free (pool->gnuplot);
  g_free (pool->launcher);
  g_cond_clear (&pool->changed);
  g_mutex_clear (&pool->lock);
  g_free (pool);
}

static gboolean
is_cancelled (const HansaChartPool *pool)
{
  struct pollfd fd = { pool->cancel_fd, POLLIN, 0 };
  return pool->cancel_fd >= 0 && poll (&fd, 1, 0) > 0;
}

/* Waits for a gnuplot that is free. NULL when none can be had. */
static Slot *
take (HansaChartPool *pool, GError **error)
{
  Slot *slot = NULL;

  g_mutex_lock (&pool->lock);
  while ((slot = find_slot (pool, SLOT_READY)) == NULL)
    {
      if (is_cancelled (pool))
        {
          g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_CANCELLED, _ ("cancelled"));
          break;
        }
      if (pool->problem != NULL && find_slot (pool, SLOT_BUSY) == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&pool->problem));
          g_cond_broadcast (&pool->changed); /* the next caller has it tried again */
          break;
        }
      /* A signal does not reach the condition: look at the descriptor, too. */
      g_cond_wait_until (&pool->changed, &pool->lock, g_get_monotonic_time () + 100000);
    }
  if (slot != NULL)
    slot->state = SLOT_BUSY;
  g_mutex_unlock (&pool->lock);
  return slot;
}

static void
give_back (HansaChartPool *pool, Slot *slot, gboolean is_sound)
{
  ChartGnuplot *spent = NULL;

  g_mutex_lock (&pool->lock);
  if (!is_sound)
    spent = g_steal_pointer (&slot->gnuplot);
  slot->state = is_sound ? SLOT_READY : SLOT_WANTED;
  g_cond_broadcast (&pool->changed);
  g_mutex_unlock (&pool->lock);
  if (spent != NULL)
    gnuplot_free (spent);
}

/* One that ended while it waited is no fault of this chart: another draws it.
 * Each slot may hold such a one; beyond that, gnuplot itself is at fault. */
static GBytes *
draw (HansaChartPool *pool, const char *script, GError **error)
{
  for (guint attempt = 0;; attempt++)
    {
      g_autoptr (GError) problem = NULL;
      GBytes *picture = NULL;
      Slot *slot = take (pool, error);
      if (slot == NULL)
        return NULL;
      GnuplotAnswer answer = gnuplot_draw (slot->gnuplot, script, SECONDS_A_CHART, pool->cancel_fd,
                                           &picture, &problem);
      give_back (pool, slot, answer == GNUPLOT_DREW);
      if (answer == GNUPLOT_DREW)
        return picture;
      if (answer == GNUPLOT_GONE && attempt < pool->n_slots)
        continue;
      if (answer == GNUPLOT_GONE)
        g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_SETUP, _ ("gnuplot does not run: %s"),
                     problem->message);
      else
        g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
}

static gboolean
keep_picture (GBytes *picture, const HansaResultChart *chart, const HansaChartStyle *style,
              const char *path, GError **error)
{
  gsize length;
  const char *bytes = g_bytes_get_data (picture, &length);

  if (style->format != HANSA_SVG)
    return picture_check (bytes, length, style->format, error)
           && picture_write (path, bytes, length, error);
  g_autoptr (GString) svg
      = picture_polish (bytes, length, hansa_text_in (chart->title, style->language));
  return picture_check (svg->str, svg->len, HANSA_SVG, error)
         && picture_write (path, svg->str, svg->len, error);
}

gboolean
hansa_chart_pool_draw (HansaChartPool *pool, const HansaResult *result,
                       const HansaResultChart *chart, const HansaChartStyle *style, const char *dir,
                       const char *name, GError **error)
{
  g_autofree char *file = g_strdup_printf ("%s.%s", name, picture_suffix (style->format));
  g_autofree char *script = hansa_chart_script (result, chart, style, file, error);
  if (script == NULL)
    return FALSE;

  g_autofree char *script_file = g_strconcat (name, ".gp", NULL);
  g_autofree char *script_path = g_build_filename (dir, script_file, NULL);
  g_autofree char *path = g_build_filename (dir, file, NULL);
  /* First the script: where a chart fails, it tells why. */
  if (!picture_write (script_path, script, strlen (script), error))
    return FALSE;
  g_autoptr (GBytes) picture = draw (pool, script, error);
  return picture != NULL && keep_picture (picture, chart, style, path, error);
}

char *
hansa_chart_pool_version (HansaChartPool *pool)
{
  Slot *slot = take (pool, NULL);

  if (slot == NULL)
    return NULL;
  char *version = gnuplot_ask_version (slot->gnuplot, SECONDS_A_CHART, pool->cancel_fd);
  give_back (pool, slot, version != NULL);
  return version;
}

char *
hansa_gnuplot_version (GError **error)
{
  g_autofree char *path = gnuplot_find (error);
  return path != NULL ? hansa_gnuplot_version_of (path, error) : NULL;
}

GStrv
hansa_chart_missing_layers (void)
{
  GStrv missing = g_new0 (char *, 2);
  long version = -1;

#ifdef __NR_landlock_create_ruleset
  version = syscall (__NR_landlock_create_ruleset, NULL, 0, 1);
#endif
  if (version < 1)
    missing[0] = g_strdup ("landlock");
  return missing;
}
