/* SPDX-License-Identifier: MIT
 *
 * Frames and their decoding: what is written is read again, and what was
 * damaged in any way is refused, not believed and not crashed on.
 */
#include "plugin/decode.h"
#include "plugin/wire.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define LIMIT ((guint64)16 << 20)

static void
put_text (HansaWriter *writer, const char *en, const char *zh)
{
  hansa_writer_string (writer, en);
  hansa_writer_string (writer, zh);
}

static void
put_value (HansaWriter *writer, double number)
{
  hansa_writer_u8 (writer, HANSA_DEFINED);
  hansa_writer_f64 (writer, number);
}

static void
put_metric (HansaWriter *writer, const char *id, double number)
{
  hansa_writer_begin (writer, HANSA_FRAME_METRIC);
  hansa_writer_string (writer, id);
  put_text (writer, "Title", "标题");
  put_value (writer, number);
  hansa_writer_string (writer, "1");
  hansa_writer_string (writer, NULL);
  put_text (writer, NULL, NULL);
  put_text (writer, NULL, NULL);
  hansa_writer_u32 (writer, 2);
  hansa_writer_u8 (writer, HANSA_NO_DATA);
  hansa_writer_u8 (writer, HANSA_NO_DATA);
  hansa_writer_f64 (writer, 0.0);
  hansa_writer_string (writer, NULL);
  hansa_writer_string (writer, NULL);
  hansa_writer_string (writer, "trade");
  hansa_writer_u32 (writer, 1);
  hansa_writer_u64 (writer, 9);
  hansa_writer_end (writer);
}

static void
put_table (HansaWriter *writer)
{
  hansa_writer_begin (writer, HANSA_FRAME_TABLE);
  hansa_writer_string (writer, "t");
  put_text (writer, "Table", "表");
  put_text (writer, NULL, NULL);
  hansa_writer_u32 (writer, 2);
  hansa_writer_string (writer, "name");
  hansa_writer_u32 (writer, HANSA_LABEL);
  hansa_writer_u32 (writer, 0);
  hansa_writer_string (writer, NULL);
  put_text (writer, "Name", "名称");
  hansa_writer_string (writer, "x");
  hansa_writer_u32 (writer, HANSA_REAL);
  hansa_writer_u32 (writer, 1);
  hansa_writer_string (writer, "1");
  put_text (writer, "X", "值");
  hansa_writer_end (writer);

  hansa_writer_begin (writer, HANSA_FRAME_ROWS);
  hansa_writer_u32 (writer, 0);
  hansa_writer_u8 (writer, HANSA_LABEL);
  put_text (writer, "one", "一");
  hansa_writer_u8 (writer, HANSA_REAL);
  put_value (writer, 1.0);
  hansa_writer_u8 (writer, HANSA_LABEL);
  put_text (writer, "two", "二");
  hansa_writer_u8 (writer, 0);
  hansa_writer_end (writer);
}

static void
put_rest (HansaWriter *writer)
{
  hansa_writer_begin (writer, HANSA_FRAME_CHART);
  hansa_writer_string (writer, "c");
  hansa_writer_u32 (writer, HANSA_CHART_BAR);
  hansa_writer_u32 (writer, 0);
  put_text (writer, "Chart", "图");
  put_text (writer, NULL, NULL);
  hansa_writer_string (writer, "t");
  hansa_writer_string (writer, "name");
  hansa_writer_string (writer, "x");
  for (guint i = 0; i < 6; i++)
    hansa_writer_string (writer, NULL);
  hansa_writer_u32 (writer, 1);
  hansa_writer_string (writer, "m");
  hansa_writer_u32 (writer, 0);
  hansa_writer_end (writer);

  hansa_writer_begin (writer, HANSA_FRAME_FINDING);
  hansa_writer_string (writer, "f");
  hansa_writer_u32 (writer, HANSA_NOTABLE);
  hansa_writer_string (writer, "m");
  put_text (writer, "{who} has {m}.", "{who}有{m}。");
  hansa_writer_u32 (writer, 1);
  hansa_writer_string (writer, "who");
  put_text (writer, "Hunan", "湖南");
  hansa_writer_end (writer);

  hansa_writer_begin (writer, HANSA_FRAME_NOTE);
  hansa_writer_u32 (writer, HANSA_NOTE_WARNING);
  put_text (writer, "Small.", "样本小。");
  hansa_writer_end (writer);
}

static HansaWriter
whole_result (void)
{
  HansaWriter writer = { 0 };

  put_metric (&writer, "m", 4.5);
  put_table (&writer);
  put_rest (&writer);
  ck_assert (!writer.failed);
  return writer;
}

/* All frames of a stream through a decoder; NULL when any is refused. */
static HansaResult *
decode (const unsigned char *bytes, gsize length, GError **error)
{
  g_autoptr (HansaDecoder) decoder = hansa_decoder_new (LIMIT);
  HansaFrameHeader header;
  gsize at = 0;

  hansa_decoder_add_input (decoder, "trade", 10);
  while (at < length && hansa_frame_peek (bytes + at, length - at, &header) == 1)
    {
      at += sizeof header;
      if (!hansa_decoder_frame (decoder, header.type, bytes + at, header.length, error))
        return NULL;
      at += header.length;
    }
  return hansa_decoder_finish (decoder, error);
}

