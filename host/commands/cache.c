/* SPDX-License-Identifier: MIT
 *
 * hansa cache: what earlier runs left to be reused.
 */
#include "commands/commands.h"

#include "store/store.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

static void
print_json (const HansaStore *store, const HansaStoreUsage *usage)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "folder");
  if (store != NULL)
    json_builder_add_string_value (builder, hansa_store_folder (store));
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "entries");
  json_builder_add_int_value (builder, (gint64)usage->entries);
  json_builder_set_member_name (builder, "bytes");
  json_builder_add_int_value (builder, (gint64)usage->bytes);
  json_builder_set_member_name (builder, "limit");
  json_builder_add_int_value (builder, (gint64)usage->limit);
  json_builder_end_object (builder);
  hansa_command_print_json (builder);
}

static void
print_usage (const HansaStore *store, const HansaStoreUsage *usage)
{
  if (store == NULL)
    {
      printf ("%s\n", _ ("HANSA_CACHE_LIMIT is 0: nothing is kept."));
      return;
    }
  g_autofree char *bytes = g_format_size_full (usage->bytes, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *limit = g_format_size_full (usage->limit, G_FORMAT_SIZE_IEC_UNITS);
  printf (_ ("%s: %" G_GUINT64_FORMAT " entries, %s of %s\n"), hansa_store_folder (store),
          usage->entries, bytes, limit);
}

int
hansa_command_cache (int argc, char **argv)
{
  gboolean json = FALSE;
  g_autoptr (GError) error = NULL;
  int exit_code;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print as JSON"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  if (!hansa_command_options (
          &argc, &argv, N_ ("show|clear"),
          N_ ("Shows or clears what runs keep for the next one: tables read, results and charts.\n"
              "It lies in HANSA_CACHE, else in the user's cache folder; HANSA_CACHE_LIMIT is its "
              "size\n(2G by default, 0 for none). Clearing it costs time only."),
          entries, &exit_code))
    return exit_code;
  gboolean clear = argc == 2 && g_str_equal (argv[1], "clear");
  if (!clear && (argc != 2 || !g_str_equal (argv[1], "show")))
    return hansa_command_usage (_ ("say show or clear"));

  g_autoptr (HansaStore) store = hansa_store_open (&error);
  if (error != NULL || (clear && store != NULL && !hansa_store_clear (store, &error)))
    return hansa_command_fail (error);
  HansaStoreUsage usage = { 0 };
  if (store != NULL)
    usage = hansa_store_usage (store);
  if (json)
    print_json (store, &usage);
  else
    print_usage (store, &usage);
  return HANSA_EXIT_OK;
}
