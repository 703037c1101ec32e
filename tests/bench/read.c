/* SPDX-License-Identifier: MIT
 *
 * The way of the data alone, in a process of its own: opens a package, reads
 * and groups the input of trade-growth into sealed memory. No analysis, no
 * chart, no report.
 *
 *   read DATASET
 */
#include "dataset/dataset.h"

#include <stdio.h>

int
main (int argc, char **argv)
{
  static const HansaColumn columns[] = {
    { .name = "region", .type = HANSA_TEXT },
    { .name = "year", .type = HANSA_INTEGER },
    { .name = "months", .type = HANSA_INTEGER, .unit = "1" },
    { .name = "basis", .type = HANSA_TEXT },
    { .name = "value", .type = HANSA_REAL, .flags = HANSA_SUM | HANSA_NULLABLE, .unit = "USD" },
  };
  const HansaInput input = { .name = "trade", .columns = columns, .n_columns = 5 };
  g_autoptr (GError) error = NULL;
  g_autoptr (HansaDataset) dataset = argc == 2 ? hansa_dataset_open (argv[1], &error) : NULL;
  g_autoptr (HansaSealedTable) table
      = dataset != NULL ? hansa_dataset_input (dataset, &input, &error) : NULL;

  if (table == NULL)
    {
      fprintf (stderr, "%s\n", error != NULL ? error->message : "usage: read DATASET");
      return 1;
    }
  printf ("%zu rows\n", hansa_table_rows (hansa_sealed_table_view (table)));
  return 0;
}