START_TEST (result_arrives)
{
  HansaWriter writer = whole_result ();
  g_autoptr (GError) error = NULL;
  g_autoptr (HansaResult) result = decode (writer.bytes, writer.length, &error);
  const HansaResultTable *table;

  ck_assert_msg (result != NULL, "%s", error == NULL ? "" : error->message);
  ck_assert_double_eq (hansa_result_metric (result, "m")->value.number, 4.5);
  ck_assert_uint_eq (hansa_result_metric (result, "m")->rows->len, 1);
  table = hansa_result_table (result, "t");
  ck_assert_uint_eq (hansa_result_table_rows (table), 2);
  ck_assert_str_eq (hansa_result_table_cell (table, 1, 0)->as.text.zh, "二");
  ck_assert_uint_eq (hansa_result_table_cell (table, 1, 1)->type, 0);
  ck_assert_uint_eq (result->charts->len, 1);
  ck_assert_uint_eq (result->findings->len, 1);
  ck_assert_uint_eq (result->notes->len, 1);
  hansa_writer_clear (&writer);
}
END_TEST

/* Every prefix: no crash, and every cut frame is incomplete, not misread. */
START_TEST (truncation)
{
  HansaWriter writer = whole_result ();

  for (gsize length = 0; length < writer.length; length++)
    {
      g_autofree unsigned char *copy = g_memdup2 (writer.bytes, MAX (length, 1));
      g_autoptr (HansaResult) result = decode (copy, length, NULL);

      (void)result;
    }
  hansa_writer_clear (&writer);
}
END_TEST

/* Every payload cut short, its length put right again. */
START_TEST (short_payloads)
{
  HansaWriter writer = whole_result ();
  HansaFrameHeader header;
  gsize at = 0;

  while (hansa_frame_peek (writer.bytes + at, writer.length - at, &header) == 1)
    {
      const unsigned char *payload = writer.bytes + at + sizeof header;

      for (guint32 length = 0; length < header.length; length++)
        {
          g_autoptr (HansaDecoder) decoder = hansa_decoder_new (LIMIT);
          g_autofree unsigned char *copy = g_memdup2 (payload, MAX (length, 1));

          hansa_decoder_add_input (decoder, "trade", 10);
          ck_assert (!hansa_decoder_frame (decoder, header.type, copy, length, NULL));
        }
      at += sizeof header + header.length;
    }
  hansa_writer_clear (&writer);
}
END_TEST

START_TEST (bit_flips)
{
  HansaWriter writer = whole_result ();
  guint read = 0;

  for (gsize bit = 0; bit < writer.length * 8; bit++)
    {
      writer.bytes[bit / 8] ^= (unsigned char)(1u << (bit % 8));
      g_autoptr (HansaResult) result = decode (writer.bytes, writer.length, NULL);
      read += result != NULL;
      writer.bytes[bit / 8] ^= (unsigned char)(1u << (bit % 8));
    }
  /* Some flips make another valid text or number; most must be noticed. */
  ck_assert_uint_lt (read, writer.length * 8 / 2);
  hansa_writer_clear (&writer);
}
END_TEST

START_TEST (garbage)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint round = 0; round < 20000; round++)
    {
      unsigned char bytes[256];
      gsize length = (gsize)g_rand_int_range (random, 0, sizeof bytes);
      HansaFrameHeader header;
      g_autoptr (HansaDecoder) decoder = hansa_decoder_new (LIMIT);
      g_autoptr (HansaDescription) description = NULL;
      g_auto (GStrv) layers = NULL;

      for (gsize i = 0; i < length; i++)
        bytes[i] = (unsigned char)g_rand_int_range (random, 0, round % 2 == 0 ? 256 : 4);
      ck_assert_int_le (hansa_frame_peek (bytes, length, &header), 0);
      hansa_decoder_frame (decoder, (guint32)g_rand_int_range (random, 0, 20), bytes, length, NULL);
      description = hansa_decode_description ("x", bytes, length, &layers, NULL);
      ck_assert_ptr_null (description);
    }
}
END_TEST

START_TEST (frame_header)
{
  HansaFrameHeader header = { HANSA_WIRE_MAGIC, HANSA_FRAME_NOTE, 4 };
  unsigned char bytes[sizeof header + 4] = { 0 };

  memcpy (bytes, &header, sizeof header);
  ck_assert_int_eq (hansa_frame_peek (bytes, sizeof bytes, &header), 1);
  ck_assert_int_eq (hansa_frame_peek (bytes, sizeof bytes - 1, &header), 0);
  ck_assert_int_eq (hansa_frame_peek (bytes, 3, &header), 0);
  header.length = HANSA_FRAME_MAX + 1;
  memcpy (bytes, &header, sizeof header);
  ck_assert_int_eq (hansa_frame_peek (bytes, sizeof bytes, &header), -1);
  header.length = 4;
  header.type = HANSA_FRAME_END;
  memcpy (bytes, &header, sizeof header);
  ck_assert_int_eq (hansa_frame_peek (bytes, sizeof bytes, &header), -1);
  header.type = HANSA_FRAME_NOTE;
  header.magic ^= 1;
  memcpy (bytes, &header, sizeof header);
  ck_assert_int_eq (hansa_frame_peek (bytes, sizeof bytes, &header), -1);
}
END_TEST

