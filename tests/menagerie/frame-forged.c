/* SPDX-License-Identifier: MIT
 *
 * Forges the frames of a result that breaks the rules: bad-result.
 */
#include <hansa/plugin.h>
#include <unistd.h>

static HansaStatus
run (HansaJob *job)
{
  /* Header of NOTE with five bytes of kind and text that do not fit together. */
  static const uint32_t forged[] = { 0x464e5348, 8, 8, 99, 0xfffffff0 };

  (void)job;
  (void)!write (3, forged, sizeof forged);
  return HANSA_OK;
}

static const HansaPlugin plugin = {
  HANSA_PLUGIN_HEAD ("frame-forged", "1.0.0"),
  .title = { "Menagerie: frame-forged", "异常插件：frame-forged" },
  .summary = { "A plugin that misbehaves.", "行为异常的插件。" },
  .licence = "MIT",
  .citation = "",
  .run = run,
};

HANSA_PLUGIN (plugin, "frame-forged", "1.0.0")
