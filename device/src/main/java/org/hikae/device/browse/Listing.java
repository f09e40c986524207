package org.hikae.device.browse;

import java.util.ArrayDeque;
import java.util.Deque;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.manifest.Metadata;
import org.hikae.device.manifest.TreeRecord;
import org.hikae.device.manifest.TreeRecord.FileEnd.State;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.snapshot.OpenSnapshot;
import org.hikae.device.store.SnapshotStore;
import org.hikae.device.store.StoreException;
import org.jspecify.annotations.Nullable;

/** Lists what is in a snapshot, one entry in memory at a time. */
public final class Listing {

  private static final byte[] NOTHING = {};

  private final SnapshotStore store;
  private final BackupKey key;

  /** Reads from {@code store} with {@code key}, which is not closed here. */
  public Listing(SnapshotStore store, BackupKey key) {
    this.store = store;
    this.key = key;
  }

  /** Takes entries in the order of the manifest. */
  @FunctionalInterface
  public interface Sink {
    /** The next entry; false ends the list. */
    boolean take(ListedEntry entry);
  }

  /**
   * Streams the entries at and below {@code selection}.
   *
   * @return how many there were; 0 when the selection is not in the snapshot
   * @throws StoreException when the store fails or the snapshot is damaged (result CORRUPT)
   */
  public long list(SnapshotView snapshot, RawPath selection, Sink sink) throws StoreException {
    try (OpenSnapshot open = OpenSnapshot.open(store, key, snapshot)) {
      SelectedTree tree = new SelectedTree(open.tree(), selection);
      Names names = new Names(selection.parent());
      long count = 0;
      TreeRecord record = tree.next();
      while (record != null) {
        ListedEntry entry = names.accept(record);
        if (entry != null) {
          count++;
          if (!sink.take(entry)) {
            return count;
          }
        }
        record = tree.next();
      }
      return count;
    } catch (DamagedException e) {
      throw new StoreException(RunResult.CORRUPT, String.valueOf(e.getMessage()), e);
    }
  }

  /** Turns records into entries with full paths. */
  private static final class Names {

    private final Deque<RawPath> directories = new ArrayDeque<>();
    private RawPath filePath = RawPath.ROOT;
    private @Nullable Metadata fileMetadata;

    Names(RawPath parent) {
      directories.push(parent);
    }

    private RawPath path(TreeRecord.Entry entry) {
      RawPath at = directories.element();
      return entry.name().length == 0 ? at : at.child(entry.name());
    }

    @Nullable ListedEntry accept(TreeRecord record) {
      switch (record) {
        case TreeRecord.Enter e -> {
          RawPath path = path(e);
          directories.push(path);
          return entry(path, ListedEntry.Type.DIRECTORY, e.metadata(), 0, NOTHING);
        }
        case TreeRecord.Leave l -> directories.pop();
        case TreeRecord.FileStart f -> {
          filePath = path(f);
          fileMetadata = f.metadata();
        }
        case TreeRecord.Restart r -> fileMetadata = r.metadata();
        case TreeRecord.FileEnd f -> {
          Metadata metadata = fileMetadata;
          if (metadata != null && f.state() != State.VOID) {
            return entry(filePath, ListedEntry.Type.FILE, metadata, f.length(), NOTHING);
          }
        }
        case TreeRecord.HardLink h -> {
          return new ListedEntry(
              path(h), ListedEntry.Type.HARD_LINK, 0, 0, 0, 0, java.time.Instant.EPOCH, NOTHING);
        }
        case TreeRecord.Symlink s -> {
          return entry(path(s), ListedEntry.Type.SYMLINK, s.metadata(), 0, s.target());
        }
        case TreeRecord.Fifo f -> {
          return entry(path(f), ListedEntry.Type.FIFO, f.metadata(), 0, NOTHING);
        }
        default -> {
          // Contents and the end are not entries.
        }
      }
      return null;
    }

    private static ListedEntry entry(
        RawPath path, ListedEntry.Type type, Metadata metadata, long size, byte[] target) {
      return new ListedEntry(
          path,
          type,
          metadata.mode(),
          metadata.uid() & 0xffff_ffffL,
          metadata.gid() & 0xffff_ffffL,
          size,
          metadata.modified().toInstant(),
          target);
    }
  }
}
