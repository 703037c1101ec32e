/* SPDX-License-Identifier: MIT
 *
 * Tables from the declared inputs: everyday ones, and each oddity that data can
 * have. What the model's vocabulary says of a column (choices, keys, codes) is
 * used, so that tables fit together as real ones do; nothing of it is promised
 * to a plugin, so that odd shapes break it.
 */
#include "check/check.h"

#include "base/paths.h"
#include "dataset/dataset.h"
#include "dataset/json.h"
#include "dataset/schema.h"
#include "run/params.h"

#include <math.h>
#include <string.h>

typedef enum
{
  PLAIN,
  EMPTY,
  ONE_ROW,
  ALL_MISSING,
  ALL_EQUAL,
  ALL_ZERO,
  NEGATIVE,
  TIES,
  EXTREMES,
  DUPLICATES,
  LONG_TEXT,
  UNICODE,
  ANY_TEXT,
  MANY_ROWS
} Shape;

static const struct
{
  Shape shape;
  const char *name;
} shapes[] = {
  { PLAIN, N_ ("everyday values") },
  { EMPTY, N_ ("empty tables") },
  { ONE_ROW, N_ ("one row") },
  { ALL_MISSING, N_ ("every cell missing that may be") },
  { ALL_EQUAL, N_ ("all values equal") },
  { ALL_ZERO, N_ ("all values zero") },
  { NEGATIVE, N_ ("negative values") },
  { TIES, N_ ("many ties") },
  { EXTREMES, N_ ("extreme values") },
  { DUPLICATES, N_ ("every row twice") },
  { LONG_TEXT, N_ ("very long texts") },
  { UNICODE, N_ ("texts of every Unicode plane") },
  { ANY_TEXT, N_ ("texts that no choice or code allows") },
  { MANY_ROWS, N_ ("very many rows") },
};

#define PERIODS 5 /* years of an everyday panel */
#define LONG 70000
#define MANY 200000
#define MANY_THOROUGH 600000

static const char *const codes[]
    = { "430000", "430100", "430181", "430200", "430600", "110000", "440000", "000000" };

typedef struct
{
  HansaCheck *check;
  Shape shape;
  const HansaSchema *schema; /* of the table at hand; NULL: not in the model */
} Generator;

static HansaSchema *
model_schema (const char *table)
{
  g_autofree char *model = hansa_path_dataset ("model");
  g_autofree char *name = g_strconcat (table, ".json", NULL);
  g_autofree char *file = g_build_filename (model, name, NULL);
  g_autoptr (JsonNode) root
      = g_file_test (file, G_FILE_TEST_IS_REGULAR) ? hansa_json_load (file, NULL) : NULL;

  return root != NULL ? hansa_schema_parse (root, (HansaJsonPlace){ file, "" }, NULL) : NULL;
}

static const HansaSchemaField *
model_field (const Generator *generator, const char *column)
{
  int at = generator->schema != NULL ? hansa_schema_find (generator->schema, column) : -1;

  return at < 0 ? NULL : g_ptr_array_index (generator->schema->fields, (guint)at);
}

static gboolean
is_key (const Generator *generator, const char *column)
{
  return generator->schema != NULL && g_strv_length (generator->schema->primary_key) == 1
         && g_str_equal (generator->schema->primary_key[0], column);
}

static double
uniform (const Generator *generator)
{
  return g_rand_double (generator->check->random);
}

static gint64
below (const Generator *generator, gint64 n)
{
  return (gint64)(uniform (generator) * (double)n);
}

/* ---- texts ------------------------------------------------------------- */

static const char *
keep_text (const Generator *generator, const char *text)
{
  return g_string_chunk_insert_const (generator->check->text, text);
}

