package org.hikae.device.browse;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.hikae.device.files.Inode;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestReader;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one manifest in its order, each with what it is compared by. One entry is in
 * memory at a time, the way to it, and at most {@link #MAX_LINKED} files with several names.
 */
final class DiffSide {

  /** Files with several names that are remembered for the further ones. */
  static final int MAX_LINKED = 1_000_000;

  private static final byte[] NOTHING = {};

  private final ManifestReader<BackupStoreException> in;
  private final Deque<RawPath> directories = new ArrayDeque<>();
  private final Map<Inode, Node> linked = new HashMap<>();

  DiffSide(ManifestReader<BackupStoreException> in) {
    this.in = in;
  }

  /**
   * An entry.
   *
   * @param partial whether it is a directory of which only a part was backed up
   * @param metadata null for a further name of a file that is not remembered
   * @param contents equal when those of files are; where a link points
   */
  record Node(
      RawPath path,
      ListedEntry.Type type,
      boolean partial,
      @Nullable EntryMetadata metadata,
      long size,
      byte[] contents) {}

  /** The next entry, or null after the last. */
  @Nullable Node next() throws DamagedDataException, BackupStoreException {
    while (true) {
      switch (in.next()) {
        case ManifestRecord.Enter e -> {
          RawPath path = e.name().length == 0 ? RawPath.ROOT : path(e);
          directories.push(path);
          return new Node(path, ListedEntry.Type.DIRECTORY, e.partial(), e.metadata(), 0, NOTHING);
        }
        case ManifestRecord.Leave l -> directories.pop();
        case ManifestRecord.FileStart f -> {
          Node file = file(f);
          if (file != null) {
            return file;
          }
        }
        case ManifestRecord.HardLink h -> {
          return link(h);
        }
        case ManifestRecord.Symlink s -> {
          return new Node(path(s), ListedEntry.Type.SYMLINK, false, s.metadata(), 0, s.target());
        }
        case ManifestRecord.Fifo f -> {
          return new Node(path(f), ListedEntry.Type.FIFO, false, f.metadata(), 0, NOTHING);
        }
        case ManifestRecord.End e -> {
          return null;
        }
        default -> throw new DamagedDataException("The manifest has contents without a file.");
      }
    }
  }

  private RawPath path(ManifestRecord.Entry entry) {
    return directories.element().child(entry.name());
  }

  private @Nullable Node file(ManifestRecord.FileStart start)
      throws DamagedDataException, BackupStoreException {
    EntryMetadata metadata = start.metadata();
    MessageDigest digest = Hash256.newDigest();
    while (true) {
      switch (in.next()) {
        case ManifestRecord.Data data -> {
          for (ChunkRef ref : data.chunks()) {
            digest.update(ByteBuffer.allocate(8).putLong(0, ref.length()));
            digest.update(ref.chunkId().toBytes());
          }
        }
        // No length of a chunk is negative, so nothing else looks like a hole.
        case ManifestRecord.Hole hole ->
            digest.update(ByteBuffer.allocate(8).putLong(0, -hole.length()));
        case ManifestRecord.Restart again -> {
          metadata = again.metadata();
          digest.reset();
        }
        case ManifestRecord.FileEnd end -> {
          if (end.state() == State.VOID) {
            return null;
          }
          Node node =
              new Node(
                  path(start),
                  ListedEntry.Type.FILE,
                  false,
                  metadata,
                  end.length(),
                  digest.digest());
          if (start.links() > 1 && linked.size() < MAX_LINKED) {
            linked.put(new Inode(start.device(), start.metadata().inode()), node);
          }
          return node;
        }
        default -> throw new DamagedDataException("The manifest has something else within a file.");
      }
    }
  }

  /** A further name is compared as the file it is a name of. */
  private Node link(ManifestRecord.HardLink link) {
    Node first = linked.get(new Inode(link.device(), link.inode()));
    ListedEntry.Type type = ListedEntry.Type.HARD_LINK;
    if (first == null) {
      byte[] inode = ByteBuffer.allocate(16).putLong(link.device()).putLong(link.inode()).array();
      return new Node(path(link), type, false, null, 0, inode);
    }
    return new Node(path(link), type, false, first.metadata(), first.size(), first.contents());
  }
}
