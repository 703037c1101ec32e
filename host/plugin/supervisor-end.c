/* SPDX-License-Identifier: MIT
 *
 * How a worker ended, in the one vocabulary. What the kernel says (the wait
 * status) stands above what the worker said, which stands above silence.
 */
#include "plugin/supervisor-private.h"

#include "base/error.h"

#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#define MAX_LOG 1001 /* the worker's own limit, and the line that says so */
#define MAX_LOG_BYTES ((gsize)1 << 20)
#define MAX_WORDS 4096

/* Calls that plugins are caught at; others are named by number. */
const char *
hansa_syscall_name (guint32 number)
{
  static const struct
  {
    guint32 number;
    const char *name;
  } names[] = {
    { SYS_socket, "socket" },
    { SYS_connect, "connect" },
    { SYS_bind, "bind" },
    { SYS_sendto, "sendto" },
    { SYS_sendmsg, "sendmsg" },
    { SYS_socketpair, "socketpair" },
    { SYS_clone, "clone" },
    { SYS_execve, "execve" },
    { SYS_execveat, "execveat" },
    { SYS_kill, "kill" },
    { SYS_tgkill, "tgkill" },
    { SYS_tkill, "tkill" },
    { SYS_ptrace, "ptrace" },
    { SYS_openat, "openat" },
    { SYS_prctl, "prctl" },
    { SYS_unlinkat, "unlinkat" },
    { SYS_mkdirat, "mkdirat" },
    { SYS_ftruncate, "ftruncate" },
    { SYS_memfd_create, "memfd_create" },
    { SYS_mmap, "mmap" },
    { SYS_mprotect, "mprotect" },
    { SYS_rt_sigaction, "rt_sigaction" },
    { SYS_setsid, "setsid" },
    { SYS_setpgid, "setpgid" },
    { SYS_prlimit64, "prlimit64" },
    { SYS_seccomp, "seccomp" },
    { SYS_bpf, "bpf" },
    { SYS_process_vm_readv, "process_vm_readv" },
    { SYS_pipe2, "pipe2" },
    { SYS_dup3, "dup3" },
    { SYS_dup, "dup" },
    { SYS_fcntl, "fcntl" },
    { SYS_chdir, "chdir" },
    { SYS_shmget, "shmget" },
    { SYS_inotify_init1, "inotify_init1" },
    { SYS_timer_create, "timer_create" },
    { SYS_setitimer, "setitimer" },
#ifdef SYS_clone3
    { SYS_clone3, "clone3" },
#endif
#ifdef SYS_io_uring_setup
    { SYS_io_uring_setup, "io_uring_setup" },
#endif
#ifdef SYS_open
    { SYS_open, "open" },
    { SYS_creat, "creat" },
    { SYS_fork, "fork" },
    { SYS_vfork, "vfork" },
    { SYS_unlink, "unlink" },
    { SYS_mkdir, "mkdir" },
    { SYS_rename, "rename" },
    { SYS_pipe, "pipe" },
    { SYS_dup2, "dup2" },
    { SYS_alarm, "alarm" },
#endif
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].number == number)
      return names[i].name;
  return NULL;
}

/* Of any bytes, one valid line of bounded length. */
static char *
tidy (const char *text, gsize length)
{
  char *valid = g_utf8_make_valid (text, (gssize)MIN (length, MAX_WORDS));

  return g_strdelimit (valid, "\r\n", ' ');
}

static void
take_words (HansaWorker *worker, HansaReader *reader, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      gsize length;
      const char *text = hansa_reader_string (reader, &length);

      g_free (worker->words[i]);
      worker->words[i] = tidy (text == NULL ? "" : text, length);
    }
}

static void
take_log (HansaWorker *worker, HansaReader *reader)
{
  gsize length;
  const char *line = hansa_reader_string (reader, &length);

  if (line == NULL || worker->log->len >= MAX_LOG || worker->log_bytes >= MAX_LOG_BYTES)
    return;
  worker->log_bytes += length;
  g_ptr_array_add (worker->log, tidy (line, length));
}

static void
take_progress (HansaWorker *worker, HansaReader *reader)
{
  double done = hansa_reader_f64 (reader);

  if (worker->progress != NULL && done >= 0.0 && done <= 1.0)
    worker->progress (done, worker->progress_data);
}

