/* SPDX-License-Identifier: MIT
 *
 * Frames: writer and reader.
 */
#include "wire.h"

#include <stdlib.h>
#include <string.h>

/* Length of a string that is NULL. */
#define NO_STRING UINT32_MAX

int
hansa_frame_peek (const void *bytes, size_t length, HansaFrameHeader *header)
{
  if (length < sizeof *header)
    return 0;
  memcpy (header, bytes, sizeof *header);
  if (header->magic != HANSA_WIRE_MAGIC || header->type < HANSA_FRAME_DESCRIPTION
      || header->type >= HANSA_FRAME_END || header->length > HANSA_FRAME_MAX)
    return -1;
  return length - sizeof *header >= header->length ? 1 : 0;
}

static bool
writer_reserve (HansaWriter *writer, size_t more)
{
  size_t room = writer->room;
  unsigned char *bytes;

  if (writer->failed)
    return false;
  if (more <= room - writer->length)
    return true;
  if (writer->fixed || more > HANSA_FRAME_MAX)
    {
      writer->failed = true;
      return false;
    }
  if (room == 0)
    room = 4096;
  while (room - writer->length < more)
    room *= 2;
  bytes = realloc (writer->bytes, room);
  if (bytes == NULL)
    {
      writer->failed = true;
      return false;
    }
  writer->bytes = bytes;
  writer->room = room;
  return true;
}

void
hansa_writer_bytes (HansaWriter *writer, const void *bytes, size_t length)
{
  if (length == 0 || !writer_reserve (writer, length))
    return;
  memcpy (writer->bytes + writer->length, bytes, length);
  writer->length += length;
}

void
hansa_writer_begin (HansaWriter *writer, HansaFrameType type)
{
  HansaFrameHeader header = { HANSA_WIRE_MAGIC, (uint32_t)type, 0 };

  writer->frame = writer->length;
  hansa_writer_bytes (writer, &header, sizeof header);
}

bool
hansa_writer_end (HansaWriter *writer)
{
  size_t length = writer->length - writer->frame;
  uint32_t payload;

  if (writer->failed || length < sizeof (HansaFrameHeader)
      || length - sizeof (HansaFrameHeader) > HANSA_FRAME_MAX)
    {
      writer->length = writer->frame;
      writer->failed = true;
      return false;
    }
  payload = (uint32_t)(length - sizeof (HansaFrameHeader));
  memcpy (writer->bytes + writer->frame + offsetof (HansaFrameHeader, length), &payload,
          sizeof payload);
  return true;
}

void
hansa_writer_drop (HansaWriter *writer)
{
  writer->length = writer->frame;
  writer->failed = false;
}

void
hansa_writer_clear (HansaWriter *writer)
{
  if (!writer->fixed)
    free (writer->bytes);
  memset (writer, 0, sizeof *writer);
}

void
hansa_writer_u8 (HansaWriter *writer, uint8_t value)
{
  hansa_writer_bytes (writer, &value, sizeof value);
}

void
hansa_writer_u32 (HansaWriter *writer, uint32_t value)
{
  hansa_writer_bytes (writer, &value, sizeof value);
}

void
hansa_writer_u64 (HansaWriter *writer, uint64_t value)
{
  hansa_writer_bytes (writer, &value, sizeof value);
}

void
hansa_writer_f64 (HansaWriter *writer, double value)
{
  hansa_writer_bytes (writer, &value, sizeof value);
}

void
hansa_writer_string (HansaWriter *writer, const char *string)
{
  size_t length = string == NULL ? 0 : strlen (string);

  if (length >= HANSA_FRAME_MAX)
    {
      writer->failed = true;
      return;
    }
  hansa_writer_u32 (writer, string == NULL ? NO_STRING : (uint32_t)length);
  /* With its NUL, so that the other side reads it where it lies. */
  if (string != NULL)
    hansa_writer_bytes (writer, string, length + 1);
}

void
hansa_reader_init (HansaReader *reader, const void *bytes, size_t length)
{
  reader->at = bytes;
  reader->end = reader->at == NULL ? NULL : reader->at + length;
  reader->failed = reader->at == NULL && length > 0;
}

size_t
hansa_reader_left (const HansaReader *reader)
{
  if (reader->failed || reader->at == NULL)
    return 0;
  return (size_t)(reader->end - reader->at);
}

bool
hansa_reader_done (const HansaReader *reader)
{
  return !reader->failed && reader->at == reader->end;
}

const void *
hansa_reader_bytes (HansaReader *reader, size_t length)
{
  const unsigned char *bytes = reader->at;

  if (length > hansa_reader_left (reader))
    reader->failed = true;
  if (reader->failed || bytes == NULL)
    return NULL;
  reader->at = bytes + length;
  return bytes;
}

/* Fails rather than leave `value` unset. */
static void
reader_take (HansaReader *reader, void *value, size_t size)
{
  const void *bytes = hansa_reader_bytes (reader, size);

  if (bytes == NULL)
    memset (value, 0, size);
  else
    memcpy (value, bytes, size);
}

uint8_t
hansa_reader_u8 (HansaReader *reader)
{
  uint8_t value;

  reader_take (reader, &value, sizeof value);
  return value;
}

uint32_t
hansa_reader_u32 (HansaReader *reader)
{
  uint32_t value;

  reader_take (reader, &value, sizeof value);
  return value;
}

uint64_t
hansa_reader_u64 (HansaReader *reader)
{
  uint64_t value;

  reader_take (reader, &value, sizeof value);
  return value;
}

double
hansa_reader_f64 (HansaReader *reader)
{
  double value;

  reader_take (reader, &value, sizeof value);
  return value;
}

const char *
hansa_reader_string (HansaReader *reader, size_t *length)
{
  uint32_t size = hansa_reader_u32 (reader);
  const char *string;

  if (length != NULL)
    *length = 0;
  if (reader->failed || size == NO_STRING)
    return NULL;
  string = hansa_reader_bytes (reader, (size_t)size + 1);
  if (string == NULL)
    return NULL;
  /* The first NUL must be the last byte, or two readers would disagree. */
  if (memchr (string, '\0', (size_t)size + 1) != string + size)
    {
      reader->failed = true;
      return NULL;
    }
  if (length != NULL)
    *length = size;
  return string;
}

uint32_t
hansa_reader_count (HansaReader *reader, uint32_t most, size_t each)
{
  uint32_t count = hansa_reader_u32 (reader);

  if (count > most || (each > 0 && count > hansa_reader_left (reader) / each))
    reader->failed = true;
  return reader->failed ? 0 : count;
}
