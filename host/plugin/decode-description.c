/* SPDX-License-Identifier: MIT
 *
 * The DESCRIPTION frame, decoded and judged: what a descriptor must hold is
 * checked here, once, for every caller.
 */
#include "plugin/decode.h"

#include "base/error.h"
#include "plugin/wire.h"

#include <string.h>

#define MAX_LAYERS 32
#define MAX_INPUTS 1024
#define MAX_COLUMNS 1024
#define MAX_PARAMS 1024
#define MAX_CHOICES 1024
#define MAX_TAGS 256
#define MAX_VERSION 23

static gpointer
keep_array (HansaDescription *description, gsize n, gsize size)
{
  gpointer array = g_malloc0_n (MAX (n, 1), size);

  g_ptr_array_add (description->arrays, array);
  return array;
}

static const char *
keep (HansaDescription *description, const char *text)
{
  return text == NULL ? NULL : g_string_chunk_insert (description->text, text);
}

static const char *
keep_string (HansaDescription *description, HansaTaker *taker, gboolean required)
{
  return keep (description, hansa_take_string (taker, required, NULL));
}

/* A name that other parts go by: never NULL, so that looking it up is safe
 * while the rest is still being judged. */
static const char *
keep_name (HansaDescription *description, HansaTaker *taker)
{
  const char *name = hansa_take_string (taker, TRUE, NULL);

  if (name != NULL && (*name == '\0' || strlen (name) > 255))
    hansa_taker_fail (taker, N_ ("a name is empty or too long"));
  return keep (description, name == NULL ? "" : name);
}

static HansaText
keep_text (HansaDescription *description, HansaTaker *taker, gboolean required)
{
  HansaText text = hansa_take_text (taker, required);

  text.en = keep (description, text.en);
  text.zh = keep (description, text.zh);
  return text;
}

static GStrv
take_layers (HansaTaker *taker)
{
  guint32 n = hansa_reader_count (taker->reader, MAX_LAYERS, 5);
  g_autoptr (GStrvBuilder) layers = g_strv_builder_new ();

  for (guint32 i = 0; i < n; i++)
    {
      const char *layer = hansa_take_string (taker, TRUE, NULL);

      if (layer != NULL)
        g_strv_builder_add (layers, layer);
    }
  return g_strv_builder_end (layers);
}

static void
take_head (HansaDescription *description, HansaTaker *taker)
{
  HansaPlugin *plugin = &description->plugin;
  const char **tags;
  guint32 n_tags;

  plugin->struct_size = sizeof *plugin;
  plugin->abi_major = (guint16)hansa_take_range (taker, HANSA_ABI_MAJOR, HANSA_ABI_MAJOR);
  plugin->abi_minor = (guint16)hansa_take_range (taker, 0, HANSA_ABI_MINOR);
  plugin->id = keep (description, hansa_take_id (taker));
  plugin->version = keep_string (description, taker, TRUE);
  if (plugin->id != NULL && strchr (plugin->id, '_') != NULL)
    hansa_taker_fail (taker, N_ ("the id of a plugin has no underscores"));
  if (plugin->version != NULL && strlen (plugin->version) > MAX_VERSION)
    hansa_taker_fail (taker, N_ ("the version is too long"));
  plugin->title = keep_text (description, taker, TRUE);
  plugin->summary = keep_text (description, taker, TRUE);
  plugin->licence = keep_string (description, taker, TRUE);
  plugin->citation = keep_string (description, taker, TRUE);
  n_tags = hansa_reader_count (taker->reader, MAX_TAGS, 5);
  tags = keep_array (description, (gsize)n_tags + 1, sizeof *tags);
  for (guint32 i = 0; i < n_tags; i++)
    tags[i] = keep_name (description, taker);
  plugin->tags = tags;
}

static void
take_column (HansaDescription *description, HansaTaker *taker, HansaColumn *columns, guint32 i)
{
  HansaColumn *column = &columns[i];

  column->name = keep_name (description, taker);
  column->type = hansa_take_range (taker, HANSA_REAL, HANSA_DATE);
  column->flags = hansa_take_range (taker, 0, HANSA_NULLABLE | HANSA_OPTIONAL | HANSA_SUM);
  column->unit = keep_string (description, taker, column->type == HANSA_REAL);
  column->help = keep_text (description, taker, FALSE);
  if ((column->flags & HANSA_SUM) != 0 && column->type != HANSA_REAL
      && column->type != HANSA_INTEGER)
    hansa_taker_fail (taker, N_ ("a column is to be summed, but holds no numbers"));
  for (guint32 j = 0; j < i; j++)
    if (g_str_equal (columns[j].name, column->name))
      hansa_taker_fail (taker, N_ ("two columns share a name"));
}

