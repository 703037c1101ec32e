/* SPDX-License-Identifier: MIT
 *
 * Feeds arbitrary bytes to the decoders of what a worker says. With libFuzzer:
 *   clang -fsanitize=fuzzer,address,undefined ... fuzz-decode.c
 * Without it (-DHANSA_FUZZ_STANDALONE), a program that replays files, or runs
 * a number of rounds from a seed:
 *   fuzz-decode FILE...        fuzz-decode --rounds N [SEED]
 */
#include "plugin/decode.h"
#include "plugin/wire.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Everything that a result promises to its readers is read. */
static void
look_at (const HansaResult *result)
{
  for (guint i = 0; i < result->findings->len; i++)
    for (guint language = 0; language < HANSA_N_LANGUAGES; language++)
      g_free (hansa_finding_sentence (result, g_ptr_array_index (result->findings, i),
                                      (HansaLanguage)language));
  for (guint i = 0; i < result->tables->len; i++)
    {
      const HansaResultTable *table = g_ptr_array_index (result->tables, i);

      for (gsize row = 0; row < hansa_result_table_rows (table); row++)
        for (guint column = 0; column < table->n_columns; column++)
          {
            const HansaCell *cell = hansa_result_table_cell (table, row, column);

            if ((cell->type == HANSA_TEXT || cell->type == HANSA_LABEL)
                && (!g_utf8_validate (cell->as.text.en, -1, NULL)
                    || !g_utf8_validate (cell->as.text.zh, -1, NULL)))
              abort ();
            if (cell->type == HANSA_REAL && !isfinite (cell->as.real))
              abort ();
          }
    }
}

static void
try_description (const uint8_t *data, size_t size)
{
  g_auto (GStrv) layers = NULL;
  g_autoptr (HansaDescription) description
      = hansa_decode_description ("fuzz.so", data, size, &layers, NULL);

  if (description == NULL)
    return;
  for (guint i = 0; i < description->plugin.n_params; i++)
    if (hansa_description_param (description, description->plugin.params[i].id)
        != &description->plugin.params[i])
      abort ();
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (HansaDecoder) decoder = hansa_decoder_new (1 << 20);
  g_autoptr (HansaResult) result = NULL;
  HansaFrameHeader header;
  size_t at = 0;

  hansa_decoder_add_input (decoder, "trade", 100);
  try_description (data, size);
  while (at < size && hansa_frame_peek (data + at, size - at, &header) == 1)
    {
      at += sizeof header;
      if (header.type == HANSA_FRAME_DESCRIPTION)
        try_description (data + at, header.length);
      else if (!hansa_decoder_frame (decoder, header.type, data + at, header.length, NULL))
        return 0;
      at += header.length;
    }
  result = hansa_decoder_finish (decoder, NULL);
  if (result != NULL)
    look_at (result);
  return 0;
}

#ifdef HANSA_FUZZ_STANDALONE

/* Frames whose headers are right and whose payload is nearly so: random bytes
 * alone would seldom come further than the magic number. */
static void
random_stream (GRand *random, HansaWriter *writer)
{
  static const char *const words[]
      = { "m", "t", "x", "name", "trade", "{m}", "\xff", "1", "湖南", "", NULL };
  guint frames = (guint)g_rand_int_range (random, 1, 6);

  for (guint f = 0; f < frames; f++)
    {
      guint parts = (guint)g_rand_int_range (random, 0, 40);

      hansa_writer_begin (writer, (HansaFrameType)g_rand_int_range (random, 1, HANSA_FRAME_END));
      for (guint i = 0; i < parts; i++)
        switch (g_rand_int_range (random, 0, 6))
          {
          case 0:
            hansa_writer_u8 (writer, (guint8)g_rand_int_range (random, 0, 9));
            break;
          case 1:
            hansa_writer_u32 (writer, (guint32)g_rand_int_range (random, 0, 5));
            break;
          case 2:
            hansa_writer_u32 (writer, g_rand_int (random));
            break;
          case 3:
            hansa_writer_f64 (writer, g_rand_double (random));
            break;
          default:
            hansa_writer_string (writer, words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))]);
            break;
          }
      hansa_writer_end (writer);
    }
  for (gint flips = g_rand_int_range (random, 0, 3); flips > 0; flips--)
    writer->bytes[(gsize)g_rand_int_range (random, 0, (gint32)writer->length)]
        ^= (unsigned char)(1u << g_rand_int_range (random, 0, 8));
}

int
main (int argc, char **argv)
{
  if (argc >= 3 && g_str_equal (argv[1], "--rounds"))
    {
      guint64 rounds = g_ascii_strtoull (argv[2], NULL, 10);
      g_autoptr (GRand) random
          = g_rand_new_with_seed (argc > 3 ? (guint32)g_ascii_strtoull (argv[3], NULL, 10) : 1);

      for (guint64 i = 0; i < rounds; i++)
        {
          HansaWriter writer = { 0 };

          random_stream (random, &writer);
          LLVMFuzzerTestOneInput (writer.bytes, writer.length);
          hansa_writer_clear (&writer);
        }
      return EXIT_SUCCESS;
    }
  for (int i = 1; i < argc; i++)
    {
      g_autofree char *bytes = NULL;
      gsize length;

      if (!g_file_get_contents (argv[i], &bytes, &length, NULL))
        return EXIT_FAILURE;
      LLVMFuzzerTestOneInput ((const uint8_t *)bytes, length);
    }
  return EXIT_SUCCESS;
}

#endif
