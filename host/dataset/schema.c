/* SPDX-License-Identifier: MIT */
#include "dataset/schema.h"

#include "base/nearest.h"
#include "dataset/cell.h"

#include <string.h>

static void
field_free (HansaSchemaField *field)
{
  if (field == NULL)
    return;
  g_free (field->name);
  hansa_text_clear (&field->title);
  g_free (field->unit);
  g_strfreev (field->choices);
  g_clear_pointer (&field->pattern, g_regex_unref);
  g_free (field);
}

static void
foreign_key_free (HansaForeignKey *key)
{
  if (key == NULL)
    return;
  g_strfreev (key->fields);
  g_free (key->resource);
  g_strfreev (key->reference);
  g_free (key);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaSchemaField, field_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaForeignKey, foreign_key_free)

void
hansa_schema_free (HansaSchema *schema)
{
  if (schema == NULL)
    return;
  g_clear_pointer (&schema->fields, g_ptr_array_unref);
  g_clear_pointer (&schema->foreign_keys, g_ptr_array_unref);
  g_strfreev (schema->primary_key);
  g_strfreev (schema->missing_values);
  g_free (schema);
}

int
hansa_schema_find (const HansaSchema *schema, const char *name)
{
  for (guint i = 0; i < schema->fields->len; i++)
    {
      const HansaSchemaField *field = g_ptr_array_index (schema->fields, i);
      if (g_str_equal (field->name, name))
        return (int)i;
    }
  return -1;
}

const char **
hansa_schema_names (const HansaSchema *schema)
{
  const char **names = g_new0 (const char *, schema->fields->len + 1);

  for (guint i = 0; i < schema->fields->len; i++)
    names[i] = ((const HansaSchemaField *)g_ptr_array_index (schema->fields, i))->name;
  return names;
}

/* ---- fields -------------------------------------------------------------- */

