/* SPDX-License-Identifier: MIT
 *
 * hansa-launch PARENT PROGRAM [ARGUMENT...]
 *
 * Becomes gnuplot with as little as gnuplot needs: it dies with its parent,
 * has limits, may read system folders and fonts, may run nothing but itself
 * and the loader, may write nothing but what it inherits, and has no TCP. On
 * a kernel without Landlock the rest still holds; hansa_chart_missing_layers()
 * tells the run. Linked to libc only: it costs half a millisecond.
 */
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <link.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* linux/landlock.h, spelled out: its newer parts are not in every libc. */
#ifndef __NR_landlock_create_ruleset
#define __NR_landlock_create_ruleset 444
#define __NR_landlock_add_rule 445
#define __NR_landlock_restrict_self 446
#endif
#define VERSION_FLAG 1u
#define RULE_PATH 1
#define MAY_EXECUTE (1ull << 0)
#define MAY_WRITE (1ull << 1)
#define MAY_READ (1ull << 2)
#define MAY_LIST (1ull << 3)

struct ruleset
{
  uint64_t fs, net, scoped;
};

struct __attribute__ ((packed)) path_rule
{
  uint64_t allowed;
  int32_t parent;
};

static void __attribute__ ((noreturn)) die (const char *what, const char *about)
{
  fprintf (stderr, "hansa-launch: %s: %s: %s\n", about, what, strerror (errno));
  _exit (126);
}

/* Paths that are not there need no rule. */
static void
allow (int ruleset, const char *path, uint64_t rights)
{
  struct stat status;
  int fd = open (path, O_PATH | O_CLOEXEC);

  if (fd < 0)
    return;
  if (fstat (fd, &status) == 0 && !S_ISDIR (status.st_mode))
    rights &= ~MAY_LIST;
  struct path_rule rule = { rights, fd };
  if (syscall (__NR_landlock_add_rule, ruleset, RULE_PATH, &rule, 0) != 0)
    die ("landlock_add_rule", path);
  close (fd);
}

static void
allow_below (int ruleset, const char *variable, const char *folder, const char *below)
{
  char path[PATH_MAX];
  const char *base = getenv (variable);

  if (base == NULL || *base != '/')
    base = folder;
  if (base != NULL && snprintf (path, sizeof path, "%s/%s", base, below) < (int)sizeof path)
    allow (ruleset, path, MAY_READ | MAY_LIST);
}

static void
allow_fonts (int ruleset)
{
  const char *home = getenv ("HOME");
  const char *file = getenv ("FONTCONFIG_FILE");
  const char *folder = getenv ("FONTCONFIG_PATH");

  if (home != NULL && *home == '/')
    {
      allow_below (ruleset, "HOME", NULL, ".fonts");
      allow_below (ruleset, "HOME", NULL, ".local/share/fonts");
      allow_below (ruleset, "HOME", NULL, ".config/fontconfig");
      allow_below (ruleset, "HOME", NULL, ".cache/fontconfig");
    }
  allow_below (ruleset, "XDG_DATA_HOME", NULL, "fonts");
  allow_below (ruleset, "XDG_CONFIG_HOME", NULL, "fontconfig");
  allow_below (ruleset, "XDG_CACHE_HOME", NULL, "fontconfig");
  if (file != NULL)
    allow (ruleset, file, MAY_READ);
  if (folder != NULL)
    allow (ruleset, folder, MAY_READ | MAY_LIST);
}

/* A gnuplot outside /usr has its libraries and files around it. */
static void
allow_prefix (int ruleset, const char *program)
{
  char path[PATH_MAX];

  if (realpath (program, path) == NULL)
    die ("realpath", program);
  char *folder = dirname (path); /* .../bin */
  if (strcmp (folder, "/") == 0)
    return;
  allow (ruleset, folder, MAY_READ | MAY_LIST);
  char *prefix = dirname (folder);
  const char *home = getenv ("HOME");
  if (strcmp (prefix, "/") != 0 && (home == NULL || strcmp (prefix, home) != 0))
    allow (ruleset, prefix, MAY_READ | MAY_LIST);
}