static const char *
unicode_text (const Generator *generator)
{
  static const char *const odd[] = { "{sum}",     "%s%n%d", "a\"b,c\nd", "\u202eRTL\u202c",
                                     "e\xcc\x81", " ",      "'; DROP",   "湖南省",
                                     "\ufeffBOM", "1,5",    "-0",        "NaN" };
  g_autoptr (GString) text = g_string_new (NULL);

  if (uniform (generator) < 0.5)
    return odd[below (generator, G_N_ELEMENTS (odd))];
  for (gunichar plane = 0; plane <= 16; plane++)
    g_string_append_unichar (text, (plane << 16) + 0x4e00 + (gunichar)below (generator, 64));
  return keep_text (generator, text->str);
}

static const char *
long_text (const Generator *generator)
{
  g_autofree char *text = g_malloc (LONG + 1);
  gsize length = LONG - (gsize)below (generator, 4);

  memset (text, 'a' + (char)below (generator, 26), length);
  text[length] = '\0';
  return keep_text (generator, text);
}

static const char *
code_text (const Generator *generator, const HansaSchemaField *field, gboolean key, gsize row)
{
  g_autofree char *text = NULL;
  gsize number = key                         ? row
                 : generator->shape == PLAIN ? row / PERIODS
                                             : (gsize)below (generator, 9);

  if (field == NULL || field->pattern == NULL || !g_regex_match (field->pattern, codes[0], 0, NULL))
    text = g_strdup_printf ("k%zu", number + 1);
  else if (number < G_N_ELEMENTS (codes))
    return codes[number];
  else
    text = g_strdup_printf ("%06zu", 450000 + number);
  return keep_text (generator, text);
}

static const char *
text_cell (const Generator *generator, const HansaColumn *column, gsize row)
{
  const HansaSchemaField *field = model_field (generator, column->name);
  gboolean key = is_key (generator, column->name);

  if (generator->shape == LONG_TEXT)
    return long_text (generator);
  if (generator->shape == UNICODE)
    return unicode_text (generator);
  if (generator->shape == ANY_TEXT)
    return code_text (generator, NULL, FALSE, row);
  if (field != NULL && field->choices != NULL && field->choices[0] != NULL)
    {
      /* Mostly one, so that there is a group large enough to measure. */
      gint64 n = g_strv_length (field->choices);
      gint64 at = key || uniform (generator) < 0.4 ? below (generator, n) : MIN (1, n - 1);
      return keep_text (generator, field->choices[at]);
    }
  return code_text (generator, field, key, row);
}

/* ---- numbers ----------------------------------------------------------- */

static double
real_cell (const Generator *generator)
{
  static const double extremes[]
      = { 0.0, -0.0, 1.0, -1.0, 1e308, -1e308, 5e-324, 1e-300, 9007199254740993.0, 0.1, 1e15 };

  switch (generator->shape)
    {
    case ALL_ZERO:
      return 0.0;
    case ALL_EQUAL:
      return 42.5;
    case TIES:
      return (double)below (generator, 3);
    case NEGATIVE:
      return floor (uniform (generator) * 2000.0) - 1000.0;
    case EXTREMES:
      return extremes[below (generator, G_N_ELEMENTS (extremes))];
    default:
      return floor (exp (uniform (generator) * 12.0) * 100.0) / 100.0 + 1.0;
    }
}

static gint64
odd_integer (const Generator *generator)
{
  static const gint64 extremes[]
      = { 0, 1, -1, G_MAXINT32, G_MININT32, G_MAXINT64, G_MININT64, (gint64)1 << 53, 2018, 12 };

  switch (generator->shape)
    {
    case ALL_ZERO:
      return 0;
    case ALL_EQUAL:
      return 12;
    case TIES:
      return below (generator, 3);
    case NEGATIVE:
      return below (generator, 2000) - 1000;
    default:
      return extremes[below (generator, G_N_ELEMENTS (extremes))];
    }
}

