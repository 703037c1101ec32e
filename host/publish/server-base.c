/* SPDX-License-Identifier: MIT
 *
 * The schema of an information base: its roles, what it says of its tables, who
 * published what, and every row as it was before it changed.
 */
#include "publish/server-private.h"

#include "base/language.h"

/* %1$s the schema, %2$s and %3$s the roles of contributing and of reading offices,
 * %4$s and %5$s the same as texts. */
static const char base_sql[]
    = "CREATE SCHEMA IF NOT EXISTS %1$s;"
      "DO $do$ BEGIN"
      " IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = %4$s) THEN"
      "  CREATE ROLE %2$s NOLOGIN; END IF;"
      " IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = %5$s) THEN"
      "  CREATE ROLE %3$s NOLOGIN; END IF;"
      "END $do$;"
      "CREATE TABLE %1$s.resource ("
      " name text PRIMARY KEY, package text NOT NULL, schema jsonb NOT NULL);"
      "CREATE SEQUENCE %1$s.publication_id;"
      "CREATE TABLE %1$s.publication ("
      " id bigint PRIMARY KEY, package text NOT NULL, version text NOT NULL,"
      " office text NOT NULL DEFAULT current_user, published_by text NOT NULL DEFAULT session_user,"
      " published_at timestamptz NOT NULL DEFAULT now(), files jsonb NOT NULL,"
      " sources jsonb NOT NULL, added bigint NOT NULL, changed bigint NOT NULL,"
      " removed bigint NOT NULL);"
      "CREATE TABLE %1$s.history ("
      " id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, table_name text NOT NULL,"
      " operation text NOT NULL CHECK (operation IN ('insert', 'update', 'delete')),"
      " key jsonb NOT NULL, old_row jsonb, office text NOT NULL, changed_by text NOT NULL,"
      " changed_at timestamptz NOT NULL DEFAULT now(), publication bigint);"
      "CREATE INDEX ON %1$s.history (table_name, key);"
      "COMMENT ON TABLE %1$s.resource IS 'What each table holds / 各表说明';"
      "COMMENT ON TABLE %1$s.publication IS 'Who published which package, and when / 发布记录';"
      "COMMENT ON TABLE %1$s.history IS 'Every row as it was before it changed / 逐行变更历史';"
      "ALTER TABLE %1$s.publication ENABLE ROW LEVEL SECURITY;"
      "CREATE POLICY read ON %1$s.publication FOR SELECT USING (true);"
      "CREATE POLICY enter ON %1$s.publication FOR INSERT"
      " WITH CHECK (office = current_user AND published_by = session_user);"
      "GRANT USAGE ON SCHEMA %1$s TO %2$s, %3$s;"
      "GRANT SELECT ON %1$s.resource, %1$s.publication, %1$s.history TO %2$s, %3$s;"
      "GRANT INSERT ON %1$s.publication TO %2$s;"
      "GRANT USAGE ON SEQUENCE %1$s.publication_id TO %2$s;";

/* A trigger's function: the arguments are the columns of the table's key. It writes
 * as its owner, so that nobody else needs the right to write history. */
static const char record_sql[]
    = "CREATE FUNCTION %1$s.record() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
      " SET search_path = pg_catalog, pg_temp AS $record$"
      "DECLARE entry bigint := nullif(current_setting('hansa.publication', true), '')::bigint;"
      "BEGIN"
      " IF TG_OP = 'INSERT' THEN"
      "  INSERT INTO %1$s.history"
      "   (table_name, operation, key, old_row, office, changed_by, publication)"
      "  SELECT TG_TABLE_NAME, 'insert',"
      "   (SELECT jsonb_object_agg(k, to_jsonb(r) -> k) FROM unnest(TG_ARGV) AS k),"
      "   NULL, r.office, session_user, entry FROM new_rows AS r;"
      " ELSE"
      "  INSERT INTO %1$s.history"
      "   (table_name, operation, key, old_row, office, changed_by, publication)"
      "  SELECT TG_TABLE_NAME, lower(TG_OP),"
      "   (SELECT jsonb_object_agg(k, to_jsonb(r) -> k) FROM unnest(TG_ARGV) AS k),"
      "   to_jsonb(r), r.office, session_user, entry FROM old_rows AS r;"
      " END IF;"
      " RETURN NULL;"
      "END $record$;";

gboolean
hansa_server_ensure_base (HansaPublisher *publisher, GError **error)
{
  const char *schema = publisher->options->schema;
  g_autofree char *log = g_strconcat (publisher->schema, ".publication", NULL);
  g_autofree char *log_text = hansa_server_text (log);
  g_autoptr (PGresult) there
      = hansa_server_query (publisher, error, "SELECT to_regclass(%s) IS NOT NULL", log_text);

  if (there == NULL)
    return FALSE;
  if (PQgetvalue (there, 0, 0)[0] == 't')
    return TRUE;
  g_autofree char *contributor = g_strconcat (schema, "_contributor", NULL);
  g_autofree char *reader = g_strconcat (schema, "_reader", NULL);
  g_autofree char *contributor_name = hansa_server_name (contributor);
  g_autofree char *reader_name = hansa_server_name (reader);
  g_autofree char *contributor_text = hansa_server_text (contributor);
  g_autofree char *reader_text = hansa_server_text (reader);
  publisher->outcome->tables_changed = TRUE;
  if (hansa_server_run (publisher, error, base_sql, publisher->schema, contributor_name,
                        reader_name, contributor_text, reader_text)
      && hansa_server_run (publisher, error, record_sql, publisher->schema))
    return TRUE;
  g_prefix_error (error,
                  _ ("There is no information base in the schema “%s” yet, and making it failed. "
                     "Its administrator makes it with “hansa data publish --tables-only” (the "
                     "rights CREATE and CREATEROLE are needed). "),
                  schema);
  return FALSE;
}
