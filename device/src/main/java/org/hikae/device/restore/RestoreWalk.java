package org.hikae.device.restore;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.hikae.device.backup.OpenSnapshot;
import org.hikae.device.backup.StoreException;
import org.hikae.device.files.Fd;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.Metadata;
import org.hikae.device.manifest.TreeRecord;
import org.hikae.device.sealing.DamagedException;
import org.jspecify.annotations.Nullable;

/**
 * Writes the selected part of a snapshot below the target, in one pass over the manifest. A
 * directory gets its own mode and time when it is left, so that a read-only one can be filled.
 */
final class RestoreWalk {

  private final OpenSnapshot snapshot;
  private final ChunkPipeline chunks;
  private final RawFiles files;
  private final Target target;
  private final Outcome outcome;
  private final FileRestore fileRestore;
  private final HardLinks links;
  private final MetadataWriter metadata;
  private final Deque<Frame> open = new ArrayDeque<>();

  RestoreWalk(
      OpenSnapshot snapshot,
      ChunkPipeline chunks,
      RawFiles files,
      Target target,
      Outcome outcome,
      FileRestore fileRestore,
      HardLinks links) {
    this.snapshot = snapshot;
    this.chunks = chunks;
    this.files = files;
    this.target = target;
    this.outcome = outcome;
    this.fileRestore = fileRestore;
    this.links = links;
    this.metadata = new MetadataWriter(files);
  }

  /**
   * A directory being filled.
   *
   * @param path from the target
   * @param metadata to set at the end; null for the target of a whole snapshot
   * @param births what new files get here
   */
  private record Frame(Fd fd, RawPath path, @Nullable Metadata metadata, Births births) {

    Frame(Fd fd, RawPath path, @Nullable Metadata metadata) {
      this(fd, path, metadata, new Births());
    }
  }

  /** Restores everything at and below the selection; false when there is no such entry. */
  boolean walk(RawPath selection) throws IOException, StoreException, DamagedException {
    SelectedTree selected = new SelectedTree(snapshot.tree(), selection);
    ReadAhead tree = new ReadAhead(selected::next, chunks, false);
    try {
      TreeRecord record = tree.next();
      if (record instanceof TreeRecord.Enter top) {
        Metadata own = selection.depth() == 0 ? null : top.metadata();
        open.push(new Frame(target.top(), RawPath.ROOT, own));
        record = tree.next();
      } else {
        open.push(new Frame(target.top(), RawPath.ROOT, null));
      }
      while (record != null) {
        outcome.checkCancelled();
        accept(record, tree);
        record = tree.next();
      }
    } finally {
      while (!open.isEmpty()) {
        leave();
      }
    }
    return selected.found();
  }

  private void accept(TreeRecord record, ReadAhead tree)
      throws IOException, StoreException, DamagedException {
    Frame at = open.element();
    switch (record) {
      case TreeRecord.Enter e -> enter(at, e, tree);
      case TreeRecord.Leave l -> leave();
      case TreeRecord.FileStart f -> file(at, f, tree);
      case TreeRecord.HardLink h -> links.later(at.fd(), at.path().child(h.name()), h);
      case TreeRecord.Symlink s -> symlink(at, s);
      case TreeRecord.Fifo f -> fifo(at, f);
      default -> throw new DamagedException("The manifest has contents without a file.");
    }
  }

  private void enter(Frame at, TreeRecord.Enter directory, ReadAhead tree)
      throws IOException, StoreException, DamagedException {
    RawPath path = at.path().child(directory.name());
    try {
      Fd fd = target.makeDirectory(at.fd(), directory.name());
      open.push(new Frame(fd, path, directory.metadata()));
      outcome.counts().directory();
    } catch (FileAccessException e) {
      outcome.unwritable(path, e);
      skip(tree);
    }
  }

  /** Passes over the rest of a directory that could not be made. */
  private static void skip(ReadAhead tree) throws StoreException, DamagedException {
    tree.passing(true);
    int depth = 1;
    while (depth > 0) {
      TreeRecord record = tree.next();
      if (record == null || record instanceof TreeRecord.Leave) {
        depth--;
      } else if (record instanceof TreeRecord.Enter) {
        depth++;
      }
    }
    tree.passing(false);
  }

  private void leave() {
    Frame frame = open.pop();
    Metadata own = frame.metadata();
    if (own != null) {
      outcome.metadata(frame.path(), metadata.directory(frame.fd(), own));
    }
    target.done(frame.fd());
  }

  private void file(Frame at, TreeRecord.FileStart file, ReadAhead tree)
      throws IOException, StoreException, DamagedException {
    RawPath path = at.path().child(file.name());
    FileRestore.Restored restored = fileRestore.restore(at.fd(), path, file, tree, at.births());
    if (file.links() > 1) {
      links.first(path, file, restored);
    }
  }

  private void symlink(Frame at, TreeRecord.Symlink link) throws IOException {
    RawPath path = at.path().child(link.name());
    try {
      target.make(at.fd(), link.name(), () -> files.symlink(link.target(), at.fd(), link.name()));
    } catch (FileAccessException e) {
      outcome.unwritable(path, e);
      return;
    }
    outcome.counts().other();
    outcome.metadata(path, metadata.symlink(at.fd(), link.name(), link.metadata()));
  }

  private void fifo(Frame at, TreeRecord.Fifo fifo) throws IOException {
    RawPath path = at.path().child(fifo.name());
    try {
      target.make(at.fd(), fifo.name(), () -> files.makeFifo(at.fd(), fifo.name()));
    } catch (FileAccessException e) {
      outcome.unwritable(path, e);
      return;
    }
    outcome.counts().other();
    outcome.metadata(path, metadata.pipe(at.fd(), fifo.name(), fifo.metadata()));
  }
}
