package org.hikae.backup.ciphertext.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import org.hikae.backup.volume.store.StorageVolume;

/**
 * A file that waits for its transaction: written and synced under a name of its own, it gets its
 * real one right before the commit. So a transaction that is refused leaves nothing, and one that
 * is committed has its file.
 */
final class StagedFile implements TransactionParticipant {

  private static final System.Logger LOG = System.getLogger(StagedFile.class.getName());

  /** Written at once; the channel keeps a buffer outside the heap of this size for each thread. */
  private static final int PART_BYTES = 128 * 1024;

  private final StorageVolume volume;
  private final FolderSync folders;
  private final String waiting;
  private final ObjectKey key;
  private final int slot;
  private boolean named;

  /**
   * Stages a file.
   *
   * @param waiting its name until then, which no other file has
   */
  StagedFile(StorageVolume volume, FolderSync folders, String waiting, ObjectKey key, int slot) {
    this.volume = volume;
    this.folders = folders;
    this.waiting = waiting;
    this.key = key;
    this.slot = slot;
  }

  /** Writes and syncs all bytes, or leaves nothing. */
  void write(ObjectContent content) throws IOException {
    boolean written = false;
    try {
      try (StorageVolume.OpenOutput file = volume.create(waiting, content.length())) {
        switch (content) {
          case ObjectContent.InMemory(byte[] bytes) -> writeParts(bytes, file);
          case ObjectContent.Streamed(long length, InputStream bytes) -> copy(length, bytes, file);
        }
        file.sync();
      }
      written = true;
    } finally {
      if (!written) {
        discard();
      }
    }
  }

  private static void writeParts(byte[] bytes, StorageVolume.OpenOutput file) throws IOException {
    for (int at = 0; at < bytes.length; at += PART_BYTES) {
      int count = Math.min(PART_BYTES, bytes.length - at);
      writeAll(ByteBuffer.wrap(bytes, at, count), file);
    }
  }

  private static void copy(long length, InputStream bytes, StorageVolume.OpenOutput file)
      throws IOException {
    byte[] part = new byte[(int) Math.min(length, PART_BYTES)];
    for (long left = length; left > 0; ) {
      int count = bytes.read(part, 0, (int) Math.min(left, part.length));
      if (count < 0) {
        throw new EOFException("The object ended early.");
      }
      writeAll(ByteBuffer.wrap(part, 0, count), file);
      left -= count;
    }
  }

  private static void writeAll(ByteBuffer bytes, StorageVolume.OpenOutput file) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  @Override
  public void beforeCommit() throws IOException {
    try {
      giveName();
    } catch (NoSuchFileException e) {
      // The object's folder is gone, such as by another portal's erasure that was not committed.
      folders.forget(key.repositoryId());
      giveName();
    }
    volume.syncFolder(FileLayout.folder(key.repositoryId(), FileLayout.folderOf(key)));
  }

  private void giveName() throws IOException {
    folders.require(key);
    volume.rename(waiting, FileLayout.file(key, slot));
    named = true;
  }

  @Override
  public void afterEnd() {
    if (!named) {
      discard();
    }
  }

  /** What cannot be removed now is removed by the nightly work. */
  void discard() {
    try {
      volume.delete(waiting);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A file that nobody needs was left: " + waiting, e);
    }
  }
}
