/* SPDX-License-Identifier: MIT
 *
 * One publishing: tables, rows and the entry of who did it, in one transaction.
 */
#include "publish/server-private.h"

#include "base/error.h"
#include "base/export.h"
#include "base/language.h"

/* ---- becoming the office --------------------------------------------------- */

static gboolean
become_office (HansaPublisher *publisher, GError **error)
{
  const char *office = publisher->options->office;

  if (office != NULL)
    {
      g_autofree char *name = hansa_server_name (office);
      if (!hansa_server_run (publisher, error, "SET LOCAL ROLE %s", name))
        {
          g_prefix_error (error,
                          _ ("You cannot publish for the office “%s”: it must be a role of the "
                             "server, and you a member of it. "),
                          office);
          (*error)->code = HANSA_EXIT_SERVER;
          return FALSE;
        }
    }
  g_autoptr (PGresult) row = hansa_server_query (publisher, error, "SELECT current_user");
  if (row != NULL)
    publisher->outcome->office = g_strdup (PQgetvalue (row, 0, 0));
  return row != NULL;
}

/* The number of this publishing, known to the triggers that write history. */
static gboolean
take_number (HansaPublisher *publisher, GError **error)
{
  g_autofree char *name = g_strconcat (publisher->schema, ".publication_id", NULL);
  g_autofree char *text = hansa_server_text (name);
  g_autoptr (PGresult) row = hansa_server_query (
      publisher, error, "SELECT set_config('hansa.publication', nextval(%s)::text, true)", text);

  if (row != NULL)
    publisher->outcome->publication = g_ascii_strtoll (PQgetvalue (row, 0, 0), NULL, 10);
  return row != NULL;
}

/* ---- rows ------------------------------------------------------------------ */

static gboolean
no_problems (const HansaPublisher *publisher)
{
  return publisher->outcome->problems->len == 0;
}

static gboolean
stage_all (HansaPublisher *publisher, GError **error)
{
  for (guint i = 0; i < publisher->plan->tables->len; i++)
    if (!hansa_server_stage (publisher, i, error)
        || !hansa_server_find_foreign_rows (publisher, i, error))
      return FALSE;
  return no_problems (publisher);
}

/* A refusal of the server is turned into the rows that it comes from; where none is
 * found, it stands. */
static gboolean
explain (HansaPublisher *publisher, int table, GError *refusal, GError **error)
{
  g_autoptr (GError) owned = refusal;
  gboolean looked = FALSE;

  if (g_error_matches (refusal, HANSA_HOST_ERROR, HANSA_EXIT_DATA)
      && hansa_server_run (publisher, NULL, "ROLLBACK TO SAVEPOINT hansa_rows"))
    looked = table >= 0 ? hansa_server_find_broken_rules (publisher, (guint)table, NULL)
                        : hansa_server_find_dangling (publisher, NULL);
  if (!looked || no_problems (publisher))
    g_propagate_error (error, g_steal_pointer (&owned));
  return FALSE;
}

static gboolean
merge_all (HansaPublisher *publisher, GError **error)
{
  GError *refusal = NULL;

  if (!hansa_server_run (publisher, error, "SAVEPOINT hansa_rows"))
    return FALSE;
  for (guint i = 0; i < publisher->plan->tables->len; i++)
    if (!hansa_server_merge (publisher, i, &refusal))
      return explain (publisher, (int)i, refusal, error);
  if (!hansa_server_withdraw (publisher, error)
      || !hansa_server_run (publisher, error, "SAVEPOINT hansa_rows"))
    return FALSE;
  if (!hansa_server_run (publisher, &refusal, "SET CONSTRAINTS ALL IMMEDIATE"))
    return explain (publisher, -1, refusal, error);
  return TRUE;
}

/* ---- the entry ------------------------------------------------------------- */

static char *
files_json (const HansaPublishPlan *plan)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < plan->tables->len; i++)
    {
      const HansaPublishTable *table = plan->tables->pdata[i];
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "table");
      json_builder_add_string_value (builder, table->name);
      json_builder_set_member_name (builder, "file");
      json_builder_add_string_value (builder, table->path);
      json_builder_set_member_name (builder, "xxh3_128");
      json_builder_add_string_value (builder, table->hash);
      json_builder_set_member_name (builder, "rows");
      json_builder_add_int_value (builder, (gint64)table->n_rows);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static gboolean
enter (HansaPublisher *publisher, GError **error)
{
  const HansaPublishPlan *plan = publisher->plan;
  const HansaPublishOutcome *outcome = publisher->outcome;
  g_autofree char *json = files_json (plan);
  g_autofree char *files = hansa_server_text (json);
  g_autofree char *sources = hansa_server_text (plan->sources);
  g_autofree char *package = hansa_server_text (plan->package);
  g_autofree char *version = hansa_server_text (plan->version);

  return hansa_server_run (publisher, error,
                           "INSERT INTO %s.publication"
                           " (id, package, version, files, sources, added, changed, removed)"
                           " VALUES (%" G_GINT64_FORMAT ", %s, %s, %s, %s, %" G_GUINT64_FORMAT
                           ", %" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")",
                           publisher->schema, outcome->publication, package, version, files,
                           sources, outcome->added, outcome->changed, outcome->removed);
}

/* ---- all of it ------------------------------------------------------------- */

static gboolean
publish_rows (HansaPublisher *publisher, GError **error)
{
  HansaPublishOutcome *outcome = publisher->outcome;

  if (!become_office (publisher, error) || !take_number (publisher, error)
      || !stage_all (publisher, error) || !merge_all (publisher, error))
    return FALSE;
  if (outcome->added + outcome->changed + outcome->removed == 0 && !outcome->tables_changed)
    {
      outcome->publication = 0;
      return hansa_server_run (publisher, error, "ROLLBACK");
    }
  return enter (publisher, error) && hansa_server_run (publisher, error, "COMMIT");
}

/* Publishings wait for one another; reading goes on meanwhile. */
static gboolean
begin (HansaPublisher *publisher, GError **error)
{
  g_autofree char *lock = g_strconcat ("hansa publish ", publisher->schema, NULL);
  g_autofree char *text = hansa_server_text (lock);

  return hansa_server_run (publisher, error,
                           "SET client_min_messages = warning; BEGIN;"
                           " SELECT pg_advisory_xact_lock(hashtext(%s))",
                           text)
         && hansa_server_ensure_base (publisher, error) && hansa_server_migrate (publisher, error);
}

static gboolean
publish (const HansaPublishPlan *plan, const HansaPublishOptions *options,
         HansaPublishOutcome *outcome, GError **error)
{
  g_autoptr (PGconn) connection = hansa_postgres_open (options->address, error);

  if (connection == NULL)
    return FALSE;
  g_autofree char *schema = hansa_server_name (options->schema);
  HansaPublisher publisher = { connection, plan, options, outcome, schema };
  outcome->server = hansa_postgres_name (connection);
  /* Whatever fails, closing the connection takes the transaction back. */
  if (!begin (&publisher, error))
    return FALSE;
  if (options->tables_only)
    return hansa_server_run (&publisher, error, outcome->tables_changed ? "COMMIT" : "ROLLBACK");
  return publish_rows (&publisher, error);
}

HANSA_FOR_ENGINES extern const HansaPublishModule hansa_publish_module;
const HansaPublishModule hansa_publish_module = { .api = HANSA_PUBLISH_API, .publish = publish };
