package org.hikae.device.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.junit.jupiter.api.Test;

/** HK1-M-02: which number stands for which pack. */
class PackTableTest {

  private static final Hash256 A = Hash256.sha256(new byte[] {1});
  private static final Hash256 B = Hash256.sha256(new byte[] {2});
  private static final Hash256 C = Hash256.sha256(new byte[] {3});

  @Test
  void a_number_is_given_as_wanted_when_it_is_free() {
    PackTable table = of(A, B);
    assertThat(table.allocate(1)).as("taken").isEqualTo(2);
    assertThat(table.allocate(5)).isEqualTo(5);
    assertThat(table.allocate()).isEqualTo(3);
    assertThat(table.find(4)).isEmpty();
    assertThat(table.allocate(PackTable.MAX_PACKS)).as("none of a table").isEqualTo(4);
  }

  @Test
  void a_table_has_so_many_packs_at_most() {
    PackTable table = new PackTable();
    for (int number = PackTable.MAX_PACKS - 1; number >= 0; number--) {
      int _ = table.allocate(number);
    }
    assertThatThrownBy(table::allocate)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("4000000");
  }

  @Test
  void packs_are_found_by_number_and_by_name() throws Exception {
    PackTable table = of(A, Hash256.ZERO, B, C);
    table.use(0);
    table.use(3);

    assertThat(table.names()).containsExactlyInAnyOrder(A, B, C);
    assertThat(table.usedNames()).containsExactlyInAnyOrder(A, C);
    assertThat(table.name(2)).isEqualTo(B);
    assertThat(table.numbersOf(Set.of(A, C, Hash256.sha256(new byte[0])))).isEqualTo(bits(0, 3));
    assertThat(table.numbersOf(Set.of())).isEqualTo(bits());
    assertThat(PackTable.decode(table.encodeUsed()).names()).containsExactlyInAnyOrder(A, C);
  }

  @Test
  void lost_names_stand_for_no_pack_and_the_others_stay() throws Exception {
    PackTable table = PackTable.decode(encoded(A, B, C), bits(1));
    assertThat(table.find(0)).contains(A);
    assertThat(table.find(1)).isEmpty();
    assertThat(table.find(2)).contains(C);
  }

  @Test
  void a_table_of_thousands_is_read() throws Exception {
    Hash256[] many = new Hash256[4001];
    Arrays.fill(many, A);
    many[4000] = B;
    assertThat(of(many).find(4000)).contains(B);
    byte[] half = new byte[Hk1Constants.HASH_BYTES / 2];
    assertThatThrownBy(() -> PackTable.decode(half))
        .isInstanceOf(DamagedDataException.class)
        .hasMessageContaining("an impossible length");
  }

  @Test
  void its_memory_grows_with_its_packs() {
    assertThat(new PackTable().bytes()).isZero();
    Hash256[] many = new Hash256[1000];
    Arrays.fill(many, A);
    assertThat(of(many).bytes())
        .as("hashes and what holds them")
        .isBetween(1000L * Hk1Constants.HASH_BYTES, 4 * 1000L * Hk1Constants.HASH_BYTES);
  }

  private static PackTable of(Hash256... names) {
    try {
      return PackTable.decode(encoded(names));
    } catch (DamagedDataException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] encoded(Hash256... names) {
    byte[] bytes = new byte[names.length * Hk1Constants.HASH_BYTES];
    for (int i = 0; i < names.length; i++) {
      System.arraycopy(
          names[i].toBytes(), 0, bytes, i * Hk1Constants.HASH_BYTES, Hk1Constants.HASH_BYTES);
    }
    return bytes;
  }

  private static BitSet bits(int... numbers) {
    BitSet bits = new BitSet();
    Arrays.stream(numbers).forEach(bits::set);
    return bits;
  }
}
