package org.hikae.device.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.hikae.backup.wire.ChangeFigures;
import org.hikae.backup.wire.ChangeLevel;
import org.hikae.backup.wire.EntropyKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a device tells of its changes, and how coarse it is (HK1-R-20). */
class ChangeCounterTest {

  private final Random random = new Random(72);
  private final ChangeCounter counter = new ChangeCounter();

  private byte[] encrypted(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] text(int length) {
    return "All work and no play makes a dull boy. "
        .repeat(length)
        .substring(0, length)
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void nothing_is_told_without_a_snapshot_before() {
    counter.against(0);
    counter.read(false, encrypted(4096));
    assertThat(counter.figures()).isEmpty();
  }

  @Test
  void encrypting_in_place_shows() {
    counter.against(100);
    for (int i = 0; i < 100; i++) {
      counter.met();
      if (i < 30) {
        counter.read(true, encrypted(4096));
      }
    }
    assertThat(counter.figures())
        .contains(new ChangeFigures(ChangeLevel.MANY, ChangeLevel.NONE, EntropyKind.RANDOM));
  }

  @Test
  void renaming_shows() {
    counter.against(100);
    for (int i = 0; i < 100; i++) {
      if (i < 96) {
        counter.met();
      } else {
        counter.read(false, encrypted(1024));
        counter.read(false, text(4096));
        counter.read(false, text(4096));
      }
    }
    assertThat(counter.figures())
        .contains(new ChangeFigures(ChangeLevel.NONE, ChangeLevel.FEW, EntropyKind.MIXED));
  }

  /** The kind of a single file is nobody's business, and a short one says little. */
  @Test
  void few_or_short_files_say_nothing_of_their_kind() {
    counter.against(100);
    for (int i = 0; i < EntropyKind.LEAST_FILES - 1; i++) {
      counter.met();
      counter.read(true, encrypted(4096));
      counter.read(true, encrypted(1023));
    }
    assertThat(counter.figures().orElseThrow().content()).isEqualTo(EntropyKind.PLAIN);
    counter.read(true, encrypted(4096));
    assertThat(counter.figures().orElseThrow().content()).isEqualTo(EntropyKind.RANDOM);
  }

  /**
   * Of few files a step is nearly a number, so it stays here; the person is warned all the same.
   */
  @ParameterizedTest
  @CsvSource({"99, 30, false, true", "100, 30, true, true", "99, 15, false, false"})
  void of_few_files_nothing_is_told_but_the_person_is_warned(
      int files, int encrypted, boolean told, boolean warned) {
    counter.against(files);
    for (int i = 0; i < files; i++) {
      counter.met();
      if (i < encrypted) {
        counter.read(true, encrypted(4096));
      }
    }
    assertThat(counter.figures().isPresent()).isEqualTo(told);
    assertThat(counter.looksEncrypted()).isEqualTo(warned);
  }

  @Test
  void nobody_is_warned_of_what_is_plain_or_new() {
    counter.against(0);
    for (int i = 0; i < 50; i++) {
      counter.read(false, encrypted(4096));
    }
    assertThat(counter.looksEncrypted()).as("nothing to compare with").isFalse();
    counter.against(50);
    for (int i = 0; i < 50; i++) {
      counter.met();
      counter.read(true, text(4096));
    }
    assertThat(counter.looksEncrypted()).as("plain").isFalse();
    counter.against(50);
    for (int i = 0; i < 50; i++) {
      counter.met();
      counter.read(false, encrypted(4096));
    }
    assertThat(counter.looksEncrypted()).as("only more files").isFalse();
  }

  @Test
  void only_what_is_encrypted_looks_random() throws IOException {
    int missed = 0;
    for (int i = 0; i < 10_000; i++) {
      missed += ChangeCounter.looksRandom(encrypted(1024 + random.nextInt(3073))) ? 0 : 1;
    }
    assertThat(missed).isLessThan(5);
    assertThat(ChangeCounter.looksRandom(text(4096))).isFalse();
    assertThat(ChangeCounter.looksRandom(new byte[4096])).isFalse();
    assertThat(ChangeCounter.looksRandom(document())).isFalse();
  }

  /** The beginning of an archive of small texts, as office documents are. */
  private static byte[] document() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(Deflater.BEST_COMPRESSION);
      for (int i = 0; bytes.size() < ChangeCounter.HEAD_BYTES; i++) {
        zip.putNextEntry(new ZipEntry("word/part" + i + ".xml"));
        zip.write(("<w:document>" + i * 7919 + "</w:document>").getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return Arrays.copyOf(bytes.toByteArray(), ChangeCounter.HEAD_BYTES);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 100, NONE",
    "1, 0, NONE",
    "-3, 100, NONE",
    "1, 101, TRACE",
    "1, 100, FEW",
    "5, 100, SOME",
    "20, 100, MANY",
    "49, 100, MANY",
    "50, 100, MOST",
    "300, 100, MOST"
  })
  void a_part_is_told_in_steps(long part, long whole, ChangeLevel expected) {
    assertThat(ChangeLevel.of(part, whole)).isEqualTo(expected);
  }
}
