/* SPDX-License-Identifier: MIT
 *
 * One plugin in one worker: describe it, run it, say how it ended.
 */
#include "plugin/supervisor-private.h"

#include "base/error.h"
#include "plugin/decode.h"

#include <linux/seccomp.h>
#include <math.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Loading and describing take about a millisecond; a constructor that never
 * ends must not hold up a listing for as long as a job may take. */
#define DESCRIBE_SECONDS 10.0
/* A result beyond this is not kept in the store: it would be held twice. */
#define MOST_KEPT ((guint)64 << 20)

const HansaLimits hansa_limits_default
    = { (guint64)1 << 30, 60.0, 0.5, (guint64)256 << 20, (guint64)64 << 10 };

static void
set_deadline (HansaWorker *worker, double seconds)
{
  worker->deadline = g_get_monotonic_time () + (gint64)(CLAMP (seconds, 0.0, 1e9) * 1e6);
}

static HansaWorker *
spawn_observed (const char *plugin_path, const HansaLimits *limits, int cancel_fd,
                const HansaProbe *probe, GError **error)
{
  g_autoptr (HansaWorker) worker = g_new0 (HansaWorker, 1);
  g_autoptr (GError) refusal = NULL;

  worker->path = g_canonicalize_filename (plugin_path, NULL);
  worker->limits = limits != NULL ? *limits : hansa_limits_default;
  worker->pidfd = worker->socket = worker->output_fd = -1;
  worker->cancel_fd = cancel_fd;
  worker->input = g_byte_array_new ();
  worker->output = g_string_new (NULL);
  worker->log = g_ptr_array_new_with_free_func (g_free);
  worker->probe = probe != NULL ? hansa_probe_argument (probe) : NULL;
  worker->locale_path = probe != NULL ? g_strdup (probe->locale_path) : NULL;
  /* What is no plugin of ours is refused here, in the same words as a plugin
   * that cannot be loaded, and costs no process. */
  if (!hansa_note_read (worker->path, NULL, NULL, &refusal))
    worker->refusal = g_strdup (refusal->message);
  else if (!hansa_worker_start (worker, error))
    return NULL;
  set_deadline (worker, MIN (worker->limits.seconds, DESCRIBE_SECONDS));
  return g_steal_pointer (&worker);
}

HansaWorker *
hansa_worker_spawn (const char *plugin_path, const HansaLimits *limits, int cancel_fd,
                    GError **error)
{
  return spawn_observed (plugin_path, limits, cancel_fd, NULL, error);
}

HansaWorker *
hansa_worker_spawn_probed (const char *plugin_path, const HansaLimits *limits,
                           const HansaProbe *probe, GError **error)
{
  return spawn_observed (plugin_path, limits, -1, probe, error);
}

void
hansa_worker_free (HansaWorker *worker)
{
  if (worker == NULL)
    return;
  hansa_worker_kill (worker);
  hansa_worker_reap (worker, 0);

  const int fds[] = { worker->socket, worker->output_fd, worker->pidfd };
  for (gsize i = 0; i < G_N_ELEMENTS (fds); i++)
    if (fds[i] >= 0)
      close (fds[i]);
  g_free (worker->path);
  g_free (worker->refusal);
  g_free (worker->probe);
  g_free (worker->locale_path);
  hansa_watch_free (worker->watch);
  g_free (worker->nonsense);
  g_free (worker->words[0]);
  g_free (worker->words[1]);
  g_byte_array_unref (worker->input);
  g_clear_pointer (&worker->frames, g_byte_array_unref);
  g_clear_pointer (&worker->description, g_bytes_unref);
  g_string_free (worker->output, TRUE);
  g_ptr_array_unref (worker->log);
  g_strfreev (worker->layers);
  g_strfreev (worker->inputs);
  g_free (worker);
}

void
hansa_worker_set_progress (HansaWorker *worker, HansaProgressFunc func, gpointer data)
{
  worker->progress = func;
  worker->progress_data = data;
}

void
hansa_outcome_clear (HansaOutcome *outcome)
{
  g_free (outcome->detail);
  hansa_text_clear (&outcome->message);
  g_free (outcome->output);
  g_strfreev (outcome->log);
  g_strfreev (outcome->missing_layers);
  memset (outcome, 0, sizeof *outcome);
}

