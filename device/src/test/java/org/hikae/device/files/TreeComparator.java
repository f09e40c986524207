package org.hikae.device.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.device.files.ExtendedAttributes.ExtendedAttribute;

/**
 * Compares two trees as a restore should have made them equal: names as raw bytes, types, contents,
 * modes, times of change to the nanosecond, targets of links, which names are hard links of one
 * file, owner and group, and extended attributes. Sockets and device nodes, which a backup leaves
 * out, are passed over. Nothing is written.
 */
public final class TreeComparator {

  /** Differences after which comparing ends. */
  public static final int MAX_DIFFERENCES = 100;

  private static final int BLOCK_BYTES = 256 * 1024;

  private final RawFiles files;
  private final ExtendedAttributes attributes;
  private final List<String> differences = new ArrayList<>();
  private final Map<Inode, Inode> linked = new HashMap<>();
  private final byte[] leftBlock = new byte[BLOCK_BYTES];
  private final byte[] rightBlock = new byte[BLOCK_BYTES];
  private long entries;

  private TreeComparator(RawFiles files) {
    this.files = files;
    this.attributes = files.attributes();
  }

  /**
   * What was found.
   *
   * @param entries entries compared
   * @param differences one sentence each, at most {@link #MAX_DIFFERENCES}
   */
  public record TreeComparison(long entries, List<String> differences) {
    /** Whether the trees are equal. */
    public boolean equal() {
      return differences.isEmpty();
    }
  }

  /** Compares the directory {@code right} with {@code left}. */
  public static TreeComparison compare(RawPath left, RawPath right) throws FileAccessException {
    try (RawFiles files = RawFiles.open()) {
      TreeComparator compare = new TreeComparator(files);
      try (FileHandle l = files.openDirectoryFollowing(left);
          FileHandle r = files.openDirectoryFollowing(right)) {
        FileStatus ls = files.status(l);
        compare.metadata(RawPath.ROOT, new Pair(l, r, new byte[0]), ls, files.status(r));
        compare.directory(RawPath.ROOT, l, r);
      }
      return new TreeComparison(compare.entries, List.copyOf(compare.differences));
    }
  }

  /** Asserts that the directory {@code right} is what {@code left} is. */
  public static void assertEqual(RawPath left, RawPath right) throws FileAccessException {
    assertThat(compare(left, right).differences()).isEmpty();
  }

  /** The same of directories whose names are text, at some point of a test. */
  public static void assertEqual(Path left, Path right, String point) throws FileAccessException {
    TreeComparison outcome = compare(RawPath.of(left.toString()), RawPath.of(right.toString()));
    assertThat(outcome.differences()).as(point).isEmpty();
  }

  /** The same entry on both sides. */
  private record Pair(FileHandle left, FileHandle right, byte[] name) {}

  private void directory(RawPath path, FileHandle left, FileHandle right)
      throws FileAccessException {
    List<byte[]> ln = stored(left);
    List<byte[]> rn = stored(right);
    int l = 0;
    int r = 0;
    while ((l < ln.size() || r < rn.size()) && differences.size() < MAX_DIFFERENCES) {
      int order = order(ln, l, rn, r);
      if (order < 0) {
        differ(path.child(ln.get(l++)), "is only on the left");
      } else if (order > 0) {
        differ(path.child(rn.get(r++)), "is only on the right");
      } else {
        entry(path.child(ln.get(l)), new Pair(left, right, ln.get(l)));
        l++;
        r++;
      }
    }
  }

  private static int order(List<byte[]> ln, int l, List<byte[]> rn, int r) {
    if (l == ln.size()) {
      return 1;
    }
    return r == rn.size() ? -1 : Arrays.compareUnsigned(ln.get(l), rn.get(r));
  }

  private List<byte[]> stored(FileHandle directory) throws FileAccessException {
    List<byte[]> names = new ArrayList<>();
    for (byte[] name : files.list(directory)) {
      switch (files.status(directory, name).type()) {
        case SOCKET, CHARACTER_DEVICE, BLOCK_DEVICE -> {
          // A backup leaves these out.
        }
        default -> names.add(name);
      }
    }
    return names;
  }

