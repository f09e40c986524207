package org.hikae.device.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.device.files.ExtendedAttributes.ExtendedAttribute;
import org.hikae.device.files.FileTime;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackEntry;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.sealing.SealedRoot;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HK1-M-01 to HK1-M-05: whoever holds K can write any manifest; none may do harm. */
class ManifestReaderTest {

  private static final SealedRoot.SeriesPlace PLACE =
      new SealedRoot.SeriesPlace(new SealContext(new byte[16], 1, new byte[16]), 1, Hash256.ZERO);

  private static final EntryMetadata META =
      new EntryMetadata(
          0644,
          1,
          2,
          new FileTime(-5, 6),
          new FileTime(7, 8),
          9,
          List.of(new ExtendedAttribute(bytes("user.a"), bytes("value"))));

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ManifestWriter<RuntimeException> out = writer();

  private ManifestWriter<RuntimeException> writer() {
    try {
      return new ManifestWriter<>(bytes::writeBytes);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static ChunkRef ref(int length) {
    return new ChunkRef(3, new PackEntry(1, 72, 40), length, Hash256.sha256(bytes("x")));
  }

  private static ManifestRecord.FileStart file(String name) {
    return new ManifestRecord.FileStart(bytes(name), META, 100, 1, 5);
  }

  private static ManifestRecord.Enter enter(String name) {
    return new ManifestRecord.Enter(bytes(name), META, false);
  }

  private static List<ManifestRecord> read(byte[] stream) throws DamagedDataException {
    ByteArrayInputStream in = new ByteArrayInputStream(stream);
    ManifestReader<RuntimeException> reader =
        new ManifestReader<>((into, length) -> in.readNBytes(into, 0, length));
    List<ManifestRecord> records = new ArrayList<>();
    do {
      records.add(reader.next());
    } while (!(records.getLast() instanceof ManifestRecord.End));
    return records;
  }

  private void assertRefused() {
    assertThatThrownBy(() -> read(bytes.toByteArray())).isInstanceOf(DamagedDataException.class);
  }

  private void whole() throws Exception {
    out.enter(enter(""));
    out.file(file("a"));
    out.chunk(ref(60));
    out.hole(40);
    out.fileEnd(State.WHOLE);
    out.enter(enter("b"));
    out.symlink(new ManifestRecord.Symlink(bytes("l"), META, bytes("to")));
    out.hardLink(new ManifestRecord.HardLink(bytes("m"), 5, 9));
    out.fifo(new ManifestRecord.Fifo(bytes("p"), META));
    out.leave();
    out.file(file("c"));
    out.chunk(ref(1));
    out.restart(new ManifestRecord.Restart(META, 2));
    out.chunk(ref(2));
    out.fileEnd(State.CHANGED);
    out.leave();
    out.end();
  }

  @Test
  void records_come_back_as_they_were_written() throws Exception {
    whole();
    List<ManifestRecord> records = read(bytes.toByteArray());
    assertThat(records).hasSize(16);
    assertThat(records.get(1))
        .isInstanceOfSatisfying(
            ManifestRecord.FileStart.class,
            f -> {
              assertThat(f.name()).isEqualTo(bytes("a"));
              assertThat(f.metadata().modified()).isEqualTo(META.modified());
              assertThat(f.metadata().attributes().getFirst().value()).isEqualTo(bytes("value"));
              assertThat(f.device()).isEqualTo(5);
            });
    assertThat(records.get(2)).isEqualTo(new ManifestRecord.Data(List.of(ref(60))));
    assertThat(records.get(3)).isEqualTo(new ManifestRecord.Hole(40));
    assertThat(records.get(4)).isEqualTo(new ManifestRecord.FileEnd(100, State.WHOLE));
    assertThat(records.get(13)).isEqualTo(new ManifestRecord.FileEnd(2, State.CHANGED));
  }

  @Test
  void a_position_is_where_the_next_record_begins() throws Exception {
    whole();
    byte[] stream = bytes.toByteArray();
    ByteArrayInputStream in = new ByteArrayInputStream(stream);
    ManifestReader<RuntimeException> reader =
        new ManifestReader<>((into, length) -> in.readNBytes(into, 0, length));
    assertThat(reader.position()).isZero();
    ManifestRecord record;
    do {
      record = reader.next();
      assertThat(reader.position()).isEqualTo(stream.length - in.available());
    } while (!(record instanceof ManifestRecord.End));
    assertThat(reader.position()).isEqualTo(stream.length);
  }

  @Test
  void every_cut_and_every_lengthening_is_refused() throws Exception {
    whole();
    byte[] stream = bytes.toByteArray();
    for (int length = 0; length < stream.length; length++) {
      byte[] cut = Arrays.copyOf(stream, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(DamagedDataException.class);
    }
    byte[] longer = Arrays.copyOf(stream, stream.length + 1);
    assertThatThrownBy(() -> read(longer)).isInstanceOf(DamagedDataException.class);
  }

  @Test
  void a_flipped_bit_is_refused_or_read_as_something_valid_but_never_anything_else()
      throws Exception {
    whole();
    byte[] stream = bytes.toByteArray();
    for (int bit = 0; bit < 8 * stream.length; bit++) {
      byte[] altered = stream.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        read(altered);
      } catch (DamagedDataException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "/", "/etc/passwd", "a\u0000", "\u0000"})
  void names_that_could_lead_elsewhere_are_refused(String name) throws Exception {
    out.enter(enter(""));
    out.symlink(new ManifestRecord.Symlink(bytes(name), META, bytes("to")));
    out.leave();
    out.end();
    assertRefused();
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "a/b", "/"})
  void directories_that_could_lead_elsewhere_are_refused(String name) throws Exception {
    out.enter(enter(""));
    out.enter(enter(name));
    out.leave();
    out.leave();
    out.end();
    assertRefused();
  }

  @Test
  void a_name_of_256_bytes_is_refused() throws Exception {
    out.enter(enter(""));
    out.fifo(new ManifestRecord.Fifo(bytes("n".repeat(256)), META));
    out.leave();
    out.end();
    assertRefused();
  }

  @Test
  void a_link_and_then_a_directory_of_its_name_are_refused() throws Exception {
    out.enter(enter(""));
    out.symlink(new ManifestRecord.Symlink(bytes("a"), META, bytes("/etc")));
    out.enter(enter("a"));
    out.leave();
    out.leave();
    out.end();
    assertRefused();
  }

  @Test
  void names_out_of_order_are_refused() throws Exception {
    out.enter(enter(""));
    out.fifo(new ManifestRecord.Fifo(bytes("b"), META));
    out.fifo(new ManifestRecord.Fifo(bytes("a"), META));
    out.leave();
    out.end();
    assertRefused();
  }

  @Test
  void a_second_directory_without_a_name_is_refused() throws Exception {
    out.enter(enter(""));
    out.enter(enter(""));
    out.leave();
    out.leave();
    out.end();
    assertRefused();
  }

  @Test
  void contents_without_a_file_are_refused() throws Exception {
    out.enter(enter(""));
    out.hole(5);
    out.leave();
    out.end();
    assertRefused();
  }

  @Test
  void a_directory_inside_a_file_is_refused() throws Exception {
    out.enter(enter(""));
    out.file(file("a"));
    out.enter(enter("b"));
    out.leave();
    out.leave();
    out.end();
    assertRefused();
  }

  @Test
  void leaving_more_than_was_entered_is_refused() throws Exception {
    out.enter(enter(""));
    out.leave();
    out.leave();
    out.end();
    assertRefused();
  }

  @Test
  void an_end_inside_a_directory_is_refused() throws Exception {
    out.enter(enter(""));
    out.end();
    assertRefused();
  }

  @Test
  void holes_that_overflow_a_length_are_refused() throws Exception {
    out.enter(enter(""));
    out.file(file("a"));
    out.hole(Long.MAX_VALUE);
    out.hole(Long.MAX_VALUE);
    out.fileEnd(State.WHOLE);
    out.leave();
    out.end();
    assertRefused();
  }

  @Test
  void too_deep_a_tree_is_refused_without_running_out_of_memory() throws Exception {
    out.enter(enter(""));
    for (int i = 0; i < 10_000; i++) {
      out.enter(enter("d"));
    }
    assertRefused();
  }

  @Test
  void a_root_reads_back_and_refuses_every_other_length() throws Exception {
    ManifestRef one = new ManifestRef(Hash256.sha256(bytes("1")), ref(5));
    ManifestRef two = new ManifestRef(Hash256.sha256(bytes("2")), ref(6));
    RootContent root =
        new RootContent(1, 2, 3, Hash256.sha256(bytes("l")), List.of(two), List.of(one, two, one));
    byte[] encoded = root.encode();
    RootContent decoded = RootContent.decode(PLACE, encoded);
    assertThat(decoded.tree())
        .extracting(ManifestRef::pack)
        .containsExactly(one.pack(), two.pack(), one.pack());
    assertThat(decoded.packTable()).extracting(ManifestRef::pack).containsExactly(two.pack());
    assertThat(decoded.encode()).isEqualTo(encoded);
    for (int length = 0; length < encoded.length + 60; length++) {
      if (length != encoded.length) {
        byte[] altered = Arrays.copyOf(encoded, length);
        assertThatThrownBy(() -> RootContent.decode(PLACE, altered))
            .isInstanceOf(DamagedDataException.class);
      }
    }
  }

  @Test
  void a_pack_keeps_its_number_and_free_numbers_are_given_again() throws Exception {
    PackTable first = new PackTable();
    for (int i = 0; i < 3; i++) {
      int number = first.allocate();
      assertThat(number).isEqualTo(i);
      first.assign(number, Hash256.sha256(new byte[] {(byte) i}));
    }
    first.use(0);
    first.use(2);
    PackTable second = PackTable.decode(first.encodeUsed());
    assertThat(second.name(2)).isEqualTo(Hash256.sha256(new byte[] {2}));
    assertThatThrownBy(() -> second.name(1)).isInstanceOf(DamagedDataException.class);
    assertThatThrownBy(() -> second.name(3)).isInstanceOf(DamagedDataException.class);
    assertThat(second.allocate()).isEqualTo(1);
    assertThat(second.allocate()).isEqualTo(3);
    byte[] odd = ByteBuffer.allocate(33).array();
    assertThatThrownBy(() -> PackTable.decode(odd)).isInstanceOf(DamagedDataException.class);
  }
}
