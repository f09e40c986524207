package org.hikae.device.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.aead.AesGcmOpener;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.junit.jupiter.api.Test;

/** HK1-C-03, HK1-C-04: packs at their bounds, and such as only a writer that lies makes. */
class PackBoundsTest {

  private static final int START = PackReader.HEADER_BYTES;
  private static final int TAG = AesGcm.TAG_BYTES;

  private final SecureRandom random = new SecureRandom();
  private final BackupKey secret = BackupKey.generate(new byte[16], 1, random);
  private final SecretBytes key = secret.subkey(Subkey.PACK);
  private final SealContext context = new SealContext(new byte[16], 1, new byte[16]);
  private final PackWriter writer = new PackWriter(key, context, random);

  private void add(int length) {
    PackEntry _ = writer.add(Hash256.ZERO, new ChunkFrameBytes(new byte[length], 0, length));
  }

  @Test
  void the_smallest_pack_has_no_entry() throws Exception {
    assertThat(writer.isEmpty()).isTrue();
    assertThat(writer.isFull()).isFalse();
    byte[] object = writer.finish().object();
    assertThat(object).hasSize(START + TAG + 4 + PackWriter.TRAILER_BYTES);
    assertThat(PackReader.open(key, context, object).directory(object)).isEmpty();
  }

  @Test
  void a_pack_is_full_at_8_mebibytes() {
    add(PackWriter.TARGET_BYTES - START - 2 * TAG - 1);
    assertThat(writer.isEmpty()).isFalse();
    assertThat(writer.isFull()).isFalse();
    add(0);
    assertThat(writer.isFull()).as("one byte is missing").isFalse();
    PackWriter exact = new PackWriter(key, context, random);
    int length = PackWriter.TARGET_BYTES - START - TAG;
    PackEntry _ = exact.add(Hash256.ZERO, new ChunkFrameBytes(new byte[length], 0, length));
    assertThat(exact.isFull()).isTrue();
  }

  @Test
  void a_pack_is_full_with_16384_entries_and_read_with_65536() throws Exception {
    for (int i = 0; i < PackEntry.MAX_ENTRIES; i++) {
      assertThat(writer.isFull()).isEqualTo(i >= 16_384);
      add(0);
    }
    byte[] object = writer.finish().object();
    assertThat(PackReader.open(key, context, object).directory(object))
        .hasSize(PackEntry.MAX_ENTRIES);
  }

  @Test
  void an_entry_more_is_refused() {
    for (int i = 0; i <= PackEntry.MAX_ENTRIES; i++) {
      add(0);
    }
    refused("an impossible count", writer.finish().object());
  }

  @Test
  void an_object_has_at_most_24_mebibytes() throws Exception {
    int length = Hk1Constants.MAX_OBJECT_BYTES - 100_000;
    add(length);
    byte[] object = writer.finish().object();
    assertThat(object).hasSize(Hk1Constants.MAX_OBJECT_BYTES);
    assertThat(PackReader.open(key, context, object).directory(object)).hasSize(1);
    PackWriter larger = new PackWriter(key, context, random);
    PackEntry _ =
        larger.add(
            Hash256.ZERO, new ChunkFrameBytes(new byte[length + 100_000], 0, length + 100_000));
    assertThatIllegalStateException()
        .isThrownBy(larger::finish)
        .withMessageMatching("a pack of 25\\d{6} bytes is too large");
  }

  @Test
  void the_sealed_bytes_of_an_entry_are_enough_for_it() throws Exception {
    byte[] frame = {0, 0, 0, 0, 1, 7};
    PackEntry entry = writer.add(Hash256.ZERO, new ChunkFrameBytes(frame, 0, frame.length));
    PackEntry empty = writer.add(Hash256.ZERO, new ChunkFrameBytes(frame, 0, 0));
    byte[] object = writer.finish().object();
    PackReader reader = PackReader.open(key, context, Arrays.copyOf(object, START));
    byte[] sealed = Arrays.copyOfRange(object, entry.offset(), entry.offset() + 6 + TAG);
    byte[] into = new byte[6 + TAG];
    AesGcmOpener opener = new AesGcmOpener();
    assertThat(reader.frame(opener, entry, sealed, sealed.length, 0, into)).isEqualTo(6);
    assertThat(into).startsWith(frame);
    assertThat(reader.frame(opener, empty, object, object.length, empty.offset(), into)).isZero();
    for (int at : new int[] {-1, 1}) {
      assertThatThrownBy(() -> reader.frame(opener, entry, sealed, sealed.length, at, into))
          .isInstanceOf(DamagedDataException.class)
          .hasMessageContaining("outside its pack");
    }
    PackEntry shorter = new PackEntry(0, START, TAG - 1);
    assertThatThrownBy(() -> reader.frame(opener, shorter, sealed, sealed.length, 0, into))
        .isInstanceOf(DamagedDataException.class)
        .hasMessageContaining("outside its pack");
  }