/* The worker is to end: waits, then concludes. */
static void
finish (HansaWorker *worker, HansaOutcome *outcome)
{
  gint64 now = g_get_monotonic_time ();
  gint64 grace = (gint64)(CLAMP (worker->limits.grace, 0.0, 3600.0) * 1e6);

  /* The stream is at its end, or the process is killed: what is left is its
   * exit, which takes no time unless it holds on without a stream. */
  hansa_worker_reap (worker, now + MAX (grace, 100 * 1000));
  hansa_worker_conclude (worker, outcome);
}

static gboolean
is_refused (HansaWorker *worker, HansaOutcome *outcome)
{
  hansa_outcome_clear (outcome);
  if (worker->refusal == NULL)
    return FALSE;
  outcome->end = HANSA_END_REFUSED;
  outcome->detail = g_strdup (worker->refusal);
  outcome->output = g_strdup ("");
  outcome->log = g_new0 (char *, 1);
  outcome->missing_layers = g_new0 (char *, 1);
  return TRUE;
}

static GStrv
input_names (const HansaPlugin *plugin)
{
  GStrv names = g_new0 (char *, (gsize)plugin->n_inputs + 1);

  for (guint i = 0; i < plugin->n_inputs; i++)
    names[i] = g_strdup (plugin->inputs[i].name);
  return names;
}

HansaDescription *
hansa_worker_describe (HansaWorker *worker, HansaOutcome *outcome)
{
  g_autoptr (HansaDescription) description = NULL;
  g_autoptr (GError) error = NULL;
  HansaFrameHeader header;
  gconstpointer payload;

  if (is_refused (worker, outcome))
    return NULL;
  while (hansa_worker_next (worker, &header, &payload))
    {
      if (header.type != HANSA_FRAME_DESCRIPTION)
        {
          if (!hansa_worker_note (worker, &header, payload))
            hansa_worker_nonsense (worker, _ ("its messages are out of order"));
          continue;
        }
      description = hansa_decode_description (worker->path, payload, header.length, &worker->layers,
                                              &error);
      if (description == NULL)
        break;
      worker->described = TRUE;
      worker->description = g_bytes_new (payload, header.length);
      worker->inputs = input_names (&description->plugin);
      outcome->missing_layers = g_strdupv (worker->layers);
      outcome->detail = g_strdup ("");
      outcome->output = g_strdup ("");
      outcome->log = g_new0 (char *, 1);
      return g_steal_pointer (&description);
    }
  if (error != NULL)
    hansa_worker_kill (worker);
  finish (worker, outcome);
  if (error != NULL)
    {
      outcome->end = HANSA_END_REFUSED;
      g_free (outcome->detail);
      outcome->detail = g_strdup (error->message);
    }
  else if (outcome->end == HANSA_END_OK)
    outcome->end = HANSA_END_EXITED_EARLY;
  return NULL;
}

static gboolean
send_job (HansaWorker *worker, const HansaParamValue *params, guint n_params,
          HansaSealedTable *const *tables, guint n_tables, guint64 seed)
{
  g_autofree int *fds = g_new (int, MAX (n_tables, 1));
  HansaWriter frame = { 0 };
  guint n_fds = 0;
  gboolean sent;

  hansa_writer_begin (&frame, HANSA_FRAME_RUN);
  hansa_writer_u64 (&frame, seed);
  hansa_writer_u32 (&frame, n_params);
  for (guint i = 0; i < n_params; i++)
    {
      hansa_writer_string (&frame, params[i].id);
      hansa_writer_string (&frame, params[i].text);
      hansa_writer_f64 (&frame, params[i].number);
    }
  hansa_writer_u32 (&frame, n_tables);
  for (guint i = 0; i < n_tables; i++)
    {
      hansa_writer_u8 (&frame, tables[i] != NULL);
      if (tables[i] != NULL)
        fds[n_fds++] = hansa_sealed_table_fd (tables[i]);
    }
  sent = hansa_writer_end (&frame) && hansa_worker_send (worker, &frame, fds, n_fds);
  hansa_writer_clear (&frame);
  return sent;
}

static HansaDecoder *
new_decoder (HansaWorker *worker, HansaSealedTable *const *tables, guint n_tables)
{
  HansaDecoder *decoder = hansa_decoder_new (worker->limits.result);

  for (guint i = 0; i < n_tables && worker->inputs[i] != NULL; i++)
    hansa_decoder_add_input (decoder, worker->inputs[i],
                             tables[i] == NULL ? 0 : hansa_sealed_table_view (tables[i])->n_rows);
  return decoder;
}

