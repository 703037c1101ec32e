/* SPDX-License-Identifier: MIT */
#include "check/case.h"

#include "base/error.h"
#include "dataset/dataset.h"
#include "run/params.h"

#include <math.h>
#include <string.h>

static const char *
reason_id (guint32 reason)
{
  static const char *const ids[HANSA_REASON_COUNT]
      = { "defined",        "no-data",           "too-few",          "zero-total",    "zero-value",
          "negative-value", "base-not-positive", "zero-denominator", "not-finite",    "bad-weight",
          "bad-argument",   "missing-input",     "not-comparable",   "never-reached", "no-memory" };
  return reason < HANSA_REASON_COUNT ? ids[reason] : "?";
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GStrv
hansa_case_folders (const char *cases)
{
  g_autoptr (GPtrArray) folders = g_ptr_array_new ();
  g_autoptr (GDir) dir = g_dir_open (cases, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *ini = g_build_filename (cases, name, "case.ini", NULL);
      if (g_file_test (ini, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add (folders, g_build_filename (cases, name, NULL));
    }
  g_ptr_array_sort (folders, compare_names);
  g_ptr_array_add (folders, NULL);
  return (GStrv)g_ptr_array_steal (folders, NULL);
}

static const char *
look_up (const char *plugin, const char *param, gpointer keys)
{
  (void)plugin;
  g_autofree char *text = g_key_file_get_string (keys, "parameters", param, NULL);
  return text != NULL ? g_intern_string (text) : NULL; /* a few bytes, once a case */
}

static gboolean
read_tables (HansaCase *test, const HansaDescription *description, const char *folder,
             GError **error)
{
  g_autoptr (HansaDataset) dataset = hansa_dataset_open (folder, error);

  for (guint i = 0; dataset != NULL && i < description->plugin.n_inputs; i++)
    {
      HansaSealedTable *table
          = hansa_dataset_input (dataset, &description->plugin.inputs[i], error);
      if (table == NULL)
        return FALSE;
      g_ptr_array_add (test->tables, table);
    }
  return dataset != NULL;
}

HansaCase *
hansa_case_open (const HansaDescription *description, const char *folder, GError **error)
{
  g_autoptr (HansaCase) test = g_new0 (HansaCase, 1);
  g_autofree char *ini = g_build_filename (folder, "case.ini", NULL);

  test->name = g_path_get_basename (folder);
  test->keys = g_key_file_new ();
  test->tables = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_sealed_table_unref);
  if (!g_key_file_load_from_file (test->keys, ini, G_KEY_FILE_NONE, error))
    {
      g_prefix_error (error, "%s: ", ini);
      return NULL;
    }
  g_auto (GStrv) given = g_key_file_get_keys (test->keys, "parameters", NULL, NULL);
  for (char **name = given; name != NULL && *name != NULL; name++)
    if (!hansa_params_known (description, *name, error))
      return NULL;
  test->params = hansa_params_resolve (description, look_up, test->keys, error);
  if (test->params == NULL || !read_tables (test, description, folder, error))
    return NULL;
  return g_steal_pointer (&test);
}

void
hansa_case_free (HansaCase *test)
{
  if (test == NULL)
    return;
  g_free (test->name);
  g_key_file_unref (test->keys);
  g_clear_pointer (&test->params, g_array_unref);
  g_ptr_array_unref (test->tables);
  g_free (test);
}

static char *
value_text (HansaValue value)
{
  return hansa_is_defined (value) ? g_strdup_printf ("%.17g", value.number)
                                  : g_strdup_printf (_ ("undefined %s"), reason_id (value.reason));
}

static gboolean
is_near (const HansaCase *test, const char *id, double number, double wanted)
{
  g_autofree char *given = g_key_file_get_string (test->keys, "tolerance", id, NULL);
  double tolerance = given != NULL ? g_ascii_strtod (given, NULL) : 1e-9;

  return fabs (number - wanted) <= tolerance * fmax (1.0, fabs (wanted));
}

static void
judge_metric (const HansaCase *test, const HansaResult *result, const char *id, GPtrArray *problems)
{
  g_autofree char *expected = g_key_file_get_string (test->keys, "metrics", id, NULL);
  const HansaResultMetric *metric = hansa_result_metric (result, id);
  char *end = NULL;
  gboolean right;

  if (metric == NULL)
    {
      g_ptr_array_add (problems, g_strdup_printf (_ ("there is no metric \"%s\""), id));
      return;
    }
  if (g_str_has_prefix (expected, "undefined"))
    right = !hansa_is_defined (metric->value)
            && g_str_equal (g_strstrip (expected + strlen ("undefined")),
                            reason_id (metric->value.reason));
  else
    {
      double wanted = g_ascii_strtod (expected, &end);
      right = end != expected && *g_strstrip (end) == '\0' && hansa_is_defined (metric->value)
              && is_near (test, id, metric->value.number, wanted);
    }
  if (right)
    return;
  g_autofree char *found = value_text (metric->value);
  g_autofree char *wanted = g_key_file_get_string (test->keys, "metrics", id, NULL);
  g_ptr_array_add (problems, g_strdup_printf (_ ("metric \"%s\" is %s; the case expects %s"), id,
                                              found, wanted));
}

static void
judge_sentences (const HansaResult *result, GPtrArray *problems)
{
  for (guint i = 0; i < result->findings->len; i++)
    for (int language = 0; language < HANSA_N_LANGUAGES; language++)
      {
        const HansaResultFinding *finding = g_ptr_array_index (result->findings, i);
        g_autofree char *sentence
            = hansa_finding_sentence (result, finding, (HansaLanguage)language);

        if (*sentence == '\0' || strchr (sentence, '{') != NULL)
          g_ptr_array_add (
              problems, g_strdup_printf (_ ("finding \"%s\" reads \"%s\""), finding->id, sentence));
      }
}

gboolean
hansa_case_wants_result (const HansaCase *test)
{
  g_autofree char *wanted = g_key_file_get_string (test->keys, "end", "end", NULL);

  return wanted == NULL || g_str_equal (wanted, "ok");
}

void
hansa_case_judge (const HansaCase *test, HansaEnd end, const char *detail,
                  const HansaResult *result, GPtrArray *problems)
{
  g_autofree char *wanted = g_key_file_get_string (test->keys, "end", "end", NULL);
  g_auto (GStrv) ids = g_key_file_get_keys (test->keys, "metrics", NULL, NULL);

  if (g_strcmp0 (wanted != NULL ? wanted : "ok", hansa_end_id (end)) != 0)
    g_ptr_array_add (problems,
                     g_strdup_printf (_ ("it ended \"%s\" (%s); the case expects \"%s\""),
                                      hansa_end_id (end), detail, wanted != NULL ? wanted : "ok"));
  if (result == NULL)
    return;
  for (char **id = ids; id != NULL && *id != NULL; id++)
    judge_metric (test, result, *id, problems);
  judge_sentences (result, problems);
}
