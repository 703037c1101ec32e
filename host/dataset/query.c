/* SPDX-License-Identifier: MIT
 *
 * A list of what is allowed is short and can be read; one of what is not would
 * grow with every release of every engine. The engine's own lock stands behind
 * this one.
 */
#include "dataset/query.h"

#include "base/error.h"

#include <string.h>

typedef enum
{
  WORD,   /* lower case */
  QUOTED, /* "name" */
  TEXT,   /* 'text' */
  MARK,   /* one character */
  OTHER   /* number */
} TokenKind;

typedef struct
{
  TokenKind kind;
  char *text;
} Token;

static void
token_clear (gpointer data)
{
  g_free (((Token *)data)->text);
}

/* ---- words --------------------------------------------------------------- */

/* End of a comment at `p`, or `p`. */
static const char *
skip_comment (const char *p)
{
  if (p[0] == '-' && p[1] == '-')
    {
      const char *end = strchr (p, '\n');
      return end != NULL ? end + 1 : p + strlen (p);
    }
  if (p[0] == '/' && p[1] == '*')
    {
      const char *end = strstr (p + 2, "*/");
      return end != NULL ? end + 2 : p + strlen (p);
    }
  return p;
}

/* End of a quoted piece that begins at `p`; NULL when it has none. */
static const char *
quoted_end (const char *p)
{
  char mark = *p++;

  for (; *p != '\0'; p++)
    if (*p == mark && *++p != mark)
      return p;
  return NULL;
}

static gboolean
is_word_byte (char c)
{
  return g_ascii_isalnum (c) || c == '_' || (guchar)c >= 0x80;
}

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA, message);
  return FALSE;
}

/* The pieces of a query, comments left out; NULL and an error where it is not
 * in the common subset by its very letters. */
static GArray *
split (const char *query, GError **error)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (Token));

  g_array_set_clear_func (tokens, token_clear);
  for (const char *p = query; *p != '\0';)
    {
      const char *end = skip_comment (p);
      Token token = { MARK, NULL };
      if (end != p || g_ascii_isspace (*p))
        {
          p = end != p ? end : p + 1;
          continue;
        }
      if (*p == '$' || *p == '\\' || *p == '`')
        {
          fail (error, _ ("A query may not hold $, \\ or `: write texts in single quotes."));
          return NULL;
        }
      if (*p == '\'' || *p == '"')
        {
          end = quoted_end (p);
          if (end == NULL)
            {
              fail (error, _ ("A quotation mark in the query is never closed."));
              return NULL;
            }
          token.kind = *p == '"' ? QUOTED : TEXT;
          token.text = g_strndup (p + 1, (gsize)(end - p) - 2);
        }
      else if (is_word_byte (*p))
        {
          for (end = p; is_word_byte (*end); end++)
            ;
          token.kind = g_ascii_isdigit (*p) ? OTHER : WORD;
          token.text = g_ascii_strdown (p, end - p);
        }
      else
        {
          end = p + 1;
          token.text = g_strndup (p, 1);
        }
      g_array_append_val (tokens, token);
      p = end;
    }
  return g_steal_pointer (&tokens);
}

static gboolean
token_is (GArray *tokens, guint i, const char *text)
{
  if (i >= tokens->len)
    return FALSE;
  const Token *token = &g_array_index (tokens, Token, i);
  return (token->kind == WORD || token->kind == MARK) && g_str_equal (token->text, text);
}

static TokenKind
kind_at (GArray *tokens, guint i)
{
  return i < tokens->len ? g_array_index (tokens, Token, i).kind : OTHER;
}

/* ---- what may be said ---------------------------------------------------- */

