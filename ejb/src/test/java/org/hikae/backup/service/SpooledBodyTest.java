package org.hikae.backup.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.hk1.Hash256;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies in files: as strict as those in memory, and nothing is left. */
class SpooledBodyTest {

  private static final String FOLDER = "jboss.server.temp.dir";
  private static final byte[] BYTES = bytes(3 * SpooledBody.PART_BYTES + 17);
  private static final Hash256 NAME = Hash256.sha256(BYTES);

  @TempDir private Path folder;

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @BeforeEach
  void own_folder() {
    System.setProperty(FOLDER, folder.toString());
  }

  @AfterEach
  void nothing_is_left() throws IOException {
    System.clearProperty(FOLDER);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
    // The file has no name while it is open.
    Path descriptors = Path.of("/proc/self/fd");
    if (Files.isDirectory(descriptors)) {
      try (Stream<Path> open = Files.list(descriptors)) {
        assertThat(open.map(SpooledBodyTest::target)).noneMatch(to -> to.contains("hikae-object-"));
      }
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      // Closed meanwhile.
      return "";
    }
  }

  private static InputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static ProblemCode refusal(InputStream body, long length, Hash256 name) {
    return catchThrowableOfType(
            Refusal.class, () -> SpooledBody.receive(body, length, name).close())
        .code();
  }

  @Test
  void what_came_is_read_as_often_as_it_is_wanted() throws IOException {
    try (SpooledBody body = SpooledBody.receive(in(BYTES), BYTES.length, NAME)) {
      assertThat(body.length()).isEqualTo(BYTES.length);
      assertThat(body.fromTheBeginning().readNBytes(70_000)).hasSize(70_000);
      for (int i = 0; i < 2; i++) {
        assertThat(body.fromTheBeginning().readAllBytes()).isEqualTo(BYTES);
      }
    }
  }

  @Test
  void a_body_that_is_cut_or_lost_is_truncated() {
    for (int length : new int[] {0, 1, SpooledBody.PART_BYTES, BYTES.length - 1}) {
      assertThat(refusal(in(Arrays.copyOf(BYTES, length)), BYTES.length, NAME))
          .isEqualTo(ProblemCode.TRUNCATED);
    }
    InputStream lost =
        new SequenceInputStream(
            in(Arrays.copyOf(BYTES, SpooledBody.PART_BYTES)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("connection reset");
              }

              @Override
              public int read(byte[] target, int offset, int length) throws IOException {
                return read();
              }
            });
    assertThat(refusal(lost, BYTES.length, NAME)).isEqualTo(ProblemCode.TRUNCATED);
  }

  @Test
  void another_hash_or_more_than_was_stated_is_refused() {
    assertThat(refusal(in(BYTES), BYTES.length, Hash256.ZERO)).isEqualTo(ProblemCode.NAME_MISMATCH);
    byte[] flipped = BYTES.clone();
    flipped[BYTES.length - 1] ^= 1;
    assertThat(refusal(in(flipped), BYTES.length, NAME)).isEqualTo(ProblemCode.NAME_MISMATCH);
    InputStream body = in(BYTES);
    assertThat(refusal(body, 100, NAME)).isEqualTo(ProblemCode.MALFORMED);
    assertThat(((ByteArrayInputStream) body).available()).isEqualTo(BYTES.length - 101);
  }

  @Test
  void a_folder_that_takes_no_file_is_a_failure_of_the_storage() {
    System.setProperty(FOLDER, folder.resolve("none").toString());
    assertThatThrownBy(() -> SpooledBody.receive(in(BYTES), BYTES.length, NAME))
        .isInstanceOf(CiphertextStoreException.class);
  }

  @Test
  void an_object_goes_where_there_is_room() {
    for (boolean inMemory : new boolean[] {true, false}) {
      try (ReceivedObject object =
          ReceivedObject.receive(in(BYTES), BYTES.length, NAME, inMemory)) {
        assertThat(object)
            .isInstanceOf(inMemory ? ReceivedObject.InMemory.class : ReceivedObject.InFile.class);
        assertThat(object.length()).isEqualTo(BYTES.length);
      }
    }
  }
}
