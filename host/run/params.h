/* SPDX-License-Identifier: MIT
 *
 * Parameters: from what a user wrote to what a plugin gets. Nothing reaches a
 * plugin that its descriptor does not allow.
 */
#pragma once

#include "plugin/description.h"
#include "plugin/supervisor.h"

G_BEGIN_DECLS

/* The text that sets a parameter, or NULL; from --set, the study, the dataset. */
typedef const char *(*HansaParamLookup) (const char *plugin, const char *param, gpointer data);

/* HansaParamValue in descriptor order; `text` owned by the array. NULL with
 * HANSA_EXIT_USAGE: what is wrong, what is allowed. */
GArray *hansa_params_resolve (const HansaDescription *description, HansaParamLookup lookup,
                              gpointer data, GError **error);

/* FALSE with HANSA_EXIT_USAGE when the plugin has no such parameter. */
gboolean hansa_params_known (const HansaDescription *description, const char *param,
                             GError **error);

/* The default's text of a value, for display: TRUE when the user set it. */
gboolean hansa_param_is_default (const HansaParam *param, const HansaParamValue *value);

G_END_DECLS
