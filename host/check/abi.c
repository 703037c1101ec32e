/* SPDX-License-Identifier: MIT
 *
 * What a plugin says of itself: the ELF section against the descriptor, ids,
 * versions, defaults, units, names that are too alike.
 */
#include "check/check.h"

#include "base/units.h"
#include "run/params.h"

#include <string.h>

static void
fault_id (HansaCheck *check, const char *what, const char *id, const char *pattern)
{
  if (!g_regex_match_simple (pattern, id, 0, 0))
    hansa_check_fault (check, FALSE, NULL, _ ("%s \"%s\" is not of the form %s"), what, id,
                       pattern);
}

static void
check_note (HansaCheck *check)
{
  const HansaPlugin *plugin = &check->description->plugin;
  const HansaNote *note = &check->note;

  if (strcmp (note->id, plugin->id) != 0)
    hansa_check_fault (check, FALSE, NULL,
                       _ ("the section .hansa says id \"%s\", the descriptor \"%s\""), note->id,
                       plugin->id);
  if (strcmp (note->version, plugin->version) != 0)
    hansa_check_fault (check, FALSE, NULL,
                       _ ("the section .hansa says version \"%s\", the descriptor \"%s\""),
                       note->version, plugin->version);
  if (note->abi_major != plugin->abi_major || note->abi_minor != plugin->abi_minor)
    hansa_check_fault (check, FALSE, NULL,
                       _ ("the section .hansa says ABI %u.%u, the descriptor %u.%u"),
                       note->abi_major, note->abi_minor, plugin->abi_major, plugin->abi_minor);
}

/* Without case, hyphens, underscores and a plural. */
static char *
folded (const char *id)
{
  GString *text = g_string_new (NULL);

  for (; *id != '\0'; id++)
    if (*id != '_' && *id != '-')
      g_string_append_c (text, g_ascii_tolower (*id));
  if (text->len > 2 && text->str[text->len - 1] == 's')
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, FALSE);
}

/* `seen` maps folded names to names. */
static void
check_alike (HansaCheck *check, GHashTable *seen, const char *what, const char *id)
{
  g_autofree char *key = folded (id);
  const char *other = g_hash_table_lookup (seen, key);

  if (other == NULL)
    g_hash_table_insert (seen, g_steal_pointer (&key), (gpointer)id);
  else if (strcmp (other, id) == 0)
    hansa_check_fault (check, FALSE, NULL, _ ("%s \"%s\" is declared twice"), what, id);
  else
    hansa_check_fault (check, TRUE, NULL, _ ("%s \"%s\" and \"%s\" are easily confused"), what,
                       other, id);
}

static GHashTable *
new_names (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
check_unit (HansaCheck *check, const char *what, const char *id, const char *unit)
{
  if (unit != NULL && *unit != '\0' && hansa_unit_find (unit) == NULL)
    hansa_check_fault (check, FALSE, NULL,
                       _ ("%s \"%s\": its unit \"%s\" is no word of docs/reference/units.md"), what,
                       id, unit);
}

static void
check_inputs (HansaCheck *check)
{
  const HansaPlugin *plugin = &check->description->plugin;
  g_autoptr (GHashTable) names = new_names ();

  for (guint i = 0; i < plugin->n_inputs; i++)
    {
      const HansaInput *input = &plugin->inputs[i];
      g_autoptr (GHashTable) columns = new_names ();

      check_alike (check, names, _ ("input"), input->name);
      for (guint j = 0; j < input->n_columns; j++)
        {
          check_alike (check, columns, _ ("column"), input->columns[j].name);
          check_unit (check, _ ("column"), input->columns[j].name, input->columns[j].unit);
        }
    }
}

static void
check_params (HansaCheck *check)
{
  const HansaPlugin *plugin = &check->description->plugin;
  g_autoptr (GHashTable) names = new_names ();

  for (guint i = 0; i < plugin->n_params; i++)
    {
      const HansaParam *param = &plugin->params[i];
      g_autoptr (GHashTable) choices = new_names ();

      check_alike (check, names, _ ("parameter"), param->id);
      fault_id (check, _ ("parameter"), param->id, "^[a-z][a-z0-9_-]*$");
      check_unit (check, _ ("parameter"), param->id, param->unit);
      if (param->minimum > param->maximum)
        hansa_check_fault (check, FALSE, NULL,
                           _ ("parameter \"%s\": its minimum %g is above its maximum %g"),
                           param->id, param->minimum, param->maximum);
      if (param->type == HANSA_CHOICE && param->n_choices < 2)
        hansa_check_fault (check, TRUE, NULL,
                           _ ("parameter \"%s\": there is nothing to choose from"), param->id);
      for (guint j = 0; j < param->n_choices; j++)
        check_alike (check, choices, _ ("choice"), param->choices[j].id);
    }
}

static const char *
no_setting (const char *plugin, const char *param, gpointer data)
{
  (void)plugin;
  (void)param;
  (void)data;
  return NULL;
}

static void
check_defaults (HansaCheck *check)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) params = hansa_params_resolve (check->description, no_setting, NULL, &error);

  if (params == NULL)
    hansa_check_fault (check, FALSE, NULL, _ ("a default breaks its own bounds: %s"),
                       error->message);
}

/* What the sandbox denies, or what a pure function has no use for. */
static void
check_imports (HansaCheck *check)
{
  static const char *const denied[]
      = { "fopen",  "fopen64", "open",   "open64", "socket",         "connect",   "fork",
          "system", "popen",   "execve", "execv",  "pthread_create", "setlocale", "getenv",
          "dlopen", "remove",  "unlink", "rename", "mkdir",          "sleep",     NULL };
  g_autofree char *found = hansa_check_imports (check->options.plugin, denied);

  if (found != NULL)
    hansa_check_fault (check, TRUE, NULL,
                       _ ("it links to %s: a plugin has no files, network, processes, threads, "
                          "environment or locale"),
                       found);
}

void
hansa_check_abi (HansaCheck *check)
{
  const HansaPlugin *plugin = &check->description->plugin;

  check_note (check);
  fault_id (check, _ ("the id"), plugin->id, "^[a-z][a-z0-9]*(-[a-z0-9]+)*$");
  fault_id (check, _ ("the version"), plugin->version, "^[0-9]+\\.[0-9]+\\.[0-9]+");
  if (plugin->licence == NULL || *plugin->licence == '\0')
    hansa_check_fault (check, FALSE, NULL, _ ("it names no licence"));
  if (plugin->citation == NULL || *plugin->citation == '\0')
    hansa_check_fault (check, TRUE, NULL, _ ("it cites no source of its method"));
  check_inputs (check);
  check_params (check);
  check_defaults (check);
  check_imports (check);
}