gboolean
hansa_worker_note (HansaWorker *worker, const HansaFrameHeader *header, gconstpointer payload)
{
  HansaReader reader;

  hansa_reader_init (&reader, payload, header->length);
  switch (header->type)
    {
    case HANSA_FRAME_LOG:
      take_log (worker, &reader);
      return TRUE;
    case HANSA_FRAME_PROGRESS:
      take_progress (worker, &reader);
      return TRUE;
    case HANSA_FRAME_WATCHED:
      if (worker->probe == NULL || worker->watch != NULL)
        return FALSE;
      worker->watch = hansa_watch_decode (payload, header->length);
      return worker->watch != NULL;
    case HANSA_FRAME_FAIL:
      take_words (worker, &reader, 2);
      return TRUE;
    case HANSA_FRAME_BAD:
      take_words (worker, &reader, 2);
      worker->peak = hansa_reader_u64 (&reader);
      break;
    case HANSA_FRAME_REFUSED:
      take_words (worker, &reader, 1);
      worker->peak = hansa_reader_u64 (&reader);
      break;
    case HANSA_FRAME_DONE:
      worker->done_status = hansa_reader_u32 (&reader);
      worker->done_seconds = hansa_reader_f64 (&reader);
      worker->peak = hansa_reader_u64 (&reader);
      break;
    case HANSA_FRAME_CRASH:
      worker->crash_signal = hansa_reader_u32 (&reader);
      worker->crash_overflow = hansa_reader_u32 (&reader) != 0;
      worker->crash_no_memory = hansa_reader_u32 (&reader) != 0;
      worker->crash_address = hansa_reader_u64 (&reader);
      worker->peak = hansa_reader_u64 (&reader);
      break;
    case HANSA_FRAME_DENIED:
      worker->denied_call = hansa_reader_u32 (&reader);
      worker->peak = hansa_reader_u64 (&reader);
      break;
    default:
      return FALSE;
    }
  worker->last = header->type;
  return TRUE;
}

static void
say (HansaOutcome *outcome, HansaEnd end, char *detail)
{
  outcome->end = end;
  g_free (outcome->detail);
  outcome->detail = detail;
}

static void
conclude_signal (HansaWorker *worker, HansaOutcome *outcome, int number)
{
  const char *abbreviation = sigabbrev_np (number);
  g_autofree char *name = abbreviation == NULL ? g_strdup_printf ("%d", number)
                                               : g_strconcat ("SIG", abbreviation, NULL);
  gboolean told = worker->last == HANSA_FRAME_CRASH;
  double cpu = (double)worker->usage.ru_utime.tv_sec + (double)worker->usage.ru_stime.tv_sec;

  if (number == SIGSYS)
    say (outcome, HANSA_END_DENIED,
         g_strdup (_ ("a system call is not allowed; its number is not known, as signals were "
                      "blocked: starting a thread does so")));
  else if (number == SIGXCPU || (number == SIGKILL && cpu >= ceil (worker->limits.seconds)))
    say (outcome, HANSA_END_TIMED_OUT, g_strdup (_ ("the limit of CPU time was reached")));
  else if (told && worker->crash_no_memory)
    say (outcome, HANSA_END_OUT_OF_MEMORY,
         g_strdup_printf (_ ("%s after memory was refused"), name));
  else if (told && worker->crash_overflow)
    say (outcome, HANSA_END_CRASHED, g_strdup_printf (_ ("%s: the stack overflowed"), name));
  else if (told && (number == SIGSEGV || number == SIGBUS))
    say (outcome, HANSA_END_CRASHED,
         g_strdup_printf (_ ("%s at address 0x%" G_GINT64_MODIFIER "x"), name,
                          worker->crash_address));
  else if (number == SIGKILL)
    say (outcome, HANSA_END_CRASHED,
         g_strdup (_ ("SIGKILL from outside; the kernel does so when memory is short")));
  else
    say (outcome, HANSA_END_CRASHED, g_strdup (name));
}