static void
keep_frame (HansaWorker *worker, const HansaFrameHeader *header, gconstpointer payload)
{
  if (worker->frames == NULL)
    return;
  if (worker->frames->len + header->length > MOST_KEPT)
    {
      g_clear_pointer (&worker->frames, g_byte_array_unref);
      return;
    }
  g_byte_array_append (worker->frames, (gconstpointer)header, sizeof *header);
  g_byte_array_append (worker->frames, payload, header->length);
}

/* Frames until the end. The result's own go to the decoder. */
static void
listen_to (HansaWorker *worker, HansaDecoder *decoder)
{
  HansaFrameHeader header;
  gconstpointer payload;

  while (hansa_worker_next (worker, &header, &payload))
    {
      g_autoptr (GError) error = NULL;

      /* After the end nothing but a crash on the way out (a destructor, a
       * sanitizer's verdict), which then is the end. */
      if (worker->last != 0 && header.type != HANSA_FRAME_CRASH)
        hansa_worker_nonsense (worker, _ ("it went on after its last message"));
      else if (hansa_worker_note (worker, &header, payload))
        continue;
      else if (hansa_decoder_frame (decoder, header.type, payload, header.length, &error))
        keep_frame (worker, &header, payload);
      else
        hansa_worker_nonsense (worker, error->message);
      if (worker->stop == HANSA_STOP_NONSENSE)
        return;
    }
}

HansaResult *
hansa_worker_run (HansaWorker *worker, const HansaParamValue *params, guint n_params,
                  HansaSealedTable *const *tables, guint n_tables, guint64 seed,
                  HansaOutcome *outcome)
{
  g_autoptr (HansaDecoder) decoder = NULL;
  g_autoptr (HansaResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  double seconds;

  if (is_refused (worker, outcome))
    return NULL;
  g_return_val_if_fail (worker->described && !worker->reaped, NULL);
  decoder = new_decoder (worker, tables, n_tables);
  worker->frames = g_byte_array_new ();
  set_deadline (worker, worker->limits.seconds);
  /* A worker that does not take its job has ended: the stream says how. */
  send_job (worker, params, n_params, tables, n_tables, seed);
  listen_to (worker, decoder);
  seconds = (double)(g_get_monotonic_time () - start) * 1e-6;
  finish (worker, outcome);
  outcome->seconds = seconds;
  if (worker->last == HANSA_FRAME_DONE && worker->done_seconds > 0.0
      && worker->done_seconds < seconds)
    outcome->seconds = worker->done_seconds;
  if (outcome->end != HANSA_END_OK)
    return NULL;
  result = hansa_decoder_finish (decoder, &error);
  if (result == NULL)
    {
      outcome->end = HANSA_END_BAD_RESULT;
      g_free (outcome->detail);
      outcome->detail = g_strdup (error->message);
    }
  return g_steal_pointer (&result);
}

GBytes *
hansa_worker_description (HansaWorker *worker)
{
  return worker->description;
}

GBytes *
hansa_worker_take_frames (HansaWorker *worker)
{
  return worker->frames != NULL ? g_byte_array_free_to_bytes (g_steal_pointer (&worker->frames))
                                : NULL;
}

GStrv
hansa_sandbox_layers (void)
{
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#endif
  long landlock = syscall (SYS_landlock_create_ruleset, NULL, 0, 1u /* which version? */);
  guint32 trap = SECCOMP_RET_TRAP;
  gboolean seccomp = syscall (SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &trap) == 0;
  g_autoptr (GStrvBuilder) layers = g_strv_builder_new ();
  g_autofree char *named = g_strdup_printf ("landlock %ld", MAX (landlock, 0));

  g_strv_builder_add (layers, landlock >= 1 ? named : "-landlock");
  g_strv_builder_add (layers, landlock >= 4 ? "landlock network" : "-landlock network");
  g_strv_builder_add (layers, landlock >= 6 ? "landlock scope" : "-landlock scope");
  g_strv_builder_add (layers, seccomp ? "seccomp" : "-seccomp");
  g_strv_builder_add (layers, "limits");
  return g_strv_builder_end (layers);
}
