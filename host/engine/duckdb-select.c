/* SPDX-License-Identifier: MIT
 *
 * Running one SELECT, chunk by chunk, with an eye on cancellation.
 */
#include "engine/duckdb-private.h"

#include "base/error.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

/* ---- errors -------------------------------------------------------------- */

static char *
capture (const char *pattern, const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (regex, text, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

/* The file of an error: the one it names, or the only one there is. */
static const char *
file_of (HansaDuckdb *self, const char *message)
{
  for (guint i = 0; i < self->files->len; i++)
    if (strstr (message, g_ptr_array_index (self->files, i)) != NULL || self->files->len == 1)
      return g_ptr_array_index (self->files, i);
  return _ ("a file");
}

/* "hansa-rule|COLUMN|RULE|VALUE|": a rule of the schema that a cell of a file
 * breaks; the host puts the check into the SQL that it makes. */
static gboolean
set_rule_error (HansaDuckdb *self, const char *message, GError **error)
{
  g_autofree char *told = capture ("hansa-rule\\|([^\n]*\\|)", message);

  if (told == NULL)
    return FALSE;
  g_auto (GStrv) parts = g_strsplit (told, "|", 3);
  g_autofree char *name = g_path_get_basename (file_of (self, message));
  if (g_strv_length (parts) < 3)
    return FALSE;
  parts[2][MAX (strlen (parts[2]), 1) - 1] = '\0';
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
               _ ("%s, column “%s”: “%s” breaks the rule “%s”. “hansa data validate” names the "
                  "lines."),
               name, parts[0], parts[2], parts[1]);
  return TRUE;
}

static gboolean
set_csv_error (HansaDuckdb *self, const char *message, GError **error)
{
  g_autofree char *line = capture ("CSV Error on Line: (\\d+)", message);
  g_autofree char *column = capture ("converting column \"(.*?)\"", message);
  g_autofree char *value = capture ("Could not convert string \"((?:.|\n)*?)\" to", message);
  g_autofree char *type = capture ("to '([A-Z]+)'", message);
  g_autofree char *name = g_path_get_basename (file_of (self, message));

  if (line == NULL)
    return FALSE;
  if (column != NULL && value != NULL)
    g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                 _ ("%s, line %s, column “%s”: “%s” cannot be read as %s."), name, line, column,
                 value, type != NULL ? type : "?");
  else
    {
      g_auto (GStrv) lines = g_strsplit (message, "\n", 4);
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA, _ ("%s, line %s: %s"), name, line,
                   g_strv_length (lines) > 2 ? lines[2] : message);
    }
  return TRUE;
}

void
hansa_duckdb_set_error (HansaDuckdb *self, const char *message, GError **error)
{
  if (message == NULL)
    message = _ ("no reason was given.");
  if (set_rule_error (self, message, error) || set_csv_error (self, message, error))
    return;
  gboolean memory = g_str_has_prefix (message, "Out of Memory");
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
               memory ? _ ("The engine ran out of memory: %s") : _ ("The engine says: %s"),
               message);
}

/* ---- cancelling ---------------------------------------------------------- */

typedef struct
{
  HansaDuckdb *self;
  int cancel_fd;
  int wake[2]; /* closed by the other side when the query is over */
  gint cancelled;
} Watch;

/* DuckDB forgets an interruption that comes before the query has begun, so it
 * is told again until the query is over. */
static gpointer
watch (gpointer data)
{
  Watch *state = data;
  struct pollfd fds[] = { { state->wake[0], POLLIN, 0 }, { state->cancel_fd, POLLIN, 0 } };

  while (poll (fds, 2, -1) < 0 && errno == EINTR)
    ;
  while (fds[0].revents == 0 && fds[1].revents != 0)
    {
      g_atomic_int_set (&state->cancelled, 1);
      state->self->db->interrupt (state->self->connection);
      (void)poll (fds, 1, 10);
    }
  return NULL;
}

/* NULL where nothing is to be watched. */
static GThread *
watch_start (Watch *state, HansaDuckdb *self, int cancel_fd)
{
  *state = (Watch){ .self = self, .cancel_fd = cancel_fd, .wake = { -1, -1 } };
  if (cancel_fd < 0 || pipe (state->wake) != 0)
    return NULL;
  return g_thread_new ("hansa-cancel", watch, state);
}

static void
watch_stop (Watch *state, GThread *thread)
{
  if (state->wake[1] >= 0)
    close (state->wake[1]);
  if (thread != NULL)
    g_thread_join (thread);
  if (state->wake[0] >= 0)
    close (state->wake[0]);
}

/* ---- running ------------------------------------------------------------- */