/* The program itself and the loader that it names are all that may run. */
static void
allow_program (int ruleset, const char *program)
{
  ElfW (Ehdr) head;
  ElfW (Phdr) part;
  char loader[PATH_MAX];
  int fd = open (program, O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    die ("open", program);
  if (pread (fd, &head, sizeof head, 0) != (ssize_t)sizeof head
      || memcmp (head.e_ident, ELFMAG, SELFMAG) != 0)
    {
      errno = ENOEXEC; /* a script would need a shell, which may not run */
      die ("not a program of this machine; name the program that the script runs", program);
    }
  allow (ruleset, program, MAY_EXECUTE | MAY_READ);
  for (unsigned i = 0; i < head.e_phnum; i++)
    {
      off_t at = (off_t)head.e_phoff + (off_t)i * head.e_phentsize;
      if (pread (fd, &part, sizeof part, at) != (ssize_t)sizeof part || part.p_type != PT_INTERP
          || part.p_filesz == 0 || part.p_filesz > sizeof loader)
        continue;
      if (pread (fd, loader, part.p_filesz, (off_t)part.p_offset) == (ssize_t)part.p_filesz
          && loader[part.p_filesz - 1] == '\0')
        allow (ruleset, loader, MAY_EXECUTE | MAY_READ);
    }
  close (fd);
}

static void
restrict_files (const char *program)
{
  static const char *const readable[] = { "/usr",
                                          "/lib",
                                          "/lib64",
                                          "/lib32",
                                          "/etc/fonts",
                                          "/etc/ld.so.cache",
                                          "/etc/ld.so.preload",
                                          "/var/cache/fontconfig",
                                          "/var/lib/fonts",
                                          "/nix/store",
                                          "/gnu/store",
                                          "/dev/null" };
  long version = syscall (__NR_landlock_create_ruleset, NULL, 0, VERSION_FLAG);

  if (version < 1)
    return;
  struct ruleset rules = { (1ull << 13) - 1, 0, 0 };
  if (version >= 2)
    rules.fs |= 1ull << 13; /* moving between folders */
  if (version >= 3)
    rules.fs |= 1ull << 14; /* truncating */
  if (version >= 4)
    rules.net = 3; /* TCP: bind, connect */
  if (version >= 5)
    rules.fs |= 1ull << 15; /* ioctl on devices */
  if (version >= 6)
    rules.scoped = 3; /* abstract sockets, signals to others */
  size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
  int ruleset = (int)syscall (__NR_landlock_create_ruleset, &rules, size, 0);
  if (ruleset < 0)
    die ("landlock_create_ruleset", program);
  for (size_t i = 0; i < sizeof readable / sizeof *readable; i++)
    allow (ruleset, readable[i], MAY_READ | MAY_LIST);
  allow (ruleset, "/dev/null", MAY_READ | MAY_WRITE);
  allow_fonts (ruleset);
  allow_prefix (ruleset, program);
  allow_program (ruleset, program);
  if (syscall (__NR_landlock_restrict_self, ruleset, 0) != 0)
    die ("landlock_restrict_self", program);
  close (ruleset);
}

static void
limit (__rlimit_resource_t what, rlim_t most)
{
  struct rlimit now;

  if (getrlimit (what, &now) != 0)
    return;
  if (now.rlim_max != RLIM_INFINITY && now.rlim_max < most)
    most = now.rlim_max;
  now.rlim_cur = now.rlim_max = most;
  setrlimit (what, &now);
}

int
main (int argc, char **argv)
{
  if (argc < 3)
    {
      fputs ("usage: hansa-launch PARENT PROGRAM [ARGUMENT...]\n", stderr);
      return 2;
    }
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (getppid () != (pid_t)strtol (argv[1], NULL, 10))
    return 1; /* the parent died before that was in force */
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    die ("PR_SET_NO_NEW_PRIVS", argv[2]);
  limit (RLIMIT_CORE, 0);
  limit (RLIMIT_AS, (rlim_t)4 << 30);
  limit (RLIMIT_FSIZE, (rlim_t)256 << 20); /* of a picture */
  limit (RLIMIT_NOFILE, 64);
  restrict_files (argv[2]);
  execv (argv[2], argv + 2);
  die ("execv", argv[2]);
}
