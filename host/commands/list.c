/* SPDX-License-Identifier: MIT
 *
 * hansa list: the analyses on this machine.
 */
#include "commands/commands.h"
#include "commands/inspect.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

typedef struct
{
  const HansaPluginFile *file;
  HansaDescription *description; /* NULL: refused or not loadable */
  char *problem;
} Entry;

static void
clear_entry (gpointer data)
{
  Entry *entry = data;
  hansa_description_free (entry->description);
  g_free (entry->problem);
}

static GArray *
inspect_all (HansaStore *store, GPtrArray *files)
{
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  g_array_set_clear_func (entries, clear_entry);

  for (guint i = 0; i < files->len; i++)
    {
      g_autoptr (GError) error = NULL;
      Entry entry = { .file = files->pdata[i] };
      entry.description = hansa_inspect (store, entry.file, &error);
      entry.problem = error != NULL ? g_strdup (error->message) : NULL;
      g_array_append_val (entries, entry);
    }
  return entries;
}

static void
print_table (GArray *entries)
{
  HansaLanguage language = hansa_command_language ();

  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);
      g_autofree char *id = hansa_command_pad (entry->file->id, 22);
      g_autofree char *version = hansa_command_pad (entry->file->version, 9);
      const char *title = entry->description != NULL
                              ? hansa_text_in (entry->description->plugin.title, language)
                              : hansa_text_in (hansa_end_text (HANSA_END_REFUSED), language);
      printf ("%s  %s  %s\n", id, version, title);
      if (entry->problem != NULL)
        printf ("%*s%s\n", 35, "", entry->problem);
    }
  if (entries->len == 0)
    printf ("%s\n", _ ("No analysis is installed. HANSA_PLUGIN_PATH names folders with plugins."));
}

static void
print_json (GArray *entries)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "id");
      json_builder_add_string_value (builder, entry->file->id);
      json_builder_set_member_name (builder, "version");
      json_builder_add_string_value (builder, entry->file->version);
      json_builder_set_member_name (builder, "path");
      json_builder_add_string_value (builder, entry->file->path);
      if (entry->description != NULL)
        {
          json_builder_set_member_name (builder, "title");
          json_builder_begin_object (builder);
          json_builder_set_member_name (builder, "en");
          json_builder_add_string_value (builder, entry->description->plugin.title.en);
          json_builder_set_member_name (builder, "zh");
          json_builder_add_string_value (builder, entry->description->plugin.title.zh);
          json_builder_end_object (builder);
        }
      json_builder_set_member_name (builder, "problem");
      if (entry->problem != NULL)
        json_builder_add_string_value (builder, entry->problem);
      else
        json_builder_add_null_value (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  hansa_command_print_json (builder);
}

int
hansa_command_list (int argc, char **argv)
{
  gboolean json = FALSE;
  g_auto (GStrv) folders = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print as JSON"), NULL },
    { "plugin-dir", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &folders,
      N_ ("A folder with plugins, searched first"), "DIR" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!hansa_command_options (&argc, &argv, "", N_ ("Lists the analyses on this machine."), entries,
                              &exit_code))
    return exit_code;
  g_autoptr (GPtrArray) files = hansa_registry_scan ((const char *const *)folders);
  g_autoptr (GError) error = NULL;
  g_autoptr (HansaStore) store = hansa_store_open (&error);
  if (error != NULL)
    return hansa_command_fail (error);
  g_autoptr (GArray) all = inspect_all (store, files);
  if (json)
    print_json (all);
  else
    print_table (all);
  return HANSA_EXIT_OK;
}
