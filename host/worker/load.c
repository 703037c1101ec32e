/* SPDX-License-Identifier: MIT
 *
 * Loads the plugin and says what it is. The descriptor is checked here only as
 * far as reading it needs; the host judges what it says.
 */
#include "worker.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#define MAX_INPUTS 1024
#define MAX_COLUMNS 1024
#define MAX_PARAMS 1024
#define MAX_CHOICES 1024
#define MAX_TAGS 256

static const char call[] = "descriptor";

const HansaPlugin *
worker_load (Worker *worker, const char *path)
{
  static HansaPlugin plugin;
  void *module = dlopen (path, RTLD_NOW | RTLD_LOCAL);
  HansaPluginQuery query = NULL;
  const HansaPlugin *given;
  void *symbol;

  if (module == NULL)
    worker_refuse (worker, "%s", dlerror ());
  symbol = dlsym (module, HANSA_PLUGIN_QUERY);
  if (symbol == NULL)
    worker_refuse (worker, "it exports no function %s()", HANSA_PLUGIN_QUERY);
  memcpy (&query, &symbol, sizeof query);
  given = query ();
  if (given == NULL)
    worker_refuse (worker, "%s() answers NULL", HANSA_PLUGIN_QUERY);
  /* Versions first: they say how to read the rest. */
  if (given->abi_major != HANSA_ABI_MAJOR || given->abi_minor > HANSA_ABI_MINOR)
    worker_refuse (worker, "it asks for ABI %u.%u; this host has %u.%u", given->abi_major,
                   given->abi_minor, HANSA_ABI_MAJOR, HANSA_ABI_MINOR);
  worker_take (worker, call, given, sizeof plugin, &plugin);
  if (plugin.run == NULL)
    worker_refuse (worker, "its descriptor has no run()");
  return &plugin;
}

static void
check_array (Worker *worker, const char *what, const void *array, uint32_t n, uint32_t most)
{
  worker_check_range (worker, call, what, n, 0, most);
  if (n > 0 && array == NULL)
    worker_bad (worker, call, "%s is not 0, but the array is NULL", what);
}

static void
put_input (Worker *worker, const HansaInput *input)
{
  HansaWriter *out = &worker->out;

  worker_put_string (worker, call, "the name of an input", input->name, true);
  hansa_writer_u32 (out, input->flags);
  worker_put_string (worker, call, "query", input->query, false);
  check_array (worker, "n_columns", input->columns, input->n_columns, MAX_COLUMNS);
  hansa_writer_u32 (out, input->n_columns);
  for (uint32_t i = 0; i < input->n_columns; i++)
    {
      const HansaColumn *column = &input->columns[i];

      worker_put_string (worker, call, "the name of a column", column->name, true);
      hansa_writer_u32 (out, column->type);
      hansa_writer_u32 (out, column->flags);
      worker_put_string (worker, call, "unit", column->unit, column->type == HANSA_REAL);
      worker_put_text (worker, call, "the help of a column", column->help, false);
    }
}

static void
put_param (Worker *worker, const HansaParam *param)
{
  HansaWriter *out = &worker->out;

  worker_put_string (worker, call, "the id of a parameter", param->id, true);
  hansa_writer_u32 (out, param->type);
  hansa_writer_u32 (out, param->flags);
  worker_put_text (worker, call, "the title of a parameter", param->title, true);
  worker_put_text (worker, call, "the help of a parameter", param->help, false);
  worker_put_string (worker, call, "unit", param->unit, false);
  worker_put_string (worker, call, "fallback", param->fallback, false);
  hansa_writer_f64 (out, param->minimum);
  hansa_writer_f64 (out, param->maximum);
  check_array (worker, "n_choices", param->choices, param->n_choices, MAX_CHOICES);
  hansa_writer_u32 (out, param->n_choices);
  for (uint32_t i = 0; i < param->n_choices; i++)
    {
      worker_put_string (worker, call, "the id of a choice", param->choices[i].id, true);
      worker_put_text (worker, call, "the title of a choice", param->choices[i].title, true);
    }
}

static void
put_head (Worker *worker, const HansaPlugin *plugin)
{
  HansaWriter *out = &worker->out;
  uint32_t n_tags = 0;

  hansa_writer_u32 (out, plugin->abi_major);
  hansa_writer_u32 (out, plugin->abi_minor);
  worker_put_string (worker, call, "id", plugin->id, true);
  worker_put_string (worker, call, "version", plugin->version, true);
  worker_put_text (worker, call, "title", plugin->title, true);
  worker_put_text (worker, call, "summary", plugin->summary, true);
  worker_put_string (worker, call, "licence", plugin->licence, true);
  worker_put_string (worker, call, "citation", plugin->citation, true);
  while (plugin->tags != NULL && plugin->tags[n_tags] != NULL)
    if (++n_tags > MAX_TAGS)
      worker_bad (worker, call, "tags has no NULL at its end");
  hansa_writer_u32 (out, n_tags);
  for (uint32_t i = 0; i < n_tags; i++)
    worker_put_string (worker, call, "a tag", plugin->tags[i], true);
}

void
worker_describe (Worker *worker, const WorkerLayers *layers)
{
  const HansaPlugin *plugin = worker->plugin;

  hansa_writer_begin (&worker->out, HANSA_FRAME_DESCRIPTION);
  hansa_writer_u32 (&worker->out, layers->n_names);
  for (uint32_t i = 0; i < layers->n_names; i++)
    hansa_writer_string (&worker->out, layers->names[i]);
  put_head (worker, plugin);
  check_array (worker, "n_inputs", plugin->inputs, plugin->n_inputs, MAX_INPUTS);
  hansa_writer_u32 (&worker->out, plugin->n_inputs);
  for (uint32_t i = 0; i < plugin->n_inputs; i++)
    put_input (worker, &plugin->inputs[i]);
  check_array (worker, "n_params", plugin->params, plugin->n_params, MAX_PARAMS);
  hansa_writer_u32 (&worker->out, plugin->n_params);
  for (uint32_t i = 0; i < plugin->n_params; i++)
    put_param (worker, &plugin->params[i]);
  worker_frame_end (worker);
  worker_flush (worker);
}
