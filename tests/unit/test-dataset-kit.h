/* SPDX-License-Identifier: MIT
 *
 * Data packages for tests, made of texts in a folder of their own.
 */
#pragma once

#include "base/error.h"
#include "dataset/dataset.h"

#include <check.h>
#include <glib/gstdio.h>
#include <string.h>

static inline char *
kit_folder (void)
{
  char *folder = g_dir_make_tmp ("hansa-dataset-XXXXXX", NULL);
  ck_assert_ptr_nonnull (folder);
  return folder;
}

static inline void
kit_bytes (const char *folder, const char *name, const char *bytes, gssize length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  ck_assert (g_file_set_contents (path, bytes, length, NULL));
}

static inline void
kit_text (const char *folder, const char *name, const char *text)
{
  kit_bytes (folder, name, text, -1);
}

/* A package of one table, t.csv, with these fields (JSON, may use ') and more
 * members of the schema. */
static inline void
kit_package (const char *folder, const char *fields, const char *more)
{
  g_autofree char *json = g_strdup_printf (
      "{'name':'kit','resources':[{'name':'t','path':'t.csv','schema':{'fields':[%s]%s}}]}", fields,
      more);
  kit_text (folder, "datapackage.json", g_strdelimit (json, "'", '"'));
}

static inline void
kit_remove (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_remove (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

static inline HansaDataset *
kit_open (const char *folder)
{
  g_autoptr (GError) error = NULL;
  HansaDataset *dataset = hansa_dataset_open (folder, &error);
  ck_assert_msg (dataset != NULL, "%s", error != NULL ? error->message : "");
  return dataset;
}

static inline const HansaTable *
kit_view (HansaSealedTable *table)
{
  return hansa_sealed_table_view (table);
}
