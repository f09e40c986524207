package org.hikae.backup.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.hikae.backup.value.ObjectRef;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.ObjectList;
import org.junit.jupiter.api.Test;

/** HK1-S-03 and HK1-S-09. */
class SnapshotObjectListTest {

  private static ObjectRef ref(long id) {
    Hash256 name = Hash256.sha256(Long.toString(id).getBytes(StandardCharsets.UTF_8));
    return new ObjectRef(id, 1, name, id * 10);
  }

  private static List<ObjectRef> refs(long... ids) {
    List<ObjectRef> refs = new ArrayList<>();
    for (long id : ids) {
      refs.add(ref(id));
    }
    return refs;
  }

  private static Set<Hash256> names(List<ObjectRef> refs) {
    Set<Hash256> names = new HashSet<>();
    refs.forEach(ref -> names.add(ref.name()));
    return names;
  }

  @Test
  void applies_a_delta_to_the_last_list() {
    SnapshotObjectList list =
        SnapshotObjectList.apply(refs(1, 2, 3), refs(7, 5), names(refs(2))).orElseThrow();
    assertThat(list.ids()).containsExactly(1, 3, 5, 7);
    assertThat(list.storedBytes()).isEqualTo(160);
    assertThat(list.hash()).isEqualTo(ObjectList.hash(names(refs(7, 3, 1, 5))));
  }

  @Test
  void starts_and_ends_empty() {
    SnapshotObjectList empty =
        SnapshotObjectList.apply(List.of(), List.of(), Set.of()).orElseThrow();
    assertThat(empty.ids()).isEmpty();
    assertThat(empty.hash()).isEqualTo(ObjectList.hash(List.of()));
    assertThat(SnapshotObjectList.apply(refs(1), List.of(), names(refs(1))).orElseThrow().ids())
        .isEmpty();
  }

  @Test
  void refuses_a_delta_that_does_not_fit() {
    assertThat(SnapshotObjectList.apply(refs(1, 2), refs(2), Set.of())).isEmpty();
    assertThat(SnapshotObjectList.apply(refs(1, 2), List.of(), names(refs(3)))).isEmpty();
    assertThat(SnapshotObjectList.apply(List.of(), List.of(), names(refs(3)))).isEmpty();
  }

  @Test
  void gives_the_same_list_whatever_the_way_to_it() {
    Random random = new Random(11);
    List<ObjectRef> last = List.of();
    for (int round = 0; round < 100; round++) {
      Set<ObjectRef> next = new HashSet<>();
      for (int i = 0; i < 30; i++) {
        next.add(ref(1 + random.nextInt(60)));
      }
      List<ObjectRef> added = new ArrayList<>(next);
      added.removeAll(last);
      Collections.shuffle(added, random);
      Set<Hash256> removed = names(last);
      removed.removeAll(names(new ArrayList<>(next)));
      Optional<SnapshotObjectList> list = SnapshotObjectList.apply(last, added, removed);
      assertThat(list.orElseThrow().ids())
          .containsExactly(next.stream().mapToLong(ObjectRef::id).sorted().toArray());
      assertThat(list.get().hash()).isEqualTo(ObjectList.hash(names(new ArrayList<>(next))));
      last = next.stream().sorted((a, b) -> Long.compare(a.id(), b.id())).toList();
    }
  }
}