static gint64
integer_cell (const Generator *generator, const HansaColumn *column, gsize row)
{
  const HansaSchemaField *field = model_field (generator, column->name);
  gboolean odd = generator->shape >= ALL_EQUAL && generator->shape <= EXTREMES;

  /* A year is never all zero: that would be another table than the one meant. */
  if (strstr (column->name, "year") != NULL && generator->shape != EXTREMES)
    return generator->shape == ALL_EQUAL ? 2018 : 2014 + (gint64)(row % PERIODS);
  if (field == NULL || !field->has_minimum || !field->has_maximum)
    return odd ? odd_integer (generator) : 1 + below (generator, 100);
  if (generator->shape == EXTREMES)
    return odd_integer (generator);
  return uniform (generator) < 0.8
             ? (gint64)field->maximum
             : (gint64)field->minimum
                   + below (generator, (gint64)(field->maximum - field->minimum + 1.0));
}

static gint64
date_cell (const Generator *generator)
{
  static const gint64 extremes[] = { -719162, 2932896, 0, -1, 11016, 17590 };

  if (generator->shape == EXTREMES)
    return extremes[below (generator, G_N_ELEMENTS (extremes))];
  if (generator->shape == ALL_EQUAL)
    return 17590;
  return 14600 + below (generator, generator->shape == TIES ? 3 : 3000);
}

/* ---- tables ------------------------------------------------------------ */

static HansaDraftCell
make_cell (const Generator *generator, const HansaColumn *column, gsize row)
{
  HansaDraftCell cell = { .present = TRUE };
  double missing = generator->shape == ALL_MISSING                              ? 1.0
                   : generator->shape == PLAIN || generator->shape == MANY_ROWS ? 0.1
                                                                                : 0.05;

  if ((column->flags & HANSA_NULLABLE) != 0 && uniform (generator) < missing)
    return (HansaDraftCell){ 0 };
  switch (column->type)
    {
    case HANSA_REAL:
      cell.as.real = real_cell (generator);
      break;
    case HANSA_INTEGER:
      cell.as.integer = integer_cell (generator, column, row);
      break;
    case HANSA_DATE:
      cell.as.integer = date_cell (generator);
      break;
    default:
      cell.as.text = text_cell (generator, column, row);
      break;
    }
  return cell;
}

static gsize
rows_wanted (const Generator *generator, const HansaInput *input)
{
  gboolean keyed = FALSE;

  for (guint i = 0; i < input->n_columns; i++)
    keyed |= is_key (generator, input->columns[i].name);
  switch (generator->shape)
    {
    case EMPTY:
      return 0;
    case ONE_ROW:
      return 1;
    case MANY_ROWS:
      return generator->check->options.thorough ? MANY_THOROUGH : MANY;
    case LONG_TEXT:
    case UNICODE:
      return 12;
    default:
      return keyed ? G_N_ELEMENTS (codes) : G_N_ELEMENTS (codes) * PERIODS;
    }
}

static HansaDraft *
make_draft (Generator *generator, const HansaInput *input)
{
  HansaDraft *draft = hansa_draft_new (input);
  g_autoptr (HansaSchema) schema = model_schema (input->name);
  generator->schema = schema;
  gsize n = rows_wanted (generator, input);

  for (gsize row = 0; row < n; row++)
    for (guint i = 0; i < input->n_columns; i++)
      {
        HansaDraftCell cell = make_cell (generator, &input->columns[i], row);
        g_array_append_val (draft->cells, cell);
      }
  if (generator->shape == DUPLICATES)
    {
      g_autoptr (HansaDraft) twice = hansa_draft_copy (draft);
      g_array_append_vals (draft->cells, twice->cells->data, twice->cells->len);
    }
  hansa_draft_group (draft);
  generator->schema = NULL;
  return draft;
}

/* ---- parameters -------------------------------------------------------- */

