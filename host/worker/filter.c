/* SPDX-License-Identifier: MIT
 *
 * The system call filter: what is not on the list traps, and the SIGSYS handler
 * tells the host which call it was. Two filters stack, the stricter one wins:
 * the first stands before the plugin is loaded, so that its constructors run
 * inside; the second ends what loading needs.
 */
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#endif

#define WRITING (O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY))

/* Memory, clock, own signals, and files that are open already. */
static const int harmless[] = {
  SCMP_SYS (read),
  SCMP_SYS (write),
  SCMP_SYS (readv),
  SCMP_SYS (writev),
  SCMP_SYS (pread64),
  SCMP_SYS (close),
  SCMP_SYS (lseek),
  SCMP_SYS (fstat),
  SCMP_SYS (newfstatat),
  SCMP_SYS (stat),
  SCMP_SYS (lstat),
  SCMP_SYS (statx),
  SCMP_SYS (access),
  SCMP_SYS (faccessat),
  SCMP_SYS (faccessat2),
  SCMP_SYS (readlink),
  SCMP_SYS (readlinkat),
  SCMP_SYS (getcwd),
  SCMP_SYS (mmap),
  SCMP_SYS (mprotect),
  SCMP_SYS (munmap),
  SCMP_SYS (mremap),
  SCMP_SYS (brk),
  SCMP_SYS (madvise),
  SCMP_SYS (futex),
  SCMP_SYS (rseq),
  SCMP_SYS (set_robust_list),
  SCMP_SYS (sched_yield),
  SCMP_SYS (sched_getaffinity),
  SCMP_SYS (getrandom),
  SCMP_SYS (clock_gettime),
  SCMP_SYS (clock_getres),
  SCMP_SYS (clock_nanosleep),
  SCMP_SYS (nanosleep),
  SCMP_SYS (gettimeofday),
  SCMP_SYS (time),
  SCMP_SYS (getpid),
  SCMP_SYS (gettid),
  SCMP_SYS (getppid),
  SCMP_SYS (getuid),
  SCMP_SYS (geteuid),
  SCMP_SYS (getgid),
  SCMP_SYS (getegid),
  SCMP_SYS (getrusage),
  SCMP_SYS (getrlimit),
  SCMP_SYS (times),
  SCMP_SYS (uname),
  SCMP_SYS (sysinfo),
  SCMP_SYS (rt_sigprocmask),
  SCMP_SYS (rt_sigreturn),
  SCMP_SYS (sigaltstack),
  SCMP_SYS (restart_syscall),
  SCMP_SYS (poll),
  SCMP_SYS (ppoll),
  SCMP_SYS (exit),
  SCMP_SYS (exit_group),
};

static const int harmless_fcntl[] = { F_GETFD, F_SETFD, F_GETFL, F_GET_SEALS };

/* Arguments are compared as 64 bits, so an argument that the kernel would cut
 * to 32 must be matched whole: equal, or within bounds, never "not equal". */
static struct scmp_arg_cmp
when (unsigned argument, enum scmp_compare compare, scmp_datum_t a, scmp_datum_t b)
{
  struct scmp_arg_cmp test = { argument, compare, a, b };

  return test;
}

static int
allow (scmp_filter_ctx filter, int call)
{
  int failed = seccomp_rule_add_exact_array (filter, SCMP_ACT_ALLOW, call, 0, NULL);

  /* This machine has no such call: nothing to allow. */
  return failed == -EDOM || call < 0 ? 0 : failed;
}

static int
allow_if (scmp_filter_ctx filter, int call, struct scmp_arg_cmp test)
{
  return call < 0 ? 0 : seccomp_rule_add_exact_array (filter, SCMP_ACT_ALLOW, call, 1, &test);
}

static int
allow_if2 (scmp_filter_ctx filter, int call, struct scmp_arg_cmp first, struct scmp_arg_cmp second)
{
  struct scmp_arg_cmp tests[2] = { first, second };

  return seccomp_rule_add_exact_array (filter, SCMP_ACT_ALLOW, call, 2, tests);
}

