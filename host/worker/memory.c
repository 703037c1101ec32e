/* SPDX-License-Identifier: MIT
 *
 * Notices that memory ran out, so that the crash of a plugin that did not look
 * is told from one that has another cause; and reads the peak of its use.
 */
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

volatile bool worker_malloc_failed;

static int status_fd = -1;

#if !HANSA_SANITIZED && defined(__GLIBC__)

/* The executable's definitions win over libc's for every library, the plugin's
 * C++ runtime included. Visible, or the dynamic linker would not see them. */
#define INTERPOSE __attribute__ ((visibility ("default")))

void *__libc_malloc (size_t size);
void *__libc_calloc (size_t n, size_t size);
void *__libc_realloc (void *old, size_t size);
void *__libc_memalign (size_t alignment, size_t size);
void __libc_free (void *memory);
INTERPOSE void *malloc (size_t size);
INTERPOSE void *calloc (size_t n, size_t size);
INTERPOSE void *realloc (void *old, size_t size);
INTERPOSE void *aligned_alloc (size_t alignment, size_t size);
INTERPOSE int posix_memalign (void **memory, size_t alignment, size_t size);
INTERPOSE void free (void *memory);

static void *
noticed (void *memory)
{
  if (memory == NULL)
    worker_malloc_failed = true;
  return memory;
}

/* A fenced block while a plugin is probed and there is room for one. */
static void *
fenced (size_t size)
{
  return worker_fence_on ? worker_fence_alloc (size) : NULL;
}

void *
malloc (size_t size)
{
  void *memory = fenced (size);

  return memory != NULL ? memory : noticed (__libc_malloc (size));
}

void *
calloc (size_t n, size_t size)
{
  void *memory = size == 0 || n <= SIZE_MAX / size ? fenced (n * size) : NULL;

  return memory != NULL ? memset (memory, 0, n * size) : noticed (__libc_calloc (n, size));
}

/* To or from a fenced block, which never changes its size in place. */
static void *
move (void *old, size_t size)
{
  size_t have = worker_fence_owns (old) ? worker_fence_size (old) : malloc_usable_size (old);
  void *memory = malloc (size);

  if (memory == NULL)
    return NULL;
  memcpy (memory, old, have < size ? have : size);
  free (old);
  return memory;
}

void *
realloc (void *old, size_t size)
{
  void *memory;

  if (old == NULL)
    return malloc (size);
  if (worker_fence_owns (old) || worker_fence_on)
    {
      if (size > 0)
        return move (old, size);
      free (old);
      return NULL;
    }
  memory = __libc_realloc (old, size);
  /* Size 0 frees and answers NULL: nothing ran out. */
  return size == 0 ? memory : noticed (memory);
}

void
free (void *memory)
{
  if (worker_fence_owns (memory))
    worker_fence_free (memory);
  else
    __libc_free (memory);
}

void *
aligned_alloc (size_t alignment, size_t size)
{
  return noticed (__libc_memalign (alignment, size));
}

int
posix_memalign (void **memory, size_t alignment, size_t size)
{
  void *got;

  if (alignment < sizeof (void *) || (alignment & (alignment - 1)) != 0)
    return EINVAL;
  got = noticed (__libc_memalign (alignment, size));
  if (got == NULL)
    return ENOMEM;
  *memory = got;
  return 0;
}

#endif

/* Not getrusage(): its maximum also covers the process image before exec,
 * which for posix_spawn() is the whole host. */
void
worker_memory_open (void)
{
  status_fd = open ("/proc/self/status", O_RDONLY | O_CLOEXEC);
}

uint64_t
worker_memory_peak (void)
{
  static const char key[] = "VmHWM:";
  char text[2048];
  uint64_t kib = 0;
  const char *at;
  ssize_t n = status_fd < 0 ? -1 : pread (status_fd, text, sizeof text - 1, 0);

  if (n <= 0)
    return 0;
  text[n] = '\0';
  at = strstr (text, key);
  if (at == NULL)
    return 0;
  for (at += sizeof key - 1; *at == ' ' || *at == '\t'; at++)
    ;
  for (; *at >= '0' && *at <= '9'; at++)
    kib = kib * 10 + (uint64_t)(*at - '0');
  return kib * 1024;
}
