/* SPDX-License-Identifier: MIT
 *
 * Every plugin of the menagerie ends in its own word, and nothing is left of
 * it: no process, no descriptor, no harm to others that run beside it.
 */
#include "unit/test-supervisor-kit.h"

#include <sys/eventfd.h>
#include <unistd.h>

static const struct
{
  const char *name;
  HansaEnd end;
  const char *detail; /* a part of it; NULL: any */
  gboolean never_described;
  gboolean slow; /* ends by the deadline */
  gboolean not_sanitized;
} animals[] = {
  { "abort", HANSA_END_CRASHED, "SIGABRT", FALSE, FALSE, FALSE },
  { "abort-without-memory", HANSA_END_OUT_OF_MEMORY, NULL, FALSE, FALSE, TRUE },
  { "asks-in-sql", HANSA_END_OK, NULL, FALSE, FALSE, FALSE },
  { "bad-result", HANSA_END_BAD_RESULT, "nowhere", FALSE, FALSE, FALSE },
  { "cancel-aware", HANSA_END_TIMED_OUT, NULL, FALSE, TRUE, FALSE },
  { "closes-stream", HANSA_END_EXITED_EARLY, NULL, FALSE, FALSE, FALSE },
  { "constructor-writes", HANSA_END_DENIED, "open", TRUE, FALSE, FALSE },
  { "digit-in-finding", HANSA_END_BAD_RESULT, "digit", FALSE, FALSE, FALSE },
  { "unknown-unit", HANSA_END_BAD_RESULT, "furlongs", FALSE, FALSE, FALSE },
  { "endless-query", HANSA_END_OK, NULL, FALSE, FALSE, FALSE },
  { "endless-loop", HANSA_END_TIMED_OUT, "killed", FALSE, TRUE, FALSE },
  { "endless-rows", HANSA_END_BAD_RESULT, "limit", FALSE, FALSE, FALSE },
  { "escape-handler", HANSA_END_DENIED, NULL, FALSE, FALSE, FALSE },
  { "exec", HANSA_END_DENIED, "execve", FALSE, FALSE, FALSE },
  { "exit-early", HANSA_END_EXITED_EARLY, "exit status 0", FALSE, FALSE, FALSE },
  { "fails", HANSA_END_ERROR, "No data for this year.", FALSE, FALSE, FALSE },
  { "fork-bomb", HANSA_END_DENIED, NULL, FALSE, FALSE, FALSE },
  { "frame-forged", HANSA_END_BAD_RESULT, NULL, FALSE, FALSE, FALSE },
  { "frame-garbage", HANSA_END_BAD_RESULT, "stream", FALSE, FALSE, FALSE },
  { "ignores-cancel", HANSA_END_TIMED_OUT, "killed", FALSE, TRUE, FALSE },
  { "infinity-cell", HANSA_END_BAD_RESULT, "hansa_out_row", FALSE, FALSE, FALSE },
  { "invalid-utf8", HANSA_END_BAD_RESULT, "UTF-8", FALSE, FALSE, FALSE },
  { "kill-parent", HANSA_END_DENIED, "kill", FALSE, FALSE, FALSE },
  { "lying-note", HANSA_END_REFUSED, "99.0", TRUE, FALSE, FALSE },
  { "many-inputs", HANSA_END_OK, NULL, FALSE, FALSE, FALSE },
  { "map-code", HANSA_END_DENIED, "mmap", FALSE, FALSE, FALSE },
  { "memory-bomb", HANSA_END_OUT_OF_MEMORY, NULL, FALSE, FALSE, TRUE },
  { "million-rows", HANSA_END_OK, NULL, FALSE, FALSE, FALSE },
  { "missing-symbol", HANSA_END_REFUSED, "nobody_defines_this", TRUE, FALSE, FALSE },
  { "nan-infinity", HANSA_END_BAD_RESULT, "not finite", FALSE, FALSE, FALSE },
  { "newer-struct", HANSA_END_BAD_RESULT, "does not know", FALSE, FALSE, FALSE },
  { "no-section", HANSA_END_REFUSED, ".hansa", TRUE, FALSE, FALSE },
  { "open-socket", HANSA_END_DENIED, "socket", FALSE, FALSE, FALSE },
  { "out-of-memory", HANSA_END_OUT_OF_MEMORY, NULL, FALSE, FALSE, FALSE },
  { "ptrace", HANSA_END_DENIED, "ptrace", FALSE, FALSE, TRUE },
  { "read-outside", HANSA_END_OK, NULL, FALSE, FALSE, FALSE },
  { "segfault", HANSA_END_CRASHED, "SIGSEGV", FALSE, FALSE, FALSE },
  { "slow-constructor", HANSA_END_TIMED_OUT, NULL, TRUE, TRUE, FALSE },
  { "stack-overflow", HANSA_END_CRASHED, "stack", FALSE, FALSE, FALSE },
  { "thread", HANSA_END_DENIED, NULL, FALSE, FALSE, TRUE },
  { "unknown-input", HANSA_END_BAD_RESULT, "nowhere", FALSE, FALSE, FALSE },
  { "well-behaved", HANSA_END_OK, NULL, FALSE, FALSE, FALSE },
  { "write-outside", HANSA_END_DENIED, "open", FALSE, FALSE, FALSE },
  { "write-stdout", HANSA_END_OK, NULL, FALSE, FALSE, FALSE },
  { "wrong-abi", HANSA_END_REFUSED, "99.0", TRUE, FALSE, FALSE },
};