static gboolean
parse_type (JsonObject *object, HansaSchemaField *field, HansaJsonPlace place, GError **error)
{
  static const struct
  {
    const char *word;
    guint32 type;
    gboolean boolean;
  } types[] = { { "string", HANSA_TEXT, FALSE },     { "number", HANSA_REAL, FALSE },
                { "integer", HANSA_INTEGER, FALSE }, { "date", HANSA_DATE, FALSE },
                { "boolean", HANSA_INTEGER, TRUE },  { "year", HANSA_INTEGER, FALSE },
                { "any", HANSA_TEXT, FALSE } };
  static const char *const words[]
      = { "string", "number", "integer", "date", "boolean", "year", "any", NULL };
  const char *word = "string";

  if (!hansa_json_string (object, "type", place, &word, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (word, types[i].word))
      {
        field->type = types[i].type;
        field->boolean = types[i].boolean;
        return TRUE;
      }
  const char *near = hansa_nearest (word, words);
  hansa_json_error (place, "type", error, _ ("“%s” is not a type that can be read. Write %s."),
                    word, near != NULL ? near : "string, number, integer, boolean, date, year");
  return FALSE;
}

/* How cells are written is fixed; a schema that asks for another way would be
 * read wrongly, so it is refused. */
static gboolean
check_notation (JsonObject *object, HansaJsonPlace place, GError **error)
{
  const char *decimal = ".", *group = "", *format = "default";
  gboolean bare = TRUE;

  if (!hansa_json_string (object, "decimalChar", place, &decimal, error)
      || !hansa_json_string (object, "groupChar", place, &group, error)
      || !hansa_json_boolean (object, "bareNumber", place, &bare, error)
      || !hansa_json_string (object, "format", place, &format, error))
    return FALSE;
  if (!g_str_equal (decimal, ".") || group[0] != '\0' || !bare)
    {
      hansa_json_error (place, NULL, error,
                        _ ("numbers are read as 1234.5 only. Write the file so, and take out "
                           "decimalChar, groupChar and bareNumber."));
      return FALSE;
    }
  if (strchr (format, '%') != NULL)
    {
      hansa_json_error (place, "format", error,
                        _ ("dates are read as 2018-07-01 only. Write the file so, and take out "
                           "the format."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_bound (JsonObject *object, const char *member, const HansaSchemaField *field,
             HansaJsonPlace place, gboolean *has, double *bound, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  g_autofree char *text = hansa_json_scalar (node);
  gint32 days;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  *has = text != NULL && field->type != HANSA_TEXT && !field->boolean;
  if (*has && field->type == HANSA_DATE)
    {
      *has = hansa_parse_date (text, &days);
      *bound = *has ? days : 0.0;
    }
  else if (*has)
    *has = hansa_parse_real (text, bound);
  if (!*has)
    hansa_json_error (place, member, error,
                      _ ("must be a number (or a date, for a date), and only numbers and dates "
                         "have bounds."));
  return *has;
}

static gboolean
parse_pattern (JsonObject *object, HansaSchemaField *field, HansaJsonPlace place, GError **error)
{
  const char *pattern = NULL;
  g_autoptr (GError) cause = NULL;

  if (!hansa_json_string (object, "pattern", place, &pattern, error))
    return FALSE;
  if (pattern == NULL)
    return TRUE;
  /* A pattern speaks of the whole cell, as in XML Schema. */
  g_autofree char *whole = g_strdup_printf ("^(?:%s)$", pattern);
  field->pattern = g_regex_new (whole, G_REGEX_DOLLAR_ENDONLY | G_REGEX_NO_AUTO_CAPTURE, 0, &cause);
  if (field->pattern != NULL)
    return TRUE;
  hansa_json_error (place, "pattern", error, _ ("not a regular expression: %s"), cause->message);
  return FALSE;
}

static gboolean
check_constraint_names (JsonObject *object, HansaJsonPlace place, GError **error)
{
  static const char *const known[]
      = { "required", "unique", "enum", "minimum", "maximum", "pattern", NULL };
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *link = members; link != NULL; link = link->next)
    {
      if (g_strv_contains (known, link->data))
        continue;
      const char *near = hansa_nearest (link->data, known);
      if (near != NULL)
        hansa_json_error (place, link->data, error,
                          _ ("not a constraint that can be checked. Did you mean “%s”?"), near);
      else
        hansa_json_error (place, link->data, error,
                          _ ("not a constraint that can be checked. Say it with required, unique, "
                             "enum, minimum, maximum or pattern."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_constraints (JsonObject *object, HansaSchemaField *field, HansaJsonPlace place,
                   GError **error)
{
  g_auto (GStrv) choices = NULL;

  if (!check_constraint_names (object, place, error)
      || !hansa_json_boolean (object, "required", place, &field->required, error)
      || !hansa_json_boolean (object, "unique", place, &field->unique, error)
      || !hansa_json_strings (object, "enum", place, &choices, error)
      || !parse_bound (object, "minimum", field, place, &field->has_minimum, &field->minimum, error)
      || !parse_bound (object, "maximum", field, place, &field->has_maximum, &field->maximum, error)
      || !parse_pattern (object, field, place, error))
    return FALSE;
  if (choices[0] != NULL)
    field->choices = g_steal_pointer (&choices);
  return TRUE;
}

static HansaSchemaField *
parse_field (JsonNode *node, HansaJsonPlace place, GError **error)
{
  g_autoptr (HansaSchemaField) field = g_new0 (HansaSchemaField, 1);
  JsonObject *object = hansa_json_object (node, place, error);
  JsonObject *constraints;
  const char *name = NULL, *unit = NULL;
  HansaText title = { NULL, NULL };

  if (object == NULL || !hansa_json_string (object, "name", place, &name, error)
      || !hansa_json_string (object, "title", place, &title.en, error)
      || !hansa_json_string (object, "title_zh", place, &title.zh, error)
      || !hansa_json_string (object, "unit", place, &unit, error)
      || !parse_type (object, field, place, error) || !check_notation (object, place, error)
      || !hansa_json_member_object (object, "constraints", place, &constraints, error))
    return NULL;
  if (name == NULL || name[0] == '\0')
    {
      hansa_json_error (place, "name", error, _ ("every field needs a name."));
      return NULL;
    }
  field->name = g_strdup (name);
  field->title = hansa_text_copy (title);
  field->unit = unit != NULL && unit[0] != '\0' ? g_strdup (unit) : NULL;
  if (constraints != NULL)
    {
      g_autofree char *path = g_strconcat (place.path, ".constraints", NULL);
      if (!parse_constraints (constraints, field, (HansaJsonPlace){ place.file, path }, error))
        return NULL;
    }
  return g_steal_pointer (&field);
}

static gboolean
parse_fields (JsonObject *object, HansaSchema *schema, HansaJsonPlace place, GError **error)
{
  JsonArray *fields;

  if (!hansa_json_array (object, "fields", place, &fields, error))
    return FALSE;
  if (fields == NULL || json_array_get_length (fields) == 0)
    {
      hansa_json_error (place, "fields", error, _ ("list the table's columns here."));
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (fields); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s.fields[%u]", place.path, i);
      HansaJsonPlace here = { place.file, path };
      g_autoptr (HansaSchemaField) field
          = parse_field (json_array_get_element (fields, i), here, error);
      if (field == NULL)
        return FALSE;
      if (hansa_schema_find (schema, field->name) >= 0)
        {
          hansa_json_error (here, "name", error, _ ("there is a field “%s” already."), field->name);
          return FALSE;
        }
      g_ptr_array_add (schema->fields, g_steal_pointer (&field));
    }
  return TRUE;
}

/* ---- keys ---------------------------------------------------------------- */

static gboolean
check_names (const HansaSchema *schema, GStrv names, const char *member, HansaJsonPlace place,
             GError **error)
{
  for (char **name = names; *name != NULL; name++)
    if (hansa_schema_find (schema, *name) < 0)
      {
        g_autofree const char **known = hansa_schema_names (schema);
        const char *near = hansa_nearest (*name, known);
        if (near != NULL)
          hansa_json_error (place, member, error, _ ("there is no field “%s”. Did you mean “%s”?"),
                            *name, near);
        else
          hansa_json_error (place, member, error, _ ("there is no field “%s”."), *name);
        return FALSE;
      }
  return TRUE;
}

static HansaForeignKey *
parse_foreign_key (JsonNode *node, const HansaSchema *schema, HansaJsonPlace place, GError **error)
{
  g_autoptr (HansaForeignKey) key = g_new0 (HansaForeignKey, 1);
  JsonObject *object = hansa_json_object (node, place, error);
  JsonObject *reference;
  const char *resource = "";

  if (object == NULL || !hansa_json_strings (object, "fields", place, &key->fields, error)
      || !check_names (schema, key->fields, "fields", place, error)
      || !hansa_json_member_object (object, "reference", place, &reference, error))
    return NULL;
  if (reference == NULL)
    {
      hansa_json_error (place, "reference", error, _ ("say which resource and fields it names."));
      return NULL;
    }
  g_autofree char *path = g_strconcat (place.path, ".reference", NULL);
  HansaJsonPlace here = { place.file, path };
  if (!hansa_json_string (reference, "resource", here, &resource, error)
      || !hansa_json_strings (reference, "fields", here, &key->reference, error))
    return NULL;
  key->resource = g_strdup (resource);
  if (key->fields[0] == NULL || g_strv_length (key->fields) != g_strv_length (key->reference))
    {
      hansa_json_error (here, "fields", error, _ ("must name as many fields as the key has."));
      return NULL;
    }
  if (resource[0] == '\0' && !check_names (schema, key->reference, "fields", here, error))
    return NULL;
  return g_steal_pointer (&key);
}

static gboolean
parse_keys (JsonObject *object, HansaSchema *schema, HansaJsonPlace place, GError **error)
{
  JsonArray *keys;

  if (!hansa_json_strings (object, "primaryKey", place, &schema->primary_key, error)
      || !check_names (schema, schema->primary_key, "primaryKey", place, error)
      || !hansa_json_array (object, "foreignKeys", place, &keys, error))
    return FALSE;
  for (guint i = 0; keys != NULL && i < json_array_get_length (keys); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s.foreignKeys[%u]", place.path, i);
      HansaForeignKey *key = parse_foreign_key (json_array_get_element (keys, i), schema,
                                                (HansaJsonPlace){ place.file, path }, error);
      if (key == NULL)
        return FALSE;
      g_ptr_array_add (schema->foreign_keys, key);
    }
  return TRUE;
}

HansaSchema *
hansa_schema_parse (JsonNode *node, HansaJsonPlace place, GError **error)
{
  g_autoptr (HansaSchema) schema = g_new0 (HansaSchema, 1);
  JsonObject *object = hansa_json_object (node, place, error);

  schema->fields = g_ptr_array_new_with_free_func ((GDestroyNotify)field_free);
  schema->foreign_keys = g_ptr_array_new_with_free_func ((GDestroyNotify)foreign_key_free);
  if (object == NULL || !parse_fields (object, schema, place, error)
      || !parse_keys (object, schema, place, error)
      || !hansa_json_strings (object, "missingValues", place, &schema->missing_values, error))
    return NULL;
  if (!json_object_has_member (object, "missingValues"))
    {
      g_strfreev (schema->missing_values);
      schema->missing_values = g_new0 (char *, 2);
      schema->missing_values[0] = g_strdup ("");
    }
  return g_steal_pointer (&schema);
}
