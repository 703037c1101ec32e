/* SPDX-License-Identifier: MIT
 *
 * The tables that a server has, as one JSON document.
 */
#include "engine/postgresql-private.h"

#include "base/error.h"

/* Tables as a name without schema finds them. Partitions belong to their
 * table, and what `hansa data publish` keeps for itself is none. `shard`: the columns by which rows
 * are spread over other servers. */
static const char tables[]
    = "SELECT json_build_object('database', current_database(), 'foreign', "
      "EXISTS (SELECT 1 FROM pg_catalog.pg_class WHERE relkind = 'f'), 'tables', "
      "coalesce(json_agg(json_build_object('name', c.relname, "
      "'path', format('%I.%I', n.nspname, c.relname), 'fields', f.fields, "
      "'shard', CASE WHEN c.relkind = 'f' THEN '[]' ELSE s.names END) ORDER BY c.relname), '[]')) "
      "FROM pg_catalog.pg_class c "
      "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
      "CROSS JOIN LATERAL (SELECT json_agg(json_build_object('name', a.attname, 'type', k.kind, "
      "'comment', col_description(c.oid, a.attnum)) ORDER BY a.attnum) AS fields "
      "FROM pg_catalog.pg_attribute a "
      "JOIN (VALUES ('float8', 'number'), ('float4', 'number'), ('numeric', 'number'), "
      "('int2', 'integer'), ('int4', 'integer'), ('int8', 'integer'), ('bool', 'boolean'), "
      "('text', 'string'), ('varchar', 'string'), ('bpchar', 'string'), ('date', 'date')) "
      "AS k(name, kind) ON a.atttypid = ('pg_catalog.' || k.name)::regtype "
      "WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) f "
      "LEFT JOIN LATERAL (SELECT json_agg(a.attname) AS names "
      "FROM pg_catalog.pg_partitioned_table p "
      "JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (p.partattrs) "
      "WHERE p.partrelid = c.oid AND EXISTS (SELECT 1 FROM pg_catalog.pg_inherits i "
      "JOIN pg_catalog.pg_class l ON l.oid = i.inhrelid "
      "WHERE i.inhparent = c.oid AND l.relkind = 'f')) s ON true "
      "WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND NOT c.relispartition "
      "AND pg_table_is_visible(c.oid) AND n.nspname <> 'information_schema' "
      "AND n.nspname NOT LIKE 'pg\\_%' AND NOT (c.relname IN ('resource', 'publication', "
      "'history') "
      "AND (n.nspname = 'hansa' OR (SELECT count(*) FROM pg_catalog.pg_class b "
      "WHERE b.relnamespace = n.oid AND b.relname IN ('resource', 'publication', 'history')) = 3)) "
      "AND f.fields IS NOT NULL";

/* A query of the descriptions, since there may be several tables of them: of those
 * schemas that the search path names, and of `hansa`. NULL where there are none. */
static const char describing[]
    = "SELECT 'SELECT json_agg(json_build_object(''name'', name, ''package'', package, ''schema'', "
      "schema) ORDER BY name) FROM (SELECT DISTINCT ON (name) * FROM (' || string_agg(format("
      "'SELECT %s AS place, %L AS base, name, package, schema FROM %I.resource', p.place, p.name, "
      "p.name), ' UNION ALL ') || ') AS d JOIN pg_catalog.pg_class c "
      "ON c.oid = to_regclass(quote_ident(name)) "
      "ORDER BY name, base = c.relnamespace::regnamespace::text DESC, place) AS r' "
      "FROM (SELECT name, min(place) AS place FROM "
      "unnest(current_schemas(false) || name 'hansa') WITH ORDINALITY AS s(name, place) "
      "GROUP BY name) AS p "
      "WHERE (SELECT count(*) FROM pg_catalog.pg_attribute a "
      "WHERE a.attrelid = to_regclass(format('%I.resource', p.name)) "
      "AND a.attname IN ('name', 'package', 'schema')) = 3";

/* The query that a query gives; NULL without an error where it gives none. */
static gboolean
query_text (HansaPostgres *self, const char *sql, char **text, GError **error)
{
  g_autoptr (PGresult) result = hansa_postgres_query (self->connection, sql, -1, error);

  if (result != NULL && !PQgetisnull (result, 0, 0))
    *text = g_strdup (PQgetvalue (result, 0, 0));
  return result != NULL;
}

/* What a query of one cell says, parsed; a JSON null where the cell is missing. */
static JsonNode *
query_json (HansaPostgres *self, const char *sql, GError **error)
{
  g_autoptr (PGresult) result = hansa_postgres_query (self->connection, sql, -1, error);

  if (result == NULL)
    return NULL;
  if (PQgetisnull (result, 0, 0))
    return json_node_new (JSON_NODE_NULL);
  return json_from_string (PQgetvalue (result, 0, 0), error);
}

static JsonNode *
read_catalog (HansaPostgres *self, GError **error)
{
  g_autoptr (JsonNode) root = query_json (self, tables, error);
  g_autofree char *described = NULL;

  if (root == NULL || !query_text (self, describing, &described, error))
    return NULL;
  JsonObject *object = json_node_get_object (root);
  self->has_foreign = json_object_get_boolean_member (object, "foreign");
  if (described != NULL)
    {
      JsonNode *resources = query_json (self, described, error);
      if (resources == NULL)
        return NULL;
      json_object_set_member (object, "resources", resources);
    }
  return g_steal_pointer (&root);
}

JsonNode *
hansa_postgres_catalog (gpointer state, GError **error)
{
  HansaPostgres *self = state;
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return read_catalog (self, error);
}
