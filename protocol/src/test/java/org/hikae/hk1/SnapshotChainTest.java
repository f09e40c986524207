package org.hikae.hk1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** HK1-S-03 and HK1-S-04: what a snapshot's list and stub commit to. */
class SnapshotChainTest {

  private static final byte[] SET = new byte[16];
  private static final byte[] DEVICE = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  private static final Hash256 A = Hash256.sha256(new byte[] {1});
  private static final Hash256 B = Hash256.sha256(new byte[] {2});

  @Test
  void a_list_is_a_set() {
    assertThat(ObjectList.hash(List.of(A, B))).isEqualTo(ObjectList.hash(List.of(B, A, B)));
    assertThat(ObjectList.hash(List.of(A))).isNotEqualTo(ObjectList.hash(List.of(A, B)));
    assertThat(ObjectList.hash(List.of()).hex())
        .as("printf '\\0\\0\\0\\017HK1 object list\\0\\0\\0\\0' | sha256sum")
        .isEqualTo("6ca84d3d5a672d504d16e14b9ff5f15ab580dcba0d0ad2dc38df1c1c32bc909f");
  }

  @Test
  void every_field_of_a_stub_changes_its_hash() {
    byte[] otherId = SET.clone();
    otherId[15] = 9;
    Set<Hash256> hashes = new HashSet<>();
    hashes.add(new SnapshotStub(SET, DEVICE, 1, 2, A, A, B).hash());
    hashes.add(new SnapshotStub(otherId, DEVICE, 1, 2, A, A, B).hash());
    hashes.add(new SnapshotStub(SET, otherId, 1, 2, A, A, B).hash());
    hashes.add(new SnapshotStub(SET, DEVICE, 2, 2, A, A, B).hash());
    hashes.add(new SnapshotStub(SET, DEVICE, 1, 3, A, A, B).hash());
    hashes.add(new SnapshotStub(SET, DEVICE, 1, 2, B, A, B).hash());
    hashes.add(new SnapshotStub(SET, DEVICE, 1, 2, A, B, B).hash());
    hashes.add(new SnapshotStub(SET, DEVICE, 1, 2, A, A, A).hash());
    assertThat(hashes).hasSize(8);
  }

  @Test
  void only_the_first_stub_has_no_previous_one() {
    assertThat(new SnapshotStub(SET, DEVICE, 1, 1, Hash256.ZERO, A, B).hash()).isNotNull();
    assertThatThrownBy(() -> new SnapshotStub(SET, DEVICE, 1, 2, Hash256.ZERO, A, B))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SnapshotStub(SET, DEVICE, 1, 1, A, A, B))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SnapshotStub(SET, DEVICE, 0, 1, Hash256.ZERO, A, B))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new SnapshotStub(SET, DEVICE, (1L << 32) - 1, 2, A, A, B).hash()).isNotNull();
    assertThatThrownBy(() -> new SnapshotStub(SET, DEVICE, 1L << 32, 2, A, A, B))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SnapshotStub(SET, DEVICE, 1, 0, A, A, B))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SnapshotStub(new byte[15], DEVICE, 1, 1, Hash256.ZERO, A, B))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
