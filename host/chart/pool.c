/* SPDX-License-Identifier: MIT
 *
 * The pool of warm gnuplots. A thread of the pool's own spawns and ends them all:
 * they die with the thread that spawned them (PDEATHSIG), and callers come and go.
 */
#include "base/error.h"
#include "base/paths.h"
#include "chart/encode.h"
#include "chart/fonts.h"
#include "chart/gnuplot.h"
#include "chart/picture.h"
#include "report/files.h"
#include "store/key.h"

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
  HansaStore *store;
  char *earlier; /* folder of an earlier report's charts; NULL: none */
  char *program; /* the sum of gnuplot's file; NULL: not asked for, or not known */
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
 * the next caller to want one: no loop of attempts. What fonts there are is
 * asked while the first ones start: it takes as long, and every chart needs it. */
static gpointer
keep (gpointer data)
{
  HansaChartPool *pool = data;
  gboolean knows_fonts = FALSE;

  g_mutex_lock (&pool->lock);
  while (!pool->closing)
    {
      Slot *slot = pool->problem == NULL ? find_slot (pool, SLOT_WANTED) : NULL;
      if (slot == NULL && knows_fonts)
        {
          g_cond_wait (&pool->changed, &pool->lock);
          continue;
        }
      if (slot == NULL)
        {
          g_mutex_unlock (&pool->lock);
          hansa_fonts_digest ();
          g_mutex_lock (&pool->lock);
          knows_fonts = TRUE;
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
  for (guint i = 0; i < pool->n_slots; i++)
    g_clear_pointer (&pool->slots[i].gnuplot, gnuplot_free);
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
  return pool;
}

void
hansa_chart_pool_grow (HansaChartPool *pool, guint size)
{
  g_mutex_lock (&pool->lock);
  pool->n_slots = CLAMP (size, pool->n_slots, MOST_GNUPLOTS);
  g_cond_broadcast (&pool->changed);
  g_mutex_unlock (&pool->lock);
}

void
hansa_chart_pool_warm (HansaChartPool *pool)
{
  g_mutex_lock (&pool->lock);
  if (pool->keeper == NULL)
    pool->keeper = g_thread_new ("gnuplots", keep, pool);
  g_mutex_unlock (&pool->lock);
}

void
hansa_chart_pool_use_store (HansaChartPool *pool, HansaStore *store)
{
  pool->store = store;
  pool->program = store != NULL ? hansa_file_sum (store, pool->gnuplot, HANSA_XXH3) : NULL;
}

void
hansa_chart_pool_use_earlier (HansaChartPool *pool, const char *folder)
{
  g_free (pool->earlier);
  pool->earlier = g_strdup (folder);
}

const char *
hansa_chart_pool_program (HansaChartPool *pool)
{
  return pool->program;
}

void
hansa_chart_pool_retire (HansaChartPool *pool)
{
  g_mutex_lock (&pool->lock);
  pool->closing = TRUE;
  g_cond_broadcast (&pool->changed);
  g_mutex_unlock (&pool->lock);
}

void
hansa_chart_pool_free (HansaChartPool *pool)
{
  hansa_chart_pool_retire (pool);
  if (pool->keeper != NULL)
    g_thread_join (pool->keeper);
  g_clear_error (&pool->problem);
  g_free (pool->earlier);
  g_free (pool->program);
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

  hansa_chart_pool_warm (pool);
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

/* The picture fit for the report, checked to be whole; NULL when it is not. */
static GBytes *
finish_picture (GBytes *drawn, const HansaResultChart *chart, const HansaChartStyle *style,
                GError **error)
{
  g_autoptr (GBytes) picture = g_bytes_ref (drawn);
  gsize length;
  const char *bytes = g_bytes_get_data (drawn, &length);

  if (style->format == HANSA_SVG)
    {
      GString *svg = picture_polish (bytes, length, hansa_text_in (chart->title, style->language));
      g_bytes_unref (picture);
      picture = g_string_free_to_bytes (svg);
      bytes = g_bytes_get_data (picture, &length);
    }
  return picture_check (bytes, length, style->format, error) ? g_steal_pointer (&picture) : NULL;
}

/* All that a picture depends on: the script holds data, theme and language. */
static char *
picture_key (HansaChartPool *pool, const HansaResultChart *chart, const HansaChartStyle *style,
             const char *script)
{
  HansaKey *key = pool->program != NULL ? hansa_key_new (pool->store, "chart") : NULL;

  if (key == NULL)
    return NULL;
  hansa_key_text (key, pool->program);
  hansa_key_text (key, hansa_fonts_digest ());
  hansa_key_number (key, style->format);
  hansa_key_text (key, hansa_text_in (chart->title, style->language));
  hansa_key_text (key, script);
  return hansa_key_end (key);
}

static GBytes *
make_picture (HansaChartPool *pool, const HansaResultChart *chart, const HansaChartStyle *style,
              const char *script, GError **error)
{
  g_autofree char *key = picture_key (pool, chart, style, script);
  GBytes *picture = hansa_store_get (pool->store, key);

  hansa_store_count (pool->store, HANSA_STAGE_CHART, picture != NULL);
  if (picture != NULL)
    return picture;
  g_autoptr (GBytes) drawn = draw (pool, script, error);
  picture = drawn != NULL ? finish_picture (drawn, chart, style, error) : NULL;
  if (picture != NULL)
    hansa_store_put (pool->store, key, 1, &picture);
  return picture;
}

static gboolean
write_file (const HansaChartPool *pool, const char *dir, const char *name, const char *bytes,
            gsize length, GError **error)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autofree char *earlier
      = pool->earlier != NULL ? g_build_filename (pool->earlier, name, NULL) : NULL;

  return (earlier != NULL && hansa_files_link (earlier, path, bytes, length))
         || picture_write (path, bytes, length, error);
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
  /* First the script: where a chart fails, it tells why. */
  if (!write_file (pool, dir, script_file, script, strlen (script), error))
    return FALSE;
  g_autoptr (GBytes) picture = make_picture (pool, chart, style, script, error);
  return picture != NULL
         && write_file (pool, dir, file, g_bytes_get_data (picture, NULL),
                        g_bytes_get_size (picture), error);
}

static char *
ask_version (HansaChartPool *pool)
{
  Slot *slot = take (pool, NULL);

  if (slot == NULL)
    return NULL;
  char *version = gnuplot_ask_version (slot->gnuplot, SECONDS_A_CHART, pool->cancel_fd);
  give_back (pool, slot, version != NULL);
  return version;
}

/* Kept like a picture: asking would start gnuplot. */
char *
hansa_chart_pool_version (HansaChartPool *pool)
{
  HansaKey *key = pool->program != NULL ? hansa_key_new (pool->store, "gnuplot") : NULL;
  hansa_key_text (key, pool->program);
  g_autofree char *name = hansa_key_end (key);
  g_autoptr (GBytes) known = hansa_store_get (pool->store, name);

  if (known != NULL)
    return g_strndup (g_bytes_get_data (known, NULL), g_bytes_get_size (known));
  char *version = ask_version (pool);
  if (version == NULL)
    return NULL;
  g_autoptr (GBytes) entry = g_bytes_new (version, strlen (version));
  hansa_store_put (pool->store, name, 1, &entry);
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
