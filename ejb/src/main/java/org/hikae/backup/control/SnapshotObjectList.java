package org.hikae.backup.control;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hikae.backup.value.ObjectRef;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.ObjectList;

/**
 * The full object list of a snapshot (spec HK1-S-03): the last one with a delta applied. The hash
 * is computed over the whole list, so that a server and a device that disagree about it notice
 * before anything is committed.
 *
 * @param ids ascending ids
 * @param hash hash over all names
 * @param storedBytes sum of the sizes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copied by nobody who changes it
public record SnapshotObjectList(long[] ids, Hash256 hash, long storedBytes) {

  /**
   * Applies a delta.
   *
   * @param last objects of the series' last snapshot
   * @param added objects to add
   * @param removed names to remove
   * @return the list, or empty when the delta does not fit: it adds what is there or removes what
   *     is not
   */
  public static Optional<SnapshotObjectList> apply(
      List<ObjectRef> last, Collection<ObjectRef> added, Set<Hash256> removed) {
    List<ObjectRef> all = new ArrayList<>(last.size() + added.size());
    for (ObjectRef ref : last) {
      if (!removed.contains(ref.name())) {
        all.add(ref);
      }
    }
    if (last.size() - all.size() != removed.size()) {
      return Optional.empty();
    }
    all.addAll(added);
    long[] ids = all.stream().mapToLong(ObjectRef::id).sorted().toArray();
    if (Arrays.stream(ids).distinct().count() != ids.length) {
      return Optional.empty();
    }
    long bytes = all.stream().mapToLong(ObjectRef::sizeBytes).reduce(0, Math::addExact);
    Hash256 hash = ObjectList.hash(all.stream().map(ObjectRef::name).toList());
    return Optional.of(new SnapshotObjectList(ids, hash, bytes));
  }
}
