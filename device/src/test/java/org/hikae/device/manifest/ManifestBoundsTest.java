package org.hikae.device.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hikae.device.files.ExtendedAttributes.ExtendedAttribute;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.RawFiles;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackEntry;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.Test;

/** HK1-M-03, HK1-M-04: records at their bounds are written and read, one beyond is neither. */
class ManifestBoundsTest {

  private static final FileTime TIME = new FileTime(0, 0);
  private static final EntryMetadata META = new EntryMetadata(0, 0, 0, TIME, TIME, 0, List.of());
  private static final ChunkRef REF = new ChunkRef(3, new PackEntry(1, 72, 40), 7, Hash256.ZERO);
  private static final ManifestRecord TOP = new ManifestRecord.Enter(new byte[0], META, false);
  private static final ManifestRecord FILE =
      new ManifestRecord.FileStart(bytes("f"), META, 0, 1, 5);

  /** Name, metadata and their attribute of a record without anything else. */
  private static final int SMALLEST_ENTRY = 2 + 1 + 46 + 2 + 1 + 4;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void every_field_comes_back() throws Exception {
    List<ManifestRecord> records =
        List.of(
            new ManifestRecord.Enter(new byte[0], META, true),
            new ManifestRecord.FileStart(bytes("a"), META, Long.MAX_VALUE, 0xffff_ffffL, -1),
            new ManifestRecord.Restart(META, 8),
            new ManifestRecord.Data(List.of(REF, REF)),
            new ManifestRecord.Hole(9),
            new ManifestRecord.FileEnd(23, State.CHANGED),
            new ManifestRecord.FileStart(bytes("b"), META, 0, 1, 5),
            new ManifestRecord.FileEnd(0, State.VOID),
            new ManifestRecord.HardLink(bytes("c"), 5, 6),
            new ManifestRecord.Symlink(bytes("d"), META, bytes("to")),
            new ManifestRecord.Fifo(bytes("e"), META),
            new ManifestRecord.Enter(bytes("f"), META, false),
            new ManifestRecord.Leave(),
            new ManifestRecord.Leave(),
            new ManifestRecord.End());

    assertThat(readAll(written(records))).usingRecursiveComparison().isEqualTo(records);
  }

  @Test
  void references_are_gathered_by_256() throws Exception {
    ManifestWriter<RuntimeException> writer = new ManifestWriter<>(out::writeBytes);
    writer.write(TOP);
    writer.write(FILE);
    for (int i = 0; i < ManifestWriter.MAX_REFS; i++) {
      assertThat(writer.fileLength()).isEqualTo(7L * i);
      writer.chunk(REF);
    }
    int full = out.size();
    writer.chunk(REF);
    assertThat(out.size()).as("one more waits").isEqualTo(full);
    writer.fileEnd(State.WHOLE);
    writer.leave();
    writer.end();

    List<ManifestRecord> read = readAll(out.toByteArray());

    assertThat(read.get(2))
        .isEqualTo(new ManifestRecord.Data(Collections.nCopies(ManifestWriter.MAX_REFS, REF)));
    assertThat(read.get(3)).isEqualTo(new ManifestRecord.Data(List.of(REF)));
    assertThat(read.get(4))
        .isEqualTo(new ManifestRecord.FileEnd(7L * (ManifestWriter.MAX_REFS + 1), State.WHOLE));
  }

  @Test
  void more_or_less_than_whole_references_are_refused() throws Exception {
    for (int length : new int[] {0, 1, ChunkRef.BYTES + 1, 257 * ChunkRef.BYTES}) {
      ByteBuffer body = ByteBuffer.allocate(length);
      for (int i = 0; i < length / ChunkRef.BYTES; i++) {
        REF.write(body);
      }
      refused("A list of chunks", ManifestWriter.DATA, body.array(), TOP, FILE);
    }
  }

  @Test
  void a_record_has_at_most_a_mebibyte() throws Exception {
    int most = ManifestWriter.MAX_RECORD_BYTES - SMALLEST_ENTRY;
    List<ManifestRecord> records =
        List.of(TOP, fifo(most), new ManifestRecord.Leave(), new ManifestRecord.End());
    comeBack(records);

    ManifestWriter<RuntimeException> writer = new ManifestWriter<>(out::writeBytes);
    ManifestRecord longer = fifo(most + 1);
    assertThatThrownBy(() -> writer.write(longer)).isInstanceOf(IllegalArgumentException.class);
    refused(
        "an impossible length",
        ManifestWriter.LEAVE,
        new byte[ManifestWriter.MAX_RECORD_BYTES + 1],
        TOP);
  }

