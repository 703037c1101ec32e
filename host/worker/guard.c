/* SPDX-License-Identifier: MIT
 *
 * Input tables laid out so that every look at them is seen: each column's cells
 * end at a page that nobody may touch, and none can be read until a first look
 * has been noticed.
 */
#include "worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE ((size_t)4096)

typedef struct
{
  unsigned char *start; /* of the mapping */
  unsigned char *data;
  unsigned char *end; /* of the data; the fence begins here */
  size_t cell;        /* 0: the heap, or the validity bits, or the columns */
  uint32_t input;
  uint32_t column; /* UINT32_MAX: the columns themselves */
  bool *read;      /* NULL: not watched */
  bool open;
} Area;

static Area *areas;
static size_t n_areas;
static bool **were_read; /* input, column */
static const HansaPlugin *plugin;

/* A copy that ends where it may not be read further. */
static void *
lay_out (Worker *worker, const void *bytes, size_t size, size_t cell, uint32_t input,
         uint32_t column, bool *read)
{
  size_t pages = (size + PAGE - 1) / PAGE * PAGE;
  unsigned char *start
      = mmap (NULL, pages + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  Area *grown = realloc (areas, (n_areas + 1) * sizeof *areas);

  if (grown != NULL)
    areas = grown;
  if (start == MAP_FAILED || grown == NULL)
    worker_done (worker, HANSA_OUT_OF_MEMORY, 0.0);
  memcpy (start + pages - size, bytes, size);
  mprotect (start, pages, read != NULL ? PROT_NONE : PROT_READ);
  mprotect (start + pages, PAGE, PROT_NONE);
  areas[n_areas++] = (Area){
    start, start + pages - size, start + pages, cell, input, column, read, read == NULL,
  };
  return start + pages - size;
}

static size_t
heap_size (const HansaTable *table, uint32_t column)
{
  size_t size = 1;

  for (size_t row = 0; row < hansa_table_rows (table); row++)
    {
      const char *text = hansa_text_at (table, column, row);
      size_t end = (size_t)(text - table->columns[column].heap) + strlen (text) + 1;

      size = end > size ? end : size;
    }
  return size;
}

static void
guard_column (Worker *worker, uint32_t input, uint32_t i, HansaColumnData *data)
{
  const HansaTable *table = &worker->tables[input];
  size_t n = hansa_table_rows (table), cell = hansa_sheet_cell_size (data->type);
  bool *read = &were_read[input][i];

  if (data->type == HANSA_TEXT)
    data->heap = lay_out (worker, data->heap, heap_size (table, i), 0, input, i, read);
  if (data->valid != NULL)
    data->valid = lay_out (worker, data->valid, (n + 63) / 64 * 8, 0, input, i, read);
  data->cells = lay_out (worker, data->cells, n * cell, cell, input, i, read);
}

void
worker_guard_tables (Worker *worker)
{
  plugin = worker->plugin;
  were_read = calloc (plugin->n_inputs + 1, sizeof *were_read);
  for (uint32_t i = 0; were_read != NULL && i < plugin->n_inputs; i++)
    {
      HansaTable *table = &worker->tables[i];
      size_t size = table->n_columns * sizeof (HansaColumnData);
      HansaColumnData *columns = malloc (size + 1);

      were_read[i] = calloc (table->n_columns + 1, sizeof (bool));
      if (columns == NULL || were_read[i] == NULL)
        break;
      memcpy (columns, table->columns, size);
      for (uint32_t j = 0; j < table->n_columns; j++)
        guard_column (worker, i, j, &columns[j]);
      free ((void *)table->columns);
      table->columns = lay_out (worker, columns, size, 0, i, UINT32_MAX, NULL);
      free (columns);
    }
}

bool
worker_guard_touch (const void *address)
{
  const unsigned char *at = address;

  for (size_t i = 0; i < n_areas; i++)
    if (at >= areas[i].start && at < areas[i].end && !areas[i].open)
      {
        *areas[i].read = areas[i].open = true;
        return mprotect (areas[i].start, (size_t)(areas[i].end - areas[i].start), PROT_READ) == 0;
      }
  return false;
}

const char *
worker_guard_explain (const void *address, char *call, size_t room)
{
  static char why[256];
  const unsigned char *at = address;

  for (size_t i = 0; i < n_areas; i++)
    {
      const Area *area = &areas[i];
      const HansaInput *input = &plugin->inputs[area->input];

      if (at < area->start || at >= area->end + PAGE)
        continue;
      snprintf (call, room, "input \"%.150s\"", input->name);
      if (at < area->end)
        snprintf (why, sizeof why, "it writes to it; inputs are read-only");
      else if (area->column == UINT32_MAX)
        snprintf (why, sizeof why, "it reads column %zu, counted from zero; %u are declared",
                  (size_t)(at - area->data) / sizeof (HansaColumnData), input->n_columns);
      else if (area->cell == 0)
        snprintf (why, sizeof why, "it reads past the end of column \"%.150s\"",
                  input->columns[area->column].name);
      else
        snprintf (why, sizeof why,
                  "it reads row %zu, counted from zero, of column \"%.100s\"; there are %zu rows",
                  (size_t)(at - area->data) / area->cell, input->columns[area->column].name,
                  (size_t)(area->end - area->data) / area->cell);
      return why;
    }
  return NULL;
}

bool
worker_guard_was_read (const Worker *worker, uint32_t input, uint32_t column)
{
  (void)worker;
  return were_read != NULL && were_read[input] != NULL && were_read[input][column];
}
