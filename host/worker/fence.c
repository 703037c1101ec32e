/* SPDX-License-Identifier: MIT
 *
 * A heap for finding mistakes: every block ends at a page that nobody may
 * touch, is filled with something that is not zero, and is never used again
 * once it is freed. Wasteful, so only as far as its room reaches.
 */
#include "worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE ((size_t)4096)
#define ROOM ((size_t)16 << 30) /* of addresses; memory is taken only where blocks are */
#define MOST_BLOCKS 20000       /* each splits a mapping, and a process has 65530 */
#define ALIGNMENT 16
#define UNTOUCHED 0xc5 /* around the block, within its pages */

/* Stands at the start of the block's first page. */
typedef struct Block
{
  struct Block *before, *after;
  size_t size;  /* as asked for */
  size_t pages; /* bytes that they take, without the fence */
} Block;

bool worker_fence_on;
uint8_t worker_fence_fill;

static unsigned char *room, *next;
static Block *blocks;
static uint64_t n_blocks;

static size_t
round_up (size_t size, size_t to)
{
  return (size + to - 1) / to * to;
}

static unsigned char *
memory_of (Block *block)
{
  return (unsigned char *)block + block->pages - round_up (block->size, ALIGNMENT);
}

static Block *
block_of (const void *memory)
{
  uintptr_t first = (uintptr_t)memory - sizeof (Block);

  return (Block *)(first / PAGE * PAGE);
}

static bool
open_room (void)
{
  if (room != NULL)
    return true;
  room = mmap (NULL, ROOM, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (room == MAP_FAILED)
    {
      room = NULL;
      return false;
    }
  next = room;
  return true;
}

void *
worker_fence_alloc (size_t size)
{
  size_t pages;
  Block *block;

  if (n_blocks >= MOST_BLOCKS || size > ROOM / 2 || !open_room ())
    return NULL;
  pages = round_up (sizeof (Block) + round_up (size, ALIGNMENT), PAGE);
  if ((size_t)(room + ROOM - next) < pages + PAGE
      || mprotect (next, pages, PROT_READ | PROT_WRITE) != 0)
    return NULL;
  block = (Block *)(void *)next;
  next += pages + PAGE;
  memset (block, UNTOUCHED, pages);
  block->before = NULL;
  block->after = blocks;
  block->size = size;
  block->pages = pages;
  if (blocks != NULL)
    blocks->before = block;
  blocks = block;
  n_blocks++;
  memset (memory_of (block), worker_fence_fill, size);
  return memory_of (block);
}

bool
worker_fence_owns (const void *memory)
{
  const unsigned char *at = memory;

  return room != NULL && at >= room && at < next;
}

size_t
worker_fence_size (const void *memory)
{
  return block_of (memory)->size;
}

static bool
is_untouched (const unsigned char *from, const unsigned char *to)
{
  for (; from < to; from++)
    if (*from != UNTOUCHED)
      return false;
  return true;
}

static const char *
damage_of (Block *block)
{
  static char why[128];
  const unsigned char *memory = memory_of (block);

  if (!is_untouched (memory + block->size, (unsigned char *)block + block->pages))
    snprintf (why, sizeof why, "it wrote past the end of a block of %zu bytes", block->size);
  else if (!is_untouched ((unsigned char *)(block + 1), memory))
    snprintf (why, sizeof why, "it wrote before the start of a block of %zu bytes", block->size);
  else
    return NULL;
  return why;
}

static const char *damage; /* of a block that is gone */

void
worker_fence_free (void *memory)
{
  Block *block = block_of (memory);
  size_t pages = block->pages; /* a freed block faults here: freed twice */

  if (damage == NULL)
    damage = damage_of (block);
  if (block->before != NULL)
    block->before->after = block->after;
  else
    blocks = block->after;
  if (block->after != NULL)
    block->after->before = block->before;
  n_blocks--;
  madvise (block, pages, MADV_DONTNEED);
  mprotect (block, pages, PROT_NONE);
}

void
worker_fence_count (uint64_t *count, uint64_t *bytes)
{
  *count = n_blocks;
  *bytes = 0;
  for (const Block *block = blocks; block != NULL; block = block->after)
    *bytes += block->size;
}

const char *
worker_fence_damage (void)
{
  for (Block *block = blocks; block != NULL && damage == NULL; block = block->after)
    damage = damage_of (block);
  return damage;
}

const char *
worker_fence_explain (const void *address)
{
  static char why[128];
  const unsigned char *at = address;

  if (!worker_fence_owns (address))
    return NULL;
  for (Block *block = blocks; block != NULL; block = block->after)
    {
      const unsigned char *end = (unsigned char *)block + block->pages;

      if (at < end || at >= end + PAGE)
        continue;
      snprintf (why, sizeof why, "it reads or writes past the end of a block of %zu bytes",
                block->size);
      return why;
    }
  return "it uses a block of memory that it has freed";
}