  @Test
  void another_version_is_refused_as_one() throws Exception {
    for (byte version : new byte[] {0, 2, -1}) {
      assertThatThrownBy(() -> readAll(new byte[] {version, 1, 0, 0, 0, 0}))
          .isInstanceOf(DamagedDataException.class)
          .hasMessageContaining("unknown version");
    }
  }

  @Test
  void a_body_has_what_its_record_has_and_nothing_more() throws Exception {
    refused("too long", ManifestWriter.LEAVE, new byte[1], TOP);
    refused("cut short", ManifestWriter.ENTER, new byte[0]);
    refused("cut short", ManifestWriter.ENTER, new byte[1]);
    ByteBuffer enter = ByteBuffer.allocate(2 + META.encodedLength() + 1).putShort((short) 0);
    META.write(enter);
    for (byte flag : new byte[] {2, -1}) {
      refused("unknown flag", ManifestWriter.ENTER, enter.put(enter.capacity() - 1, flag).array());
    }
    byte[] negative = ByteBuffer.allocate(8).putLong(-1).array();
    refused("A length in the manifest", ManifestWriter.HOLE, negative, TOP, FILE);
  }

  @Test
  void a_link_leads_to_at_most_4095_bytes_without_nul() throws Exception {
    List<ManifestRecord> records =
        List.of(
            TOP,
            link("x".repeat(RawFiles.MAX_LINK_BYTES - 1)),
            new ManifestRecord.Leave(),
            new ManifestRecord.End());
    comeBack(records);
    for (String target : List.of("", "x".repeat(RawFiles.MAX_LINK_BYTES), "a\u0000b")) {
      assertThatThrownBy(() -> readAll(written(List.of(TOP, link(target)))))
          .isInstanceOf(DamagedDataException.class)
          .hasMessageContaining("an impossible target");
    }
  }

  private static ManifestRecord link(String target) {
    return new ManifestRecord.Symlink(bytes("l"), META, bytes(target));
  }

  /** A pipe with values of so many bytes, as large as they may be but for the last. */
  private static ManifestRecord fifo(int bytes) {
    List<ExtendedAttribute> attributes = new ArrayList<>();
    int left = bytes;
    int most = 200_000;
    for (byte name = 'a'; left > most; name++) {
      attributes.add(new ExtendedAttribute(new byte[] {name}, new byte[most]));
      left -= most + 2 + 1 + 4;
    }
    attributes.add(new ExtendedAttribute(bytes("z"), new byte[left]));
    return new ManifestRecord.Fifo(
        bytes("p"), new EntryMetadata(0, 0, 0, TIME, TIME, 0, attributes));
  }

  /** These records, and then one that is made by hand. */
  private void refused(String why, byte type, byte[] body, ManifestRecord... before)
      throws IOException {
    out.reset();
    ManifestWriter<RuntimeException> writer = new ManifestWriter<>(out::writeBytes);
    for (ManifestRecord record : before) {
      writer.write(record);
    }
    out.writeBytes(ByteBuffer.allocate(5).put(type).putInt(body.length).array());
    out.writeBytes(body);
    assertThatThrownBy(() -> readAll(out.toByteArray()))
        .isInstanceOf(DamagedDataException.class)
        .hasMessageContaining(why);
  }

  private void comeBack(List<ManifestRecord> records) throws IOException, DamagedDataException {
    byte[] bytes = written(records);
    assertThat(written(readAll(bytes))).isEqualTo(bytes);
  }

  private byte[] written(List<ManifestRecord> records) throws IOException {
    out.reset();
    ManifestWriter<RuntimeException> writer = new ManifestWriter<>(out::writeBytes);
    for (ManifestRecord record : records) {
      writer.write(record);
    }
    return out.toByteArray();
  }

  private static List<ManifestRecord> readAll(byte[] stream) throws DamagedDataException {
    ByteArrayInputStream in = new ByteArrayInputStream(stream);
    ManifestReader<RuntimeException> reader =
        new ManifestReader<>((into, length) -> in.readNBytes(into, 0, length));
    List<ManifestRecord> records = new ArrayList<>();
    do {
      records.add(reader.next());
    } while (!(records.getLast() instanceof ManifestRecord.End));
    return records;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
