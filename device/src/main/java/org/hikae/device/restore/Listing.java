package org.hikae.device.restore;

import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.backup.SnapshotStore;
import org.hikae.device.backup.StoreException;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.BackupKey;

/** Lists what is in a snapshot. */
public final class Listing {

  /** Reads from {@code store} with {@code key}, which is not closed here. */
  public Listing(SnapshotStore store, BackupKey key) {}

  /** Takes entries in the order of the manifest. */
  @FunctionalInterface
  public interface Sink {
    /** The next entry; false ends the list. */
    boolean take(ListedEntry entry);
  }

  /**
   * Streams the entries at and below {@code selection}.
   *
   * @return how many there were
   * @throws StoreException when the store fails or the snapshot is damaged (result CORRUPT)
   */
  @SuppressWarnings("DoNotCallSuggester")
  public long list(SnapshotView snapshot, RawPath selection, Sink sink) throws StoreException {
    throw new UnsupportedOperationException();
  }
}
