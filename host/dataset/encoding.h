/* SPDX-License-Identifier: MIT
 *
 * A whole text file as UTF-8, whatever it was saved as.
 */
#pragma once

#include "dataset/problem.h"

G_BEGIN_DECLS

/* (transfer full) the file's text, without a byte order mark; `length` bytes
 * and a NUL. NULL with a problem (bad encoding) or an error (cannot be read).
 * A file declared UTF-8 that is GB18030 in truth, as Chinese spreadsheets save
 * CSV, is read as that. */
char *hansa_text_load (const char *file, const char *encoding, gsize *length,
                       HansaProblems *problems, GError **error);

/* "gbk", "gb2312", "gb18030", "cp936": all are GB18030. */
gboolean hansa_encoding_is_utf8 (const char *encoding);

G_END_DECLS
