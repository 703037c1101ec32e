/* SPDX-License-Identifier: MIT */
#include "plugin/stored.h"

#include "plugin/decode.h"
#include "store/key.h"

/* ---- descriptions ------------------------------------------------------------ */

static char *
description_key (HansaStore *store, const char *hash)
{
  HansaKey *key = hash != NULL ? hansa_key_new (store, "description") : NULL;

  hansa_key_text (key, hash);
  return hansa_key_end (key);
}

HansaDescription *
hansa_stored_description (HansaStore *store, const char *path, const char *hash,
                          HansaOutcome *outcome)
{
  g_autofree char *key = description_key (store, hash);
  g_autoptr (GBytes) entry = hansa_store_get (store, key);
  GStrv layers = NULL;

  if (entry == NULL)
    return NULL;
  HansaDescription *description = hansa_decode_description (
      path, g_bytes_get_data (entry, NULL), g_bytes_get_size (entry), &layers, NULL);
  if (description != NULL)
    {
      hansa_outcome_clear (outcome);
      outcome->detail = g_strdup ("");
      outcome->output = g_strdup ("");
      outcome->log = g_new0 (char *, 1);
      outcome->missing_layers = g_steal_pointer (&layers);
    }
  g_strfreev (layers);
  return description;
}

void
hansa_store_description (HansaStore *store, const char *hash, HansaWorker *worker)
{
  g_autofree char *key = description_key (store, hash);
  GBytes *description = hansa_worker_description (worker);

  if (description != NULL)
    hansa_store_put (store, key, 1, &description);
}

/* ---- results ------------------------------------------------------------------- */

char *
hansa_result_key (HansaStore *store, const char *plugin_hash, const HansaLimits *limits,
                  guint64 seed, const GArray *params, const GArray *inputs)
{
  HansaKey *key = plugin_hash != NULL ? hansa_key_new (store, "result") : NULL;

  hansa_key_text (key, plugin_hash);
  /* Time limits decide whether there is a result, not which. */
  hansa_key_number (key, limits->memory);
  hansa_key_number (key, limits->result);
  hansa_key_number (key, seed);
  for (guint i = 0; i < params->len; i++)
    {
      hansa_key_text (key, g_array_index (params, HansaParamValue, i).id);
      hansa_key_text (key, g_array_index (params, HansaParamValue, i).text);
    }
  for (guint i = 0; i < inputs->len; i++)
    hansa_key_text (key, g_array_index (inputs, HansaInputDigest, i).hash);
  return hansa_key_end (key);
}

HansaResult *
hansa_stored_result (HansaStore *store, const char *key, const HansaDescription *description,
                     const HansaLimits *limits, const GArray *inputs)
{
  g_autoptr (GBytes) entry = hansa_store_get (store, key);

  if (entry == NULL)
    return NULL;
  g_autoptr (HansaDecoder) decoder = hansa_decoder_new (limits->result);
  for (guint i = 0; i < inputs->len; i++)
    hansa_decoder_add_input (decoder, description->plugin.inputs[i].name,
                             g_array_index (inputs, HansaInputDigest, i).n_rows);
  return hansa_decode_frames (decoder, entry, NULL);
}

void
hansa_store_result (HansaStore *store, const char *key, HansaWorker *worker)
{
  g_autoptr (GBytes) frames = hansa_worker_take_frames (worker);

  if (frames != NULL)
    hansa_store_put (store, key, 1, &frames);
}
