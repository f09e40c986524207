package org.hikae.device.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.sealing.PackWriter.SealedPack;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.junit.jupiter.api.Test;

/** HK1-C-01, HK1-C-03, HK1-C-04, HK1-C-08. */
class PackFormatTest {

  private final SecureRandom random = new SecureRandom();
  private final BackupKey secret = BackupKey.generate(new byte[16], 1, random);
  private final SecretBytes key = secret.subkey(Subkey.PACK);
  private final ChunkIdHasher ids = new ChunkIdHasher(secret.subkey(Subkey.CHUNK_ID));
  private final ChunkOpener opener = new ChunkOpener(secret);
  private final SealContext context = new SealContext(new byte[16], 1, new byte[16]);
  private final List<byte[]> chunks = new ArrayList<>();
  private final List<PackEntry> entries = new ArrayList<>();

  private SealedPack pack(byte[]... plain) {
    PackWriter writer = new PackWriter(key, context, random);
    for (byte[] chunk : plain) {
      chunks.add(chunk);
      entries.add(writer.add(ids.of(chunk, 0, chunk.length), chunk, 0, chunk.length));
    }
    return writer.finish();
  }

  private SealedPack small() {
    return pack(
        new byte[] {1, 2, 3},
        "compressed ".repeat(40).getBytes(StandardCharsets.US_ASCII),
        new byte[] {4});
  }

  /** Opens everything a pack has, as a reader that trusts nothing does. */
  private void openAll(byte[] object) throws DamagedDataException {
    PackReader reader = PackReader.open(key, context, object);
    List<PackReader.Listed> listed = reader.directory(object);
    for (int i = 0; i < entries.size(); i++) {
      open(reader, entries.get(i), object, i);
      opener.check(whole(reader, object), listed.get(i));
    }
  }

  /** Opens an entry that is expected to be chunk {@code number}. */
  private byte[] open(PackReader reader, PackEntry entry, byte[] object, int number)
      throws DamagedDataException {
    byte[] expected = chunks.get(number);
    Hash256 id = ids.of(expected, 0, expected.length);
    return opener.open(unnamed(reader, object), entry, id, expected.length);
  }

  private static PackBytes whole(PackReader reader, byte[] object) {
    return new PackBytes(reader, object, 0, true);
  }

  private static PackBytes unnamed(PackReader reader, byte[] object) {
    return new PackBytes(reader, object, 0, false);
  }

  @Test
  void chunks_come_back_and_the_directory_lists_them() throws Exception {
    byte[] object = small().object();
    PackReader reader = PackReader.open(key, context, object);
    List<PackReader.Listed> listed = reader.directory(object);
    for (int i = 0; i < chunks.size(); i++) {
      assertThat(open(reader, entries.get(i), object, i)).isEqualTo(chunks.get(i));
      assertThat(listed.get(i).entry()).isEqualTo(entries.get(i));
      assertThat(listed.get(i).chunkId()).isEqualTo(ids.of(chunks.get(i), 0, chunks.get(i).length));
    }
    assertThat(listed).hasSameSizeAs(chunks);
  }

  @Test
  void a_pack_is_whole_in_an_array_that_another_one_has_left() throws Exception {
    PackWriter writer = new PackWriter(key, context, random);
    byte[] chunk = "as before ".repeat(500).getBytes(StandardCharsets.US_ASCII);
    chunks.add(chunk);
    entries.add(writer.add(ids.of(chunk, 0, chunk.length), chunk, 0, chunk.length));
    byte[] used = new byte[20_000];
    Arrays.fill(used, (byte) 0x5a);
    SealedPack pack = writer.finish(_ -> used);
    assertThat(pack.object()).isSameAs(used);
    assertThat(pack.length()).isLessThan(used.length);
    byte[] object = Arrays.copyOf(used, pack.length());
    openAll(object);
    assertThat(pack.name()).isEqualTo(Hash256.sha256(object));
    assertThat(Arrays.copyOfRange(used, pack.length(), used.length)).containsOnly(0x5a);
  }

  @Test
  void the_end_of_a_pack_is_enough_for_its_directory() throws Exception {
    SealedPack pack = small();
    byte[] object = pack.object();
    byte[] tail = Arrays.copyOfRange(object, pack.directoryAt(), object.length);
    PackReader reader =
        PackReader.open(key, context, Arrays.copyOf(object, PackReader.HEADER_BYTES));
    assertThat(reader.directory(tail, object.length)).isEqualTo(reader.directory(object));
  }

