package org.hikae.hk1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class Hash256Test {

  private static final Hash256 LOW = hash(0x01);
  private static final Hash256 HIGH = hash(0xff);

  @Test
  void a_hash_has_32_bytes_and_keeps_its_own() {
    byte[] given = new byte[32];
    given[31] = 7;
    Hash256 hash = Hash256.of(given);
    given[31] = 8;
    hash.toBytes()[31] = 9;

    assertThat(hash.toBytes()).endsWith(7);
    assertThat(hash).hasToString("0".repeat(63) + "7");
    for (int length : new int[] {0, 31, 33}) {
      assertThatThrownBy(() -> Hash256.of(new byte[length]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not " + length);
    }
  }

  @Test
  void hashes_are_equal_by_their_bytes() {
    assertThat(hash(0x01)).isEqualTo(LOW).hasSameHashCodeAs(LOW).isNotEqualTo(HIGH);
    assertThat(Set.of(LOW, HIGH)).contains(hash(0xff)).doesNotContain(Hash256.ZERO);
    assertThat(LOW.hashCode()).isNotEqualTo(HIGH.hashCode());
    Object text = LOW.hex();
    assertThat(LOW.equals(text)).isFalse();
  }

  @Test
  void hashes_are_ordered_by_unsigned_bytes() {
    assertThat(LOW).isLessThan(HIGH).isGreaterThan(Hash256.ZERO);
    assertThat(HIGH).isGreaterThan(LOW).isEqualByComparingTo(hash(0xff));
  }

  private static Hash256 hash(int first) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) first;
    return Hash256.of(bytes);
  }
}
