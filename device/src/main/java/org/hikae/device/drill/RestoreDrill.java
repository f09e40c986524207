package org.hikae.device.drill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.ManifestReader;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.mount.PackBucketReader;
import org.hikae.device.mount.StoredChunkReader;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.run.RunCancelledException;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.MissingObjectException;
import org.hikae.device.store.WithheldObjectException;

/**
 * Restores a random sample of the files of a snapshot to nowhere: they are fetched, opened with K,
 * unpacked and held against their identifiers, as in a restore, and then forgotten. Nothing is
 * written, so it needs no room. Each file of the snapshot is as likely in the sample as any other;
 * of a large one, a part that begins anywhere is opened.
 */
public final class RestoreDrill {

  /** Most files of a sample. */
  public static final int MAX_FILES = 24;

  /** Most bytes of a file that are asked for, but for the rest of a chunk. */
  static final long MAX_FILE_BYTES = 8L * 1024 * 1024;

  private final BackupStore store;
  private final BackupKey key;
  private final RandomGenerator random;

  /** Reads from {@code store} with {@code key}, which is not closed here. */
  public RestoreDrill(BackupStore store, BackupKey key, RandomGenerator random) {
    this.store = store;
    this.key = key;
    this.random = random;
  }

  /**
   * Runs once.
   *
   * @return without any file where the snapshot has none
   * @throws BackupStoreException when the store fails, or the snapshot itself cannot be read
   *     (result CORRUPT)
   */
  public DrillResult run(SnapshotView snapshot, ProgressListener progress)
      throws BackupStoreException {
    PackBucketReader buckets = new PackBucketReader(() -> store);
    OpenedSample sample = new OpenedSample(progress);
    try (OpenedSnapshot open = OpenedSnapshot.open(store, key, snapshot);
        StoredChunkReader chunks = new StoredChunkReader(buckets, key, open.context())) {
      open.searchesWith(sample::look);
      RunResult result;
      try {
        sample.open(open, chunks, sample.choose(open.tree()));
        result = sample.failed == 0 ? RunResult.SUCCESS : RunResult.CORRUPT;
      } catch (RunCancelledException e) {
        result = RunResult.CANCELLED;
      }
      return new DrillResult(
          result,
          sample.files,
          sample.bytes,
          sample.failed,
          open.bytesReceived() + buckets.bytesReceived());
    } catch (DamagedDataException e) {
      throw new BackupStoreException(RunResult.CORRUPT, String.valueOf(e.getMessage()), e);
    }
  }

  /** What was opened so far. */
  private final class OpenedSample {

    private final ProgressListener progress;
    private long files;
    private long bytes;
    private long failed;
    private long chosen;

    OpenedSample(ProgressListener progress) {
      this.progress = progress;
    }

    void look() {
      if (progress.cancelled() || Thread.currentThread().isInterrupted()) {
        throw new RunCancelledException();
      }
      progress.packs(files + failed, chosen, bytes);
    }

    /** Numbers of files in the manifest, each as likely as any other. */
    Set<Long> choose(ManifestReader<BackupStoreException> tree)
        throws DamagedDataException, BackupStoreException {
      List<Long> numbers = new ArrayList<>();
      long number = 0;
      long whole = 0;
      ManifestRecord record = tree.next();
      while (!(record instanceof ManifestRecord.End)) {
        if (record instanceof ManifestRecord.FileStart) {
          number++;
          look();
        } else if (record instanceof ManifestRecord.FileEnd end && end.state() != State.VOID) {
          whole++;
          if (numbers.size() < MAX_FILES) {
            numbers.add(number);
          } else {
            long place = random.nextLong(whole);
            if (place < MAX_FILES) {
              numbers.set((int) place, number);
            }
          }
        }
        record = tree.next();
      }
      chosen = numbers.size();
      return new TreeSet<>(numbers);
    }

    void open(OpenedSnapshot open, StoredChunkReader chunks, Set<Long> numbers)
        throws DamagedDataException, BackupStoreException {
      ManifestReader<BackupStoreException> tree = open.tree();
      long number = 0;
      ManifestRecord record = tree.next();
      while (files + failed < numbers.size() && !(record instanceof ManifestRecord.End)) {
        if (record instanceof ManifestRecord.FileStart file) {
          number++;
          if (numbers.contains(number)) {
            file(open, chunks, tree, file.size());
          }
        }
        record = tree.next();
      }
    }

    private void file(
        OpenedSnapshot open,
        StoredChunkReader chunks,
        ManifestReader<BackupStoreException> tree,
        long size)
        throws DamagedDataException, BackupStoreException {
      long from = beginning(size);
      long position = 0;
      boolean sound = true;
      ManifestRecord record = tree.next();
      while (!(record instanceof ManifestRecord.FileEnd)) {
        switch (record) {
          case ManifestRecord.Restart again -> {
            from = beginning(again.size());
            position = 0;
            sound = true;
          }
          case ManifestRecord.Data data -> {
            for (ChunkRef ref : data.chunks()) {
              look();
              boolean asked = position < from + MAX_FILE_BYTES && position + ref.length() > from;
              sound = sound && (!asked || opens(open, chunks, ref));
              position += ref.length();
            }
          }
          case ManifestRecord.Hole hole -> position += hole.length();
          default -> throw new DamagedDataException("A file has something else in it.");
        }
        record = tree.next();
      }
      if (sound) {
        files++;
      } else {
        failed++;
      }
      look();
    }

    private long beginning(long size) {
      return size > MAX_FILE_BYTES ? random.nextLong(size - MAX_FILE_BYTES + 1) : 0;
    }

    /** What is damaged may come from other snapshots of the device, as in a restore. */
    private boolean opens(OpenedSnapshot open, StoredChunkReader chunks, ChunkRef ref)
        throws BackupStoreException {
      byte[] plain;
      try {
        plain = chunks.chunk(open.packs().name(ref.pack()), ref);
      } catch (DamagedDataException | MissingObjectException | WithheldObjectException e) {
        plain = open.standIn(ref).orElse(null);
      }
      if (plain == null) {
        return false;
      }
      bytes += plain.length;
      Arrays.fill(plain, (byte) 0);
      return true;
    }
  }
}
