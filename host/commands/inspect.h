/* SPDX-License-Identifier: MIT
 *
 * Getting a plugin's description without running it.
 */
#pragma once

#include "plugin/registry.h"
#include "plugin/supervisor.h"
#include "store/store.h"

G_BEGIN_DECLS

/* Loads the plugin in a worker and asks it, unless the store (may be NULL) knows
 * what it says. NULL with HANSA_EXIT_PLUGIN. */
HansaDescription *hansa_inspect (HansaStore *store, const HansaPluginFile *file, GError **error);

/* The same for an id or a path. */
HansaDescription *hansa_inspect_named (const char *id_or_path, GError **error);

G_END_DECLS
