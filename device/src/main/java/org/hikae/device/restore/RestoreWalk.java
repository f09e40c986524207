package org.hikae.device.restore;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.hikae.device.browse.SelectedTree;
import org.hikae.device.files.Fd;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.Metadata;
import org.hikae.device.manifest.TreeRecord;
import org.hikae.device.manifest.TreeRecord.FileEnd.State;
import org.hikae.device.restore.FileRestore.Restored;
import org.hikae.device.restore.InTheWay.Finding;
import org.hikae.device.restore.fetch.ChunkPipeline;
import org.hikae.device.restore.fetch.Outcome;
import org.hikae.device.restore.fetch.ReadAhead;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.snapshot.OpenSnapshot;
import org.hikae.device.store.StoreException;
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
    try (LeftAlone left = new LeftAlone(files, target.inTheWay(), selected::next, target.top())) {
      // Whoever replaces everything need not look.
      ReadAhead.Source source = target.inTheWay().looks() ? left::next : selected::next;
      walk(selection, new ReadAhead(source, chunks, false), left);
    }
    return selected.found();
  }

  private void walk(RawPath selection, ReadAhead tree, LeftAlone left)
      throws IOException, StoreException, DamagedException {
    try {
      TreeRecord record = tree.next();
      if (record instanceof TreeRecord.Enter top) {
        Metadata own = selection.depth() > 0 && target.isOwn() ? top.metadata() : null;
        open.push(new Frame(target.top(), RawPath.ROOT, own));
        record = tree.next();
      } else {
        open.push(new Frame(target.top(), RawPath.ROOT, null));
      }
      while (record != null) {
        outcome.checkCancelled();
        accept(record, tree, left);
        record = tree.next();
      }
    } finally {
      while (!open.isEmpty()) {
        leave();
      }
    }
  }

  private void accept(TreeRecord record, ReadAhead tree, LeftAlone left)
      throws IOException, StoreException, DamagedException {
    Frame at = open.element();
    switch (record) {
      case TreeRecord.Enter e -> enter(at, e, tree, left);
      case TreeRecord.Leave l -> leave();
      case TreeRecord.FileStart f -> file(at, f, tree, left);
      case TreeRecord.HardLink h -> links.later(at.fd(), at.path().child(h.name()), h);
      case TreeRecord.Symlink s -> symlink(at, s);
      case TreeRecord.Fifo f -> fifo(at, f);
      default -> throw new DamagedException("The manifest has contents without a file.");
    }
  }

  private void enter(Frame at, TreeRecord.Enter directory, ReadAhead tree, LeftAlone left)
      throws IOException, StoreException, DamagedException {
    RawPath path = at.path().child(directory.name());
    try {
      Target.Directory made = target.makeDirectory(at.fd(), directory);
      // One that is only the way and was there before is somebody's whom the backup is not about.
      boolean replaced = target.inTheWay().policy() != Overwrite.NEVER && !directory.partial();
      boolean own = made.fresh() || replaced;
      open.push(new Frame(made.fd(), path, own ? directory.metadata() : null));
      outcome.counts().directory();
    } catch (FileAccessException e) {
      outcome.unwritable(path, e);
      skip(tree, left);
    }
  }

  /** Passes over the rest of a directory that could not be made. */
  private static void skip(ReadAhead tree, LeftAlone left) throws StoreException, DamagedException {
    tree.passing(true);
    int depth = 1;
    while (depth > 0) {
      TreeRecord record = tree.next();
      if (record == null || record instanceof TreeRecord.Leave) {
        depth--;
      } else if (record instanceof TreeRecord.Enter) {
        depth++;
      } else if (record instanceof TreeRecord.FileStart file) {
        left.finding(file);
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

  private void file(Frame at, TreeRecord.FileStart file, ReadAhead tree, LeftAlone left)
      throws IOException, StoreException, DamagedException {
    RawPath path = at.path().child(file.name());
    Finding finding = left.finding(file);
    Restored restored = Restored.UNWRITTEN;
    if (finding.writes()) {
      restored = fileRestore.restore(at.fd(), path, file, tree, at.births());
    } else if (tree.next() instanceof TreeRecord.FileEnd end && end.state() != State.VOID) {
      if (finding == Finding.BLOCKED) {
        outcome.blocked(path);
      } else {
        outcome.counts().file(end.length(), true);
        restored = Restored.WHOLE;
      }
    }
    // Other names of a file that is another one here get their contents in the second pass.
    if (file.links() > 1 && finding != Finding.LEAVE) {
      links.first(path, file, restored);
    }
  }

  private void symlink(Frame at, TreeRecord.Symlink link) throws IOException {
    RawPath path = at.path().child(link.name());
    try {
      if (isLeft(path, () -> target.inTheWay().symlink(at.fd(), link))) {
        return;
      }
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
      if (isLeft(path, () -> target.inTheWay().fifo(at.fd(), fifo))) {
        return;
      }
      target.make(at.fd(), fifo.name(), () -> files.makeFifo(at.fd(), fifo.name()));
    } catch (FileAccessException e) {
      outcome.unwritable(path, e);
      return;
    }
    outcome.counts().other();
    outcome.metadata(path, metadata.pipe(at.fd(), fifo.name(), fifo.metadata()));
  }

  /** Looks at what is in the way. */
  @FunctionalInterface
  private interface Look {
    Finding look() throws FileAccessException;
  }

  /** Whether an entry stays as it is; then it is done. */
  private boolean isLeft(RawPath path, Look look) throws FileAccessException {
    Finding finding = target.inTheWay().looks() ? look.look() : Finding.ABSENT;
    if (finding == Finding.BLOCKED) {
      outcome.blocked(path);
    } else if (!finding.writes()) {
      outcome.counts().other();
    }
    return !finding.writes();
  }
}
