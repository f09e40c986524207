package org.hikae.device.vectors;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.MissingObjectException;
import org.hikae.device.store.PackRange;
import org.hikae.device.store.WithheldObjectException;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/** One snapshot's objects, to be read only. */
public final class ReadOnlyBackupStore implements BackupStore {

  private final Map<Hash256, byte[]> objects = new TreeMap<>();
  private final List<Hash256> packs;
  private List<SnapshotView> shown = List.of();
  private boolean lacking;

  /** Has these. */
  public ReadOnlyBackupStore(List<byte[]> packs, byte[] root) {
    packs.forEach(pack -> objects.put(Hash256.sha256(pack), pack));
    this.packs = List.copyOf(objects.keySet());
    objects.put(Hash256.sha256(root), root);
  }

  /** Lists these snapshots. */
  public ReadOnlyBackupStore shows(List<SnapshotView> snapshots) {
    shown = List.copyOf(snapshots);
    return this;
  }

  /** Hands out no page behind what it lists; when that is nothing, not the first one either. */
  public ReadOnlyBackupStore lacksAPage() {
    lacking = true;
    return this;
  }

  /** Serves other bytes under a name. */
  public ReadOnlyBackupStore instead(Hash256 name, byte[] object) {
    objects.put(name, object);
    return this;
  }

  @Override
  public byte[] get(Hash256 name) throws MissingObjectException {
    byte[] object = objects.get(name);
    if (object == null) {
      throw new MissingObjectException(Set.of(name));
    }
    return object.clone();
  }

  @Override
  public byte[] getBuckets(Hash256 name, int first, int count) throws MissingObjectException {
    byte[] object = get(name);
    int from = Math.min(first * PackRange.BUCKET_BYTES, object.length);
    int to = Math.min((first + count) * PackRange.BUCKET_BYTES, object.length);
    return Arrays.copyOfRange(object, from, to);
  }

  @Override
  public List<Hash256> objects(String snapshotId) {
    return packs;
  }

  @Override
  public SnapshotPage snapshots(@Nullable String deviceId, @Nullable String after, int limit)
      throws WithheldObjectException {
    if (lacking && (after != null || shown.isEmpty())) {
      throw new WithheldObjectException(
          "500", new BackupStoreException(RunResult.NETWORK, "withheld", null));
    }
    return new SnapshotPage(shown, lacking ? "more" : null);
  }

  @Override
  public void put(Hash256 name, byte[] object) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<Hash256> missing(Collection<Hash256> names) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SnapshotView commit(CommitSnapshot snapshot) {
    throw new UnsupportedOperationException();
  }
}
