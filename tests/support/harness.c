/* SPDX-License-Identifier: MIT */
#include "support/harness.h"

#include <check.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>

void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->out, g_free);
  g_clear_pointer (&outcome->err, g_free);
}

char *
folder_new (void)
{
  char *folder = g_dir_make_tmp ("hansa-test-XXXXXX", NULL);
  ck_assert_ptr_nonnull (folder);
  return folder;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir
      = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_tree (child);
    }
  g_remove (path);
}

void
folder_remove (char *folder)
{
  remove_tree (folder);
  g_free (folder);
}

gboolean
under_valgrind (void)
{
  return g_getenv ("HANSA_MEMCHECK") != NULL;
}

/* The program itself, or what runs it under Valgrind (scripts/memcheck). */
static const char *
program (void)
{
  const char *wrapper = g_getenv ("HANSA_MEMCHECK");
  return wrapper != NULL ? wrapper : g_getenv ("HANSA_BINARY");
}

static GPtrArray *
collect_arguments (va_list arguments)
{
  GPtrArray *argv = g_ptr_array_new ();
  const char *argument;

  g_ptr_array_add (argv, (gpointer)program ());
  while ((argument = va_arg (arguments, const char *)) != NULL)
    g_ptr_array_add (argv, (gpointer)argument);
  g_ptr_array_add (argv, NULL);
  return argv;
}

static Outcome
run_argv (const char *folder, char **env, GPtrArray *argv)
{
  Outcome outcome = { 0 };
  g_auto (GStrv) environment = g_get_environ ();
  int status = 0;
  g_autoptr (GError) error = NULL;

  for (char **entry = env; entry != NULL && *entry != NULL; entry++)
    {
      g_auto (GStrv) parts = g_strsplit (*entry, "=", 2);
      environment = g_environ_setenv (environment, parts[0], parts[1], TRUE);
    }
  gboolean started = g_spawn_sync (folder, (char **)argv->pdata, environment, G_SPAWN_DEFAULT, NULL,
                                   NULL, &outcome.out, &outcome.err, &status, &error);
  ck_assert_msg (started, "cannot run hansa: %s", error != NULL ? error->message : "");
  outcome.exit_code = WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
  return outcome;
}

Outcome
run_hansa (const char *folder, ...)
{
  va_list arguments;
  va_start (arguments, folder);
  g_autoptr (GPtrArray) argv = collect_arguments (arguments);
  va_end (arguments);
  return run_argv (folder, NULL, argv);
}

Outcome
run_hansa_env (const char *folder, char **env, ...)
{
  va_list arguments;
  va_start (arguments, env);
  g_autoptr (GPtrArray) argv = collect_arguments (arguments);
  va_end (arguments);
  return run_argv (folder, env, argv);
}

GPid
start_hansa (const char *folder, ...)
{
  va_list arguments;
  GPid pid = 0;

  va_start (arguments, folder);
  g_autoptr (GPtrArray) argv = collect_arguments (arguments);
  va_end (arguments);
  gboolean started = g_spawn_async (folder, (char **)argv->pdata, NULL,
                                    G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL
                                        | G_SPAWN_STDERR_TO_DEV_NULL,
                                    NULL, NULL, &pid, NULL);
  ck_assert (started);
  return pid;
}

char *
copy_dataset (const char *folder, const char *name)
{
  g_autofree char *source
      = g_build_filename (g_getenv ("HANSA_SOURCE_DIR"), "datasets", name, NULL);
  char *target = g_build_filename (folder, "data", NULL);
  g_autoptr (GDir) dir = g_dir_open (source, 0, NULL);
  const char *file;

  ck_assert_ptr_nonnull (dir);
  g_mkdir (target, 0755);
  while ((file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *from = g_build_filename (source, file, NULL);
      g_autofree char *to = g_build_filename (target, file, NULL);
      g_autofree char *bytes = NULL;
      gsize length;
      if (g_file_get_contents (from, &bytes, &length, NULL))
        ck_assert (g_file_set_contents (to, bytes, (gssize)length, NULL));
    }
  return target;
}

char *
read_file (const char *folder, const char *file)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  char *text = NULL;
  ck_assert_msg (g_file_get_contents (path, &text, NULL, NULL), "cannot read %s", path);
  return text;
}

void
write_file (const char *folder, const char *file, const char *text)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  ck_assert_msg (g_file_set_contents (path, text, -1, NULL), "cannot write %s", path);
}

void
edit_file (const char *dataset, const char *file, const char *old, const char *new)
{
  g_autofree char *text = read_file (dataset, file);
  g_auto (GStrv) parts = g_strsplit (text, old, 2);
  ck_assert_msg (g_strv_length (parts) == 2, "%s: no \"%s\" to replace", file, old);
  g_autofree char *changed = g_strjoinv (new, parts);
  write_file (dataset, file, changed);
}

gboolean
exists (const char *folder, const char *file)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

JsonNode *
read_report (const char *report)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = read_file (report, "report.json");
  JsonNode *node = json_from_string (text, &error);
  ck_assert_msg (node != NULL, "report.json: %s", error != NULL ? error->message : "");
  return node;
}

JsonObject *
find_analysis (JsonNode *report, const char *id)
{
  JsonArray *analyses = json_object_get_array_member (json_node_get_object (report), "analyses");
  for (guint i = 0; i < json_array_get_length (analyses); i++)
    {
      JsonObject *analysis = json_array_get_object_element (analyses, i);
      if (g_str_equal (json_object_get_string_member (analysis, "id"), id))
        return analysis;
    }
  ck_abort_msg ("report.json has no analysis \"%s\"", id);
}

double
find_metric (JsonObject *analysis, const char *id)
{
  JsonArray *metrics = json_object_get_array_member (analysis, "metrics");
  for (guint i = 0; i < json_array_get_length (metrics); i++)
    {
      JsonObject *metric = json_array_get_object_element (metrics, i);
      if (!g_str_equal (json_object_get_string_member (metric, "id"), id))
        continue;
      JsonNode *value = json_object_get_member (metric, "value");
      ck_assert_msg (JSON_NODE_HOLDS_VALUE (value), "metric %s is undefined", id);
      return json_node_get_double (value);
    }
  ck_abort_msg ("report.json has no metric \"%s\"", id);
}

guint
count_files (const char *folder, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, prefix) ? 1 : 0;
  return n;
}
