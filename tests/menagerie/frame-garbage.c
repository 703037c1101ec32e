/* SPDX-License-Identifier: MIT
 *
 * Writes to the descriptor that results go through: bad-result.
 */
#include <hansa/plugin.h>
#include <unistd.h>

static HansaStatus
run (HansaJob *job)
{
  static const char garbage[] = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

  (void)job;
  (void)!write (3, garbage, sizeof garbage - 1);
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("frame-garbage", "1.0.0"),
  .title = { "Menagerie: frame-garbage", "异常插件：frame-garbage" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "frame-garbage", "1.0.0")
