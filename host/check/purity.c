/* SPDX-License-Identifier: MIT
 *
 * The same tables and parameters, the same result: in memory that holds other
 * rubbish, run again in the same process, at another time, in another locale,
 * with the rows in another order.
 */
#include "check/check.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <string.h>

#define ORDER_TOLERANCE 1e-9
#define A_YEAR_AND_SOME ((gint64)34567890)

static const char *const clocks[]
    = { "time", "clock_gettime", "gettimeofday", "clock", "timespec_get", "localtime", NULL };
static const char *const dice[] = { "rand",   "random", "drand48",    "lrand48",    "getrandom",
                                    "rand_r", "getpid", "arc4random", "getentropy", NULL };
static const char *const chances[]
    = { "random",     "drand48", "lrand48",       "getrandom",    "getpid", "arc4random",
        "getentropy", "time",    "clock_gettime", "gettimeofday", "clock",  NULL };
static const char *const parsers[]
    = { "strtod",   "atof",    "sscanf",         "__isoc99_sscanf", "strtof",
        "snprintf", "sprintf", "__snprintf_chk", "__sprintf_chk",   NULL };

/* One way of running again. */
typedef struct
{
  HansaProbe probe;
  const char *what;             /* translated: said when the result differs */
  const char *const *functions; /* what is likely behind it; NULL: nothing */
} Again;

/* What a second run answers otherwise; NULL: nothing. (transfer full) */
static char *
difference (HansaCheck *check, const HansaSubject *subject, const HansaTrial *first,
            const Again *again)
{
  g_autoptr (HansaTrial) second = hansa_check_try (check, subject, &again->probe);

  if (second->result == NULL)
    return g_strdup_printf (_ ("it ended \"%s\" (%s), and well at first"),
                            hansa_end_id (second->end), second->detail);
  return hansa_results_differ (first->result, second->result, 0.0, NULL);
}

static gboolean
shows_difference (HansaCheck *check, const HansaSubject *subject, gpointer again)
{
  g_autoptr (HansaTrial) first = hansa_check_try (check, subject, &hansa_probe_guarded);
  g_autofree char *differs
      = first->result != NULL ? difference (check, subject, first, again) : NULL;

  return differs != NULL;
}

static void
tell (HansaCheck *check, const HansaSubject *subject, const Again *again, const char *differs)
{
  g_autoptr (HansaSubject) smallest
      = hansa_check_shrink (check, subject, shows_difference, (gpointer)again);
  g_autofree char *found = again->functions != NULL
                               ? hansa_check_imports (check->options.plugin, again->functions)
                               : NULL;

  if (found != NULL)
    hansa_check_fault (check, FALSE, smallest, _ ("%s: %s (\"%s\"); it calls %s"), again->what,
                       differs, subject->name, found);
  else
    hansa_check_fault (check, FALSE, smallest, _ ("%s: %s (\"%s\")"), again->what, differs,
                       subject->name);
}

/* Subjects worth the second run: cases and everyday tables, all when thorough. */
static gboolean
is_worth_it (const HansaCheck *check, guint i)
{
  const HansaSubject *subject = g_ptr_array_index (check->subjects, i);

  return subject->plain || check->options.thorough;
}

/* The first difference of each kind is enough: it has one cause. */
static void
run_again (HansaCheck *check, const Again *again)
{
  guint n = 0;

  for (guint i = 0; i < check->subjects->len && check->now->n_errors == 0; i++)
    {
      const HansaSubject *subject = g_ptr_array_index (check->subjects, i);

      if (!is_worth_it (check, i) || hansa_check_answer (check, i)->result == NULL)
        continue;
      g_autofree char *differs = difference (check, subject, hansa_check_answer (check, i), again);
      if (differs != NULL)
        tell (check, subject, again, differs);
      n++;
    }
  if (n == 0 && check->now->skipped == NULL)
    check->now->skipped = g_strdup (_ ("no everyday table is answered; see \"answers\""));
}

