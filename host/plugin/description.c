/* SPDX-License-Identifier: MIT */
#include "plugin/description.h"

void
hansa_description_free (HansaDescription *description)
{
  if (description == NULL)
    return;
  g_free (description->path);
  g_clear_pointer (&description->arrays, g_ptr_array_unref);
  g_clear_pointer (&description->text, g_string_chunk_free);
  g_free (description);
}

const HansaParam *
hansa_description_param (const HansaDescription *description, const char *id)
{
  for (guint i = 0; i < description->plugin.n_params; i++)
    if (g_str_equal (description->plugin.params[i].id, id))
      return &description->plugin.params[i];
  return NULL;
}

const HansaInput *
hansa_description_input (const HansaDescription *description, const char *name)
{
  for (guint i = 0; i < description->plugin.n_inputs; i++)
    if (g_str_equal (description->plugin.inputs[i].name, name))
      return &description->plugin.inputs[i];
  return NULL;
}

const char *
hansa_type_id (guint32 type)
{
  static const char *const ids[]
      = { "", "real", "integer", "text", "date", "boolean", "choice", "label" };
  return type < G_N_ELEMENTS (ids) ? ids[type] : "";
}
