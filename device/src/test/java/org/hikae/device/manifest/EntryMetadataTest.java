package org.hikae.device.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.device.files.ExtendedAttributes;
import org.hikae.device.files.ExtendedAttributes.ExtendedAttribute;
import org.hikae.device.files.FileTime;
import org.hikae.device.sealing.DamagedDataException;
import org.junit.jupiter.api.Test;

/** HK1-M-04: metadata at their bounds, and one beyond. */
class EntryMetadataTest {

  private static final FileTime FIRST = new FileTime(Long.MIN_VALUE, 0);
  private static final FileTime LAST = new FileTime(Long.MAX_VALUE, 999_999_999);

  @Test
  void numbers_and_times_at_the_bounds_come_back() throws Exception {
    for (EntryMetadata metadata :
        List.of(
            new EntryMetadata(0, 0, 0, FIRST, FIRST, 0, List.of()),
            new EntryMetadata(07777, -1, -1, LAST, LAST, -1, List.of()))) {
      assertThat(EntryMetadata.read(written(metadata))).isEqualTo(metadata);
    }
  }

  @Test
  void numbers_and_times_beyond_them_are_refused() {
    refused(new EntryMetadata(010000, 0, 0, FIRST, FIRST, 0, List.of()));
    for (int nanos : new int[] {-1, 1_000_000_000}) {
      // No time can be made with these, so they are put where the fraction of the second stands.
      ByteBuffer bytes = written(new EntryMetadata(0, 0, 0, FIRST, FIRST, 0, List.of()));
      bytes.putInt(20, nanos);
      refused(bytes);
    }
  }

  @Test
  void metadata_that_are_cut_are_refused() {
    byte[] whole = written(with(attribute("user.a", "v"))).array();
    for (int length = 0; length < whole.length; length++) {
      refused(ByteBuffer.wrap(Arrays.copyOf(whole, length)));
    }
  }

  @Test
  void attributes_at_the_bounds_come_back() throws Exception {
    ExtendedAttribute longest = attribute("n".repeat(255), "");
    byte[] most = new byte[ExtendedAttributes.MAX_TOTAL_BYTES];
    ExtendedAttribute largest = new ExtendedAttribute(bytes("o"), most);

    List<ExtendedAttribute> read = EntryMetadata.read(written(with(longest, largest))).attributes();

    assertThat(read).hasSize(2);
    assertThat(read.getFirst().name()).isEqualTo(longest.name());
    assertThat(read.getFirst().value()).isEmpty();
    assertThat(read.getLast().value()).isEqualTo(most);
    // An empty value is the very end.
    assertThat(EntryMetadata.read(written(with(longest))).attributes()).hasSize(1);
  }

  @Test
  void attributes_beyond_them_are_refused() {
    refused(with(attribute("", "v")));
    refused(with(attribute("n".repeat(256), "v")));
    refused(with(attribute("a\u0000b", "v")));
    refused(with(attribute("b", "v"), attribute("a", "v")));
    refused(with(attribute("a", "v"), attribute("a", "w")));
    byte[] larger = new byte[ExtendedAttributes.MAX_TOTAL_BYTES + 1];
    refused(with(new ExtendedAttribute(bytes("o"), larger)));
  }

  @Test
  void an_entry_has_at_most_so_many_attributes() throws Exception {
    List<ExtendedAttribute> attributes = new ArrayList<>();
    for (int i = 0; i < EntryMetadata.MAX_ATTRIBUTES; i++) {
      attributes.add(
          new ExtendedAttribute(
              new byte[] {(byte) (1 + i / 100), (byte) (1 + i % 100)}, bytes("")));
    }
    ExtendedAttribute[] most = attributes.toArray(ExtendedAttribute[]::new);
    assertThat(EntryMetadata.read(written(with(most))).attributes()).hasSameSizeAs(attributes);

    attributes.add(attribute("\u00ff", ""));
    refused(with(attributes.toArray(ExtendedAttribute[]::new)));
  }

  private static EntryMetadata with(ExtendedAttribute... attributes) {
    return new EntryMetadata(0644, 1, 2, FIRST, LAST, 3, List.of(attributes));
  }

  private static ExtendedAttribute attribute(String name, String value) {
    return new ExtendedAttribute(bytes(name), bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static ByteBuffer written(EntryMetadata metadata) {
    ByteBuffer bytes = ByteBuffer.allocate(metadata.encodedLength());
    metadata.write(bytes);
    return bytes.flip();
  }

  private static void refused(EntryMetadata metadata) {
    refused(written(metadata));
  }

  private static void refused(ByteBuffer bytes) {
    assertThatThrownBy(() -> EntryMetadata.read(bytes))
        .isInstanceOf(DamagedDataException.class)
        .hasMessageContaining("metadata");
  }
}
