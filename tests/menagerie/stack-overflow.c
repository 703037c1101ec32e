/* SPDX-License-Identifier: MIT
 *
 * Recurses without end: crashed, and said to be the stack.
 */
#include <hansa/plugin.h>

static volatile int never;

static int
descend (int depth)
{
  volatile char frame[4096];

  frame[0] = (char)depth;
  /* Not a tail call, so that no compiler makes a loop of it. */
  return never ? frame[0] : descend (depth + 1) + frame[0];
}

static HansaStatus
run (HansaJob *job)
{
  (void)job;
  return descend (0) == 1 ? HANSA_ERROR : HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("stack-overflow", "1.0.0"),
  .title = { "Menagerie: stack-overflow", "异常插件：stack-overflow" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "stack-overflow", "1.0.0")