  private void entry(RawPath path, Pair pair) throws FileAccessException {
    entries++;
    FileStatus left = files.status(pair.left(), pair.name());
    FileStatus right = files.status(pair.right(), pair.name());
    if (left.type() != right.type()) {
      differ(path, "is " + left.type() + " on the left and " + right.type() + " on the right");
      return;
    }
    metadata(path, pair, left, right);
    switch (left.type()) {
      case DIRECTORY -> {
        try (FileHandle l = files.openDirectory(pair.left(), pair.name());
            FileHandle r = files.openDirectory(pair.right(), pair.name())) {
          directory(path, l, r);
        }
      }
      case REGULAR -> regular(path, pair, left, right);
      case SYMLINK -> {
        byte[] l = files.readLink(pair.left(), pair.name());
        byte[] r = files.readLink(pair.right(), pair.name());
        differIf(Arrays.compare(l, r) != 0, path, "points elsewhere");
      }
      default -> {
        // A pipe has nothing more.
      }
    }
  }

  private void metadata(RawPath path, Pair pair, FileStatus left, FileStatus right)
      throws FileAccessException {
    differIf(left.mode() != right.mode(), path, "has another mode");
    differIf(!left.modified().equals(right.modified()), path, "has another time of change");
    differIf(left.uid() != right.uid(), path, "has another owner");
    differIf(left.gid() != right.gid(), path, "has another group");
    List<ExtendedAttribute> l = attributes.read(pair.left(), pair.name());
    List<ExtendedAttribute> r = attributes.read(pair.right(), pair.name());
    boolean same = l.size() == r.size();
    for (int i = 0; same && i < l.size(); i++) {
      same =
          Arrays.compare(l.get(i).name(), r.get(i).name()) == 0
              && Arrays.compare(l.get(i).value(), r.get(i).value()) == 0;
    }
    differIf(!same, path, "has other extended attributes");
  }

  private void regular(RawPath path, Pair pair, FileStatus left, FileStatus right)
      throws FileAccessException {
    if (left.size() != right.size()) {
      differ(path, "has " + left.size() + " bytes and " + right.size() + " bytes");
      return;
    }
    if (left.links() > 1 || right.links() > 1) {
      Inode here = new Inode(left.device(), left.inode());
      Inode there = new Inode(right.device(), right.inode());
      Inode before = linked.putIfAbsent(here, there);
      if (before != null) {
        differIf(!before.equals(there), path, "is not the same file as its other name");
        return;
      }
    }
    try (FileHandle l = files.openFile(pair.left(), pair.name());
        FileHandle r = files.openFile(pair.right(), pair.name())) {
      differIf(!sameContents(l, r, left.size()), path, "has other contents");
    }
  }

  private boolean sameContents(FileHandle left, FileHandle right, long size)
      throws FileAccessException {
    long at = 0;
    while (at < size) {
      long l = files.nextData(left, at);
      long r = files.nextData(right, at);
      if (l < 0 && r < 0) {
        return true;
      }
      // Where both have a hole, both have zeros.
      at = Math.max(at, Math.min(l < 0 ? size : l, r < 0 ? size : r));
      int gotLeft = files.read(left, at, leftBlock, 0, BLOCK_BYTES);
      int gotRight = files.read(right, at, rightBlock, 0, BLOCK_BYTES);
      if (gotLeft != gotRight || !Arrays.equals(leftBlock, 0, gotLeft, rightBlock, 0, gotRight)) {
        return false;
      }
      if (gotLeft == 0) {
        return at >= size;
      }
      at += gotLeft;
    }
    return true;
  }

  private void differIf(boolean different, RawPath path, String how) {
    if (different) {
      differ(path, how);
    }
  }

  private void differ(RawPath path, String how) {
    if (differences.size() < MAX_DIFFERENCES) {
      differences.add(path + " " + how);
    }
  }
}