static gboolean
may_open_parenthesis (const char *word)
{
  static const char *const words[]
      = { /* grammar */
          "select", "from", "where", "and", "or", "not", "in", "as", "on", "using", "over",
          "exists", "any", "all", "some", "values", "filter", "group", "by", "having", "when",
          "then", "else", "case", "join", "union", "except", "intersect", "between", "like",
          "distinct", "partition", "materialized", "within", "is", "interval", "lateral", "limit",
          "decimal", "numeric", "varchar", "char", "with",
          /* functions of both dialects */
          "sum", "count", "avg", "min", "max", "stddev", "stddev_pop", "stddev_samp", "variance",
          "var_pop", "var_samp", "corr", "covar_pop", "covar_samp", "regr_slope", "regr_intercept",
          "regr_r2", "bool_and", "bool_or", "string_agg", "mode", "percentile_cont",
          "percentile_disc", "row_number", "rank", "dense_rank", "percent_rank", "cume_dist",
          "ntile", "lag", "lead", "first_value", "last_value", "nth_value", "abs", "round", "floor",
          "ceil", "ceiling", "trunc", "sign", "mod", "power", "sqrt", "exp", "ln", "log", "pi",
          "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "radians", "degrees", "greatest",
          "least", "coalesce", "nullif", "cast", "lower", "upper", "length", "char_length",
          "substring", "substr", "trim", "ltrim", "rtrim", "replace", "concat", "concat_ws", "left",
          "right", "lpad", "rpad", "position", "strpos", "split_part", "reverse", "repeat",
          "starts_with", "extract", "date_part", "date_trunc", "make_date", "age", NULL
        };
  return g_strv_contains (words, word);
}

static gboolean
is_statement_word (const char *word)
{
  static const char *const words[]
      = { "insert", "update", "delete",  "merge",  "into",     "create", "drop", "alter",
          "attach", "copy",   "install", "pragma", "truncate", "grant",  NULL };
  return g_strv_contains (words, word);
}

static gboolean
check_token (GArray *tokens, guint i, GError **error)
{
  const Token *token = &g_array_index (tokens, Token, i);
  gboolean calls = token_is (tokens, i + 1, "(");

  if (token_is (tokens, i, ";") && i + 1 < tokens->len)
    return fail (error, _ ("A query must be one SELECT, not several statements."));
  if (token->kind == WORD && is_statement_word (token->text))
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                   _ ("A query may only SELECT; “%s” is not allowed in it."), token->text);
      return FALSE;
    }
  if (calls
      && (token->kind == QUOTED || (token->kind == WORD && !may_open_parenthesis (token->text))))
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_DATA,
                   _ ("The function “%s” is none that a query may call: it must be one that DuckDB "
                      "and PostgreSQL share, and read no file."),
                   token->text);
      return FALSE;
    }
  if (token->kind == QUOTED && strpbrk (token->text, "./\\:*") != NULL)
    return fail (error, _ ("A query reads tables, not files."));
  if (token->kind == TEXT && i > 0
      && (token_is (tokens, i - 1, "from") || token_is (tokens, i - 1, "join"))
      && !(i > 2 && token_is (tokens, i - 2, "distinct")))
    return fail (error, _ ("A query reads tables, not files."));
  return TRUE;
}

static gboolean
check_tokens (GArray *tokens, GError **error)
{
  if (!token_is (tokens, 0, "select") && !token_is (tokens, 0, "with"))
    return fail (error, _ ("A query must be a SELECT: nothing can be written or set."));
  for (guint i = 0; i < tokens->len; i++)
    if (!check_token (tokens, i, error))
      return FALSE;
  return TRUE;
}

gboolean
hansa_query_check (const char *query, GError **error)
{
  g_autoptr (GArray) tokens = split (query, error);
  return tokens != NULL && check_tokens (tokens, error);
}

/* Only the end can hold a semicolon, but a comment may follow it. */
char *
hansa_query_body (const char *query)
{
  char *body = g_strdup (query);

  for (char *p = body; *p != '\0';)
    {
      const char *end = skip_comment (p);
      if (end == p && (*p == '\'' || *p == '"'))
        end = quoted_end (p);
      if (*p == ';')
        *p = ' ';
      p = end != NULL && end != p ? body + (end - body) : p + 1;
    }
  return body;
}

/* ---- its tables ---------------------------------------------------------- */

/* Names that the query gives to SELECTs of its own: NAME AS ( or
 * NAME AS MATERIALIZED (. */
static GHashTable *
own_names (GArray *tokens)
{
  GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < tokens->len; i++)
    if ((kind_at (tokens, i) == WORD || kind_at (tokens, i) == QUOTED)
        && token_is (tokens, i + 1, "as")
        && (token_is (tokens, i + 2, "(") || token_is (tokens, i + 2, "materialized")
            || token_is (tokens, i + 2, "not")))
      g_hash_table_add (names, g_array_index (tokens, Token, i).text);
  return names;
}