static int
allow_by_argument (scmp_filter_ctx filter, int socket)
{
  scmp_datum_t self = (scmp_datum_t)getpid ();
  int failed = 0;

  for (size_t i = 0; i < sizeof harmless_fcntl / sizeof harmless_fcntl[0]; i++)
    failed |= allow_if (filter, SCMP_SYS (fcntl),
                        when (1, SCMP_CMP_EQ, (scmp_datum_t)harmless_fcntl[i], 0));
  /* Reading only; Landlock says what. */
  failed |= allow_if (filter, SCMP_SYS (openat), when (2, SCMP_CMP_MASKED_EQ, WRITING, 0));
  failed |= allow_if (filter, SCMP_SYS (open), when (1, SCMP_CMP_MASKED_EQ, WRITING, 0));
  /* Handlers for any signal but the one that reports a denied call. */
  failed |= allow_if (filter, SCMP_SYS (rt_sigaction), when (0, SCMP_CMP_LT, SIGSYS, 0));
  failed |= allow_if (filter, SCMP_SYS (rt_sigaction),
                      when (0, SCMP_CMP_MASKED_EQ, ~(scmp_datum_t)31, 32));
  failed |= allow_if (filter, SCMP_SYS (rt_sigaction), when (0, SCMP_CMP_EQ, 64, 0));
  /* abort() and raise(). */
  failed |= allow_if (filter, SCMP_SYS (tgkill), when (0, SCMP_CMP_EQ, self, 0));
  failed |= allow_if (filter, SCMP_SYS (kill), when (0, SCMP_CMP_EQ, self, 0));
  /* Its own limits, to read. */
  failed |= allow_if2 (filter, SCMP_SYS (prlimit64), when (0, SCMP_CMP_EQ, 0, 0),
                       when (2, SCMP_CMP_EQ, 0, 0));
  /* The job, and news of its end. */
  failed |= allow_if (filter, SCMP_SYS (recvmsg), when (0, SCMP_CMP_EQ, (scmp_datum_t)socket, 0));
  failed |= allow_if (filter, SCMP_SYS (recvfrom), when (0, SCMP_CMP_EQ, (scmp_datum_t)socket, 0));
  /* The second filter. Filters only ever take away. */
  failed |= allow_if (filter, SCMP_SYS (seccomp), when (0, SCMP_CMP_EQ, 1, 0));
  return failed;
}

static int
answer (scmp_filter_ctx filter)
{
  struct scmp_arg_cmp naming = when (0, SCMP_CMP_EQ, PR_SET_VMA, 0);
  int failed = 0;

  /* What libc tries and does without: is this a terminal? a newer call? */
  failed
      |= seccomp_rule_add_exact_array (filter, SCMP_ACT_ERRNO (ENOTTY), SCMP_SYS (ioctl), 0, NULL);
  failed |= seccomp_rule_add_exact_array (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (openat2), 0,
                                          NULL);
  failed |= seccomp_rule_add_exact_array (filter, SCMP_ACT_ERRNO (EINVAL), SCMP_SYS (prctl), 1,
                                          &naming);
  return failed;
}

#if HANSA_SANITIZED
/* LeakSanitizer stops its own process from a thread that traces it. */
static int
allow_sanitizer (scmp_filter_ctx filter)
{
  static const int calls[] = { SCMP_SYS (ptrace), SCMP_SYS (wait4), SCMP_SYS (getdents),
                               SCMP_SYS (getdents64), SCMP_SYS (arch_prctl) };
  static const int prctls[]
      = { PR_SET_PTRACER, PR_SET_PDEATHSIG, PR_GET_DUMPABLE, PR_SET_DUMPABLE };
  int failed = 0;

  for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
    failed |= allow (filter, calls[i]);
  for (size_t i = 0; i < sizeof prctls / sizeof prctls[0]; i++)
    failed
        |= allow_if (filter, SCMP_SYS (prctl), when (0, SCMP_CMP_EQ, (scmp_datum_t)prctls[i], 0));
  /* A thread, not a process. */
  failed |= allow_if (filter, SCMP_SYS (clone), when (0, SCMP_CMP_MASKED_EQ, CLONE_VM, CLONE_VM));
  return failed;
}
#endif

static void
install (scmp_filter_ctx filter, int failed, WorkerLayers *layers)
{
  /* Calls of another architecture's numbering cannot be judged. */
  if (filter == NULL || failed != 0
      || seccomp_attr_set (filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) != 0
      || seccomp_attr_set (filter, SCMP_FLTATR_CTL_NNP, 0) != 0 || seccomp_load (filter) != 0)
    worker_layer_missing (layers, "seccomp");
  seccomp_release (filter);
}

void
worker_filter_load (int socket, WorkerLayers *layers)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_TRAP);
  int failed = 0;

  if (filter != NULL)
    {
      for (size_t i = 0; i < sizeof harmless / sizeof harmless[0]; i++)
        failed |= allow (filter, harmless[i]);
      failed |= allow_by_argument (filter, socket);
      failed |= answer (filter);
#if HANSA_SANITIZED
      failed |= allow_sanitizer (filter);
#endif
    }
  install (filter, failed, layers);
}

void
worker_filter_run (WorkerLayers *layers)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ALLOW);
  struct scmp_arg_cmp code = when (2, SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC);
  int failed = 0;

  if (filter != NULL)
    {
#if !HANSA_SANITIZED
      /* Libraries look for files that they can do without; the first filter
       * has trapped opening for writing. */
      failed |= seccomp_rule_add_exact_array (filter, SCMP_ACT_ERRNO (EACCES), SCMP_SYS (openat), 0,
                                              NULL);
      if (SCMP_SYS (open) >= 0)
        failed |= seccomp_rule_add_exact_array (filter, SCMP_ACT_ERRNO (EACCES), SCMP_SYS (open), 0,
                                                NULL);
#endif
      failed |= seccomp_rule_add_exact_array (filter, SCMP_ACT_TRAP, SCMP_SYS (mmap), 1, &code);
      failed |= seccomp_rule_add_exact_array (filter, SCMP_ACT_TRAP, SCMP_SYS (mprotect), 1, &code);
      failed |= seccomp_rule_add_exact_array (filter, SCMP_ACT_TRAP, SCMP_SYS (seccomp), 0, NULL);
    }
  install (filter, failed, layers);
}
