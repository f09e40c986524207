package org.hikae.device.browse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.snapshot.SealedObjectCache;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/** Lists what is in a snapshot, one entry in memory at a time. */
public final class SnapshotListing {

  private static final byte[] NOTHING = {};

  private final BackupStore store;
  private final BackupKey key;
  private final SealedObjectCache copies;

  /** Reads from {@code store} with {@code key}, which is not closed here. */
  public SnapshotListing(BackupStore store, BackupKey key) {
    this(store, key, SealedObjectCache.NONE);
  }

  /** The same, with what is at hand from {@code copies}. */
  public SnapshotListing(BackupStore store, BackupKey key, SealedObjectCache copies) {
    this.store = store;
    this.key = key;
    this.copies = copies;
  }

  /**
   * Streams the entries at and below {@code selection}.
   *
   * @param sink takes entries in the order of the manifest; false ends the list
   * @return how many there were; 0 when the selection is not in the snapshot
   * @throws BackupStoreException when the store fails or the snapshot is damaged (result CORRUPT)
   */
  public long list(SnapshotView snapshot, RawPath selection, Predicate<ListedEntry> sink)
      throws BackupStoreException {
    try (OpenedSnapshot open = OpenedSnapshot.open(store, copies, key, snapshot)) {
      ManifestSelection tree = new ManifestSelection(open.tree(), selection);
      Names names = new Names(selection.parent());
      long count = 0;
      ManifestRecord record = tree.next();
      while (record != null) {
        ListedEntry entry = names.accept(record);
        if (entry != null) {
          count++;
          if (!sink.test(entry)) {
            return count;
          }
        }
        record = tree.next();
      }
      return count;
    } catch (DamagedDataException e) {
      throw new BackupStoreException(RunResult.CORRUPT, String.valueOf(e.getMessage()), e);
    }
  }

  /** Turns records into entries with full paths. */
  private static final class Names {

    private final Deque<RawPath> directories = new ArrayDeque<>();
    private RawPath filePath = RawPath.ROOT;
    private @Nullable EntryMetadata fileMetadata;

    Names(RawPath parent) {
      directories.push(parent);
    }

    private RawPath path(ManifestRecord.Entry entry) {
      RawPath at = directories.element();
      return entry.name().length == 0 ? at : at.child(entry.name());
    }

    @Nullable ListedEntry accept(ManifestRecord record) {
      switch (record) {
        case ManifestRecord.Enter e -> {
          RawPath path = path(e);
          directories.push(path);
          return entry(path, ListedEntry.Type.DIRECTORY, e.metadata(), 0, NOTHING);
        }
        case ManifestRecord.Leave l -> directories.pop();
        case ManifestRecord.FileStart f -> {
          filePath = path(f);
          fileMetadata = f.metadata();
        }
        case ManifestRecord.Restart r -> fileMetadata = r.metadata();
        case ManifestRecord.FileEnd f -> {
          EntryMetadata metadata = fileMetadata;
          if (metadata != null && f.state() != State.VOID) {
            return entry(filePath, ListedEntry.Type.FILE, metadata, f.length(), NOTHING);
          }
        }
        case ManifestRecord.HardLink h -> {
          return new ListedEntry(
              path(h), ListedEntry.Type.HARD_LINK, 0, 0, 0, 0, java.time.Instant.EPOCH, NOTHING);
        }
        case ManifestRecord.Symlink s -> {
          return entry(path(s), ListedEntry.Type.SYMLINK, s.metadata(), 0, s.target());
        }
        case ManifestRecord.Fifo f -> {
          return entry(path(f), ListedEntry.Type.FIFO, f.metadata(), 0, NOTHING);
        }
        default -> {
          // Contents and the end are not entries.
        }
      }
      return null;
    }

    private static ListedEntry entry(
        RawPath path, ListedEntry.Type type, EntryMetadata metadata, long size, byte[] target) {
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