/* FROM of extract (year FROM date) and IS DISTINCT FROM name no table. */
static gboolean
is_from_of_value (GArray *tokens, guint from)
{
  guint depth = 0;

  if (from > 0 && token_is (tokens, from - 1, "distinct"))
    return TRUE;
  for (guint i = from; i-- > 0;)
    {
      if (token_is (tokens, i, ")"))
        depth++;
      else if (token_is (tokens, i, "(") && depth-- == 0)
        return i > 0
               && (token_is (tokens, i - 1, "extract") || token_is (tokens, i - 1, "substring")
                   || token_is (tokens, i - 1, "trim"));
    }
  return FALSE;
}

/* The first table that the query reads and the dataset does not have. */
static const char *
absent_table (HansaDataset *dataset, GArray *tokens)
{
  g_autoptr (GHashTable) own = own_names (tokens);

  for (guint i = 0; i + 1 < tokens->len; i++)
    {
      gboolean from = token_is (tokens, i, "from") && !is_from_of_value (tokens, i);
      TokenKind kind = kind_at (tokens, i + 1);
      const char *name = g_array_index (tokens, Token, i + 1).text;
      if ((from || token_is (tokens, i, "join")) && (kind == WORD || kind == QUOTED)
          && !g_str_equal (name, "lateral") && !g_hash_table_contains (own, name)
          && hansa_dataset_resource (dataset, name) == NULL)
        return name;
    }
  return NULL;
}

gboolean
hansa_query_can_answer (HansaDataset *dataset, const HansaInput *input, gboolean *there,
                        GError **error)
{
  g_autoptr (GArray) tokens = split (input->query, error);

  *there = TRUE;
  if (tokens == NULL || !check_tokens (tokens, error))
    {
      g_prefix_error (error, _ ("The query of “%s”: "), input->name);
      return FALSE;
    }
  const char *absent = absent_table (dataset, tokens);
  if (absent == NULL)
    return TRUE;
  *there = FALSE;
  if ((input->flags & HANSA_OPTIONAL) != 0)
    return TRUE;
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_MISSING,
               _ ("The dataset %s has no table “%s”, which the query of “%s” reads."),
               dataset->name, absent, input->name);
  return FALSE;
}

GStrv
hansa_query_tables (HansaDataset *dataset, const char *query)
{
  g_autoptr (GArray) tokens = split (query, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GStrvBuilder) tables = g_strv_builder_new ();

  for (guint i = 0; tokens != NULL && i < tokens->len; i++)
    {
      const Token *token = &g_array_index (tokens, Token, i);
      if ((token->kind == WORD || token->kind == QUOTED)
          && hansa_dataset_resource (dataset, token->text) != NULL
          && g_hash_table_add (seen, token->text))
        g_strv_builder_add (tables, token->text);
    }
  return g_strv_builder_end (tables);
}

/* ---- the order of its rows ------------------------------------------------ */

gboolean
hansa_query_is_rowwise (const char *query)
{
  static const char *const words[]
      = { /* what gives rows in no certain order, or one row from many */
          "with",
          "join",
          "distinct",
          "group",
          "having",
          "union",
          "except",
          "intersect",
          "over",
          "order",
          "limit",
          "offset",
          "fetch",
          "tablesample",
          "sum",
          "count",
          "avg",
          "min",
          "max",
          "stddev",
          "stddev_pop",
          "stddev_samp",
          "variance",
          "var_pop",
          "var_samp",
          "corr",
          "covar_pop",
          "covar_samp",
          "regr_slope",
          "regr_intercept",
          "regr_r2",
          "bool_and",
          "bool_or",
          "string_agg",
          "mode",
          "percentile_cont",
          "percentile_disc",
          NULL
        };
  g_autoptr (GArray) tokens = split (query, NULL);
  guint selects = 0;
  gboolean from = FALSE;

  for (guint i = 0; tokens != NULL && i < tokens->len; i++)
    {
      const Token *token = &g_array_index (tokens, Token, i);
      selects += token_is (tokens, i, "select") ? 1 : 0;
      from = from || (token_is (tokens, i, "from") && !is_from_of_value (tokens, i));
      if ((token->kind == WORD && g_strv_contains (words, token->text))
          || (from && token_is (tokens, i, ",")))
        return FALSE;
    }
  return selects == 1;
}