static char *
random_setting (const Generator *generator, const HansaParam *param)
{
  double low = param->minimum < param->maximum ? param->minimum : 0.0;
  double high = param->minimum < param->maximum ? param->maximum : 10.0;
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  double at = uniform (generator);

  switch (param->type)
    {
    case HANSA_BOOLEAN:
      return g_strdup (at < 0.5 ? "true" : "false");
    case HANSA_CHOICE:
      return g_strdup (param->choices[below (generator, param->n_choices)].id);
    case HANSA_TEXT:
      return g_strdup (codes[below (generator, G_N_ELEMENTS (codes))]);
    default:
      /* The bounds, and a little inside, are where mistakes are. */
      high = MIN (high, low + 3000.0);
      at = at < 0.25 ? low : at < 0.5 ? low + 1.0 : low + (high - low) * uniform (generator);
      at = param->type == HANSA_INTEGER ? floor (at) : at;
      return g_strdup (g_ascii_dtostr (number, sizeof number, MIN (at, high)));
    }
}

static const char *
look_up (const char *plugin, const char *param, gpointer settings)
{
  (void)plugin;
  return g_hash_table_lookup (settings, param);
}

/* Parameters of which that share is not at its default. */
static GArray *
make_params (HansaCheck *check, double share)
{
  const Generator generator = { check, PLAIN, NULL };
  g_autoptr (GHashTable) settings = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  const HansaPlugin *plugin = &check->description->plugin;

  for (guint i = 0; i < plugin->n_params; i++)
    if (uniform (&generator) < share)
      g_hash_table_insert (settings, (gpointer)plugin->params[i].id,
                           random_setting (&generator, &plugin->params[i]));
  return hansa_params_resolve (check->description, look_up, settings, NULL);
}

/* ---- subjects ---------------------------------------------------------- */

static HansaSubject *
make_subject (HansaCheck *check, gsize shape, gboolean vary)
{
  Generator generator = { check, shapes[shape].shape, NULL };
  const HansaPlugin *plugin = &check->description->plugin;
  g_autofree char *name = vary
                              ? g_strdup_printf (_ ("%s, other parameters"), _ (shapes[shape].name))
                              : g_strdup (_ (shapes[shape].name));
  HansaSubject *subject = hansa_subject_new (name);

  for (guint i = 0; i < plugin->n_inputs; i++)
    g_ptr_array_add (subject->drafts, make_draft (&generator, &plugin->inputs[i]));
  subject->params = make_params (check, vary ? 0.4 : 0.0);
  subject->plain = generator.shape == PLAIN;
  subject->ascii = generator.shape != UNICODE;
  return subject;
}

/* One table of an everyday set is empty, or not there. */
static HansaSubject *
without_table (HansaCheck *check, guint input)
{
  HansaSubject *subject = make_subject (check, PLAIN, FALSE);
  const HansaInput *what = &check->description->plugin.inputs[input];

  g_free (subject->name);
  subject->name = g_strdup_printf (_ ("table \"%s\" empty, the others not"), what->name);
  subject->plain = FALSE;
  g_array_set_size (((HansaDraft *)g_ptr_array_index (subject->drafts, input))->cells, 0);
  if ((what->flags & HANSA_OPTIONAL) != 0)
    {
      hansa_draft_free (g_ptr_array_index (subject->drafts, input));
      g_ptr_array_index (subject->drafts, input) = NULL;
    }
  return subject;
}

void
hansa_check_generate (HansaCheck *check)
{
  guint rounds = check->options.thorough ? 20 : 2;

  for (guint round = 0; round < rounds; round++)
    for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
      if (shapes[i].shape != MANY_ROWS || round == 0)
        g_ptr_array_add (check->subjects, make_subject (check, i, round > 0));
  /* An everyday set more: most tests need one that the plugin can answer. */
  for (guint round = 0; round < rounds; round++)
    g_ptr_array_add (check->subjects, make_subject (check, PLAIN, FALSE));
  if (check->description->plugin.n_inputs > 1)
    for (guint i = 0; i < check->description->plugin.n_inputs; i++)
      g_ptr_array_add (check->subjects, without_table (check, i));
}
