/* SPDX-License-Identifier: MIT
 *
 * The only way by which text and numbers reach a gnuplot script. gnuplot runs
 * `...` inside double quotes, takes a newline as the end of a command, and
 * opens pipes for names that start with '|' or '<': so all text is single
 * quoted here, and no name of a file comes from data.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Characters of a string that a chart shows at most. */
#define HANSA_ENCODE_LIMIT 200

/* Text that a reader sees, made fit to draw: valid UTF-8, one line, no control
 * or bidi control characters, nothing that XML forbids, at most `limit`
 * characters (the last one an ellipsis when shortened). Right-to-left text
 * itself stays. (transfer full) */
char *hansa_encode_clean (const char *text, guint limit);

/* The same as a single-quoted gnuplot string, an apostrophe in it being that
 * of print (’); `format` doubles '%' where gnuplot would read a number format
 * (tic labels). (transfer full) */
char *hansa_encode_string (const char *text, gboolean format);
void hansa_encode_append (GString *script, const char *text, gboolean format);

/* Shortest digits that read back as the same double; NaN when not finite,
 * which gnuplot draws as a gap. Never depends on the locale. */
void hansa_encode_number (GString *script, double number);

/* "$name << TERMINATOR\n" + lines + "TERMINATOR\n". The terminator comes from
 * the content, so that scripts are reproducible, and is no line of it. */
void hansa_encode_block (GString *script, const char *name, const char *lines);

/* A file name that may stand in `set output`: letters, digits, '.', '_', '-'
 * and characters beyond ASCII; no leading '.' or '-'. */
gboolean hansa_encode_is_file_name (const char *name);

G_END_DECLS
