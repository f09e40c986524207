package org.hikae.device.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.hikae.device.browse.ListedEntry;
import org.hikae.device.files.RawPath;
import org.hikae.device.sealing.DamagedDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameBatchTest {

  private static final List<IndexedVersion> VERSIONS =
      List.of(
          new IndexedVersion(0, 3, ListedEntry.Type.FILE, 0, -1),
          new IndexedVersion(4, 4, ListedEntry.Type.SYMLINK, Long.MAX_VALUE, Long.MIN_VALUE),
          new IndexedVersion(9, 900, ListedEntry.Type.DIRECTORY, 128, Long.MAX_VALUE));

  private static IndexedName name(String path) {
    return new IndexedName(RawPath.of(path), VERSIONS);
  }

  /** A directory, a file in it, and a name that is not UTF-8. */
  private static final List<IndexedName> NAMES =
      List.of(
          name("/home/Aiko/b"),
          name("/home/Aiko/b/Plan.TXT"),
          new IndexedName(RawPath.of(HexFormat.of().parseHex("2fff4142fe")), VERSIONS));

  private static byte[] part(String text) {
    return FoldedName.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static NameQuery query(String text) {
    return new NameQuery(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_was_written_is_read(boolean packed) throws Exception {
    NameBatch.EncodedBatch encoded = NameBatch.encode(NAMES, true, packed);
    NameBatch batch = NameBatch.decode(encoded.folded());

    assertThat(batch.isLast()).isTrue();
    assertThat(batch.names(encoded.rest())).isEqualTo(NAMES);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void names_are_found_by_a_part_that_lies_in_one_of_them(boolean packed) throws Exception {
    NameBatch.EncodedBatch encoded = NameBatch.encode(NAMES.subList(0, 2), false, packed);
    NameBatch batch = NameBatch.decode(encoded.folded());

    assertThat(batch.names(batch.find(query("pLAN")), encoded.rest()))
        .containsExactly(NAMES.get(1));
    assertThat(batch.names(batch.find(query("b")), encoded.rest())).containsExactly(NAMES.get(0));
    assertThat(batch.count(query("b"))).isOne();
    assertThat(batch.count(query("bplan"))).isZero();
    assertThat(batch.find(query("bplan")).isEmpty()).isTrue();
    assertThat(batch.find(query("aiko")).isEmpty()).as("not by a directory above").isTrue();
  }

  @ParameterizedTest
  @CsvSource({"ÄB, äb", "ＡＢＣ, abc", "か\u3099, が", "ﾃｽﾄ, テスト", "Ⅳ, iv"})
  void ways_to_write_the_same_are_the_same(String one, String other) {
    assertThat(part(one)).isEqualTo(part(other));
  }

  @Test
  void a_part_is_found_wherever_it_stands() {
    String text = "abracadabra";
    assertThat(query("ABRA").indexIn(text, 0)).isZero();
    assertThat(query("abra").indexIn(text, 1)).isEqualTo(7);
    assertThat(query("a").indexIn(text, 8)).isEqualTo(10);
    assertThat(query("abrab").indexIn(text, 0)).isEqualTo(-1);
    assertThat(query("abracadabrax").indexIn(text, 0)).isEqualTo(-1);
  }

  @Test
  void other_bytes_are_refused() throws Exception {
    NameBatch.EncodedBatch encoded = NameBatch.encode(NAMES, true, true);
    NameBatch whole = NameBatch.decode(encoded.folded());
    for (int length = 0; length < encoded.folded().length; length++) {
      byte[] cut = Arrays.copyOf(encoded.folded(), length);
      assertThatThrownBy(() -> NameBatch.decode(cut)).isInstanceOf(DamagedDataException.class);
    }
    for (int length = 0; length < encoded.rest().length; length++) {
      byte[] cut = Arrays.copyOf(encoded.rest(), length);
      assertThatThrownBy(() -> whole.names(cut)).isInstanceOf(DamagedDataException.class);
    }
    for (int at = 0; at < encoded.rest().length; at++) {
      byte[] changed = encoded.rest().clone();
      changed[at] ^= 0x55;
      try {
        assertThat(whole.names(changed)).hasSize(NAMES.size());
      } catch (DamagedDataException e) {
        // As it should be; a change that nobody can see here is seen by the seal.
      }
    }
  }
}
