/* SPDX-License-Identifier: MIT
 *
 * What the files of `hansa data` share.
 */
#pragma once

#include "dataset/dataset.h"
#include "publish/publish.h"

G_BEGIN_DECLS

/* Problems, each on a line, and how many; or as JSON. */
void hansa_command_print_problems (HansaDataset *dataset, GPtrArray *problems, gboolean valid,
                                   gboolean json);
/* "name": "text", or null. */
void hansa_command_json_text (JsonBuilder *builder, const char *name, const char *text);

/* Returns the exit code; sets options->cancel_fd. */
int hansa_command_data_publish (const char *package, HansaPublishOptions *options, gint limit,
                                gboolean json);

G_END_DECLS
