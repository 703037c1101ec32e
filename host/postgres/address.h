/* SPDX-License-Identifier: MIT
 *
 * Addresses of servers, postgresql://user:password@host:port/database?option=value,
 * as far as the program has to know them without libpq. A password never leaves
 * an address but towards the server.
 */
#pragma once

#include "base/export.h"

#include <glib.h>

G_BEGIN_DECLS

/* Begins with postgresql:// or postgres://. */
gboolean hansa_is_server_address (const char *text);

/* `text` with the password of an address in it, if there is one, left out: for
 * messages, records and reports. Any text may be given. (transfer full) */
HANSA_FOR_ENGINES
char *hansa_without_password (const char *text);

/* FALSE with HANSA_EXIT_USAGE for an address whose parts cannot be told apart
 * with certainty, such as one with a bare @ in the password. */
HANSA_FOR_ENGINES
gboolean hansa_server_address_check (const char *address, GError **error);

G_END_DECLS
