package org.hikae.admin.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stored form of object lists, as the portal's {@code ObjectIdCodec} writes it. */
class ObjectIdReaderTest {

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  @Test
  void ids_are_their_distances_in_leb128() {
    assertThat(ObjectIdReader.read(bytes(""), 0)).isEmpty();
    assertThat(ObjectIdReader.read(bytes("0101ac02"), 3)).containsExactly(1, 2, 302);
    assertThat(ObjectIdReader.read(bytes("ffffffffffffffff7f"), 1)).containsExactly(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({
    "01, 2",
    "0101, 1",
    "ac, 1",
    "00, 1",
    "0100, 2",
    "8080808080808080808001, 1",
    "ffffffffffffffff7f01, 2",
    "01, -1"
  })
  void a_damaged_list_is_refused(String hex, long count) {
    assertThatThrownBy(() -> ObjectIdReader.read(bytes(hex), count))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
