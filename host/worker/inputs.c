/* SPDX-License-Identifier: MIT
 *
 * Takes the job from the host: parameters, and input tables as sealed memory
 * files, mapped read-only and never copied.
 */
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* Exactly `length` bytes, never more: the next message carries files, which
 * reading too far would lose. FALSE at the end of the stream. */
static bool
read_exactly (int fd, void *bytes, size_t length)
{
  unsigned char *at = bytes;

  while (length > 0)
    {
      ssize_t n = read (fd, at, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return false;
      at += n;
      length -= (size_t)n;
    }
  return true;
}

static uint32_t
receive_files (int socket, int *fds)
{
  char byte;
  struct iovec data = { &byte, 1 };
  union
  {
    struct cmsghdr header;
    char bytes[CMSG_SPACE (HANSA_FILES_PER_MESSAGE * sizeof (int))];
  } control;
  struct msghdr message = { .msg_iov = &data,
                            .msg_iovlen = 1,
                            .msg_control = control.bytes,
                            .msg_controllen = sizeof control.bytes };
  struct cmsghdr *rights;
  ssize_t n;
  size_t size;

  do
    n = recvmsg (socket, &message, MSG_CMSG_CLOEXEC);
  while (n < 0 && errno == EINTR);
  if (n != 1 || (message.msg_flags & MSG_CTRUNC) != 0)
    return 0;
  rights = CMSG_FIRSTHDR (&message);
  if (rights == NULL || rights->cmsg_level != SOL_SOCKET || rights->cmsg_type != SCM_RIGHTS)
    return 0;
  size = rights->cmsg_len - CMSG_LEN (0);
  memcpy (fds, CMSG_DATA (rights), size);
  return (uint32_t)(size / sizeof (int));
}

/* Text that is absent is read as empty, so that a plugin need not ask. */
static void
empty_table (const HansaInput *input, HansaTable *table, HansaColumnData *columns)
{
  for (uint32_t i = 0; i < input->n_columns; i++)
    {
      columns[i].name = input->columns[i].name;
      columns[i].unit = input->columns[i].unit == NULL ? "" : input->columns[i].unit;
      columns[i].type = input->columns[i].type;
      columns[i].cells = columns;
      columns[i].heap = "";
    }
  table->n_columns = input->n_columns;
  table->columns = columns;
}

static const char *
map_table (int fd, const HansaInput *input, HansaTable *table, HansaColumnData *columns)
{
  const int seals = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW;
  int have = fcntl (fd, F_GET_SEALS);
  struct stat about;
  void *bytes;
  const char *wrong;

  if (have < 0 || (have & seals) != seals)
    return "the memory file is not sealed";
  if (fstat (fd, &about) != 0 || about.st_size <= 0)
    return "the memory file is empty";
  bytes = mmap (NULL, (size_t)about.st_size, PROT_READ, MAP_SHARED, fd, 0);
  if (bytes == MAP_FAILED)
    return "the memory file cannot be mapped";
  /* The host wrote it and nobody can have changed it since, so the offsets of
   * every text need not be read again. */
  wrong = hansa_sheet_view (bytes, (size_t)about.st_size, false, table, columns, input->n_columns);
  if (wrong != NULL)
    return wrong;
  if (table->n_columns != input->n_columns)
    return "the number of columns differs from the declared one";
  for (uint32_t i = 0; i < input->n_columns; i++)
    if (columns[i].type != input->columns[i].type)
      return "the type of a column differs from the declared one";
  return NULL;
}

static void
take_params (Worker *worker, HansaReader *reader)
{
  uint32_t n = hansa_reader_count (reader, worker->plugin->n_params, 12);

  if (n != worker->plugin->n_params)
    worker_refuse (worker, "the job has %u parameters instead of %u", n, worker->plugin->n_params);
  worker->param_texts = calloc (n + 1, sizeof *worker->param_texts);
  worker->param_numbers = calloc (n + 1, sizeof *worker->param_numbers);
  if (worker->param_texts == NULL || worker->param_numbers == NULL)
    worker_done (worker, HANSA_OUT_OF_MEMORY, 0.0);
  for (uint32_t i = 0; i < n; i++)
    {
      const char *id = hansa_reader_string (reader, NULL);

      if (id == NULL || strcmp (id, worker->plugin->params[i].id) != 0)
        worker_refuse (worker, "the job's parameters are not in the declared order");
      worker->param_texts[i] = hansa_reader_string (reader, NULL);
      worker->param_numbers[i] = hansa_reader_f64 (reader);
    }
}

static void
take_tables (Worker *worker, HansaReader *reader)
{
  const HansaPlugin *plugin = worker->plugin;
  uint32_t n = hansa_reader_count (reader, plugin->n_inputs, 1);
  int fds[HANSA_FILES_PER_MESSAGE];
  uint32_t n_fds = 0, next = 0;

  if (n != plugin->n_inputs)
    worker_refuse (worker, "the job has %u tables instead of %u", n, plugin->n_inputs);
  worker->tables = calloc (n + 1, sizeof *worker->tables);
  if (worker->tables == NULL)
    worker_done (worker, HANSA_OUT_OF_MEMORY, 0.0);
  for (uint32_t i = 0; i < n; i++)
    {
      const HansaInput *input = &plugin->inputs[i];
      HansaTable *table = &worker->tables[i];
      HansaColumnData *columns = calloc (input->n_columns + 1, sizeof *columns);
      const char *wrong = NULL;

      if (columns == NULL)
        worker_done (worker, HANSA_OUT_OF_MEMORY, 0.0);
      if (hansa_reader_u8 (reader) == 0)
        empty_table (input, table, columns);
      else
        {
          if (next == n_fds)
            {
              n_fds = receive_files (worker->socket, fds);
              next = 0;
            }
          if (n_fds == 0)
            worker_refuse (worker, "input \"%s\" did not arrive", input->name);
          wrong = map_table (fds[next], input, table, columns);
          close (fds[next++]);
        }
      if (wrong != NULL)
        worker_refuse (worker, "input \"%s\": %s", input->name, wrong);
      table->name = input->name;
    }
}

bool
worker_receive (Worker *worker)
{
  HansaFrameHeader header;
  HansaReader reader;

  if (!read_exactly (worker->socket, &header, sizeof header))
    return false;
  if (header.type == HANSA_FRAME_CANCEL)
    return false;
  if (header.magic != HANSA_WIRE_MAGIC || header.type != HANSA_FRAME_RUN
      || header.length > HANSA_FRAME_MAX)
    worker_refuse (worker, "host and worker do not match");
  worker->run = malloc ((size_t)header.length + 1);
  if (worker->run == NULL)
    worker_done (worker, HANSA_OUT_OF_MEMORY, 0.0);
  if (!read_exactly (worker->socket, worker->run, header.length))
    return false;
  hansa_reader_init (&reader, worker->run, header.length);
  worker_job_init (worker, hansa_reader_u64 (&reader));
  take_params (worker, &reader);
  take_tables (worker, &reader);
  if (!hansa_reader_done (&reader))
    worker_refuse (worker, "host and worker do not match");
  return true;
}
