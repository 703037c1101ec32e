/* SPDX-License-Identifier: MIT
 *
 * Landlock, by system call: the plugin file and the system's libraries may be
 * read and executed; nothing else of the file system, no TCP, no signal and no
 * abstract socket beyond this process. The numbers are the kernel's ABI, here
 * because headers are often older than the kernel that runs.
 */
#include "worker.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

#define RULESET_VERSION 1u
#define RULE_PATH_BENEATH 1

#define FS_EXECUTE (UINT64_C (1) << 0)
#define FS_READ_FILE (UINT64_C (1) << 2)
#define FS_READ_DIR (UINT64_C (1) << 3)
#define FS_ABI_1 ((UINT64_C (1) << 13) - 1)
#define FS_REFER (UINT64_C (1) << 13)     /* ABI 2 */
#define FS_TRUNCATE (UINT64_C (1) << 14)  /* ABI 3 */
#define FS_IOCTL_DEV (UINT64_C (1) << 15) /* ABI 5 */
#define NET_ALL UINT64_C (3)              /* ABI 4: bind and connect by TCP */
#define SCOPE_ALL UINT64_C (3)            /* ABI 6: abstract sockets, signals */

struct ruleset
{
  uint64_t fs;
  uint64_t net;
  uint64_t scope;
};

struct path_beneath
{
  uint64_t allowed;
  int32_t parent;
} __attribute__ ((packed));

static bool
allow (int ruleset, const char *path, uint64_t access)
{
  struct path_beneath rule = { access, open (path, O_PATH | O_CLOEXEC) };
  long failed;

  if (rule.parent < 0)
    return false; /* not on this system */
  failed = syscall (SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0);
  close (rule.parent);
  return failed == 0;
}

void
worker_landlock (const char *plugin, WorkerLayers *layers)
{
  long abi = syscall (SYS_landlock_create_ruleset, NULL, 0, RULESET_VERSION);
  struct ruleset rules = { FS_ABI_1, 0, 0 };
  size_t size = sizeof rules.fs;
  int ruleset;
  bool restricted;

  if (abi < 1)
    {
      worker_layer_missing (layers, "landlock");
      return;
    }
  if (abi >= 2)
    rules.fs |= FS_REFER;
  if (abi >= 3)
    rules.fs |= FS_TRUNCATE;
  if (abi >= 5)
    rules.fs |= FS_IOCTL_DEV;
  if (abi >= 4)
    {
      rules.net = NET_ALL;
      size = offsetof (struct ruleset, scope);
    }
  else
    worker_layer_missing (layers, "landlock network");
  if (abi >= 6)
    {
      rules.scope = SCOPE_ALL;
      size = sizeof rules;
    }
  else
    worker_layer_missing (layers, "landlock scope");

  ruleset = (int)syscall (SYS_landlock_create_ruleset, &rules, size, 0);
  /* A library folder that is not there, or not allowed for some reason, makes
   * loading fail: that is seen. What is not allowed stays forbidden. */
  allow (ruleset, plugin, FS_READ_FILE | FS_EXECUTE);
  allow (ruleset, "/lib", FS_READ_FILE | FS_READ_DIR | FS_EXECUTE);
  allow (ruleset, "/usr/lib", FS_READ_FILE | FS_READ_DIR | FS_EXECUTE);
  allow (ruleset, "/lib64", FS_READ_FILE | FS_READ_DIR | FS_EXECUTE);
  allow (ruleset, "/etc/ld.so.cache", FS_READ_FILE);
#if HANSA_SANITIZED
  allow (ruleset, "/proc", FS_READ_FILE | FS_READ_DIR);
#endif
  restricted = ruleset >= 0 && syscall (SYS_landlock_restrict_self, ruleset, 0) == 0;
  if (!restricted)
    worker_layer_missing (layers, "landlock");
  if (ruleset >= 0)
    close (ruleset);
}
