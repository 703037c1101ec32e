/* SPDX-License-Identifier: MIT
 *
 * Sleeps with all signals blocked: cancelled, by force.
 */
#include <hansa/plugin.h>
#include <signal.h>
#include <time.h>

static void
pause_a_second (void)
{
  struct timespec second = { 1, 0 };

  nanosleep (&second, NULL);
}

static HansaStatus
run (HansaJob *job)
{
  sigset_t all;

  (void)job;
  sigfillset (&all);
  sigprocmask (SIG_BLOCK, &all, NULL);
  for (;;)
    pause_a_second ();
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("ignores-cancel", "1.0.0"),
  .title = { "Menagerie: ignores-cancel", "异常插件：ignores-cancel" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "ignores-cancel", "1.0.0")
