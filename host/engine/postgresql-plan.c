/* SPDX-License-Identifier: MIT
 *
 * What the server means to do, read before it does it: on tables spread over
 * several servers, sums travel and rows should not.
 */
#include "engine/postgresql-private.h"

#include "base/error.h"

#include <string.h>

/* Fewer rows than these may come; a table of regions is no burden. */
#define MANY_ROWS 100000.0

static double
number_of (JsonObject *node, const char *member)
{
  return json_object_has_member (node, member) ? json_object_get_double_member (node, member) : 0.0;
}

static const char *
text_of (JsonObject *node, const char *member)
{
  return json_object_has_member (node, member) ? json_object_get_string_member (node, member) : "";
}

/* Rows that foreign scans below `node` bring as they are. "Relations" says that
 * joining or summing is done over there. */
static double
foreign_rows (JsonObject *node)
{
  double rows = 0.0;

  if (g_str_equal (text_of (node, "Node Type"), "Foreign Scan")
      && !g_str_has_prefix (text_of (node, "Relations"), "Aggregate"))
    rows = number_of (node, "Plan Rows");
  if (!json_object_has_member (node, "Plans"))
    return rows;
  JsonArray *plans = json_object_get_array_member (node, "Plans");
  for (guint i = 0; i < json_array_get_length (plans); i++)
    rows += foreign_rows (json_array_get_object_element (plans, i));
  return rows;
}

static void
warn (const HansaPostgres *self, double rows)
{
  g_autofree char *name = hansa_postgres_name (self->connection);

  g_printerr (_ ("hansa: a query would bring about %.0f rows from the servers behind %s here "
                 "instead of their sums; it will be slow. docs/cluster.md says how to spread the "
                 "table so that the servers add up.\n"),
              rows, name);
}

gboolean
hansa_postgres_check_plan (HansaPostgres *self, const char *sql, int cancel_fd, GError **error)
{
  g_autofree char *explain = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (!self->has_foreign)
    return TRUE;
  explain = g_strconcat ("EXPLAIN (FORMAT JSON) ", sql, NULL);
  g_autoptr (PGresult) result = hansa_postgres_query (self->connection, explain, cancel_fd, error);
  if (result == NULL)
    return FALSE;
  if (!json_parser_load_from_data (parser, PQgetvalue (result, 0, 0), -1, NULL))
    return TRUE; /* another engine behind the protocol, which explains in its own way */
  JsonArray *plans = json_node_get_array (json_parser_get_root (parser));
  double rows = foreign_rows (
      json_object_get_object_member (json_array_get_object_element (plans, 0), "Plan"));
  if (rows > MANY_ROWS)
    warn (self, rows);
  return TRUE;
}
