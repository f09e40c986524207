package org.hikae.device.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.ObjectList;
import org.hikae.hk1.SnapshotStub;
import org.hikae.hk1.TextCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link BackupStore}: every implementation passes this suite. */
public abstract class BackupStoreContract {

  private BackupStore store;

  /** An empty store for one device of an employee with the set {@link #setId}. */
  protected abstract BackupStore newStore() throws Exception;

  /** The set, 16 bytes. */
  protected abstract byte[] setId();

  /** The device, 16 bytes. */
  protected abstract byte[] deviceId();

  @BeforeEach
  void open() throws Exception {
    store = newStore();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Hash256 put(String text) throws BackupStoreException {
    Hash256 name = Hash256.sha256(bytes(text));
    store.put(name, bytes(text));
    return name;
  }

  private CommitSnapshot commit(
      long sequence, Hash256 previous, Hash256 root, Set<Hash256> list, List<String> added) {
    return new CommitSnapshot(
        TextCodec.hex(setId()),
        1,
        sequence,
        previous.hex(),
        root.hex(),
        ObjectList.hash(list).hex(),
        added,
        List.of(),
        1,
        2);
  }

  @Test
  void an_object_comes_back_as_it_was() throws Exception {
    Hash256 name = put("one");
    assertThat(store.get(name)).isEqualTo(bytes("one"));
  }

  @Test
  void of_an_array_only_what_it_begins_with_is_stored_and_it_may_change_afterwards()
      throws Exception {
    byte[] array = bytes("begun and left over");
    byte[] object = Arrays.copyOf(array, 5);
    Hash256 name = Hash256.sha256(object);
    store.put(name, array, object.length);
    Arrays.fill(array, (byte) 0);
    assertThat(store.get(name)).isEqualTo(object);
  }

  @Test
  void storing_an_object_again_is_success() throws Exception {
    put("again");
    Hash256 name = put("again");
    assertThat(store.get(name)).isEqualTo(bytes("again"));
  }

  @Test
  void an_object_of_another_name_is_refused_and_not_stored() {
    Hash256 wrong = Hash256.sha256(bytes("other"));
    assertThatThrownBy(() -> store.put(wrong, bytes("this")))
        .isInstanceOf(BackupStoreException.class);
    assertThatThrownBy(() -> store.get(wrong)).isInstanceOf(MissingObjectException.class);
  }

  @Test
  void the_largest_object_is_stored_and_one_byte_more_is_refused() throws Exception {
    byte[] largest = new byte[Hk1Constants.MAX_OBJECT_BYTES];
    Hash256 name = Hash256.sha256(largest);
    store.put(name, largest);
    int last = Hk1Constants.MAX_OBJECT_BYTES / PackRange.BUCKET_BYTES - 1;
    assertThat(store.getBuckets(name, last, 1)).hasSize(PackRange.BUCKET_BYTES);
    byte[] larger = new byte[Hk1Constants.MAX_OBJECT_BYTES + 1];
    assertThatThrownBy(() -> store.put(Hash256.sha256(larger), larger))
        .isInstanceOf(BackupStoreException.class);
  }

  @Test
  void what_is_missing_is_named_and_nothing_else() throws Exception {
    Hash256 here = put("here");
    Hash256 gone = Hash256.sha256(bytes("gone"));
    assertThat(store.missing(List.of(here, gone))).containsExactly(gone);
    assertThat(store.missing(List.of())).isEmpty();
  }

  @Test
  void more_names_than_one_question_holds_can_be_asked_for() throws Exception {
    List<Hash256> names = new ArrayList<>();
    for (int i = 0; i < 10_500; i++) {
      names.add(Hash256.sha256(bytes("never stored " + i)));
    }
    assertThat(store.missing(names)).hasSize(10_500);
  }

  @Test
  void buckets_are_exact_and_end_with_the_object() throws Exception {
    String text = "0123456789".repeat(15_000);
    Hash256 name = put(text);
    int bucket = PackRange.BUCKET_BYTES;
    assertThat(store.getBuckets(name, 1, 1)).isEqualTo(bytes(text.substring(bucket, 2 * bucket)));
    assertThat(store.getBuckets(name, 2, 5)).isEqualTo(bytes(text.substring(2 * bucket)));
    assertThat(store.getBuckets(name, 0, 9)).isEqualTo(bytes(text));
    assertThat(store.getBuckets(name, 3, 1)).isEmpty();
    assertThatThrownBy(() -> store.getBuckets(Hash256.sha256(bytes("no")), 0, 1))
        .isInstanceOf(MissingObjectException.class);
  }

  @Test
  void snapshots_continue_the_series_and_are_listed_newest_first() throws Exception {
    Hash256 root = put("root 1");
    Hash256 pack = put("pack 1");
    Set<Hash256> list = Set.of(pack);
    SnapshotView first = store.commit(commit(1, Hash256.ZERO, root, list, List.of(pack.hex())));
    SnapshotStub stub =
        new SnapshotStub(setId(), deviceId(), 1, 1, Hash256.ZERO, root, ObjectList.hash(list));
    assertThat(first.stubHash()).isEqualTo(stub.hash().hex());
    assertThat(first.snapshotId()).isEqualTo(stub.hash().hex().substring(0, 32));
    SnapshotView second = store.commit(commit(2, stub.hash(), put("root 2"), list, List.of()));
    SnapshotPage page = store.snapshots(TextCodec.hex(deviceId()), null, 1);
    assertThat(page.snapshots())
        .extracting(SnapshotView::snapshotId)
        .containsExactly(second.snapshotId());
    assertThat(page.next()).isNotNull();
    SnapshotPage last = store.snapshots(TextCodec.hex(deviceId()), page.next(), 1);
    assertThat(last.snapshots())
        .extracting(SnapshotView::snapshotId)
        .containsExactly(first.snapshotId());
    assertThat(last.next()).isNull();
    assertThat(store.objects(second.snapshotId())).containsExactly(pack);
  }

  @Test
  void the_same_commit_again_is_the_same_snapshot() throws Exception {
    Hash256 pack = put("pack");
    CommitSnapshot commit = commit(1, Hash256.ZERO, put("root"), Set.of(pack), List.of(pack.hex()));
    String id = store.commit(commit).snapshotId();
    assertThat(store.commit(commit).snapshotId()).isEqualTo(id);
    assertThat(store.snapshots(null, null, 10).snapshots()).hasSize(1);
  }

  @Test
  void a_commit_that_needs_a_missing_object_changes_nothing() throws Exception {
    Hash256 gone = Hash256.sha256(bytes("never sent"));
    CommitSnapshot commit = commit(1, Hash256.ZERO, put("root"), Set.of(gone), List.of(gone.hex()));
    assertThatThrownBy(() -> store.commit(commit)).isInstanceOf(MissingObjectException.class);
    assertThat(store.snapshots(null, null, 10).snapshots()).isEmpty();
  }

  @Test
  void a_commit_that_does_not_continue_the_series_is_refused() throws Exception {
    Hash256 root = put("root");
    Hash256 elsewhere = Hash256.sha256(bytes("elsewhere"));
    assertThatThrownBy(() -> store.commit(commit(2, elsewhere, root, Set.of(), List.of())))
        .isInstanceOf(BackupStoreException.class);
    assertThat(store.snapshots(null, null, 10).snapshots()).isEmpty();
  }
}
