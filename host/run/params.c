/* SPDX-License-Identifier: MIT */
#include "run/params.h"

#include "base/error.h"
#include "base/language.h"
#include "base/nearest.h"
#include "base/number.h"
#include "base/units.h"

#include <errno.h>
#include <math.h>
#include <string.h>

static void
clear_value (gpointer data)
{
  HansaParamValue *value = data;
  g_free ((char *)value->text);
}

static gboolean
fail (const HansaDescription *description, const HansaParam *param, const char *text,
      const char *wanted, GError **error)
{
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE, _ ("%s.%s = \"%s\": it must be %s"),
               description->plugin.id, param->id, text, wanted);
  return FALSE;
}

static char *
bounds_words (const HansaParam *param)
{
  g_autofree char *low = g_strdup_printf ("%.15g", param->minimum);
  g_autofree char *high = g_strdup_printf ("%.15g", param->maximum);
  const char *kind = param->type == HANSA_INTEGER ? _ ("a whole number") : _ ("a number");

  if (param->minimum < param->maximum)
    return g_strdup_printf (_ ("%s from %s to %s"), kind, low, high);
  return g_strdup (kind);
}

static gboolean
read_number (const HansaDescription *description, const HansaParam *param, const char *text,
             HansaParamValue *value, GError **error)
{
  g_autofree char *wanted = bounds_words (param);
  char *end = NULL;

  errno = 0;
  double number = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || errno != 0 || !isfinite (number))
    return fail (description, param, text, wanted, error);
  if (param->type == HANSA_INTEGER && (number != floor (number) || fabs (number) > 9e15))
    return fail (description, param, text, wanted, error);
  if (param->minimum < param->maximum && (number < param->minimum || number > param->maximum))
    return fail (description, param, text, wanted, error);
  value->number = number;
  char canonical[G_ASCII_DTOSTR_BUF_SIZE];
  value->text = g_strdup (hansa_number_text (canonical, number));
  return TRUE;
}

static gboolean
read_boolean (const HansaDescription *description, const HansaParam *param, const char *text,
              HansaParamValue *value, GError **error)
{
  static const char *const yes[] = { "true", "yes", "on", "1", "是", NULL };
  static const char *const no[] = { "false", "no", "off", "0", "否", NULL };

  if (!g_strv_contains (yes, text) && !g_strv_contains (no, text))
    return fail (description, param, text, _ ("true or false"), error);
  value->number = g_strv_contains (yes, text) ? 1.0 : 0.0;
  value->text = g_strdup (value->number != 0.0 ? "true" : "false");
  return TRUE;
}

static gboolean
read_choice (const HansaDescription *description, const HansaParam *param, const char *text,
             HansaParamValue *value, GError **error)
{
  g_autoptr (GString) wanted = g_string_new (_ ("one of"));

  for (guint i = 0; i < param->n_choices; i++)
    {
      if (g_str_equal (param->choices[i].id, text))
        {
          value->text = g_strdup (text);
          value->number = i;
          return TRUE;
        }
      g_string_append_printf (wanted, "%s %s", i == 0 ? "" : ",", param->choices[i].id);
    }
  return fail (description, param, text, wanted->str, error);
}

static gboolean
read_value (const HansaDescription *description, const HansaParam *param, const char *text,
            HansaParamValue *value, GError **error)
{
  switch (param->type)
    {
    case HANSA_REAL:
    case HANSA_INTEGER:
      return read_number (description, param, text, value, error);
    case HANSA_BOOLEAN:
      return read_boolean (description, param, text, value, error);
    case HANSA_CHOICE:
      return read_choice (description, param, text, value, error);
    default:
      value->text = g_strdup (text);
      return TRUE;
    }
}

GArray *
hansa_params_resolve (const HansaDescription *description, HansaParamLookup lookup, gpointer data,
                      GError **error)
{
  g_autoptr (GArray) values = g_array_new (FALSE, TRUE, sizeof (HansaParamValue));
  g_array_set_clear_func (values, clear_value);

  for (guint i = 0; i < description->plugin.n_params; i++)
    {
      const HansaParam *param = &description->plugin.params[i];
      const char *text = lookup (description->plugin.id, param->id, data);
      HansaParamValue value = { .id = param->id };

      if (text == NULL)
        text = param->fallback;
      if (text != NULL && !read_value (description, param, text, &value, error))
        return NULL;
      g_array_append_val (values, value);
    }
  return g_steal_pointer (&values);
}

gboolean
hansa_params_known (const HansaDescription *description, const char *param, GError **error)
{
  if (hansa_description_param (description, param) != NULL)
    return TRUE;

  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GString) list = g_string_new (NULL);
  for (guint i = 0; i < description->plugin.n_params; i++)
    {
      const char *id = description->plugin.params[i].id;
      g_ptr_array_add (ids, (gpointer)id);
      g_string_append_printf (list, "%s%s", i == 0 ? "" : ", ", id);
    }
  g_ptr_array_add (ids, NULL);

  const char *near = hansa_nearest (param, (const char *const *)ids->pdata);
  if (near != NULL)
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
                 _ ("%s has no parameter \"%s\"; did you mean \"%s\"?"), description->plugin.id,
                 param, near);
  else
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
                 _ ("%s has no parameter \"%s\"; it has: %s"), description->plugin.id, param,
                 list->str);
  return FALSE;
}

gboolean
hansa_param_is_default (const HansaParam *param, const HansaParamValue *value)
{
  if (param->fallback == NULL || value->text == NULL)
    return param->fallback == NULL && value->text == NULL;
  if (param->type == HANSA_REAL || param->type == HANSA_INTEGER)
    return g_ascii_strtod (param->fallback, NULL) == value->number;
  return g_str_equal (param->fallback, value->text);
}
