/* SPDX-License-Identifier: MIT
 *
 * Starts a thread: denied.
 */
#include <hansa/plugin.h>
#include <pthread.h>

static void *
idle (void *data)
{
  return data;
}

static HansaStatus
run (HansaJob *job)
{
  pthread_t thread;

  (void)job;
  return pthread_create (&thread, NULL, idle, NULL) == 0 ? HANSA_OK : HANSA_ERROR;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("thread", "1.0.0"),
  .title = { "Menagerie: thread", "异常插件：thread" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "thread", "1.0.0")
