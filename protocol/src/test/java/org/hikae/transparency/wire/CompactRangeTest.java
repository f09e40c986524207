package org.hikae.transparency.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.junit.jupiter.api.Test;

/** A log that grows by one entry after the other (HK1-X-01). */
class CompactRangeTest {

  private static final int SIZES = 300;
  private static final InMemoryLog LOG = new InMemoryLog(SIZES);

  @Test
  void each_size_has_the_root_of_its_entries() throws Exception {
    CompactRange range = CompactRange.EMPTY;
    assertThat(range.root()).isEqualTo(MerkleHasher.EMPTY_ROOT);
    assertThat(CompactRange.parse(0, new byte[0])).isEqualTo(range);
    assertThat(new CompactRange(0, List.of())).isEqualTo(range);
    for (int size = 1; size <= SIZES; size++) {
      range = range.append(LOG.leaf(size - 1), (level, index, hash) -> {});
      assertThat(range.size()).isEqualTo(size);
      assertThat(range.root()).isEqualTo(LOG.root(size));
      assertThat(CompactRange.parse(size, range.encode())).isEqualTo(range);
    }
  }

  @Test
  void each_subtree_is_told_once_and_rightly() {
    int[] told = new int[10];
    CompactRange range = CompactRange.EMPTY;
    for (int i = 0; i < SIZES; i++) {
      range =
          range.append(
              LOG.leaf(i),
              (level, index, hash) -> {
                assertThat(index).isEqualTo(told[level]);
                assertThat(hash).isEqualTo(LOG.subtree(level, index));
                told[level]++;
              });
    }
    assertThat(told).containsExactly(300, 150, 75, 37, 18, 9, 4, 2, 1, 0);
  }

  @Test
  void another_number_of_hashes_is_refused() {
    assertThatThrownBy(() -> CompactRange.parse(3, new byte[32]))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> CompactRange.parse(4, new byte[31]))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> CompactRange.parse(0, new byte[32]))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> CompactRange.parse(-1, new byte[64 * 32]))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> new CompactRange(1, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CompactRange(-1, List.of(Hash256.ZERO)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
