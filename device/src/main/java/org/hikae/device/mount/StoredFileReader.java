package org.hikae.device.mount;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.browse.ManifestSelection;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.MissingObjectException;
import org.hikae.device.store.WithheldObjectException;

/** Reads the beginning of one file of a snapshot into memory, and fetches no more than that. */
public final class StoredFileReader {

  private final BackupStore store;
  private final BackupKey key;

  /** Reads what this K sealed. */
  public StoredFileReader(BackupStore store, BackupKey key) {
    this.store = store;
    this.key = key;
  }

  /**
   * What was read.
   *
   * @param size of the whole file
   * @param bytes at most as many as were asked for; the caller may overwrite them
   */
  public record FileContent(long size, byte[] bytes) {}

  /**
   * The beginning of a file.
   *
   * @return nothing for what is no file, or no whole one
   * @throws BackupStoreException when the store fails or it is damaged (result CORRUPT)
   */
  public Optional<FileContent> read(SnapshotView snapshot, RawPath path, int most)
      throws BackupStoreException {
    try (OpenedSnapshot open = OpenedSnapshot.open(store, key, snapshot);
        StoredChunkReader chunks =
            new StoredChunkReader(new PackBucketReader(() -> store), key, open.context())) {
      ManifestSelection file = new ManifestSelection(open.tree(), path);
      if (!(file.next() instanceof ManifestRecord.FileStart)) {
        return Optional.empty();
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ManifestRecord record = file.next();
      while (record != null) {
        switch (record) {
          case ManifestRecord.Restart _ -> out.reset();
          case ManifestRecord.Data data -> add(open, chunks, data, out, most);
          case ManifestRecord.Hole hole ->
              out.writeBytes(
                  new byte[(int) Math.min(hole.length(), Math.max(0, most - out.size()))]);
          case ManifestRecord.FileEnd end -> {
            return end.state() == State.VOID
                ? Optional.empty()
                : Optional.of(new FileContent(end.length(), out.toByteArray()));
          }
          default -> throw new DamagedDataException("A file has something else in it.");
        }
        record = file.next();
      }
      return Optional.empty();
    } catch (DamagedDataException e) {
      throw new BackupStoreException(RunResult.CORRUPT, String.valueOf(e.getMessage()), e);
    }
  }

  private static void add(
      OpenedSnapshot open,
      StoredChunkReader chunks,
      ManifestRecord.Data data,
      ByteArrayOutputStream out,
      int most)
      throws DamagedDataException, BackupStoreException {
    for (ChunkRef ref : data.chunks()) {
      int left = most - out.size();
      if (left <= 0) {
        return;
      }
      byte[] bytes = chunk(open, chunks, ref);
      out.write(bytes, 0, Math.min(left, bytes.length));
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** What is damaged comes from other snapshots of the device, as in a restore. */
  private static byte[] chunk(OpenedSnapshot open, StoredChunkReader chunks, ChunkRef ref)
      throws DamagedDataException, BackupStoreException {
    try {
      return chunks.chunk(open.packs().name(ref.pack()), ref);
    } catch (MissingObjectException | WithheldObjectException e) {
      return open.standIn(ref).orElseThrow(() -> e);
    } catch (DamagedDataException e) {
      return open.standIn(ref).orElseThrow(() -> e);
    }
  }
}
