package org.hikae.device.restore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import org.hikae.device.files.Fd;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.RawFiles;
import org.hikae.device.manifest.Metadata;
import org.hikae.device.manifest.TreeRecord;
import org.hikae.device.restore.InTheWay.Finding;
import org.hikae.device.restore.fetch.ReadAhead;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The records of what is restored, without the contents of files that are left alone: it stands
 * before what reads ahead, so that nothing is fetched for them. It looks at the target by
 * descriptors of its own, which may run ahead of those that write; what is written meanwhile lies
 * before it in the order of the manifest and changes none of its findings.
 */
final class LeftAlone implements AutoCloseable {

  private final RawFiles files;
  private final InTheWay inTheWay;
  private final ReadAhead.Source in;
  private final @Nullable Fd top;
  private final Deque<TreeRecord> waiting = new ArrayDeque<>();

  /** The open directories of the target; empty where there is none. */
  private final Deque<Optional<Fd>> open = new ArrayDeque<>();

  /** What was found of files that were given out and not asked for yet. */
  private final IdentityHashMap<TreeRecord.FileStart, Finding> found = new IdentityHashMap<>();

  private boolean topSeen;

  /**
   * {@code top}: where entries without a directory in {@code in} lie; null when it is not there.
   */
  LeftAlone(RawFiles files, InTheWay inTheWay, ReadAhead.Source in, @Nullable Fd top) {
    this.files = files;
    this.inTheWay = inTheWay;
    this.in = in;
    this.top = top;
  }

  /** The next record; of a file that is left alone its start and its end only. */
  @Nullable TreeRecord next() throws DamagedException, StoreException {
    TreeRecord before = waiting.pollFirst();
    if (before != null) {
      return before;
    }
    TreeRecord record = in.next();
    switch (record) {
      case TreeRecord.Enter directory -> enter(directory);
      case TreeRecord.Leave l -> leave();
      case TreeRecord.FileStart file -> file(file);
      case null, default -> {
        // Nothing is left out of it.
      }
    }
    return record;
  }

  /** What was found for a file that {@link #next} gave; asked for once. */
  Finding finding(TreeRecord.FileStart file) {
    Finding finding = found.remove(file);
    return finding == null ? Finding.ABSENT : finding;
  }

  /** The directory of the target that the records are in; null where there is none. */
  @Nullable Fd directory() {
    return open.isEmpty() ? top : open.element().orElse(null);
  }

  /** The directory above that one. */
  @Nullable Fd above() {
    return open.size() < 2 ? null : open.stream().skip(1).findFirst().orElseThrow().orElse(null);
  }

  private void enter(TreeRecord.Enter directory) {
    Fd at = directory();
    if (!topSeen) {
      topSeen = true;
      open.push(Optional.ofNullable(top));
      return;
    }
    Fd fd = null;
    try {
      fd = at == null ? null : files.openDirectory(at, directory.name());
    } catch (FileAccessException e) {
      // Not there, or no directory: nothing of what is below is there.
    }
    open.push(Optional.ofNullable(fd));
  }

  private void leave() {
    if (!open.isEmpty()) {
      close(open.pop());
    }
  }

  private void file(TreeRecord.FileStart file) throws DamagedException, StoreException {
    topSeen = true;
    Finding finding = look(file, file.metadata(), file.size());
    while (!finding.writes()) {
      TreeRecord record = in.next();
      if (record instanceof TreeRecord.Restart again) {
        finding = look(file, again.metadata(), again.size());
        if (finding.writes()) {
          // What came before does not count, so it need not be written.
          waiting.add(again);
        }
      } else if (record == null || record instanceof TreeRecord.FileEnd) {
        if (record != null) {
          waiting.add(record);
        }
        break;
      }
    }
    if (finding != Finding.ABSENT) {
      found.put(file, finding);
    }
  }

  private Finding look(TreeRecord.FileStart file, Metadata metadata, long size) {
    try {
      return inTheWay.file(directory(), file.name(), metadata, size);
    } catch (FileAccessException e) {
      // Writing will tell.
      return Finding.ABSENT;
    }
  }

  private void close(Optional<Fd> directory) {
    directory.filter(fd -> fd != top).ifPresent(Fd::close);
  }

  @Override
  public void close() {
    open.forEach(this::close);
    open.clear();
  }
}
