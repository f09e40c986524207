package org.hikae.backup.ciphertext.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.hikae.backup.volume.store.StorageVolume;
import org.hikae.hk1.Hash256;

/** Removes files that no row names, and tries whether the folder takes files at all. */
final class FileCleanup {

  private final StorageVolume volume;
  private final CiphertextIndex index;

  FileCleanup(StorageVolume volume, CiphertextIndex index) {
    this.volume = volume;
    this.index = index;
  }

  /** Removes what no row of a repository names; see the store. */
  CiphertextStore.CleanedObjects removeLeftovers(
      Connection connection, long repositoryId, Instant before, int most)
      throws SQLException, IOException {
    int removed = 0;
    for (int first = 0; first < FileLayout.FAN_OUT && removed < most; first++) {
      String folder = FileLayout.folder(repositoryId, first);
      // The files first: what is stored in between has a row, and its file was not seen.
      var names = volume.list(folder);
      if (names.isEmpty()) {
        continue;
      }
      Map<Hash256, Integer> stored = inFolder(connection, repositoryId, first);
      for (String each : names) {
        Optional<FileLayout.NamedFile> file =
            FileLayout.parse(each)
                .filter(named -> !Integer.valueOf(named.slot()).equals(stored.get(named.name())));
        if (removed < most
            && file.isPresent()
            && volume.touched(folder + "/" + each).isBefore(before)
            && remove(connection, new ObjectKey(repositoryId, file.get().name()), file.get())) {
          removed++;
        }
      }
    }
    return new CiphertextStore.CleanedObjects(removed, removed >= most);
  }

  /** Objects of one folder of a repository, with their slots. */
  private Map<Hash256, Integer> inFolder(Connection connection, long repositoryId, int first)
      throws SQLException {
    byte[] lowest = new byte[Hash256.ZERO.toBytes().length];
    lowest[0] = (byte) first;
    byte[] highest = lowest.clone();
    Arrays.fill(highest, 1, highest.length, (byte) 0xff);
    return index.between(connection, repositoryId, Hash256.of(lowest), Hash256.of(highest));
  }

  /** Holds the object's row, so that nobody puts it meanwhile, and looks once more. */
  private boolean remove(Connection connection, ObjectKey key, FileLayout.NamedFile file)
      throws SQLException, IOException {
    if (index.insert(connection, key, 0)) {
      volume.delete(FileLayout.file(key, file.slot()));
      index.delete(connection, key);
      return true;
    }
    OptionalInt slot = index.lock(connection, key);
    if (slot.isEmpty() || slot.getAsInt() == file.slot() || !isWhole(key, slot.getAsInt())) {
      return false;
    }
    volume.delete(FileLayout.file(key, file.slot()));
    return true;
  }

  /** The last file of a stored object is never removed. */
  private boolean isWhole(ObjectKey key, int slot) throws IOException {
    return volume.size(FileLayout.file(key, slot)).isPresent();
  }

  /**
   * Removes the folders of a repository with all that is in them, and what a portal that was killed
   * had begun to write for it.
   */
  void eraseRepository(long repositoryId) throws IOException {
    for (String waiting : volume.list(FileLayout.INCOMING)) {
      if (waiting.startsWith(FileLayout.incomingOf(repositoryId))) {
        volume.delete(FileLayout.INCOMING + "/" + waiting);
      }
    }
    String repository = FileLayout.repository(repositoryId);
    for (String folder : volume.list(repository)) {
      for (String file : volume.list(repository + "/" + folder)) {
        volume.delete(repository + "/" + folder + "/" + file);
      }
      volume.delete(repository + "/" + folder);
    }
    volume.delete(repository);
    volume.syncFolder(FileLayout.INCOMING);
    volume.syncFolder(FileLayout.OBJECTS);
  }

  /** Removes what was being written before that time. */
  void removeUnfinished(Instant before) throws IOException {
    for (String each : volume.list(FileLayout.INCOMING)) {
      String path = FileLayout.INCOMING + "/" + each;
      if (volume.touched(path).isBefore(before)) {
        volume.delete(path);
      }
    }
  }

  /** Writes, syncs and removes a small file. */
  void tryWriting(String name) throws IOException {
    String path = FileLayout.INCOMING + "/" + name;
    volume.delete(path);
    try (StorageVolume.OpenOutput file = volume.create(path, 1)) {
      ByteBuffer one = ByteBuffer.wrap(new byte[] {1});
      while (one.hasRemaining()) {
        file.write(one);
      }
      file.sync();
    } finally {
      volume.delete(path);
    }
  }
}
