/* SPDX-License-Identifier: MIT
 *
 * Getting a plugin's description without running it.
 */
#pragma once

#include "plugin/registry.h"
#include "plugin/supervisor.h"

G_BEGIN_DECLS

/* Loads the plugin in a worker and asks it. NULL with HANSA_EXIT_PLUGIN. */
HansaDescription *hansa_inspect (const HansaPluginFile *file, GError **error);

/* The same for an id or a path. */
HansaDescription *hansa_inspect_named (const char *id_or_path, GError **error);

G_END_DECLS