START_TEST (reader_fails_for_good)
{
  const unsigned char bytes[] = { 1, 0, 0, 0, 'a', 'b' };
  HansaReader reader;

  /* No NUL where the string ends. */
  hansa_reader_init (&reader, bytes, sizeof bytes);
  ck_assert_ptr_null (hansa_reader_string (&reader, NULL));
  ck_assert (reader.failed);
  ck_assert_uint_eq (hansa_reader_u8 (&reader), 0);
  ck_assert (!hansa_reader_done (&reader));
  /* More things than bytes. */
  hansa_reader_init (&reader, bytes, sizeof bytes);
  ck_assert_uint_eq (hansa_reader_count (&reader, 100, 3), 0);
  ck_assert (reader.failed);
  /* Nothing at all is a stream like any other. */
  hansa_reader_init (&reader, NULL, 0);
  ck_assert (hansa_reader_done (&reader));
  ck_assert_uint_eq (hansa_reader_u32 (&reader), 0);
  ck_assert (reader.failed);
}
END_TEST

START_TEST (writer_limits)
{
  unsigned char room[sizeof (HansaFrameHeader) + 4];
  HansaWriter fixed = { .bytes = room, .room = sizeof room, .fixed = true };
  HansaWriter writer = { 0 };
  g_autofree char *block = g_malloc0 (1 << 20);

  hansa_writer_begin (&fixed, HANSA_FRAME_NOTE);
  hansa_writer_u32 (&fixed, 1);
  ck_assert (hansa_writer_end (&fixed));
  hansa_writer_u8 (&fixed, 1);
  ck_assert (fixed.failed);

  hansa_writer_begin (&writer, HANSA_FRAME_NOTE);
  for (guint i = 0; i <= HANSA_FRAME_MAX >> 20; i++)
    hansa_writer_bytes (&writer, block, 1 << 20);
  ck_assert (!hansa_writer_end (&writer));
  ck_assert_uint_eq (writer.length, 0);
  hansa_writer_clear (&writer);
}
END_TEST

START_TEST (size_limit)
{
  g_autoptr (HansaDecoder) decoder = hansa_decoder_new (1 << 20);
  g_autoptr (GError) error = NULL;
  HansaWriter writer = { 0 };
  const gsize head = sizeof (HansaFrameHeader);

  put_table (&writer);
  ck_assert (hansa_decoder_frame (decoder, HANSA_FRAME_TABLE, writer.bytes + head,
                                  ((const HansaFrameHeader *)(const void *)writer.bytes)->length,
                                  &error));
  hansa_writer_clear (&writer);
  /* A hundred thousand rows of missing cells: small here, large once decoded. */
  hansa_writer_begin (&writer, HANSA_FRAME_ROWS);
  hansa_writer_u32 (&writer, 0);
  for (guint i = 0; i < 200000; i++)
    hansa_writer_u8 (&writer, 0);
  ck_assert (hansa_writer_end (&writer));
  ck_assert (!hansa_decoder_frame (decoder, HANSA_FRAME_ROWS, writer.bytes + head,
                                   writer.length - head, &error));
  ck_assert_ptr_nonnull (strstr (error->message, "limit"));
  hansa_writer_clear (&writer);
}
END_TEST

START_TEST (lies)
{
  static const struct
  {
    const char *id;
    double number;
  } cases[] = { { "m", (double)NAN },       { "m", (double)INFINITY }, { "", 1.0 },
                { "With Space", 1.0 },      { "hy-phen", 1.0 },        { "\xff", 1.0 },
                { "../../etc/passwd", 1.0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HansaWriter writer = { 0 };

      put_metric (&writer, cases[i].id, cases[i].number);
      ck_assert_ptr_null (decode (writer.bytes, writer.length, NULL));
      hansa_writer_clear (&writer);
    }
  HansaWriter twice = { 0 };
  put_metric (&twice, "m", 1.0);
  put_metric (&twice, "m", 2.0);
  ck_assert_ptr_null (decode (twice.bytes, twice.length, NULL));
  hansa_writer_clear (&twice);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("wire");
  TCase *all = tcase_create ("frames");
  SRunner *runner;
  int failed;

  tcase_set_timeout (all, 120.0);
  tcase_add_test (all, result_arrives);
  tcase_add_test (all, truncation);
  tcase_add_test (all, short_payloads);
  tcase_add_test (all, bit_flips);
  tcase_add_test (all, garbage);
  tcase_add_test (all, frame_header);
  tcase_add_test (all, reader_fails_for_good);
  tcase_add_test (all, writer_limits);
  tcase_add_test (all, size_limit);
  tcase_add_test (all, lies);
  suite_add_tcase (suite, all);
  runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
