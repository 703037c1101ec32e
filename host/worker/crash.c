/* SPDX-License-Identifier: MIT
 *
 * Last words: a signal handler tells the host what happened, and the process
 * then ends by that signal. Runs on a stack of its own, so that a stack that
 * overflowed can be told.
 */
#include "worker.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The kernel keeps this much free below a growing stack. */
#define STACK_GAP ((uintptr_t)1 << 20)

static int report_fd = -1;
static uintptr_t stack_end; /* the lowest address that the stack may reach */
static uintptr_t stack_top;

/* Everything in here must be safe in a signal handler: no malloc, no stdio. */
static void
report (HansaFrameType type, const uint32_t *words, unsigned n_words, uint64_t address)
{
  unsigned char bytes[128];
  HansaWriter writer = { .bytes = bytes, .room = sizeof bytes, .fixed = true };
  ssize_t written;

  hansa_writer_begin (&writer, type);
  for (unsigned i = 0; i < n_words; i++)
    hansa_writer_u32 (&writer, words[i]);
  if (type == HANSA_FRAME_CRASH)
    hansa_writer_u64 (&writer, address);
  hansa_writer_u64 (&writer, worker_memory_peak ());
  if (!hansa_writer_end (&writer))
    return;
  written = write (report_fd, writer.bytes, writer.length);
  (void)written; /* nothing is left to be done about it */
}

static void
crashed (int number, siginfo_t *info, void *context)
{
  /* si_addr means an address only where the kernel found a fault. */
  bool fault = info->si_code > 0 && (number == SIGSEGV || number == SIGBUS);
  uintptr_t address = fault ? (uintptr_t)info->si_addr : 0;
  bool overflow = fault && address < stack_top && address + STACK_GAP >= stack_end;
  uint32_t words[3] = { (uint32_t)number, overflow, worker_malloc_failed };

  (void)context;
  report (HANSA_FRAME_CRASH, words, 3, address);
  /* SA_RESETHAND put back the default: end by the same signal. A fault would
   * come again by itself, one that was sent would not. */
  syscall (SYS_tgkill, getpid (), (pid_t)syscall (SYS_gettid), number);
}

static void
denied (int number, siginfo_t *info, void *context)
{
  uint32_t word = (uint32_t)info->si_syscall;

  (void)number;
  (void)context;
  report (HANSA_FRAME_DENIED, &word, 1, 0);
  _exit (WORKER_EXIT_DENIED);
}

void
worker_watch_fault (int number)
{
  struct sigaction action = { .sa_flags = (int)(SA_SIGINFO | SA_ONSTACK | SA_RESETHAND) };

  sigemptyset (&action.sa_mask);
  action.sa_sigaction = crashed;
  sigaction (number, &action, NULL);
}

void
worker_watch (int socket, const void *top)
{
  static const int fatal[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP };
  static unsigned char stack[32 << 10] __attribute__ ((aligned (64)));
  stack_t alternate = { .ss_sp = stack, .ss_size = sizeof stack };
  struct sigaction action = { .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER };
  struct rlimit limit = { WORKER_STACK, WORKER_STACK };

  report_fd = socket;
  getrlimit (RLIMIT_STACK, &limit);
  stack_top = (uintptr_t)top;
  stack_end = stack_top - (limit.rlim_cur > WORKER_STACK ? WORKER_STACK : limit.rlim_cur);
  sigaltstack (&alternate, NULL);
  for (size_t i = 0; i < sizeof fatal / sizeof fatal[0]; i++)
    worker_watch_fault (fatal[i]);
  sigemptyset (&action.sa_mask);
  action.sa_sigaction = denied;
  sigaction (SIGSYS, &action, NULL);
}

#if HANSA_SANITIZED

/* The environment is empty, so that options have to be here: signals are ours,
 * and what a sanitizer finds ends in an abort, which the host sees. */
/* Visible, or the runtime does not find them. */
__attribute__ ((visibility ("default"))) const char *__asan_default_options (void);
__attribute__ ((visibility ("default"))) const char *__ubsan_default_options (void);

const char *
__asan_default_options (void)
{
  return "handle_segv=0:handle_sigbus=0:handle_sigill=0:handle_sigfpe=0:handle_abort=0:"
         "use_sigaltstack=0:abort_on_error=1:allow_user_segv_handler=1:"
         "allocator_may_return_null=1:symbolize=0";
}

const char *
__ubsan_default_options (void)
{
  return "halt_on_error=1:abort_on_error=1:symbolize=0";
}

#endif
