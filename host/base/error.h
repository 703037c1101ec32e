/* SPDX-License-Identifier: MIT
 *
 * One error domain for the host. The code of an error is the exit code of the
 * program, so that a message and what a script sees cannot disagree.
 */
#pragma once

#include "base/export.h"

#include <glib.h>

G_BEGIN_DECLS

#define HANSA_HOST_ERROR (hansa_host_error_quark ())
HANSA_FOR_ENGINES
GQuark hansa_host_error_quark (void);

typedef enum
{
  HANSA_EXIT_OK = 0,
  HANSA_EXIT_INTERNAL = 1,   /* a fault of Hansa itself */
  HANSA_EXIT_USAGE = 2,      /* option, parameter or name that is not known or out of bounds */
  HANSA_EXIT_DATA = 3,       /* data that break their schema, or cannot be read */
  HANSA_EXIT_MISSING = 4,    /* a table or column that an analysis needs is not there */
  HANSA_EXIT_PLUGIN = 5,     /* an analysis did not end well; the report is written */
  HANSA_EXIT_CHART = 6,      /* a chart could not be drawn; the report is written */
  HANSA_EXIT_OUTPUT = 7,     /* the report could not be written: disk full, no right */
  HANSA_EXIT_SETUP = 8,      /* something that Hansa needs is not installed */
  HANSA_EXIT_SERVER = 9,     /* a database server is not reached, refuses, or was lost */
  HANSA_EXIT_DIFFERS = 10,   /* a replay came out otherwise than its report */
  HANSA_EXIT_CANCELLED = 130 /* Ctrl-C */
} HansaExit;

G_END_DECLS
