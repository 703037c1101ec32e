/* SPDX-License-Identifier: MIT
 *
 * Closes every descriptor and stays: exited-early, and killed.
 */
#include <hansa/plugin.h>
#include <time.h>
#include <unistd.h>

static void
pause_a_second (void)
{
  struct timespec second = { 1, 0 };

  nanosleep (&second, NULL);
}

static HansaStatus
run (HansaJob *job)
{
  (void)job;
  for (int fd = 0; fd < 64; fd++)
    close (fd);
  for (;;)
    pause_a_second ();
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("closes-stream", "1.0.0"),
  .title = { "Menagerie: closes-stream", "异常插件：closes-stream" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "closes-stream", "1.0.0")
