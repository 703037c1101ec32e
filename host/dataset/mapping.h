/* SPDX-License-Identifier: MIT
 *
 * Where each column of an input comes from: which column of which resource,
 * through which expression, times which factor.
 */
#pragma once

#include "dataset/cell.h"
#include "dataset/package.h"

G_BEGIN_DECLS

typedef enum
{
  HANSA_FROM_NOTHING, /* an optional column that is not there */
  HANSA_FROM_COLUMN,
  HANSA_FROM_YEAR,
  HANSA_FROM_MONTH,
  HANSA_FROM_CONSTANT
} HansaSourceKind;

typedef struct
{
  HansaSourceKind kind;
  guint column;                  /* in the schema */
  const HansaSchemaField *field; /* the same */
  guint32 type;                  /* of what comes: a HansaType */
  HansaCellValue constant;
  char *text;    /* constant's own copy */
  double factor; /* into the unit asked for */
} HansaSource;

/* What an expression says. FALSE when it says nothing that the resource has. */
gboolean hansa_source_parse (const HansaResource *resource, const char *expression,
                             HansaSource *source, GError **error);
void hansa_source_clear (HansaSource *source);

/* The value of row `row` of the resource's table, as `type`, in the unit asked
 * for. FALSE when a whole number does not fit. */
gboolean hansa_source_get (const HansaSource *source, const HansaTable *table, gsize row,
                           guint32 type, gboolean scaled, HansaCellValue *value);

/* `number` in the unit asked for. A factor below one divides by its inverse:
 * 1e-8 is no exact number, 1e8 is, and the result is rounded but once. */
double hansa_scale (double number, double factor);
/* The whole number of which `factor` is the inverse, or 0. */
double hansa_scale_divisor (double factor);

typedef struct
{
  const HansaResource *resource;
  HansaSource *sources; /* one a column of the input */
  guint n_sources;
  gboolean grouped;
} HansaBinding;

/* `binding` becomes NULL (and TRUE is returned) for an optional input whose
 * table is not there. Not for inputs with a query. */
gboolean hansa_bind (HansaDataset *dataset, const HansaInput *input, HansaBinding **binding,
                     GError **error);
void hansa_binding_free (HansaBinding *binding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaBinding, hansa_binding_free)

G_END_DECLS