gboolean
hansa_check_is_steady (HansaCheck *check)
{
  const Again same = { hansa_probe_guarded, NULL, NULL };

  for (guint i = 0; i < check->subjects->len && check->steady == HANSA_NOT_KNOWN; i++)
    {
      const HansaTrial *first = hansa_check_answer (check, i);

      if (!is_worth_it (check, i) || first->result == NULL)
        continue;
      g_autofree char *differs
          = difference (check, g_ptr_array_index (check->subjects, i), first, &same);
      if (differs != NULL)
        check->steady = HANSA_UNSTEADY;
    }
  if (check->steady == HANSA_NOT_KNOWN)
    check->steady = HANSA_STEADY;
  if (check->steady == HANSA_UNSTEADY)
    check->now->skipped
        = g_strdup (_ ("two equal runs answer differently, so nothing can be compared; see "
                       "\"memory\""));
  return check->steady == HANSA_STEADY;
}

void
hansa_check_memory (HansaCheck *check)
{
  const Again same
      = { hansa_probe_guarded,
          _ ("two equal runs answer differently: it is left to chance or time"), chances };
  const Again other = { { .guard = TRUE, .poison = 0x55 },
                        _ ("the result depends on memory that was never written"),
                        NULL };
  g_autofree char *chance = hansa_check_imports (check->options.plugin, chances);

  /* Where chance has a name, it is not to be taken for rubbish in memory. */
  if (chance != NULL)
    run_again (check, &same);
  if (check->now->n_errors == 0)
    run_again (check, &other);
}

void
hansa_check_repeat (HansaCheck *check)
{
  const Again again = { { .rehearsals = 2, .guard = TRUE, .poison = 0xaa },
                        _ ("a run answers differently after another in the same process: "
                           "something static is kept"),
                        dice };

  if (hansa_check_is_steady (check))
    run_again (check, &again);
}

void
hansa_check_clock (HansaCheck *check)
{
  const Again again = { { .guard = TRUE, .poison = 0xaa, .clock = A_YEAR_AND_SOME },
                        _ ("the result depends on the time of the run"),
                        clocks };
  g_autofree char *asks = hansa_check_imports (check->options.plugin, clocks);

  /* What asks for the time need not be steady to be judged here. */
  if (asks != NULL || hansa_check_is_steady (check))
    run_again (check, &again);
}

/* ---- locale ------------------------------------------------------------ */

/* localedef wants a character map and a source: the smallest of both. */
static gboolean
write_locale (const char *folder, GError **error)
{
  g_autofree char *map = g_build_filename (folder, "map", NULL);
  g_autofree char *source = g_build_filename (folder, "source", NULL);
  g_autoptr (GString) text
      = g_string_new ("<code_set_name> ANSI_X3.4-1968\n<comment_char> %\n<escape_char> /\n"
                      "CHARMAP\n");

  for (guint i = 0; i < 128; i++)
    g_string_append_printf (text, "<U%04X> /x%02x C%u\n", i, i, i);
  g_string_append (text, "END CHARMAP\n");
  return g_file_set_contents (map, text->str, -1, error)
         && g_file_set_contents (source,
                                 "comment_char %\nescape_char /\nLC_NUMERIC\n"
                                 "decimal_point \",\"\nthousands_sep \".\"\ngrouping 3;3\n"
                                 "END LC_NUMERIC\n",
                                 -1, error);
}

