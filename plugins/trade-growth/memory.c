/* SPDX-License-Identifier: MIT
 *
 * Memory that is freed at once, and texts that grow in it.
 */
#include "panel.h"

#include <stdlib.h>
#include <string.h>

struct Block
{
  Block *next;
  _Alignas(max_align_t) unsigned char bytes[];
};

void *
memory_take (Memory *memory, size_t count, size_t size)
{
  if (count == 0)
    count = 1;
  Block *block = NULL;
  if (count <= (SIZE_MAX - sizeof *block) / size)
    block = calloc (1, sizeof *block + count * size);
  if (block == NULL)
    {
      memory->failed = true;
      return NULL;
    }
  block->next = memory->blocks;
  memory->blocks = block;
  return block->bytes;
}

void
memory_free (Memory *memory)
{
  while (memory->blocks != NULL)
    {
      Block *block = memory->blocks;
      memory->blocks = block->next;
      free (block);
    }
}

void
text_add (Text *text, const char *more)
{
  size_t length = strlen (more);
  if (length >= text->room - text->length || text->bytes == NULL)
    {
      /* Doubling keeps what is left behind below what is in use. */
      size_t room = 2 * (text->length + length) + 256;
      char *bytes = memory_take (text->memory, room, 1);
      if (bytes == NULL)
        return;
      if (text->bytes != NULL)
        memcpy (bytes, text->bytes, text->length);
      text->bytes = bytes;
      text->room = room;
    }
  memcpy (text->bytes + text->length, more, length + 1);
  text->length += length;
}

void
text_add_integer (Text *text, int64_t number)
{
  char digits[24];
  char *at = digits + sizeof digits - 1;
  uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

  *at = '\0';
  do
    *--at = (char)('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (number < 0)
    *--at = '-';
  text_add (text, at);
}

const char *
text_of (const Text *text)
{
  return text->bytes != NULL ? text->bytes : "";
}
