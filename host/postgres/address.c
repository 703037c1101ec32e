/* SPDX-License-Identifier: MIT */
#include "postgres/address.h"

#include "base/error.h"
#include "base/language.h"

#include <string.h>

static const char *const schemes[] = { "postgresql://", "postgres://" };

/* What follows the scheme of the first address in `text`; NULL: there is none. */
static const char *
after_scheme (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      const char *found = strstr (text, schemes[i]);
      if (found != NULL)
        return found + strlen (schemes[i]);
    }
  return NULL;
}

gboolean
hansa_is_server_address (const char *text)
{
  return g_str_has_prefix (text, schemes[0]) || g_str_has_prefix (text, schemes[1]);
}

/* Where the query of an address holds secrets, their values go. */
static char *
without_secret_options (const char *text)
{
  g_autoptr (GRegex) regex
      = g_regex_new ("([?&](?:password|sslpassword)=)[^&\\s]*", G_REGEX_CASELESS, 0, NULL);
  return g_regex_replace (regex, text, -1, 0, "\\1***", 0, NULL);
}

/* From the first colon to the last @: more than a password where the address is
 * odd, never less. */
char *
hansa_without_password (const char *text)
{
  const char *rest = after_scheme (text);

  if (rest == NULL)
    return g_strdup (text);
  const char *colon = strchr (rest, ':');
  const char *at = strrchr (rest, '@');
  if (colon == NULL || at == NULL || colon > at)
    return without_secret_options (text);
  g_autofree char *head = g_strndup (text, (gsize)(colon - text));
  g_autofree char *whole = g_strconcat (head, at, NULL);
  return without_secret_options (whole);
}

gboolean
hansa_server_address_check (const char *address, GError **error)
{
  const char *rest = after_scheme (address);
  const char *at = rest != NULL ? strchr (rest, '@') : NULL;

  if (rest != NULL
      && (at == NULL
          || (strchr (at + 1, '@') == NULL && strcspn (rest, "/?") > (gsize)(at - rest))))
    return TRUE;
  g_set_error_literal (
      error, HANSA_HOST_ERROR, HANSA_EXIT_USAGE,
      _ ("A server's address is postgresql://USER@HOST:PORT/DATABASE. In a user name or password, "
         "write @ as %40, : as %3A, / as %2F, ? as %3F; better still, keep the password in "
         "~/.pgpass and out of the address."));
  return FALSE;
}