static gboolean
fail_shape (const char *column, GError **error)
{
  g_set_error (
      error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
      _ ("The query does not give column “%s” in the type that the analysis declares. CAST "
         "it in the query."),
      column);
  return FALSE;
}

static gboolean
check_columns (HansaDuckdb *self, duckdb_result *result, const HansaField *fields, guint n_fields,
               duckdb_logical_type *types, GError **error)
{
  guint n = (guint)self->db->column_count (result);

  if (n != n_fields)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                   _ ("The query gives %u columns, the analysis declares %u."), n, n_fields);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      types[i] = self->db->column_logical_type (result, i);
      if (!hansa_duckdb_type_fits (self->db->get_type_id (types[i]), fields[i].type))
        return fail_shape (fields[i].name, error);
    }
  return TRUE;
}

static gboolean
copy_result (HansaDuckdb *self, duckdb_result *result, const HansaField *fields, guint n_fields,
             HansaTableBuilder *builder, GError **error)
{
  g_autofree duckdb_logical_type *types = g_new0 (duckdb_logical_type, n_fields);
  gboolean ok = check_columns (self, result, fields, n_fields, types, error);
  duckdb_data_chunk chunk;

  while (ok && (chunk = self->db->fetch_chunk (*result)) != NULL)
    {
      gsize n = self->db->data_chunk_get_size (chunk);
      ok = hansa_duckdb_copy_chunk (self, chunk, types, fields, n_fields, builder, error);
      self->db->destroy_data_chunk (&chunk);
      if (n == 0)
        break;
    }
  /* A stream that breaks off ends like one that is over. */
  const char *message = ok ? self->db->result_error (result) : NULL;
  if (message != NULL && message[0] != '\0')
    {
      hansa_duckdb_set_error (self, message, error);
      ok = FALSE;
    }
  for (guint i = 0; i < n_fields; i++)
    if (types[i] != NULL)
      self->db->destroy_logical_type (&types[i]);
  return ok;
}

static gboolean
execute (HansaDuckdb *self, duckdb_prepared_statement statement, const HansaField *fields,
         guint n_fields, HansaTableBuilder *builder, GError **error)
{
  duckdb_pending_result pending = NULL;
  duckdb_result result;

  if (self->db->pending_prepared_streaming (statement, &pending) != DuckDBSuccess)
    {
      hansa_duckdb_set_error (self, self->db->pending_error (pending), error);
      self->db->destroy_pending (&pending);
      return FALSE;
    }
  gboolean ok = self->db->execute_pending (pending, &result) == DuckDBSuccess;
  if (!ok)
    hansa_duckdb_set_error (self, self->db->result_error (&result), error);
  else
    ok = copy_result (self, &result, fields, n_fields, builder, error);
  self->db->destroy_result (&result);
  self->db->destroy_pending (&pending);
  return ok;
}

/* One statement, and a SELECT. */
static gboolean
prepare (HansaDuckdb *self, const char *sql, duckdb_prepared_statement *statement, GError **error)
{
  duckdb_extracted_statements statements = NULL;
  idx_t n = self->db->extract_statements (self->connection, sql, &statements);
  gboolean ok = FALSE;

  if (n == 0)
    hansa_duckdb_set_error (self, self->db->extract_statements_error (statements), error);
  else if (n > 1)
    g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                         _ ("A query must be one SELECT, not several statements."));
  else if (self->db->prepare_extracted_statement (self->connection, statements, 0, statement)
           != DuckDBSuccess)
    hansa_duckdb_set_error (self, self->db->prepare_error (*statement), error);
  else if (self->db->prepared_statement_type (*statement) != DUCKDB_STATEMENT_TYPE_SELECT)
    g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                         _ ("A query must be a SELECT: nothing can be written or set."));
  else
    ok = TRUE;
  self->db->destroy_extracted (&statements);
  return ok;
}

gboolean
hansa_duckdb_select (gpointer state, const char *sql, const HansaField *fields, guint n_fields,
                     HansaTableBuilder *builder, int cancel_fd, GError **error)
{
  HansaDuckdb *self = state;
  g_autoptr (GError) failure = NULL;
  duckdb_prepared_statement statement = NULL;
  Watch watched;

  g_return_val_if_fail (self->locked, FALSE);
  GThread *thread = watch_start (&watched, self, cancel_fd);
  gboolean ok = prepare (self, sql, &statement, &failure)
                && execute (self, statement, fields, n_fields, builder, &failure);
  watch_stop (&watched, thread);
  self->db->destroy_prepare (&statement);
  if (ok)
    return TRUE;
  if (g_atomic_int_get (&watched.cancelled) != 0)
    g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_CANCELLED, _ ("cancelled"));
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
