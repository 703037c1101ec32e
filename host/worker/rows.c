/* SPDX-License-Identifier: MIT
 *
 * Result tables: rows are checked cell by cell and gather in one open frame.
 */
#include "worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TABLES 256
#define MAX_COLUMNS 1024
#define ROWS_AT ((size_t)60 << 10) /* a frame of rows is closed there */

struct WorkerOutTable
{
  uint32_t n_columns;
  uint8_t *types;
};

static void
remember (Worker *worker, const char *call, const HansaOutTable *table)
{
  struct WorkerOutTable *tables;
  uint8_t *types = malloc (table->n_columns);

  tables = realloc (worker->out_tables, (worker->n_out_tables + 1) * sizeof *tables);
  if (tables != NULL)
    worker->out_tables = tables;
  if (types == NULL || tables == NULL)
    worker_done (worker, HANSA_OUT_OF_MEMORY, 0.0);
  for (uint32_t i = 0; i < table->n_columns; i++)
    {
      uint32_t type = table->columns[i].type;

      if (type != HANSA_REAL && type != HANSA_INTEGER && type != HANSA_TEXT && type != HANSA_DATE
          && type != HANSA_LABEL)
        worker_bad (worker, call, "column %u has type %u, which no result has", i, type);
      types[i] = (uint8_t)type;
    }
  tables[worker->n_out_tables].n_columns = table->n_columns;
  tables[worker->n_out_tables].types = types;
  worker->n_out_tables++;
}

void
worker_forget_tables (Worker *worker)
{
  for (uint32_t i = 0; i < worker->n_out_tables; i++)
    free (worker->out_tables[i].types);
  free (worker->out_tables);
  worker->out_tables = NULL;
  worker->n_out_tables = 0;
}

uint32_t
worker_out_table (HansaJob *job, const HansaOutTable *given)
{
  Worker *worker = (Worker *)job;
  HansaOutTable table;
  char call[96] = "hansa_out_table()";

  worker_take (worker, call, given, sizeof table, &table);
  worker_rows_end (worker);
  hansa_writer_begin (&worker->out, HANSA_FRAME_TABLE);
  worker_put_id (worker, call, table.id);
  snprintf (call, sizeof call, "hansa_out_table(\"%s\")", table.id);
  worker_check_range (worker, call, "n_columns", table.n_columns, 1, MAX_COLUMNS);
  if (table.columns == NULL)
    worker_bad (worker, call, "columns is NULL");
  if (worker->n_out_tables >= MAX_TABLES)
    worker_bad (worker, call, "more than %u tables", MAX_TABLES);
  worker_put_text (worker, call, "title", table.title, true);
  worker_put_text (worker, call, "note", table.note, false);
  remember (worker, call, &table);
  hansa_writer_u32 (&worker->out, table.n_columns);
  for (uint32_t i = 0; i < table.n_columns; i++)
    {
      const HansaOutColumn *column = &table.columns[i];

      worker_put_id (worker, call, column->id);
      hansa_writer_u32 (&worker->out, column->type);
      worker_check_range (worker, call, "decimals", column->decimals, 0, 15);
      hansa_writer_u32 (&worker->out, column->decimals);
      worker_put_string (worker, call, "the unit of a column", column->unit,
                         column->type == HANSA_REAL || column->type == HANSA_INTEGER);
      worker_put_text (worker, call, "the title of a column", column->title, true);
    }
  worker_frame_end (worker);
  return worker->n_out_tables - 1;
}

static void
put_text_cell (Worker *worker, const char *call, const HansaCell *cell)
{
  const char *en = cell->as.text.en;
  const char *zh = cell->as.text.zh;

  if (en == NULL && (zh == NULL || cell->type == HANSA_TEXT))
    {
      hansa_writer_u8 (&worker->out, 0);
      return;
    }
  hansa_writer_u8 (&worker->out, (uint8_t)cell->type);
  worker_put_string (worker, call, "a text cell", en, true);
  if (cell->type == HANSA_LABEL)
    worker_put_string (worker, call, "the Chinese text of a label", zh, true);
}

static void
put_cell (Worker *worker, const HansaCell *cell)
{
  static const char call[] = "hansa_out_row()";
  HansaValue value;

  switch (cell->type)
    {
    case HANSA_REAL:
      hansa_writer_u8 (&worker->out, HANSA_REAL);
      value.number = cell->as.real;
      value.reason = cell->reason;
      value.zero = 0;
      worker_put_value (worker, call, "a cell", value);
      break;
    case HANSA_INTEGER:
      hansa_writer_u8 (&worker->out, HANSA_INTEGER);
      hansa_writer_u64 (&worker->out, (uint64_t)cell->as.integer);
      break;
    case HANSA_DATE:
      if (cell->as.integer < INT32_MIN || cell->as.integer > INT32_MAX)
        worker_bad (worker, call, "a date is out of bounds");
      hansa_writer_u8 (&worker->out, HANSA_DATE);
      hansa_writer_u32 (&worker->out, (uint32_t)(int32_t)cell->as.integer);
      break;
    case HANSA_TEXT:
    case HANSA_LABEL:
      put_text_cell (worker, call, cell);
      break;
    default: /* 0; others were refused by the caller */
      hansa_writer_u8 (&worker->out, 0);
      break;
    }
}

void
worker_out_row (HansaJob *job, uint32_t number, const HansaCell *cells, uint32_t n_cells)
{
  static const char call[] = "hansa_out_row()";
  Worker *worker = (Worker *)job;
  const struct WorkerOutTable *table;

  if (number >= worker->n_out_tables)
    worker_bad (worker, call, "no table has number %u", number);
  table = &worker->out_tables[number];
  if (n_cells != table->n_columns)
    worker_bad (worker, call, "%u cells for a table of %u columns", n_cells, table->n_columns);
  if (cells == NULL)
    worker_bad (worker, call, "cells is NULL");
  if (worker->rows_table != number)
    {
      worker_rows_end (worker);
      hansa_writer_begin (&worker->out, HANSA_FRAME_ROWS);
      hansa_writer_u32 (&worker->out, number);
      worker->rows_table = number;
    }
  for (uint32_t i = 0; i < n_cells; i++)
    {
      if (cells[i].type != 0 && cells[i].type != table->types[i])
        worker_bad (worker, call, "cell %u has type %u; its column has type %u", i, cells[i].type,
                    table->types[i]);
      put_cell (worker, &cells[i]);
    }
  if (worker->out.length - worker->out.frame >= ROWS_AT || worker->out.failed)
    worker_rows_end (worker);
}
