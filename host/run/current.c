/* SPDX-License-Identifier: MIT */
#include "run/current.h"

#include "chart/fonts.h"
#include "plugin/registry.h"
#include "store/key.h"

#include <string.h>

static void
add_plugins (HansaKey *key, const HansaSession *session)
{
  hansa_key_number (key, session->skip_unusable ? 1 : 0);
  for (guint i = 0; i < session->plugins->len; i++)
    {
      const HansaPluginFile *file = session->plugins->pdata[i];
      g_autofree char *hash = hansa_file_sum (session->store, file->path, HANSA_SHA256);
      hansa_key_text (key, file->id);
      hansa_key_text (key, file->path);
      hansa_key_text (key, hash);
      hansa_key_text (key, file->problem);
    }
}

static void
add_settings (HansaKey *key, const HansaSession *session)
{
  g_autoptr (GList) names = g_hash_table_get_keys (session->settings);
  g_autofree char *study
      = session->study != NULL ? g_key_file_to_data (session->study->keys, NULL, NULL) : NULL;

  names = g_list_sort (names, (GCompareFunc)strcmp);
  for (GList *name = names; name != NULL; name = name->next)
    {
      hansa_key_text (key, name->data);
      hansa_key_text (key, g_hash_table_lookup (session->settings, name->data));
    }
  hansa_key_text (key, study);
}

static void
add_number (HansaKey *key, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  hansa_key_text (key, g_ascii_dtostr (text, sizeof text, number));
}

static void
add_choices (HansaKey *key, const HansaSession *session, HansaText title)
{
  hansa_key_text (key, title.en);
  hansa_key_text (key, title.zh);
  hansa_key_number (key, session->language);
  hansa_key_number (key, session->seed);
  hansa_key_number (key, session->limits.memory);
  hansa_key_number (key, session->limits.result);
  hansa_key_number (key, session->limits.output);
  add_number (key, session->limits.seconds);
  add_number (key, session->limits.grace);
  hansa_key_number (key, (session->png ? 1u : 0u) | (session->pdf ? 2u : 0u)
                             | (session->monochrome ? 4u : 0u));
  hansa_key_text (key, g_getenv ("SOURCE_DATE_EPOCH"));
}

char *
hansa_run_key (const HansaSession *session, HansaText title)
{
  g_autofree char *dataset = hansa_dataset_key (session->dataset);
  HansaKey *key = dataset != NULL ? hansa_key_new (session->store, "run") : NULL;

  if (key == NULL)
    return NULL;
  hansa_key_text (key, dataset);
  add_plugins (key, session);
  add_settings (key, session);
  add_choices (key, session, title);
  return hansa_key_end (key);
}

char *
hansa_run_whole_key (const HansaSession *session, const char *key, HansaChartPool *charts)
{
  HansaKey *whole = key != NULL ? hansa_key_new (session->store, "whole run") : NULL;

  if (whole == NULL)
    return NULL;
  hansa_key_text (whole, key);
  hansa_key_text (whole, charts != NULL ? hansa_chart_pool_program (charts) : NULL);
  hansa_key_text (whole, hansa_fonts_digest ());
  return hansa_key_end (whole);
}

char *
hansa_run_created (HansaStore *store, const char *key)
{
  g_autoptr (GBytes) entry = hansa_store_get (store, key);

  return entry != NULL ? g_strndup (g_bytes_get_data (entry, NULL), g_bytes_get_size (entry))
                       : NULL;
}

/* The report of a run also names its command, and when it was made. */
static char *
report_key (const HansaSession *session, const HansaRun *run, const char *run_key)
{
  HansaKey *key = run_key != NULL ? hansa_key_new (session->store, "report") : NULL;

  hansa_key_text (key, run_key);
  hansa_key_text (key, run->command);
  hansa_key_text (key, run->created);
  return hansa_key_end (key);
}

gboolean
hansa_run_is_current (const HansaSession *session, const HansaRun *run, const char *key)
{
  g_autofree char *name = report_key (session, run, key);
  g_autoptr (GBytes) known = hansa_store_get (session->store, name);

  if (known == NULL)
    return FALSE;
  g_autofree char *list = hansa_report_list (session->out);
  return list != NULL && strlen (list) == g_bytes_get_size (known)
         && memcmp (list, g_bytes_get_data (known, NULL), strlen (list)) == 0;
}

void
hansa_run_remember (const HansaSession *session, const HansaRun *run, const char *key)
{
  g_autofree char *name = report_key (session, run, key);
  char *list = name != NULL ? hansa_report_list (session->out) : NULL;

  if (list == NULL)
    return;
  g_autoptr (GBytes) created = g_bytes_new (run->created, strlen (run->created));
  g_autoptr (GBytes) files = g_bytes_new_take (list, strlen (list));
  hansa_store_put (session->store, key, 1, &created);
  hansa_store_put (session->store, name, 1, &files);
}
