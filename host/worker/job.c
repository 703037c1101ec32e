/* SPDX-License-Identifier: MIT
 *
 * The host as a plugin sees it: tables, parameters, failing.
 */
#include "worker.h"

#include <string.h>

static const HansaTable *
job_table (HansaJob *job, const char *input)
{
  Worker *worker = (Worker *)job;

  worker_check_string (worker, "hansa_table()", "input", input, true);
  for (uint32_t i = 0; i < worker->plugin->n_inputs; i++)
    if (strcmp (worker->plugin->inputs[i].name, input) == 0)
      {
        if (worker->asked_tables != NULL)
          worker->asked_tables[i] = true;
        return &worker->tables[i];
      }
  worker_bad (worker, "hansa_table()", "no input \"%.200s\" is declared", input);
}

static uint32_t
find_param (Worker *worker, const char *call, const char *id)
{
  worker_check_string (worker, call, "id", id, true);
  for (uint32_t i = 0; i < worker->plugin->n_params; i++)
    if (strcmp (worker->plugin->params[i].id, id) == 0)
      {
        if (worker->asked_params != NULL)
          worker->asked_params[i] = true;
        return i;
      }
  worker_bad (worker, call, "no parameter \"%.200s\" is declared", id);
}

static const char *
job_param_text (HansaJob *job, const char *id)
{
  Worker *worker = (Worker *)job;
  const char *text = worker->param_texts[find_param (worker, "hansa_param_text()", id)];

  return text == NULL ? "" : text;
}

static double
job_param_number (HansaJob *job, const char *id)
{
  Worker *worker = (Worker *)job;
  uint32_t i = find_param (worker, "hansa_param_real()", id);
  uint32_t type = worker->plugin->params[i].type;

  if (type != HANSA_REAL && type != HANSA_INTEGER && type != HANSA_BOOLEAN)
    worker_bad (worker, "hansa_param_real()", "parameter \"%.200s\" is no number", id);
  return worker->param_numbers[i];
}

static int
job_param_is_set (HansaJob *job, const char *id)
{
  Worker *worker = (Worker *)job;

  return worker->param_texts[find_param (worker, "hansa_param_is_set()", id)] != NULL;
}

static HansaStatus
job_fail (HansaJob *job, HansaText message)
{
  Worker *worker = (Worker *)job;

  worker_rows_end (worker);
  hansa_writer_begin (&worker->out, HANSA_FRAME_FAIL);
  worker_put_text (worker, "hansa_fail()", "message", message, true);
  worker_frame_end (worker);
  return HANSA_ERROR;
}

static const HansaHost host = {
  .struct_size = sizeof (HansaHost),
  .abi_major = HANSA_ABI_MAJOR,
  .abi_minor = HANSA_ABI_MINOR,
  .table = job_table,
  .param_text = job_param_text,
  .param_number = job_param_number,
  .param_is_set = job_param_is_set,
  .metric = worker_metric,
  .out_table = worker_out_table,
  .out_row = worker_out_row,
  .chart = worker_chart,
  .finding = worker_finding,
  .note = worker_note,
  .failure = job_fail,
  .service = worker_service,
};

void
worker_job_init (Worker *worker, uint64_t seed)
{
  worker->job.host = &host;
  worker->rows_table = UINT32_MAX;
  worker->seed = seed;
  worker_random_seed (worker, seed);
}