START_TEST (own_word)
{
  const char *name = animals[_i].name;
  guint before = open_fds ();
  Ran ran;

  if (SANITIZED && animals[_i].not_sanitized)
    return;
  run_plugin (name, animals[_i].slow ? &quick : &patient, -1, 1, NULL, &ran);
  ck_assert_msg (ran.outcome.end == animals[_i].end, "%s: %s (%s), output: %s", name,
                 hansa_end_id (ran.outcome.end), ran.outcome.detail, ran.outcome.output);
  ck_assert_msg (animals[_i].detail == NULL
                     || strstr (ran.outcome.detail, animals[_i].detail) != NULL,
                 "%s: %s", name, ran.outcome.detail);
  ck_assert_int_eq (ran.described, !animals[_i].never_described);
  ck_assert_int_eq (ran.result != NULL, ran.outcome.end == HANSA_END_OK);
  ck_assert_ptr_nonnull (ran.outcome.output);
  ck_assert_ptr_nonnull (ran.outcome.log);
  ck_assert_ptr_nonnull (ran.outcome.missing_layers);
  ck_assert (strchr (ran.outcome.detail, '\n') == NULL);
  ran_clear (&ran);
  assert_no_children (name);
  ck_assert_uint_eq (open_fds (), before);
  ck_assert (access ("/tmp/hansa-menagerie-was-here", F_OK) != 0);
}
END_TEST

/* Whoever is added to the menagerie is tested. */
START_TEST (nobody_is_forgotten)
{
  const char *folder = g_getenv ("HANSA_MENAGERIE");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;

  ck_assert_msg (dir != NULL, "no folder %s", folder);
  while ((file = g_dir_read_name (dir)) != NULL)
    {
      gboolean known = !g_str_has_suffix (file, ".so");

      for (gsize i = 0; i < G_N_ELEMENTS (animals); i++)
        known = known
                || (g_str_has_prefix (file, animals[i].name)
                    && strlen (file) == strlen (animals[i].name) + strlen (".so"));
      ck_assert_msg (known, "%s has no test", file);
    }
}
END_TEST

static gpointer
behave (gpointer stop)
{
  guint *runs = g_new0 (guint, 1);

  do
    {
      Ran ran;

      run_plugin ("well-behaved", &patient, -1, 7, NULL, &ran);
      if (ran.outcome.end != HANSA_END_OK)
        g_error ("a well-behaved plugin ended %s: %s", hansa_end_id (ran.outcome.end),
                 ran.outcome.detail);
      ran_clear (&ran);
      ++*runs;
    }
  while (!g_atomic_int_get ((gint *)stop));
  return runs;
}

/* Two that behave, over and over, while all others do their worst. */
START_TEST (company)
{
  gint stop = 0;
  GThread *threads[2];
  guint before = open_fds ();

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("behave", behave, &stop);
  for (gsize i = 0; i < G_N_ELEMENTS (animals); i++)
    if (!(SANITIZED && animals[i].not_sanitized))
      {
        Ran ran;

        run_plugin (animals[i].name, animals[i].slow ? &quick : &patient, -1, 1, NULL, &ran);
        ck_assert_msg (ran.outcome.end == animals[i].end, "%s: %s (%s)", animals[i].name,
                       hansa_end_id (ran.outcome.end), ran.outcome.detail);
        ran_clear (&ran);
      }
  g_atomic_int_set (&stop, 1);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree guint *runs = g_thread_join (threads[i]);

      ck_assert_uint_gt (*runs, 0);
    }
  assert_no_children ("the company");
  ck_assert_uint_eq (open_fds (), before);
}
END_TEST

static gpointer
cancel_soon (gpointer data)
{
  const guint64 one = 1;

  g_usleep (100 * 1000);
  ck_assert_int_eq (write (GPOINTER_TO_INT (data), &one, sizeof one), sizeof one);
  return NULL;
}

START_TEST (cancelled)
{
  static const struct
  {
    const char *name;
    gboolean killed;
  } cases[] = { { "cancel-aware", FALSE },
                { "ignores-cancel", TRUE },
                { "endless-loop", TRUE },
                { "slow-constructor", TRUE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int cancel = eventfd (0, EFD_CLOEXEC);
      GThread *thread = g_thread_new ("cancel", cancel_soon, GINT_TO_POINTER (cancel));
      Ran ran;

      run_plugin (cases[i].name, &patient, cancel, 1, NULL, &ran);
      g_thread_join (thread);
      close (cancel);
      ck_assert_msg (ran.outcome.end == HANSA_END_CANCELLED, "%s: %s", cases[i].name,
                     hansa_end_id (ran.outcome.end));
      ck_assert_msg ((*ran.outcome.detail != '\0') == cases[i].killed, "%s: %s", cases[i].name,
                     ran.outcome.detail);
      ck_assert_double_lt (ran.wall, 10.0);
      ran_clear (&ran);
      assert_no_children (cases[i].name);
    }
}
END_TEST

/* All of it is taken, so that the writer is not held up; little is kept. */
START_TEST (output_is_capped)
{
  Ran ran;

  run_plugin ("write-stdout", &patient, -1, 1, NULL, &ran);
  ck_assert_int_eq (ran.outcome.end, HANSA_END_OK);
  ck_assert_uint_ge (strlen (ran.outcome.output), patient.output);
  ck_assert_uint_lt (strlen (ran.outcome.output), patient.output + 200);
  ck_assert (g_utf8_validate (ran.outcome.output, -1, NULL));
  ck_assert_ptr_nonnull (strstr (ran.outcome.output, "nobody asked for"));
  ran_clear (&ran);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("supervisor");
  TCase *tcase = tcase_create ("supervisor");

  tcase_set_timeout (tcase, 240.0);
  tcase_add_loop_test (tcase, own_word, 0, G_N_ELEMENTS (animals));
  tcase_add_test (tcase, nobody_is_forgotten);
  tcase_add_test (tcase, company);
  tcase_add_test (tcase, cancelled);
  tcase_add_test (tcase, output_is_capped);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
