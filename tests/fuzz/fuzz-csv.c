/* SPDX-License-Identifier: MIT
 *
 * Any bytes as a table: encoding, records, typed cells. Built with clang and
 * -fsanitize=fuzzer it is a libFuzzer target; with -DHANSA_FUZZ_MAIN it is a
 * program that mutates a few seeds a bounded number of times (argument 1).
 */
#include "dataset/dataset.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const char manifest[]
    = "{\"name\":\"f\",\"resources\":[{\"name\":\"t\",\"path\":\"t.csv\",\"schema\":{\"fields\":["
      "{\"name\":\"a\",\"constraints\":{\"unique\":true,\"pattern\":\"[a-z]*\"}},"
      "{\"name\":\"b\",\"type\":\"number\",\"constraints\":{\"minimum\":0}},"
      "{\"name\":\"c\",\"type\":\"integer\"},{\"name\":\"d\",\"type\":\"date\"},"
      "{\"name\":\"e\",\"type\":\"boolean\"}],\"primaryKey\":[\"c\",\"d\"]}}]}";

static char *folder;

static void
remove_folder (void)
{
  g_autofree char *csv = g_build_filename (folder, "t.csv", NULL);
  g_autofree char *json = g_build_filename (folder, "datapackage.json", NULL);
  g_remove (csv);
  g_remove (json);
  g_rmdir (folder);
  g_free (folder);
}

static void
make_folder (void)
{
  folder = g_dir_make_tmp ("hansa-fuzz-XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_autofree char *json = g_build_filename (folder, "datapackage.json", NULL);
  g_assert_true (g_file_set_contents (json, manifest, -1, NULL));
  atexit (remove_folder);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (folder == NULL)
    make_folder ();
  g_autofree char *csv = g_build_filename (folder, "t.csv", NULL);
  g_autoptr (GPtrArray) problems
      = g_ptr_array_new_with_free_func ((GDestroyNotify)hansa_problem_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents_full (csv, (const char *)data, (gssize)size,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  g_autoptr (HansaDataset) dataset = hansa_dataset_open (folder, NULL);
  g_assert_nonnull (dataset);
  gboolean sound = hansa_dataset_validate (dataset, 20, problems, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    {
      const HansaProblem *problem = g_ptr_array_index (problems, i);
      g_assert_true (g_utf8_validate (problem->message, -1, NULL));
      g_assert_true (problem->value == NULL || g_utf8_validate (problem->value, -1, NULL));
    }

  /* What is sound can be read, and nothing else can. */
  HansaColumn column = { .name = "a", .type = HANSA_TEXT, .flags = HANSA_NULLABLE };
  HansaInput input = { .name = "t", .columns = &column, .n_columns = 1 };
  g_autoptr (HansaSealedTable) table = hansa_dataset_input (dataset, &input, NULL);
  g_assert_true ((table != NULL) == sound);
  g_strfreev (hansa_dataset_raw_line (dataset, "t", 2));
  return 0;
}

#ifdef HANSA_FUZZ_MAIN
static guint64 state = 1;

static guint32
random_below (gsize n)
{
  state = state * 6364136223846793005u + 1442695040888963407u;
  return n > 0 ? (guint32)((state >> 33) % n) : 0;
}

int
main (int argc, char **argv)
{
  static const char *const seeds[]
      = { "a,b,c,d,e\nx,1.5,1,2018-07-01,true\n,,2,2018-07-02,\n",
          "\xEF\xBB\xBF\141,b,c,d,e\r\n\"x\"\"y\",１２,3,2018/7/1,1\r\n",
          "a,b,c,d,e\n\"l\nm\",1e5,-4,0001-01-01,false\n\n\"\",,,,\n",
          "e,d,c,b,a\n\xB3\xA4\xC9\xB3,2018-02-30,9e9,\"1,000\",x\n" };
  static const char bytes[] = ",\"\n\r\0\xFF\x80-.e019;\xEF\xA1\xE4";
  guint64 runs = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : 2000;

  for (guint64 run = 0; run < runs; run++)
    {
      const char *seed = seeds[run % G_N_ELEMENTS (seeds)];
      g_autoptr (GByteArray) text = g_byte_array_new ();
      g_byte_array_append (text, (const guint8 *)seed, (guint)strlen (seed));
      for (guint i = random_below (6); i > 0 && text->len > 0; i--)
        {
          guint32 place = random_below (text->len);
          guint32 kind = random_below (3);
          if (kind == 0)
            text->data[place] = (guint8)bytes[random_below (sizeof bytes)];
          else if (kind == 1)
            {
              guint length = 1 + random_below (8);
              g_byte_array_remove_range (text, place, MIN (length, text->len - place));
            }
          else
            {
              guint length = text->len - place;
              g_autofree guint8 *tail = g_memdup2 (text->data + place, length);
              g_byte_array_append (text, tail, length);
            }
        }
      LLVMFuzzerTestOneInput (text->data, text->len);
    }
  return 0;
}
#endif