  @Test
  void hk1_c_04_every_flipped_bit_is_refused() {
    byte[] object = small().object();
    for (int bit = 0; bit < 8 * object.length; bit++) {
      byte[] altered = object.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> openAll(altered)).isInstanceOf(DamagedDataException.class);
    }
  }

  @Test
  void hk1_c_04_every_other_length_is_refused() {
    byte[] object = small().object();
    for (int length = 0; length < object.length + 64; length++) {
      if (length != object.length) {
        byte[] altered = Arrays.copyOf(object, length);
        assertThatThrownBy(() -> openAll(altered)).isInstanceOf(DamagedDataException.class);
      }
    }
  }

  @Test
  void hk1_c_04_a_pack_opens_in_its_own_place_only() {
    byte[] object = small().object();
    byte[] other = new byte[16];
    other[3] = 1;
    List<SealContext> places =
        List.of(
            new SealContext(other, 1, new byte[16]),
            new SealContext(new byte[16], 2, new byte[16]),
            new SealContext(new byte[16], 1, other));
    for (SealContext place : places) {
      assertThatThrownBy(() -> PackReader.open(key, place, object))
          .isInstanceOf(DamagedDataException.class);
    }
    assertThatThrownBy(() -> PackReader.open(SecretBytes.random(random, 32), context, object))
        .isInstanceOf(DamagedDataException.class);
  }

  @Test
  void an_entry_does_not_open_in_place_of_another() throws Exception {
    byte[] object = pack(new byte[100], new byte[100]).object();
    PackReader reader = PackReader.open(key, context, object);
    PackEntry first = entries.get(0);
    PackEntry moved = new PackEntry(1, first.offset(), first.sealedLength());
    assertThatThrownBy(() -> open(reader, moved, object, 1))
        .isInstanceOf(DamagedDataException.class);
  }

  @Test
  void another_chunk_or_another_length_than_the_one_named_is_refused() throws Exception {
    byte[] object = pack(new byte[200], new byte[201], new byte[] {1}).object();
    PackReader reader = PackReader.open(key, context, object);
    PackEntry entry = entries.getFirst();
    Hash256 id = ids.of(new byte[200], 0, 200);
    PackBytes pack = unnamed(reader, object);
    assertThat(opener.open(pack, entry, id, 200)).hasSize(200);
    assertThatThrownBy(() -> opener.open(pack, entry, id, 201))
        .isInstanceOf(DamagedDataException.class);
    assertThatThrownBy(() -> opener.open(pack, entry, Hash256.ZERO, 200))
        .isInstanceOf(DamagedDataException.class);
    PackReader.Listed other = new PackReader.Listed(id, entries.get(1));
    assertThatThrownBy(() -> opener.check(whole(reader, object), other))
        .isInstanceOf(DamagedDataException.class);
  }

  @Test
  void hk1_c_08_of_a_pack_with_its_name_lengths_and_tags_are_looked_at_and_no_identifier()
      throws Exception {
    byte[] object = pack(new byte[200], new byte[201]).object();
    PackBytes pack = new PackBytes(PackReader.open(key, context, object), object, 0, true);
    PackEntry entry = entries.getFirst();
    assertThat(opener.open(pack, entry, Hash256.ZERO, 200)).isEqualTo(new byte[200]);
    assertThatThrownBy(() -> opener.open(pack, entry, Hash256.ZERO, 201))
        .isInstanceOf(DamagedDataException.class);
    assertThatThrownBy(() -> opener.open(pack.doubted(), entry, Hash256.ZERO, 200))
        .isInstanceOf(DamagedDataException.class);
    object[entry.offset() + 3] ^= 1;
    assertThatThrownBy(() -> opener.open(pack, entry, Hash256.ZERO, 200))
        .isInstanceOf(DamagedDataException.class);
  }

  @Test
  void the_head_of_an_entry_has_its_length() throws Exception {
    byte[] noise = new byte[300_000];
    new Random(3).nextBytes(noise);
    byte[] object = pack(new byte[] {1, 2, 3}, new byte[500_000], noise).object();
    PackReader reader = PackReader.open(key, context, object);
    for (int i = 0; i < chunks.size(); i++) {
      assertThat(opener.checkHead(whole(reader, object), entries.get(i)))
          .isEqualTo(chunks.get(i).length);
    }
    for (PackEntry entry : entries) {
      object[entry.offset() + entry.sealedLength() - 1] ^= 1;
      assertThatThrownBy(() -> opener.checkHead(whole(reader, object), entry))
          .isInstanceOf(DamagedDataException.class);
    }
  }

  @Test
  void an_entry_longer_than_any_chunk_is_refused_without_room_for_it() throws Exception {
    byte[] object = small().object();
    PackReader reader = PackReader.open(key, context, object);
    PackEntry huge = new PackEntry(0, 72, ChunkFrame.MAX_BYTES + 17);
    PackBytes pack = unnamed(reader, new byte[ChunkFrame.MAX_BYTES + 100]);
    assertThatThrownBy(() -> opener.open(pack, huge, Hash256.ZERO, 1))
        .isInstanceOf(DamagedDataException.class);
  }

  @Test
  void entries_outside_the_pack_are_refused() throws Exception {
    byte[] object = small().object();
    PackReader reader = PackReader.open(key, context, object);
    int[][] places = {
      {0, 20},
      {object.length, 20},
      {72, object.length},
      {-1, 20},
      {72, -1},
      {Integer.MAX_VALUE, Integer.MAX_VALUE},
      {72, 0},
      {72, 3}
    };
    for (int[] place : places) {
      assertThatThrownBy(() -> open(reader, new PackEntry(0, place[0], place[1]), object, 0))
          .isInstanceOf(DamagedDataException.class);
    }
  }

  @Test
  void equal_chunks_and_equal_packs_look_different_each_time() {
    byte[] one = small().object();
    byte[] two = small().object();
    assertThat(Hash256.sha256(one)).isNotEqualTo(Hash256.sha256(two));
    assertThat(Arrays.copyOfRange(one, 8, 72)).isNotEqualTo(Arrays.copyOfRange(two, 8, 72));
  }

  @Test
  void hk1_c_06_equal_random_bytes_do_not_give_two_packs_one_key() {
    List<String> salts = new ArrayList<>();
    for (byte[] chunk : new byte[][] {{1, 2, 3}, {1, 2, 4}, {1, 2, 3, 4}, {1, 2, 3}}) {
      PackWriter writer = new PackWriter(key, context, new RepeatingRandom());
      PackEntry _ = writer.add(ids.of(chunk, 0, chunk.length), chunk, 0, chunk.length);
      byte[] object = writer.finish().object();
      salts.add(HexFormat.of().formatHex(object, 8, 40));
    }
    assertThat(salts.subList(0, 3)).doesNotHaveDuplicates();
    // The same pack made twice gives nothing away.
    assertThat(salts.getLast()).isEqualTo(salts.getFirst());
  }

  @Test
  void sizes_are_padme_sizes_below_the_limit() {
    Random sizes = new Random(5);
    for (int i = 0; i < 50; i++) {
      byte[] chunk = new byte[1 + sizes.nextInt(200_000)];
      sizes.nextBytes(chunk);
      long size = pack(chunk).object().length;
      assertThat(size).isEqualTo(PadmePadding.size(size));
      assertThat(size).isLessThan(chunk.length * 112L / 100 + 400);
    }
  }

  @Test
  void padme_keeps_few_bits_and_never_shrinks() {
    for (long length = 0; length < 100_000; length++) {
      long size = PadmePadding.size(length);
      assertThat(size).isGreaterThanOrEqualTo(length);
      assertThat(PadmePadding.size(size)).isEqualTo(size);
      if (length > 100) {
        assertThat(size).isLessThanOrEqualTo(length * 112 / 100);
      }
    }
    // The paper's example: 9 bits of mantissa hold for 2^9 exponents.
    assertThat(PadmePadding.size(1_000_001L)).isEqualTo(1_015_808L);
  }

  @Test
  void the_fullest_pack_stays_below_the_limit_of_objects() {
    PackWriter writer = new PackWriter(key, context, random);
    Random noise = new Random(6);
    byte[] largest = new byte[4 * 1024 * 1024];
    while (!writer.isFull()) {
      noise.nextBytes(largest);
      // One byte short of full, then a chunk of the greatest size.
      writer.add(ids.of(largest, 0, 10), largest, 0, largest.length - 40);
    }
    assertThat(writer.finish().object().length).isLessThan(Hk1Constants.MAX_OBJECT_BYTES);
  }

  @Test
  void packs_made_in_one_buffer_one_after_the_other_are_whole() throws Exception {
    PackBuffer buffer = new PackBuffer();
    Random noise = new Random(8);
    for (int size : new int[] {100, 3_000_000, 9_000_000, 10, 200_000}) {
      PackWriter writer = new PackWriter(key, context, random, buffer);
      List<byte[]> parts = new ArrayList<>();
      List<PackEntry> places = new ArrayList<>();
      for (int at = 0; at < size; at += 1_000_000) {
        byte[] part = new byte[Math.min(size - at, 1_000_000)];
        noise.nextBytes(part);
        parts.add(part);
        places.add(writer.add(ids.of(part, 0, part.length), part, 0, part.length));
      }
      byte[] object = writer.finish().object();
      PackReader reader = PackReader.open(key, context, object);
      assertThat(reader.directory(object)).hasSameSizeAs(parts);
      for (int i = 0; i < parts.size(); i++) {
        byte[] part = parts.get(i);
        PackEntry place = places.get(i);
        Hash256 id = ids.of(part, 0, part.length);
        assertThat(opener.open(unnamed(reader, object), place, id, part.length)).isEqualTo(part);
      }
    }
  }

  @Test
  void frames_are_made_anywhere_in_a_buffer_and_stay_raw_in_place() throws Exception {
    byte[] noise = new byte[300_000];
    new Random(9).nextBytes(noise);
    byte[] text = "compressed ".repeat(40_000).getBytes(StandardCharsets.US_ASCII);
    byte[] data = new byte[7 + noise.length + 5 + text.length + 5 + 3];
    System.arraycopy(noise, 0, data, 7, noise.length);
    System.arraycopy(text, 0, data, 7 + noise.length + 5, text.length);
    int shortAt = 7 + noise.length + 5 + text.length + 5;
    byte[] out = new byte[ChunkFrameEncoder.outputBytes(data.length, 3)];
    try (ChunkFrameEncoder encoder = new ChunkFrameEncoder()) {
      ChunkFrameBytes raw = encoder.encode(data, 7, noise.length, out, 0);
      ChunkFrameBytes packed = encoder.encode(data, 7 + noise.length + 5, text.length, out, 0);
      ChunkFrameBytes tiny = encoder.encode(data, shortAt, 3, out, packed.length());
      assertThat(raw.array()).isSameAs(data);
      assertThat(packed.array()).isSameAs(out);
      assertThat(packed.length()).isLessThan(text.length / 100);
      assertThat(tiny.array()).isSameAs(data);
      assertThat(decode(bytes(raw))).isEqualTo(noise);
      assertThat(decode(bytes(packed))).isEqualTo(text);
      assertThat(bytes(packed)).isEqualTo(ChunkFrame.encode(text, 0, text.length));
      assertThat(decode(bytes(tiny))).hasSize(3);
    }
  }

  private static byte[] bytes(ChunkFrameBytes frame) {
    return Arrays.copyOfRange(frame.array(), frame.offset(), frame.offset() + frame.length());
  }

  @Test
  void a_lying_frame_is_refused() {
    byte[][] frames = {
      {},
      {0},
      {0, 0, 0, 0, 2, 1},
      {2, 0, 0, 0, 1, 1},
      {0, (byte) 0xff, 0, 0, 0},
      {1, 0x7f, 0, 0, 0, 1, 2, 3},
      {1, 0, 0, 0, 9, 1, 2, 3}
    };
    for (byte[] frame : frames) {
      assertThatThrownBy(() -> decode(frame)).isInstanceOf(DamagedDataException.class);
    }
  }

  @Test
  void what_does_not_compress_is_kept_raw() throws Exception {
    byte[] noise = new byte[1000];
    random.nextBytes(noise);
    assertThat(ChunkFrame.encode(noise, 0, noise.length)).hasSize(1005);
    byte[] zeros = new byte[1_000_000];
    byte[] frame = ChunkFrame.encode(zeros, 0, zeros.length);
    assertThat(frame.length).isLessThan(1000);
    assertThat(decode(frame)).isEqualTo(zeros);
  }

  private static byte[] decode(byte[] frame) throws DamagedDataException {
    byte[] into = new byte[ChunkFrame.rawLength(frame, frame.length)];
    try (ZstdDecompressCtx zstd = new ZstdDecompressCtx()) {
      ChunkFrame.decode(frame, frame.length, into, zstd);
    }
    return into;
  }
}