  @Test
  void the_end_of_a_pack_is_at_least_its_trailer_and_at_most_the_pack() throws Exception {
    byte[] object = writer.finish().object();
    PackReader reader = PackReader.open(key, context, object);
    byte[] trailer =
        Arrays.copyOfRange(object, object.length - PackWriter.TRAILER_BYTES, object.length);
    assertThatThrownBy(() -> reader.directory(trailer, object.length))
        .hasMessageContaining("an impossible length");
    byte[] shorter = Arrays.copyOfRange(trailer, 1, trailer.length);
    assertThatThrownBy(() -> reader.directory(shorter, object.length))
        .hasMessageContaining("an impossible size");
    for (int length : new int[] {object.length - 1, 0, Hk1Constants.MAX_OBJECT_BYTES + 1}) {
      assertThatThrownBy(() -> reader.directory(object, length))
          .as("%d", length)
          .hasMessageContaining("an impossible size");
    }
  }

  /** A pack of one entry of 100 sealed bytes with this directory, and this length of it. */
  private byte[] lying(byte[] list, int directoryLength) {
    SealHeader header =
        SealHeader.create(
            PackWriter.MAGIC, PackWriter.PURPOSE, key, context.encode(), list, random);
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    object.writeBytes(header.bytes());
    object.writeBytes(new byte[100]);
    object.writeBytes(header.seal(PackWriter.DIRECTORY_NUMBER, list));
    byte[] length = ByteBuffer.allocate(4).putInt(directoryLength).array();
    object.writeBytes(header.seal(PackWriter.TRAILER_NUMBER, length));
    return object.toByteArray();
  }

  private byte[] lying(byte[] list) {
    return lying(list, list.length + TAG);
  }

  /** A directory of so many entries, which has this line and so much behind it. */
  private static byte[] list(int count, int offset, int sealed, byte[] more) {
    return ByteBuffer.allocate(4 + PackWriter.DIRECTORY_ENTRY_BYTES + more.length)
        .putInt(count)
        .putInt(offset)
        .putInt(sealed)
        .position(4 + PackWriter.DIRECTORY_ENTRY_BYTES)
        .put(more)
        .array();
  }

  @Test
  void a_length_of_the_directory_that_cannot_be_is_refused_as_one() {
    byte[] list = list(1, START, 100, new byte[4]);
    int whole = lying(list).length;
    int entries = whole - START - PackWriter.TRAILER_BYTES;
    for (int length :
        new int[] {-1, whole - START + 1, whole - PackWriter.TRAILER_BYTES, whole, 1 << 30}) {
      refused("an impossible length", lying(list, length));
    }
    for (int length : new int[] {0, entries, whole - START}) {
      refused("was altered", lying(list, length));
    }
  }

  @Test
  void a_directory_accounts_for_every_byte() throws Exception {
    // With four zeros behind its lines the pack has a size of Padmé.
    byte[] good = lying(list(1, START, 100, new byte[4]));
    assertThat(good).hasSize(PadmePadding.size(good.length));
    assertThat(PackReader.open(key, context, good).directory(good)).hasSize(1);
    refused("cut short", lying(new byte[3]));
    for (int count : new int[] {-1, 2, PackEntry.MAX_ENTRIES + 1, Integer.MAX_VALUE}) {
      refused("an impossible count", lying(list(count, START, 100, new byte[4])));
    }
    for (int offset : new int[] {START - 1, START + 1, 0, -1}) {
      refused("do not follow each other", lying(list(1, offset, 100, new byte[4])));
    }
    for (int sealed : new int[] {TAG - 1, -1, 101, Integer.MAX_VALUE}) {
      refused("do not follow each other", lying(list(1, START, sealed, new byte[4])));
    }
    refused("belong to nothing", lying(list(1, START, TAG, new byte[4])));
    refused("belong to nothing", lying(list(1, START, 99, new byte[4])));
    refused("belong to nothing", lying(list(1, START, 100, new byte[5])));
    refused("belong to nothing", lying(list(1, START, 100, new byte[] {0, 0, 0, 1})));
    refused("belong to nothing", lying(list(1, START, 100, new byte[] {1, 0, 0, 0})));
  }

  private void refused(String why, byte[] object) {
    assertThatThrownBy(() -> PackReader.open(key, context, object).directory(object))
        .isInstanceOf(DamagedDataException.class)
        .hasMessageContaining(why);
  }
}
