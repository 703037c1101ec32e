/* SPDX-License-Identifier: MIT
 *
 * Frames between the host and a worker, over one stream socket. Libc only:
 * both sides share this file. Native byte order, as both run on one machine.
 * The host trusts nothing that it reads: every length is checked against what
 * is there, and the first thing that does not fit makes the reader fail for
 * good, so that a decoder may look once at its end.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HANSA_WIRE_MAGIC UINT32_C (0x464e5348) /* "HSNF" */

/* One call's data at most; a longer one is the caller's fault. */
#define HANSA_FRAME_MAX (UINT32_C (64) << 20)

/* Memory files in one message: well under the kernel's 253, and under the few
 * descriptors that a worker may have open at once. */
#define HANSA_FILES_PER_MESSAGE 16

typedef enum
{
  /* worker to host */
  HANSA_FRAME_DESCRIPTION = 1, /* the descriptor, and sandbox layers that are missing */
  HANSA_FRAME_REFUSED,         /* cannot be loaded: why, peak memory */
  HANSA_FRAME_METRIC,
  HANSA_FRAME_TABLE,
  HANSA_FRAME_ROWS, /* table number, then rows until the frame's end */
  HANSA_FRAME_CHART,
  HANSA_FRAME_FINDING,
  HANSA_FRAME_NOTE,
  HANSA_FRAME_LOG,
  HANSA_FRAME_PROGRESS,
  HANSA_FRAME_FAIL,    /* the plugin's own words */
  HANSA_FRAME_BAD,     /* nonsense given to the host: call, why, peak memory */
  HANSA_FRAME_DONE,    /* status, seconds, peak memory */
  HANSA_FRAME_CRASH,   /* signal, address, stack overflow?, malloc failed?, peak memory */
  HANSA_FRAME_DENIED,  /* system call number, peak memory */
  HANSA_FRAME_WATCHED, /* when probed: blocks and bytes leaked a run, what was asked for */
  /* host to worker */
  HANSA_FRAME_RUN, /* seed, parameters, inputs; then their memory files */
  HANSA_FRAME_CANCEL,
  HANSA_FRAME_END
} HansaFrameType;

typedef struct
{
  uint32_t magic;
  uint32_t type;
  uint32_t length; /* of what follows */
} HansaFrameHeader;

/* 1: a whole frame stands at `bytes`, `header` says which; 0: more is needed;
 * -1: this is no frame. */
int hansa_frame_peek (const void *bytes, size_t length, HansaFrameHeader *header);

/* ---- writing ----------------------------------------------------------- */

/* Zero is a good start. `failed` stays once memory is short or a frame too
 * long; the frame being written is then dropped. */
typedef struct
{
  unsigned char *bytes;
  size_t length;
  size_t room;
  size_t frame; /* where the open frame begins */
  bool failed;
  bool fixed; /* `bytes` is not ours to grow (signal handlers) */
} HansaWriter;

void hansa_writer_begin (HansaWriter *writer, HansaFrameType type);
bool hansa_writer_end (HansaWriter *writer);
void hansa_writer_drop (HansaWriter *writer); /* the open frame */
void hansa_writer_clear (HansaWriter *writer);

void hansa_writer_bytes (HansaWriter *writer, const void *bytes, size_t length);
void hansa_writer_u8 (HansaWriter *writer, uint8_t value);
void hansa_writer_u32 (HansaWriter *writer, uint32_t value);
void hansa_writer_u64 (HansaWriter *writer, uint64_t value);
void hansa_writer_f64 (HansaWriter *writer, double value);
void hansa_writer_string (HansaWriter *writer, const char *string); /* NULL stays NULL */

/* ---- reading ----------------------------------------------------------- */

typedef struct
{
  const unsigned char *at;
  const unsigned char *end;
  bool failed; /* everything reads as 0 or NULL from then on */
} HansaReader;

void hansa_reader_init (HansaReader *reader, const void *bytes, size_t length);
size_t hansa_reader_left (const HansaReader *reader);
/* All was read, and nothing failed. */
bool hansa_reader_done (const HansaReader *reader);

const void *hansa_reader_bytes (HansaReader *reader, size_t length);
uint8_t hansa_reader_u8 (HansaReader *reader);
uint32_t hansa_reader_u32 (HansaReader *reader);
uint64_t hansa_reader_u64 (HansaReader *reader);
double hansa_reader_f64 (HansaReader *reader);
/* In place, NUL-terminated, without a NUL inside; not checked to be UTF-8. */
const char *hansa_reader_string (HansaReader *reader, size_t *length);
/* A count of things that take at least `each` bytes: more than `most`, or than
 * could be there, fails before anybody allocates for them. */
uint32_t hansa_reader_count (HansaReader *reader, uint32_t most, size_t each);