/* TRUE once FOLDER/comma is a locale whose numbers have a decimal comma. */
static gboolean
make_locale (const char *folder)
{
  g_autofree char *made = g_build_filename (folder, "comma", NULL);
  g_autofree char *numeric = g_build_filename (made, "LC_NUMERIC", NULL);
  char *arguments[] = { (char *)"localedef", (char *)"-c",    (char *)"-i", (char *)"source",
                        (char *)"-f",        (char *)"./map", made,         NULL };

  return write_locale (folder, NULL)
         && g_spawn_sync (folder, arguments, NULL,
                          G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL
                              | G_SPAWN_STDERR_TO_DEV_NULL,
                          NULL, NULL, NULL, NULL, NULL, NULL)
         && g_file_test (numeric, G_FILE_TEST_IS_REGULAR);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

void
hansa_check_locale (HansaCheck *check)
{
  if (!hansa_check_is_steady (check))
    return;
  g_autofree char *folder = g_dir_make_tmp ("hansa-locale-XXXXXX", NULL);
  if (folder == NULL || !make_locale (folder))
    check->now->skipped = g_strdup (_ ("localedef is not there to make a locale"));
  else
    {
      const Again again
          = { { .guard = TRUE, .poison = 0xaa, .locale = "comma", .locale_path = folder },
              _ ("the result depends on the locale's decimal point"),
              parsers };
      run_again (check, &again);
    }
  if (folder != NULL)
    remove_folder (folder);
}

/* ---- order of rows ----------------------------------------------------- */

/* The subject with the rows of every table in another order. `maps` gets, for
 * each input, where each row was; its arrays go with `orders`. */
static HansaSubject *
shuffled (const HansaSubject *subject, GRand *random, GArray *maps, GPtrArray *orders)
{
  HansaSubject *copy = hansa_subject_copy (subject);

  for (guint i = 0; i < copy->drafts->len; i++)
    {
      HansaDraft *draft = g_ptr_array_index (copy->drafts, i);
      gsize n = draft != NULL ? hansa_draft_rows (draft) : 0;
      guint64 *order = g_new (guint64, n + 1);

      g_ptr_array_add (orders, order);
      for (gsize row = 0; row < n; row++)
        order[row] = n - 1 - row;
      /* Few rows may come out of a shuffle as they were; turned round, never. */
      for (gsize left = n; n > 4 && left > 1; left--)
        {
          gsize at = (gsize)g_rand_int_range (random, 0, (gint32)left);
          guint64 other = order[at];
          order[at] = order[left - 1];
          order[left - 1] = other;
        }
      if (draft == NULL)
        continue;
      g_ptr_array_index (copy->drafts, i) = hansa_draft_pick (draft, order, n);
      HansaRowMap map = { draft->input->name, order };
      g_array_append_val (maps, map);
      hansa_draft_free (draft);
    }
  return copy;
}

static char *
order_difference (HansaCheck *check, const HansaSubject *subject, const HansaTrial *first)
{
  g_autoptr (GArray) maps = g_array_new (TRUE, TRUE, sizeof (HansaRowMap));
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_free);
  /* Its own stream, so that the shrunk subject is shuffled as it was judged. */
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32)check->options.seed);
  g_autoptr (HansaSubject) other = shuffled (subject, random, maps, orders);
  g_autoptr (HansaTrial) second = hansa_check_try (check, other, &hansa_probe_guarded);

  if (second->result == NULL)
    return g_strdup_printf (_ ("it ended \"%s\" (%s), and well at first"),
                            hansa_end_id (second->end), second->detail);
  return hansa_results_differ (first->result, second->result, ORDER_TOLERANCE,
                               (const HansaRowMap *)(const void *)maps->data);
}

static gboolean
shows_order (HansaCheck *check, const HansaSubject *subject, gpointer data)
{
  g_autoptr (HansaTrial) first = hansa_check_try (check, subject, &hansa_probe_guarded);
  g_autofree char *differs
      = first->result != NULL ? order_difference (check, subject, first) : NULL;

  (void)data;
  return differs != NULL;
}

void
hansa_check_order (HansaCheck *check)
{
  if (!hansa_check_is_steady (check))
    return;
  for (guint i = 0; i < check->subjects->len && check->now->n_errors == 0; i++)
    {
      const HansaSubject *subject = g_ptr_array_index (check->subjects, i);
      const HansaTrial *first = hansa_check_answer (check, i);

      if (!is_worth_it (check, i) || first->result == NULL)
        continue;
      g_autofree char *differs = order_difference (check, subject, first);
      if (differs == NULL)
        continue;
      g_autoptr (HansaSubject) smallest = hansa_check_shrink (check, subject, shows_order, NULL);
      hansa_check_fault (check, FALSE, smallest,
                         _ ("the result depends on the order of the rows: %s (\"%s\")"), differs,
                         subject->name);
    }
}