static void
conclude_done (HansaWorker *worker, HansaOutcome *outcome)
{
  switch (worker->done_status)
    {
    case HANSA_OK:
      if (WEXITSTATUS (worker->status) != 0)
        say (outcome, HANSA_END_CRASHED,
             g_strdup_printf (_ ("exit status %d after the result"), WEXITSTATUS (worker->status)));
      break;
    case HANSA_ERROR:
      say (outcome, HANSA_END_ERROR,
           g_strdup (worker->words[0] == NULL
                         ? _ ("it gave no reason")
                         : hansa_text_in (outcome->message, hansa_language_from_environment ())));
      break;
    case HANSA_OUT_OF_MEMORY:
      say (outcome, HANSA_END_OUT_OF_MEMORY, g_strdup (_ ("it could not get the memory it needs")));
      break;
    case HANSA_CANCELLED:
      say (outcome, HANSA_END_BAD_RESULT,
           g_strdup (_ ("it says that it was cancelled, but it was not")));
      break;
    default:
      say (outcome, HANSA_END_BAD_RESULT, g_strdup (_ ("its last message is damaged")));
      break;
    }
}

static void
conclude_exit (HansaWorker *worker, HansaOutcome *outcome)
{
  const char *name;

  switch (worker->last)
    {
    case HANSA_FRAME_DONE:
      conclude_done (worker, outcome);
      break;
    case HANSA_FRAME_DENIED:
      name = hansa_syscall_name (worker->denied_call);
      say (outcome, HANSA_END_DENIED,
           name == NULL ? g_strdup_printf (_ ("system call %u is not allowed"), worker->denied_call)
                        : g_strdup_printf (_ ("system call %s() is not allowed"), name));
      break;
    case HANSA_FRAME_BAD:
      say (outcome, worker->described ? HANSA_END_BAD_RESULT : HANSA_END_REFUSED,
           g_strdup_printf (_ ("%s: %s"), worker->words[0], worker->words[1]));
      break;
    case HANSA_FRAME_REFUSED:
      say (outcome, HANSA_END_REFUSED, g_strdup (worker->words[0]));
      break;
    default:
      say (outcome, HANSA_END_EXITED_EARLY,
           g_strdup_printf (_ ("exit status %d, without a result"), WEXITSTATUS (worker->status)));
      break;
    }
}

static void
conclude_end (HansaWorker *worker, HansaOutcome *outcome)
{
  switch (worker->stop)
    {
    case HANSA_STOP_CANCEL:
      say (outcome, HANSA_END_CANCELLED,
           g_strdup (worker->killed ? _ ("it did not stop when asked, and was killed") : ""));
      return;
    case HANSA_STOP_DEADLINE:
      say (outcome, HANSA_END_TIMED_OUT,
           g_strdup_printf (worker->killed ? _ ("not done after %g s, and killed")
                                           : _ ("not done after %g s"),
                            worker->limits.seconds));
      return;
    case HANSA_STOP_NONSENSE:
      say (outcome, HANSA_END_BAD_RESULT, g_strdup (worker->nonsense));
      return;
    case HANSA_STOP_NONE:
    default:
      break;
    }
  if (worker->killed)
    say (outcome, HANSA_END_EXITED_EARLY, g_strdup (_ ("it closed its stream without a result")));
  else if (WIFSIGNALED (worker->status))
    conclude_signal (worker, outcome, WTERMSIG (worker->status));
  else
    conclude_exit (worker, outcome);
}

void
hansa_worker_conclude (HansaWorker *worker, HansaOutcome *outcome)
{
  say (outcome, HANSA_END_OK, g_strdup (""));
  if (worker->last == HANSA_FRAME_DONE && worker->done_status == HANSA_ERROR
      && worker->words[0] != NULL)
    outcome->message = hansa_text_copy ((HansaText){ worker->words[0], worker->words[1] });
  conclude_end (worker, outcome);
  if (worker->output_dropped > 0)
    g_string_append_printf (worker->output, _ ("\n(%" G_GUINT64_FORMAT " more bytes were dropped)"),
                            worker->output_dropped);
  outcome->output = g_utf8_make_valid (worker->output->str, (gssize)worker->output->len);
  /* Not ru_maxrss of wait4(), which counts our own memory: the child shared it
   * until its exec. */
  outcome->peak_memory = worker->peak;
  g_ptr_array_add (worker->log, NULL);
  outcome->log = (GStrv)g_ptr_array_steal (worker->log, NULL);
  outcome->missing_layers
      = worker->layers != NULL ? g_strdupv (worker->layers) : g_new0 (char *, 1);
}
