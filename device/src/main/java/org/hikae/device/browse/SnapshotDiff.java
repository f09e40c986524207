package org.hikae.device.browse;

import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.browse.DiffEntry.Difference;
import org.hikae.device.browse.DiffSide.Node;
import org.hikae.device.files.ExtendedAttributes.ExtendedAttribute;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.device.snapshot.SealedObjectCache;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Tells what differs between two snapshots by reading their manifests side by side; no contents are
 * fetched. What was renamed counts as removed and added.
 *
 * <p>Contents are compared by the keyed identifiers of their chunks. Two generations of the key
 * have different ones, so there files count as the same when size and time of change are.
 */
public final class SnapshotDiff {

  private final BackupStore store;
  private final SealedObjectCache copies;

  /** Reads from {@code store} what is not at hand from {@code copies}. */
  public SnapshotDiff(BackupStore store, SealedObjectCache copies) {
    this.store = store;
    this.copies = copies;
  }

  /** A snapshot and the key that opens it, which is not closed here. */
  public record Side(SnapshotView view, BackupKey key) {}

  /** Whether the contents of files can be compared, not only their sizes and times. */
  public static boolean comparesContents(SnapshotView older, SnapshotView newer) {
    return older.setId().equals(newer.setId()) && older.generation() == newer.generation();
  }

  /**
   * Streams the differences at and below {@code selection}.
   *
   * @param sink takes differences in the order of the paths
   * @throws BackupStoreException when the store fails or a snapshot is damaged (result CORRUPT)
   * @throws NoSuchFileException when the selection is in neither snapshot
   */
  public void compare(Side older, Side newer, RawPath selection, Consumer<DiffEntry> sink)
      throws BackupStoreException, NoSuchFileException {
    try (OpenedSnapshot left = OpenedSnapshot.open(store, copies, older.key(), older.view());
        OpenedSnapshot right = OpenedSnapshot.open(store, copies, newer.key(), newer.view())) {
      boolean contents = comparesContents(older.view(), newer.view());
      Merge merge = new Merge(selection, sink, contents);
      merge.run(new DiffSide(left.tree()), new DiffSide(right.tree()));
      if (!merge.found) {
        throw new NoSuchFileException(selection.toString());
      }
    } catch (DamagedDataException e) {
      throw new BackupStoreException(RunResult.CORRUPT, String.valueOf(e.getMessage()), e);
    }
  }

  /** One pass over both. */
  private static final class Merge {

    private final RawPath selection;
    private final Consumer<DiffEntry> sink;
    private final boolean contents;
    private boolean found;

    Merge(RawPath selection, Consumer<DiffEntry> sink, boolean contents) {
      this.selection = selection;
      this.sink = sink;
      this.contents = contents;
    }

    void run(DiffSide older, DiffSide newer) throws DamagedDataException, BackupStoreException {
      Node left = older.next();
      Node right = newer.next();
      while (left != null || right != null) {
        int order = order(left, right);
        take(order <= 0 ? left : null, order >= 0 ? right : null);
        if (order <= 0) {
          left = older.next();
        }
        if (order >= 0) {
          right = newer.next();
        }
      }
    }

    private static int order(@Nullable Node left, @Nullable Node right) {
      if (left == null || right == null) {
        return left == null ? 1 : -1;
      }
      return left.path().compareTo(right.path());
    }

    private void take(@Nullable Node left, @Nullable Node right) {
      Node any = right == null ? left : right;
      if (any == null || !selection.contains(any.path())) {
        return;
      }
      found |= selection.equals(any.path());
      if (left != null && right != null) {
        Set<Difference> differences = differences(left, right);
        if (!differences.isEmpty()) {
          tell(any, DiffEntry.Kind.CHANGED, differences, left.size(), right.size());
        }
      } else if (!any.partial()) {
        boolean added = right != null;
        tell(
            any,
            added ? DiffEntry.Kind.ADDED : DiffEntry.Kind.REMOVED,
            Set.of(),
            added ? 0 : any.size(),
            added ? any.size() : 0);
      }
    }

    private void tell(
        Node node, DiffEntry.Kind kind, Set<Difference> differences, long before, long now) {
      sink.accept(new DiffEntry(node.path(), kind, node.type(), differences, before, now));
    }

    private Set<Difference> differences(Node left, Node right) {
      if (plain(left.type()) != plain(right.type())) {
        return EnumSet.of(Difference.TYPE);
      }
      Set<Difference> differences = EnumSet.noneOf(Difference.class);
      EntryMetadata before = left.metadata();
      EntryMetadata now = right.metadata();
      if (before == null || now == null) {
        // Further names of files too many to be remembered.
        if (Arrays.compare(left.contents(), right.contents()) != 0) {
          differences.add(Difference.CONTENTS);
        }
        return differences;
      }
      boolean directory = left.type() == ListedEntry.Type.DIRECTORY;
      if (directory && (left.partial() || right.partial())) {
        return differences;
      }
      boolean sameTime = before.modified().equals(now.modified());
      boolean sameContents =
          (contents || left.type() == ListedEntry.Type.SYMLINK)
              ? Arrays.compare(left.contents(), right.contents()) == 0
              : sameTime || plain(left.type()) != ListedEntry.Type.FILE;
      if (!sameContents || left.size() != right.size()) {
        differences.add(Difference.CONTENTS);
      }
      // The time of a directory changes with what is in it, and that is told by itself.
      if (!(sameTime || directory) || !sameRights(before, now)) {
        differences.add(Difference.METADATA);
      }
      return differences;
    }

    private static ListedEntry.Type plain(ListedEntry.Type type) {
      return type == ListedEntry.Type.HARD_LINK ? ListedEntry.Type.FILE : type;
    }

    private static boolean sameRights(EntryMetadata left, EntryMetadata right) {
      List<ExtendedAttribute> before = left.attributes();
      List<ExtendedAttribute> now = right.attributes();
      boolean same =
          left.mode() == right.mode()
              && left.uid() == right.uid()
              && left.gid() == right.gid()
              && before.size() == now.size();
      for (int i = 0; same && i < before.size(); i++) {
        same =
            Arrays.compare(before.get(i).name(), now.get(i).name()) == 0
                && Arrays.compare(before.get(i).value(), now.get(i).value()) == 0;
      }
      return same;
    }
  }
}
