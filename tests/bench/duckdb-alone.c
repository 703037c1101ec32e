/* SPDX-License-Identifier: MIT
 *
 * DuckDB alone: opens a database in memory with the default settings, runs one
 * query, fetches all of its rows. The peer that the customs benchmark divides by.
 *
 *   duckdb-alone "SELECT ..."
 */
#include <duckdb.h>
#include <stdio.h>

int
main (int argc, char **argv)
{
  duckdb_database database;
  duckdb_connection connection;
  duckdb_result result;

  if (argc != 2 || duckdb_open (NULL, &database) != DuckDBSuccess
      || duckdb_connect (database, &connection) != DuckDBSuccess)
    return 2;
  if (duckdb_query (connection, argv[1], &result) != DuckDBSuccess)
    {
      fprintf (stderr, "%s\n", duckdb_result_error (&result));
      return 1;
    }
  unsigned long rows = 0;
  for (duckdb_data_chunk chunk; (chunk = duckdb_fetch_chunk (result)) != NULL;)
    {
      rows += duckdb_data_chunk_get_size (chunk);
      duckdb_destroy_data_chunk (&chunk);
    }
  printf ("%lu rows\n", rows);
  duckdb_destroy_result (&result);
  duckdb_disconnect (&connection);
  duckdb_close (&database);
  return 0;
}
