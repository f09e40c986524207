package org.hikae.backup.ciphertext.store;

import java.io.IOException;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.backup.volume.store.StorageVolume;

/**
 * Makes folders for files, and syncs the folders that name them. That a folder is there does not
 * say that it survives the loss of power: who made it may not have come to syncing. So each process
 * syncs once before it relies on a folder, and remembers that in a bit.
 */
final class FolderSync {

  private final StorageVolume volume;
  private final Map<Long, BitSet> durable = new ConcurrentHashMap<>();

  FolderSync(StorageVolume volume) {
    this.volume = volume;
  }

  /** Sees to it that the folder of an object outlives the loss of power. */
  void require(ObjectKey key) throws IOException {
    int first = FileLayout.folderOf(key);
    BitSet known = durable.computeIfAbsent(key.repositoryId(), _ -> new BitSet());
    // One at a time: a folder that another thread has made but not yet synced is not relied on.
    synchronized (known) {
      if (known.get(first)) {
        return;
      }
      String repository = FileLayout.repository(key.repositoryId());
      if (known.isEmpty()) {
        volume.makeFolder(repository);
        volume.syncFolder(FileLayout.OBJECTS);
      }
      volume.makeFolder(FileLayout.folder(key.repositoryId(), first));
      volume.syncFolder(repository);
      known.set(first);
    }
  }

  /** The folders of a repository are gone. */
  void forget(long repositoryId) {
    durable.remove(repositoryId);
  }
}