static void
take_inputs (HansaDescription *description, HansaTaker *taker)
{
  HansaPlugin *plugin = &description->plugin;
  guint32 n = hansa_reader_count (taker->reader, MAX_INPUTS, 17);
  HansaInput *inputs = keep_array (description, n, sizeof *inputs);

  for (guint32 i = 0; i < n && taker->wrong == NULL; i++)
    {
      HansaInput *input = &inputs[i];
      HansaColumn *columns;
      guint32 n_columns;

      input->name = keep_name (description, taker);
      input->flags = hansa_take_range (taker, 0, HANSA_OPTIONAL);
      if (input->flags != 0 && input->flags != HANSA_OPTIONAL)
        hansa_taker_fail (taker, N_ ("an input has unknown flags"));
      input->query = keep_string (description, taker, FALSE);
      n_columns = hansa_reader_count (taker->reader, MAX_COLUMNS, 25);
      columns = keep_array (description, n_columns, sizeof *columns);
      if (n_columns == 0)
        hansa_taker_fail (taker, N_ ("an input has no columns"));
      for (guint32 j = 0; j < n_columns && taker->wrong == NULL; j++)
        take_column (description, taker, columns, j);
      input->columns = columns;
      input->n_columns = n_columns;
      for (guint32 j = 0; j < i; j++)
        if (g_str_equal (inputs[j].name, input->name))
          hansa_taker_fail (taker, N_ ("two inputs share a name"));
    }
  plugin->inputs = inputs;
  plugin->n_inputs = n;
}

static void
take_choices (HansaDescription *description, HansaTaker *taker, HansaParam *param)
{
  guint32 n = hansa_reader_count (taker->reader, MAX_CHOICES, 12);
  HansaChoice *choices = keep_array (description, n, sizeof *choices);

  for (guint32 i = 0; i < n && taker->wrong == NULL; i++)
    {
      choices[i].id = keep_name (description, taker);
      choices[i].title = keep_text (description, taker, TRUE);
      for (guint32 j = 0; j < i; j++)
        if (g_str_equal (choices[j].id, choices[i].id))
          hansa_taker_fail (taker, N_ ("two choices share an id"));
    }
  if ((param->type == HANSA_CHOICE) != (n > 0))
    hansa_taker_fail (taker, N_ ("a choice needs choices, and nothing else has them"));
  param->choices = choices;
  param->n_choices = n;
}

static void
take_params (HansaDescription *description, HansaTaker *taker)
{
  HansaPlugin *plugin = &description->plugin;
  guint32 n = hansa_reader_count (taker->reader, MAX_PARAMS, 57);
  HansaParam *params = keep_array (description, n, sizeof *params);

  for (guint32 i = 0; i < n && taker->wrong == NULL; i++)
    {
      HansaParam *param = &params[i];

      param->id = keep_name (description, taker);
      param->type = hansa_take_range (taker, HANSA_REAL, HANSA_CHOICE);
      param->flags = hansa_take_range (taker, 0, 0);
      param->title = keep_text (description, taker, TRUE);
      param->help = keep_text (description, taker, FALSE);
      param->unit = keep_string (description, taker, FALSE);
      param->fallback = keep_string (description, taker, FALSE);
      param->minimum = hansa_reader_f64 (taker->reader);
      param->maximum = hansa_reader_f64 (taker->reader);
      if (param->type == HANSA_DATE)
        hansa_taker_fail (taker, N_ ("a parameter has a type that no parameter has"));
      if (isnan (param->minimum) || isnan (param->maximum))
        hansa_taker_fail (taker, N_ ("a bound is not a number"));
      take_choices (description, taker, param);
      for (guint32 j = 0; j < i; j++)
        if (g_str_equal (params[j].id, param->id))
          hansa_taker_fail (taker, N_ ("two parameters share an id"));
    }
  plugin->params = params;
  plugin->n_params = n;
}

HansaDescription *
hansa_decode_description (const char *path, gconstpointer payload, gsize length, GStrv *layers,
                          GError **error)
{
  g_autoptr (HansaDescription) description = g_new0 (HansaDescription, 1);
  g_auto (GStrv) missing = NULL;
  HansaReader reader;
  HansaTaker taker = { NULL, &reader };

  description->path = g_strdup (path);
  description->text = g_string_chunk_new (1024);
  description->arrays = g_ptr_array_new_with_free_func (g_free);
  hansa_reader_init (&reader, payload, length);
  missing = take_layers (&taker);
  if (layers != NULL && !reader.failed)
    *layers = g_steal_pointer (&missing);
  take_head (description, &taker);
  take_inputs (description, &taker);
  take_params (description, &taker);
  if (!hansa_taker_done (&taker, _ ("its description"), error))
    return NULL;
  return g_steal_pointer (&description);
}
