/* SPDX-License-Identifier: MIT
 *
 * Never finishes loading: timed-out, before it is described.
 */
#include <hansa/plugin.h>
#include <time.h>

__attribute__ ((constructor)) static void
wait_for_ever (void)
{
  struct timespec second = { 1, 0 };

  for (;;)
    nanosleep (&second, NULL);
}

static HansaStatus
run (HansaJob *job)
{
  (void)job;
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("slow-constructor", "1.0.0"),
  .title = { "Menagerie: slow-constructor", "异常插件：slow-constructor" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "slow-constructor", "1.0.0")
